import { DeleteFaqCommand, DescribeIndexCommand, ListIndicesCommand } from "@aws-sdk/client-kendra"
import { Faults } from "@effect-bulk/aws/testing"
import { Bulk, Outcome } from "@effect-bulk/core"
import { Kendra } from "@effect-bulk/kendra"
import { KendraModel, type KendraState, layerTest } from "@effect-bulk/kendra/testing"
import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect, Schedule, Stream } from "effect"
import { outcomesOf } from "./batches.ts"
import { documentIds, experienceId, indexId, recorded, seed, settled, uuids } from "./recorder.ts"

const missing = "never-was"
const other = "99999999-2222-4333-8444-555555555555"

const document = (Id: string, bytes = 5) => ({ Id, Blob: new Uint8Array(bytes), ContentType: "PLAIN_TEXT" as const })

describe("batchDeleteDocument", () => {
  const refused: ReadonlyArray<readonly [string, object, string, string]> = [
    ["an empty id", { DocumentIdList: ["a", ""] }, "DocumentIdList[1]", 'expected 1 to 2048 characters, got ""'],
    ["a long id", { DocumentIdList: ["é".repeat(2049)] }, "DocumentIdList[0]", "expected 1 to 2048 characters"],
    ["an id that is no text", { DocumentIdList: [7] }, "DocumentIdList[0]", "7"],
    ["a short index", { IndexId: "library" }, "IndexId", "expected 36 letters, digits and '-', the first no '-'"],
    ["no index", { IndexId: undefined }, "IndexId", "undefined"],
    [
      "a data source with a blank",
      { DataSourceSyncJobMetricTarget: { DataSourceId: "a b" } },
      "DataSourceSyncJobMetricTarget.DataSourceId",
      'got "a b"'
    ]
  ]
  it.effect.each(refused)("refuses %s before the wire, and names the member", ([, wrong, member, message]) => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const request = { IndexId: indexId, DocumentIdList: ["a"], ...wrong }
      const error = yield* Effect.flip(kendra.batchDeleteDocument(request))
      assert(error._tag === "InvalidRequest")
      assert.strictEqual(error.member, member)
      assert.include(error.message, `Kendra.BatchDeleteDocument was not sent: '${member}': `)
      assert.include(error.message, message)
      assert.deepStrictEqual(calls(), [])
    }).pipe(Effect.provide(layer))
  })

  it.effect("takes ids of any characters, up to 2048 of them", () => {
    const ids = ["a b/c?d#e", "日本語", "🧬".repeat(2048), "\n", "../..", "'\"\\"]
    const { calls, layer } = recorded({ index: { documents: ids.map((id) => ({ id })) } })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      yield* kendra.batchDeleteDocument({ IndexId: indexId, DocumentIdList: ids })
      assert.deepStrictEqual(calls()[0]?.input["DocumentIdList"], ids)
    }).pipe(Effect.provide(layer))
  })

  it.effect("says which documents do not exist", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const request = { IndexId: indexId, DocumentIdList: ["document-0", missing] }
      const error = yield* Effect.flip(kendra.batchDeleteDocument(request))
      assert(error._tag === "PartialFailure")
      assert.deepStrictEqual(
        error.errors.map(({ code, id, message }) => [id, code, message]),
        [[missing, "InvalidRequest", "Document can't be deleted because it doesn't exist."]]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("does not send again what may have been applied", () => {
    const { calls, layer } = recorded({ faults: Faults.always({ _tag: "ResetAfter" }) })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const request = { IndexId: indexId, DocumentIdList: documentIds(1) }
      const error = yield* Effect.flip(settled(kendra.batchDeleteDocument(request)))
      assert.strictEqual(error._tag, "NetworkError")
      assert.strictEqual(calls().length, 1)
    }).pipe(Effect.provide(layer))
  })

  it.effect("keeps request id, status and cause of a documented exception", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const request = { IndexId: other, DocumentIdList: documentIds(1) }
      const error = yield* Effect.flip(kendra.batchDeleteDocument(request))
      assert(error._tag === "ResourceNotFoundException")
      assert.strictEqual(error.status, 400)
      assert.isString(error.requestId)
      assert.instanceOf(error.cause, Error)
    }).pipe(Effect.provide(layer))
  })
})

