/**
 * How to batch, pace and retry, as plain data: sparse, so that only what was set is there. Policies merge field by
 * field, later wins; the gaps are filled at the end by `BatchPolicy.default`. A policy is a value that one app can
 * hand to another, or a JSON file. What cannot be data is a combinator of `BatchOperation`.
 *
 * Nearest wins: the operation's own policy, then the one of the context (`layer`, `layerConfig`, `within`), then the
 * one given to the call.
 *
 * @since 0.1.0
 */
import * as Config from "effect/Config"
import { SourceError } from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { dual } from "effect/Function"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import * as Struct from "effect/Struct"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))
const Time = Schema.DurationFromString.check(
  Schema.makeFilter(
    (duration: Duration.Duration) =>
      (Duration.toMillis(duration) >= 0 && Number.isFinite(Duration.toMillis(duration))) ||
      `a duration >= 0 that ends, got ${Duration.format(duration)}`
  )
)
const Period = Time.check(
  Schema.makeFilter(
    (duration: Duration.Duration) =>
      Duration.toMillis(duration) > 0 || `a duration above 0, got ${Duration.format(duration)}`
  )
)
const Share = Schema.Number.check(
  Schema.makeFilter((share: number) => (share > 0 && share <= 1) || `a share above 0 and up to 1, got ${share}`)
)

/**
 * How long to wait before another attempt: a growing wait, or always the same one. `throttledBase` is the base
 * after a throttle. With `jitter: "full"` the wait is drawn from 0 to what it would be otherwise.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Backoff = Schema.Union([
  Schema.Struct({
    _tag: Schema.Literal("Exponential"),
    base: Time,
    throttledBase: Time,
    factor: Schema.Number.check(Schema.isBetween({ minimum: 1, maximum: 100 })),
    cap: Time,
    jitter: Schema.Literals(["full", "none"])
  }),
  Schema.Struct({
    _tag: Schema.Literal("Constant"),
    delay: Time,
    jitter: Schema.Literals(["full", "none"])
  })
])

/**
 * @category models
 * @since 0.1.0
 */
export type Backoff = typeof Backoff.Type

/**
 * At most `burst` at once and `count` more in every `per`.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Rate = Schema.Struct({ count: Count, per: Period, burst: Count })

/**
 * @category models
 * @since 0.1.0
 */
export type Rate = typeof Rate.Type

/** A rate as JSON has it: what is not said of its burst follows from the rest. */
const rateWith = (burst: (count: number) => number) =>
  Schema.Struct({ count: Count, per: Period, burst: Schema.optionalKey(Count) }).pipe(
    Schema.decodeTo(
      Schema.toType(Rate),
      SchemaTransformation.transform({
        decode: (rate) => ({ ...rate, burst: rate.burst ?? burst(rate.count) }),
        encode: (rate) => rate
      })
    )
  )

const bursts = { rate: () => 1, itemRate: (count: number) => count }

const fields = {
  /** Most items in a call; never above the documented limit. */
  maxItems: Count,
  /** Most bytes in a call; never above the documented limit. Needs an operation that knows the size of its items. */
  maxBytes: Count,
  /**
   * Longest time that an item waits for others, so that its call is not sent half empty. One that is sent again waits
   * when it is due, and only if others are due within that time.
   */
  linger: Time,
  /**
   * Most calls in flight of one run. All who share a quota have together no more than the quota allows, or, if it does
   * not say, than the largest that one of them set.
   */
  concurrency: Count,
  /**
   * Most items taken from the source and not settled yet; rounded up to whole batches. Default: twice what calls in
   * flight may hold. A group that is throttled or hangs can fill it, and what comes after in the source then waits for
   * that group. If that matters, make it larger, mix the groups in the source, or run each group by itself: runs share
   * their quota.
   */
  window: Count,
  /** Equal items in the window: sent once, or all but the first refused. */
  duplicates: Schema.Literals(["once", "refuse"]),
  /** Calls per time; `"adaptive"` finds the rate by trying. Default: the documented rate, adaptive without one. */
  rate: Schema.Union([rateWith(bursts.rate), Schema.Literal("adaptive")]),
  /** Items per time. */
  itemRate: rateWith(bursts.itemRate),
  /** The part of the quota that all who set the same share may use together. */
  share: Share,
  /** Longest time that one call may take. It is cut off then; its slot is free even if it does not heed that. */
  callTimeout: Period,
  /** Most calls that carry an item, the first included; throttled calls and isolating steps are not counted. */
  maxAttempts: Count,
  /** How long an item waits before another attempt. */
  backoff: Backoff,
  /** How much longer than the own backoff a hint of the service may make the wait. */
  hintSlack: Time,
  /**
   * Tokens for retries, shared by all under one quota, and what a call costs that carries a retried item: `throttle` if
   * it only retries a throttle, else `retry`. Successes give back; without tokens, nothing is retried.
   */
  budget: Schema.Struct({ tokens: Schema.Natural, retry: Schema.Natural, throttle: Schema.Natural }),
  /** Longest time from taking an item from the source to its last attempt. */
  itemDeadline: Period,
  /** Longest time until the run stops. */
  runDeadline: Period,
  /** Bisect rejected calls to find the items that spoil them. */
  isolate: Schema.Boolean,
  /** Time that calls in flight may take to finish after a stop. */
  grace: Time,
  /** Stop when, with at least `after` items settled, the not succeeded ones reach this share or count. */
  stopWhen: Schema.Struct({
    after: Count,
    share: Schema.optionalKey(Share),
    count: Schema.optionalKey(Count)
  }).check(
    Schema.makeFilter(
      ({ count, share }: { readonly count?: number; readonly share?: number }) =>
        count !== undefined || share !== undefined || "a share or a count at which to stop"
    )
  ),
  /** Under one order key, nothing goes after the first item that did not succeed. */
  stopOrderOnFailure: Schema.Boolean,
  /** What was to be removed and is not there counts as removed, also at the first try. */
  goneIsSuccess: Schema.Boolean,
  /** Tags and codes of errors that are retried, whatever the operation says. */
  retryable: Schema.Array(Schema.String),
  /** Tags and codes of errors that are final, whatever the operation says. */
  terminal: Schema.Array(Schema.String),
  /** Errors that name no item: kept as candidates, or resolved by calls of one item. */
  candidates: Schema.Literals(["keep", "resolve"])
}

