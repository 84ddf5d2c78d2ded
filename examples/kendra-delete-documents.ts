/**
 * Deletes documents of an Amazon Kendra index, waits until they are gone, and tells what became of each. Kendra has no
 * list of documents, so their ids come from a file: `.ndjson` or `.jsonl` with ids, or objects that have one, as lines
 * (such as an earlier report), or any other file with one id a line.
 *
 * Runs on an emulator that it starts itself, with a list of its own and some failures thrown in; with `--endpoint aws`,
 * on the account that the AWS SDK finds, where the file and `--index` must be said and nothing is deleted without
 * `--yes`. Exits with 0 when every document is gone, 2 when not, 130 after Ctrl-C.
 *
 * Run: pnpm example kendra-delete-documents --allow-failures --report kendra-example.ndjson
 */
import { Bulk } from "@effect-bulk/core"
import { Emulator } from "@effect-bulk/emulator"
import { type DocumentWork, Kendra } from "@effect-bulk/kendra"
import { Main, OutcomeTable, ProgressLine, ReportFile } from "@effect-bulk/terminal"
import { NodeServices } from "@effect/platform-node"
import { Console, Duration, Effect, FileSystem, Layer, Option, Result, Schedule, Schema, Stream } from "effect"
import { Argument, CliError, Command, Flag } from "effect/cli"
import { demoIndex } from "./emulated/kendra-index.ts"

const parameters = {
  file: Argument.File("file", { mustExist: true }).pipe(
    Argument.withDescription("The ids of the documents; a list for the emulator unless given"),
    Argument.optional
  ),
  endpoint: Flag.String("endpoint").pipe(
    Flag.withDescription("`emulator`, `aws`, or the URL of an endpoint"),
    Flag.withDefault("emulator")
  ),
  index: Flag.String("index").pipe(Flag.withDescription("Index; has a default on the emulator only"), Flag.optional),
  deadline: Flag.String("deadline").pipe(
    Flag.withSchema(Schema.DurationFromString),
    Flag.withDescription("How long to wait until the documents are gone; 5 seconds on the emulator, else 2 hours"),
    Flag.optional
  ),
  yes: Flag.Boolean("yes").pipe(
    Flag.withDescription("Delete, for good; needed anywhere but on the emulator"),
    Flag.withDefault(false)
  ),
  dryRun: Flag.Boolean("dry-run").pipe(Flag.withDescription("Only say what would be deleted"), Flag.withDefault(false)),
  allowFailures: Flag.Boolean("allow-failures").pipe(
    Flag.withDescription("Exit with 0 although some are not gone"),
    Flag.withDefault(false)
  ),
  report: Flag.String("report").pipe(
    Flag.withDescription("Where to write what became of each document, as NDJSON"),
    Flag.withDefault("kendra-report.ndjson")
  )
}

const job = Effect.fnUntraced(function* (
  options: Command.Command.Config.Infer<typeof parameters>,
  stop: Effect.Effect<void>
) {
  const kendra = yield* Kendra
  const { dryRun, report: path } = options
  const isEmulated = options.endpoint === "emulator"
  if (!isEmulated && (Option.isNone(options.file) || Option.isNone(options.index))) {
    return yield* userError(`--endpoint ${options.endpoint} needs --index and a file with the ids of documents`)
  }
  const indexId = Option.getOrElse(options.index, () => demoIndex.id)
  const ids = Option.isSome(options.file) ? yield* readIds(options.file.value) : demoIndex.ids
  const { Name = indexId } = yield* kendra
    .describeIndex({ Id: indexId })
    .pipe(Effect.mapError(({ message }) => userError(message)))
  const { calls } = yield* Bulk.plan(kendra.deleteDocumentsOperation, ids.length)
  yield* Console.log(
    `Index ${Name}: ${number(ids.length)} documents to delete, in ${number(calls)} ${calls === 1 ? "call" : "calls"}`
  )
  if (ids.length === 0) {
    yield* Console.log("Nothing to delete")
    return 0
  }
  if (dryRun || !(isEmulated || options.yes)) {
    yield* Console.log(
      dryRun ? "Dry run: nothing was deleted" : "Nothing was deleted: say --yes to delete them, for good"
    )
    return 0
  }

  const deadline = Option.getOrElse(options.deadline, () => (isEmulated ? Duration.seconds(5) : Duration.hours(2)))
  const file = yield* ReportFile.make(path)
  const progress = yield* ProgressLine.make({ total: ids.length })
  const verification = yield* kendra
    .deleteDocumentsAndWait(
      { indexId, ids },
      { stop, deadline, schedule: looks(progress.end), onOutcome: file.write, onProgress: progress.draw }
    )
    .pipe(Effect.catchTag("NotVerified", ({ verification }) => Effect.succeed(verification)))
  const written = yield* Effect.exit(file.end)
  yield* progress.end
  yield* Console.log(`\n${OutcomeTable.render(verification.report)}\n`)
  yield* Console.log(whereabouts(verification))
  // A report that could not be written is an error, but no reason to keep the table back.
  yield* written
  yield* Console.log(`${path}: ${number(verification.items.length)} lines, one per document`)
  const { NotAttempted } = verification.report.counts
  if (NotAttempted > 0) {
    yield* Console.log(
      `${number(NotAttempted)} were not attempted. To go on, give the ids and the report to Bulk.redrive, as examples/redrive-after-a-kill.ts does`
    )
  }
  const gone = verification.counts.Gone ?? 0
  return gone === verification.items.length || options.allowFailures ? 0 : 2
})

