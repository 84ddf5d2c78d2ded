import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { Heap } from "../src/internal/heap.ts"

describe("Heap", () => {
  it("gives what it holds by time, whatever comes and goes meanwhile", () => {
    // A number comes in, nothing takes the first out.
    const found = fc.check(
      fc.property(fc.array(fc.option(fc.nat({ max: 20 }))), (steps) => {
        const heap = new Heap<{ readonly at: number }>()
        const held: Array<number> = []
        for (const at of steps) {
          if (at === null) assert.strictEqual(heap.take()?.at, held.shift())
          else {
            heap.add({ at })
            held.push(at)
            held.sort((a, b) => a - b)
          }
          assert.strictEqual(heap.first?.at, held[0])
        }
      })
    )
    assert.isFalse(found.failed, fc.defaultReportMessage(found))
  })
})