/**
 * The policy: any of its fields, or none. Encodes to and decodes from JSON; durations are texts such as
 * `"250 millis"`, and a `burst` that is not said is the same as in `make`.
 *
 * @category schemas
 * @since 0.1.0
 */
export const BatchPolicy = Schema.Struct(fields).mapFields(Struct.map(Schema.optionalKey))

/**
 * @category models
 * @since 0.1.0
 */
export type BatchPolicy = typeof BatchPolicy.Type

/**
 * A policy as one writes it: durations in any form that Effect takes. A `burst` that is not said is 1 call, or the
 * items of one period.
 *
 * @category models
 * @since 0.1.0
 */
export type Input = {
  readonly [K in keyof BatchPolicy]: NonNullable<BatchPolicy[K]> extends Duration.Duration
    ? Duration.Input
    : K extends "rate"
      ? RateInput | "adaptive"
      : K extends "itemRate"
        ? RateInput
        : BatchPolicy[K]
}

/**
 * A rate as one writes it.
 *
 * @category models
 * @since 0.1.0
 */
export interface RateInput {
  readonly count: number
  readonly per: Duration.Input
  readonly burst?: number
}

/**
 * A policy whose gaps are filled: what a run works with.
 *
 * @category models
 * @since 0.1.0
 */
export type Complete = BatchPolicy & Required<Pick<BatchPolicy, keyof typeof defaults>>

// -----------------------------------------------------------------------------
// Constructors
// -----------------------------------------------------------------------------

const times = new Set(["linger", "callTimeout", "hintSlack", "itemDeadline", "runDeadline", "grace"])
const validate = Schema.decodeUnknownResult(Schema.toType(BatchPolicy))

/**
 * A policy from plain values.
 *
 * @throws `RangeError` that names the field, for a setting that is out of range or under which some item could
 * never be sent
 * @category constructors
 * @since 0.1.0
 */
export const make = (input: Input): BatchPolicy => {
  const policy: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(input)) {
    if (value === undefined) continue
    policy[key] = times.has(key)
      ? duration(key, value)
      : isRate(value)
        ? {
            ...value,
            per: duration(key, value.per),
            burst: value.burst ?? bursts[key === "itemRate" ? key : "rate"](value.count)
          }
        : value
  }
  const result = validate(policy, { onExcessProperty: "error" })
  if (Result.isFailure(result)) throw new RangeError(`BatchPolicy.make: ${result.failure.message}`)
  return result.success
}

/**
 * A wait that grows with each attempt: `base * factor ** n`, at most `cap`. Defaults: 50 ms, 1 s after a throttle,
 * factor 2, cap 20 s, full jitter.
 *
 * @category constructors
 * @since 0.1.0
 */
export const exponential = (options?: {
  readonly base?: Duration.Input
  readonly throttledBase?: Duration.Input
  readonly factor?: number
  readonly cap?: Duration.Input
  readonly jitter?: "full" | "none"
}): Backoff => ({
  _tag: "Exponential",
  base: duration("base", options?.base ?? "50 millis"),
  throttledBase: duration("throttledBase", options?.throttledBase ?? "1 second"),
  factor: options?.factor ?? 2,
  cap: duration("cap", options?.cap ?? "20 seconds"),
  jitter: options?.jitter ?? "full"
})

/**
 * Always the same wait.
 *
 * @category constructors
 * @since 0.1.0
 */
export const constant = (delay: Duration.Input, options?: { readonly jitter?: "full" | "none" }): Backoff => ({
  _tag: "Constant",
  delay: duration("delay", delay),
  jitter: options?.jitter ?? "none"
})

