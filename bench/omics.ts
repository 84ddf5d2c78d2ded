/**
 * One side of the end-to-end row, in a process of its own: `node bench/omics.ts ours|loop COUNT ENDPOINT`. Both delete
 * read sets by BatchDeleteReadSet, 100 a call, 16 calls at a time. `loop` is written by hand over the SDK client with
 * its defaults, and counts the errors that it is told.
 */
import { BatchDeleteReadSetCommand, OmicsClient } from "@aws-sdk/client-omics"
import { Omics } from "@effect-bulk/omics/Omics"
import * as Bulk from "@effect-bulk/core/Bulk"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { report } from "./measure.ts"

const [, , endpoint = ""] = process.argv.slice(2)
const config = {
  region: "us-east-1",
  endpoint,
  credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" }
}
const sequenceStoreId = "1234567890"
const idOf = (i: number): string => `${1_000_000_000 + i}`

const sides = {
  ours: (count: number) =>
    Effect.gen(function* () {
      const omics = yield* Omics
      let succeeded = 0
      yield* Stream.range(0, count - 1).pipe(
        Stream.map((i) => ({ sequenceStoreId, id: idOf(i) })),
        Bulk.stream(omics.deleteReadSetsOperation, {
          policy: { concurrency: 16, rate: { count: 1_000_000, per: "1 second", burst: 1_000_000 } }
        }),
        Stream.runForEachArray((outcomes) => {
          for (const outcome of outcomes) if (outcome._tag === "Succeeded") succeeded++
          return Effect.void
        })
      )
      return succeeded
    }).pipe(Effect.provide(Omics.layer(config)), Effect.orDie),
  loop: (count: number) =>
    Effect.promise(async () => {
      // The prefix that HealthOmics wants before its host name would make the local one unknown.
      const client = new OmicsClient({ ...config, disableHostPrefix: true })
      let next = 0
      let done = 0
      const worker = async () => {
        while (next < count) {
          const from = next
          next = Math.min(count, from + 100)
          const ids = Array.from({ length: next - from }, (_, i) => idOf(from + i))
          const { errors = [] } = await client.send(new BatchDeleteReadSetCommand({ sequenceStoreId, ids }))
          done += ids.length - errors.length
        }
      }
      await Promise.all(Array.from({ length: 16 }, worker))
      client.destroy()
      return done
    })
}

await report(sides, { warmUp: 200_000 })
