import { Coverage, Laws, Specimens } from "@effect-bulk/testing"
import { assert, describe, it } from "@effect/vitest"
import { laws } from "./laws.ts"
import { mutated } from "./mutate.ts"
import { mutants } from "./mutants.ts"
import { operationMutants } from "./operationMutants.ts"
import { answers } from "./pitfalls.ts"

describe("the engine obeys the laws", () => {
  for (const law of laws) {
    it(`${law.id} ${law.name}: ${law.says}`, () => {
      const [result] = Laws.run(Specimens.all(), { runs: law._tag === "Trace" ? 200 : 100, among: [law] })
      assert.isUndefined(result?.failure, result === undefined ? "" : Laws.describe(result))
    })
  }
})

describe("the scripts", () => {
  it("reach every verdict, fate, event, pair of the two, and row of the outcome table", () => {
    const coverage = Coverage.make()
    Laws.run(Specimens.all(), { runs: 4000, laws: ["1"], onTrace: coverage.add })
    assert.deepStrictEqual(Coverage.missing(coverage.counts), [])
  })
})

describe("the mutants", () => {
  it("fit the source, and there is one for each law", () => {
    for (const mutant of [...mutants, ...operationMutants]) assert.notStrictEqual(mutated(mutant).source, "")
    const ids = new Set(mutants.map(({ law }) => law))
    assert.deepStrictEqual(
      laws.filter(({ id }) => !ids.has(id)).map(({ id }) => id),
      []
    )
  })
})

describe("the known losses of others", () => {
  it("are each answered for by a law or a test", () => {
    const open = [...answers()].filter(([, by]) => by.length === 0).map(([pitfall]) => `P${pitfall}`)
    assert.deepStrictEqual(open, [])
  })
})
