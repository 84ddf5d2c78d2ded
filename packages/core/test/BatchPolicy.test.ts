import { BatchPolicy } from "@effect-bulk/core"
import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Duration, Effect, Schema } from "effect"
import * as fc from "fast-check"

const count = fc.integer({ min: 1, max: 1000 })
const time = fc.integer({ min: 1, max: 100_000 })
const rate = fc.record({ count, per: time, burst: count })
const share = fc.integer({ min: 1, max: 100 }).map((percent) => percent / 100)
const names = fc.array(fc.string(), { maxLength: 3 })

/** Any policy, with any of its fields. */
const policies: fc.Arbitrary<BatchPolicy.BatchPolicy> = fc
  .record(
    {
      maxItems: count,
      maxBytes: count,
      linger: time,
      concurrency: count,
      window: count,
      duplicates: fc.constantFrom("once" as const, "refuse" as const),
      rate: fc.oneof(rate, fc.constant("adaptive" as const)),
      itemRate: rate,
      share,
      callTimeout: time,
      maxAttempts: count,
      backoff: fc.oneof(
        fc.constantFrom(BatchPolicy.exponential(), BatchPolicy.exponential({ base: 3, jitter: "none" })),
        time.map((delay) => BatchPolicy.constant(delay))
      ),
      hintSlack: time,
      budget: fc.record({ tokens: fc.nat(), retry: fc.nat(), throttle: fc.nat() }),
      itemDeadline: time,
      runDeadline: time,
      isolate: fc.boolean(),
      grace: time,
      stopWhen: fc.oneof(
        fc.record({ after: count, share, count }, { requiredKeys: ["after", "share"] }),
        fc.record({ after: count, count })
      ),
      stopOrderOnFailure: fc.boolean(),
      goneIsSuccess: fc.boolean(),
      retryable: names,
      terminal: names,
      candidates: fc.constantFrom("keep" as const, "resolve" as const)
    },
    { requiredKeys: [] }
  )
  .map((input) => BatchPolicy.make(input))

describe("merge", () => {
  it("is associative, with empty as identity", () => {
    fc.assert(
      fc.property(policies, policies, policies, (a, b, c) => {
        const left = BatchPolicy.merge(BatchPolicy.merge(a, b), c)
        assert.deepStrictEqual(left, BatchPolicy.merge(a, BatchPolicy.merge(b, c)))
        assert.deepStrictEqual(BatchPolicy.merge(a, BatchPolicy.empty), a)
        assert.deepStrictEqual(BatchPolicy.merge(BatchPolicy.empty, a), a)
      })
    )
  })

  it("lets the second win field by field, and keeps what it does not set", () => {
    const merged = BatchPolicy.merge(BatchPolicy.make({ maxItems: 1, linger: 2 }), BatchPolicy.make({ linger: 3 }))
    assert.deepStrictEqual(merged, BatchPolicy.make({ maxItems: 1, linger: 3 }))
  })
})

describe("BatchPolicy", () => {
  it("is the same after a round trip through JSON", () => {
    const json = Schema.fromJsonString(BatchPolicy.BatchPolicy)
    fc.assert(
      fc.property(policies, (policy) => {
        const back = Schema.decodeSync(json)(Schema.encodeSync(json)(policy))
        assert.strictEqual(BatchPolicy.format(back), BatchPolicy.format(policy))
        assert.deepStrictEqual(Object.keys(back).toSorted(), Object.keys(policy).toSorted())
      })
    )
  })

  it.effect("fills in the burst of a rate, in JSON as in make", () =>
    Effect.gen(function* () {
      const given = { rate: { count: 5, per: "1 second" }, itemRate: { count: 100, per: "1 minute" } } as const
      assert.deepStrictEqual(yield* BatchPolicy.fromJson(JSON.stringify(given)), BatchPolicy.make(given))
    })
  )

  it("prints on one line what is set and nothing else", () => {
    assert.strictEqual(BatchPolicy.format(BatchPolicy.empty), "")
    assert.strictEqual(
      BatchPolicy.format(BatchPolicy.make({ maxItems: 25, linger: "10 millis", rate: { count: 5, per: "1 second" } })),
      'maxItems=25 linger="10 millis" rate={"count":5,"per":"1000 millis","burst":1}'
    )
  })
})

describe("make", () => {
  const refused: ReadonlyArray<readonly [string, BatchPolicy.Input]> = [
    ["maxItems", { maxItems: 0 }],
    ["maxItems", { maxItems: 1.5 }],
    ["maxBytes", { maxBytes: 0 }],
    ["concurrency", { concurrency: 0 }],
    ["window", { window: 0 }],
    ["maxAttempts", { maxAttempts: 0 }],
    ["linger", { linger: "a while" as "1 second" }],
    ["linger", { linger: "Infinity" }],
    ["callTimeout", { callTimeout: 0 }],
    ["itemDeadline", { itemDeadline: 0 }],
    ["share", { share: 0 }],
    ["share", { share: 1.1 }],
    ["rate", { rate: { count: 0, per: "1 second" } }],
    ["rate", { rate: { count: 1, per: 0 } }],
    ["rate", { rate: { count: 1, per: "1 second", burst: 0 } }],
    ["budget", { budget: { tokens: -1, retry: 14, throttle: 5 } }],
    ["stopWhen", { stopWhen: { after: 0, count: 1 } }],
    ["stopWhen", { stopWhen: { after: 5 } }],
    ["speed", { speed: 1 } as BatchPolicy.Input]
  ]
  for (const [field, input] of refused) {
    it(`refuses ${JSON.stringify(input)} with a RangeError that names '${field}'`, () => {
      assert.throws(() => BatchPolicy.make(input), RangeError, field)
    })
  }

  it("sets only what is given", () => {
    assert.deepStrictEqual(BatchPolicy.make({}), BatchPolicy.empty)
    assert.deepStrictEqual(BatchPolicy.make({ linger: "10 millis" }), { linger: Duration.millis(10) })
  })
})

describe("complete", () => {
  it("fills every gap and overrides nothing", () => {
    fc.assert(
      fc.property(policies, (policy) => {
        assert.deepStrictEqual(BatchPolicy.complete(policy), { ...BatchPolicy.default, ...policy })
      })
    )
  })
})

describe("Current", () => {
  it.effect("merges nested regions, the inner one over the outer one", () =>
    Effect.gen(function* () {
      const inside = Effect.map(BatchPolicy.Current, BatchPolicy.format).pipe(
        BatchPolicy.within({ linger: 3 }),
        BatchPolicy.within({ linger: 2, maxItems: 1 })
      )
      assert.strictEqual(yield* inside, 'maxItems=1 linger="3 millis"')
      assert.strictEqual(yield* Effect.map(BatchPolicy.Current, BatchPolicy.format), "")
    })
  )

  it.effect("comes from the configuration, which may be silent but not wrong", () =>
    Effect.gen(function* () {
      const from = (env: Record<string, string>) =>
        Effect.map(BatchPolicy.Current, BatchPolicy.format).pipe(
          Effect.provide(BatchPolicy.layerConfig()),
          Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromEnv({ env }))
        )
      assert.strictEqual(yield* from({ EFFECT_BULK_POLICY: '{"maxItems":7}' }), "maxItems=7")
      assert.strictEqual(yield* from({}), "")
      const error = yield* Effect.flip(from({ EFFECT_BULK_POLICY: '{"maxItems":0}' }))
      assert.include(error.message, "maxItems")
    })
  )
})
