/**
 * The way to Kendra: the SDK client, and the operations of the API that this package uses. The one module that knows the
 * SDK. AWS publishes no rate for any of them, so each is found by trying, for account and region.
 *
 * @since 0.1.0
 */
import * as Sdk from "@aws-sdk/client-kendra"
import * as AwsClient from "@effect-bulk/aws/AwsClient"
import type * as AwsError from "@effect-bulk/aws/AwsError"
import * as AwsOperation from "@effect-bulk/aws/AwsOperation"
import type * as Transport from "@effect-bulk/aws/Transport"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import * as KendraError from "./KendraError.ts"
import * as KendraFates from "./KendraFates.ts"
import * as KendraSchema from "./KendraSchema.ts"

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
  AwsClient.make({ ...options, service: "Kendra", create: (config) => new Sdk.KendraClient(config) })

/**
 * A client over another transport, such as a model in memory.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromTransport = (transport: Transport.Transport): AwsClient.AwsClient =>
  AwsClient.fromTransport({ service: "Kendra", transport })

// -----------------------------------------------------------------------------
// Operations
// -----------------------------------------------------------------------------

/**
 * @category operations
 * @since 0.1.0
 */
export const batchDeleteDocument = AwsOperation.make({
  name: "BatchDeleteDocument",
  command: Sdk.BatchDeleteDocumentCommand,
  request: KendraSchema.BatchDeleteDocumentRequest,
  response: KendraSchema.BatchDeleteDocumentResponse,
  errors: KendraError.batchDeleteDocument,
  fate: KendraFates.fate,
  nature: "idempotent"
})

/**
 * @category operations
 * @since 0.1.0
 */
export const batchPutDocument = AwsOperation.make({
  name: "BatchPutDocument",
  command: Sdk.BatchPutDocumentCommand,
  request: KendraSchema.BatchPutDocumentRequest,
  response: KendraSchema.BatchPutDocumentResponse,
  errors: KendraError.batchPutDocument,
  fate: KendraFates.fate,
  nature: "idempotent"
})

/**
 * @category operations
 * @since 0.1.0
 */
export const batchGetDocumentStatus = AwsOperation.make({
  name: "BatchGetDocumentStatus",
  command: Sdk.BatchGetDocumentStatusCommand,
  request: KendraSchema.BatchGetDocumentStatusRequest,
  response: KendraSchema.BatchGetDocumentStatusResponse,
  errors: KendraError.batchGetDocumentStatus,
  fate: KendraFates.fate,
  nature: "read"
})

/**
 * @category operations
 * @since 0.1.0
 */
export const batchDeleteFeaturedResultsSet = AwsOperation.make({
  name: "BatchDeleteFeaturedResultsSet",
  command: Sdk.BatchDeleteFeaturedResultsSetCommand,
  request: KendraSchema.BatchDeleteFeaturedResultsSetRequest,
  response: KendraSchema.BatchDeleteFeaturedResultsSetResponse,
  errors: KendraError.batchDeleteFeaturedResultsSet,
  fate: KendraFates.fate,
  nature: "idempotent"
})

/**
 * @category operations
 * @since 0.1.0
 */
export const listFeaturedResultsSets = AwsOperation.make({
  name: "ListFeaturedResultsSets",
  command: Sdk.ListFeaturedResultsSetsCommand,
  request: KendraSchema.ListFeaturedResultsSetsRequest,
  response: KendraSchema.ListFeaturedResultsSetsResponse,
  errors: KendraError.listFeaturedResultsSets,
  fate: KendraFates.fate,
  nature: "read"
})

/**
 * @category operations
 * @since 0.1.0
 */
export const associateEntitiesToExperience = AwsOperation.make({
  name: "AssociateEntitiesToExperience",
  command: Sdk.AssociateEntitiesToExperienceCommand,
  request: KendraSchema.AssociateEntitiesToExperienceRequest,
  response: KendraSchema.FailedEntitiesResponse,
  errors: KendraError.associateEntitiesToExperience,
  fate: KendraFates.fate,
  nature: "idempotent"
})

/**
 * @category operations
 * @since 0.1.0
 */
export const disassociateEntitiesFromExperience = AwsOperation.make({
  name: "DisassociateEntitiesFromExperience",
  command: Sdk.DisassociateEntitiesFromExperienceCommand,
  request: KendraSchema.DisassociateEntitiesFromExperienceRequest,
  response: KendraSchema.FailedEntitiesResponse,
  errors: KendraError.disassociateEntitiesFromExperience,
  fate: KendraFates.fate,
  nature: "idempotent"
})

