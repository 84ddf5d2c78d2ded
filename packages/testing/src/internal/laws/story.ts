/**
 * What the trace tells of each item: the calls that carried it, what each meant for it by the rules, and what the
 * outcome table makes of that. Written down apart from the engine, so that the two can disagree.
 */
import type { CallError } from "@effect-bulk/core/CallError"
import type { Outcome } from "@effect-bulk/core/Outcome"
import * as Duration from "effect/Duration"
import * as Equal from "effect/Equal"
import type { Call, Event, Meaning, Trace } from "../../Trace.ts"

/** What one call meant for one item. */
export interface Word {
  readonly is:
    | "Succeeded"
    | "Retryable"
    | "Terminal"
    | "Unanswered"
    | "Throttled"
    | "Transient"
    | "TooLarge"
    | "Rejected"
    | "Fatal"
  /** It may have been applied, and nobody knows. */
  readonly maybe: boolean
  readonly gone: boolean | "maybe"
  readonly uncertain: boolean
  /** It failed for load. */
  readonly throttled: boolean
  /** The policy says that it is final. */
  readonly final: boolean
  /** Ends the whole run. */
  readonly halts: boolean
}

/** A call of an item, and what it meant for it. */
export interface Step<Item, A, E> {
  readonly call: Call<Item, A, E>
  readonly word: Word
  /** When the run heard of it, or gave it up; nothing if it ended before. */
  readonly over: number | undefined
}

/** An item from its pull to its outcome. */
export interface Story<Item, A, E> {
  readonly position: number
  readonly item: Item
  readonly id: string
  readonly group: unknown
  readonly key: string | undefined
  readonly pulled: Extract<Event<Item, A, E>, { readonly _tag: "Pull" }>
  readonly steps: ReadonlyArray<Step<Item, A, E>>
  readonly outcome: Outcome<Item, A, E | CallError> | undefined
  /** Where its outcome was seen first. */
  readonly seen: Event<Item, A, E> | undefined
}

const stories = new WeakMap<object, unknown>()

/** The stories of all items, by position. */
export const storiesOf = <Item, A, E>(trace: Trace<Item, A, E>): ReadonlyArray<Story<Item, A, E>> => {
  const known = stories.get(trace)
  // Stored under the trace that they are of.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  if (known !== undefined) return known as ReadonlyArray<Story<Item, A, E>>
  const told = tell(trace)
  stories.set(trace, told)
  return told
}

const tell = <Item, A, E>(trace: Trace<Item, A, E>): ReadonlyArray<Story<Item, A, E>> => {
  const { operation } = trace
  const steps = new Map<number, Array<Step<Item, A, E>>>()
  for (const call of trace.calls) {
    call.start.positions.forEach((position, index) => {
      const before = steps.get(position) ?? []
      before.push({ call, word: wordOf(trace, call, index), over: overAt(trace, call) })
      steps.set(position, before)
    })
  }
  const outcomes = new Map<number, Outcome<Item, A, E | CallError>>()
  const seen = new Map<number, Event<Item, A, E>>()
  for (const event of trace.events) {
    if (event._tag !== "Outcome" && event._tag !== "Taken") continue
    const { position } = event.outcome
    if (seen.has(position)) continue
    seen.set(position, event)
    outcomes.set(position, event.outcome)
  }
  for (const outcome of trace.report?.outcomes ?? []) {
    if (outcome !== undefined && !outcomes.has(outcome.position)) outcomes.set(outcome.position, outcome)
  }
  const told: Array<Story<Item, A, E>> = []
  for (const event of trace.events) {
    if (event._tag !== "Pull") continue
    const { position } = event
    const item = trace.items[position]!
    told.push({
      position,
      item,
      id: operation.id(item),
      group: operation.group(item),
      key: operation.orderKey?.(item),
      pulled: event,
      steps: steps.get(position) ?? [],
      outcome: outcomes.get(position),
      seen: seen.get(position)
    })
  }
  return told
}

/** When the run heard of a call, or gave it up. */
const overAt = <Item, A, E>(trace: Trace<Item, A, E>, { end, heard, start }: Call<Item, A, E>): number | undefined => {
  if (heard !== undefined) return end!.at
  const timeout = start.at + Duration.toMillis(trace.policy.callTimeout)
  const cut = end?.returned._tag === "Cut" ? end.at : Infinity
  return Math.min(timeout, cut, trace.endedAt)
}

