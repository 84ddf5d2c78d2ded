/**
 * Faults that lie in how an answer travels: late, cut off, as a page of a proxy, or not at all. What lies in the members
 * of an answer is the affair of `Faults.distort`.
 *
 * @since 0.1.0
 */
import type { Fault } from "@effect-bulk/aws/testing/Faults"
import * as ServiceModel from "@effect-bulk/aws/testing/ServiceModel"
import * as ServiceWire from "@effect-bulk/aws/testing/ServiceWire"
import * as NodeHttpServerRequest from "@effect/platform-node/NodeHttpServerRequest"
import * as Effect from "effect/Effect"
import type { HttpServerRequest } from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import type * as Http from "node:http"
import type { WireAnswer } from "./WireMessage.ts"

/**
 * What happens in place of the call when the fault strikes before the effect; `undefined` when the call takes place.
 *
 * @category functions
 * @since 0.1.0
 */
export const before = (
  fault: Fault | undefined,
  wire: ServiceWire.ServiceWire,
  request: HttpServerRequest,
  write: (answer: ServiceModel.ModelAnswer) => WireAnswer,
  respond: (answer: WireAnswer) => HttpServerResponse.HttpServerResponse
): Effect.Effect<HttpServerResponse.HttpServerResponse> | undefined => {
  switch (fault?._tag) {
    case "Throttle": {
      const answer = write(ServiceWire.throttled(wire))
      return Effect.succeed(respond({ ...answer, headers: { ...answer.headers, ...hint(fault.retryAfter) } }))
    }
    case "ServiceError":
      return Effect.succeed(respond(write(ServiceModel.error(fault.name, fault.status, fault.message))))
    case "Html":
      return Effect.succeed(respond({ status: fault.status, headers: { "content-type": "text/html" }, body: page }))
    case "ResetBefore":
      return reset(request)
    case "Hang":
      return Effect.never
    default:
      return undefined
  }
}

/**
 * How the answer travels under a fault that strikes after the effect.
 *
 * @category functions
 * @since 0.1.0
 */
export const after = (
  fault: Fault | undefined,
  request: HttpServerRequest,
  answer: WireAnswer,
  respond: (answer: WireAnswer) => HttpServerResponse.HttpServerResponse
): Effect.Effect<HttpServerResponse.HttpServerResponse> => {
  switch (fault?._tag) {
    case "Slow":
      return Effect.delay(
        Effect.sync(() => respond(answer)),
        fault.millis
      )
    case "Malformed":
      return Effect.succeed(respond({ ...answer, body: `{"malformed": ` }))
    case "Empty":
      return Effect.succeed(respond({ ...answer, body: "" }))
    case "ResetAfter":
      return reset(request)
    case "CutOff":
      return cutOff(request, respond({ ...answer, body: answer.body === "" ? "{}" : answer.body }))
    default:
      return Effect.succeed(respond(answer))
  }
}

/**
 * An answer, whole and at once, with its request id. Node adds the true date.
 *
 * @category functions
 * @since 0.1.0
 */
export const respond = (
  { body, headers, status }: WireAnswer,
  requestId: string
): HttpServerResponse.HttpServerResponse => {
  const all = { ...headers, "x-amzn-requestid": requestId }
  return body === ""
    ? HttpServerResponse.empty({ status, headers: { ...all, "content-length": "0" } })
    : HttpServerResponse.text(body, { status, headers: all })
}

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

// The hint of a throttle, as AWS sends it, and in whole seconds for everyone else.
const hint = (retryAfter: number | undefined): Record<string, string> =>
  retryAfter === undefined
    ? {}
    : { "retry-after": String(Math.ceil(retryAfter / 1000)), "x-amz-retry-after": String(retryAfter) }

// Resets the connection, without an answer.
const reset = (request: HttpServerRequest): Effect.Effect<HttpServerResponse.HttpServerResponse> =>
  Effect.sync(() => {
    const { socket } = NodeHttpServerRequest.toIncomingMessage(request)
    // Sends RST, where destroying alone may end the connection in good order.
    if ("resetAndDestroy" in socket) socket.resetAndDestroy()
    return nothing
  })

// Promises the whole body, sends half of it, and ends the connection.
const cutOff = (
  request: HttpServerRequest,
  { body, headers, status }: HttpServerResponse.HttpServerResponse
): Effect.Effect<HttpServerResponse.HttpServerResponse> =>
  Effect.callback((resume) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server speaks HTTP/1.1 only
    const response = NodeHttpServerRequest.toServerResponse(request) as Http.ServerResponse
    const bytes = body._tag === "Uint8Array" ? body.body : new Uint8Array()
    response.writeHead(status, headers)
    response.write(bytes.subarray(0, bytes.length >> 1), () => {
      response.destroy()
      resume(Effect.succeed(nothing))
    })
  })

// The server sees that the connection is gone and sends none of it.
const nothing = HttpServerResponse.empty()

const page =
  "<!DOCTYPE html><html><head><title>Service Unavailable</title></head>" +
  "<body><h1>Service Unavailable</h1><p>The server is temporarily unable to service your request.</p></body></html>\n"
