/**
 * The step `check`: what an item is called, what it goes with, and what is wrong with it, before anything is sent.
 * What is in order goes on to `gather`.
 */
import type * as Tracer from "effect/Tracer"
import * as CallError from "../CallError.ts"
import { type Done, Entry, type Ties } from "./entry.ts"
import { messageOf } from "./errors.ts"
import { type Group, unsettled } from "./gather.ts"
import { mayResend } from "./retry.ts"
import type { Run } from "./run.ts"
import { refuse, settle } from "./settle.ts"

/** Takes the next item in. Returns its entry as long as it has no outcome. */
export const check = <Item, A, E, R>(
  run: Run<Item, A, E, R>,
  item: Item,
  now: number,
  done?: Done<Item, A, E>,
  caller?: Tracer.AnySpan
): Entry<Item, A, E> | undefined => {
  const { found, operation, stats } = run
  const earlier = run.earlier?.[stats.pulled]
  const position = earlier?.position ?? stats.pulled
  stats.pulled++
  find(run, item, found)
  if (found.issue !== undefined) return refuse(run, position, item, found.issue, earlier, done)
  // Without an issue, every finding is there.
  const group = found.group!
  const entry = new Entry(position, item, found.id, group, found.size, Math.floor(now), tiesOf(caller, found), done)
  if (earlier !== undefined) {
    entry.history = earlier.history
    entry.tied().past = earlier.history
    entry.maybeApplied = !operation.read && earlier.maybeApplied
    if (entry.maybeApplied) {
      const isFinal = !mayResend(entry, operation)
      const why = `an earlier run may have applied it${isFinal ? ", and the operation is not idempotent" : ""}`
      // The last word on it, unless a call of this run says more.
      entry.word = {
        _tag: "Unanswered",
        error: new CallError.Unanswered({ operation: operation.name, id: entry.id, why })
      }
      if (isFinal) return leave(run, entry, entry.word, "attempts")
    }
  }
  if (run.ending !== undefined) return leave(run, entry, entry.word, run.ending)
  if (group.halted || run.gather.isStopped(found.orderKey)) return leave(run, entry, entry.word, "halted")
  if (run.gather.admit(entry)) {
    watchDeadline(run, entry)
    return entry
  }
  const issue = `item '${found.id}' is a duplicate, and the policy refuses duplicates`
  return refuse(run, position, item, issue, earlier, done)
}

/** Sees to it that what is still queued at its deadline gets its outcome then; one timer serves all. */
const watchDeadline = <Item, A, E, R>(run: Run<Item, A, E, R>, entry: Entry<Item, A, E>): void => {
  if (run.itemDeadline === Infinity || run.watchesDeadline) return
  run.watchesDeadline = true
  run.timers.add(entry.since + run.itemDeadline, () => {
    run.watchesDeadline = false
    const now = run.world.now()
    let oldest: Entry<Item, A, E> | undefined
    for (const group of run.gather.groups()) {
      for (const other of unsettled(group)) {
        if (other.state === "InFlight") continue
        if (other.since + run.itemDeadline <= now) settle(run, other, other.word, "deadline")
        else if (oldest === undefined || other.since < oldest.since) oldest = other
      }
    }
    if (oldest !== undefined) watchDeadline(run, oldest)
  })
}

/** The findings on one item. One object serves all items of a run: read it before the next check. */
export interface Findings<Item, A, E> {
  id: string
  group: Group<Item, A, E> | undefined
  size: number
  orderKey: string | undefined
  /** What is wrong, with which value. */
  issue: string | undefined
}

export const findings = <Item, A, E>(): Findings<Item, A, E> => ({
  id: "",
  group: undefined,
  size: 0,
  orderKey: undefined,
  issue: undefined
})

const find = <Item, A, E, R>(run: Run<Item, A, E, R>, item: Item, into: Findings<Item, A, E>): void => {
  const { maxBytes, operation } = run
  into.id = ""
  into.group = undefined
  into.size = 0
  into.orderKey = undefined
  let step = "id"
  try {
    const id: unknown = operation.id(item)
    if (typeof id !== "string") {
      into.issue = `the operation's 'id' must give a text, got ${messageOf(id)}`
      return
    }
    into.id = id
    step = "group"
    const group = operation.group(item)
    step = "target"
    into.group = run.gather.group(group)
    // What is wrong with an item may stop those behind it.
    step = "orderKey"
    into.orderKey = operation.orderKey?.(item)
    step = "check"
    into.issue = operation.check?.(item)
    if (into.issue !== undefined) return
    step = "sizeOf"
    into.size = operation.limits.sizeOf?.(item) ?? 0
    if (into.size > maxBytes) {
      into.issue = `item '${into.id}' has ${into.size} bytes, a call holds at most ${maxBytes}`
      return
    }
    if (typeof into.size !== "number" || !(into.size >= 0)) {
      into.issue = `the operation's 'sizeOf' must give a number of bytes >= 0, got ${into.size}`
      return
    }
  } catch (defect) {
    into.issue = `the operation's '${step}' died on it: ${messageOf(defect)}`
  }
}

const tiesOf = <Item, A, E>(
  caller: Tracer.AnySpan | undefined,
  { orderKey }: Findings<Item, A, E>
): Ties<Item, A, E> | undefined =>
  caller === undefined && orderKey === undefined
    ? undefined
    : { ...(caller !== undefined && { caller }), ...(orderKey !== undefined && { orderKey }) }

/** An item that gets its outcome before it is in any queue. */
const leave = <Item, A, E, R>(
  run: Run<Item, A, E, R>,
  entry: Entry<Item, A, E>,
  ...[word, ending]: [Parameters<typeof settle<Item, A, E, R>>[2], Parameters<typeof settle<Item, A, E, R>>[3]]
): undefined => {
  entry.group.size++
  settle(run, entry, word, ending)
  return undefined
}
