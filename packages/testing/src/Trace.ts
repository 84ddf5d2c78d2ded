/**
 * What was seen of a run from outside: by the source of its items, by the service that it calls, by its observer and
 * by whoever waits for it. The laws are predicates on this record; none of them looks into the engine.
 *
 * @since 0.1.0
 */
import type { BatchOperation } from "@effect-bulk/core/BatchOperation"
import type { Complete } from "@effect-bulk/core/BatchPolicy"
import type { ItemError } from "@effect-bulk/core/Bulk"
import type { CallError } from "@effect-bulk/core/CallError"
import type { Fate } from "@effect-bulk/core/Fate"
import type { Outcome } from "@effect-bulk/core/Outcome"
import type { Progress, Report } from "@effect-bulk/core/Report"
import type { Verdict } from "@effect-bulk/core/Verdict"
import type * as Cause from "effect/Cause"
import type * as Exit from "effect/Exit"
import { format as formatScript, type Reaction, type Script } from "./Script.ts"
import type { Says } from "./Subject.ts"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * What an answer means for one item of its call, by the rules of the operation's kind of answer.
 *
 * @category models
 * @since 0.1.0
 */
export interface Meaning {
  /** What the service said, of this item or of the one that is taken for the cause. */
  readonly says: Says
  readonly verdict: Verdict<unknown, unknown>["_tag"]
  /** What was to be removed is not there, for certain or as one of several causes. */
  readonly gone: boolean | "maybe"
  readonly throttled: boolean
  /** The cause is one of several. */
  readonly uncertain: boolean
}

/**
 * What a call came back with. `Cut`: it was cut off by the run.
 *
 * @category models
 * @since 0.1.0
 */
export type Returned =
  | {
      readonly _tag: "Answered"
      readonly meanings: ReadonlyArray<Meaning>
      readonly readable: boolean
    }
  | { readonly _tag: "Failed"; readonly fate: Fate; readonly error: unknown }
  | { readonly _tag: "Died" }
  | { readonly _tag: "Interrupted" }
  | { readonly _tag: "Cut" }

/**
 * What happened. `positions` are those of the items that a call carried.
 *
 * @category models
 * @since 0.1.0
 */
export type What<Item, A, E> =
  | { readonly _tag: "Pull"; readonly position: number; readonly line: number }
  | {
      readonly _tag: "Call"
      readonly number: number
      readonly group: unknown
      readonly items: ReadonlyArray<Item>
      readonly positions: ReadonlyArray<number>
      readonly reaction: Reaction
    }
  | { readonly _tag: "Return"; readonly number: number; readonly returned: Returned }
  | { readonly _tag: "Outcome"; readonly outcome: Outcome<Item, A, E | CallError> }
  | { readonly _tag: "Taken"; readonly outcome: Outcome<Item, A, E | CallError> }
  | { readonly _tag: "Reply"; readonly position: number; readonly exit: Exit.Exit<A, ItemError<Item, E>> }
  | { readonly _tag: "Progress"; readonly progress: Progress }
  | { readonly _tag: "Leave"; readonly position: number }
  | { readonly _tag: "Stop" }
  | { readonly _tag: "Interrupt" }
  | { readonly _tag: "Close" }
  | { readonly _tag: "SourceFailed" }
  | { readonly _tag: "SourceHangs" }
  | { readonly _tag: "Brownout" }
  | { readonly _tag: "End"; readonly how: How }

/**
 * How a run ended. `Hung`: it did not, although nothing was left to wait for; `Busy`: it came to no rest.
 *
 * @category models
 * @since 0.1.0
 */
export type How = "Done" | "Interrupted" | "Failed" | "Died" | "Hung" | "Busy"

/**
 * Something that happened: when, in milliseconds, and what the quota had handed out by then.
 *
 * @category models
 * @since 0.1.0
 */
export type Event<Item, A, E> = What<Item, A, E> & {
  readonly at: number
  /** Place among the events of this run. */
  readonly step: number
  /** Place among the events of all runs in the same world. */
  readonly tick: number
  readonly spent: number
  readonly slots: number
}

/**
 * A call from its start to its return.
 *
 * @category models
 * @since 0.1.0
 */
export interface Call<Item, A, E> {
  readonly start: Extract<Event<Item, A, E>, { readonly _tag: "Call" }>
  readonly end: Extract<Event<Item, A, E>, { readonly _tag: "Return" }> | undefined
  /** What the run heard of it: nothing of one that it had given up before it returned. */
  readonly heard: Exclude<Returned, { readonly _tag: "Cut" }> | undefined
}

/**
 * The record of one run.
 *
 * @category models
 * @since 0.1.0
 */
