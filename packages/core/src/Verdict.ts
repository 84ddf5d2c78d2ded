/**
 * What one answer says about one item. An `Answer` reads verdicts out of a response; the engine turns them
 * into retries and outcomes.
 *
 * @since 0.1.0
 */

/**
 * The verdict on one item of one call.
 *
 * - `Succeeded`: the answer says that it is done (`Confirmed`) or that the service works on it (`Accepted`).
 * - `Retryable`: it failed for certain, and another attempt may succeed.
 * - `Terminal`: it failed for certain, and another attempt would fail too. With `gone`, what the call was to
 *   remove is not there: success if an earlier call may have removed it.
 * - `Unanswered`: the call was answered, but nothing certain can be said about this item.
 *
 * `candidates` are the errors of an answer that names no ids: the true cause is one of them. If only some of them say
 * that an item is gone, `gone` is `"maybe"`: the item is not known to have failed if an earlier call may have removed it.
 *
 * @category models
 * @since 0.1.0
 */
export type Verdict<A, E> =
  | { readonly _tag: "Succeeded"; readonly value: A; readonly evidence: "Confirmed" | "Accepted" }
  | {
      readonly _tag: "Retryable"
      readonly error: E
      readonly throttled: boolean
      readonly gone?: "maybe"
      readonly candidates?: ReadonlyArray<E>
    }
  | {
      readonly _tag: "Terminal"
      readonly error: E
      readonly gone?: { readonly value: A } | "maybe"
      readonly candidates?: ReadonlyArray<E>
    }
  | { readonly _tag: "Unanswered"; readonly error: E; readonly candidates?: ReadonlyArray<E> }

/**
 * A verdict that says that an item failed: what a reader of failure entries returns.
 *
 * @category models
 * @since 0.1.0
 */
export type Failure<A, E> = Exclude<Verdict<A, E>, { readonly _tag: "Succeeded" | "Unanswered" }>

/**
 * The answer says that the item is done.
 *
 * @category constructors
 * @since 0.1.0
 */
export const confirmed = <A>(value: A): Verdict<A, never> => ({ _tag: "Succeeded", value, evidence: "Confirmed" })

/**
 * The answer says that the service took the item and works on it.
 *
 * @category constructors
 * @since 0.1.0
 */
export const accepted = <A>(value: A): Verdict<A, never> => ({ _tag: "Succeeded", value, evidence: "Accepted" })

/**
 * The item failed and may be sent again. `throttled` marks a failure for load, which is retried more slowly.
 *
 * @category constructors
 * @since 0.1.0
 */
export const retryable = <E>(error: E, options?: { readonly throttled?: boolean }): Failure<never, E> => ({
  _tag: "Retryable",
  error,
  throttled: options?.throttled === true
})

/**
 * The item failed for good.
 *
 * @category constructors
 * @since 0.1.0
 */
export const terminal = <E>(error: E): Failure<never, E> => ({ _tag: "Terminal", error })

/**
 * The item failed because what was to be removed is not there. After a call that may have removed it, this is
 * a success with `value`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const gone = <A, E>(error: E, value: A): Failure<A, E> => ({ _tag: "Terminal", error, gone: { value } })
