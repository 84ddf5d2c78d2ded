/**
 * What Amazon Connect takes and answers, for the operations of this package, apart from data tables, which are in
 * `DataTableSchema`. Requests hold every constraint that AWS documents; ids may be given as plain texts. Responses are
 * strict about types and mild about what is missing: lists are then empty, and enums take values that are not known
 * today.
 *
 * @since 0.1.0
 */
import * as AwsSchema from "@effect-bulk/aws/AwsSchema"
import * as Schema from "effect/Schema"
import * as ConnectId from "./ConnectId.ts"

// -----------------------------------------------------------------------------
// Parts of requests
// -----------------------------------------------------------------------------

const { given, InstanceId } = ConnectId
const text = Schema.optional(Schema.String)
const flag = Schema.optional(Schema.Boolean)
const Arn = AwsSchema.text(ConnectId.arn)
const upTo = (maximum: number) =>
  AwsSchema.text({ wanted: `at most ${maximum} characters`, pattern: new RegExp(`^[^]{0,${maximum}}$`, "u") })
const pageSize = (maximum: number) => Schema.Int.check(Schema.isBetween({ minimum: 1, maximum }))

const resourceTypes = [
  "WHATSAPP_MESSAGING_PHONE_NUMBER",
  "VOICE_PHONE_NUMBER",
  "INBOUND_EMAIL",
  "OUTBOUND_EMAIL",
  "ANALYTICS_CONNECTOR"
] as const

// -----------------------------------------------------------------------------
// Instances
// -----------------------------------------------------------------------------

/**
 * What `ListInstances` takes.
 *
 * @category requests
 * @since 0.1.0
 */
export const ListInstancesRequest = Schema.Struct({
  MaxResults: Schema.optional(pageSize(10)),
  NextToken: text
})

/**
 * An instance in a list.
 *
 * @category responses
 * @since 0.1.0
 */
export const Instance = Schema.Struct({
  Id: Schema.optional(given.instanceId),
  Arn: text,
  IdentityManagementType: Schema.optional(AwsSchema.open("SAML", "CONNECT_MANAGED", "EXISTING_DIRECTORY")),
  InstanceAlias: text,
  CreatedTime: Schema.optional(Schema.Date),
  ServiceRole: text,
  InstanceStatus: Schema.optional(AwsSchema.open("CREATION_IN_PROGRESS", "ACTIVE", "CREATION_FAILED")),
  InboundCallsEnabled: flag,
  OutboundCallsEnabled: flag,
  InstanceAccessUrl: text
})

/**
 * @category responses
 * @since 0.1.0
 */
export type Instance = typeof Instance.Type

/**
 * One page of `ListInstances`.
 *
 * @category responses
 * @since 0.1.0
 */
export const ListInstancesResponse = Schema.Struct({
  InstanceSummaryList: AwsSchema.list(Instance),
  NextToken: text
})

// -----------------------------------------------------------------------------
// Analytics data sets
// -----------------------------------------------------------------------------

/**
 * What `BatchAssociateAnalyticsDataSet` and `BatchDisassociateAnalyticsDataSet` take. AWS documents no limit of the
 * list; that it must not be empty is ours. Without an account it is the one that has the instance.
 *
 * @category requests
 * @since 0.1.0
 */
export const AnalyticsDataSetsRequest = Schema.Struct({
  InstanceId,
  DataSetIds: AwsSchema.sized(ConnectId.DataSetId, 1),
  TargetAccountId: text
})

/**
 * What `AssociateAnalyticsDataSet` and `DisassociateAnalyticsDataSet` take.
 *
 * @category requests
 * @since 0.1.0
 */
export const AnalyticsDataSetRequest = Schema.Struct({
  InstanceId,
  DataSetId: ConnectId.DataSetId,
  TargetAccountId: text
})

const association = {
  DataSetId: Schema.optional(given.dataSetId),
  TargetAccountId: text,
  ResourceShareId: text,
  ResourceShareArn: text
}

/**
 * That a data set is shared with an account.
 *
 * @category responses
 * @since 0.1.0
 */
