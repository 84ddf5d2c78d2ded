import { ConnectId, ConnectSchema, DataTableSchema } from "@effect-bulk/connect"
import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"

const passes = (schema: Schema.Codec<unknown, unknown>) => {
  const decode = Schema.decodeUnknownResult(schema)
  return (value: unknown) => Result.isSuccess(decode(value))
}

/** The good values that are refused, and the bad ones that are not. */
const wrongly = (
  schema: Schema.Codec<unknown, unknown>,
  good: ReadonlyArray<unknown>,
  bad: ReadonlyArray<unknown>
): ReadonlyArray<unknown> => {
  const accepts = passes(schema)
  return [...good.filter((value) => !accepts(value)), ...bad.filter((value) => accepts(value))]
}

const InstanceId = "inst-1"

describe("ids", () => {
  it.each([
    ["InstanceId", ConnectId.InstanceId, ["i", "x".repeat(100), "a/b", "..."], ["", ".", "..", "x".repeat(101), 7]],
    ["DataSetId", ConnectId.DataSetId, ["contact_record", "x".repeat(255), "."], ["", "x".repeat(256), null]],
    ["FileId", ConnectId.FileId, ["f", "x".repeat(256)], ["", "x".repeat(257)]],
    ["WorkspaceId", ConnectId.WorkspaceId, ["w", "x".repeat(256)], ["", "..", "x".repeat(257)]],
    ["DataTableId", ConnectId.DataTableId, ["t", "arn:aws:connect:r:1:instance/i/data-table/t:$LATEST"], ["", "."]],
    [
      "AttributeName",
      ConnectId.AttributeName,
      ["tier", "Größe 2", "a-_.:=@'|b", "x".repeat(127)],
      ["", "x".repeat(128), "a[0]", "a\nb", "a,b"]
    ]
  ] as const)("%s has the documented form", (_name, schema, good, bad) => {
    assert.deepStrictEqual(wrongly(schema, good, bad), [])
  })

  it("count characters, not halves of them", () => {
    assert.isTrue(passes(ConnectId.FileId)("🧬".repeat(256)))
  })
})