const plain = { maybe: false, gone: false, uncertain: false, throttled: false, final: false, halts: false }

/** What a call meant for the item at an index of it. */
const wordOf = <Item, A, E>(
  { operation, policy, script }: Trace<Item, A, E>,
  { heard }: Call<Item, A, E>,
  index: number
): Word => {
  const maybe = !operation.read
  switch (heard?._tag) {
    case undefined:
    case "Interrupted":
      return { ...plain, is: "Transient", maybe }
    case "Died":
      return { ...plain, is: "Fatal", maybe }
    case "Failed": {
      const { error, fate } = heard
      const isPassing = fate._tag === "Throttled" || fate._tag === "Transient"
      const isFinal = isNamed(error, policy.terminal)
      const isRetried = !isPassing && fate._tag !== "TooLarge" && isNamed(error, policy.retryable)
      const is = isRetried ? "Transient" : isPassing && isFinal ? "Rejected" : fate._tag
      return {
        is,
        maybe: maybe && fate.applied === "maybe",
        gone: false,
        uncertain: false,
        throttled: is === "Throttled",
        final: isFinal,
        halts: is === "Fatal" && fate._tag === "Fatal" && fate.halts === "run"
      }
    }
    case "Answered": {
      if (!heard.readable) return { ...plain, is: "Unanswered", maybe }
      const meaning = heard.meanings[index]!
      return {
        ...plain,
        ...revised(meaning, policy, script.subject.fake.tags),
        maybe: maybe && meaning.verdict === "Unanswered"
      }
    }
  }
}

/** Policies name errors by tag or by code, whatever else has the same name. */
const isNamed = (error: unknown, names: ReadonlyArray<string>): boolean =>
  typeof error === "object" &&
  error !== null &&
  (("_tag" in error && names.includes(String(error._tag))) || ("code" in error && names.includes(String(error.code))))

/** A verdict after the lists of the policy. */
const revised = (
  { gone, says, throttled, uncertain, verdict }: Meaning,
  policy: { readonly retryable: ReadonlyArray<string>; readonly terminal: ReadonlyArray<string> },
  tags: { readonly [says: string]: string | undefined } | undefined
): Pick<Word, "is" | "gone" | "throttled" | "uncertain"> => {
  const tag = tags?.[says] ?? ""
  if (verdict === "Retryable" && policy.terminal.includes(tag)) {
    return { is: "Terminal", gone, throttled: false, uncertain }
  }
  if (verdict === "Terminal" && policy.retryable.includes(tag)) {
    return { is: "Retryable", gone: false, throttled: false, uncertain }
  }
  return { is: verdict, gone, throttled, uncertain }
}

/** Was the call halved after that: is it of the kind, and did its items go on? */
export const isIsolating = <Item, A, E>(
  trace: Trace<Item, A, E>,
  { steps }: Story<Item, A, E>,
  index: number
): boolean => {
  const { call, word } = steps[index]!
  if (index === steps.length - 1 || call.start.positions.length === 1) return false
  const isRefusal = !word.final && (word.is === "TooLarge" || word.is === "Rejected")
  return isRefusal || (word.is === "Terminal" && word.uncertain && trace.policy.candidates === "resolve")
}

/** Did the call count as an attempt? The last one may be cut short before its halves went. */
export const attemptsOf = <Item, A, E>(
  trace: Trace<Item, A, E>,
  story: Story<Item, A, E>
): { readonly least: number; readonly most: number } => {
  let least = 0
  let most = 0
  story.steps.forEach(({ call, word }, index) => {
    if (word.is === "Throttled" || isIsolating(trace, story, index)) return
    most++
    const isLast = index === story.steps.length - 1
    const mayIsolate =
      word.is === "TooLarge" ||
      word.is === "Rejected" ||
      (word.is === "Terminal" && word.uncertain && trace.policy.candidates === "resolve")
    if (!(isLast && mayIsolate && call.start.positions.length > 1)) least++
  })
  return { least, most }
}

/** Equal items of one target: one of them is sent for both. */
export const areTwins = <Item, A, E>(a: Story<Item, A, E>, b: Story<Item, A, E>): boolean =>
  a.position !== b.position && a.id === b.id && Equal.equals(a.group, b.group) && Equal.equals(a.item, b.item)
