/**
 * The fold of all outcomes of a run: what became of every item, how often, and what the answers said that fits
 * nowhere.
 *
 * @since 0.1.0
 */
import * as Cause from "effect/Cause"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import type * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { BatchPolicy } from "./BatchPolicy.ts"
import type { CallError } from "./CallError.ts"
import { messageOf, nameOf, tagOf, textAt } from "./internal/errors.ts"
import * as Outcome from "./Outcome.ts"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * Items by outcome.
 *
 * @category models
 * @since 0.1.0
 */
export type Counts = { readonly [Tag in Outcome.Tag]: number }

/**
 * What an answer said that fits nothing that was asked. It changes no outcome in favour of success, and is kept.
 *
 * @category models
 * @since 0.1.0
 */
export type Contradiction =
  /** A success of an item that was not in the call. */
  | { readonly _tag: "ForeignSuccess"; readonly id: string }
  | { readonly _tag: "SuccessWithoutId" }
  /** A failure of an item that was not in the call. */
  | { readonly _tag: "ForeignFailure"; readonly id: string }
  | { readonly _tag: "FailureWithoutId" }
  /** Several verdicts on one item that differ. */
  | { readonly _tag: "Conflict"; readonly id: string }
  /** Errors, although no item is missing among the successes. */
  | { readonly _tag: "ErrorsWithoutMissing"; readonly errors: number }
  /** Another number of results than items, where results go by position. */
  | { readonly _tag: "WrongCount"; readonly expected: number; readonly got: number }
  /** An answer to a call that had been given up. */
  | { readonly _tag: "LateAnswer" }

/**
 * How the source of the items ended: read to its end, left unread in part because the run ended first, or failed.
 *
 * @category models
 * @since 0.1.0
 */
export type Source =
  | { readonly _tag: "Ended" }
  | { readonly _tag: "Cut" }
  | { readonly _tag: "Failed"; readonly cause: Cause.Cause<unknown> }

/**
 * What became of a run.
 *
 * @category models
 * @since 0.1.0
 */
export interface Report<Item, A, E> {
  readonly operation: string
  readonly policy: BatchPolicy
  /** One per position of the input, in its order. */
  readonly outcomes: ReadonlyArray<Outcome.Outcome<Item, A, E | CallError>>
  readonly counts: Counts
  /** Calls made. */
  readonly calls: number
  /** The first contradictions, with the number of the call; `contradicted` counts them all. */
  readonly contradictions: ReadonlyArray<Contradiction & { readonly call: number }>
  readonly contradicted: number
  readonly source: Source
}

/**
 * Where the items of a run stand at a moment: `pulled = settled + queued + waiting + inFlight`. `retries` counts
 * calls that carried a retried item, `throttles` calls that the service throttled.
 *
 * @category models
 * @since 0.1.0
 */
export interface Progress {
  readonly pulled: number
  readonly settled: number
  readonly queued: number
  /** Waiting for their retry. */
  readonly waiting: number
  readonly inFlight: number
  readonly calls: number
  readonly retries: number
  readonly throttles: number
  readonly counts: Counts
}

// -----------------------------------------------------------------------------
// Folding
// -----------------------------------------------------------------------------

/**
 * No items.
 *
 * @category folding
 * @since 0.1.0
 */
export const noCounts: Counts = { Succeeded: 0, Failed: 0, Exhausted: 0, Unknown: 0, NotAttempted: 0, Invalid: 0 }

/**
 * Counts outcomes.
 *
 * @category folding
 * @since 0.1.0
 */
export const count = <Item, A, E>(outcomes: Iterable<Outcome.Outcome<Item, A, E>>): Counts => {
  const counts = { ...noCounts }
  for (const outcome of outcomes) counts[outcome._tag]++
  return counts
}

// -----------------------------------------------------------------------------
// Reading
// -----------------------------------------------------------------------------

/**
 * Did every item succeed, and was the source read to its end?
 *
 * @category reading
 * @since 0.1.0
 */
export const isComplete = <Item, A, E>(report: Report<Item, A, E>): boolean =>
  report.source._tag === "Ended" && report.counts.Succeeded === report.outcomes.length

