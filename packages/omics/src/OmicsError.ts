/**
 * The errors of AWS HealthOmics: one class for each exception that any of its commands documents, under AWS's name;
 * what each operation can fail with; and the errors that an answer gives to single items.
 *
 * @since 0.1.0
 */
import * as AwsError from "@effect-bulk/aws/AwsError"
import * as Schema from "effect/Schema"

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
 * The target is in a state that forbids the request.
 *
 * @category errors
 * @since 0.1.0
 */
export class ConflictException extends Schema.TaggedError<ConflictException>()("ConflictException", AwsError.fields) {}

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
 * The operation is not supported, or there is none of that name.
 *
 * @category errors
 * @since 0.1.0
 */
export class NotSupportedOperationException extends Schema.TaggedError<NotSupportedOperationException>()(
  "NotSupportedOperationException",
  AwsError.fields
) {}

/**
 * The file does not have the range that was asked for.
 *
 * @category errors
 * @since 0.1.0
 */
export class RangeNotSatisfiableException extends Schema.TaggedError<RangeNotSatisfiableException>()(
  "RangeNotSatisfiableException",
  AwsError.fields
) {}

/**
 * The service ran out of time; it may have done what it was asked.
 *
 * @category errors
 * @since 0.1.0
 */
export class RequestTimeoutException extends Schema.TaggedError<RequestTimeoutException>()(
  "RequestTimeoutException",
  AwsError.fields
) {}

/**
 * There is no such resource in the Region, such as the sequence store.
 *
 * @category errors
 * @since 0.1.0
 */
export class ResourceNotFoundException extends Schema.TaggedError<ResourceNotFoundException>()(
  "ResourceNotFoundException",
  AwsError.fields
) {}

/**
 * A quota of the account is used up.
 *
 * @category errors
 * @since 0.1.0
 */
export class ServiceQuotaExceededException extends Schema.TaggedError<ServiceQuotaExceededException>()(
  "ServiceQuotaExceededException",
  AwsError.fields
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
 * Why `BatchDeleteReadSet` did not delete a read set.
 *
 * **Gotchas**
 *
 * `code` may be empty: AWS's own example of a read set that does not exist has no code.
 *
 * @category errors
 * @since 0.1.0
 */
export class ReadSetBatchError extends Schema.TaggedError<ReadSetBatchError>()("ReadSetBatchError", {
  id: Schema.String,
  code: Schema.String,
  message: Schema.String
}) {}

/**
 * Why `DeleteAnnotationStoreVersions` did not delete a version. HealthOmics gives no code here.
 *
 * @category errors
 * @since 0.1.0
 */
export class VersionDeleteError extends Schema.TaggedError<VersionDeleteError>()("VersionDeleteError", {
  versionName: Schema.String,
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
  InternalServerException,
  NotSupportedOperationException,
  RangeNotSatisfiableException,
  RequestTimeoutException,
  ResourceNotFoundException,
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

const any = {
  AccessDeniedException: AwsError.AccessDeniedException,
  InternalServerException,
  ThrottlingException,
  ValidationException
}
const inAnnotations = { ...any, ResourceNotFoundException }
const inStore = { ...any, RequestTimeoutException, ResourceNotFoundException }

/**
 * What `BatchDeleteReadSet` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const batchDeleteReadSet = inStore

/**
 * What `BatchDeleteReadSet` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type BatchDeleteReadSetError = AwsError.FromTable<typeof batchDeleteReadSet> | AwsError.Common

/**
 * What can go wrong with one read set that is to be deleted: its own error, or that of its call.
 *
 * @category errors
 * @since 0.1.0
 */
export type DeleteReadSetError = ReadSetBatchError | BatchDeleteReadSetError

/**
 * What `DeleteAnnotationStoreVersions` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const deleteAnnotationStoreVersions = { ...inAnnotations, ConflictException }

/**
 * What `DeleteAnnotationStoreVersions` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type DeleteAnnotationStoreVersionsError =
  | AwsError.FromTable<typeof deleteAnnotationStoreVersions>
  | AwsError.Common

/**
 * What can go wrong with one version that is to be deleted: its own error, or that of its call.
 *
 * @category errors
 * @since 0.1.0
 */
export type DeleteAnnotationStoreVersionError = VersionDeleteError | DeleteAnnotationStoreVersionsError

/**
 * What `ListReadSets` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const listReadSets = inStore

/**
 * What `ListReadSets` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type ListReadSetsError = AwsError.FromTable<typeof listReadSets> | AwsError.Common

/**
 * What `GetReadSetMetadata` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const getReadSetMetadata = inStore

/**
 * What `GetReadSetMetadata` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type GetReadSetMetadataError = AwsError.FromTable<typeof getReadSetMetadata> | AwsError.Common

/**
 * What `ListSequenceStores` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const listSequenceStores = { ...any, RequestTimeoutException }

/**
 * What `ListSequenceStores` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type ListSequenceStoresError = AwsError.FromTable<typeof listSequenceStores> | AwsError.Common

/**
 * What `GetSequenceStore` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const getSequenceStore = inStore

/**
 * What `GetSequenceStore` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type GetSequenceStoreError = AwsError.FromTable<typeof getSequenceStore> | AwsError.Common

/**
 * What `ListAnnotationStoreVersions` documents.
 *
 * @category tables
 * @since 0.1.0
 */
export const listAnnotationStoreVersions = inAnnotations

/**
 * What `ListAnnotationStoreVersions` can fail with.
 *
 * @category errors
 * @since 0.1.0
 */
export type ListAnnotationStoreVersionsError = AwsError.FromTable<typeof listAnnotationStoreVersions> | AwsError.Common
