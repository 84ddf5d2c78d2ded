/** An OpenTelemetry collector that keeps the names of what arrives. */
import { Context, Effect, Layer, Schema } from "effect"
import { HttpRouter, HttpServerRequest, HttpServerResponse } from "effect/http"

const Spans = Schema.Struct({
  resourceSpans: Schema.Array(
    Schema.Struct({
      scopeSpans: Schema.Array(
        Schema.Struct({
          spans: Schema.Array(
            Schema.Struct({ name: Schema.String, links: Schema.optionalKey(Schema.Array(Schema.Unknown)) })
          )
        })
      )
    })
  )
})

const Metrics = Schema.Struct({
  resourceMetrics: Schema.Array(
    Schema.Struct({
      scopeMetrics: Schema.Array(Schema.Struct({ metrics: Schema.Array(Schema.Struct({ name: Schema.String })) }))
    })
  )
})

const Logs = Schema.Struct({
  resourceLogs: Schema.Array(
    Schema.Struct({
      scopeLogs: Schema.Array(
        Schema.Struct({
          logRecords: Schema.Array(
            Schema.Struct({ body: Schema.Struct({ stringValue: Schema.optionalKey(Schema.String) }) })
          )
        })
      )
    })
  )
})

export class Collector extends Context.Service<
  Collector,
  {
    /** How many spans of each name. */
    readonly spans: Map<string, number>
    /** How many links from a span to another. */
    links: number
    readonly metrics: Set<string>
    readonly logs: Array<string>
  }
>()("examples/Collector") {
  static readonly layer = Layer.unwrap(
    Effect.sync(() => {
      const arrived: Collector["Service"] = { spans: new Map(), links: 0, metrics: new Set(), logs: [] }
      const post = <A>(path: `/${string}`, schema: Schema.Decoder<A>, keep: (body: A) => void) =>
        HttpRouter.add(
          "POST",
          path,
          Effect.map(HttpServerRequest.schemaBodyJson(schema), (body) => {
            keep(body)
            return HttpServerResponse.jsonUnsafe({})
          })
        )
      const routes = Layer.mergeAll(
        post("/v1/traces", Spans, ({ resourceSpans }) => {
          for (const { links = [], name } of resourceSpans
            .flatMap((one) => one.scopeSpans)
            .flatMap((one) => one.spans)) {
            arrived.spans.set(name, (arrived.spans.get(name) ?? 0) + 1)
            arrived.links += links.length
          }
        }),
        post("/v1/metrics", Metrics, ({ resourceMetrics }) => {
          const metrics = resourceMetrics.flatMap((one) => one.scopeMetrics).flatMap((one) => one.metrics)
          for (const { name } of metrics) arrived.metrics.add(name)
        }),
        post("/v1/logs", Logs, ({ resourceLogs }) => {
          const records = resourceLogs.flatMap((one) => one.scopeLogs).flatMap((one) => one.logRecords)
          for (const { body } of records) arrived.logs.push(body.stringValue ?? "")
        })
      )
      return HttpRouter.serve(routes, { disableLogger: true, disableListenLog: true }).pipe(
        Layer.provideMerge(Layer.succeed(Collector, arrived))
      )
    })
  )
}