export const AnalyticsDataAssociation = Schema.Struct({
  ...association,
  ResourceShareStatus: text
})

/**
 * @category responses
 * @since 0.1.0
 */
export type AnalyticsDataAssociation = typeof AnalyticsDataAssociation.Type

// Why some data set failed. AWS names none.
const errors = AwsSchema.list(Schema.Struct({ ErrorCode: text, ErrorMessage: text }))

/**
 * What `BatchAssociateAnalyticsDataSet` answers: what was associated, and errors that name no data set.
 *
 * @category responses
 * @since 0.1.0
 */
export const BatchAssociateAnalyticsDataSetResponse = Schema.Struct({
  Created: AwsSchema.list(AnalyticsDataAssociation),
  Errors: errors
})

/**
 * @category responses
 * @since 0.1.0
 */
export type BatchAssociateAnalyticsDataSetResponse = typeof BatchAssociateAnalyticsDataSetResponse.Type

/**
 * What `BatchDisassociateAnalyticsDataSet` answers: what is associated no longer, and errors that name no data set.
 *
 * @category responses
 * @since 0.1.0
 */
export const BatchDisassociateAnalyticsDataSetResponse = Schema.Struct({
  Deleted: AwsSchema.list(given.dataSetId),
  Errors: errors
})

/**
 * @category responses
 * @since 0.1.0
 */
export type BatchDisassociateAnalyticsDataSetResponse = typeof BatchDisassociateAnalyticsDataSetResponse.Type

/**
 * What `AssociateAnalyticsDataSet` answers.
 *
 * @category responses
 * @since 0.1.0
 */
export const AssociateAnalyticsDataSetResponse = Schema.Struct(association)

/**
 * @category responses
 * @since 0.1.0
 */
export type AssociateAnalyticsDataSetResponse = typeof AssociateAnalyticsDataSetResponse.Type

/**
 * What `DisassociateAnalyticsDataSet` answers: nothing.
 *
 * @category responses
 * @since 0.1.0
 */
export const DisassociateAnalyticsDataSetResponse = Schema.Void

/**
 * What `ListAnalyticsDataAssociations` takes.
 *
 * @category requests
 * @since 0.1.0
 */
export const ListAnalyticsDataAssociationsRequest = Schema.Struct({
  InstanceId,
  DataSetId: Schema.optional(ConnectId.DataSetId),
  MaxResults: Schema.optional(pageSize(1000)),
  NextToken: text
})

/**
 * One page of `ListAnalyticsDataAssociations`.
 *
 * @category responses
 * @since 0.1.0
 */
export const ListAnalyticsDataAssociationsResponse = Schema.Struct({
  Results: AwsSchema.list(AnalyticsDataAssociation),
  NextToken: text
})

/**
 * What `ListAnalyticsDataLakeDataSets` takes.
 *
 * @category requests
 * @since 0.1.0
 */
export const ListAnalyticsDataLakeDataSetsRequest = Schema.Struct({
  InstanceId,
  MaxResults: Schema.optional(pageSize(1000)),
  NextToken: text
})

/**
 * A data set that can be associated.
 *
 * @category responses
 * @since 0.1.0
 */
export const AnalyticsDataSet = Schema.Struct({
  DataSetId: Schema.optional(given.dataSetId),
  DataSetName: text
})

/**
 * @category responses
 * @since 0.1.0
 */
export type AnalyticsDataSet = typeof AnalyticsDataSet.Type

/**
 * One page of `ListAnalyticsDataLakeDataSets`.
 *
 * @category responses
 * @since 0.1.0
 */
export const ListAnalyticsDataLakeDataSetsResponse = Schema.Struct({
  Results: AwsSchema.list(AnalyticsDataSet),
  NextToken: text
})

// -----------------------------------------------------------------------------
// Attached files
// -----------------------------------------------------------------------------

/**
 * What `BatchGetAttachedFileMetadata` takes.
 *
 * @category requests
 * @since 0.1.0
 */
