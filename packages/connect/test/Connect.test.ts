import {
  ActivateEvaluationFormCommand,
  BatchDisassociateAnalyticsDataSetCommand,
  ListUsersCommand
} from "@aws-sdk/client-connect"
import { Faults } from "@effect-bulk/aws/testing"
import { Connect } from "@effect-bulk/connect"
import { ConnectModel, ConnectState, layerTest } from "@effect-bulk/connect/testing"
import { Bulk, type Outcome } from "@effect-bulk/core"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { outcomesOf } from "./batches.ts"
import {
  account,
  agents,
  arnOf,
  contactArn,
  dataSets,
  instance,
  instanceId,
  otherAccount,
  phones,
  recorded,
  settled
} from "./recorder.ts"

const target = { instanceId, targetAccountId: account }
const keys = (...ids: ReadonlyArray<string>) => ids.map((dataSetId) => ({ ...target, dataSetId }))

const internal = { ErrorCode: "InternalServiceException", ErrorMessage: "Internal error" }
const missing = { ErrorCode: "ResourceNotFoundException", ErrorMessage: "The association does not exist" }
const denied = { ErrorCode: "AccessDeniedException", ErrorMessage: "Not allowed" }

const answering = (Deleted: ReadonlyArray<string>, Errors: ReadonlyArray<Record<string, string>>): Faults.Fault => ({
  _tag: "Answer",
  output: { Deleted, Errors }
})

const codeOf = (error: unknown) => (error as { readonly code?: string }).code
const detailed = (outcome: Outcome.Outcome<unknown, unknown, unknown> | undefined) => {
  if (outcome === undefined || outcome._tag === "Succeeded" || !("error" in outcome)) return outcome?._tag
  return [outcome._tag, codeOf(outcome.error), outcome.candidates?.map(codeOf)]
}

describe("errors without ids", () => {
  it.effect("are of all data sets that are missing, each of which keeps them as candidates", () => {
    const { layer } = recorded({ faults: Faults.always(answering(["data_set_0"], [denied, missing])) })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const report = yield* settled(Bulk.run(connect.disassociateAnalyticsDataSetsOperation, keys(...dataSets(3))))
      const candidates = ["AccessDeniedException", "ResourceNotFoundException"]
      assert.deepStrictEqual(report.outcomes.map(detailed), [
        "Succeeded",
        ["Failed", "AccessDeniedException", candidates],
        ["Failed", "AccessDeniedException", candidates]
      ])
      assert.strictEqual(report.calls, 1)
    }).pipe(Effect.provide(layer))
  })

  it.effect("are worth another attempt if one of them may pass, while attempts last", () => {
    const { calls, layer } = recorded({ faults: Faults.always(answering([], [denied, internal])) })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const report = yield* settled(Bulk.run(connect.disassociateAnalyticsDataSetsOperation, keys(...dataSets(2))))
      const candidates = ["AccessDeniedException", "InternalServiceException"]
      assert.deepStrictEqual(report.outcomes.map(detailed), [
        ["Exhausted", "InternalServiceException", candidates],
        ["Exhausted", "InternalServiceException", candidates]
      ])
      assert.deepStrictEqual(
        calls().map(({ input }) => input["DataSetIds"]),
        [dataSets(2), dataSets(2), dataSets(2)]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("leave everything open that is missing when there are none", () => {
    const { layer } = recorded({ faults: Faults.always(answering(["data_set_1"], [])) })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const report = yield* settled(Bulk.run(connect.disassociateAnalyticsDataSetsOperation, keys(...dataSets(2))))
      assert.deepStrictEqual(outcomesOf(report), ["Unknown", "Confirmed"])
    }).pipe(Effect.provide(layer))
  })

  it.effect("change no success when nothing is missing, and are kept on the report", () => {
    const { layer } = recorded({ faults: Faults.always({ _tag: "Contradiction" }) })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const report = yield* settled(connect.disassociateAnalyticsDataSets({ ...target, dataSetIds: dataSets(2) }))
      assert.deepStrictEqual(outcomesOf(report), ["Confirmed", "Confirmed"])
      assert.deepStrictEqual(report.contradictions, [
        { _tag: "ForeignSuccess", id: "foreign_data_set", call: 1 },
        { _tag: "ErrorsWithoutMissing", errors: 1, call: 1 }
      ])
    }).pipe(Effect.provide(layer))
  })

  it.effect("are resolved by calls of one data set, if a policy says so", () => {
    const { calls, layer } = recorded({ seed: { associations: { [account]: dataSets(3) } } })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const policy = { candidates: "resolve" } as const
      const items = keys("data_set_0", "data_set_7", "data_set_8", "data_set_1")
      const report = yield* settled(Bulk.run(connect.disassociateAnalyticsDataSetsOperation, items, { policy }))
      assert.deepStrictEqual(report.outcomes.map(detailed), [
        "Succeeded",
        ["Failed", "ResourceNotFoundException", undefined],
        ["Failed", "ResourceNotFoundException", undefined],
        "Succeeded"
      ])
      assert.sameDeepMembers(
        calls().map(({ input }) => input["DataSetIds"]),
        [["data_set_0", "data_set_7", "data_set_8", "data_set_1"], ["data_set_7"], ["data_set_8"]]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("say nothing of what is missing beside a success without an id", () => {
    const existing = { ErrorCode: "DuplicateResourceException", ErrorMessage: "Already there" }
    const { layer } = recorded({
      faults: Faults.always({ _tag: "Answer", output: { Created: [{}], Errors: [existing] } })
    })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const report = yield* settled(Bulk.run(connect.associateAnalyticsDataSetsOperation, keys(...dataSets(2))))
      assert.deepStrictEqual(outcomesOf(report), ["Unknown", "Unknown"])
      assert.strictEqual(report.contradictions[0]?._tag, "SuccessWithoutId")
    }).pipe(Effect.provide(layer))
  })

  it.effect("all in one PartialFailure, when a single call has them", () => {
    const { layer } = recorded({ faults: Faults.always(answering(["data_set_0"], [denied, missing])) })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const error = yield* Effect.flip(
        connect.batchDisassociateAnalyticsDataSet({ InstanceId: instanceId, DataSetIds: dataSets(3) })
      )
      assert(error._tag === "PartialFailure")
      assert.deepStrictEqual(error.errors.map(codeOf), ["AccessDeniedException", "ResourceNotFoundException"])
      assert.deepStrictEqual<ReadonlyArray<string>>(error.response.Deleted, ["data_set_0"])
    }).pipe(Effect.provide(layer))
  })
})

