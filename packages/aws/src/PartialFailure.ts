/**
 * An answer with status 200 that says that some items failed. The calls that AWS would let pass as a success fail with
 * it.
 *
 * @since 0.1.0
 */
import type { Reading } from "@effect-bulk/core/Answer"
import * as Data from "effect/Data"

/**
 * Some items of a call failed, or the answer does not name them although it should. What is neither in `errors` nor in
 * `unanswered` succeeded.
 *
 * @category errors
 * @since 0.1.0
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what the answer is shows in the error channel
export class PartialFailure<out Response, out ItemError> extends Data.TaggedError("PartialFailure")<{
  readonly operation: string
  readonly message: string
  /** The errors of items, as the answer gives them. */
  readonly errors: ReadonlyArray<ItemError>
  /** The ids of which the answer says nothing certain. */
  readonly unanswered: ReadonlyArray<string>
  /** The answer itself. */
  readonly response: Response
}> {}

/**
 * What a reading of an answer has against a full success, if anything.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromReading = <Item, A, ItemError, Response>(
  reading: Reading<Item, A, ItemError>,
  call: {
    readonly operation: string
    /** The ids of the call's items, in its order. */
    readonly ids: ReadonlyArray<string>
    readonly response: Response
  }
): PartialFailure<Response, ItemError> | undefined => {
  const { ids, operation, response } = call
  const errors: Array<ItemError> = []
  const failed: Array<string> = []
  const fail = (id: string | undefined, error: ItemError) => {
    errors.push(error)
    failed.push(`${id === undefined ? "without id" : `'${id}'`}: ${messageOf(error)}`)
  }
  let unanswered: ReadonlyArray<string> = []
  if (reading._tag === "Ordered") {
    if (reading.count !== ids.length) unanswered = ids
    else {
      ids.forEach((id, at) => {
        const verdict = reading.verdict(at)
        if (verdict._tag !== "Succeeded") fail(id, verdict.error)
      })
    }
  } else {
    const sent = new Set<string | undefined>(ids)
    const named = new Set<string | undefined>()
    // A failure that can be tied to no item may be that of any which is not named.
    let isStray = reading.errors.length > 0
    for (const { id, verdict } of reading.entries) {
      named.add(id)
      if (verdict._tag === "Succeeded") continue
      fail(id, verdict.error)
      if (!sent.has(id)) isStray = true
    }
    for (const { error } of reading.errors) fail(undefined, error)
    if (reading.silence !== "succeeded" || isStray) unanswered = ids.filter((id) => !named.has(id))
  }
  if (errors.length === 0 && unanswered.length === 0) return undefined
  const parts: Array<string> = []
  if (errors.length > 0)
    parts.push(`${errors.length} ${errors.length === 1 ? "error" : "errors"} for ${ids.length} items (${list(failed)})`)
  if (unanswered.length > 0) parts.push(`no word on ${unanswered.length} of ${ids.length} items (${list(unanswered)})`)
  return new PartialFailure({ operation, message: `${operation}: ${parts.join(", ")}`, errors, unanswered, response })
}

const shown = 3

const list = (texts: ReadonlyArray<string>): string =>
  texts.length > shown ? `${texts.slice(0, shown).join("; ")}; and ${texts.length - shown} more` : texts.join("; ")

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
