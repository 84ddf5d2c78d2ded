/** What has a time, earliest first: a binary heap. */
export class Heap<T extends { readonly at: number }> {
  private readonly items: Array<T> = []

  get first(): T | undefined {
    return this.items[0]
  }

  add(item: T): void {
    const { items } = this
    let index = items.length
    items.push(item)
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (items[parent]!.at <= item.at) break
      items[index] = items[parent]!
      index = parent
    }
    items[index] = item
  }

  /** Removes and returns the first. */
  take(): T | undefined {
    const { items } = this
    const first = items[0]
    const last = items.pop()
    if (last === undefined || items.length === 0) return first
    let index = 0
    while (true) {
      let child = index * 2 + 1
      if (child >= items.length) break
      if (child + 1 < items.length && items[child + 1]!.at < items[child]!.at) child++
      if (items[child]!.at >= last.at) break
      items[index] = items[child]!
      index = child
    }
    items[index] = last
    return first
  }

  clear(): void {
    this.items.length = 0
  }
}
