/**
 * One side of the request row, in a process of its own: `node bench/request.ts ours|resolver COUNT`. Each item is asked
 * for by a fiber of its own, all at once, and both sides send batches of 100 by an asynchronous call that does nothing.
 * `resolver` is Effect's `RequestResolver` with `batchN`, which sends all its batches at once and accounts for nothing.
 */
import * as Bulk from "@effect-bulk/core/Bulk"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Request from "effect/Request"
import * as RequestResolver from "effect/RequestResolver"
import { report, type Side } from "./measure.ts"
import { call, type Item, operation } from "./nothing.ts"

class Get extends Request.Class<Item, void> {}

const resolver = RequestResolver.make<Get>((entries) =>
  Effect.map(call, () => {
    for (const entry of entries) entry.completeUnsafe(Exit.void)
  })
).pipe(RequestResolver.batchN(100))

const all = (count: number, get: (item: Item) => Effect.Effect<void, unknown>) =>
  Effect.suspend(() => {
    const items = Array.from({ length: count }, (_, i): Item => ({ id: `i${i}` }))
    let got = 0
    return Effect.forEach(items, (item) => Effect.map(get(item), () => got++), {
      concurrency: "unbounded",
      discard: true
    }).pipe(
      Effect.orDie,
      Effect.map(() => got)
    )
  })

const sides: { readonly [side: string]: Side } = {
  ours: (count) =>
    Effect.scoped(Effect.flatMap(Bulk.request(operation, { policy: { concurrency: 16 } }), (get) => all(count, get))),
  resolver: (count) => all(count, (item) => Effect.request(new Get(item), resolver)),
  /** Neither: a fiber per item that waits for one macrotask. */
  fiber: (count) => all(count, () => call)
}

await report(sides, { warmUp: 20_000 })
