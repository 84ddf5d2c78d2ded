/**
 * What became of read sets after HealthOmics took them for deletion: they are looked up one by one, or the whole store
 * is listed, whichever takes fewer calls.
 *
 * @since 0.1.0
 */
import type { AwsCall } from "@effect-bulk/aws/AwsCall"
import type { Pages, RepeatedPageToken } from "@effect-bulk/aws/Pagination"
import type * as Verified from "@effect-bulk/aws/Verification"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type * as OmicsError from "./OmicsError.ts"
import * as OmicsFates from "./OmicsFates.ts"
import type { ReadSetKey } from "./OmicsOperations.ts"
import type * as OmicsSchema from "./OmicsSchema.ts"

/**
 * Where a read set stands: gone, on its way out, or there as if nobody had deleted it.
 *
 * @category models
 * @since 0.1.0
 */
export type State = "Deleted" | "Deleting" | "Present"

/**
 * What can go wrong with a look.
 *
 * @category models
 * @since 0.1.0
 */
export type LookError = OmicsError.GetReadSetMetadataError | OmicsError.ListReadSetsError | RepeatedPageToken

/**
 * What became of read sets that were to be deleted.
 *
 * @category models
 * @since 0.1.0
 */
export type Verification = Verified.Verification<ReadSetKey, void, OmicsError.DeleteReadSetError, State, LookError>

/**
 * Not every read set is gone.
 *
 * @category errors
 * @since 0.1.0
 */
export type NotVerified = Verified.NotVerified<ReadSetKey, void, OmicsError.DeleteReadSetError, State, LookError>

/**
 * A way to look at read sets of one store, for `Verification.wait`. `by` settles how; else few read sets are looked up,
 * and for many the store is listed.
 *
 * @category constructors
 * @since 0.1.0
 */
export const look = (options: {
  readonly sequenceStoreId: string
  readonly by?: "metadata" | "list" | undefined
  readonly listReadSets: Pages<OmicsSchema.ReadSet, OmicsError.ListReadSetsError>
  readonly getReadSetMetadata: AwsCall<
    { readonly sequenceStoreId: string; readonly id: string },
    OmicsSchema.ReadSetMetadata,
    OmicsError.GetReadSetMetadataError
  >
}): ((
  pending: ReadonlyMap<string, unknown>
) => Effect.Effect<ReadonlyArray<readonly [id: string, sighting: Verified.Sighting<State>]>, LookError>) => {
  const { by, getReadSetMetadata, listReadSets, sequenceStoreId } = options
  // What a list costs is known after the first one.
  let pages = 20

  const lookUp = (pending: ReadonlyMap<string, unknown>) =>
    Effect.forEach(
      [...pending.keys()],
      (id) =>
        getReadSetMetadata({ sequenceStoreId, id }).pipe(
          Effect.map(({ status }) => [id, sightingOf(status)] as const),
          Effect.catchTag("ResourceNotFoundException", () => Effect.succeed([id, gone] as const))
        ),
      { concurrency: 5 }
    )

  const list = (pending: ReadonlyMap<string, unknown>) =>
    Effect.suspend(() => {
      const listed = new Map<string, Verified.Sighting<State>>()
      let count = 0
      return Stream.runForEachArray(listReadSets, (readSets) =>
        Effect.sync(() => {
          count += readSets.length
          for (const { id, status } of readSets) if (pending.has(id)) listed.set(id, sightingOf(status))
        })
      ).pipe(
        Effect.map(() => {
          pages = Math.ceil(count / 100)
          return [...pending.keys()].map((id) => [id, listed.get(id) ?? gone] as const)
        })
      )
    })

  return (pending) => (by === "list" || (by === undefined && pending.size > pages) ? list(pending) : lookUp(pending))
}

/**
 * Would looking again fail again?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isHopeless = (error: LookError): boolean =>
  error._tag === "RepeatedPageToken" || OmicsFates.fate(error)._tag === "Fatal"

const gone: Verified.Sighting<State> = { state: "Deleted" }

const sightingOf = (status: string): Verified.Sighting<State> => ({
  state: status === "DELETED" ? "Deleted" : status === "DELETING" ? "Deleting" : "Present",
  status
})
