/**
 * What carries a command to a service and brings the answer back: an SDK client, or a model of the service in memory.
 * Failures are the raw ones of the SDK; `AwsClient` makes errors of them, the same way for every transport.
 *
 * @since 0.1.0
 */
import type * as Effect from "effect/Effect"

/**
 * A command of an AWS SDK client, as far as it matters here.
 *
 * @category models
 * @since 0.1.0
 */
export interface Command<in out Input extends object, out Output extends object> {
  readonly input: Input
  // The SDK states an output type nowhere else. A method, so that every command fits whatever its client takes.
  resolveMiddleware(stack: never, configuration: never, options: unknown): (args: never) => Promise<{ output: Output }>
}

/**
 * The way to a service.
 *
 * @category models
 * @since 0.1.0
 */
export interface Transport {
  /** Sends once: no retries. `operation` is the bare name, such as `BatchDeleteReadSet`. Interruption aborts. */
  readonly send: (operation: string, command: Command<never, object>) => Effect.Effect<object, unknown>
  /** The account id of the credentials if they carry one, else their access key id, else `anonymous`. */
  readonly account: Effect.Effect<string>
  /** The region, or `unknown`. */
  readonly region: Effect.Effect<string>
}
