/**
 * The step `answer`: reads the answer of a call, holds it against the items of the call and gives each item its
 * verdict. Every rule on silence, conflict and contradiction stands here and nowhere else.
 */
import * as Cause from "effect/Cause"
import * as Equal from "effect/Equal"
import type { Reading } from "../Answer.ts"
import * as CallError from "../CallError.ts"
import type { Attempt } from "../Outcome.ts"
import type { Contradiction } from "../Report.ts"
import type { Failure, Verdict } from "../Verdict.ts"
import { itemsOf, land, over } from "./call.ts"
import type { Entry } from "./entry.ts"
import { messageOf, nameOf, tagOf } from "./errors.ts"
import { attemptOf, recorder } from "./history.ts"
import { isResolved, single } from "./isolate.ts"
import { retry, reviseVerdict } from "./retry.ts"
import type { Call, Run } from "./run.ts"
import { settle } from "./settle.ts"
import { haltIfHopeless, stopIfRuleMet } from "./stop.ts"

/** A call was answered: each of its items is settled, or goes back. */
export const answered = <Item, A, E, R>(run: Run<Item, A, E, R>, call: Call<Item, A, E>, response: unknown): void => {
  const now = over(run, call, undefined)
  const { entries, group } = call
  group.onProbation = false
  const requestId = run.requestId(response)
  const again: Array<Entry<Item, A, E>> = []
  let throttled = false
  let attempt: Attempt | undefined
  const record = recorder()
  const verdict = (entry: Entry<Item, A, E>, given: Verdict<A, E | CallError.CallError>): void => {
    const word = reviseVerdict(judged(run, given, entry.item), run.policy)
    land(run, entry)
    entry.tries++
    const error = word._tag === "Succeeded" ? undefined : tagOf(word.error)
    // Items of one call mostly share their verdict, and so this line of their history.
    if (attempt === undefined || attempt.word !== word._tag || attempt.error !== error) {
      attempt = attemptOf(
        call,
        word._tag,
        word._tag === "Unanswered" ? "maybe" : word._tag === "Succeeded" ? "yes" : "no",
        error,
        requestId
      )
    }
    entry.history = record(entry.history, attempt)
    // What succeeded is settled below.
    if (word._tag !== "Succeeded") entry.word = word
    if (word._tag === "Terminal" && word.candidates !== undefined && isResolved(run, call)) return single(entry)
    entry.attempts++
    if (word._tag === "Succeeded" || word._tag === "Terminal") return settle(run, entry, word, "attempts")
    if (word._tag === "Unanswered") entry.maybeApplied = entry.maybeApplied || !run.operation.read
    else throttled = throttled || word.throttled
    again.push(entry)
  }
  try {
    attribute(run.operation.name, entries, run.operation.answer(itemsOf(entries), response), {
      verdict,
      contradiction: (contradiction) => run.contradict(call, contradiction)
    })
  } catch (defect) {
    // The call was answered and may have done its work, but nobody can say for which items.
    const error = CallError.died(run.operation.name, "answer", Cause.die(defect))
    const lost = attemptOf(call, "Unanswered", "maybe", error._tag, requestId)
    for (const entry of entries) {
      if (entry.state !== "InFlight") continue
      land(run, entry)
      entry.tries++
      entry.attempts++
      entry.history = record(entry.history, lost)
      entry.word = { _tag: "Unanswered", error }
      entry.maybeApplied = entry.maybeApplied || !run.operation.read
      again.push(entry)
    }
  }
  const healthy = again.length < entries.length
  if (healthy) {
    run.failedInRow = 0
    run.isDry = false
    run.pace.refund(Math.max(1, call.cost))
  } else run.failedInRow++
  retry(run, call, again, { whole: false, throttled, hint: undefined }, now)
  call.entries = []
  run.gather.mark(group)
  haltIfHopeless(run, undefined)
  stopIfRuleMet(run)
}

/** The items of a call as this step sees them. */
interface Held<Item> {
  readonly id: string
  readonly item: Item
}

/** The verdict as the operation revises it. */
const judged = <Item, A, E, R>(
  { operation }: Run<Item, A, E, R>,
  given: Verdict<A, E | CallError.CallError>,
  item: Item
): Verdict<A, E | CallError.CallError> => {
  if (operation.judge === undefined) return given
  try {
    return checked(operation.name, operation.judge(given, item))
  } catch (defect) {
    return lost(operation.name, defect)
  }
}

/** A function of the operation died on one item: the others of the call have their verdicts all the same. */
const lost = (operation: string, defect: unknown): Verdict<never, CallError.CallDied> => ({
  _tag: "Unanswered",
  error: CallError.died(operation, "answer", Cause.die(defect))
})

/** Types do not hold for every program: what is no verdict must not pass for silence, nor cost an item its outcome. */
const checked = <A, E>(operation: string, verdict: Verdict<A, E> | undefined): Verdict<A, E | CallError.CallDied> =>
  verdict != null && verdictTags.has(verdict._tag)
    ? verdict
    : lost(operation, new TypeError(`a verdict is wanted, got ${messageOf(verdict)}`))

const verdictTags: ReadonlySet<string> = new Set(["Succeeded", "Retryable", "Terminal", "Unanswered"])

/** What is to be done with the verdict of each item, and with what fits no item. */
interface Receiver<Entry, A, E> {
  readonly verdict: (entry: Entry, verdict: Verdict<A, E>) => void
  readonly contradiction: (contradiction: Contradiction) => void
}

