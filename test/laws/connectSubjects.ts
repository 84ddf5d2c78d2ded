/** The operations of Amazon Connect under the laws: items, answers in its own form, and its own errors for each fate. */
import { AwsError } from "@effect-bulk/aws"
import {
  Connect,
  ConnectError,
  type ConnectOperations,
  type DataTableSchema,
  type DataTableOperations
} from "@effect-bulk/connect"
import { ConnectModel, layerTest } from "@effect-bulk/connect/testing"
import * as Subject from "@effect-bulk/testing/Subject"
import { Effect } from "effect"
import * as fc from "fast-check"

const connect = await Effect.runPromise(Effect.provide(Connect, layerTest({ model: ConnectModel.make() })))

// Few names, so that some are given twice.
const number = fc.integer({ min: 1, max: 12 })
const named = (prefix: string) => number.map((n) => `${prefix}${n}`)
const instanceId = fc.constantFrom("inst-1", "inst-1", "inst-2")

// -----------------------------------------------------------------------------
// Answers
// -----------------------------------------------------------------------------

interface Failure {
  readonly code: string
  readonly message: string
}

type Failures = Readonly<Record<"busy" | "slow" | "no" | "gone", Failure>>

const failures: Failures = {
  busy: { code: "InternalFailure", message: "Failed" },
  slow: { code: "SlowDown", message: "Rate exceeded" },
  no: { code: "Refused", message: "Not allowed" },
  gone: { code: "NotFound", message: "It does not exist" }
}

/** The codes by which a policy can name failures. */
const tagsOf = ({ busy, no, slow }: Failures) => ({ busy: busy.code, slow: slow.code, no: no.code })

/** How an answer lists a success, and a failure, of an item; without one, of none. */
interface Entries<Item> {
  readonly successes: string
  readonly success: (item: Item | undefined) => unknown
  readonly failures: string
  readonly failure: (item: Item | undefined, failure: Failure) => object
  readonly stranger: (item: Item) => Item
}

/** Answers that list both, each with the name of its item. */
const listing =
  <Item>(entries: Entries<Item>, words: Failures = failures): Subject.Fake<Item, never>["answer"] =>
  (results, { quirk }) => {
    const done: Array<unknown> = []
    const failed: Array<object> = []
    for (const { item, says } of results) {
      if (says === "ok" || says === "twice") done.push(entries.success(item))
      if (says === "twice") failed.push(entries.failure(item, words.no))
      else if (says !== "ok" && says !== "silent") failed.push(entries.failure(item, words[says]))
    }
    const stranger = results[0] && entries.stranger(results[0].item)
    if (quirk === "nameless") failed.push(entries.failure(undefined, words.no))
    if (quirk === "foreign") failed.push(entries.failure(stranger, words.no))
    if (quirk === "namelessSuccess") done.push(entries.success(undefined))
    if (quirk === "foreignSuccess") done.push(entries.success(stranger))
    return { [entries.successes]: done, [entries.failures]: failed }
  }

// -----------------------------------------------------------------------------
// Errors
// -----------------------------------------------------------------------------

type Calling = Parameters<Subject.Maker<unknown>>[0]

const fieldsOf = (operation: string, { hint, number }: Calling) => ({
  operation: `Connect.${operation}`,
  message: `call ${number}`,
  requestId: `request-${number}`,
  ...(hint !== undefined && { retryAfter: hint })
})

const ofAnyCall = (operation: string) =>
  ({
    unavailable: (call: Calling) =>
      new AwsError.NetworkError({ ...fieldsOf(operation, call), code: "ECONNREFUSED", reached: false }),
    reset: (call: Calling) => new ConnectError.InternalServiceException({ ...fieldsOf(operation, call), status: 500 }),
    undecodable: (call: Calling) => new AwsError.UndecodableResponse({ ...fieldsOf(operation, call), status: 200 }),
    tooLarge: (call: Calling) =>
      new AwsError.UnknownServiceError({
        ...fieldsOf(operation, call),
        code: "RequestEntityTooLargeException",
        status: 413
      }),
    rejected: (call: Calling) =>
      new ConnectError.InvalidRequestException({ ...fieldsOf(operation, call), status: 400 }),
    fatal: (call: Calling) => new ConnectError.ResourceNotFoundException({ ...fieldsOf(operation, call), status: 404 }),
    credentials: (call: Calling) =>
      new AwsError.CredentialsError({ ...fieldsOf(operation, call), code: "ExpiredTokenException", status: 403 })
  }) as const

const inInstance = (operation: string) => ({
  ...ofAnyCall(operation),
  throttled: (call: Calling) => new ConnectError.ThrottlingException({ ...fieldsOf(operation, call), status: 429 })
})

// -----------------------------------------------------------------------------
// Analytics data sets
// -----------------------------------------------------------------------------

const dataSet = fc.record<ConnectOperations.AnalyticsDataSetKey>({
  instanceId,
  targetAccountId: fc.constantFrom(undefined, "111111111111", "222222222222"),
  dataSetId: named("data_set_")
})

