/**
 * What is put under the laws: a batch operation, how its items are made, and how its service answers or fails. The
 * operation's own `answer`, `fate`, `id`, `group`, limits and quota stay as they are; only `call` is replaced, by a
 * service that does what a script tells it.
 *
 * @since 0.1.0
 */
import type { BatchOperation } from "@effect-bulk/core/BatchOperation"
import * as Fate from "@effect-bulk/core/Fate"
import type * as fc from "fast-check"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * What the service says of one item in an answer.
 *
 * - `ok`: it is done.
 * - `busy`: it failed, and may pass at another attempt; `slow`: it failed for load.
 * - `no`: it failed for good.
 * - `gone`: what was to be removed is not there.
 * - `silent`: the answer does not mention it, where silence is not success.
 * - `twice`: the answer contradicts itself on it.
 *
 * @category models
 * @since 0.1.0
 */
export type Says = "ok" | "busy" | "slow" | "no" | "gone" | "silent" | "twice"

/**
 * An item of a call, and what the answer is to say of it.
 *
 * @category models
 * @since 0.1.0
 */
export interface Result<out Item> {
  readonly item: Item
  readonly says: Says
}

/**
 * What is odd about an answer as a whole: a failure that names no item (`nameless`) or one that was not in the call
 * (`foreign`), a success of no item or of such an item (`namelessSuccess`, `foreignSuccess`), or another number of
 * results than items (`miscounted`).
 *
 * @category models
 * @since 0.1.0
 */
export type Quirk = "nameless" | "foreign" | "namelessSuccess" | "foreignSuccess" | "miscounted"

/**
 * The failures of a call, by name, with the fate that each stands for.
 *
 * @category models
 * @since 0.1.0
 */
export const fates = {
  throttled: Fate.throttled(),
  unavailable: Fate.transient("no"),
  reset: Fate.transient("maybe"),
  undecodable: Fate.transient("maybe"),
  tooLarge: Fate.tooLarge,
  rejected: Fate.rejected,
  fatal: Fate.fatal(),
  credentials: Fate.fatal({ halts: "run" }),
  throttledLate: Fate.throttled({ applied: "maybe" }),
  tooLargeLate: { ...Fate.tooLarge, applied: "maybe" },
  rejectedLate: { ...Fate.rejected, applied: "maybe" },
  fatalLate: Fate.fatal({ applied: "maybe" })
} as const satisfies Record<string, Fate.Fate>

/**
 * @category models
 * @since 0.1.0
 */
export type FateName = keyof typeof fates

/**
 * Makes the failure of a call from the service's hint, in milliseconds, and the number of the call.
 *
 * @category models
 * @since 0.1.0
 */
export type Maker<out E> = (call: { readonly hint: number | undefined; readonly number: number }) => E

/**
 * A failure, or how it is made.
 *
 * @category models
 * @since 0.1.0
 */
export type Failure<E> = E | Maker<E>

/**
 * How the service of an operation answers and fails.
 *
 * @category models
 * @since 0.1.0
 */
export interface Fake<in Item, out E> {
  /** The answer, in the form that the operation's `answer` reads. */
  readonly answer: (
    results: ReadonlyArray<Result<Item>>,
    call: { readonly group: unknown; readonly number: number; readonly quirk: Quirk | undefined }
  ) => unknown
  /** What the answer can say of an item. Default: `ok`, `busy` and `no`. */
  readonly says?: ReadonlyArray<Says>
  /** The tags of the errors that stand for it, and for a failed call, where policies that name them are to be tried. */
  readonly tags?: { readonly [S in Says | "call"]?: string }
  /** What else can be odd about it. Default: nothing. */
  readonly quirks?: ReadonlyArray<Quirk>
  /** The errors of the operation, by the fate that its table must give them. */
  readonly errors: { readonly [Name in FateName]?: Failure<E> }
}

/**
 * An operation under the laws.
 *
 * @category models
 * @since 0.1.0
 */
export interface Subject<in out Item, in out A, in out E> {
  readonly name: string
  readonly operation: BatchOperation<Item, A, E>
  /** Items, as callers give them. */
  readonly arbitrary: fc.Arbitrary<Item>
  readonly fake: Fake<Item, E>
}

// -----------------------------------------------------------------------------
// Constructors
// -----------------------------------------------------------------------------

/**
 * Puts an operation under the laws. Whatever its calls need is not needed here, as none is made.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = <Item, A, E, R>(
  operation: BatchOperation<Item, A, E, R>,
  options: { readonly arbitrary: fc.Arbitrary<Item>; readonly fake: Fake<Item, E> }
): Subject<Item, A, E> => ({
  name: operation.name,
  operation: { ...operation, call: notCalled },
  ...options
})

/**
 * The error that stands for a fate.
 *
 * @category reading
 * @since 0.1.0
 */
export const failureOf = <Item, E>(
  { errors }: Fake<Item, E>,
  name: FateName,
  call: { readonly hint: number | undefined; readonly number: number }
): E | undefined => {
  const failure = errors[name]
  return isMaker(failure) ? failure(call) : failure
}

/** Errors are data: a function makes one. */
const isMaker = <E>(failure: Failure<E> | undefined): failure is Maker<E> => typeof failure === "function"

const notCalled = (): never => {
  throw new Error("Subject: the operation's own call is never made")
}
