/**
 * Calls to one AWS service as Effects: one command, one request, one answer or one tagged error. Nothing is retried
 * here; interruption aborts the request; each call is a span that names the operation and never what is in it.
 *
 * @since 0.1.0
 */
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types"
import type * as Duration from "effect/Duration"
import type * as Effect from "effect/Effect"
import type * as Schema from "effect/Schema"
import type * as AwsError from "./AwsError.ts"
import type { Command } from "./Transport.ts"

/**
 * A client of one service.
 *
 * @category models
 * @since 0.1.0
 */
export interface AwsClient {
  /** The service in names of operations, such as `Omics`. */
  readonly service: string
  /**
   * Sends a command once. `errors` are the exceptions that the operation documents; all others become one of
   * `AwsError.Common`. With `response`, the answer is decoded before it is believed.
   */
  readonly send: {
    <Input extends object, Output extends object, A, const Errors extends AwsError.Table = {}>(
      command: Command<Input, Output>,
      options: { readonly errors?: Errors; readonly response: Schema.Decoder<A> }
    ): Effect.Effect<A, AwsError.FromTable<Errors> | AwsError.Common>
    <Input extends object, Output extends object, const Errors extends AwsError.Table = {}>(
      command: Command<Input, Output>,
      options?: { readonly errors?: Errors }
    ): Effect.Effect<Output, AwsError.FromTable<Errors> | AwsError.Common>
  }
  /** The account id of the credentials if they carry one, else their access key id, else `anonymous`. */
  readonly account: Effect.Effect<string>
  /** The region, or `unknown`. */
  readonly region: Effect.Effect<string>
}

/**
 * How to reach a service. What is left out is found as every AWS SDK finds it.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options {
  readonly region?: string | undefined
  readonly endpoint?: string | undefined
  readonly credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider | undefined
  /** Longest time to make a connection; 5 seconds unless said. */
  readonly connectTimeout?: Duration.Input | undefined
  /** Longest time for a call, from credentials to the last byte of the answer; 60 seconds unless said. */
  readonly requestTimeout?: Duration.Input | undefined
}
