/**
 * The step `pace`: who may call when. A slot first, then tokens for the call and its items in one step, then nothing
 * before the dispatch. Plain state, shared by all runs under one quota; those who wait are served in turn.
 *
 * All times are milliseconds of the monotonic clock.
 */
import * as Duration from "effect/Duration"
import type { Complete, Rate } from "../BatchPolicy.ts"
import type { Fate } from "../Fate.ts"
import type { Quota } from "../Quota.ts"
import * as Adaptive from "./adaptive.ts"

/** A run (or the queue of `Bulk.request`) that takes part in a quota. */
export interface Waiter {
  /** Called when it is its turn to ask again. */
  readonly wake: () => void
  /** Its own calls in flight. When one of them is over, it asks again by itself. */
  readonly inFlight: { readonly size: number }
}

/** What a run must heed, resolved once from its policy and the quota. */
export interface Limits {
  /** Most calls in flight of the run itself, and of all who share the quota. */
  readonly concurrency: number
  readonly slots: number | undefined
  readonly calls: ReadonlyArray<Bucket>
  readonly items: ReadonlyArray<Bucket>
  readonly adaptive: { readonly limit: Adaptive.Adaptive; readonly share: Share | undefined } | undefined
  /** The rate that processes share through a store, if there is one. */
  readonly rate: Rate | undefined
}

/** Asks that the caller reserve a call in the store of the quota, then ask again. */
export const RESERVE = -1

export interface Pace {
  /** Calls in flight now. */
  readonly inFlight: number
  /** Retry tokens in use. */
  readonly spent: number
  /** Calls per second that the adaptive limit allows now, if it is in use. */
  readonly adaptiveRate: number | undefined
  readonly limits: (quota: Quota, policy: Complete, shared: boolean) => Limits
  /** 0: go, it is booked. Otherwise the milliseconds until it is worth asking again; infinite: wait to be woken. */
  readonly take: (waiter: Waiter, limits: Limits, items: number, now: number) => number
  /** The waiter asks no more. */
  readonly leave: (waiter: Waiter) => void
  /** A call is over. What did not come from the service for sure (a transient fate) says nothing about its quota. */
  readonly returned: (limits: Limits, sentAt: number, now: number, fate: Fate | undefined, longestHint: number) => void
  /** Pays for a retry. */
  readonly spend: (cost: number) => void
  readonly refund: (tokens: number) => void
  /** The store is being asked, or not any more. */
  readonly reserving: (now: boolean) => void
  /** Books a reservation of the store: the next call may go at `at`. True: calls have gone without it until now. */
  readonly reserved: (at: number) => boolean
  /** The store gave no answer: calls go without it, and it is asked again after a while. True: that is new. */
  readonly unreserved: (now: number) => boolean
}

/** Milliseconds in which a store that gave no answer is left alone. */
const storePause = 5_000

export const make = (): Pace => new State()

class State implements Pace {
  inFlight = 0
  spent = 0
  private readonly waiters = new Set<Waiter>()
  private readonly buckets = new Map<string, Bucket>()
  private readonly shares = new Map<number, Share>()
  private adaptive: Adaptive.Adaptive | undefined
  /** The largest `concurrency` that a run asked for: the slots where the quota does not say. */
  private largest = 1
  private reservation: number | undefined
  private isReserving = false
  /** While the store is given up: when it is asked again. */
  private askStoreAt: number | undefined

  get adaptiveRate() {
    return this.adaptive?.rate
  }

