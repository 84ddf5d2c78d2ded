/**
 * A local server that speaks the wire protocols of the services, over models that hold their state, with faults on
 * demand. See `Exchange` for what it does to a request.
 *
 * @since 0.1.0
 */
import * as Faults from "@effect-bulk/aws/testing/Faults"
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as HttpMiddleware from "effect/http/HttpMiddleware"
import { formatAddress } from "effect/http/HttpServer"
import { HttpServerRequest } from "effect/http/HttpServerRequest"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { createServer } from "node:http"
import * as Control from "./Control.ts"
import * as Exchange from "./Exchange.ts"
import * as Services from "./Services.ts"
import * as SigV4 from "./SigV4.ts"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * What the emulator begins with, and what goes wrong in it.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options extends Services.Options {
  /** Any free port unless said. */
  readonly port?: number | undefined
  readonly faults?: Faults.Faults | undefined
  /** Checks signatures against these; takes any request unless said. */
  readonly credentials?: ReadonlyArray<SigV4.Credentials> | undefined
}

// -----------------------------------------------------------------------------
// Service
// -----------------------------------------------------------------------------

/**
 * A running emulator.
 *
 * @category services
 * @since 0.1.0
 */
export class Emulator extends Context.Service<
  Emulator,
  {
    /** The endpoint for SDK clients, such as `http://127.0.0.1:4566`. */
    readonly url: string
    readonly models: Services.Models
    /** The calls so far, in the order of their arrival; of very many, the last 20,000 or more. */
    readonly calls: Effect.Effect<ReadonlyArray<Exchange.ReceivedCall>>
    /** Sets what goes wrong from now on; calls are numbered from 0 again. */
    readonly setFaults: (faults: Faults.Faults) => Effect.Effect<void>
  }
>()("@effect-bulk/emulator/Emulator") {}

/**
 * Starts an emulator. It ends with the scope, and so does every connection to it.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = Effect.fnUntraced(function* (
  options: Options = {}
): Effect.fn.Return<Emulator["Service"], ListenError, Scope.Scope> {
  const { port = 0 } = options
  const models = Services.make(options)
  const served = Services.served(models)
  const calls: Array<Exchange.ReceivedCall> = []
  let next = numbered(options.faults ?? Faults.none)
  const exchange = Exchange.make({
    served,
    next: (operation) => next(operation),
    record: (call) => {
      if (calls.push(call) > 2 * keptCalls) calls.splice(0, keptCalls)
    },
    verify: options.credentials && SigV4.make(options.credentials)
  })
  const control = Control.make({ served, calls })

  // Longer than any client keeps an idle connection, so that none is closed under a request.
  const node = createServer({ keepAliveTimeout: 120_000 })
  const server = yield* NodeHttpServer.make(() => node, { host, port }).pipe(
    Effect.mapError(
      ({ cause }) => new ListenError({ port, message: `Cannot listen on ${host}:${port}: ${reason(cause)}`, cause })
    )
  )
  yield* server
    // A plain handler runs uninterruptible, so that a call that hangs would outlive its client and the server.
    .serve(Effect.flatMap(HttpServerRequest, (request) => Effect.interruptible(control(request) ?? exchange(request))))
    .pipe(Effect.provideService(HttpMiddleware.TracerDisabledWhen, () => true))
  // Added last, so this goes first: no call in flight may keep the port open.
  yield* Effect.addFinalizer(() =>
    Effect.callback<void>((resume) => {
      node.close(() => resume(Effect.void))
      node.closeAllConnections()
    })
  )
  return {
    url: formatAddress(server.address),
    models,
    calls: Effect.sync(() => calls.slice()),
    setFaults: (faults) =>
      Effect.sync(() => {
        next = numbered(faults)
      })
  }
})

// -----------------------------------------------------------------------------
// Layers
// -----------------------------------------------------------------------------

/**
 * An emulator of its own for each time that the layer is built.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (options?: Options): Layer.Layer<Emulator, ListenError> => Layer.effect(Emulator, make(options))

// -----------------------------------------------------------------------------
// Errors
// -----------------------------------------------------------------------------

/**
 * The port cannot be had.
 *
 * @category errors
 * @since 0.1.0
 */
export class ListenError extends Schema.TaggedError<ListenError>()("ListenError", {
  port: Schema.Number,
  message: Schema.String,
  cause: Schema.Defect()
}) {}

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

const host = "127.0.0.1"

/** So that an emulator can run for days. */
const keptCalls = 20_000

const reason = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

// Numbers the calls of each operation and finds their faults.
const numbered = (faults: Faults.Faults) => {
  const counts = new Map<string, number>()
  return (operation: string) => {
    const call = counts.get(operation) ?? 0
    counts.set(operation, call + 1)
    return { call, fault: faults.next(operation, call) }
  }
}
