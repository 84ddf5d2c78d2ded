import { type Faults, type ServiceModel } from "@effect-bulk/aws/testing"
import { KendraModel, KendraState } from "@effect-bulk/kendra/testing"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { documentIds, experienceId, indexId, seed, uuids } from "./recorder.ts"

const missing = "Document can't be deleted because it doesn't exist."

const output = (answer: ServiceModel.ModelAnswer): Record<string, unknown> => {
  if (answer._tag === "Error") assert.fail(`${answer.name}: ${answer.message}`)
  return answer.output
}

const failure = (answer: ServiceModel.ModelAnswer): ReadonlyArray<unknown> => {
  if (answer._tag === "Output") assert.fail(JSON.stringify(answer.output))
  return [answer.name, answer.status, answer.message]
}

const driver = (options: KendraModel.Options = {}) => {
  const model = KendraModel.make({ indices: [seed], ...options })
  const send = (operation: string, input: Record<string, unknown>, fault?: Faults.ItemFault) =>
    model.handle(operation, { IndexId: indexId, ...input }, fault)
  return {
    model,
    send,
    remove: (ids: ReadonlyArray<unknown>, fault?: Faults.ItemFault) =>
      send("BatchDeleteDocument", { DocumentIdList: ids }, fault),
    put: (ids: ReadonlyArray<string>) =>
      send("BatchPutDocument", { Documents: ids.map((Id) => ({ Id, Blob: new Uint8Array(1) })) }),
    statuses: (ids: ReadonlyArray<string>) =>
      Effect.map(
        send("BatchGetDocumentStatus", { DocumentInfoList: ids.map((DocumentId) => ({ DocumentId })) }),
        (answer) =>
          (output(answer)["DocumentStatusList"] as ReadonlyArray<{ readonly DocumentStatus: string }>).map(
            ({ DocumentStatus }) => DocumentStatus
          )
      )
  }
}

const failed = (id: string, message: string, code = "InvalidRequest") => ({
  Id: id,
  ErrorCode: code,
  ErrorMessage: message
})

