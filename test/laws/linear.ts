import { execFileSync } from "node:child_process"
import * as fc from "fast-check"
import { Law } from "@effect-bulk/testing"
import { applied } from "./mutate.ts"

/** What the engine is given to do. */
export interface Load {
  readonly entry: { readonly _tag: "Array" } | { readonly _tag: "Stream"; readonly chunk: number }
  /** Every second item is retried. */
  readonly busy: boolean
  readonly maxItems: number
  readonly window: number
}

const load: fc.Arbitrary<Load> = fc.record({
  entry: fc.constantFrom({ _tag: "Array" } as const, { _tag: "Stream", chunk: 50 } as const),
  busy: fc.boolean(),
  maxItems: fc.constantFrom(10, 50),
  window: fc.constantFrom(1000, 100)
})

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
    // An engine that goes in circles, as a mutant may.
    timeout: 30_000
  })
  return JSON.parse(printed) as [number, number]
}
