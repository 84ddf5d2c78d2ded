/**
 * How a run, or a group of it, ends before its items do. No more calls go; what was never sent or waits gets its
 * outcome now; what is in flight may finish within the policy's grace, and is cut off at once by an interruption.
 */
import * as Duration from "effect/Duration"
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

/** Nothing more of this group can succeed. */
export const haltGroup = <Item, A, E, R>(run: Run<Item, A, E, R>, group: Group<Item, A, E>): void => {
  group.halted = true
  drain(run, group, "halted")
}

/** With no budget for even one retry and nothing but failures, more calls only do harm. */
export const haltIfHopeless = <Item, A, E, R>(run: Run<Item, A, E, R>): void => {
  const { budget } = run.policy
  const dry = run.pace.spent + Math.min(budget.retry, budget.throttle) > budget.tokens
  if (dry && run.pace.failedInRow >= failuresBeforeHalt && run.ending === undefined) end(run, "halted")
}

/** Why no more calls of a group go, if so. */
export const endingOf = <Item, A, E, R>(run: Run<Item, A, E, R>, group: Group<Item, A, E>): Ending | undefined =>
  run.ending ?? (group.halted ? "halted" : undefined)

/** The policy's stop rule. */
export const stopIfRuleMet = <Item, A, E, R>(run: Run<Item, A, E, R>): void => {
  if (run.stopRuleMet && run.ending === undefined) end(run, "stopped")
}

/** Nobody waits for this item any more: unless it is in flight or shared, it gets its outcome now. */
export const abandon = <Item, A, E, R>(run: Run<Item, A, E, R>, entry: Entry<Item, A, E>): void => {
  entry.tied().abandoned = true
  const sent = holderOf(entry)
  if (sent !== undefined && isForsaken(sent) && (sent.state === "Queued" || sent.state === "Waiting")) {
    settle(run, sent, sent.word, "interrupted")
  }
}

/** Does nobody wait for the outcome of the entry, nor for that of an equal one? */
export const isForsaken = <Item, A, E>({ ties }: Entry<Item, A, E>): boolean =>
  ties?.abandoned === true && ties.twins?.every((twin) => twin.ties?.abandoned === true) !== false

const failuresBeforeHalt = 10

const cutOff = <Item, A, E, R>(run: Run<Item, A, E, R>): void => {
  // A set may lose what is being visited.
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

/** The entry that is sent for this one: itself, or the equal one that came first. */
const holderOf = <Item, A, E>(entry: Entry<Item, A, E>): Entry<Item, A, E> | undefined => {
  let first = entry.group.byId.get(entry)
  while (first !== undefined && first !== entry && first.ties?.twins?.includes(entry) !== true) {
    first = first.ties?.nextOfId
  }
  return first
}