/** Looks after 1, 2, 4, ... seconds, and tells of each look, below the progress line. */
const looks = (endLine: Effect.Effect<void>) =>
  Schedule.min([Schedule.exponential("1 second"), Schedule.spaced("30 seconds")]).pipe(
    Schedule.tap(({ attempt, elapsed }) =>
      Effect.andThen(
        endLine,
        Console.log(`Look ${attempt} at the statuses, ${number(Math.round(elapsed / 1000))} s after the first`)
      )
    )
  )

/** Where the documents stand, with examples of those that are not gone. */
const whereabouts = ({ counts, items, lookError, looks }: DocumentWork.Deletion): string => {
  const lines = [`After ${looks} ${looks === 1 ? "look" : "looks"} at the statuses:`]
  for (const [state, count] of Object.entries(counts)) {
    const some = items.filter((item) => item.state === state).slice(0, 2)
    const examples = some.map(({ id, status }) => (status === undefined ? id : `${id} is ${status}`)).join(", ")
    lines.push(`  ${state.padEnd(10)} ${number(count).padStart(6)}${state === "Gone" ? "" : `  ${examples}`}`)
  }
  if (lookError !== undefined) lines.push(`  The last look failed: ${lookError.message}`)
  return lines.join("\n")
}

// -----------------------------------------------------------------------------
// Ids
// -----------------------------------------------------------------------------

const WithId = Schema.Union([
  Schema.String,
  Schema.Struct({ id: Schema.String }),
  Schema.Struct({ Id: Schema.String }),
  Schema.Struct({ DocumentId: Schema.String })
])
const parseLine = Schema.decodeUnknownResult(Schema.fromJsonString(WithId))

const idOf = (line: typeof WithId.Type): string => {
  if (typeof line === "string") return line
  return "id" in line ? line.id : "Id" in line ? line.Id : line.DocumentId
}

/** The ids of a file, in its order; lines without any are left out. */
const readIds = Effect.fnUntraced(function* (path: string) {
  const fs = yield* FileSystem.FileSystem
  const isJson = /\.(ndjson|jsonl)$/.test(path)
  return yield* fs.stream(path).pipe(
    Stream.decodeText,
    Stream.splitLines,
    Stream.zipWithIndex,
    Stream.filter(([line]) => line.trim() !== ""),
    Stream.mapEffect(([line, position]) => {
      if (!isJson) return Effect.succeed(line)
      const parsed = parseLine(line)
      return Result.isSuccess(parsed)
        ? Effect.succeed(idOf(parsed.success))
        : Effect.fail(userError(`${path}, line ${position + 1}: expected an id or an object with one, got ${line}`))
    }),
    Stream.runCollect
  )
})

// -----------------------------------------------------------------------------
// Program
// -----------------------------------------------------------------------------

const layerOf = (endpoint: string) => {
  if (endpoint === "aws") return Kendra.layer()
  if (endpoint !== "emulator") return Kendra.layer({ endpoint })
  const credentials = { accessKeyId: "emulator", secretAccessKey: "emulator" }
  return Layer.unwrap(
    Effect.gen(function* () {
      const { url } = yield* Emulator.Emulator
      yield* Console.log(`Emulator at ${url}; nothing here touches AWS`)
      return Kendra.layer({ endpoint: url, region: "us-east-1", credentials })
    })
  ).pipe(Layer.provide(Emulator.layer(demoIndex.options)))
}

const userError = (message: string) => new CliError.UserError({ cause: message, userMessage: message })

const number = (value: number) => value.toLocaleString("en-US")

Main.runMain((stop) => {
  let code = 0
  const command = Command.make("kendra-delete-documents", parameters, (options) =>
    job(options, stop).pipe(
      Effect.tap((result) =>
        Effect.sync(() => {
          code = result
        })
      ),
      Effect.scoped,
      Effect.provide(layerOf(options.endpoint))
    )
  )
  return Command.run(command, { version: "0.1.0" }).pipe(
    Effect.map(() => code),
    Effect.provide(NodeServices.layer)
  )
})
