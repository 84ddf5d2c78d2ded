import { PageToken } from "@effect-bulk/aws/testing"
import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"

describe("PageToken", () => {
  it("reads what it made, for any list and position", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(), (list, position) => {
        const token = PageToken.make(list, position)
        assert.match(token, /^\+.*=\/$/)
        assert.strictEqual(PageToken.read(list, token), position)
      })
    )
  })

  it("takes no token of another list, nor a made up one", () => {
    assert.isUndefined(PageToken.read("b", PageToken.make("a", 1)))
    assert.isUndefined(PageToken.read("a", "+YWJj=/"))
    assert.isUndefined(PageToken.read("a", "abc"))
    assert.isUndefined(PageToken.read("a", ""))
  })
})
