/**
 * The errors of Amazon Connect: one class for each exception that any of its commands documents, under AWS's name and
 * with its documented members; what each operation can fail with; and the errors that an answer gives to single items.
 *
 * @since 0.1.0
 */
import * as AwsError from "@effect-bulk/aws/AwsError"
import * as AwsSchema from "@effect-bulk/aws/AwsSchema"
import * as Schema from "effect/Schema"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

// A union of AWS: one member is there, and one that the client does not know comes as `$unknown`.
const unknownMember = { $unknown: Schema.optionalKey(Schema.Tuple([Schema.String, Schema.Unknown])) }

/**
 * What is wrong with a flow, a module or a test case.
 *
 * @category models
 * @since 0.1.0
 */
export const ProblemDetail = Schema.Struct({ message: Schema.optionalKey(Schema.String) })

/**
 * Why the upload of a file was refused.
 *
 * @category models
 * @since 0.1.0
 */
export const InvalidRequestReason = Schema.Struct({
  AttachedFileInvalidRequestExceptionReason: Schema.optionalKey(
    AwsSchema.open("INVALID_FILE_NAME", "INVALID_FILE_SIZE", "INVALID_FILE_TYPE")
  ),
  ...unknownMember
})

/**
 * Which quota of file uploads was used up.
 *
 * @category models
 * @since 0.1.0
 */
export const ServiceQuotaExceededReason = Schema.Struct({
  AttachedFileServiceQuotaExceededExceptionReason: Schema.optionalKey(
    AwsSchema.open("TOTAL_FILE_COUNT_EXCEEDED", "TOTAL_FILE_SIZE_EXCEEDED")
  ),
  ...unknownMember
})

/**
 * What kind of resource is in use.
 *
 * @category models
 * @since 0.1.0
 */
export const ResourceType = AwsSchema.open(
  "CONTACT",
  "CONTACT_FLOW",
  "HIERARCHY_GROUP",
  "HIERARCHY_LEVEL",
  "INSTANCE",
  "PARTICIPANT",
  "PHONE_NUMBER",
  "USER"
)

/**
 * A property that is not valid.
 *
 * @category models
 * @since 0.1.0
 */
export const InvalidProperty = Schema.Struct({
  PropertyPath: Schema.optionalKey(Schema.String),
  Reason: Schema.optionalKey(
    AwsSchema.open(
      "INVALID_FORMAT",
      "NOT_SUPPORTED",
      "REFERENCED_RESOURCE_NOT_FOUND",
      "REQUIRED_PROPERTY_MISSING",
      "RESOURCE_NAME_ALREADY_EXISTS",
      "TYPE_MISMATCH",
      "UNIQUE_CONSTRAINT_VIOLATED"
    )
  ),
  Message: Schema.optionalKey(Schema.String)
})

// -----------------------------------------------------------------------------
// Errors
// -----------------------------------------------------------------------------

/**
 * The credentials do not allow the call: the class that all services share.
 *
 * @category errors
 * @since 0.1.0
 */
export { AccessDeniedException } from "@effect-bulk/aws/AwsError"

/**
 * A condition that the request depends on does not hold.
 *
 * @category errors
 * @since 0.1.0
 */
export class ConditionalOperationFailedException extends Schema.TaggedError<ConditionalOperationFailedException>()(
  "ConditionalOperationFailedException",
  AwsError.fields
) {}

/**
 * Another operation, or the state of a contact, is in the way.
 *
 * @category errors
 * @since 0.1.0
 */
export class ConflictException extends Schema.TaggedError<ConflictException>()("ConflictException", AwsError.fields) {}

/**
 * The flow is not published.
 *
 * @category errors
 * @since 0.1.0
 */
export class ContactFlowNotPublishedException extends Schema.TaggedError<ContactFlowNotPublishedException>()(
  "ContactFlowNotPublishedException",
  AwsError.fields
) {}

/**
 * There is no such contact.
 *
 * @category errors
 * @since 0.1.0
 */
export class ContactNotFoundException extends Schema.TaggedError<ContactNotFoundException>()(
  "ContactNotFoundException",
  AwsError.fields
) {}

/**
 * The contact is not disconnected yet.
 *
 * @category errors
 * @since 0.1.0
 */
export class ContactNotTerminatedException extends Schema.TaggedError<ContactNotTerminatedException>()(
  "ContactNotTerminatedException",
  AwsError.fields
) {}

/**
 * Outbound calls to the number are not allowed.
 *
 * @category errors
 * @since 0.1.0
 */