describe("deleteDocuments", () => {
  it.effect("takes an iterable and a stream, and nothing", () => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const none = yield* kendra.deleteDocuments({ indexId, ids: [] })
      assert.strictEqual(none.outcomes.length, 0)
      assert.deepStrictEqual(calls(), [])
      const iterable = yield* settled(kendra.deleteDocuments({ indexId, ids: new Set(documentIds(15)) }))
      assert.strictEqual(iterable.counts.Succeeded, 15)
      const ids = Stream.fromIterable(documentIds(15, 20))
      const streamed = yield* settled(kendra.deleteDocuments({ indexId, ids }))
      assert.strictEqual(streamed.counts.Succeeded, 15)
      const source = Stream.concat(Stream.fromIterable(documentIds(2, 40)), Stream.fail("no more"))
      const error = yield* Effect.flip(settled(kendra.deleteDocuments({ indexId, ids: source })))
      assert.strictEqual(error.report.source._tag, "Failed")
      assert.strictEqual(error.report.outcomes.length, 2)
    }).pipe(Effect.provide(layer))
  })

  it.effect("sends a duplicate once, and each position gets its outcome", () => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const report = yield* settled(
        kendra.deleteDocuments({ indexId, ids: ["document-1", "document-0", "document-1"] })
      )
      assert.deepStrictEqual(outcomesOf(report), ["Accepted", "Accepted", "Accepted"])
      assert.deepStrictEqual(calls()[0]?.input["DocumentIdList"], ["document-1", "document-0"])
    }).pipe(Effect.provide(layer))
  })

  it.effect("is a Failed for what does not exist at the first try, unless the policy says that gone is fine", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const error = yield* Effect.flip(settled(kendra.deleteDocuments({ indexId, ids: [missing] })))
      assert.deepStrictEqual(outcomesOf(error.report), ["Failed"])
      const policy = { goneIsSuccess: true }
      const report = yield* settled(kendra.deleteDocuments({ indexId, ids: [missing] }, { policy }))
      assert.deepStrictEqual(outcomesOf(report), ["Confirmed"])
    }).pipe(Effect.provide(layer))
  })

  it.effect("infers that a document is gone when an earlier try may have deleted it", () => {
    const { layer } = recorded({
      model: { choices: { again: "missing" } },
      faults: Faults.script([{ _tag: "ResetAfter" }])
    })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const report = yield* settled(kendra.deleteDocuments({ indexId, ids: ["document-0"] }))
      assert.deepStrictEqual(outcomesOf(report), ["InferredGone"])
    }).pipe(Effect.provide(layer))
  })

  it.effect("sends calls that meet a conflict again", () => {
    const conflict: Faults.Fault = { _tag: "ServiceError", name: "ConflictException", status: 400, message: "Busy" }
    const { calls, layer } = recorded({ faults: Faults.script([conflict]) })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const report = yield* settled(kendra.deleteDocuments({ indexId, ids: documentIds(3) }))
      assert.deepStrictEqual(outcomesOf(report), ["Accepted", "Accepted", "Accepted"])
      assert.deepStrictEqual(
        report.outcomes[0]?.history.map(({ applied, word }) => [word, applied]),
        [
          ["Transient", "no"],
          ["Succeeded", "yes"]
        ]
      )
      assert.strictEqual(calls().length, 2)
    }).pipe(Effect.provide(layer))
  })

  it.effect("names the sync job whose metrics count the documents", () => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const metricTarget = { dataSourceId: "custom-1", syncJobId: "job-1" }
      yield* settled(kendra.deleteDocuments({ indexId, ids: documentIds(2), metricTarget }))
      yield* settled(
        kendra.deleteDocuments({ indexId, ids: documentIds(1, 2), metricTarget: { dataSourceId: "custom-1" } })
      )
      assert.deepStrictEqual(
        calls().map(({ input }) => input["DataSourceSyncJobMetricTarget"]),
        [{ DataSourceId: "custom-1", DataSourceSyncJobId: "job-1" }, { DataSourceId: "custom-1" }]
      )
      const [job] = yield* settled(
        Stream.runCollect(kendra.listDataSourceSyncJobs({ IndexId: indexId, Id: "custom-1" }))
      )
      assert.strictEqual(job?.Metrics?.DocumentsDeleted, "3")
    }).pipe(Effect.provide(layer))
  })

  it.effect("fails every document of a sync job that was stopped", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      yield* kendra.stopDataSourceSyncJob({ IndexId: indexId, Id: "custom-1" })
      const metricTarget = { dataSourceId: "custom-1", syncJobId: "job-1" }
      const error = yield* Effect.flip(settled(kendra.deleteDocuments({ indexId, ids: documentIds(2), metricTarget })))
      assert.deepStrictEqual(outcomesOf(error.report), ["Failed", "Failed"])
    }).pipe(Effect.provide(layer))
  })

  it.effect("deletes from several indices, and for several sync jobs, in calls of their own", () => {
    const model = KendraModel.make({ indices: [seed, { ...seed, id: other }] })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const items = [
        { indexId, id: "document-0" },
        { indexId: other, id: "document-0" },
        { indexId, id: "document-1" },
        { indexId, id: "document-2", metricTarget: { dataSourceId: "custom-1" } },
        { indexId, id: "document-3", metricTarget: { dataSourceId: "custom-1" } },
        { indexId: "library", id: "document-1" },
        { indexId, id: "document-4", metricTarget: { dataSourceId: "" } }
      ]
      const report = yield* settled(Bulk.run(kendra.deleteDocumentsOperation, items))
      assert.deepStrictEqual(outcomesOf(report), [...Array.from({ length: 5 }, () => "Accepted"), "Invalid", "Invalid"])
      assert.deepStrictEqual(
        report.outcomes.map(({ history, target }) => [target, history[0]?.call]),
        [
          [indexId, 1],
          [other, 2],
          [indexId, 1],
          [indexId, 3],
          [indexId, 3],
          ["library", undefined],
          [indexId, undefined]
        ]
      )
      const issues = report.outcomes.flatMap((outcome) => (outcome._tag === "Invalid" ? [outcome.issue] : []))
      assert.strictEqual(issues[0], `'indexId' must be 36 letters, digits and '-', the first no '-', got "library"`)
      assert.include(issues[1], "'metricTarget.dataSourceId': expected 1 to 100 letters")
    }).pipe(Effect.provide(layerTest({ model })))
  })

  it.effect("goes on at a lower rate when the service throttles", () => {
    const { calls, layer } = recorded({ model: { rates: { BatchDeleteDocument: { perSecond: 2, burst: 2 } } } })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const report = yield* settled(kendra.deleteDocuments({ indexId, ids: documentIds(120) }))
      assert.strictEqual(report.counts.Succeeded, 120)
      assert.isAtLeast(calls().at(-1)?.second ?? 0, 4)
    }).pipe(Effect.provide(layer))
  })
})

