/** Writes down what happens in a simulated run, and lets things happen when so much is written. */
import type { BatchOperation } from "@effect-bulk/core/BatchOperation"
import type { When } from "../Script.ts"
import type { Event, What } from "../Trace.ts"
import type { VirtualTime } from "./virtualTime.ts"

export class Recorder<Item, A, E> {
  readonly events: Array<Event<Item, A, E>> = []
  /** The lines whose items went in, by position. */
  readonly lineOf: Array<number> = []
  /** Positions that an outcome was seen of. */
  readonly settled = new Set<number>()
  /** How often each position was applied, in truth. */
  readonly applied: Array<number> = []
  private readonly time: VirtualTime
  private readonly pace: BatchOperation<Item, A, E>["quota"]["pace"]
  private readonly onStep: Array<readonly [number, () => void]> = []
  private readonly plans: Array<() => void> = []

  constructor(time: VirtualTime, pace: BatchOperation<Item, A, E>["quota"]["pace"]) {
    this.time = time
    this.pace = pace
  }

  record(what: What<Item, A, E>): void {
    const { inFlight, spent } = this.pace
    const step = this.events.length
    this.events.push({ ...what, at: this.time.now, tick: this.time.ticks++, step, spent, slots: inFlight })
    if (what._tag === "Outcome" || what._tag === "Taken") this.settled.add(what.outcome.position)
    for (const [due, happen] of this.onStep) {
      if (due !== step) continue
      // Within a source, what it is about to hand out would be lost with its own fiber: a moment later, then.
      if (what._tag === "Pull") this.plans.push(this.time.at(this.time.now, happen))
      else happen()
    }
  }

  /** An item goes in. */
  pulled(line: number): number {
    const position = this.lineOf.push(line) - 1
    this.applied.push(0)
    this.record({ _tag: "Pull", position, line })
    return position
  }

  /** Plans something for a time or a step. */
  when(when: When | undefined, happen: () => void): void {
    if (when === undefined) return
    if ("step" in when) this.onStep.push([when.step, happen])
    else this.plans.push(this.time.at(when.at, happen))
  }

  /** Calls off what is planned. */
  stop(): void {
    this.onStep.length = 0
    for (const callOff of this.plans) callOff()
  }
}
