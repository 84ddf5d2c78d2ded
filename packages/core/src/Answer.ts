/**
 * How an answer says which item got which verdict. The constructors are named after how answers meet items. A
 * reader only reads; what its silence, its contradictions and its foreign entries mean is decided in one place,
 * by the engine.
 *
 * @since 0.1.0
 */
import type * as Verdict from "./Verdict.ts"

/**
 * One entry of an answer: the id it names, if any, and what it says of that item.
 *
 * @category models
 * @since 0.1.0
 */
export interface Entry<A, E> {
  readonly id: string | undefined
  readonly verdict: Verdict.Verdict<A, E>
}

/**
 * What an answer says, before it is held against the items of the call.
 *
 * - `ById`: entries in any order. `silence` is the verdict on an item that no entry names. `errors` are failures
 *   that name no item by design, and `gone` is what an item yields of which they say that it is gone.
 * - `Ordered`: one verdict per item of the call, in its order.
 *
 * @category models
 * @since 0.1.0
 */
export type Reading<Item, A, E> =
  | {
      readonly _tag: "ById"
      readonly silence: "succeeded" | "failed" | "unanswered"
      readonly entries: ReadonlyArray<Entry<A, E>>
      readonly errors: ReadonlyArray<Verdict.Failure<unknown, E>>
      readonly gone?: ((item: Item) => A) | undefined
      readonly silent: (item: Item) => Verdict.Verdict<A, never>
    }
  | { readonly _tag: "Ordered"; readonly count: number; readonly verdict: (index: number) => Verdict.Verdict<A, E> }

/**
 * Reads the answer of one call. May throw on an answer that it cannot read: the call then counts as unanswered.
 *
 * @category models
 * @since 0.1.0
 */
export type Answer<Item, Response, A, E> = (items: ReadonlyArray<Item>, response: Response) => Reading<Item, A, E>

const noErrors: ReadonlyArray<never> = []

const unreachable = (): never => {
  throw new Error("Answer: silence of this reader is never success")
}

/**
 * The answer lists failures; an item that it does not name succeeded (Kendra, HealthOmics).
 *
 * **Gotchas**
 *
 * A failure that names no item, or an item that was not in the call, makes every unnamed item of the call
 * unanswered: one of them may be the one that failed.
 *
 * @category constructors
 * @since 0.1.0
 */
export const failuresById =
  <Item, Response, F, A, E>(options: {
    /** The failure entries. Where the API may leave the list out, say so (`?? []`): else no list is no answer. */
    readonly failures: (response: Response) => ReadonlyArray<F>
    /** The id of the item that an entry names, as the operation's `id` gives it. */
    readonly id: (failure: F) => string | undefined
    /** What an entry means for its item: `Verdict.terminal`, `Verdict.retryable` or `Verdict.gone`. */
    readonly verdict: (failure: F) => Verdict.Failure<A, E>
    /** What an item that is not named got, for certain (`Verdict.confirmed`) or in prospect (`Verdict.accepted`). */
    readonly silent: (item: Item, response: Response) => Verdict.Verdict<A, never>
  }): Answer<Item, Response, A, E> =>
  (_items, response) => {
    const failures = options.failures(response)
    return {
      _tag: "ById",
      silence: "succeeded",
      entries:
        failures.length === 0
          ? noErrors
          : failures.map((failure) => ({ id: options.id(failure), verdict: options.verdict(failure) })),
      errors: noErrors,
      silent: (item) => options.silent(item, response)
    }
  }

/**
 * The answer lists successes, and perhaps errors without ids; an item that it does not name failed, and each of the
 * errors is a candidate for its cause (Amazon Connect's analytics data sets). With one item missing and one error,
 * the cause is certain; with items missing and no error at all, they are unanswered. If all errors say that items are
 * gone, so is every missing one, whichever error is its own.
 *
 * @category constructors
 * @since 0.1.0
 */
export const successesById =
  <Item, Response, S, F, A, E>(options: {
    /** The entries for items that succeeded; nothing and an empty list say the same. */
    readonly successes: (response: Response) => ReadonlyArray<S> | null | undefined
    /** The id of the item that an entry names, as the operation's `id` gives it. */
    readonly id: (success: S) => string | undefined
    /** What a success yields: `Verdict.confirmed` or `Verdict.accepted`. */
    readonly verdict: (success: S) => Verdict.Verdict<A, never>
    /** The errors, which name no item. */
    readonly errors: (response: Response) => ReadonlyArray<F> | null | undefined
    /** What an error means for the item that it belongs to. */
    readonly failure: (error: F) => Verdict.Failure<unknown, E>
    /** What an item yields that is gone. Without this, no error is taken to say so. */
    readonly gone?: (item: Item) => A
  }): Answer<Item, Response, A, E> =>
  (_items, response) => ({
    _tag: "ById",
    silence: "failed",
    entries: (options.successes(response) ?? noErrors).map((success) => ({
      id: options.id(success),
      verdict: options.verdict(success)
    })),
    errors: (options.errors(response) ?? noErrors).map(options.failure),
    gone: options.gone,
    silent: unreachable
  })

/**
 * The answer lists successes and failures, both by id; an item in neither list is unanswered.
 *
 * @category constructors
 * @since 0.1.0
 */
export const resultsById =
  <Item, Response, S, F, A, E>(options: {
    /** The entries for items that succeeded; nothing and an empty list say the same. */
    readonly successes: (response: Response) => ReadonlyArray<S> | null | undefined
    /** The id of the item that such an entry names, as the operation's `id` gives it. */
    readonly id: (success: S) => string | undefined
    /** What such an entry means for its item. */
    readonly verdict: (success: S) => Verdict.Verdict<A, E>
    /** The entries for items that failed; nothing and an empty list say the same. */
    readonly failures: (response: Response) => ReadonlyArray<F> | null | undefined
    /** The id of the item that such an entry names. */
    readonly failureId: (failure: F) => string | undefined
    /** What such an entry means for its item. */
    readonly failure: (failure: F) => Verdict.Failure<A, E>
  }): Answer<Item, Response, A, E> =>
  (_items, response) => {
    const entries: Array<Entry<A, E>> = []
    for (const success of options.successes(response) ?? noErrors) {
      entries.push({ id: options.id(success), verdict: options.verdict(success) })
    }
    for (const failure of options.failures(response) ?? noErrors) {
      entries.push({ id: options.failureId(failure), verdict: options.failure(failure) })
    }
    return { _tag: "ById", silence: "unanswered", entries, errors: noErrors, silent: unreachable }
  }

/**
 * The answer has one result per item, in the order of the call (Kinesis and friends). With another number of
 * results, every item of the call is unanswered.
 *
 * @category constructors
 * @since 0.1.0
 */
export const ordered =
  <Item, Response, R, A, E>(options: {
    /** One result for each item of the call, in its order. */
    readonly results: (response: Response) => ReadonlyArray<R> | null | undefined
    /** What a result means for its item. */
    readonly verdict: (result: R, item: Item) => Verdict.Verdict<A, E>
  }): Answer<Item, Response, A, E> =>
  (items, response) => {
    const results = options.results(response) ?? noErrors
    return {
      _tag: "Ordered",
      count: results.length,
      verdict: (index) => options.verdict(results[index]!, items[index]!)
    }
  }
