/**
 * The batch operations of Connect: what a call may hold, what its items share, and how its answer is read.
 *
 * @since 0.1.0
 */
import * as AwsBatch from "@effect-bulk/aws/AwsBatch"
import type { AwsClient } from "@effect-bulk/aws/AwsClient"
import * as AwsSchema from "@effect-bulk/aws/AwsSchema"
import * as Answer from "@effect-bulk/core/Answer"
import * as Verdict from "@effect-bulk/core/Verdict"
import * as Schema from "effect/Schema"
import * as ConnectClient from "./ConnectClient.ts"
import * as ConnectError from "./ConnectError.ts"
import * as ConnectFates from "./ConnectFates.ts"
import * as ConnectId from "./ConnectId.ts"
import * as ConnectSchema from "./ConnectSchema.ts"

// -----------------------------------------------------------------------------
// Items
// -----------------------------------------------------------------------------

/**
 * An analytics data set, seen from an account: the one that has the instance, unless another is given.
 *
 * @category models
 * @since 0.1.0
 */
export interface AnalyticsDataSetKey {
  readonly instanceId: string
  readonly targetAccountId?: string | undefined
  readonly dataSetId: string
}

/**
 * A file that is attached to a contact, a case or another resource.
 *
 * @category models
 * @since 0.1.0
 */
export interface AttachedFileKey {
  readonly instanceId: string
  readonly associatedResourceArn: string
  readonly fileId: string
}

/**
 * A resource whose flows are asked for: all of them, or those for resources of one kind.
 *
 * @category models
 * @since 0.1.0
 */
export interface FlowResource {
  readonly instanceId: string
  readonly resourceId: string
  readonly resourceType?: typeof ConnectSchema.FlowResourceType.Encoded | undefined
}

/**
 * A contact to be made. Its `RequestIdentifier` must be there, and is what the answer calls it.
 *
 * @category models
 * @since 0.1.0
 */
export interface ContactPut {
  readonly instanceId: string
  readonly contact: typeof ConnectSchema.ContactDataRequest.Encoded
}

/**
 * A user or routing profile, by ARN, and a workspace.
 *
 * @category models
 * @since 0.1.0
 */
export interface WorkspaceResource {
  readonly instanceId: string
  readonly workspaceId: string
  readonly resourceArn: string
}

// -----------------------------------------------------------------------------
// Analytics data sets
// -----------------------------------------------------------------------------

/**
 * Most data sets in a call of these two operations unless a policy says otherwise. AWS documents no limit; the fewer there
 * are, the fewer share the errors that name none of them.
 *
 * @category limits
 * @since 0.1.0
 */
export const dataSetsPerCall = 25

// What no policy can exceed, for want of a documented limit.
const unlimited = { maxItems: 1000 }

/**
 * BatchAssociateAnalyticsDataSet: data sets of one instance for one account. A success is worth what is known of the
 * resource share that now exists.
 *
 * @category operations
 * @since 0.1.0
 */
export const associateAnalyticsDataSets = (client: AwsClient) =>
  AwsBatch.make(client, ConnectClient.batchAssociateAnalyticsDataSet, {
    ...onDataSets,
    answer: Answer.successesById({
      successes: ({ Created }: ConnectSchema.BatchAssociateAnalyticsDataSetResponse) => Created,
      id: ({ DataSetId }) => DataSetId,
      verdict: (association) => Verdict.confirmed(association),
      errors: ({ Errors }) => Errors,
      failure: (error) => ConnectFates.association(dataSetError(error)),
      // The share that an earlier call made is not in this answer.
      gone: ({ dataSetId, targetAccountId }: AnalyticsDataSetKey) => ({
        DataSetId: ConnectId.given.dataSetId.make(dataSetId),
        ...(targetAccountId !== undefined && { TargetAccountId: targetAccountId })
      })
    })
  })

