/**
 * The engine of one run: a plain state machine that is told what happens (an item came, a call returned, time went
 * by, stop) and says which calls to start. It makes no effect of its own: `drive.ts` gives it time and fibers. So
 * every step below runs to its end undisturbed, and an item is at each moment in exactly one place.
 *
 * The way of an item: check, gather, pace, call, answer, settle. `settle` is the only way out, and `retry` and
 * `isolate` the only ways back.
 */
import * as Cause from "effect/Cause"
import * as Duration from "effect/Duration"
import * as Exit from "effect/Exit"
import type * as Tracer from "effect/Tracer"
import type { BatchOperation } from "../BatchOperation.ts"
import type { Complete } from "../BatchPolicy.ts"
import * as CallError from "../CallError.ts"
import type { Fate } from "../Fate.ts"
import * as Outcome from "../Outcome.ts"
import type { Contradiction } from "../Report.ts"
import type { Verdict } from "../Verdict.ts"
import { attribute } from "./answer.ts"
import { check, findings } from "./check.ts"
import { Entry, type Ties } from "./entry.ts"
import { type Batch, Gather, type Group, unsettled } from "./gather.ts"
import * as Pace from "./pace.ts"
import * as Settle from "./settle.ts"
import { Timers } from "./timers.ts"

/** A call in flight. */
export interface Call<Item, A, E> {
  readonly number: number
  readonly group: Group<Item, A, E>
  readonly entries: ReadonlyArray<Entry<Item, A, E>>
  readonly part: boolean
  /** Retry tokens it paid. */
  readonly cost: number
  /** Dispatch, in milliseconds since the epoch and of the monotonic clock. */
  readonly at: number
  readonly startedAt: number
  /** What came of it was heard, or is not waited for any more. */
  over: boolean
  /** Cuts the call off. */
  abort: () => void
}

/** Where the items stand. `pulled = settled + queued + waiting + inFlight`, always. */
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
  readonly outcomes: { [Tag in Outcome.Tag]: number }
}

/** What an earlier run left of an item. */
export interface Earlier {
  readonly position: number
  readonly history: ReadonlyArray<Outcome.Attempt>
  readonly maybeApplied: boolean
}

/** What the engine tells. */
export interface Listener<Item, A, E> {
  /** An item is settled; `done` is the caller's who waits for it alone, to be called outside of the engine. */
  readonly outcome: (
    outcome: Outcome.Outcome<Item, A, E>,
    done: ((outcome: Outcome.Outcome<Item, A, E>) => void) | undefined
  ) => void
  /** There is something to do: call `advance`. */
  readonly wake: () => void
  /** A call returned, with its fate or with an answer. */
  readonly returned: (call: Call<Item, A, E>, fate: Fate["_tag"] | "Answered") => void
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

// Inside a run, an item can also meet the errors of the engine itself.
type CallOf<Item, A, E> = Call<Item, A, E | CallError.CallError>
type EntryOf<Item, A, E> = Entry<Item, A, E | CallError.CallError>
type GroupOf<Item, A, E> = Group<Item, A, E | CallError.CallError>
type BatchOf<Item, A, E> = Batch<Item, A, E | CallError.CallError>
type OutcomeOf<Item, A, E> = Outcome.Outcome<Item, A, E | CallError.CallError>
type Done<Item, A, E> = (outcome: OutcomeOf<Item, A, E>) => void

const failuresBeforeHalt = 10
const keptContradictions = 100

export class Engine<Item, A, E, R> implements Pace.Waiter {
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
  ending: Outcome.Ending | undefined = undefined
  /** The store of the quota is to be asked for a reservation. */
  mustReserve = false
  readonly operation: BatchOperation<Item, A, E, R>
  readonly policy: Complete
  readonly limits: Pace.Limits
  /** What is known of the items from an earlier run, in their order. */
  earlier: ReadonlyArray<Earlier> | undefined = undefined
  /** Most positions that are pulled and not settled. */
  readonly window: number
  private readonly listener: Listener<Item, A, E | CallError.CallError>
  private readonly world: World
  private readonly pace: Pace.Pace
  private readonly gather: Gather<Item, A, E | CallError.CallError>
  private readonly timers = new Timers()
  private readonly inFlight = new Set<CallOf<Item, A, E>>()
  private readonly found = findings()
  private readonly maxBytes: number
  private readonly callTimeout: number
  private readonly itemDeadline: number
  private readonly runDeadline: number
  private paceAt = Infinity
  /** Since when a batch waits for the quota. */
  private pacedSince: number | undefined = undefined
  private stopRuleMet = false