export const BatchGetAttachedFileMetadataRequest = Schema.Struct({
  InstanceId,
  /** The contact, case or other resource that the files belong to. */
  AssociatedResourceArn: Arn,
  FileIds: AwsSchema.sized(ConnectId.FileId, 1, 100)
})

/**
 * What is known of a file that is attached to a resource.
 *
 * @category responses
 * @since 0.1.0
 */
export const AttachedFile = Schema.Struct({
  FileId: Schema.optional(given.fileId),
  FileArn: text,
  FileName: text,
  FileSizeInBytes: Schema.optional(Schema.Number),
  FileStatus: Schema.optional(AwsSchema.open("APPROVED", "REJECTED", "PROCESSING", "FAILED")),
  /** A text, unlike the other times of Connect. */
  CreationTime: text,
  /** A union of AWS: one member is there, and one that the client does not know comes as `$unknown`. */
  CreatedBy: Schema.optional(
    Schema.Struct({
      ConnectUserArn: text,
      AWSIdentityArn: text,
      $unknown: Schema.optional(Schema.Tuple([Schema.String, Schema.Unknown]))
    })
  ),
  FileUseCaseType: Schema.optional(
    AwsSchema.open(
      ...(["ATTACHMENT", "VOICE_RECORDING", "CONTACT_ANALYSIS", "EMAIL_MESSAGE", "EMAIL_MESSAGE_PLAIN_TEXT"] as const),
      ...(["EMAIL_MESSAGE_REDACTED", "EMAIL_MESSAGE_PLAIN_TEXT_REDACTED"] as const)
    )
  ),
  AssociatedResourceArn: text,
  Tags: Schema.optional(Schema.Record(Schema.String, Schema.String))
})

/**
 * @category responses
 * @since 0.1.0
 */
export type AttachedFile = typeof AttachedFile.Type

/**
 * What `BatchGetAttachedFileMetadata` answers: the files it knows, and why it has nothing to say of the others.
 *
 * @category responses
 * @since 0.1.0
 */
export const BatchGetAttachedFileMetadataResponse = Schema.Struct({
  Files: AwsSchema.list(AttachedFile),
  Errors: AwsSchema.list(
    Schema.Struct({
      FileId: text,
      ErrorCode: text,
      ErrorMessage: text
    })
  )
})

/**
 * @category responses
 * @since 0.1.0
 */
export type BatchGetAttachedFileMetadataResponse = typeof BatchGetAttachedFileMetadataResponse.Type

// -----------------------------------------------------------------------------
// Flow associations
// -----------------------------------------------------------------------------

/**
 * The kinds of resources that a flow can be associated with.
 *
 * @category requests
 * @since 0.1.0
 */
export const FlowResourceType = Schema.Literals(resourceTypes)

/**
 * What `BatchGetFlowAssociation` takes.
 *
 * @category requests
 * @since 0.1.0
 */
export const BatchGetFlowAssociationRequest = Schema.Struct({
  InstanceId,
  ResourceIds: AwsSchema.sized(Arn, 1, 100),
  ResourceType: Schema.optional(FlowResourceType)
})

/**
 * That a flow is associated with a resource, such as a phone number.
 *
 * @category responses
 * @since 0.1.0
 */
export const FlowAssociation = Schema.Struct({
  ResourceId: text,
  FlowId: text,
  ResourceType: Schema.optional(AwsSchema.open(...resourceTypes))
})

/**
 * @category responses
 * @since 0.1.0
 */
export type FlowAssociation = typeof FlowAssociation.Type

/**
 * What `BatchGetFlowAssociation` answers. A resource that is not in the list has no flow.
 *
 * @category responses
 * @since 0.1.0
 */
export const BatchGetFlowAssociationResponse = Schema.Struct({
  FlowAssociationSummaryList: AwsSchema.list(FlowAssociation)
})

/**
 * @category responses
 * @since 0.1.0
 */
export type BatchGetFlowAssociationResponse = typeof BatchGetFlowAssociationResponse.Type

// -----------------------------------------------------------------------------
// Contacts
// -----------------------------------------------------------------------------

