/**
 * What the scripts of a test run reached: every verdict, fate, event, pair of a fate and an event, and row of the
 * outcome table is a label that is counted. A label that stays at zero means that laws hold there for want of a try.
 *
 * @since 0.1.0
 */
import { observers, oddities } from "./Script.ts"
import { fates } from "./Subject.ts"
import { storiesOf, type Story, type Word } from "./internal/laws/story.ts"
import type { Call, Trace } from "./Trace.ts"

/**
 * How often each label was reached.
 *
 * @category models
 * @since 0.1.0
 */
export type Coverage = ReadonlyMap<string, number>

/**
 * Counts the labels of traces.
 *
 * @category counting
 * @since 0.1.0
 */
export const make = (): {
  readonly add: <Item, A, E>(trace: Trace<Item, A, E>) => void
  readonly counts: Coverage
} => {
  const counts = new Map<string, number>(expected.map((label) => [label, 0]))
  return {
    counts,
    add: (trace) => {
      for (const label of labels(trace)) counts.set(label, (counts.get(label) ?? 0) + 1)
    }
  }
}

/**
 * The labels that were never reached.
 *
 * @category counting
 * @since 0.1.0
 */
export const missing = (coverage: Coverage): ReadonlyArray<string> => expected.filter((label) => !coverage.get(label))

/**
 * What one trace reached, each label once.
 *
 * @category counting
 * @since 0.1.0
 */
export const labels = <Item, A, E>(trace: Trace<Item, A, E>): ReadonlySet<string> => {
  const found = new Set<string>()
  const { entry, observer } = trace.script
  found.add(`entry ${entry._tag}`)
  found.add(`operation ${trace.operation.read ? "read" : trace.operation.idempotent ? "idempotent" : "once"}`)
  const happened = new Set<string>()
  for (const { _tag } of trace.events) if (eventTags.has(_tag)) happened.add(_tag)
  if (trace.events.some(({ _tag }) => _tag === "Outcome") && observer !== "quick") happened.add(`observer ${observer}`)
  if (entry._tag === "Outcomes" && entry.slow) happened.add("slow taker")
  for (const event of happened) found.add(`event ${event}`)
  for (const call of trace.calls) {
    const fate = fateOf(call)
    found.add(`fate ${fate}`)
    for (const event of happened) found.add(`pair ${fate} & ${event}`)
    if (call.heard?._tag === "Answered") {
      for (const { verdict } of call.heard.meanings) found.add(`verdict ${verdict}`)
      if (call.start.reaction.quirk !== undefined) found.add(`quirk ${call.start.reaction.quirk}`)
    }
  }
  for (const story of storiesOf(trace)) for (const row of rowOf(trace, story)) found.add(row)
  return found
}

/** What became of a call: the fate of one that failed, with what it leaves open; else what else it did. */
const fateOf = <Item, A, E>({ end, start }: Call<Item, A, E>): string => {
  if (end?.returned._tag === "Failed") return `${end.returned.fate._tag} ${end.returned.fate.applied}`
  return start.reaction.does
}

const eventTags: ReadonlySet<string> = new Set([
  "Stop",
  "Interrupt",
  "Close",
  "Leave",
  "SourceFailed",
  "SourceHangs",
  "Brownout"
])

/** The row of the outcome table that an item came to, and whether an earlier call left it open. */
const rowOf = <Item, A, E>(trace: Trace<Item, A, E>, { outcome, steps }: Story<Item, A, E>): ReadonlyArray<string> => {
  if (outcome === undefined || outcome._tag === "Invalid") return outcome === undefined ? [] : ["row refused"]
  const last = steps.at(-1)
  if (last === undefined) return outcome._tag === "NotAttempted" ? [`row none: ${outcome.reason}`] : []
  const isOpen = steps.slice(0, -1).some(({ word }) => word.maybe)
  const alone = last.call.start.positions.length === 1
  const rows = [`row ${wordOf(last.word, alone, trace.operation.read)}, ${isOpen ? "open" : "clear"}`]
  if (outcome._tag === "Exhausted") rows.push(`bound ${outcome.bound}`)
  return rows
}

const wordOf = ({ gone, is, maybe, uncertain }: Word, alone: boolean, read: boolean): string => {
  switch (is) {
    case "Succeeded":
    case "Retryable":
      return is
    case "Terminal":
      return gone === "maybe" ? "Terminal maybe gone" : gone ? "Terminal gone" : uncertain ? "Terminal uncertain" : is
    case "Unanswered":
      return read ? "Unanswered read" : is
    case "Throttled":
    case "Transient":
      return maybe ? "passing maybe" : "passing"
    case "TooLarge":
    case "Rejected":
      return maybe ? "refused maybe" : alone ? "refused alone" : "refused"
    case "Fatal":
      return maybe ? "Fatal maybe" : is
  }
}

const failing = [
  ...new Set(Object.values(fates).map(({ _tag, applied }) => `${_tag} ${applied}`)),
  // The operation's own table is not asked for the fate of these.
  ...oddities
]
const happening = [
  ...eventTags,
  ...observers
    .filter((observer) => observer !== "quick" && observer !== "none")
    .map((observer) => `observer ${observer}`),
  "slow taker"
]
/** In a read, and where a call leaves nothing open, some rows cannot come about. */
const rows = [
  "Succeeded",
  "Retryable",
  "Terminal",
  "Terminal gone",
  "Unanswered",
  "passing",
  "passing maybe",
  "refused",
  "refused alone",
  "refused maybe",
  "Fatal",
  "Fatal maybe"
]

/**
 * Every label that a test run must reach.
 *
 * @category counting
 * @since 0.1.0
 */
export const expected: ReadonlyArray<string> = [
  ...["Array", "Iterable", "Stream", "Outcomes", "Request"].map((entry) => `entry ${entry}`),
  ...["read", "idempotent", "once"].map((nature) => `operation ${nature}`),
  ...["Succeeded", "Retryable", "Terminal", "Unanswered"].map((verdict) => `verdict ${verdict}`),
  ...["nameless", "foreign", "namelessSuccess", "foreignSuccess", "miscounted"].map((quirk) => `quirk ${quirk}`),
  ...["answer", ...failing].map((fate) => `fate ${fate}`),
  ...happening.map((event) => `event ${event}`),
  ...["answer", ...failing].flatMap((fate) => happening.map((event) => `pair ${fate} & ${event}`)),
  ...rows.flatMap((row) => [`row ${row}, clear`, `row ${row}, open`]),
  "row Terminal uncertain, clear",
  "row Unanswered read, clear",
  "row refused",
  ...["stopped", "halted", "deadline", "interrupted", "sourceFailed"].map((reason) => `row none: ${reason}`),
  ...["attempts", "budget", "deadline", "stopped", "halted", "interrupted", "sourceFailed"].map(
    (bound) => `bound ${bound}`
  )
]