const onDataSets = {
  says: ["ok", "busy", "slow", "no", "gone", "silent"],
  tags: tagsOf(failures)
} as const

const dataSetEntries = {
  failures: "Errors",
  failure: (_item: unknown, { code, message }: Failure) => ({ ErrorCode: code, ErrorMessage: message }),
  stranger: (item: ConnectOperations.AnalyticsDataSetKey) => ({ ...item, dataSetId: "stranger" })
}

export const associateAnalyticsDataSets = Subject.make(connect.associateAnalyticsDataSetsOperation, {
  arbitrary: dataSet,
  fake: {
    ...onDataSets,
    quirks: ["nameless", "namelessSuccess", "foreignSuccess"],
    answer: listing<ConnectOperations.AnalyticsDataSetKey>(
      {
        ...dataSetEntries,
        successes: "Created",
        success: (item) => (item === undefined ? {} : { DataSetId: item.dataSetId })
      },
      { ...failures, gone: { code: "AlreadyAssociated", message: "It is there" } }
    ),
    errors: inInstance("BatchAssociateAnalyticsDataSet")
  }
})

export const disassociateAnalyticsDataSets = Subject.make(connect.disassociateAnalyticsDataSetsOperation, {
  arbitrary: dataSet,
  fake: {
    ...onDataSets,
    quirks: ["nameless", "foreignSuccess"],
    answer: listing<ConnectOperations.AnalyticsDataSetKey>({
      ...dataSetEntries,
      successes: "Deleted",
      success: (item) => item?.dataSetId
    }),
    errors: inInstance("BatchDisassociateAnalyticsDataSet")
  }
})

// -----------------------------------------------------------------------------
// Files, flows, contacts
// -----------------------------------------------------------------------------

const results = {
  says: ["ok", "busy", "slow", "no", "silent", "twice"],
  tags: tagsOf(failures),
  quirks: ["nameless", "foreign", "foreignSuccess"]
} as const

export const getAttachedFileMetadata = Subject.make(connect.getAttachedFileMetadataOperation, {
  arbitrary: fc.record<ConnectOperations.AttachedFileKey>({
    instanceId,
    associatedResourceArn: fc.constantFrom("arn:1", "arn:2"),
    fileId: named("file_")
  }),
  fake: {
    ...results,
    answer: listing<ConnectOperations.AttachedFileKey>({
      successes: "Files",
      success: (item) => ({ FileId: item?.fileId }),
      failures: "Errors",
      failure: (item, { code, message }) => ({ FileId: item?.fileId, ErrorCode: code, ErrorMessage: message }),
      stranger: (item) => ({ ...item, fileId: "stranger" })
    }),
    errors: inInstance("BatchGetAttachedFileMetadata")
  }
})

export const getFlowAssociations = Subject.make(connect.getFlowAssociationsOperation, {
  arbitrary: fc.record<ConnectOperations.FlowResource>({
    instanceId,
    resourceId: named("arn:"),
    resourceType: fc.constantFrom(undefined, "INBOUND_EMAIL")
  }),
  fake: {
    // Every word on a resource is a success, and so is none: it has no flow.
    says: ["ok"],
    quirks: ["foreignSuccess"],
    answer: (results, { quirk }) => ({
      FlowAssociationSummaryList: [
        ...results.flatMap(({ item }, i) => (i % 2 === 0 ? [{ ResourceId: item.resourceId, FlowId: "f" }] : [])),
        ...(quirk === "foreignSuccess" ? [{ ResourceId: "stranger", FlowId: "f" }] : [])
      ]
    }),
    errors: inInstance("BatchGetFlowAssociation")
  }
})

const reasons: Failures = {
  busy: { code: "INTERNAL_ERROR", message: "Failed" },
  slow: { code: "REQUEST_THROTTLED", message: "Slow down" },
  no: { code: "INVALID_QUEUE", message: "There is no such queue" },
  gone: { code: "", message: "" }
}

export const putContacts = Subject.make(connect.putContactsOperation, {
  arbitrary: fc.record<ConnectOperations.ContactPut>({
    instanceId,
    contact: fc.record({ RequestIdentifier: named("contact_"), QueueId: fc.constantFrom("q", "r") })
  }),
  fake: {
    ...results,
    tags: tagsOf(reasons),
    answer: listing<ConnectOperations.ContactPut>(
      {
        successes: "SuccessfulRequestList",
        success: (item) => ({ RequestIdentifier: item?.contact.RequestIdentifier, ContactId: "c" }),
        failures: "FailedRequestList",
        failure: (item, { code, message }) => ({
          RequestIdentifier: item?.contact.RequestIdentifier,
          FailureReasonCode: code,
          FailureReasonMessage: message
        }),
        stranger: (item) => ({ ...item, contact: { ...item.contact, RequestIdentifier: "stranger" } })
      },
      reasons
    ),
    errors: {
      ...ofAnyCall("BatchPutContact"),
      throttled: (call: Calling) =>
        new ConnectError.LimitExceededException({ ...fieldsOf("BatchPutContact", call), status: 429 })
    }
  }
})

