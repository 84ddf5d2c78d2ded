import { Answer, BatchOperation, BatchPolicy, Bulk, Fate, Outcome, Verdict } from "@effect-bulk/core"
import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Exit, Fiber, Logger, Metric, References, Tracer } from "effect"
import { TestClock } from "effect/testing"
import { readFileSync } from "node:fs"

// -----------------------------------------------------------------------------
// An operation with secrets in its items, and what is seen of it
// -----------------------------------------------------------------------------

interface Item {
  readonly id: string
  readonly secret: string
}

const itemsOf = (count: number, from = 0): ReadonlyArray<Item> =>
  Array.from({ length: count }, (_, i) => ({ id: `private-id-${from + i}`, secret: `private-note-${from + i}` }))

class Refused extends Error {
  readonly _tag = "Refused"
  readonly fate: Fate.Fate
  readonly requestId: string

  constructor(fate: Fate.Fate, requestId: string, items: ReadonlyArray<Item>) {
    super(`cannot do ${items.map(({ secret }) => secret).join()}`)
    this.fate = fate
    this.requestId = requestId
  }
}

/** Two items a call; the fates of the first calls, `null` where they are answered. Answers refuse ids that end in 3. */
const scripted = (fates: ReadonlyArray<Fate.Fate | null> = []) => {
  let calls = 0
  return BatchOperation.make({
    name: "Test.Secret",
    limits: { maxItems: 2 },
    id: ({ id }: Item) => id,
    idempotent: true,
    quota: { rate: { count: 1, per: "1 second" } },
    policy: { backoff: BatchPolicy.constant(0) },
    call: (_group, items) =>
      Effect.suspend(
        (): Effect.Effect<{ readonly failed: ReadonlyArray<string>; readonly requestId: string }, Refused> => {
          const fate = fates[calls++]
          const requestId = `request-${calls}`
          if (fate !== null && fate !== undefined) return Effect.fail(new Refused(fate, requestId, items))
          return Effect.succeed({ failed: items.map(({ id }) => id).filter((id) => id.endsWith("3")), requestId })
        }
      ),
    answer: Answer.failuresById({
      failures: ({ failed }: { readonly failed: ReadonlyArray<string> }) => failed,
      id: (id) => id,
      verdict: (id) => Verdict.terminal(new Error(`no ${id}`)),
      silent: () => Verdict.confirmed(undefined)
    }),
    fate: ({ fate }: Refused) => fate,
    requestId: ({ requestId }) => requestId
  })
}

/** Runs an effect, a second at a time, and records all that is seen of it. */
const observed = <A, E>(effect: Effect.Effect<A, E>) =>
  Effect.gen(function* () {
    const spans: Array<Tracer.NativeSpan> = []
    const logs: Array<string> = []
    const tracer = Tracer.make({
      span: (options) => {
        const span = new Tracer.NativeSpan(options)
        spans.push(span)
        return span
      }
    })
    const logger = Logger.make(({ logLevel, message }) => logs.push(`${logLevel} ${String(message)}`))
    const registry: typeof Metric.MetricRegistry.Service = new Map()
    const fiber = yield* effect.pipe(
      Effect.withTracer(tracer),
      Effect.provide(Logger.layer([logger])),
      Effect.provideService(References.MinimumLogLevel, "Debug"),
      Effect.provideService(Metric.MetricRegistry, registry),
      Effect.forkChild
    )
    for (let second = 0; second < 100 && fiber.pollUnsafe() === undefined; second++) yield* TestClock.adjust("1 second")
    const value = yield* Fiber.join(fiber)
    const snapshot = yield* Effect.provideService(Metric.snapshot, Metric.MetricRegistry, registry)
    const metrics = Object.fromEntries(
      snapshot.map(({ attributes, id, state }) => [
        [id, ...Object.values(attributes ?? {})].join(" "),
        "count" in state ? Number(state.count) : "value" in state ? Number(state.value) : NaN
      ])
    )
    return { value, spans, logs, metrics }
  })

const attributesOf = (span: Tracer.NativeSpan) => Object.fromEntries(span.attributes)

// -----------------------------------------------------------------------------