describe("deleteDocumentsAndWait", () => {
  const processing = (seconds: number, choices: Partial<KendraModel.Choices> = {}) => ({
    model: { choices: { processingMillis: seconds * 1000, ...choices } }
  })

  it.effect("waits until every document is gone, and asks for 10 a call, only for those that are left", () => {
    const { calls, layer, model } = recorded(processing(0, { processingLooks: 2 }))
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const verification = yield* settled(kendra.deleteDocumentsAndWait({ indexId, ids: documentIds(25) }))
      assert.deepStrictEqual(verification.counts, { Gone: 25 })
      assert.strictEqual(verification.looks, 3)
      assert.deepStrictEqual(
        calls()
          .filter(({ operation }) => operation === "BatchGetDocumentStatus")
          .map(({ input }) => (input["DocumentInfoList"] as ReadonlyArray<unknown>).length),
        [10, 10, 5, 10, 10, 5, 10, 10, 5]
      )
      assert.isTrue(documentIds(25).every((id) => model.document(indexId, id)?.status === "NOT_FOUND"))
    }).pipe(Effect.provide(layer))
  })

  it.effect("is content when the first look finds nothing", () => {
    const { layer } = recorded(processing(0, { processingLooks: 0, missing: "accepted" }))
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const verification = yield* settled(kendra.deleteDocumentsAndWait({ indexId, ids: ["document-0", missing] }))
      assert.deepStrictEqual(verification.counts, { Gone: 2 })
      assert.strictEqual(verification.looks, 1)
      assert.deepStrictEqual(
        verification.items.map(({ status }) => status),
        ["NOT_FOUND", "NOT_FOUND"]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("waits for hours, with looks of its own schedule", () => {
    const { calls, layer } = recorded(processing(5400))
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const schedule = Schedule.spaced("10 minutes")
      const verification = yield* kendra
        .deleteDocumentsAndWait({ indexId, ids: documentIds(1) }, { schedule })
        .pipe(settledFast)
      assert.deepStrictEqual(verification.counts, { Gone: 1 })
      const looks = calls().filter(({ operation }) => operation === "BatchGetDocumentStatus")
      assert.deepStrictEqual(
        looks.map(({ second }) => Math.floor(second / 60)),
        [0, 10, 20, 30, 40, 50, 60, 70, 80, 90]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("tells at the deadline which are gone, still there, unknown, and not taken", () => {
    const { layer } = recorded({
      model: { choices: { undeletable: ["document-1"] } },
      // One document is in neither list of any answer.
      faults: {
        next: (operation) =>
          operation === "BatchGetDocumentStatus"
            ? {
                _tag: "Answer",
                output: {
                  DocumentStatusList: [
                    { DocumentId: "document-0", DocumentStatus: "NOT_FOUND" },
                    { DocumentId: "document-1", DocumentStatus: "INDEXED" }
                  ],
                  Errors: [{ DocumentId: "document-3", ErrorCode: "InvalidRequest", ErrorMessage: "No" }]
                }
              }
            : undefined
      }
    })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const ids = [...documentIds(4), missing, ""]
      const error = yield* Effect.flip(
        settled(kendra.deleteDocumentsAndWait({ indexId, ids }, { deadline: "20 seconds" }))
      )
      assert.strictEqual(error._tag, "NotVerified")
      assert.deepStrictEqual(
        error.verification.items.map(({ id, state, status }) => [id, state, status]),
        [
          ["document-0", "Gone", "NOT_FOUND"],
          ["document-1", "StillThere", "INDEXED"],
          ["document-2", "Unknown", undefined],
          ["document-3", "Unknown", undefined],
          [missing, "NotTaken", undefined],
          ["", "NotTaken", undefined]
        ]
      )
      assert.strictEqual(
        error.message,
        "Kendra.BatchDeleteDocument: 1 of 6 items are Gone (1 Gone, 1 StillThere, 2 Unknown, 2 NotTaken)"
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("finds a document whose deletion was lost, also when its status never changed", () => {
    const { layer } = recorded(processing(0, { undeletable: ["document-1"], deleting: "unchanged" }))
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const error = yield* Effect.flip(
        settled(kendra.deleteDocumentsAndWait({ indexId, ids: documentIds(2) }, { deadline: "1 minute" }))
      )
      assert.deepStrictEqual(
        error.verification.items.map(({ state, status }) => [state, status]),
        [
          ["Gone", "NOT_FOUND"],
          ["StillThere", "INDEXED"]
        ]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("finds out what became of a call whose answer was lost", () => {
    const { layer } = recorded({ faults: Faults.script([{ _tag: "ResetAfter" }], "BatchDeleteDocument") })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const verification = yield* settled(
        kendra.deleteDocumentsAndWait({ indexId, ids: documentIds(2) }, { policy: { maxAttempts: 1 } })
      )
      assert.deepStrictEqual(outcomesOf(verification.report), ["Unknown", "Unknown"])
      assert.deepStrictEqual(verification.counts, { Gone: 2 })
    }).pipe(Effect.provide(layer))
  })

  it.effect("looks again after a look that failed", () => {
    const down: Faults.Fault = { _tag: "Html", status: 503 }
    const { layer } = recorded({ faults: Faults.script([down, down, down], "BatchGetDocumentStatus") })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const verification = yield* settled(kendra.deleteDocumentsAndWait({ indexId, ids: documentIds(2) }))
      assert.deepStrictEqual(verification.counts, { Gone: 2 })
      assert.isAtLeast(verification.looks, 3)
      assert.isFalse("lookError" in verification)
    }).pipe(Effect.provide(layer))
  })

  it.effect("does not look any more once it is stopped", () => {
    const { layer } = recorded(processing(3600))
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const stop = Effect.sleep("10 seconds")
      const error = yield* Effect.flip(
        settled(kendra.deleteDocumentsAndWait({ indexId, ids: documentIds(2) }, { stop }))
      )
      assert.deepStrictEqual(error.verification.counts, { StillThere: 2 })
      assert.strictEqual(error.verification.looks, 4)
    }).pipe(Effect.provide(layer))
  })

  it.effect("calls unknown what it may not look at, and does not go on asking", () => {
    const denied: Faults.Fault = { _tag: "ServiceError", name: "AccessDeniedException", status: 400, message: "No" }
    const { calls, layer } = recorded({ faults: Faults.always(denied, "BatchGetDocumentStatus") })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const error = yield* Effect.flip(settled(kendra.deleteDocumentsAndWait({ indexId, ids: documentIds(1) })))
      assert.deepStrictEqual(error.verification.counts, { Unknown: 1 })
      assert.strictEqual(error.verification.lookError?._tag, "AccessDeniedException")
      assert.strictEqual(calls().length, 2)
    }).pipe(Effect.provide(layer))
  })
})

describe("putDocuments", () => {
  it.effect("keeps the inline contents of a call below 5 MB together", () => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const documents = Array.from({ length: 7 }, (_, i) => document(`new-${i}`, 2_000_000))
      const report = yield* settled(kendra.putDocuments({ indexId, documents }))
      assert.strictEqual(report.counts.Succeeded, 7)
      assert.deepStrictEqual(
        calls().map(({ input }) => (input["Documents"] as ReadonlyArray<unknown>).length),
        [2, 2, 2, 1]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("refuses a document that is larger than a call may be, and puts the largest possible", () => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const documents = [document("large", 5_000_001), document("full", 5_000_000), document("small")]
      const error = yield* Effect.flip(settled(kendra.putDocuments({ indexId, documents })))
      assert.deepStrictEqual(outcomesOf(error.report), ["Invalid", "Accepted", "Accepted"])
      assert.strictEqual(calls().length, 2)
    }).pipe(Effect.provide(layer))
  })

  it.effect("puts files of Amazon S3, with role and enrichment, in calls of their own", () => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const roleArn = "arn:aws:iam::123456789012:role/kendra"
      const enrichment = { InlineConfigurations: [{ DocumentContentDeletion: true }], RoleArn: roleArn }
      const file = { Id: "file", S3Path: { Bucket: "my-bucket", Key: "a/b.pdf" } }
      const report = yield* settled(
        Bulk.run(kendra.putDocumentsOperation, [
          { indexId, document: file, roleArn },
          { indexId, document: document("inline") },
          { indexId, document: document("enriched"), enrichment },
          { indexId, document: { ...file, Id: "file-2" }, roleArn }
        ])
      )
      assert.strictEqual(report.counts.Succeeded, 4)
      assert.deepStrictEqual(
        calls().map(({ input }) => input),
        [
          { IndexId: indexId, Documents: [file, { ...file, Id: "file-2" }], RoleArn: roleArn },
          { IndexId: indexId, Documents: [document("inline")] },
          { IndexId: indexId, Documents: [document("enriched")], CustomDocumentEnrichmentConfiguration: enrichment }
        ]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("refuses documents that break a constraint, one by one", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const error = yield* Effect.flip(
        settled(
          kendra.putDocuments({
            indexId,
            documents: [
              document("good"),
              { Id: "", Blob: new Uint8Array(1) },
              { ...document("a"), ContentType: "DOC" as "PDF" },
              { ...document("b"), Attributes: [{ Key: "a b", Value: {} }] },
              { Id: "c", S3Path: { Bucket: "X", Key: "k" } }
            ]
          })
        )
      )
      assert.deepStrictEqual(
        error.report.outcomes.map((outcome) => (outcome._tag === "Invalid" ? outcome.issue : outcome._tag)).slice(0, 2),
        ["Succeeded", `'document.Id': expected 1 to 2048 characters, got ""`]
      )
      const members = error.report.outcomes.map((outcome) =>
        outcome._tag === "Invalid" ? /^'([^']+)'/.exec(outcome.issue)?.[1] : undefined
      )
      assert.deepStrictEqual(members, [
        undefined,
        "document.Id",
        "document.ContentType",
        "document.Attributes[0].Key",
        "document.S3Path.Bucket"
      ])
    }).pipe(Effect.provide(layer))
  })

  it.effect("fails documents beyond the capacity of the index one by one, or the call", () => {
    const { layer } = recorded({ index: { maxDocuments: 121, maxBytes: 100 } })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const one = yield* Effect.flip(
        settled(kendra.putDocuments({ indexId, documents: [document("new-1"), document("new-2")] }))
      )
      assert.deepStrictEqual(outcomesOf(one.report), ["Accepted", "Failed"])
      const all = yield* Effect.flip(settled(kendra.putDocuments({ indexId, documents: [document("new-1", 200)] })))
      const [outcome] = all.report.outcomes
      assert(outcome?._tag === "Failed")
      assert.deepStrictEqual([outcome.error._tag, outcome.scope], ["ServiceQuotaExceededException", "call"])
    }).pipe(Effect.provide(layer))
  })

  it.effect("sends a document again after a lost answer, with the caller's own contents", () => {
    const { calls, layer } = recorded({ faults: Faults.script([{ _tag: "ResetAfter" }]) })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const report = yield* settled(kendra.putDocuments({ indexId, documents: [document("new")] }))
      assert.deepStrictEqual(outcomesOf(report), ["Accepted"])
      assert.deepStrictEqual(
        calls().map(({ input }) => input["Documents"]),
        [[document("new")], [document("new")]]
      )
    }).pipe(Effect.provide(layer))
  })
})