  constructor(
    operation: BatchOperation<Item, A, E, R>,
    policy: Complete,
    limits: Pace.Limits,
    world: World,
    listener: Listener<Item, A, E | CallError.CallError>
  ) {
    this.operation = operation
    this.policy = policy
    this.limits = limits
    this.world = world
    this.listener = listener
    this.pace = operation.quota.pace
    const maxItems = Math.min(
      operation.limits.maxItems,
      policy.maxItems ?? Infinity,
      // A call of more items than a bucket holds could never go.
      ...limits.items.map((bucket) => bucket.burst)
    )
    this.maxBytes = Math.min(operation.limits.maxBytes ?? Infinity, policy.maxBytes ?? Infinity)
    // Whole batches, so that the window itself never makes a small one.
    this.window = Math.ceil((policy.window ?? 2 * policy.concurrency * maxItems) / maxItems) * maxItems
    this.callTimeout = Duration.toMillis(policy.callTimeout)
    const now = world.now()
    this.itemDeadline = policy.itemDeadline === undefined ? Infinity : Duration.toMillis(policy.itemDeadline)
    this.runDeadline = policy.runDeadline === undefined ? Infinity : now + Duration.toMillis(policy.runDeadline)
    if (this.runDeadline !== Infinity) this.timers.add(this.runDeadline, () => this.end("deadline"))
    this.gather = new Gather({
      maxItems,
      maxBytes: this.maxBytes,
      linger: Duration.toMillis(policy.linger),
      refuseDuplicates: policy.duplicates === "refuse",
      target: operation.target
    })
  }

  wake(): void {
    this.listener.wake()
  }

  get closed(): boolean {
    return this.gather.closed
  }

  /** Everything that was pulled has its outcome, and nothing more comes. */
  get done(): boolean {
    return (this.closed || this.ending !== undefined) && this.stats.settled === this.stats.pulled
  }

  /** When `advance` is due at the latest, if nothing else happens. */
  get nextWake(): number {
    const oldest = this.inFlight.values().next().value
    return Math.min(
      this.timers.next,
      this.paceAt,
      oldest === undefined ? Infinity : oldest.startedAt + this.callTimeout
    )
  }

  // ---------------------------------------------------------------------------
  // Items in
  // ---------------------------------------------------------------------------

  /** The step `check`, and on to `gather`. Returns the entry as long as it has no outcome. */
  push(item: Item, now: number, done?: Done<Item, A, E>, caller?: Tracer.AnySpan): EntryOf<Item, A, E> | undefined {
    const { found, stats } = this
    const earlier = this.earlier?.[stats.pulled]
    const position = earlier?.position ?? stats.pulled
    stats.pulled++
    check(this.operation, this.maxBytes, item, found)
    if (found.issue !== undefined) {
      this.refuse(position, item, found.issue, done)
      return undefined
    }
    const group = this.gather.group(found.group)
    const ties: Ties<Item, A, E | CallError.CallError> | undefined =
      done === undefined && found.orderKey === undefined
        ? undefined
        : { ...(done && { done, caller }), ...(found.orderKey !== undefined && { orderKey: found.orderKey }) }
    const entry = new Entry(position, item, found.id, group, found.size, Math.floor(now), ties)
    if (earlier !== undefined) {
      entry.history = earlier.history
      entry.maybeApplied = !this.operation.read && earlier.maybeApplied
    }
    if (!Settle.mayResend(entry, this.operation)) {
      group.size++
      const why = "an earlier run may have applied it, and the operation is not idempotent"
      const error = new CallError.Unanswered({ operation: this.operation.name, id: entry.id, why })
      this.settle(entry, { _tag: "Unanswered", error }, "attempts")
      return undefined
    }
    if (this.ending !== undefined || group.halted) {
      group.size++
      this.settle(entry, entry.word, this.ending ?? "halted")
      return undefined
    }
    if (this.gather.admit(entry)) return entry
    this.refuse(position, item, `item '${found.id}' is a duplicate, and the policy refuses duplicates`, done)
    return undefined
  }

