/** Pace, stopping, time and memory. */
import * as Duration from "effect/Duration"
import { onTraces } from "../../Law.ts"
import { only, type Trace } from "../../Trace.ts"
import { limitsOf, overdrawn, windowOf } from "./measures.ts"
import { storiesOf } from "./story.ts"

export const inFlight = onTraces({
  number: 28,
  name: "In flight",
  says: "no more calls are in flight than concurrency allows",
  pitfalls: [26],
  broken: (trace) => {
    const limit = Math.min(trace.policy.concurrency, trace.operation.quota.concurrency ?? Infinity)
    const timeout = Duration.toMillis(trace.policy.callTimeout)
    for (const { start } of trace.calls) {
      // A call that was given up and cannot be cut off holds no slot.
      const running = trace.calls.filter(
        (other) =>
          other.start.step <= start.step &&
          (other.end?.step ?? Infinity) > start.step &&
          start.at < other.start.at + timeout
      )
      if (running.length > limit) return `${running.length} calls are in flight at ${start.at}, at most ${limit} may be`
    }
    return undefined
  }
})

export const rate = onTraces({
  number: 29,
  name: "Rate",
  says: "calls and items never go faster than their rates and bursts allow, over any time",
  pitfalls: [26],
  broken: (trace) => {
    const { operation, policy } = trace
    const share = policy.share ?? 1
    const calls = policy.rate ?? operation.quota.rate
    const items = policy.itemRate ?? operation.quota.itemRate
    const weigh = (of: "calls" | "items") =>
      trace.calls.map(({ start }) => ({ at: start.at, weight: of === "calls" ? 1 : start.items.length }))
    return (
      (calls === undefined || calls === "adaptive" ? undefined : overdrawn("calls", calls, share, weigh("calls"))) ??
      (items === undefined ? undefined : overdrawn("items", items, share, weigh("items")))
    )
  }
})

export const noCallAfterStopping = onTraces({
  number: 34,
  name: "No call after stopping",
  says: "no call starts after a stop signal, an interruption, a halt or the closing of a scope",
  pitfalls: [1, 11, 18],
  broken: (trace) => {
    const { chaos } = trace.script
    let ended: { readonly at: number; readonly what: string } | undefined
    const halted: Array<{
      readonly group: unknown
      readonly at: number
      readonly step: number
      readonly run: boolean
    }> = []
    const returns = new Map(trace.calls.map((call) => [call.end?.step, call]))
    // A queue of callers has neither deadline nor end, and the next one may have better luck than who was halted.
    const isLasting = trace.script.entry._tag === "Request"
    const { runDeadline } = trace.policy
    const deadline = runDeadline === undefined || isLasting ? Infinity : Duration.toMillis(runDeadline)
    for (const event of trace.events) {
      switch (event._tag) {
        case "Stop":
        case "Interrupt":
        case "Close":
        case "SourceFailed":
          ended ??= { at: event.at, what: event._tag }
          break
        case "Call": {
          const { at, group, number } = event
          if (ended !== undefined && at > ended.at) return `call ${number} started after ${ended.what} at ${ended.at}`
          if (at > deadline + 1) return `call ${number} started after the run's deadline`
          // Where fibers pause at any place, the run hears of a return a little later.
          const halt = halted.find(
            (halt) => (halt.run || sameGroup(halt.group, group)) && (chaos === 0 || at > halt.at)
          )
          if (halt !== undefined) return `call ${number} started after a fatal call at ${halt.at}`
          break
        }
        case "Return": {
          const call = returns.get(event.step)
          if (call === undefined || isLasting) break
          const fatal = storiesOf(trace)
            .flatMap(({ steps }) => steps)
            .find((step) => step.call === call && step.word.is === "Fatal")
          if (fatal === undefined) break
          halted.push({ group: call.start.group, at: event.at, step: event.step, run: fatal.word.halts })
        }
      }
    }
    return undefined
  }
})

const sameGroup = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

export const grace = onTraces({
  number: 35,
  name: "Grace",
  says: "after a stop, calls in flight may finish within the grace, and the run ends with it; an interruption ends at once",
  pitfalls: [1, 20],
  broken: (trace) => {
    const { entry, observer } = trace.script
    const timeout = Duration.toMillis(trace.policy.callTimeout)
    const grace = Duration.toMillis(trace.policy.grace)
    const interrupted = only(trace, "Interrupt")[0]?.at ?? Infinity
    const stopped = Math.min(
      ...[...only(trace, "Stop"), ...only(trace, "Close"), ...only(trace, "SourceFailed")].map(({ at }) => at)
    )
    for (const { end, start } of trace.calls) {
      if (end?.returned._tag !== "Cut") continue
      const least = Math.min(start.at + timeout, interrupted, endOfRun(trace) + grace)
      if (end.at < least - 1) return `call ${start.number} was cut off at ${end.at}, not before ${least} it should be`
    }
    const isDeaf = trace.calls.some(({ start }) => start.reaction.does === "deaf")
    const isSlow = observer === "slow" || (entry._tag === "Outcomes" && entry.slow)
    if (isDeaf || isSlow || trace.how === "Hung" || trace.how === "Busy") return undefined
    if (trace.endedAt > interrupted) return `interrupted at ${interrupted}, it ended at ${trace.endedAt}`
    // A queue of callers lasts until it is closed.
    const lasting = [...only(trace, "Pull"), ...only(trace, "Close")].map(({ at }) => at)
    const last = entry._tag === "Request" ? Math.max(0, ...lasting) : 0
    if (trace.endedAt > Math.max(stopped, last) + grace + 1 && stopped !== Infinity) {
      return `stopped at ${stopped} with a grace of ${grace}, it ended at ${trace.endedAt}`
    }
    return undefined
  }
})

