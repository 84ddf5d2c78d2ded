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
export class PartialFailure<out Response, out ItemError> extends Data.TaggedError("PartialFailure")<{
  readonly operation: string
  /** How many items the call had. */
  readonly items: number
  /** The errors of items, as the answer gives them. */
  readonly errors: ReadonlyArray<ItemError>
  /** The ids of which the answer says nothing certain. */
  readonly unanswered: ReadonlyArray<string>
  /** The answer itself. */
  readonly response: Response
}> {
  override get message(): string {
    const { errors, items, operation, unanswered } = this
    const parts: Array<string> = []
    if (errors.length > 0) parts.push(`${errors.length} of ${items} items failed (${list(errors.map(describe))})`)
    if (unanswered.length > 0) parts.push(`no word on ${unanswered.length} of ${items} items (${list(unanswered)})`)
    return `${operation}: ${parts.join(", ")}`
  }
}

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
    /** The ids of the call's items. */
    readonly ids: ReadonlyArray<string>
    readonly response: Response
  }
): PartialFailure<Response, ItemError> | undefined => {
  const { ids, operation, response } = call
  const errors: Array<ItemError> = []
  const answered = new Set<string>()
  const unanswered: Array<string> = []
  if (reading._tag === "ById") {
    for (const { id, verdict } of reading.entries) {
      if (verdict._tag !== "Succeeded") errors.push(verdict.error)
      if (id !== undefined) answered.add(id)
    }
    for (const { error } of reading.errors) errors.push(error)
    if (reading.silence !== "succeeded") unanswered.push(...ids.filter((id) => !answered.has(id)))
  } else if (reading.verdicts.length !== ids.length) {
    unanswered.push(...ids)
  } else {
    for (const verdict of reading.verdicts) if (verdict._tag !== "Succeeded") errors.push(verdict.error)
  }
  if (errors.length === 0 && unanswered.length === 0) return undefined
  return new PartialFailure({ operation, items: ids.length, errors, unanswered, response })
}

const shown = 3

const list = (texts: ReadonlyArray<string>): string =>
  texts.length > shown ? `${texts.slice(0, shown).join("; ")}; and ${texts.length - shown} more` : texts.join("; ")

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error))
