import { GetReadSetMetadataCommand, UpdateSequenceStoreCommand } from "@aws-sdk/client-omics"
import { Faults } from "@effect-bulk/aws/testing"
import { Bulk, type Outcome } from "@effect-bulk/core"
import { Omics } from "@effect-bulk/omics"
import { layerTest, OmicsModel } from "@effect-bulk/omics/testing"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { idOf, ids, recorded, settled, store } from "./recorder.ts"

const missing = "9999999999"

const outcomesOf = (report: { readonly outcomes: ReadonlyArray<Outcome.Outcome<unknown, unknown, unknown>> }) =>
  report.outcomes.map((outcome) => (outcome._tag === "Succeeded" ? outcome.evidence : outcome._tag))

describe("batchDeleteReadSet", () => {
  it.effect("sends one request with the ids as they are", () => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const omics = yield* Omics
      const answer = yield* omics.batchDeleteReadSet({ sequenceStoreId: store, ids: ids(3) })
      assert.deepStrictEqual(answer, { errors: [] })
      assert.deepStrictEqual(calls(), [
        { operation: "BatchDeleteReadSet", input: { sequenceStoreId: store, ids: ids(3) }, second: 0 }
      ])
    }).pipe(Effect.provide(layer))
  })

  it.effect("fails with PartialFailure, which carries the answer, when a read set failed", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const omics = yield* Omics
      const error = yield* Effect.flip(omics.batchDeleteReadSet({ sequenceStoreId: store, ids: [idOf(0), missing] }))
      assert(error._tag === "PartialFailure")
      assert.deepStrictEqual(error.response, {
        errors: [{ id: missing, code: "", message: "The specified readset does not exist." }]
      })
      assert.deepStrictEqual(
        error.errors.map(({ _tag, id }) => [_tag, id]),
        [["ReadSetBatchError", missing]]
      )
      assert.strictEqual(
        error.message,
        "Omics.BatchDeleteReadSet: 1 error for 2 items ('9999999999': The specified readset does not exist.)"
      )
    }).pipe(Effect.provide(layer))
  })

  const refused: ReadonlyArray<readonly [string, { sequenceStoreId: string; ids: Array<string> }, string, string]> = [
    ["no ids", { sequenceStoreId: store, ids: [] }, "ids", "expected 1 to 100 elements, got 0"],
    ["101 ids", { sequenceStoreId: store, ids: ids(101) }, "ids", "expected 1 to 100 elements, got 101"],
    ["a short id", { sequenceStoreId: store, ids: [idOf(0), "12"] }, "ids[1]", 'expected 10 to 36 digits, got "12"'],
    ["an id of letters", { sequenceStoreId: store, ids: ["abcdefghij"] }, "ids[0]", 'got "abcdefghij"'],
    [
      "an id with a line break",
      { sequenceStoreId: store, ids: ["1234567890\n"] },
      "ids[0]",
      "expected 10 to 36 digits"
    ],
    ["a malformed store", { sequenceStoreId: "../x", ids: ids(1) }, "sequenceStoreId", 'got "../x"'],
    ["an empty store", { sequenceStoreId: "", ids: ids(1) }, "sequenceStoreId", 'got ""'],
    ["no store", { ids: ids(1) } as { sequenceStoreId: string; ids: Array<string> }, "sequenceStoreId", "Missing key"]
  ]
  it.effect.each(refused)("refuses %s before the wire, and names the member", ([, request, member, message]) => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const omics = yield* Omics
      const error = yield* Effect.flip(omics.batchDeleteReadSet(request))
      assert(error._tag === "InvalidRequest")
      assert.strictEqual(error.member, member)
      assert.include(error.message, `Omics.BatchDeleteReadSet was not sent: '${member}': `)
      assert.include(error.message, message)
      assert.deepStrictEqual(calls(), [])
    }).pipe(Effect.provide(layer))
  })

  it.effect("sends duplicate ids as they are, since AWS does not forbid them", () => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const omics = yield* Omics
      yield* omics.batchDeleteReadSet({ sequenceStoreId: store, ids: [idOf(0), idOf(0)] })
      assert.deepStrictEqual(
        calls().map(({ input }) => input.ids),
        [[idOf(0), idOf(0)]]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("sends a throttled call again", () => {
    const { calls, layer } = recorded({ faults: Faults.script([{ _tag: "Throttle" }]) })
    return Effect.gen(function* () {
      const omics = yield* Omics
      yield* settled(omics.batchDeleteReadSet({ sequenceStoreId: store, ids: ids(1) }))
      assert.strictEqual(calls().length, 2)
    }).pipe(Effect.provide(layer))
  })

  it.effect("does not send again what may have been applied", () => {
    const { calls, layer } = recorded({ faults: Faults.always({ _tag: "ResetAfter" }) })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const error = yield* Effect.flip(settled(omics.batchDeleteReadSet({ sequenceStoreId: store, ids: ids(1) })))
      assert.strictEqual(error._tag, "NetworkError")
      assert.strictEqual(calls().length, 1)
    }).pipe(Effect.provide(layer))
  })

  const unreadable: ReadonlyArray<readonly [string, Faults.Fault]> = [
    ["no JSON", { _tag: "Malformed" }],
    ["of the wrong types", { _tag: "WrongTypes" }],
    ["an HTML page", { _tag: "Html", status: 200 }]
  ]
  it.effect.each(unreadable)("fails with UndecodableResponse on an answer that is %s", ([, fault]) => {
    const { layer } = recorded({ faults: Faults.always(fault) })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const request = { sequenceStoreId: store, ids: [idOf(0), missing] }
      const error = yield* Effect.flip(settled(omics.batchDeleteReadSet(request)))
      assert(error._tag === "UndecodableResponse")
      assert.strictEqual(error.operation, "Omics.BatchDeleteReadSet")
      assert.strictEqual(error.status, 200)
    }).pipe(Effect.provide(layer))
  })

  it.effect("fails with ResponseTimeout when no answer comes in the time of the policy", () => {
    const { layer } = recorded({ faults: Faults.always({ _tag: "Hang" }) })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const error = yield* Effect.flip(settled(omics.batchDeleteReadSet({ sequenceStoreId: store, ids: ids(1) })))
      assert.strictEqual(error._tag, "ResponseTimeout")
      assert.strictEqual(error.message, "Omics.BatchDeleteReadSet: no answer within 60000 ms")
    }).pipe(Effect.provide(layer))
  })

  it.effect("keeps request id, status and cause of a documented exception", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const omics = yield* Omics
      const error = yield* Effect.flip(omics.batchDeleteReadSet({ sequenceStoreId: "1111111111", ids: ids(1) }))
      assert(error._tag === "ResourceNotFoundException")
      assert.strictEqual(error.status, 404)
      assert.isString(error.requestId)
      assert.instanceOf(error.cause, Error)
    }).pipe(Effect.provide(layer))
  })
})

