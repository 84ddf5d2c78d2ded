/**
 * The description of one batch API: how large a call may be, what identifies an item, what all items of a call must
 * share, how to call, and how to read the answer or the error. Made once, it serves every target.
 *
 * @since 0.1.0
 */
import type * as Effect from "effect/Effect"
import { dual } from "effect/Function"
import type * as Schedule from "effect/Schedule"
import type { Answer } from "./Answer.ts"
import * as BatchPolicy from "./BatchPolicy.ts"
import type { CallError } from "./CallError.ts"
import type { Fate } from "./Fate.ts"
import * as Quota from "./Quota.ts"
import type { Verdict } from "./Verdict.ts"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * What one call may hold at the most, as the API documents it. A policy can lower these, never raise them.
 *
 * @category models
 * @since 0.1.0
 */
export interface Limits<in Item> {
  readonly maxItems: number
  readonly maxBytes?: number | undefined
  /** Bytes that an item adds to a call; needed for `maxBytes`. */
  readonly sizeOf?: ((item: Item) => number) | undefined
}

/**
 * A batch API, ready for `Bulk`. `Item` is what callers give, `A` what a success yields, `E` what can go wrong with
 * an item or its call, `R` what a call needs. What items of a call share and what a call returns stay inside.
 *
 * @category models
 * @since 0.1.0
 */
export interface BatchOperation<in out Item, in out A, in out E, out R = never> {
  readonly name: string
  readonly limits: Limits<Item>
  readonly id: (item: Item) => string
  readonly group: (item: Item) => unknown
  readonly target: (group: unknown) => string
  readonly orderKey: ((item: Item) => string | undefined) | undefined
  readonly check: ((item: Item) => string | undefined) | undefined
  readonly idempotent: boolean
  readonly read: boolean
  readonly quota: Quota.Quota
  readonly policy: BatchPolicy.BatchPolicy
  readonly call: (group: unknown, items: ReadonlyArray<Item>) => Effect.Effect<unknown, E, R>
  readonly answer: Answer<Item, unknown, A, E>
  readonly fate: (error: E) => Fate
  readonly requestId: (answered: unknown) => string | undefined
  readonly backoff: Schedule.Schedule<unknown, E | CallError> | undefined
  readonly judge: ((verdict: Verdict<A, E | CallError>, item: Item) => Verdict<A, E | CallError>) | undefined
}

// -----------------------------------------------------------------------------
// Constructors
// -----------------------------------------------------------------------------

/**
 * Describes a batch API.
 *
 * **Gotchas**
 *
 * Annotate the parameters of `call`, and the response in `answer`: what one tells TypeScript about the other is not
 * enough without. A quota given as numbers is made here, once, and shared by all that use this operation. To share it
 * between operations, pass a `Quota`.
 *
 * @throws `RangeError` for a limit below 1, `maxBytes` without `sizeOf`, or what `Quota` and `BatchPolicy` refuse
 * @category constructors
 * @since 0.1.0
 */
export const make = <Item, Response, A, CallE, ItemE, R = never, Group = void>(options: {
  /** Service and operation, such as `Omics.BatchDeleteReadSet`. */
  readonly name: string
  /** The documented limits of one call. */
  readonly limits: Limits<Item>
  /** What the answer calls the item; unique within a call. */
  readonly id: (item: Item) => string
  /** What all items of one call must share (a store, an index); compared by value. Default: nothing. */
  readonly group?: (item: Item) => Group
  /** The group in reports. Default: a text, big integer or symbol as it stands, nothing as an empty text, else JSON. */
  readonly target?: (group: Group) => string
  /** Items with the same key go one after the other, in input order. */
  readonly orderKey?: (item: Item) => string | undefined
  /** Says what is wrong with an item, with the value, so that it is refused before the wire. Keep it cheap. */
  readonly check?: (item: Item) => string | undefined
  /** May an item that was perhaps applied be sent again? */
  readonly idempotent: boolean
  /** The operation changes nothing. */
  readonly read?: boolean
  /** The documented rate, or a quota shared with other operations. Without either the rate is found by trying. */
  readonly quota?: Quota.Quota | Omit<Quota.Options, "name">
  /** Defaults of this operation; every other policy overrides them. */
  readonly policy?: BatchPolicy.Input
  /** One wire request for items of one group. Never retries by itself. */
  readonly call: (group: Group, items: ReadonlyArray<Item>) => Effect.Effect<Response, CallE, R>
  /** Reads the answer. */
  readonly answer: Answer<Item, Response, A, ItemE>
  /** What a failed call means for its items. */
  readonly fate: (error: CallE) => Fate
  /** The request id in a response or an error, for histories. */
  readonly requestId?: (answered: Response | CallE) => string | undefined
}): BatchOperation<Item, A, CallE | ItemE, R> => {
  const { limits, name, quota } = options
  atLeastOne(`BatchOperation.make(${name}): maxItems`, limits.maxItems)
  if (limits.maxBytes !== undefined) {
    atLeastOne(`BatchOperation.make(${name}): maxBytes`, limits.maxBytes)
    if (limits.sizeOf === undefined) {
      throw new RangeError(`BatchOperation.make(${name}): maxBytes is ${limits.maxBytes} but sizeOf is missing`)
    }
  }
  // `Group`, `Response`, `CallE` and `ItemE` are this operation's own: its functions only ever meet what its other
  // functions made, so their types need not show. `fate` only sees errors of `call`.
  /* oxlint-disable typescript/no-unsafe-type-assertion */
  return {
    name,
    limits,
    id: options.id,
    group: options.group ?? noGroup,
    target: (options.target ?? show) as (group: unknown) => string,
    orderKey: options.orderKey,
    check: options.check,
    idempotent: options.idempotent,
    read: options.read === true,
    quota: quota !== undefined && Quota.isQuota(quota) ? quota : Quota.make({ name, ...quota }),
    policy: BatchPolicy.make(options.policy ?? {}),
    call: options.call as (group: unknown, items: ReadonlyArray<Item>) => Effect.Effect<unknown, CallE, R>,
    answer: options.answer as Answer<Item, unknown, A, ItemE>,
    fate: options.fate as (error: CallE | ItemE) => Fate,
    requestId: (options.requestId ?? noRequestId) as (answered: unknown) => string | undefined,
    backoff: undefined,
    judge: undefined
  }
  /* oxlint-enable typescript/no-unsafe-type-assertion */
}

