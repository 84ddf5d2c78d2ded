import { assert, describe, it } from "@effect/vitest"
import { Roster } from "../src/internal/roster.ts"

describe("Roster", () => {
  it("holds who came and did not leave, in the order of coming", () => {
    const roster = new Roster<string>()
    for (const member of ["a", "b", "c", "d"]) roster.add(member)
    roster.delete("b")
    roster.delete("nobody")
    assert.deepStrictEqual([...roster], ["a", "c", "d"])
    assert.strictEqual(roster.size, 3)
    assert.strictEqual(roster.first, "a")
    roster.delete("a")
    assert.strictEqual(roster.first, "c")
  })

  it("goes through all who were there, though they leave as it comes to them", () => {
    const roster = new Roster<number>()
    for (let member = 0; member < 5; member++) roster.add(member)
    const seen: Array<number> = []
    for (const member of roster) {
      roster.delete(member)
      seen.push(member)
    }
    assert.deepStrictEqual(seen, [0, 1, 2, 3, 4])
    assert.strictEqual(roster.size, 0)
    assert.strictEqual(roster.first, undefined)
  })
})
