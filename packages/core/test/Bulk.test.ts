import { Answer, BatchOperation, BatchPolicy, Bulk, Fate, type Outcome, Report, Verdict } from "@effect-bulk/core"
import { assert, describe, it } from "@effect/vitest"
import { Clock, Context, Deferred, Duration, Effect, Exit, Fiber, Schedule, Scope, Stream } from "effect"
import { TestClock } from "effect/testing"

/** A failed call: what it says, and what it means. */
interface Refused {
  readonly _tag: "Refused"
  readonly fate: Fate.Fate
}
const refused = (fate: Fate.Fate): Refused => ({ _tag: "Refused", fate })

/** The answer to a call: the ids that failed, each with a code; `Busy` is worth another attempt. */
type Failures = Record<string, string>
type Respond = (ids: ReadonlyArray<string>, call: number) => Effect.Effect<Failures, Refused>

const answering =
  (failures: Failures): Respond =>
  (ids) =>
    Effect.succeed(Object.fromEntries(Object.entries(failures).filter(([id]) => ids.includes(id))))

/** An operation on letters, three to a call, and the record of its calls. An id is a letter, its group a digit. */
const letters = (
  respond: Respond,
  options?: Partial<Parameters<typeof BatchOperation.make<string, Failures, string, Refused, string>>[0]>
) => {
  const calls: Array<string> = []
  const operation = BatchOperation.make({
    name: "Test.Letters",
    limits: { maxItems: 3 },
    id: (item: string) => item,
    group: (item) => /\d/.exec(item)?.[0] ?? "",
    idempotent: true,
    quota: { rate: { count: 1000, per: "1 second", burst: 1000 } },
    call: (_group, items) => {
      calls.push(items.join(""))
      return respond(items, calls.length)
    },
    answer: Answer.failuresById({
      failures: (response: Failures) => Object.entries(response),
      id: ([id]) => id,
      verdict: ([, code]) => (code === "Busy" ? Verdict.retryable(code) : Verdict.terminal(code)),
      silent: (item) => Verdict.confirmed(item.toUpperCase())
    }),
    fate: (error: Refused) => error.fate,
    ...options
  })
  return { calls, operation }
}

/** Whose call it is. */
const Tenant = Context.Reference<string>("test/Tenant", { defaultValue: () => "nobody" })

/** An outcome in a word or two. */
const show = <E>(outcome: Outcome.Outcome<string, string, E>): string => {
  switch (outcome._tag) {
    case "Succeeded":
      return `${outcome.id} ${outcome.value}`
    case "Failed":
      return `${outcome.id} Failed (${outcome.scope})`
    case "Exhausted":
    case "Unknown":
      return `${outcome.id} ${outcome._tag} (${outcome.bound})`
    case "NotAttempted":
      return `${outcome.id} NotAttempted (${outcome.reason})`
    case "Invalid":
      return `${outcome.id} Invalid: ${outcome.issue}`
  }
}
const outcomes = <E>(report: Report.Report<string, string, E>) => report.outcomes.map(show)

/** Lets an hour go by for an effect that does not need to wait for the world. */
const inTime = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.gen(function* () {
    const fiber = yield* Effect.forkChild(effect)
    // The clock only knows of sleeps that have begun.
    for (let turn = 0; turn < 50; turn++) yield* Effect.yieldNow
    yield* TestClock.adjust("1 hour")
    // What needs more than an hour hangs, and fails here instead of never.
    assert.isDefined(fiber.pollUnsafe(), "did not end within an hour")
    return yield* Fiber.join(fiber)
  })

const steady: BatchPolicy.Input = { backoff: BatchPolicy.constant("100 millis") }

