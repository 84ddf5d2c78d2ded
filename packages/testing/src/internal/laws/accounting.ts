/** Accounting: every item that goes in comes out once, with what is true of it. */
import type { CallError } from "@effect-bulk/core/CallError"
import { type Outcome, tags } from "@effect-bulk/core/Outcome"
import * as Report from "@effect-bulk/core/Report"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as fc from "fast-check"
import { onCases, onTraces } from "../../Law.ts"
import { answers } from "../../Script.ts"
import { callsOf, describeOutcome, only, type Trace } from "../../Trace.ts"
import { attributes } from "./equivalences.ts"
import { ofScript, peers, quiet, roomy } from "./shapes.ts"
import { line } from "./sketch.ts"
import { areTwins, attemptsOf, storiesOf, type Story, type Word } from "./story.ts"

export const conservation = onTraces({
  number: 1,
  name: "Conservation",
  says: "every position that was pulled has an outcome, however the run ends",
  pitfalls: [1, 2, 3, 6, 16, 22, 36],
  broken: (trace) => {
    if (trace.how === "Hung" || trace.how === "Busy") return `the run did not end (${trace.how})`
    const { entry, lines, observer } = trace.script
    const pulled = trace.items.length
    const missing = (channel: string, positions: Iterable<number>, needed = pulled) => {
      const there = new Set(positions)
      for (let position = 0; position < needed; position++) {
        if (!there.has(position)) return `${channel} has nothing of position ${position}`
      }
      const strange = [...there].find((position) => !(position >= 0 && position < pulled))
      return strange === undefined ? undefined : `${channel} has position ${strange}, which was never pulled`
    }
    const positionsOf = (tag: "Outcome" | "Taken") => only(trace, tag).map(({ outcome }) => outcome.position)
    if (observer !== "none") {
      // Who comes after the scope was closed is told, and nobody else.
      const closed = only(trace, "Close")[0]?.step ?? Infinity
      const needed = only(trace, "Pull").filter(({ step }) => step < closed).length
      const broken = missing("the observer", positionsOf("Outcome"), needed)
      if (broken !== undefined) return broken
    }
    if (entry._tag === "Request") {
      return missing(
        "the callers",
        only(trace, "Reply").map(({ position }) => position)
      )
    }
    if (trace.how === "Interrupted") return undefined
    if (entry._tag === "Outcomes") return missing("the stream", positionsOf("Taken"))
    if (entry._tag === "Array" && pulled !== lines.length) return `${pulled} of ${lines.length} items of a list count`
    const { outcomes } = trace.report!
    for (const position of outcomes.keys()) {
      if (outcomes[position]?.position !== position) return `the report has no outcome at position ${position}`
    }
    return missing("the report", outcomes.keys())
  }
})

export const finality = onTraces({
  number: 2,
  name: "Finality",
  says: "the first outcome of a position is its last, and late answers change nothing",
  pitfalls: [22, 36],
  broken: (trace) => {
    const ended = trace.events.findIndex(({ _tag }) => _tag === "End")
    const first = new Map<string, Outcome<unknown, unknown, unknown>>()
    for (const event of trace.events) {
      if (event._tag !== "Outcome" && event._tag !== "Taken" && event._tag !== "Reply") continue
      if (event.step > ended && trace.script.entry._tag !== "Request") return `a ${event._tag} came after the end`
      if (event._tag === "Reply") continue
      const { outcome } = event
      const key = `${event._tag} ${outcome.position}`
      if (first.has(key)) return `position ${outcome.position} has a second outcome: ${describeOutcome(outcome)}`
      first.set(key, outcome)
    }
    const differs = (position: number, a: unknown, b: unknown) =>
      a !== undefined && b !== undefined && a !== b ? `the outcomes of position ${position} differ` : undefined
    for (let position = 0; position < trace.items.length; position++) {
      const observed = first.get(`Outcome ${position}`)
      const broken =
        differs(position, observed, trace.report?.outcomes[position]) ??
        differs(position, observed, first.get(`Taken ${position}`))
      if (broken !== undefined) return broken
    }
    for (const { _tag, call } of trace.report?.contradictions ?? []) {
      if (_tag !== "LateAnswer") continue
      if (trace.calls[call - 1]?.heard !== undefined) return `call ${call} is said to have answered late, and did not`
    }
    return undefined
  }
})

