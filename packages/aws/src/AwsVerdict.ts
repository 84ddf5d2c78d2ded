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
 * What a success is worth if rows say that an item is gone: `void`. A table without such rows serves every operation.
 *
 * @category models
 * @since 0.1.0
 */
export type Gone<R extends Row> = "gone" extends R["means"] ? void : never

/**
 * Reads the verdict on an item from its error. What fits no row is `terminal`: an error that nobody knows would most
 * likely come again.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make =
  <const R extends Row>(rows: ReadonlyArray<R>) =>
  <E extends { readonly code?: string | undefined; readonly message?: string | undefined }>(
    error: E
  ): Verdict.Failure<Gone<R>, E> => {
    const row = rows.find(({ code, message }) => fits(code, error.code) && fits(message, error.message))
    switch (row?.means) {
      case "retryable":
        return Verdict.retryable(error)
      case "throttled":
        return Verdict.retryable(error, { throttled: true })
      case "gone":
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only a row that says so leads here
        return Verdict.gone(error, undefined as Gone<R>)
      default:
        return Verdict.terminal(error)
    }
  }

const fits = (wanted: string | RegExp | undefined, text: string | undefined): boolean =>
  wanted === undefined || (typeof wanted === "string" ? wanted === text : wanted.test(text ?? ""))
