/**
 * The unsettled entries of a group by id, the first of each: a hash table with linear probing, which forgets an entry
 * completely when it is taken out. A `Map` that entries enter and leave all the time moves to a new table again and
 * again; the old ones refer to the new ones, so that as soon as one of them counts as long-lived, the collector copies
 * all that any later one held. For the engine as a whole that is twice the time and twice the memory. The table holds
 * numbers, as each reference to an entry would cost the collector another look.
 */
interface Identified {
  readonly id: string
  /** `hashOf(id)` */
  readonly hash: number
}

export class Ids<Entry extends Identified> {
  /** Pairs of a hash and a place in `entries`, 0 where there is none. At most half full; the length is a power of 2. */
  private table = new Int32Array(16)
  private size = 0
  private readonly entries: Array<Entry | undefined> = [undefined]
  /** Places in `entries` that are free again. */
  private readonly free: Array<number> = []

  /** The entry with the same id. */
  get({ hash, id }: Identified): Entry | undefined {
    const { entries, table } = this
    const mask = table.length - 2
    for (let at = home(hash, mask); ; at = (at + 2) & mask) {
      const place = table[at + 1]!
      if (place === 0) return undefined
      const entry = table[at] === hash ? entries[place] : undefined
      if (entry?.id === id) return entry
    }
  }

  /** Puts in an entry whose id is not there. */
  add(entry: Entry): void {
    if (++this.size * 4 > this.table.length) {
      const { table } = this
      this.table = new Int32Array(table.length * 2)
      for (let at = 0; at < table.length; at += 2) if (table[at + 1] !== 0) put(this.table, table[at]!, table[at + 1]!)
    }
    const place = this.free.pop() ?? this.entries.length
    this.entries[place] = entry
    put(this.table, entry.hash, place)
  }

  /** Takes an entry out, with another of the same id in its place if there is one. False: it was not there. */
  take(entry: Entry, next: Entry | undefined): boolean {
    const { entries, table } = this
    const mask = table.length - 2
    let gap = home(entry.hash, mask)
    for (; entries[table[gap + 1]!] !== entry; gap = (gap + 2) & mask) if (table[gap + 1] === 0) return false
    const place = table[gap + 1]!
    entries[place] = next
    if (next !== undefined) return true
    this.free.push(place)
    this.size--
    // Those behind the gap move up, but never to before the place that their hash gives them.
    for (let at = (gap + 2) & mask; table[at + 1] !== 0; at = (at + 2) & mask) {
      if (((at - home(table[at]!, mask)) & mask) >= ((at - gap) & mask)) {
        table[gap] = table[at]!
        table[gap + 1] = table[at + 1]!
        gap = at
      }
    }
    table[gap + 1] = 0
    return true
  }

  unsettled(): ReadonlyArray<Entry> {
    return this.entries.filter((entry) => entry !== undefined)
  }
}

/** FNV-1a, mixed once more since the table uses the low bits only; never negative. */
export const hashOf = (id: string): number => {
  let hash = 0x811c9dc5
  for (let index = 0; index < id.length; index++) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193)
  return (hash ^ (hash >>> 15)) & 0x3fff_ffff
}

/** Where the pair of a hash belongs if nothing else is there. */
const home = (hash: number, mask: number): number => (hash << 1) & mask

const put = (table: Int32Array, hash: number, place: number): void => {
  const mask = table.length - 2
  let at = home(hash, mask)
  while (table[at + 1] !== 0) at = (at + 2) & mask
  table[at] = hash
  table[at + 1] = place
}
