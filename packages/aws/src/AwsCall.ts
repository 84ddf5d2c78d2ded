/**
 * Single calls of an operation: checked before the wire, paced by the quota that bulk runs share, and retried as the
 * policy says. A call is a bulk run of one item, so policies mean the same for both.
 *
 * @since 0.1.0
 */
import * as Answer from "@effect-bulk/core/Answer"
import * as BatchOperation from "@effect-bulk/core/BatchOperation"
import * as Bulk from "@effect-bulk/core/Bulk"
import * as CallError from "@effect-bulk/core/CallError"
import type * as Outcome from "@effect-bulk/core/Outcome"
import * as Verdict from "@effect-bulk/core/Verdict"
import * as Effect from "effect/Effect"
import { type AwsClient, requestId } from "./AwsClient.ts"
import * as AwsError from "./AwsError.ts"
import type { AwsOperation } from "./AwsOperation.ts"
import * as AwsQuota from "./AwsQuota.ts"

/**
 * A function that calls an operation. It fails with what the operation documents and with `AwsError.Common`; a call
 * that took longer than the policy allows is a `ResponseTimeout`.
 *
 * @category models
 * @since 0.1.0
 */
export interface AwsCall<in Input, out Response, out E> {
  (input: Input): Effect.Effect<Response, E | AwsError.Common>
}

/**
 * Makes an operation callable.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = Effect.fnUntraced(function* <Input, Response, E>(
  client: AwsClient,
  api: AwsOperation<Input, Response, E>
) {
  const name = `${client.service}.${api.name}`
  const operation = BatchOperation.make<Input, Response, Response, E | AwsError.Common, never>({
    name,
    limits: { maxItems: 1 },
    id: () => api.name,
    idempotent: api.nature !== "once",
    read: api.nature === "read",
    quota: yield* AwsQuota.make(client, api.quota),
    call: (_group, [input]) => api.send(client, input!),
    answer: Answer.ordered({ results: (response) => [response], verdict: (response) => Verdict.confirmed(response) }),
    fate: api.fate,
    requestId
  })
  const call: AwsCall<Input, Response, E> = (input) =>
    Effect.flatMap(api.check(client, input), (checked) =>
      Effect.flatMap(Bulk.run(operation, [checked]), ({ outcomes: [outcome] }) => settle(name, outcome!))
    )
  return call
})

const settle = <Response, E>(
  operation: string,
  outcome: Outcome.Outcome<unknown, Response, E | CallError.CallError>
): Effect.Effect<Response, E | AwsError.ResponseTimeout> => {
  const timeout = (message: string) => Effect.fail(new AwsError.ResponseTimeout({ operation, message }))
  switch (outcome._tag) {
    case "Succeeded":
      return Effect.succeed(outcome.value)
    case "NotAttempted":
      return timeout(`${operation}: not sent (${outcome.reason})`)
    case "Invalid":
      return Effect.die(new Error(`${operation}: ${outcome.issue}`))
  }
  const { error } = outcome
  if (error instanceof CallError.CallTimedOut || error instanceof CallError.CallAborted) return timeout(error.message)
  // A defect of this side of the wire, not an answer of the service.
  if (error instanceof CallError.CallDied) return Effect.die(error.defect)
  if (error instanceof CallError.Unanswered) return Effect.die(error)
  return Effect.fail(error)
}
