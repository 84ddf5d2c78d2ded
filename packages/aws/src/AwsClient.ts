/**
 * Calls to one AWS service as Effects: one command, one request, one answer or one tagged error. Nothing is retried
 * here; interruption aborts the request; each call is a span that names the operation and never what is in it.
 *
 * @since 0.1.0
 */
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import type * as Tracer from "effect/Tracer"
import * as AwsError from "./AwsError.ts"
import { classify } from "./internal/classify.ts"
import * as SdkTransport from "./internal/sdkTransport.ts"
import { Sha256 } from "./internal/sha256.ts"
import type { Command, Transport } from "./Transport.ts"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

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
  /** Used as it stands, without the host prefixes of some operations. */
  readonly endpoint?: string | undefined
  readonly credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider | undefined
  /** Longest time to make a connection; 5 seconds unless said. */
  readonly connectTimeout?: Duration.Input | undefined
  /** Longest time for a call, from credentials to the last byte of the answer; 60 seconds unless said. */
  readonly requestTimeout?: Duration.Input | undefined
}

/**
 * What the constructor of an SDK client must be given.
 *
 * @category models
 * @since 0.1.0
 */
export interface ClientConfig {
  readonly region?: string
  readonly endpoint?: string
  readonly credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider
  readonly maxAttempts: number
  readonly retryMode: string
  readonly disableClockSkewCorrection: boolean
  readonly requestHandler: SdkTransport.RequestHandler
  readonly sha256: typeof Sha256
}

/**
 * An SDK client, whatever its service.
 *
 * @category models
 * @since 0.1.0
 */
export interface SdkClient {
  readonly config: object
  readonly middlewareStack: object
  readonly send: unknown
  destroy(): void
}

// -----------------------------------------------------------------------------
// Constructors
// -----------------------------------------------------------------------------

/**
 * A client over an SDK client, which is destroyed with the scope; calls in flight are then cut off.
 *
 * **Gotchas**
 *
 * Answers are held in memory, so commands that answer with a stream of bytes are not for this client.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (
  options: Options & {
    readonly service: string
    /** Must pass on all that it is given. A `requestHandler` of its own is honoured, and slower. */
    readonly create: (config: ClientConfig) => SdkClient
  }
): Effect.Effect<AwsClient, AwsError.ClientMisconfigured, Scope.Scope> => {
  const { create, credentials, endpoint, region, service } = options
  if (endpoint !== undefined && !URL.canParse(endpoint)) {
    return Effect.fail(misconfigured(service, `endpoint must be a URL, got '${endpoint}'`))
  }
  return SdkTransport.make({
    connectTimeout: timerMillis(options.connectTimeout ?? "5 seconds"),
    requestTimeout: timerMillis(options.requestTimeout ?? "60 seconds"),
    create: (requestHandler) =>
      create({
        ...(region !== undefined && { region }),
        ...(endpoint !== undefined && { endpoint }),
        ...(credentials !== undefined && { credentials: SdkTransport.tellingCredentials(credentials) }),
        // The engine retries. The other retry mode also holds calls back, at a rate of its own finding.
        maxAttempts: 1,
        retryMode: "standard",
        // It would send a call again because of the Date in an answer, even one that says the call went well.
        disableClockSkewCorrection: true,
        requestHandler,
        sha256: Sha256
      })
  }).pipe(
    Effect.map((transport) => fromTransport({ service, transport })),
    Effect.mapError((failure) =>
      misconfigured(service, failure instanceof Error ? failure.message : String(failure), failure)
    )
  )
}

