/**
 * One side of the stream rows, in a process of its own: `node bench/stream.ts ours|bare COUNT`. Both sides take the same
 * source (objects with an id, made as they are pulled), batches of 100, 16 at a time, and an asynchronous call that does
 * nothing. `bare` is `Stream.grouped` + `Stream.mapEffect`, which knows nothing of the items but their number.
 *
 * `node bench/stream.ts ours|bare memory` says by how many bytes the resident set of the process grows in one run from
 * item 1,000,000 to item 5,000,000, after a warm-up in which V8 has taken all that it wants for young objects: that comes
 * in steps of up to 64 MB, whatever runs. No collection is forced.
 */
import * as Bulk from "@effect-bulk/core/Bulk"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { report, type Side } from "./measure.ts"
import { call, type Item, operation } from "./nothing.ts"

const source = (count: number) =>
  Stream.range(0, count - 1).pipe(
    Stream.map((i): Item => {
      if (i === nextMark) mark()
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

const marks = [1_000_000, 5_000_000]
const read: Array<number> = []
let nextMark: number | undefined

const mark = (): void => {
  read.push(process.memoryUsage.rss())
  nextMark = marks[read.length]
}

const [, , name = "", what] = process.argv
if (what === "memory") {
  const side = sides[name]!
  await Effect.runPromise(side(3_000_000))
  nextMark = marks[0]
  await Effect.runPromise(side(5_000_001))
  const [atOneMillion = NaN, atFiveMillion = NaN] = read
  console.log(JSON.stringify({ grownBytes: atFiveMillion - atOneMillion }))
} else await report(sides, { warmUp: 200_000 })
