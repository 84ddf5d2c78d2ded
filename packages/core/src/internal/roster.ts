/**
 * Who is there now, in the order of coming: a set of few members, which come and go all the time. A `Set` moves to a
 * new table again and again as they do, and the old ones refer to the new ones: once one of them counts as long-lived,
 * the collector keeps all that any later one held, until it clears the whole heap.
 */
export class Roster<T> {
  private readonly members: Array<T> = []

  get size(): number {
    return this.members.length
  }

  /** The one that came before all others. */
  get first(): T | undefined {
    return this.members[0]
  }

  add(member: T): void {
    this.members.push(member)
  }

  delete(member: T): void {
    const at = this.members.indexOf(member)
    if (at !== -1) this.members.splice(at, 1)
  }

  /** Those who are there when it begins: members may leave meanwhile. */
  [Symbol.iterator](): Iterator<T> {
    return this.members.slice().values()
  }
}
