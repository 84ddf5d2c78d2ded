/**
 * The transport over an SDK client. What makes a call cheap: the middleware stack is resolved once per command class,
 * one signer serves all calls, and `HttpHandler` sends. What keeps it honest: a call can be aborted, or run out of
 * time, at any point of its way, and what fails before the wire is told from what fails on it.
 */
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider, HttpRequest } from "@smithy/types"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { randomUUID } from "node:crypto"
import type { Command, Transport } from "../Transport.ts"
import { Call, HttpHandler, abortFailure, timeoutFailure } from "./httpHandler.ts"

export type RequestHandler = HttpHandler

/** Times in milliseconds. */
export interface Options {
  readonly create: (handler: HttpHandler) => object
  readonly connectTimeout: number
  readonly requestTimeout: number
}

export const make = (options: Options): Effect.Effect<Transport, unknown, Scope.Scope> =>
  Effect.gen(function* () {
    const handler = yield* Effect.acquireRelease(
      Effect.sync(() => new HttpHandler({ connectTimeout: options.connectTimeout })),
      (handler) => Effect.promise(() => handler.close())
    )
    const client = yield* Effect.acquireRelease(
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what every client that Smithy generates is
      Effect.try({ try: () => options.create(handler) as Client, catch: (failure) => failure }),
      (client) => Effect.sync(() => client.destroy())
    )
    const { config } = client
    shareSigner(config)
    // It logs what goes out and what comes back, and lays that out even if nobody listens.
    client.middlewareStack.remove("loggerMiddleware")
    const dispatch = config.requestHandler === handler ? fast(client, handler) : plain(client)
    let ready: Promise<void> | undefined
    let region: string | undefined
    let account: Promise<string> | undefined

    return {
      send: (_operation, command) =>
        Effect.callback((resume) => {
          const call = new Call()
          const settle = (answer: Effect.Effect<object, unknown>) => {
            clearTimeout(timer)
            resume(answer)
          }
          const onTimeout = () => {
            const sent = call.exchange !== undefined
            call.abort(timeoutFailure(options.requestTimeout))
            if (!sent) settle(Effect.fail(credentialsFailure(`none came within ${options.requestTimeout} ms`)))
          }
          const timer = setTimeout(onTimeout, options.requestTimeout) // allowed: a fiber per call would cost more
          ready ??= keepHostOfCustomEndpoint(config).then(() => layOut(config))
          ready
            .then(() => dispatch(command, call))
            .then(
              (output) => settle(Effect.succeed(output)),
              (failure) => settle(Effect.fail(call.exchange === undefined ? beforeWire(failure) : failure))
            )
          return Effect.sync(() => {
            clearTimeout(timer)
            call.abort(abortFailure())
          })
        }),
      // Asked once: whatever is named after the account must stay together, and looking in vain takes seconds.
      account: Effect.promise(() => (account ??= accountOf(config, options.requestTimeout))),
      region: Effect.suspend(() =>
        region === undefined
          ? Effect.tryPromise(() => config.region()).pipe(
              Effect.tap((found) => Effect.sync(() => void (region = found))),
              Effect.orElseSucceed(() => "unknown")
            )
          : Effect.succeed(region)
      )
    }
  })

// -----------------------------------------------------------------------------
// The SDK client, as far as it is not in its types
// -----------------------------------------------------------------------------

interface Client {
  readonly config: Config
  readonly middlewareStack: { add(middleware: Middleware, options: object): void; remove(name: string): boolean }
  send(command: Command<never, object>, options: object): Promise<object>
  destroy(): void
}

interface Config {
  readonly requestHandler: unknown
  readonly region: () => Promise<string>
  readonly credentials: () => Promise<AwsCredentialIdentity & { readonly accountId?: string }>
  signer?: (scheme?: Scheme) => Promise<unknown>
  disableHostPrefix?: boolean
  readonly isCustomEndpoint?: boolean
  readonly ignoreConfiguredEndpointUrls?: boolean
  readonly serviceConfiguredEndpoint?: () => Promise<string | undefined>
}

interface Scheme {
  readonly signingName?: string
  readonly signingRegion?: string
}

interface Args {
  readonly input: object
  readonly request?: HttpRequest
  readonly call?: Call
}

type Handler = (args: Args) => Promise<{ readonly output: object }>

interface SdkCommand {
  resolveMiddleware(stack: unknown, config: unknown, options: undefined): Handler
}

type Middleware = (next: (args: Args) => Promise<unknown>) => (args: Args) => Promise<unknown>

type CommandClass = Function & {
  getEndpointParameterInstructions?: () => { readonly [name: string]: { readonly type: string } }
}

