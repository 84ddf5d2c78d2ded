/** The lines that count calls: no time enters into them, so each number is exact. */
import * as Answer from "@effect-bulk/core/Answer"
import * as BatchOperation from "@effect-bulk/core/BatchOperation"
import * as BatchPolicy from "@effect-bulk/core/BatchPolicy"
import * as Bulk from "@effect-bulk/core/Bulk"
import * as Fate from "@effect-bulk/core/Fate"
import * as Verdict from "@effect-bulk/core/Verdict"
import * as Effect from "effect/Effect"
import type { Line } from "./rows.ts"

const maxItems = 100

/** Takes numbers; `call` says what the service makes of them. */
const operation = (call: (items: ReadonlyArray<number>) => Effect.Effect<void, Fate.Fate>) =>
  BatchOperation.make({
    name: "Bench.Counted",
    limits: { maxItems },
    id: String,
    idempotent: true,
    quota: { rate: { count: 1_000_000_000, per: "1 second", burst: 1_000_000_000 } },
    call: (_: void, items: ReadonlyArray<number>) => call(items),
    answer: Answer.failuresById({
      failures: (): ReadonlyArray<string> => [],
      id: (failure) => failure,
      verdict: (failure) => Verdict.terminal(failure),
      silent: () => Verdict.confirmed(undefined)
    }),
    fate: (fate: Fate.Fate) => fate
  })

const items = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, i) => i)

/** Calls for one batch of 100 that the service rejects as long as one of these is in it. */
const callsFor = async (poison: ReadonlySet<number>): Promise<number> => {
  const rejecting = operation((items) =>
    items.some((item) => poison.has(item)) ? Effect.fail(Fate.rejected) : Effect.void
  )
  const report = await Effect.runPromise(Bulk.run(rejecting, items(maxItems), { policy: { isolate: true } }))
  for (const outcome of report.outcomes) {
    const wanted = poison.has(outcome.item) ? "Failed" : "Succeeded"
    if (outcome._tag !== wanted) throw new Error(`item ${outcome.item} must be ${wanted}, got ${outcome._tag}`)
  }
  return report.calls
}

/** The worst of all places for one poison item and for two; of 300 drawn ones for five, and of five evenly spread. */
const places: { readonly [poison: number]: () => Iterable<ReadonlyArray<number>> } = {
  1: () => items(maxItems).map((a) => [a]),
  2: () => items(maxItems).flatMap((a) => items(a).map((b) => [a, b])),
  5: function* () {
    for (let first = 0; first < 20; first++) yield [0, 20, 40, 60, 80].map((place) => first + place)
    let seed = 1
    for (let draw = 0; draw < 300; draw++) {
      const drawn = new Set<number>()
      while (drawn.size < 5) drawn.add((seed = (seed * 48_271) % 2_147_483_647) % maxItems)
      yield [...drawn]
    }
  }
}

export const poisonLines = async (): Promise<ReadonlyArray<Line>> => {
  const lines: Array<Line> = []
  for (const [poison, bound] of [
    [1, 15],
    [2, 27],
    [5, 59]
  ] as const) {
    let worst = 0
    for (const place of places[poison]!()) worst = Math.max(worst, await callsFor(new Set(place)))
    lines.push({ what: `poison: ${poison} of 100`, unit: "calls", ours: worst, goal: { is: "<=", bound } })
  }
  return lines
}

/** A server that throttles each call: first attempts, and as many retries as the budget pays for. */
export const throttlingLines = async (): Promise<ReadonlyArray<Line>> => {
  const count = 2_000
  let calls = 0
  const throttling = operation(() =>
    Effect.suspend(() => {
      calls++
      return Effect.fail(Fate.throttled())
    })
  )
  const { outcomes } = await Effect.runPromise(
    Bulk.run(throttling, items(count), { policy: { concurrency: 16, backoff: BatchPolicy.constant(0) } })
  )
  const lost = outcomes.filter(({ _tag }) => _tag !== "Exhausted" && _tag !== "NotAttempted")
  if (outcomes.length !== count || lost.length > 0)
    throw new Error(`${lost.length} of ${count} items have a wrong outcome`)
  const { throttle, tokens } = BatchPolicy.default.budget
  const bound = Math.ceil(count / maxItems) + Math.floor(tokens / throttle)
  return [
    { what: "a server that always throttles: 2,000 items", unit: "calls", ours: calls, goal: { is: "<=", bound } }
  ]
}
