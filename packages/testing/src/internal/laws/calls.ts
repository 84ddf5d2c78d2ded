/** Shape of calls, what their answers mean, and how they are taken apart. */
import * as Equal from "effect/Equal"
import { onTraces } from "../../Law.ts"
import type { Trace } from "../../Trace.ts"
import { limitsOf } from "./measures.ts"
import { areTwins, isIsolating, storiesOf, type Story } from "./story.ts"

export const withinTheLimits = onTraces({
  number: 7,
  name: "Within the limits",
  says: "a call has at least one item, and no more items and bytes than the limits allow",
  pitfalls: [30],
  broken: (trace) => {
    const { maxBytes, maxItems, sizeOf } = limitsOf(trace)
    for (const { start } of trace.calls) {
      const size = start.items.reduce((sum, item) => sum + sizeOf(item), 0)
      if (start.items.length < 1 || start.items.length > maxItems) {
        return `call ${start.number} has ${start.items.length} items, at most ${maxItems} may be in one`
      }
      if (size > maxBytes) return `call ${start.number} has ${size} bytes, at most ${maxBytes} may be in one`
    }
    for (const { item, outcome, position } of storiesOf(trace)) {
      if (outcome === undefined || sizeOf(item) <= maxBytes) continue
      if (outcome._tag !== "Invalid")
        return `position ${position} is too large for a call, and came out as ${outcome._tag}`
    }
    return undefined
  }
})

export const groupPurity = onTraces({
  number: 9,
  name: "Group purity",
  says: "all items of a call are of one group, equal by value",
  pitfalls: [34],
  broken: ({ calls, operation }) => {
    for (const { start } of calls) {
      const stray = start.items.find((item) => !Equal.equals(operation.group(item), start.group))
      if (stray !== undefined) return `call ${start.number} holds '${operation.id(stray)}' of another group`
    }
    return undefined
  }
})

export const distinctness = onTraces({
  number: 10,
  name: "Distinctness",
  says: "no id is twice in a call or in flight; equal items are sent once; another payload is sent later",
  pitfalls: [24],
  broken: (trace) => {
    for (const { start } of trace.calls) {
      const ids = new Set(start.items.map(trace.operation.id))
      if (ids.size < start.items.length) return `call ${start.number} holds an id twice`
    }
    const stories = storiesOf(trace)
    // Of a stream, an item may have been pulled by the source before the run takes it.
    const isTaken = trace.script.entry._tag !== "Stream" && trace.script.entry._tag !== "Outcomes"
    for (const a of stories) {
      for (const b of stories) {
        if (b.position <= a.position || a.id !== b.id || !Equal.equals(a.group, b.group)) continue
        const overlap = a.steps.find((one) => b.steps.some((other) => areTogether(one, other)))
        if (overlap !== undefined)
          return `'${a.id}' is in two calls at a time, one of them ${overlap.call.start.number}`
        const wasOpen = a.steps.some(
          ({ call }) => call.start.step > b.pulled.step || (call.heard !== undefined && call.end!.step > b.pulled.step)
        )
        if (!wasOpen || !isTaken || b.outcome === undefined) continue
        const isRefused = trace.policy.duplicates === "refuse"
        if (isRefused && b.outcome._tag !== "Invalid" && b.outcome._tag !== "NotAttempted")
          return `position ${b.position} repeats '${a.id}', and was not refused`
        if (isRefused || !areTwins(a, b)) continue
        if (b.steps.length > 0 && stories.every((other) => other === a || other === b || other.id !== a.id)) {
          return `positions ${a.position} and ${b.position} are equal, and both were sent`
        }
      }
    }
    return undefined
  }
})

type Step = Story<unknown, unknown, unknown>["steps"][number]

const areTogether = <
  A extends Pick<Step, "over"> & { readonly call: { readonly start: { readonly at: number; readonly step: number } } }
>(
  one: A,
  other: A
): boolean => {
  const [first, second] = one.call.start.step < other.call.start.step ? [one, other] : [other, one]
  return second.call.start.at < (first.over ?? Infinity)
}

export const ownData = onTraces({
  number: 11,
  name: "Own data",
  says: "what is sent is the caller's item, never what the service echoed",
  pitfalls: [31],
  broken: ({ calls, items }) => {
    for (const { start } of calls) {
      const index = start.items.findIndex((item, index) => !Object.is(items[start.positions[index] ?? -1], item))
      if (index >= 0) return `item ${index} of call ${start.number} is not the caller's`
    }
    return undefined
  }
})

