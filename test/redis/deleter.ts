/**
 * One of several processes that delete read sets under a quota that they share through Redis. Prints a line for each
 * call that it hears of, and the counts at the end.
 */
import { Bulk, Quota } from "@effect-bulk/core"
import * as QuotaStoreRedis from "@effect-bulk/core/QuotaStoreRedis"
import { Omics } from "@effect-bulk/omics"
import { Main } from "@effect-bulk/terminal"
import { NodeRedis } from "@effect/platform-node"
import { Console, Effect, Layer } from "effect"

export interface Options {
  readonly endpoint: string
  readonly redis: number
  readonly sequenceStoreId: string
  readonly ids: ReadonlyArray<string>
}

const { endpoint, ids, redis, sequenceStoreId } = JSON.parse(process.argv[2] ?? "") as Options

const destroyed = Layer.effectDiscard(
  Effect.flatMap(NodeRedis.NodeRedis, ({ client }) => Effect.addFinalizer(() => Effect.sync(() => client.destroy())))
)

const store = QuotaStoreRedis.layer().pipe(
  Layer.provideMerge(destroyed),
  Layer.provide(NodeRedis.layer({ disableOfflineQueue: true, socket: { port: redis } }))
)

const layer = Omics.layer({
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" }
}).pipe(Layer.provide(Layer.sync(Quota.Registry, () => new Map())), Layer.provideMerge(store))

Main.runMain((stop) =>
  Effect.gen(function* () {
    const omics = yield* Omics
    const items = ids.map((id) => ({ sequenceStoreId, id }))
    let calls = 0
    const report = yield* Bulk.run(omics.deleteReadSetsOperation, items, {
      stop,
      policy: { maxItems: 4, rate: { count: 10, per: "1 second" } },
      onProgress: (progress) => {
        if (progress.calls === calls) return Effect.void
        calls = progress.calls
        return Console.log(`calls: ${calls}`)
      }
    })
    yield* Console.log(JSON.stringify({ calls: report.calls, counts: report.counts }))
    return 0
  }).pipe(Effect.provide(layer))
)
