/**
 * The step `call`: which calls go now, and what becomes of those that bring no answer.
 */
import * as Cause from "effect/Cause"
import * as Exit from "effect/Exit"
import * as CallError from "../CallError.ts"
import type { Fate } from "../Fate.ts"
import { answered } from "./answer.ts"
import type { Entry } from "./entry.ts"
import { isNamed, tagOf } from "./errors.ts"
import type { Batch } from "./gather.ts"
import { attemptOf, recorder } from "./history.ts"
import { halve, isHalved } from "./isolate.ts"
import { RESERVE } from "./pace.ts"
import { retry, reviseFate } from "./retry.ts"
import type { Call, Run } from "./run.ts"
import { settle } from "./settle.ts"
import { halt, haltGroup, haltIfHopeless, stopIfRuleMet } from "./stop.ts"

/**
 * Does all that is due, and starts the calls that may go. Each is started before the next is looked for: one that
 * returns at once may be the last.
 */
export const advance = <Item, A, E, R>(run: Run<Item, A, E, R>, start: (call: Call<Item, A, E>) => void): void => {
  const now = run.world.now()
  run.timers.fire(now)
  for (const call of run.inFlight) {
    if (call.startedAt + run.callTimeout > now) break
    giveUp(run, call, new CallError.CallTimedOut({ operation: run.operation.name, after: run.callTimeout }))
  }
  run.paceAt = Infinity
  run.mustReserve = false
  // Items that are refused, or not sent again, meet the stop rule without a call.
  for (stopIfRuleMet(run); run.ending === undefined; stopIfRuleMet(run)) {
    const batch = run.gather.next(now, (group, at) =>
      run.timers.add(at, () => {
        group.lingers = false
        run.gather.mark(group)
      })
    )
    if (batch === undefined) {
      run.pace.leave(run)
      break
    }
    if (isPastDeadline(run, batch, now) || isOverBudget(run, batch)) continue
    const wait = run.pace.take(run, run.limits, batch.entries.length, now)
    if (wait !== 0) {
      if (wait === RESERVE) run.mustReserve = true
      else run.paceAt = now + wait
      run.pacedSince ??= now
      break
    }
    if (run.pacedSince !== undefined) {
      run.stats.quotaWait += now - run.pacedSince
      run.pacedSince = undefined
    }
    run.gather.commit(batch)
    start(dispatched(run, batch, now))
  }
}

/** A call returned. */
export const returned = <Item, A, E, R>(
  run: Run<Item, A, E, R>,
  call: Call<Item, A, E>,
  exit: Exit.Exit<unknown, E>
): void => {
  if (call.fate !== undefined) {
    if (Exit.isSuccess(exit)) run.contradict(call, { _tag: "LateAnswer" })
    return
  }
  if (Exit.isSuccess(exit)) answered(run, call, exit.value)
  else {
    const failure = Cause.findErrorOption(exit.cause)
    if (failure._tag === "Some") failed(run, call, fateOf(run, failure.value), failure.value)
    else if (Cause.hasInterruptsOnly(exit.cause)) giveUp(run, call, aborted(run))
    else failed(run, call, died, CallError.died(run.operation.name, "call", exit.cause))
  }
  run.wake()
}

/** The call is not waited for any more. It may have been applied. */
export const giveUp = <Item, A, E, R>(
  run: Run<Item, A, E, R>,
  call: Call<Item, A, E>,
  error: CallError.CallError
): void => {
  failed(run, call, { _tag: "Transient", applied: "maybe" }, error)
  // Only now: a call that is cut off may return at once, and would be heard twice.
  call.fiber?.interruptUnsafe()
}

export const aborted = <Item, A, E, R>(run: Run<Item, A, E, R>): CallError.CallAborted =>
  new CallError.CallAborted({ operation: run.operation.name })

/** The call is over: its slot is free. Returns the time. */
export const over = <Item, A, E, R>(
  run: Run<Item, A, E, R>,
  call: Call<Item, A, E>,
  fate: Fate | undefined
): number => {
  const now = run.world.now()
  call.fate = fate?._tag ?? "Answered"
  run.inFlight.delete(call)
  call.group.inFlight--
  run.pace.returned(run.limits, call.startedAt, now, fate, run.longestHint)
  run.listener.returned(call.fate)
  return now
}

/** The item is back from its call. */
export const land = <Item, A, E, R>(run: Run<Item, A, E, R>, entry: Entry<Item, A, E>): void => {
  entry.state = "Queued"
  entry.retries = undefined
  run.stats.inFlight--
}

export const itemsOf = <Item>(entries: ReadonlyArray<{ readonly item: Item }>): ReadonlyArray<Item> =>
  entries.map((entry) => entry.item)