  /** No more items come. */
  close(): void {
    if (!this.closed) this.gather.close()
  }

  /** Nobody waits for this item any more: unless it is in flight or shared, it gets its outcome now. */
  abandon(entry: EntryOf<Item, A, E>): void {
    entry.tied().abandoned = true
    const sent = holderOf(entry)
    if (sent !== undefined && isForsaken(sent) && (sent.state === "Queued" || sent.state === "Waiting")) {
      this.settle(sent, sent.word, "interrupted")
    }
  }

  // ---------------------------------------------------------------------------
  // Calls out
  // ---------------------------------------------------------------------------

  /** Does all that is due, and says which calls to start, now. */
  advance(): ReadonlyArray<CallOf<Item, A, E>> {
    const now = this.world.now()
    this.timers.fire(now)
    for (const call of this.inFlight) {
      if (call.startedAt + this.callTimeout > now) break
      this.giveUp(call, new CallError.CallTimedOut({ operation: this.operation.name, after: this.callTimeout }))
    }
    const starts: Array<CallOf<Item, A, E>> = []
    this.paceAt = Infinity
    this.mustReserve = false
    while (this.ending === undefined) {
      const batch = this.gather.next(now, this.lingers)
      if (batch === undefined) {
        this.pace.leave(this)
        break
      }
      if (this.isPastDeadline(batch, now)) continue
      const cost = this.costOf(batch)
      if (this.isOverBudget(batch, cost)) continue
      const wait = this.pace.take(this, this.limits, batch.entries.length, now)
      if (wait !== 0) {
        if (wait === Pace.RESERVE) this.mustReserve = true
        else this.paceAt = now + wait
        this.pacedSince ??= now
        break
      }
      if (this.pacedSince !== undefined) {
        this.stats.quotaWait += now - this.pacedSince
        this.pacedSince = undefined
      }
      if (cost > 0) {
        this.pace.spend(cost, this.policy.budget.tokens)
        this.stats.retries++
      }
      this.gather.commit(batch)
      starts.push(this.start(batch, cost, now))
    }
    return starts
  }

  private start(batch: BatchOf<Item, A, E>, cost: number, now: number): CallOf<Item, A, E> {
    const { entries, group, part } = batch
    const call = {
      ...{ number: ++this.stats.calls, group, entries, part, cost },
      ...{ at: this.world.wall(), startedAt: now, over: false, abort: () => {} }
    }
    for (const entry of entries) entry.state = "InFlight"
    this.stats.inFlight += entries.length
    group.inFlight++
    this.inFlight.add(call)
    return call
  }

  private readonly lingers = (group: GroupOf<Item, A, E>, at: number): void => {
    this.timers.add(at, () => {
      group.lingers = false
      this.gather.mark(group)
    })
  }

  private costOf(batch: BatchOf<Item, A, E>): number {
    const { budget } = this.policy
    return batch.retries === undefined ? 0 : batch.retries === "throttle" ? budget.throttle : budget.retry
  }

  /** Retries that the budget does not allow get their outcome instead. */
  private isOverBudget(batch: BatchOf<Item, A, E>, cost: number): boolean {
    if (cost === 0 || this.pace.spent + cost <= this.policy.budget.tokens) return false
    for (const entry of batch.entries) if (entry.retries !== undefined) this.settle(entry, entry.word, "budget")
    this.haltIfHopeless()
    return true
  }

