/**
 * One operation of a service's API, declared once: the SDK command that carries it, what it takes, what it answers,
 * which exceptions it documents and what they mean, what happens when it is sent again, and the quota it counts for.
 * `AwsCall` and `AwsBatch` make callable forms of it.
 *
 * @since 0.1.0
 */
import type * as BatchPolicy from "@effect-bulk/core/BatchPolicy"
import type { Fate } from "@effect-bulk/core/Fate"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type * as SchemaIssue from "effect/SchemaIssue"
import type { AwsClient } from "./AwsClient.ts"
import * as AwsError from "./AwsError.ts"
import * as AwsSchema from "./AwsSchema.ts"
import type { Command } from "./Transport.ts"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * An operation of an API.
 *
 * @category models
 * @since 0.1.0
 */
export interface AwsOperation<in out Input, out Response, in out E> {
  /** AWS's name, such as `BatchDeleteReadSet`. */
  readonly name: string
  readonly nature: Nature
  readonly quota: Counted
  /** Refuses what breaks a documented constraint; the SDK checks none. */
  readonly check: (client: AwsClient, input: Input) => Effect.Effect<Input, AwsError.InvalidRequest>
  /** Sends a checked request once. */
  readonly send: (client: AwsClient, input: Input) => Effect.Effect<Response, E | AwsError.Common>
  /** What a failed call means. */
  readonly fate: (error: E | AwsError.Common) => Fate
}

/**
 * What sending again does. `read`: there is nothing to apply. `idempotent`: applied twice is as applied once. `once`:
 * neither, so that what was perhaps applied is not sent again.
 *
 * @category models
 * @since 0.1.0
 */
export type Nature = "read" | "idempotent" | "once"

/**
 * The quota that calls count for. Operations of one family count together; alone, an operation is its own family.
 * Without a documented rate, the rate is found by trying.
 *
 * @category models
 * @since 0.1.0
 */
export interface Counted {
  readonly family: string
  readonly rate?: BatchPolicy.RateInput | undefined
}

/**
 * What the SDK takes, with lists that it must not change.
 *
 * @category models
 * @since 0.1.0
 */
export type ReadonlyInput<T> = T extends string | number | boolean | Date | Uint8Array | null | undefined
  ? T
  : { readonly [K in keyof T]: ReadonlyInput<T[K]> }

// -----------------------------------------------------------------------------
// Constructors
// -----------------------------------------------------------------------------

/**
 * Declares an operation.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = <
  SdkInput extends object,
  SdkOutput extends object,
  Input extends ReadonlyInput<SdkInput>,
  Request extends Input,
  Response,
  const Errors extends AwsError.Table
>(options: {
  readonly name: string
  readonly command: new (input: SdkInput) => Command<SdkInput, SdkOutput>
  /** The documented constraints. Checks only: what passes goes out as it is. */
  readonly request: Schema.Codec<Request, Input>
  readonly response: Schema.Decoder<Response>
  /** The documented exceptions. */
  readonly errors: Errors
  readonly fate: (error: NoInfer<AwsError.FromTable<Errors>> | AwsError.Common) => Fate
  readonly nature: Nature
  readonly quota?: Partial<Counted>
}): AwsOperation<Input, Response, AwsError.FromTable<Errors>> => {
  const { command: Command, errors, fate, name, nature, quota, response } = options
  const decode = Schema.decodeUnknownResult(options.request, { reportInput: true })
  return {
    name,
    nature,
    quota: { family: name, ...quota },
    check: (client, input) =>
      Effect.suspend(() => {
        const result = decode(input)
        return Result.isSuccess(result)
          ? Effect.succeed(result.success)
          : Effect.fail(refusal(`${client.service}.${name}`, result.failure.issue))
      }),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same with read-only lists, and the SDK changes none
    send: (client, input) => client.send(new Command(input as unknown as SdkInput), { errors, response }),
    fate
  }
}

const refusal = (operation: string, issue: SchemaIssue.Issue): AwsError.InvalidRequest => {
  const { member, wrong } = AwsSchema.describe(issue)
  return new AwsError.InvalidRequest({
    operation,
    member,
    message: `${operation} was not sent: ${member === "" ? "request" : `'${member}'`}: ${wrong}`
  })
}