export class DestinationNotAllowedException extends Schema.TaggedError<DestinationNotAllowedException>()(
  "DestinationNotAllowedException",
  AwsError.fields
) {}

/**
 * A resource of that name exists already.
 *
 * @category errors
 * @since 0.1.0
 */
export class DuplicateResourceException extends Schema.TaggedError<DuplicateResourceException>()(
  "DuplicateResourceException",
  AwsError.fields
) {}

/**
 * An entity of that name exists already.
 *
 * @category errors
 * @since 0.1.0
 */
export class IdempotencyException extends Schema.TaggedError<IdempotencyException>()(
  "IdempotencyException",
  AwsError.fields
) {}

/**
 * Something is wrong with the service.
 *
 * @category errors
 * @since 0.1.0
 */
export class InternalServiceException extends Schema.TaggedError<InternalServiceException>()(
  "InternalServiceException",
  AwsError.fields
) {}

/**
 * The instance is replicated and active in another region.
 *
 * @category errors
 * @since 0.1.0
 */
export class InvalidActiveRegionException extends Schema.TaggedError<InvalidActiveRegionException>()(
  "InvalidActiveRegionException",
  AwsError.fields
) {}

/**
 * The flow is not valid. Comes without a message.
 *
 * @category errors
 * @since 0.1.0
 */
export class InvalidContactFlowException extends Schema.TaggedError<InvalidContactFlowException>()(
  "InvalidContactFlowException",
  {
    ...AwsError.fields,
    problems: Schema.optionalKey(Schema.Array(ProblemDetail))
  }
) {}

/**
 * The module is not valid. Comes without a message.
 *
 * @category errors
 * @since 0.1.0
 */
export class InvalidContactFlowModuleException extends Schema.TaggedError<InvalidContactFlowModuleException>()(
  "InvalidContactFlowModuleException",
  {
    ...AwsError.fields,
    Problems: Schema.optionalKey(Schema.Array(ProblemDetail))
  }
) {}

/**
 * A parameter is not valid, or a list is too long.
 *
 * @category errors
 * @since 0.1.0
 */
export class InvalidParameterException extends Schema.TaggedError<InvalidParameterException>()(
  "InvalidParameterException",
  AwsError.fields
) {}

/**
 * The request is not valid.
 *
 * @category errors
 * @since 0.1.0
 */
export class InvalidRequestException extends Schema.TaggedError<InvalidRequestException>()("InvalidRequestException", {
  ...AwsError.fields,
  /** Why the upload of a file was refused. */
  Reason: Schema.optionalKey(InvalidRequestReason)
}) {}

/**
 * The test case is not valid. Comes without a message.
 *
 * @category errors
 * @since 0.1.0
 */
export class InvalidTestCaseException extends Schema.TaggedError<InvalidTestCaseException>()(
  "InvalidTestCaseException",
  {
    ...AwsError.fields,
    Problems: Schema.optionalKey(Schema.Array(ProblemDetail))
  }
) {}

/**
 * A limit is used up. Connect sends it with status 429.
 *
 * @category errors
 * @since 0.1.0
 */
export class LimitExceededException extends Schema.TaggedError<LimitExceededException>()(
  "LimitExceededException",
  AwsError.fields
) {}

/**
 * There are more tags than one answer can hold.
 *
 * @category errors
 * @since 0.1.0
 */
export class MaximumResultReturnedException extends Schema.TaggedError<MaximumResultReturnedException>()(
  "MaximumResultReturnedException",
  AwsError.fields
) {}

/**
 * The contact is not permitted.
 *
 * @category errors
 * @since 0.1.0
 */
export class OutboundContactNotPermittedException extends Schema.TaggedError<OutboundContactNotPermittedException>()(
  "OutboundContactNotPermittedException",
  AwsError.fields
) {}

/**
 * The analysis of that kind was not made for the contact.
 *
 * @category errors
 * @since 0.1.0
 */
export class OutputTypeNotFoundException extends Schema.TaggedError<OutputTypeNotFoundException>()(
  "OutputTypeNotFoundException",
  AwsError.fields
) {}

/**
 * Some properties are not valid; the members say which, and why.
 *
 * @category errors
 * @since 0.1.0
 */
export class PropertyValidationException extends Schema.TaggedError<PropertyValidationException>()(
  "PropertyValidationException",
  {
    ...AwsError.fields,
    PropertyList: Schema.optionalKey(Schema.Array(InvalidProperty))
  }
) {}

/**
 * A resource of that name exists already.
 *
 * @category errors
 * @since 0.1.0
 */
export class ResourceConflictException extends Schema.TaggedError<ResourceConflictException>()(
  "ResourceConflictException",
  AwsError.fields
) {}

