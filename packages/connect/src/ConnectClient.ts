/**
 * The way to Connect: the SDK client, and the operations of the API that this package uses. The one module that knows the
 * SDK.
 *
 * @since 0.1.0
 */
import * as Sdk from "@aws-sdk/client-connect"
import * as AwsClient from "@effect-bulk/aws/AwsClient"
import type * as AwsError from "@effect-bulk/aws/AwsError"
import * as AwsOperation from "@effect-bulk/aws/AwsOperation"
import type * as Transport from "@effect-bulk/aws/Transport"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import * as ConnectError from "./ConnectError.ts"
import * as ConnectFates from "./ConnectFates.ts"
import * as ConnectSchema from "./ConnectSchema.ts"
import * as DataTableSchema from "./DataTableSchema.ts"

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
  AwsClient.make({ ...options, service: "Connect", create: (config) => new Sdk.ConnectClient(config) })

/**
 * A client over another transport, such as a model in memory.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromTransport = (transport: Transport.Transport): AwsClient.AwsClient =>
  AwsClient.fromTransport({ service: "Connect", transport })

// -----------------------------------------------------------------------------
// Operations
// -----------------------------------------------------------------------------

// AWS documents 2 calls a second and bursts of 5, for an account in a region, and does not say whether that is for each
// of these operations or for all together. Together is within both.
const quota = { family: "API", rate: { count: 2, per: "1 second", burst: 5 } } as const

/**
 * @category operations
 * @since 0.1.0
 */
export const listInstances = AwsOperation.make({
  name: "ListInstances",
  command: Sdk.ListInstancesCommand,
  request: ConnectSchema.ListInstancesRequest,
  response: ConnectSchema.ListInstancesResponse,
  errors: ConnectError.listInstances,
  fate: ConnectFates.fate,
  nature: "read",
  quota
})

/**
 * @category operations
 * @since 0.1.0
 */
export const batchAssociateAnalyticsDataSet = AwsOperation.make({
  name: "BatchAssociateAnalyticsDataSet",
  command: Sdk.BatchAssociateAnalyticsDataSetCommand,
  request: ConnectSchema.AnalyticsDataSetsRequest,
  response: ConnectSchema.BatchAssociateAnalyticsDataSetResponse,
  errors: ConnectError.batchAssociateAnalyticsDataSet,
  fate: ConnectFates.fate,
  nature: "idempotent",
  quota
})

/**
 * @category operations
 * @since 0.1.0
 */
export const batchDisassociateAnalyticsDataSet = AwsOperation.make({
  name: "BatchDisassociateAnalyticsDataSet",
  command: Sdk.BatchDisassociateAnalyticsDataSetCommand,
  request: ConnectSchema.AnalyticsDataSetsRequest,
  response: ConnectSchema.BatchDisassociateAnalyticsDataSetResponse,
  errors: ConnectError.batchDisassociateAnalyticsDataSet,
  fate: ConnectFates.fate,
  nature: "idempotent",
  quota
})

/**
 * Once: sent again after it was applied, it would fail since the association is there.
 *
 * @category operations
 * @since 0.1.0
 */
export const associateAnalyticsDataSet = AwsOperation.make({
  name: "AssociateAnalyticsDataSet",
  command: Sdk.AssociateAnalyticsDataSetCommand,
  request: ConnectSchema.AnalyticsDataSetRequest,
  response: ConnectSchema.AssociateAnalyticsDataSetResponse,
  errors: ConnectError.associateAnalyticsDataSet,
  fate: ConnectFates.fate,
  nature: "once",
  quota
})

/**
 * Once: sent again after it was applied, it would fail since there is no association.
 *
 * @category operations
 * @since 0.1.0
 */
export const disassociateAnalyticsDataSet = AwsOperation.make({
  name: "DisassociateAnalyticsDataSet",
  command: Sdk.DisassociateAnalyticsDataSetCommand,
  request: ConnectSchema.AnalyticsDataSetRequest,
  response: ConnectSchema.DisassociateAnalyticsDataSetResponse,
  errors: ConnectError.disassociateAnalyticsDataSet,
  fate: ConnectFates.fate,
  nature: "once",
  quota
})

/**
 * @category operations
 * @since 0.1.0
 */
export const listAnalyticsDataAssociations = AwsOperation.make({
  name: "ListAnalyticsDataAssociations",
  command: Sdk.ListAnalyticsDataAssociationsCommand,
  request: ConnectSchema.ListAnalyticsDataAssociationsRequest,
  response: ConnectSchema.ListAnalyticsDataAssociationsResponse,
  errors: ConnectError.listAnalyticsDataAssociations,
  fate: ConnectFates.fate,
  nature: "read",
  quota
})

/**
 * @category operations
 * @since 0.1.0
 */
export const listAnalyticsDataLakeDataSets = AwsOperation.make({
  name: "ListAnalyticsDataLakeDataSets",
  command: Sdk.ListAnalyticsDataLakeDataSetsCommand,
  request: ConnectSchema.ListAnalyticsDataLakeDataSetsRequest,
  response: ConnectSchema.ListAnalyticsDataLakeDataSetsResponse,
  errors: ConnectError.listAnalyticsDataLakeDataSets,
  fate: ConnectFates.fate,
  nature: "read",
  quota
})

/**
 * @category operations
 * @since 0.1.0
 */