  limits(quota: Quota, policy: Complete, shared: boolean): Limits {
    const rate = policy.rate ?? quota.rate ?? "adaptive"
    const itemRate = policy.itemRate ?? quota.itemRate
    const share = policy.share ?? 1
    const calls = rate === "adaptive" ? [] : this.bucketsOf("calls", rate, share)
    const items = itemRate === undefined ? [] : this.bucketsOf("items", itemRate, share)
    // A rate of its own below the documented one does not make more of that.
    if (quota.rate !== undefined && rate !== "adaptive" && isWithin(rate, quota.rate)) {
      calls.push(this.bucketOf("calls", quota.rate, 1))
    }
    if (quota.itemRate !== undefined && itemRate !== undefined && isWithin(itemRate, quota.itemRate)) {
      items.push(this.bucketOf("items", quota.itemRate, 1))
    }
    if (policy.concurrency > this.largest) {
      this.largest = policy.concurrency
      this.wakeHead()
    }
    return {
      concurrency: policy.concurrency,
      slots: quota.concurrency,
      calls,
      items,
      adaptive:
        rate === "adaptive"
          ? { limit: (this.adaptive ??= Adaptive.make()), share: share < 1 ? this.shareOf(share) : undefined }
          : undefined,
      rate: shared && rate !== "adaptive" ? rate : undefined
    }
  }

  take(waiter: Waiter, limits: Limits, items: number, now: number): number {
    const own = waiter.inFlight.size >= limits.concurrency ? Infinity : this.ownWait(limits, items, now)
    if (own > 0) {
      // Held back by its own limits, it must not hold back those behind it.
      this.leave(waiter)
      return own
    }
    const head = this.waiters.values().next().value
    if (head !== undefined && head !== waiter) {
      this.waiters.add(waiter)
      return Infinity
    }
    if (this.inFlight >= (limits.slots ?? this.largest)) {
      this.waiters.add(waiter)
      return Infinity
    }
    let wait = 0
    for (const bucket of limits.calls) wait = Math.max(wait, bucket.wait(1, now))
    for (const bucket of limits.items) wait = Math.max(wait, bucket.wait(items, now))
    if (limits.adaptive !== undefined) wait = Math.max(wait, limits.adaptive.limit.nextAt(now) - now)
    if (limits.rate !== undefined) {
      const interval = Duration.toMillis(limits.rate.per) / limits.rate.count
      // A reservation that nobody came for would let two calls go close together.
      if (this.reservation !== undefined && this.reservation + interval < now) this.reservation = undefined
      if (this.reservation !== undefined) wait = Math.max(wait, this.reservation - now)
      // The store is asked while there is still some time to wait, but not so early that the reservation gets old.
      else if (wait > interval / 2) wait -= interval / 2
      else if (!this.isReserving && now >= (this.askStoreAt ?? -Infinity)) {
        this.waiters.add(waiter)
        return RESERVE
      } else if (this.askStoreAt === undefined) {
        this.waiters.add(waiter)
        return Infinity
      }
      // Else without the store: the process keeps to the rate by itself, with its own buckets.
    }
    if (wait > 0) {
      this.waiters.add(waiter)
      return wait
    }
    if (limits.rate !== undefined) this.reservation = undefined
    this.book(limits, items, now)
    this.inFlight++
    this.leave(waiter)
    return 0
  }

  leave(waiter: Waiter): void {
    const wasHead = this.waiters.values().next().value === waiter
    this.waiters.delete(waiter)
    if (wasHead) this.wakeHead()
  }

  returned(limits: Limits, sentAt: number, now: number, fate: Fate | undefined, longestHint: number): void {
    this.inFlight--
    if (fate?._tag === "Transient") limits.adaptive?.limit.lost(sentAt)
    else {
      const hint = fate?._tag === "Throttled" ? fate.retryAfter : undefined
      const retryAfter = hint === undefined ? undefined : Math.min(hint, longestHint)
      limits.adaptive?.limit.returned(now, fate?._tag === "Throttled", sentAt, retryAfter)
    }
    this.wakeHead()
  }

  spend(cost: number): void {
    this.spent += cost
  }

  refund(tokens: number): void {
    this.spent = Math.max(0, this.spent - tokens)
  }

  reserving(now: boolean): void {
    this.isReserving = now
    // Those who go without the store do not wait for it.
    if (!now || this.askStoreAt !== undefined) this.wakeHead()
  }

  reserved(at: number): boolean {
    const wasAway = this.askStoreAt !== undefined
    this.askStoreAt = undefined
    this.reservation = at
    return wasAway
  }

