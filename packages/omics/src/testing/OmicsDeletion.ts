/**
 * The common course of deleting read sets and versions in the model: which items of a call fail and why, and how a
 * deletion that was accepted goes on until it is over.
 *
 * @since 0.1.0
 */
import * as Faults from "@effect-bulk/aws/testing/Faults"
import type * as ServiceWire from "@effect-bulk/aws/testing/ServiceWire"
import type { Choices, ItemFailure } from "./OmicsModel.ts"
import type * as OmicsState from "./OmicsState.ts"

/**
 * An item that is not deleted, and why.
 *
 * @category models
 * @since 0.1.0
 */
export interface ItemError {
  readonly id: string
  readonly code: string
  readonly message: string
}

/**
 * Deletes as the choices say.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (choices: Choices) => {
  const failures = new Map<string, { readonly failure: ItemFailure; left: number }>()

  const failureOf = (id: string, fault: Faults.ItemFault | undefined): Omit<ItemFailure, "times"> | undefined => {
    const scripted = failures.get(id)
    if (scripted !== undefined && scripted.left > 0) {
      scripted.left--
      return scripted.failure
    }
    return fault !== undefined && Faults.hits(fault, id) ? fault : undefined
  }

  // A deletion is over once it has lasted and has been seen as the choices say.
  const settle = (thing: OmicsState.Deletable, now: number): void => {
    if (
      thing.status === "DELETING" &&
      now - thing.deletedAt >= choices.deletingMillis &&
      thing.looks >= choices.deletingLooks
    ) {
      thing.status = "DELETED"
    }
  }

  const remove = (thing: OmicsState.Deletable, now: number): boolean => {
    if (thing.status === "DELETED" || (thing.status === "DELETING" && choices.again === "missing")) return false
    if (thing.status !== "DELETING") {
      thing.status = "DELETING"
      thing.deletedAt = now
    }
    thing.deleted++
    return true
  }

  return {
    look: (thing: OmicsState.Deletable, now: number): void => {
      settle(thing, now)
      if (thing.status === "DELETING") thing.looks++
    },
    failItem: (id: string, failure: ItemFailure): void => {
      failures.set(id, { failure, left: failure.times ?? Number.POSITIVE_INFINITY })
    },
    removeAll: <Thing extends OmicsState.Deletable>(
      ids: ReadonlyArray<string>,
      { fault, now }: ServiceWire.Call,
      things: {
        readonly find: (id: string) => Thing | undefined
        readonly refuse: (thing: Thing) => string | undefined
        readonly missing: string
      }
    ): ReadonlyArray<ItemError> => {
      const errors: Array<ItemError> = []
      const seen = new Set<string>()
      for (const id of ids) {
        const fail = (message: string, code = choices.code) => errors.push({ id, code, message })
        const thing = things.find(id)
        if (thing !== undefined) thing.named++
        if (seen.has(id)) {
          if (choices.duplicates === "error") fail("The id occurs more than once in the request.")
          continue
        }
        seen.add(id)
        const failure = failureOf(id, fault)
        if (failure !== undefined) {
          fail(failure.message, failure.code)
        } else if (thing === undefined) {
          fail(things.missing)
        } else {
          settle(thing, now)
          const refusal = things.refuse(thing)
          if (refusal !== undefined) fail(refusal)
          else if (!remove(thing, now)) fail(things.missing)
        }
      }
      return errors
    }
  }
}
