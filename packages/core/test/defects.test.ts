/** Code that is not the engine's own, and dies where one would not expect it. */
import { Answer, BatchOperation, BatchPolicy, Bulk, Fate, Report, Verdict } from "@effect-bulk/core"
import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Equal, Exit, Hash, Schedule, Stream, Tracer } from "effect"

interface Letter {
  readonly id: string
}

/** What a call fails with, or the ids of the items that failed. */
type Respond = (ids: ReadonlyArray<string>, call: number) => Effect.Effect<ReadonlyArray<string>, unknown>

const operationOn = <Item extends Letter>(
  calls: Array<string>,
  options?: {
    readonly respond?: Respond
    readonly verdict?: (id: string) => Verdict.Failure<undefined, string>
    readonly fate?: Fate.Fate
  }
) =>
  BatchOperation.make({
    name: "Test.Defects",
    limits: { maxItems: 3 },
    id: ({ id }: Item) => id,
    idempotent: true,
    policy: { backoff: BatchPolicy.constant(0) },
    call: (_, items) => {
      const ids = items.map(({ id }) => id)
      return Effect.suspend(() => {
        const number = calls.push(ids.join(""))
        return options?.respond?.(ids, number) ?? Effect.succeed([])
      })
    },
    answer: Answer.failuresById({
      failures: (ids: ReadonlyArray<string>) => ids,
      id: (id) => id,
      verdict: options?.verdict ?? (() => Verdict.terminal("Refused")),
      silent: () => Verdict.confirmed(undefined)
    }),
    fate: () => options?.fate ?? Fate.transient("maybe")
  })

const letters = ["a", "b", "c"].map((id): Letter => ({ id }))

const show = ({ outcomes }: { readonly outcomes: ReadonlyArray<{ readonly id: string; readonly _tag: string }> }) =>
  outcomes.map(({ _tag, id }) => `${id} ${_tag}`)

/** What types forbid, and programs without them do. */
const untyped = (value: unknown): never => value as never

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

describe("an item that hides its content", () => {
  it.live("is equal to no other, and each of them is sent", () =>
    Effect.gen(function* () {
      const calls: Array<string> = []
      const put = (text: string) => ({ id: "a", body: { blob: new Blob([text]) } })
      const same = put("x")
      const report = yield* Bulk.run(operationOn<Letter>(calls), [put("x"), put("y"), same, same])
      assert.deepStrictEqual(calls, ["a", "a", "a"])
      assert.strictEqual(report.counts.Succeeded, 4)
    })
  )
})

describe("an item without an id", () => {
  it.live("is refused, and the others go", () =>
    Effect.gen(function* () {
      const calls: Array<string> = []
      const given: ReadonlyArray<Letter> = [{ id: "a" }, untyped({}), { id: untyped(5) }, { id: "b" }]
      const report = yield* Bulk.run(operationOn<Letter>(calls), given)
      assert.deepStrictEqual(calls, ["ab"])
      assert.deepStrictEqual(show(report), ["a Succeeded", " Invalid", " Invalid", "b Succeeded"])
      assert.deepStrictEqual(
        report.outcomes.flatMap((outcome) => (outcome._tag === "Invalid" ? [outcome.issue] : [])),
        ["the operation's 'id' must give a text, got undefined", "the operation's 'id' must give a text, got 5"]
      )
    })
  )

  it.live("fails its own request, and no other", () =>
    Effect.gen(function* () {
      const request = yield* Bulk.request(operationOn<Letter>([]))
      const exits = yield* Effect.forEach([untyped({}), { id: "b" }], (item) => Effect.exit(request(item)), {
        concurrency: "unbounded"
      })
      assert.deepStrictEqual(
        exits.map(({ _tag }) => _tag),
        ["Failure", "Success"]
      )
    }).pipe(Effect.scoped)
  )
})

describe("a group of any kind", () => {
  for (const [group, target] of [
    ["store", "store"],
    [undefined, ""],
    [null, "null"],
    [7n, "7"],
    [Symbol("store"), "Symbol(store)"],
    [{ store: "x" }, '{"store":"x"}']
  ] as const) {
    it.live(`has a name in reports that can be read back: '${target}'`, () =>
      Effect.gen(function* () {
        const operation = { ...operationOn<Letter>([]), group: () => group }
        const { outcomes } = yield* Bulk.run(operation, letters)
        const lines = outcomes.map((outcome) => Report.decodeLine(Report.encodeLine(outcome)))
        assert.deepStrictEqual(
          lines.map((line) => line._tag === "Success" && [line.success.outcome, line.success.target]),
          letters.map(() => ["Succeeded", target])
        )
      })
    )
  }
})

describe("a verdict that is none", () => {
  for (const verdict of [undefined, null, {}, { _tag: "Success" }]) {
    const what = JSON.stringify(verdict)
    it.live(`is never taken for success, and is of its own item alone: ${what}`, () =>
      Effect.gen(function* () {
        const respond: Respond = () => Effect.succeed(["b"])
        const read = operationOn<Letter>([], { respond, verdict: () => untyped(verdict) })
        const once = { policy: { maxAttempts: 1 } }
        const expected = ["a Succeeded", "b Unknown", "c Succeeded"]
        assert.deepStrictEqual(show(yield* Bulk.run(read, letters, once)), expected)
        const judged = BatchOperation.withVerdicts(operationOn<Letter>([]), (given, { id }) =>
          id === "b" ? untyped(verdict) : given
        )
        assert.deepStrictEqual(show(yield* Bulk.run(judged, letters, once)), expected)
      })
    )
  }
})

describe("a wait that is none", () => {
  it.live("asked for by the service, is not heeded", () =>
    Effect.gen(function* () {
      const respond: Respond = (_, call) => (call === 1 ? Effect.fail("Busy") : Effect.succeed([]))
      const fate = Fate.throttled({ retryAfter: Number.NaN })
      const report = yield* Bulk.run(operationOn<Letter>([], { respond, fate }), letters)
      assert.strictEqual(report.counts.Succeeded, 3)
    })
  )

  it.live("for ever, by a schedule, is the end of the tries", () =>
    Effect.gen(function* () {
      const calls: Array<string> = []
      const respond: Respond = () => Effect.fail("Busy")
      const operation = BatchOperation.withBackoff(
        operationOn<Letter>(calls, { respond, fate: Fate.transient("no") }),
        Schedule.spaced(Number.POSITIVE_INFINITY)
      )
      const report = yield* Bulk.run(operation, letters)
      assert.deepStrictEqual(show(report), ["a Exhausted", "b Exhausted", "c Exhausted"])
      assert.deepStrictEqual(calls, ["abc"])
    })
  )
})

describe("an error that dies when it is looked at", () => {
  const dying = new Proxy(
    {},
    {
      get: () => {
        throw new Error("not to be looked at")
      }
    }
  )
  for (const error of [dying, Object.create(null), Symbol("odd"), null, { toJSON: () => undefined }]) {
    it.live("ends the item as any other error does", () =>
      Effect.gen(function* () {
        const respond: Respond = () => Effect.fail(error)
        const report = yield* Bulk.run(operationOn<Letter>([], { respond, fate: Fate.rejected }), [{ id: "a" }], {
          policy: { terminal: ["Other"], retryable: ["Another"] }
        })
        assert.deepStrictEqual(show(report), ["a Failed"])
        assert.isString(Report.encodeLine(report.outcomes[0]!))
        assert.isString(new Report.BulkIncomplete({ report }).message)
      })
    )
  }
})