export const truth = onTraces({
  number: 3,
  name: "Truth",
  says: "every outcome is the one that the outcome table gives for the true history of its item",
  pitfalls: [4, 5, 8, 10, 38],
  broken: (trace) => {
    const stories = storiesOf(trace)
    for (const story of stories) {
      const broken = story.outcome === undefined ? undefined : untrue(trace, stories, story, story.outcome)
      if (broken !== undefined) return `${describeOutcome(story.outcome!)}: ${broken}`
    }
    return undefined
  }
})

export const truthWithoutIds = onCases({
  number: 3,
  part: "b",
  name: "Truth, where errors name no item",
  says: "what may be gone by an earlier call is not known to have failed; what is gone for certain has succeeded",
  pitfalls: [5, 38],
  cases: (subject) => {
    const { fake, operation } = subject
    const { says = [] } = fake
    if (attributes(subject) || !says.includes("gone") || fake.errors.reset === undefined) return undefined
    if (!operation.idempotent || operation.read) return undefined
    const words = says.filter((said) => said !== "silent" && said !== "twice")
    return fc
      .record({
        items: peers(subject, 6),
        first: fc.constantFrom("reset" as const, "answer" as const),
        said: fc.array(fc.constantFrom("gone" as const, "gone" as const, ...words), { minLength: 6, maxLength: 6 }),
        maxAttempts: fc.integer({ min: 2, max: 3 }),
        candidates: fc.constantFrom("keep" as const, "resolve" as const),
        goneIsSuccess: fc.boolean()
      })
      .map(({ candidates, first, goneIsSuccess, items, maxAttempts, said }) =>
        ofScript(
          quiet(roomy(subject, 6), items, {
            lines: items.map((item, index) => line(item, { says: [said[index]!] })),
            calls: [{ ...answers, does: first, latency: 10 }],
            policy: { maxAttempts, candidates, goneIsSuccess }
          }),
          truth.broken
        )
      )
  }
})

const untrue = <Item, A, E>(
  trace: Trace<Item, A, E>,
  stories: ReadonlyArray<Story<Item, A, E>>,
  story: Story<Item, A, E>,
  outcome: Outcome<Item, A, E | CallError>
): string | undefined => {
  if (outcome.item !== story.item) return "it carries another item"
  if (outcome._tag !== "Invalid" && outcome.id !== story.id) return `it carries the id '${outcome.id}'`
  // What no call carried had its outcome before, or from an equal item.
  const holder = story.steps.length > 0 ? story : stories.find((other) => isHolder(other, story, outcome))
  if (holder === undefined) {
    if (outcome._tag === "Invalid" || outcome._tag === "NotAttempted") {
      if (outcome.attempts !== 0 || outcome.history.length !== 0) return "it was in no call, and has a history"
      return outcome._tag === "NotAttempted" ? unreasonable(trace, story, outcome.reason) : undefined
    }
    return "it was in no call"
  }
  const wanted = expected(trace, holder)
  const got =
    outcome._tag === "Succeeded" && outcome.evidence === "InferredGone"
      ? "Succeeded InferredGone"
      : outcome._tag === "Failed"
        ? `Failed ${outcome.scope}`
        : outcome._tag
  if (got !== wanted) return `its calls make it ${wanted}`
  const { least, most } = attemptsOf(trace, holder)
  if (outcome.attempts < least || outcome.attempts > most) return `its calls make ${least} to ${most} attempts`
  const numbers = outcome.history.map(({ call }) => call)
  const carried = holder.steps.map(({ call }) => call.start.number)
  const kept = carried.length <= numbers.length ? carried : [carried[0], ...carried.slice(1 - numbers.length)]
  if (numbers.join() !== kept.join()) return `its history has the calls ${numbers.join()}, it was in ${carried.join()}`
  const applied = trace.applied[holder.position] ?? 0
  if (outcome._tag === "Succeeded" && outcome.evidence !== "InferredGone" && applied === 0 && !isGone(holder)) {
    return "in truth it was never applied"
  }
  if (outcome._tag === "Exhausted" && applied > 0 && !trace.operation.read) return "in truth it was applied"
  if (outcome._tag === "Exhausted") return unreasonable(trace, holder, outcome.bound)
  return undefined
}

const isGone = <Item, A, E>({ steps }: Story<Item, A, E>): boolean => steps.at(-1)?.word.gone === true