describe("putDocumentsAndWait", () => {
  it.effect("waits until every document is indexed", () => {
    const { layer } = recorded({ model: { choices: { processingMillis: 20_000 } } })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const documents = [document("new"), document("document-0")]
      const verification = yield* settled(kendra.putDocumentsAndWait({ indexId, documents }))
      assert.deepStrictEqual(verification.counts, { Indexed: 2 })
      assert.deepStrictEqual(
        verification.items.map(({ status }) => status),
        ["INDEXED", "UPDATED"]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("does not wait for documents that cannot be indexed, and says where the others stand", () => {
    const { calls, layer } = recorded({ model: { choices: { unindexable: ["bad", "document-0"] } } })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const documents = [document("bad"), document("document-0"), document("good"), document("")]
      const error = yield* Effect.flip(settled(kendra.putDocumentsAndWait({ indexId, documents })))
      assert.deepStrictEqual(
        error.verification.items.map(({ state, status }) => [state, status]),
        [
          ["NotIndexed", "FAILED"],
          ["NotIndexed", "UPDATE_FAILED"],
          ["Indexed", "INDEXED"],
          ["NotTaken", undefined]
        ]
      )
      assert.strictEqual(calls().length, 3)
    }).pipe(Effect.provide(layer))
  })

  it.effect("tells at the deadline what is processed, missing, or of a status that nobody knows", () => {
    const statuses = { p: "PROCESSING", m: "NOT_FOUND", f: "FROZEN" }
    const { layer } = recorded({
      faults: Faults.always(
        {
          _tag: "Answer",
          output: {
            DocumentStatusList: Object.entries(statuses).map(([DocumentId, DocumentStatus]) => ({
              DocumentId,
              DocumentStatus
            }))
          }
        },
        "BatchGetDocumentStatus"
      )
    })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const documents = Object.keys(statuses).map((id) => document(id))
      const error = yield* Effect.flip(
        settled(kendra.putDocumentsAndWait({ indexId, documents }, { deadline: "5 seconds" }))
      )
      assert.deepStrictEqual(
        error.verification.items.map(({ state }) => state),
        ["Processing", "Missing", "Unknown"]
      )
    }).pipe(Effect.provide(layer))
  })
})

