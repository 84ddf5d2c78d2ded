/**
 * What became of data sets that are to be associated no longer: the associations of the instance are listed again.
 *
 * @since 0.1.0
 */
import type { Pages, RepeatedPageToken } from "@effect-bulk/aws/Pagination"
import type * as Verified from "@effect-bulk/aws/Verification"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type * as ConnectError from "./ConnectError.ts"
import * as ConnectFates from "./ConnectFates.ts"
import type { AnalyticsDataSetKey } from "./ConnectOperations.ts"
import type * as ConnectSchema from "./ConnectSchema.ts"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * Where a data set stands: in the list of associations, or not.
 *
 * @category models
 * @since 0.1.0
 */
export type State = "Disassociated" | "Associated"

/**
 * What can go wrong with a look.
 *
 * @category models
 * @since 0.1.0
 */
export type LookError = ConnectError.ListAnalyticsDataAssociationsError | RepeatedPageToken

/**
 * What a removal did, and where each data set stands.
 *
 * @category models
 * @since 0.1.0
 */
export type Verification = Verified.Verification<
  AnalyticsDataSetKey,
  void,
  ConnectError.DataSetDisassociationError,
  State,
  LookError
>

/**
 * Not every data set is associated no longer.
 *
 * @category errors
 * @since 0.1.0
 */
export type NotVerified = Verified.NotVerified<
  AnalyticsDataSetKey,
  void,
  ConnectError.DataSetDisassociationError,
  State,
  LookError
>

// -----------------------------------------------------------------------------
// Looking
// -----------------------------------------------------------------------------

/**
 * A way to look at data sets of one account, for `Verification.wait`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const look =
  (options: {
    readonly targetAccountId: string
    /** The associations of the instance. */
    readonly associations: Pages<
      ConnectSchema.AnalyticsDataAssociation,
      ConnectError.ListAnalyticsDataAssociationsError
    >
  }) =>
  (
    pending: ReadonlyMap<string, unknown>
  ): Effect.Effect<ReadonlyArray<readonly [id: string, sighting: Verified.Sighting<State>]>, LookError> =>
    Effect.suspend(() => {
      const listed = new Map<string, Verified.Sighting<State>>()
      return Stream.runForEachArray(options.associations, (associations) =>
        Effect.sync(() => {
          for (const { DataSetId, ResourceShareStatus, TargetAccountId } of associations) {
            // One that does not say whose it is may be ours: only what is in no such line is certainly gone.
            const isOther = TargetAccountId !== undefined && TargetAccountId !== options.targetAccountId
            if (DataSetId !== undefined && !isOther) {
              listed.set(DataSetId, { state: "Associated", status: ResourceShareStatus })
            }
          }
        })
      ).pipe(Effect.map(() => [...pending.keys()].map((id) => [id, listed.get(id) ?? gone] as const)))
    })

/**
 * Would looking again fail again?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isHopeless = (error: LookError): boolean =>
  error._tag === "RepeatedPageToken" || ConnectFates.fate(error)._tag === "Fatal"

const gone: Verified.Sighting<State> = { state: "Disassociated" }