/** When the run may have come to its end before its source did: at the first event of that kind, or a halt. */
const endOfRun = <Item, A, E>(trace: Trace<Item, A, E>): number => {
  const { budget, runDeadline, stopWhen } = trace.policy
  const fatal = storiesOf(trace)
    .flatMap(({ steps }) => steps)
    .filter(({ word }) => word.halts)
    .map(({ over }) => over ?? Infinity)
  const seen = only(trace, "Outcome").map(({ at }) => at)
  const dry = trace.events.find(({ spent }) => spent + Math.max(budget.retry, budget.throttle) > budget.tokens)
  return Math.min(
    ...[...only(trace, "Stop"), ...only(trace, "Close"), ...only(trace, "SourceFailed")].map(({ at }) => at),
    ...fatal,
    runDeadline === undefined ? Infinity : Duration.toMillis(runDeadline),
    // Without an observer, nobody saw when the stop rule was met.
    stopWhen === undefined ? Infinity : trace.script.observer === "none" ? 0 : Math.min(...seen),
    dry === undefined ? Infinity : dry.at
  )
}

export const flush = onTraces({
  number: 36,
  name: "Flush",
  says: "when a run or a scope of requests ends, everything that was given to it has its outcome, and it does end",
  pitfalls: [2, 16, 22],
  broken: (trace) => {
    if (trace.how === "Hung" || trace.how === "Busy") return `it did not end (${trace.how})`
    const end = trace.events.findIndex(({ _tag }) => _tag === "End")
    if (trace.script.entry._tag === "Request") {
      const replied = new Set(
        only(trace, "Reply")
          .filter(({ step }) => step < end)
          .map(({ position }) => position)
      )
      const waiting = only(trace, "Pull").find(({ position, step }) => step < end && !replied.has(position))
      return waiting === undefined ? undefined : `the caller of position ${waiting.position} waits after the end`
    }
    if (trace.script.observer === "none") return undefined
    const seen = new Set(
      only(trace, "Outcome")
        .filter(({ step }) => step < end)
        .map(({ outcome }) => outcome.position)
    )
    const open = only(trace, "Pull").find(({ position }) => !seen.has(position))
    return open === undefined ? undefined : `position ${open.position} has no outcome when the run ends`
  }
})

export const cleanClose = onTraces({
  number: 38,
  name: "Clean close",
  says: "after the end there are no sleeps, no fibers, no calls and no slots in use",
  pitfalls: [18, 19, 20],
  broken: (trace) => {
    if (trace.how === "Hung" || trace.how === "Busy") return undefined
    const { deaf, fibers, sleeps, slots } = trace.left
    // A call that cannot be cut off goes on by itself, and nothing else does.
    if (sleeps > deaf) return `${sleeps - deaf} sleeps are left`
    if (fibers > deaf) return `${fibers - deaf} fibers are left`
    if (slots !== 0) return `${slots} slots are in use`
    const end = trace.events.findIndex(({ _tag }) => _tag === "End")
    const running = trace.calls.find(
      (call) => (call.end?.step ?? Infinity) > end && call.start.reaction.does !== "deaf"
    )
    if (running !== undefined) return `call ${running.start.number} is still in flight`
    return undefined
  }
})

export const liveness = onTraces({
  number: 39,
  name: "Liveness",
  says: "when every call returns or times out, the run ends within a time that policy and script allow",
  pitfalls: [6, 18, 21],
  broken: (trace) => {
    if (trace.how === "Hung" || trace.how === "Busy") return `the run did not end (${trace.how})`
    const most = longest(trace)
    return trace.endedAt <= most ? undefined : `it ended at ${trace.endedAt}, ${most} is more than enough`
  }
})

