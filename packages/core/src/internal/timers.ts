/** Things to do at a time. */
import { Heap } from "./heap.ts"

interface Timer {
  readonly at: number
  readonly run: () => void
}

export class Timers {
  private readonly timers = new Heap<Timer>()

  /** The earliest time, infinite if there is none. */
  get next(): number {
    return this.timers.first?.at ?? Infinity
  }

  add(at: number, run: () => void): void {
    this.timers.add({ at, run })
  }

  /** Runs all that is due. */
  fire(now: number): void {
    while (this.next <= now) this.timers.take()?.run()
  }

  clear(): void {
    this.timers.clear()
  }
}