const failed = <Item, A, E, R>(
  run: Run<Item, A, E, R>,
  call: Call<Item, A, E>,
  given: Fate,
  error: E | CallError.CallError
): void => {
  const isFinal = isNamed(error, run.policy.terminal)
  const fate = reviseFate(given, error, run.policy)
  const now = over(run, call, fate)
  const { entries, group } = call
  const applied = run.operation.read ? "no" : fate.applied
  const halved = !isFinal && isHalved(run, call, fate, applied)
  const word = { _tag: "Fate", fate, error, alone: entries.length === 1 } as const
  const attempt = attemptOf(call, fate._tag, applied, tagOf(error), run.requestId(error))
  const record = recorder()
  for (const entry of entries) {
    land(run, entry)
    entry.word = word
    entry.history = record(entry.history, attempt)
    if (applied === "maybe") entry.maybeApplied = true
    if (halved) continue
    entry.tries++
    if (fate._tag !== "Throttled") entry.attempts++
  }
  if (halved) halve(run, call)
  else if (fate._tag === "Throttled" || fate._tag === "Transient") {
    const throttled = fate._tag === "Throttled"
    // What was cut off from here says nothing of the service.
    if (!(error instanceof CallError.CallAborted)) run.failedInRow++
    if (throttled) {
      run.stats.throttles++
      group.onProbation = true
    }
    retry(run, call, entries, { whole: true, throttled, hint: fate.retryAfter }, now)
    haltIfHopeless(run, error)
  } else {
    // First, as a group without items is forgotten, unless it is halted.
    if (fate._tag === "Fatal") group.halted = true
    for (const entry of entries) settle(run, entry, word, run.ending ?? "attempts")
    if (fate._tag === "Fatal") {
      if (fate.halts === "run") halt(run, error)
      else haltGroup(run, group, error)
    }
  }
  call.entries = []
  run.gather.mark(group)
  stopIfRuleMet(run)
}

const dispatched = <Item, A, E, R>(
  run: Run<Item, A, E, R>,
  { entries, group, part, retries }: Batch<Item, A, E>,
  now: number
): Call<Item, A, E> => {
  // What goes without budget pays what is left.
  const left = Math.max(0, run.policy.budget.tokens - run.pace.spent)
  const cost = Math.min(left, costOf(run, retries ?? (group.onProbation ? "throttle" : undefined)))
  run.pace.spend(cost)
  if (retries !== undefined) run.stats.retries++
  const call: Call<Item, A, E> = {
    number: ++run.stats.calls,
    group,
    entries,
    part,
    cost,
    at: run.world.wall(),
    startedAt: now,
    fate: undefined,
    fiber: undefined
  }
  for (const entry of entries) entry.state = "InFlight"
  run.stats.inFlight += entries.length
  group.inFlight++
  run.inFlight.add(call)
  return call
}

const costOf = <Item, A, E, R>(run: Run<Item, A, E, R>, retries: "throttle" | "failure" | undefined): number => {
  const { budget } = run.policy
  return retries === undefined ? 0 : retries === "throttle" ? budget.throttle : budget.retry
}

/**
 * Retries that the budget does not allow get their outcome instead. What a group sends anew although it was throttled
 * costs as much, but goes without budget, too, until it is hopeless.
 */
const isOverBudget = <Item, A, E, R>(run: Run<Item, A, E, R>, batch: Batch<Item, A, E>): boolean => {
  const cost = costOf(run, batch.retries ?? (batch.group.onProbation ? "throttle" : undefined))
  if (cost === 0 || run.pace.spent + cost <= run.policy.budget.tokens) return false
  run.isDry = true
  const refused = batch.entries.filter((entry) => entry.retries !== undefined)
  for (const entry of refused) settle(run, entry, entry.word, "budget")
  haltIfHopeless(run, undefined)
  return refused.length > 0 || run.ending !== undefined || batch.entries.every((entry) => entry.state === "Settled")
}

const isPastDeadline = <Item, A, E, R>(run: Run<Item, A, E, R>, batch: Batch<Item, A, E>, now: number): boolean => {
  if (run.itemDeadline === Infinity) return false
  const late = batch.entries.filter((entry) => entry.since + run.itemDeadline <= now)
  for (const entry of late) settle(run, entry, entry.word, "deadline")
  return late.length > 0
}

/** What a defect of the operation means: it may have been applied, and the next call would die as well. */
const died: Fate = { _tag: "Fatal", applied: "maybe", halts: "group" }

const fateOf = <Item, A, E, R>(run: Run<Item, A, E, R>, error: E): Fate => {
  try {
    return run.operation.fate(error)
  } catch {
    // Without a fate nothing is known of the call, and the next one would be no better.
    return died
  }
}
