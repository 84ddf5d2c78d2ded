/**
 * Deletes the read sets that a file names, and writes what becomes of each to another file:
 * `node delete.ts ENDPOINT STORE ITEMS REPORT`. Whoever kills it can find out from the two what is left to do.
 */
import { Bulk, Report } from "@effect-bulk/core"
import { Omics } from "@effect-bulk/omics"
import { Main, OutcomeTable, ReportFile } from "@effect-bulk/terminal"
import { NodeFileSystem } from "@effect/platform-node"
import { Console, Effect, FileSystem } from "effect"

const [, , endpoint = "", sequenceStoreId = "", itemsPath = "", reportPath = ""] = process.argv

Main.runMain((stop) =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const omics = yield* Omics
    const ids = (yield* fs.readFileString(itemsPath)).trimEnd().split("\n")
    const report = yield* Effect.scoped(
      Effect.gen(function* () {
        const file = yield* ReportFile.make(reportPath)
        const items = ids.map((id) => ({ sequenceStoreId, id }))
        const report = yield* Bulk.run(omics.deleteReadSetsOperation, items, {
          // Small calls, so that there is a middle to be killed in, and more of them than AWS documents.
          policy: { maxItems: 20, rate: { count: 10, per: "1 second" } },
          stop,
          onOutcome: file.write
        })
        yield* file.end
        return report
      })
    )
    yield* Console.log(OutcomeTable.render(report))
    return Report.isComplete(report) ? 0 : 2
  }).pipe(
    Effect.provide([
      NodeFileSystem.layer,
      Omics.layer({
        endpoint,
        region: "us-east-1",
        credentials: { accessKeyId: "emulator", secretAccessKey: "emulator" }
      })
    ])
  )
)
