/** The emulator of a soak as a program of its own: `node test/soak/emulator.ts ITEMS SEED`. Ends with its parent. */
import { Emulator } from "@effect-bulk/emulator"
import { Console, Effect } from "effect"
import { faults, readSetAt, stores, troubleOf } from "./scenario.ts"

const failures = {
  refused: { code: "IN_USE", message: "The specified readset is in use." },
  broken: { code: "INTERNAL_ERROR", message: "An internal error occurred." },
  shaky: { code: "INTERNAL_ERROR", message: "An internal error occurred.", times: 1 }
}

const [items = Number.NaN, seed = Number.NaN] = process.argv.slice(2).map(Number)
const scenario = { items, seed }

const program = Effect.gen(function* () {
  const { models, url } = yield* Emulator.make({
    omics: {
      sequenceStores: stores(scenario),
      // Soon over, so that a retry finds some deletions under way and some over.
      choices: { deletingMillis: 20, deletingLooks: 0, gone: "DELETED" }
    },
    faults: faults(scenario)
  })
  for (let position = 0; position < items; position++) {
    const { id } = readSetAt(position)
    const trouble = troubleOf(scenario, id)
    if (trouble !== undefined) models.omics.failItem(id, failures[trouble])
  }
  yield* Console.log(`Emulator listening on ${url}`)
  yield* Effect.callback<void>((resume) => {
    process.stdin.on("end", () => resume(Effect.void)).resume()
  })
})

// Ctrl-C reaches parent and child alike, and the parent has still to ask what is there.
process.on("SIGINT", () => {})
await Effect.runPromise(Effect.scoped(program))
