/**
 * Ends the associations of an Amazon Connect instance's analytics data sets with other accounts: lists them, says what
 * would be done and how long that takes at the quota, does it in bulk, verifies by listing again, and tells what became
 * of each. The ids of data sets can also come from a file: `.ndjson` or `.jsonl` with ids, or objects that have one, as
 * lines (such as an earlier report), or any other file with one id a line.
 *
 * Connect's errors name no data set, so the table shows the errors of a call for all that it did not do; with `--resolve`
 * each of those is sent once more, alone, and gets its own.
 *
 * Runs on an emulator that it starts itself, with some failures thrown in; with `--endpoint aws`, on the account that
 * the AWS SDK finds, where `--instance` must be said and nothing is ended without `--yes`. Exits with 0 when every
 * association ended, 2 when not, 130 after Ctrl-C.
 *
 * Run: pnpm example connect-disassociate-data-sets --allow-failures --report connect-example.ndjson
 */
import { Connect, type ConnectOperations } from "@effect-bulk/connect"
import { Bulk, type Outcome, Report } from "@effect-bulk/core"
import { Emulator } from "@effect-bulk/emulator"
import { Main, OutcomeTable, ProgressLine, ReportFile } from "@effect-bulk/terminal"
import { NodeServices } from "@effect/platform-node"
import { Console, Effect, FileSystem, Layer, Option, Result, Schema, Stream } from "effect"
import { Argument, CliError, Command, Flag } from "effect/cli"
import { demoInstance } from "./emulated/connect-instance.ts"

const parameters = {
  file: Argument.File("file", { mustExist: true }).pipe(
    Argument.withDescription("The ids of the data sets; all that are associated unless given"),
    Argument.optional
  ),
  endpoint: Flag.String("endpoint").pipe(
    Flag.withDescription("`emulator`, `aws`, or the URL of an endpoint"),
    Flag.withDefault("emulator")
  ),
  instance: Flag.String("instance").pipe(
    Flag.withDescription("Instance; has a default on the emulator only"),
    Flag.optional
  ),
  account: Flag.String("account").pipe(
    Flag.withDescription("The target account; all of them unless given, but a file needs one"),
    Flag.optional
  ),
  resolve: Flag.Boolean("resolve").pipe(
    Flag.withDescription("Find out by further calls which error is whose"),
    Flag.withDefault(false)
  ),
  yes: Flag.Boolean("yes").pipe(
    Flag.withDescription("End the associations; needed anywhere but on the emulator"),
    Flag.withDefault(false)
  ),
  dryRun: Flag.Boolean("dry-run").pipe(Flag.withDescription("Only say what would be done"), Flag.withDefault(false)),
  allowFailures: Flag.Boolean("allow-failures").pipe(
    Flag.withDescription("Exit with 0 although some associations did not end"),
    Flag.withDefault(false)
  ),
  report: Flag.String("report").pipe(
    Flag.withDescription("Where to write what became of each association, as NDJSON"),
    Flag.withDefault("connect-report.ndjson")
  )
}

type Parameters = Command.Command.Config.Infer<typeof parameters>

