/**
 * Which items of the model fail although nothing is wrong with them, as a test said or a fault demands.
 *
 * @since 0.1.0
 */
import * as Faults from "@effect-bulk/aws/testing/Faults"

/**
 * How an item fails: `times` times, or for ever.
 *
 * @category models
 * @since 0.1.0
 */
export interface ItemFailure {
  readonly code: string
  readonly message: string
  readonly times?: number
}

/**
 * @category models
 * @since 0.1.0
 */
export interface ItemFailures {
  readonly failItem: (id: string, failure: ItemFailure) => void
  /** How this item fails this time, if it does. */
  readonly next: (id: string, fault: Faults.ItemFault | undefined) => Omit<ItemFailure, "times"> | undefined
}

/**
 * @category constructors
 * @since 0.1.0
 */
export const make = (): ItemFailures => {
  const failures = new Map<string, { readonly failure: ItemFailure; left: number }>()
  return {
    failItem: (id, failure) => {
      failures.set(id, { failure, left: failure.times ?? Number.POSITIVE_INFINITY })
    },
    next: (id, fault) => {
      const scripted = failures.get(id)
      if (scripted !== undefined && scripted.left > 0) {
        scripted.left--
        return scripted.failure
      }
      return fault !== undefined && Faults.hits(fault, id) ? fault : undefined
    }
  }
}
