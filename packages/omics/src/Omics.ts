/**
 * AWS HealthOmics as an Effect service: its batch operations one call at a time and in bulk, and what a job around them
 * needs, to find what to act on and to see what became of it.
 *
 * Calls wait for the documented rate, which everything in the process shares that uses the same account and region, and
 * are retried as the policy says (see `BatchPolicy`); the SDK itself retries nothing.
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
import * as OmicsClient from "./OmicsClient.ts"
import * as OmicsCommands from "./OmicsCommands.ts"
import type * as OmicsError from "./OmicsError.ts"
import * as OmicsOperations from "./OmicsOperations.ts"
import type * as OmicsSchema from "./OmicsSchema.ts"
import * as ReadSetDeletion from "./ReadSetDeletion.ts"

/**
 * The service.
 *
 * @category services
 * @since 0.1.0
 */
export class Omics extends Context.Service<
  Omics,
  {
    // -------------------------------------------------------------------------
    // Read sets
    // -------------------------------------------------------------------------

    /** BatchDeleteReadSet as the API has it: 1 to 100 ids, one request. Fails if any read set failed. */
    readonly batchDeleteReadSet: (
      request: typeof OmicsSchema.BatchDeleteReadSetRequest.Encoded
    ) => AwsBatch.One<
      OmicsSchema.BatchDeleteReadSetResponse,
      OmicsError.BatchDeleteReadSetError,
      OmicsError.ReadSetBatchError
    >

    /** Deletes any number of read sets of a store. Fails with `BulkIncomplete` unless every one was taken. */
    readonly deleteReadSets: <E2 = never, R2 = never, R3 = never>(
      request: { readonly sequenceStoreId: string; readonly ids: AwsBatch.Items<string, E2, R2> },
      options?: Bulk.Options<OmicsOperations.ReadSetKey, void, OmicsError.DeleteReadSetError, R3>
    ) => AwsBatch.All<OmicsOperations.ReadSetKey, void, OmicsError.DeleteReadSetError, R2 | R3>

    /** BatchDeleteReadSet for `Bulk`, which tells what became of each read set, of any stores. */
    readonly deleteReadSetsOperation: BatchOperation<OmicsOperations.ReadSetKey, void, OmicsError.DeleteReadSetError>

    /** Deletes one read set, in one call with others that are deleted at the same time. */
    readonly deleteReadSet: (
      readSet: OmicsOperations.ReadSetKey
    ) => Effect.Effect<void, Bulk.ItemError<OmicsOperations.ReadSetKey, OmicsError.DeleteReadSetError>>

    /**
     * Deletes any number of read sets of a store and waits until they are gone, since deletion goes on after the answer.
     * Fails with `NotVerified` unless every one is `Deleted`; the verification says where each of the others stands.
     */
    readonly deleteReadSetsAndWait: <E2 = never, R2 = never, R3 = never, R4 = never>(
      request: { readonly sequenceStoreId: string; readonly ids: AwsBatch.Items<string, E2, R2> },
      options?: Bulk.Options<OmicsOperations.ReadSetKey, void, OmicsError.DeleteReadSetError, R3> &
        Verification.Waiting<R4> & {
          /** How to look; else whichever takes fewer calls. */
          readonly by?: "metadata" | "list"
        }
    ) => Effect.Effect<ReadSetDeletion.Verification, ReadSetDeletion.NotVerified, R2 | R3 | R4>

    /** The read sets of a store that the filter lets through, page by page. */
    readonly listReadSets: (
      request: Omit<typeof OmicsSchema.ListReadSetsRequest.Encoded, "nextToken">
    ) => Pagination.Pages<OmicsSchema.ReadSet, OmicsError.ListReadSetsError>

    /** One read set. */
    readonly getReadSetMetadata: (
      request: typeof OmicsSchema.GetReadSetMetadataRequest.Encoded
    ) => Effect.Effect<OmicsSchema.ReadSetMetadata, OmicsError.GetReadSetMetadataError>

    // -------------------------------------------------------------------------
    // Sequence stores
    // -------------------------------------------------------------------------

    /** The sequence stores of the account that the filter lets through, page by page. */
    readonly listSequenceStores: (
      request?: Omit<typeof OmicsSchema.ListSequenceStoresRequest.Encoded, "nextToken">
    ) => Pagination.Pages<OmicsSchema.SequenceStore, OmicsError.ListSequenceStoresError>

    /** One sequence store. */
    readonly getSequenceStore: (
      request: typeof OmicsSchema.GetSequenceStoreRequest.Encoded
    ) => Effect.Effect<OmicsSchema.SequenceStoreDetail, OmicsError.GetSequenceStoreError>

    // -------------------------------------------------------------------------
    // Versions of annotation stores
    // -------------------------------------------------------------------------

    /** DeleteAnnotationStoreVersions as the API has it: 1 to 10 names, one request. Fails if any version failed. */
    readonly deleteAnnotationStoreVersions: (
      request: typeof OmicsSchema.DeleteAnnotationStoreVersionsRequest.Encoded
    ) => AwsBatch.One<
      OmicsSchema.DeleteAnnotationStoreVersionsResponse,
      OmicsError.DeleteAnnotationStoreVersionsError,
      OmicsError.VersionDeleteError
    >

    /** Deletes any number of versions of a store. Fails with `BulkIncomplete` unless every one was taken. */
    readonly bulkDeleteAnnotationStoreVersions: <E2 = never, R2 = never, R3 = never>(
      request: {
        readonly name: string
        readonly versions: AwsBatch.Items<string, E2, R2>
        readonly force?: boolean | undefined
      },
      options?: Bulk.Options<OmicsOperations.VersionKey, void, OmicsError.DeleteAnnotationStoreVersionError, R3>
    ) => AwsBatch.All<OmicsOperations.VersionKey, void, OmicsError.DeleteAnnotationStoreVersionError, R2 | R3>

    /** DeleteAnnotationStoreVersions for `Bulk`, which tells what became of each version, of any stores. */
    readonly deleteAnnotationStoreVersionsOperation: BatchOperation<
      OmicsOperations.VersionKey,
      void,
      OmicsError.DeleteAnnotationStoreVersionError
    >

    /** The versions of an annotation store that the filter lets through, page by page. */
    readonly listAnnotationStoreVersions: (
      request: Omit<typeof OmicsSchema.ListAnnotationStoreVersionsRequest.Encoded, "nextToken">
    ) => Pagination.Pages<OmicsSchema.AnnotationStoreVersion, OmicsError.ListAnnotationStoreVersionsError>

    // -------------------------------------------------------------------------
    // Everything else
    // -------------------------------------------------------------------------

    /**
     * Sends any command of the SDK client, once, as it stands: no checks, no pacing, no retries. Fails with the
     * exceptions that this command documents and with what any call can fail with.
     */
    readonly send: <C extends { readonly input: object }>(
      command: C
    ) => Effect.Effect<OmicsCommands.CommandOutput<C>, OmicsCommands.CommandError<C> | AwsError.Common>
  }