describe("getDocumentStatuses", () => {
  const statusesOf = (report: {
    readonly outcomes: ReadonlyArray<
      Outcome.Outcome<unknown, { readonly DocumentStatus?: string | undefined }, unknown>
    >
  }) => report.outcomes.map((outcome) => (Outcome.isSucceeded(outcome) ? outcome.value.DocumentStatus : outcome._tag))

  it.effect("gives the status of each document, also of those that are not there", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const report = yield* settled(kendra.getDocumentStatuses({ indexId, ids: ["document-0", missing] }))
      assert.deepStrictEqual(statusesOf(report), ["INDEXED", "NOT_FOUND"])
      assert.deepStrictEqual<object>(yield* settled(kendra.getDocumentStatus({ indexId, id: missing })), {
        DocumentId: missing,
        DocumentStatus: "NOT_FOUND"
      })
    }).pipe(Effect.provide(layer))
  })

  it.effect("asks again for documents that an answer leaves out", () => {
    const output = { DocumentStatusList: [{ DocumentId: "document-1", DocumentStatus: "INDEXED" }] }
    const { calls, layer } = recorded({ faults: Faults.script([{ _tag: "Answer", output }]) })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const report = yield* settled(kendra.getDocumentStatuses({ indexId, ids: documentIds(3) }))
      assert.deepStrictEqual(statusesOf(report), ["INDEXED", "INDEXED", "INDEXED"])
      assert.deepStrictEqual(
        calls().map(({ input }) => input["DocumentInfoList"]),
        [
          documentIds(3).map((DocumentId) => ({ DocumentId })),
          [{ DocumentId: "document-0" }, { DocumentId: "document-2" }]
        ]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("fails with PartialFailure when a single call says nothing of some document", () => {
    const { layer } = recorded({ faults: Faults.always({ _tag: "Answer", output: {} }) })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const request = { IndexId: indexId, DocumentInfoList: [{ DocumentId: "document-0" }] }
      const error = yield* Effect.flip(kendra.batchGetDocumentStatus(request))
      assert(error._tag === "PartialFailure")
      assert.deepStrictEqual(error.unanswered, ["document-0"])
    }).pipe(Effect.provide(layer))
  })

  it.effect("asks for one version of a document", () => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const attributes = [
        { Key: "datasourceId", Value: { StringValue: "custom-1" } },
        { Key: "jobExecutionId", Value: { StringValue: "job-1" } }
      ]
      yield* settled(kendra.getDocumentStatus({ indexId, id: "document-0", attributes }))
      assert.deepStrictEqual(calls()[0]?.input["DocumentInfoList"], [
        { DocumentId: "document-0", Attributes: attributes }
      ])
      const wrong = kendra.getDocumentStatus({ indexId, id: "a", attributes: [{ Key: "", Value: {} }] })
      const error = yield* Effect.flip(settled(wrong))
      assert.include(error.message, "'attributes[0].Key'")
    }).pipe(Effect.provide(layer))
  })
})

