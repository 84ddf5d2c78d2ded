/**
 * The step `settle`: what becomes of an item after the last word on it. Pure decisions; the engine carries them out.
 */
import * as Duration from "effect/Duration"
import type { BatchPolicy, Complete } from "../BatchPolicy.ts"
import type { Fate } from "../Fate.ts"
import type { Attempt, Ending } from "../Outcome.ts"
import type { Verdict } from "../Verdict.ts"

/** What is asked about an item here. */
interface Tried {
  readonly attempts: number
  readonly maybeApplied: boolean
}

/** How the operation takes being sent again. */
interface Nature {
  readonly idempotent: boolean
  readonly read: boolean
}

/** May the item be sent again? Never after a call that may have applied it, unless that does no harm. */
export const mayResend = (entry: Tried, nature: Nature): boolean =>
  !entry.maybeApplied || nature.idempotent || nature.read

/** Has the item used up its attempts? A throttled call is none. */
export const bound = (entry: Tried, throttled: boolean, maxAttempts: number): Ending | undefined =>
  !throttled && entry.attempts >= maxAttempts ? "attempts" : undefined

/** The wait before try `tries + 1`, jittered by `random` in [0, 1), and lengthened by a hint within bounds. */
export const delay = (
  policy: Complete,
  tries: number,
  throttled: boolean,
  hint: number | undefined,
  random: number
): number => {
  const { backoff } = policy
  const whole =
    backoff._tag === "Constant"
      ? Duration.toMillis(backoff.delay)
      : Math.min(
          Duration.toMillis(backoff.cap),
          Duration.toMillis(throttled ? backoff.throttledBase : backoff.base) * backoff.factor ** (tries - 1)
        )
  return clamp(backoff.jitter === "full" ? whole * random : whole, policy, hint)
}

/** A hint of the service makes the wait longer, never shorter, and only by so much. */
export const clamp = (own: number, policy: Complete, hint: number | undefined): number =>
  hint === undefined ? own : Math.min(Math.max(hint, own), own + Duration.toMillis(policy.hintSlack))

/** The halves of a call that was rejected or too large. */
export const halves = <T>(entries: ReadonlyArray<T>): readonly [ReadonlyArray<T>, ReadonlyArray<T>] => {
  const middle = Math.ceil(entries.length / 2)
  return [entries.slice(0, middle), entries.slice(middle)]
}

/** Does the policy take this error for final? */
export const isFinal = (error: unknown, policy: BatchPolicy): boolean => named(error, policy.terminal)

/** The fate of a call after the policy's list of what is retried. */
export const reviseFate = (fate: Fate, error: unknown, policy: BatchPolicy): Fate => {
  if (named(error, policy.retryable) && (fate._tag === "Rejected" || fate._tag === "Fatal")) {
    return { _tag: "Transient", applied: fate.applied }
  }
  return fate
}

/** The verdict on an item after the policy's lists of tags and codes. */
export const reviseVerdict = <A, E>(verdict: Verdict<A, E>, policy: BatchPolicy): Verdict<A, E> => {
  if (verdict._tag === "Retryable" && isFinal(verdict.error, policy)) {
    return { _tag: "Terminal", error: verdict.error, ...candidatesOf(verdict) }
  }
  if (verdict._tag === "Terminal" && named(verdict.error, policy.retryable)) {
    return { _tag: "Retryable", error: verdict.error, throttled: false, ...candidatesOf(verdict) }
  }
  return verdict
}

/** One more call in a history, which keeps the first and the last ones. */
export const record = (history: ReadonlyArray<Attempt>, attempt: Attempt): ReadonlyArray<Attempt> =>
  history.length < maxHistory ? [...history, attempt] : [history[0]!, ...history.slice(2), attempt]

const maxHistory = 16

/** Do the calls of a history leave open whether the item was applied? */
export const leavesOpen = (history: ReadonlyArray<Attempt>): boolean => {
  let open = false
  for (const { applied, word } of history) {
    if (applied === "maybe") open = true
    else if (word === "Succeeded" || word === "Terminal") open = false
  }
  return open
}

/** The tag of an error, as histories and reports show it. */
export const tagOf = (error: unknown): string => {
  if (typeof error !== "object" || error === null) return String(error)
  if ("_tag" in error && typeof error._tag === "string") return error._tag
  return error instanceof Error ? error.name : "Error"
}

const named = (error: unknown, names: ReadonlyArray<string> | undefined): boolean => {
  if (names === undefined || names.length === 0) return false
  if (names.includes(tagOf(error))) return true
  return typeof error === "object" && error !== null && "code" in error && names.includes(String(error.code))
}

const candidatesOf = <E>(verdict: { readonly candidates?: ReadonlyArray<E> }) =>
  verdict.candidates === undefined ? {} : { candidates: verdict.candidates }
