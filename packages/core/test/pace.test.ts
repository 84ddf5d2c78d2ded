import { BatchPolicy, Quota } from "@effect-bulk/core"
import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"

/** Most calls in flight of each, and of all. */
const concurrency = [1, 2, 2] as const
const slots = 3
/** A token comes every 100 ms. */
const interval = 100
const burst = 2

type Who = 0 | 1 | 2

/** One bucket, some slots, and a line in which those wait who were not let go, but for want of slots of their own. */
class Model {
  now = 0
  readonly inFlight = [0, 0, 0]
  /** Milliseconds' worth of tokens: whole numbers, so that nothing is rounded. */
  level = burst * interval
  line: Array<Who> = []

  get free(): number {
    return slots - this.inFlight.reduce((sum, own) => sum + own, 0)
  }

  /** 0: goes. Otherwise how long to wait, infinite: until it is woken, or a call of its own is over. */
  take(who: Who): number {
    if (!this.hasOwn(who)) {
      this.leave(who)
      return Infinity
    }
    const [head] = this.line
    const wait = (head !== undefined && head !== who) || this.free === 0 ? Infinity : Math.max(0, interval - this.level)
    if (wait === 0) {
      this.inFlight[who]!++
      this.level -= interval
      this.leave(who)
    } else if (!this.line.includes(who)) this.line.push(who)
    return wait
  }

  hasOwn(who: Who): boolean {
    return this.inFlight[who]! < concurrency[who]
  }

  leave(who: Who): void {
    this.line = this.line.filter((other) => other !== who)
  }

  back(who: Who): void {
    this.inFlight[who]!--
  }

  pass(millis: number): void {
    this.now += millis
    this.level = Math.min(burst * interval, this.level + millis)
  }
}

/** The same with the engine's bookkeeping, and who was told to wait without a time and not woken since. */
class Real {
  now = 0
  readonly asleep = new Set<Who>()
  private readonly policy = BatchPolicy.complete(BatchPolicy.empty)
  private readonly quota = Quota.make({
    name: "test",
    rate: { count: 10, per: "1 second", burst },
    concurrency: slots
  })
  private readonly waiters = concurrency.map((most, index) => ({
    wake: () => void this.asleep.delete(index as Who),
    inFlight: { size: 0 },
    limits: this.quota.pace.limits(this.quota, { ...this.policy, concurrency: most }, false)
  }))

  take(who: Who): number {
    const waiter = this.waiters[who]!
    const wait = this.quota.pace.take(waiter, waiter.limits, 1, this.now)
    if (wait === 0) waiter.inFlight.size++
    if (wait === Infinity) this.asleep.add(who)
    else this.asleep.delete(who)
    return wait
  }

  leave(who: Who): void {
    this.quota.pace.leave(this.waiters[who]!)
    this.asleep.delete(who)
  }

  back(who: Who): void {
    const waiter = this.waiters[who]!
    waiter.inFlight.size--
    this.quota.pace.returned(waiter.limits, this.now, this.now, undefined, 0)
    this.asleep.delete(who)
  }

  pass(millis: number): void {
    this.now += millis
  }
}

const command = (
  name: string,
  both: (one: Model | Real) => number | void,
  check: (model: Model) => boolean = () => true
) => ({
  check,
  run: (model: Model, real: Real) => {
    const wanted = both(model)
    const got = both(real)
    if (wanted === Infinity) assert.strictEqual(got, wanted)
    else if (wanted !== undefined) assert.closeTo(Number(got), wanted, 1e-6)
    const [head] = model.line
    for (const who of real.asleep) {
      const mayGo = model.hasOwn(who) && model.free > 0 && (head === undefined || head === who)
      assert.isFalse(mayGo, `${who} could go, and sleeps`)
    }
  },
  toString: () => name
})

const who = fc.constantFrom<Array<Who>>(0, 1, 2)
const commands = fc.commands<Model, Real>(
  [
    who.map((who) => command(`take ${who}`, (one) => one.take(who))),
    who.map((who) => command(`leave ${who}`, (one) => one.leave(who))),
    who.map((who) =>
      command(
        `back ${who}`,
        (one) => one.back(who),
        (model) => model.inFlight[who]! > 0
      )
    ),
    fc.integer({ min: 1, max: 300 }).map((millis) => command(`wait ${millis}`, (one) => one.pass(millis)))
  ],
  { maxCommands: 40, size: "+1" }
)

describe("take", () => {
  it("P18, P21: serves in turn, within slots and tokens, and lets nobody sleep who could go", () => {
    const found = fc.check(
      fc.property(commands, (commands) => {
        fc.modelRun(() => ({ model: new Model(), real: new Real() }), commands)
      }),
      { numRuns: 1000 }
    )
    assert.isFalse(found.failed, fc.defaultReportMessage(found))
  })
})