describe("deleteFeaturedResultsSets", () => {
  it.effect("takes no answer without the list of errors, which is always there, for a success", () => {
    const { layer } = recorded({ faults: Faults.always({ _tag: "Empty" }) })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const error = yield* Effect.flip(settled(kendra.deleteFeaturedResultsSets({ indexId, ids: uuids(1) })))
      const [outcome] = error.report.outcomes
      assert(outcome?._tag === "Unknown")
      assert.strictEqual(outcome.error._tag, "UndecodableResponse")
    }).pipe(Effect.provide(layer))
  })
})

describe("entities of an experience", () => {
  const experience = { indexId, experienceId }
  const user = (entityId: string) => ({ entityId, entityType: "USER" as const })
  const [known = "", second = ""] = uuids(2)
  const [stranger = ""] = uuids(1, 500)

  it.effect("are associated, given personas, listed and disassociated", () => {
    const { layer, model } = recorded({ index: { experiences: [{ id: experienceId }] } })
    const ids = uuids(60)
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      yield* settled(kendra.associateEntities({ ...experience, entities: ids.map(user) }))
      const personas = ids.map((entityId) => ({ entityId, persona: "OWNER" as const }))
      yield* settled(kendra.associatePersonas({ ...experience, personas }))
      assert.deepStrictEqual(
        model.entities(indexId, experienceId),
        ids.map((id) => ({ id, persona: "OWNER" }))
      )
      const listed = yield* settled(
        Stream.runCollect(kendra.listExperienceEntities({ IndexId: indexId, Id: experienceId }))
      )
      assert.deepStrictEqual(
        listed.map(({ EntityId }) => String(EntityId)),
        ids
      )
      yield* settled(kendra.disassociatePersonas({ ...experience, entityIds: ids.slice(0, 30) }))
      yield* settled(kendra.disassociateEntities({ ...experience, entities: ids.slice(30).map(user) }))
      assert.deepStrictEqual(
        model.entities(indexId, experienceId),
        ids.slice(0, 30).map((id) => ({ id, persona: undefined }))
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("do not believe the silence of a full list of failures", () => {
    const { layer, model } = recorded()
    const ids = uuids(40)
    for (const id of ids.slice(0, 30)) model.failItem(id, { code: "", message: "Not now" })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const EntityList = ids.map((EntityId) => ({ EntityId, EntityType: "USER" as const }))
      const request = { IndexId: indexId, Id: experienceId, EntityList }
      const error = yield* Effect.flip(kendra.disassociateEntitiesFromExperience(request))
      assert(error._tag === "PartialFailure")
      // 30 failed, 25 are listed: of the other 15 nobody knows.
      assert.strictEqual(error.errors.length, 25)
      assert.deepStrictEqual(error.unanswered, ids.slice(25))
      const report = yield* settled(
        Bulk.run(
          kendra.disassociateEntitiesOperation,
          ids.map((id) => ({ ...experience, ...user(id) }))
        )
      )
      // In bulk, a call holds 25. The last ten were disassociated by the first call.
      assert.deepStrictEqual(
        outcomesOf(report),
        Array.from({ length: 40 }, () => "Failed")
      )
      assert.strictEqual(report.contradicted, 0)
    }).pipe(Effect.provide(layer))
  })

  it.effect("are found associated by a run whose first answer was lost", () => {
    const { layer } = recorded({
      model: { choices: { associated: "error" } },
      faults: Faults.script([{ _tag: "CutOff" }])
    })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const report = yield* settled(kendra.associateEntities({ ...experience, entities: [user(stranger)] }))
      assert.deepStrictEqual(outcomesOf(report), ["InferredGone"])
      const error = yield* Effect.flip(settled(kendra.associateEntities({ ...experience, entities: [user(known)] })))
      assert.deepStrictEqual(outcomesOf(error.report), ["Failed"])
    }).pipe(Effect.provide(layer))
  })

  it.effect("that exist already are found in a call that AWS refuses as a whole", () => {
    const { layer } = recorded({ model: { choices: { associated: "exception" } } })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const entities = [stranger, known, ...uuids(2, 600)].map(user)
      const error = yield* Effect.flip(settled(kendra.associateEntities({ ...experience, entities })))
      assert.deepStrictEqual(outcomesOf(error.report), ["Confirmed", "Failed", "Confirmed", "Confirmed"])
      const [, outcome] = error.report.outcomes
      assert(outcome?._tag === "Failed")
      assert.deepStrictEqual([outcome.error._tag, outcome.scope], ["ResourceAlreadyExistException", "item"])
    }).pipe(Effect.provide(layer))
  })

  it.effect("that are not there are gone: a Failed, or fine by the policy", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const entities = [user(stranger), user(second)]
      const policy = { goneIsSuccess: true }
      const report = yield* settled(kendra.disassociateEntities({ ...experience, entities }, { policy }))
      assert.deepStrictEqual(outcomesOf(report), ["Confirmed", "Confirmed"])
      const error = yield* Effect.flip(settled(kendra.disassociateEntities({ ...experience, entities })))
      assert.deepStrictEqual(outcomesOf(error.report), ["Failed", "Failed"])
    }).pipe(Effect.provide(layer))
  })

  it.effect("are refused with a malformed id, type or persona", () => {
    const { calls, layer } = recorded()
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const report = yield* Bulk.run(kendra.associateEntitiesOperation, [
        { ...experience, ...user("somebody") },
        { ...experience, entityId: known, entityType: "ROLE" as "USER" },
        { indexId, experienceId: "", ...user(known) }
      ])
      assert.deepStrictEqual(
        report.outcomes.map((outcome) => outcome._tag === "Invalid" && /^'(\w+)'/.exec(outcome.issue)?.[1]),
        ["entityId", "entityType", "experienceId"]
      )
      assert.strictEqual(report.outcomes[0]?.target, `${indexId}/${experienceId}`)
      const persona = { ...experience, entityId: known, persona: "READER" as "VIEWER" }
      const error = yield* Effect.flip(settled(kendra.associatePersona(persona)))
      assert.strictEqual(error.outcome._tag, "Invalid")
      assert.deepStrictEqual(calls(), [])
    }).pipe(Effect.provide(layer))
  })
})

