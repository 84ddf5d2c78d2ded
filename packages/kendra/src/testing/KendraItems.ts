/**
 * The common course of the batches of the model: which items fail and why, and what counts when an id comes twice.
 *
 * @since 0.1.0
 */
import * as Faults from "@effect-bulk/aws/testing/Faults"
import type * as ServiceWire from "@effect-bulk/aws/testing/ServiceWire"
import type { Choices, ItemFailure } from "./KendraModel.ts"

/**
 * Why an item fails.
 *
 * @category models
 * @since 0.1.0
 */
export interface Refusal {
  readonly code: string
  readonly message: string
}

/**
 * An item that failed.
 *
 * @category models
 * @since 0.1.0
 */
export interface Failure extends Refusal {
  readonly id: string
}

/**
 * @category constructors
 * @since 0.1.0
 */
export const invalid = (message: string): Refusal => ({ code: "InvalidRequest", message })

/**
 * What a model does with the items of its batches.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (choices: Choices) => {
  const failures = new Map<string, { readonly failure: ItemFailure; left: number }>()

  const failureOf = (id: string, fault: Faults.ItemFault | undefined): Refusal | undefined => {
    const scripted = failures.get(id)
    if (scripted !== undefined && scripted.left > 0) {
      scripted.left--
      return scripted.failure
    }
    return fault !== undefined && Faults.hits(fault, id) ? fault : undefined
  }

  return {
    failItem: (id: string, failure: ItemFailure): void => {
      failures.set(id, { failure, left: failure.times ?? Number.POSITIVE_INFINITY })
    },
    missing: (message: string): Refusal | undefined => (choices.missing === "error" ? invalid(message) : undefined),
    run: (
      ids: ReadonlyArray<string>,
      { fault }: ServiceWire.Call,
      options: {
        /** Does the work on one item, or says why not. */
        readonly each: (id: string) => Refusal | undefined
        /** What the item is, if it is there: it counts how often it was named. */
        readonly named: (id: string) => { named: number } | undefined
      }
    ): ReadonlyArray<Failure> => {
      const failed: Array<Failure> = []
      const seen = new Set<string>()
      for (const id of ids) {
        const before = options.named(id)
        if (before !== undefined) before.named++
        if (seen.has(id)) {
          if (choices.duplicates === "error") {
            failed.push({ id, ...invalid("The id occurs more than once in the request.") })
          }
          continue
        }
        seen.add(id)
        const refusal = failureOf(id, fault) ?? options.each(id)
        if (refusal !== undefined) failed.push({ id, code: refusal.code, message: refusal.message })
        // Made by this very call.
        else if (before === undefined) {
          const made = options.named(id)
          if (made !== undefined) made.named++
        }
      }
      return failed
    }
  }
}