describe("deleteReadSets", () => {
  it.effect("sends 100 ids a call, one call a second", () => {
    const { calls, layer } = recorded({ readSets: 250 })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const report = yield* settled(omics.deleteReadSets({ sequenceStoreId: store, ids: ids(250) }))
      assert.strictEqual(report.counts.Succeeded, 250)
      assert.deepStrictEqual(new Set(outcomesOf(report)), new Set(["Accepted"]))
      assert.deepStrictEqual(
        calls().map(({ input, second }) => [Math.floor(second), (input.ids as ReadonlyArray<string>).length]),
        [
          [0, 100],
          [1, 100],
          [2, 50]
        ]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("fails with BulkIncomplete, which carries the report, unless every read set was taken", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const omics = yield* Omics
      const error = yield* Effect.flip(
        settled(omics.deleteReadSets({ sequenceStoreId: store, ids: [idOf(0), missing, "12", idOf(1)] }))
      )
      assert.strictEqual(error._tag, "BulkIncomplete")
      assert.deepStrictEqual(outcomesOf(error.report), ["Accepted", "Failed", "Invalid", "Accepted"])
      const [, failed, invalid] = error.report.outcomes
      assert(failed?._tag === "Failed" && invalid?._tag === "Invalid")
      assert.strictEqual(failed.scope, "item")
      assert.strictEqual(failed.error.message, "The specified readset does not exist.")
      assert.strictEqual(invalid.issue, `'id' must be 10 to 36 digits, got "12"`)
    }).pipe(Effect.provide(layer))
  })

  it.effect("succeeds with nothing to do", () => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const omics = yield* Omics
      const report = yield* omics.deleteReadSets({ sequenceStoreId: store, ids: [] })
      assert.strictEqual(report.outcomes.length, 0)
      assert.deepStrictEqual(calls(), [])
    }).pipe(Effect.provide(layer))
  })

  it.effect("takes an iterable and a stream", () => {
    const { layer } = recorded({ readSets: 20 })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const iterable = yield* omics.deleteReadSets({ sequenceStoreId: store, ids: new Set(ids(5)) })
      assert.strictEqual(iterable.counts.Succeeded, 5)
      const stream = Stream.fromIterable(ids(5, 5))
      const streamed = yield* settled(omics.deleteReadSets({ sequenceStoreId: store, ids: stream }))
      assert.strictEqual(streamed.counts.Succeeded, 5)
    }).pipe(Effect.provide(layer))
  })

  it.effect("fails when the source of the ids fails, and says so", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const omics = yield* Omics
      const source = Stream.concat(Stream.fromIterable(ids(2)), Stream.fail("no more"))
      const error = yield* Effect.flip(settled(omics.deleteReadSets({ sequenceStoreId: store, ids: source })))
      assert.strictEqual(error.report.source._tag, "Failed")
      assert.strictEqual(error.report.outcomes.length, 2)
    }).pipe(Effect.provide(layer))
  })

  it.effect("sends a duplicate once, and each position gets its outcome", () => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const omics = yield* Omics
      const report = yield* settled(omics.deleteReadSets({ sequenceStoreId: store, ids: [idOf(0), idOf(1), idOf(0)] }))
      assert.strictEqual(report.outcomes.length, 3)
      assert.deepStrictEqual(
        calls().map(({ input }) => input.ids),
        [[idOf(0), idOf(1)]]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("infers that a read set is gone only after a call that may have deleted it", () => {
    const { layer } = recorded({
      model: { choices: { again: "missing" }, sequenceStores: [{ id: store, readSets: 4 }] },
      faults: Faults.script([{ _tag: "ResetAfter" }], "BatchDeleteReadSet")
    })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const report = yield* settled(omics.deleteReadSets({ sequenceStoreId: store, ids: ids(2) }))
      assert.deepStrictEqual(outcomesOf(report), ["InferredGone", "InferredGone"])
      const error = yield* Effect.flip(settled(omics.deleteReadSets({ sequenceStoreId: store, ids: ids(2) })))
      assert.deepStrictEqual(outcomesOf(error.report), ["Failed", "Failed"])
    }).pipe(Effect.provide(layer))
  })

  it.effect("takes a missing read set for deleted if the policy says so", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const omics = yield* Omics
      const policy = { goneIsSuccess: true }
      const report = yield* settled(omics.deleteReadSets({ sequenceStoreId: store, ids: [missing] }, { policy }))
      assert.deepStrictEqual(outcomesOf(report), ["Confirmed"])
    }).pipe(Effect.provide(layer))
  })

  it.effect("sends read sets again whose error may pass, and not the others", () => {
    const { calls, layer, model } = recorded()
    model.failItem(idOf(0), { code: "INTERNAL_ERROR", message: "Internal error", times: 1 })
    model.failItem(idOf(1), { code: "CONFLICT", message: "The readset is being activated" })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const error = yield* Effect.flip(settled(omics.deleteReadSets({ sequenceStoreId: store, ids: ids(3) })))
      assert.deepStrictEqual(outcomesOf(error.report), ["Accepted", "Failed", "Accepted"])
      assert.deepStrictEqual(
        calls().map(({ input }) => input.ids),
        [ids(3), [idOf(0)]]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("finds the read set that spoils a call", () => {
    const spoiled: Faults.Fault = { _tag: "ServiceError", name: "ValidationException", status: 400, message: "No" }
    const { calls, layer } = recorded({ faults: Faults.script([spoiled, null, spoiled, null, spoiled]) })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const error = yield* Effect.flip(settled(omics.deleteReadSets({ sequenceStoreId: store, ids: ids(4) })))
      assert.deepStrictEqual(outcomesOf(error.report), ["Accepted", "Accepted", "Accepted", "Failed"])
      assert.deepStrictEqual(
        calls().map(({ input }) => input.ids),
        [ids(4), ids(2), ids(2, 2), [idOf(2)], [idOf(3)]]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("stops for a store that does not exist, and says what was not sent", () => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const omics = yield* Omics
      const error = yield* Effect.flip(
        settled(omics.deleteReadSets({ sequenceStoreId: "1111111111", ids: ids(150) }, { policy: { concurrency: 1 } }))
      )
      assert.strictEqual(calls().length, 1)
      assert.strictEqual(error.report.counts.Failed, 100)
      assert.strictEqual(error.report.counts.NotAttempted, 50)
    }).pipe(Effect.provide(layer))
  })

  it.effect("deletes from several stores in calls of their own", () => {
    const other = "2234567890"
    const { calls, layer } = recorded({
      model: {
        sequenceStores: [
          { id: store, readSets: 2 },
          { id: other, readSets: 2 }
        ]
      }
    })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const items = [
        { sequenceStoreId: store, id: "1000000000" },
        { sequenceStoreId: other, id: "1100000000" },
        { sequenceStoreId: store, id: "1000000001" }
      ]
      const report = yield* settled(Bulk.run(omics.deleteReadSetsOperation, items))
      assert.deepStrictEqual(outcomesOf(report), ["Accepted", "Accepted", "Accepted"])
      assert.deepStrictEqual(
        calls().map(({ input }) => input),
        [
          { sequenceStoreId: store, ids: ["1000000000", "1000000001"] },
          { sequenceStoreId: other, ids: ["1100000000"] }
        ]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("keeps the request id of the call in an item's history", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const omics = yield* Omics
      const report = yield* Bulk.run(omics.deleteReadSetsOperation, [{ sequenceStoreId: store, id: missing }])
      assert.match(report.outcomes[0]?.history[0]?.requestId ?? "", /^[0-9a-f-]{36}$/)
    }).pipe(Effect.provide(layer))
  })
})

describe("deleteReadSets, on answers that cannot be trusted", () => {
  const unreadable: ReadonlyArray<readonly [string, Faults.Fault, string]> = [
    ["no JSON", { _tag: "Malformed" }, "UndecodableResponse"],
    ["of the wrong types", { _tag: "WrongTypes" }, "UndecodableResponse"],
    ["with nulls in its lists", { _tag: "Nulls" }, "UndecodableResponse"],
    ["an HTML page with status 200", { _tag: "Html", status: 200 }, "UndecodableResponse"],
    ["an HTML page with status 503", { _tag: "Html", status: 503 }, "UndecodableResponse"],
    ["cut off", { _tag: "CutOff" }, "NetworkError"],
    ["lost", { _tag: "ResetAfter" }, "NetworkError"]
  ]
  it.effect.each(unreadable)("calls all unknown when every answer is %s", ([, fault, tag]) => {
    const { layer } = recorded({ faults: Faults.always(fault) })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const error = yield* Effect.flip(
        settled(omics.deleteReadSets({ sequenceStoreId: store, ids: [idOf(0), missing] }))
      )
      assert.deepStrictEqual<unknown>(
        error.report.outcomes.map((outcome) => [outcome._tag, outcome._tag === "Unknown" && outcome.error._tag]),
        [
          ["Unknown", tag],
          ["Unknown", tag]
        ]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect.each(unreadable)("gets to the truth when only the first answer is %s", ([, fault]) => {
    const { layer, model } = recorded({ faults: Faults.script([fault]) })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const policy = { maxAttempts: 5 }
      const report = yield* settled(omics.deleteReadSets({ sequenceStoreId: store, ids: ids(2) }, { policy }))
      assert.strictEqual(report.counts.Succeeded, 2)
      assert.deepStrictEqual(
        ids(2).map((id) => model.readSet(store, id)?.status),
        ["DELETING", "DELETING"]
      )
    }).pipe(Effect.provide(layer))
  })

  const failing = (entry: Record<string, unknown>): Faults.Fault => ({ _tag: "Answer", output: { errors: [entry] } })

  it.effect.each([
    ["has no id", { code: "", message: "No" }, "FailureWithoutId"],
    ["names a read set that was not in the call", { id: missing, code: "", message: "No" }, "ForeignFailure"]
  ] as const)("believes no silence beside a failure that %s", ([, entry, contradiction]) => {
    const { layer } = recorded({ faults: Faults.always(failing(entry)) })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const error = yield* Effect.flip(settled(omics.deleteReadSets({ sequenceStoreId: store, ids: ids(2) })))
      assert.deepStrictEqual(outcomesOf(error.report), ["Unknown", "Unknown"])
      assert.strictEqual(error.report.contradictions[0]?._tag, contradiction)
    }).pipe(Effect.provide(layer))
  })

  it.effect("believes neither of two verdicts that differ", () => {
    const { layer } = recorded({ faults: Faults.always({ _tag: "Contradiction" }) })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const error = yield* Effect.flip(settled(omics.deleteReadSets({ sequenceStoreId: store, ids: ids(2) })))
      assert.deepStrictEqual(outcomesOf(error.report), ["Unknown", "Unknown"])
    }).pipe(Effect.provide(layer))
  })
})