// -----------------------------------------------------------------------------
// Values of data tables
// -----------------------------------------------------------------------------

type Named = typeof DataTableSchema.DataTableValueIdentifier.Encoded

const primaryValue = fc.record({
  AttributeName: fc.constantFrom("a", "b"),
  Value: fc.constantFrom("1", "2", '"')
})

/** The same value is named by its primary values in any order. */
const name: fc.Arbitrary<Named> = fc.record(
  {
    AttributeName: fc.constantFrom("x", "y"),
    PrimaryValues: fc.uniqueArray(primaryValue, { maxLength: 2, selector: ({ AttributeName }) => AttributeName })
  },
  { requiredKeys: ["AttributeName"] }
)

const inTable = <Value>(value: fc.Arbitrary<Value>) =>
  fc.record({ instanceId, dataTableId: fc.constantFrom("t", "u"), value })

// Only messages tell, so that no policy can name what to retry.
const messages: Failures = {
  busy: { code: "", message: "Internal error" },
  slow: { code: "", message: "Rate exceeded" },
  no: { code: "", message: "Not allowed" },
  gone: { code: "", message: "The value does not exist" }
}

const onValues = { says: results.says, quirks: results.quirks } as const

const valueAnswer = <Item extends DataTableOperations.InTable<Named>>() =>
  listing<Item>(
    {
      successes: "Successful",
      // In another order than was asked for.
      success: (item) => ({
        AttributeName: item?.value.AttributeName,
        PrimaryValues: (item?.value.PrimaryValues ?? []).toReversed(),
        LockVersion: {}
      }),
      failures: "Failed",
      failure: (item, { message }) => ({
        AttributeName: item?.value.AttributeName,
        PrimaryValues: (item?.value.PrimaryValues ?? []).toReversed(),
        Message: message
      }),
      stranger: (item) => ({ ...item, value: { ...item.value, AttributeName: "stranger" } })
    },
    messages
  )

const put = fc
  .record({ name, Value: fc.constantFrom("v", "w") })
  .map(({ name, Value }): DataTableOperations.ValuePut["value"] => ({ ...name, Value }))

export const createDataTableValues = Subject.make(connect.createDataTableValuesOperation, {
  arbitrary: inTable(put),
  fake: { ...onValues, answer: valueAnswer(), errors: inInstance("BatchCreateDataTableValue") }
})

export const updateDataTableValues = Subject.make(connect.updateDataTableValuesOperation, {
  arbitrary: inTable(put),
  fake: { ...onValues, answer: valueAnswer(), errors: inInstance("BatchUpdateDataTableValue") }
})

export const deleteDataTableValues = Subject.make(connect.deleteDataTableValuesOperation, {
  arbitrary: inTable(
    name.map((name): DataTableOperations.ValueDeletion["value"] => ({ ...name, LockVersion: { Value: "1" } }))
  ),
  fake: {
    ...onValues,
    says: [...results.says, "gone"],
    answer: valueAnswer(),
    errors: inInstance("BatchDeleteDataTableValue")
  }
})

export const describeDataTableValues = Subject.make(connect.describeDataTableValuesOperation, {
  arbitrary: inTable(name),
  fake: { ...onValues, answer: valueAnswer(), errors: inInstance("BatchDescribeDataTableValue") }
})

// -----------------------------------------------------------------------------
// Workspaces
// -----------------------------------------------------------------------------

const resource = fc.record<ConnectOperations.WorkspaceResource>({
  instanceId,
  workspaceId: fc.constantFrom("w", "v"),
  resourceArn: named("arn:")
})

const inWorkspace = (operation: string, gone: string) => {
  const codes: Failures = {
    busy: { code: "503", message: "Failed" },
    slow: { code: "429", message: "Slow down" },
    no: { code: "403", message: "Not allowed" },
    gone: { code: gone, message: "As it should be" }
  }
  return {
    ...results,
    says: [...results.says, "gone"],
    tags: { ...tagsOf(codes), gone },
    answer: listing<ConnectOperations.WorkspaceResource>(
      {
        successes: "SuccessfulList",
        success: (item) => ({ ResourceArn: item?.resourceArn }),
        failures: "FailedList",
        failure: (item, { code, message }) => ({
          ResourceArn: item?.resourceArn,
          ErrorCode: code,
          ErrorMessage: message
        }),
        stranger: (item) => ({ ...item, resourceArn: "stranger" })
      },
      codes
    ),
    errors: inInstance(operation)
  } as const
}

export const associateWorkspaceResources = Subject.make(connect.associateWorkspaceResourcesOperation, {
  arbitrary: resource,
  fake: inWorkspace("AssociateWorkspace", "409")
})

export const disassociateWorkspaceResources = Subject.make(connect.disassociateWorkspaceResourcesOperation, {
  arbitrary: resource,
  fake: inWorkspace("DisassociateWorkspace", "404")
})
