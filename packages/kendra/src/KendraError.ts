/**
 * The errors of Amazon Kendra: one class for each exception that any of its commands documents, under AWS's name and with
 * its documented members; what each operation can fail with; and the errors that an answer gives to single items.
 *
 * @since 0.1.0
 */
import * as AwsError from "@effect-bulk/aws/AwsError"
import * as Schema from "effect/Schema"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * A query that another set of featured results holds.
 *
 * @category models
 * @since 0.1.0
 */
export const ConflictingItem = Schema.Struct({
  QueryText: Schema.optionalKey(Schema.String),
  SetName: Schema.optionalKey(Schema.String),
  SetId: Schema.optionalKey(Schema.String)
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
 * Another request works on the same resource.
 *
 * @category errors
 * @since 0.1.0
 */
export class ConflictException extends Schema.TaggedError<ConflictException>()("ConflictException", AwsError.fields) {}

/**
 * A query is featured by another set of the index already; the members say which.
 *
 * @category errors
 * @since 0.1.0
 */
export class FeaturedResultsConflictException extends Schema.TaggedError<FeaturedResultsConflictException>()(
  "FeaturedResultsConflictException",
  {
    ...AwsError.fields,
    ConflictingItems: Schema.optionalKey(Schema.Array(ConflictingItem))
  }
) {}

/**
 * Something is wrong with the service.
 *
 * @category errors
 * @since 0.1.0
 */
export class InternalServerException extends Schema.TaggedError<InternalServerException>()(
  "InternalServerException",
  AwsError.fields
) {}

/**
 * The input is not valid.
 *
 * @category errors
 * @since 0.1.0
 */
export class InvalidRequestException extends Schema.TaggedError<InvalidRequestException>()(
  "InvalidRequestException",
  AwsError.fields
) {}

/**
 * The resource exists already.
 *
 * @category errors
 * @since 0.1.0
 */
export class ResourceAlreadyExistException extends Schema.TaggedError<ResourceAlreadyExistException>()(
  "ResourceAlreadyExistException",
  AwsError.fields
) {}

/**
 * The resource is in use, such as a data source that is being synchronised.
 *
 * @category errors
 * @since 0.1.0
 */
export class ResourceInUseException extends Schema.TaggedError<ResourceInUseException>()(
  "ResourceInUseException",
  AwsError.fields
) {}

/**
 * There is no such resource, such as the index.
 *
 * @category errors
 * @since 0.1.0
 */
export class ResourceNotFoundException extends Schema.TaggedError<ResourceNotFoundException>()(
  "ResourceNotFoundException",
  AwsError.fields
) {}

/**
 * The resource is not available.
 *
 * @category errors
 * @since 0.1.0
 */
export class ResourceUnavailableException extends Schema.TaggedError<ResourceUnavailableException>()(
  "ResourceUnavailableException",
  AwsError.fields
) {}

/**
 * A quota of the account or the capacity of the index is used up.
 *
 * @category errors
 * @since 0.1.0
 */
export class ServiceQuotaExceededException extends Schema.TaggedError<ServiceQuotaExceededException>()(
  "ServiceQuotaExceededException",
  AwsError.fields
) {}

/**
 * Too many requests. Kendra sends it with status 400.
 *
 * @category errors
 * @since 0.1.0
 */
export class ThrottlingException extends Schema.TaggedError<ThrottlingException>()(
  "ThrottlingException",
  AwsError.fields
) {}

/**
 * The input breaks a constraint of the service.
 *
 * @category errors
 * @since 0.1.0
 */
export class ValidationException extends Schema.TaggedError<ValidationException>()(
  "ValidationException",
  AwsError.fields
) {}

// -----------------------------------------------------------------------------
// Errors of items
// -----------------------------------------------------------------------------

/**
 * Why a document was not deleted, not put, or has no status. `code` is `InvalidRequest` or `InternalError`, as far as is
 * documented.
 *
 * @category errors
 * @since 0.1.0
 */
export class DocumentError extends Schema.TaggedError<DocumentError>()("DocumentError", {
  id: Schema.String,
  code: Schema.String,
  message: Schema.String,
  /** The data source that the document belongs to, if Kendra says so. */
  dataSourceId: Schema.optionalKey(Schema.String)
}) {}

/**
 * Why a set of featured results was not deleted.
 *
 * @category errors
 * @since 0.1.0
 */
export class FeaturedResultsSetError extends Schema.TaggedError<FeaturedResultsSetError>()("FeaturedResultsSetError", {
  id: Schema.String,
  code: Schema.String,
  message: Schema.String
}) {}

/**
 * Why a user or group was not given access or a persona, or did not lose it. Kendra gives no code here.
 *
 * @category errors
 * @since 0.1.0
 */
export class EntityError extends Schema.TaggedError<EntityError>()("EntityError", {
  entityId: Schema.String,
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
  ConflictException,
  FeaturedResultsConflictException,
  InternalServerException,
  InvalidRequestException,
  ResourceAlreadyExistException,
  ResourceInUseException,
  ResourceNotFoundException,
  ResourceUnavailableException,
  ServiceQuotaExceededException,
  ThrottlingException,
  ValidationException
}

/**
 * Any exception of the service.
 *
 * @category errors
 * @since 0.1.0
 */
export type Exception = AwsError.FromTable<typeof exceptions>

const listing = {
  AccessDeniedException: AwsError.AccessDeniedException,
  InternalServerException,
  ThrottlingException,
  ValidationException
}
const inIndex = { ...listing, ResourceNotFoundException }

/**
 * What `BatchDeleteDocument` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const batchDeleteDocument = { ...inIndex, ConflictException }

/**
 * What `BatchDeleteDocument` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type BatchDeleteDocumentError = AwsError.FromTable<typeof batchDeleteDocument> | AwsError.Common

/**
 * What can go wrong with one document that is to be deleted: its own error, or that of its call.
 *
 * @category errors
 * @since 0.1.0
 */
export type DeleteDocumentError = DocumentError | BatchDeleteDocumentError

/**
 * What `BatchPutDocument` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const batchPutDocument = { ...inIndex, ConflictException, ServiceQuotaExceededException }

/**
 * What `BatchPutDocument` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type BatchPutDocumentError = AwsError.FromTable<typeof batchPutDocument> | AwsError.Common

/**
 * What can go wrong with one document that is to be put: its own error, or that of its call.
 *
 * @category errors
 * @since 0.1.0
 */
export type PutDocumentError = DocumentError | BatchPutDocumentError

/**
 * What `BatchGetDocumentStatus` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const batchGetDocumentStatus = { ...inIndex, ConflictException }

/**
 * What `BatchGetDocumentStatus` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type BatchGetDocumentStatusError = AwsError.FromTable<typeof batchGetDocumentStatus> | AwsError.Common

/**
 * What can go wrong with one document whose status is asked for: its own error, or that of its call.
 *
 * @category errors
 * @since 0.1.0
 */
export type GetDocumentStatusError = DocumentError | BatchGetDocumentStatusError

/**
 * What `BatchDeleteFeaturedResultsSet` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const batchDeleteFeaturedResultsSet = inIndex

/**
 * What `BatchDeleteFeaturedResultsSet` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type BatchDeleteFeaturedResultsSetError =
  | AwsError.FromTable<typeof batchDeleteFeaturedResultsSet>
  | AwsError.Common

/**
 * What can go wrong with one set of featured results that is to be deleted: its own error, or that of its call.
 *
 * @category errors
 * @since 0.1.0
 */
export type DeleteFeaturedResultsSetError = FeaturedResultsSetError | BatchDeleteFeaturedResultsSetError

/**
 * What `AssociateEntitiesToExperience` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const associateEntitiesToExperience = { ...inIndex, ResourceAlreadyExistException }

/**
 * What `AssociateEntitiesToExperience` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type AssociateEntitiesToExperienceError =
  | AwsError.FromTable<typeof associateEntitiesToExperience>
  | AwsError.Common

/**
 * What can go wrong with one entity that is to have access: its own error, or that of its call.
 *
 * @category errors
 * @since 0.1.0
 */
export type AssociateEntityError = EntityError | AssociateEntitiesToExperienceError

/**
 * What `DisassociateEntitiesFromExperience` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const disassociateEntitiesFromExperience = inIndex

/**
 * What `DisassociateEntitiesFromExperience` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type DisassociateEntitiesFromExperienceError =
  | AwsError.FromTable<typeof disassociateEntitiesFromExperience>
  | AwsError.Common

/**
 * What can go wrong with one entity that is to lose access: its own error, or that of its call.
 *
 * @category errors
 * @since 0.1.0
 */
export type DisassociateEntityError = EntityError | DisassociateEntitiesFromExperienceError

/**
 * What `AssociatePersonasToEntities` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const associatePersonasToEntities = { ...inIndex, ResourceAlreadyExistException }

/**
 * What `AssociatePersonasToEntities` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type AssociatePersonasToEntitiesError = AwsError.FromTable<typeof associatePersonasToEntities> | AwsError.Common

/**
 * What can go wrong with one entity that is to have a persona: its own error, or that of its call.
 *
 * @category errors
 * @since 0.1.0
 */
export type AssociatePersonaError = EntityError | AssociatePersonasToEntitiesError

/**
 * What `DisassociatePersonasFromEntities` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const disassociatePersonasFromEntities = inIndex

/**
 * What `DisassociatePersonasFromEntities` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type DisassociatePersonasFromEntitiesError =
  | AwsError.FromTable<typeof disassociatePersonasFromEntities>
  | AwsError.Common

/**
 * What can go wrong with one entity that is to lose its persona: its own error, or that of its call.
 *
 * @category errors
 * @since 0.1.0
 */
export type DisassociatePersonaError = EntityError | DisassociatePersonasFromEntitiesError

/**
 * What `ListIndices` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const listIndices = listing

/**
 * What `ListIndices` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type ListIndicesError = AwsError.FromTable<typeof listIndices> | AwsError.Common

/**
 * What `DescribeIndex` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const describeIndex = inIndex

/**
 * What `DescribeIndex` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type DescribeIndexError = AwsError.FromTable<typeof describeIndex> | AwsError.Common

/**
 * What `ListDataSources` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const listDataSources = inIndex

/**
 * What `ListDataSources` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type ListDataSourcesError = AwsError.FromTable<typeof listDataSources> | AwsError.Common

/**
 * What `ListDataSourceSyncJobs` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const listDataSourceSyncJobs = { ...inIndex, ConflictException }

/**
 * What `ListDataSourceSyncJobs` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type ListDataSourceSyncJobsError = AwsError.FromTable<typeof listDataSourceSyncJobs> | AwsError.Common

/**
 * What `StartDataSourceSyncJob` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const startDataSourceSyncJob = { ...inIndex, ConflictException, ResourceInUseException }

/**
 * What `StartDataSourceSyncJob` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type StartDataSourceSyncJobError = AwsError.FromTable<typeof startDataSourceSyncJob> | AwsError.Common

/**
 * What `StopDataSourceSyncJob` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const stopDataSourceSyncJob = inIndex

/**
 * What `StopDataSourceSyncJob` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type StopDataSourceSyncJobError = AwsError.FromTable<typeof stopDataSourceSyncJob> | AwsError.Common

/**
 * What `ListFeaturedResultsSets` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const listFeaturedResultsSets = inIndex

/**
 * What `ListFeaturedResultsSets` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type ListFeaturedResultsSetsError = AwsError.FromTable<typeof listFeaturedResultsSets> | AwsError.Common

/**
 * What `ListExperienceEntities` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const listExperienceEntities = inIndex

/**
 * What `ListExperienceEntities` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type ListExperienceEntitiesError = AwsError.FromTable<typeof listExperienceEntities> | AwsError.Common