export const batchGetAttachedFileMetadata = AwsOperation.make({
  name: "BatchGetAttachedFileMetadata",
  command: Sdk.BatchGetAttachedFileMetadataCommand,
  request: ConnectSchema.BatchGetAttachedFileMetadataRequest,
  response: ConnectSchema.BatchGetAttachedFileMetadataResponse,
  errors: ConnectError.batchGetAttachedFileMetadata,
  fate: ConnectFates.fate,
  nature: "read",
  quota
})

/**
 * @category operations
 * @since 0.1.0
 */
export const batchGetFlowAssociation = AwsOperation.make({
  name: "BatchGetFlowAssociation",
  command: Sdk.BatchGetFlowAssociationCommand,
  request: ConnectSchema.BatchGetFlowAssociationRequest,
  response: ConnectSchema.BatchGetFlowAssociationResponse,
  errors: ConnectError.batchGetFlowAssociation,
  fate: ConnectFates.fate,
  nature: "read",
  quota
})

/**
 * Once: the SDK gives each call a token of its own, so that a call sent again would make its contacts twice.
 *
 * @category operations
 * @since 0.1.0
 */
export const batchPutContact = AwsOperation.make({
  name: "BatchPutContact",
  command: Sdk.BatchPutContactCommand,
  request: ConnectSchema.BatchPutContactRequest,
  response: ConnectSchema.BatchPutContactResponse,
  errors: ConnectError.batchPutContact,
  fate: ConnectFates.fate,
  nature: "once",
  quota
})

/**
 * Once: sent again after it was applied, it would fail since the values are there.
 *
 * @category operations
 * @since 0.1.0
 */
export const batchCreateDataTableValue = AwsOperation.make({
  name: "BatchCreateDataTableValue",
  command: Sdk.BatchCreateDataTableValueCommand,
  request: DataTableSchema.BatchPutDataTableValueRequest,
  response: DataTableSchema.BatchCreateDataTableValueResponse,
  errors: ConnectError.batchCreateDataTableValue,
  fate: ConnectFates.fate,
  nature: "once",
  quota
})

/**
 * Once: sent again after it was applied, it would fail for lock versions that it changed itself.
 *
 * @category operations
 * @since 0.1.0
 */
export const batchUpdateDataTableValue = AwsOperation.make({
  name: "BatchUpdateDataTableValue",
  command: Sdk.BatchUpdateDataTableValueCommand,
  request: DataTableSchema.BatchPutDataTableValueRequest,
  response: DataTableSchema.BatchChangeDataTableValueResponse,
  errors: ConnectError.batchUpdateDataTableValue,
  fate: ConnectFates.fate,
  nature: "once",
  quota
})

/**
 * @category operations
 * @since 0.1.0
 */
export const batchDeleteDataTableValue = AwsOperation.make({
  name: "BatchDeleteDataTableValue",
  command: Sdk.BatchDeleteDataTableValueCommand,
  request: DataTableSchema.BatchDeleteDataTableValueRequest,
  response: DataTableSchema.BatchChangeDataTableValueResponse,
  errors: ConnectError.batchDeleteDataTableValue,
  fate: ConnectFates.fate,
  nature: "idempotent",
  quota
})

/**
 * @category operations
 * @since 0.1.0
 */
export const batchDescribeDataTableValue = AwsOperation.make({
  name: "BatchDescribeDataTableValue",
  command: Sdk.BatchDescribeDataTableValueCommand,
  request: DataTableSchema.BatchDescribeDataTableValueRequest,
  response: DataTableSchema.BatchDescribeDataTableValueResponse,
  errors: ConnectError.batchDescribeDataTableValue,
  fate: ConnectFates.fate,
  nature: "read",
  quota
})

/**
 * @category operations
 * @since 0.1.0
 */
export const listDataTableValues = AwsOperation.make({
  name: "ListDataTableValues",
  command: Sdk.ListDataTableValuesCommand,
  request: DataTableSchema.ListDataTableValuesRequest,
  response: DataTableSchema.ListDataTableValuesResponse,
  errors: ConnectError.listDataTableValues,
  fate: ConnectFates.fate,
  nature: "read",
  quota
})

/**
 * @category operations
 * @since 0.1.0
 */
export const associateWorkspace = AwsOperation.make({
  name: "AssociateWorkspace",
  command: Sdk.AssociateWorkspaceCommand,
  request: ConnectSchema.WorkspaceRequest,
  response: ConnectSchema.WorkspaceResponse,
  errors: ConnectError.associateWorkspace,
  fate: ConnectFates.fate,
  nature: "idempotent",
  quota
})

/**
 * @category operations
 * @since 0.1.0
 */
export const disassociateWorkspace = AwsOperation.make({
  name: "DisassociateWorkspace",
  command: Sdk.DisassociateWorkspaceCommand,
  request: ConnectSchema.WorkspaceRequest,
  response: ConnectSchema.WorkspaceResponse,
  errors: ConnectError.disassociateWorkspace,
  fate: ConnectFates.fate,
  nature: "idempotent",
  quota
})

/**
 * @category operations
 * @since 0.1.0
 */
export const searchWorkspaceAssociations = AwsOperation.make({
  name: "SearchWorkspaceAssociations",
  command: Sdk.SearchWorkspaceAssociationsCommand,
  request: ConnectSchema.SearchWorkspaceAssociationsRequest,
  response: ConnectSchema.SearchWorkspaceAssociationsResponse,
  errors: ConnectError.searchWorkspaceAssociations,
  fate: ConnectFates.fate,
  nature: "read",
  quota
})