/**
 * A policy from JSON, such as one that another app wrote. A field that no policy has is an error, so that none is
 * misspelled in vain.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromJson = (text: string): Effect.Effect<BatchPolicy, Schema.SchemaError> => decodeJson(text)

const decodeJson = Schema.decodeEffect(Schema.fromJsonString(BatchPolicy), { onExcessProperty: "error" })

const isRate = (value: unknown): value is RateInput => typeof value === "object" && value !== null && "per" in value

const duration = (field: string, input: unknown): Duration.Duration => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked by the parser of durations itself
  const parsed = Duration.fromInput(input as Duration.Input)
  if (parsed._tag === "Some") return parsed.value
  throw new RangeError(`BatchPolicy: '${field}' must be a duration such as "250 millis", got ${String(input)}`)
}

/**
 * The policy that sets nothing: the identity of `merge`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const empty: BatchPolicy = {}

/**
 * What fills the gaps. Retry follows the standard mode of the AWS SDKs: 3 attempts, full jitter on 50 ms (1 s after
 * a throttle), at most 20 s, hints up to 5 s beyond the own wait, 500 tokens at 14 a retry and 5 a throttled one.
 *
 * @category constructors
 * @since 0.1.0
 */
export { defaults as default }

const defaults = {
  linger: Duration.millis(10),
  concurrency: 8,
  duplicates: "once",
  callTimeout: Duration.minutes(1),
  maxAttempts: 3,
  backoff: exponential(),
  hintSlack: Duration.seconds(5),
  budget: { tokens: 500, retry: 14, throttle: 5 },
  isolate: true,
  grace: Duration.seconds(10),
  stopOrderOnFailure: false,
  goneIsSuccess: false,
  retryable: [],
  terminal: [],
  candidates: "keep"
} as const satisfies BatchPolicy

// -----------------------------------------------------------------------------
// Combining
// -----------------------------------------------------------------------------

/**
 * Both policies, field by field; where both set a field, the second wins. Associative, with `empty` as identity.
 *
 * @category combining
 * @since 0.1.0
 */
export const merge: {
  (that: BatchPolicy): (self: BatchPolicy) => BatchPolicy
  (self: BatchPolicy, that: BatchPolicy): BatchPolicy
} = dual(2, (self: BatchPolicy, that: BatchPolicy): BatchPolicy => ({ ...self, ...that }))

/**
 * Fills the gaps with the defaults.
 *
 * @category combining
 * @since 0.1.0
 */
export const complete = (policy: BatchPolicy): Complete => ({ ...defaults, ...policy })

/**
 * The policy on one line, for logs: `maxItems=25 linger="10 millis"`.
 *
 * @category formatting
 * @since 0.1.0
 */
export const format = (policy: BatchPolicy): string =>
  Object.entries(Schema.encodeSync(BatchPolicy)(policy))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join(" ")

// -----------------------------------------------------------------------------
// Where a policy comes from
// -----------------------------------------------------------------------------

/**
 * The policy of the surrounding program.
 *
 * @category context
 * @since 0.1.0
 */
export const Current = Context.Reference<BatchPolicy>("@effect-bulk/core/BatchPolicy", { defaultValue: () => empty })

/**
 * Runs a region of the program under a policy, merged with the one around it.
 *
 * **Gotchas**
 *
 * The policy holds for every operation in the region. Give what is meant for one operation, such as a raised rate, to
 * its call.
 *
 * @category context
 * @since 0.1.0
 */
export const within: {
  (policy: Input): <A, E, R>(self: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
  <A, E, R>(self: Effect.Effect<A, E, R>, policy: Input): Effect.Effect<A, E, R>
} = dual(2, <A, E, R>(self: Effect.Effect<A, E, R>, policy: Input): Effect.Effect<A, E, R> =>
  Effect.updateService(self, Current, (outer) => merge(outer, make(policy)))
)

/**
 * The policy of all that runs under this layer, merged with the one around it.
 *
 * @category context
 * @since 0.1.0
 */
export const layer = (policy: Input): Layer.Layer<never> =>
  Layer.effect(
    Current,
    Effect.map(Current, (outer) => merge(outer, make(policy)))
  )

/**
 * A policy written as JSON in the configuration (default key: `EFFECT_BULK_POLICY`); absent, it sets nothing.
 *
 * @category context
 * @since 0.1.0
 */
export const config = (key = "EFFECT_BULK_POLICY"): Config.Config<BatchPolicy> =>
  Config.String(key).pipe(
    Config.mapEffect((text) =>
      Effect.mapError(
        fromJson(text),
        (cause) => new Config.ConfigError(new SourceError({ message: `${key}: ${cause.message}`, cause }))
      )
    ),
    Config.withDefault(empty)
  )

/**
 * The policy of the configuration for all that runs under this layer. Fails with `ConfigError` when it is not one.
 *
 * @category context
 * @since 0.1.0
 */
export const layerConfig = (key?: string): Layer.Layer<never, Config.ConfigError> =>
  Layer.effect(
    Current,
    Effect.gen(function* () {
      const outer = yield* Current
      return merge(outer, yield* config(key))
    })
  )
