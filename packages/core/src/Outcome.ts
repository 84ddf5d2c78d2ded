/**
 * The final word on one item: exactly one per position of the input. `decide` is the outcome table of the
 * project, one pure total function of the last word on an item, what its earlier calls left open, and why no
 * more is tried.
 *
 * @since 0.1.0
 */
import type * as Fate from "./Fate.ts"
import type * as Verdict from "./Verdict.ts"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * One call that carried an item, as its history keeps it. `at` is the time of dispatch (epoch milliseconds),
 * `call` the number of the call in its run.
 *
 * @category models
 * @since 0.1.0
 */
export interface Attempt {
  readonly call: number
  readonly at: number
  readonly word: Verdict.Verdict<unknown, unknown>["_tag"] | Fate.Fate["_tag"]
  /** Did the call apply the item, as far as its own answer or fate tells? Of a read: was it answered? */
  readonly applied: Fate.Applied | "yes"
  readonly error?: string
  readonly requestId?: string
}

/**
 * Why no more is tried for an item that has no conclusive verdict.
 *
 * `stopped`: stop signal, stop rule or closed scope. `halted`: a fatal fate, a dry budget, or an earlier failure
 * under the same order key. `deadline`: of the item or of the run. `sourceFailed`: the source of the items failed.
 *
 * @category models
 * @since 0.1.0
 */
export type Ending = "attempts" | "budget" | "deadline" | "stopped" | "halted" | "interrupted" | "sourceFailed"

/**
 * What every outcome carries. `attempts` counts the calls that carried the item, without isolating steps and
 * throttled calls; `history` holds the first call and the last ones.
 *
 * @category models
 * @since 0.1.0
 */
export interface Identity<Item> {
  /** Place in the input, from 0. */
  readonly position: number
  readonly item: Item
  readonly id: string
  /** The item's target, as text. */
  readonly target: string
  readonly attempts: number
  readonly history: ReadonlyArray<Attempt>
}

/**
 * Done, on evidence: the answer says so (`Confirmed`), the service works on it (`Accepted`), or it is gone on a
 * retry after a call that may have been applied (`InferredGone`).
 *
 * @category models
 * @since 0.1.0
 */
export interface Succeeded<Item, A> extends Identity<Item> {
  readonly _tag: "Succeeded"
  readonly value: A
  readonly evidence: "Confirmed" | "Accepted" | "InferredGone"
}

/**
 * Failed for good: a verdict on the item itself (`scope: "item"`), or on the call that held it (`scope: "call"`).
 * With `candidates`, the cause is one of them.
 *
 * @category models
 * @since 0.1.0
 */
export interface Failed<Item, E> extends Identity<Item> {
  readonly _tag: "Failed"
  readonly error: E
  readonly scope: "item" | "call"
  readonly candidates?: ReadonlyArray<E>
}

/**
 * Certainly not applied, could have been tried again, and was not: `bound` says why.
 *
 * @category models
 * @since 0.1.0
 */
export interface Exhausted<Item, E> extends Identity<Item> {
  readonly _tag: "Exhausted"
  readonly error: E
  readonly bound: Ending
  readonly candidates?: ReadonlyArray<E>
}

/**
 * Some call may have applied it, and nothing conclusive came later.
 *
 * @category models
 * @since 0.1.0
 */
export interface Unknown<Item, E> extends Identity<Item> {
  readonly _tag: "Unknown"
  readonly error: E
  readonly bound: Ending
  readonly candidates?: ReadonlyArray<E>
}

/**
 * In no call. After a halt, `cause` is the error that caused it.
 *
 * @category models
 * @since 0.1.0
 */
export interface NotAttempted<Item, E> extends Identity<Item> {
  readonly _tag: "NotAttempted"
  readonly reason: Exclude<Ending, "attempts" | "budget">
  /** The error that halted the run or the item's group. */
  readonly cause?: E
}

/**
 * Refused before the wire; `issue` says what is wrong with which value.
 *
 * @category models
 * @since 0.1.0
 */
export interface Invalid<Item> extends Identity<Item> {
  readonly _tag: "Invalid"
  readonly issue: string
}

/**
 * The outcome of one item.
 *
 * @category models
 * @since 0.1.0
 */
export type Outcome<Item, A, E> =
  | Succeeded<Item, A>
  | Failed<Item, E>
  | Exhausted<Item, E>
  | Unknown<Item, E>
  | NotAttempted<Item, E>
  | Invalid<Item>

/**
 * The tags of the outcomes, in the order in which tables show them.
 *
 * @category models
 * @since 0.1.0
 */
export const tags = ["Succeeded", "Failed", "Exhausted", "Unknown", "NotAttempted", "Invalid"] as const

/**
 * @category models
 * @since 0.1.0
 */
export type Tag = (typeof tags)[number]

/**
 * An outcome that is not a success.
 *
 * @category models
 * @since 0.1.0
 */
