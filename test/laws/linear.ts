// Law 41 counts steps in the engine's own source: how often each block of it runs, as V8 counts it. No clock is asked.
import { Session } from "node:inspector"
import * as fc from "fast-check"
import { Law, Simulation, Specimens } from "@effect-bulk/testing"

/** How often the blocks of the engine run while something is done. */
const stepsOf = (action: () => void): number => {
  const session = new Session()
  session.connect()
  let steps = 0
  session.post("Profiler.enable")
  session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true })
  try {
    action()
  } finally {
    session.post("Profiler.takePreciseCoverage", (error, coverage) => {
      if (error !== null) throw error
      for (const { functions, url } of coverage.result) {
        if (!url.includes("packages/core/src/")) continue
        for (const { ranges } of functions) for (const { count } of ranges) steps += count
      }
    })
    session.post("Profiler.stopPreciseCoverage")
    session.disconnect()
  }
  return steps
}

const few = 400
const many = 3200

export const linearCost = Law.onCases({
  number: 41,
  name: "Linear cost",
  says: "the steps of an item are bounded by a constant, however many there are",
  pitfalls: [37],
  share: 0.01,
  cases: (subject) =>
    fc
      .record({
        entry: fc.constantFrom({ _tag: "Array" } as const, { _tag: "Stream", chunk: 50 } as const),
        busy: fc.boolean(),
        maxItems: fc.constantFrom(10, 50),
        window: fc.constantFrom(1000, 100)
      })
      .map(({ busy, entry, maxItems, window }) => ({
        show: () => JSON.stringify({ entry, busy, maxItems, window }),
        broken: () => {
          const steps = (count: number) => {
            const script = numbered(count, { busy, entry, maxItems, window })
            return stepsOf(() => Simulation.run(script)) / count
          }
          void subject
          const [short, long] = [steps(few), steps(many)]
          return long <= 1.3 * short
            ? undefined
            : `${short.toFixed(0)} steps for each of ${few}, ${long.toFixed(0)} for each of ${many}`
        }
      }))
})

/** So many letters with ids of their own, of which every second is busy at first. */
const numbered = (
  count: number,
  options: {
    readonly busy: boolean
    readonly entry: { readonly _tag: "Array" } | { readonly _tag: "Stream"; readonly chunk: number }
    readonly maxItems: number
    readonly window: number
  }
) => ({
  subject: {
    ...Specimens.make("failuresById", "idempotent"),
    operation: { ...Specimens.make("failuresById", "idempotent").operation, limits: { maxItems: 100 } }
  },
  lines: Array.from({ length: count }, (_, index) => ({
    item: { id: String(index), version: 0, store: "x", size: 1, key: undefined },
    says: options.busy && index % 2 === 0 ? (["busy"] as const) : [],
    poison: false,
    at: 0,
    leaves: undefined
  })),
  calls: [],
  policy: {
    maxItems: options.maxItems,
    window: options.window,
    budget: { tokens: 1_000_000, retry: 14, throttle: 5 },
    rate: { count: 1_000_000, per: 1000, burst: 1_000_000 }
  },
  entry: options.entry,
  events: {},
  observer: "none" as const,
  watched: false,
  luck: 0.5,
  chaos: 0
})