describe("run", () => {
  it.effect("sends full calls and gives every item its outcome, in input order", () =>
    Effect.gen(function* () {
      const { calls, operation } = letters(answering({ b: "Denied" }))
      const report = yield* inTime(Bulk.run(operation, ["a", "b", "c", "d", "e"]))
      assert.deepStrictEqual(calls, ["abc", "de"])
      assert.deepStrictEqual(outcomes(report), ["a A", "b Failed (item)", "c C", "d D", "e E"])
      assert.deepInclude(report, { calls: 2, counts: { ...Report.noCounts, Succeeded: 4, Failed: 1 } })
      assert.deepStrictEqual(report.source, { _tag: "Ended" })
    })
  )

  it.effect("makes no call for no items, and succeeds", () =>
    Effect.gen(function* () {
      const { calls, operation } = letters(answering({}))
      const report = yield* inTime(Effect.flatMap(Bulk.run(operation, []), Report.orFail))
      assert.deepStrictEqual([calls, report.outcomes], [[], []])
    })
  )

  it.effect("takes an array, an iterable and a stream", () =>
    Effect.gen(function* () {
      for (const items of [["a", "b"], new Set(["a", "b"]), Stream.make("a", "b")]) {
        const { calls, operation } = letters(answering({}))
        assert.deepStrictEqual(outcomes(yield* inTime(Bulk.run(operation, items))), ["a A", "b B"])
        assert.deepStrictEqual(calls, ["ab"])
      }
    })
  )

  it.effect("does not take an array for read to its end that became shorter meanwhile", () =>
    Effect.gen(function* () {
      for (const stop of [undefined, Effect.sleep("1 second")]) {
        const given = Array.from("abcdefghij")
        const { operation } = letters(() => Effect.delay(Effect.succeed({}), "1 second"))
        const policy = { window: 3, concurrency: 1 }
        const run = Effect.forkChild(Bulk.run(operation, given, { policy, stop }))
        const shorten = Effect.tap(Effect.sleep("500 millis"), () => Effect.sync(() => given.splice(0, 4)))
        const report = yield* inTime(Effect.flatMap(run, (fiber) => Effect.andThen(shorten, Fiber.join(fiber))))
        assert.strictEqual(report.outcomes.length, 6)
        assert.deepStrictEqual(report.source, { _tag: "Cut" })
        assert.isFalse(Report.isComplete(report))
      }
    })
  )

  it.effect("sends again what may pass, and only that", () =>
    Effect.gen(function* () {
      const { calls, operation } = letters((ids, call) => answering(call === 1 ? { b: "Busy" } : {})(ids, call))
      const report = yield* inTime(Bulk.run(operation, ["a", "b", "c"], { policy: steady }))
      assert.deepStrictEqual(calls, ["abc", "b"])
      assert.deepStrictEqual(outcomes(report), ["a A", "b B", "c C"])
      assert.deepStrictEqual(
        report.outcomes.map((outcome) => outcome.attempts),
        [1, 2, 1]
      )
    })
  )

  it.effect("gives up after the policy's attempts", () =>
    Effect.gen(function* () {
      const { calls, operation } = letters(answering({ a: "Busy" }))
      const report = yield* inTime(Bulk.run(operation, ["a", "b"], { policy: { ...steady, maxAttempts: 2 } }))
      assert.deepStrictEqual(calls, ["ab", "a"])
      assert.deepStrictEqual(outcomes(report), ["a Exhausted (attempts)", "b B"])
    })
  )

  it.effect("finds the item that spoils a call", () =>
    Effect.gen(function* () {
      const spoiled: Respond = (ids) =>
        ids.includes("b") ? Effect.fail(refused(Fate.rejected)) : Effect.succeed<Failures>({})
      const { calls, operation } = letters(spoiled)
      const report = yield* inTime(Bulk.run(operation, ["a", "b", "c"], { policy: { concurrency: 1 } }))
      assert.deepStrictEqual(calls, ["abc", "ab", "a", "b", "c"])
      assert.deepStrictEqual(outcomes(report), ["a A", "b Failed (item)", "c C"])
    })
  )

  it.effect("does not send again what may have been applied, unless that does no harm", () =>
    Effect.gen(function* () {
      const reset: Respond = (_, call) =>
        call === 1 ? Effect.fail(refused(Fate.transient("maybe"))) : Effect.succeed<Failures>({})
      const once = letters(reset, { idempotent: false })
      assert.deepStrictEqual(outcomes(yield* inTime(Bulk.run(once.operation, ["a"]))), ["a Unknown (attempts)"])
      assert.deepStrictEqual(once.calls, ["a"])
      const again = letters(reset)
      assert.deepStrictEqual(outcomes(yield* inTime(Bulk.run(again.operation, ["a"]))), ["a A"])
      assert.deepStrictEqual(again.calls, ["a", "a"])
    })
  )

  it.effect("cuts off a call that takes too long, once", () =>
    Effect.gen(function* () {
      const { calls, operation } = letters(() => Effect.never)
      const policy = { ...steady, callTimeout: "1 second", maxAttempts: 2 } as const
      const report = yield* inTime(Bulk.run(operation, ["a", "b"], { policy }))
      assert.deepStrictEqual(calls, ["ab", "ab"])
      assert.deepStrictEqual(outcomes(report), ["a Unknown (attempts)", "b Unknown (attempts)"])
      const [first] = report.outcomes
      assert.strictEqual(first?.attempts, 2)
      assert.strictEqual(
        first?._tag === "Unknown" && (first.error as Error).message,
        "Test.Letters: no answer within 1000 ms"
      )
      assert.strictEqual(operation.quota.pace.inFlight, 0)
    })
  )

  it.effect("halts the group of a fatal call, and no other", () =>
    Effect.gen(function* () {
      const { calls, operation } = letters((ids) =>
        ids[0]!.endsWith("1") ? Effect.fail(refused(Fate.fatal())) : Effect.succeed<Failures>({})
      )
      const items = ["a1", "b1", "c1", "d1", "e2"]
      const report = yield* inTime(Bulk.run(operation, items, { policy: { concurrency: 1 } }))
      assert.deepStrictEqual(calls, ["a1b1c1", "e2"])
      assert.deepStrictEqual(outcomes(report), [
        "a1 Failed (call)",
        "b1 Failed (call)",
        "c1 Failed (call)",
        "d1 NotAttempted (halted)",
        "e2 E2"
      ])
    })
  )

  it.effect("halts a group for items that come later, and for items that were in flight", () =>
    Effect.gen(function* () {
      const { calls, operation } = letters(
        (_, call) =>
          call === 1
            ? Effect.delay(Effect.fail(refused(Fate.transient("no"))), "1 second")
            : Effect.fail(refused(Fate.fatal())),
        { limits: { maxItems: 1 } }
      )
      const policy = { ...steady, concurrency: 2, window: 2 }
      const report = yield* inTime(Bulk.run(operation, ["a", "b", "c", "d"], { policy }))
      assert.deepStrictEqual(calls, ["a", "b"])
      assert.deepStrictEqual(outcomes(report), [
        "a Exhausted (halted)",
        "b Failed (call)",
        "c NotAttempted (halted)",
        "d NotAttempted (halted)"
      ])
    })
  )

  it.effect("says which error halted an item, and not the one of another group", () =>
    Effect.gen(function* () {
      const fatal = (fate: string) => ({ ...refused(Fate.fatal()), fate: { ...Fate.fatal(), of: fate } })
      const { operation } = letters((ids) => Effect.fail(fatal(ids[0]!)), { limits: { maxItems: 1 } })
      const policy = { concurrency: 1, window: 1 }
      const report = yield* inTime(Bulk.run(operation, ["a1", "a2", "b1"], { policy }))
      const [, , last] = report.outcomes
      assert.deepInclude(last, { _tag: "NotAttempted", reason: "halted", cause: fatal("a1") })
    })
  )

  it.effect("halts a group that has nothing left when its call turns out to be fatal", () =>
    Effect.gen(function* () {
      const { calls, operation } = letters(() => Effect.fail(refused(Fate.fatal())), { limits: { maxItems: 1 } })
      const policy = { concurrency: 1, window: 1 }
      const report = yield* inTime(Bulk.run(operation, ["a", "b"], { policy }))
      assert.deepStrictEqual(calls, ["a"])
      assert.deepStrictEqual(outcomes(report), ["a Failed (call)", "b NotAttempted (halted)"])
    })
  )

  it.effect("starts no call once the stop rule is met, also by items that are refused", () =>
    Effect.gen(function* () {
      const { calls, operation } = letters(answering({}), { check: (item) => (item === "?" ? "no letter" : undefined) })
      const policy = { stopWhen: { after: 1, count: 1 } }
      const report = yield* inTime(Bulk.run(operation, ["a", "b", "c", "?", "d"], { policy }))
      assert.deepStrictEqual(calls, [])
      assert.deepStrictEqual(outcomes(report)[0], "a NotAttempted (stopped)")
    })
  )

  it.effect("starts no call after one that halts the run, also when it returns at once", () =>
    Effect.gen(function* () {
      const { calls, operation } = letters(() => Effect.fail(refused(Fate.fatal({ halts: "run" }))))
      const report = yield* inTime(Bulk.run(operation, ["a", "b", "c", "d"]))
      assert.deepStrictEqual(calls, ["abc"])
      assert.deepInclude(report.outcomes[3], {
        _tag: "NotAttempted",
        reason: "halted",
        cause: refused(Fate.fatal({ halts: "run" }))
      })
    })
  )

  it.effect("ends although a call cannot be cut off", () =>
    Effect.gen(function* () {
      const { operation } = letters(() => Effect.uninterruptible(Effect.never))
      const policy = { callTimeout: "1 second", grace: "1 second", maxAttempts: 1 } as const
      const report = yield* inTime(Bulk.run(operation, ["a"], { policy }))
      assert.deepStrictEqual(outcomes(report), ["a Unknown (attempts)"])
    })
  )

  it.effect("starts no call once the stop signal came, and lets calls in flight finish", () =>
    Effect.gen(function* () {
      const { calls, operation } = letters((ids, call) => Effect.delay(answering({ b: "Busy" })(ids, call), "1 second"))
      const stop = Effect.sleep("500 millis")
      const policy = { ...steady, concurrency: 1 }
      const report = yield* inTime(Bulk.run(operation, ["a", "b", "c", "d"], { policy, stop }))
      assert.deepStrictEqual(calls, ["abc"])
      assert.deepStrictEqual(outcomes(report), ["a A", "b Exhausted (stopped)", "c C", "d NotAttempted (stopped)"])
    })
  )

  it.effect("does not take a stream for read that a stop signal was faster than", () =>
    Effect.gen(function* () {
      const { calls, operation } = letters(answering({}))
      const report = yield* Bulk.run(operation, Stream.make("a", "b"), { stop: Effect.void })
      assert.deepStrictEqual(report.source, { _tag: "Cut" })
      assert.match((yield* Effect.flip(Report.orFail(report))).message, /; the source was not read to its end$/)
      assert.deepStrictEqual(calls, [])
    })
  )

  it.effect("stops what waits in a group that was empty before", () =>
    Effect.gen(function* () {
      const { calls, operation } = letters(answering({}), {
        limits: { maxItems: 1 },
        quota: { rate: { count: 1, per: "1 second" } }
      })
      const policy = { concurrency: 1, window: 1 }
      const report = yield* inTime(
        Bulk.run(operation, ["a1", "b1", "c1"], { policy, stop: Effect.sleep("500 millis") })
      )
      assert.deepStrictEqual(calls, ["a1"])
      assert.deepStrictEqual(outcomes(report), ["a1 A1", "b1 NotAttempted (stopped)", "c1 NotAttempted (stopped)"])
    })
  )

  it.effect("tells the observer of every item before an interruption ends it", () =>
    Effect.gen(function* () {
      const seen: Array<string> = []
      const { operation } = letters(() => Effect.never)
      const run = Bulk.run(operation, ["a", "b", "c", "d"], {
        policy: { concurrency: 1 },
        onOutcome: (outcome) => Effect.sync(() => seen.push(show(outcome)))
      })
      const fiber = yield* Effect.forkChild(run)
      yield* TestClock.adjust("1 second")
      yield* Fiber.interrupt(fiber)
      assert.deepStrictEqual(seen.toSorted(), [
        "a Unknown (interrupted)",
        "b Unknown (interrupted)",
        "c Unknown (interrupted)",
        "d NotAttempted (interrupted)"
      ])
    })
  )

  it.effect("refuses before the wire what is wrong with an item, and says what", () =>
    Effect.gen(function* () {
      const { calls, operation } = letters(answering({}), {
        limits: { maxItems: 3, maxBytes: 4, sizeOf: (item: string) => item.length },
        check: (item) => (item === "?" ? "'?' is not a letter" : undefined)
      })
      const report = yield* inTime(Bulk.run(operation, ["aa", "?", "bb", "abcde"]))
      assert.deepStrictEqual(calls, ["aabb"])
      assert.deepStrictEqual(outcomes(report), [
        "aa AA",
        "? Invalid: '?' is not a letter",
        "bb BB",
        "abcde Invalid: item 'abcde' has 5 bytes, a call holds at most 4"
      ])
    })
  )

  it.effect("sends equal items once, and gives each of them the outcome", () =>
    Effect.gen(function* () {
      const { calls, operation } = letters(answering({}))
      const report = yield* inTime(Bulk.run(operation, ["a", "a", "b", "a"]))
      assert.deepStrictEqual(calls, ["ab"])
      assert.deepStrictEqual(outcomes(report), ["a A", "a A", "b B", "a A"])
      assert.deepStrictEqual(
        report.outcomes.map((outcome) => outcome.position),
        [0, 1, 2, 3]
      )
    })
  )

  it.effect("halts what waits behind a failed item of its order key, each item once", () =>
    Effect.gen(function* () {
      const seen: Array<string> = []
      const { calls, operation } = letters(answering({ a: "Denied" }), { orderKey: () => "key" })
      const run = Bulk.run(operation, ["a", "b", "c", "d"], {
        policy: { stopOrderOnFailure: true },
        onOutcome: (outcome) => Effect.sync(() => seen.push(show(outcome)))
      })
      yield* inTime(run)
      assert.deepStrictEqual(calls, ["a"])
      assert.deepStrictEqual(seen, [
        "a Failed (item)",
        "b NotAttempted (halted)",
        "c NotAttempted (halted)",
        "d NotAttempted (halted)"
      ])
    })
  )

  it.effect("halts the rest of an order key also when it comes later, or behind an item that is refused", () =>
    Effect.gen(function* () {
      const { calls, operation } = letters(answering({ a1: "Denied" }), {
        limits: { maxItems: 1 },
        orderKey: (item) => item.slice(1),
        check: (item) => (item === "?2" ? "'?' is not a letter" : undefined)
      })
      const items = ["a1", "b2", "b1", "?2", "c1", "c2"]
      const policy = { stopOrderOnFailure: true, concurrency: 1, window: 1 }
      const report = yield* inTime(Bulk.run(operation, items, { policy }))
      assert.deepStrictEqual(calls, ["a1", "b2"])
      assert.deepStrictEqual(outcomes(report), [
        "a1 Failed (item)",
        "b2 B2",
        "b1 NotAttempted (halted)",
        "?2 Invalid: '?' is not a letter",
        "c1 NotAttempted (halted)",
        "c2 NotAttempted (halted)"
      ])
    })
  )

  it.effect("lets the first of an order key finish when those behind it are stopped", () =>
    Effect.gen(function* () {
      const slow: Respond = (ids, call) => Effect.delay(answering({})(ids, call), "1 second")
      const { calls, operation } = letters(slow, { orderKey: () => "key" })
      const stop = Effect.sleep("500 millis")
      const policy = { stopOrderOnFailure: true }
      const report = yield* inTime(Bulk.run(operation, ["a", "b", "c"], { policy, stop }))
      assert.deepStrictEqual(calls, ["a"])
      assert.deepStrictEqual(outcomes(report), ["a A", "b NotAttempted (stopped)", "c NotAttempted (halted)"])
    })
  )

  it.effect("settles at their deadline only those that are not settled", () =>
    Effect.gen(function* () {
      const seen: Array<string> = []
      const slow: Respond = (ids, call) => Effect.delay(answering({})(ids, call), "1 second")
      const { operation } = letters(slow, { orderKey: () => "key" })
      const run = Bulk.run(operation, ["a", "b", "c"], {
        policy: { stopOrderOnFailure: true, itemDeadline: "500 millis" },
        onOutcome: (outcome) => Effect.sync(() => seen.push(show(outcome)))
      })
      yield* inTime(run)
      assert.deepStrictEqual(seen, ["b NotAttempted (deadline)", "c NotAttempted (halted)", "a A"])
    })
  )

  it.effect("spends no more tokens than there are, whatever goes without", () =>
    Effect.gen(function* () {
      const { operation } = letters((_ids, call) =>
        call === 1 ? Effect.fail(refused(Fate.throttled())) : Effect.succeed<Failures>({})
      )
      const policy = { concurrency: 1, maxItems: 1, budget: { tokens: 3, retry: 14, throttle: 5 } }
      let most = 0
      const watched = {
        ...operation,
        call: (...call: Parameters<typeof operation.call>) => {
          most = Math.max(most, operation.quota.pace.spent)
          return operation.call(...call)
        }
      }
      const report = yield* inTime(Bulk.run(watched, ["a", "b"], { policy }))
      assert.deepStrictEqual(outcomes(report), ["a Exhausted (budget)", "b B"])
      assert.isAtMost(most, 3)
    })
  )

  it.effect("gives what a source handed out its outcome when the source fails", () =>
    Effect.gen(function* () {
      const { calls, operation } = letters(answering({}))
      const items = Stream.concat(Stream.make("a", "b", "c", "d"), Stream.fail("gone"))
      const report = yield* inTime(Bulk.run(operation, items))
      assert.deepStrictEqual(calls, ["abc"])
      assert.deepStrictEqual(outcomes(report), ["a A", "b B", "c C", "d NotAttempted (sourceFailed)"])
      assert.strictEqual(report.source._tag, "Failed")
      const failure = yield* Effect.flip(Report.orFail(report))
      assert.strictEqual(
        failure.message,
        "Test.Letters: 3 of 4 items succeeded (3 Succeeded, 1 NotAttempted); the source failed: gone"
      )
    })
  )
})

