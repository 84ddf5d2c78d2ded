/**
 * The unsettled entries of a group by id, the first of each. A settled entry is not deleted: it stays until it is met
 * or the map is made anew, so that an item costs one look-up and one insertion. Deleting would cost a third of the whole
 * engine: an engine's map that fills up with holes moves to a new table to which the old one refers, and once the old
 * one counts as long-lived, so does everything that any later table holds.
 */
import type { State } from "./entry.ts"

interface Identified {
  readonly id: string
  readonly state: State
}

export class Ids<Entry extends Identified> {
  private entries = new Map<string, Entry>()
  /** How many may be in the map until it is made anew. */
  private limit = fewest

  get(id: string): Entry | undefined {
    const entry = this.entries.get(id)
    if (entry?.state !== "Settled") return entry
    this.entries.delete(id)
    return undefined
  }

  set(entry: Entry): void {
    if (this.entries.size >= this.limit) {
      this.entries = new Map(this.unsettled().map((entry) => [entry.id, entry]))
      this.limit = Math.max(fewest, growth * this.entries.size)
    }
    this.entries.set(entry.id, entry)
  }

  unsettled(): ReadonlyArray<Entry> {
    return [...this.entries.values()].filter((entry) => entry.state !== "Settled")
  }
}

const fewest = 64
const growth = 3