/**
 * The report, or `BulkIncomplete` unless every item succeeded.
 *
 * @category reading
 * @since 0.1.0
 */
export const orFail = <Item, A, E>(
  report: Report<Item, A, E>
): Effect.Effect<Report<Item, A, E>, BulkIncomplete<Item, A, E>> =>
  isComplete(report) ? Effect.succeed(report) : Effect.fail(new BulkIncomplete({ report }))

/**
 * The outcomes that are successes, and those that are not.
 *
 * @category reading
 * @since 0.1.0
 */
export const partition = <Item, A, E>(
  report: Report<Item, A, E>
): readonly [ReadonlyArray<Outcome.Succeeded<Item, A>>, ReadonlyArray<Outcome.Unsuccessful<Item, E | CallError>>] => {
  const succeeded: Array<Outcome.Succeeded<Item, A>> = []
  const others: Array<Outcome.Unsuccessful<Item, E | CallError>> = []
  for (const outcome of report.outcomes) {
    if (outcome._tag === "Succeeded") succeeded.push(outcome)
    else others.push(outcome)
  }
  return [succeeded, others]
}

/**
 * Why an item did not succeed, in a few words: the reason, the issue, or the tag of the error.
 *
 * @category reading
 * @since 0.1.0
 */
export const reasonOf = <Item, E>(outcome: Outcome.Unsuccessful<Item, E>): string => {
  switch (outcome._tag) {
    case "NotAttempted":
      return outcome.cause === undefined ? outcome.reason : `${outcome.reason} by ${nameOf(outcome.cause)}`
    case "Invalid":
      return outcome.issue
    case "Failed":
      return nameOf(outcome.error)
    case "Exhausted":
    case "Unknown":
      return `${nameOf(outcome.error)} (${outcome.bound})`
  }
}

/**
 * How often an outcome came for one reason, and the first of them.
 *
 * @category reading
 * @since 0.1.0
 */
export interface SummaryRow<Item, A, E> {
  readonly outcome: Outcome.Tag
  readonly reason: string
  readonly count: number
  readonly first: Outcome.Outcome<Item, A, E | CallError>
}

const groupOf = <Item, A, E>(outcome: Outcome.Outcome<Item, A, E>): string => {
  if (outcome._tag === "Succeeded") return outcome.evidence
  // An issue names the value, so that each would be its own reason.
  return outcome._tag === "Invalid" ? "refused before the wire" : reasonOf(outcome)
}

/**
 * How often each outcome came for which reason, most frequent first.
 *
 * @category reading
 * @since 0.1.0
 */
export const summary = <Item, A, E>(report: Report<Item, A, E>): ReadonlyArray<SummaryRow<Item, A, E>> => {
  const rows = new Map<string, { -readonly [K in keyof SummaryRow<Item, A, E>]: SummaryRow<Item, A, E>[K] }>()
  for (const outcome of report.outcomes) {
    const reason = groupOf(outcome)
    const key = `${outcome._tag} ${reason}`
    const row = rows.get(key)
    if (row === undefined) rows.set(key, { outcome: outcome._tag, reason, count: 1, first: outcome })
    else row.count++
  }
  return [...rows.values()].toSorted((a, b) => b.count - a.count)
}

// -----------------------------------------------------------------------------
// NDJSON
// -----------------------------------------------------------------------------

/**
 * The schema of `Outcome.Attempt`.
 *
 * @category ndjson
 * @since 0.1.0
 */
export const Attempt = Schema.Struct({
  call: Schema.Natural,
  at: Schema.Number,
  word: Schema.Literals([
    ...(["Succeeded", "Retryable", "Terminal", "Unanswered"] as const),
    ...(["Throttled", "Transient", "TooLarge", "Rejected", "Fatal"] as const)
  ]),
  applied: Schema.Literals(["yes", "no", "maybe"]),
  error: Schema.optionalKey(Schema.String),
  requestId: Schema.optionalKey(Schema.String)
})

/**
 * One line of a report: the outcome of one position, without item and value. `reason` says in a few words why an
 * item did not succeed.
 *
 * @category ndjson
 * @since 0.1.0
 */
