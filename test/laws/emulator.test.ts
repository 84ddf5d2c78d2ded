/** Every batch operation through the real client of the SDK, in live time, under the laws that show on the wire. */
import { Faults } from "@effect-bulk/aws/testing"
import { BatchPolicy, type Outcome } from "@effect-bulk/core"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Effect, Exit, Scope } from "effect"
import * as fc from "fast-check"
import * as LiveLaws from "./liveLaws.ts"
import * as LiveOperations from "./liveOperations.ts"

const names = [
  "Omics.BatchDeleteReadSet",
  "Omics.DeleteAnnotationStoreVersions",
  "Kendra.BatchDeleteDocument",
  "Kendra.BatchPutDocument",
  "Kendra.BatchGetDocumentStatus",
  "Kendra.BatchDeleteFeaturedResultsSet",
  "Kendra.AssociateEntitiesToExperience",
  "Kendra.DisassociateEntitiesFromExperience",
  "Kendra.AssociatePersonasToEntities",
  "Kendra.DisassociatePersonasFromEntities",
  "Connect.BatchAssociateAnalyticsDataSet",
  "Connect.BatchDisassociateAnalyticsDataSet",
  "Connect.BatchGetAttachedFileMetadata",
  "Connect.BatchGetFlowAssociation",
  "Connect.BatchPutContact",
  "Connect.BatchCreateDataTableValue",
  "Connect.BatchUpdateDataTableValue",
  "Connect.BatchDeleteDataTableValue",
  "Connect.BatchDescribeDataTableValue",
  "Connect.AssociateWorkspace",
  "Connect.DisassociateWorkspace"
]

// Its answers have no place for failures of items.
const withoutItemErrors = new Set(["Connect.BatchGetFlowAssociation"])

interface Case {
  readonly seed: number
  readonly items: number
  readonly maxItems: number
  readonly maxAttempts: number
  readonly concurrency: number
  /** The last item is given twice. */
  readonly twice: boolean
  /** One is of a target that no service takes. */
  readonly invalid: boolean
  readonly share: Faults.Share
}

const upTo = (share: number) => fc.integer({ min: 0, max: 100 }).map((n) => (n * share) / 100)

const size = { items: fc.integer({ min: 0, max: 60 }), maxItems: fc.integer({ min: 1, max: 30 }) }

const faulty: fc.Arbitrary<Case> = fc.record({
  ...size,
  seed: fc.integer(),
  maxAttempts: fc.integer({ min: 1, max: 4 }),
  concurrency: fc.integer({ min: 1, max: 4 }),
  twice: fc.boolean(),
  invalid: fc.boolean(),
  share: fc.record({
    throttle: upTo(0.3),
    serverError: upTo(0.1),
    resetBefore: upTo(0.1),
    resetAfter: upTo(0.1),
    cutOff: upTo(0.1),
    malformed: upTo(0.1),
    item: upTo(0.4)
  })
})

const healthy: fc.Arbitrary<Case> = fc.record({
  ...size,
  seed: fc.constant(0),
  maxAttempts: fc.constant(3),
  concurrency: fc.constant(2),
  twice: fc.constant(false),
  invalid: fc.constant(false),
  share: fc.constant({})
})

describe("every operation obeys the laws over the real client", () => {
  const scope = Scope.makeUnsafe()
  let started: Effect.Success<typeof LiveOperations.make>
  beforeAll(async () => {
    started = await Effect.runPromise(Scope.provide(LiveOperations.make, scope))
  })
  afterAll(() => Effect.runPromise(Scope.close(scope, Exit.void)))

  // No run finds anything that an earlier one has touched.
  let used = 0
  const met = { faults: new Set<string>(), outcomes: new Set<Outcome.Tag>() }

  const runOf = Effect.fnUntraced(function* (name: string, options: Case) {
    const { concurrency, invalid, items, maxAttempts, maxItems, seed, twice } = options
    const { emulator, operations } = started
    const operation = operations.get(name)!
    const places = Array.from({ length: items }, (_, i): LiveOperations.Place => ({
      target: i % 3 === 0 ? 1 : 0,
      number: used + i
    }))
    used += items
    assert.isBelow(used, LiveOperations.supply)
    if (twice && items > 0) places.push(places[items - 1]!)
    if (invalid) places.splice(items / 2, 0, { target: undefined, number: 0 })

    const share: Faults.Share = withoutItemErrors.has(name) ? { ...options.share, item: 0 } : options.share
    yield* emulator.setFaults(Faults.seeded({ seed, share }))
    const before = (yield* emulator.calls).length
    const report = yield* operation.run(places, {
      maxItems,
      maxAttempts,
      concurrency,
      window: 100,
      rate: { count: 1_000_000, per: "1 second", burst: 1_000_000 },
      backoff: BatchPolicy.constant(0),
      budget: { tokens: 100, retry: 2, throttle: 1 }
    })
    const calls = (yield* emulator.calls).slice(before)
    for (const { fault } of calls) met.faults.add(fault ?? "none")
    for (const { _tag } of report.outcomes) met.outcomes.add(_tag)
    const fault = { _tag: "ItemFault", code: "", message: "", share: share.item ?? 0, seed } as const
    const run = { operation, places, maxItems, maxAttempts, hit: (id: string) => Faults.hits(fault, id), report, calls }
    return { run, broken: LiveLaws.broken(run) }
  })

  // A smaller case would be of other items, so that nothing is gained by looking for it.
  const holds = (arbitrary: fc.Arbitrary<Case>, numRuns: number, check: (options: Case) => Effect.Effect<void>) =>
    fc.assert(
      fc.asyncProperty(arbitrary, (options) => Effect.runPromise(check(options))),
      { numRuns, endOnFailure: true }
    )

  it.each(names)("%s: with faults", (name) =>
    holds(faulty, 10, (options) =>
      Effect.map(runOf(name, options), ({ broken }) => {
        assert.deepStrictEqual(broken, [])
      })
    )
  )

  it.each(names)("%s: without faults, no call is wasted and all succeed", (name) =>
    holds(healthy, 2, (options) =>
      Effect.map(runOf(name, options), ({ broken, run }) => {
        assert.deepStrictEqual(broken, [])
        const { operation, places, report } = run
        const most = Math.min(options.maxItems, operation.limit)
        const callsTo = (target: 0 | 1) => Math.ceil(places.filter((place) => place.target === target).length / most)
        assert.strictEqual(report.calls, callsTo(0) + callsTo(1))
        assert.strictEqual(report.counts.Succeeded, options.items)
      })
    )
  )

  it("leaves out no operation, no fault and no outcome", () => {
    assert.deepStrictEqual([...started.operations.keys()], names)
    const faults = ["none", "ItemFault", "Throttle", "ServiceError", "ResetBefore", "ResetAfter", "CutOff", "Malformed"]
    assert.sameMembers([...met.faults], faults)
    assert.includeMembers([...met.outcomes], ["Succeeded", "Failed", "Exhausted", "Unknown", "Invalid"])
  })
})
