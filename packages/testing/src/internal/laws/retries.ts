/** Retries: only what may pass, no more often, no sooner and no dearer than the policy says. */
import * as Duration from "effect/Duration"
import { onTraces } from "../../Law.ts"
import type { Trace } from "../../Trace.ts"
import { limitsOf } from "./measures.ts"
import { attemptsOf, isIsolating, storiesOf, type Step } from "./story.ts"

export const onlyTheRetryable = onTraces({
  number: 16,
  name: "Only the retryable",
  says: "an item sent again had failed for certain and may pass, or was perhaps applied and may be sent twice",
  pitfalls: [8],
  broken: (trace) => {
    const maySendTwice = trace.operation.idempotent || trace.operation.read
    for (const story of storiesOf(trace)) {
      for (const [index, { call, word }] of story.steps.entries()) {
        const next = story.steps[index + 1]
        if (next === undefined) break
        const may =
          isIsolating(trace, story, index) ||
          word.is === "Retryable" ||
          word.is === "Throttled" ||
          word.is === "Transient" ||
          (word.is === "Unanswered" && maySendTwice)
        if (!may) return `'${story.id}' came out of call ${call.start.number} as ${word.is}, and was sent again`
        if (word.maybe && !maySendTwice)
          return `'${story.id}' was perhaps applied by call ${call.start.number}, and sent again`
      }
    }
    return undefined
  }
})

export const settledStaysSettled = onTraces({
  number: 17,
  name: "Settled stays settled",
  says: "no call holds a position that has an outcome",
  pitfalls: [11],
  broken: (trace) => {
    const settled = new Map<number, number>()
    for (const event of trace.events) {
      if (event._tag === "Outcome" || event._tag === "Taken") settled.set(event.outcome.position, event.at)
      if (event._tag !== "Call") continue
      const position = event.positions.find((position) => settled.has(position))
      if (position !== undefined)
        return `call ${event.number} holds position ${position}, settled at ${settled.get(position)}`
    }
    for (const { steps, id } of storiesOf(trace)) {
      const index = steps.findIndex(({ word }) => word.is === "Succeeded")
      if (index >= 0 && index < steps.length - 1) return `'${id}' succeeded, and was sent again`
    }
    return undefined
  }
})

export const attemptBound = onTraces({
  number: 18,
  name: "Attempt bound",
  says: "no item is attempted more often than maxAttempts; isolating steps and throttled calls are not attempts",
  pitfalls: [12],
  broken: (trace) => {
    for (const story of storiesOf(trace)) {
      const { least } = attemptsOf(trace, story)
      if (least > trace.policy.maxAttempts) return `'${story.id}' was attempted ${least} times`
    }
    return undefined
  }
})

export const budget = onTraces({
  number: 19,
  name: "Budget",
  says: "retries never spend more tokens than there are, at any moment",
  pitfalls: [9, 13],
  broken: (trace) => {
    const { retry, throttle, tokens } = trace.policy.budget
    const starts = new Map(trace.calls.map((call) => [call.start.step, call]))
    const ends = new Map(trace.calls.map((call) => [call.end?.step, call]))
    const costs = new Map<number, number>()
    let spent = 0
    for (const event of trace.events) {
      if (event.spent > tokens) return `at ${event.at} ${event.spent} of ${tokens} tokens are spent`
      const started = starts.get(event.step)
      if (started !== undefined) {
        const cost = costOf(trace, started.start.number, retry, throttle)
        costs.set(started.start.number, cost)
        spent += cost
        if (spent > tokens)
          return `call ${started.start.number} costs ${cost}, ${tokens - spent + cost} tokens are left`
      }
      const ended = ends.get(event.step)
      if (ended?.heard?._tag === "Answered") {
        // Some answers give back what they cost: to be on the safe side, all do.
        spent = Math.max(0, spent - Math.max(1, costs.get(ended.start.number) ?? 0))
      }
    }
    return undefined
  }
})

