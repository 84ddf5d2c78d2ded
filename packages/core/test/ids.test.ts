import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
// Closed to other packages by `exports`, but this is the package's own test.
// @ts-ignore the path is never rewritten, as nothing here is emitted
import { hashOf, Ids } from "../src/internal/ids.ts"

interface Entry {
  readonly id: string
  readonly hash: number
  readonly serial: number
}

/** Twenty ids, so that they come and go, and few hashes, so that they meet. */
const step = fc.record({ id: fc.nat({ max: 19 }), remove: fc.boolean() })

describe("Ids", () => {
  it("holds what a map holds, however hashes collide", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 1, max: 20 }), (steps, hashes) => {
        const ids = new Ids<Entry>()
        const map = new Map<string, Entry>()
        for (const [serial, { id, remove }] of steps.entries()) {
          const entry: Entry = { id: `${id}`, hash: (id * 7) % hashes, serial }
          const held = map.get(entry.id)
          assert.strictEqual(ids.get(entry), held)
          if (held === undefined) {
            ids.add(entry)
            map.set(entry.id, entry)
          } else if (remove) {
            assert.isTrue(ids.take(held, undefined))
            assert.isFalse(ids.take(held, undefined))
            map.delete(entry.id)
          } else {
            assert.isFalse(ids.take(entry, undefined))
            assert.isTrue(ids.take(held, entry))
            map.set(entry.id, entry)
          }
        }
        const bySerial = (a: Entry, b: Entry) => a.serial - b.serial
        assert.deepStrictEqual(ids.unsettled().toSorted(bySerial), [...map.values()].toSorted(bySerial))
      })
    )
  })
})

describe("hashOf", () => {
  it("spreads ids that differ in one digit over the table", () => {
    const places = new Set<number>()
    for (let i = 0; i < 4096; i++) places.add(hashOf(`readset/${i}`) & 8191)
    // Drawn at random, 4096 ids would share the places so that 3223 are taken.
    assert.isAbove(places.size, 3000)
  })

  it("is never negative", () => {
    fc.assert(fc.property(fc.string(), (id) => assert.isAtLeast(hashOf(id), 0)))
  })
})
