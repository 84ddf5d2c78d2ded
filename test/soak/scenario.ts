/**
 * What a soak runs on: which read sets there are, which of them fail, and what goes wrong with which call. All of it
 * follows from a number of items and a seed, so that the emulator, in a process of its own, and the comparison agree.
 */
import { Faults } from "@effect-bulk/aws/testing"

export interface Scenario {
  readonly items: number
  readonly seed: number
}

export interface ReadSet {
  readonly sequenceStoreId: string
  readonly id: string
}

// -----------------------------------------------------------------------------
// Read sets
// -----------------------------------------------------------------------------

const storeIds = ["9000000001", "9000000002", "9000000003", "9000000004"] as const
const storeIndex = new Map<string, number>(storeIds.map((id, index) => [id, index]))

// As the model of HealthOmics makes them up.
const firstId = (store: number) => 1_000_000_000 + store * 100_000_000

/** The stores, as the emulator begins with them. */
export const stores = ({ items }: Scenario) =>
  storeIds.map((id, store) => ({ id, readSets: Math.ceil((items - store) / storeIds.length) }))

/** The items take turns in the stores, so that calls to all of them are under way at any time. */
export const readSetAt = (position: number): ReadSet => {
  const store = position % storeIds.length
  return {
    sequenceStoreId: storeIds[store] ?? "",
    id: String(firstId(store) + Math.floor(position / storeIds.length))
  }
}

/** `NaN` for what is none of the read sets. */
export const positionOf = ({ items }: Scenario, sequenceStoreId: string, id: string): number => {
  const store = storeIndex.get(sequenceStoreId)
  if (store === undefined) return Number.NaN
  const position = (Number(id) - firstId(store)) * storeIds.length + store
  return Number.isInteger(position) && position >= 0 && position < items ? position : Number.NaN
}

/** The items, made as they are pulled. */
export function* source({ items }: Scenario): Generator<ReadSet> {
  for (let position = 0; position < items; position++) yield readSetAt(position)
}

// -----------------------------------------------------------------------------
// What goes wrong
// -----------------------------------------------------------------------------

/** How an item fails: for good, for ever although it is worth another try, or once. */
export type Trouble = "refused" | "broken" | "shaky"

const troubles: ReadonlyArray<Trouble> = ["refused", "broken", "shaky"]

/** One item in a hundred is in trouble. */
export const troubleOf = ({ seed }: Scenario, id: string): Trouble | undefined =>
  Faults.hits({ _tag: "ItemFault", code: "", message: "", share: 0.01, seed }, id)
    ? troubles[Number(id) % troubles.length]
    : undefined

/** Longest time that the run waits for an answer. */
export const callTimeout = 10_000

/** What goes wrong with which call. One late answer in ten comes when nobody waits for it any more. */
export const faults = ({ seed }: Scenario): Faults.Faults => {
  const seeded = Faults.seeded({
    seed,
    share: { throttle: 0.05, resetBefore: 0.01, resetAfter: 0.01, cutOff: 0.01, slow: 0.02 },
    slowMillis: 200
  })
  return {
    next: (operation, call) => {
      const fault = seeded.next(operation, call)
      return fault?._tag === "Slow" && call % 10 === 0 ? { ...fault, millis: callTimeout + 2_000 } : fault
    }
  }
}

/** Does a call under this fault come to its work? */
export const isHandled = (fault: Faults.Fault | undefined): boolean =>
  fault?._tag !== "Throttle" && fault?._tag !== "ResetBefore"

/** Does its answer arrive whole and in time? */
export const isAnswered = (fault: Faults.Fault | undefined): boolean =>
  fault === undefined || (fault._tag === "Slow" && fault.millis < callTimeout)
