/** Code that is not the engine's own, and dies where one would not expect it. */
import { Answer, BatchOperation, Bulk, Fate, Verdict } from "@effect-bulk/core"
import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Equal, Exit, Hash, Stream, Tracer } from "effect"

const operationOn = <Item extends { readonly id: string }>(calls: Array<string>) =>
  BatchOperation.make({
    name: "Test.Defects",
    limits: { maxItems: 3 },
    id: ({ id }: Item) => id,
    idempotent: true,
    call: (_, items) => Effect.sync(() => calls.push(items.map(({ id }) => id).join(""))),
    answer: Answer.failuresById({
      failures: () => [],
      id: () => undefined,
      verdict: () => Verdict.terminal("Refused"),
      silent: () => Verdict.confirmed(undefined)
    }),
    fate: () => Fate.transient("maybe")
  })

describe("stream", () => {
  it.effect("dies when its run dies, and does not just end", () =>
    Effect.gen(function* () {
      const calls: Array<string> = []
      const tracer = Tracer.make({
        span: () => {
          throw new Error("the tracer died")
        }
      })
      const exit = yield* Stream.make({ id: "a" }, { id: "b" }).pipe(
        Bulk.stream(operationOn(calls)),
        Stream.runCollect,
        Effect.withTracer(tracer),
        Effect.exit
      )
      assert.deepStrictEqual(calls, [])
      assert.isTrue(Exit.isFailure(exit) && Cause.hasDies(exit.cause))
    })
  )
})

describe("an item whose equality dies", () => {
  class Odd {
    readonly id: string
    constructor(id: string) {
      this.id = id
    }
    [Equal.symbol](): boolean {
      throw new Error("no equality")
    }
    [Hash.symbol](): number {
      return 0
    }
  }
  const items = ["a", "b", "a"].map((id) => new Odd(id))

  it.live("is sent after the one of its id, and none is lost", () =>
    Effect.gen(function* () {
      const calls: Array<string> = []
      const report = yield* Bulk.run(operationOn<Odd>(calls), items)
      assert.deepStrictEqual(calls, ["ab", "a"])
      assert.strictEqual(report.counts.Succeeded, 3)
    })
  )

  it.live("leaves the other callers of a request alone", () =>
    Effect.gen(function* () {
      const deleteOne = yield* Bulk.request(operationOn<Odd>([]))
      const exits = yield* Effect.forEach(items, (item) => Effect.exit(deleteOne(item)), { concurrency: "unbounded" })
      assert.deepStrictEqual(
        exits.map(({ _tag }) => _tag),
        ["Success", "Success", "Success"]
      )
    }).pipe(Effect.scoped)
  )
})
