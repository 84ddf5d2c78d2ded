/** The operation that does nothing, for both sides of a row: 100 items to a call of one turn of the event loop. */
import * as Answer from "@effect-bulk/core/Answer"
import * as BatchOperation from "@effect-bulk/core/BatchOperation"
import * as Fate from "@effect-bulk/core/Fate"
import * as Verdict from "@effect-bulk/core/Verdict"
import * as Effect from "effect/Effect"

export interface Item {
  readonly id: string
}

/** Nothing failed. */
export const call = Effect.callback<ReadonlyArray<Item>>((resume) => {
  setImmediate(resume, Effect.succeed([]))
})

export const operation = BatchOperation.make({
  name: "Bench.Nothing",
  limits: { maxItems: 100 },
  id: (item: Item) => item.id,
  idempotent: true,
  quota: { rate: { count: 1_000_000_000, per: "1 second", burst: 1_000_000_000 } },
  call: () => call,
  answer: Answer.failuresById({
    failures: (failed: ReadonlyArray<Item>) => failed,
    id: ({ id }) => id,
    verdict: ({ id }) => Verdict.terminal(id),
    silent: () => Verdict.confirmed(undefined)
  }),
  fate: () => Fate.transient("maybe")
})
