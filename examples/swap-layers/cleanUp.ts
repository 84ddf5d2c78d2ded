/** A job as an app would have it: it asks for the service, and does not know where it comes from. */
import { Bulk, Outcome } from "@effect-bulk/core"
import { Omics } from "@effect-bulk/omics"
import { Effect, Stream } from "effect"

/** Removes the read sets of a store whose upload failed. Says how many are gone, and which need a human being. */
export const cleanUp = Effect.fn("cleanUp")(function* (sequenceStoreId: string) {
  const omics = yield* Omics
  const items = omics
    .listReadSets({ sequenceStoreId, filter: { status: "UPLOAD_FAILED" } })
    .pipe(Stream.map(({ id }) => ({ sequenceStoreId, id })))
  const report = yield* Bulk.run(omics.deleteReadSetsOperation, items)
  return {
    gone: report.counts.Succeeded,
    stuck: report.outcomes.filter((outcome) => !Outcome.isSucceeded(outcome)).map(({ id }) => id),
    wasCut: report.source._tag !== "Ended"
  }
})
