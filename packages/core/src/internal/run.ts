/**
 * The state of one run. The steps (`check`, `gather`, `pace`, `call`, `answer`, `settle`) and the ways back (`retry`,
 * `isolate`) are plain functions on it: they are told what happens and change it, without any effect of their own, so
 * that each runs to its end undisturbed and an item is at each moment in exactly one place. `drive.ts` gives it time
 * and fibers.
 */
import * as Duration from "effect/Duration"
import type * as Fiber from "effect/Fiber"
import type { BatchOperation } from "../BatchOperation.ts"
import type { Complete } from "../BatchPolicy.ts"
import type { CallError } from "../CallError.ts"
import type { Fate } from "../Fate.ts"
import type { Attempt, Ending, Outcome, Past, Tag } from "../Outcome.ts"
import type { Contradiction } from "../Report.ts"
import { findings } from "./check.ts"
import type { Done, Entry } from "./entry.ts"
import { Gather, type Group } from "./gather.ts"
import type { Limits, Pace, Waiter } from "./pace.ts"
import { Roster } from "./roster.ts"
import { abandon } from "./stop.ts"
import { Timers } from "./timers.ts"

/** A call in flight. */
export interface Call<Item, A, E> {
  readonly number: number
  readonly group: Group<Item, A, E>
  /** None once the call is over: whatever still refers to it must not keep its items alive. */
  entries: ReadonlyArray<Entry<Item, A, E>>
  /** Is it a part of a rejected call? */
  readonly part: boolean
  /** Retry tokens it paid. */
  readonly cost: number
  /** Dispatch, in milliseconds since the epoch and of the monotonic clock. */
  readonly at: number
  readonly startedAt: number
  /** What came of it, once it was heard or is not waited for any more. */
  fate: Fate["_tag"] | "Answered" | undefined
  /** What runs it, if it did not return at once. */
  fiber: Fiber.Fiber<unknown> | undefined
}

/** Where the items stand; those that are in none of these are queued. */
export interface Stats {
  pulled: number
  settled: number
  waiting: number
  inFlight: number
  calls: number
  retries: number
  throttles: number
  /** Milliseconds in which a batch was ready and the quota did not allow a call. */
  quotaWait: number
  readonly outcomes: { [T in Tag]: number }
}

/** What an earlier run left of an item. */
export interface Earlier {
  readonly position: number
  readonly history: ReadonlyArray<Attempt>
  readonly maybeApplied: boolean
}

/** What the run tells. */
export interface Listener<Item, A, E> {
  /** An item is settled; `done` is the caller's who waits for it alone, to be called outside of the engine. */
  readonly outcome: (outcome: Outcome<Item, A, E | CallError>, done: Done<Item, A, E> | undefined) => void
  /** There is something to do: call `advance`. */
  readonly wake: () => void
  /** A call is over, with its fate or with an answer. */
  readonly returned: (fate: Fate["_tag"] | "Answered") => void
}

/** Time and chance, as the run sees them. */
export interface World {
  /** Milliseconds of the monotonic clock. */
  readonly now: () => number
  /** Milliseconds since the epoch. */
  readonly wall: () => number
  /** In [0, 1). */
  readonly random: () => number
  /** The next wait of an item under the operation's own schedule; nothing when the schedule ended. */
  readonly scheduled: ((entry: object, error: unknown) => number | undefined) | undefined
}

const keptContradictions = 100

