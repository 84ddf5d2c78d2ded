/**
 * How Connect's answers about analytics data sets are read: they list what is done, and errors that name no data set.
 * What is not listed failed, and each error may be why. But if all errors say that data sets are already where they
 * should be, then so is each one that is not listed, whichever error is its own.
 *
 * @since 0.1.0
 */
import * as Answer from "@effect-bulk/core/Answer"
import * as Verdict from "@effect-bulk/core/Verdict"
import * as ConnectError from "./ConnectError.ts"

/**
 * A reader of such answers.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = <Item extends { readonly dataSetId: string }, Response extends Errors, S, A>(options: {
  readonly successes: (response: Response) => ReadonlyArray<S>
  readonly id: (success: S) => string | undefined
  readonly value: (success: S) => A
  readonly verdict: (
    error: ConnectError.AnalyticsDataSetError
  ) => Verdict.Failure<void, ConnectError.AnalyticsDataSetError>
  /** What a data set is worth that was where it should be before this call. */
  readonly reached: (item: Item) => A
}): Answer.Answer<Item, Response, A, ConnectError.AnalyticsDataSetError> => {
  const { id, reached, successes, value, verdict } = options
  return (items, response) => {
    const failures = response.Errors.map(({ ErrorCode = "", ErrorMessage = "" }) =>
      verdict(new ConnectError.AnalyticsDataSetError({ code: ErrorCode, message: ErrorMessage }))
    )
    const read = Answer.successesById<
      Item,
      Response,
      S,
      (typeof failures)[number],
      A,
      ConnectError.AnalyticsDataSetError
    >({
      successes,
      id,
      verdict: (success) => Verdict.confirmed(value(success)),
      errors: () => failures,
      // Which of several errors is whose is not known, so none of them proves that its data set is not there.
      failure: (failure) => (failure._tag === "Terminal" ? Verdict.terminal(failure.error) : failure)
    })
    const reading = read(items, response)
    if (reading._tag !== "ById" || failures.length === 0 || !failures.every(isReached)) return reading
    const listed = new Set(reading.entries.map(({ id }) => id))
    const missing = items.filter(({ dataSetId }) => !listed.has(dataSetId))
    // A success that names no data set may be that of any which is not listed.
    if (missing.length === 0 || listed.has(undefined)) return reading
    const candidates = failures.map(({ error }) => error)
    const certain = missing.length === 1 && failures.length === 1
    const entries = missing.map((item, position): Answer.Entry<A, ConnectError.AnalyticsDataSetError> => ({
      id: item.dataSetId,
      verdict: {
        _tag: "Terminal",
        error: candidates[Math.min(position, candidates.length - 1)]!,
        gone: { value: reached(item) },
        ...(!certain && { candidates })
      }
    }))
    return { ...reading, entries: [...reading.entries, ...entries], errors: [] }
  }
}

interface Errors {
  readonly Errors: ReadonlyArray<{
    readonly ErrorCode?: string | undefined
    readonly ErrorMessage?: string | undefined
  }>
}

const isReached = (failure: Verdict.Failure<void, unknown>): boolean =>
  failure._tag === "Terminal" && failure.gone !== undefined
