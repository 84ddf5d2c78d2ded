/** The rows of the benchmark that no clock enters into. */
import { assert, describe, it } from "@effect/vitest"
import { poisonLines, throttlingLines } from "../bench/bounds.ts"
import { isMet } from "../bench/rows.ts"

describe("the benchmark's bounds", () => {
  for (const [what, measure] of Object.entries({ poisonLines, throttlingLines })) {
    it(`of ${what} are kept`, async () => {
      for (const line of await measure()) assert.isTrue(isMet(line), `${line.what}: ${line.ours} ${line.unit}`)
    })
  }
})