describe("spans", () => {
  it.effect("of a run and of each of its calls say how many, and what came of it", () =>
    Effect.gen(function* () {
      const operation = scripted([null, Fate.throttled()])
      const { spans } = yield* observed(Effect.withSpan(Bulk.run(operation, itemsOf(5)), "job"))
      assert.deepStrictEqual(
        spans.map((span) => [span.name, span.parent._tag === "Some" ? span.parent.value : undefined]),
        [
          ["job", undefined],
          ["Test.Secret.run", spans[0]],
          ["Test.Secret.call", spans[1]],
          ["Test.Secret.call", spans[1]],
          ["Test.Secret.call", spans[1]],
          ["Test.Secret.call", spans[1]]
        ]
      )
      assert.deepStrictEqual(spans.slice(1).map(attributesOf), [
        {
          "effect_bulk.items": 5,
          "effect_bulk.calls": 4,
          "effect_bulk.retries": 1,
          "effect_bulk.throttles": 1,
          "effect_bulk.items.Succeeded": 4,
          "effect_bulk.items.Failed": 1
        },
        ...[
          ["Answered", 2],
          ["Throttled", 2],
          ["Answered", 2],
          ["Answered", 1]
        ].map(([fate, items], i) => ({
          "effect_bulk.call": i + 1,
          "effect_bulk.items": items,
          "effect_bulk.fate": fate,
          "effect_bulk.request_id": `request-${i + 1}`
        }))
      ])
    })
  )

  it.effect("of a call that several callers share are linked to each of them, and part of none of their traces", () =>
    Effect.gen(function* () {
      const program = Effect.gen(function* () {
        const send = yield* Bulk.request(scripted())
        const caller = (item: Item) => Effect.withSpan(Effect.exit(send(item)), `caller of ${item.id.slice(-1)}`)
        yield* Effect.forEach(itemsOf(4), caller, { concurrency: "unbounded" })
      })
      const { spans } = yield* observed(Effect.withSpan(Effect.scoped(program), "service"))
      const calls = spans.filter(({ name }) => name === "Test.Secret.call")
      assert.deepStrictEqual(
        calls.map(({ links }) => links.map(({ span }) => span._tag === "Span" && span.name)),
        [
          ["caller of 0", "caller of 1"],
          ["caller of 2", "caller of 3"]
        ]
      )
      for (const { parent } of calls) assert.strictEqual(parent._tag, "None")
      assert.isUndefined(spans.find(({ name }) => name === "Test.Secret.run"))
    })
  )

  it.effect("of a call that was cut off say so", () =>
    Effect.gen(function* () {
      const operation = { ...scripted(), call: () => Effect.never }
      const policy: BatchPolicy.Input = { callTimeout: "3 seconds", maxAttempts: 1 }
      const { spans } = yield* observed(Bulk.run(operation, itemsOf(1), { policy }))
      assert.deepStrictEqual(attributesOf(spans[1]!), {
        "effect_bulk.call": 1,
        "effect_bulk.items": 1,
        "effect_bulk.fate": "Transient"
      })
      assert.strictEqual(spans[1]!.status._tag, "Ended")
    })
  )
})

describe("metrics", () => {
  it.effect("count items by outcome, calls by fate, retries, throttles and the wait for the quota", () =>
    Effect.gen(function* () {
      const operation = scripted([null, Fate.throttled(), Fate.transient("no")])
      const { metrics } = yield* observed(Bulk.run(operation, itemsOf(7)))
      assert.deepStrictEqual(metrics, {
        "effect_bulk_items_total Test.Secret Succeeded": 6,
        "effect_bulk_items_total Test.Secret Failed": 1,
        "effect_bulk_calls_total Test.Secret Answered": 4,
        "effect_bulk_calls_total Test.Secret Throttled": 1,
        "effect_bulk_calls_total Test.Secret Transient": 1,
        "effect_bulk_retries_total Test.Secret": 2,
        "effect_bulk_throttles_total Test.Secret": 1,
        "effect_bulk_quota_wait_milliseconds_total Test.Secret": 5000,
        "effect_bulk_calls_in_flight Test.Secret": 0
      })
    })
  )

  it.effect("say what the adaptive limit allows, and what is in flight", () =>
    Effect.gen(function* () {
      const operation = { ...scripted(), call: () => Effect.never }
      const fiber = yield* Effect.forkChild(
        observed(
          Effect.gen(function* () {
            const running = yield* Effect.forkChild(
              Bulk.run(operation, itemsOf(6), { policy: { rate: "adaptive", concurrency: 2 } })
            )
            yield* Effect.sleep("20 seconds")
            const inFlight = (yield* Metric.snapshot).find(({ id }) => id === "effect_bulk_calls_in_flight")
            yield* Fiber.interrupt(running)
            return inFlight?.state
          })
        )
      )
      const { metrics, value } = yield* Fiber.join(fiber)
      assert.deepStrictEqual(value, { value: 2 })
      assert.isAbove(metrics["effect_bulk_adaptive_rate Test.Secret"]!, 0)
      assert.strictEqual(metrics["effect_bulk_items_total Test.Secret Unknown"], 4)
    })
  )
})