  private isPastDeadline(batch: BatchOf<Item, A, E>, now: number): boolean {
    if (this.itemDeadline === Infinity) return false
    const late = batch.entries.filter((entry) => entry.since + this.itemDeadline <= now)
    for (const entry of late) this.settle(entry, entry.word, "deadline")
    return late.length > 0
  }

  // ---------------------------------------------------------------------------
  // Calls back
  // ---------------------------------------------------------------------------

  /** A call returned: the steps `answer` and `settle`. */
  returned(call: CallOf<Item, A, E>, exit: Exit.Exit<unknown, E>): void {
    if (call.over) {
      if (Exit.isSuccess(exit)) this.contradict(call, { _tag: "LateAnswer" })
      return
    }
    if (Exit.isSuccess(exit)) this.answered(call, exit.value)
    else {
      const failure = Cause.findErrorOption(exit.cause)
      if (failure._tag === "Some") this.failed(call, this.fateOf(failure.value), failure.value)
      else if (Cause.hasInterruptsOnly(exit.cause)) this.giveUp(call, this.aborted())
      else this.failed(call, died, CallError.died(this.operation.name, "call", exit.cause))
    }
    this.listener.wake()
  }

  private fateOf(error: E): Fate {
    try {
      return this.operation.fate(error)
    } catch {
      // Without a fate nothing is known of the call, and the next one would be no better.
      return died
    }
  }

  private answered(call: CallOf<Item, A, E>, response: unknown): void {
    const now = this.over(call, "Answered", undefined)
    call.group.onProbation = false
    const requestId = this.requestId(response)
    const again: Array<EntryOf<Item, A, E>> = []
    let throttled = false
    let attempt: Outcome.Attempt | undefined
    const verdict = (entry: EntryOf<Item, A, E>, given: Verdict<A, E | CallError.CallError>): void => {
      const judged = this.operation.judge === undefined ? given : this.operation.judge(given, entry.item)
      const word = Settle.reviseVerdict(judged, this.policy)
      this.landed(entry)
      entry.tries++
      const error = word._tag === "Succeeded" ? undefined : Settle.tagOf(word.error)
      if (attempt === undefined || attempt.word !== word._tag || attempt.error !== error) {
        attempt = attemptOf(call, word._tag, word._tag === "Unanswered" ? "maybe" : "no", error, requestId)
      }
      entry.history = Settle.record(entry.history, attempt)
      if (word._tag === "Terminal" && word.candidates !== undefined && this.resolves(call)) {
        entry.word = word
        call.group.parts.push({ entries: [entry] })
        return
      }
      entry.attempts++
      if (word._tag === "Succeeded" || word._tag === "Terminal") return this.settle(entry, word, "attempts")
      if (word._tag === "Unanswered") entry.maybeApplied = entry.maybeApplied || !this.operation.read
      else throttled = throttled || word.throttled
      entry.word = word
      again.push(entry)
    }
    try {
      attribute(this.operation.name, call.entries, this.operation.answer(itemsOf(call.entries), response), {
        verdict,
        contradiction: (contradiction) => this.contradict(call, contradiction)
      })
    } catch (defect) {
      // The call was answered and may have done its work, but nobody can say for which items.
      const error = CallError.died(this.operation.name, "answer", Cause.die(defect))
      for (const entry of call.entries) {
        if (entry.state !== "InFlight") continue
        this.landed(entry)
        entry.tries++
        entry.attempts++
        entry.maybeApplied = entry.maybeApplied || !this.operation.read
        entry.word = { _tag: "Unanswered", error }
        entry.history = Settle.record(entry.history, attemptOf(call, "Unanswered", "maybe", error._tag, requestId))
        again.push(entry)
      }
    }
    const healthy = again.length < call.entries.length
    this.pace.judged(!healthy)
    if (healthy) this.pace.refund(Math.max(1, call.cost))
    this.retry(call, again, { throttled, hint: undefined, whole: false }, now)
    this.gather.mark(call.group)
    this.haltIfHopeless()
    this.stopIfRuleMet()
  }

