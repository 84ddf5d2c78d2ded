/**
 * Gives a run time, fibers and items: starts the calls that it names, wakes it when something is due, tells callers
 * and observers, and carries an interruption or a stop to it.
 */
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Random from "effect/Random"
import * as Stream from "effect/Stream"
import type * as Tracer from "effect/Tracer"
import type { BatchOperation } from "../BatchOperation.ts"
import type { ItemError } from "../Bulk.ts"
import * as BatchPolicy from "../BatchPolicy.ts"
import type { CallError } from "../CallError.ts"
import type { Outcome } from "../Outcome.ts"
import * as Quota from "../Quota.ts"
import type { Progress } from "../Report.ts"
import { advance, itemsOf, returned } from "./call.ts"
import { check } from "./check.ts"
import type { Done, Entry } from "./entry.ts"
import { messageOf } from "./errors.ts"
import { Fifo } from "./fifo.ts"
import { Roster } from "./roster.ts"
import { type Call, type Earlier, type Listener, Run, type World } from "./run.ts"
import { scheduled } from "./schedule.ts"
import { Signal } from "./signal.ts"
import { type Items, Source } from "./source.ts"
import { end, stopIfRuleMet } from "./stop.ts"
import * as Telemetry from "./telemetry.ts"

export interface Options<Item, A, E, R> {
  readonly policy?: BatchPolicy.Input | undefined
  readonly stop?: Effect.Effect<unknown, never, R> | undefined
  readonly onOutcome?: ((outcome: Outcome<Item, A, E | CallError>) => Effect.Effect<void, never, R>) | undefined
  readonly onProgress?: ((progress: Progress) => Effect.Effect<void, never, R>) | undefined
}

/** Where the outcomes go, and how many of them have been taken. */
export interface Sink<Item, A, E> {
  readonly outcome: (outcome: Outcome<Item, A, E | CallError>) => void
  /** What a caller is told who waits for one item alone. */
  readonly reply?: (outcome: Outcome<Item, A, E | CallError>) => Effect.Effect<A, ItemError<Item, E>>
  /** How many positions are out of the window. Absent: all that are settled. */
  readonly released?: () => number
}

/** Longest time that calls wait for an answer of the store that processes share, in milliseconds. */
const patience = 1_000

/** A run in the making: an engine with the context, policy and quota of the fiber that makes it. */
export const make = <Item, A, E, R>(
  operation: BatchOperation<Item, A, E, R>,
  options: Options<Item, A, E, R>,
  sink: Sink<Item, A, E>,
  kind?: { readonly earlier?: ReadonlyArray<Earlier> | undefined; readonly isLasting?: boolean }
): Effect.Effect<Drive<Item, A, E, R>, never, R> =>
  Effect.contextWith((context: Context.Context<R>) =>
    Effect.sync(() => new Drive(operation, options, sink, context, kind?.earlier, kind?.isLasting === true))
  )

/** The policy of a run: of the operation, of the context and of the call, later wins. */
export const policyOf = <Item, A, E, R>(
  operation: BatchOperation<Item, A, E, R>,
  current: BatchPolicy.BatchPolicy,
  given: BatchPolicy.Input = {}
): BatchPolicy.BatchPolicy => BatchPolicy.merge(BatchPolicy.merge(operation.policy, current), BatchPolicy.make(given))

export class Drive<Item, A, E, R> {
  readonly state: Run<Item, A, E, R>
  /** The policy with its gaps filled. */
  readonly policy: BatchPolicy.Complete
  readonly source: Source<Item, A, E, R>
  private readonly operation: BatchOperation<Item, A, E, R>
  private readonly options: Options<Item, A, E, R>
  private readonly sink: Sink<Item, A, E>
  private readonly clock: Clock.Clock
  private readonly store: Quota.Store | undefined
  private readonly telemetry: Telemetry.Telemetry
  private readonly wake = new Signal()
  private readonly observed = new Signal()
  private readonly unobserved = new Fifo<Outcome<Item, A, E | CallError>>()
  private observedCount = 0
  private readonly replies: Array<{
    readonly done: Done<Item, A, E>
    readonly reply: Effect.Effect<A, ItemError<Item, E>>
  }> = []
  private observerEnds = false
  /** Callers may come at any time: it lasts until it is closed, even when no more calls go. */
  private isOpen = false
  /** It may be closed before it runs. */
  private isClosed = false
  private readonly fibers = new Roster<Fiber.Fiber<unknown, unknown>>()
  private alarm: { readonly at: number; readonly fiber: Fiber.Fiber<void> } | undefined = undefined
  private asking: Fiber.Fiber<void> | undefined = undefined

