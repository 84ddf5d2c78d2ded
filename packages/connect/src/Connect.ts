/**
 * Amazon Connect as an Effect service: its batch operations one call at a time and in bulk, and what a job around them
 * needs, to find what to act on and to see what became of it. One-to-one calls take and give AWS's own members; bulk
 * methods name the target once and take any number of items.
 *
 * Calls wait for the documented rate, which everything in the process shares that uses the same account and region, and
 * are retried as the policy says (see `BatchPolicy`); the SDK itself retries nothing.
 *
 * The module is long because eleven batch operations have three forms each, and every form says what it fails with.
 *
 * @since 0.1.0
 */
import * as AwsBatch from "@effect-bulk/aws/AwsBatch"
import * as AwsCall from "@effect-bulk/aws/AwsCall"
import * as AwsClient from "@effect-bulk/aws/AwsClient"
import type * as AwsError from "@effect-bulk/aws/AwsError"
import * as Pagination from "@effect-bulk/aws/Pagination"
import type { Command } from "@effect-bulk/aws/Transport"
import * as Verification from "@effect-bulk/aws/Verification"
import type { BatchOperation } from "@effect-bulk/core/BatchOperation"
import * as Bulk from "@effect-bulk/core/Bulk"
import * as Config from "effect/Config"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ConnectClient from "./ConnectClient.ts"
import * as ConnectCommands from "./ConnectCommands.ts"
import type * as ConnectError from "./ConnectError.ts"
import * as ConnectOperations from "./ConnectOperations.ts"
import type * as ConnectSchema from "./ConnectSchema.ts"
import * as DataSetRemoval from "./DataSetRemoval.ts"
import * as DataTableOperations from "./DataTableOperations.ts"
import type * as DataTableSchema from "./DataTableSchema.ts"

/**
 * The service.
 *
 * @category services
 * @since 0.1.0
 */