const isHolder = <Item, A, E>(
  other: Story<Item, A, E>,
  story: Story<Item, A, E>,
  outcome: Outcome<Item, A, E | CallError>
): boolean => other.steps.length > 0 && areTwins(other, story) && other.outcome?.history === outcome.history

/** The outcome table, a second time. */
const expected = <Item, A, E>(trace: Trace<Item, A, E>, { steps }: Story<Item, A, E>): string => {
  let open = false
  let last: Word = steps[0]!.word
  for (const { word } of steps) {
    last = word
    open = open || word.maybe
  }
  const alone = steps.at(-1)!.call.start.positions.length === 1
  switch (last.is) {
    case "Succeeded":
      return "Succeeded"
    case "Terminal":
      if (last.gone === "maybe") return open ? "Unknown" : "Failed item"
      return last.gone && open
        ? "Succeeded InferredGone"
        : last.gone && trace.policy.goneIsSuccess
          ? "Succeeded"
          : "Failed item"
    case "Retryable":
    case "Unanswered":
    case "Throttled":
    case "Transient":
      return open ? "Unknown" : "Exhausted"
    case "TooLarge":
    case "Rejected":
      return open ? "Unknown" : alone ? "Failed item" : "Failed call"
    case "Fatal":
      return open ? "Unknown" : "Failed call"
  }
}

/** Is the bound that an outcome names one that was there? */
const unreasonable = <Item, A, E>(
  trace: Trace<Item, A, E>,
  story: Story<Item, A, E>,
  bound: string
): string | undefined => {
  const { events, policy, script } = trace
  const happened = (...tags: ReadonlyArray<string>) => events.some(({ _tag }) => tags.includes(_tag))
  const words = storiesOf(trace).flatMap(({ steps }) => steps.map(({ word }) => word))
  const is = (() => {
    switch (bound) {
      case "attempts":
        return attemptsOf(trace, story).most >= policy.maxAttempts || story.steps.at(-1)?.word.final === true
      case "budget":
        return (
          Math.max(...events.map(({ spent }) => spent), 0) + Math.max(policy.budget.retry, policy.budget.throttle) >
          policy.budget.tokens
        )
      case "deadline":
        return policy.itemDeadline !== undefined || policy.runDeadline !== undefined
      case "stopped":
        return happened("Stop", "Close") || policy.stopWhen !== undefined
      case "interrupted":
        return happened("Interrupt", "Leave")
      case "sourceFailed":
        return happened("SourceFailed")
      case "halted":
        return words.some(({ is }) => is === "Fatal") || policy.stopOrderOnFailure || script.policy.budget !== undefined
      default:
        return false
    }
  })()
  return is ? undefined : `nothing made it end as '${bound}'`
}

export const statsAreAFold = onTraces({
  number: 4,
  name: "Stats are a fold",
  says: "pulled = settled + queued + waiting + in flight, in every snapshot, and as the trace has it",
  pitfalls: [22, 33],
  broken: (trace) => {
    const { chaos, entry } = trace.script
    const hasDeaf = trace.calls.some(({ start }) => start.reaction.does === "deaf")
    let isEnding = false
    const timeout = Duration.toMillis(trace.policy.callTimeout)
    let pulled = 0
    let calls = 0
    let seen = 0
    for (const event of trace.events) {
      isEnding ||= endings.has(event._tag)
      if (event._tag === "Pull") pulled++
      if (event._tag === "Call") calls++
      if (event._tag === "Outcome") seen++
      if (event._tag !== "Progress") continue
      const { progress } = event
      const { counts, inFlight, queued, settled, waiting } = progress
      const at = `at ${event.at}`
      if (progress.pulled !== settled + queued + waiting + inFlight) return `${at} the sum is not what was pulled`
      if (Math.min(queued, waiting, inFlight, settled) < 0) return `${at} a count is below zero`
      if (settled !== tags.reduce((sum, tag) => sum + counts[tag], 0)) return `${at} settled is not the sum of outcomes`
      if (settled < seen) return `${at} ${seen} outcomes were seen, ${settled} are settled`
      if (progress.pulled > pulled) return `${at} ${pulled} were pulled, ${progress.pulled} are said to be`
      // Where fibers pause at any place, the snapshot is of another moment than the trace.
      if (chaos !== 0) continue
      if (progress.calls !== calls) return `${at} ${calls} calls were made, ${progress.calls} are said to be`
      if (entry._tag !== "Stream" && entry._tag !== "Outcomes" && progress.pulled !== pulled) {
        return `${at} ${pulled} were pulled, ${progress.pulled} are said to be`
      }
      const running = trace.calls.filter(
        ({ end, start }) =>
          start.step < event.step && (end?.step ?? Infinity) > event.step && start.at + timeout > event.at
      )
      const carried = running.reduce((sum, { start }) => sum + start.positions.length, 0)
      // A call that was given up may still be on its way.
      if (hasDeaf || isEnding ? inFlight > carried : inFlight !== carried) {
        return `${at} ${carried} items are in flight, ${inFlight} are said to be`
      }
    }
    return finalStats(trace)
  }
})