/**
 * BatchDisassociateAnalyticsDataSet: data sets of one instance for one account. Those that the answer does not name are
 * still associated, for one of the reasons it gives.
 *
 * @category operations
 * @since 0.1.0
 */
export const disassociateAnalyticsDataSets = (client: AwsClient) =>
  AwsBatch.make(client, ConnectClient.batchDisassociateAnalyticsDataSet, {
    ...onDataSets,
    answer: Answer.successesById({
      successes: ({ Deleted }: ConnectSchema.BatchDisassociateAnalyticsDataSetResponse) => Deleted,
      id: (dataSetId) => dataSetId,
      verdict: () => Verdict.confirmed<void>(undefined),
      errors: ({ Errors }) => Errors,
      failure: (error) => ConnectFates.removal(dataSetError(error)),
      gone: () => undefined
    })
  })

// -----------------------------------------------------------------------------
// Attached files
// -----------------------------------------------------------------------------

/**
 * BatchGetAttachedFileMetadata: 100 files of one resource a call. One that the answer does not name is asked for again.
 *
 * @category operations
 * @since 0.1.0
 */
export const getAttachedFileMetadata = (client: AwsClient) =>
  AwsBatch.make(client, ConnectClient.batchGetAttachedFileMetadata, {
    limits: { maxItems: 100 },
    id: ({ fileId }: AttachedFileKey) => fileId,
    group: ({ associatedResourceArn, instanceId }) => ({ instanceId, associatedResourceArn }),
    target: ({ associatedResourceArn }) => associatedResourceArn,
    check: AwsSchema.checkTexts<AttachedFileKey>({
      instanceId: ConnectId.instanceId,
      associatedResourceArn: ConnectId.arn,
      fileId: ConnectId.fileId
    }),
    request: ({ associatedResourceArn, instanceId }, items) => ({
      InstanceId: instanceId,
      AssociatedResourceArn: associatedResourceArn,
      FileIds: items.map(({ fileId }) => fileId)
    }),
    items: ({ AssociatedResourceArn, FileIds, InstanceId }) =>
      FileIds.map((fileId) => ({ instanceId: InstanceId, associatedResourceArn: AssociatedResourceArn, fileId })),
    answer: Answer.resultsById({
      successes: ({ Files }: ConnectSchema.BatchGetAttachedFileMetadataResponse) => Files,
      id: ({ FileId }) => FileId,
      verdict: (file) => Verdict.confirmed(file),
      failures: ({ Errors }) => Errors,
      failureId: ({ FileId }) => FileId,
      failure: ({ ErrorCode = "", ErrorMessage = "", FileId = "" }) =>
        ConnectFates.verdict(
          new ConnectError.AttachedFileError({ fileId: FileId, code: ErrorCode, message: ErrorMessage })
        )
    })
  })

// -----------------------------------------------------------------------------
// Flow associations
// -----------------------------------------------------------------------------

/**
 * BatchGetFlowAssociation: the flows of 100 resources of one instance a call. A resource that the answer does not name
 * has none, which is a success, too.
 *
 * @category operations
 * @since 0.1.0
 */
export const getFlowAssociations = (client: AwsClient) =>
  AwsBatch.make(client, ConnectClient.batchGetFlowAssociation, {
    limits: { maxItems: 100 },
    id: ({ resourceId }: FlowResource) => resourceId,
    group: ({ instanceId, resourceType }) => ({ instanceId, resourceType }),
    target: ({ instanceId }) => instanceId,
    check: checkFlowResource,
    request: ({ instanceId, resourceType }, items) => ({
      InstanceId: instanceId,
      ResourceIds: items.map(({ resourceId }) => resourceId),
      ...(resourceType !== undefined && { ResourceType: resourceType })
    }),
    items: ({ InstanceId, ResourceIds, ResourceType }) =>
      ResourceIds.map((resourceId) => ({ instanceId: InstanceId, resourceId, resourceType: ResourceType })),
    answer: (_items, { FlowAssociationSummaryList }: ConnectSchema.BatchGetFlowAssociationResponse) => ({
      _tag: "ById",
      silence: "succeeded",
      // A resource can have several: an address of e-mail has a flow for each direction.
      entries: [...Map.groupBy(FlowAssociationSummaryList, ({ ResourceId }) => ResourceId)].map(([id, flows]) => ({
        id,
        verdict: Verdict.confirmed<ReadonlyArray<ConnectSchema.FlowAssociation>>(flows)
      })),
      errors: [],
      silent: () => Verdict.confirmed([])
    })
  })