  constructor(
    operation: BatchOperation<Item, A, E, R>,
    options: Options<Item, A, E, R>,
    sink: Sink<Item, A, E>,
    context: Context.Context<R>,
    earlier: ReadonlyArray<Earlier> | undefined,
    isLasting: boolean
  ) {
    this.operation = operation
    this.options = options
    this.sink = sink
    this.clock = Context.get(context, Clock.Clock)
    this.store = Context.get(context, Quota.CurrentStore)
    this.policy = BatchPolicy.complete(policyOf(operation, Context.get(context, BatchPolicy.Current), options.policy))
    const random = Context.get(context, Random.Random)
    const limits = operation.quota.pace.limits(operation.quota, this.policy, this.store !== undefined)
    const world: World = {
      now: () => this.now(),
      wall: () => this.clock.currentTimeMillisUnsafe(),
      random: () => random.nextDoubleUnsafe(),
      scheduled: operation.backoff === undefined ? undefined : scheduled(operation.backoff, context)
    }
    const listener: Listener<Item, A, E> = {
      outcome: (outcome, done) => this.emit(outcome, done),
      wake: () => this.wake.notify(),
      returned: (fate) => this.telemetry.returned(fate)
    }
    this.state = new Run(operation, this.policy, limits, world, listener, earlier, isLasting)
    const { runDeadline } = this.state
    if (runDeadline !== Infinity) this.state.timers.add(runDeadline, () => end(this.state, "deadline"))
    this.source = new Source(this.state, () => {
      const settled = sink.released?.() ?? this.state.stats.settled
      return options.onOutcome === undefined ? settled : Math.min(settled, this.observedCount)
    })
    this.telemetry = Telemetry.make(operation, this.state.stats, context)
  }

  /** Milliseconds of the monotonic clock. */
  now(): number {
    return Number(this.clock.monotonicTimeNanosUnsafe() / 1_000n) / 1_000
  }

  /** Takes one item by itself. */
  push(item: Item, done: Done<Item, A, E>, caller: Tracer.AnySpan | undefined): Entry<Item, A, E> | undefined {
    const entry = check(this.state, item, this.now(), done, caller)
    this.reply()
    this.wake.notify()
    return entry
  }

  /** From the first item to the last outcome. Never fails; an interruption gives every item its outcome first. */
  run<E2, R2>(items?: Items<Item, E2, R2>): Effect.Effect<void, never, R | R2> {
    const observes = this.options.onOutcome !== undefined || this.options.onProgress !== undefined
    return Effect.gen({ self: this }, function* () {
      const observer = observes ? yield* Effect.forkChild(this.observe) : undefined
      const stop =
        this.options.stop === undefined
          ? undefined
          : yield* Effect.forkChild(
              Effect.onExit(this.options.stop, (exit) =>
                Effect.gen({ self: this }, function* () {
                  if (Exit.isFailure(exit) && Cause.hasInterruptsOnly(exit.cause)) return
                  end(this.state, "stopped")
                  if (Exit.isFailure(exit)) yield* Effect.logError("Bulk: the stop signal died; stopping", exit.cause)
                })
              ),
              // A stop signal that is there already allows no call at all.
              { startImmediately: true }
            )
      const feed = Stream.isStream(items) ? yield* Effect.forkChild(this.source.feed(items)) : undefined
      if (items !== undefined && !Stream.isStream(items)) this.source.open(items)
      this.isOpen = items === undefined && !this.isClosed
      yield* Effect.onExit(this.loop, (exit) =>
        Effect.suspend(() => {
          if (Exit.isFailure(exit)) end(this.state, "interrupted")
          this.source.refuseRest()
          return this.finish(observer, [stop, feed])
        })
      )
    }).pipe(
      items === undefined ? this.telemetry.requests : this.telemetry.run,
      // It may die before its loop begins, in a tracer for one: no caller waits for ever.
      Effect.onError(() =>
        Effect.sync(() => {
          end(this.state, "interrupted")
          this.reply()
        })
      )
    )
  }