describe("lists", () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => i)
  const jobs = many(25).map((i) => ({
    id: `job-${i}`,
    status: i % 5 === 0 ? ("FAILED" as const) : ("SUCCEEDED" as const),
    startTime: new Date(Date.UTC(2026, 0, 1 + i))
  }))
  const index: Partial<KendraState.IndexSeed> = {
    featuredResultsSets: 230,
    experiences: [{ id: experienceId, entities: 230 }],
    dataSources: many(230).map((i) => ({ id: `source-${i}`, ...(i === 0 && { jobs }) }))
  }
  const inExperience = { IndexId: indexId, Id: experienceId }

  const lists: ReadonlyArray<
    readonly [string, (kendra: Kendra["Service"]) => Stream.Stream<unknown, { readonly _tag: string }>, number, number]
  > = [
    ["ListDataSources", (kendra) => kendra.listDataSources({ IndexId: indexId }), 230, 3],
    ["ListFeaturedResultsSets", (kendra) => kendra.listFeaturedResultsSets({ IndexId: indexId }), 230, 3],
    ["ListExperienceEntities", (kendra) => kendra.listExperienceEntities(inExperience), 230, 3],
    ["ListDataSourceSyncJobs", (kendra) => kendra.listDataSourceSyncJobs({ IndexId: indexId, Id: "source-0" }), 25, 3],
    ["ListIndices", (kendra) => kendra.listIndices(), 1, 1],
    ["ListIndices", (kendra) => kendra.listIndices({ MaxResults: 5 }), 1, 1]
  ]
  it.effect.each(lists)("%s reads page after page, each when it is needed", ([operation, list, items, pages]) => {
    const { calls, layer } = recorded({ index })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const all = yield* settled(Stream.runCollect(list(kendra)))
      assert.strictEqual(all.length, items)
      assert.deepStrictEqual(
        calls().map(({ operation }) => operation),
        many(pages).map(() => operation)
      )
      yield* settled(Stream.runCollect(Stream.take(list(kendra), 1)))
      assert.strictEqual(calls().length, pages + 1)
    }).pipe(Effect.provide(layer))
  })

  it.effect.each(lists.slice(0, 4))("%s ends with RepeatedPageToken instead of never", ([operation, list]) => {
    const { layer } = recorded({ index, faults: Faults.always({ _tag: "SameToken" }) })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const error = yield* Effect.flip(settled(Stream.runDrain(list(kendra))))
      assert(error._tag === "RepeatedPageToken" && "operation" in error)
      assert.strictEqual(error.operation, `Kendra.${operation}`)
    }).pipe(Effect.provide(layer))
  })

  const wrong: ReadonlyArray<readonly [string, Faults.Fault]> = [
    ["of the wrong types", { _tag: "WrongTypes" }],
    ["no JSON", { _tag: "Malformed" }],
    ["with nulls in its lists", { _tag: "Nulls" }]
  ]
  it.effect.each(
    lists
      .slice(0, 5)
      .flatMap(([operation, list]) => wrong.map(([what, fault]) => [operation, what, list, fault] as const))
  )("%s fails with UndecodableResponse on an answer that is %s", ([, , list, fault]) => {
    const { layer } = recorded({ index, faults: Faults.always(fault) })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const error = yield* Effect.flip(settled(Stream.runDrain(list(kendra))))
      assert.strictEqual(error._tag, "UndecodableResponse")
    }).pipe(Effect.provide(layer))
  })

  it.effect("of sync jobs are filtered by status and start", () => {
    const { calls, layer } = recorded({ index })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const StartTimeFilter = { StartTime: new Date(Date.UTC(2026, 0, 6)), EndTime: new Date(Date.UTC(2026, 0, 11)) }
      const request = { IndexId: indexId, Id: "source-0", StatusFilter: "FAILED" as const, StartTimeFilter }
      const some = yield* settled(Stream.runCollect(kendra.listDataSourceSyncJobs(request)))
      assert.deepStrictEqual(
        some.map(({ ExecutionId }) => String(ExecutionId)),
        ["job-10", "job-5"]
      )
      assert.deepStrictEqual(calls()[0]?.input, { ...request, MaxResults: 10 })
    }).pipe(Effect.provide(layer))
  })

  it.effect("are refused with a page size that no list of that kind has", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const listed = kendra.listDataSourceSyncJobs({ IndexId: indexId, Id: "custom-1", MaxResults: 11 })
      const error = yield* Effect.flip(Stream.runDrain(listed))
      assert(error._tag === "InvalidRequest")
      assert.strictEqual(error.member, "MaxResults")
    }).pipe(Effect.provide(layer))
  })
})

