/**
 * The step `gather`: puts items into batches, by group and within the limits. Items of one id go one after the
 * other, equal ones once; items of one order key go in input order. Groups that have something to send take turns.
 */
import * as Equal from "effect/Equal"
import * as MutableHashMap from "effect/MutableHashMap"
import * as Option from "effect/Option"
import type { CallError } from "../CallError.ts"
import type { Entry } from "./entry.ts"
import { Fifo } from "./fifo.ts"
import { Heap } from "./heap.ts"
import { Ids } from "./ids.ts"

/** What all items of one call share, and its items that wait to be sent. */
export interface Group<Item, A, E> {
  readonly key: unknown
  readonly target: string
  /** The caller of an entry waits no more. */
  readonly leave: (entry: Entry<Item, A, E>) => void
  /** Items that were not sent yet. */
  readonly fresh: Fifo<Entry<Item, A, E>>
  /** Items whose retry is due. */
  readonly retries: Fifo<Entry<Item, A, E>>
  /** Items whose retry is not due yet. */
  readonly rounds: Heap<Round<Item, A, E>>
  /** Parts of rejected calls, which are sent by themselves. */
  readonly parts: Array<Part<Item, A, E>>
  /** The unsettled entry of each id, first of its kind. */
  readonly byId: Ids<Entry<Item, A, E>>
  /** Nothing is sent before this time, after a throttle. */
  pausedUntil: number
  /** Throttled, and no call answered since: nothing new is sent while what was throttled is unsettled. */
  onProbation: boolean
  halted: boolean
  /** The error that halted it. */
  haltedBy: E | CallError | undefined
  inFlight: number
  /** Unsettled entries. */
  size: number
  /** In the queue of groups that may have something to send. */
  listed: boolean
  /** A timer for the linger of its oldest item is set. */
  lingers: boolean
}

/** Items that are sent again at the same time. */
interface Round<Item, A, E> {
  /** When they are due. */
  readonly at: number
  /** When those that have lingered longest must go. */
  until: number
  entries: Array<Entry<Item, A, E>>
}

/** Items that are sent by themselves, to find those that spoil a call. */
interface Part<Item, A, E> {
  readonly entries: ReadonlyArray<Entry<Item, A, E>>
}

/** What the next call of a group would hold. */
export interface Batch<Item, A, E> {
  readonly group: Group<Item, A, E>
  readonly entries: ReadonlyArray<Entry<Item, A, E>>
  /** Is it a part of a rejected call? */
  readonly part: boolean
  /** What its items retry: a failure if any does. */
  readonly retries: "throttle" | "failure" | undefined
  /** Queue places to give up when it is sent. */
  readonly fromRetries: number
  readonly fromFresh: number
}

export interface GatherOptions<Item, A, E> {
  readonly maxItems: number
  readonly maxBytes: number
  readonly linger: number
  readonly refuseDuplicates: boolean
  readonly target: (group: unknown) => string
  readonly leave: (entry: Entry<Item, A, E>) => void
}

export class Gather<Item, A, E> {
  /** No more items come: nothing lingers. */
  closed = false
  private readonly options: GatherOptions<Item, A, E>
  private readonly primitives = new Map<unknown, Group<Item, A, E>>()
  private readonly objects = MutableHashMap.empty<unknown, Group<Item, A, E>>()
  private readonly orders = new Map<string, Fifo<Entry<Item, A, E>>>()
  /** Order keys of which an item did not succeed, where that stops the rest. */
  private readonly stopped = new Set<string>()
  private readonly turns = new Fifo<Group<Item, A, E>>()
  private last: Group<Item, A, E> | undefined = undefined

  constructor(options: GatherOptions<Item, A, E>) {
    this.options = options
  }

  /** The group of that key, by value. */
  group(key: unknown): Group<Item, A, E> {
    if (this.last !== undefined && Equal.equals(this.last.key, key)) return this.last
    let group = this.find(key)
    if (group === undefined) {
      group = {
        key,
        target: this.options.target(key),
        leave: this.options.leave,
        fresh: new Fifo(),
        retries: new Fifo(),
        rounds: new Heap(),
        parts: [],
        byId: new Ids(),
        pausedUntil: -Infinity,
        onProbation: false,
        halted: false,
        haltedBy: undefined,
        inFlight: 0,
        size: 0,
        listed: false,
        lingers: false
      }
      if (isObject(key)) MutableHashMap.set(this.objects, key, group)
      else this.primitives.set(key, group)
    }
    this.last = group
    return group
  }