export class Run<Item, A, E, R> implements Waiter {
  readonly stats: Stats = {
    pulled: 0,
    settled: 0,
    waiting: 0,
    inFlight: 0,
    calls: 0,
    retries: 0,
    throttles: 0,
    quotaWait: 0,
    outcomes: { Succeeded: 0, Failed: 0, Exhausted: 0, Unknown: 0, NotAttempted: 0, Invalid: 0 }
  }
  readonly contradictions: Array<Contradiction & { readonly call: number }> = []
  contradicted = 0
  /** Why the run ended before its source did. */
  ending: Ending | undefined = undefined
  readonly operation: BatchOperation<Item, A, E, R>
  readonly policy: Complete
  readonly limits: Limits
  readonly listener: Listener<Item, A, E>
  readonly world: World
  readonly pace: Pace
  readonly gather: Gather<Item, A, E>
  readonly timers = new Timers()
  /** In the order of their dispatch. */
  readonly inFlight = new Roster<Call<Item, A, E>>()
  readonly found = findings<Item, A, E>()
  readonly earlier: ReadonlyArray<Earlier> | undefined
  /** Most positions that are pulled and not settled. */
  readonly window: number
  readonly maxItems: number
  readonly maxBytes: number
  /** Milliseconds. */
  readonly callTimeout: number
  /** Longest wait that a hint of the service may cause, in milliseconds. */
  readonly longestHint: number
  /** Longest time that an item may wait for others, in milliseconds. */
  readonly linger: number
  /** Milliseconds from taking an item in. */
  readonly itemDeadline: number
  /** Of the monotonic clock. */
  readonly runDeadline: number
  /** When the quota is worth asking again. */
  paceAt = Infinity
  /** Since when a batch waits for the quota. */
  pacedSince: number | undefined = undefined
  /** The store of the quota is to be asked for a reservation. */
  mustReserve = false
  /** A timer for the next item deadline is set. */
  watchesDeadline = false
  /** Calls that failed since the last one that did not. */
  failedInRow = 0
  /** The budget refused a retry, and nothing was paid back since. */
  isDry = false
  /** The error that halted the run. */
  haltedBy: E | CallError | undefined = undefined
  /** It serves callers who come at any time, and outlives what ends the run of a list. */
  readonly isLasting: boolean
  /** What the earlier calls of an item leave open: nothing, or whether it was applied. */
  readonly clear: Past
  readonly open: Past

  constructor(
    operation: BatchOperation<Item, A, E, R>,
    policy: Complete,
    limits: Limits,
    world: World,
    listener: Listener<Item, A, E>,
    earlier: ReadonlyArray<Earlier> | undefined,
    isLasting: boolean
  ) {
    this.operation = operation
    this.policy = policy
    this.limits = limits
    this.world = world
    this.listener = listener
    this.earlier = earlier
    this.isLasting = isLasting
    this.pace = operation.quota.pace
    this.clear = { maybeApplied: false, read: operation.read, goneIsSuccess: policy.goneIsSuccess }
    this.open = { ...this.clear, maybeApplied: true }
    const maxItems = Math.min(
      operation.limits.maxItems,
      policy.maxItems ?? Infinity,
      // A call of more items than a bucket holds could never go.
      ...limits.items.map((bucket) => bucket.burst)
    )
    this.maxItems = maxItems
    this.maxBytes = Math.min(operation.limits.maxBytes ?? Infinity, policy.maxBytes ?? Infinity)
    // Whole batches, so that the window itself never makes a small one.
    this.window = Math.ceil((policy.window ?? 2 * policy.concurrency * maxItems) / maxItems) * maxItems
    const { backoff } = policy
    this.longestHint =
      Duration.toMillis(policy.hintSlack) +
      Duration.toMillis(backoff._tag === "Constant" ? backoff.delay : backoff.throttledBase)
    this.callTimeout = Duration.toMillis(policy.callTimeout)
    this.linger = Duration.toMillis(policy.linger)
    this.itemDeadline = policy.itemDeadline === undefined ? Infinity : Duration.toMillis(policy.itemDeadline)
    this.runDeadline =
      policy.runDeadline === undefined || isLasting ? Infinity : world.now() + Duration.toMillis(policy.runDeadline)
    this.gather = new Gather({
      maxItems,
      maxBytes: this.maxBytes,
      linger: this.linger,
      refuseDuplicates: policy.duplicates === "refuse",
      target: operation.target,
      leave: (entry) => abandon(this, entry)
    })
  }

  wake(): void {
    this.listener.wake()
  }

  /** Everything that was pulled has its outcome, and nothing more comes. */
  get done(): boolean {
    return (this.gather.closed || this.ending !== undefined) && this.stats.settled === this.stats.pulled
  }

  /** When there is something to do at the latest, if nothing else happens. */
  get nextWake(): number {
    const oldest = this.inFlight.first
    return Math.min(
      this.timers.next,
      this.paceAt,
      oldest === undefined ? Infinity : oldest.startedAt + this.callTimeout
    )
  }

  contradict(call: Call<Item, A, E>, contradiction: Contradiction): void {
    this.contradicted++
    if (this.contradictions.length < keptContradictions) {
      this.contradictions.push({ ...contradiction, call: call.number })
    }
  }

  requestId(answered: unknown): string | undefined {
    try {
      return this.operation.requestId(answered)
    } catch {
      // A history without a request id is better than a call without an outcome.
      return undefined
    }
  }
}
