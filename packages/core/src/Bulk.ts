/**
 * Runs any number of items through a batch operation, so that every item that goes in comes out with exactly one
 * outcome: as a report (`run`), as a stream (`stream`), or one by one, sharing calls (`request`).
 *
 * @since 0.1.0
 */
import * as Arr from "effect/Array"
import * as Data from "effect/Data"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type { BatchOperation } from "./BatchOperation.ts"
import * as BatchPolicy from "./BatchPolicy.ts"
import type { CallError } from "./CallError.ts"
import type { DeadLetter } from "./DeadLetter.ts"
import * as Drive from "./internal/drive.ts"
import { messageOf } from "./internal/errors.ts"
import { leavesOpen } from "./internal/history.ts"
import type { Earlier } from "./internal/run.ts"
import { Signal } from "./internal/signal.ts"
import type * as Outcome from "./Outcome.ts"
import * as Report from "./Report.ts"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * How to run.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options<in Item, in A, in E, out R> {
  /** Overrides the policies of the operation and of the context, field by field. */
  readonly policy?: BatchPolicy.Input | undefined
  /** When this succeeds, the run stops: no more calls, and those in flight may finish within the policy's grace. */
  readonly stop?: Effect.Effect<unknown, never, R> | undefined
  /** Sees every outcome once. A slow one holds back the pulling of items, a dying one is logged. */
  readonly onOutcome?: ((outcome: Outcome.Outcome<Item, A, E | CallError>) => Effect.Effect<void, never, R>) | undefined
  /** Sees where the items stand, as often as it can keep up. */
  readonly onProgress?: ((progress: Report.Progress) => Effect.Effect<void, never, R>) | undefined
}

/**
 * The error of a single request: its item did not succeed. `outcome` says what became of it.
 *
 * @category errors
 * @since 0.1.0
 */
