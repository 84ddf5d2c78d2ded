/**
 * The batch operations of HealthOmics: what a call may hold, what its items share, and how its answer is read.
 *
 * @since 0.1.0
 */
import * as AwsBatch from "@effect-bulk/aws/AwsBatch"
import type { AwsClient } from "@effect-bulk/aws/AwsClient"
import * as AwsSchema from "@effect-bulk/aws/AwsSchema"
import * as Answer from "@effect-bulk/core/Answer"
import * as Verdict from "@effect-bulk/core/Verdict"
import * as OmicsClient from "./OmicsClient.ts"
import * as OmicsError from "./OmicsError.ts"
import * as OmicsFates from "./OmicsFates.ts"
import * as OmicsSchema from "./OmicsSchema.ts"

// -----------------------------------------------------------------------------
// Items
// -----------------------------------------------------------------------------

/**
 * A read set to be deleted.
 *
 * @category models
 * @since 0.1.0
 */
export interface ReadSetKey {
  readonly sequenceStoreId: string
  readonly id: string
}

/**
 * A version of an annotation store to be deleted; with `force`, although imports into it run.
 *
 * @category models
 * @since 0.1.0
 */
export interface VersionKey {
  readonly name: string
  readonly versionName: string
  readonly force?: boolean | undefined
}

// -----------------------------------------------------------------------------
// Operations
// -----------------------------------------------------------------------------

/**
 * BatchDeleteReadSet: 100 read sets of one sequence store a call. Those that the answer does not name were taken, and
 * are deleted later.
 *
 * @category operations
 * @since 0.1.0
 */
export const deleteReadSets = (client: AwsClient) =>
  AwsBatch.make(client, OmicsClient.batchDeleteReadSet, {
    limits: { maxItems: 100 },
    id: ({ id }: ReadSetKey) => id,
    group: ({ sequenceStoreId }) => sequenceStoreId,
    check: AwsSchema.checkTexts<ReadSetKey>({
      sequenceStoreId: OmicsSchema.storageId,
      id: OmicsSchema.storageId
    }),
    request: (sequenceStoreId, items) => ({ sequenceStoreId, ids: items.map(({ id }) => id) }),
    items: ({ ids, sequenceStoreId }) => ids.map((id) => ({ sequenceStoreId, id })),
    answer: Answer.failuresById({
      failures: ({ errors }: OmicsSchema.BatchDeleteReadSetResponse) => errors ?? [],
      id: ({ id }) => id,
      verdict: ({ code = "", id = "", message = "" }) =>
        OmicsFates.verdict(new OmicsError.ReadSetBatchError({ id, code, message })),
      silent: () => Verdict.accepted(undefined)
    })
  })

/**
 * DeleteAnnotationStoreVersions: 10 versions of one annotation store a call. Those that the answer does not name were
 * taken, and are deleted later.
 *
 * @category operations
 * @since 0.1.0
 */
export const deleteAnnotationStoreVersions = (client: AwsClient) =>
  AwsBatch.make(client, OmicsClient.deleteAnnotationStoreVersions, {
    limits: { maxItems: 10 },
    id: ({ versionName }: VersionKey) => versionName,
    group: ({ force = false, name }) => ({ name, force }),
    target: ({ name }) => name,
    check: AwsSchema.checkTexts<VersionKey>({
      name: OmicsSchema.storeName,
      versionName: OmicsSchema.versionName
    }),
    request: ({ force, name }, items) => ({ name, versions: items.map(({ versionName }) => versionName), force }),
    items: ({ force, name, versions }) => versions.map((versionName) => ({ name, versionName, force })),
    answer: Answer.failuresById({
      failures: ({ errors }: OmicsSchema.DeleteAnnotationStoreVersionsResponse) => errors ?? [],
      id: ({ versionName }) => versionName,
      verdict: ({ message = "", versionName = "" }) =>
        OmicsFates.verdict(new OmicsError.VersionDeleteError({ versionName, message })),
      silent: () => Verdict.accepted(undefined)
    })
  })
