/**
 * What the emulator does to a request, in this order:
 *
 * 1. route: the header `x-amz-target`, or method and path, say which operation of which service;
 * 2. verify: the signature, if asked to;
 * 3. read: the codec makes the input of the message;
 * 4. record: what was received, for tests;
 * 5. fail, if a fault strikes before the effect;
 * 6. handle: the model does what the operation does;
 * 7. answer, as the codec writes it and a fault after the effect spoils it.
 *
 * @since 0.1.0
 */
import * as Faults from "@effect-bulk/aws/testing/Faults"
import * as ServiceModel from "@effect-bulk/aws/testing/ServiceModel"
import * as NodeHttpServerRequest from "@effect/platform-node/NodeHttpServerRequest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { HttpServerError } from "effect/http/HttpServerError"
import type { HttpServerRequest } from "effect/http/HttpServerRequest"
import type { HttpServerResponse } from "effect/http/HttpServerResponse"
import * as Result from "effect/Result"
import { randomUUID } from "node:crypto"
import * as AwsJson11 from "./AwsJson11.ts"
import * as RestJson1 from "./RestJson1.ts"
import type { Served } from "./Services.ts"
import type { Verifier } from "./SigV4.ts"
import * as WireFault from "./WireFault.ts"
import type { WireAnswer, WireRequest } from "./WireMessage.ts"
import { header, splitTarget } from "./WireMessage.ts"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * A call as it was received. `call` counts the calls of its operation from 0, `invocation` is the same for all
 * attempts of the SDK's own retries, `at` is by the `Clock`.
 *
 * @category models
 * @since 0.1.0
 */
export interface ReceivedCall {
  readonly service: string
  readonly operation: string
  readonly call: number
  readonly at: number
  readonly requestId: string
  readonly invocation: string | undefined
  /** What the codec made of the message; `undefined` if it could not be read. */
  readonly input: Record<string, unknown> | undefined
  /** The ids of the items that the input names. */
  readonly items: ReadonlyArray<string>
  readonly fault: Faults.Fault["_tag"] | undefined
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Options {
  readonly served: ReadonlyArray<Served>
  /** The fault of a call, by its number. */
  readonly next: (operation: string) => { readonly call: number; readonly fault: Faults.Fault | undefined }
  readonly record: (call: ReceivedCall) => void
  readonly verify: Verifier | undefined
}

// -----------------------------------------------------------------------------
// Constructors
// -----------------------------------------------------------------------------

/**
 * Answers requests.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (
  options: Options
): ((request: HttpServerRequest) => Effect.Effect<HttpServerResponse, HttpServerError>) => {
  const { next, record, served, verify } = options
  const restJson1 = RestJson1.make(served.filter(({ wire }) => wire.protocol === "restJson1"))
  const awsJson11 = AwsJson11.make(served.filter(({ wire }) => wire.protocol === "awsJson1_1"))

  return Effect.fnUntraced(function* (request) {
    const message = makeMessage(request, yield* request.text)
    const requestId = randomUUID()
    const respond = (answer: WireAnswer) => WireFault.respond(answer, requestId)

    const codec = header(message, "x-amz-target") === undefined ? restJson1 : awsJson11
    const route = codec.route(message)
    if (route === undefined) return respond(codec.unknown(message))
    const { model, operation, wire } = route
    const write = (answer: ServiceModel.ModelAnswer) => codec.write(route, answer)

    // Signatures bear the true time, whatever the Clock says.
    const refusal = verify?.(message, wire.service, new Date())
    if (refusal !== undefined) return respond(write(refusal))

    const input = route.read(message)
    const { call, fault } = next(operation)
    record({
      service: wire.service,
      operation,
      call,
      at: yield* Clock.currentTimeMillis,
      requestId,
      invocation: header(message, "amz-sdk-invocation-id"),
      input: Result.getOrUndefined(input),
      items: Result.isSuccess(input) ? route.items(input.success) : [],
      fault: fault?._tag
    })

    const instead = WireFault.before(fault, wire, request, write, respond)
    if (instead !== undefined) return yield* instead

    if (Result.isFailure(input)) return respond(write(input.failure))
    const answer = yield* model.handle(operation, input.success, fault?._tag === "ItemFault" ? fault : undefined)
    if (answer._tag === "Error") return respond(write(answer))
    const output = Faults.distort(fault, model, operation, input.success, answer.output)
    return yield* WireFault.after(fault, request, write(ServiceModel.output(output)), respond)
  })
}

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

// Of the raw request: routers and `URL` fold the dots and slashes of a target.
const makeMessage = (request: HttpServerRequest, body: string): WireRequest => {
  const { headers, method = "GET", url = "/" } = NodeHttpServerRequest.toIncomingMessage(request)
  return { method, ...splitTarget(url), headers, body }
}