export class ItemError<Item, E> extends Data.TaggedError("ItemError")<{
  readonly operation: string
  readonly outcome: Outcome.Unsuccessful<Item, E | CallError>
}> {
  override get message(): string {
    const { id } = this.outcome
    switch (this.outcome._tag) {
      case "NotAttempted":
        return `${this.operation}: '${id}' was not attempted (${Report.reasonOf(this.outcome)})`
      case "Invalid":
        return `${this.operation}: '${id}' was refused: ${this.outcome.issue}`
      default:
        return `${this.operation}: '${id}' came out as ${this.outcome._tag}: ${messageOf(this.outcome.error)}`
    }
  }

  /** The outcome holds the item and its history: too much for a log. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.stack ?? this.message
  }
}

// -----------------------------------------------------------------------------
// Running
// -----------------------------------------------------------------------------

/**
 * Runs items and reports what became of each: the form for those who look. It never fails for items or calls; for a
 * form that fails unless everything succeeded, put `Report.orFail` behind it.
 *
 * **Gotchas**
 *
 * An array counts as given whole: after a stop its rest is `NotAttempted`. Any other iterable, and a stream, is read
 * only as far as the run got, and `report.source` says so. Items are not copied: do not change them while the run
 * lasts, as their outcomes go by the ids that they had. The report holds all outcomes; for flat memory use `stream`. An
 * interrupted run returns nothing, but `onOutcome` gets every outcome before it ends.
 *
 * @category running
 * @since 0.1.0
 */
export const run = <Item, A, E, R, E2 = never, R2 = never, RO = never>(
  operation: BatchOperation<Item, A, E, R>,
  // An array is an iterable, too, but as such what is wrong with an item takes many lines to say.
  items: ReadonlyArray<Item> | Iterable<Item> | Stream.Stream<Item, E2, R2>,
  options?: Options<Item, A, E, RO>
): Effect.Effect<Report.Report<Item, A, E>, never, R | R2 | RO> => report(operation, items, options, undefined)

/**
 * Runs again what did not succeed, and nothing else: the letters keep their positions and histories, and what an
 * earlier call may have applied is not forgotten. Items that were perhaps applied by an operation that is not
 * idempotent are not sent; they come out `Unknown`. The report is of the letters only, and its attempts are those of
 * this run.
 *
 * @category running
 * @since 0.1.0
 */
export const redrive = <Item, A, E, R, RO = never>(
  operation: BatchOperation<Item, A, E, R>,
  letters: ReadonlyArray<DeadLetter<Item>>,
  options?: Options<Item, A, E, RO>
): Effect.Effect<Report.Report<Item, A, E>, never, R | RO> =>
  report(
    operation,
    letters.map((letter) => letter.item),
    options,
    letters.map(({ history, outcome, position }) => ({
      position,
      history,
      maybeApplied: outcome === "Missing" || outcome === "Unknown" || leavesOpen(history)
    }))
  )

const report = <Item, A, E, R, E2, R2, RO>(
  operation: BatchOperation<Item, A, E, R>,
  items: Iterable<Item> | Stream.Stream<Item, E2, R2>,
  options: Options<Item, A, E, RO> | undefined,
  earlier: ReadonlyArray<Earlier> | undefined
): Effect.Effect<Report.Report<Item, A, E>, never, R | R2 | RO> =>
  Effect.gen(function* () {
    const outcomes: Array<Outcome.Outcome<Item, A, E | CallError>> = []
    const sink = {
      outcome: (outcome: Outcome.Outcome<Item, A, E | CallError>) => {
        // Letters have gaps between their positions, and those of several reports may share some.
        if (earlier === undefined) outcomes[outcome.position] = outcome
        else outcomes.push(outcome)
      }
    }
    const drive = yield* Drive.make<Item, A, E, R | RO>(operation, options ?? {}, sink, { earlier })
    yield* drive.run(items)
    const { contradicted, contradictions, stats } = drive.state
    return {
      operation: operation.name,
      policy: drive.policy,
      outcomes: earlier === undefined ? outcomes : outcomes.toSorted((a, b) => a.position - b.position),
      counts: { ...stats.outcomes },
      calls: stats.calls,
      // A call that was given up may still answer.
      contradictions: contradictions.slice(),
      contradicted,
      source: drive.source.end
    }
  })

/**
 * Runs a stream of items into the stream of their outcomes, as they settle or, with `ordered`, in input order. It
 * pulls no more than the policy's window ahead of what downstream has taken. The source's failure comes after the
 * outcomes of all that was pulled.
 *
 * @category running
 * @since 0.1.0
 */
export const stream =
  <Item, A, E, R, RO = never>(
    operation: BatchOperation<Item, A, E, R>,
    options?: Options<Item, A, E, RO> & { readonly ordered?: boolean | undefined }
  ) =>
  <E2, R2>(
    items: Stream.Stream<Item, E2, R2>
  ): Stream.Stream<Outcome.Outcome<Item, A, E | CallError>, E2, R | R2 | RO> =>
    Stream.unwrap(
      Effect.gen(function* () {
        const outlet =
          options?.ordered === true
            ? new OrderedOutlet<Outcome.Outcome<Item, A, E | CallError>>()
            : new Outlet<Outcome.Outcome<Item, A, E | CallError>>()
        const drive = yield* Drive.make<Item, A, E, R | RO>(operation, options ?? {}, {
          outcome: (outcome) => outlet.add(outcome),
          released: () => outlet.taken
        })
        let ended: Exit.Exit<void> | undefined
        yield* Effect.forkScoped(
          Effect.onExit(drive.run(items), (exit) =>
            Effect.sync(() => {
              ended = exit
              outlet.signal.notify()
            })
          )
        )
        const pull = Effect.gen(function* () {
          while (true) {
            const chunk = outlet.take()
            if (chunk !== undefined) {
              drive.released()
              return chunk
            }
            // A run that died must not look like one that is through.
            if (ended !== undefined) return yield* Effect.andThen(ended, drive.ended<E2>())
            yield* outlet.signal.wait
          }
        })
        return Stream.fromPull(Effect.succeed(pull))
      })
    )

/**
 * Makes a function that runs one item at a time, where concurrent callers share calls. It works on a queue and fiber
 * of its own, in the scope and context in which it was made: no caller's context leaks into a call, and one caller's
 * interruption leaves the others. What halts a run (a fatal error, a dry budget) fails the callers who wait, and the
 * queue lives on; run deadline and stop rule of the policy do not apply. Closing the scope fails what was not sent and
 * lets calls in flight finish within the policy's grace.
 *
 * @category running
 * @since 0.1.0
 */
export const request = <Item, A, E, R, RO = never>(
  operation: BatchOperation<Item, A, E, R>,
  options?: Options<Item, A, E, RO>
): Effect.Effect<(item: Item) => Effect.Effect<A, ItemError<Item, E>>, never, R | RO | Scope.Scope> =>
  Effect.gen(function* () {
    const scope = yield* Effect.scope
    const sink = {
      outcome: () => {},
      reply: (outcome: Outcome.Outcome<Item, A, E | CallError>): Effect.Effect<A, ItemError<Item, E>> =>
        outcome._tag === "Succeeded"
          ? Effect.succeed(outcome.value)
          : Effect.fail(new ItemError({ operation: operation.name, outcome }))
    }
    const drive = yield* Drive.make<Item, A, E, R | RO>(operation, options ?? {}, sink, { isLasting: true })
    const fiber = yield* Effect.forkIn(drive.run<never, never>(), scope)
    yield* Scope.addFinalizer(
      scope,
      Effect.andThen(
        Effect.sync(() => drive.close()),
        Fiber.await(fiber)
      )
    )
    return (item: Item) =>
      Effect.callback<A, ItemError<Item, E>>((resume) => drive.push(item, resume, Fiber.getCurrent()?.cache.span))
  })

// -----------------------------------------------------------------------------
// Planning
// -----------------------------------------------------------------------------

/**
 * What a run would take: how many calls, and the shortest time in which the quota allows them, if its rate is known.
 *
 * @category models
 * @since 0.1.0
 */
export interface Plan {
  readonly calls: number
  readonly atLeast: Duration.Duration | undefined
}

/**
 * Plans a run of so many items of one target, under the policy that `run` would have here. Touches nothing.
 *
 * @category planning
 * @since 0.1.0
 */
export const plan = <Item, A, E, R>(
  operation: BatchOperation<Item, A, E, R>,
  count: number,
  policy?: BatchPolicy.Input
): Effect.Effect<Plan> =>
  Effect.map(BatchPolicy.Current, (current) => planUnder(operation, count, Drive.policyOf(operation, current, policy)))

const planUnder = <Item, A, E, R>(
  operation: BatchOperation<Item, A, E, R>,
  count: number,
  merged: BatchPolicy.BatchPolicy
): Plan => {
  const rate = merged.rate ?? operation.quota.rate
  const itemRate = merged.itemRate ?? operation.quota.itemRate
  const maxItems = Math.min(operation.limits.maxItems, merged.maxItems ?? Infinity, itemRate?.burst ?? Infinity)
  const calls = Math.ceil(count / maxItems)
  const shortest = (units: number, { burst, count, per }: BatchPolicy.Rate) => {
    const share = merged.share ?? 1
    const waits = Math.max(0, units - Math.max(1, Math.floor(burst * share)))
    return (waits * Duration.toMillis(per)) / (count * share)
  }
  const times: Array<number> = []
  if (rate !== undefined && rate !== "adaptive") times.push(shortest(calls, rate))
  if (itemRate !== undefined) times.push(shortest(count, itemRate))
  return { calls, atLeast: times.length === 0 ? undefined : Duration.millis(Math.max(...times)) }
}

/** Outcomes on their way to whoever pulls them. */
class Outlet<T> {
  readonly signal = new Signal()
  /** How many were taken. */
  taken = 0
  private readonly ready: Array<T> = []

  add(outcome: T): void {
    this.ready.push(outcome)
    this.signal.notify()
  }

  take(): Arr.NonEmptyReadonlyArray<T> | undefined {
    // A copy, and always the same array: V8 would take arrays made here for long-lived, and so what is in them.
    const ready = this.ready.slice()
    if (!Arr.isReadonlyArrayNonEmpty(ready)) return undefined
    this.ready.length = 0
    this.taken += ready.length
    return ready
  }
}

/** The same, in the order of positions. */
class OrderedOutlet<T extends { readonly position: number }> extends Outlet<T> {
  private readonly early = new Map<number, T>()
  private next = 0

  override add(outcome: T): void {
    this.early.set(outcome.position, outcome)
    for (let due = this.early.get(this.next); due !== undefined; due = this.early.get(this.next)) {
      this.early.delete(this.next++)
      super.add(due)
    }
  }
}
