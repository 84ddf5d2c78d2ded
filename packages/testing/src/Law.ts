/**
 * What a law is: a number, a name, and a predicate that says what is wrong.
 *
 * @since 0.1.0
 */
import type * as fc from "fast-check"
import type { Subject } from "./Subject.ts"
import type { Trace } from "./Trace.ts"

/**
 * What every law has. `id` is its number, with a letter where a number has several parts.
 *
 * @category models
 * @since 0.1.0
 */
export interface Named {
  readonly id: string
  readonly number: number
  readonly name: string
  /** What it says, on one line. */
  readonly says: string
  /** Known losses of other software that it would have caught, by their number. */
  readonly pitfalls: ReadonlyArray<number>
}

/**
 * A law that every trace obeys.
 *
 * @category models
 * @since 0.1.0
 */
export interface TraceLaw extends Named {
  readonly _tag: "Trace"
  /** What is wrong with the trace, if something is. */
  readonly broken: <Item, A, E>(trace: Trace<Item, A, E>) => string | undefined
}

/**
 * A law about more than one run, or about runs of a special kind.
 *
 * @category models
 * @since 0.1.0
 */
export interface CaseLaw extends Named {
  readonly _tag: "Case"
  /** How many cases weigh as much as one script. Default: 1. */
  readonly share: number
  /** The cases for an operation; nothing if the law says nothing of it. */
  readonly cases: <Item, A, E>(subject: Subject<Item, A, E>) => fc.Arbitrary<Case> | undefined
}

/**
 * One case of a law: what is tried, and what is wrong with it, if something is.
 *
 * @category models
 * @since 0.1.0
 */
export interface Case {
  readonly broken: () => string | undefined
  readonly show: () => string
}

/**
 * @category models
 * @since 0.1.0
 */
export type Law = TraceLaw | CaseLaw

type Parts<L extends Law> = Omit<L, "_tag" | "id" | "share"> & { readonly part?: string }

/**
 * A law on traces.
 *
 * @category constructors
 * @since 0.1.0
 */
export const onTraces = ({ part = "", ...law }: Parts<TraceLaw>): TraceLaw => ({
  _tag: "Trace",
  id: `${law.number}${part}`,
  ...law
})

/**
 * A law on cases of its own.
 *
 * @category constructors
 * @since 0.1.0
 */
export const onCases = ({ part = "", share = 1, ...law }: Parts<CaseLaw> & { readonly share?: number }): CaseLaw => ({
  _tag: "Case",
  id: `${law.number}${part}`,
  share,
  ...law
})
