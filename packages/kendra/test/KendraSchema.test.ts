import { KendraDocument, KendraId, KendraSchema } from "@effect-bulk/kendra"
import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"

const passes = (schema: Schema.Codec<unknown, unknown>) => {
  const decode = Schema.decodeUnknownResult(schema)
  return (value: unknown) => Result.isSuccess(decode(value))
}

/** Which good values a schema refuses, and which bad ones it takes. */
const misjudged = (
  schema: Schema.Codec<unknown, unknown>,
  good: ReadonlyArray<unknown>,
  bad: ReadonlyArray<unknown>
) => {
  const accepts = passes(schema)
  return [...good.filter((value) => !accepts(value)), ...bad.filter(accepts)]
}

const uuid = "01234567-89ab-cdef-0123-456789abcdef"
const indexId = "0".repeat(36)

describe("ids", () => {
  it.each([
    [
      "IndexId",
      KendraId.IndexId,
      [indexId, uuid, "A-".repeat(18)],
      ["", uuid.slice(1), `${uuid}0`, `-${uuid.slice(1)}`]
    ],
    ["DocumentId", KendraId.DocumentId, ["x", "\n", "é".repeat(2048), "🧬".repeat(2048)], ["", "x".repeat(2049), 7]],
    ["DataSourceId", KendraId.DataSourceId, ["a", "A_-9", "a".repeat(100)], ["", "_a", "-a", "a b", "a".repeat(101)]],
    ["SyncJobId", KendraId.SyncJobId, [uuid], [""]],
    ["FeaturedResultsSetId", KendraId.FeaturedResultsSetId, [uuid, "-".repeat(36)], ["", `${uuid}0`, "_".repeat(36)]],
    ["ExperienceId", KendraId.ExperienceId, ["e", uuid], ["", "-e", `${uuid}0`]],
    [
      "EntityId",
      KendraId.EntityId,
      [uuid, uuid.toUpperCase(), `0123456789-${uuid}`],
      ["", "user", `ABCDEF0123-${uuid}`, `012-${uuid}`, `${uuid} `]
    ]
  ] as const)("%s has the documented form", (_name, schema, good, bad) => {
    assert.deepStrictEqual(misjudged(schema, good, bad), [])
  })
})

describe("documents", () => {
  it("have the documented forms", () => {
    const good = [
      { Id: "a" },
      { Id: "a", Title: "", Blob: new Uint8Array(3), ContentType: "MD", AccessControlConfigurationId: "c-1" },
      { Id: "a", S3Path: { Bucket: "my.bucket-1", Key: "a b/c" } },
      {
        Id: "a",
        Attributes: [
          { Key: "_created_at", Value: { DateValue: new Date(0) } },
          { Key: "n", Value: { LongValue: -7 } },
          { Key: "l", Value: { StringListValue: ["x"] } }
        ]
      },
      { Id: "a", AccessControlList: [{ Name: "ann", Type: "USER", Access: "ALLOW", DataSourceId: "d" }] },
      { Id: "a", HierarchicalAccessControlList: Array.from({ length: 30 }, () => ({ PrincipalList: [] })) }
    ]
    const bad = [
      {},
      { Id: "a", Blob: "aGVsbG8=" },
      { Id: "a", ContentType: "DOC" },
      { Id: "a", S3Path: { Bucket: "no", Key: "k" } },
      { Id: "a", S3Path: { Bucket: "-my-bucket", Key: "k" } },
      { Id: "a", S3Path: { Bucket: "my-bucket", Key: "" } },
      { Id: "a", S3Path: { Bucket: "my-bucket", Key: "k".repeat(1025) } },
      { Id: "a", Attributes: [{ Key: "a b", Value: {} }] },
      { Id: "a", Attributes: [{ Key: "a", Value: { StringValue: "" } }] },
      { Id: "a", Attributes: [{ Key: "a", Value: { LongValue: 1.5 } }] },
      { Id: "a", Attributes: [{ Key: "a", Value: { DateValue: new Date(Number.NaN) } }] },
      { Id: "a", AccessControlList: [{ Name: "a\u0000", Type: "USER", Access: "ALLOW" }] },
      { Id: "a", AccessControlList: [{ Name: "ann", Type: "ROLE", Access: "ALLOW" }] },
      { Id: "a", HierarchicalAccessControlList: [] },
      { Id: "a", HierarchicalAccessControlList: Array.from({ length: 31 }, () => ({ PrincipalList: [] })) },
      { Id: "a", AccessControlConfigurationId: "c_1" }
    ]
    assert.deepStrictEqual(misjudged(KendraDocument.Document, good, bad), [])
  })

  it("are enriched as documented", () => {
    const hook = { LambdaArn: "arn:aws:lambda:us-east-1:123456789012:function:f", S3Bucket: "my-bucket" }
    const condition = { ConditionDocumentAttributeKey: "a", Operator: "Exists" }
    const good = [
      {},
      { InlineConfigurations: [], RoleArn: "arn:aws:iam::123456789012:role/kendra" },
      { InlineConfigurations: [{ Condition: condition, Target: { TargetDocumentAttributeKey: "b" } }] },
      { PreExtractionHookConfiguration: { ...hook, InvocationCondition: condition } },
      { PostExtractionHookConfiguration: { ...hook, LambdaArn: hook.LambdaArn.replace("east", "gov-west") } }
    ]
    const bad = [
      { RoleArn: "role" },
      { RoleArn: `arn:aws:iam::1:${"r".repeat(1284)}` },
      { InlineConfigurations: Array.from({ length: 101 }, () => ({})) },
      { InlineConfigurations: [{ Condition: { ...condition, Operator: "Is" } }] },
      { PreExtractionHookConfiguration: { ...hook, LambdaArn: "f" } },
      { PreExtractionHookConfiguration: { LambdaArn: hook.LambdaArn } }
    ]
    assert.deepStrictEqual(misjudged(KendraDocument.CustomDocumentEnrichmentConfiguration, good, bad), [])
  })
})

