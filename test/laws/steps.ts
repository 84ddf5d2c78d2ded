// How much work the engine does for an item: `node test/laws/steps.ts OPTIONS [MUTANT]` prints, for few items and for
// many, how often the blocks of its source run for each, as V8 counts them. No clock is asked.
//
// In a process of its own: V8 counts only in what is compiled after it was asked to.
import { Duration, Effect, Schedule } from "effect"
import { Session } from "node:inspector"
import { apply } from "./mutate.ts"
import { mutants } from "./mutants.ts"
import type { Load } from "./linear.ts"

const few = 400
const many = 3200

const session = new Session()
session.connect()
session.post("Profiler.enable")
session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true })

const [options = "", name] = process.argv.slice(2)
const load = JSON.parse(options) as Load
const mutant = mutants.find((mutant) => mutant.name === name)
if (mutant !== undefined) apply(mutant)
const { BatchOperation } = await import("@effect-bulk/core")
const { Simulation, Specimens } = await import("@effect-bulk/testing")

/** How often the blocks of the engine ran since the last question. */
const steps = (): number => {
  let sum = 0
  session.post("Profiler.takePreciseCoverage", (error, coverage) => {
    if (error !== null) throw error
    for (const { functions, url } of coverage.result) {
      if (!url.includes("packages/core/src/")) continue
      for (const { ranges } of functions) for (const { count } of ranges) sum += count
    }
  })
  return sum
}

const specimen = Specimens.make("failuresById", "idempotent")
const operation = { ...specimen.operation, limits: { maxItems: 100 } }

/** Each wait is one of a thousand. */
let waits = 0
const apart = Schedule.modifyDelay(Schedule.recurs(1), () =>
  Effect.sync(() => Duration.millis(1000 + ((waits++ * 617) % 1000)))
)

/** So many letters with ids of their own, of which every second is busy at first. */
const numbered = (count: number) => ({
  subject: {
    ...specimen,
    operation: load.busy === "apart" ? BatchOperation.withBackoff(operation, apart) : operation
  },
  lines: Array.from({ length: count }, (_, index) => ({
    item: { id: String(index), version: 0, store: "x", size: 1, key: undefined },
    says: load.busy !== "never" && index % 2 === 0 ? (["busy"] as const) : [],
    poison: false,
    at: 0,
    leaves: undefined
  })),
  calls: [],
  policy: {
    maxItems: load.maxItems,
    window: load.window,
    budget: { tokens: 1_000_000, retry: 14, throttle: 5 },
    rate: { count: 1_000_000, per: 1000, burst: 1_000_000 }
  },
  entry: load.entry,
  events: {},
  observer: "none" as const,
  watched: false,
  luck: 0.5,
  chaos: 0
})

const stepsOf = (count: number): number => {
  steps()
  Simulation.run(numbered(count))
  return steps() / count
}

console.log(JSON.stringify([stepsOf(few), stepsOf(many)]))
