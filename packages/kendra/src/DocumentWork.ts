/**
 * What became of documents after Kendra took them, for deletion or for indexing: their statuses are asked for, 10 a call.
 *
 * @since 0.1.0
 */
import type * as Verification from "@effect-bulk/aws/Verification"
import type { BatchOperation } from "@effect-bulk/core/BatchOperation"
import * as Bulk from "@effect-bulk/core/Bulk"
import type { CallError } from "@effect-bulk/core/CallError"
import * as Effect from "effect/Effect"
import type * as KendraError from "./KendraError.ts"
import * as KendraFates from "./KendraFates.ts"
import type { DocumentDeletion, DocumentLook, DocumentPut } from "./KendraOperations.ts"
import type * as KendraSchema from "./KendraSchema.ts"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * Where a document stands that is to be deleted: gone, or still there, be it that its deletion goes on or that it was
 * lost. AWS's status does not tell the two apart for certain.
 *
 * @category models
 * @since 0.1.0
 */
export type DeletionState = "Gone" | "StillThere"

/**
 * Where a document stands that was put: indexed, on its way, not there (yet), or not to be indexed, which is final.
 *
 * @category models
 * @since 0.1.0
 */
export type IndexingState = "Indexed" | "Processing" | "Missing" | "NotIndexed"

/**
 * What can go wrong with a look.
 *
 * @category models
 * @since 0.1.0
 */
export type LookError = KendraError.GetDocumentStatusError | CallError

/**
 * What a deletion did, and where each document stands.
 *
 * @category models
 * @since 0.1.0
 */
export type Deletion = Verification.Verification<
  DocumentDeletion,
  void,
  KendraError.DeleteDocumentError,
  DeletionState,
  LookError
>

/**
 * What putting documents did, and where each stands.
 *
 * @category models
 * @since 0.1.0
 */
export type Indexing = Verification.Verification<
  DocumentPut,
  void,
  KendraError.PutDocumentError,
  IndexingState,
  LookError
>

/**
 * Not every document is gone.
 *
 * @category errors
 * @since 0.1.0
 */
export type NotDeleted = Verification.NotVerified<
  DocumentDeletion,
  void,
  KendraError.DeleteDocumentError,
  DeletionState,
  LookError
>

/**
 * Not every document is indexed.
 *
 * @category errors
 * @since 0.1.0
 */
export type NotIndexed = Verification.NotVerified<
  DocumentPut,
  void,
  KendraError.PutDocumentError,
  IndexingState,
  LookError
>

// -----------------------------------------------------------------------------
// Looking
// -----------------------------------------------------------------------------

/**
 * A way to look at documents of one index, for `Verification.wait`. Documents whose status could not be had are left out;
 * if that is so for all, the look fails.
 *
 * @category constructors
 * @since 0.1.0
 */
export const look =
  <State extends string>(options: {
    readonly indexId: string
    readonly statuses: BatchOperation<DocumentLook, KendraSchema.DocumentStatus, KendraError.GetDocumentStatusError>
    readonly stateOf: (status: string | undefined) => State | undefined
  }) =>
  (
    pending: ReadonlyMap<string, unknown>
  ): Effect.Effect<ReadonlyArray<readonly [id: string, sighting: Verification.Sighting<State>]>, LookError> =>
    Effect.suspend(() => {
      const { indexId, stateOf, statuses } = options
      const documents = [...pending.keys()].map((id) => ({ indexId, id }))
      return Effect.flatMap(Bulk.run(statuses, documents), ({ outcomes }) => {
        const seen: Array<readonly [id: string, sighting: Verification.Sighting<State>]> = []
        let failure: { readonly error: LookError } | undefined
        for (const outcome of outcomes) {
          if (outcome._tag === "Succeeded") {
            const status = outcome.value.DocumentStatus
            const state = stateOf(status)
            if (state !== undefined) seen.push([outcome.id, { state, status }])
          } else if ("error" in outcome) {
            failure ??= { error: outcome.error }
          }
        }
        return seen.length === 0 && failure !== undefined ? Effect.fail(failure.error) : Effect.succeed(seen)
      })
    })

/**
 * A status of a document that is to be deleted. A status that nobody knows says that there is something.
 *
 * @category functions
 * @since 0.1.0
 */
export const deletionState = (status: string | undefined): DeletionState | undefined => {
  if (status === undefined) return undefined
  return status === "NOT_FOUND" ? "Gone" : "StillThere"
}

/**
 * A status of a document that was put. One that nobody knows tells nothing.
 *
 * @category functions
 * @since 0.1.0
 */
export const indexingState = (status: string | undefined): IndexingState | undefined => {
  switch (status) {
    case "INDEXED":
    case "UPDATED":
      return "Indexed"
    case "PROCESSING":
      return "Processing"
    case "NOT_FOUND":
      return "Missing"
    case "FAILED":
    case "UPDATE_FAILED":
      return "NotIndexed"
    default:
      return undefined
  }
}

/**
 * Would looking again fail again?
 *
 * @category predicates
 * @since 0.1.0
 */
export const isHopeless = (error: LookError): boolean => {
  switch (error._tag) {
    case "DocumentError":
    case "CallTimedOut":
    case "CallAborted":
    case "CallDied":
    case "Unanswered":
      return false
    default:
      return KendraFates.fate(error)._tag === "Fatal"
  }
}