describe("BatchDeleteDocument", () => {
  it.effect("deletes what is there and names what is not", () =>
    Effect.gen(function* () {
      const { model, remove } = driver()
      assert.deepStrictEqual(output(yield* remove(["document-0"])), { FailedDocuments: [] })
      assert.deepStrictEqual(output(yield* remove(["document-1", "never-was"])), {
        FailedDocuments: [failed("never-was", missing)]
      })
      assert.deepStrictEqual(model.document(indexId, "document-0"), {
        id: "document-0",
        status: "PROCESSING",
        named: 1,
        put: 0,
        deleted: 1
      })
      assert.strictEqual(model.document(indexId, "document-2")?.status, "INDEXED")
    })
  )

  it.effect("is over once it was looked at", () =>
    Effect.gen(function* () {
      const { remove, statuses } = driver({ choices: { processingLooks: 2 } })
      yield* remove(["document-0"])
      const looked = () => statuses(["document-0", "document-1"])
      assert.deepStrictEqual(yield* looked(), ["PROCESSING", "INDEXED"])
      assert.deepStrictEqual(yield* looked(), ["PROCESSING", "INDEXED"])
      assert.deepStrictEqual(yield* looked(), ["NOT_FOUND", "INDEXED"])
    })
  )

  it.effect("takes the time that it is given, and may not show in the status", () =>
    Effect.gen(function* () {
      const { remove, statuses } = driver({
        choices: { processingMillis: 60_000, processingLooks: 0, deleting: "unchanged" }
      })
      yield* remove(["document-0"])
      yield* TestClock.adjust("59 seconds")
      assert.deepStrictEqual(yield* statuses(["document-0"]), ["INDEXED"])
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(yield* statuses(["document-0"]), ["NOT_FOUND"])
    })
  )

  it.effect("is lost where the choices say so", () =>
    Effect.gen(function* () {
      const { remove, statuses } = driver({ choices: { undeletable: ["document-0"], processingLooks: 0 } })
      assert.deepStrictEqual(output(yield* remove(["document-0"])), { FailedDocuments: [] })
      assert.deepStrictEqual(yield* statuses(["document-0"]), ["INDEXED"])
    })
  )

  it.effect("does as the choices say with what is not there, what is being deleted, and duplicates", () =>
    Effect.gen(function* () {
      const strict = driver({ choices: { again: "missing", duplicates: "error" } })
      yield* strict.remove(["document-0"])
      assert.deepStrictEqual(output(yield* strict.remove(["document-0", "document-1", "document-1"])), {
        FailedDocuments: [
          failed("document-0", missing),
          failed("document-1", "The id occurs more than once in the request.")
        ]
      })
      const mild = driver({ choices: { missing: "accepted", fullSuccess: "absent" } })
      assert.deepStrictEqual(output(yield* mild.remove(["never-was", "document-0", "document-0"])), {})
      assert.deepStrictEqual(output(yield* mild.remove(["document-0"])), {})
      assert.strictEqual(mild.model.document(indexId, "document-0")?.deleted, 2)
    })
  )

  it.effect("leaves documents that a connector brought", () =>
    Effect.gen(function* () {
      const { remove } = driver({
        indices: [{ ...seed, documents: [{ id: "a", connector: "s3-1" }] }]
      })
      assert.deepStrictEqual(output(yield* remove(["a"])), {
        FailedDocuments: [failed("a", "Document can't be deleted because data source s3-1 added it.")]
      })
    })
  )

  it.effect("counts in the metrics of a sync job, and fails for one that was stopped", () =>
    Effect.gen(function* () {
      const { send } = driver()
      const target = { DataSourceId: "custom-1", DataSourceSyncJobId: "job-1" }
      const remove = (ids: ReadonlyArray<string>, DataSourceSyncJobMetricTarget: object) =>
        send("BatchDeleteDocument", { DocumentIdList: ids, DataSourceSyncJobMetricTarget })
      const deleted = () =>
        Effect.map(send("ListDataSourceSyncJobs", { Id: "custom-1" }), (answer) => {
          const [job] = output(answer)["History"] as ReadonlyArray<{
            readonly Status: string
            readonly Metrics: { readonly DocumentsDeleted: string }
          }>
          return [job?.Status, job?.Metrics.DocumentsDeleted]
        })
      yield* remove(["document-0", "document-1"], target)
      yield* remove(["document-1", "document-2"], { DataSourceId: "custom-1" })
      assert.deepStrictEqual(yield* deleted(), ["SYNCING", "3"])
      yield* send("StopDataSourceSyncJob", { Id: "custom-1" })
      assert.deepStrictEqual(output(yield* remove(["document-3", "document-4"], target)), {
        FailedDocuments: [
          failed("document-3", "The sync job job-1 is STOPPING."),
          failed("document-4", "The sync job job-1 is STOPPING.")
        ]
      })
      // Without a job that runs there are no metrics, and the documents are deleted.
      assert.deepStrictEqual(output(yield* remove(["document-3"], { DataSourceId: "custom-1" })), {
        FailedDocuments: []
      })
      assert.deepStrictEqual(
        [
          yield* remove(["document-3"], { DataSourceId: "nobody" }),
          yield* remove(["document-3"], { ...target, DataSourceSyncJobId: "job-9" })
        ].map(failure),
        [
          ["ResourceNotFoundException", 400, "The data source nobody does not exist."],
          ["ResourceNotFoundException", 400, "The sync job job-9 does not exist."]
        ]
      )
    })
  )

  it.effect("refuses a whole call that breaks a constraint, and deletes nothing", () =>
    Effect.gen(function* () {
      const { model, remove, send } = driver()
      const refused = [
        yield* remove([]),
        yield* remove(documentIds(11)),
        yield* remove(["document-0", ""]),
        yield* remove(["document-0", "é".repeat(2049)]),
        yield* remove(["document-0", 7]),
        yield* send("BatchDeleteDocument", {}),
        yield* send("BatchDeleteDocument", { IndexId: "short", DocumentIdList: ["a"] }),
        yield* send("BatchRenameDocument", {})
      ]
      assert.deepStrictEqual(
        refused.map((answer) => failure(answer).slice(0, 2)),
        [
          ["ValidationException", 400],
          ["ValidationException", 400],
          ["ValidationException", 400],
          ["ValidationException", 400],
          ["SerializationException", 400],
          ["ValidationException", 400],
          ["ValidationException", 400],
          ["UnknownOperationException", 400]
        ]
      )
      assert.isTrue([...model.documents(indexId)].every(({ deleted, named }) => deleted === 0 && named === 0))
    })
  )

  it.effect("knows indices that are not there, and those that cannot be used", () =>
    Effect.gen(function* () {
      const { send } = driver({ indices: [{ ...seed, status: "CREATING" }] })
      assert.deepStrictEqual(
        [
          yield* send("BatchDeleteDocument", { IndexId: KendraState.uuid(9), DocumentIdList: ["a"] }),
          yield* send("BatchDeleteDocument", { DocumentIdList: ["a"] })
        ].map(failure),
        [
          ["ResourceNotFoundException", 400, `The index ${KendraState.uuid(9)} does not exist.`],
          ["ConflictException", 400, "The index must be ACTIVE, got CREATING"]
        ]
      )
    })
  )

  it.effect("fails the items that a fault or a script names, and leaves them as they are", () =>
    Effect.gen(function* () {
      const { model, remove } = driver()
      const fault: Faults.ItemFault = { _tag: "ItemFault", code: "InternalError", message: "Oops", ids: ["document-1"] }
      model.failItem("document-2", { code: "InvalidRequest", message: "Not now", times: 1 })
      const all = documentIds(3)
      assert.deepStrictEqual(output(yield* remove(all, fault)), {
        FailedDocuments: [failed("document-1", "Oops", "InternalError"), failed("document-2", "Not now")]
      })
      assert.deepStrictEqual(
        all.map((id) => model.document(indexId, id)?.deleted),
        [1, 0, 0]
      )
      assert.deepStrictEqual(output(yield* remove(["document-2"])), { FailedDocuments: [] })
    })
  )

  it.effect("is throttled above its rate, and no other operation is", () =>
    Effect.gen(function* () {
      const { remove, statuses } = driver({ rates: { BatchDeleteDocument: { perSecond: 1 } } })
      yield* remove(["document-0"])
      assert.deepStrictEqual(failure(yield* remove(["document-1"])), ["ThrottlingException", 400, "Rate exceeded"])
      assert.deepStrictEqual(yield* statuses(["document-1"]), ["INDEXED"])
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(output(yield* remove(["document-1"])), { FailedDocuments: [] })
    })
  )
})

