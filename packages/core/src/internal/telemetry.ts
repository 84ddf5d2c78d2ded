/**
 * What is seen of a run from outside: a span per call, and metrics, counted per call and per turn of the loop, never
 * per item.
 */
import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import type * as Tracer from "effect/Tracer"
import type { BatchOperation } from "../BatchOperation.ts"
import type { Fate } from "../Fate.ts"
import { type Tag, tags } from "../Outcome.ts"
import type { Call, Stats } from "./run.ts"

const items = Metric.counter("effect_bulk_items_total", {
  description: "Items by outcome",
  incremental: true
})
const calls = Metric.counter("effect_bulk_calls_total", {
  description: "Calls by fate; Answered for those that were answered",
  incremental: true
})
const retries = Metric.counter("effect_bulk_retries_total", {
  description: "Calls that carried a retried item",
  incremental: true
})
const throttles = Metric.counter("effect_bulk_throttles_total", {
  description: "Calls that the service throttled",
  incremental: true
})
const quotaWait = Metric.counter("effect_bulk_quota_wait_milliseconds_total", {
  description: "Time in which a batch was ready and the quota did not allow a call",
  incremental: true
})
const inFlight = Metric.gauge("effect_bulk_calls_in_flight", {
  description: "Calls in flight under the quota of the operation"
})
const adaptiveRate = Metric.gauge("effect_bulk_adaptive_rate", {
  description: "Calls per second that the adaptive limit allows"
})

export interface Telemetry {
  readonly returned: (fate: Fate["_tag"] | "Answered") => void
  /** Adds what happened since the last time. */
  readonly flush: () => void
  readonly span: <Item, A, E>(
    call: Call<Item, A, E>
  ) => <B, E2, R>(self: Effect.Effect<B, E2, R>) => Effect.Effect<B, E2, R>
}

export const make = <Item, A, E, R>(
  operation: BatchOperation<Item, A, E, R>,
  stats: Stats,
  context: Context.Context<never>
): Telemetry => {
  const attributes = { operation: operation.name }
  const byOutcome = new Map<Tag, Metric.Counter<number>>()
  const byFate = new Map<string, Metric.Counter<number>>()
  const seen = { retries: 0, throttles: 0, quotaWait: 0, outcomes: { ...stats.outcomes } }
  const own = {
    retries: Metric.withAttributes(retries, attributes),
    throttles: Metric.withAttributes(throttles, attributes),
    quotaWait: Metric.withAttributes(quotaWait, attributes),
    inFlight: Metric.withAttributes(inFlight, attributes),
    adaptiveRate: Metric.withAttributes(adaptiveRate, attributes)
  }
  const add = (metric: Metric.Metric<number, unknown>, amount: number) => {
    if (amount > 0) metric.updateUnsafe(amount, context)
  }
  const counterOf = <K extends string>(
    cache: Map<K, Metric.Counter<number>>,
    metric: Metric.Counter<number>,
    name: string,
    key: K
  ) => {
    let counter = cache.get(key)
    if (counter === undefined) {
      counter = Metric.withAttributes(metric, { ...attributes, [name]: key })
      cache.set(key, counter)
    }
    return counter
  }
  return {
    returned: (fate) => add(counterOf(byFate, calls, "fate", fate), 1),
    flush: () => {
      for (const tag of tags) {
        const amount = stats.outcomes[tag] - seen.outcomes[tag]
        if (amount === 0) continue
        seen.outcomes[tag] = stats.outcomes[tag]
        add(counterOf(byOutcome, items, "outcome", tag), amount)
      }
      add(own.retries, stats.retries - seen.retries)
      seen.retries = stats.retries
      add(own.throttles, stats.throttles - seen.throttles)
      seen.throttles = stats.throttles
      add(own.quotaWait, stats.quotaWait - seen.quotaWait)
      seen.quotaWait = stats.quotaWait
      own.inFlight.updateUnsafe(operation.quota.pace.inFlight, context)
      const rate = operation.quota.pace.adaptiveRate
      if (rate !== undefined) own.adaptiveRate.updateUnsafe(rate, context)
    },
    span: (call) => {
      const links: Array<Tracer.SpanLink> = []
      for (const entry of call.entries) {
        const span = entry.ties?.caller
        if (span !== undefined && links[links.length - 1]?.span !== span) links.push({ span, attributes: {} })
      }
      return Effect.withSpan(
        `${operation.name}.call`,
        {
          links,
          attributes: { "effect_bulk.call": call.number, "effect_bulk.items": call.entries.length }
        },
        { captureStackTrace: false }
      )
    }
  }
}
