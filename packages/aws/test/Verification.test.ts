import { Verification } from "@effect-bulk/aws"
import { Answer, BatchOperation, Bulk, Fate, Verdict } from "@effect-bulk/core"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Schedule } from "effect"
import { TestClock } from "effect/testing"

/** Takes all items but those that begin with `!`. The quota lives as long as the clock of one test. */
const remove = () =>
  BatchOperation.make({
    name: "Test.Remove",
    limits: { maxItems: 10 },
    id: (item: string) => item,
    idempotent: true,
    quota: { rate: { count: 1000, per: "1 second" } },
    call: (_group, items) => Effect.succeed(items.filter((item) => item.startsWith("!"))),
    answer: Answer.failuresById({
      failures: (failed: ReadonlyArray<string>) => failed,
      id: (id) => id,
      verdict: (id) => Verdict.terminal(`no ${id}`),
      silent: () => Verdict.accepted(undefined)
    }),
    fate: () => Fate.fatal()
  })

type State = "Gone" | "Leaving" | "Stuck"

/** What each look sees, the last one for ever, and the ids that were looked at. */
const looks = (...seen: ReadonlyArray<Record<string, State> | Error>) => {
  const asked: Array<ReadonlyArray<string>> = []
  const look = (pending: ReadonlyMap<string, string>) =>
    Effect.suspend(() => {
      const states = seen[Math.min(asked.length, seen.length - 1)]!
      asked.push([...pending.keys()])
      return states instanceof Error
        ? Effect.fail(states)
        : Effect.succeed(Object.entries(states).map(([id, state]) => [id, { state }] as const))
    })
  return { asked, look }
}

const wait = (
  items: ReadonlyArray<string>,
  look: ReturnType<typeof looks>["look"],
  options?: Verification.Waiting & {
    final?: ReadonlyArray<State>
    isHopeless?: (error: Error) => boolean
    stop?: Effect.Effect<void>
  }
) =>
  Effect.gen(function* () {
    const report = yield* Bulk.run(remove(), items)
    const fiber = yield* Effect.forkChild(Verification.wait(report, { ...options, goal: "Gone", look }))
    while (fiber.pollUnsafe() === undefined) yield* TestClock.adjust("1 second")
    return yield* Fiber.join(fiber)
  })

const statesOf = (verification: { readonly items: ReadonlyArray<{ readonly id: string; readonly state: string }> }) =>
  Object.fromEntries(verification.items.map(({ id, state }) => [id, state]))

describe("wait", () => {
  it.effect("looks at what was taken until all of it is at the goal, and no more at what is", () =>
    Effect.gen(function* () {
      const { asked, look } = looks({ a: "Leaving", b: "Gone" }, { a: "Gone" })
      const verification = yield* wait(["a", "!x", "b"], look)
      assert.deepStrictEqual(statesOf(verification), { a: "Gone", "!x": "NotTaken", b: "Gone" })
      assert.deepStrictEqual(asked, [["a", "b"], ["a"]])
      assert.deepStrictEqual(verification.counts, { Gone: 2, NotTaken: 1 })
    })
  )

  it.effect("does not look when nothing was taken", () =>
    Effect.gen(function* () {
      const { asked, look } = looks({})
      yield* wait(["!x"], look)
      assert.deepStrictEqual(asked, [])
    })
  )

  it.effect("waits between looks as the schedule says, and no longer than the deadline", () =>
    Effect.gen(function* () {
      const { asked, look } = looks({ a: "Leaving" })
      const schedule = Schedule.spaced("4 seconds")
      const verification = yield* wait(["a", "b"], look, { schedule, deadline: "10 seconds" })
      assert.strictEqual(asked.length, 3)
      assert.deepStrictEqual(statesOf(verification), { a: "Leaving", b: "Unknown" })
    })
  )

  it.effect("ends with a schedule that ends", () =>
    Effect.gen(function* () {
      const { asked, look } = looks({ a: "Leaving" })
      yield* wait(["a"], look, { schedule: Schedule.recurs(2) })
      assert.strictEqual(asked.length, 3)
    })
  )

  it.effect("looks no more after a stop", () =>
    Effect.gen(function* () {
      const { asked, look } = looks({ a: "Leaving" })
      const verification = yield* wait(["a", "b"], look, { stop: Effect.sleep("2 seconds") })
      assert.strictEqual(asked.length, 2)
      assert.deepStrictEqual(statesOf(verification), { a: "Leaving", b: "Unknown" })
    })
  )

  it.effect("looks no more at what stays as it is", () =>
    Effect.gen(function* () {
      const { asked, look } = looks({ a: "Stuck", b: "Leaving" }, { b: "Gone" })
      const verification = yield* wait(["a", "b"], look, { final: ["Stuck"] })
      assert.deepStrictEqual(asked, [["a", "b"], ["b"]])
      assert.deepStrictEqual(statesOf(verification), { a: "Stuck", b: "Gone" })
    })
  )

  it.effect("goes on after a failed look, and keeps what was seen before", () =>
    Effect.gen(function* () {
      const { look } = looks({ a: "Leaving" }, new Error("away"), { a: "Gone" })
      const verification = yield* wait(["a"], look)
      assert.deepStrictEqual(statesOf(verification), { a: "Gone" })
      assert.isUndefined(verification.lookError)
    })
  )

  it.effect("ends when looking again would fail again", () =>
    Effect.gen(function* () {
      const { asked, look } = looks({ a: "Leaving" }, new Error("denied"))
      const verification = yield* wait(["a", "b"], look, { isHopeless: ({ message }) => message === "denied" })
      assert.strictEqual(asked.length, 2)
      assert.deepStrictEqual(statesOf(verification), { a: "Leaving", b: "Unknown" })
      assert.strictEqual(verification.lookError?.message, "denied")
    })
  )
})

describe("orFail", () => {
  it.effect("succeeds only when every item is at the goal", () =>
    Effect.gen(function* () {
      const { look } = looks({ a: "Gone", b: "Leaving" })
      const good = yield* wait(["a"], look)
      assert.strictEqual(yield* Verification.orFail(good), good)
      const bad = yield* wait(["a", "b", "!x"], look, { deadline: "1 second" })
      const error = yield* Effect.flip(Verification.orFail(bad))
      assert.strictEqual(error.message, "Test.Remove: 1 of 3 items are Gone (1 Gone, 1 Leaving, 1 NotTaken)")
    })
  )
})
