/**
 * The report of a run as an NDJSON file, one line per outcome as it settles. A killed process leaves a file whose last
 * line may be torn; `DeadLetter.readLines` reads that.
 *
 * @since 0.1.0
 */
import type { Outcome } from "@effect-bulk/core/Outcome"
import * as Report from "@effect-bulk/core/Report"
import type * as Cause from "effect/Cause"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as FileSystem from "effect/FileSystem"
import type { PlatformError } from "effect/PlatformError"
import * as Pull from "effect/Pull"
import * as Queue from "effect/Queue"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"

/**
 * Takes outcomes; `write` is for `onOutcome` of `Bulk`.
 *
 * @category models
 * @since 0.1.0
 */
export interface ReportFile {
  readonly path: string
  readonly write: <Item, A, E>(outcome: Outcome<Item, A, E>) => Effect.Effect<void>
  /** Ends the file: waits until every line is written, and fails if one could not be. The scope's end does the same. */
  readonly end: Effect.Effect<void, ReportFileError>
}

/**
 * Opens the file, and ends it with the scope. `append` adds to what an earlier run wrote, without the torn line that a
 * killed process may have left.
 *
 * **Gotchas**
 *
 * A disk that fails stops the writing, not the run: `end` fails, and where nobody asked `end`, an error is logged when
 * the scope closes.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (
  path: string,
  options?: { readonly append?: boolean | undefined }
): Effect.Effect<ReportFile, ReportFileError, FileSystem.FileSystem | Scope.Scope> =>
  Effect.gen(function* () {
    const { file, lastLine } = yield* open(path, options?.append === true).pipe(
      Effect.mapError((cause) => new ReportFileError({ path, step: "Opening", cause }))
    )
    const lines = yield* Queue.bounded<string, Cause.Done>(linesAhead)
    if (lastLine !== undefined) yield* Queue.offer(lines, lastLine)
    const encoder = new TextEncoder()
    // What gathers while one write is under way goes with the next.
    const writer = yield* Queue.takeAll(lines).pipe(
      Effect.flatMap((batch) =>
        Effect.mapError(
          file.writeAll(encoder.encode(batch.join(""))),
          (cause) => new ReportFileError({ path, step: "Writing", cause })
        )
      ),
      Effect.forever({ disableYield: true }),
      Pull.catchDone(() => Effect.void),
      // Lines that cannot be written must not hold up the run.
      Effect.onError(() => Queue.shutdown(lines)),
      Effect.forkScoped
    )
    let asked = false
    const end = Effect.andThen(Queue.end(lines), Fiber.join(writer))
    yield* Effect.addFinalizer(() =>
      Effect.catch(end, (error) => (asked ? Effect.void : Effect.logError(error.message)))
    )
    return {
      path,
      write: (outcome) => Effect.asVoid(Queue.offer(lines, Report.encodeLine(outcome))),
      end: Effect.suspend(() => {
        asked = true
        return end
      })
    }
  })

/**
 * The report could not be opened or written.
 *
 * @category errors
 * @since 0.1.0
 */
export class ReportFileError extends Data.TaggedError("ReportFileError")<{
  readonly path: string
  readonly step: "Opening" | "Writing"
  readonly cause: PlatformError
}> {
  override get message() {
    const { cause } = this.cause.reason
    return `${this.step} the report ${this.path} failed: ${cause instanceof Error ? cause.message : this.cause.message}`
  }
}

const open = Effect.fnUntraced(function* (path: string, append: boolean) {
  const fs = yield* FileSystem.FileSystem
  const lastLine = append && (yield* fs.exists(path)) ? yield* cutTornLine(fs, path) : undefined
  return { lastLine, file: yield* fs.open(path, { flag: append ? "a" : "w" }) }
})

/** Lines that may wait for the disk before outcomes do. */
const linesAhead = 4_096

const newline = 10

/** Cuts off what follows the last line end. Returns it if it is a whole line, which only lacks its end. */
const cutTornLine = Effect.fnUntraced(function* (fs: FileSystem.FileSystem, path: string) {
  let size = 0
  let whole = 0
  let rest = ""
  let decoder = new TextDecoder()
  yield* Stream.runForEach(fs.stream(path), (bytes) =>
    Effect.sync(() => {
      const at = bytes.lastIndexOf(newline) + 1
      if (at > 0) {
        whole = size + at
        rest = ""
        decoder = new TextDecoder()
      }
      rest += decoder.decode(bytes.subarray(at), { stream: true })
      size += bytes.length
    })
  )
  if (whole === size) return undefined
  yield* fs.truncate(path, whole)
  return Result.isSuccess(Report.decodeLine(rest)) ? `${rest}\n` : undefined
})