  /** Is an error that may be of any missing item to be told apart by calls of one item? */
  private resolves(call: CallOf<Item, A, E>): boolean {
    return this.policy.candidates === "resolve" && call.entries.length > 1 && this.ending === undefined
  }

  private failed(call: CallOf<Item, A, E>, given: Fate, error: E | CallError.CallError): void {
    const fate = Settle.reviseFate(given, error, this.policy)
    const now = this.over(call, fate._tag, fate)
    const { entries, group } = call
    const { idempotent, read } = this.operation
    const applied = read ? "no" : fate.applied
    const tooLarge = fate._tag === "TooLarge"
    const halve =
      (tooLarge || (fate._tag === "Rejected" && this.policy.isolate)) &&
      entries.length > 1 &&
      this.ending === undefined &&
      (applied === "no" || idempotent)
    const isAttempt = fate._tag !== "Throttled" && !halve
    const word = { _tag: "Fate", fate, error, alone: entries.length === 1 } as const
    const attempt = attemptOf(call, fate._tag, applied, Settle.tagOf(error), this.requestId(error))
    for (const entry of entries) {
      this.landed(entry)
      entry.word = word
      entry.history = Settle.record(entry.history, attempt)
      if (applied === "maybe") entry.maybeApplied = true
      if (isAttempt) entry.attempts++
      if (!halve) entry.tries++
    }
    const transient = fate._tag === "Throttled" || fate._tag === "Transient"
    if (transient) {
      this.pace.judged(true)
      if (fate._tag === "Throttled") {
        this.stats.throttles++
        group.onProbation = true
      }
      this.retry(call, entries, { throttled: fate._tag === "Throttled", hint: fate.retryAfter, whole: true }, now)
      this.haltIfHopeless()
    } else if (halve) {
      const [left, right] = Settle.halves(entries)
      group.parts.push({ entries: right }, { entries: left })
    } else {
      for (const entry of entries) this.settle(entry, word, this.ending ?? "attempts")
      if (fate._tag === "Fatal") {
        if (fate.halts === "run") this.end("halted")
        else this.haltGroup(group)
      }
    }
    this.gather.mark(group)
    this.stopIfRuleMet()
  }

  /** The call is not waited for any more. It may have been applied. */
  private giveUp(call: CallOf<Item, A, E>, error: CallError.CallError): void {
    call.abort()
    this.failed(call, { _tag: "Transient", applied: "maybe" }, error)
  }

  private aborted(): CallError.CallAborted {
    return new CallError.CallAborted({ operation: this.operation.name })
  }

  private over(call: CallOf<Item, A, E>, tag: Fate["_tag"] | "Answered", fate: Fate | undefined) {
    const now = this.world.now()
    call.over = true
    this.inFlight.delete(call)
    call.group.inFlight--
    const throttled = fate?._tag === "Throttled"
    this.pace.returned(this.limits, call.startedAt, now, throttled, throttled ? fate.retryAfter : undefined)
    this.listener.returned(call, tag)
    return now
  }

  private landed(entry: EntryOf<Item, A, E>): void {
    entry.state = "Queued"
    entry.retries = undefined
    this.stats.inFlight--
  }

  // ---------------------------------------------------------------------------
  // Again, or out
  // ---------------------------------------------------------------------------

