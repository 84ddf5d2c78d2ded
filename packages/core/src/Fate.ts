/**
 * What became of a call that gave no readable answer, and so of every item in it and of no other.
 *
 * @since 0.1.0
 */

/**
 * May the call have taken effect? `"no"` for throttling, refused connections, DNS failures, validation,
 * credentials and access errors; `"maybe"` for timeouts, resets, cut-off or undecodable answers, 408 and every 5xx.
 *
 * @category models
 * @since 0.1.0
 */
export type Applied = "no" | "maybe"

/**
 * The fate of a call.
 *
 * - `Throttled`: too many calls; sent again after a longer wait, uses up budget but no attempt.
 * - `Transient`: may pass when sent again.
 * - `TooLarge`: the call is too large; halved.
 * - `Rejected`: some item spoils the call; bisected to find it.
 * - `Fatal`: sending more is pointless; halts the group (no such index), or the whole run (bad credentials).
 *
 * `retryAfter` is the service's hint, in milliseconds.
 *
 * @category models
 * @since 0.1.0
 */
export type Fate =
  | { readonly _tag: "Throttled"; readonly applied: Applied; readonly retryAfter?: number }
  | { readonly _tag: "Transient"; readonly applied: Applied; readonly retryAfter?: number }
  | { readonly _tag: "TooLarge"; readonly applied: Applied }
  | { readonly _tag: "Rejected"; readonly applied: Applied }
  | { readonly _tag: "Fatal"; readonly applied: Applied; readonly halts: "group" | "run" }

const hint = (retryAfter: number | undefined) => (retryAfter === undefined ? {} : { retryAfter })

/**
 * The service asked for fewer calls. `retryAfter` in milliseconds.
 *
 * @category constructors
 * @since 0.1.0
 */
export const throttled = (options?: {
  readonly applied?: Applied
  readonly retryAfter?: number | undefined
}): Fate => ({
  _tag: "Throttled",
  applied: options?.applied ?? "no",
  ...hint(options?.retryAfter)
})

/**
 * Something that may pass. Say whether the call may have been applied. `retryAfter` in milliseconds.
 *
 * @category constructors
 * @since 0.1.0
 */
export const transient = (applied: Applied, options?: { readonly retryAfter?: number | undefined }): Fate => ({
  _tag: "Transient",
  applied,
  ...hint(options?.retryAfter)
})

/**
 * The call is larger than the service takes.
 *
 * @category constructors
 * @since 0.1.0
 */
export const tooLarge: Fate = { _tag: "TooLarge", applied: "no" }

/**
 * The call was refused because of what is in it.
 *
 * @category constructors
 * @since 0.1.0
 */
export const rejected: Fate = { _tag: "Rejected", applied: "no" }

/**
 * No further call of this group (or of this run) can succeed.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fatal = (options?: { readonly halts?: "group" | "run"; readonly applied?: Applied }): Fate => ({
  _tag: "Fatal",
  applied: options?.applied ?? "no",
  halts: options?.halts ?? "group"
})