/** What a call costs at least: a retry of failures more than one of throttles alone. */
const costOf = <Item, A, E>(trace: Trace<Item, A, E>, number: number, retry: number, throttle: number): number => {
  let cost = 0
  for (const story of storiesOf(trace)) {
    const index = story.steps.findIndex(({ call }) => call.start.number === number)
    const before = story.steps[index - 1]
    if (before === undefined || isIsolating(trace, story, index - 1)) continue
    const isLoad =
      before.word.throttled ||
      (before.call.heard?._tag === "Answered" && before.call.heard.meanings.some(({ throttled }) => throttled))
    cost = Math.max(cost, isLoad ? Math.min(retry, throttle) : retry)
  }
  return cost
}

/** The run knows the time to a microsecond. */
const rounding = 0.01

export const delay = onTraces({
  number: 20,
  name: "Delay",
  says: "an item is sent again no sooner than its backoff and the service's hint allow",
  pitfalls: [9],
  broken: (trace) => {
    for (const story of storiesOf(trace)) {
      let tries = 0
      for (const [index, step] of story.steps.entries()) {
        const next = story.steps[index + 1]
        if (next === undefined) break
        if (isIsolating(trace, story, index)) continue
        tries++
        const waited = next.call.start.at - (step.over ?? Infinity)
        const least = waitAfter(trace, step, tries)
        if (waited < least - rounding)
          return `'${story.id}' was sent again ${waited} ms after call ${step.call.start.number}, not ${least}`
      }
    }
    return undefined
  }
})

/** The wait of an item that is alone in its call. */
export const waitAfter = <Item, A, E>(
  { policy, script }: Trace<Item, A, E>,
  { call, word }: Step<Item, A, E>,
  tries: number
): number => {
  const { backoff } = policy
  const whole =
    backoff._tag === "Constant"
      ? Duration.toMillis(backoff.delay)
      : Math.min(
          Duration.toMillis(backoff.cap),
          Duration.toMillis(word.throttled ? backoff.throttledBase : backoff.base) * backoff.factor ** (tries - 1)
        )
  const own = backoff.jitter === "full" ? whole * script.luck : whole
  const hint = call.heard?._tag === "Failed" && "retryAfter" in call.heard.fate ? call.heard.fate.retryAfter : undefined
  return hint === undefined ? own : Math.min(Math.max(own, hint), own + Duration.toMillis(policy.hintSlack))
}

export const noDoubleEffect = onTraces({
  number: 21,
  name: "No double effect",
  says: "where sending twice does harm, nothing that was perhaps applied is sent again",
  pitfalls: [10, 11],
  broken: (trace) => {
    if (trace.operation.idempotent || trace.operation.read) return undefined
    for (const { id, position, steps } of storiesOf(trace)) {
      const index = steps.findIndex(({ word }) => word.maybe)
      const again = index < 0 ? undefined : steps[index + 1]
      if (again !== undefined)
        return `'${id}' was perhaps applied by call ${steps[index]!.call.start.number}, and is in call ${again.call.start.number}`
      const applied = trace.applied[position] ?? 0
      if (applied > 1) return `in truth '${id}' was applied ${applied} times`
    }
    return undefined
  }
})

export const progress = onTraces({
  number: 23,
  name: "Progress",
  says: "an item is in finitely many calls, as attempts, budget and batch size allow",
  pitfalls: [6, 15],
  broken: (trace) => {
    const { maxAttempts } = trace.policy
    const isolating = Math.ceil(Math.log2(Math.max(2, limitsOf(trace).maxItems))) + 2
    for (const { id, steps } of storiesOf(trace)) {
      const throttled = steps.filter(({ word }) => word.is === "Throttled").length
      const most = (maxAttempts + throttled) * isolating
      if (steps.length > most) return `'${id}' was in ${steps.length} calls, at most ${most} are needed`
    }
    return undefined
  }
})