  /** Sends items again at their due time, as far as policy and nature of the operation allow. */
  private retry(
    call: CallOf<Item, A, E>,
    entries: ReadonlyArray<EntryOf<Item, A, E>>,
    failure: { readonly throttled: boolean; readonly hint: number | undefined; readonly whole: boolean },
    now: number
  ): void {
    if (entries.length === 0) return
    const { group } = call
    const { operation, policy } = this
    const tries = entries.reduce((most, entry) => Math.max(most, entry.tries), 1)
    const usual = Settle.delay(policy, tries, failure.throttled, failure.hint, this.world.random())
    const byWait = new Map<number, Array<EntryOf<Item, A, E>>>()
    for (const entry of entries) {
      const error = entry.word._tag === "None" || entry.word._tag === "Succeeded" ? undefined : entry.word.error
      const scheduled = this.world.scheduled?.(entry, error)
      const wait = this.world.scheduled === undefined ? usual : Settle.clamp(scheduled ?? 0, policy, failure.hint)
      const ended = this.world.scheduled !== undefined && scheduled === undefined
      const final = ended || Settle.isFinal(error, policy) || !Settle.mayResend(entry, operation)
      const isThrottle = failure.throttled && failure.whole
      const ending =
        this.ending ??
        (isForsaken(entry)
          ? "interrupted"
          : final
            ? "attempts"
            : Settle.bound(entry, isThrottle, policy.maxAttempts)) ??
        (now + wait > Math.min(entry.since + this.itemDeadline, this.runDeadline) ? "deadline" : undefined)
      if (ending !== undefined) {
        this.settle(entry, entry.word, ending)
        continue
      }
      entry.state = "Waiting"
      entry.retries = failure.throttled ? "throttle" : "failure"
      this.stats.waiting++
      const same = byWait.get(wait)
      if (same === undefined) byWait.set(wait, [entry])
      else same.push(entry)
    }
    for (const [wait, waiting] of byWait) {
      const due = now + wait
      if (failure.throttled && failure.whole) group.pausedUntil = Math.max(group.pausedUntil, due)
      this.timers.add(due, () => {
        for (const entry of waiting) {
          if (entry.state !== "Waiting") continue
          entry.state = "Queued"
          this.stats.waiting--
          if (!(call.part && failure.whole)) group.retries.push(entry)
        }
        // A part that did not get through stays by itself: what spoils the call may be in it.
        if (call.part && failure.whole) group.parts.push({ entries: waiting })
        this.gather.mark(group)
      })
    }
  }

  /** The way out: the outcome of an entry, and of those equal to it. */
  private settle(
    entry: EntryOf<Item, A, E>,
    word: Outcome.Word<A, E | CallError.CallError>,
    ending: Outcome.Ending
  ): void {
    const past = {
      maybeApplied: entry.maybeApplied,
      read: this.operation.read,
      goneIsSuccess: this.policy.goneIsSuccess
    }
    if (entry.state === "Waiting") this.stats.waiting--
    entry.state = "Settled"
    const outcome = Outcome.decide(entry, word, past, ending)
    const { ties } = entry
    this.emit(outcome, ties?.done)
    for (const twin of ties?.twins ?? []) {
      twin.state = "Settled"
      this.emit({ ...outcome, position: twin.position, item: twin.item }, twin.ties?.done)
    }
    if (outcome._tag !== "Succeeded" && this.policy.stopOrderOnFailure) {
      for (const other of this.gather.behind(entry)) this.settle(other, other.word, "halted")
    }
    this.gather.settled(entry)
  }

  private refuse(position: number, item: Item, issue: string, done: Done<Item, A, E> | undefined): void {
    const { group, id } = this.found
    let target = ""
    try {
      target = group === undefined ? "" : this.operation.target(group)
    } catch {
      // What cannot even name its target is refused without one.
    }
    this.emit({ _tag: "Invalid", position, item, id, target, attempts: 0, history: [], issue }, done)
  }

  private emit(outcome: OutcomeOf<Item, A, E>, done: Done<Item, A, E> | undefined): void {
    const { stats } = this
    stats.settled++
    stats.outcomes[outcome._tag]++
    this.listener.outcome(outcome, done)
    const rule = this.policy.stopWhen
    if (rule !== undefined && stats.settled >= rule.after) {
      const bad = stats.settled - stats.outcomes.Succeeded
      this.stopRuleMet ||= bad >= (rule.count ?? Infinity) || bad / stats.settled >= (rule.share ?? Infinity)
    }
  }