describe("disassociateAnalyticsDataSets", () => {
  const choices: ReadonlyArray<readonly [string, NonNullable<ConnectModel.Options["choices"]>, number]> = [
    ["leaves out empty lists", { emptyLists: "absent" }, 2],
    ["lists successes in another order", { order: "reversed" }, 2],
    ["takes a missing association for done", { missingAssociation: "deleted" }, 2],
    ["fails the call for a missing association", { missingAssociation: "wholeCall" }, 2],
    ["fails an item that is there twice", { duplicates: "error" }, 2],
    // 25 are too many, 12 and 13 are too many, 6 and 7 are not.
    ["takes fewer data sets than we send", { maxDataSetIds: 8 }, 14]
  ]
  it.effect.each(choices)("does its work if AWS %s", ([, choices, expected]) => {
    const { calls, layer } = recorded({ model: { instances: [instance], choices } })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const dataSetIds = [...dataSets(50), "data_set_0"]
      const report = yield* settled(connect.disassociateAnalyticsDataSets({ ...target, dataSetIds }))
      assert.strictEqual(report.counts.Succeeded, 51)
      assert.strictEqual(calls().length, expected)
    }).pipe(Effect.provide(layer))
  })

  it.effect("infers that data sets are gone only after a call that may have done it", () => {
    const { layer } = recorded({ faults: Faults.script([{ _tag: "ResetAfter" }], "BatchDisassociateAnalyticsDataSet") })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const request = { ...target, dataSetIds: dataSets(3) }
      const report = yield* settled(connect.disassociateAnalyticsDataSets(request))
      // All errors of the second answer say so, so whose is whose does not matter.
      assert.deepStrictEqual(outcomesOf(report), ["InferredGone", "InferredGone", "InferredGone"])
      const { report: again } = yield* Effect.flip(settled(connect.disassociateAnalyticsDataSets(request)))
      assert.deepStrictEqual(again.outcomes.map(detailed)[0], [
        "Failed",
        "ResourceNotFoundException",
        ["ResourceNotFoundException", "ResourceNotFoundException", "ResourceNotFoundException"]
      ])
    }).pipe(Effect.provide(layer))
  })

  it.effect("takes a missing association for success if the policy says so", () => {
    const { layer } = recorded({ seed: { associations: {} } })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const policy = { goneIsSuccess: true }
      const report = yield* settled(
        connect.disassociateAnalyticsDataSets({ ...target, dataSetIds: dataSets(2) }, { policy })
      )
      assert.deepStrictEqual(outcomesOf(report), ["Confirmed", "Confirmed"])
    }).pipe(Effect.provide(layer))
  })

  it.effect("finds the association whose absence spoils a call, if AWS says so of the call", () => {
    const { layer, model } = recorded({
      seed: { associations: { [account]: dataSets(3) } },
      model: {
        instances: [{ ...instance, associations: { [account]: dataSets(3) } }],
        choices: { missingAssociation: "wholeCall" }
      }
    })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const dataSetIds = ["data_set_0", "data_set_9", "data_set_1", "data_set_2"]
      const { report } = yield* Effect.flip(settled(connect.disassociateAnalyticsDataSets({ ...target, dataSetIds })))
      assert.deepStrictEqual(outcomesOf(report), ["Confirmed", "Failed", "Confirmed", "Confirmed"])
      const [, failed] = report.outcomes
      assert(failed?._tag === "Failed")
      assert.deepStrictEqual([failed.scope, failed.error._tag], ["item", "ResourceNotFoundException"])
      assert.isFalse(model.association(instanceId, account, "data_set_2")?.associated)
    }).pipe(Effect.provide(layer))
  })

  it.effect("sends data sets of several instances and accounts in calls of their own", () => {
    const other = { id: "inst-2", dataSets: 3, associations: { "123456789012": "all" } } as const
    const { calls, layer } = recorded({ model: { instances: [instance, other] } })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const items = [
        { instanceId, targetAccountId: account, dataSetId: "data_set_0" },
        { instanceId: "inst-2", dataSetId: "data_set_0" },
        { instanceId, targetAccountId: account, dataSetId: "data_set_1" },
        { instanceId, dataSetId: "data_set_1" }
      ]
      const report = yield* settled(Bulk.run(connect.disassociateAnalyticsDataSetsOperation, items))
      assert.deepStrictEqual(outcomesOf(report), ["Confirmed", "Confirmed", "Confirmed", "Failed"])
      assert.deepStrictEqual(
        report.outcomes.map((outcome) => outcome.target),
        ["inst-1/210987654321", "inst-2", "inst-1/210987654321", "inst-1"]
      )
      assert.deepStrictEqual(
        calls().map(({ input }) => input),
        [
          { InstanceId: instanceId, DataSetIds: ["data_set_0", "data_set_1"], TargetAccountId: account },
          { InstanceId: "inst-2", DataSetIds: ["data_set_0"] },
          { InstanceId: instanceId, DataSetIds: ["data_set_1"] }
        ]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("refuses what breaks a constraint, item by item, before the wire", () => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const connect = yield* Connect
      const dataSetIds = ["", "x".repeat(256), "data_set_0"]
      const { report } = yield* Effect.flip(settled(connect.disassociateAnalyticsDataSets({ ...target, dataSetIds })))
      assert.deepStrictEqual(outcomesOf(report), ["Invalid", "Invalid", "Confirmed"])
      const [first] = report.outcomes
      assert(first?._tag === "Invalid")
      assert.strictEqual(first.issue, `'dataSetId' must be 1 to 255 characters, got ""`)
      for (const bad of ["", ".", "..", "x".repeat(101)]) {
        const run = connect.disassociateAnalyticsDataSets({ instanceId: bad, dataSetIds: ["users"] })
        const { report } = yield* Effect.flip(settled(run))
        assert.deepStrictEqual(outcomesOf(report), ["Invalid"])
        const call = connect.batchDisassociateAnalyticsDataSet({ InstanceId: bad, DataSetIds: ["users"] })
        const error = yield* Effect.flip(call)
        assert(error._tag === "InvalidRequest")
        assert.strictEqual(error.member, "InstanceId")
      }
      assert.strictEqual(calls().length, 1)
    }).pipe(Effect.provide(layer))
  })

  it.effect("takes an iterable and a stream, and fails when the source does", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const connect = yield* Connect
      const iterable = yield* connect.disassociateAnalyticsDataSets({ ...target, dataSetIds: new Set(dataSets(3)) })
      assert.strictEqual(iterable.counts.Succeeded, 3)
      const source = Stream.concat(Stream.fromIterable(dataSets(2, 3)), Stream.fail("no more"))
      const run = connect.disassociateAnalyticsDataSets({ ...target, dataSetIds: source })
      const { report } = yield* Effect.flip(settled(run))
      assert.deepStrictEqual([report.source._tag, report.outcomes.length], ["Failed", 2])
    }).pipe(Effect.provide(layer))
  })
})

