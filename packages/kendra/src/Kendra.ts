/**
 * Amazon Kendra as an Effect service: its batch operations one call at a time and in bulk, and what a job around them
 * needs, to find what to act on and to see what became of it. One-to-one calls take and give AWS's own members; bulk
 * methods name the target once and take any number of items.
 *
 * Calls go at a rate that is found by trying, since AWS publishes none; everything in the process shares it that uses the
 * same account and region. They are retried as the policy says (see `BatchPolicy`); the SDK itself retries nothing.
 *
 * The module is long because eight batch operations have four forms each, and every form says what it fails with.
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
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as DocumentWork from "./DocumentWork.ts"
import * as KendraClient from "./KendraClient.ts"
import * as KendraCommands from "./KendraCommands.ts"
import type * as KendraDocument from "./KendraDocument.ts"
import type * as KendraError from "./KendraError.ts"
import * as KendraOperations from "./KendraOperations.ts"
import type * as KendraSchema from "./KendraSchema.ts"

/**
 * The service.
 *
 * @category services
 * @since 0.1.0
 */
export class Kendra extends Context.Service<
  Kendra,
  {
    // -------------------------------------------------------------------------
    // Documents
    // -------------------------------------------------------------------------

    /** BatchDeleteDocument as the API has it: 1 to 10 ids, one request. Fails if any document failed. */
    readonly batchDeleteDocument: (
      request: typeof KendraSchema.BatchDeleteDocumentRequest.Encoded
    ) => AwsBatch.One<
      KendraSchema.BatchDeleteDocumentResponse,
      KendraError.BatchDeleteDocumentError,
      KendraError.DocumentError
    >

    /** Deletes any number of documents of an index. Fails with `BulkIncomplete` unless every one was taken. */
    readonly deleteDocuments: <E2 = never, R2 = never, R3 = never>(
      request: {
        readonly indexId: string
        readonly ids: AwsBatch.Items<string, E2, R2>
        readonly metricTarget?: KendraOperations.MetricTarget | undefined
      },
      options?: Bulk.Options<KendraOperations.DocumentDeletion, void, KendraError.DeleteDocumentError, R3>
    ) => AwsBatch.All<KendraOperations.DocumentDeletion, void, KendraError.DeleteDocumentError, R2 | R3>

    /** BatchDeleteDocument for `Bulk`, which tells what became of each document, of any indices. */
    readonly deleteDocumentsOperation: BatchOperation<
      KendraOperations.DocumentDeletion,
      void,
      KendraError.DeleteDocumentError
    >

    /** Deletes one document, in one call with others that are deleted at the same time. */
    readonly deleteDocument: (
      document: KendraOperations.DocumentDeletion
    ) => Effect.Effect<void, Bulk.ItemError<KendraOperations.DocumentDeletion, KendraError.DeleteDocumentError>>

    /**
     * Deletes any number of documents of an index and waits until they are gone, since deletion goes on after the answer,
     * for an hour or more: 2 hours unless a deadline is given. Fails with `NotVerified` unless every one is `Gone`; the
     * verification says which of the others is `StillThere`, `Unknown`, or was never taken.
     */
    readonly deleteDocumentsAndWait: <E2 = never, R2 = never, R3 = never, R4 = never>(
      request: {
        readonly indexId: string
        readonly ids: AwsBatch.Items<string, E2, R2>
        readonly metricTarget?: KendraOperations.MetricTarget | undefined
      },
      options?: Bulk.Options<KendraOperations.DocumentDeletion, void, KendraError.DeleteDocumentError, R3> &
        Verification.Waiting<R4>
    ) => Effect.Effect<DocumentWork.Deletion, DocumentWork.NotDeleted, R2 | R3 | R4>

    /** BatchPutDocument as the API has it: 1 to 10 documents, one request. Fails if any document failed. */
    readonly batchPutDocument: (
      request: typeof KendraSchema.BatchPutDocumentRequest.Encoded
    ) => AwsBatch.One<
      KendraSchema.BatchPutDocumentResponse,
      KendraError.BatchPutDocumentError,
      KendraError.DocumentError
    >

    /** Puts any number of documents into an index. Fails with `BulkIncomplete` unless every one was taken. */
    readonly putDocuments: <E2 = never, R2 = never, R3 = never>(
      request: {
        readonly indexId: string
        readonly documents: AwsBatch.Items<KendraDocument.Document, E2, R2>
        readonly roleArn?: string | undefined
        readonly enrichment?: KendraDocument.CustomDocumentEnrichmentConfiguration | undefined
      },
      options?: Bulk.Options<KendraOperations.DocumentPut, void, KendraError.PutDocumentError, R3>
    ) => AwsBatch.All<KendraOperations.DocumentPut, void, KendraError.PutDocumentError, R2 | R3>

    /** BatchPutDocument for `Bulk`, which tells what became of each document, of any indices. */
    readonly putDocumentsOperation: BatchOperation<KendraOperations.DocumentPut, void, KendraError.PutDocumentError>

    /** Puts one document, in one call with others that are put at the same time. */
    readonly putDocument: (
      document: KendraOperations.DocumentPut
    ) => Effect.Effect<void, Bulk.ItemError<KendraOperations.DocumentPut, KendraError.PutDocumentError>>

    /**
     * Puts any number of documents into an index and waits until they are indexed, for 2 hours unless a deadline is given.
     * Fails with `NotVerified` unless every one is `Indexed`; the verification says where each of the others stands. A
     * document that was there before may be seen as indexed while its new contents are not.
     */
    readonly putDocumentsAndWait: <E2 = never, R2 = never, R3 = never, R4 = never>(
      request: {
        readonly indexId: string
        readonly documents: AwsBatch.Items<KendraDocument.Document, E2, R2>
        readonly roleArn?: string | undefined
        readonly enrichment?: KendraDocument.CustomDocumentEnrichmentConfiguration | undefined
      },
      options?: Bulk.Options<KendraOperations.DocumentPut, void, KendraError.PutDocumentError, R3> &
        Verification.Waiting<R4>
    ) => Effect.Effect<DocumentWork.Indexing, DocumentWork.NotIndexed, R2 | R3 | R4>

    /** BatchGetDocumentStatus as the API has it: 1 to 10 documents, one request. Fails if any document failed. */
    readonly batchGetDocumentStatus: (
      request: typeof KendraSchema.BatchGetDocumentStatusRequest.Encoded
    ) => AwsBatch.One<
      KendraSchema.BatchGetDocumentStatusResponse,
      KendraError.BatchGetDocumentStatusError,
      KendraError.DocumentError
    >

    /** Asks for the status of any number of documents. Fails with `BulkIncomplete` unless every one was told. */
    readonly getDocumentStatuses: <E2 = never, R2 = never, R3 = never>(
      request: { readonly indexId: string; readonly ids: AwsBatch.Items<string, E2, R2> },
      options?: Bulk.Options<
        KendraOperations.DocumentLook,
        KendraSchema.DocumentStatus,
        KendraError.GetDocumentStatusError,
        R3
      >
    ) => AwsBatch.All<
      KendraOperations.DocumentLook,
      KendraSchema.DocumentStatus,
      KendraError.GetDocumentStatusError,
      R2 | R3
    >

    /** BatchGetDocumentStatus for `Bulk`, for documents of any indices. */
    readonly getDocumentStatusesOperation: BatchOperation<
      KendraOperations.DocumentLook,
      KendraSchema.DocumentStatus,
      KendraError.GetDocumentStatusError
    >

    /** Asks for the status of one document, in one call with others that are asked for at the same time. */
    readonly getDocumentStatus: (
      document: KendraOperations.DocumentLook
    ) => Effect.Effect<
      KendraSchema.DocumentStatus,
      Bulk.ItemError<KendraOperations.DocumentLook, KendraError.GetDocumentStatusError>
    >

    // -------------------------------------------------------------------------
    // Sets of featured results
    // -------------------------------------------------------------------------

    /** BatchDeleteFeaturedResultsSet as the API has it: 1 to 50 ids, one request. Fails if any set failed. */
    readonly batchDeleteFeaturedResultsSet: (
      request: typeof KendraSchema.BatchDeleteFeaturedResultsSetRequest.Encoded
    ) => AwsBatch.One<
      KendraSchema.BatchDeleteFeaturedResultsSetResponse,
      KendraError.BatchDeleteFeaturedResultsSetError,
      KendraError.FeaturedResultsSetError
    >

    /** Deletes any number of sets of an index. Fails with `BulkIncomplete` unless every one is deleted. */
    readonly deleteFeaturedResultsSets: <E2 = never, R2 = never, R3 = never>(
      request: { readonly indexId: string; readonly ids: AwsBatch.Items<string, E2, R2> },
      options?: Bulk.Options<
        KendraOperations.FeaturedResultsSetKey,
        void,
        KendraError.DeleteFeaturedResultsSetError,
        R3
      >
    ) => AwsBatch.All<KendraOperations.FeaturedResultsSetKey, void, KendraError.DeleteFeaturedResultsSetError, R2 | R3>

    /** BatchDeleteFeaturedResultsSet for `Bulk`, for sets of any indices. */
    readonly deleteFeaturedResultsSetsOperation: BatchOperation<
      KendraOperations.FeaturedResultsSetKey,
      void,
      KendraError.DeleteFeaturedResultsSetError
    >

    /** Deletes one set, in one call with others that are deleted at the same time. */
    readonly deleteFeaturedResultsSet: (
      set: KendraOperations.FeaturedResultsSetKey
    ) => Effect.Effect<
      void,
      Bulk.ItemError<KendraOperations.FeaturedResultsSetKey, KendraError.DeleteFeaturedResultsSetError>
    >

    /** The sets of featured results of an index, page by page. */
    readonly listFeaturedResultsSets: (
      request: Omit<typeof KendraSchema.ListFeaturedResultsSetsRequest.Encoded, "NextToken">
    ) => Pagination.Pages<KendraSchema.FeaturedResultsSet, KendraError.ListFeaturedResultsSetsError>

    // -------------------------------------------------------------------------
    // Experiences
    // -------------------------------------------------------------------------

    /** AssociateEntitiesToExperience as the API has it: 1 to 20 entities, one request. Fails if any failed. */
    readonly associateEntitiesToExperience: (
      request: typeof KendraSchema.AssociateEntitiesToExperienceRequest.Encoded
    ) => AwsBatch.One<
      KendraSchema.FailedEntitiesResponse,
      KendraError.AssociateEntitiesToExperienceError,
      KendraError.EntityError
    >

    /** Gives any number of users and groups access to an experience. Fails with `BulkIncomplete` unless all are done. */
    readonly associateEntities: <E2 = never, R2 = never, R3 = never>(
      request: {
        readonly indexId: string
        readonly experienceId: string
        readonly entities: AwsBatch.Items<Omit<KendraOperations.EntityAccess, "indexId" | "experienceId">, E2, R2>
      },
      options?: Bulk.Options<KendraOperations.EntityAccess, void, KendraError.AssociateEntityError, R3>
    ) => AwsBatch.All<KendraOperations.EntityAccess, void, KendraError.AssociateEntityError, R2 | R3>

    /** AssociateEntitiesToExperience for `Bulk`, for any experiences. */
    readonly associateEntitiesOperation: BatchOperation<
      KendraOperations.EntityAccess,
      void,
      KendraError.AssociateEntityError
    >

    /** The same for one, in one call with others at the same time. */
    readonly associateEntity: (
      entity: KendraOperations.EntityAccess
    ) => Effect.Effect<void, Bulk.ItemError<KendraOperations.EntityAccess, KendraError.AssociateEntityError>>

    /** DisassociateEntitiesFromExperience as the API has it: 1 to 40 entities, one request. Fails if any failed. */
    readonly disassociateEntitiesFromExperience: (
      request: typeof KendraSchema.DisassociateEntitiesFromExperienceRequest.Encoded
    ) => AwsBatch.One<
      KendraSchema.FailedEntitiesResponse,
      KendraError.DisassociateEntitiesFromExperienceError,
      KendraError.EntityError
    >

    /** Takes access to an experience from any number of users and groups. Fails with `BulkIncomplete` unless all are done. */
    readonly disassociateEntities: <E2 = never, R2 = never, R3 = never>(
      request: {
        readonly indexId: string
        readonly experienceId: string
        readonly entities: AwsBatch.Items<Omit<KendraOperations.EntityAccess, "indexId" | "experienceId">, E2, R2>
      },
      options?: Bulk.Options<KendraOperations.EntityAccess, void, KendraError.DisassociateEntityError, R3>
    ) => AwsBatch.All<KendraOperations.EntityAccess, void, KendraError.DisassociateEntityError, R2 | R3>

    /** DisassociateEntitiesFromExperience for `Bulk`, for any experiences. */
    readonly disassociateEntitiesOperation: BatchOperation<
      KendraOperations.EntityAccess,
      void,
      KendraError.DisassociateEntityError
    >

    /** The same for one, in one call with others at the same time. */
    readonly disassociateEntity: (
      entity: KendraOperations.EntityAccess
    ) => Effect.Effect<void, Bulk.ItemError<KendraOperations.EntityAccess, KendraError.DisassociateEntityError>>

    /** AssociatePersonasToEntities as the API has it: 1 to 25 personas, one request. Fails if any failed. */
    readonly associatePersonasToEntities: (
      request: typeof KendraSchema.AssociatePersonasToEntitiesRequest.Encoded
    ) => AwsBatch.One<
      KendraSchema.FailedEntitiesResponse,
      KendraError.AssociatePersonasToEntitiesError,
      KendraError.EntityError
    >

    /** Makes any number of users and groups owners or viewers of an experience. Fails with `BulkIncomplete` unless all are done. */
    readonly associatePersonas: <E2 = never, R2 = never, R3 = never>(
      request: {
        readonly indexId: string
        readonly experienceId: string
        readonly personas: AwsBatch.Items<Omit<KendraOperations.EntityPersona, "indexId" | "experienceId">, E2, R2>
      },
      options?: Bulk.Options<KendraOperations.EntityPersona, void, KendraError.AssociatePersonaError, R3>
    ) => AwsBatch.All<KendraOperations.EntityPersona, void, KendraError.AssociatePersonaError, R2 | R3>

    /** AssociatePersonasToEntities for `Bulk`, for any experiences. */
    readonly associatePersonasOperation: BatchOperation<
      KendraOperations.EntityPersona,
      void,
      KendraError.AssociatePersonaError
    >

    /** The same for one, in one call with others at the same time. */
    readonly associatePersona: (
      persona: KendraOperations.EntityPersona
    ) => Effect.Effect<void, Bulk.ItemError<KendraOperations.EntityPersona, KendraError.AssociatePersonaError>>

    /** DisassociatePersonasFromEntities as the API has it: 1 to 25 ids, one request. Fails if any failed. */
    readonly disassociatePersonasFromEntities: (
      request: typeof KendraSchema.DisassociatePersonasFromEntitiesRequest.Encoded
    ) => AwsBatch.One<
      KendraSchema.FailedEntitiesResponse,
      KendraError.DisassociatePersonasFromEntitiesError,
      KendraError.EntityError
    >

    /** Takes their persona from any number of users and groups. Fails with `BulkIncomplete` unless all are done. */
    readonly disassociatePersonas: <E2 = never, R2 = never, R3 = never>(
      request: {
        readonly indexId: string
        readonly experienceId: string
        readonly entityIds: AwsBatch.Items<string, E2, R2>
      },
      options?: Bulk.Options<KendraOperations.EntityKey, void, KendraError.DisassociatePersonaError, R3>
    ) => AwsBatch.All<KendraOperations.EntityKey, void, KendraError.DisassociatePersonaError, R2 | R3>

    /** DisassociatePersonasFromEntities for `Bulk`, for any experiences. */
    readonly disassociatePersonasOperation: BatchOperation<
      KendraOperations.EntityKey,
      void,
      KendraError.DisassociatePersonaError
    >

    /** The same for one, in one call with others at the same time. */
    readonly disassociatePersona: (
      entity: KendraOperations.EntityKey
    ) => Effect.Effect<void, Bulk.ItemError<KendraOperations.EntityKey, KendraError.DisassociatePersonaError>>

    /** The users and groups with access to an experience, page by page. */
    readonly listExperienceEntities: (
      request: Omit<typeof KendraSchema.ListExperienceEntitiesRequest.Encoded, "NextToken">
    ) => Pagination.Pages<KendraSchema.ExperienceEntity, KendraError.ListExperienceEntitiesError>

    // -------------------------------------------------------------------------
    // Indices, data sources and their sync jobs
    // -------------------------------------------------------------------------

    /** The indices of the account, page by page. */
    readonly listIndices: (
      request?: Omit<typeof KendraSchema.ListIndicesRequest.Encoded, "NextToken">
    ) => Pagination.Pages<KendraSchema.Index, KendraError.ListIndicesError>

    /** One index. */
    readonly describeIndex: (
      request: typeof KendraSchema.DescribeIndexRequest.Encoded
    ) => Effect.Effect<KendraSchema.IndexDetail, KendraError.DescribeIndexError>

    /** The data sources of an index, page by page. */
    readonly listDataSources: (
      request: Omit<typeof KendraSchema.ListDataSourcesRequest.Encoded, "NextToken">
    ) => Pagination.Pages<KendraSchema.DataSource, KendraError.ListDataSourcesError>

    /** The sync jobs of a data source, page by page. */
    readonly listDataSourceSyncJobs: (
      request: Omit<typeof KendraSchema.ListDataSourceSyncJobsRequest.Encoded, "NextToken">
    ) => Pagination.Pages<KendraSchema.SyncJob, KendraError.ListDataSourceSyncJobsError>

    /** Starts a sync job, and gives its id. It fails with `ResourceInUseException` while another one runs. */
    readonly startDataSourceSyncJob: (
      request: typeof KendraSchema.DataSourceRequest.Encoded
    ) => Effect.Effect<KendraSchema.StartDataSourceSyncJobResponse, KendraError.StartDataSourceSyncJobError>

    /** Stops the sync job that runs on a data source. */
    readonly stopDataSourceSyncJob: (
      request: typeof KendraSchema.DataSourceRequest.Encoded
    ) => Effect.Effect<KendraSchema.StopDataSourceSyncJobResponse, KendraError.StopDataSourceSyncJobError>

    // -------------------------------------------------------------------------
    // Everything else
    // -------------------------------------------------------------------------

    /**
     * Sends any command of the SDK client, once, as it stands: no checks, no pacing, no retries. Fails with the
     * exceptions that this command documents and with what any call can fail with.
     */
    readonly send: <C extends { readonly input: object }>(
      command: C
    ) => Effect.Effect<KendraCommands.CommandOutput<C>, KendraCommands.CommandError<C> | AwsError.Common>
  }