// -----------------------------------------------------------------------------
// Contacts
// -----------------------------------------------------------------------------

/**
 * BatchPutContact: 25 contacts of one instance a call. A success is worth the id of the contact.
 *
 * @category operations
 * @since 0.1.0
 */
export const putContacts = (client: AwsClient) =>
  AwsBatch.make(client, ConnectClient.batchPutContact, {
    limits: { maxItems: 25 },
    id: ({ contact }: ContactPut) => contact.RequestIdentifier ?? "",
    group: ({ instanceId }) => instanceId,
    check: (item) => checkContact(item) ?? checkIdentifier(item.contact),
    request: (instanceId, items) => ({
      InstanceId: instanceId,
      ContactDataRequestList: items.map(({ contact }) => contact)
    }),
    items: ({ ContactDataRequestList, InstanceId }) =>
      ContactDataRequestList.map((contact) => ({ instanceId: InstanceId, contact })),
    answer: Answer.resultsById({
      successes: ({ SuccessfulRequestList }: ConnectSchema.BatchPutContactResponse) => SuccessfulRequestList,
      id: ({ RequestIdentifier }) => RequestIdentifier,
      verdict: ({ ContactId }) => Verdict.accepted(ContactId),
      failures: ({ FailedRequestList }) => FailedRequestList,
      failureId: ({ RequestIdentifier }) => RequestIdentifier,
      failure: ({ FailureReasonCode = "", FailureReasonMessage = "", RequestIdentifier = "" }) =>
        ConnectFates.contact(
          new ConnectError.ContactError({
            requestIdentifier: RequestIdentifier,
            code: FailureReasonCode,
            message: FailureReasonMessage
          })
        )
    })
  })

// -----------------------------------------------------------------------------
// Workspaces
// -----------------------------------------------------------------------------

/**
 * AssociateWorkspace: 25 users and routing profiles of one workspace a call.
 *
 * @category operations
 * @since 0.1.0
 */
export const associateWorkspaceResources = (client: AwsClient) =>
  AwsBatch.make(client, ConnectClient.associateWorkspace, {
    ...inWorkspace,
    answer: workspaceAnswer(ConnectFates.workspaceAssociation)
  })

/**
 * DisassociateWorkspace: 25 users and routing profiles of one workspace a call.
 *
 * @category operations
 * @since 0.1.0
 */
export const disassociateWorkspaceResources = (client: AwsClient) =>
  AwsBatch.make(client, ConnectClient.disassociateWorkspace, {
    ...inWorkspace,
    answer: workspaceAnswer(ConnectFates.workspaceRemoval)
  })

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

const onDataSets = {
  limits: unlimited,
  policy: { maxItems: dataSetsPerCall },
  id: ({ dataSetId }: AnalyticsDataSetKey) => dataSetId,
  group: ({ instanceId, targetAccountId }: AnalyticsDataSetKey) => ({ instanceId, targetAccountId }),
  target: ({ instanceId, targetAccountId }: Omit<AnalyticsDataSetKey, "dataSetId">) =>
    targetAccountId === undefined ? instanceId : `${instanceId}/${targetAccountId}`,
  check: AwsSchema.checkTexts<AnalyticsDataSetKey>({
    instanceId: ConnectId.instanceId,
    dataSetId: ConnectId.dataSetId
  }),
  request: (
    { instanceId, targetAccountId }: Omit<AnalyticsDataSetKey, "dataSetId">,
    items: ReadonlyArray<AnalyticsDataSetKey>
  ) => ({
    InstanceId: instanceId,
    DataSetIds: items.map(({ dataSetId }) => dataSetId),
    ...(targetAccountId !== undefined && { TargetAccountId: targetAccountId })
  }),
  items: ({ DataSetIds, InstanceId, TargetAccountId }: typeof ConnectSchema.AnalyticsDataSetsRequest.Encoded) =>
    DataSetIds.map((dataSetId): AnalyticsDataSetKey => ({
      instanceId: InstanceId,
      targetAccountId: TargetAccountId,
      dataSetId
    }))
}