describe("describeIndex", () => {
  it.effect("tells what AWS tells of an index", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const index = yield* settled(kendra.describeIndex({ Id: indexId }))
      assert.deepStrictEqual([index.Name, index.Status], ["library", "ACTIVE"])
      assert.strictEqual(index.IndexStatistics?.TextDocumentStatistics.IndexedTextDocumentsCount, 120)
      const error = yield* Effect.flip(settled(kendra.describeIndex({ Id: other })))
      assert.strictEqual(error._tag, "ResourceNotFoundException")
    }).pipe(Effect.provide(layer))
  })

  it.effect.each([
    ["of the wrong types", { _tag: "WrongTypes" }],
    ["no JSON", { _tag: "Malformed" }]
  ] satisfies ReadonlyArray<readonly [string, Faults.Fault]>)(
    "fails with UndecodableResponse on an answer that is %s",
    ([, fault]) => {
      const { layer } = recorded({ faults: Faults.always(fault) })
      return Effect.gen(function* () {
        const kendra = yield* Kendra
        const error = yield* Effect.flip(settled(kendra.describeIndex({ Id: indexId })))
        assert.strictEqual(error._tag, "UndecodableResponse")
      }).pipe(Effect.provide(layer))
    }
  )
})

describe("sync jobs", () => {
  const source = { IndexId: indexId, Id: "custom-2" }

  it.effect("are started and stopped, one at a time", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const { ExecutionId } = yield* kendra.startDataSourceSyncJob(source)
      const error = yield* Effect.flip(settled(kendra.startDataSourceSyncJob(source)))
      assert.strictEqual(error._tag, "ResourceInUseException")
      const statuses = () =>
        settled(Stream.runCollect(kendra.listDataSourceSyncJobs(source))).pipe(
          Effect.map((jobs) => jobs.map(({ ExecutionId, Status }) => [ExecutionId, Status]))
        )
      assert.deepStrictEqual(yield* statuses(), [
        [ExecutionId, "SYNCING"],
        ["job-0", "SUCCEEDED"]
      ])
      yield* settled(kendra.stopDataSourceSyncJob(source))
      assert.deepStrictEqual((yield* statuses())[0], [ExecutionId, "STOPPING"])
      assert.deepStrictEqual((yield* statuses())[0], [ExecutionId, "ABORTED"])
    }).pipe(Effect.provide(layer))
  })

  it.effect("are not started twice when the answer was lost, and stopped again", () => {
    const { calls, layer } = recorded({
      faults: {
        next: (_operation, call) => (call === 0 ? { _tag: "ResetAfter" } : undefined)
      }
    })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const error = yield* Effect.flip(settled(kendra.startDataSourceSyncJob(source)))
      assert.strictEqual(error._tag, "NetworkError")
      yield* settled(kendra.stopDataSourceSyncJob(source))
      assert.deepStrictEqual(
        calls().map(({ operation }) => operation),
        ["StartDataSourceSyncJob", "StopDataSourceSyncJob", "StopDataSourceSyncJob"]
      )
    }).pipe(Effect.provide(layer))
  })
})

describe("quotas", () => {
  it.effect("let calls of one operation wait for each other, and not for those of another", () => {
    const { calls, layer } = recorded({})
    const policy = { rate: { count: 1, per: "1 second" } } as const
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      yield* settled(
        Effect.all(
          [
            kendra.deleteDocuments({ indexId, ids: documentIds(10) }, { policy }),
            kendra.deleteDocuments({ indexId, ids: documentIds(10, 10) }, { policy }),
            kendra.getDocumentStatuses({ indexId, ids: documentIds(10) }, { policy })
          ],
          { concurrency: "unbounded" }
        )
      )
      const starts = (name: string) => calls().filter(({ operation }) => operation === name)
      assert.deepStrictEqual(
        [...starts("BatchDeleteDocument"), ...starts("BatchGetDocumentStatus")].map(({ second }) => Math.floor(second)),
        [0, 1, 0]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect("of several test layers are their own", () => {
    const model = KendraModel.make({ indices: [seed], rates: { BatchDeleteDocument: { perSecond: 1000 } } })
    const deleted = (ids: ReadonlyArray<string>) =>
      Effect.gen(function* () {
        const kendra = yield* Kendra
        return yield* settled(kendra.deleteDocuments({ indexId, ids }, { policy: { concurrency: 1 } }))
      }).pipe(Effect.provide(layerTest({ model })), Effect.timed)
    return Effect.gen(function* () {
      const [first] = yield* deleted(documentIds(10))
      const [second] = yield* deleted(documentIds(10, 10))
      assert.deepStrictEqual(Duration.toMillis(second), Duration.toMillis(first))
    })
  })
})

describe("send", () => {
  it.effect("sends a command of the SDK and gives its output", () => {
    const { layer } = recorded()
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const output = yield* kendra.send(new DescribeIndexCommand({ Id: indexId }))
      assert.strictEqual(output.Status, "ACTIVE")
    }).pipe(Effect.provide(layer))
  })

  it.effect("fails with the documented exceptions of the command, and names the others", () => {
    const conflict: Faults.Fault = { _tag: "ServiceError", name: "ConflictException", status: 400, message: "Busy" }
    const { layer } = recorded({ faults: Faults.always(conflict) })
    return Effect.gen(function* () {
      const kendra = yield* Kendra
      const documented = yield* Effect.flip(kendra.send(new DeleteFaqCommand({ IndexId: indexId, Id: "faq-1" })))
      assert.strictEqual(documented._tag, "ConflictException")
      const undocumented = yield* Effect.flip(kendra.send(new ListIndicesCommand({})))
      assert(undocumented._tag === "UnknownServiceError")
      assert.strictEqual(undocumented.code, "ConflictException")
    }).pipe(Effect.provide(layer))
  })
})

/** As `settled`, in steps of ten seconds. */
const settledFast = <A, E, R>(effect: Effect.Effect<A, E, R>) => settled(effect, "10 seconds")