describe("requests", () => {
  it("of data sets have no upper limit", () => {
    assert.deepStrictEqual(
      wrongly(
        ConnectSchema.AnalyticsDataSetsRequest,
        [
          { InstanceId, DataSetIds: ["a"] },
          { InstanceId, DataSetIds: Array.from({ length: 500 }, (_, i) => `d${i}`), TargetAccountId: "123456789012" }
        ],
        [{ InstanceId, DataSetIds: [] }, { InstanceId, DataSetIds: "a" }, { DataSetIds: ["a"] }]
      ),
      []
    )
  })

  it("of lists of documented sizes hold to them", () => {
    const ids = (count: number) => Array.from({ length: count }, (_, i) => `arn:${i}`)
    const files = (FileIds: unknown) => ({ InstanceId, AssociatedResourceArn: "arn:c", FileIds })
    assert.deepStrictEqual(
      wrongly(ConnectSchema.BatchGetAttachedFileMetadataRequest, [files(ids(100))], [files([]), files(ids(101))]),
      []
    )
    const flows = (ResourceIds: unknown, ResourceType?: string) => ({ InstanceId, ResourceIds, ResourceType })
    assert.deepStrictEqual(
      wrongly(
        ConnectSchema.BatchGetFlowAssociationRequest,
        [flows(ids(100)), flows(ids(1), "INBOUND_EMAIL")],
        [flows([]), flows(ids(101)), flows([""]), flows(ids(1), "FAX")]
      ),
      []
    )
    const resources = (ResourceArns: unknown) => ({ InstanceId, WorkspaceId: "w", ResourceArns })
    assert.deepStrictEqual(
      wrongly(ConnectSchema.WorkspaceRequest, [resources(ids(25))], [resources([]), resources(ids(26))]),
      []
    )
    const contacts = (count: number) => ({ InstanceId, ContactDataRequestList: ids(count).map(() => ({})) })
    assert.deepStrictEqual(
      wrongly(
        ConnectSchema.BatchPutContactRequest,
        [contacts(1), { ...contacts(25), ClientToken: "t".repeat(500) }],
        [contacts(0), contacts(26), { ...contacts(1), ClientToken: "t".repeat(501) }]
      ),
      []
    )
  })

  it("of contacts have the documented forms", () => {
    const preview = (DurationInSeconds: unknown, AllowedUserActions: unknown) => ({
      OutboundStrategy: {
        Type: "AGENT_FIRST",
        Config: { AgentFirst: { Preview: { PostAcceptTimeoutConfig: { DurationInSeconds }, AllowedUserActions } } }
      }
    })
    assert.deepStrictEqual(
      wrongly(
        ConnectSchema.ContactDataRequest,
        [
          {},
          { RequestIdentifier: "r".repeat(80), QueueId: "q" },
          { SystemEndpoint: { Type: "VOIP", Address: "a".repeat(256) }, CustomerEndpoint: {} },
          { Attributes: { a: "", b: "x".repeat(32_767) }, Campaign: { CampaignId: "c" } },
          preview(0, ["CALL", "DISCARD"])
        ],
        [
          { RequestIdentifier: "r".repeat(81) },
          { CustomerEndpoint: { Type: "FAX" } },
          { CustomerEndpoint: { Address: "a".repeat(257) } },
          { Attributes: { "": "x" } },
          { Attributes: { a: "x".repeat(32_768) } },
          { Attributes: { a: 1 } },
          { Campaign: { CampaignId: "" } },
          { OutboundStrategy: {} },
          preview(-1, []),
          preview(0.5, []),
          preview(0, ["SING"])
        ]
      ),
      []
    )
  })

  it("of values of data tables have the documented forms", () => {
    const value = (more: object) => ({ AttributeName: "a", Value: "v", ...more })
    assert.deepStrictEqual(
      wrongly(
        DataTableSchema.DataTableValue,
        [
          value({}),
          value({ PrimaryValues: [], LockVersion: {} }),
          value({ PrimaryValues: [{ AttributeName: "k", Value: "" }], LockVersion: { Value: "1" } }),
          value({ LastModifiedTime: new Date(0), LastModifiedRegion: "us-gov-east-1" })
        ],
        [
          { AttributeName: "a" },
          value({ AttributeName: "" }),
          value({ PrimaryValues: [{ AttributeName: "k" }] }),
          value({ LockVersion: { Value: 1 } }),
          value({ LastModifiedTime: "2024-01-01" }),
          value({ LastModifiedRegion: "mars" })
        ]
      ),
      []
    )
    assert.deepStrictEqual(
      wrongly(
        DataTableSchema.DataTableDeleteValueIdentifier,
        [{ AttributeName: "a", LockVersion: {} }],
        [{ AttributeName: "a" }, { LockVersion: {} }]
      ),
      []
    )
  })

  it("of pages have the documented sizes", () => {
    const sized = (schema: Schema.Codec<unknown, unknown>, most: number, more: object = {}) =>
      wrongly(
        schema,
        [more, { ...more, MaxResults: 1 }, { ...more, MaxResults: most, NextToken: "t" }],
        [
          { ...more, MaxResults: 0 },
          { ...more, MaxResults: most + 1 },
          { ...more, MaxResults: 1.5 }
        ]
      )
    assert.deepStrictEqual(sized(ConnectSchema.ListInstancesRequest, 10), [])
    assert.deepStrictEqual(sized(ConnectSchema.ListAnalyticsDataAssociationsRequest, 1000, { InstanceId }), [])
    assert.deepStrictEqual(sized(ConnectSchema.ListAnalyticsDataLakeDataSetsRequest, 1000, { InstanceId }), [])
    assert.deepStrictEqual(
      sized(DataTableSchema.ListDataTableValuesRequest, 1000, { InstanceId, DataTableId: "t" }),
      []
    )
    assert.deepStrictEqual(sized(ConnectSchema.SearchWorkspaceAssociationsRequest, 500, { InstanceId }), [])
    const token = (NextToken: string) => ({ InstanceId, NextToken })
    assert.deepStrictEqual(
      wrongly(
        ConnectSchema.SearchWorkspaceAssociationsRequest,
        [token("t".repeat(2500))],
        [token(""), token("t".repeat(2501))]
      ),
      []
    )
  })
})