describe("BatchPutDocument", () => {
  it.effect("indexes new documents and updates others, later", () =>
    Effect.gen(function* () {
      const { put, remove, statuses } = driver({ choices: { unindexable: ["bad", "document-1"] } })
      const ids = ["new", "bad", "document-0", "document-1"]
      yield* put(ids)
      assert.deepStrictEqual(yield* statuses(ids), ["PROCESSING", "PROCESSING", "PROCESSING", "PROCESSING"])
      assert.deepStrictEqual(yield* statuses(ids), ["INDEXED", "FAILED", "UPDATED", "UPDATE_FAILED"])
      yield* remove(["new"])
      yield* statuses(["new"])
      assert.deepStrictEqual(yield* statuses(["new"]), ["NOT_FOUND"])
      yield* put(["new"])
      yield* statuses(["new"])
      assert.deepStrictEqual(yield* statuses(["new"]), ["INDEXED"])
    })
  )

  it.effect("refuses more inline contents than a call may have, and documents without contents", () =>
    Effect.gen(function* () {
      const { send } = driver({ choices: { inlineBytes: 10 } })
      const put = (...Documents: ReadonlyArray<object>) => send("BatchPutDocument", { Documents })
      const blob = (Id: string, bytes: number) => ({ Id, Blob: new Uint8Array(bytes) })
      assert.deepStrictEqual(failure(yield* put(blob("a", 6), blob("b", 5))), [
        "ValidationException",
        400,
        "Invalid Documents: expected at most 10 bytes of inline contents, got 11"
      ])
      assert.deepStrictEqual(output(yield* put(blob("a", 6), blob("b", 4), { Id: "c" })), {
        FailedDocuments: [failed("c", "A document must have either Blob or S3Path.")]
      })
    })
  )

  it.effect("fails when the capacity of the index is used up", () =>
    Effect.gen(function* () {
      const { put, send } = driver({ indices: [{ ...seed, documents: 1, maxDocuments: 2, maxBytes: 5 }] })
      assert.deepStrictEqual(output(yield* put(["document-0", "a", "b"])), {
        FailedDocuments: [failed("b", "The index can hold no more documents.")]
      })
      const Documents = [{ Id: "a", Blob: new Uint8Array(3) }]
      assert.strictEqual(failure(yield* send("BatchPutDocument", { Documents }))[0], "ServiceQuotaExceededException")
    })
  )
})