  unreserved(now: number): boolean {
    const isNew = this.askStoreAt === undefined
    this.askStoreAt = now + storePause
    return isNew
  }

  /** How long the run must wait for its share of the quota. */
  private ownWait({ adaptive, calls, items: itemBuckets }: Limits, items: number, now: number): number {
    let wait = adaptive?.share === undefined ? 0 : adaptive.share.nextAt - now
    for (const bucket of calls) if (!bucket.whole) wait = Math.max(wait, bucket.wait(1, now))
    for (const bucket of itemBuckets) if (!bucket.whole) wait = Math.max(wait, bucket.wait(items, now))
    return wait
  }

  private wakeHead(): void {
    this.waiters.values().next().value?.wake()
  }

  /** Takes from the run's own buckets, and from those of other rates what is there: it is the same quota. */
  private book(limits: Limits, items: number, now: number): void {
    for (const bucket of this.buckets.values()) {
      if (limits.calls.includes(bucket)) bucket.take(1, now)
      else if (limits.items.includes(bucket)) bucket.take(items, now)
      else if (bucket.whole) bucket.debit(bucket.unit === "calls" ? 1 : items, now)
    }
    limits.adaptive?.limit.sent(now)
    limits.adaptive?.share?.sent(now, limits.adaptive.limit.rate)
  }

  private bucketsOf(unit: Bucket["unit"], rate: Rate, share: number): Array<Bucket> {
    const buckets = [this.bucketOf(unit, rate, 1)]
    if (share < 1) buckets.push(this.bucketOf(unit, rate, share))
    return buckets
  }

  private bucketOf(unit: Bucket["unit"], { burst, count, per }: Rate, share: number): Bucket {
    const period = Duration.toMillis(per)
    const key = `${unit} ${count}/${period} ${burst} ${share}`
    let bucket = this.buckets.get(key)
    if (bucket === undefined) {
      bucket = new Bucket(unit, share === 1, (share * count) / period, Math.max(1, Math.floor(share * burst)))
      this.buckets.set(key, bucket)
    }
    return bucket
  }

  private shareOf(part: number): Share {
    let share = this.shares.get(part)
    if (share === undefined) {
      share = new Share(part)
      this.shares.set(part, share)
    }
    return share
  }
}

const isWithin = (rate: Rate, documented: Rate): boolean =>
  rate.count / Duration.toMillis(rate.per) <= documented.count / Duration.toMillis(documented.per)

/** A token bucket: at most `burst` at once, and `perMilli` more each millisecond. */
class Bucket {
  readonly unit: "calls" | "items"
  /** Does it stand for the whole quota, not for a share of it? */
  readonly whole: boolean
  readonly burst: number
  private readonly perMilli: number
  private level: number
  private at = -Infinity

  constructor(unit: "calls" | "items", whole: boolean, perMilli: number, burst: number) {
    this.unit = unit
    this.whole = whole
    this.perMilli = perMilli
    this.burst = burst
    this.level = burst
  }

  wait(count: number, now: number): number {
    this.refill(now)
    // A wait that was slept out must not fall short by a rounding error.
    return this.level >= count - 1e-9 ? 0 : (count - this.level) / this.perMilli
  }

  take(count: number, now: number): void {
    this.refill(now)
    this.level -= count
  }

  debit(count: number, now: number): void {
    this.refill(now)
    this.level = Math.max(0, this.level - count)
  }

  private refill(now: number): void {
    // The clock of another test.
    if (now < this.at) this.at = now
    if (now > this.at) {
      this.level = Math.min(
        this.burst,
        this.at === -Infinity ? this.burst : this.level + (now - this.at) * this.perMilli
      )
      this.at = now
    }
  }
}

/** A share of a rate that is being found by trying: its calls keep that much more distance. */
class Share {
  nextAt = -Infinity
  private readonly part: number

  constructor(part: number) {
    this.part = part
  }

  sent(now: number, rate: number): void {
    this.nextAt = Math.max(now, this.nextAt) + 1000 / (rate * this.part)
  }
}