const endings: ReadonlySet<string> = new Set(["Stop", "Interrupt", "Close", "SourceFailed"])

const finalStats = <Item, A, E>(trace: Trace<Item, A, E>): string | undefined => {
  const { report } = trace
  if (report !== undefined) {
    const fold = Report.count(report.outcomes)
    const differs = tags.find((tag) => fold[tag] !== report.counts[tag])
    if (differs !== undefined) return `the report counts ${report.counts[differs]} ${differs}, it has ${fold[differs]}`
  }
  const last = only(trace, "Progress").at(-1)?.progress
  if (last === undefined || trace.how !== "Done" || trace.script.entry._tag === "Request") return undefined
  if (last.settled !== trace.items.length || last.pulled !== last.settled) {
    return `the last snapshot has ${last.settled} of ${last.pulled} settled, ${trace.items.length} were pulled`
  }
  const retried = trace.calls.filter(({ start }) => isRetry(trace, start.number)).length
  return last.retries === retried ? undefined : `${retried} calls retried an item, ${last.retries} are said to have`
}

/** Does a call carry an item that an earlier call failed? */
const isRetry = <Item, A, E>(trace: Trace<Item, A, E>, number: number): boolean =>
  storiesOf(trace).some((story) => {
    const index = story.steps.findIndex(({ call }) => call.start.number === number)
    const before = story.steps[index - 1]
    if (before === undefined) return false
    return before.word.is !== "TooLarge" && before.word.is !== "Rejected" && before.word.is !== "Terminal"
  })

export const allFailedIsNotSpecial = onTraces({
  number: 5,
  name: "All-failed is not special",
  says: "a report has one form for any number of failures, and orFail fails exactly unless all succeeded",
  pitfalls: [7],
  broken: ({ report }) => {
    if (report === undefined) return undefined
    const allSucceeded = report.outcomes.every(({ _tag }) => _tag === "Succeeded")
    const exit = Effect.runSyncExit(Report.orFail(report))
    const passes = allSucceeded && report.source._tag === "Ended"
    if (Exit.isSuccess(exit) !== passes) {
      const said = Exit.isSuccess(exit) ? "passes" : "fails"
      return `orFail ${said} with ${report.counts.Succeeded} of ${report.outcomes.length} succeeded`
    }
    if (Exit.isFailure(exit)) {
      const failure = Exit.findErrorOption(exit)
      if (failure._tag === "None" || failure.value._tag !== "BulkIncomplete" || failure.value.report !== report) {
        return "orFail does not fail with BulkIncomplete and the report"
      }
    }
    const form = Object.keys(report).toSorted().join()
    return form === reportForm ? undefined : `the report has the fields ${form}`
  }
})

const reportForm = [
  "calls",
  "contradicted",
  "contradictions",
  "counts",
  "operation",
  "outcomes",
  "policy",
  "source"
].join()

export const oneRetryOwner = onTraces({
  number: 22,
  name: "One retry owner",
  says: "the run counts exactly the calls that the service sees",
  pitfalls: [12],
  broken: (trace) => {
    const numbers = trace.calls.map(({ start }) => start.number)
    const strange = numbers.findIndex((number, index) => number !== index + 1)
    if (strange >= 0) return `call ${strange + 1} is not in the trace`
    if (trace.report !== undefined && trace.report.calls !== numbers.length) {
      return `the service saw ${numbers.length} calls, the report says ${trace.report.calls}`
    }
    for (const [position, outcome] of trace.report?.outcomes.entries() ?? []) {
      const carried = callsOf(trace, position).length
      if (outcome.history.length < Math.min(carried, 16))
        return `the history of position ${position} is short of a call`
    }
    return undefined
  }
})