describe("associateAnalyticsDataSets", () => {
  const other = { instanceId, targetAccountId: otherAccount }

  it.effect("gives the resource share of each data set", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const connect = yield* Connect
      const report = yield* settled(connect.associateAnalyticsDataSets({ ...other, dataSetIds: ["data_set_0"] }))
      const [outcome] = report.outcomes
      assert(outcome?._tag === "Succeeded")
      assert.strictEqual(
        outcome.value.ResourceShareArn,
        `arn:aws:ram:us-east-1:${otherAccount}:resource-share/${outcome.value.ResourceShareId}`
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("knows what an earlier call did whose answer was lost", () => {
    const { layer } = recorded({ faults: Faults.script([{ _tag: "CutOff" }], "BatchAssociateAnalyticsDataSet") })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const request = { ...other, dataSetIds: dataSets(2) }
      const report = yield* settled(connect.associateAnalyticsDataSets(request))
      assert.deepStrictEqual(
        report.outcomes.map((outcome) => outcome._tag === "Succeeded" && outcome.value),
        dataSets(2).map((DataSetId) => ({ DataSetId: DataSetId as never, TargetAccountId: otherAccount }))
      )
      const { report: again } = yield* Effect.flip(settled(connect.associateAnalyticsDataSets(request)))
      assert.deepStrictEqual(outcomesOf(again), ["Failed", "Failed"])
    }).pipe(Effect.provide(layer))
  })
})

