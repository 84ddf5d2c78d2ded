/** The soak of `pnpm soak` in a small size: calls of ten items, so that all that can go wrong still happens. */
import { BatchPolicy } from "@effect-bulk/core"
import { NodeFileSystem } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect } from "effect"
import { soak, type Soaked } from "./soak.ts"

const small = {
  items: 5_000,
  // With this one, no call takes longer than the run waits for it.
  seed: 24,
  policy: { maxItems: 10, window: 1_000, backoff: BatchPolicy.exponential({ throttledBase: "100 millis" }) }
}

/** What must be told of a soak where all is well: nothing wrong, and nothing unseen. */
const wrong = ({ checks }: Soaked) =>
  checks.filter(({ seen, wrong }) => seen === 0 || wrong > 0).map(({ first, name, wrong }) => ({ name, wrong, first }))

const countOf = ({ rows }: Soaked, outcome: string, why: string) =>
  rows.filter((row) => row.outcome === outcome && row.why.includes(why)).reduce((sum, { count }) => sum + count, 0)

describe("soak", () => {
  it.live("reports of every item what is so, whatever goes wrong", () =>
    Effect.gen(function* () {
      const soaked = yield* soak(small)
      assert.deepStrictEqual(wrong(soaked), [])
      assert.strictEqual(soaked.ran.progress.settled, small.items)
      for (const fault of ["none", "Throttle", "ResetBefore", "ResetAfter", "CutOff", "Slow"]) {
        assert.isAbove(soaked.calls.get(fault) ?? 0, 0, fault)
      }
      assert.isAbove(countOf(soaked, "Succeeded", "Accepted"), 0)
      assert.isAbove(countOf(soaked, "Succeeded", "InferredGone"), 0)
      assert.isAbove(countOf(soaked, "Failed", "IN_USE"), 0)
      assert.isAbove(countOf(soaked, "Exhausted", "attempts"), 0)
    }).pipe(Effect.provide(NodeFileSystem.layer))
  )

  it.live("reports what is so, also when it is stopped in the middle", () =>
    Effect.gen(function* () {
      const stop = yield* Deferred.make<void>()
      const soaked = yield* soak({
        ...small,
        stop: Deferred.await(stop),
        onProgress: ({ settled }) => (settled >= 1_000 ? Deferred.succeed(stop, undefined) : Effect.void)
      })
      assert.deepStrictEqual(wrong(soaked), [])
      assert.isBelow(soaked.ran.progress.pulled, small.items)
      assert.isAbove(countOf(soaked, "NotAttempted", "stopped"), 0)
    }).pipe(Effect.provide(NodeFileSystem.layer))
  )
})