/** Sends by a middleware stack that is resolved once per command class; the call rides along with the input. */
const fast = (client: Client, handler: HttpHandler) => {
  client.middlewareStack.add(
    (next) => (args) => (args.call && args.request ? handler.handle(args.request, { call: args.call }) : next(args)),
    { name: "effectBulkSend", step: "deserialize", priority: "low", override: true }
  )
  client.middlewareStack.add(attemptOnce, {
    name: "retryMiddleware",
    step: "finalizeRequest",
    priority: "high",
    override: true
  })
  const handlers = new WeakMap<Function, Handler>()
  return (command: Command<never, object>, call: Call): Promise<object> => {
    const commandClass: CommandClass = command.constructor
    let send = handlers.get(commandClass)
    if (send === undefined) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as the client itself calls it
      send = (command as unknown as SdkCommand).resolveMiddleware(client.middlewareStack, client.config, undefined)
      if (endpointIsFixed(commandClass)) handlers.set(commandClass, send)
    }
    return send({ input: command.input, call }).then((answer) => answer.output)
  }
}

/** In the place of the SDK's retries, which cost even if there are none: a request says that it is the only attempt. */
const attemptOnce: Middleware = (next) => (args) => {
  if (args.request !== undefined) {
    args.request.headers["amz-sdk-invocation-id"] = randomUUID()
    args.request.headers["amz-sdk-request"] = "attempt=1; max=1"
  }
  return next(args)
}

/** A resolved stack keeps the endpoint of the last call, which must not be that of another bucket or the like. */
const endpointIsFixed = (commandClass: CommandClass): boolean =>
  Object.values(commandClass.getEndpointParameterInstructions?.() ?? {}).every(
    ({ type }) => type !== "contextParams" && type !== "operationContextParams"
  )

/** Sends by a request handler of the user's own. */
const plain =
  (client: Client) =>
  (command: Command<never, object>, call: Call): Promise<object> => {
    const controller = new AbortController()
    // Whether it went out is not known, so it counts as sent.
    call.exchange = { abort: () => controller.abort() }
    return client.send(command, { abortSignal: controller.signal }).catch((failure: unknown) => {
      throw call.reason ?? failure
    })
  }

/** The SDK makes a signer for each call, and copies the configuration into it. */
const shareSigner = (config: Config): void => {
  const make = config.signer
  if (make === undefined) return
  const signers = new Map<string, Promise<unknown>>()
  config.signer = (scheme) => {
    const key = scheme === undefined ? "" : `${scheme.signingName} ${scheme.signingRegion}`
    let signer = signers.get(key)
    if (signer === undefined) {
      signer = make(scheme)
      signers.set(key, signer)
      signer.catch(() => signers.delete(key))
    }
    return signer
  }
}

/** A custom endpoint is meant as it stands, whether it comes from the options, the environment or a file. */
const keepHostOfCustomEndpoint = (config: Config): Promise<void> => {
  if (config.isCustomEndpoint === true) config.disableHostPrefix = true
  if (config.ignoreConfiguredEndpointUrls === true || config.serviceConfiguredEndpoint === undefined) {
    return Promise.resolve()
  }
  return config.serviceConfiguredEndpoint().then(
    (endpoint) => {
      if (endpoint) config.disableHostPrefix = true
    },
    // The SDK meets the same failure in the call, and says so there.
    () => undefined
  )
}

/**
 * The SDK copies its configuration three times a call. With its many members it has become a table, which V8 copies ten
 * times as slowly as an object; one that others inherit from is an object again, until something is added to it.
 */
const layOut = (config: object): void => {
  const heir: object = Object.create(config)
  for (let i = 0; i < 100; i++) lookAt(heir)
}

// Only what is looked up many times at one place is worth it to V8.
const lookAt = (heir: { readonly nothing?: unknown }): unknown => heir.nothing

const accountOf = async (config: Config, within: number): Promise<string> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), within) // allowed: the promise outlives the fiber that asks first
  })
  try {
    const known = await Promise.race([config.credentials(), late])
    return known?.accountId ?? known?.accessKeyId ?? "anonymous"
  } catch {
    return "anonymous"
  } finally {
    clearTimeout(timer)
  }
}

/** Before the request is signed, only who looks for credentials talks to anybody. */
const beforeWire = (failure: unknown): unknown => {
  if (typeof failure !== "object" || failure === null) return failure
  const { $fault, $metadata, code } = failure as {
    readonly $fault?: unknown
    readonly $metadata?: { readonly httpStatusCode?: unknown }
    readonly code?: unknown
  }
  const remote = $fault !== undefined || $metadata?.httpStatusCode !== undefined
  return remote || (typeof code === "string" && !code.startsWith("ERR_"))
    ? credentialsFailure(failure instanceof Error ? failure.message : String(code), failure)
    : failure
}

/** A provider of the user's own may fail with anything; what it means is that there are no credentials. */
export const tellingCredentials = (
  credentials: AwsCredentialIdentity | AwsCredentialIdentityProvider
): AwsCredentialIdentity | AwsCredentialIdentityProvider =>
  typeof credentials !== "function"
    ? credentials
    : (properties) =>
        Promise.resolve(properties)
          .then(credentials)
          .catch((failure: unknown) => {
            throw credentialsFailure(failure instanceof Error ? failure.message : String(failure), failure)
          })

/** As the SDK's own providers fail. */
const credentialsFailure = (message: string, cause?: unknown): Error =>
  Object.assign(new Error(`Could not load credentials: ${message}`, { cause }), { name: "CredentialsProviderError" })