describe("deleteReadSetsAndWait", () => {
  const deletingFor = (seconds: number): OmicsModel.Options => ({
    sequenceStores: [{ id: store, readSets: 60 }],
    choices: { deletingMillis: seconds * 1000 }
  })

  it.effect("waits until every read set is gone", () => {
    const { calls, layer } = recorded({ model: deletingFor(5) })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const verification = yield* settled(omics.deleteReadSetsAndWait({ sequenceStoreId: store, ids: ids(3) }))
      assert.deepStrictEqual(verification.counts, { Deleted: 3 })
      assert.isAtLeast(verification.looks, 2)
      assert.deepStrictEqual(
        new Set(calls().map(({ operation }) => operation)),
        new Set(["BatchDeleteReadSet", "GetReadSetMetadata"])
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("lists the store when many were deleted, and asks for the rest one by one", () => {
    const { calls, layer } = recorded({ model: deletingFor(0) })
    return Effect.gen(function* () {
      const omics = yield* Omics
      yield* settled(omics.deleteReadSetsAndWait({ sequenceStoreId: store, ids: ids(50) }))
      assert.notInclude(
        calls().map(({ operation }) => operation),
        "GetReadSetMetadata"
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("takes the status DELETED for gone", () => {
    const { layer } = recorded({
      model: { sequenceStores: [{ id: store, readSets: 3 }], choices: { gone: "DELETED" } }
    })
    return Effect.gen(function* () {
      const omics = yield* Omics
      for (const by of ["list", "metadata"] as const) {
        const request = { sequenceStoreId: store, ids: ids(2) }
        const verification = yield* settled(
          omics.deleteReadSetsAndWait(request, { by, policy: { goneIsSuccess: true } })
        )
        assert.deepStrictEqual(verification.counts, { Deleted: 2 })
        assert.deepStrictEqual(
          verification.items.map(({ status }) => status),
          ["DELETED", "DELETED"]
        )
      }
    }).pipe(Effect.provide(layer))
  })

  it.effect("tells at the deadline which are gone, on their way, still there, and not taken", () => {
    const { layer } = recorded({
      model: deletingFor(3600),
      // The empty answer hides that one read set was not deleted.
      faults: {
        next: (operation, call) => (operation === "BatchDeleteReadSet" && call === 1 ? { _tag: "Empty" } : undefined)
      }
    })
    return Effect.gen(function* () {
      const omics = yield* Omics
      yield* omics.batchDeleteReadSet({ sequenceStoreId: store, ids: [idOf(9)] })
      const error = yield* Effect.flip(
        settled(
          omics.deleteReadSetsAndWait(
            { sequenceStoreId: store, ids: [idOf(0), "12", missing] },
            { deadline: "1 minute" }
          )
        )
      )
      assert.strictEqual(error._tag, "NotVerified")
      assert.deepStrictEqual(
        error.verification.items.map(({ id, state, status }) => [id, state, status]),
        [
          [idOf(0), "Deleting", "DELETING"],
          ["12", "NotTaken", undefined],
          [missing, "Deleted", undefined]
        ]
      )
      assert.strictEqual(
        error.message,
        "Omics.BatchDeleteReadSet: 1 of 3 items are Deleted (1 Deleting, 1 NotTaken, 1 Deleted)"
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("finds a read set that is there although the service took it", () => {
    const { layer, model } = recorded({ faults: Faults.script([{ _tag: "Empty" }], "BatchDeleteReadSet") })
    model.failItem(idOf(1), { code: "", message: "Not now" })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const error = yield* Effect.flip(
        settled(omics.deleteReadSetsAndWait({ sequenceStoreId: store, ids: ids(2) }, { deadline: "10 seconds" }))
      )
      assert.deepStrictEqual(
        error.verification.items.map(({ state, status }) => [state, status]),
        [
          ["Deleted", undefined],
          ["Present", "ACTIVE"]
        ]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("finds out what became of a call whose answer was lost", () => {
    const { layer } = recorded({ faults: Faults.script([{ _tag: "ResetAfter" }], "BatchDeleteReadSet") })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const policy = { maxAttempts: 1 }
      const verification = yield* settled(
        omics.deleteReadSetsAndWait({ sequenceStoreId: store, ids: ids(2) }, { policy })
      )
      assert.deepStrictEqual(outcomesOf(verification.report), ["Unknown", "Unknown"])
      assert.deepStrictEqual(verification.counts, { Deleted: 2 })
    }).pipe(Effect.provide(layer))
  })

  it.effect("calls unknown what it may not look at, and does not go on asking", () => {
    const denied: Faults.Fault = { _tag: "ServiceError", name: "AccessDeniedException", status: 403, message: "No" }
    const { calls, layer } = recorded({ faults: Faults.always(denied, "GetReadSetMetadata") })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const error = yield* Effect.flip(settled(omics.deleteReadSetsAndWait({ sequenceStoreId: store, ids: ids(1) })))
      assert.deepStrictEqual(error.verification.counts, { Unknown: 1 })
      assert.strictEqual(error.verification.lookError?._tag, "AccessDeniedException")
      assert.strictEqual(calls().length, 2)
    }).pipe(Effect.provide(layer))
  })
})

describe("listReadSets", () => {
  it.effect("reads page after page, each when it is needed", () => {
    const { calls, layer } = recorded({ readSets: 250 })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const all = yield* settled(Stream.runCollect(omics.listReadSets({ sequenceStoreId: store })))
      assert.deepStrictEqual(
        all.map(({ id }) => id),
        ids(250)
      )
      assert.strictEqual(calls().length, 3)
      yield* settled(Stream.runCollect(Stream.take(omics.listReadSets({ sequenceStoreId: store }), 100)))
      assert.strictEqual(calls().length, 4)
    }).pipe(Effect.provide(layer))
  })

  it.effect("passes the filter on, and the page size", () => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const omics = yield* Omics
      const filter = { createdBefore: new Date("2024-01-01T00:02:30Z"), status: "ACTIVE" as const }
      const some = yield* settled(
        Stream.runCollect(omics.listReadSets({ sequenceStoreId: store, maxResults: 2, filter }))
      )
      assert.deepStrictEqual(
        some.map(({ id }) => id),
        ids(3)
      )
      assert.deepStrictEqual(calls()[0]?.input, { sequenceStoreId: store, maxResults: 2, filter })
    }).pipe(Effect.provide(layer))
  })

  it.effect("is sent again after a throttle and after a lost answer, since it only reads", () => {
    const { calls, layer } = recorded({ faults: Faults.script([{ _tag: "Throttle" }, { _tag: "ResetAfter" }]) })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const all = yield* settled(Stream.runCollect(omics.listReadSets({ sequenceStoreId: store })))
      assert.strictEqual(all.length, 10)
      assert.strictEqual(calls().length, 3)
    }).pipe(Effect.provide(layer))
  })

  it.effect("refuses a filter that breaks a constraint", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const omics = yield* Omics
      const listed = omics.listReadSets({ sequenceStoreId: store, filter: { name: "" } })
      const error = yield* Effect.flip(Stream.runDrain(listed))
      assert(error._tag === "InvalidRequest")
      assert.strictEqual(error.member, "filter.name")
    }).pipe(Effect.provide(layer))
  })

  it.effect("ends with RepeatedPageToken instead of never", () => {
    const { layer } = recorded({ readSets: 250, faults: Faults.always({ _tag: "SameToken" }) })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const error = yield* Effect.flip(settled(Stream.runDrain(omics.listReadSets({ sequenceStoreId: store }))))
      assert(error._tag === "RepeatedPageToken")
      assert.strictEqual(error.operation, "Omics.ListReadSets")
    }).pipe(Effect.provide(layer))
  })
})

