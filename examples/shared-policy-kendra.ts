/**
 * Deletes documents of a search index under the policy of its company: the second of two apps that share it.
 *
 * It reads the policy from a file, as an app would that cannot import it. Its calls are smaller, since it says so.
 *
 * Whoever runs it may change the policy: `EFFECT_BULK_POLICY='{"maxAttempts":2}' pnpm example shared-policy-kendra`.
 *
 * Run: pnpm example shared-policy-kendra
 */
import { Faults } from "@effect-bulk/aws/testing"
import { BatchPolicy, Bulk, Report } from "@effect-bulk/core"
import { Emulator } from "@effect-bulk/emulator"
import { Kendra } from "@effect-bulk/kendra"
import { OutcomeTable } from "@effect-bulk/terminal"
import { NodeFileSystem, NodeRuntime } from "@effect/platform-node"
import { Console, Effect, FileSystem, Layer } from "effect"
import { fileURLToPath } from "node:url"

const indexId = "01234567-89ab-cdef-0123-456789abcdef"

const program = Effect.gen(function* () {
  const kendra = yield* Kendra
  const items = Array.from({ length: 40 }, (_, i) => ({ indexId, id: `document-${i}` }))
  const report = yield* Bulk.run(kendra.deleteDocumentsOperation, items)
  yield* Console.log(`policy: ${BatchPolicy.format(report.policy)}\n\n${OutcomeTable.render(report)}`)
  yield* Report.orFail(report)
}).pipe(BatchPolicy.within({ maxItems: 5 }))

const policy = Layer.unwrap(
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const text = yield* fs.readFileString(fileURLToPath(import.meta.resolve("./shared-policy/policy.json")))
    return BatchPolicy.layer(yield* BatchPolicy.fromJson(text))
  })
).pipe(Layer.provide(NodeFileSystem.layer))

const kendra = Layer.unwrap(
  Effect.map(Emulator.Emulator, ({ url }) =>
    Kendra.layer({ endpoint: url, region: "us-east-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } })
  )
).pipe(
  Layer.provide(
    Emulator.layer({
      kendra: { indices: [{ id: indexId, documents: 40 }] },
      faults: Faults.script([null, { _tag: "Throttle" }])
    })
  )
)

program.pipe(
  Effect.provide(kendra),
  Effect.provide(BatchPolicy.layerConfig().pipe(Layer.provideMerge(policy))),
  NodeRuntime.runMain
)