  // ---------------------------------------------------------------------------
  // Stopping
  // ---------------------------------------------------------------------------

  /**
   * No more calls. What was never sent or waits gets its outcome now; what is in flight may finish within the
   * policy's grace, and is cut off at once by an interruption.
   */
  end(ending: Outcome.Ending): void {
    const first = this.ending === undefined
    if (first) {
      this.ending = ending
      this.timers.clear()
      this.paceAt = Infinity
      this.pace.leave(this)
      for (const group of this.gather.groups()) this.drain(group, ending)
    }
    if (ending === "interrupted") this.cutOff()
    else if (first && this.inFlight.size > 0) {
      this.timers.add(this.world.now() + Duration.toMillis(this.policy.grace), () => this.cutOff())
    }
    this.listener.wake()
  }

  private cutOff(): void {
    for (const call of [...this.inFlight]) this.giveUp(call, this.aborted())
  }

  private haltGroup(group: GroupOf<Item, A, E>): void {
    group.halted = true
    this.drain(group, "halted")
  }

  private drain(group: GroupOf<Item, A, E>, ending: Outcome.Ending): void {
    for (const entry of unsettled(group)) {
      if (entry.state === "Queued" || entry.state === "Waiting") this.settle(entry, entry.word, ending)
    }
    group.parts.length = 0
    group.retries.clear()
    group.fresh.clear()
  }

  /** With no budget for even one retry and nothing but failures, more calls only do harm. */
  private haltIfHopeless(): void {
    const { budget } = this.policy
    const dry = this.pace.spent + Math.min(budget.retry, budget.throttle) > budget.tokens
    if (dry && this.pace.failedInRow >= failuresBeforeHalt && this.ending === undefined) this.end("halted")
  }

  private stopIfRuleMet(): void {
    if (this.stopRuleMet && this.ending === undefined) this.end("stopped")
  }

  private contradict(call: CallOf<Item, A, E>, contradiction: Contradiction): void {
    this.contradicted++
    if (this.contradictions.length < keptContradictions) {
      this.contradictions.push({ ...contradiction, call: call.number })
    }
  }

  private requestId(answered: unknown): string | undefined {
    try {
      return this.operation.requestId(answered)
    } catch {
      // A history without a request id is better than a call without an outcome.
      return undefined
    }
  }
}

/** The entry that is sent for this one: itself, or the equal one that came first. */
const holderOf = <Item, A, E>(entry: Entry<Item, A, E>): Entry<Item, A, E> | undefined => {
  let first = entry.group.byId.get(entry.id)
  while (first !== undefined && first !== entry && first.ties?.twins?.includes(entry) !== true) {
    first = first.ties?.nextOfId
  }
  return first
}

/** Does nobody wait for the outcome of the entry, nor for that of an equal one? */
const isForsaken = <Item, A, E>(entry: Entry<Item, A, E>): boolean =>
  entry.ties?.abandoned === true && entry.ties.twins?.every((twin) => twin.ties?.abandoned === true) !== false

/** What a defect of the operation means: it may have been applied, and the next call would die as well. */
const died: Fate = { _tag: "Fatal", applied: "maybe", halts: "group" }

const itemsOf = <Item>(entries: ReadonlyArray<{ readonly item: Item }>): ReadonlyArray<Item> => {
  const items = new Array<Item>(entries.length)
  for (let i = 0; i < entries.length; i++) items[i] = entries[i]!.item
  return items
}

const attemptOf = (
  call: { readonly number: number; readonly at: number },
  word: Outcome.Attempt["word"],
  applied: Outcome.Attempt["applied"],
  error: string | undefined,
  requestId: string | undefined
): Outcome.Attempt => ({
  call: call.number,
  at: call.at,
  word,
  applied,
  ...(error === undefined ? {} : { error }),
  ...(requestId === undefined ? {} : { requestId })
})