  /** How a stream of outcomes ends: as its source did. */
  ended<E2>(): Effect.Effect<never, E2 | Cause.Done> {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the source fails, with its own errors
    return this.source.end._tag === "Failed" ? Effect.failCause(this.source.end.cause as Cause.Cause<E2>) : Cause.done()
  }

  /** No more callers come: stops. */
  close(): void {
    this.isClosed = true
    this.isOpen = false
    end(this.state, "stopped")
  }

  /** Room was made for more items. */
  released(): void {
    this.source.notify()
  }

  // ---------------------------------------------------------------------------
  // The loop
  // ---------------------------------------------------------------------------

  private readonly loop: Effect.Effect<void, never, R> = Effect.gen({ self: this }, function* () {
    while (true) {
      const more = this.source.pull()
      stopIfRuleMet(this.state)
      yield* this.advance
      this.telemetry.flush()
      if (this.state.ending !== undefined) {
        this.source.refuseRest()
        this.source.notify()
      }
      this.reply()
      if (this.state.done && !this.isOpen) return
      if (more) {
        yield* Effect.yieldNow
        continue
      }
      if (this.state.mustReserve) yield* this.reserve
      yield* this.arm
      yield* this.wake.wait
    }
  })

  /** In one step, so that no interruption falls between what the engine takes for sent and its sending. */
  private readonly advance = Effect.withFiber<void, never, R>((fiber: Fiber.Fiber<unknown, unknown>) => {
    // The context of the run, with its span.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const fork = Effect.runForkWith(fiber.context as Context.Context<R>)
    advance(this.state, (call) => this.start(call, fork))
    return Effect.void
  })

  private start(call: Call<Item, A, E>, fork: <B>(effect: Effect.Effect<B, never, R>) => Fiber.Fiber<B>): void {
    const { operation, state } = this
    // No child of the run's fiber: one that cannot be cut off must not hold up the run.
    const fiber = fork(
      Effect.suspend(() => operation.call(call.group.key, itemsOf(call.entries))).pipe(
        Effect.onExit((exit) => Effect.sync(() => returned(state, call, exit))),
        this.telemetry.call(call),
        // A tracer that dies must not take the call with it.
        Effect.onError((cause) =>
          Effect.sync(() => {
            if (call.fate === undefined) returned(state, call, Exit.failCause(cause))
          })
        ),
        Effect.exit
      )
    )
    if (fiber.pollUnsafe() !== undefined) return
    this.fibers.add(fiber)
    fiber.addObserver(() => this.fibers.delete(fiber))
    call.fiber = fiber
  }

  /** Sees to it that the loop wakes when the engine is next due. An alarm that rings too early does no harm. */
  private readonly arm: Effect.Effect<void> = Effect.suspend(() => {
    const at = this.state.nextWake
    if (at === Infinity || (this.alarm !== undefined && this.alarm.at <= at)) return Effect.void
    this.alarm?.fiber.interruptUnsafe()
    const ring = Effect.sleep(Duration.millis(Math.max(1, Math.ceil(at - this.now())))).pipe(
      Effect.andThen(
        Effect.sync(() => {
          this.alarm = undefined
          this.wake.notify()
        })
      )
    )
    return Effect.map(Effect.forkChild(ring), (fiber) => {
      this.alarm = { at, fiber }
    })
  })

