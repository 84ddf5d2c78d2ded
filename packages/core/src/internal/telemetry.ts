/**
 * What is seen of a run from outside: a span of the run and one per call, metrics, counted per call and per turn of the
 * loop, never per item, and logs. All say how many and what for, and give request ids; none says what is in an item.
 */
import * as Cause from "effect/Cause"
import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Metric from "effect/Metric"
import type * as Tracer from "effect/Tracer"
import type { BatchOperation } from "../BatchOperation.ts"
import type { Fate } from "../Fate.ts"
import { type Tag, tags } from "../Outcome.ts"
import { tagOf } from "./errors.ts"
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
  /** The span of a run, with its counts at the end. */
  readonly run: <B, E2, R>(self: Effect.Effect<B, E2, R>) => Effect.Effect<B, E2, R>
  /** The same for single requests, without a span: it would be open as long as the program runs. */
  readonly requests: <B, E2, R>(self: Effect.Effect<B, E2, R>) => Effect.Effect<B, E2, R>
  /**
   * The span of a call, with links to the callers whose items it carries, and what came of it at the end. The call must
   * have been heard inside: who fails goes on with no more than what its span may tell.
   */
  readonly call: <Item, A, E>(
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
  const logEnd = Effect.suspend(() => Effect.logDebug(`${operation.name}: ${summaryOf(stats)}`))
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
    run: (self) =>
      Effect.onExit(self, () => Effect.andThen(Effect.annotateCurrentSpan(countsOf(stats)), logEnd)).pipe(
        Effect.withSpan(`${operation.name}.run`, undefined, { captureStackTrace: false })
      ),
    requests: (self) => Effect.onExit(self, () => logEnd),
    call: (call) => (self) => {
      const { entries, number } = call
      const items = entries.length
      const callers = new Set<Tracer.AnySpan>()
      for (const { ties } of entries) if (ties?.caller !== undefined) callers.add(ties.caller)
      const ended = (exit: Exit.Exit<unknown, unknown>) => {
        const requestId = requestIdOf(operation, exit)
        const annotated = Effect.annotateCurrentSpan({
          "effect_bulk.fate": call.fate,
          ...(requestId !== undefined && { "effect_bulk.request_id": requestId })
        })
        return Exit.isSuccess(exit) ? annotated : Effect.andThen(annotated, Effect.logDebug(about(exit.cause)))
      }
      const about = (cause: Cause.Cause<unknown>): string => {
        const requestId = requestIdOf(operation, Exit.failCause(cause))
        const error = `${labelOf(Cause.squash(cause))}${requestId === undefined ? "" : `, request ${requestId}`}`
        return `${operation.name}: call ${number} with ${plural(items, "item")} was ${call.fate}: ${error}`
      }
      return Effect.onExit(self, ended).pipe(
        // What a span ends with is exported, with its message: that of an error may quote an item.
        Effect.catchCause((cause) =>
          Cause.hasInterruptsOnly(cause) ? Effect.failCause(cause) : Effect.die(new Error(about(cause)))
        ),
        Effect.withSpan(
          `${operation.name}.call`,
          {
            // A call that several callers share is part of none of their traces.
            root: entries[0]?.done !== undefined,
            links: Array.from(callers, (span) => ({ span, attributes: {} })),
            attributes: { "effect_bulk.call": number, "effect_bulk.items": items }
          },
          { captureStackTrace: false }
        )
      )
    }
  }
}

/** Attributes of the span of a run. */
const countsOf = ({ calls, outcomes, pulled, retries, throttles }: Stats): Record<string, number> => {
  const counts: Record<string, number> = {
    "effect_bulk.items": pulled,
    "effect_bulk.calls": calls,
    "effect_bulk.retries": retries,
    "effect_bulk.throttles": throttles
  }
  for (const tag of tags) if (outcomes[tag] > 0) counts[`effect_bulk.items.${tag}`] = outcomes[tag]
  return counts
}

const summaryOf = ({ calls, outcomes, pulled, retries, throttles }: Stats): string => {
  const counts = tags.filter((tag) => outcomes[tag] > 0).map((tag) => `${outcomes[tag]} ${tag}`)
  const items = `${plural(pulled, "item")}${counts.length > 0 ? ` (${counts.join(", ")})` : ""}`
  return `${items} in ${plural(calls, "call")}, ${retries} with retries, ${throttles} throttled`
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`

/** The tag of an error, if it is one: a text may say anything. */
const labelOf = (error: unknown): string => {
  const tag = tagOf(error)
  return /^[\w.:/#-]+$/.test(tag) ? tag : "Error"
}

const requestIdOf = <Item, A, E, R>(
  { requestId }: BatchOperation<Item, A, E, R>,
  exit: Exit.Exit<unknown, unknown>
): string | undefined => {
  try {
    return requestId(Exit.isSuccess(exit) ? exit.value : Cause.squash(exit.cause))
  } catch {
    // What is seen from outside changes nothing inside.
    return undefined
  }
}
