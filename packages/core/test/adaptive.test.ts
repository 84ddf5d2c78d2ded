import { assert, describe, it } from "@effect/vitest"
// Closed to other packages by `exports`, but this is the package's own test.
// @ts-ignore the path is never rewritten, as nothing here is emitted
import * as Adaptive from "../src/internal/adaptive.ts"

/** A bucket of unknown rate and burst behind `latency`, and a client that always has a next call. */
const drive = (
  limit: Adaptive.Adaptive,
  options: {
    readonly calls: number
    readonly rate: (call: number) => number
    readonly burst: number
    readonly latency: number
    readonly onAnswer?: (throttled: boolean) => void
  }
) => {
  const answers: Array<{ readonly at: number; readonly sentAt: number; readonly throttled: boolean }> = []
  const admitted: Array<boolean> = []
  const times: Array<number> = []
  let tokens = options.burst
  let now = 0
  let before = 0
  let next = 0
  while (admitted.length < options.calls) {
    const answer = answers[next]
    const at = limit.nextAt(now)
    if (answer !== undefined && answer.at <= at) {
      now = answer.at
      next++
      limit.returned(now, answer.throttled, answer.sentAt)
      options.onAnswer?.(answer.throttled)
      continue
    }
    assert.isBelow(at, Infinity, "waits for an answer that no call will give")
    now = at
    limit.sent(now)
    tokens = Math.min(options.burst, tokens + ((now - before) * options.rate(admitted.length)) / 1000)
    before = now
    const throttled = tokens < 1 - 1e-9
    if (!throttled) tokens -= 1
    admitted.push(!throttled)
    times.push(now)
    answers.push({ at: now + options.latency, sentAt: now, throttled })
  }
  return {
    /** Calls admitted per second, and the share throttled, over calls [from, to). */
    over: (from: number, to: number) => {
      const passed = admitted.slice(from, to).filter((ok) => ok).length
      const seconds = ((times[to - 1] ?? 0) - (times[from] ?? 0)) / 1000
      return { perSecond: passed / seconds, throttled: 1 - passed / (to - from) }
    }
  }
}

describe("make", () => {
  it("refuses rates that are not above zero", () => {
    assert.throws(() => Adaptive.make({ initialRate: 0 }), "Adaptive.make: initialRate must be a number > 0, got 0")
    assert.throws(() => Adaptive.make({ initialRate: Number.NaN }), RangeError)
  })

  it("begins at the rate it is given, but not below the least", () => {
    assert.strictEqual(Adaptive.make().rate, 20)
    assert.strictEqual(Adaptive.make({ initialRate: 2 }).rate, 2)
    assert.strictEqual(Adaptive.make({ initialRate: 0.01 }).rate, 0.1)
  })

  it("paces the calls evenly at the rate", () => {
    const limit = Adaptive.make({ initialRate: 10 })
    const times: Array<number> = []
    for (let i = 0; i < 4; i++) {
      const at = limit.nextAt(0)
      times.push(at)
      limit.sent(at)
    }
    assert.deepStrictEqual(times, [0, 100, 200, 300])
  })

  it("sends no more before the first answer than it may lose, whatever the rate to begin with", () => {
    const limit = Adaptive.make({ initialRate: 1e6 })
    let sent = 0
    for (; limit.nextAt(0) < Infinity; sent++) limit.sent(limit.nextAt(0))
    assert.isAtMost(sent, 30)
    limit.returned(100, false, 0)
    assert.isBelow(limit.nextAt(100), Infinity)
  })

  it("waits as long as the service asks for", () => {
    const limit = Adaptive.make()
    limit.sent(0)
    limit.returned(20, true, 0, 3000)
    assert.isAtLeast(limit.nextAt(20), 3020)
  })
})

