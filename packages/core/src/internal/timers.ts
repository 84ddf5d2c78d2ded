/** Things to do at a time: a binary heap, earliest first. */
export interface Timer {
  readonly at: number
  readonly run: () => void
}

export class Timers {
  private readonly heap: Array<Timer> = []

  /** The earliest time, infinite if there is none. */
  get next(): number {
    return this.heap.length === 0 ? Infinity : this.heap[0]!.at
  }

  add(at: number, run: () => void): void {
    const { heap } = this
    let index = heap.length
    const timer: Timer = { at, run }
    heap.push(timer)
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (heap[parent]!.at <= at) break
      heap[index] = heap[parent]!
      index = parent
    }
    heap[index] = timer
  }

  /** Runs all that is due. */
  fire(now: number): void {
    while (this.heap.length > 0 && this.heap[0]!.at <= now) this.pop().run()
  }

  clear(): void {
    this.heap.length = 0
  }

  private pop(): Timer {
    const { heap } = this
    const top = heap[0]!
    const last = heap.pop()!
    if (heap.length > 0) {
      let index = 0
      while (true) {
        let child = index * 2 + 1
        if (child >= heap.length) break
        if (child + 1 < heap.length && heap[child + 1]!.at < heap[child]!.at) child++
        if (heap[child]!.at >= last.at) break
        heap[index] = heap[child]!
        index = child
      }
      heap[index] = last
    }
    return top
  }
}