>()("@effect-bulk/omics/Omics") {
  /** The service over the SDK client. What is not given is found as every AWS SDK finds it. */
  static readonly layer = (options?: AwsClient.Options): Layer.Layer<Omics, AwsError.ClientMisconfigured> =>
    Layer.effect(Omics, Effect.flatMap(OmicsClient.make(options), make))

  /** The same, from the configuration. */
  static readonly layerConfig = (
    config: Config.Wrap<AwsClient.Options>
  ): Layer.Layer<Omics, AwsError.ClientMisconfigured | Config.ConfigError> =>
    Layer.unwrap(Effect.map(Config.unwrap(config), Omics.layer))
}

/**
 * The service over a client. Its quotas are those of the client's account and region.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = Effect.fnUntraced(function* (client: AwsClient.AwsClient) {
  const readSets = yield* OmicsOperations.deleteReadSets(client)
  const versions = yield* OmicsOperations.deleteAnnotationStoreVersions(client)
  const pages = { token: "nextToken", defaults: { maxResults: 100 } } as const
  const getReadSetMetadata = yield* AwsCall.make(client, OmicsClient.getReadSetMetadata)
  const listReadSets = yield* Pagination.make(client, OmicsClient.listReadSets, {
    ...pages,
    items: ({ readSets }) => readSets
  })
  const listSequenceStores = yield* Pagination.make(client, OmicsClient.listSequenceStores, {
    ...pages,
    items: ({ sequenceStores }) => sequenceStores
  })

  return Omics.of({
    batchDeleteReadSet: readSets.call,
    deleteReadSets: ({ ids, sequenceStoreId }, options) =>
      AwsBatch.all(readSets.operation, ids, (id) => ({ sequenceStoreId, id }), options),
    deleteReadSetsOperation: readSets.operation,
    deleteReadSet: yield* Bulk.request(readSets.operation),
    deleteReadSetsAndWait: ({ ids, sequenceStoreId }, options) => {
      const items = AwsBatch.mapItems(ids, (id) => ({ sequenceStoreId, id }))
      const all = listReadSets({ sequenceStoreId })
      const look = ReadSetDeletion.look({ sequenceStoreId, by: options?.by, listReadSets: all, getReadSetMetadata })
      const { isHopeless } = ReadSetDeletion
      return Bulk.run(readSets.operation, items, options).pipe(
        Effect.flatMap((report) => Verification.wait(report, { ...options, goal: "Deleted", look, isHopeless })),
        Effect.flatMap(Verification.orFail)
      )
    },
    listReadSets,
    getReadSetMetadata,
    listSequenceStores: (request = {}) => listSequenceStores(request),
    getSequenceStore: yield* AwsCall.make(client, OmicsClient.getSequenceStore),
    deleteAnnotationStoreVersions: versions.call,
    bulkDeleteAnnotationStoreVersions: ({ force, name, versions: names }, options) =>
      AwsBatch.all(versions.operation, names, (versionName) => ({ name, versionName, force }), options),
    deleteAnnotationStoreVersionsOperation: versions.operation,
    listAnnotationStoreVersions: yield* Pagination.make(client, OmicsClient.listAnnotationStoreVersions, {
      ...pages,
      items: ({ annotationStoreVersions }) => annotationStoreVersions
    }),
    send: sender(client)
  })
})

const sender =
  (client: AwsClient.AwsClient) =>
  <C extends { readonly input: object }>(command: C) => {
    type Output = OmicsCommands.CommandOutput<C> & object
    type Errors = Record<string, AwsError.Class<OmicsCommands.CommandError<C>>>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the types say what the table says for the command
    const errors = OmicsCommands.exceptions(AwsClient.operationOf(command)) as Errors
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every command of the SDK is one
    return client.send(command as unknown as Command<object, Output>, { errors })
  }
