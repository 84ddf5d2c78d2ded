/**
 * The protocol of Connect and HealthOmics: method and path say which operation, labels and query hold members, the
 * rest is JSON; the type of an error stands in a header.
 *
 * @since 0.1.0
 */
import * as ServiceModel from "@effect-bulk/aws/testing/ServiceModel"
import * as ServiceWire from "@effect-bulk/aws/testing/ServiceWire"
import * as Result from "effect/Result"
import type { Served } from "./Services.ts"
import type { Codec, Route, WireRequest } from "./WireMessage.ts"
import { itemsOf, readJson, writeJson } from "./WireMessage.ts"

/**
 * The codec of some services.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (served: ReadonlyArray<Served>): Codec => {
  // By method and number of segments; a literal segment goes before a label, so that no label hides it.
  const table = new Map<string, ReadonlyArray<Template>>()
  for (const service of served) {
    for (const [name, operation] of Object.entries(service.wire.operations)) {
      const template = makeTemplate(service, name, operation)
      const key = tableKey(template.method, template.segments.length)
      const beside = table.get(key) ?? []
      table.set(
        key,
        [...beside, template].toSorted((a, b) => a.labels.length - b.labels.length)
      )
    }
  }
  const find = (method: string, segments: ReadonlyArray<string>): Route | undefined => {
    const template = table.get(tableKey(method, segments.length))?.find((template) => fits(template, segments))
    return template && { ...template.route, read: (request) => read(template, segments, request) }
  }
  return {
    route: ({ method, path }) => {
      // Split before decoding, since a label may hold an escaped slash. An empty label is a segment of its own,
      // but a base endpoint that ends in a slash doubles the first one.
      const segments = path.split("/").slice(1)
      return (
        find(method, segments) ??
        find(
          method,
          segments.filter((segment) => segment !== "")
        )
      )
    },
    write: ({ operation, wire }, answer) => {
      if (answer._tag === "Error") {
        return {
          status: answer.status,
          headers: { ...headers, "x-amzn-errortype": answer.name },
          body: writeJson({ [wire.message]: answer.message, ...answer.members }, wire.timestamps)
        }
      }
      const { bodyless, status = 200 } = wire.operations[operation] ?? {}
      return bodyless === true && Object.keys(answer.output).length === 0
        ? { status, headers: {}, body: "" }
        : { status, headers, body: writeJson(answer.output, wire.timestamps) }
    },
    unknown: ({ method, path }) => ({
      status: 404,
      headers: { ...headers, "x-amzn-errortype": "UnknownOperationException" },
      body: JSON.stringify({ message: `No service has the route ${method} ${path}` })
    })
  }
}

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

const headers = { "content-type": "application/json" }

interface Template {
  readonly route: Omit<Route, "read">
  readonly method: string
  readonly segments: ReadonlyArray<string>
  readonly labels: ReadonlyArray<readonly [position: number, name: string]>
  readonly query: ReadonlySet<string>
  readonly decode: ReturnType<typeof ServiceWire.decoder>
}

const makeTemplate = ({ model, wire }: Served, name: string, operation: ServiceWire.Operation): Template => {
  const { method, path, query = [] } = operation
  if (method === undefined || path === undefined) {
    throw new RangeError(`RestJson1.make: ${wire.service}.${name} must have a method and a path`)
  }
  const segments = path.split("/").slice(1)
  return {
    route: { wire, model, operation: name, items: itemsOf(operation) },
    method,
    segments,
    labels: segments.flatMap((segment, position) =>
      segment.startsWith("{") ? [[position, segment.slice(1, -1)] as const] : []
    ),
    query: new Set(query),
    decode: ServiceWire.decoder(wire, operation)
  }
}

const tableKey = (method: string, segments: number): string => `${method} ${segments}`

const fits = ({ segments }: Template, path: ReadonlyArray<string>): boolean =>
  segments.every((segment, position) => segment.startsWith("{") || segment === path[position])

const read = (
  template: Template,
  path: ReadonlyArray<string>,
  { body, query }: WireRequest
): Result.Result<Record<string, unknown>, ServiceModel.ModelAnswer> => {
  const input = readJson(body)
  if (input === undefined) return Result.fail(unreadable("The body must be a JSON object"))
  // These travel outside of the body: what the body calls the same is none of them.
  for (const name of template.query) delete input[name]
  for (const [name, value] of readQuery(query)) {
    if (!template.query.has(name)) continue
    const before = input[name]
    input[name] = before === undefined ? value : [before, value].flat()
  }
  for (const [position, name] of template.labels) {
    const value = decode(path[position] ?? "")
    if (value === undefined) return Result.fail(unreadable(`The label ${name} must be percent-encoded UTF-8`))
    input[name] = value
  }
  return template.decode(input)
}

const readQuery = (query: string): ReadonlyArray<readonly [name: string, value: string]> =>
  query === ""
    ? []
    : query.split("&").map((pair) => {
        const mark = pair.indexOf("=")
        const [name, value] = mark === -1 ? [pair, ""] : [pair.slice(0, mark), pair.slice(mark + 1)]
        return [decode(name) ?? name, decode(value.replaceAll("+", " ")) ?? value]
      })

const decode = (text: string): string | undefined => {
  if (!text.includes("%")) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

const unreadable = (message: string): ServiceModel.ModelAnswer =>
  ServiceModel.error("SerializationException", 400, message)