describe("one data set", () => {
  it.effect("shares a call with concurrent callers", () => {
    const { calls, layer, model } = recorded()
    model.failItem("data_set_1", { code: "AccessDeniedException", message: "Not allowed" })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const results = yield* settled(
        Effect.forEach(keys(...dataSets(3)), (key) => Effect.result(connect.disassociateAnalyticsDataSet(key)), {
          concurrency: "unbounded"
        })
      )
      assert.deepStrictEqual(
        results.map((result) => (result._tag === "Success" ? "ok" : result.failure.outcome._tag)),
        ["ok", "Failed", "ok"]
      )
      const created = yield* settled(
        connect.associateAnalyticsDataSet({ instanceId, targetAccountId: otherAccount, dataSetId: "data_set_0" })
      )
      assert.strictEqual(created.DataSetId, "data_set_0")
      assert.deepStrictEqual(
        calls().map(({ operation }) => operation),
        ["BatchDisassociateAnalyticsDataSet", "BatchAssociateAnalyticsDataSet"]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("goes alone where the caller wants its own error", () => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const connect = yield* Connect
      const request = { InstanceId: instanceId, DataSetId: "data_set_0", TargetAccountId: account }
      assert.strictEqual(yield* connect.disassociateAnalyticsDataSetAlone(request), undefined)
      const gone = yield* Effect.flip(connect.disassociateAnalyticsDataSetAlone(request))
      assert.strictEqual(gone._tag, "ResourceNotFoundException")
      const created = yield* connect.associateAnalyticsDataSetAlone(request)
      assert.strictEqual(created.TargetAccountId, account)
      const there = yield* Effect.flip(connect.associateAnalyticsDataSetAlone(request))
      assert.strictEqual(there._tag, "InvalidParameterException")
      assert.deepStrictEqual(calls()[0], { operation: "DisassociateAnalyticsDataSet", input: request, second: 0 })
    }).pipe(Effect.provide(layer))
  })

  it.effect("is not sent again alone when it may be done", () => {
    const { calls, layer } = recorded({ faults: Faults.always({ _tag: "ResetAfter" }) })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const request = { InstanceId: instanceId, DataSetId: "data_set_0", TargetAccountId: account }
      const error = yield* Effect.flip(settled(connect.disassociateAnalyticsDataSetAlone(request)))
      assert.strictEqual(error._tag, "NetworkError")
      assert.strictEqual(calls().length, 1)
    }).pipe(Effect.provide(layer))
  })
})