describe("an operation's own ways", () => {
  it.effect("waits as its schedule says, one state per item, and gives up when that ends", () =>
    Effect.gen(function* () {
      const times: Array<string> = []
      const { operation } = letters((ids, call) =>
        Effect.flatMap(Clock.currentTimeMillis, (now) => {
          times.push(`${ids.join("")} ${now}`)
          return answering({ a: "Busy", b: "Busy" })(ids, call)
        })
      )
      const schedule = Schedule.max([Schedule.spaced("100 millis"), Schedule.recurs(2)])
      const scheduled = BatchOperation.withBackoff(operation, schedule)
      const report = yield* inTime(Bulk.run(scheduled, ["a", "b"], { policy: { maxAttempts: 9 } }))
      assert.deepStrictEqual(times, ["ab 0", "ab 100", "ab 200"])
      assert.deepStrictEqual(outcomes(report), ["a Exhausted (attempts)", "b Exhausted (attempts)"])
    })
  )

  it.effect("revises verdicts where lists of tags do not do", () =>
    Effect.gen(function* () {
      const { calls, operation } = letters((ids, call) => answering(call === 1 ? { a: "Denied" } : {})(ids, call))
      const lenient = BatchOperation.withVerdicts(operation, (verdict) =>
        verdict._tag === "Terminal" ? { _tag: "Retryable", error: verdict.error, throttled: false } : verdict
      )
      assert.deepStrictEqual(outcomes(yield* inTime(Bulk.run(lenient, ["a", "b"], { policy: steady }))), ["a A", "b B"])
      assert.deepStrictEqual(calls, ["ab", "a"])
    })
  )

  it.effect("knows nothing of an item whose success cannot be read, and all of the others", () =>
    Effect.gen(function* () {
      const silent = (item: string) => {
        if (item === "b") throw new Error("no value")
        return Verdict.confirmed(item.toUpperCase())
      }
      const { operation } = letters(answering({}), {
        idempotent: false,
        answer: Answer.failuresById({
          failures: (response: Failures) => Object.entries(response),
          id: ([id]) => id,
          verdict: ([, code]) => Verdict.terminal(code),
          silent
        })
      })
      const report = yield* inTime(Bulk.run(operation, ["a", "b", "c"]))
      assert.deepStrictEqual(outcomes(report), ["a A", "b Unknown (attempts)", "c C"])
    })
  )

  it.effect("knows nothing of an item whose verdict cannot be revised, and all of the others", () =>
    Effect.gen(function* () {
      const { operation } = letters(answering({ b: "Denied" }), { idempotent: false })
      const broken = BatchOperation.withVerdicts(operation, (verdict) => {
        if (verdict._tag === "Terminal") throw new Error("no judgement")
        return verdict
      })
      const report = yield* inTime(Bulk.run(broken, ["a", "b", "c"]))
      assert.deepStrictEqual(outcomes(report), ["a A", "b Unknown (attempts)", "c C"])
    })
  )
})

