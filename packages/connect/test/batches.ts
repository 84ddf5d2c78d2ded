import type { Connect } from "@effect-bulk/connect"
import { DataTableSchema } from "@effect-bulk/connect"
import { type BatchPolicy, Bulk, type Outcome, type Report } from "@effect-bulk/core"
import type { Effect } from "effect"
import { account, agents, contactArn, dataSets, instanceId, named, otherAccount, phones } from "./recorder.ts"

type Service = Connect["Service"]
type AnyReport = Report.Report<unknown, unknown, unknown>
interface Tagged {
  readonly _tag: string
  readonly message: string
}

/** A batch operation in its forms, by keys alone, so that one test serves all of them. */
export interface Batch {
  readonly operation: string
  /** Most items of a call of the API, if it documents one. */
  readonly limit?: number
  /** Items of a call that a bulk run makes, and most of them that a policy can ask for. */
  readonly bulkLimit: number
  readonly hardLimit: number
  readonly nature: "read" | "idempotent" | "once"
  /** Keys that it works for. */
  readonly keys: (count: number) => ReadonlyArray<string>
  /** What a key is called in outcomes and in the model. */
  readonly idOf?: (key: string) => string
  readonly one: (connect: Service, keys: ReadonlyArray<string>) => Effect.Effect<unknown, Tagged>
  readonly all: (
    connect: Service,
    keys: ReadonlyArray<string>,
    policy?: BatchPolicy.Input
  ) => Effect.Effect<AnyReport, Tagged & { readonly report: AnyReport }>
  readonly run: (connect: Service, keys: ReadonlyArray<string>, policy?: BatchPolicy.Input) => Effect.Effect<AnyReport>
  /** What is sent for keys. */
  readonly input: (keys: ReadonlyArray<string>) => Record<string, unknown>
  /** The keys of an input. */
  readonly sent: (input: Record<string, unknown>) => ReadonlyArray<string>
  /** The lists of an answer, and an entry for a key in each. */
  readonly successes: string
  readonly success: (key: string | undefined) => unknown
  readonly failures?: string
  readonly failure: (key: string | undefined, code: string, message: string) => Record<string, unknown>
  readonly itemError?: string
  /** Codes of failures that are final, and that may pass. */
  readonly finalCode: string
  readonly passingCode: string
  readonly evidence: "Accepted" | "Confirmed"
}

const withPolicy = (policy: BatchPolicy.Input | undefined) => (policy === undefined ? {} : { policy })
const strings = (list: unknown) => list as ReadonlyArray<string>
const pluck = (list: unknown, key: string) =>
  (list as ReadonlyArray<Record<string, unknown>>).map((entry) => String(entry[key]))
const customerOf = (value: { readonly PrimaryValues?: ReadonlyArray<{ readonly Value?: string }> }) =>
  value.PrimaryValues?.[0]?.Value ?? ""
const maybe = (name: string, value: unknown) => (value === undefined ? {} : { [name]: value })

const onDataSets = {
  bulkLimit: 25,
  hardLimit: 1000,
  nature: "idempotent",
  keys: dataSets,
  sent: ({ DataSetIds }) => strings(DataSetIds),
  failures: "Errors",
  failure: (_key, code, message) => ({ ErrorCode: code, ErrorMessage: message }),
  itemError: "AnalyticsDataSetError",
  finalCode: "AccessDeniedException",
  passingCode: "InternalServiceException",
  evidence: "Confirmed"
} as const satisfies Partial<Batch>

const tier = (customer: string) => ({
  AttributeName: "tier",
  PrimaryValues: [{ AttributeName: "customer", Value: customer }]
})
const LockVersion = { DataTable: "1", Attribute: "1", PrimaryValues: "1", Value: "1" }
const table = { instanceId, dataTableId: "table-1" }