describe("disassociateAnalyticsDataSetsAndWait", () => {
  it.effect("lists the associations until none is there", () => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const connect = yield* Connect
      const request = { ...target, dataSetIds: dataSets(30) }
      const verification = yield* settled(connect.disassociateAnalyticsDataSetsAndWait(request))
      assert.deepStrictEqual(verification.counts, { Disassociated: 30 })
      assert.deepStrictEqual(
        calls().map(({ operation }) => operation),
        ["BatchDisassociateAnalyticsDataSet", "BatchDisassociateAnalyticsDataSet", "ListAnalyticsDataAssociations"]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("finds out what became of a call whose answer was lost, or lied", () => {
    const { layer, model } = recorded({
      faults: {
        next: (operation, call) => {
          if (operation !== "BatchDisassociateAnalyticsDataSet") return undefined
          return call === 0 ? { _tag: "ResetAfter" } : answering(["data_set_1"], [])
        }
      }
    })
    model.failItem("data_set_1", { code: "Busy", message: "Not now" })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const options = { policy: { maxAttempts: 1, maxItems: 1, concurrency: 1 }, deadline: "10 seconds" } as const
      const request = { ...target, dataSetIds: ["data_set_0", "data_set_1", ""] }
      const { verification } = yield* Effect.flip(
        settled(connect.disassociateAnalyticsDataSetsAndWait(request, options))
      )
      assert.deepStrictEqual(
        verification.items.map(({ outcome, state, status }) => [outcome._tag, state, status]),
        [
          ["Unknown", "Disassociated", undefined],
          ["Succeeded", "Associated", "ACTIVE"],
          ["Invalid", "NotTaken", undefined]
        ]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("does not take for gone what is listed without its account", () => {
    const Results = [
      { DataSetId: "data_set_0", ResourceShareStatus: "ACTIVE" },
      { DataSetId: "data_set_1", TargetAccountId: otherAccount }
    ]
    const listed: Faults.Fault = { _tag: "Answer", output: { Results } }
    const { layer } = recorded({ faults: Faults.always(listed, "ListAnalyticsDataAssociations") })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const request = { ...target, dataSetIds: dataSets(2) }
      const { verification } = yield* Effect.flip(settled(connect.disassociateAnalyticsDataSetsAndWait(request)))
      assert.deepStrictEqual(
        verification.items.map(({ id, state, status }) => [id, state, status]),
        [
          ["data_set_0", "Associated", "ACTIVE"],
          ["data_set_1", "Disassociated", undefined]
        ]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("does not go on looking where it may not", () => {
    const noAccess: Faults.Fault = { _tag: "ServiceError", name: "AccessDeniedException", status: 403, message: "No" }
    const { calls, layer } = recorded({ faults: Faults.always(noAccess, "ListAnalyticsDataAssociations") })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const request = { ...target, dataSetIds: dataSets(1) }
      const { verification } = yield* Effect.flip(settled(connect.disassociateAnalyticsDataSetsAndWait(request)))
      assert.deepStrictEqual(verification.counts, { Unknown: 1 })
      assert.strictEqual(verification.lookError?._tag, "AccessDeniedException")
      assert.strictEqual(calls().length, 2)
    }).pipe(Effect.provide(layer))
  })
})

describe("lists", () => {
  it.effect("of associations are read page by page", () => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const connect = yield* Connect
      const listed = yield* settled(
        Stream.runCollect(connect.listAnalyticsDataAssociations({ InstanceId: instanceId, MaxResults: 40 }))
      )
      assert.deepStrictEqual<ReadonlyArray<unknown>>(
        listed.map(({ DataSetId }) => DataSetId),
        dataSets(100)
      )
      assert.strictEqual(calls().length, 3)
      const one = connect.listAnalyticsDataAssociations({ InstanceId: instanceId, DataSetId: "data_set_7" })
      const [found, ...more] = yield* settled(Stream.runCollect(one))
      assert.deepStrictEqual([found?.TargetAccountId, found?.ResourceShareStatus, more.length], [account, "ACTIVE", 0])
      assert.deepStrictEqual(calls()[3]?.input, {
        InstanceId: instanceId,
        DataSetId: "data_set_7",
        MaxResults: 1000
      })
    }).pipe(Effect.provide(layer))
  })

  it.effect("of instances, of data sets, of values and of workspaces are read to their ends", () => {
    const instances = Array.from({ length: 23 }, (_, i) => ({ ...instance, id: `inst-${i}` }))
    const { calls, layer } = recorded({ model: { instances } })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const counts = yield* settled(
        Effect.all([
          Stream.runCount(connect.listInstances()),
          Stream.runCount(connect.listAnalyticsDataLakeDataSets({ InstanceId: instanceId, MaxResults: 60 })),
          Stream.runCount(
            connect.listDataTableValues({
              InstanceId: instanceId,
              DataTableId: "table-1",
              PrimaryAttributeValues: [{ AttributeName: "customer", Values: ["old_1", "old_2"] }]
            })
          ),
          Stream.runCount(
            connect.searchWorkspaceAssociations({
              InstanceId: instanceId,
              SearchCriteria: {
                StringCondition: { FieldName: "resourceId", Value: "a6", ComparisonType: "STARTS_WITH" }
              }
            })
          )
        ])
      )
      assert.deepStrictEqual(counts, [23, 100, 2, 10])
      assert.deepStrictEqual(
        calls().map(({ operation }) => operation),
        [
          "ListInstances",
          "ListInstances",
          "ListInstances",
          "ListAnalyticsDataLakeDataSets",
          "ListAnalyticsDataLakeDataSets",
          "ListDataTableValues",
          "SearchWorkspaceAssociations"
        ]
      )
      const [first] = yield* settled(Stream.runCollect(Stream.take(connect.listInstances(), 1)))
      assert.deepStrictEqual(first?.CreatedTime, new Date("2024-01-01T00:00:00Z"))
    }).pipe(Effect.provide(layer))
  })

  it.effect("are sent again after a throttle and after a lost answer, and end instead of going round", () => {
    const again = recorded({ faults: Faults.script([{ _tag: "Throttle" }, { _tag: "ResetAfter" }]) })
    const round = recorded({ faults: Faults.always({ _tag: "SameToken" }) })
    return Effect.gen(function* () {
      const listed = Effect.gen(function* () {
        const connect = yield* Connect
        return yield* settled(
          Stream.runCount(connect.listAnalyticsDataAssociations({ InstanceId: instanceId, MaxResults: 60 }))
        )
      })
      assert.strictEqual(yield* Effect.provide(listed, again.layer), 100)
      assert.strictEqual(again.calls().length, 4)
      const error = yield* Effect.flip(Effect.provide(listed, round.layer))
      assert.strictEqual(error._tag, "RepeatedPageToken")
    })
  })

  it.effect("refuse what breaks a constraint, and name the member", () => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const connect = yield* Connect
      const refused: ReadonlyArray<
        readonly [string, Stream.Stream<unknown, { readonly _tag: string; readonly member?: string }>]
      > = [
        ["MaxResults", connect.listInstances({ MaxResults: 11 })],
        ["InstanceId", connect.listAnalyticsDataAssociations({ InstanceId: "" })],
        ["MaxResults", connect.listAnalyticsDataLakeDataSets({ InstanceId: instanceId, MaxResults: 1001 })],
        ["RecordIds[0]", connect.listDataTableValues({ InstanceId: "i", DataTableId: "t", RecordIds: [""] })],
        [
          "SearchCriteria.OrConditions[0].StringCondition.ComparisonType",
          connect.searchWorkspaceAssociations({
            InstanceId: "i",
            SearchCriteria: { OrConditions: [{ StringCondition: { ComparisonType: "LIKE" as "EXACT" } }] }
          })
        ]
      ]
      for (const [member, listed] of refused) {
        const error = yield* Effect.flip(Stream.runDrain(listed))
        assert.deepStrictEqual([error._tag, error.member], ["InvalidRequest", member])
      }
      assert.deepStrictEqual(calls(), [])
    }).pipe(Effect.provide(layer))
  })

  it.effect("fail with a tagged error on answers of the wrong types", () => {
    const { layer } = recorded({ faults: Faults.always({ _tag: "WrongTypes" }) })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const lists: ReadonlyArray<Stream.Stream<unknown, { readonly _tag: string }>> = [
        connect.listInstances(),
        connect.listAnalyticsDataAssociations({ InstanceId: instanceId }),
        connect.listAnalyticsDataLakeDataSets({ InstanceId: instanceId }),
        connect.listDataTableValues({ InstanceId: instanceId, DataTableId: "table-1" }),
        connect.searchWorkspaceAssociations({ InstanceId: instanceId })
      ]
      for (const listed of lists) {
        const error = yield* Effect.flip(settled(Stream.runDrain(listed)))
        assert.strictEqual(error._tag, "UndecodableResponse")
      }
    }).pipe(Effect.provide(layer))
  })
})