const Endpoint = Schema.Struct({
  Type: Schema.optional(
    Schema.Literals(["TELEPHONE_NUMBER", "VOIP", "CONTACT_FLOW", "CONNECT_PHONENUMBER_ARN", "EMAIL_ADDRESS"])
  ),
  Address: Schema.optional(upTo(256))
})

const Preview = Schema.Struct({
  PostAcceptTimeoutConfig: Schema.Struct({ DurationInSeconds: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)) }),
  AllowedUserActions: Schema.Array(Schema.Literals(["CALL", "DISCARD"]))
})

/**
 * A contact to be made. `RequestIdentifier` is the caller's own name for it, by which the answer tells it from others.
 *
 * @category requests
 * @since 0.1.0
 */
export const ContactDataRequest = Schema.Struct({
  RequestIdentifier: Schema.optional(upTo(80)),
  SystemEndpoint: Schema.optional(Endpoint),
  CustomerEndpoint: Schema.optional(Endpoint),
  QueueId: text,
  Attributes: Schema.optional(
    Schema.Record(Schema.String, upTo(32_767)).check(
      Schema.isPropertyNames(AwsSchema.text({ wanted: "1 to 32767 characters", pattern: /^[^]{1,32767}$/u }))
    )
  ),
  Campaign: Schema.optional(
    Schema.Struct({
      CampaignId: Schema.optional(AwsSchema.text({ wanted: "1 to 100 characters", pattern: /^[^]{1,100}$/u }))
    })
  ),
  OutboundStrategy: Schema.optional(
    Schema.Struct({
      Type: Schema.Literals(["AGENT_FIRST"]),
      Config: Schema.optional(
        Schema.Struct({ AgentFirst: Schema.optional(Schema.Struct({ Preview: Schema.optional(Preview) })) })
      )
    })
  )
})

/**
 * @category requests
 * @since 0.1.0
 */
export type ContactDataRequest = typeof ContactDataRequest.Type

/**
 * What `BatchPutContact` takes. Only the service of outbound campaigns may call it. Without a token the SDK makes one up.
 *
 * @category requests
 * @since 0.1.0
 */
export const BatchPutContactRequest = Schema.Struct({
  InstanceId,
  ClientToken: Schema.optional(upTo(500)),
  ContactDataRequestList: AwsSchema.sized(ContactDataRequest, 1, 25)
})

/**
 * What `BatchPutContact` answers: the contacts that it made, and why it did not make the others.
 *
 * @category responses
 * @since 0.1.0
 */
export const BatchPutContactResponse = Schema.Struct({
  SuccessfulRequestList: AwsSchema.list(Schema.Struct({ RequestIdentifier: text, ContactId: text })),
  FailedRequestList: AwsSchema.list(
    Schema.Struct({
      RequestIdentifier: text,
      FailureReasonCode: Schema.optional(
        AwsSchema.open(
          ...(["INVALID_ATTRIBUTE_KEY", "INVALID_CUSTOMER_ENDPOINT", "INVALID_SYSTEM_ENDPOINT"] as const),
          ...(["INVALID_QUEUE", "INVALID_OUTBOUND_STRATEGY", "MISSING_CAMPAIGN", "MISSING_CUSTOMER_ENDPOINT"] as const),
          ...(["MISSING_QUEUE_ID_AND_SYSTEM_ENDPOINT", "REQUEST_THROTTLED", "IDEMPOTENCY_EXCEPTION"] as const),
          "INTERNAL_ERROR"
        )
      ),
      FailureReasonMessage: text
    })
  )
})

/**
 * @category responses
 * @since 0.1.0
 */
export type BatchPutContactResponse = typeof BatchPutContactResponse.Type

// -----------------------------------------------------------------------------
// Workspaces
// -----------------------------------------------------------------------------

/**
 * What `AssociateWorkspace` and `DisassociateWorkspace` take: users and routing profiles, by ARN.
 *
 * @category requests
 * @since 0.1.0
 */
