import { execFileSync } from "node:child_process"
import * as fc from "fast-check"
import { Law } from "@effect-bulk/testing"
import { applied } from "./mutate.ts"

/** What the engine is given to do. */
export interface Load {
  readonly entry: { readonly _tag: "Array" } | { readonly _tag: "Stream"; readonly chunk: number }
  /** Is every second item retried, and when: all of a call together, or each at a time of its own? */
  readonly busy: "never" | "together" | "apart"
  readonly maxItems: number
  readonly window: number
}

const load: fc.Arbitrary<Load> = fc
  .record({
    entry: fc.constantFrom({ _tag: "Array" } as const, { _tag: "Stream", chunk: 50 } as const),
    busy: fc.constantFrom("never", "together", "apart"),
    maxItems: fc.constantFrom(10, 50),
    window: fc.constantFrom(1000, 100)
  })
  // In a full window, items that come back one by one make room for small calls only: these would cost more.
  .map((load) => (load.busy === "apart" ? { ...load, window: 10_000 } : load))

export const linearCost = Law.onCases({
  number: 41,
  name: "Linear cost",
  says: "the steps of an item are bounded by a constant, however many there are",
  pitfalls: [37],
  share: 0.01,
  cases: () =>
    load.map((load) => ({
      show: () => JSON.stringify(load),
      broken: () => {
        const [few, many] = stepsOf(load)
        return few > 0 && many <= 1.3 * few
          ? undefined
          : `${few.toFixed(0)} steps for each of few items, ${many.toFixed(0)} for each of many`
      }
    }))
})

// What is optimized is not counted.
const flags = ["--no-opt", "--no-maglev"]

const stepsOf = (load: Load): readonly [few: number, many: number] => {
  const args = [JSON.stringify(load), ...(applied === undefined ? [] : [applied.name])]
  const printed = execFileSync(process.execPath, [...flags, `${import.meta.dirname}/steps.ts`, ...args], {
    encoding: "utf8",
    // What a mutant dies of is of no interest.
    stdio: ["ignore", "pipe", "ignore"],
    // An engine that goes in circles, as a mutant may.
    timeout: 30_000
  })
  return JSON.parse(printed) as [number, number]
}
