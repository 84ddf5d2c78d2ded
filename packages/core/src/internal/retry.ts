/**
 * The way back of what may still succeed: whether an item is sent again, and when: at its due time, or up to a linger
 * later if others of its group are due by then. A waiting item holds neither slot nor token, and takes new ones.
 */
import * as Duration from "effect/Duration"
import type { BatchPolicy, Complete } from "../BatchPolicy.ts"
import type { Ending } from "../Outcome.ts"
import type { Verdict } from "../Verdict.ts"
import type { Fate } from "../Fate.ts"
import type { Entry } from "./entry.ts"
import { isNamed } from "./errors.ts"
import type { Group } from "./gather.ts"
import type { Call, Run } from "./run.ts"
import { settle } from "./settle.ts"
import { endingOf, isForsaken } from "./stop.ts"

/** What failed: the whole call, or items of an answered one; for load, or otherwise. */
export interface Failure {
  readonly whole: boolean
  readonly throttled: boolean
  /** Milliseconds that the service asks to wait. */
  readonly hint: number | undefined
}

/** Sends items again at their due time, as far as policy and nature of the operation allow. */
export const retry = <Item, A, E, R>(
  run: Run<Item, A, E, R>,
  call: Call<Item, A, E>,
  entries: ReadonlyArray<Entry<Item, A, E>>,
  failure: Failure,
  now: number
): void => {
  if (entries.length === 0) return
  const { policy, world } = run
  const tries = entries.reduce((most, entry) => Math.max(most, entry.tries), 1)
  const usual = delay(policy, tries, failure, world.random())
  // Also when none of its items is sent again: what was throttled is left alone for a while.
  if (failure.whole && failure.throttled) pause(run, call.group, now + usual)
  const byWait = new Map<number, Array<Entry<Item, A, E>>>()
  for (const entry of entries) {
    const error = "error" in entry.word ? entry.word.error : undefined
    const own = world.scheduled === undefined ? usual : world.scheduled(entry, error)
    const wait = world.scheduled === undefined ? usual : clamp(own ?? 0, policy, failure.hint)
    const ending =
      own === undefined ? (endingOf(run, call.group) ?? "attempts") : bound(run, entry, failure, now + wait)
    if (ending !== undefined) {
      settle(run, entry, entry.word, ending)
      continue
    }
    entry.state = "Waiting"
    entry.retries = failure.throttled ? "throttle" : "failure"
    run.stats.waiting++
    const same = byWait.get(wait)
    if (same === undefined) byWait.set(wait, [entry])
    else same.push(entry)
  }
  for (const [wait, waiting] of byWait) queueAt(run, call, waiting, failure, now + wait)
}

const queueAt = <Item, A, E, R>(
  run: Run<Item, A, E, R>,
  { group, part }: Call<Item, A, E>,
  waiting: ReadonlyArray<Entry<Item, A, E>>,
  failure: Failure,
  due: number
): void => {
  if (failure.whole && failure.throttled) pause(run, group, due)
  // A part that did not get through stays by itself: what spoils the call may be in it.
  if (part && failure.whole) {
    run.timers.add(due, () => {
      group.parts.push({ entries: requeued(run, waiting) })
      run.gather.mark(group)
    })
    return
  }
  const { rounds } = group
  rounds.add({ at: due, until: due + run.linger, entries: [...waiting] })
  run.timers.add(due, () => {
    // There is a timer for each, so the earliest is due.
    const round = rounds.take()!
    const next = rounds.first
    // They linger for the next ones, unless they make a full call or can join what goes now.
    const goesNow = group.fresh.length + group.retries.length > 0 || round.entries.length >= run.maxItems
    if (!goesNow && next !== undefined && next.at <= round.until) {
      next.until = Math.min(next.until, round.until)
      // The next ones behind these, so that each is moved once, however many meet.
      for (const entry of next.entries) round.entries.push(entry)
      next.entries = round.entries
      return
    }
    for (const entry of requeued(run, round.entries)) group.retries.push(entry)
    run.gather.mark(group)
  })
}

