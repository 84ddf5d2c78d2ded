/**
 * Runs a job over the live layer of a service, whose test runs it over the test layer.
 *
 * The test, test/swap-layers.test.ts, has a model in memory, where calls go wrong by script and hours pass in no time.
 *
 * Run: pnpm example swap-layers
 */
import { Emulator } from "@effect-bulk/emulator"
import { Omics } from "@effect-bulk/omics"
import { NodeRuntime } from "@effect/platform-node"
import { Console, Effect, Layer } from "effect"
import { cleanUp } from "./swap-layers/cleanUp.ts"

const sequenceStoreId = "1234567890"

const readSets = Array.from({ length: 250 }, (_, i) => ({
  id: String(1_000_000_000 + i),
  status: i % 5 === 0 ? ("UPLOAD_FAILED" as const) : ("ACTIVE" as const)
}))

// On AWS this would be `Omics.layer()`.
const live = Layer.unwrap(
  Effect.map(Emulator.Emulator, ({ url }) =>
    Omics.layer({ endpoint: url, region: "us-east-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } })
  )
).pipe(Layer.provide(Emulator.layer({ omics: { sequenceStores: [{ id: sequenceStoreId, readSets }] } })))

cleanUp(sequenceStoreId).pipe(
  Effect.flatMap(({ gone, stuck }) => Console.log(`${gone} are gone, ${stuck.length} need a human being`)),
  Effect.provide(live),
  NodeRuntime.runMain
)