describe("files, flows and contacts", () => {
  it.effect("give what is known of a file", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const connect = yield* Connect
      const { report } = yield* Effect.flip(
        settled(
          connect.getAttachedFileMetadata({
            instanceId,
            associatedResourceArn: contactArn,
            fileIds: ["file_0", "file_999"]
          })
        )
      )
      const [found, none] = report.outcomes
      assert(found?._tag === "Succeeded" && none?._tag === "Failed" && none.error._tag === "AttachedFileError")
      assert.deepStrictEqual(
        [found.value.FileName, found.value.CreationTime, found.value.CreatedBy],
        ["file_0", "2024-01-01T00:00:00.000Z", { ConnectUserArn: arnOf("agent", ConnectState.uuid(0)) }]
      )
      assert.deepStrictEqual([none.error.fileId, none.error.code], ["file_999", "ResourceNotFoundException"])
      assert.strictEqual(found.target, contactArn)
    }).pipe(Effect.provide(layer))
  })

  it.effect("give all flows of a resource, and none for one that has none", () => {
    const address = "arn:aws:connect:us-east-1:123456789012:email-address/1"
    const [phone = ""] = phones(1)
    const flows = [
      { resourceId: phone, flowId: "calls", resourceType: "VOICE_PHONE_NUMBER" },
      { resourceId: address, flowId: "in", resourceType: "INBOUND_EMAIL" },
      { resourceId: address, flowId: "out", resourceType: "OUTBOUND_EMAIL" }
    ]
    const { calls, layer } = recorded({ seed: { flows } })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const request = { instanceId, resourceIds: [phone, "arn:none", address] }
      const names = (report: { readonly outcomes: ReadonlyArray<Outcome.Outcome<unknown, unknown, unknown>> }) =>
        report.outcomes.map(
          (outcome) =>
            outcome._tag === "Succeeded" &&
            (outcome.value as ReadonlyArray<{ readonly FlowId?: string }>).map(({ FlowId }) => FlowId)
        )
      assert.deepStrictEqual(names(yield* settled(connect.getFlowAssociations(request))), [
        ["calls"],
        [],
        ["in", "out"]
      ])
      const inbound = yield* settled(connect.getFlowAssociations({ ...request, resourceType: "INBOUND_EMAIL" }))
      assert.deepStrictEqual(names(inbound), [[], [], ["in"]])
      assert.strictEqual(calls()[1]?.input["ResourceType"], "INBOUND_EMAIL")
      const wrong = connect.getFlowAssociations({ instanceId, resourceIds: ["a"], resourceType: "FAX" as never })
      assert.deepStrictEqual(outcomesOf((yield* Effect.flip(wrong)).report), ["Invalid"])
    }).pipe(Effect.provide(layer))
  })

  it.effect("make contacts, and never send one twice that may be made", () => {
    const contact = (RequestIdentifier: string) => ({
      RequestIdentifier,
      CustomerEndpoint: { Type: "TELEPHONE_NUMBER" as const, Address: "+15550100" },
      QueueId: "q",
      Campaign: { CampaignId: "c" }
    })
    const { layer, model } = recorded({ faults: Faults.script([{ _tag: "CutOff" }]) })
    model.failItem("c", { code: "REQUEST_THROTTLED", message: "Slow down", times: 1 })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const policy = { maxItems: 1, concurrency: 1 }
      const contacts = [contact("a"), contact("b"), contact("c"), { ...contact(""), RequestIdentifier: "" }]
      const { report } = yield* Effect.flip(settled(connect.putContacts({ instanceId, contacts }, { policy })))
      assert.deepStrictEqual(outcomesOf(report), ["Unknown", "Accepted", "Accepted", "Invalid"])
      assert.deepStrictEqual(
        model.contacts(instanceId).map(({ requestIdentifier }) => requestIdentifier),
        ["a", "b", "c"]
      )
      const [, b, , unnamed] = report.outcomes
      assert.strictEqual(b?._tag === "Succeeded" && b.value, ConnectState.uuid(1))
      assert.strictEqual(
        unnamed?._tag === "Invalid" && unnamed.issue,
        `'RequestIdentifier' must be 1 to 80 characters, got ""`
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("refuse contacts that break a constraint", () => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const connect = yield* Connect
      const wrong = [
        { CustomerEndpoint: { Type: "FAX" as "VOIP" } },
        { CustomerEndpoint: { Address: "x".repeat(257) } },
        { Campaign: { CampaignId: "" } },
        { Attributes: { "": "x" } },
        { OutboundStrategy: { Type: "AGENT_FIRST" as const, Config: { AgentFirst: { Preview: {} as never } } } }
      ]
      const contacts = wrong.map((part, i) => ({ RequestIdentifier: `c${i}`, ...part }))
      const { report } = yield* Effect.flip(connect.putContacts({ instanceId, contacts }))
      assert.deepStrictEqual(
        report.outcomes.map((outcome) => outcome._tag === "Invalid" && /^'([^']*)'/.exec(outcome.issue)?.[1]),
        [
          "contact.CustomerEndpoint.Type",
          "contact.CustomerEndpoint.Address",
          "contact.Campaign.CampaignId",
          "contact.Attributes.",
          "contact.OutboundStrategy.Config.AgentFirst.Preview.PostAcceptTimeoutConfig"
        ]
      )
      assert.deepStrictEqual(calls(), [])
    }).pipe(Effect.provide(layer))
  })
})