/** Those that wait no longer. */
const requeued = <Item, A, E, R>(
  run: Run<Item, A, E, R>,
  waiting: ReadonlyArray<Entry<Item, A, E>>
): ReadonlyArray<Entry<Item, A, E>> => {
  const due = waiting.filter((entry) => entry.state === "Waiting")
  for (const entry of due) entry.state = "Queued"
  run.stats.waiting -= due.length
  return due
}

/** Nothing goes to the group before then. */
const pause = <Item, A, E, R>(run: Run<Item, A, E, R>, group: Group<Item, A, E>, until: number): void => {
  // A limit that is being found by trying steps back by itself; to pause as well would leave most of the quota unused.
  if (until <= group.pausedUntil || run.ending !== undefined || run.limits.adaptive !== undefined) return
  group.pausedUntil = until
  run.timers.add(until, () => run.gather.mark(group))
}

/** Why an item is not retried, or nothing if it is. */
const bound = <Item, A, E, R>(
  run: Run<Item, A, E, R>,
  entry: Entry<Item, A, E>,
  failure: Failure,
  due: number
): Ending | undefined => {
  const { operation, policy } = run
  const stopped = endingOf(run, entry.group)
  if (stopped !== undefined) return stopped
  if (isForsaken(entry)) return "interrupted"
  if (!mayResend(entry, operation)) return "attempts"
  // A throttled call is no attempt.
  if (!(failure.whole && failure.throttled) && entry.attempts >= policy.maxAttempts) return "attempts"
  return due > Math.min(entry.since + run.itemDeadline, run.runDeadline) ? "deadline" : undefined
}

/** May the item be sent again? Never after a call that may have applied it, unless that does no harm. */
export const mayResend = (
  entry: { readonly maybeApplied: boolean },
  nature: { readonly idempotent: boolean; readonly read: boolean }
): boolean => !entry.maybeApplied || nature.idempotent || nature.read

/** The fate of a call after the policy's lists of tags and codes: what is final is not sent again, as if rejected. */
export const reviseFate = (fate: Fate, error: unknown, policy: BatchPolicy): Fate => {
  const isPassing = fate._tag === "Throttled" || fate._tag === "Transient"
  if (isPassing && isNamed(error, policy.terminal)) return { _tag: "Rejected", applied: fate.applied }
  if (!isPassing && fate._tag !== "TooLarge" && isNamed(error, policy.retryable)) {
    return { _tag: "Transient", applied: fate.applied }
  }
  return fate
}

/** The verdict on an item after the policy's lists of tags and codes. */
export const reviseVerdict = <A, E>(verdict: Verdict<A, E>, policy: BatchPolicy): Verdict<A, E> => {
  if (verdict._tag === "Retryable" && isNamed(verdict.error, policy.terminal)) {
    const { throttled: _, ...rest } = verdict
    return { ...rest, _tag: "Terminal" }
  }
  if (verdict._tag === "Terminal" && isNamed(verdict.error, policy.retryable)) {
    const { gone, ...rest } = verdict
    return { ...rest, _tag: "Retryable", throttled: false, ...(gone === "maybe" && { gone }) }
  }
  return verdict
}

/** The wait before the next try, jittered by `random` in [0, 1). */
const delay = (policy: Complete, tries: number, failure: Failure, random: number): number => {
  const { backoff } = policy
  const whole =
    backoff._tag === "Constant"
      ? Duration.toMillis(backoff.delay)
      : Math.min(
          Duration.toMillis(backoff.cap),
          Duration.toMillis(failure.throttled ? backoff.throttledBase : backoff.base) * backoff.factor ** (tries - 1)
        )
  return clamp(backoff.jitter === "full" ? whole * random : whole, policy, failure.hint)
}

/** A hint of the service makes the wait longer, never shorter, and only by so much. */
const clamp = (own: number, policy: Complete, hint = 0): number =>
  // One that is no number is no hint.
  hint > own ? Math.min(hint, own + Duration.toMillis(policy.hintSlack)) : own