describe("stream", () => {
  it.effect("gives outcomes as they settle, or in input order", () =>
    Effect.gen(function* () {
      const slowFirst: Respond = (ids, call) => Effect.delay(answering({})(ids, call), call === 1 ? 1000 : 1)
      const items = Stream.make("a", "b", "c", "d")
      const through = (ordered: boolean) => {
        const { operation } = letters(slowFirst)
        return inTime(Stream.runCollect(Stream.map(Bulk.stream(operation, { ordered })(items), show)))
      }
      assert.deepStrictEqual(yield* through(false), ["d D", "a A", "b B", "c C"])
      assert.deepStrictEqual(yield* through(true), ["a A", "b B", "c C", "d D"])
    })
  )

  it.effect("fails as its source does, after every outcome", () =>
    Effect.gen(function* () {
      const seen: Array<string> = []
      const { operation } = letters(answering({}))
      const failure = yield* inTime(
        Stream.concat(Stream.make("a"), Stream.fail("gone")).pipe(
          Bulk.stream(operation),
          Stream.runForEach((outcome) => Effect.sync(() => seen.push(show(outcome)))),
          Effect.flip
        )
      )
      assert.deepStrictEqual(seen, ["a NotAttempted (sourceFailed)"])
      assert.strictEqual(failure, "gone")
    })
  )
})