describe("other batches", () => {
  it.effect("delete sets of featured results", () =>
    Effect.gen(function* () {
      const { model, send } = driver()
      const remove = (FeaturedResultsSetIds: ReadonlyArray<string>) =>
        send("BatchDeleteFeaturedResultsSet", { FeaturedResultsSetIds })
      assert.deepStrictEqual(output(yield* remove(uuids(50))), { Errors: [] })
      const [first = ""] = uuids(1)
      assert.deepStrictEqual(output(yield* remove([first])), {
        Errors: [failed(first, `The set of featured results ${first} does not exist.`)]
      })
      assert.deepStrictEqual(model.featuredResultsSets(indexId), uuids(70, 51))
    })
  )

  it.effect("keep the list of failed entities within its documented length", () =>
    Effect.gen(function* () {
      const { send } = driver()
      const EntityList = uuids(40, 700).map((EntityId) => ({ EntityId, EntityType: "USER" }))
      const answer = output(yield* send("DisassociateEntitiesFromExperience", { Id: experienceId, EntityList }))
      assert.strictEqual((answer["FailedEntityList"] as ReadonlyArray<unknown>).length, 25)
    })
  )

  it.effect("associate, with the answers that the choices say", () =>
    Effect.gen(function* () {
      const [known = ""] = uuids(1)
      const [stranger = ""] = uuids(1, 700)
      const associate = (choices: Partial<KendraModel.Choices>) =>
        driver({ choices }).send("AssociateEntitiesToExperience", {
          Id: experienceId,
          EntityList: [known, stranger].map((EntityId) => ({ EntityId, EntityType: "USER" }))
        })
      assert.deepStrictEqual(output(yield* associate({})), { FailedEntityList: [] })
      assert.deepStrictEqual(output(yield* associate({ associated: "error" })), {
        FailedEntityList: [{ EntityId: known, ErrorMessage: "The entity is already associated." }]
      })
      assert.strictEqual(failure(yield* associate({ associated: "exception" }))[0], "ResourceAlreadyExistException")
    })
  )

  it.effect("give personas to those who have access only", () =>
    Effect.gen(function* () {
      const { model, send } = driver()
      const [known = ""] = uuids(1)
      const [stranger = ""] = uuids(1, 700)
      const Personas = [known, stranger].map((EntityId) => ({ EntityId, Persona: "OWNER" }))
      assert.deepStrictEqual(output(yield* send("AssociatePersonasToEntities", { Id: experienceId, Personas })), {
        FailedEntityList: [{ EntityId: stranger, ErrorMessage: "The entity has no access to the experience." }]
      })
      assert.deepStrictEqual(model.entities(indexId, experienceId)[0], { id: known, persona: "OWNER" })
      yield* send("DisassociatePersonasFromEntities", { Id: experienceId, EntityIds: [known] })
      assert.deepStrictEqual(model.entities(indexId, experienceId)[0], { id: known, persona: undefined })
    })
  )
})

