/** Quotas: what all who share one may do together, and how an unknown one is found. */
import type * as BatchPolicy from "@effect-bulk/core/BatchPolicy"
import * as Quota from "@effect-bulk/core/Quota"
import * as Duration from "effect/Duration"
import * as fc from "fast-check"
import { onCases } from "../../Law.ts"
import { answers, type Reaction, type Script } from "../../Script.ts"
import { together } from "../../Simulation.ts"
import type { Subject } from "../../Subject.ts"
import type { Trace } from "../../Trace.ts"
import { overdrawn } from "./measures.ts"
import { peers, quiet, roomy } from "./shapes.ts"
import { line, show } from "./sketch.ts"
import { conservation } from "./accounting.ts"

/** Several runs under one quota, of which some are stopped or interrupted. */
const sharing = <Item, A, E>(
  subject: Subject<Item, A, E>,
  policy: fc.Arbitrary<BatchPolicy.Input>
): fc.Arbitrary<ReadonlyArray<Script<Item, A, E>>> => {
  const reaction = fc
    .record({
      latency: fc.constantFrom(0, 10, 200),
      does: fc.constantFrom("answer" as const, "answer" as const, "hang" as const)
    })
    .map(({ does, latency }): Reaction => ({ ...answers, does, latency }))
  const items = fc.uniqueArray(subject.arbitrary, { maxLength: 12, selector: subject.operation.id, size: "max" })
  return fc
    .record({
      policy,
      chaos: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1_000_000 })),
      runs: fc.array(
        fc.record({
          items,
          calls: fc.array(reaction, { maxLength: 10 }),
          own: fc.record({ concurrency: fc.integer({ min: 1, max: 3 }), maxItems: fc.integer({ min: 1, max: 3 }) }),
          interrupt: fc.option(fc.nat({ max: 600 }), { nil: undefined, freq: 1 }),
          stop: fc.option(fc.nat({ max: 600 }), { nil: undefined, freq: 4 }),
          isRequest: fc.boolean()
        }),
        { minLength: 2, maxLength: 4 }
      )
    })
    .map(({ chaos, policy, runs }) =>
      runs.map(({ calls, interrupt, isRequest, items, own, stop }) =>
        quiet(roomy(subject, 10), items, {
          chaos,
          calls,
          lines: items.map((item, index) => line(item, { at: isRequest ? index * 20 : 0 })),
          policy: { callTimeout: 705, grace: 300, ...policy, ...own },
          entry: isRequest ? { _tag: "Request" } : { _tag: "Array" },
          events: {
            ...(stop !== undefined && { stop: { at: stop } }),
            ...(interrupt !== undefined && !isRequest && { interrupt: { at: interrupt } })
          }
        })
      )
    )
}

const showAll = <Item, A, E>(scripts: ReadonlyArray<Script<Item, A, E>>): string => scripts.map(show).join("\n---\n")

/** The runs must end, too, whoever was interrupted while it was next in line. */
const unfinished = <Item, A, E>(traces: ReadonlyArray<Trace<Item, A, E>>): string | undefined => {
  for (const trace of traces) {
    const broken = conservation.broken(trace)
    if (broken !== undefined) return broken
  }
  return undefined
}

/** The same operation under a quota of so many calls in flight or of as many as a run allows, at any rate. */
const slotted = <Item, A, E>(subject: Subject<Item, A, E>, concurrency: number | undefined): Subject<Item, A, E> => ({
  ...subject,
  operation: {
    ...subject.operation,
    quota: Quota.make({ name: subject.operation.quota.name, rate: fast, concurrency })
  }
})

const fast = { count: 1_000_000, per: Duration.seconds(1), burst: 1_000_000 }

export const sharedSlots = onCases({
  number: 28,
  part: "b",
  name: "In flight, over all who share",
  says: "of runs under one quota, each has no more calls in flight than its own limit, and all together no more than the quota's, or than the largest of their own if it has none",
  pitfalls: [26],
  share: 0.3,
  cases: (subject) =>
    fc
      .option(fc.integer({ min: 1, max: 4 }), { nil: undefined })
      .chain((slots) =>
        sharing(slotted(subject, slots), fc.constantFrom({}, { rate: { count: 5, per: 1000, burst: 1 } }))
      )
      .map((scripts) => ({
        show: () => showAll(scripts),
        broken: () => {
          const traces = together(scripts)
          const timeout = 705
          const largest = Math.max(...traces.map(({ policy }) => policy.concurrency))
          const slots = traces[0]!.operation.quota.concurrency ?? largest
          const calls = traces.flatMap((trace) => trace.calls.map((call) => ({ ...call, trace })))
          for (const { start, trace } of calls) {
            const running = calls.filter(
              (other) =>
                other.start.tick <= start.tick &&
                (other.end?.tick ?? Infinity) > start.tick &&
                start.at < other.start.at + timeout
            )
            const own = running.filter((other) => other.trace === trace).length
            if (running.length > slots)
              return `${running.length} calls are in flight at ${start.at}, at most ${slots} may be`
            if (own > trace.policy.concurrency)
              return `${own} calls of one run are in flight at ${start.at}, at most ${trace.policy.concurrency} may be`
          }
          return unfinished(traces)
        }
      }))
})

