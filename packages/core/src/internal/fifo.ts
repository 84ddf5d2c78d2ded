/** A queue with constant cost at both ends: `Array.shift` is linear. */
export class Fifo<T> {
  private items: Array<T> = []
  private head = 0

  get length(): number {
    return this.items.length - this.head
  }

  push(item: T): void {
    this.items.push(item)
  }

  /** The item that is `index` places behind the head. */
  at(index: number): T | undefined {
    return this.items[this.head + index]
  }

  /** Removes the first `count` items. */
  drop(count: number): void {
    this.head = Math.min(this.items.length, this.head + count)
    // Copy what is left only when it is the smaller part: constant on average.
    if (this.head > 32 && this.head * 2 > this.items.length) {
      this.items = this.items.slice(this.head)
      this.head = 0
    }
  }

  /** Removes and returns all. */
  clear(): ReadonlyArray<T> {
    const rest = this.items.slice(this.head)
    this.items = []
    this.head = 0
    return rest
  }
}