const job = Effect.fnUntraced(function* (options: Parameters, stop: Effect.Effect<void>) {
  const connect = yield* Connect
  const { dryRun, report: path } = options
  const isEmulated = options.endpoint === "emulator"
  if (!isEmulated && Option.isNone(options.instance)) {
    return yield* userError(`--endpoint ${options.endpoint} needs --instance`)
  }
  if (Option.isSome(options.file) && Option.isNone(options.account)) {
    return yield* userError("With a file of ids, --account must say whose associations are to end")
  }
  const instanceId = Option.getOrElse(options.instance, () => demoInstance.id)
  const associations = connect.listAnalyticsDataAssociations({ InstanceId: instanceId }).pipe(
    Stream.map(({ DataSetId: dataSetId = "", TargetAccountId: targetAccountId = "" }) => ({
      instanceId,
      targetAccountId,
      dataSetId
    })),
    Stream.filter(
      ({ targetAccountId }) => Option.getOrElse(options.account, () => targetAccountId) === targetAccountId
    ),
    Stream.mapError(({ message }) => userError(message))
  )
  const listed = yield* Stream.runCollect(associations)
  const items =
    Option.isSome(options.file) && Option.isSome(options.account)
      ? toItems(yield* readIds(options.file.value), instanceId, options.account.value)
      : listed

  const accounts = Map.groupBy(items, ({ targetAccountId }) => targetAccountId)
  const { disassociateAnalyticsDataSetsOperation: operation } = connect
  const plans = yield* Effect.forEach(accounts.values(), ({ length }) => Bulk.plan(operation, length))
  const calls = plans.reduce((sum, plan) => sum + plan.calls, 0)
  const least = Math.max(0, calls - quota.burst) / quota.perSecond
  yield* Console.log(
    `Instance ${instanceId}: ${counted(items.length, "association")} with ${counted(accounts.size, "account")} to end, in ${counted(calls, "call")}, at least ${counted(least, "second")} at the quota`
  )
  if (items.length === 0) {
    yield* Console.log("Nothing to end")
    return 0
  }
  if (dryRun || !(isEmulated || options.yes)) {
    yield* Console.log(dryRun ? "Dry run: nothing was ended" : "Nothing was ended: say --yes to end them")
    return 0
  }

  const file = yield* ReportFile.make(path)
  const progress = yield* ProgressLine.make({ total: items.length })
  const report = yield* Bulk.run(operation, items, {
    policy: { candidates: options.resolve ? "resolve" : "keep" },
    stop,
    onOutcome: file.write,
    onProgress: progress.draw
  })
  const written = yield* Effect.exit(file.end)
  yield* progress.end
  yield* Console.log(`\n${OutcomeTable.render(report)}\n`)
  const doubts = report.outcomes.filter(isInDoubt).length
  if (doubts > 0) {
    yield* Console.log(`The errors of ${number(doubts)} of them may be those of others in their call: see --resolve`)
  }
  if (report.contradicted > 0) yield* Console.log(`${counted(report.contradicted, "contradiction")} in the answers`)

  const left = yield* Effect.result(Stream.runCollect(associations))
  yield* Console.log(
    Result.isSuccess(left)
      ? verified(report.outcomes, left.success)
      : `Could not verify by listing again: ${left.failure.message}`
  )
  // A report that could not be written is an error, but no reason to keep the table back.
  yield* written
  yield* Console.log(`${path}: ${number(report.outcomes.length)} lines, one per association`)
  const { NotAttempted } = report.counts
  if (NotAttempted > 0) {
    yield* Console.log(
      `${number(NotAttempted)} were not attempted. To go on, ${
        Option.isNone(options.file)
          ? "run this again: it ends what is still listed"
          : "give the ids and the report to Bulk.redrive, as examples/redrive-after-a-kill.ts does"
      }`
    )
  }
  return Report.isComplete(report) || options.allowFailures ? 0 : 2
})

type Item = ConnectOperations.AnalyticsDataSetKey
type AnyOutcome = Outcome.Outcome<Item, void, unknown>

/** What AWS documents for most operations of Connect. */
const quota = { perSecond: 2, burst: 5 }

const toItems = (ids: ReadonlyArray<string>, instanceId: string, targetAccountId: string): ReadonlyArray<Item> =>
  ids.map((dataSetId) => ({ instanceId, targetAccountId, dataSetId }))

const isInDoubt = (outcome: AnyOutcome): boolean => "candidates" in outcome && outcome.candidates !== undefined

/** How what was reported fits what is still in the list. */
const verified = (outcomes: ReadonlyArray<AnyOutcome>, left: ReadonlyArray<Item>): string => {
  const key = ({ dataSetId, targetAccountId = "" }: Item) => `${targetAccountId} ${dataSetId}`
  const listed = new Set(left.map(key))
  const ended = outcomes.filter(({ _tag }) => _tag === "Succeeded")
  const others = outcomes.filter(({ _tag }) => _tag !== "Succeeded")
  const still = ended.filter(({ item }) => listed.has(key(item))).length
  const gone = others.filter(({ item }) => !listed.has(key(item))).length
  const rest = others.length === 0 ? "" : `, and ${number(gone)} of the ${number(others.length)} others are not`
  return `Verified by listing again: ${number(still)} of the ${number(ended.length)} ended associations are still listed${rest}`
}

// -----------------------------------------------------------------------------
// Ids
// -----------------------------------------------------------------------------

const WithId = Schema.Union([
  Schema.String,
  Schema.Struct({ id: Schema.String }),
  Schema.Struct({ dataSetId: Schema.String }),
  Schema.Struct({ DataSetId: Schema.String })
])
const parseLine = Schema.decodeUnknownResult(Schema.fromJsonString(WithId))

const idOf = (line: typeof WithId.Type): string => {
  if (typeof line === "string") return line
  return "id" in line ? line.id : "dataSetId" in line ? line.dataSetId : line.DataSetId
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
      if (!isJson) return Effect.succeed(line.trim())
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
  if (endpoint === "aws") return Connect.layer()
  if (endpoint !== "emulator") return Connect.layer({ endpoint })
  const credentials = { accessKeyId: "emulator", secretAccessKey: "emulator" }
  return Layer.unwrap(
    Effect.gen(function* () {
      const { url } = yield* Emulator.Emulator
      yield* Console.log(`Emulator at ${url}; nothing here touches AWS`)
      return Connect.layer({ endpoint: url, region: "us-east-1", credentials })
    })
  ).pipe(Layer.provide(Emulator.layer(demoInstance.options)))
}

const userError = (message: string) => new CliError.UserError({ cause: new Error(message), userMessage: message })

const number = (value: number) => value.toLocaleString("en-US")
const counted = (count: number, what: string) => `${number(count)} ${what}${count === 1 ? "" : "s"}`

Main.runMain((stop) => {
  let code = 0
  const command = Command.make("connect-disassociate-data-sets", parameters, (options) =>
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