const onValues = {
  bulkLimit: 25,
  hardLimit: 1000,
  idOf: (key) => DataTableSchema.valueId(tier(key)),
  sent: ({ Values }) => (Values as ReadonlyArray<ReturnType<typeof tier>>).map(customerOf),
  successes: "Successful",
  success: (key) => ({ ...(key === undefined ? {} : tier(key)), LockVersion, RecordId: "r", AttributeId: "a" }),
  failures: "Failed",
  failure: (key, _code, message) => ({ ...(key === undefined ? {} : tier(key)), Message: message }),
  itemError: "DataTableValueError",
  finalCode: "",
  passingCode: "",
  evidence: "Confirmed"
} as const satisfies Partial<Batch>

const valuesInput = (value: (key: string) => object) => (keys: ReadonlyArray<string>) => ({
  InstanceId: instanceId,
  DataTableId: "table-1",
  Values: keys.map(value)
})

const putValue = (key: string) => ({ ...tier(key), Value: "silver" })
const deletedValue = (key: string) => ({ ...tier(key), LockVersion })

const contact = (key: string) => ({
  RequestIdentifier: key,
  CustomerEndpoint: { Type: "TELEPHONE_NUMBER" as const, Address: "+15550100" },
  QueueId: "queue-1",
  Campaign: { CampaignId: "campaign-1" }
})

const inWorkspace = {
  limit: 25,
  bulkLimit: 25,
  hardLimit: 25,
  nature: "idempotent",
  sent: ({ ResourceArns }) => strings(ResourceArns),
  input: (keys) => ({ InstanceId: instanceId, WorkspaceId: "ws-1", ResourceArns: keys }),
  successes: "SuccessfulList",
  success: (key) => maybe("ResourceArn", key),
  failures: "FailedList",
  failure: (key, code, message) => ({ ...maybe("ResourceArn", key), ErrorCode: code, ErrorMessage: message }),
  itemError: "WorkspaceResourceError",
  finalCode: "400",
  passingCode: "503",
  evidence: "Confirmed"
} as const satisfies Partial<Batch>
const workspace = { instanceId, workspaceId: "ws-1" }