/**
 * The resource is in use.
 *
 * @category errors
 * @since 0.1.0
 */
export class ResourceInUseException extends Schema.TaggedError<ResourceInUseException>()("ResourceInUseException", {
  ...AwsError.fields,
  ResourceType: Schema.optionalKey(ResourceType),
  ResourceId: Schema.optionalKey(Schema.String)
}) {}

/**
 * There is no such resource, such as the instance.
 *
 * @category errors
 * @since 0.1.0
 */
export class ResourceNotFoundException extends Schema.TaggedError<ResourceNotFoundException>()(
  "ResourceNotFoundException",
  AwsError.fields
) {}

/**
 * The resource is not ready.
 *
 * @category errors
 * @since 0.1.0
 */
export class ResourceNotReadyException extends Schema.TaggedError<ResourceNotReadyException>()(
  "ResourceNotReadyException",
  AwsError.fields
) {}

/**
 * A quota is used up. Connect sends it with status 402.
 *
 * @category errors
 * @since 0.1.0
 */
export class ServiceQuotaExceededException extends Schema.TaggedError<ServiceQuotaExceededException>()(
  "ServiceQuotaExceededException",
  {
    ...AwsError.fields,
    /** Which quota of a file upload was used up. */
    Reason: Schema.optionalKey(ServiceQuotaExceededReason)
  }
) {}

/**
 * Too many requests.
 *
 * @category errors
 * @since 0.1.0
 */
export class ThrottlingException extends Schema.TaggedError<ThrottlingException>()(
  "ThrottlingException",
  AwsError.fields
) {}

/**
 * Too many requests of a kind.
 *
 * @category errors
 * @since 0.1.0
 */
export class TooManyRequestsException extends Schema.TaggedError<TooManyRequestsException>()(
  "TooManyRequestsException",
  AwsError.fields
) {}

/**
 * The instance has no such user.
 *
 * @category errors
 * @since 0.1.0
 */
export class UserNotFoundException extends Schema.TaggedError<UserNotFoundException>()(
  "UserNotFoundException",
  AwsError.fields
) {}

// -----------------------------------------------------------------------------
// Errors of items
// -----------------------------------------------------------------------------

/**
 * Why a data set was not associated, or is still associated. AWS does not say which data set it speaks of, and documents
 * no code.
 *
 * @category errors
 * @since 0.1.0
 */
export class AnalyticsDataSetError extends Schema.TaggedError<AnalyticsDataSetError>()("AnalyticsDataSetError", {
  code: Schema.String,
  message: Schema.String
}) {}

/**
 * Why Connect has nothing to say of a file.
 *
 * @category errors
 * @since 0.1.0
 */
export class AttachedFileError extends Schema.TaggedError<AttachedFileError>()("AttachedFileError", {
  fileId: Schema.String,
  code: Schema.String,
  message: Schema.String
}) {}

/**
 * Why a contact was not made. `code` is one of AWS's reasons, such as `INVALID_QUEUE`.
 *
 * @category errors
 * @since 0.1.0
 */
export class ContactError extends Schema.TaggedError<ContactError>()("ContactError", {
  requestIdentifier: Schema.String,
  code: Schema.String,
  message: Schema.String
}) {}

/**
 * Why a value of a data table was not created, updated, deleted or found. `id` names it, see `DataTableSchema.valueId`.
 * AWS gives no code.
 *
 * @category errors
 * @since 0.1.0
 */
export class DataTableValueError extends Schema.TaggedError<DataTableValueError>()("DataTableValueError", {
  id: Schema.String,
  message: Schema.String
}) {}

/**
 * Why a user or routing profile was not associated with a workspace, or still is. `code` looks like a status of HTTP.
 *
 * @category errors
 * @since 0.1.0
 */
export class WorkspaceResourceError extends Schema.TaggedError<WorkspaceResourceError>()("WorkspaceResourceError", {
  resourceArn: Schema.String,
  code: Schema.String,
  message: Schema.String
}) {}

// -----------------------------------------------------------------------------
// Tables
// -----------------------------------------------------------------------------

/**
 * Every exception of the service, by name.
 *
 * @category tables
 * @since 0.1.0
 */