describe("request", () => {
  it.effect("lets concurrent callers share a call", () =>
    Effect.gen(function* () {
      const { calls, operation } = letters(answering({ b: "Denied" }))
      const run = Effect.gen(function* () {
        const send = yield* Bulk.request(operation)
        return yield* Effect.forEach(["a", "b", "c", "d"], (item) => Effect.result(send(item)), { concurrency: 4 })
      })
      const [a, b, c, d] = yield* inTime(Effect.scoped(run))
      assert.deepStrictEqual(calls, ["abc", "d"])
      assert.deepStrictEqual(
        [a, c, d].map((result) => result?._tag === "Success" && result.success),
        ["A", "C", "D"]
      )
      assert.strictEqual(b?._tag === "Failure" && b.failure.message, "Test.Letters: 'b' came out as Failed: Denied")
    })
  )

  it.effect("makes no call when every caller leaves before it goes", () =>
    Effect.gen(function* () {
      const { calls, operation } = letters(answering({}))
      const run = Effect.gen(function* () {
        const send = yield* Bulk.request(operation, { policy: { linger: "1 second" } })
        const fibers = yield* Effect.forEach(["a", "b"], (item) => Effect.forkChild(send(item)))
        yield* Effect.sleep("500 millis")
        yield* Fiber.interruptAll(fibers)
        yield* Effect.sleep("1 minute")
      })
      yield* inTime(Effect.scoped(run))
      assert.deepStrictEqual(calls, [])
    })
  )

  it.effect("P34: makes calls in the context of the queue, not in that of the caller who came first", () =>
    Effect.gen(function* () {
      const seen: Array<string> = []
      const { operation } = letters((ids, call) =>
        Effect.flatMap(Tenant, (tenant) => {
          seen.push(tenant)
          return answering({})(ids, call)
        })
      )
      const run = Effect.gen(function* () {
        const send = yield* Bulk.request(operation).pipe(Effect.provideService(Tenant, "queue"))
        yield* Effect.provideService(send("a"), Tenant, "caller")
      })
      yield* inTime(Effect.scoped(run))
      assert.deepStrictEqual(seen, ["queue"])
    })
  )

  it.effect("P35: asks the service again for an item whose last request failed", () =>
    Effect.gen(function* () {
      const { calls, operation } = letters((ids, call) => answering(call === 1 ? { a: "Denied" } : {})(ids, call))
      const run = Effect.gen(function* () {
        const send = yield* Bulk.request(operation)
        const first = yield* Effect.flip(send("a"))
        return [first.outcome._tag, yield* send("a")]
      })
      assert.deepStrictEqual(yield* inTime(Effect.scoped(run)), ["Failed", "A"])
      assert.deepStrictEqual(calls, ["a", "a"])
    })
  )

  it.effect("sends the first of an order key once, whoever leaves behind it", () =>
    Effect.gen(function* () {
      const { calls, operation } = letters(answering({}), { orderKey: () => "key" })
      const run = Effect.gen(function* () {
        const send = yield* Bulk.request(operation, { policy: { linger: "1 second" } })
        const first = yield* Effect.forkChild(send("a"))
        const second = yield* Effect.forkChild(send("b"))
        yield* Effect.sleep("500 millis")
        yield* Fiber.interrupt(second)
        return yield* Fiber.join(first)
      })
      assert.strictEqual(yield* inTime(Effect.scoped(run)), "A")
      assert.deepStrictEqual(calls, ["a"])
    })
  )

  it.effect("answers a caller whose equal left before it came", () =>
    Effect.gen(function* () {
      const slow: Respond = (ids, call) => Effect.delay(answering({})(ids, call), "1 second")
      const { calls, operation } = letters(slow, { id: () => "one", check: () => undefined })
      const run = Effect.gen(function* () {
        const send = yield* Bulk.request(operation)
        const first = yield* Effect.forkChild(send("a"))
        const leaver = yield* Effect.forkChild(send("b"))
        yield* Effect.sleep("500 millis")
        yield* Fiber.interrupt(leaver)
        const second = yield* Effect.forkChild(send("b"))
        return [yield* Fiber.join(first), yield* Fiber.join(second)]
      })
      assert.deepStrictEqual(yield* inTime(Effect.scoped(run)), ["A", "B"])
      assert.deepStrictEqual(calls, ["a", "b"])
    })
  )

  it.effect("tells the observer of callers who come after a stop, too", () =>
    Effect.gen(function* () {
      const seen: Array<string> = []
      const { calls, operation } = letters(answering({}))
      const run = Effect.gen(function* () {
        const send = yield* Bulk.request(operation, {
          stop: Effect.sleep("1 second"),
          onOutcome: (outcome) => Effect.sync(() => seen.push(show(outcome)))
        })
        yield* Effect.sleep("2 seconds")
        yield* Effect.flip(send("a"))
      })
      yield* inTime(Effect.scoped(run))
      assert.deepStrictEqual([calls, seen], [[], ["a NotAttempted (stopped)"]])
    })
  )

  it.effect("fails what was not sent when its scope closes, and lets calls in flight finish", () =>
    Effect.gen(function* () {
      const answer = yield* Deferred.make<Failures>()
      const { calls, operation } = letters(() => Deferred.await(answer))
      const scope = yield* Scope.make()
      const send = yield* Scope.provide(Bulk.request(operation, { policy: { concurrency: 1 } }), scope)
      const callers = yield* Effect.forEach(["a", "b", "c", "d"], (item) => Effect.forkChild(Effect.result(send(item))))
      yield* TestClock.adjust("1 second")
      const closing = yield* Effect.forkChild(Scope.close(scope, Exit.void))
      yield* TestClock.adjust("1 second")
      assert.isUndefined(closing.pollUnsafe())
      yield* Deferred.succeed(answer, {})
      yield* Fiber.join(closing)
      const results = yield* Effect.forEach(callers, Fiber.join)
      assert.deepStrictEqual(calls, ["abc"])
      assert.deepStrictEqual(
        results.map((result) => (result._tag === "Success" ? result.success : result.failure.message)),
        ["A", "B", "C", "Test.Letters: 'd' was not attempted (stopped)"]
      )
    })
  )
})

