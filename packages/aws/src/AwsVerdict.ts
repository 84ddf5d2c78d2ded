/**
 * What the error of one item means, as a table that reads like AWS's documentation: rows of code and message, the
 * first that fits decides.
 *
 * @since 0.1.0
 */
import * as Verdict from "@effect-bulk/core/Verdict"

/**
 * - `retryable`: another attempt may succeed.
 * - `throttled`: likewise, after a longer wait.
 * - `gone`: what was to be removed is not there.
 * - `terminal`: another attempt would fail too.
 *
 * @category models
 * @since 0.1.0
 */
export type Meaning = "retryable" | "throttled" | "gone" | "terminal"

/**
 * One row. What it does not say fits everything; a text must be equal, a pattern must be found.
 *
 * @category models
 * @since 0.1.0
 */
export interface Row {
  readonly code?: string | RegExp
  readonly message?: string | RegExp
  readonly means: Meaning
}

/**
 * Reads the verdict on an item from its error, where a success is worth `void`. What fits no row is `terminal`: an
 * error that nobody knows would most likely come again.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make =
  (rows: ReadonlyArray<Row>) =>
  <E extends { readonly code?: string | undefined; readonly message?: string | undefined }>(
    error: E
  ): Verdict.Failure<void, E> => {
    const row = rows.find(({ code, message }) => fits(code, error.code) && fits(message, error.message))
    switch (row?.means) {
      case "retryable":
        return Verdict.retryable(error)
      case "throttled":
        return Verdict.retryable(error, { throttled: true })
      case "gone":
        return Verdict.gone(error, undefined)
      default:
        return Verdict.terminal(error)
    }
  }

const fits = (wanted: string | RegExp | undefined, text: string | undefined): boolean =>
  wanted === undefined || (typeof wanted === "string" ? wanted === text : wanted.test(text ?? ""))
