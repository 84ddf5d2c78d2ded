/**
 * Deletes the read sets of a HealthOmics sequence store that are older than a date: lists them, says what would be
 * deleted and how long that takes, deletes them in bulk, verifies by listing again, and tells what became of each.
 *
 * Runs on an emulator that it starts itself, with some failures thrown in; with `--endpoint aws`, on the account that
 * the AWS SDK finds, where `--store` and `--created-before` must be said and nothing is deleted without `--yes`. Exits
 * with 0 when every read set was deleted, 2 when not, 130 after Ctrl-C.
 *
 * Run: pnpm example omics-delete-read-sets --allow-failures --report omics-example.ndjson
 */
import { Bulk, Outcome, Report } from "@effect-bulk/core"
import { Emulator } from "@effect-bulk/emulator"
import { Omics } from "@effect-bulk/omics"
import { Main, OutcomeTable, ProgressLine, ReportFile } from "@effect-bulk/terminal"
import { NodeServices } from "@effect/platform-node"
import { Console, DateTime, Duration, Effect, FileSystem, Layer, Option, Schedule, Schema, Stream } from "effect"
import { CliError, Command, Flag } from "effect/cli"
import { demoStore } from "./emulated/omics-store.ts"

const flags = {
  endpoint: Flag.String("endpoint").pipe(
    Flag.withDescription("`emulator`, `aws`, or the URL of an endpoint"),
    Flag.withDefault("emulator")
  ),
  store: Flag.String("store").pipe(
    Flag.withDescription("Sequence store; has a default on the emulator only"),
    Flag.optional
  ),
  createdBefore: Flag.String("created-before").pipe(
    Flag.withSchema(Schema.DateTimeUtcFromString),
    Flag.withDescription("Only read sets made before this day, such as 2026-01-31; has a default on the emulator only"),
    Flag.optional
  ),
  rate: Flag.Int("rate").pipe(
    Flag.withSchema(Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))),
    Flag.withDescription("Delete calls per second that the account is granted: 1 unless raised; 5 on the emulator"),
    Flag.optional
  ),
  yes: Flag.Boolean("yes").pipe(
    Flag.withDescription("Delete, for good; needed anywhere but on the emulator"),
    Flag.withDefault(false)
  ),
  dryRun: Flag.Boolean("dry-run").pipe(Flag.withDescription("Only say what would be deleted"), Flag.withDefault(false)),
  allowFailures: Flag.Boolean("allow-failures").pipe(
    Flag.withDescription("Exit with 0 although some were not deleted"),
    Flag.withDefault(false)
  ),
  report: Flag.String("report").pipe(
    Flag.withDescription("Where to write what became of each read set, as NDJSON"),
    Flag.withDefault("demo-report.ndjson")
  )
}

const job = Effect.fnUntraced(function* (
  options: Command.Command.Config.Infer<typeof flags>,
  stop: Effect.Effect<void>
) {
  const omics = yield* Omics
  const { dryRun, report: path } = options
  const isEmulated = options.endpoint === "emulator"
  if (!isEmulated && (Option.isNone(options.store) || Option.isNone(options.createdBefore))) {
    return yield* userError(`--endpoint ${options.endpoint} needs --store and --created-before`)
  }
  const sequenceStoreId = Option.getOrElse(options.store, () => demoStore.id)
  const createdBefore = Option.getOrElse(options.createdBefore, () => demoStore.createdBefore)
  const rate = Option.getOrElse(options.rate, () => (isEmulated ? 5 : 1))
  const policy = { rate: { count: rate, per: "1 second", burst: 1 } } as const
  const before = DateTime.formatIsoDateUtc(createdBefore)
  const unlessStopped = Effect.raceFirst(Effect.as(stop, undefined))

  yield* Console.log(`Listing the read sets of store ${sequenceStoreId} made before ${before}`)
  const listed = yield* Stream.runCollect(
    omics.listReadSets({ sequenceStoreId, filter: { createdBefore: DateTime.toDateUtc(createdBefore) } })
  ).pipe(unlessStopped)
  if (listed === undefined) {
    const fs = yield* FileSystem.FileSystem
    const older = (yield* fs.exists(path)) ? `; ${path} is of an earlier run` : ""
    yield* Console.log(`Stopped before anything was deleted. No report was written${older}`)
    return 0
  }
  const ids = listed.map(({ id }) => id)
  const plan = yield* Bulk.plan(omics.deleteReadSetsOperation, ids.length, policy)
  yield* Console.log(
    `${number(ids.length)} read sets: ${number(plan.calls)} calls, at least ${Duration.format(plan.atLeast ?? Duration.zero)} at ${rate} calls a second`
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

  const file = yield* ReportFile.make(path)
  const progress = yield* ProgressLine.make({ total: ids.length })
  const items = ids.map((id) => ({ sequenceStoreId, id }))
  const report = yield* Bulk.run(omics.deleteReadSetsOperation, items, {
    policy,
    stop,
    onOutcome: file.write,
    onProgress: progress.draw
  })
  const written = yield* Effect.exit(file.end)
  yield* progress.end
  yield* Console.log(`\n${OutcomeTable.render(report)}\n`)

  const taken = new Set(report.outcomes.filter(Outcome.isSucceeded).map(({ id }) => id))
  const stillListed = omics.listReadSets({ sequenceStoreId }).pipe(
    Stream.filter(({ id, status }) => taken.has(id) && status !== "DELETED"),
    Stream.runCount
  )
  // Deletion goes on after the answer, so a look too early finds some of them on their way out.
  const left = yield* stillListed.pipe(
    Effect.repeat({ schedule: Schedule.max([Schedule.spaced("1 second"), Schedule.recurs(5)]), until: (n) => n === 0 }),
    Effect.map(String),
    Effect.catch((error) => Effect.succeed(`an unknown number of (${error.message})`)),
    unlessStopped
  )
  yield* Console.log(
    left === undefined
      ? "Not verified: stopped"
      : `Verified by listing again: ${left} of the ${number(taken.size)} deleted read sets are still listed`
  )
  // A report that could not be written is an error, but no reason to keep the table back.
  yield* written
  yield* Console.log(`${path}: ${number(report.outcomes.length)} lines, one per read set`)
  const { NotAttempted } = report.counts
  if (NotAttempted > 0) {
    yield* Console.log(
      `${number(NotAttempted)} were not attempted. To go on, run this again: it lists what is left. Or give the ids and the report to Bulk.redrive, as examples/redrive-after-a-kill.ts does`
    )
  }
  return Report.isComplete(report) || options.allowFailures ? 0 : 2
})

const layerOf = (endpoint: string) => {
  if (endpoint === "aws") return Omics.layer()
  if (endpoint !== "emulator") return Omics.layer({ endpoint })
  const credentials = { accessKeyId: "emulator", secretAccessKey: "emulator" }
  return Layer.unwrap(
    Effect.gen(function* () {
      const { url } = yield* Emulator.Emulator
      yield* Console.log(`Emulator at ${url}; nothing here touches AWS`)
      return Omics.layer({ endpoint: url, region: "us-east-1", credentials })
    })
  ).pipe(Layer.provide(Emulator.layer(demoStore.options)))
}

const userError = (message: string) => new CliError.UserError({ cause: message, userMessage: message })

const number = (value: number) => value.toLocaleString("en-US")

Main.runMain((stop) => {
  let code = 0
  const command = Command.make("omics-delete-read-sets", flags, (options) =>
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
