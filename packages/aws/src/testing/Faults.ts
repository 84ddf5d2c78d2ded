/**
 * Faults on demand, as data: what goes wrong with which call. The same faults come out of `testTransport` (as the
 * failures of the real client) and of the emulator (on the wire).
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import type { ServiceModel } from "./ServiceModel.ts"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * Fails items of a call, one by one, while the call itself is answered. `ids` are hit by name; of all other items
 * the `share` (0 to 1) is hit that `seed` and id decide, so that it does not depend on how items are batched.
 *
 * @category models
 * @since 0.1.0
 */
export const ItemFault = Schema.TaggedStruct("ItemFault", {
  code: Schema.String,
  message: Schema.String,
  ids: Schema.optionalKey(Schema.Array(Schema.String)),
  share: Schema.optionalKey(Schema.Number),
  seed: Schema.optionalKey(Schema.Number)
})

/**
 * @category models
 * @since 0.1.0
 */
export type ItemFault = typeof ItemFault.Type

/**
 * One fault of one call. Before the effect: `Throttle`, `ServiceError`, `Html`, `ResetBefore`, `Hang`. After the
 * effect took place: `ResetAfter`, `CutOff`, `Malformed`, `Empty`, `WrongTypes`, `Nulls`, `SameToken`,
 * `Contradiction`, `Answer`. `Slow` answers late.
 *
 * - `Throttle`: the service's throttling exception; `retryAfter` in milliseconds is sent as a hint.
 * - `ServiceError`: the named exception.
 * - `Html`: a page of a proxy in place of the service's answer.
 * - `ResetBefore`, `ResetAfter`: the connection is reset, no answer comes.
 * - `CutOff`: the answer ends within its body.
 * - `Malformed`: status 200, but no JSON. `Empty`: status 200 and no body, which also hides failures of items.
 * - `WrongTypes`: JSON, but each member has another type than is documented.
 * - `Nulls`: each list ends with null, and every other member is null.
 * - `SameToken`: the page token of the request comes again, so that the pages never end.
 * - `Contradiction`: the answer contradicts itself or the request; how is the service's affair.
 * - `Answer`: this output in place of the true one; for what the others do not cover.
 * - `Hang`: no answer, ever.
 *
 * @category models
 * @since 0.1.0
 */
export const Fault = Schema.Union([
  Schema.TaggedStruct("Throttle", { retryAfter: Schema.optionalKey(Schema.Number) }),
  Schema.TaggedStruct("ServiceError", { name: Schema.String, status: Schema.Number, message: Schema.String }),
  Schema.TaggedStruct("Html", { status: Schema.Number }),
  Schema.TaggedStruct("ResetBefore", {}),
  Schema.TaggedStruct("ResetAfter", {}),
  Schema.TaggedStruct("CutOff", {}),
  Schema.TaggedStruct("Malformed", {}),
  Schema.TaggedStruct("Empty", {}),
  Schema.TaggedStruct("WrongTypes", {}),
  Schema.TaggedStruct("Nulls", {}),
  Schema.TaggedStruct("SameToken", {}),
  Schema.TaggedStruct("Contradiction", {}),
  Schema.TaggedStruct("Answer", { output: Schema.Record(Schema.String, Schema.Unknown) }),
  Schema.TaggedStruct("Slow", { millis: Schema.Number }),
  Schema.TaggedStruct("Hang", {}),
  ItemFault
])

/**
 * @category models
 * @since 0.1.0
 */
export type Fault = typeof Fault.Type

/**
 * Which fault the `call`-th call (from 0, counted per operation) of an operation meets, if any. A pure function.
 *
 * @category models
 * @since 0.1.0
 */
export interface Faults {
  readonly next: (operation: string, call: number) => Fault | undefined
}

/**
 * How much of what goes wrong, each from 0 to 1. All but `item` are shares of calls and exclude each other; `item`
 * is the share of items that fail in calls that have no other fault.
 *
 * @category models
 * @since 0.1.0
 */
export interface Share {
  readonly throttle?: number
  readonly serverError?: number
  readonly html?: number
  readonly resetBefore?: number
  readonly resetAfter?: number
  readonly cutOff?: number
  readonly malformed?: number
  readonly empty?: number
  readonly wrongTypes?: number
  readonly nulls?: number
  readonly sameToken?: number
  readonly contradiction?: number
  readonly slow?: number
  readonly hang?: number
  readonly item?: number
}

// -----------------------------------------------------------------------------
// Constructors
// -----------------------------------------------------------------------------

/**
 * Nothing goes wrong.
 *
 * @category constructors
 * @since 0.1.0
 */
export const none: Faults = { next: () => undefined }

/**
 * The faults of the first calls in order, `null` where a call goes well; all calls after the last go well. With an
 * operation, calls of others go well.
 *
 * @category constructors
 * @since 0.1.0
 */