  /** Asks the store that processes share for the next call. Without an answer, calls go on without it. */
  private readonly reserve: Effect.Effect<void> = Effect.suspend(() => {
    const { store } = this
    const { name, pace } = this.operation.quota
    const { rate } = this.state.limits
    if (store === undefined || rate === undefined) return Effect.void
    pace.reserving(true)
    const ask = Effect.gen({ self: this }, function* () {
      const exit = yield* Effect.suspend(() => store.reserve(name, rate)).pipe(
        // A wait without end would hold up everybody for ever; one below zero is over.
        Effect.map((wait) => (Number.isFinite(wait) ? Math.max(0, wait) : absurd(wait))),
        Effect.timeoutOption(patience),
        Effect.exit
      )
      if (Exit.isSuccess(exit) && exit.value._tag === "Some") {
        if (pace.reserved(this.now() + exit.value.value)) {
          yield* Effect.logInfo(`Quota '${name}': the store answers again`)
        }
      } else if (pace.unreserved(this.now())) {
        const why = Exit.isSuccess(exit) ? `no answer within ${patience} ms` : messageOf(Cause.squash(exit.cause))
        yield* Effect.logWarning(`Quota '${name}': going on without the store: ${why}`)
      }
    }).pipe(Effect.ensuring(Effect.sync(() => pace.reserving(false))))
    return Effect.map(Effect.forkChild(ask, { startImmediately: true }), (fiber) => {
      this.asking = fiber
    })
  })

  // ---------------------------------------------------------------------------
  // Outcomes out
  // ---------------------------------------------------------------------------

  private emit(outcome: Outcome<Item, A, E | CallError>, done: Done<Item, A, E> | undefined): void {
    this.sink.outcome(outcome)
    // The caller goes on at once when it is told, and may come back with another item.
    const { reply } = this.sink
    if (done !== undefined && reply !== undefined) this.replies.push({ done, reply: reply(outcome) })
    if (this.options.onOutcome === undefined) {
      if (this.options.onProgress !== undefined) this.observed.notify()
      if (this.sink.released === undefined) this.released()
      return
    }
    this.unobserved.push(outcome)
    this.observed.notify()
  }

  private reply(): void {
    while (this.replies.length > 0) {
      const replies = this.replies.slice()
      this.replies.length = 0
      for (const { done, reply } of replies) done(reply)
    }
  }

  /** Shows each outcome once, in the order of settling, and where things stand. What an observer throws is logged. */
  private readonly observe: Effect.Effect<void, never, R> = Effect.gen({ self: this }, function* () {
    const { onOutcome, onProgress } = this.options
    while (true) {
      for (const outcome of this.unobserved.clear()) {
        if (onOutcome !== undefined) yield* harmless("onOutcome", () => onOutcome(outcome))
        this.observedCount++
        this.released()
      }
      if (onProgress !== undefined) yield* harmless("onProgress", () => onProgress(this.progress))
      if (this.unobserved.length > 0) continue
      if (this.observerEnds) return
      yield* this.observed.wait
    }
  })

  get progress(): Progress {
    const { calls, inFlight, outcomes, pulled, retries, settled, throttles, waiting } = this.state.stats
    const queued = pulled - settled - waiting - inFlight
    return { pulled, settled, queued, waiting, inFlight, calls, retries, throttles, counts: { ...outcomes } }
  }

  /** Waits for the observer, and leaves no fiber behind. */
  private finish(
    observer: Fiber.Fiber<void> | undefined,
    helpers: ReadonlyArray<Fiber.Fiber<unknown, unknown> | undefined>
  ): Effect.Effect<void> {
    return Effect.gen({ self: this }, function* () {
      this.reply()
      this.telemetry.flush()
      this.operation.quota.pace.leave(this.state)
      const others = helpers.filter((fiber) => fiber !== undefined)
      if (this.alarm !== undefined) others.push(this.alarm.fiber)
      if (this.asking !== undefined) others.push(this.asking)
      yield* Fiber.interruptAll(others)
      this.source.refuseRest()
      this.observerEnds = true
      this.observed.notify()
      if (observer !== undefined) yield* Fiber.await(observer)
      // Calls that were given up have been cut off; one that will not end must not hold up the run for ever.
      if (this.fibers.size > 0) {
        yield* Effect.timeoutOption(Effect.interruptible(Fiber.awaitAll([...this.fibers])), this.policy.grace)
      }
    })
  }
}

const absurd = (wait: number): never => {
  throw new RangeError(`a number of milliseconds is wanted, got ${wait}`)
}

const harmless = <R>(name: string, observe: () => Effect.Effect<void, never, R>): Effect.Effect<void, never, R> =>
  Effect.catchCause(Effect.suspend(observe), (cause) =>
    Effect.logWarning(`Bulk: the observer '${name}' died; no outcome changes`, cause)
  )
