import { Bulk, Quota } from "@effect-bulk/core"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, type Fiber, Scope } from "effect"
import * as fc from "fast-check"
// Closed to other packages by `exports`, but this is the package's own test.
// @ts-ignore the path is never rewritten, as nothing here is emitted
import { VirtualTime } from "../src/internal/virtualTime.ts"
import * as Specimens from "../src/Specimens.ts"

const maxItems = 3
const linger = 20
const latency = 30

/** What callers who share calls must see: batches by size or age, equal items once, nobody held up by another. */
class Model {
  now = 0
  closed = false
  /** Items that wait, oldest first, with their callers. */
  waiting: Array<{ readonly id: string; readonly since: number; readonly callers: Array<number> }> = []
  flights: Array<{
    readonly ids: ReadonlyArray<string>
    readonly due: number
    readonly callers: Array<Array<number>>
  }> = []
  readonly calls: Array<string> = []
  readonly replies = new Map<number, string>()
  callers = 0

  ask(id: string): void {
    const caller = this.callers++
    if (this.closed) {
      this.replies.set(caller, "NotAttempted")
      return
    }
    const flight = this.flights.find(({ ids }) => ids.includes(id))
    const same = flight?.callers[flight.ids.indexOf(id)] ?? this.waiting.find((item) => item.id === id)?.callers
    if (same !== undefined) same.push(caller)
    else this.waiting.push({ id, since: this.now, callers: [caller] })
    if (this.waiting.length === maxItems) this.send()
  }

  leave(caller: number): void {
    if (this.replies.has(caller) || caller >= this.callers) return
    this.replies.set(caller, "left")
    for (const item of this.waiting) remove(item.callers, caller)
    for (const flight of this.flights) for (const callers of flight.callers) remove(callers, caller)
    this.waiting = this.waiting.filter(({ callers }) => callers.length > 0)
  }

  pass(millis: number): void {
    const end = this.now + millis
    while (true) {
      const oldest = this.waiting[0]?.since ?? Infinity
      const next = Math.min(oldest + linger, ...this.flights.map(({ due }) => due))
      if (next > end) break
      this.now = next
      for (const flight of this.flights.filter(({ due }) => due === next)) {
        flight.ids.forEach((id, index) => flight.callers[index]!.forEach((caller) => this.replies.set(caller, id)))
      }
      this.flights = this.flights.filter(({ due }) => due > next)
      if (oldest + linger <= next && this.waiting.length > 0) this.send()
    }
    this.now = end
  }

  /** What is in flight may finish; the grace is long enough. */
  close(): void {
    this.closed = true
    for (const { callers } of this.waiting) for (const caller of callers) this.replies.set(caller, "NotAttempted")
    this.waiting = []
  }

  private send(): void {
    const ids = this.waiting.map(({ id }) => id)
    const callers = this.waiting.map(({ callers }) => callers)
    this.calls.push(ids.join(""))
    this.flights.push({ ids, callers, due: this.now + latency })
    this.waiting = []
  }
}

const remove = <T>(list: Array<T>, value: T): void => {
  const index = list.indexOf(value)
  if (index >= 0) list.splice(index, 1)
}

/** The same with the engine. */
class Real {
  readonly time: VirtualTime
  readonly calls: Array<string> = []
  readonly replies = new Map<number, string>()
  private readonly fibers: Array<Fiber.Fiber<void>> = []
  private readonly scope = Scope.makeUnsafe()
  private readonly send: (
    item: Specimens.Letter
  ) => Effect.Effect<string, { readonly outcome: { readonly _tag: string } }>

  constructor(chaos: number) {
    this.time = new VirtualTime({ chaos, luck: 0 })
    const { fake, operation } = Specimens.make("resultsById", "idempotent")
    const observed = {
      ...operation,
      quota: Quota.make({ name: "test", rate: { count: 1000, per: "1 second", burst: 1000 } }),
      call: (group: unknown, items: ReadonlyArray<Specimens.Letter>) => {
        this.calls.push(items.map(({ id }) => id).join(""))
        const results = items.map((item) => ({ item, says: "ok" as const }))
        return Effect.delay(Effect.succeed(fake.answer(results, { group, number: 1, quirk: undefined })), latency)
      }
    }
    const policy = { maxItems, linger, concurrency: 100 }
    const made = this.time.fork(Scope.provide(Bulk.request(observed, { policy }), this.scope)).pollUnsafe()
    if (made === undefined || Exit.isFailure(made)) throw new Error("the queue was not made at once")
    this.send = made.value
    this.time.settle(1000)
  }

  ask(id: string): void {
    const caller = this.fibers.length
    const reply = (text: string) => Effect.sync(() => void this.replies.set(caller, text))
    this.fibers.push(
      this.time.fork(
        this.send({ id, version: 0, store: "x", size: 0, key: undefined }).pipe(
          Effect.matchEffect({ onSuccess: reply, onFailure: ({ outcome }) => reply(outcome._tag) }),
          Effect.onInterrupt(() => reply("left"))
        )
      )
    )
    this.time.settle(1000)
  }

  leave(caller: number): void {
    this.fibers[caller]?.interruptUnsafe()
    this.time.settle(1000)
  }

  close(): void {
    this.time.fork(Scope.close(this.scope, Exit.void))
    this.time.settle(1000)
  }
}

type Command = fc.Command<Model, Real>

/** Does the same to both, and compares all that can be seen. */
const command = (name: string, both: (one: Model | Real) => void): Command => ({
  check: () => true,
  run: (model, real) => {
    both(model)
    both(real)
    assert.deepStrictEqual(real.calls, model.calls)
    assert.deepStrictEqual(
      [...real.replies].toSorted(([a], [b]) => a - b),
      [...model.replies].toSorted(([a], [b]) => a - b)
    )
  },
  toString: () => name
})

const commands = fc.commands<Model, Real>(
  [
    fc.constantFrom("a", "b", "c", "d", "e").map((id) => command(`ask ${id}`, (one) => one.ask(id))),
    fc.nat({ max: 12 }).map((caller) => command(`leave ${caller}`, (one) => one.leave(caller))),
    fc
      .integer({ min: 1, max: 60 })
      .map((millis) =>
        command(`wait ${millis}`, (one) => (one instanceof Model ? one.pass(millis) : one.time.pass(millis)))
      ),
    fc.constant(command("close", (one) => one.close()))
  ],
  { maxCommands: 30, size: "+1" }
)

describe("request", () => {
  it("does for any sequence of callers what the model does", () => {
    const found = fc.check(
      fc.property(commands, fc.nat({ max: 5 }), (commands, chaos) => {
        fc.modelRun(() => ({ model: new Model(), real: new Real(chaos) }), commands)
      }),
      { numRuns: 500 }
    )
    assert.isFalse(found.failed, fc.defaultReportMessage(found))
  })
})