describe("sequence stores", () => {
  it.effect("are listed, and looked up one by one", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const omics = yield* Omics
      const listed = yield* settled(Stream.runCollect(omics.listSequenceStores()))
      assert.deepStrictEqual(
        listed.map(({ id }) => id),
        [store]
      )
      const one = yield* settled(omics.getSequenceStore({ id: store }))
      assert.strictEqual(one.arn, listed[0]?.arn)
      const error = yield* Effect.flip(settled(omics.getSequenceStore({ id: "1111111111" })))
      assert.strictEqual(error._tag, "ResourceNotFoundException")
    }).pipe(Effect.provide(layer))
  })
})

describe("versions of annotation stores", () => {
  const annotations = {
    annotationStores: [{ name: "clinvar", versions: Array.from({ length: 12 }, (_, i) => ({ versionName: `v_${i}` })) }]
  } satisfies OmicsModel.Options
  const names = Array.from({ length: 12 }, (_, i) => `v_${i}`)

  it.effect("are deleted 10 a call", () => {
    const { calls, layer } = recorded({ model: annotations })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const report = yield* settled(omics.bulkDeleteAnnotationStoreVersions({ name: "clinvar", versions: names }))
      assert.strictEqual(report.counts.Succeeded, 12)
      assert.deepStrictEqual(
        calls().map(({ input }) => input),
        [
          { name: "clinvar", versions: names.slice(0, 10), force: false },
          { name: "clinvar", versions: names.slice(10), force: false }
        ]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("fail one by one, in single calls and in bulk", () => {
    const { layer } = recorded({ model: annotations })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const request = { name: "clinvar", versions: ["v_0", "v_99"] }
      const single = yield* Effect.flip(settled(omics.deleteAnnotationStoreVersions(request)))
      assert(single._tag === "PartialFailure")
      assert.deepStrictEqual(
        single.errors.map(({ versionName }) => versionName),
        ["v_99"]
      )
      const bulk = yield* Effect.flip(settled(omics.bulkDeleteAnnotationStoreVersions(request)))
      assert.deepStrictEqual(outcomesOf(bulk.report), ["Accepted", "Failed"])
    }).pipe(Effect.provide(layer))
  })

  it.effect("are refused when a name is malformed", () => {
    const { calls, layer } = recorded({ model: annotations })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const error = yield* Effect.flip(omics.deleteAnnotationStoreVersions({ name: "..", versions: ["v_1"] }))
      assert(error._tag === "InvalidRequest")
      assert.strictEqual(error.member, "name")
      const bulk = yield* Effect.flip(omics.bulkDeleteAnnotationStoreVersions({ name: "clinvar", versions: ["V 1"] }))
      assert.deepStrictEqual(outcomesOf(bulk.report), ["Invalid"])
      assert.deepStrictEqual(calls(), [])
    }).pipe(Effect.provide(layer))
  })

  it.effect("are listed", () => {
    const { layer } = recorded({ model: annotations })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const listed = yield* settled(Stream.runCollect(omics.listAnnotationStoreVersions({ name: "clinvar" })))
      assert.deepStrictEqual(
        listed.map(({ versionName }) => versionName),
        names
      )
    }).pipe(Effect.provide(layer))
  })
})