describe("valueId", () => {
  const { valueId } = DataTableSchema
  const pair = (AttributeName: string, Value: string) => ({ AttributeName, Value })

  it("is the same for the same primary values in any order", () => {
    const [a, b, c] = [pair("a", "1"), pair("b", "2"), pair("c", "1")]
    const ids = [
      [a, b, c],
      [c, b, a],
      [b, a, c]
    ].map((PrimaryValues) => valueId({ AttributeName: "x", PrimaryValues }))
    assert.deepStrictEqual(new Set(ids).size, 1)
  })

  it("is never the same for different ones, whatever stands in them", () => {
    const texts = ["", "a", "b", '"', '","', "]", '"],["', "a,b", "=", "\\"]
    const values = texts.flatMap((name) =>
      texts.flatMap((value) => [
        { AttributeName: "x", PrimaryValues: [pair(name, value)] },
        { AttributeName: "x", PrimaryValues: [pair(name, value), pair(value, name)] },
        { AttributeName: "x", PrimaryValues: [pair(name, value), pair(name, value)] }
      ])
    )
    // What has the same pairs is one record, in whatever order and however often they stand.
    const canonical = values.map(({ PrimaryValues }) => {
      const pairs = PrimaryValues.map(({ AttributeName, Value }) => JSON.stringify([AttributeName, Value]))
      return JSON.stringify([...new Set(pairs)].toSorted())
    })
    assert.strictEqual(new Set(values.map(valueId)).size, new Set(canonical).size)
  })

  it("is the attribute alone for the default record", () => {
    assert.strictEqual(valueId({ AttributeName: "tier" }), "tier")
    assert.strictEqual(valueId({ AttributeName: "tier", PrimaryValues: [] }), "tier")
  })
})

describe("responses", () => {
  it.each([
    [
      "BatchDisassociateAnalyticsDataSet",
      ConnectSchema.BatchDisassociateAnalyticsDataSetResponse,
      ["Deleted", "Errors"]
    ],
    ["BatchAssociateAnalyticsDataSet", ConnectSchema.BatchAssociateAnalyticsDataSetResponse, ["Created", "Errors"]],
    ["BatchGetAttachedFileMetadata", ConnectSchema.BatchGetAttachedFileMetadataResponse, ["Files", "Errors"]],
    ["BatchGetFlowAssociation", ConnectSchema.BatchGetFlowAssociationResponse, ["FlowAssociationSummaryList"]],
    ["BatchPutContact", ConnectSchema.BatchPutContactResponse, ["SuccessfulRequestList", "FailedRequestList"]],
    ["BatchCreateDataTableValue", DataTableSchema.BatchCreateDataTableValueResponse, ["Successful", "Failed"]],
    ["BatchUpdateDataTableValue", DataTableSchema.BatchChangeDataTableValueResponse, ["Successful", "Failed"]],
    ["BatchDescribeDataTableValue", DataTableSchema.BatchDescribeDataTableValueResponse, ["Successful", "Failed"]],
    ["AssociateWorkspace", ConnectSchema.WorkspaceResponse, ["SuccessfulList", "FailedList"]]
  ] as const)("of %s may lack lists, and have none of a wrong type", (_name, schema, lists) => {
    const decode = Schema.decodeUnknownResult(schema)
    const empty = Object.fromEntries(lists.map((list) => [list, []]))
    const nulls = Object.fromEntries(lists.map((list) => [list, null]))
    assert.deepStrictEqual<unknown>(
      [{}, empty, nulls, { more: 1 }].map((output) => decode(output)),
      [empty, empty, empty, empty].map((output) => Result.succeed(output))
    )
    for (const list of lists) {
      for (const wrong of ["text", {}, [null], [7], [[]]]) {
        assert.isTrue(Result.isFailure(decode({ [list]: wrong })), `${list}: ${JSON.stringify(wrong)}`)
      }
    }
  })

  it("keep values of enums and members of unions that AWS has added since", () => {
    const file = { FileStatus: "FROZEN", FileUseCaseType: "NEW", CreatedBy: { $unknown: ["Robot", "r1"] } }
    assert.deepStrictEqual(Schema.decodeUnknownResult(ConnectSchema.AttachedFile)(file), Result.succeed(file as never))
  })
})