export const attribute = <Item, A, E, Entry extends Held<Item>>(
  operation: string,
  entries: ReadonlyArray<Entry>,
  reading: Reading<Item, A, E | CallError.CallError>,
  receiver: Receiver<Entry, A, E | CallError.CallError>
): void => {
  type Given = Verdict<A, E | CallError.CallError>
  const guarded = <T>(verdict: (of: T) => Given, of: T): Given => {
    try {
      return checked(operation, verdict(of))
    } catch (defect) {
      return lost(operation, defect)
    }
  }
  const unanswered = (id: string, why: string): Verdict<A, CallError.Unanswered> => ({
    _tag: "Unanswered",
    error: new CallError.Unanswered({ operation, id, why })
  })
  if (reading._tag === "Ordered") {
    const { count } = reading
    if (count === entries.length) {
      entries.forEach((entry, index) => receiver.verdict(entry, guarded(reading.verdict, index)))
      return
    }
    const why = `the answer has ${count} results for ${entries.length} items`
    receiver.contradiction({ _tag: "WrongCount", expected: entries.length, got: count })
    for (const entry of entries) receiver.verdict(entry, unanswered(entry.id, why))
    return
  }

  // The usual answer of a service that lists failures only: nothing to look up.
  if (reading.entries.length === 0 && reading.errors.length === 0 && reading.silence === "succeeded") {
    for (const entry of entries) receiver.verdict(entry, guarded(reading.silent, entry.item))
    return
  }

  const byId = new Map<string, { verdict: Given | undefined; conflict: boolean }>()
  for (const entry of entries) byId.set(entry.id, { verdict: undefined, conflict: false })

  // What can be tied to no item may be meant for any item that is not named.
  let stray: string | undefined
  for (const { id, verdict } of reading.entries) {
    const slot = id === undefined ? undefined : byId.get(id)
    if (slot === undefined) {
      const foreign = id !== undefined
      if (verdict._tag === "Succeeded") {
        receiver.contradiction(foreign ? { _tag: "ForeignSuccess", id } : { _tag: "SuccessWithoutId" })
        // It may be the success of any item that is not named.
        if (!foreign) stray = "the answer has a success that names no item"
      } else {
        receiver.contradiction(foreign ? { _tag: "ForeignFailure", id } : { _tag: "FailureWithoutId" })
        stray = foreign
          ? `the answer names a failure of '${id}', which was not in the call`
          : "the answer has a failure that names no item"
      }
      continue
    }
    if (slot.verdict === undefined) slot.verdict = checked(operation, verdict)
    else if (!agree(slot.verdict, verdict)) slot.conflict = true
  }

  const missing = entries.filter((entry) => byId.get(entry.id)!.verdict === undefined)
  if (reading.errors.length > 0 && missing.length === 0) {
    receiver.contradiction({ _tag: "ErrorsWithoutMissing", errors: reading.errors.length })
  }
  let cause: ((item: Item) => Given) | undefined
  const ofErrors = (item: Item) => (cause ??= oneOf(reading, missing.length))(item)

  for (const entry of entries) {
    const slot = byId.get(entry.id)!
    if (slot.conflict) {
      receiver.contradiction({ _tag: "Conflict", id: entry.id })
      receiver.verdict(entry, unanswered(entry.id, "the answer has conflicting verdicts for it"))
    } else if (slot.verdict !== undefined) {
      receiver.verdict(entry, slot.verdict)
    } else if (stray !== undefined) {
      receiver.verdict(entry, unanswered(entry.id, stray))
    } else if (reading.silence === "succeeded" && reading.errors.length === 0) {
      receiver.verdict(entry, guarded(reading.silent, entry.item))
    } else if (reading.silence === "failed" && reading.errors.length > 0) {
      receiver.verdict(entry, guarded(ofErrors, entry.item))
    } else {
      receiver.verdict(entry, unanswered(entry.id, "the answer does not name it"))
    }
  }
}

/** Entries that say the same of an item: a repeated success, or failures of the same kind with equal errors. */
const agree = (a: Verdict<unknown, unknown>, b: Verdict<unknown, unknown>): boolean =>
  a._tag === b._tag && (a._tag === "Succeeded" || (b._tag !== "Succeeded" && Equal.equals(a.error, b.error)))

/**
 * The verdict on missing items when the errors name no ids. The cause is certain only when one item is missing and one
 * error came; otherwise every error is a candidate, and one that may pass makes the items worth another attempt. They
 * are gone if every error says so; if some do, they may be.
 */
const oneOf = <Item, A, E>(
  {
    errors,
    gone
  }: { readonly errors: ReadonlyArray<Failure<unknown, E>>; readonly gone?: ((item: Item) => A) | undefined },
  missing: number
): ((item: Item) => Verdict<A, E>) => {
  const passing = errors.filter((failure) => failure._tag === "Retryable")
  // Which of them speaks for all must not hang on the order in which they came.
  const { error } = (passing.length > 0 ? passing : errors).reduce((least, failure) =>
    textOf(failure.error) < textOf(least.error) ? failure : least
  )
  const doubt = missing === 1 && errors.length === 1 ? {} : { candidates: errors.map((failure) => failure.error) }
  if (gone !== undefined && errors.every((failure) => typeof failure.gone === "object")) {
    return (item) => ({ _tag: "Terminal", error, gone: { value: gone(item) }, ...doubt })
  }
  const isMaybe = gone !== undefined && errors.some((failure) => failure.gone !== undefined)
  const maybe = isMaybe ? { gone: "maybe" as const } : {}
  const throttled = passing.some((failure) => failure.throttled)
  const verdict: Verdict<A, E> =
    passing.length > 0
      ? { _tag: "Retryable", error, throttled, ...maybe, ...doubt }
      : { _tag: "Terminal", error, ...maybe, ...doubt }
  return () => verdict
}

const textOf = (error: unknown): string => `${nameOf(error)} ${messageOf(error)}`