export const freeSlots = onCases({
  number: 28,
  part: "c",
  name: "In flight, held back by nobody else",
  says: "a run with something to send, and with slots left of its own and of the quota's, waits for nobody",
  pitfalls: [18],
  share: 0.3,
  cases: (subject) =>
    fc
      .record({
        slots: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
        runs: fc.array(
          fc.record({
            items: peers(subject, 12),
            concurrency: fc.integer({ min: 1, max: 4 }),
            maxItems: fc.integer({ min: 1, max: 3 }),
            latencies: fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 12 })
          }),
          { minLength: 2, maxLength: 3 }
        )
      })
      .map(({ runs, slots }) => {
        const roomySubject = roomy(slotted(subject, slots), 10)
        const scripts = runs.map(({ concurrency, items, latencies, maxItems }) =>
          quiet(roomySubject, items, {
            calls: latencies.map((n) => ({ ...answers, latency: n * 10 })),
            policy: { concurrency, maxItems, window: 100, callTimeout: 705 }
          })
        )
        const largest = Math.max(...runs.map(({ concurrency }) => concurrency))
        return {
          show: () => showAll(scripts),
          broken: () => idle(together(scripts), slots ?? largest)
        }
      })
})

/** A run that waits while there are slots, once all is done that is due at a time. */
const idle = <Item, A, E>(traces: ReadonlyArray<Trace<Item, A, E>>, slots: number): string | undefined => {
  const isRunning =
    (at: number) =>
    ({ end, start }: Trace<Item, A, E>["calls"][number]) =>
      start.at <= at && (end?.at ?? Infinity) > at
  for (const at of new Set(traces.flatMap(({ events }) => events.map((event) => event.at)))) {
    const running = traces.map(({ calls }) => calls.filter(isRunning(at)).length)
    const free = slots - running.reduce((sum, own) => sum + own, 0)
    for (const [index, { calls, items, policy }] of traces.entries()) {
      const sent = calls.filter(({ start }) => start.at <= at).reduce((sum, { start }) => sum + start.items.length, 0)
      if (free > 0 && running[index]! < policy.concurrency && sent < items.length)
        return `at ${at} run ${index} has ${running[index]} calls in flight and ${items.length - sent} items to send, and ${free} slots are free`
    }
  }
  return undefined
}

export const sharedRate = onCases({
  number: 29,
  part: "b",
  name: "Rate, over all who share",
  says: "runs under one quota together keep to its rate of calls and items, and those with a share to their share",
  pitfalls: [26],
  share: 0.3,
  cases: (subject) => {
    const rate = fc.record({
      count: fc.integer({ min: 1, max: 50 }),
      per: fc.constantFrom(100, 1000),
      burst: fc.integer({ min: 1, max: 5 })
    })
    const policy = fc.record({ rate, itemRate: rate, share: fc.constantFrom(0.2, 0.5) }, { requiredKeys: ["rate"] })
    return sharing(subject, policy).map((scripts) => ({
      show: () => showAll(scripts),
      broken: () => {
        const traces = together(scripts)
        const { policy } = traces[0]!
        const calls = traces.flatMap(({ calls }) => calls).toSorted((a, b) => a.start.tick - b.start.tick)
        const weigh = (of: "calls" | "items") =>
          calls.map(({ start }) => ({ at: start.at, weight: of === "calls" ? 1 : start.items.length }))
        const share = policy.share ?? 1
        return (
          (policy.rate === undefined || policy.rate === "adaptive"
            ? undefined
            : overdrawn("calls", policy.rate, share, weigh("calls"))) ??
          (policy.itemRate === undefined ? undefined : overdrawn("items", policy.itemRate, share, weigh("items"))) ??
          unfinished(traces)
        )
      }
    }))
  }
})
