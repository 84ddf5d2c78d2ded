import { Faults } from "@effect-bulk/aws/testing"
import { Kendra } from "@effect-bulk/kendra"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { type Batch, batches, outcomesOf } from "./batches.ts"
import { recorded, settled, uuids } from "./recorder.ts"

/** What holds for every batch operation. */
describe.each(batches.map((batch) => [batch.operation, batch] as const))("%s", (_name, batch: Batch) => {
  const { evidence, ids, input, itemError, list, operation, sent } = batch
  const failing = (...entries: ReadonlyArray<Record<string, unknown>>): Faults.Fault => ({
    _tag: "Answer",
    output: { [list]: entries }
  })

  describe("as the API has it", () => {
    it.effect("sends one request with the items as they are", () => {
      const { calls, layer } = recorded()
      return Effect.gen(function* () {
        const kendra = yield* Kendra
        yield* batch.one(kendra, ids(3))
        assert.deepStrictEqual(calls(), [{ operation, input: input(ids(3)), second: 0 }])
      }).pipe(Effect.provide(layer))
    })

    it.effect("takes as many items as the API, and refuses none and more before the wire", () => {
      const { calls, layer } = recorded()
      return Effect.gen(function* () {
        const kendra = yield* Kendra
        yield* settled(batch.one(kendra, ids(batch.limit)))
        for (const count of [0, batch.limit + 1]) {
          const error = yield* Effect.flip(batch.one(kendra, ids(count)))
          assert.strictEqual(error._tag, "InvalidRequest")
          assert.include(error.message, `Kendra.${operation} was not sent: '`)
          assert.include(error.message, `expected 1 to ${batch.limit} elements, got ${count}`)
        }
        assert.strictEqual(calls().length, 1)
      }).pipe(Effect.provide(layer))
    })

    it.effect("fails with PartialFailure, which carries the answer, when an item failed", () => {
      const { layer, model } = recorded()
      const [, failed = ""] = ids(3)
      model.failItem(failed, { code: "InvalidRequest", message: "Not now" })
      return Effect.gen(function* () {
        const kendra = yield* Kendra
        const error = yield* Effect.flip(settled(batch.one(kendra, ids(3))))
        assert(error._tag === "PartialFailure" && "response" in error && "errors" in error)
        const { [list]: failures } = error.response as Record<string, unknown>
        assert.deepStrictEqual(failures, [batch.failure(failed, "Not now")])
        assert.deepStrictEqual(
          (error.errors as ReadonlyArray<{ readonly _tag: string }>).map(({ _tag }) => _tag),
          [itemError]
        )
        assert.include(error.message, `Kendra.${operation}`)
        assert.include(error.message, "Not now")
      }).pipe(Effect.provide(layer))
    })

    it.effect("is sent again after a throttle with status 400 and after a conflict", () => {
      const conflict: Faults.Fault = { _tag: "ServiceError", name: "ConflictException", status: 400, message: "Busy" }
      const documented = operation.endsWith("Document") || operation === "BatchGetDocumentStatus"
      const faults = documented ? [{ _tag: "Throttle" as const }, conflict] : [{ _tag: "Throttle" as const }]
      const { calls, layer } = recorded({ faults: Faults.script(faults) })
      return Effect.gen(function* () {
        const kendra = yield* Kendra
        yield* settled(batch.one(kendra, ids(1)))
        assert.strictEqual(calls().length, faults.length + 1)
      }).pipe(Effect.provide(layer))
    })

    const unreadable: ReadonlyArray<readonly [string, Faults.Fault]> = [
      ["no JSON", { _tag: "Malformed" }],
      ["of the wrong types", { _tag: "WrongTypes" }],
      ["with nulls in its lists", { _tag: "Nulls" }],
      ["an HTML page", { _tag: "Html", status: 200 }],
      ["a list where an object belongs", failing([] as never)],
      ["a text where a list belongs", { _tag: "Answer", output: { [list]: "none" } }]
    ]
    it.effect.each(unreadable)("fails with UndecodableResponse on an answer that is %s", ([, fault]) => {
      const { layer } = recorded({ faults: Faults.always(fault) })
      return Effect.gen(function* () {
        const kendra = yield* Kendra
        const error = yield* Effect.flip(settled(batch.one(kendra, ids(2))))
        assert(error._tag === "UndecodableResponse" && "status" in error && "operation" in error)
        assert.strictEqual(error.operation, `Kendra.${operation}`)
        assert.strictEqual(error.status, 200)
      }).pipe(Effect.provide(layer))
    })
  })

  describe("in bulk", () => {
    it.effect(`sends ${batch.bulkLimit} items a call`, () => {
      const { calls, layer } = recorded()
      return Effect.gen(function* () {
        const kendra = yield* Kendra
        const all = ids(2 * batch.bulkLimit + 3)
        const report = yield* settled(batch.all(kendra, all))
        assert.deepStrictEqual(new Set(outcomesOf(report)), new Set([evidence]))
        assert.deepStrictEqual(
          calls().map(({ input }) => sent(input).length),
          [batch.bulkLimit, batch.bulkLimit, 3]
        )
        assert.deepStrictEqual(
          calls().flatMap(({ input }) => sent(input)),
          [...all]
        )
      }).pipe(Effect.provide(layer))
    })

    it.effect("never sends more than the API takes, whatever a policy says", () => {
      const { calls, layer } = recorded()
      return Effect.gen(function* () {
        const kendra = yield* Kendra
        yield* settled(batch.all(kendra, ids(batch.bulkLimit + 1), { maxItems: 1000 }))
        assert.deepStrictEqual(
          calls().map(({ input }) => sent(input).length),
          [batch.bulkLimit, 1]
        )
      }).pipe(Effect.provide(layer))
    })

    it.effect("fails with BulkIncomplete, which carries the report, unless every item succeeded", () => {
      const { layer, model } = recorded()
      const [first = "", failed = "", last = ""] = ids(3)
      model.failItem(failed, { code: "InvalidRequest", message: "Not now" })
      return Effect.gen(function* () {
        const kendra = yield* Kendra
        const error = yield* Effect.flip(settled(batch.all(kendra, [first, failed, "", last])))
        assert.strictEqual(error._tag, "BulkIncomplete")
        assert.deepStrictEqual(outcomesOf(error.report), [evidence, "Failed", "Invalid", evidence])
        const [, outcome] = error.report.outcomes
        assert(outcome?._tag === "Failed" && outcome.error instanceof Error)
        assert.deepStrictEqual(
          [outcome.scope, outcome.error.name, outcome.error.message],
          ["item", itemError, "Not now"]
        )
      }).pipe(Effect.provide(layer))
    })

    it.effect("sends items again whose error may pass", () => {
      const { calls, layer, model } = recorded()
      const [failed = ""] = ids(1)
      model.failItem(failed, { code: "InternalError", message: "Internal error", times: 1 })
      return Effect.gen(function* () {
        const kendra = yield* Kendra
        const report = yield* settled(batch.all(kendra, ids(3)))
        assert.strictEqual(report.counts.Succeeded, 3)
        assert.deepStrictEqual(
          calls().map(({ input }) => sent(input)),
          [ids(3), [failed]]
        )
      }).pipe(Effect.provide(layer))
    })

    it.effect("finds the item that spoils a call", () => {
      const spoiled: Faults.Fault = { _tag: "ServiceError", name: "ValidationException", status: 400, message: "No" }
      const { calls, layer } = recorded({ faults: Faults.script([spoiled, null, spoiled, null, spoiled]) })
      return Effect.gen(function* () {
        const kendra = yield* Kendra
        const [a = "", b = "", c = "", d = ""] = ids(4)
        const report = yield* settled(batch.run(kendra, [a, b, c, d]))
        assert.deepStrictEqual(outcomesOf(report), [evidence, evidence, evidence, "Failed"])
        assert.deepStrictEqual(
          calls().map(({ input }) => sent(input)),
          [[a, b, c, d], [a, b], [c, d], [c], [d]]
        )
      }).pipe(Effect.provide(layer))
    })

    it.effect("stops for what does not exist, and says what was not sent", () => {
      const gone: Faults.Fault = {
        _tag: "ServiceError",
        name: "ResourceNotFoundException",
        status: 400,
        message: "No such index"
      }
      const { calls, layer } = recorded({ faults: Faults.always(gone) })
      return Effect.gen(function* () {
        const kendra = yield* Kendra
        const report = yield* settled(batch.run(kendra, ids(batch.bulkLimit + 2), { concurrency: 1 }))
        assert.strictEqual(calls().length, 1)
        assert.strictEqual(report.counts.Failed, batch.bulkLimit)
        assert.strictEqual(report.counts.NotAttempted, 2)
      }).pipe(Effect.provide(layer))
    })

    const unreadable: ReadonlyArray<readonly [string, Faults.Fault, string]> = [
      ["no JSON", { _tag: "Malformed" }, "UndecodableResponse"],
      ["of the wrong types", { _tag: "WrongTypes" }, "UndecodableResponse"],
      ["with nulls in its lists", { _tag: "Nulls" }, "UndecodableResponse"],
      ["an HTML page with status 200", { _tag: "Html", status: 200 }, "UndecodableResponse"],
      ["an HTML page with status 503", { _tag: "Html", status: 503 }, "UndecodableResponse"],
      ["cut off", { _tag: "CutOff" }, "NetworkError"],
      ["lost", { _tag: "ResetAfter" }, "NetworkError"]
    ]
    it.effect.each(unreadable)("guesses nothing when every answer is %s", ([, fault, tag]) => {
      const { layer } = recorded({ faults: Faults.always(fault) })
      return Effect.gen(function* () {
        const kendra = yield* Kendra
        const report = yield* settled(batch.run(kendra, ids(2)))
        // A read has nothing to apply.
        const expected = operation === "BatchGetDocumentStatus" ? "Exhausted" : "Unknown"
        assert.deepStrictEqual(
          report.outcomes.map((outcome) => [outcome._tag, "error" in outcome && (outcome.error as Error).name]),
          [
            [expected, tag],
            [expected, tag]
          ]
        )
      }).pipe(Effect.provide(layer))
    })

    it.effect.each([
      ["has no id", (b: Batch) => b.failure(undefined, "No"), "FailureWithoutId"],
      ["names an item that was not in the call", (b: Batch) => b.failure(uuids(1, 77)[0], "No"), "ForeignFailure"]
    ] as const)("believes no silence beside a failure that %s", ([, entry, contradiction]) => {
      const { layer } = recorded({ faults: Faults.always(failing(entry(batch))) })
      return Effect.gen(function* () {
        const kendra = yield* Kendra
        const report = yield* settled(batch.run(kendra, ids(2)))
        const expected = operation === "BatchGetDocumentStatus" ? "Exhausted" : "Unknown"
        assert.deepStrictEqual(outcomesOf(report), [expected, expected])
        assert.strictEqual(report.contradictions[0]?._tag, contradiction)
      }).pipe(Effect.provide(layer))
    })

    it.effect("takes values of enums that nobody knows", () => {
      const [first = "", second = ""] = ids(2)
      const entry = { ...batch.failure(first, "No"), ...(itemError !== "EntityError" && { ErrorCode: "NewCode" }) }
      const seen = { DocumentStatusList: [{ DocumentId: second, DocumentStatus: "FROZEN" }] }
      const { layer } = recorded({ faults: Faults.always({ _tag: "Answer", output: { [list]: [entry], ...seen } }) })
      return Effect.gen(function* () {
        const kendra = yield* Kendra
        const report = yield* settled(batch.run(kendra, [first, second]))
        assert.deepStrictEqual(outcomesOf(report), ["Failed", evidence])
      }).pipe(Effect.provide(layer))
    })
  })

  it.effect("one at a time, shares a call with concurrent callers, and fails only the caller whose item failed", () => {
    const { calls, layer, model } = recorded()
    const [first = "", failed = "", last = ""] = ids(3)
    model.failItem(failed, { code: "InvalidRequest", message: "Not now" })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const results = yield* settled(
        Effect.forEach([first, failed, last], (id) => Effect.result(batch.single(kendra, id)), {
          concurrency: "unbounded"
        })
      )
      assert.deepStrictEqual(
        results.map((result) => (result._tag === "Success" ? "ok" : result.failure.outcome._tag)),
        ["ok", "Failed", "ok"]
      )
      assert.strictEqual(calls().length, 1)
    }).pipe(Effect.provide(layer))
  })
})