describe("values of data tables", () => {
  const table = { instanceId, dataTableId: "table-1" }
  const seed: Partial<ConnectState.InstanceSeed> = {
    dataTables: [
      {
        id: "table-1",
        attributes: { customer: "TEXT", region: "TEXT", tier: "TEXT" },
        primary: ["customer", "region"],
        records: [
          { values: { tier: "basic" } },
          { primary: { customer: "1", region: "eu" }, values: { tier: "gold" } },
          { primary: { customer: "2", region: "eu" }, values: { tier: "silver" } }
        ]
      }
    ]
  }
  const pair = (AttributeName: string, Value: string) => ({ AttributeName, Value })
  const tier = (customer: string, region = "eu") => ({
    AttributeName: "tier",
    PrimaryValues: [pair("region", region), pair("customer", customer)]
  })

  it.effect("are the same in whatever order their primary values stand", () => {
    const { layer } = recorded({ seed })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const { report } = yield* Effect.flip(
        settled(
          connect.describeDataTableValues({
            ...table,
            values: [tier("1"), tier("2"), tier("3"), { AttributeName: "tier" }]
          })
        )
      )
      assert.deepStrictEqual(
        report.outcomes.map((outcome) => [
          outcome.id,
          outcome._tag === "Succeeded" ? outcome.value.Value : outcome._tag
        ]),
        [
          ['tier [["customer","1"],["region","eu"]]', "gold"],
          ['tier [["customer","2"],["region","eu"]]', "silver"],
          ['tier [["customer","3"],["region","eu"]]', "Failed"],
          ["tier", "basic"]
        ]
      )
      const [first] = report.outcomes
      assert(first?._tag === "Succeeded")
      assert.deepStrictEqual(first.value.LastModifiedTime, new Date("2024-01-01T00:00:00Z"))
    }).pipe(Effect.provide(layer))
  })

  it.effect("are deleted with the lock versions of the list, and known to be gone after a lost answer", () => {
    const { layer, model } = recorded({
      seed,
      faults: Faults.script([{ _tag: "ResetAfter" }], "BatchDeleteDataTableValue")
    })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const listed = yield* settled(
        Stream.runCollect(connect.listDataTableValues({ InstanceId: instanceId, DataTableId: "table-1" }))
      )
      const values = listed.map(({ AttributeName = "", LockVersion = {}, PrimaryValues }) => ({
        AttributeName,
        LockVersion,
        PrimaryValues: PrimaryValues.map((value) => pair(value.AttributeName ?? "", value.Value ?? ""))
      }))
      const report = yield* settled(connect.deleteDataTableValues({ ...table, values }))
      assert.deepStrictEqual(outcomesOf(report), ["InferredGone", "InferredGone", "InferredGone"])
      assert.deepStrictEqual(
        [...model.values(instanceId, "table-1")].map(({ value }) => value),
        [undefined, undefined, undefined]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("are left open, not called failed, when an update may have been applied", () => {
    const { calls, layer } = recorded({
      seed,
      faults: Faults.script([
        { _tag: "ServiceError", name: "InternalServiceException", status: 500, message: "Failed" }
      ])
    })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const values = [{ ...tier("1"), Value: "x", LockVersion: { Value: "1" } }]
      const { report } = yield* Effect.flip(settled(connect.updateDataTableValues({ ...table, values })))
      assert.deepStrictEqual(outcomesOf(report), ["Unknown"])
      assert.strictEqual(calls().length, 1)
    }).pipe(Effect.provide(layer))
  })

  it.effect("are told apart from one that spoils a call by an old lock version", () => {
    const { layer } = recorded({
      model: { instances: [{ ...instance, ...seed }], choices: { staleLockVersion: "call" } }
    })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const values = ["1", "2"].map((customer) => ({ ...tier(customer), LockVersion: { Value: customer } }))
      const { report } = yield* Effect.flip(settled(connect.deleteDataTableValues({ ...table, values })))
      assert.deepStrictEqual(outcomesOf(report), ["Confirmed", "Failed"])
      const [, stale] = report.outcomes
      assert.strictEqual(stale?._tag === "Failed" && stale.error._tag, "ConflictException")
    }).pipe(Effect.provide(layer))
  })

  it.effect("are refused when names or lock versions are missing", () => {
    const { calls, layer } = recorded({ seed })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const nameless = yield* Effect.flip(
        connect.batchCreateDataTableValue({
          InstanceId: instanceId,
          DataTableId: "table-1",
          Values: [{ AttributeName: "a[0]", Value: "x" }]
        })
      )
      assert(nameless._tag === "InvalidRequest")
      assert.strictEqual(nameless.member, "Values[0].AttributeName")
      const unlocked = connect.deleteDataTableValues({ ...table, values: [tier("1") as never] })
      const { report } = yield* Effect.flip(settled(unlocked))
      const [outcome] = report.outcomes
      assert.strictEqual(outcome?._tag === "Invalid" && outcome.issue, "'value.LockVersion': Missing key")
      assert.deepStrictEqual(calls(), [])
    }).pipe(Effect.provide(layer))
  })
})

