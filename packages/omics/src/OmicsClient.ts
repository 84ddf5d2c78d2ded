/**
 * The way to HealthOmics: the SDK client, and the operations of the API that this package uses. The one module that
 * knows the SDK. HealthOmics counts calls by operation, account and region; for annotation stores no rate is documented.
 *
 * @since 0.1.0
 */
import * as Sdk from "@aws-sdk/client-omics"
import * as AwsClient from "@effect-bulk/aws/AwsClient"
import type * as AwsError from "@effect-bulk/aws/AwsError"
import * as AwsOperation from "@effect-bulk/aws/AwsOperation"
import type * as Transport from "@effect-bulk/aws/Transport"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import * as OmicsError from "./OmicsError.ts"
import * as OmicsFates from "./OmicsFates.ts"
import * as OmicsSchema from "./OmicsSchema.ts"

// -----------------------------------------------------------------------------
// Client
// -----------------------------------------------------------------------------

/**
 * A client over the SDK, destroyed with the scope.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (
  options?: AwsClient.Options
): Effect.Effect<AwsClient.AwsClient, AwsError.ClientMisconfigured, Scope.Scope> =>
  AwsClient.make({ ...options, service: "Omics", create: (config) => new Sdk.OmicsClient(config) })

/**
 * A client over another transport, such as a model in memory.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromTransport = (transport: Transport.Transport): AwsClient.AwsClient =>
  AwsClient.fromTransport({ service: "Omics", transport })

// -----------------------------------------------------------------------------
// Operations
// -----------------------------------------------------------------------------

/**
 * @category operations
 * @since 0.1.0
 */
export const batchDeleteReadSet = AwsOperation.make({
  name: "BatchDeleteReadSet",
  command: Sdk.BatchDeleteReadSetCommand,
  request: OmicsSchema.BatchDeleteReadSetRequest,
  response: OmicsSchema.BatchDeleteReadSetResponse,
  errors: OmicsError.batchDeleteReadSet,
  fate: OmicsFates.fate,
  nature: "idempotent",
  quota: { rate: { count: 1, per: "1 second" } }
})

/**
 * @category operations
 * @since 0.1.0
 */
export const deleteAnnotationStoreVersions = AwsOperation.make({
  name: "DeleteAnnotationStoreVersions",
  command: Sdk.DeleteAnnotationStoreVersionsCommand,
  request: OmicsSchema.DeleteAnnotationStoreVersionsRequest,
  response: OmicsSchema.DeleteAnnotationStoreVersionsResponse,
  errors: OmicsError.deleteAnnotationStoreVersions,
  fate: OmicsFates.fate,
  nature: "idempotent"
})

/**
 * @category operations
 * @since 0.1.0
 */
export const listReadSets = AwsOperation.make({
  name: "ListReadSets",
  command: Sdk.ListReadSetsCommand,
  request: OmicsSchema.ListReadSetsRequest,
  response: OmicsSchema.ListReadSetsResponse,
  errors: OmicsError.listReadSets,
  fate: OmicsFates.fate,
  nature: "read",
  quota: { rate: { count: 5, per: "1 second" } }
})

/**
 * @category operations
 * @since 0.1.0
 */
export const getReadSetMetadata = AwsOperation.make({
  name: "GetReadSetMetadata",
  command: Sdk.GetReadSetMetadataCommand,
  request: OmicsSchema.GetReadSetMetadataRequest,
  response: OmicsSchema.ReadSetMetadata,
  errors: OmicsError.getReadSetMetadata,
  fate: OmicsFates.fate,
  nature: "read",
  quota: { rate: { count: 5, per: "1 second" } }
})

/**
 * @category operations
 * @since 0.1.0
 */
export const listSequenceStores = AwsOperation.make({
  name: "ListSequenceStores",
  command: Sdk.ListSequenceStoresCommand,
  request: OmicsSchema.ListSequenceStoresRequest,
  response: OmicsSchema.ListSequenceStoresResponse,
  errors: OmicsError.listSequenceStores,
  fate: OmicsFates.fate,
  nature: "read",
  quota: { rate: { count: 5, per: "1 second" } }
})

/**
 * @category operations
 * @since 0.1.0
 */
export const getSequenceStore = AwsOperation.make({
  name: "GetSequenceStore",
  command: Sdk.GetSequenceStoreCommand,
  request: OmicsSchema.GetSequenceStoreRequest,
  response: OmicsSchema.SequenceStoreDetail,
  errors: OmicsError.getSequenceStore,
  fate: OmicsFates.fate,
  nature: "read",
  quota: { rate: { count: 5, per: "1 second" } }
})

/**
 * @category operations
 * @since 0.1.0
 */
export const listAnnotationStoreVersions = AwsOperation.make({
  name: "ListAnnotationStoreVersions",
  command: Sdk.ListAnnotationStoreVersionsCommand,
  request: OmicsSchema.ListAnnotationStoreVersionsRequest,
  response: OmicsSchema.ListAnnotationStoreVersionsResponse,
  errors: OmicsError.listAnnotationStoreVersions,
  fate: OmicsFates.fate,
  nature: "read"
})