export class Connect extends Context.Service<
  Connect,
  {
    // -------------------------------------------------------------------------
    // Instances
    // -------------------------------------------------------------------------

    /** The instances of the account, page by page. */
    readonly listInstances: (
      request?: Omit<typeof ConnectSchema.ListInstancesRequest.Encoded, "NextToken">
    ) => Pagination.Pages<ConnectSchema.Instance, ConnectError.ListInstancesError>

    // -------------------------------------------------------------------------
    // Analytics data sets
    // -------------------------------------------------------------------------

    /** BatchAssociateAnalyticsDataSet as the API has it: any number of ids, one request. Fails if any data set failed. */
    readonly batchAssociateAnalyticsDataSet: (
      request: typeof ConnectSchema.AnalyticsDataSetsRequest.Encoded
    ) => AwsBatch.One<
      ConnectSchema.BatchAssociateAnalyticsDataSetResponse,
      ConnectError.BatchAssociateAnalyticsDataSetError,
      ConnectError.AnalyticsDataSetError
    >

    /** Associates any number of data sets of an instance with an account. Fails with `BulkIncomplete` unless every one succeeded. */
    readonly associateAnalyticsDataSets: <E2 = never, R2 = never, R3 = never>(
      request: {
        readonly instanceId: string
        readonly targetAccountId?: string | undefined
        readonly dataSetIds: AwsBatch.Items<string, E2, R2>
      },
      options?: Bulk.Options<
        ConnectOperations.AnalyticsDataSetKey,
        ConnectSchema.AnalyticsDataAssociation,
        ConnectError.DataSetAssociationError,
        R3
      >
    ) => AwsBatch.All<
      ConnectOperations.AnalyticsDataSetKey,
      ConnectSchema.AnalyticsDataAssociation,
      ConnectError.DataSetAssociationError,
      R2 | R3
    >

    /** BatchAssociateAnalyticsDataSet for `Bulk`, for data sets of any instances and accounts. */
    readonly associateAnalyticsDataSetsOperation: BatchOperation<
      ConnectOperations.AnalyticsDataSetKey,
      ConnectSchema.AnalyticsDataAssociation,
      ConnectError.DataSetAssociationError
    >

    /** Associates one data set, in one call with others that are associated at the same time. */
    readonly associateAnalyticsDataSet: (
      dataSet: ConnectOperations.AnalyticsDataSetKey
    ) => Effect.Effect<
      ConnectSchema.AnalyticsDataAssociation,
      Bulk.ItemError<ConnectOperations.AnalyticsDataSetKey, ConnectError.DataSetAssociationError>
    >

    /** AssociateAnalyticsDataSet as the API has it: one data set in a call of its own, whose error is certainly its own. */
    readonly associateAnalyticsDataSetAlone: (
      request: typeof ConnectSchema.AnalyticsDataSetRequest.Encoded
    ) => Effect.Effect<ConnectSchema.AssociateAnalyticsDataSetResponse, ConnectError.AssociateAnalyticsDataSetError>

    /**
     * BatchDisassociateAnalyticsDataSet as the API has it: any number of ids, one request. Fails if any data set failed;
     * AWS does not say which error is whose.
     */
    readonly batchDisassociateAnalyticsDataSet: (
      request: typeof ConnectSchema.AnalyticsDataSetsRequest.Encoded
    ) => AwsBatch.One<
      ConnectSchema.BatchDisassociateAnalyticsDataSetResponse,
      ConnectError.BatchDisassociateAnalyticsDataSetError,
      ConnectError.AnalyticsDataSetError
    >

    /** Ends the association of any number of data sets of an instance with an account. Fails with `BulkIncomplete` unless every one succeeded. */
    readonly disassociateAnalyticsDataSets: <E2 = never, R2 = never, R3 = never>(
      request: {
        readonly instanceId: string
        readonly targetAccountId?: string | undefined
        readonly dataSetIds: AwsBatch.Items<string, E2, R2>
      },
      options?: Bulk.Options<ConnectOperations.AnalyticsDataSetKey, void, ConnectError.DataSetDisassociationError, R3>
    ) => AwsBatch.All<ConnectOperations.AnalyticsDataSetKey, void, ConnectError.DataSetDisassociationError, R2 | R3>

    /**
     * BatchDisassociateAnalyticsDataSet for `Bulk`, for data sets of any instances and accounts. Outcomes of data sets whose
     * error is not certainly their own have all errors of the call as `candidates`; with the policy
     * `{ candidates: "resolve" }` each of them is sent once more, alone, and gets its own.
     */
    readonly disassociateAnalyticsDataSetsOperation: BatchOperation<
      ConnectOperations.AnalyticsDataSetKey,
      void,
      ConnectError.DataSetDisassociationError
    >

    /** Ends one association, in one call with others that end at the same time. */
    readonly disassociateAnalyticsDataSet: (
      dataSet: ConnectOperations.AnalyticsDataSetKey
    ) => Effect.Effect<
      void,
      Bulk.ItemError<ConnectOperations.AnalyticsDataSetKey, ConnectError.DataSetDisassociationError>
    >

    /** DisassociateAnalyticsDataSet as the API has it: one data set in a call of its own, whose error is certainly its own. */
    readonly disassociateAnalyticsDataSetAlone: (
      request: typeof ConnectSchema.AnalyticsDataSetRequest.Encoded
    ) => Effect.Effect<void, ConnectError.DisassociateAnalyticsDataSetError>

    /**
     * Ends the association of any number of data sets with an account, and lists the associations of the instance until
     * none of them is there, for 1 minute unless a deadline is given. Fails with `NotVerified` unless every one is
     * `Disassociated`; the verification says where each of the others stands.
     */
    readonly disassociateAnalyticsDataSetsAndWait: <E2 = never, R2 = never, R3 = never, R4 = never>(
      request: {
        readonly instanceId: string
        /** Must be given, since the list names the account of each association. */
        readonly targetAccountId: string
        readonly dataSetIds: AwsBatch.Items<string, E2, R2>
      },
      options?: Bulk.Options<ConnectOperations.AnalyticsDataSetKey, void, ConnectError.DataSetDisassociationError, R3> &
        Verification.Waiting<R4>
    ) => Effect.Effect<DataSetRemoval.Verification, DataSetRemoval.NotVerified, R2 | R3 | R4>

    /** Which data sets of an instance are associated with which accounts, page by page. */
    readonly listAnalyticsDataAssociations: (
      request: Omit<typeof ConnectSchema.ListAnalyticsDataAssociationsRequest.Encoded, "NextToken">
    ) => Pagination.Pages<ConnectSchema.AnalyticsDataAssociation, ConnectError.ListAnalyticsDataAssociationsError>

    /** The data sets of an instance that can be associated, page by page. */
    readonly listAnalyticsDataLakeDataSets: (
      request: Omit<typeof ConnectSchema.ListAnalyticsDataLakeDataSetsRequest.Encoded, "NextToken">
    ) => Pagination.Pages<ConnectSchema.AnalyticsDataSet, ConnectError.ListAnalyticsDataLakeDataSetsError>

    // -------------------------------------------------------------------------
    // Attached files
    // -------------------------------------------------------------------------

    /** BatchGetAttachedFileMetadata as the API has it: 1 to 100 ids, one request. Fails if any file failed. */
    readonly batchGetAttachedFileMetadata: (
      request: typeof ConnectSchema.BatchGetAttachedFileMetadataRequest.Encoded
    ) => AwsBatch.One<
      ConnectSchema.BatchGetAttachedFileMetadataResponse,
      ConnectError.BatchGetAttachedFileMetadataError,
      ConnectError.AttachedFileError
    >

    /** Asks for any number of files that are attached to a resource. Fails with `BulkIncomplete` unless every one succeeded. */
    readonly getAttachedFileMetadata: <E2 = never, R2 = never, R3 = never>(
      request: {
        readonly instanceId: string
        readonly associatedResourceArn: string
        readonly fileIds: AwsBatch.Items<string, E2, R2>
      },
      options?: Bulk.Options<
        ConnectOperations.AttachedFileKey,
        ConnectSchema.AttachedFile,
        ConnectError.GetAttachedFileError,
        R3
      >
    ) => AwsBatch.All<
      ConnectOperations.AttachedFileKey,
      ConnectSchema.AttachedFile,
      ConnectError.GetAttachedFileError,
      R2 | R3
    >

    /** BatchGetAttachedFileMetadata for `Bulk`, for files of any resources. */
    readonly getAttachedFileMetadataOperation: BatchOperation<
      ConnectOperations.AttachedFileKey,
      ConnectSchema.AttachedFile,
      ConnectError.GetAttachedFileError
    >

    // -------------------------------------------------------------------------
    // Flow associations
    // -------------------------------------------------------------------------

    /** BatchGetFlowAssociation as the API has it: 1 to 100 ARNs, one request. What is not in the answer has no flow. */
    readonly batchGetFlowAssociation: (
      request: typeof ConnectSchema.BatchGetFlowAssociationRequest.Encoded
    ) => AwsBatch.One<ConnectSchema.BatchGetFlowAssociationResponse, ConnectError.BatchGetFlowAssociationError, never>

    /** Asks for the flows of any number of resources; one without a flow has none of them. Fails with `BulkIncomplete` unless every one succeeded. */
    readonly getFlowAssociations: <E2 = never, R2 = never, R3 = never>(
      request: {
        readonly instanceId: string
        readonly resourceType?: ConnectOperations.FlowResource["resourceType"]
        readonly resourceIds: AwsBatch.Items<string, E2, R2>
      },
      options?: Bulk.Options<
        ConnectOperations.FlowResource,
        ReadonlyArray<ConnectSchema.FlowAssociation>,
        ConnectError.BatchGetFlowAssociationError,
        R3
      >
    ) => AwsBatch.All<
      ConnectOperations.FlowResource,
      ReadonlyArray<ConnectSchema.FlowAssociation>,
      ConnectError.BatchGetFlowAssociationError,
      R2 | R3
    >

    /** BatchGetFlowAssociation for `Bulk`, for resources of any instances. */
    readonly getFlowAssociationsOperation: BatchOperation<
      ConnectOperations.FlowResource,
      ReadonlyArray<ConnectSchema.FlowAssociation>,
      ConnectError.BatchGetFlowAssociationError
    >

    // -------------------------------------------------------------------------
    // Contacts
    // -------------------------------------------------------------------------

    /** BatchPutContact as the API has it: 1 to 25 contacts, one request. Fails if any contact failed. */
    readonly batchPutContact: (
      request: typeof ConnectSchema.BatchPutContactRequest.Encoded
    ) => AwsBatch.One<
      ConnectSchema.BatchPutContactResponse,
      ConnectError.BatchPutContactError,
      ConnectError.ContactError
    >

    /** Makes any number of contacts in an instance, each with a `RequestIdentifier` of its own. Fails with `BulkIncomplete` unless every one succeeded. */
    readonly putContacts: <E2 = never, R2 = never, R3 = never>(
      request: {
        readonly instanceId: string
        readonly contacts: AwsBatch.Items<ConnectOperations.ContactPut["contact"], E2, R2>
      },
      options?: Bulk.Options<ConnectOperations.ContactPut, string | undefined, ConnectError.PutContactError, R3>
    ) => AwsBatch.All<ConnectOperations.ContactPut, string | undefined, ConnectError.PutContactError, R2 | R3>

    /** BatchPutContact for `Bulk`, for contacts in any instances. A success is worth the id of the contact. */
    readonly putContactsOperation: BatchOperation<
      ConnectOperations.ContactPut,
      string | undefined,
      ConnectError.PutContactError
    >

    // -------------------------------------------------------------------------
    // Data tables
    // -------------------------------------------------------------------------

    /** BatchCreateDataTableValue as the API has it: any number of values, one request. Fails if any value failed. */
    readonly batchCreateDataTableValue: (
      request: typeof DataTableSchema.BatchPutDataTableValueRequest.Encoded
    ) => AwsBatch.One<
      DataTableSchema.BatchCreateDataTableValueResponse,
      ConnectError.BatchCreateDataTableValueError,
      ConnectError.DataTableValueError
    >

    /** Creates any number of values of a data table. Fails with `BulkIncomplete` unless every one succeeded. */
    readonly createDataTableValues: <E2 = never, R2 = never, R3 = never>(
      request: {
        readonly instanceId: string
        readonly dataTableId: string
        readonly values: AwsBatch.Items<DataTableOperations.ValuePut["value"], E2, R2>
      },
      options?: Bulk.Options<
        DataTableOperations.ValuePut,
        DataTableSchema.CreatedDataTableValue,
        ConnectError.CreateDataTableValueError,
        R3
      >
    ) => AwsBatch.All<
      DataTableOperations.ValuePut,
      DataTableSchema.CreatedDataTableValue,
      ConnectError.CreateDataTableValueError,
      R2 | R3
    >

    /** BatchCreateDataTableValue for `Bulk`, for values of any tables. */
    readonly createDataTableValuesOperation: BatchOperation<
      DataTableOperations.ValuePut,
      DataTableSchema.CreatedDataTableValue,
      ConnectError.CreateDataTableValueError
    >

    /** BatchUpdateDataTableValue as the API has it: any number of values, one request. Fails if any value failed. */
    readonly batchUpdateDataTableValue: (
      request: typeof DataTableSchema.BatchPutDataTableValueRequest.Encoded
    ) => AwsBatch.One<
      DataTableSchema.BatchChangeDataTableValueResponse,
      ConnectError.BatchUpdateDataTableValueError,
      ConnectError.DataTableValueError
    >

    /** Updates any number of values of a data table. Fails with `BulkIncomplete` unless every one succeeded. */
    readonly updateDataTableValues: <E2 = never, R2 = never, R3 = never>(
      request: {
        readonly instanceId: string
        readonly dataTableId: string
        readonly values: AwsBatch.Items<DataTableOperations.ValuePut["value"], E2, R2>
      },
      options?: Bulk.Options<
        DataTableOperations.ValuePut,
        DataTableSchema.ChangedDataTableValue,
        ConnectError.UpdateDataTableValueError,
        R3
      >
    ) => AwsBatch.All<
      DataTableOperations.ValuePut,
      DataTableSchema.ChangedDataTableValue,
      ConnectError.UpdateDataTableValueError,
      R2 | R3
    >

    /** BatchUpdateDataTableValue for `Bulk`, for values of any tables. */
    readonly updateDataTableValuesOperation: BatchOperation<
      DataTableOperations.ValuePut,
      DataTableSchema.ChangedDataTableValue,
      ConnectError.UpdateDataTableValueError
    >

    /** BatchDeleteDataTableValue as the API has it: any number of values, one request. Fails if any value failed. */
    readonly batchDeleteDataTableValue: (
      request: typeof DataTableSchema.BatchDeleteDataTableValueRequest.Encoded
    ) => AwsBatch.One<
      DataTableSchema.BatchChangeDataTableValueResponse,
      ConnectError.BatchDeleteDataTableValueError,
      ConnectError.DataTableValueError
    >

    /** Deletes any number of values of a data table, each with its current lock version. Fails with `BulkIncomplete` unless every one succeeded. */
    readonly deleteDataTableValues: <E2 = never, R2 = never, R3 = never>(
      request: {
        readonly instanceId: string
        readonly dataTableId: string
        readonly values: AwsBatch.Items<DataTableOperations.ValueDeletion["value"], E2, R2>
      },
      options?: Bulk.Options<DataTableOperations.ValueDeletion, void, ConnectError.DeleteDataTableValueError, R3>
    ) => AwsBatch.All<DataTableOperations.ValueDeletion, void, ConnectError.DeleteDataTableValueError, R2 | R3>

    /** BatchDeleteDataTableValue for `Bulk`, for values of any tables. */
    readonly deleteDataTableValuesOperation: BatchOperation<
      DataTableOperations.ValueDeletion,
      void,
      ConnectError.DeleteDataTableValueError
    >

    /** BatchDescribeDataTableValue as the API has it: any number of values, one request. Fails if any value failed. */
    readonly batchDescribeDataTableValue: (
      request: typeof DataTableSchema.BatchDescribeDataTableValueRequest.Encoded
    ) => AwsBatch.One<
      DataTableSchema.BatchDescribeDataTableValueResponse,
      ConnectError.BatchDescribeDataTableValueError,
      ConnectError.DataTableValueError
    >

    /** Looks up any number of values of a data table. Fails with `BulkIncomplete` unless every one succeeded. */
    readonly describeDataTableValues: <E2 = never, R2 = never, R3 = never>(
      request: {
        readonly instanceId: string
        readonly dataTableId: string
        readonly values: AwsBatch.Items<DataTableOperations.ValueKey["value"], E2, R2>
      },
      options?: Bulk.Options<
        DataTableOperations.ValueKey,
        DataTableSchema.DescribedDataTableValue,
        ConnectError.DescribeDataTableValueError,
        R3
      >
    ) => AwsBatch.All<
      DataTableOperations.ValueKey,
      DataTableSchema.DescribedDataTableValue,
      ConnectError.DescribeDataTableValueError,
      R2 | R3
    >

    /** BatchDescribeDataTableValue for `Bulk`, for values of any tables. */
    readonly describeDataTableValuesOperation: BatchOperation<
      DataTableOperations.ValueKey,
      DataTableSchema.DescribedDataTableValue,
      ConnectError.DescribeDataTableValueError
    >

    /** The values of a data table that the filters let through, each with the lock version that deleting it needs. */
    readonly listDataTableValues: (
      request: Omit<typeof DataTableSchema.ListDataTableValuesRequest.Encoded, "NextToken">
    ) => Pagination.Pages<DataTableSchema.ListedDataTableValue, ConnectError.ListDataTableValuesError>

    // -------------------------------------------------------------------------
    // Workspaces
    // -------------------------------------------------------------------------

    /** AssociateWorkspace as the API has it: 1 to 25 ARNs, one request. Fails if any resource failed. */
    readonly associateWorkspace: (
      request: typeof ConnectSchema.WorkspaceRequest.Encoded
    ) => AwsBatch.One<
      ConnectSchema.WorkspaceResponse,
      ConnectError.AssociateWorkspaceError,
      ConnectError.WorkspaceResourceError
    >

    /** Associates any number of users and routing profiles with a workspace. Fails with `BulkIncomplete` unless every one succeeded. */
    readonly associateWorkspaceResources: <E2 = never, R2 = never, R3 = never>(
      request: {
        readonly instanceId: string
        readonly workspaceId: string
        readonly resourceArns: AwsBatch.Items<string, E2, R2>
      },
      options?: Bulk.Options<ConnectOperations.WorkspaceResource, void, ConnectError.WorkspaceAssociationError, R3>
    ) => AwsBatch.All<ConnectOperations.WorkspaceResource, void, ConnectError.WorkspaceAssociationError, R2 | R3>

    /** AssociateWorkspace for `Bulk`, for resources of any workspaces. */
    readonly associateWorkspaceResourcesOperation: BatchOperation<
      ConnectOperations.WorkspaceResource,
      void,
      ConnectError.WorkspaceAssociationError
    >

    /** DisassociateWorkspace as the API has it: 1 to 25 ARNs, one request. Fails if any resource failed. */
    readonly disassociateWorkspace: (
      request: typeof ConnectSchema.WorkspaceRequest.Encoded
    ) => AwsBatch.One<
      ConnectSchema.WorkspaceResponse,
      ConnectError.DisassociateWorkspaceError,
      ConnectError.WorkspaceResourceError
    >

    /** Ends the association of any number of users and routing profiles with a workspace. Fails with `BulkIncomplete` unless every one succeeded. */
    readonly disassociateWorkspaceResources: <E2 = never, R2 = never, R3 = never>(
      request: {
        readonly instanceId: string
        readonly workspaceId: string
        readonly resourceArns: AwsBatch.Items<string, E2, R2>
      },
      options?: Bulk.Options<ConnectOperations.WorkspaceResource, void, ConnectError.WorkspaceDisassociationError, R3>
    ) => AwsBatch.All<ConnectOperations.WorkspaceResource, void, ConnectError.WorkspaceDisassociationError, R2 | R3>

    /** DisassociateWorkspace for `Bulk`, for resources of any workspaces. */
    readonly disassociateWorkspaceResourcesOperation: BatchOperation<
      ConnectOperations.WorkspaceResource,
      void,
      ConnectError.WorkspaceDisassociationError
    >

    /** Which users and routing profiles are associated with which workspaces, as far as the criteria let them through. */
    readonly searchWorkspaceAssociations: (
      request: Omit<typeof ConnectSchema.SearchWorkspaceAssociationsRequest.Encoded, "NextToken">
    ) => Pagination.Pages<ConnectSchema.WorkspaceAssociation, ConnectError.SearchWorkspaceAssociationsError>

    // -------------------------------------------------------------------------
    // Everything else
    // -------------------------------------------------------------------------

    /**
     * Sends any command of the SDK client, once, as it stands: no checks, no pacing, no retries. Fails with the
     * exceptions that this command documents and with what any call can fail with.
     */
    readonly send: <C extends { readonly input: object }>(
      command: C
    ) => Effect.Effect<ConnectCommands.CommandOutput<C>, ConnectCommands.CommandError<C> | AwsError.Common>
  }