export const exceptions = {
  AccessDeniedException: AwsError.AccessDeniedException,
  ConditionalOperationFailedException,
  ConflictException,
  ContactFlowNotPublishedException,
  ContactNotFoundException,
  ContactNotTerminatedException,
  DestinationNotAllowedException,
  DuplicateResourceException,
  IdempotencyException,
  InternalServiceException,
  InvalidActiveRegionException,
  InvalidContactFlowException,
  InvalidContactFlowModuleException,
  InvalidParameterException,
  InvalidRequestException,
  InvalidTestCaseException,
  LimitExceededException,
  MaximumResultReturnedException,
  OutboundContactNotPermittedException,
  OutputTypeNotFoundException,
  PropertyValidationException,
  ResourceConflictException,
  ResourceInUseException,
  ResourceNotFoundException,
  ResourceNotReadyException,
  ServiceQuotaExceededException,
  ThrottlingException,
  TooManyRequestsException,
  UserNotFoundException
}

/**
 * Any exception of the service.
 *
 * @category errors
 * @since 0.1.0
 */
export type Exception = AwsError.FromTable<typeof exceptions>

// The operations of analytics data sets do not document that access may be denied.
const inInstance = {
  InternalServiceException,
  InvalidParameterException,
  InvalidRequestException,
  ResourceNotFoundException,
  ThrottlingException
}
const guarded = { ...inInstance, AccessDeniedException: AwsError.AccessDeniedException }

/**
 * What `BatchAssociateAnalyticsDataSet` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const batchAssociateAnalyticsDataSet = inInstance

/**
 * What `BatchAssociateAnalyticsDataSet` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type BatchAssociateAnalyticsDataSetError =
  | AwsError.FromTable<typeof batchAssociateAnalyticsDataSet>
  | AwsError.Common

/**
 * What can go wrong with one data set that is to be associated: its own error, or that of its call.
 *
 * @category errors
 * @since 0.1.0
 */
export type DataSetAssociationError = AnalyticsDataSetError | BatchAssociateAnalyticsDataSetError

/**
 * What `BatchDisassociateAnalyticsDataSet` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const batchDisassociateAnalyticsDataSet = inInstance

/**
 * What `BatchDisassociateAnalyticsDataSet` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type BatchDisassociateAnalyticsDataSetError =
  | AwsError.FromTable<typeof batchDisassociateAnalyticsDataSet>
  | AwsError.Common

/**
 * What can go wrong with one data set that is to be associated no longer: its own error, or that of its call.
 *
 * @category errors
 * @since 0.1.0
 */
export type DataSetDisassociationError = AnalyticsDataSetError | BatchDisassociateAnalyticsDataSetError

/**
 * What `AssociateAnalyticsDataSet` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const associateAnalyticsDataSet = inInstance

/**
 * What `AssociateAnalyticsDataSet` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type AssociateAnalyticsDataSetError = AwsError.FromTable<typeof associateAnalyticsDataSet> | AwsError.Common

/**
 * What `DisassociateAnalyticsDataSet` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const disassociateAnalyticsDataSet = inInstance

/**
 * What `DisassociateAnalyticsDataSet` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type DisassociateAnalyticsDataSetError =
  | AwsError.FromTable<typeof disassociateAnalyticsDataSet>
  | AwsError.Common

/**
 * What `ListAnalyticsDataAssociations` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const listAnalyticsDataAssociations = inInstance

/**
 * What `ListAnalyticsDataAssociations` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type ListAnalyticsDataAssociationsError =
  | AwsError.FromTable<typeof listAnalyticsDataAssociations>
  | AwsError.Common

/**
 * What `ListAnalyticsDataLakeDataSets` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const listAnalyticsDataLakeDataSets = inInstance

/**
 * What `ListAnalyticsDataLakeDataSets` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type ListAnalyticsDataLakeDataSetsError =
  | AwsError.FromTable<typeof listAnalyticsDataLakeDataSets>
  | AwsError.Common

/**
 * What `ListInstances` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const listInstances = { InternalServiceException, InvalidRequestException }

/**
 * What `ListInstances` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type ListInstancesError = AwsError.FromTable<typeof listInstances> | AwsError.Common

/**
 * What `BatchGetAttachedFileMetadata` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const batchGetAttachedFileMetadata = {
  AccessDeniedException: AwsError.AccessDeniedException,
  InternalServiceException,
  InvalidRequestException,
  ResourceNotFoundException,
  ThrottlingException
}

/**
 * What `BatchGetAttachedFileMetadata` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type BatchGetAttachedFileMetadataError =
  | AwsError.FromTable<typeof batchGetAttachedFileMetadata>
  | AwsError.Common

/**
 * What can go wrong with one file that is asked for: its own error, or that of its call.
 *
 * @category errors
 * @since 0.1.0
 */
export type GetAttachedFileError = AttachedFileError | BatchGetAttachedFileMetadataError