  /** Takes an item in. False: it is a duplicate, and the policy refuses those. */
  admit(entry: Entry<Item, A, E>): boolean {
    const { group } = entry
    const first = group.byId.get(entry)
    if (first !== undefined) {
      if (this.options.refuseDuplicates) return false
      const before = lastOf(first)
      if (before.state !== "Settled" && isSame(before.item, entry.item)) {
        entry.tied().holder = before
        // One of them may have been applied by an earlier run: so may the other, which is the same.
        if (entry.maybeApplied) {
          before.maybeApplied = true
          if (before.word._tag === "None") before.word = entry.word
        }
        const ties = before.tied()
        if (ties.twins === undefined) ties.twins = [entry]
        else ties.twins.push(entry)
        group.size++
        return true
      }
      before.tied().nextOfId = entry
      first.tied().lastOfId = entry
    } else {
      group.byId.add(entry)
    }
    group.size++
    const orderKey = entry.ties?.orderKey
    if (orderKey !== undefined) {
      const order = this.orders.get(orderKey)
      if (order !== undefined) {
        order.push(entry)
        return true
      }
      const opened = new Fifo<Entry<Item, A, E>>()
      opened.push(entry)
      this.orders.set(orderKey, opened)
    }
    if (first === undefined) this.enqueue(entry)
    return true
  }

  /** An entry has its outcome: those that waited for it may go. */
  settled(entry: Entry<Item, A, E>): void {
    const { group } = entry
    const { ties } = entry
    group.size -= 1 + (ties?.twins?.length ?? 0)
    let next = ties?.nextOfId
    while (next !== undefined && next.state === "Settled") next = next.ties?.nextOfId
    // If another is before both, `next` waits for that one.
    if (group.byId.take(entry, next) && next !== undefined) {
      if (ties?.lastOfId !== next) next.tied().lastOfId = ties?.lastOfId
      this.release(next)
    }
    const order = ties?.orderKey === undefined ? undefined : this.orders.get(ties.orderKey)
    // One that waited behind the first leaves the first where it is, which may be on its way already.
    if (ties?.orderKey !== undefined && order?.at(0) === entry) {
      while (order.at(0)?.state === "Settled") order.drop(1)
      const first = order.at(0)
      if (first === undefined) this.orders.delete(ties.orderKey)
      else this.release(first)
    }
    this.forget(group)
  }

  /** Those that wait behind an entry under its order key. */
  behind(entry: Entry<Item, A, E>): ReadonlyArray<Entry<Item, A, E>> {
    const order = entry.ties?.orderKey === undefined ? undefined : this.orders.get(entry.ties.orderKey)
    const waiting: Array<Entry<Item, A, E>> = []
    let isBehind = false
    for (let i = 0, other = order?.at(0); other !== undefined; i++, other = order?.at(i)) {
      if (isBehind && other.state !== "Settled") waiting.push(other)
      if (other === entry) isBehind = true
    }
    return waiting
  }

  /** Nothing more goes under an order key. */
  stopOrder(orderKey: string | undefined): void {
    if (orderKey !== undefined) this.stopped.add(orderKey)
  }

  isStopped(orderKey: string | undefined): boolean {
    return orderKey !== undefined && this.stopped.has(orderKey)
  }

  /** Something of the group may be sent now. */
  mark(group: Group<Item, A, E>): void {
    if (group.listed) return
    group.listed = true
    this.turns.push(group)
  }

  /** The next batch that may go, of the group whose turn it is. It stays queued until `commit`. */
  next(now: number, lingers: (group: Group<Item, A, E>, at: number) => void): Batch<Item, A, E> | undefined {
    while (true) {
      const group = this.turns.at(0)
      if (group === undefined) return undefined
      const batch = this.form(group, now, lingers)
      if (batch !== undefined) return batch
      group.listed = false
      this.turns.drop(1)
      this.forget(group)
    }
  }

  /** The batch goes: takes its items out of the queues, and gives the turn to the next group. */
  commit(batch: Batch<Item, A, E>): void {
    const { group } = batch
    if (batch.part) group.parts.pop()
    group.retries.drop(batch.fromRetries)
    group.fresh.drop(batch.fromFresh)
    if (this.turns.at(0) === group) this.turns.drop(1)
    if (group.parts.length + group.retries.length + group.fresh.length > 0) this.turns.push(group)
    else group.listed = false
  }

  /** No more items come: what lingers may go. */
  close(): void {
    this.closed = true
    for (const group of this.groups()) this.mark(group)
  }

  groups(): ReadonlyArray<Group<Item, A, E>> {
    return [...this.primitives.values(), ...MutableHashMap.values(this.objects)]
  }

  /** Both first of its id and first of its order key: it may be sent. */
  private release(entry: Entry<Item, A, E>): void {
    if (entry.state !== "Queued" || entry.group.byId.get(entry) !== entry) return
    const orderKey = entry.ties?.orderKey
    if (orderKey !== undefined && this.orders.get(orderKey)?.at(0) !== entry) return
    this.enqueue(entry)
  }

