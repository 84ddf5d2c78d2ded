/**
 * A transport over a model of the service: no wire, no time but that of the program's clock. Faults come out as the
 * failures that the real client gives for them, so that the same errors are made of them.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import type { Transport } from "../Transport.ts"
import * as Faults from "./Faults.ts"
import type { ModelAnswer, ServiceModel } from "./ServiceModel.ts"

/**
 * A transport that remembers what was sent.
 *
 * @category models
 * @since 0.1.0
 */
export interface TestTransport extends Transport {
  /** Every call in order, the failed ones included. */
  readonly calls: ReadonlyArray<{ readonly operation: string; readonly input: Record<string, unknown> }>
}

/**
 * A transport over a model.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (options: {
  readonly model: ServiceModel
  readonly faults?: Faults.Faults | undefined
  readonly account?: string | undefined
  readonly region?: string | undefined
}): TestTransport => {
  const { faults = Faults.none, model } = options
  const calls: Array<{ readonly operation: string; readonly input: Record<string, unknown> }> = []
  const counts = new Map<string, number>()

  const answer = (
    operation: string,
    input: Record<string, unknown>,
    requestId: string,
    fault: Faults.Fault | undefined
  ): Effect.Effect<object, unknown> => {
    const before = fault === undefined ? undefined : withoutEffect(fault, model, requestId)
    if (before !== undefined) return before
    return Effect.flatMap(
      model.handle(operation, input, fault?._tag === "ItemFault" ? fault : undefined),
      (answer): Effect.Effect<object, unknown> => {
        if (answer._tag === "Error") return Effect.fail(serviceException(answer, requestId))
        switch (fault?._tag) {
          case "ResetAfter":
            return Effect.fail(reset("socket hang up"))
          case "CutOff":
            return Effect.fail(Object.assign(reset("aborted"), { $metadata: metadata(200, requestId) }))
          case "Malformed":
            return Effect.fail(unreadable(200, requestId))
          case "Empty":
            return Effect.succeed({ $metadata: metadata(200, requestId) })
          default:
            return Effect.succeed({
              $metadata: metadata(200, requestId),
              ...Faults.distort(fault, model, operation, input, answer.output)
            })
        }
      }
    )
  }

  return {
    calls,
    send: (operation, command) =>
      Effect.suspend(() => {
        // Members that the SDK would drop, or send as they are: the model judges.
        const input = Object.fromEntries(Object.entries(command.input).filter(([, value]) => value !== undefined))
        const call = counts.get(operation) ?? 0
        counts.set(operation, call + 1)
        calls.push({ operation, input })
        const requestId = `00000000-0000-4000-8000-${String(calls.length).padStart(12, "0")}`
        const fault = faults.next(operation, call)
        const answered = answer(operation, input, requestId, fault)
        if (fault?._tag !== "Slow") return answered
        // As on the wire: the work is done, the answer is late.
        return Effect.flatMap(Effect.exit(answered), (exit) => Effect.delay(exit, fault.millis))
      }),
    account: Effect.succeed(options.account ?? "123456789012"),
    region: Effect.succeed(options.region ?? "us-east-1")
  }
}

// -----------------------------------------------------------------------------
// Failures, in the form of the real client's
// -----------------------------------------------------------------------------

const withoutEffect = (
  fault: Faults.Fault,
  model: ServiceModel,
  requestId: string
): Effect.Effect<never, unknown> | undefined => {
  switch (fault._tag) {
    case "Throttle": {
      // Kendra answers 400 to whatever is the client's doing.
      const status = model.service === "kendra" ? 400 : 429
      const headers: Record<string, string> =
        fault.retryAfter === undefined ? {} : { "x-amz-retry-after": String(fault.retryAfter) }
      const throttled = { name: "ThrottlingException", status, message: "Rate exceeded" }
      return Effect.fail(serviceException(throttled, requestId, headers))
    }
    case "ServiceError":
      return Effect.fail(serviceException(fault, requestId))
    case "Html":
      return Effect.fail(unreadable(fault.status, requestId))
    case "ResetBefore":
      return Effect.fail(reset("read ECONNRESET"))
    case "Hang":
      return Effect.never
    default:
      return undefined
  }
}

const serviceException = (
  answer: Pick<Extract<ModelAnswer, { _tag: "Error" }>, "name" | "status" | "message" | "members">,
  requestId: string,
  headers: Record<string, string> = {}
): Error =>
  withResponse(
    Object.assign(new Error(answer.message), {
      ...answer.members,
      name: answer.name,
      $fault: answer.status >= 500 ? "server" : "client",
      $metadata: metadata(answer.status, requestId)
    }),
    answer.status,
    headers
  )

const unreadable = (status: number, requestId: string): Error =>
  withResponse(
    Object.assign(new SyntaxError("Unexpected token '<', \"<html>\" is not valid JSON"), {
      $metadata: metadata(status, requestId)
    }),
    status,
    {}
  )

const reset = (message: string): Error => Object.assign(new Error(message), { code: "ECONNRESET", reached: true })

const withResponse = (error: Error, statusCode: number, headers: Record<string, string>): Error =>
  Object.defineProperty(error, "$response", { value: { statusCode, headers } })

const metadata = (httpStatusCode: number, requestId: string) => ({
  httpStatusCode,
  requestId,
  attempts: 1,
  totalRetryDelay: 0
})