export const Line = Schema.Struct({
  position: Schema.Natural,
  id: Schema.String,
  target: Schema.String,
  outcome: Schema.Literals(Outcome.tags),
  attempts: Schema.Natural,
  evidence: Schema.optionalKey(Schema.Literals(["Confirmed", "Accepted", "InferredGone"])),
  reason: Schema.optionalKey(Schema.String),
  error: Schema.optionalKey(
    Schema.Struct({ tag: Schema.String, message: Schema.String, requestId: Schema.optionalKey(Schema.String) })
  ),
  history: Schema.optionalKey(Schema.Array(Attempt))
})

/**
 * @category ndjson
 * @since 0.1.0
 */
export type Line = typeof Line.Type

/**
 * The line of an outcome.
 *
 * @category ndjson
 * @since 0.1.0
 */
export const toLine = <Item, A, E>(outcome: Outcome.Outcome<Item, A, E>): Line => {
  const { attempts, id, position, target } = outcome
  if (outcome._tag === "Succeeded") {
    const { evidence, history } = outcome
    // What rests on an inference shows what from.
    const inferred = evidence === "InferredGone" ? { history } : {}
    return { position, id, target, outcome: outcome._tag, attempts, evidence, ...inferred }
  }
  return {
    position,
    id,
    target,
    outcome: outcome._tag,
    attempts,
    reason: reasonOf(outcome),
    ...("error" in outcome && { error: errorOf(outcome.error) }),
    ...("cause" in outcome && { error: errorOf(outcome.cause) }),
    history: outcome.history
  }
}

/**
 * The outcome as one line of NDJSON, with its line end.
 *
 * @category ndjson
 * @since 0.1.0
 */
export const encodeLine = <Item, A, E>(outcome: Outcome.Outcome<Item, A, E>): string =>
  `${JSON.stringify(toLine(outcome))}\n`

/**
 * Reads one line of NDJSON.
 *
 * @category ndjson
 * @since 0.1.0
 */
export const decodeLine: (line: string) => Result.Result<Line, Schema.SchemaError> = Schema.decodeUnknownResult(
  Schema.fromJsonString(Line)
)

// -----------------------------------------------------------------------------
// Errors
// -----------------------------------------------------------------------------

/**
 * Not every item succeeded; the report says which and why.
 *
 * @category errors
 * @since 0.1.0
 */
export class BulkIncomplete<Item, A, E> extends Data.TaggedError("BulkIncomplete")<{
  readonly report: Report<Item, A, E>
}> {
  override get message(): string {
    const { counts, operation, outcomes, source } = this.report
    const parts = Outcome.tags.filter((tag) => counts[tag] > 0).map((tag) => `${counts[tag]} ${tag}`)
    const worst = summary(this.report).find(({ first }) => first._tag !== "Succeeded" && hasReason(first))
    const why = worst === undefined ? "" : `; most often ${worst.reason}, as for ${exampleOf(worst.first)}`
    const tally = parts.length === 0 ? "" : ` (${parts.join(", ")})`
    return `${operation}: ${counts.Succeeded} of ${outcomes.length} items succeeded${tally}${why}${unreadOf(source)}`
  }

  /** The report holds every item: too much for a log. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.stack ?? this.message
  }
}

const unreadOf = (source: Source): string => {
  if (source._tag === "Ended") return ""
  if (source._tag === "Cut") return "; the source was not read to its end"
  return `; the source failed: ${messageOf(Cause.squash(source.cause))}`
}

/** Does the outcome say more than that the run ended? */
const hasReason = <Item, A, E>(outcome: Outcome.Outcome<Item, A, E>): boolean =>
  outcome._tag !== "NotAttempted" || outcome.cause !== undefined

const exampleOf = <Item, A, E>(outcome: Outcome.Outcome<Item, A, E>): string => {
  const error = "error" in outcome ? outcome.error : "cause" in outcome ? outcome.cause : undefined
  const says = outcome._tag === "Invalid" ? outcome.issue : error === undefined ? "" : messageOf(error)
  return says === "" ? `'${outcome.id}'` : `'${outcome.id}': ${says}`
}

const errorOf = (error: unknown): NonNullable<Line["error"]> => {
  const requestId = textAt(error, "requestId")
  return { tag: tagOf(error), message: messageOf(error), ...(requestId !== undefined && { requestId }) }
}