>()("@effect-bulk/kendra/Kendra") {
  /** The service over the SDK client. What is not given is found as every AWS SDK finds it. */
  static readonly layer = (options?: AwsClient.Options): Layer.Layer<Kendra, AwsError.ClientMisconfigured> =>
    Layer.effect(Kendra, Effect.flatMap(KendraClient.make(options), make))

  /** The same, from the configuration. */
  static readonly layerConfig = (
    config: Config.Wrap<AwsClient.Options>
  ): Layer.Layer<Kendra, AwsError.ClientMisconfigured | Config.ConfigError> =>
    Layer.unwrap(Effect.map(Config.unwrap(config), Kendra.layer))
}

/**
 * The service over a client. Its quotas are those of the client's account and region.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = Effect.fnUntraced(function* (client: AwsClient.AwsClient) {
  const deletions = yield* KendraOperations.deleteDocuments(client)
  const puts = yield* KendraOperations.putDocuments(client)
  const statuses = yield* KendraOperations.getDocumentStatuses(client)
  const sets = yield* KendraOperations.deleteFeaturedResultsSets(client)
  const entities = yield* KendraOperations.associateEntities(client)
  const noEntities = yield* KendraOperations.disassociateEntities(client)
  const personas = yield* KendraOperations.associatePersonas(client)
  const noPersonas = yield* KendraOperations.disassociatePersonas(client)
  const pages = { token: "NextToken", defaults: { MaxResults: 100 } } as const
  const listIndices = yield* Pagination.make(client, KendraClient.listIndices, {
    ...pages,
    items: ({ IndexConfigurationSummaryItems }) => IndexConfigurationSummaryItems
  })
  // AWS speaks of an hour or more.
  const patience: Duration.Input = "2 hours"
  const { isHopeless } = DocumentWork

  return Kendra.of({
    batchDeleteDocument: deletions.call,
    deleteDocuments: ({ ids, indexId, metricTarget }, options) =>
      AwsBatch.all(deletions.operation, ids, (id) => ({ indexId, id, metricTarget }), options),
    deleteDocumentsOperation: deletions.operation,
    deleteDocument: yield* Bulk.request(deletions.operation),
    deleteDocumentsAndWait: ({ ids, indexId, metricTarget }, options) => {
      const items = AwsBatch.mapItems(ids, (id) => ({ indexId, id, metricTarget }))
      const look = DocumentWork.look({
        indexId,
        statuses: statuses.operation,
        stateOf: DocumentWork.deletionState
      })
      return Bulk.run(deletions.operation, items, options).pipe(
        Effect.flatMap((report) =>
          Verification.wait(report, { deadline: patience, ...options, goal: "Gone", look, isHopeless })
        ),
        Effect.flatMap(Verification.orFail)
      )
    },
    batchPutDocument: puts.call,
    putDocuments: ({ documents, ...target }, options) =>
      AwsBatch.all(puts.operation, documents, (document) => ({ ...target, document }), options),
    putDocumentsOperation: puts.operation,
    putDocument: yield* Bulk.request(puts.operation),
    putDocumentsAndWait: ({ documents, ...target }, options) => {
      const items = AwsBatch.mapItems(documents, (document) => ({ ...target, document }))
      const look = DocumentWork.look({
        indexId: target.indexId,
        statuses: statuses.operation,
        stateOf: DocumentWork.indexingState
      })
      const final: ReadonlyArray<DocumentWork.IndexingState> = ["NotIndexed"]
      return Bulk.run(puts.operation, items, options).pipe(
        Effect.flatMap((report) =>
          Verification.wait(report, { deadline: patience, ...options, goal: "Indexed", final, look, isHopeless })
        ),
        Effect.flatMap(Verification.orFail)
      )
    },
    batchGetDocumentStatus: statuses.call,
    getDocumentStatuses: ({ ids, indexId }, options) =>
      AwsBatch.all(statuses.operation, ids, (id) => ({ indexId, id }), options),
    getDocumentStatusesOperation: statuses.operation,
    getDocumentStatus: yield* Bulk.request(statuses.operation),
    batchDeleteFeaturedResultsSet: sets.call,
    deleteFeaturedResultsSets: ({ ids, indexId }, options) =>
      AwsBatch.all(sets.operation, ids, (id) => ({ indexId, id }), options),
    deleteFeaturedResultsSetsOperation: sets.operation,
    deleteFeaturedResultsSet: yield* Bulk.request(sets.operation),
    listFeaturedResultsSets: yield* Pagination.make(client, KendraClient.listFeaturedResultsSets, {
      ...pages,
      items: ({ FeaturedResultsSetSummaryItems }) => FeaturedResultsSetSummaryItems
    }),
    associateEntitiesToExperience: entities.call,
    associateEntities: ({ entities: given, ...experience }, options) =>
      AwsBatch.all(entities.operation, given, (entity) => ({ ...experience, ...entity }), options),
    associateEntitiesOperation: entities.operation,
    associateEntity: yield* Bulk.request(entities.operation),
    disassociateEntitiesFromExperience: noEntities.call,
    disassociateEntities: ({ entities: given, ...experience }, options) =>
      AwsBatch.all(noEntities.operation, given, (entity) => ({ ...experience, ...entity }), options),
    disassociateEntitiesOperation: noEntities.operation,
    disassociateEntity: yield* Bulk.request(noEntities.operation),
    associatePersonasToEntities: personas.call,
    associatePersonas: ({ personas: given, ...experience }, options) =>
      AwsBatch.all(personas.operation, given, (persona) => ({ ...experience, ...persona }), options),
    associatePersonasOperation: personas.operation,
    associatePersona: yield* Bulk.request(personas.operation),
    disassociatePersonasFromEntities: noPersonas.call,
    disassociatePersonas: ({ entityIds, ...experience }, options) =>
      AwsBatch.all(noPersonas.operation, entityIds, (entityId) => ({ ...experience, entityId }), options),
    disassociatePersonasOperation: noPersonas.operation,
    disassociatePersona: yield* Bulk.request(noPersonas.operation),
    listExperienceEntities: yield* Pagination.make(client, KendraClient.listExperienceEntities, {
      token: "NextToken",
      defaults: {},
      items: ({ SummaryItems }) => SummaryItems
    }),
    listIndices: (request = {}) => listIndices(request),
    describeIndex: yield* AwsCall.make(client, KendraClient.describeIndex),
    listDataSources: yield* Pagination.make(client, KendraClient.listDataSources, {
      ...pages,
      items: ({ SummaryItems }) => SummaryItems
    }),
    listDataSourceSyncJobs: yield* Pagination.make(client, KendraClient.listDataSourceSyncJobs, {
      token: "NextToken",
      defaults: { MaxResults: 10 },
      items: ({ History }) => History
    }),
    startDataSourceSyncJob: yield* AwsCall.make(client, KendraClient.startDataSourceSyncJob),
    stopDataSourceSyncJob: yield* AwsCall.make(client, KendraClient.stopDataSourceSyncJob),
    send: sender(client)
  })
})

const sender =
  (client: AwsClient.AwsClient) =>
  <C extends { readonly input: object }>(command: C) => {
    type Output = KendraCommands.CommandOutput<C> & object
    type Errors = Record<string, AwsError.Class<KendraCommands.CommandError<C>>>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the types say what the table says for the command
    const errors = KendraCommands.exceptions(AwsClient.operationOf(command)) as Errors
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every command of the SDK is one
    return client.send(command as unknown as Command<object, Output>, { errors })
  }
