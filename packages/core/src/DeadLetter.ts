/**
 * An item that did not succeed, with what is known of it, so that it can be run again: by hand, later, or by another
 * process. Dead letters come from a report, or from the items and the NDJSON that a run wrote before it was killed.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import type { BatchOperation } from "./BatchOperation.ts"
import type * as Outcome from "./Outcome.ts"
import * as Report from "./Report.ts"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * What is known of an item that did not succeed. `Missing` says that no outcome was written: the item may have been
 * in a call when its process ended.
 *
 * @category models
 * @since 0.1.0
 */
export interface DeadLetter<Item> {
  readonly position: number
  readonly id: string
  readonly item: Item
  readonly outcome: Exclude<Report.Line["outcome"], "Succeeded"> | "Missing"
  /** Why it did not succeed. */
  readonly reason: string
  readonly history: ReadonlyArray<Outcome.Attempt>
}

/**
 * The schema of a dead letter, for items of that schema: `Schema.toCodecJson(DeadLetter.schema(Item))` writes and
 * reads it.
 *
 * @category schemas
 * @since 0.1.0
 */
export const schema = <Item extends Schema.Constraint>(item: Item) =>
  Schema.Struct({
    position: Schema.Natural,
    id: Schema.String,
    item,
    outcome: Schema.Literals(["Failed", "Exhausted", "Unknown", "NotAttempted", "Invalid", "Missing"]),
    reason: Schema.String,
    history: Schema.Array(Report.Attempt)
  })

// -----------------------------------------------------------------------------
// Constructors
// -----------------------------------------------------------------------------

/**
 * The items of a report that did not succeed.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromReport = <Item, A, E>(report: Report.Report<Item, A, E>): ReadonlyArray<DeadLetter<Item>> =>
  Report.partition(report)[1].map(fromOutcome)

/**
 * The letter of one outcome, for those who run streams.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromOutcome = <Item, E>(outcome: Outcome.Unsuccessful<Item, E>): DeadLetter<Item> => ({
  position: outcome.position,
  id: outcome.id,
  item: outcome.item,
  outcome: outcome._tag,
  reason: Report.reasonOf(outcome),
  history: outcome.history
})

/**
 * The items of an earlier run that its lines do not call succeeded. `items` are the items of that run, in the same
 * order; where a position has several lines, as after a redrive that was appended, the last one counts.
 *
 * Fails with `ReportMismatch` when a line is not of these items.
 *
 * **Gotchas**
 *
 * A redrive that is killed leaves the earlier lines of what it was sending, and those do not say that it may be applied
 * by now. Where that matters, give each redrive a file of its own, and of the files before it only the lines that say
 * `Succeeded`: what has no line then is `Missing`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromLines = <Item, A, E, R>(
  operation: BatchOperation<Item, A, E, R>,
  items: ReadonlyArray<Item>,
  lines: Iterable<Report.Line>
): Effect.Effect<ReadonlyArray<DeadLetter<Item>>, ReportMismatch> =>
  Effect.suspend(() => {
    const byPosition = new Map<number, Report.Line>()
    for (const line of lines) {
      const { id, position } = line
      const isPosition = Number.isInteger(position) && position >= 0 && position < items.length
      const expected = isPosition ? idOf(operation, items[position]!) : undefined
      if (!isPosition || expected !== id) return Effect.fail(new ReportMismatch({ position, found: id, expected }))
      byPosition.set(position, line)
    }
    const letters: Array<DeadLetter<Item>> = []
    for (let position = 0; position < items.length; position++) {
      const line = byPosition.get(position)
      if (line?.outcome === "Succeeded") continue
      const item = items[position]!
      letters.push(
        line === undefined
          ? { position, id: idOf(operation, item), item, ...missing }
          : {
              position,
              id: line.id,
              item,
              outcome: line.outcome,
              reason: line.reason ?? "",
              history: line.history ?? []
            }
      )
    }
    return Effect.succeed(letters)
  })

/** The id as a run gives it: an item whose id cannot be told has none, and is refused. */
const idOf = <Item, A, E, R>(operation: BatchOperation<Item, A, E, R>, item: Item): string => {
  try {
    const id: unknown = operation.id(item)
    return typeof id === "string" ? id : ""
  } catch {
    return ""
  }
}

const missing = { outcome: "Missing", reason: "the run ended before it wrote an outcome", history: [] } as const

/**
 * Reads the NDJSON of a run, as text or as the bytes of a file. A torn last line, as a killed process leaves it, is
 * dropped; any other line that is no outcome fails with `ReportCorrupt`.
 *
 * @category reading
 * @since 0.1.0
 */
export const readLines = <E, R>(
  pieces: Stream.Stream<string | Uint8Array, E, R>
): Effect.Effect<ReadonlyArray<Report.Line>, E | ReportCorrupt, R> =>
  Effect.gen(function* () {
    const lines: Array<Report.Line> = []
    let torn: { readonly number: number; readonly why: string } | undefined
    let number = 0
    const decoder = new TextDecoder()
    const text = Stream.map(pieces, (piece) =>
      // What the last bytes begin and do not end is torn, as is its line.
      typeof piece === "string" ? piece : decoder.decode(piece, { stream: true })
    )
    yield* Stream.runForEachArray(Stream.splitLines(text), (chunk) =>
      Effect.suspend(() => {
        for (const line of chunk) {
          number++
          if (torn !== undefined) return Effect.fail(new ReportCorrupt(torn))
          if (line.trim() === "") continue
          const decoded = Report.decodeLine(line)
          if (decoded._tag === "Success") lines.push(decoded.success)
          else torn = { number, why: decoded.failure.message }
        }
        return Effect.void
      })
    )
    return lines
  })

// -----------------------------------------------------------------------------
// Errors
// -----------------------------------------------------------------------------

/**
 * A line in the middle of a report is not an outcome.
 *
 * @category errors
 * @since 0.1.0
 */
export class ReportCorrupt extends Schema.TaggedError<ReportCorrupt>()("ReportCorrupt", {
  /** Number of the line, from 1. */
  number: Schema.Number,
  why: Schema.String
}) {
  override get message() {
    return `Reading a report: line ${this.number} is no outcome: ${this.why}`
  }
}

/**
 * A report is not of the items that it is held against.
 *
 * @category errors
 * @since 0.1.0
 */
export class ReportMismatch extends Schema.TaggedError<ReportMismatch>()("ReportMismatch", {
  position: Schema.Number,
  found: Schema.String,
  expected: Schema.UndefinedOr(Schema.String)
}) {
  override get message() {
    const expected = this.expected === undefined ? "no item" : `'${this.expected}'`
    return `Matching a report with its items: position ${this.position} is '${this.found}', expected ${expected}`
  }
}
