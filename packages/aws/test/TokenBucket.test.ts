import { TokenBucket } from "@effect-bulk/aws/testing"
import { assert, describe, it } from "@effect/vitest"

describe("TokenBucket", () => {
  it("gives its burst at once and then one token per interval", () => {
    const bucket = TokenBucket.make({ perSecond: 2, burst: 3 })
    const at = (now: number) => bucket.take(now)
    assert.deepStrictEqual(
      [at(0), at(0), at(0), at(0), at(499), at(500), at(500), at(1000)],
      [true, true, true, false, false, true, false, true]
    )
  })

  it("holds no more than its burst, however long it rests", () => {
    const bucket = TokenBucket.make({ perSecond: 1 })
    assert.deepStrictEqual([bucket.take(0), bucket.take(60_000), bucket.take(60_000)], [true, true, false])
  })

  it("loses nothing to fractions", () => {
    const bucket = TokenBucket.make({ perSecond: 1 })
    bucket.take(0)
    for (let now = 100; now < 1000; now += 100) assert.isFalse(bucket.take(now))
    assert.isTrue(bucket.take(1000))
  })

  it("refuses rates that never give a token", () => {
    assert.throws(() => TokenBucket.make({ perSecond: 0 }), "TokenBucket.make: perSecond must be above 0, got 0")
    assert.throws(
      () => TokenBucket.make({ perSecond: 1, burst: 0.5 }),
      "TokenBucket.make: burst must be at least 1, got 0.5"
    )
  })
})
