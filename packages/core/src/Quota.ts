/**
 * The shared state behind a policy: who may call when. All runs and requests that use one quota share its slots,
 * its rate, its adaptive limit and its retry budget. A service's layer makes one per account, region and operation
 * family; `Quota.shared` finds it again by that name.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as BatchPolicy from "./BatchPolicy.ts"
import * as Pace from "./internal/pace.ts"

const TypeId = "~@effect-bulk/core/Quota"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * A quota: a name, the documented rates, and what has been used of it.
 *
 * @category models
 * @since 0.1.0
 */
export interface Quota {
  readonly [TypeId]: typeof TypeId
  readonly name: string
  /** The documented rate of calls, if there is one. */
  readonly rate: BatchPolicy.Rate | undefined
  /** The documented rate of items, if there is one. */
  readonly itemRate: BatchPolicy.Rate | undefined
  /** Most calls in flight over all who share the quota; without it, the largest `concurrency` that one of them sets. */
  readonly concurrency: number | undefined
  /** The engine's own bookkeeping. */
  readonly pace: Pace.Pace
}

/**
 * What is known of a quota. Without `rate`, the rate is found by trying.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options {
  readonly name: string
  readonly rate?: BatchPolicy.RateInput | undefined
  readonly itemRate?: BatchPolicy.RateInput | undefined
  readonly concurrency?: number | undefined
}

/**
 * Where several processes reserve calls of one quota. `reserve` books one call and says in how many milliseconds it
 * may go. It is asked by one fiber at a time, and may be interrupted: what it booked for an answer that nobody took
 * should go to whoever asks next. A store that fails, or takes more than a second, is left alone for five seconds;
 * in the meantime each process keeps to the rate by itself.
 *
 * @category models
 * @since 0.1.0
 */
export interface Store {
  readonly reserve: (name: string, rate: BatchPolicy.Rate) => Effect.Effect<number, StoreError>
}

/**
 * The store did not answer; `message` says what it was asked.
 *
 * @category models
 * @since 0.1.0
 */
export interface StoreError {
  readonly _tag: "QuotaStoreError"
  readonly message: string
}

// -----------------------------------------------------------------------------
// Constructors
// -----------------------------------------------------------------------------

/**
 * A quota of its own, shared by those who are given it.
 *
 * @throws `RangeError` for a rate under which some item could never be sent
 * @category constructors
 * @since 0.1.0
 */
export const make = (options: Options): Quota => {
  const { concurrency } = options
  if (concurrency !== undefined && (!Number.isInteger(concurrency) || concurrency < 1)) {
    throw new RangeError(`Quota.make(${options.name}): concurrency must be an integer >= 1, got ${concurrency}`)
  }
  const { itemRate, rate } = BatchPolicy.make({
    ...(options.rate && { rate: options.rate }),
    ...(options.itemRate && { itemRate: options.itemRate })
  })
  return {
    [TypeId]: TypeId,
    name: options.name,
    rate: rate === "adaptive" ? undefined : rate,
    itemRate,
    concurrency,
    pace: Pace.make()
  }
}

/**
 * @category guards
 * @since 0.1.0
 */
export const isQuota = (u: object): u is Quota => TypeId in u

/**
 * The quotas of this process by name. A test layer gives its own map, so that tests do not share.
 *
 * @category context
 * @since 0.1.0
 */
export const Registry = Context.Reference<Map<string, Quota>>("@effect-bulk/core/Quota/Registry", {
  defaultValue: () => new Map()
})

/**
 * Where processes share a rate; by default they do not.
 *
 * @category context
 * @since 0.1.0
 */
export const CurrentStore = Context.Reference<Store | undefined>("@effect-bulk/core/Quota/Store", {
  defaultValue: () => undefined
})

/**
 * The quota of that name, made if it is not there yet.
 *
 * @category constructors
 * @since 0.1.0
 */
export const shared = (options: Options): Effect.Effect<Quota> =>
  Effect.map(Registry, (registry) => {
    const found = registry.get(options.name)
    if (found !== undefined) return found
    const quota = make(options)
    registry.set(options.name, quota)
    return quota
  })