export const script = (faults: ReadonlyArray<Fault | null>, operation?: string): Faults => ({
  next: (name, call) => (operation === undefined || operation === name ? (faults[call] ?? undefined) : undefined)
})

/**
 * Every call of an operation (or of all) meets the same fault.
 *
 * @category constructors
 * @since 0.1.0
 */
export const always = (fault: Fault, operation?: string): Faults => ({
  next: (name) => (operation === undefined || operation === name ? fault : undefined)
})

/**
 * Faults at random, the same ones for the same seed whatever the order in which calls arrive.
 *
 * @category constructors
 * @since 0.1.0
 */
export const seeded = (options: {
  readonly seed: number
  readonly share: Share
  /** The hint of throttles, in milliseconds; without it they give none. */
  readonly retryAfter?: number
  /** How late slow answers come; 1000 unless said. */
  readonly slowMillis?: number
  /** Code of failing items; `INTERNAL_ERROR` unless said. */
  readonly itemCode?: string
}): Faults => {
  const { itemCode = "INTERNAL_ERROR", retryAfter, seed, share, slowMillis = 1000 } = options
  const kinds: ReadonlyArray<readonly [number | undefined, Fault]> = [
    [share.throttle, retryAfter === undefined ? { _tag: "Throttle" } : { _tag: "Throttle", retryAfter }],
    [share.serverError, { _tag: "ServiceError", name: "InternalFailure", status: 500, message: "Internal failure" }],
    [share.html, { _tag: "Html", status: 503 }],
    [share.resetBefore, { _tag: "ResetBefore" }],
    [share.resetAfter, { _tag: "ResetAfter" }],
    [share.cutOff, { _tag: "CutOff" }],
    [share.malformed, { _tag: "Malformed" }],
    [share.empty, { _tag: "Empty" }],
    [share.wrongTypes, { _tag: "WrongTypes" }],
    [share.nulls, { _tag: "Nulls" }],
    [share.sameToken, { _tag: "SameToken" }],
    [share.contradiction, { _tag: "Contradiction" }],
    [share.slow, { _tag: "Slow", millis: slowMillis }],
    [share.hang, { _tag: "Hang" }]
  ]
  const total = kinds.reduce((sum, [part]) => sum + (part ?? 0), 0)
  if (!(total >= 0 && total <= 1)) {
    throw new RangeError(`Faults.seeded: the shares of calls must add up to 1 at the most, got ${total}`)
  }
  const item: Fault | undefined =
    share.item === undefined
      ? undefined
      : { _tag: "ItemFault", code: itemCode, message: "Failed as asked", share: share.item, seed }
  return {
    next: (operation, call) => {
      let left = chance(seed, `${operation} ${call}`)
      for (const [part = 0, fault] of kinds) {
        if (left < part) return fault
        left -= part
      }
      return item
    }
  }
}

/**
 * Must this item fail?
 *
 * @category predicates
 * @since 0.1.0
 */
export const hits = (fault: ItemFault | undefined, id: string): boolean =>
  fault !== undefined &&
  (fault.ids?.includes(id) === true || (fault.share !== undefined && chance(fault.seed ?? 0, id) < fault.share))

/**
 * What the output of a model becomes under a fault that lies in the members of the answer; under any other fault it
 * stays as it is.
 *
 * @category functions
 * @since 0.1.0
 */
export const distort = (
  fault: Fault | undefined,
  model: ServiceModel,
  operation: string,
  input: Record<string, unknown>,
  output: Record<string, unknown>
): Record<string, unknown> => {
  switch (fault?._tag) {
    case "WrongTypes":
      return mapMembers(model, operation, output, (value) => (typeof value === "string" ? 0 : "wrong type"))
    case "Nulls":
      return mapMembers(model, operation, output, (value) => (Array.isArray(value) ? [...value, null] : null))
    case "SameToken": {
      const name = ["nextToken", "NextToken"].find((name) => input[name] !== undefined || output[name] !== undefined)
      return name === undefined ? output : { ...output, [name]: input[name] ?? output[name] }
    }
    case "Contradiction":
      return model.contradict?.(operation, input, output) ?? output
    case "Answer":
      return fault.output
    default:
      return output
  }
}

const mapMembers = (
  model: ServiceModel,
  operation: string,
  output: Record<string, unknown>,
  f: (value: unknown) => unknown
): Record<string, unknown> => {
  const absent = (model.absentLists?.(operation) ?? []).map((name) => [name, f([])] as const)
  const present = Object.entries(output).map(([name, value]) => [name, f(value)] as const)
  return Object.fromEntries([...absent, ...present])
}

// FNV-1a over seed and text, mixed once more so that texts which differ in the last digit differ everywhere.
const chance = (seed: number, text: string): number => {
  let hash = (0x811c9dc5 ^ seed) >>> 0
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000
}
