/**
 * Kills a job in the middle, and loses nothing: what its report does not call succeeded is run again.
 *
 * The job had the list of its items in a file, and wrote what became of them to another. It deletes read sets on an
 * emulator, in a process of its own, which this one kills with SIGKILL.
 *
 * Run: pnpm example redrive-after-a-kill
 */
import { Bulk, DeadLetter, Report } from "@effect-bulk/core"
import { Emulator } from "@effect-bulk/emulator"
import { Omics } from "@effect-bulk/omics"
import { Main, OutcomeTable, ReportFile } from "@effect-bulk/terminal"
import { NodeFileSystem } from "@effect/platform-node"
import { Console, Effect, FileSystem, Layer, Schedule, Stream } from "effect"
import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"

const sequenceStoreId = "1234567890"
const credentials = { accessKeyId: "emulator", secretAccessKey: "emulator" }

/** Runs the job in a process of its own until it has written something, and kills it. */
const killed = Effect.fnUntraced(function* (endpoint: string, itemsPath: string, reportPath: string) {
  const fs = yield* FileSystem.FileSystem
  const job = fileURLToPath(import.meta.resolve("./redrive-after-a-kill/delete.ts"))
  const child = spawn(process.execPath, [job, endpoint, sequenceStoreId, itemsPath, reportPath], { stdio: "inherit" })
  yield* Effect.orElseSucceed(fs.readFileString(reportPath), () => "").pipe(
    Effect.repeat({ schedule: Schedule.spaced("10 millis"), until: (text) => text.split("\n").length > 100 }),
    Effect.ensuring(Effect.sync(() => child.kill("SIGKILL")))
  )
  // A kill seldom tears a line; this one does.
  const torn = (yield* fs.stat(reportPath)).size - 40n
  yield* fs.truncate(reportPath, Number(torn))
})

const program = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const emulator = yield* Emulator.Emulator
  const omics = yield* Omics
  const folder = yield* fs.makeTempDirectoryScoped()
  const [itemsPath, reportPath] = [`${folder}/items.txt`, `${folder}/report.ndjson`]

  // First the list: once some are deleted, listing again would give another one.
  const ids = yield* omics.listReadSets({ sequenceStoreId }).pipe(
    Stream.map(({ id }) => id),
    Stream.runCollect
  )
  yield* fs.writeFileString(itemsPath, ids.map((id) => `${id}\n`).join(""))
  yield* killed(emulator.url, itemsPath, reportPath)

  // Now what any other process could do, at any later time.
  const lines = yield* DeadLetter.readLines(fs.stream(reportPath))
  const items = ids.map((id) => ({ sequenceStoreId, id }))
  const letters = yield* DeadLetter.fromLines(omics.deleteReadSetsOperation, items, lines)
  yield* Console.log(`Killed: ${lines.length} of ${ids.length} read sets have an outcome, ${letters.length} to redrive`)
  const sentBefore = (yield* emulator.calls).length

  const report = yield* Effect.scoped(
    Effect.gen(function* () {
      const file = yield* ReportFile.make(reportPath, { append: true })
      const report = yield* Bulk.redrive(omics.deleteReadSetsOperation, letters, {
        policy: { rate: { count: 10, per: "1 second" } },
        onOutcome: file.write
      })
      yield* file.end
      return report
    })
  )
  yield* Console.log(`\n${OutcomeTable.render(report)}\n`)

  const again = (yield* emulator.calls).slice(sentBefore).flatMap((call) => call.items)
  const succeeded = new Set(lines.filter(({ outcome }) => outcome === "Succeeded").map(({ id }) => id))
  const left = [...emulator.models.omics.readSets(sequenceStoreId)].filter(({ deleted }) => deleted === 0)
  yield* Console.log(`Sent again although it had succeeded: ${again.filter((id) => succeeded.has(id)).length}`)
  yield* Console.log(`Read sets that were never deleted: ${left.length}`)

  // The report is whole again: the redrive's lines follow those of the killed run.
  const whole = yield* DeadLetter.readLines(fs.stream(reportPath))
  const undone = yield* DeadLetter.fromLines(omics.deleteReadSetsOperation, items, whole)
  yield* Console.log(`Left to redrive, says the report: ${undone.length}`)
  return Report.isComplete(report) && left.length === 0 && undone.length === 0 ? 0 : 1
})

const emulator = Emulator.layer({
  // To delete again what is gone is an error here: for a call that was perhaps applied, it means success.
  omics: { sequenceStores: [{ id: sequenceStoreId, readSets: 500 }], choices: { again: "missing" } }
})

const omics = Layer.unwrap(
  Effect.map(Emulator.Emulator, ({ url }) => Omics.layer({ endpoint: url, region: "us-east-1", credentials }))
)

Main.runMain(() =>
  program.pipe(Effect.scoped, Effect.provide([Layer.provideMerge(omics, emulator), NodeFileSystem.layer]))
)
