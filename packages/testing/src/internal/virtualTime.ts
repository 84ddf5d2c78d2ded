/**
 * Time, chance and turns of a simulated world: a clock that jumps to the next sleep once nothing can go on, and a
 * scheduler that runs in one synchronous loop. With a seed, the turns of fibers are taken in an order drawn from it,
 * and fibers pause in places where a long-running one would.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import * as Logger from "effect/Logger"
import * as Metric from "effect/Metric"
import * as Random from "effect/Random"
import * as Scheduler from "effect/Scheduler"

/** What is to be done at a time. */
interface Sleep {
  readonly at: number
  readonly wake: () => void
}

/** The turns of one fiber, which stay in order. */
interface Lane {
  readonly tasks: Array<() => void>
}

/** A fiber keeps on for at least so many operations: nothing pauses a fiber that has only begun. */
const leastOperations = 40

export class VirtualTime {
  /** Milliseconds. */
  now = 0
  /** Events that were recorded, of all runs together. */
  ticks = 0
  /** Operations that fibers ran. */
  operations = 0
  /** Fibers that began and did not end. */
  fibers = 0
  readonly context: Context.Context<never>
  /** Latest first. */
  private readonly sleeps: Array<Sleep> = []
  /** One per task that is ready. */
  private readonly ready: Array<Lane> = []
  private head = 0
  private readonly next: (() => number) | undefined

  /** `luck` is what every draw of the simulated program gives, in [0, 1). */
  constructor(options: { readonly chaos: number; readonly luck: number }) {
    this.next = options.chaos === 0 ? undefined : mulberry(options.chaos)
    this.context = Context.empty().pipe(
      Context.add(Clock.Clock, this.clock),
      Context.add(Scheduler.Scheduler, this.scheduler),
      Context.add(Random.Random, { nextDoubleUnsafe: () => options.luck, nextIntUnsafe: () => 0 }),
      Context.add(Metric.FiberRuntimeMetrics, {
        recordFiberStart: () => void this.fibers++,
        recordFiberEnd: () => void this.fibers--
      }),
      Context.add(Logger.CurrentLoggers, new Set())
    )
  }

  /** Sleeps that nobody has woken or called off. */
  get pending(): number {
    return this.sleeps.length
  }

  fork<A, E>(effect: Effect.Effect<A, E>): Fiber.Fiber<A, E> {
    return Effect.runForkWith(this.context)(effect)
  }

  /** Does something at a time; returns how to call it off. */
  at(time: number, wake: () => void): () => void {
    const sleep = { at: time, wake }
    let low = 0
    let high = this.sleeps.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.sleeps[middle]!.at > time) low = middle + 1
      else high = middle
    }
    this.sleeps.splice(low, 0, sleep)
    return () => {
      const index = this.sleeps.indexOf(sleep)
      if (index >= 0) this.sleeps.splice(index, 1)
    }
  }

  /** Runs all that can go on at this moment. False: it did not come to rest within the number of turns. */
  settle(turns: number): boolean {
    while (this.head < this.ready.length) {
      if (turns-- === 0) return false
      this.take().tasks.shift()?.()
      if (this.head > 1024) {
        this.ready.splice(0, this.head)
        this.head = 0
      }
    }
    return true
  }

  /** Lets time go by until a condition holds, nothing is left to do, or a time has come. False: it came to no rest. */
  run(options: { readonly until: () => boolean; readonly horizon: number; readonly turns: number }): boolean {
    for (let sleeps = 0; sleeps < options.turns; sleeps++) {
      if (!this.settle(options.turns)) return false
      if (options.until()) return true
      // To ask may have begun something.
      if (this.head < this.ready.length) continue
      const sleep = this.sleeps.at(-1)
      if (sleep === undefined || sleep.at > options.horizon) return true
      this.sleeps.pop()
      this.now = Math.max(this.now, sleep.at)
      sleep.wake()
    }
    return false
  }

  /** Lets so many milliseconds go by. */
  pass(millis: number): void {
    const horizon = this.now + millis
    this.run({ until: () => false, horizon, turns: 100_000 })
    this.now = horizon
  }

  private take(): Lane {
    const { ready } = this
    if (this.next !== undefined) {
      const index = this.head + Math.floor(this.next() * (ready.length - this.head))
      const lane = ready[index]!
      ready[index] = ready[this.head]!
      this.head++
      return lane
    }
    return ready[this.head++]!
  }

  private get clock(): Clock.Clock {
    const nanos = () => BigInt(Math.round(this.now * 1_000_000))
    return {
      currentTimeMillisUnsafe: () => this.now,
      currentTimeMillis: Effect.sync(() => this.now),
      currentTimeNanosUnsafe: nanos,
      currentTimeNanos: Effect.sync(nanos),
      monotonicTimeNanosUnsafe: nanos,
      monotonicTimeNanos: Effect.sync(nanos),
      sleep: (duration) => {
        const millis = Duration.toMillis(duration)
        if (millis <= 0) return Effect.yieldNow
        return Effect.callback<void>((resume) => {
          const callOff = this.at(this.now + millis, () => resume(Effect.void))
          return Effect.sync(callOff)
        })
      }
    }
  }

  private get scheduler(): Scheduler.Scheduler {
    let limit = 0
    return {
      executionMode: "async",
      shouldYield: (fiber) => {
        this.operations++
        if (this.next === undefined) return fiber.currentOpCount >= 2048
        if (fiber.currentOpCount <= 1) limit = leastOperations + Math.floor(this.next() * 200)
        return fiber.currentOpCount >= limit
      },
      makeDispatcher: () => {
        const lane: Lane = { tasks: [] }
        return {
          scheduleTask: (task) => {
            lane.tasks.push(task)
            this.ready.push(lane)
          },
          flush: () => {}
        }
      }
    }
  }
}

/** Numbers in [0, 1) from a seed. */
export const mulberry = (seed: number): (() => number) => {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