describe("logs", () => {
  it.effect("say of each call that was not answered what became of it, and of each run how it ended", () =>
    Effect.gen(function* () {
      const operation = scripted([null, Fate.throttled(), null, Fate.fatal()])
      const { logs } = yield* observed(Bulk.run(operation, itemsOf(8)))
      assert.deepStrictEqual(logs, [
        "Debug Test.Secret: call 2 with 2 items was Throttled: Refused, request request-2",
        "Debug Test.Secret: call 4 with 2 items was Fatal: Refused, request request-4",
        "Debug Test.Secret: 8 items (3 Succeeded, 3 Failed, 2 NotAttempted) in 4 calls, 1 with retries, 1 throttled"
      ])
    })
  )
})

it.effect("nothing that is seen from outside says what is in an item", () =>
  Effect.gen(function* () {
    const fates = [Fate.throttled(), Fate.transient("maybe"), Fate.rejected, Fate.tooLarge, null, Fate.fatal()]
    const { logs, metrics, spans } = yield* observed(
      Effect.gen(function* () {
        yield* Bulk.run(scripted(fates), itemsOf(12), { onOutcome: () => Effect.void })
        const send = yield* Bulk.request(scripted(fates))
        yield* Effect.forEach(itemsOf(9), (item) => Effect.exit(send(item)), { concurrency: "unbounded" })
      }).pipe(Effect.scoped)
    )
    const ends = spans.flatMap(({ status }) =>
      status._tag === "Ended" && Exit.isFailure(status.exit)
        ? Cause.prettyErrors(status.exit.cause, { includeCauseInStack: true }).map(({ name, message, stack }) => [
            name,
            message,
            stack
          ])
        : []
    )
    const seen = JSON.stringify([logs, metrics, ends, spans.map((span) => [span.name, attributesOf(span)])])
    assert.include(seen, "request-1")
    assert.notInclude(seen, "private")
  })
)

it.effect("a call that fails ends its span with its fate and the tag of its error, not with what that says", () =>
  Effect.gen(function* () {
    const operation = scripted([Fate.fatal()])
    const dies = { ...operation, name: "Test.Dies", call: () => Effect.die(new Error("private")) }
    // An error that is a text is no tag.
    const text = { fate: () => Fate.fatal(), requestId: () => undefined }
    const says = { ...operation, ...text, name: "Test.Says", call: () => Effect.fail("private, as it is") as never }
    const { logs, spans } = yield* observed(Effect.forEach([operation, dies, says], (one) => Bulk.run(one, itemsOf(1))))
    const ends = spans.flatMap(({ name, status }) =>
      name.endsWith(".call") && status._tag === "Ended" && Exit.isFailure(status.exit)
        ? Cause.prettyErrors(status.exit.cause).map(({ message }) => message)
        : []
    )
    assert.deepStrictEqual(ends, [
      "Test.Secret: call 1 with 1 item was Fatal: Refused, request request-1",
      "Test.Dies: call 1 with 1 item was Fatal: Error",
      "Test.Says: call 1 with 1 item was Fatal: Error"
    ])
    assert.notInclude(logs.join(), "private")
  })
)

describe("docs/observability.md", () => {
  const docs = readFileSync(new URL("../docs/observability.md", import.meta.url), "utf8")
  const source = readFileSync(new URL("../packages/core/src/internal/telemetry.ts", import.meta.url), "utf8")
  const names = (text: string, form: RegExp) => [...new Set(text.match(form))].toSorted()

  it("names every metric, and no other", () => {
    const form = /\beffect_bulk_[a-z_]+/g
    assert.isNotEmpty(names(source, form))
    assert.deepStrictEqual(names(docs, form), names(source, form))
  })

  it("names every attribute, and no other", () => {
    const form = /\beffect_bulk\.[a-z_]+/g
    assert.isNotEmpty(names(source, form))
    assert.deepStrictEqual(names(docs, form), names(source, form))
  })

  it("names every outcome and every fate", () => {
    const fates: ReadonlyArray<Fate.Fate["_tag"] | "Answered"> = [
      ...(["Answered", "Throttled", "Transient"] as const),
      ...(["TooLarge", "Rejected", "Fatal"] as const)
    ]
    for (const label of [...Outcome.tags, ...fates]) assert.include(docs, `\`${label}\``)
  })
})