describe("workspaces", () => {
  const workspace = { instanceId, workspaceId: "ws-1" }

  it.effect("know what a call did whose answer was lost", () => {
    const { layer } = recorded({ faults: Faults.script([{ _tag: "ResetAfter" }], "AssociateWorkspace") })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const joined = yield* settled(connect.associateWorkspaceResources({ ...workspace, resourceArns: agents(2) }))
      assert.deepStrictEqual(outcomesOf(joined), ["InferredGone", "InferredGone"])
      const left = yield* settled(connect.disassociateWorkspaceResources({ ...workspace, resourceArns: agents(2) }))
      assert.deepStrictEqual(outcomesOf(left), ["Confirmed", "Confirmed"])
      const again = yield* Effect.flip(
        settled(connect.disassociateWorkspaceResources({ ...workspace, resourceArns: agents(1) }))
      )
      const [outcome] = again.report.outcomes
      assert(outcome?._tag === "Failed" && outcome.error._tag === "WorkspaceResourceError")
      assert.strictEqual(outcome.error.code, "404")
    }).pipe(Effect.provide(layer))
  })
})

describe("quotas", () => {
  it.effect("all operations share 2 calls a second and bursts of 5", () => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const connect = yield* Connect
      const single = (DataSetId: string) =>
        connect.batchDisassociateAnalyticsDataSet({
          InstanceId: instanceId,
          TargetAccountId: account,
          DataSetIds: [DataSetId]
        })
      yield* settled(
        Effect.all(
          [
            ...dataSets(4).map(single),
            Stream.runDrain(connect.listInstances()),
            connect.disassociateAnalyticsDataSets({ ...target, dataSetIds: dataSets(1, 4) }),
            connect.disassociateAnalyticsDataSet({ ...target, dataSetId: "data_set_5" })
          ],
          { concurrency: "unbounded" }
        )
      )
      assert.deepStrictEqual(
        calls().map(({ second }) => Math.round(second * 10) / 10),
        [0, 0, 0, 0, 0, 0.5, 1]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("are never exceeded: a model that enforces the documented rate throttles nothing", () => {
    const { calls, layer } = recorded({ model: { instances: [instance], rates: ConnectModel.documentedRates } })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const policy = { maxItems: 5 }
      const report = yield* settled(
        connect.disassociateAnalyticsDataSets({ ...target, dataSetIds: dataSets(100) }, { policy })
      )
      assert.strictEqual(report.counts.Succeeded, 100)
      assert.strictEqual(calls().length, 20)
    }).pipe(Effect.provide(layer))
  })

  it.effect("are planned with", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const connect = yield* Connect
      const { calls } = yield* Bulk.plan(connect.disassociateAnalyticsDataSetsOperation, 1000)
      assert.strictEqual(calls, 40)
      const larger = yield* Bulk.plan(connect.disassociateAnalyticsDataSetsOperation, 1000, { maxItems: 100 })
      assert.strictEqual(larger.calls, 10)
    }).pipe(Effect.provide(layer))
  })

  it.effect("each test layer has its own", () => {
    const model = ConnectModel.make({ instances: [instance] })
    const used = Effect.gen(function* () {
      const connect = yield* Connect
      yield* Effect.replicateEffect(
        connect.batchGetFlowAssociation({ InstanceId: instanceId, ResourceIds: ["arn:1"] }),
        5
      )
    })
    // With a shared quota the second would wait for a clock that stands still.
    return Effect.andThen(
      Effect.provide(used, layerTest({ model })),
      Effect.provide(used, layerTest({ model }), { local: true })
    )
  })
})

describe("send", () => {
  it.effect("sends a command of the SDK as it stands, and gives its output", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const connect = yield* Connect
      const command = new BatchDisassociateAnalyticsDataSetCommand({
        InstanceId: instanceId,
        TargetAccountId: account,
        DataSetIds: ["data_set_0", "moon"]
      })
      const output = yield* connect.send(command)
      assert.deepStrictEqual(output.Deleted, ["data_set_0"])
      assert.strictEqual(output.Errors?.length, 1)
    }).pipe(Effect.provide(layer))
  })

  it.effect("fails with the documented exceptions of the command, and names the others", () => {
    const conflict: Faults.Fault = {
      _tag: "ServiceError",
      name: "ResourceConflictException",
      status: 409,
      message: "Busy"
    }
    const { layer } = recorded({ faults: Faults.always(conflict) })
    return Effect.gen(function* () {
      const connect = yield* Connect
      const documented = yield* Effect.flip(
        connect.send(
          new ActivateEvaluationFormCommand({ InstanceId: "i", EvaluationFormId: "f", EvaluationFormVersion: 1 })
        )
      )
      assert.strictEqual(documented._tag, "ResourceConflictException")
      const other = yield* Effect.flip(connect.send(new ListUsersCommand({ InstanceId: "i" })))
      assert(other._tag === "UnknownServiceError")
      assert.strictEqual(other.code, "ResourceConflictException")
    }).pipe(Effect.provide(layer))
  })
})