/** A time that is enough even if everything goes one after the other. */
const longest = <Item, A, E>(trace: Trace<Item, A, E>): number => {
  const { operation, policy, script } = trace
  const { backoff } = policy
  const millis = Duration.toMillis
  const most = backoff._tag === "Constant" ? millis(backoff.delay) : millis(backoff.cap)
  const calls = trace.calls.length + 1
  const items = script.lines.length + 1
  const callRate = policy.rate ?? operation.quota.rate
  const itemRate = policy.itemRate ?? operation.quota.itemRate
  const share = policy.share ?? 1
  const tokens =
    (callRate === undefined || callRate === "adaptive"
      ? 0
      : (calls * millis(callRate.per)) / (callRate.count * share)) +
    (itemRate === undefined ? 0 : (calls * limitsOf(trace).maxItems * millis(itemRate.per)) / (itemRate.count * share))
  const sources = script.lines.reduce((sum, { at, leaves }) => sum + at + (leaves ?? 0), 0)
  const events = script.events.stop !== undefined && "at" in script.events.stop ? script.events.stop.at : 0
  return (
    calls * (millis(policy.callTimeout) + most + millis(policy.hintSlack) + 1) +
    tokens +
    items * (millis(policy.linger) + 100) +
    sources +
    events +
    2 * millis(policy.grace) +
    (script.events.close ?? 0)
  )
}

export const flatMemory = onTraces({
  number: 40,
  name: "Flat memory",
  says: "no more is pulled and unsettled than the window holds, and nothing is pulled after stopping",
  pitfalls: [23],
  broken: (trace) => {
    const { entry, observer } = trace.script
    if (entry._tag === "Request") return undefined
    const window = windowOf(trace)
    const chunk = "chunk" in entry ? entry.chunk : 1
    // Downstream takes what is ready at once, and shows it to us one by one.
    const most = window + chunk - 1 + (entry._tag === "Outcomes" ? window : 0)
    let pulled = 0
    let settled = 0
    let late = 0
    let stopped: number | undefined
    for (const event of trace.events) {
      if (event._tag === (entry._tag === "Outcomes" ? "Taken" : "Outcome")) settled++
      if (event._tag === "Stop" || event._tag === "Interrupt") stopped ??= event.at
      if (event._tag !== "Pull") continue
      pulled++
      // A stream that is being pulled may give its next chunk.
      if (
        stopped !== undefined &&
        event.at > stopped &&
        entry._tag !== "Array" &&
        ++late > ("chunk" in entry ? chunk : 0)
      ) {
        return `position ${event.position} was pulled at ${event.at}, after a stop at ${stopped}`
      }
      const isOver = trace.how !== "Done" || stopped !== undefined || endOfRun(trace) <= event.at
      if (observer === "none" && entry._tag !== "Outcomes") continue
      if (!isOver && pulled - settled > most) {
        return `${pulled - settled} items are pulled and not settled at ${event.at}, at most ${most} may be`
      }
    }
    return undefined
  }
})

export const order = onTraces({
  number: 46,
  name: "Order",
  says: "items of one order key go in input order, one at a time; with stop-on-failure, none after the first failure",
  pitfalls: [25],
  broken: (trace) => {
    const stories = storiesOf(trace).filter(({ key, steps }) => key !== undefined && steps.length > 0)
    for (const later of stories) {
      const first = later.steps[0]!.call.start
      for (const earlier of stories) {
        if (earlier.key !== later.key || earlier.position >= later.position) continue
        const last = earlier.steps.at(-1)!
        if (last.call.start.step >= first.step) {
          return `'${later.id}' of key ${later.key} is in call ${first.number}, '${earlier.id}' before it in call ${last.call.start.number}`
        }
        if (first.at < (last.over ?? Infinity)) return `two items of key ${later.key} are in flight at ${first.at}`
      }
    }
    if (!trace.policy.stopOrderOnFailure) return undefined
    for (const { key, outcome, position } of storiesOf(trace)) {
      if (key === undefined || outcome === undefined || outcome._tag === "Succeeded") continue
      const late = stories.find((other) => other.key === key && other.position > position)
      if (late !== undefined)
        return `position ${position} of key ${key} did not succeed, and '${late.id}' behind it was sent`
    }
    return undefined
  }
})

export const threshold = onTraces({
  number: 52,
  name: "Threshold",
  says: "once the stop rule is met, no more calls start",
  pitfalls: [],
  broken: (trace) => {
    const { stopWhen } = trace.policy
    const { chaos, entry, observer } = trace.script
    const isRun = entry._tag !== "Request" && observer !== "none" && observer !== "slow"
    if (stopWhen === undefined || !isRun) return undefined
    let settled = 0
    let bad = 0
    let met: { readonly at: number; readonly step: number } | undefined
    for (const [step, event] of trace.events.entries()) {
      if (event._tag === "Outcome") {
        settled++
        if (event.outcome._tag !== "Succeeded") bad++
        // The outcomes of a call count together.
        if (trace.events[step + 1]?._tag === "Outcome") continue
        const isMet = bad >= (stopWhen.count ?? Infinity) || bad / settled >= (stopWhen.share ?? Infinity)
        if (settled >= stopWhen.after && isMet) met ??= event
      }
      if (event._tag !== "Call" || met === undefined) continue
      if (chaos === 0 || event.at > met.at)
        return `call ${event.number} started after the stop rule was met at ${met.at}`
    }
    return undefined
  }
})
