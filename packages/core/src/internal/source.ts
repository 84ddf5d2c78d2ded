/**
 * Where the items of a run come from: pulls them one by one as long as there is room, and accounts for what is left
 * when the run ends first. A list counts as given whole, and so does each chunk of a stream; of any other iterable,
 * only what was pulled.
 */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Pull from "effect/Pull"
import * as Stream from "effect/Stream"
import type * as Report from "../Report.ts"
import { check } from "./check.ts"
import type { Run } from "./run.ts"
import { Signal } from "./signal.ts"
import { end } from "./stop.ts"

/** An iterable, or a stream. */
export type Items<Item, E, R> = Iterable<Item> | Stream.Stream<Item, E, R>

const pulledAtOnce = 10_000

export class Source<Item, A, E, R> {
  /** How it ended. */
  end: Report.Source = { _tag: "Ended" }
  private readonly run: Run<Item, A, E, R>
  /** How many positions of the window are out of it. */
  private readonly released: () => number
  private readonly room = new Signal()
  private iterator: Iterator<Item> | undefined = undefined
  private isList = false
  /** How many are to come of the list, at least. */
  private left = 0
  /** Does a stream bring list after list? */
  private isFed = false

  constructor(run: Run<Item, A, E, R>, released: () => number) {
    this.run = run
    this.released = released
  }

  open(items: Iterable<Item>): void {
    this.isList = Array.isArray(items)
    this.left = Array.isArray(items) ? items.length : 0
    try {
      this.iterator = items[Symbol.iterator]()
    } catch (defect) {
      this.fail(Cause.die(defect))
    }
  }

  /** Pulls as much as there is room for. Says whether there may be more for which there is room. */
  pull(): boolean {
    const { iterator, run } = this
    if (iterator === undefined || run.ending !== undefined) return false
    const now = run.world.now()
    for (let count = 0; this.free > 0; count++) {
      if (count === pulledAtOnce) return true
      let next: IteratorResult<Item>
      try {
        next = iterator.next()
      } catch (defect) {
        this.iterator = undefined
        this.fail(Cause.die(defect))
        return false
      }
      if (next.done === true) {
        this.iterator = undefined
        this.missLeft()
        if (this.isFed) this.room.notify()
        else run.gather.close()
        return false
      }
      this.left--
      check(run, next.value, now)
      if (run.ending !== undefined) return false
    }
    return false
  }

  /** Room was made, or the run has ended. */
  notify(): void {
    if (this.iterator === undefined) this.room.notify()
    else this.run.wake()
  }

  /** After the end of the run: the rest of a list is not attempted, the rest of another source is left unread. */
  refuseRest(): void {
    const { iterator, run } = this
    if (iterator === undefined) return
    this.iterator = undefined
    if (!this.isList) {
      this.end = { _tag: "Cut" }
      try {
        iterator.return?.()
      } catch {
        // The source was given up; that it does not like it changes nothing for the items.
      }
      return
    }
    const now = run.world.now()
    for (let next = iterator.next(); next.done !== true; next = iterator.next()) {
      this.left--
      check(run, next.value, now)
    }
    this.missLeft()
  }

  /** Its owner may have taken items out of the list before the run got to them. */
  private missLeft(): void {
    if (this.left > 0) this.end = { _tag: "Cut" }
  }

  /** Reads a stream chunk by chunk, the next one when the last is used up and there is room. */
  feed<E2, R2>(items: Stream.Stream<Item, E2, R2>): Effect.Effect<void, never, R2> {
    const { run } = this
    this.isFed = true
    // Until its end is read: the run may end before the stream is even begun.
    this.end = { _tag: "Cut" }
    return Effect.scoped(
      Effect.gen({ self: this }, function* () {
        const pull = yield* Stream.toPull(items)
        while (run.ending === undefined) {
          if (this.iterator !== undefined || this.free <= 0) yield* this.room.wait
          else {
            this.open(yield* pull)
            run.wake()
          }
        }
      })
    ).pipe(
      Effect.onExit((exit) =>
        Effect.sync(() => {
          if (Exit.isFailure(exit) && Pull.isDoneCause(exit.cause)) {
            this.end = { _tag: "Ended" }
            run.gather.close()
          } else if (Exit.isFailure(exit) && run.ending === undefined) this.fail(exit.cause)
          run.wake()
        })
      ),
      Effect.exit,
      Effect.asVoid
    )
  }

  private get free(): number {
    return this.run.window - (this.run.stats.pulled - this.released())
  }

  private fail(cause: Cause.Cause<unknown>): void {
    this.end = { _tag: "Failed", cause }
    end(this.run, "sourceFailed")
  }
}
