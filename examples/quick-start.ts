/**
 * Deletes three read sets, one of which is not there, on a local emulator.
 *
 * Run: pnpm example quick-start
 */
import { Report } from "@effect-bulk/core"
import { Emulator } from "@effect-bulk/emulator"
import { Omics } from "@effect-bulk/omics"
import { Console, Effect, Layer } from "effect"

const program = Effect.gen(function* () {
  const omics = yield* Omics
  // Any number of ids. Fails unless every single one is taken for deletion.
  yield* omics.deleteReadSets({ sequenceStoreId: "1234567890", ids: ["1000000000", "1000000001", "4040404040"] })
  yield* Console.log("all deleted")
}).pipe(
  Effect.catchTag("BulkIncomplete", ({ message, report }) =>
    Effect.gen(function* () {
      yield* Console.log(message)
      for (const outcome of report.outcomes) {
        const why = outcome._tag === "Succeeded" ? outcome.evidence : Report.reasonOf(outcome)
        yield* Console.log(`${outcome.id} ${outcome._tag}: ${why}`)
      }
    })
  )
)

const credentials = { accessKeyId: "emulator", secretAccessKey: "emulator" }
const OnEmulator = Layer.unwrap(
  Effect.map(Emulator.Emulator, ({ url }) => Omics.layer({ endpoint: url, region: "us-east-1", credentials }))
).pipe(Layer.provide(Emulator.layer({ omics: { sequenceStores: [{ id: "1234567890", readSets: 10 }] } })))

// Against AWS: Effect.provide(Omics.layer({ region: "us-east-1" }))
await Effect.runPromise(program.pipe(Effect.provide(OnEmulator)))
