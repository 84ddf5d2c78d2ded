import { type BatchOperation, Bulk, type Report } from "@effect-bulk/core"
import { describe, expectTypeOf, it } from "@effect/vitest"
import { type Effect, Stream } from "effect"

interface Item {
  readonly store: string
  readonly id: string
}
interface Refused {
  readonly _tag: "Refused"
}
declare const operation: BatchOperation.BatchOperation<Item, void, Refused>

describe("run", () => {
  it("takes an array, an iterable and a stream", () => {
    const item = { store: "a", id: "b" }
    type Run = Effect.Effect<Report.Report<Item, void, Refused>>
    expectTypeOf(Bulk.run(operation, [item])).toEqualTypeOf<Run>()
    expectTypeOf(Bulk.run(operation, new Set([item]))).toEqualTypeOf<Run>()
    expectTypeOf(Bulk.run(operation, Stream.make(item))).toEqualTypeOf<Run>()
  })

  it("names what is wrong with an item at its place", () => {
    expectTypeOf(
      Bulk.run(operation, [
        {
          store: "a",
          // @ts-expect-error Type 'number' is not assignable to type 'string'
          id: 1
        },
        {
          store: "a",
          id: "b",
          // @ts-expect-error 'idd' does not exist in type 'Item'
          idd: "b"
        },
        // @ts-expect-error Property 'id' is missing
        { store: "a" }
      ])
    ).not.toBeAny()
  })
})
