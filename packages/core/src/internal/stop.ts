/**
 * How a run, or a group of it, ends before its items do. No more calls go; what was never sent or waits gets its
 * outcome now; what is in flight may finish within the policy's grace, and is cut off at once by an interruption.
 */
import * as Duration from "effect/Duration"
import type { CallError } from "../CallError.ts"
import type { Ending } from "../Outcome.ts"
import { aborted, giveUp } from "./call.ts"
import type { Entry } from "./entry.ts"
import { type Group, unsettled } from "./gather.ts"
import type { Run } from "./run.ts"
import { settle } from "./settle.ts"

export const end = <Item, A, E, R>(run: Run<Item, A, E, R>, ending: Ending): void => {
  const first = run.ending === undefined
  if (first) {
    run.ending = ending
    run.timers.clear()
    run.paceAt = Infinity
    run.pace.leave(run)
    for (const group of run.gather.groups()) drain(run, group, ending)
  }
  if (ending === "interrupted") cutOff(run)
  else if (first && run.inFlight.size > 0) {
    run.timers.add(run.world.now() + Duration.toMillis(run.policy.grace), () => cutOff(run))
  }
  run.wake()
}

/** Nothing more can succeed, because of this error. A queue for callers lives on: the next one may have better luck. */
export const halt = <Item, A, E, R>(run: Run<Item, A, E, R>, cause: E | CallError | undefined): void => {
  run.haltedBy = cause
  if (!run.isLasting) end(run, "halted")
  else if (run.ending === undefined) for (const group of run.gather.groups()) haltGroup(run, group, cause)
}

/** Nothing more of this group can succeed, because of this error. */
export const haltGroup = <Item, A, E, R>(
  run: Run<Item, A, E, R>,
  group: Group<Item, A, E>,
  cause: E | CallError | undefined
): void => {
  group.haltedBy = cause
  group.halted = true
  drain(run, group, "halted")
  if (!run.isLasting) return
  group.halted = false
  group.haltedBy = undefined
  run.gather.forget(group)
}

/** Why no more calls of a group go, if so. */
export const endingOf = <Item, A, E, R>(run: Run<Item, A, E, R>, group: Group<Item, A, E>): Ending | undefined =>
  run.ending ?? (group.halted ? "halted" : undefined)

/** With no budget for a retry and nothing but failures, more calls only do harm. */
export const haltIfHopeless = <Item, A, E, R>(run: Run<Item, A, E, R>, cause: E | CallError | undefined): void => {
  if (run.isDry && run.failedInRow >= failuresBeforeHalt && run.ending === undefined) halt(run, cause)
}

/** The policy's stop rule, looked at when a call is over and when items came in. */
export const stopIfRuleMet = <Item, A, E, R>(run: Run<Item, A, E, R>): void => {
  const { outcomes, settled } = run.stats
  const rule = run.policy.stopWhen
  if (rule === undefined || run.isLasting || run.ending !== undefined || settled < rule.after) return
  const bad = settled - outcomes.Succeeded
  if (bad >= (rule.count ?? Infinity) || bad / settled >= (rule.share ?? Infinity)) end(run, "stopped")
}

/** Nobody waits for this item any more: unless it is in flight or shared, it gets its outcome now. */
export const abandon = <Item, A, E, R>(run: Run<Item, A, E, R>, entry: Entry<Item, A, E>): void => {
  const ties = entry.tied()
  ties.abandoned = true
  const sent = ties.holder ?? entry
  if (isForsaken(sent) && (sent.state === "Queued" || sent.state === "Waiting")) {
    settle(run, sent, sent.word, "interrupted")
    run.wake()
  }
}

/** Does nobody wait for the outcome of the entry, nor for that of an equal one? */
export const isForsaken = <Item, A, E>({ ties }: Entry<Item, A, E>): boolean =>
  ties?.abandoned === true && ties.twins?.every((twin) => twin.ties?.abandoned === true) !== false

const failuresBeforeHalt = 10

const cutOff = <Item, A, E, R>(run: Run<Item, A, E, R>): void => {
  for (const call of run.inFlight) giveUp(run, call, aborted(run))
}

const drain = <Item, A, E, R>(run: Run<Item, A, E, R>, group: Group<Item, A, E>, ending: Ending): void => {
  for (const entry of unsettled(group)) {
    if (entry.state === "Queued" || entry.state === "Waiting") settle(run, entry, entry.word, ending)
  }
  group.parts.length = 0
  group.retries.clear()
  group.fresh.clear()
}