describe("convergence", () => {
  for (const rate of [0.5, 2, 7, 37]) {
    for (const burst of [1, 5, Math.max(1, 2 * rate)]) {
      for (const latency of [20, 130]) {
        it(`admits what the quota gives and throttles little: ${rate}/s, burst ${burst}, latency ${latency}`, () => {
          const trace = drive(Adaptive.make(), { calls: 600, rate: () => rate, burst, latency })
          const { perSecond, throttled } = trace.over(200, 600)
          assert.isAtLeast(perSecond, 0.9 * rate)
          assert.isAtMost(throttled, 0.05)
        })
      }
    }
  }

  it("finds a raised and a lowered quota again within a hundred calls", () => {
    for (const by of [0.5, 2]) {
      const rate = (call: number) => (call < 400 ? 5 : 5 * by)
      const trace = drive(Adaptive.make(), { calls: 900, rate, burst: 10, latency: 50 })
      const { perSecond, throttled } = trace.over(500, 900)
      assert.isAtLeast(perSecond, 0.9 * 5 * by)
      assert.isAtMost(throttled, 0.05)
    }
  })

  it("finds a high quota behind a long latency within the first calls, and a raised one by a probe", () => {
    const rate = (call: number) => (call < 1000 ? 100 : 200)
    const trace = drive(Adaptive.make(), { calls: 2000, rate, burst: 1, latency: 500 })
    assert.isAtLeast(trace.over(100, 1000).perSecond, 95)
    assert.isAtMost(trace.over(100, 1000).throttled, 0.03)
    assert.isAtLeast(trace.over(1150, 2000).perSecond, 190)
  })

  it("counts anew what a bucket refills when its quota is halved", () => {
    const rate = (call: number) => (call < 500 ? 10 : 5)
    const trace = drive(Adaptive.make(), { calls: 1000, rate, burst: 20, latency: 500 })
    const { perSecond, throttled } = trace.over(550, 1000)
    assert.isAtLeast(perSecond, 4.75)
    assert.isAtMost(throttled, 0.03)
  })

  it("gets away from a start that is far too high or far too low", () => {
    for (const initialRate of [0.1, 5000]) {
      const trace = drive(Adaptive.make({ initialRate }), { calls: 500, rate: () => 10, burst: 5, latency: 100 })
      const { perSecond, throttled } = trace.over(150, 500)
      assert.isAtLeast(perSecond, 8)
      assert.isAtMost(throttled, 0.1)
    }
  })
})

describe("a sane limit", () => {
  it("does not rise after a throttle until a clean window", () => {
    const early: Array<string> = []
    for (const [rate, burst, latency] of [
      [0.5, 1, 20],
      [3, 6, 500],
      [10, 1, 200],
      [40, 80, 100]
    ] as const) {
      const limit = Adaptive.make()
      let before = limit.rate
      let clean = Infinity
      drive(limit, {
        calls: 800,
        rate: (call) => (call > 400 ? rate * 2 : rate),
        burst,
        latency,
        onAnswer: (throttled) => {
          clean = throttled ? 0 : clean + 1
          if (limit.rate > before && clean < 4) early.push(`${before} to ${limit.rate} after ${clean} clean answers`)
          before = limit.rate
        }
      })
    }
    assert.deepStrictEqual(early, [])
  })

  it("never rises when every call is throttled", () => {
    const limit = Adaptive.make()
    let before = limit.rate
    drive(limit, {
      calls: 200,
      rate: () => 0,
      burst: 0,
      latency: 50,
      onAnswer: () => {
        assert.isAtMost(limit.rate, before)
        before = limit.rate
      }
    })
    assert.strictEqual(limit.rate, 0.1)
  })

  it("does not grow when something else holds the run back", () => {
    const limit = Adaptive.make()
    for (let at = 0; at < 500_000; at += 1000) {
      limit.sent(at)
      limit.returned(at + 50, false, at)
    }
    assert.strictEqual(limit.rate, 20)
  })

  it("does not grow on calls that are never answered", () => {
    const limit = Adaptive.make()
    for (let i = 0; i < 500; i++) {
      const at = limit.nextAt(0)
      limit.sent(at)
      limit.lost(at)
    }
    assert.strictEqual(limit.rate, 20)
  })

  it("does not take calls that were in flight at a cut for news", () => {
    const limit = Adaptive.make({ initialRate: 10 })
    for (let at = 0; at < 500; at += 100) limit.sent(at)
    limit.returned(600, true, 0)
    const cut = limit.rate
    for (let at = 100; at < 500; at += 100) limit.returned(600 + at, true, at)
    assert.isBelow(cut, 10)
    assert.strictEqual(limit.rate, cut)
  })
})