export const WorkspaceRequest = Schema.Struct({
  InstanceId,
  WorkspaceId: ConnectId.WorkspaceId,
  ResourceArns: AwsSchema.sized(Arn, 1, 25)
})

/**
 * What `AssociateWorkspace` and `DisassociateWorkspace` answer. Codes of errors look like a status of HTTP.
 *
 * @category responses
 * @since 0.1.0
 */
export const WorkspaceResponse = Schema.Struct({
  SuccessfulList: AwsSchema.list(Schema.Struct({ ResourceArn: text })),
  FailedList: AwsSchema.list(
    Schema.Struct({
      ResourceArn: text,
      ErrorCode: text,
      ErrorMessage: text
    })
  )
})

/**
 * @category responses
 * @since 0.1.0
 */
export type WorkspaceResponse = typeof WorkspaceResponse.Type

/**
 * What to search for among the associations of workspaces: a condition, or several joined.
 *
 * @category requests
 * @since 0.1.0
 */
export interface WorkspaceSearchCriteria {
  readonly OrConditions?: ReadonlyArray<WorkspaceSearchCriteria> | undefined
  readonly AndConditions?: ReadonlyArray<WorkspaceSearchCriteria> | undefined
  readonly StringCondition?: typeof StringCondition.Type | undefined
}

const StringCondition = Schema.Struct({
  FieldName: text,
  Value: text,
  ComparisonType: Schema.optional(Schema.Literals(["STARTS_WITH", "CONTAINS", "EXACT"]))
})

/**
 * The schema of `WorkspaceSearchCriteria`.
 *
 * @category requests
 * @since 0.1.0
 */
export const WorkspaceSearchCriteria: Schema.Codec<WorkspaceSearchCriteria> = Schema.Struct({
  OrConditions: Schema.optional(Schema.Array(Schema.suspend(() => WorkspaceSearchCriteria))),
  AndConditions: Schema.optional(Schema.Array(Schema.suspend(() => WorkspaceSearchCriteria))),
  StringCondition: Schema.optional(StringCondition)
})

const TagCondition = Schema.Struct({
  TagKey: text,
  TagValue: text
})
const TagConditions = Schema.Struct({ TagConditions: Schema.optional(Schema.Array(TagCondition)) })

/**
 * What `SearchWorkspaceAssociations` takes.
 *
 * @category requests
 * @since 0.1.0
 */
export const SearchWorkspaceAssociationsRequest = Schema.Struct({
  InstanceId,
  SearchCriteria: Schema.optional(WorkspaceSearchCriteria),
  SearchFilter: Schema.optional(
    Schema.Struct({
      AttributeFilter: Schema.optional(
        Schema.Struct({
          OrConditions: Schema.optional(Schema.Array(TagConditions)),
          AndCondition: Schema.optional(TagConditions),
          TagCondition: Schema.optional(TagCondition)
        })
      )
    })
  ),
  MaxResults: Schema.optional(pageSize(500)),
  NextToken: Schema.optional(AwsSchema.text({ wanted: "1 to 2500 characters", pattern: /^[^]{1,2500}$/u }))
})

/**
 * That a user or routing profile is associated with a workspace.
 *
 * @category responses
 * @since 0.1.0
 */
export const WorkspaceAssociation = Schema.Struct({
  WorkspaceId: Schema.optional(given.workspaceId),
  WorkspaceArn: text,
  ResourceId: text,
  ResourceArn: text,
  ResourceType: Schema.optional(AwsSchema.open("USER", "ROUTING_PROFILE")),
  ResourceName: text
})

/**
 * @category responses
 * @since 0.1.0
 */
export type WorkspaceAssociation = typeof WorkspaceAssociation.Type

/**
 * One page of `SearchWorkspaceAssociations`.
 *
 * @category responses
 * @since 0.1.0
 */
export const SearchWorkspaceAssociationsResponse = Schema.Struct({
  WorkspaceAssociations: AwsSchema.list(WorkspaceAssociation),
  ApproximateTotalCount: Schema.optional(Schema.Number),
  NextToken: text
})