describe("requests", () => {
  const entity = { EntityId: uuid, EntityType: "GROUP" }
  const experience = { Id: "e", IndexId: indexId }
  const sized: ReadonlyArray<readonly [string, Schema.Codec<unknown, unknown>, (n: number) => unknown, number]> = [
    [
      "BatchDeleteDocument",
      KendraSchema.BatchDeleteDocumentRequest,
      (n) => ({ IndexId: indexId, DocumentIdList: Array.from({ length: n }, () => "a") }),
      10
    ],
    [
      "BatchPutDocument",
      KendraSchema.BatchPutDocumentRequest,
      (n) => ({ IndexId: indexId, Documents: Array.from({ length: n }, () => ({ Id: "a" })) }),
      10
    ],
    [
      "BatchGetDocumentStatus",
      KendraSchema.BatchGetDocumentStatusRequest,
      (n) => ({ IndexId: indexId, DocumentInfoList: Array.from({ length: n }, () => ({ DocumentId: "a" })) }),
      10
    ],
    [
      "BatchDeleteFeaturedResultsSet",
      KendraSchema.BatchDeleteFeaturedResultsSetRequest,
      (n) => ({ IndexId: indexId, FeaturedResultsSetIds: Array.from({ length: n }, () => uuid) }),
      50
    ],
    [
      "AssociateEntitiesToExperience",
      KendraSchema.AssociateEntitiesToExperienceRequest,
      (n) => ({ ...experience, EntityList: Array.from({ length: n }, () => entity) }),
      20
    ],
    [
      "DisassociateEntitiesFromExperience",
      KendraSchema.DisassociateEntitiesFromExperienceRequest,
      (n) => ({ ...experience, EntityList: Array.from({ length: n }, () => entity) }),
      40
    ],
    [
      "AssociatePersonasToEntities",
      KendraSchema.AssociatePersonasToEntitiesRequest,
      (n) => ({ ...experience, Personas: Array.from({ length: n }, () => ({ EntityId: uuid, Persona: "VIEWER" })) }),
      25
    ],
    [
      "DisassociatePersonasFromEntities",
      KendraSchema.DisassociatePersonasFromEntitiesRequest,
      (n) => ({ ...experience, EntityIds: Array.from({ length: n }, () => uuid) }),
      25
    ]
  ]
  it.each(sized)("%s has the documented number of items", (_name, schema, request, maximum) => {
    assert.deepStrictEqual(misjudged(schema, [request(1), request(maximum)], [request(0), request(maximum + 1)]), [])
  })

  it.each([
    ["ListIndices", KendraSchema.ListIndicesRequest, {}, 100],
    ["ListDataSources", KendraSchema.ListDataSourcesRequest, { IndexId: indexId }, 100],
    ["ListFeaturedResultsSets", KendraSchema.ListFeaturedResultsSetsRequest, { IndexId: indexId }, 100],
    ["ListDataSourceSyncJobs", KendraSchema.ListDataSourceSyncJobsRequest, { IndexId: indexId, Id: "d" }, 10]
  ] as const)("%s has the documented pages", (_name, schema, request, maximum) => {
    assert.deepStrictEqual(
      misjudged(
        schema,
        [request, { ...request, MaxResults: 1 }, { ...request, MaxResults: maximum, NextToken: "t".repeat(800) }],
        [
          { ...request, MaxResults: 0 },
          { ...request, MaxResults: maximum + 1 },
          { ...request, MaxResults: 1.5 },
          { ...request, NextToken: "" },
          { ...request, NextToken: "t".repeat(801) }
        ]
      ),
      []
    )
  })
})

describe("responses", () => {
  const decode = Schema.decodeUnknownResult(KendraSchema.BatchDeleteDocumentResponse)

  it.each([{}, { FailedDocuments: undefined }, { FailedDocuments: null }, { FailedDocuments: [], more: 1 }])(
    "%j has no failures",
    (output) => {
      assert.deepStrictEqual(decode(output), Result.succeed({ FailedDocuments: [] }))
    }
  )

  it("keep what an entry has, also without id or code, and codes that are not known today", () => {
    const FailedDocuments = [{ Id: "1", ErrorCode: "NewCode", ErrorMessage: "No" }, { ErrorMessage: "No" }, {}]
    const decoded = decode({ FailedDocuments })
    assert(Result.isSuccess(decoded))
    assert.deepStrictEqual<unknown>(decoded.success, { FailedDocuments })
  })

  it.each([
    { FailedDocuments: [null] },
    { FailedDocuments: "no" },
    { FailedDocuments: {} },
    { FailedDocuments: [{ Id: 1 }] },
    "no",
    null,
    []
  ])("%j has the wrong types", (output) => {
    assert.isTrue(Result.isFailure(decode(output)))
  })

  it("take statuses that are not known today, and times as times only", () => {
    const index = { Id: "i", Status: "FROZEN", Edition: "NEW", CreatedAt: new Date(0), UpdatedAt: new Date(0) }
    const decodeIndex = Schema.decodeUnknownResult(KendraSchema.Index)
    const decoded = decodeIndex(index)
    assert(Result.isSuccess(decoded))
    assert.deepStrictEqual<unknown>(decoded.success, index)
    assert.isTrue(Result.isFailure(decodeIndex({ ...index, CreatedAt: 0 })))
  })
})