const dataSetError = ({
  ErrorCode = "",
  ErrorMessage = ""
}: ConnectSchema.BatchDisassociateAnalyticsDataSetResponse["Errors"][number]) =>
  new ConnectError.AnalyticsDataSetError({ code: ErrorCode, message: ErrorMessage })

const checkFlowResource = AwsSchema.checkSchema(
  Schema.Struct({
    instanceId: ConnectId.InstanceId,
    resourceId: AwsSchema.text(ConnectId.arn),
    resourceType: Schema.optional(ConnectSchema.FlowResourceType)
  })
)

const checkContact = AwsSchema.checkSchema(
  Schema.Struct({ instanceId: ConnectId.InstanceId, contact: ConnectSchema.ContactDataRequest })
)

const checkIdentifier = AwsSchema.checkTexts<ContactPut["contact"]>({
  RequestIdentifier: ConnectId.requestIdentifier
})

const inWorkspace = {
  limits: { maxItems: 25 },
  id: ({ resourceArn }: WorkspaceResource) => resourceArn,
  group: ({ instanceId, workspaceId }: WorkspaceResource) => ({ instanceId, workspaceId }),
  target: ({ workspaceId }: Omit<WorkspaceResource, "resourceArn">) => workspaceId,
  check: AwsSchema.checkTexts<WorkspaceResource>({
    instanceId: ConnectId.instanceId,
    workspaceId: ConnectId.pathId,
    resourceArn: ConnectId.arn
  }),
  request: (
    { instanceId, workspaceId }: Omit<WorkspaceResource, "resourceArn">,
    items: ReadonlyArray<WorkspaceResource>
  ) => ({
    InstanceId: instanceId,
    WorkspaceId: workspaceId,
    ResourceArns: items.map(({ resourceArn }) => resourceArn)
  }),
  items: ({ InstanceId, ResourceArns, WorkspaceId }: typeof ConnectSchema.WorkspaceRequest.Encoded) =>
    ResourceArns.map((resourceArn): WorkspaceResource => ({
      instanceId: InstanceId,
      workspaceId: WorkspaceId,
      resourceArn
    }))
}

const workspaceAnswer = (
  verdict: (error: ConnectError.WorkspaceResourceError) => Verdict.Failure<void, ConnectError.WorkspaceResourceError>
) =>
  Answer.resultsById<
    WorkspaceResource,
    ConnectSchema.WorkspaceResponse,
    ConnectSchema.WorkspaceResponse["SuccessfulList"][number],
    ConnectSchema.WorkspaceResponse["FailedList"][number],
    void,
    ConnectError.WorkspaceResourceError
  >({
    successes: ({ SuccessfulList }) => SuccessfulList,
    id: ({ ResourceArn }) => ResourceArn,
    verdict: () => Verdict.confirmed(undefined),
    failures: ({ FailedList }) => FailedList,
    failureId: ({ ResourceArn }) => ResourceArn,
    failure: ({ ErrorCode = "", ErrorMessage = "", ResourceArn = "" }) =>
      verdict(
        new ConnectError.WorkspaceResourceError({ resourceArn: ResourceArn, code: ErrorCode, message: ErrorMessage })
      )
  })