export const batches: ReadonlyArray<Batch> = [
  {
    ...onDataSets,
    operation: "BatchAssociateAnalyticsDataSet",
    one: (connect, ids) =>
      connect.batchAssociateAnalyticsDataSet({
        InstanceId: instanceId,
        DataSetIds: ids,
        TargetAccountId: otherAccount
      }),
    all: (connect, dataSetIds, policy) =>
      connect.associateAnalyticsDataSets({ instanceId, targetAccountId: otherAccount, dataSetIds }, withPolicy(policy)),
    run: (connect, ids, policy) =>
      Bulk.run(
        connect.associateAnalyticsDataSetsOperation,
        ids.map((dataSetId) => ({ instanceId, targetAccountId: otherAccount, dataSetId })),
        withPolicy(policy)
      ),
    input: (ids) => ({ InstanceId: instanceId, DataSetIds: ids, TargetAccountId: otherAccount }),
    successes: "Created",
    success: (key) => maybe("DataSetId", key)
  },
  {
    ...onDataSets,
    operation: "BatchDisassociateAnalyticsDataSet",
    one: (connect, ids) =>
      connect.batchDisassociateAnalyticsDataSet({
        InstanceId: instanceId,
        DataSetIds: ids,
        TargetAccountId: account
      }),
    all: (connect, dataSetIds, policy) =>
      connect.disassociateAnalyticsDataSets({ instanceId, targetAccountId: account, dataSetIds }, withPolicy(policy)),
    run: (connect, ids, policy) =>
      Bulk.run(
        connect.disassociateAnalyticsDataSetsOperation,
        ids.map((dataSetId) => ({ instanceId, targetAccountId: account, dataSetId })),
        withPolicy(policy)
      ),
    input: (ids) => ({ InstanceId: instanceId, DataSetIds: ids, TargetAccountId: account }),
    successes: "Deleted",
    success: (key) => key ?? "foreign"
  },
  {
    operation: "BatchGetAttachedFileMetadata",
    limit: 100,
    bulkLimit: 100,
    hardLimit: 100,
    nature: "read",
    keys: named("file_"),
    one: (connect, FileIds) =>
      connect.batchGetAttachedFileMetadata({ InstanceId: instanceId, AssociatedResourceArn: contactArn, FileIds }),
    all: (connect, fileIds, policy) =>
      connect.getAttachedFileMetadata({ instanceId, associatedResourceArn: contactArn, fileIds }, withPolicy(policy)),
    run: (connect, ids, policy) =>
      Bulk.run(
        connect.getAttachedFileMetadataOperation,
        ids.map((fileId) => ({ instanceId, associatedResourceArn: contactArn, fileId })),
        withPolicy(policy)
      ),
    input: (FileIds) => ({ InstanceId: instanceId, AssociatedResourceArn: contactArn, FileIds }),
    sent: ({ FileIds }) => strings(FileIds),
    successes: "Files",
    success: (key) => ({ ...maybe("FileId", key), FileName: "n", FileStatus: "FROZEN" }),
    failures: "Errors",
    failure: (key, code, message) => ({ ...maybe("FileId", key), ErrorCode: code, ErrorMessage: message }),
    itemError: "AttachedFileError",
    finalCode: "ResourceNotFoundException",
    passingCode: "InternalServiceException",
    evidence: "Confirmed"
  },
  {
    operation: "BatchGetFlowAssociation",
    limit: 100,
    bulkLimit: 100,
    hardLimit: 100,
    nature: "read",
    keys: phones,
    one: (connect, ResourceIds) => connect.batchGetFlowAssociation({ InstanceId: instanceId, ResourceIds }),
    all: (connect, resourceIds, policy) => connect.getFlowAssociations({ instanceId, resourceIds }, withPolicy(policy)),
    run: (connect, ids, policy) =>
      Bulk.run(
        connect.getFlowAssociationsOperation,
        ids.map((resourceId) => ({ instanceId, resourceId })),
        withPolicy(policy)
      ),
    input: (ResourceIds) => ({ InstanceId: instanceId, ResourceIds }),
    sent: ({ ResourceIds }) => strings(ResourceIds),
    successes: "FlowAssociationSummaryList",
    success: (key) => ({ ...maybe("ResourceId", key), FlowId: "f", ResourceType: "CARRIER_PIGEON" }),
    failure: () => ({}),
    finalCode: "",
    passingCode: "",
    evidence: "Confirmed"
  },
  {
    operation: "BatchPutContact",
    limit: 25,
    bulkLimit: 25,
    hardLimit: 25,
    nature: "once",
    keys: named("contact_"),
    one: (connect, keys) =>
      connect.batchPutContact({ InstanceId: instanceId, ContactDataRequestList: keys.map(contact) }),
    all: (connect, keys, policy) =>
      connect.putContacts({ instanceId, contacts: keys.map(contact) }, withPolicy(policy)),
    run: (connect, keys, policy) =>
      Bulk.run(
        connect.putContactsOperation,
        keys.map((key) => ({ instanceId, contact: contact(key) })),
        withPolicy(policy)
      ),
    input: (keys) => ({ InstanceId: instanceId, ContactDataRequestList: keys.map(contact) }),
    sent: ({ ContactDataRequestList }) => pluck(ContactDataRequestList, "RequestIdentifier"),
    successes: "SuccessfulRequestList",
    success: (key) => ({ ...maybe("RequestIdentifier", key), ContactId: "c" }),
    failures: "FailedRequestList",
    failure: (key, code, message) => ({
      ...maybe("RequestIdentifier", key),
      FailureReasonCode: code,
      FailureReasonMessage: message
    }),
    itemError: "ContactError",
    finalCode: "INVALID_QUEUE",
    passingCode: "INTERNAL_ERROR",
    evidence: "Accepted"
  },
  {
    ...onValues,
    operation: "BatchCreateDataTableValue",
    nature: "once",
    keys: named("new_"),
    one: (connect, keys) =>
      connect.batchCreateDataTableValue({
        InstanceId: instanceId,
        DataTableId: "table-1",
        Values: keys.map(putValue)
      }),
    all: (connect, keys, policy) =>
      connect.createDataTableValues({ ...table, values: keys.map(putValue) }, withPolicy(policy)),
    run: (connect, keys, policy) =>
      Bulk.run(
        connect.createDataTableValuesOperation,
        keys.map((key) => ({ ...table, value: putValue(key) })),
        withPolicy(policy)
      ),
    input: valuesInput(putValue)
  },
  {
    ...onValues,
    operation: "BatchUpdateDataTableValue",
    nature: "once",
    keys: named("old_"),
    one: (connect, keys) =>
      connect.batchUpdateDataTableValue({
        InstanceId: instanceId,
        DataTableId: "table-1",
        Values: keys.map(putValue)
      }),
    all: (connect, keys, policy) =>
      connect.updateDataTableValues({ ...table, values: keys.map(putValue) }, withPolicy(policy)),
    run: (connect, keys, policy) =>
      Bulk.run(
        connect.updateDataTableValuesOperation,
        keys.map((key) => ({ ...table, value: putValue(key) })),
        withPolicy(policy)
      ),
    input: valuesInput(putValue)
  },
  {
    ...onValues,
    operation: "BatchDeleteDataTableValue",
    nature: "idempotent",
    keys: named("old_"),
    one: (connect, keys) =>
      connect.batchDeleteDataTableValue({
        InstanceId: instanceId,
        DataTableId: "table-1",
        Values: keys.map(deletedValue)
      }),
    all: (connect, keys, policy) =>
      connect.deleteDataTableValues({ ...table, values: keys.map(deletedValue) }, withPolicy(policy)),
    run: (connect, keys, policy) =>
      Bulk.run(
        connect.deleteDataTableValuesOperation,
        keys.map((key) => ({ ...table, value: deletedValue(key) })),
        withPolicy(policy)
      ),
    input: valuesInput(deletedValue)
  },
  {
    ...onValues,
    operation: "BatchDescribeDataTableValue",
    nature: "read",
    keys: named("old_"),
    one: (connect, keys) =>
      connect.batchDescribeDataTableValue({
        InstanceId: instanceId,
        DataTableId: "table-1",
        Values: keys.map(tier)
      }),
    all: (connect, keys, policy) =>
      connect.describeDataTableValues({ ...table, values: keys.map(tier) }, withPolicy(policy)),
    run: (connect, keys, policy) =>
      Bulk.run(
        connect.describeDataTableValuesOperation,
        keys.map((key) => ({ ...table, value: tier(key) })),
        withPolicy(policy)
      ),
    input: valuesInput(tier)
  },
  {
    ...inWorkspace,
    operation: "AssociateWorkspace",
    keys: agents,
    one: (connect, ResourceArns) =>
      connect.associateWorkspace({ InstanceId: instanceId, WorkspaceId: "ws-1", ResourceArns }),
    all: (connect, resourceArns, policy) =>
      connect.associateWorkspaceResources({ ...workspace, resourceArns }, withPolicy(policy)),
    run: (connect, keys, policy) =>
      Bulk.run(
        connect.associateWorkspaceResourcesOperation,
        keys.map((resourceArn) => ({ ...workspace, resourceArn })),
        withPolicy(policy)
      )
  },
  {
    ...inWorkspace,
    operation: "DisassociateWorkspace",
    keys: (count) => agents(count, 60),
    one: (connect, ResourceArns) =>
      connect.disassociateWorkspace({ InstanceId: instanceId, WorkspaceId: "ws-1", ResourceArns }),
    all: (connect, resourceArns, policy) =>
      connect.disassociateWorkspaceResources({ ...workspace, resourceArns }, withPolicy(policy)),
    run: (connect, keys, policy) =>
      Bulk.run(
        connect.disassociateWorkspaceResourcesOperation,
        keys.map((resourceArn) => ({ ...workspace, resourceArn })),
        withPolicy(policy)
      )
  }
]

export const outcomesOf = (report: { readonly outcomes: ReadonlyArray<Outcome.Outcome<unknown, unknown, unknown>> }) =>
  report.outcomes.map((outcome) => (outcome._tag === "Succeeded" ? outcome.evidence : outcome._tag))