export interface Trace<in out Item, in out A, in out E> {
  readonly script: Script<Item, A, E>
  readonly operation: BatchOperation<Item, A, E>
  /** With its gaps filled. */
  readonly policy: Complete
  readonly events: ReadonlyArray<Event<Item, A, E>>
  readonly calls: ReadonlyArray<Call<Item, A, E>>
  /** The items that went in, by position. */
  readonly items: ReadonlyArray<Item>
  /** What the run gave back, where it gives a report. */
  readonly report: Report<Item, A, E> | undefined
  /** How often each position was applied, in truth. */
  readonly applied: ReadonlyArray<number>
  readonly how: How
  readonly cause: Cause.Cause<unknown> | undefined
  /** When it ended. */
  readonly endedAt: number
  /** What was left behind when it ended. */
  readonly left: {
    readonly sleeps: number
    readonly fibers: number
    /** Calls that cannot be cut off and were still running. */
    readonly deaf: number
    readonly slots: number
  }
}

// -----------------------------------------------------------------------------
// Reading
// -----------------------------------------------------------------------------

/**
 * The events of one kind.
 *
 * @category reading
 * @since 0.1.0
 */
export const only = <Item, A, E, Tag extends What<Item, A, E>["_tag"]>(
  trace: Trace<Item, A, E>,
  tag: Tag
): ReadonlyArray<Extract<Event<Item, A, E>, { readonly _tag: Tag }>> =>
  trace.events.filter((event): event is Extract<Event<Item, A, E>, { readonly _tag: Tag }> => event._tag === tag)

/**
 * The calls that carried a position.
 *
 * @category reading
 * @since 0.1.0
 */
export const callsOf = <Item, A, E>(trace: Trace<Item, A, E>, position: number): ReadonlyArray<Call<Item, A, E>> =>
  trace.calls.filter((call) => call.start.positions.includes(position))

/**
 * The outcome of each position, from wherever it was seen.
 *
 * @category reading
 * @since 0.1.0
 */
export const outcomes = <Item, A, E>(
  trace: Trace<Item, A, E>
): ReadonlyMap<number, Outcome<Item, A, E | CallError>> => {
  const found = new Map<number, Outcome<Item, A, E | CallError>>()
  for (const outcome of trace.report?.outcomes ?? []) if (outcome !== undefined) found.set(outcome.position, outcome)
  for (const event of trace.events) {
    if (event._tag === "Outcome" || event._tag === "Taken") {
      if (!found.has(event.outcome.position)) found.set(event.outcome.position, event.outcome)
    }
  }
  return found
}

// -----------------------------------------------------------------------------
// Showing
// -----------------------------------------------------------------------------

/**
 * The script and what happened, one event on a line.
 *
 * @category showing
 * @since 0.1.0
 */
export const format = <Item, A, E>(trace: Trace<Item, A, E>): string => {
  const rows = trace.events.map(
    (event) => `${String(event.at).padStart(8)}  ${event._tag.padEnd(10)} ${describe(event, trace)}`
  )
  const { deaf, fibers, sleeps, slots } = trace.left
  const left = `left behind: ${sleeps} sleeps, ${fibers} fibers (${deaf} deaf calls), ${slots} slots`
  return [formatScript(trace.script), "trace", ...rows, `  ${left}`].join("\n")
}

const describe = <Item, A, E>(event: Event<Item, A, E>, trace: Trace<Item, A, E>): string => {
  switch (event._tag) {
    case "Pull":
      return `${event.position} '${idOf(trace, event.position)}'`
    case "Call":
      return `${event.number}: ${event.positions.join(" ")} (${event.reaction.does})`
    case "Return":
      return `${event.number}: ${describeReturned(event.returned)}`
    case "Outcome":
    case "Taken":
      return describeOutcome(event.outcome)
    case "Reply":
      return `${event.position}: ${event.exit._tag}`
    case "Progress": {
      const { calls, inFlight, pulled, queued, settled, waiting } = event.progress
      return `pulled ${pulled} = settled ${settled} + queued ${queued} + waiting ${waiting} + in flight ${inFlight}; calls ${calls}`
    }
    case "Leave":
      return String(event.position)
    case "End":
      return event.how
    default:
      return ""
  }
}

const describeReturned = (returned: Returned): string => {
  switch (returned._tag) {
    case "Answered":
      return returned.readable ? returned.meanings.map(({ verdict }) => verdict).join(" ") : "an unreadable answer"
    case "Failed":
      return `${returned.fate._tag}, applied ${returned.fate.applied}`
    default:
      return returned._tag
  }
}

/**
 * An outcome in a few words.
 *
 * @category showing
 * @since 0.1.0
 */
export const describeOutcome = <Item, A, E>(outcome: Outcome<Item, A, E>): string => {
  const which = `${outcome.position} '${outcome.id}' ${outcome._tag}`
  const after = `after ${outcome.attempts} attempts`
  switch (outcome._tag) {
    case "Succeeded":
      return `${which} (${outcome.evidence}) ${after}`
    case "Failed":
      return `${which} (${outcome.scope}) ${after}`
    case "Exhausted":
    case "Unknown":
      return `${which} (${outcome.bound}) ${after}`
    case "NotAttempted":
      return `${which} (${outcome.reason})`
    case "Invalid":
      return `${which}: ${outcome.issue}`
  }
}

const idOf = <Item, A, E>(trace: Trace<Item, A, E>, position: number): string => {
  const item = trace.items[position]
  return item === undefined ? "?" : trace.operation.id(item)
}