  private enqueue(entry: Entry<Item, A, E>): void {
    const { group } = entry
    group.fresh.push(entry)
    // While a linger runs, only a full batch is news.
    const full = group.fresh.length >= this.options.maxItems || this.options.maxBytes !== Infinity
    if (!group.lingers || full) this.mark(group)
  }

  private form(
    group: Group<Item, A, E>,
    now: number,
    lingers: (group: Group<Item, A, E>, at: number) => void
  ): Batch<Item, A, E> | undefined {
    if (group.pausedUntil > now) return undefined
    while (group.parts.length > 0) {
      const part = group.parts[group.parts.length - 1]!
      const entries = part.entries.filter((entry) => entry.state === "Queued")
      if (entries.length > 0)
        return { group, entries, part: true, retries: retried(entries), fromRetries: 0, fromFresh: 0 }
      group.parts.pop()
    }
    const { maxBytes, maxItems } = this.options
    const entries: Array<Entry<Item, A, E>> = []
    let bytes = 0
    let full = false
    const fill = (queue: Fifo<Entry<Item, A, E>>): number => {
      let index = 0
      while (!full) {
        const entry = queue.at(index)
        if (entry === undefined) break
        if (entry.state === "Queued") {
          if (bytes + entry.size > maxBytes) full = true
          else {
            entries.push(entry)
            bytes += entry.size
            full = entries.length === maxItems
            index++
          }
        } else index++
      }
      return index
    }
    const fromRetries = fill(group.retries)
    const retries = retried(entries)
    // What was throttled goes first and alone, and its calls pay for themselves.
    const waits = group.onProbation && entries.length === 0 && group.inFlight > 0
    const fromFresh = waits ? 0 : fill(group.fresh)
    if (entries.length === 0) {
      group.retries.drop(fromRetries)
      group.fresh.drop(fromFresh)
      return undefined
    }
    if (!full && !this.closed && retries === undefined) {
      const due = entries[0]!.since + this.options.linger
      if (due > now) {
        if (!group.lingers) {
          group.lingers = true
          lingers(group, due)
        }
        return undefined
      }
    }
    return { group, entries, part: false, retries, fromRetries, fromFresh }
  }

  /** A group without items costs nothing, unless it must be remembered as halted. */
  forget(group: Group<Item, A, E>): void {
    if (group.size > 0 || group.inFlight > 0 || group.listed || group.lingers || group.halted) return
    if (this.last === group) this.last = undefined
    // A group that was forgotten before may have a successor under its key, which stays.
    if (this.find(group.key) !== group) return
    if (isObject(group.key)) MutableHashMap.remove(this.objects, group.key)
    else this.primitives.delete(group.key)
  }

  private find(key: unknown): Group<Item, A, E> | undefined {
    return isObject(key) ? Option.getOrUndefined(MutableHashMap.get(this.objects, key)) : this.primitives.get(key)
  }
}

/** The last of those with the same id, settled or not: who comes next is tied to it. */
const lastOf = <Item, A, E>(first: Entry<Item, A, E>): Entry<Item, A, E> => {
  let last = first.ties?.lastOfId ?? first
  while (last.ties?.nextOfId !== undefined) last = last.ties.nextOfId
  return last
}

/**
 * Items bring their own equality, which may die, and what hides its content (a `Blob`) equals any other of its kind:
 * such items are sent one after the other, and none is lost.
 */
const isSame = (a: unknown, b: unknown): boolean => {
  try {
    return a === b || (Equal.equals(a, b) && isOpen(a))
  } catch {
    return false
  }
}

/** Is there nothing in it that cannot be seen? */
const isOpen = (value: unknown): boolean => {
  if (!isObject(value) || Equal.isEqual(value) || value instanceof Date || ArrayBuffer.isView(value)) return true
  if (value instanceof Map || value instanceof Set) return Array.from(value).every(isOpen)
  const members: ReadonlyArray<unknown> = Object.values(value)
  const isPlain = [null, Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value))
  return (isPlain || members.length > 0) && members.every(isOpen)
}

const isObject = (key: unknown): key is object => typeof key === "object" && key !== null

/** Every unsettled entry of the group, but twins, in the order of the input. */
export const unsettled = <Item, A, E>(group: Group<Item, A, E>): ReadonlyArray<Entry<Item, A, E>> => {
  const all: Array<Entry<Item, A, E>> = []
  for (const first of group.byId.unsettled()) {
    for (let entry: typeof first | undefined = first; entry !== undefined; entry = entry.ties?.nextOfId) all.push(entry)
  }
  return all.toSorted((a, b) => a.position - b.position)
}

const retried = (entries: ReadonlyArray<{ readonly retries: "throttle" | "failure" | undefined }>) => {
  let retries: "throttle" | "failure" | undefined
  for (const entry of entries) {
    if (entry.retries === "failure") return "failure"
    if (entry.retries === "throttle") retries = "throttle"
  }
  return retries
}