describe("plan", () => {
  it.effect("says how many calls it takes, and how long at least at the documented rate", () =>
    Effect.gen(function* () {
      const slow = letters(answering({}), { quota: { rate: { count: 1, per: "1 second", burst: 2 } } })
      assert.deepStrictEqual(yield* Bulk.plan(slow.operation, 10), { calls: 4, atLeast: Duration.seconds(2) })
      assert.deepStrictEqual(yield* Bulk.plan(slow.operation, 0), { calls: 0, atLeast: Duration.zero })
      const unknown = letters(answering({}), { quota: {} })
      assert.deepStrictEqual(yield* Bulk.plan(unknown.operation, 10), { calls: 4, atLeast: undefined })
    })
  )

  it.effect("plans with the policy that a run would have", () =>
    Effect.gen(function* () {
      const { operation } = letters(answering({}), { policy: { maxItems: 1 } })
      const callsOf = (policy?: BatchPolicy.Input) => Effect.map(Bulk.plan(operation, 6, policy), ({ calls }) => calls)
      assert.strictEqual(yield* callsOf(), 6)
      assert.strictEqual(yield* BatchPolicy.within(callsOf(), { maxItems: 2 }), 3)
      assert.strictEqual(yield* BatchPolicy.within(callsOf({ maxItems: 3 }), { maxItems: 2 }), 2)
    })
  )
})
