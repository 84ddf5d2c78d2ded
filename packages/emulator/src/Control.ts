/**
 * What the emulator shows of itself over HTTP, for tests in another process: all that the models hold at
 * `/_emulator/state`, the last calls received at `/_emulator/calls`, one JSON object a line.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import type { HttpServerRequest } from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Stream from "effect/Stream"
import type { ReceivedCall } from "./Exchange.ts"
import type { Served } from "./Services.ts"

/**
 * Answers requests that are meant for the emulator itself; `undefined` for all others.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make =
  (options: { readonly served: ReadonlyArray<Served>; readonly calls: Iterable<ReceivedCall> }) =>
  ({ method, url }: HttpServerRequest): Effect.Effect<HttpServerResponse.HttpServerResponse> | undefined => {
    if (method !== "GET") return undefined
    switch (url) {
      case "/_emulator/state":
        return Effect.sync(() => lines(state(options.served)))
      case "/_emulator/calls":
        return Effect.sync(() => lines(options.calls))
      default:
        return undefined
    }
  }

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

function* state(served: ReadonlyArray<Served>): Iterable<object> {
  for (const { model, wire } of served) {
    for (const thing of model.state?.() ?? []) yield { service: wire.service, ...thing }
  }
}

const lines = (things: Iterable<object>): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.stream(
    Stream.fromIterable(things).pipe(
      Stream.map((thing) => `${JSON.stringify(thing)}\n`),
      Stream.mapArray((texts) => [encoder.encode(texts.join(""))])
    ),
    { contentType: "application/x-ndjson" }
  )

const encoder = new TextEncoder()