describe("lists", () => {
  it.effect("do not skip what comes after something that is deleted between two pages", () =>
    Effect.gen(function* () {
      const { send } = driver()
      const list = (NextToken?: unknown) =>
        Effect.map(
          send("ListFeaturedResultsSets", { MaxResults: 60, ...(NextToken !== undefined && { NextToken }) }),
          output
        )
      const ids = (page: Record<string, unknown>) =>
        (page["FeaturedResultsSetSummaryItems"] as ReadonlyArray<{ readonly FeaturedResultsSetId: string }>).map(
          ({ FeaturedResultsSetId }) => FeaturedResultsSetId
        )
      const first = yield* list()
      assert.deepStrictEqual(ids(first), uuids(60))
      yield* send("BatchDeleteFeaturedResultsSet", { FeaturedResultsSetIds: uuids(40) })
      const second = yield* list(first["NextToken"])
      assert.deepStrictEqual(ids(second), uuids(60, 61))
      assert.isUndefined(second["NextToken"])
    })
  )

  it.effect("take only tokens of their own", () =>
    Effect.gen(function* () {
      const { send } = driver({ choices: { entitiesPage: 10 } })
      const page = output(yield* send("ListExperienceEntities", { Id: experienceId }))
      assert.strictEqual((page["SummaryItems"] as ReadonlyArray<unknown>).length, 10)
      const { NextToken } = page
      assert.strictEqual(failure(yield* send("ListFeaturedResultsSets", { NextToken }))[0], "ValidationException")
      assert.strictEqual(failure(yield* send("ListDataSources", { NextToken: "x" }))[0], "ValidationException")
    })
  )
})

describe("sync jobs", () => {
  it.effect("run one at a time, until they are stopped or their time is up", () =>
    Effect.gen(function* () {
      const { send } = driver({ choices: { syncMillis: 60_000 } })
      const source = { Id: "custom-2" }
      const statuses = () =>
        Effect.map(send("ListDataSourceSyncJobs", source), (answer) =>
          (output(answer)["History"] as ReadonlyArray<{ readonly Status: string }>).map(({ Status }) => Status)
        )
      yield* send("StartDataSourceSyncJob", source)
      assert.strictEqual(failure(yield* send("StartDataSourceSyncJob", source))[0], "ResourceInUseException")
      assert.deepStrictEqual(yield* statuses(), ["SYNCING", "SUCCEEDED"])
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual(yield* statuses(), ["SUCCEEDED", "SUCCEEDED"])
      yield* send("StartDataSourceSyncJob", source)
      assert.deepStrictEqual(output(yield* send("StopDataSourceSyncJob", source)), {})
      assert.deepStrictEqual(yield* statuses(), ["STOPPING", "SUCCEEDED", "SUCCEEDED"])
      assert.deepStrictEqual(yield* statuses(), ["ABORTED", "SUCCEEDED", "SUCCEEDED"])
    })
  )
})

describe("state", () => {
  it("tells all that the model holds", () => {
    const { model } = driver({ indices: [{ ...seed, documents: 2, featuredResultsSets: 1, dataSources: [] }] })
    const counts = new Map<unknown, number>()
    for (const thing of model.state?.() ?? []) {
      const type: unknown = Reflect.get(thing, "type")
      counts.set(type, (counts.get(type) ?? 0) + 1)
    }
    assert.deepStrictEqual(
      [...counts],
      [
        ["document", 2],
        ["featuredResultsSet", 1],
        ["entity", 60]
      ]
    )
  })
})
