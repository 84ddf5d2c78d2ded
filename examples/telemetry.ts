/**
 * Shows spans, metrics and logs of bulk runs on their way to an OpenTelemetry collector, and to Prometheus.
 *
 * The exporter is Effect's own. The collector is a small one of this example, which counts what arrives.
 *
 * Run: pnpm example telemetry
 */
import { Faults } from "@effect-bulk/aws/testing"
import { Bulk } from "@effect-bulk/core"
import { Emulator } from "@effect-bulk/emulator"
import { Omics } from "@effect-bulk/omics"
import { NodeHttpServer, NodeRuntime } from "@effect/platform-node"
import { Console, Effect, Layer, References } from "effect"
import { FetchHttpClient, HttpServer } from "effect/http"
import { Otlp, PrometheusMetrics } from "effect/observability"
import { createServer } from "node:http"
import { Collector } from "./telemetry/Collector.ts"

const sequenceStoreId = "1234567890"
const idOf = (position: number) => String(1_000_000_000 + position)

/** A run of 300 read sets, and ten callers who delete one each and share calls. */
const job = Effect.gen(function* () {
  const omics = yield* Omics
  const items = Array.from({ length: 300 }, (_, position) => ({ sequenceStoreId, id: idOf(position) }))
  yield* Bulk.run(omics.deleteReadSetsOperation, items, { policy: { rate: "adaptive" } })
  // Five of the ten ask for read sets that are not there.
  const caller = (position: number) =>
    omics.deleteReadSet({ sequenceStoreId, id: idOf(position) }).pipe(Effect.withSpan("one-caller"), Effect.exit)
  yield* Effect.forEach(Array.from({ length: 10 }).keys(), (i) => caller(300 + i), { concurrency: "unbounded" })
  yield* Console.log("The metrics, as Prometheus reads them:\n")
  yield* Console.log(yield* PrometheusMetrics.format())
}).pipe(Effect.withSpan("job"))

const omics = Layer.unwrap(
  Effect.map(Emulator.Emulator, ({ url }) =>
    Omics.layer({ endpoint: url, region: "us-east-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } })
  )
).pipe(
  Layer.provide(
    Emulator.layer({
      omics: { sequenceStores: [{ id: sequenceStoreId, readSets: 305 }] },
      faults: Faults.script([null, { _tag: "Throttle" }], "BatchDeleteReadSet")
    })
  )
)

/** Effect's exporter. It sends what is left when its scope ends. */
const exporter = Layer.unwrap(
  Effect.map(HttpServer.HttpServer, ({ address }) =>
    Otlp.layerJson({ baseUrl: HttpServer.formatAddress(address), resource: { serviceName: "telemetry-example" } })
  )
).pipe(
  Layer.provide(FetchHttpClient.layer),
  // What the engine says of each failed call and at the end of each run.
  Layer.provideMerge(Layer.succeed(References.MinimumLogLevel, "Debug"))
)

const program = Effect.gen(function* () {
  yield* job.pipe(Effect.provide(omics), Effect.provide(exporter))
  const { links, logs, metrics, spans } = yield* Collector
  yield* Console.log("What arrived at the collector:\n")
  for (const name of [...spans.keys()].toSorted()) yield* Console.log(`span    ${name}: ${spans.get(name)}`)
  for (const name of [...metrics].toSorted()) yield* Console.log(`metric  ${name}`)
  for (const message of logs) yield* Console.log(`log     ${message}`)
  yield* Console.log(`\nCallers that a call is linked to: ${links}`)
})

program.pipe(
  Effect.provide(
    Collector.layer.pipe(Layer.provideMerge(NodeHttpServer.layer(createServer, { host: "127.0.0.1", port: 0 })))
  ),
  NodeRuntime.runMain
)