/**
 * @category operations
 * @since 0.1.0
 */
export const associatePersonasToEntities = AwsOperation.make({
  name: "AssociatePersonasToEntities",
  command: Sdk.AssociatePersonasToEntitiesCommand,
  request: KendraSchema.AssociatePersonasToEntitiesRequest,
  response: KendraSchema.FailedEntitiesResponse,
  errors: KendraError.associatePersonasToEntities,
  fate: KendraFates.fate,
  nature: "idempotent"
})

/**
 * @category operations
 * @since 0.1.0
 */
export const disassociatePersonasFromEntities = AwsOperation.make({
  name: "DisassociatePersonasFromEntities",
  command: Sdk.DisassociatePersonasFromEntitiesCommand,
  request: KendraSchema.DisassociatePersonasFromEntitiesRequest,
  response: KendraSchema.FailedEntitiesResponse,
  errors: KendraError.disassociatePersonasFromEntities,
  fate: KendraFates.fate,
  nature: "idempotent"
})

/**
 * @category operations
 * @since 0.1.0
 */
export const listExperienceEntities = AwsOperation.make({
  name: "ListExperienceEntities",
  command: Sdk.ListExperienceEntitiesCommand,
  request: KendraSchema.ListExperienceEntitiesRequest,
  response: KendraSchema.ListExperienceEntitiesResponse,
  errors: KendraError.listExperienceEntities,
  fate: KendraFates.fate,
  nature: "read"
})

/**
 * @category operations
 * @since 0.1.0
 */
export const listIndices = AwsOperation.make({
  name: "ListIndices",
  command: Sdk.ListIndicesCommand,
  request: KendraSchema.ListIndicesRequest,
  response: KendraSchema.ListIndicesResponse,
  errors: KendraError.listIndices,
  fate: KendraFates.fate,
  nature: "read"
})

/**
 * @category operations
 * @since 0.1.0
 */
export const describeIndex = AwsOperation.make({
  name: "DescribeIndex",
  command: Sdk.DescribeIndexCommand,
  request: KendraSchema.DescribeIndexRequest,
  response: KendraSchema.IndexDetail,
  errors: KendraError.describeIndex,
  fate: KendraFates.fate,
  nature: "read"
})

/**
 * @category operations
 * @since 0.1.0
 */
export const listDataSources = AwsOperation.make({
  name: "ListDataSources",
  command: Sdk.ListDataSourcesCommand,
  request: KendraSchema.ListDataSourcesRequest,
  response: KendraSchema.ListDataSourcesResponse,
  errors: KendraError.listDataSources,
  fate: KendraFates.fate,
  nature: "read"
})

/**
 * @category operations
 * @since 0.1.0
 */
export const listDataSourceSyncJobs = AwsOperation.make({
  name: "ListDataSourceSyncJobs",
  command: Sdk.ListDataSourceSyncJobsCommand,
  request: KendraSchema.ListDataSourceSyncJobsRequest,
  response: KendraSchema.ListDataSourceSyncJobsResponse,
  errors: KendraError.listDataSourceSyncJobs,
  fate: KendraFates.fate,
  nature: "read"
})

/**
 * @category operations
 * @since 0.1.0
 */
export const startDataSourceSyncJob = AwsOperation.make({
  name: "StartDataSourceSyncJob",
  command: Sdk.StartDataSourceSyncJobCommand,
  request: KendraSchema.DataSourceRequest,
  response: KendraSchema.StartDataSourceSyncJobResponse,
  errors: KendraError.startDataSourceSyncJob,
  fate: KendraFates.fate,
  // Sent again after it was perhaps applied, it could start a second job.
  nature: "once"
})

/**
 * @category operations
 * @since 0.1.0
 */
export const stopDataSourceSyncJob = AwsOperation.make({
  name: "StopDataSourceSyncJob",
  command: Sdk.StopDataSourceSyncJobCommand,
  request: KendraSchema.DataSourceRequest,
  response: KendraSchema.StopDataSourceSyncJobResponse,
  errors: KendraError.stopDataSourceSyncJob,
  fate: KendraFates.fate,
  nature: "idempotent"
})
