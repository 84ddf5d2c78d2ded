/**
 * One line on standard error that says where the items of a run stand, drawn anew ten times a second on a terminal;
 * elsewhere a line now and then.
 *
 * @since 0.1.0
 */
import type { Progress } from "@effect-bulk/core/Report"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import * as Stdio from "effect/Stdio"
import * as Stream from "effect/Stream"

/**
 * Draws the progress of a run; `draw` is for `onProgress` of `Bulk`.
 *
 * @category models
 * @since 0.1.0
 */
export interface ProgressLine {
  readonly draw: (progress: Progress) => Effect.Effect<void>
  /** Draws the last state and ends the line: for what is printed next. The scope's end does the same. */
  readonly end: Effect.Effect<void>
}

/**
 * A progress line that ends with the scope. `total`: items to come, if it is known.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (options?: {
  readonly total?: number | undefined
}): Effect.Effect<ProgressLine, never, Stdio.Stdio | Scope.Scope> =>
  Effect.gen(function* () {
    const stdio = yield* Stdio.Stdio
    const animated = yield* stdio.stderrIsTerminal
    const startedAt = yield* Clock.currentTimeMillis
    const every = animated ? 100 : 5_000
    let drawnAt = animated ? -Infinity : startedAt
    let drawn: Progress | undefined
    let last: Progress | undefined
    let ended = false
    // Progress that cannot be shown is no reason to end.
    const write = (text: string) => Effect.ignore(Stream.run(Stream.make(text), stdio.stderr({ endOnDone: false })))
    const print = (progress: Progress, now: number) => {
      drawnAt = now
      drawn = progress
      const line = format(progress, now - startedAt, options?.total)
      return write(animated ? `\r\u001b[2K${line}` : `${line}\n`)
    }
    const end = Effect.gen(function* () {
      if (ended) return
      ended = true
      if (last !== undefined && (drawn === undefined || format(last, 0) !== format(drawn, 0))) {
        yield* print(last, yield* Clock.currentTimeMillis)
      }
      if (animated && drawn !== undefined) yield* write("\n")
    })
    yield* Effect.addFinalizer(() => end)
    return {
      draw: (progress) =>
        Effect.flatMap(Clock.currentTimeMillis, (now) => {
          if (ended) return Effect.void
          last = progress
          return now - drawnAt >= every ? print(progress, now) : Effect.void
        }),
      end
    }
  })

/**
 * The line: `1,200 of 2,040 · 1,190 succeeded, 10 failed · 100 in flight, 3 waiting · 14 calls (2 throttled) · 4.1 s`.
 *
 * @category formatting
 * @since 0.1.0
 */
export const format = (progress: Progress, elapsedMillis: number, total?: number): string => {
  const { calls, counts, inFlight, settled, throttles, waiting } = progress
  const parts = [
    total === undefined ? count(settled) : `${count(settled)} of ${count(total)}`,
    [
      `${count(counts.Succeeded)} succeeded`,
      counts.Failed > 0 && `${count(counts.Failed)} failed`,
      counts.Exhausted > 0 && `${count(counts.Exhausted)} exhausted`,
      counts.Unknown > 0 && `${count(counts.Unknown)} unknown`,
      counts.NotAttempted > 0 && `${count(counts.NotAttempted)} not attempted`,
      counts.Invalid > 0 && `${count(counts.Invalid)} invalid`
    ]
      .filter(isText)
      .join(", "),
    [inFlight > 0 && `${count(inFlight)} in flight`, waiting > 0 && `${count(waiting)} waiting`]
      .filter(isText)
      .join(", "),
    `${count(calls)} ${calls === 1 ? "call" : "calls"}${throttles > 0 ? ` (${count(throttles)} throttled)` : ""}`,
    `${(elapsedMillis / 1000).toFixed(1)} s`
  ]
  return parts.filter((part) => part !== "").join(" · ")
}

const count = (value: number): string => value.toLocaleString("en-US")

const isText = (part: string | false): part is string => part !== false