/**
 * A client over any transport, such as a model of the service in memory.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromTransport = (options: { readonly service: string; readonly transport: Transport }): AwsClient => {
  const { service, transport } = options
  const send = (
    command: Command<never, object>,
    options?: { readonly errors?: AwsError.Table; readonly response?: Schema.Decoder<unknown> }
  ): Effect.Effect<unknown, AwsError.Any> => {
    const method = operationOf(command)
    const operation = `${service}.${method}`
    const decode = options?.response && Schema.decodeUnknownResult(options.response)
    const told = Effect.useSpan(
      operation,
      { kind: "client", attributes: { "rpc.system": "aws-api", "rpc.service": service, "rpc.method": method } },
      (span) =>
        Effect.flatMap(transport.region, (region) => {
          span.attribute("cloud.region", region)
          return Effect.matchEffect(transport.send(method, command), {
            onFailure: (failure) =>
              Effect.flatMap(Clock.currentTimeMillis, (now) =>
                Effect.fail(new Told(operation, span, classify(failure, operation, options?.errors, now)))
              ),
            onSuccess: (output) => {
              const { requestId, status } = metadataOf(output)
              if (requestId !== undefined) span.attribute("aws.request_id", requestId)
              if (status !== undefined) span.attribute("http.response.status_code", status)
              if (decode === undefined) return Effect.succeed(output)
              const decoded = decode(output)
              if (Result.isFailure(decoded)) {
                return Effect.fail(new Told(operation, span, undecodable(operation, output, decoded.failure)))
              }
              const answer = decoded.success
              if (requestId !== undefined && typeof answer === "object" && answer !== null) {
                requestIds.set(answer, requestId)
              }
              return Effect.succeed(answer)
            }
          })
        })
    )
    return Effect.mapError(told, ({ error }) => error)
  }
  return {
    service,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the overloads say in types what is done by value
    send: send as unknown as AwsClient["send"],
    account: transport.account,
    region: transport.region
  }
}

// -----------------------------------------------------------------------------
// Functions
// -----------------------------------------------------------------------------

/**
 * The request id of an answer that a client gave, decoded or not, or of an error.
 *
 * @category functions
 * @since 0.1.0
 */
export const requestId = (answered: unknown): string | undefined => {
  if (typeof answered !== "object" || answered === null) return undefined
  const kept = requestIds.get(answered) ?? ("requestId" in answered ? answered.requestId : undefined)
  return typeof kept === "string" ? kept : metadataOf(answered).requestId
}

// The decoded answer has only what its schema names.
const requestIds = new WeakMap<object, string>()

const metadataOf = (output: object): { readonly requestId?: string; readonly status?: number } => {
  const metadata: unknown = "$metadata" in output ? output.$metadata : undefined
  if (typeof metadata !== "object" || metadata === null) return {}
  const requestId: unknown = "requestId" in metadata ? metadata.requestId : undefined
  const status: unknown = "httpStatusCode" in metadata ? metadata.httpStatusCode : undefined
  return { ...(typeof requestId === "string" && { requestId }), ...(typeof status === "number" && { status }) }
}

/**
 * The operation that a command stands for, such as `BatchDeleteReadSet`.
 *
 * @category functions
 * @since 0.1.0
 */
export const operationOf = (command: object): string => {
  // By the SDK's schema, since a bundler may rename classes.
  const schema: unknown = "schema" in command ? command.schema : undefined
  const name: unknown = Array.isArray(schema) ? schema[2] : undefined
  return typeof name === "string" ? name : command.constructor.name.replace(/Command$/, "")
}

// What a timer can hold; it fires at once for more.
const timerMillis = (time: Duration.Input): number => Math.min(Duration.toMillis(time), 0x7fff_ffff)

/** With what the span of a failed call ends, and so what is exported: what the service says may quote the request. */
class Told extends Error {
  readonly #error: AwsError.Any

  constructor(operation: string, span: Tracer.Span, error: AwsError.Any) {
    const type = "code" in error ? error.code : error._tag
    super(`${operation}: ${String(type)}`)
    this.#error = error
    if (error.requestId !== undefined) span.attribute("aws.request_id", error.requestId)
    if (error.status !== undefined) span.attribute("http.response.status_code", error.status)
    span.attribute("error.type", type)
  }

  get error(): AwsError.Any {
    return this.#error
  }
}

const undecodable = (operation: string, output: object, cause: Schema.SchemaError): AwsError.UndecodableResponse =>
  new AwsError.UndecodableResponse({
    operation,
    message: `${operation}: the answer has not the documented form: ${cause.message}`,
    ...metadataOf(output),
    cause
  })

const misconfigured = (service: string, message: string, cause?: unknown): AwsError.ClientMisconfigured =>
  new AwsError.ClientMisconfigured({
    operation: service,
    message: `${service}: ${message}`,
    ...(cause !== undefined && { cause })
  })
