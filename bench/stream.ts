/**
 * One side of the stream rows, in a process of its own: `node bench/stream.ts ours|bare COUNT`. Both sides take the
 * same source (objects with an id, made as they are pulled), batches of 100, 16 at a time, and an asynchronous call
 * that does nothing. `bare` is `Stream.grouped` + `Stream.mapEffect`, which knows nothing of the items but their
 * number.
 *
 * `node --expose-gc --min-semi-space-size=16 --max-semi-space-size=16 bench/stream.ts ours|bare memory` says by how
 * many bytes the resident set grows in one run from item 1,000,000 to item 5,000,000, read after a collection at each
 * million: what is seen is what the run holds. The flags keep V8 from giving young objects more or less room on the
 * way, which moves the resident set by up to 130 MB whatever runs.
 */
import * as Bulk from "@effect-bulk/core/Bulk"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { report, type Side } from "./measure.ts"
import { call, type Item, operation } from "./nothing.ts"

const source = (count: number) =>
  Stream.range(0, count - 1).pipe(
    Stream.map((i): Item => {
      if (isMarking && i % 1_000_000 === 0 && i > 0) read.push(settled())
      return { id: `i${i}` }
    })
  )

const sides: { readonly [side: string]: Side } = {
  ours: (count) => {
    let succeeded = 0
    return source(count).pipe(
      Bulk.stream(operation, { policy: { concurrency: 16 } }),
      Stream.runForEachArray((outcomes) => {
        for (const outcome of outcomes) if (outcome._tag === "Succeeded") succeeded++
        return Effect.void
      }),
      Effect.map(() => succeeded)
    )
  },
  bare: (count) => {
    let called = 0
    return source(count).pipe(
      Stream.grouped(100),
      Stream.mapEffect((items) => Effect.as(call, items), { concurrency: 16 }),
      Stream.runForEachArray((batches) => {
        for (const items of batches) called += items.length
        return Effect.void
      }),
      Effect.map(() => called)
    )
  }
}

const read: Array<number> = []
let isMarking = false

/** The resident set of this process, without garbage. */
const settled = (): number => {
  globalThis.gc!()
  globalThis.gc!()
  return process.memoryUsage.rss()
}

const [, , name = "", what] = process.argv
if (what === "memory") {
  const side = sides[name]!
  await Effect.runPromise(side(1_000_000))
  isMarking = true
  await Effect.runPromise(side(5_000_001))
  console.log(JSON.stringify({ grownBytes: Math.max(...read) - read[0]! }))
} else await report(sides, { warmUp: 200_000 })
