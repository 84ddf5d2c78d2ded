/**
 * The laws of accounting, of calls, of answers and of retries, held against the report of a live run and what the
 * emulator received. The laws are numbered as in the law suite.
 */
import type { Faults } from "@effect-bulk/aws/testing"
import { type Outcome, Report } from "@effect-bulk/core"
import type { Exchange } from "@effect-bulk/emulator"
import type { LiveOperation, Place } from "./liveOperations.ts"

/** A run and what the emulator received of it. */
export interface LiveRun {
  readonly operation: LiveOperation
  readonly places: ReadonlyArray<Place>
  readonly maxItems: number
  readonly maxAttempts: number
  /** Must this item fail in each answer? */
  readonly hit: (id: string) => boolean
  readonly report: Report.Report<unknown, unknown, unknown>
  readonly calls: ReadonlyArray<Exchange.ReceivedCall>
}

/** What the calls that named an item tell of it. */
interface Told {
  readonly id: string
  /** Calls that named it, and those of them that were not throttled. */
  named: number
  sent: number
  /** Some call may have done it without saying so. */
  open: boolean
  /** Some call did it without saying so. */
  hidden: boolean
  /** Some answer said that it failed. */
  refused: boolean
  /** Some answer said that it is done, or was done by an earlier call. */
  done: boolean
}

/** The faults under which a call does its work and gives no answer that can be read. */
const afterEffect: ReadonlySet<Faults.Fault["_tag"]> = new Set(["ResetAfter", "CutOff", "Malformed"])

/** With those that look alike to the caller. */
const unanswered: ReadonlySet<Faults.Fault["_tag"]> = new Set([...afterEffect, "ServiceError", "ResetBefore"])

/** What is broken, in words. */
export const broken = (run: LiveRun): ReadonlyArray<string> => {
  const { calls, maxAttempts, operation, places, report } = run
  const { outcomes } = report
  const found: Array<string> = []
  const see = (law: string, holds: boolean, offender: () => string) => {
    if (!holds) found.push(`${law}: ${offender()}`)
  }
  const keyOf = (target: unknown, id: string) => JSON.stringify([target, id])
  const records = new Map<string, Told>()
  for (const place of places) {
    if (place.target === undefined) continue
    const id = operation.idOf(place)
    const record = { id, named: 0, sent: 0, open: false, hidden: false, refused: false, done: false }
    records.set(keyOf(operation.targetOf(place), id), record)
  }

  see("22 one request for each call", calls.length === report.calls, () => `${calls.length} for ${report.calls}`)
  const invocations = new Set(calls.map(({ invocation }) => invocation))
  see("22 no attempts of the SDK's own", invocations.size === calls.length, () => `${invocations.size} invocations`)
  for (const { call, fault, input, items } of calls) {
    const most = Math.min(run.maxItems, operation.limit)
    see("7 within the limits", items.length >= 1 && items.length <= most, () => `call ${call}: ${items.length} items`)
    see("10 none twice", new Set(items).size === items.length, () => `call ${call}: ${items.join(" ")}`)
    const vague = operation.namelessErrors && fault === "ItemFault" && items.some(run.hit)
    for (const id of items) {
      const record = records.get(keyOf(input?.[operation.member], id))
      const offender = () => `call ${call} (${fault ?? "no fault"}): ${JSON.stringify(record ?? id)}`
      see("9 of one group, and asked for", record !== undefined, offender)
      if (record === undefined) continue
      see("17 not after its success", !record.done, offender)
      see("21 not after it may have been done", operation.idempotent || operation.read || !record.open, offender)
      record.named++
      if (fault === "Throttle") continue
      record.sent++
      if (fault !== undefined && unanswered.has(fault)) {
        record.open = true
        record.hidden ||= afterEffect.has(fault)
      } else if (fault === "ItemFault" && run.hit(id)) record.refused = true
      // That it had been done is an error, too, which may be that of another item.
      else if (!(vague && record.hidden)) record.done = true
    }
  }

  see("1 one outcome each", outcomes.length === places.length, () => `${outcomes.length} of ${places.length}`)
  const counts = JSON.stringify(Report.count(outcomes))
  see("4 counts are the fold", JSON.stringify(report.counts) === counts, () => JSON.stringify(report.counts))
  const first = new Map<string, Outcome.Tag>()
  for (const [position, outcome] of outcomes.entries()) {
    const { _tag, attempts, id } = outcome
    const place = places[position]!
    const key = keyOf(operation.targetOf(place), operation.idOf(place))
    const record = records.get(key)
    const offender = () => `position ${position}: ${_tag} after ${attempts} attempts, ${JSON.stringify(record ?? id)}`
    see("1 in input order", outcome.position === position && id === operation.idOf(place), offender)
    see("3 Invalid is what no service takes", (_tag === "Invalid") === (record === undefined), offender)
    if (record === undefined) continue
    see("3 the right outcome", agrees(outcome, record, run), offender)
    see("10 duplicates share it", (first.get(key) ?? _tag) === _tag, offender)
    first.set(key, _tag)
    // A call after the answer that settled it would not be counted in its outcome.
    see("17 sent as often as said", attempts === record.sent, offender)
    see("18 the bound on attempts", attempts <= maxAttempts, offender)
  }
  return found
}

/** Is it the outcome that the calls account for? */
const agrees = (
  outcome: Outcome.Outcome<unknown, unknown, unknown>,
  { done, named, open, refused }: Told,
  { maxAttempts, operation }: LiveRun
): boolean => {
  const unsaid = open && !operation.read
  switch (outcome._tag) {
    case "Succeeded":
      return done
    case "Failed":
      return refused && !done
    case "Exhausted":
      return named > 0 && !done && !unsaid && (outcome.bound !== "attempts" || outcome.attempts === maxAttempts)
    case "Unknown":
      return unsaid && !done
    case "NotAttempted":
      return named === 0
    case "Invalid":
      return false
  }
}