export const omission = onTraces({
  number: 14,
  name: "Omission",
  says: "silence, strays, conflicts and wrong counts mean what the kind of answer says, for each item of the call",
  pitfalls: [5, 6, 8],
  broken: (trace) => {
    for (const story of storiesOf(trace)) {
      for (const { call, word } of story.steps) {
        if (call.heard?._tag !== "Answered") continue
        const entry = story.outcome?.history.find((attempt) => attempt.call === call.start.number)
        if (entry !== undefined && entry.word !== word.is) {
          return `call ${call.start.number} says ${word.is} of '${story.id}', it was taken for ${entry.word}`
        }
      }
    }
    const odd = trace.calls.filter(
      ({ heard, start }) => heard?._tag === "Answered" && heard.readable && start.reaction.quirk !== undefined
    )
    const { report } = trace
    const unnoticed = odd.find(({ start }) => !report?.contradictions.some(({ call }) => call === start.number))
    if (report === undefined || unnoticed === undefined || report.contradicted > report.contradictions.length)
      return undefined
    // An error without an id is how some answers are.
    if (trace.script.subject.fake.says?.includes("silent") && unnoticed.start.reaction.quirk === "nameless")
      return undefined
    return `the answer of call ${unnoticed.start.number} is odd (${unnoticed.start.reaction.quirk}), and the report does not say so`
  }
})

export const scopeOfAFate = onTraces({
  number: 15,
  name: "Scope of a call's fate",
  says: "a failed call touches the items in it, all of them, and no others; a fatal one also what its group did not send",
  pitfalls: [4, 38],
  broken: (trace) => {
    const stories = storiesOf(trace)
    for (const story of stories) {
      for (const { call, word } of story.steps) {
        if (call.heard?._tag === "Answered") continue
        const { number } = call.start
        const entry = story.outcome?.history.find((attempt) => attempt.call === number)
        if (entry === undefined && story.outcome !== undefined && story.steps.length <= 16) {
          return `call ${number} carried '${story.id}' and failed, its history does not say so`
        }
        if (entry !== undefined && entry.word !== word.is) {
          return `call ${number} came out as ${word.is}, the history of '${story.id}' says ${entry.word}`
        }
        if (entry !== undefined && (entry.applied === "maybe") !== word.maybe) {
          return `call ${number} was applied ${word.maybe ? "maybe" : "not"}, the history of '${story.id}' says ${entry.applied}`
        }
      }
      if (story.outcome?._tag !== "NotAttempted" || story.outcome.reason !== "halted") continue
      const isMeant = stories.some(
        (other) =>
          other.steps.some(
            ({ word }) => word.is === "Fatal" && (word.halts || Equal.equals(other.group, story.group))
          ) ||
          (trace.policy.stopOrderOnFailure && other.key !== undefined && other.key === story.key)
      )
      const { cause } = story.outcome
      const culprits = trace.calls.filter(({ heard }) => heard?._tag === "Failed" && heard.error === cause)
      const isOfAnother = (call: (typeof culprits)[number]) =>
        call.heard?._tag === "Failed" &&
        call.heard.fate._tag === "Fatal" &&
        call.heard.fate.halts === "group" &&
        !Equal.equals(call.start.group, story.group)
      if (culprits.length > 0 && culprits.every(isOfAnother))
        return `'${story.id}' is halted by the error of another group`
      if (!isMeant && !isDry(trace)) return `'${story.id}' is halted, and no fatal call was of its group`
    }
    return undefined
  }
})

/** Was the budget used up so far that the run may have halted? */
const isDry = <Item, A, E>({ events, policy }: Trace<Item, A, E>): boolean => {
  const { retry, throttle, tokens } = policy.budget
  return Math.max(0, ...events.map(({ spent }) => spent)) + Math.max(retry, throttle) > tokens
}

export const shrink = onTraces({
  number: 26,
  name: "Shrink",
  says: "a halved call goes on in strictly smaller, disjoint parts; the halving ends",
  pitfalls: [15],
  broken: (trace) => {
    const stories = storiesOf(trace)
    const depth = Math.ceil(Math.log2(limitsOf(trace).maxItems)) + 1
    for (const story of stories) {
      let halvings = 0
      for (const [index, { call, word }] of story.steps.entries()) {
        if (!isIsolating(trace, story, index) || word.is === "Terminal") {
          halvings = 0
          continue
        }
        const next = story.steps[index + 1]!.call.start
        const whole = new Set(call.start.positions)
        if (next.positions.length > Math.ceil(whole.size / 2)) {
          return `call ${call.start.number} of ${whole.size} items goes on as call ${next.number} of ${next.positions.length}`
        }
        if (next.positions.some((position) => !whole.has(position))) {
          return `call ${next.number} is a part of call ${call.start.number}, and holds other items`
        }
        if (++halvings > depth) return `'${story.id}' was halved ${halvings} times on end`
      }
    }
    return undefined
  }
})