export type Unsuccessful<Item, E> = Exclude<Outcome<Item, never, E>, { readonly _tag: "Succeeded" }>

/**
 * Did the item succeed?
 *
 * @category guards
 * @since 0.1.0
 */
export const isSucceeded = <Item, A, E>(outcome: Outcome<Item, A, E>): outcome is Succeeded<Item, A> =>
  outcome._tag === "Succeeded"

// -----------------------------------------------------------------------------
// The outcome table
// -----------------------------------------------------------------------------

/**
 * The last word on an item: a verdict of an answer, the fate of its last call, or nothing, as it was in no call.
 * `alone` says that the call held no other item.
 *
 * @category outcome table
 * @since 0.1.0
 */
export type Word<A, E> =
  | Verdict.Verdict<A, E>
  | { readonly _tag: "Fate"; readonly fate: Fate.Fate; readonly error: E; readonly alone: boolean }
  | { readonly _tag: "None" }

/**
 * What the item's earlier calls leave open, and how the operation is to be read.
 *
 * @category outcome table
 * @since 0.1.0
 */
export interface Past {
  /** Some earlier call may have applied the item, and nothing conclusive came since. */
  readonly maybeApplied: boolean
  /** The operation reads: there is nothing to apply. */
  readonly read: boolean
  /** The policy takes "not there" for success, also at the first try. */
  readonly goneIsSuccess: boolean
}

/**
 * The outcome table.
 *
 * | last word | otherwise | an earlier call may have applied it |
 * | --- | --- | --- |
 * | none | `NotAttempted` | |
 * | succeeded | `Succeeded` | `Succeeded` |
 * | terminal | `Failed` (item) | `Failed` (item) |
 * | terminal, gone | `Failed` (item), or `Succeeded` if the policy says so | `Succeeded` (`InferredGone`) |
 * | terminal, maybe gone | `Failed` (item) | `Unknown` |
 * | retryable | `Exhausted` | `Unknown` |
 * | unanswered | `Unknown`; a read: `Exhausted` | `Unknown` |
 * | throttled, transient; certainly not applied | `Exhausted` | `Unknown` |
 * | too large, rejected, fatal; certainly not applied | `Failed` (call; item if it was alone in the call) | `Unknown` |
 * | any fate, perhaps applied | `Unknown`; a read: as if not applied | `Unknown` |
 *
 * @category outcome table
 * @since 0.1.0
 */
export const decide = <Item, A, E>(
  identity: Identity<Item>,
  word: Word<A, E>,
  past: Past,
  ending: Ending
): Outcome<Item, A, E> => {
  const { attempts, history, id, item, position, target } = identity
  const open = past.maybeApplied && !past.read
  switch (word._tag) {
    case "None": {
      const reason = ending === "attempts" || ending === "budget" ? "halted" : ending
      return { _tag: "NotAttempted", position, item, id, target, attempts, history, reason }
    }
    case "Succeeded": {
      const { evidence, value } = word
      return { _tag: "Succeeded", position, item, id, target, attempts, history, value, evidence }
    }
    case "Terminal": {
      const { error, gone } = word
      if (gone === "maybe") {
        // Gone by an earlier call, for all that is known.
        if (open) {
          const _tag = "Unknown"
          return { _tag, position, item, id, target, attempts, history, error, bound: ending, ...candidatesOf(word) }
        }
      } else if (gone !== undefined && (open || past.goneIsSuccess)) {
        const evidence = open ? "InferredGone" : "Confirmed"
        const { value } = gone
        return { _tag: "Succeeded", position, item, id, target, attempts, history, value, evidence }
      }
      return {
        _tag: "Failed",
        position,
        item,
        id,
        target,
        attempts,
        history,
        error,
        scope: "item",
        ...candidatesOf(word)
      }
    }
    case "Retryable":
    case "Unanswered": {
      const _tag = open || (word._tag === "Unanswered" && !past.read) ? "Unknown" : "Exhausted"
      const { error } = word
      return { _tag, position, item, id, target, attempts, history, error, bound: ending, ...candidatesOf(word) }
    }
    case "Fate": {
      const { error, fate } = word
      if (open || (fate.applied === "maybe" && !past.read)) {
        return { _tag: "Unknown", position, item, id, target, attempts, history, error, bound: ending }
      }
      if (fate._tag === "Throttled" || fate._tag === "Transient") {
        return { _tag: "Exhausted", position, item, id, target, attempts, history, error, bound: ending }
      }
      const scope = word.alone && fate._tag !== "Fatal" ? "item" : "call"
      return { _tag: "Failed", position, item, id, target, attempts, history, error, scope }
    }
  }
}

const candidatesOf = <E>(word: { readonly candidates?: ReadonlyArray<E> }) =>
  word.candidates === undefined ? {} : { candidates: word.candidates }