// -----------------------------------------------------------------------------
// Combinators
// -----------------------------------------------------------------------------

/**
 * Waits between attempts as the schedule says, instead of the policy's backoff. The schedule sees the error; when it
 * ends, no more is tried. Attempts, budget, deadlines and the service's hints still bound it.
 *
 * @category combinators
 * @since 0.1.0
 */
export const withBackoff: {
  <E>(
    schedule: Schedule.Schedule<unknown, E | CallError>
  ): <Item, A, R>(self: BatchOperation<Item, A, E, R>) => BatchOperation<Item, A, E, R>
  <Item, A, E, R>(
    self: BatchOperation<Item, A, E, R>,
    schedule: Schedule.Schedule<unknown, E | CallError>
  ): BatchOperation<Item, A, E, R>
} = dual(
  2,
  <Item, A, E, R>(
    self: BatchOperation<Item, A, E, R>,
    schedule: Schedule.Schedule<unknown, E | CallError>
  ): BatchOperation<Item, A, E, R> => ({ ...self, backoff: schedule })
)

/**
 * Revises the verdicts on failed items, where lists of tags and codes in a policy do not do.
 *
 * @category combinators
 * @since 0.1.0
 */
export const withVerdicts: {
  <Item, A, E>(
    judge: (verdict: Verdict<A, E | CallError>, item: Item) => Verdict<A, E | CallError>
  ): <R>(self: BatchOperation<Item, A, E, R>) => BatchOperation<Item, A, E, R>
  <Item, A, E, R>(
    self: BatchOperation<Item, A, E, R>,
    judge: (verdict: Verdict<A, E | CallError>, item: Item) => Verdict<A, E | CallError>
  ): BatchOperation<Item, A, E, R>
} = dual(
  2,
  <Item, A, E, R>(
    self: BatchOperation<Item, A, E, R>,
    judge: (verdict: Verdict<A, E | CallError>, item: Item) => Verdict<A, E | CallError>
  ): BatchOperation<Item, A, E, R> => ({ ...self, judge })
)

/**
 * Adds to the operation's own policy.
 *
 * @category combinators
 * @since 0.1.0
 */
export const withPolicy: {
  (policy: BatchPolicy.Input): <Item, A, E, R>(self: BatchOperation<Item, A, E, R>) => BatchOperation<Item, A, E, R>
  <Item, A, E, R>(self: BatchOperation<Item, A, E, R>, policy: BatchPolicy.Input): BatchOperation<Item, A, E, R>
} = dual(
  2,
  <Item, A, E, R>(self: BatchOperation<Item, A, E, R>, policy: BatchPolicy.Input): BatchOperation<Item, A, E, R> => ({
    ...self,
    policy: BatchPolicy.merge(self.policy, BatchPolicy.make(policy))
  })
)

const noGroup = () => undefined
const noRequestId = () => undefined
const show = (group: unknown): string => {
  if (typeof group === "string") return group
  if (group === undefined) return ""
  return typeof group === "bigint" || typeof group === "symbol" ? group.toString() : JSON.stringify(group)
}

const atLeastOne = (what: string, value: number) => {
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`${what} must be an integer >= 1, got ${value}`)
}
