/**
 * Deletes read sets under the policy of its company: the first of two apps that share it.
 *
 * It imports the policy, and adds what only it knows: the rate that its account was granted.
 *
 * Whoever runs it may change the policy: `EFFECT_BULK_POLICY='{"maxAttempts":2}' pnpm example shared-policy-omics`.
 *
 * Run: pnpm example shared-policy-omics
 */
import { Faults } from "@effect-bulk/aws/testing"
import { BatchPolicy, Bulk, Report } from "@effect-bulk/core"
import { Emulator } from "@effect-bulk/emulator"
import { Omics } from "@effect-bulk/omics"
import { OutcomeTable } from "@effect-bulk/terminal"
import { NodeRuntime } from "@effect/platform-node"
import { Console, Effect, Layer } from "effect"
import * as CompanyPolicy from "./shared-policy/CompanyPolicy.ts"

const sequenceStoreId = "1234567890"

const program = Effect.gen(function* () {
  const omics = yield* Omics
  const items = Array.from({ length: 500 }, (_, i) => ({ sequenceStoreId, id: String(1_000_000_000 + i) }))
  const report = yield* Bulk.run(omics.deleteReadSetsOperation, items)
  yield* Console.log(`policy: ${BatchPolicy.format(report.policy)}\n\n${OutcomeTable.render(report)}`)
  yield* Report.orFail(report)
}).pipe(BatchPolicy.within({ rate: { count: 10, per: "1 second" } }))

const omics = Layer.unwrap(
  Effect.map(Emulator.Emulator, ({ url }) =>
    Omics.layer({ endpoint: url, region: "us-east-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } })
  )
).pipe(
  Layer.provide(
    Emulator.layer({
      omics: { sequenceStores: [{ id: sequenceStoreId, readSets: 500 }] },
      faults: Faults.script([null, { _tag: "Throttle" }, { _tag: "ResetAfter" }])
    })
  )
)

program.pipe(Effect.provide(omics), Effect.provide(CompanyPolicy.layer), NodeRuntime.runMain)
