/**
 * The unsettled entries of a group by id, the first of each: a hash table with linear probing, which forgets an entry
 * completely when it is removed. A `Map` that entries enter and leave all the time moves to a new table again and again;
 * the old ones refer to the new ones, so that as soon as one of them counts as long-lived, the collector copies all that
 * any later one held. For the engine as a whole that is twice the time and twice the memory.
 */
interface Identified {
  readonly id: string
  /** `hashOf(id)` */
  readonly hash: number
}

export class Ids<Entry extends Identified> {
  /** At most half full; its length is a power of 2. */
  private table: Array<Entry | undefined> = empty(8)
  private size = 0

  /** The entry with the same id. */
  get({ hash, id }: Identified): Entry | undefined {
    const { table } = this
    const mask = table.length - 1
    for (let index = hash & mask; ; index = (index + 1) & mask) {
      const entry = table[index]
      if (entry === undefined || (entry.hash === hash && entry.id === id)) return entry
    }
  }

  /** Puts in an entry whose id is not there. */
  add(entry: Entry): void {
    if (++this.size * 2 > this.table.length) {
      const table = empty<Entry>(this.table.length * 2)
      for (const other of this.table) if (other !== undefined) put(table, other)
      this.table = table
    }
    put(this.table, entry)
  }

  /** Puts an entry in the place of one with the same id. */
  replace(entry: Entry, next: Entry): void {
    this.table[indexOf(this.table, entry)] = next
  }

  remove(entry: Entry): void {
    const { table } = this
    const mask = table.length - 1
    let gap = indexOf(table, entry)
    // Those behind the gap move up, but never to before the place that their hash gives them.
    for (let index = (gap + 1) & mask; ; index = (index + 1) & mask) {
      const other = table[index]
      if (other === undefined) break
      if (((index - other.hash) & mask) >= ((index - gap) & mask)) {
        table[gap] = other
        gap = index
      }
    }
    table[gap] = undefined
    this.size--
  }

  all(): ReadonlyArray<Entry> {
    return this.table.filter((entry) => entry !== undefined)
  }
}

/** FNV-1a, mixed once more since the table uses the low bits only; never negative. */
export const hashOf = (id: string): number => {
  let hash = 0x811c9dc5
  for (let index = 0; index < id.length; index++) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193)
  return (hash ^ (hash >>> 15)) & 0x3fff_ffff
}

const empty = <Entry>(length: number) => Array.from<Entry | undefined>({ length })

const put = <Entry extends Identified>(table: Array<Entry | undefined>, entry: Entry): void => {
  const mask = table.length - 1
  let index = entry.hash & mask
  while (table[index] !== undefined) index = (index + 1) & mask
  table[index] = entry
}

const indexOf = <Entry extends Identified>(table: ReadonlyArray<Entry | undefined>, entry: Entry): number => {
  const mask = table.length - 1
  let index = entry.hash & mask
  while (table[index] !== entry) index = (index + 1) & mask
  return index
}
