/**
 * The protocol of Kendra: a header says which operation, all members are in a JSON body; the type of an error stands
 * in the body, with status 400 for whatever the client did.
 *
 * @since 0.1.0
 */
import * as ServiceModel from "@effect-bulk/aws/testing/ServiceModel"
import * as ServiceWire from "@effect-bulk/aws/testing/ServiceWire"
import * as Result from "effect/Result"
import type { Served } from "./Services.ts"
import type { Codec, Route } from "./WireMessage.ts"
import { header, itemsOf, readJson, writeJson } from "./WireMessage.ts"

/**
 * The codec of some services.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (served: ReadonlyArray<Served>): Codec => {
  const table = new Map<string, Route>()
  for (const { model, wire } of served) {
    if (wire.target === undefined) throw new RangeError(`AwsJson11.make: ${wire.service} must have a target`)
    for (const [name, operation] of Object.entries(wire.operations)) {
      const decode = ServiceWire.decoder(wire, operation)
      table.set(`${wire.target}.${name}`, {
        wire,
        model,
        operation: name,
        items: itemsOf(operation),
        read: ({ body }) => {
          const input = readJson(body)
          return input === undefined
            ? Result.fail(ServiceModel.error("SerializationException", 400, "The body must be a JSON object"))
            : decode(input)
        }
      })
    }
  }
  return {
    route: (request) => table.get(header(request, "x-amz-target") ?? ""),
    write: ({ wire }, answer) =>
      answer._tag === "Output"
        ? { status: 200, headers, body: writeJson(answer.output, wire.timestamps) }
        : {
            status: ServiceWire.clientStatus(wire, answer.status),
            headers,
            body: writeJson({ __type: answer.name, [wire.message]: answer.message, ...answer.members }, wire.timestamps)
          },
    unknown: (request) => ({
      status: 400,
      headers,
      body: JSON.stringify({
        __type: "UnknownOperationException",
        message: `No service has the target "${header(request, "x-amz-target") ?? ""}"`
      })
    })
  }
}

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

const headers = { "content-type": "application/x-amz-json-1.1" }