describe("deleteReadSet", () => {
  it.effect("shares a call with concurrent callers, and fails only the caller whose read set failed", () => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const omics = yield* Omics
      const exits = yield* settled(
        Effect.forEach(
          [idOf(0), missing, idOf(1)],
          (id) => Effect.result(omics.deleteReadSet({ sequenceStoreId: store, id })),
          { concurrency: "unbounded" }
        )
      )
      assert.deepStrictEqual(
        exits.map((result) => (result._tag === "Success" ? "ok" : result.failure.outcome._tag)),
        ["ok", "Failed", "ok"]
      )
      assert.strictEqual(calls().length, 1)
    }).pipe(Effect.provide(layer))
  })
})

describe("quotas", () => {
  it.effect("single calls and bulk runs share one call a second", () => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const omics = yield* Omics
      yield* settled(
        Effect.all(
          [
            omics.batchDeleteReadSet({ sequenceStoreId: store, ids: [idOf(0)] }),
            omics.deleteReadSets({ sequenceStoreId: store, ids: [idOf(1)] }),
            omics.deleteReadSet({ sequenceStoreId: store, id: idOf(2) })
          ],
          { concurrency: "unbounded" }
        )
      )
      assert.deepStrictEqual(
        calls().map(({ second }) => Math.floor(second)),
        [0, 1, 2]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("each test layer has its own", () => {
    const model = OmicsModel.make({ sequenceStores: [{ id: store, readSets: 10 }] })
    const deleted = (id: string) =>
      Effect.gen(function* () {
        const omics = yield* Omics
        yield* omics.batchDeleteReadSet({ sequenceStoreId: store, ids: [id] })
      }).pipe(Effect.provide(layerTest({ model })))
    // With a shared quota the second would wait for a clock that stands still.
    return Effect.andThen(deleted(idOf(0)), deleted(idOf(1)))
  })
})

describe("send", () => {
  it.effect("sends a command of the SDK and gives its output", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const omics = yield* Omics
      const output = yield* omics.send(new GetReadSetMetadataCommand({ sequenceStoreId: store, id: idOf(0) }))
      assert.strictEqual(output.status, "ACTIVE")
    }).pipe(Effect.provide(layer))
  })

  it.effect("fails with the documented exceptions of the command, and names the others", () => {
    const conflict: Faults.Fault = { _tag: "ServiceError", name: "ConflictException", status: 409, message: "Busy" }
    const { layer } = recorded({ faults: Faults.always(conflict) })
    return Effect.gen(function* () {
      const omics = yield* Omics
      const documented = yield* Effect.flip(omics.send(new UpdateSequenceStoreCommand({ id: store })))
      assert.strictEqual(documented._tag, "ConflictException")
      const other = yield* Effect.flip(
        omics.send(new GetReadSetMetadataCommand({ sequenceStoreId: store, id: idOf(0) }))
      )
      assert(other._tag === "UnknownServiceError")
      assert.strictEqual(other.code, "ConflictException")
    }).pipe(Effect.provide(layer))
  })
})
