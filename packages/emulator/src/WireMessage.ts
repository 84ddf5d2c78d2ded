/**
 * Requests and answers as they are on the wire, before and after a codec: the raw target, since labels may hold
 * escaped slashes, and bodies as text.
 *
 * @since 0.1.0
 */
import type * as ServiceModel from "@effect-bulk/aws/testing/ServiceModel"
import type * as ServiceWire from "@effect-bulk/aws/testing/ServiceWire"
import type * as Result from "effect/Result"
import type { Served } from "./Services.ts"

/**
 * A request. `path` and `query` are raw; names of headers are in lower case.
 *
 * @category models
 * @since 0.1.0
 */
export interface WireRequest {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
  readonly body: string
}

/**
 * An answer, without the headers that every answer has.
 *
 * @category models
 * @since 0.1.0
 */
export interface WireAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Where a request belongs.
 *
 * @category models
 * @since 0.1.0
 */
export interface Route extends Served {
  readonly operation: string
  /** The input that the model takes, or the exception that refuses the message. */
  readonly read: (request: WireRequest) => Result.Result<Record<string, unknown>, ServiceModel.ModelAnswer>
  /** The ids of the items that an input names. */
  readonly items: (input: Record<string, unknown>) => ReadonlyArray<string>
}

/**
 * A protocol: finds the route of a request and writes answers.
 *
 * @category models
 * @since 0.1.0
 */
export interface Codec {
  /** The route, or `undefined` if no service has it. */
  readonly route: (request: WireRequest) => Route | undefined
  readonly write: (route: Route, answer: ServiceModel.ModelAnswer) => WireAnswer
  /** The answer to a request that has no route. */
  readonly unknown: (request: WireRequest) => WireAnswer
}

/**
 * The raw target of a request in its parts. Proxies send it in absolute form, with scheme and host.
 *
 * @category functions
 * @since 0.1.0
 */
export const splitTarget = (target: string): { readonly path: string; readonly query: string } => {
  const rest = target.replace(/^https?:\/\/[^/?#]*/i, "")
  const mark = rest.indexOf("?")
  return mark === -1 ? { path: rest, query: "" } : { path: rest.slice(0, mark), query: rest.slice(mark + 1) }
}

/**
 * One header, as text.
 *
 * @category functions
 * @since 0.1.0
 */
export const header = (request: WireRequest, name: string): string | undefined => {
  const value = request.headers[name]
  return typeof value === "object" ? value.join(",") : value
}

/**
 * The items that inputs of an operation name.
 *
 * @category functions
 * @since 0.1.0
 */
export const itemsOf =
  ({ items }: ServiceWire.Operation): Route["items"] =>
  (input) =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what `input` of the operation decodes to is what its `items` takes
    items?.(input as never) ?? []

/**
 * The members in a JSON body; an empty body has none. Members that are null count as absent, as with AWS, but the
 * nulls of lists stay. `undefined` means that it is no JSON object.
 *
 * @category functions
 * @since 0.1.0
 */
export const readJson = (body: string): Record<string, unknown> | undefined => {
  if (body === "") return {}
  try {
    const value: unknown = JSON.parse(body)
    return isRecord(value) ? withoutNulls(value) : undefined
  } catch {
    return undefined
  }
}

/**
 * A value as JSON text: blobs in base64, times as the service wants them.
 *
 * @category functions
 * @since 0.1.0
 */
export const writeJson = (value: Record<string, unknown>, timestamps: ServiceWire.ServiceWire["timestamps"]): string =>
  JSON.stringify(toJson(value, timestamps))

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const withoutNulls = (record: Record<string, unknown>): Record<string, unknown> => {
  const result: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(record)) {
    if (value !== null) result[name] = withoutNullMembers(value)
  }
  return result
}

const withoutNullMembers = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNullMembers)
  return isRecord(value) ? withoutNulls(value) : value
}

const toJson = (value: unknown, timestamps: ServiceWire.ServiceWire["timestamps"]): unknown => {
  if (typeof value !== "object" || value === null) return value
  if (value instanceof Date) return timestamps === "rfc3339" ? value.toISOString() : value.getTime() / 1000
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64")
  if (Array.isArray(value)) return value.map((element) => toJson(element, timestamps))
  const result: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) result[name] = toJson(member, timestamps)
  return result
}