/**
 * What `BatchGetFlowAssociation` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const batchGetFlowAssociation = guarded

/**
 * What `BatchGetFlowAssociation` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type BatchGetFlowAssociationError = AwsError.FromTable<typeof batchGetFlowAssociation> | AwsError.Common

/**
 * What `BatchPutContact` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const batchPutContact = {
  AccessDeniedException: AwsError.AccessDeniedException,
  IdempotencyException,
  InternalServiceException,
  InvalidRequestException,
  LimitExceededException,
  ResourceNotFoundException
}

/**
 * What `BatchPutContact` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type BatchPutContactError = AwsError.FromTable<typeof batchPutContact> | AwsError.Common

/**
 * What can go wrong with one contact that is to be made: its own error, or that of its call.
 *
 * @category errors
 * @since 0.1.0
 */
export type PutContactError = ContactError | BatchPutContactError

/**
 * What `BatchCreateDataTableValue` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const batchCreateDataTableValue = {
  ...guarded,
  ConflictException,
  DuplicateResourceException,
  ServiceQuotaExceededException
}

/**
 * What `BatchCreateDataTableValue` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type BatchCreateDataTableValueError = AwsError.FromTable<typeof batchCreateDataTableValue> | AwsError.Common

/**
 * What can go wrong with one value that is to be created: its own error, or that of its call.
 *
 * @category errors
 * @since 0.1.0
 */
export type CreateDataTableValueError = DataTableValueError | BatchCreateDataTableValueError

/**
 * What `BatchUpdateDataTableValue` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const batchUpdateDataTableValue = { ...guarded, ConflictException }

/**
 * What `BatchUpdateDataTableValue` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type BatchUpdateDataTableValueError = AwsError.FromTable<typeof batchUpdateDataTableValue> | AwsError.Common

/**
 * What can go wrong with one value that is to be updated: its own error, or that of its call.
 *
 * @category errors
 * @since 0.1.0
 */
export type UpdateDataTableValueError = DataTableValueError | BatchUpdateDataTableValueError

/**
 * What `BatchDeleteDataTableValue` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const batchDeleteDataTableValue = { ...guarded, ConflictException }

/**
 * What `BatchDeleteDataTableValue` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type BatchDeleteDataTableValueError = AwsError.FromTable<typeof batchDeleteDataTableValue> | AwsError.Common

/**
 * What can go wrong with one value that is to be deleted: its own error, or that of its call.
 *
 * @category errors
 * @since 0.1.0
 */
export type DeleteDataTableValueError = DataTableValueError | BatchDeleteDataTableValueError

/**
 * What `BatchDescribeDataTableValue` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const batchDescribeDataTableValue = guarded

/**
 * What `BatchDescribeDataTableValue` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type BatchDescribeDataTableValueError = AwsError.FromTable<typeof batchDescribeDataTableValue> | AwsError.Common

/**
 * What can go wrong with one value that is to be looked up: its own error, or that of its call.
 *
 * @category errors
 * @since 0.1.0
 */
export type DescribeDataTableValueError = DataTableValueError | BatchDescribeDataTableValueError

/**
 * What `ListDataTableValues` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const listDataTableValues = guarded

/**
 * What `ListDataTableValues` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type ListDataTableValuesError = AwsError.FromTable<typeof listDataTableValues> | AwsError.Common

/**
 * What `AssociateWorkspace` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const associateWorkspace = { ...guarded, DuplicateResourceException }

/**
 * What `AssociateWorkspace` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type AssociateWorkspaceError = AwsError.FromTable<typeof associateWorkspace> | AwsError.Common

/**
 * What can go wrong with one user or routing profile that is to be associated: its own error, or that of its call.
 *
 * @category errors
 * @since 0.1.0
 */
export type WorkspaceAssociationError = WorkspaceResourceError | AssociateWorkspaceError

/**
 * What `DisassociateWorkspace` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const disassociateWorkspace = guarded

/**
 * What `DisassociateWorkspace` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type DisassociateWorkspaceError = AwsError.FromTable<typeof disassociateWorkspace> | AwsError.Common

/**
 * What can go wrong with one user or routing profile that is to be associated no longer: its own error, or that of its call.
 *
 * @category errors
 * @since 0.1.0
 */
export type WorkspaceDisassociationError = WorkspaceResourceError | DisassociateWorkspaceError

/**
 * What `SearchWorkspaceAssociations` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const searchWorkspaceAssociations = guarded

/**
 * What `SearchWorkspaceAssociations` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type SearchWorkspaceAssociationsError = AwsError.FromTable<typeof searchWorkspaceAssociations> | AwsError.Common