>()("@effect-bulk/connect/Connect") {
  /** The service over the SDK client. What is not given is found as every AWS SDK finds it. */
  static readonly layer = (options?: AwsClient.Options): Layer.Layer<Connect, AwsError.ClientMisconfigured> =>
    Layer.effect(Connect, Effect.flatMap(ConnectClient.make(options), make))

  /** The same, from the configuration. */
  static readonly layerConfig = (
    config: Config.Wrap<AwsClient.Options>
  ): Layer.Layer<Connect, AwsError.ClientMisconfigured | Config.ConfigError> =>
    Layer.unwrap(Effect.map(Config.unwrap(config), Connect.layer))
}

/**
 * The service over a client. Its quotas are those of the client's account and region.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = Effect.fnUntraced(function* (client: AwsClient.AwsClient) {
  const associations = yield* ConnectOperations.associateAnalyticsDataSets(client)
  const removals = yield* ConnectOperations.disassociateAnalyticsDataSets(client)
  const files = yield* ConnectOperations.getAttachedFileMetadata(client)
  const flows = yield* ConnectOperations.getFlowAssociations(client)
  const contacts = yield* ConnectOperations.putContacts(client)
  const creations = yield* DataTableOperations.createValues(client)
  const updates = yield* DataTableOperations.updateValues(client)
  const deletions = yield* DataTableOperations.deleteValues(client)
  const descriptions = yield* DataTableOperations.describeValues(client)
  const joins = yield* ConnectOperations.associateWorkspaceResources(client)
  const leaves = yield* ConnectOperations.disassociateWorkspaceResources(client)
  const pages = { token: "NextToken", defaults: { MaxResults: 1000 } } as const
  const listInstances = yield* Pagination.make(client, ConnectClient.listInstances, {
    token: "NextToken",
    defaults: { MaxResults: 10 },
    items: ({ InstanceSummaryList }) => InstanceSummaryList
  })
  const listAnalyticsDataAssociations = yield* Pagination.make(client, ConnectClient.listAnalyticsDataAssociations, {
    ...pages,
    items: ({ Results }) => Results
  })

  return Connect.of({
    listInstances: (request = {}) => listInstances(request),
    batchAssociateAnalyticsDataSet: associations.call,
    associateAnalyticsDataSets: ({ dataSetIds, ...target }, options) =>
      AwsBatch.all(associations.operation, dataSetIds, (dataSetId) => ({ ...target, dataSetId }), options),
    associateAnalyticsDataSetsOperation: associations.operation,
    associateAnalyticsDataSet: yield* Bulk.request(associations.operation),
    associateAnalyticsDataSetAlone: yield* AwsCall.make(client, ConnectClient.associateAnalyticsDataSet),
    batchDisassociateAnalyticsDataSet: removals.call,
    disassociateAnalyticsDataSets: ({ dataSetIds, ...target }, options) =>
      AwsBatch.all(removals.operation, dataSetIds, (dataSetId) => ({ ...target, dataSetId }), options),
    disassociateAnalyticsDataSetsOperation: removals.operation,
    disassociateAnalyticsDataSet: yield* Bulk.request(removals.operation),
    disassociateAnalyticsDataSetAlone: yield* AwsCall.make(client, ConnectClient.disassociateAnalyticsDataSet),
    disassociateAnalyticsDataSetsAndWait: ({ dataSetIds, instanceId, targetAccountId }, options) => {
      const { deadline = "1 minute", schedule } = options ?? {}
      const items = AwsBatch.mapItems(dataSetIds, (dataSetId) => ({ instanceId, targetAccountId, dataSetId }))
      const look = DataSetRemoval.look({
        targetAccountId,
        associations: listAnalyticsDataAssociations({ InstanceId: instanceId })
      })
      const { isHopeless } = DataSetRemoval
      return Bulk.run(removals.operation, items, options).pipe(
        Effect.flatMap((report) =>
          Verification.wait(report, { deadline, schedule, goal: "Disassociated", look, isHopeless })
        ),
        Effect.flatMap(Verification.orFail)
      )
    },
    listAnalyticsDataAssociations,
    listAnalyticsDataLakeDataSets: yield* Pagination.make(client, ConnectClient.listAnalyticsDataLakeDataSets, {
      ...pages,
      items: ({ Results }) => Results
    }),
    batchGetAttachedFileMetadata: files.call,
    getAttachedFileMetadata: ({ fileIds, ...target }, options) =>
      AwsBatch.all(files.operation, fileIds, (fileId) => ({ ...target, fileId }), options),
    getAttachedFileMetadataOperation: files.operation,
    batchGetFlowAssociation: flows.call,
    getFlowAssociations: ({ resourceIds, ...target }, options) =>
      AwsBatch.all(flows.operation, resourceIds, (resourceId) => ({ ...target, resourceId }), options),
    getFlowAssociationsOperation: flows.operation,
    batchPutContact: contacts.call,
    putContacts: ({ contacts: given, instanceId }, options) =>
      AwsBatch.all(contacts.operation, given, (contact) => ({ instanceId, contact }), options),
    putContactsOperation: contacts.operation,
    batchCreateDataTableValue: creations.call,
    createDataTableValues: ({ values, ...table }, options) =>
      AwsBatch.all(creations.operation, values, (value) => ({ ...table, value }), options),
    createDataTableValuesOperation: creations.operation,
    batchUpdateDataTableValue: updates.call,
    updateDataTableValues: ({ values, ...table }, options) =>
      AwsBatch.all(updates.operation, values, (value) => ({ ...table, value }), options),
    updateDataTableValuesOperation: updates.operation,
    batchDeleteDataTableValue: deletions.call,
    deleteDataTableValues: ({ values, ...table }, options) =>
      AwsBatch.all(deletions.operation, values, (value) => ({ ...table, value }), options),
    deleteDataTableValuesOperation: deletions.operation,
    batchDescribeDataTableValue: descriptions.call,
    describeDataTableValues: ({ values, ...table }, options) =>
      AwsBatch.all(descriptions.operation, values, (value) => ({ ...table, value }), options),
    describeDataTableValuesOperation: descriptions.operation,
    listDataTableValues: yield* Pagination.make(client, ConnectClient.listDataTableValues, {
      ...pages,
      items: ({ Values }) => Values
    }),
    associateWorkspace: joins.call,
    associateWorkspaceResources: ({ resourceArns, ...target }, options) =>
      AwsBatch.all(joins.operation, resourceArns, (resourceArn) => ({ ...target, resourceArn }), options),
    associateWorkspaceResourcesOperation: joins.operation,
    disassociateWorkspace: leaves.call,
    disassociateWorkspaceResources: ({ resourceArns, ...target }, options) =>
      AwsBatch.all(leaves.operation, resourceArns, (resourceArn) => ({ ...target, resourceArn }), options),
    disassociateWorkspaceResourcesOperation: leaves.operation,
    searchWorkspaceAssociations: yield* Pagination.make(client, ConnectClient.searchWorkspaceAssociations, {
      token: "NextToken",
      defaults: { MaxResults: 500 },
      items: ({ WorkspaceAssociations }) => WorkspaceAssociations
    }),
    send: sender(client)
  })
})

const sender =
  (client: AwsClient.AwsClient) =>
  <C extends { readonly input: object }>(command: C) => {
    type Output = ConnectCommands.CommandOutput<C> & object
    type Errors = Record<string, AwsError.Class<ConnectCommands.CommandError<C>>>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the types say what the table says for the command
    const errors = ConnectCommands.exceptions(AwsClient.operationOf(command)) as Errors
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every command of the SDK is one
    return client.send(command as unknown as Command<object, Output>, { errors })
  }
