/**
 * The report of a run as an NDJSON file, one line per outcome as it settles. A killed process leaves a file whose last
 * line may be torn; `DeadLetter.readLines` reads that.
 *
 * @since 0.1.0
 */
import type { Outcome } from "@effect-bulk/core/Outcome"
import * as Report from "@effect-bulk/core/Report"
import type * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as FileSystem from "effect/FileSystem"
import type { PlatformError } from "effect/PlatformError"
import * as Pull from "effect/Pull"
import * as Queue from "effect/Queue"
import type * as Scope from "effect/Scope"

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
  readonly end: Effect.Effect<void, PlatformError>
}

/**
 * Opens the file, and ends it with the scope. `append` adds to what an earlier run wrote.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (
  path: string,
  options?: { readonly append?: boolean | undefined }
): Effect.Effect<ReportFile, PlatformError, FileSystem.FileSystem | Scope.Scope> =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const file = yield* fs.open(path, { flag: options?.append === true ? "a" : "w" })
    const lines = yield* Queue.unbounded<string, Cause.Done>()
    const encoder = new TextEncoder()
    // What gathers while one write is under way goes with the next.
    const writer = yield* Queue.takeAll(lines).pipe(
      Effect.flatMap((batch) => file.writeAll(encoder.encode(batch.join("")))),
      Effect.forever({ disableYield: true }),
      Pull.catchDone(() => Effect.void),
      Effect.forkScoped
    )
    const end = Effect.andThen(Queue.end(lines), Fiber.join(writer))
    yield* Effect.addFinalizer(() =>
      Effect.catch(end, (error) => Effect.logError(`Writing the report ${path} failed: ${error.message}`))
    )
    return { path, end, write: (outcome) => Effect.asVoid(Queue.offer(lines, Report.encodeLine(outcome))) }
  })
