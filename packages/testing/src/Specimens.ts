/**
 * Operations to try the laws on: the four kinds of answers, each idempotent, not idempotent and as a read. Their
 * items, answers and errors are such that every verdict and every fate can be told.
 *
 * @since 0.1.0
 */
import * as Answer from "@effect-bulk/core/Answer"
import * as BatchOperation from "@effect-bulk/core/BatchOperation"
import type { Fate } from "@effect-bulk/core/Fate"
import * as Verdict from "@effect-bulk/core/Verdict"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import { type FateName, fates, type Maker, type Quirk, type Says, type Subject } from "./Subject.ts"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * An item: two letters with the same id and another version are not equal.
 *
 * @category models
 * @since 0.1.0
 */
export interface Letter {
  readonly id: string
  readonly version: number
  readonly store: string
  readonly size: number
  readonly key: string | undefined
}

/**
 * A call failed as a whole.
 *
 * @category errors
 * @since 0.1.0
 */
export class Refused extends Data.TaggedError("Refused")<{
  readonly fate: Fate
  readonly call: number
}> {}

const tags = { busy: "Busy", slow: "Slow", no: "Denied", gone: "Gone" } as const

/**
 * An item failed in an answer. The tag says how.
 *
 * @category models
 * @since 0.1.0
 */
export interface Fault {
  readonly _tag: (typeof tags)[keyof typeof tags]
  /** The item, if the answer named one. */
  readonly id: string | undefined
  readonly call: number
}

/**
 * How an answer of these services looks. What it holds of it depends on the kind.
 *
 * @category models
 * @since 0.1.0
 */
export interface Response {
  readonly call: number
  readonly done: ReadonlyArray<string | undefined>
  readonly failed: ReadonlyArray<Fault>
  readonly results: ReadonlyArray<Fault | undefined>
}

/**
 * The kinds of answers.
 *
 * @category models
 * @since 0.1.0
 */
export const kinds = ["failuresById", "successesById", "resultsById", "ordered"] as const

/**
 * @category models
 * @since 0.1.0
 */
export type Kind = (typeof kinds)[number]

/**
 * What sending an item twice does: nothing more, harm, or nothing at all.
 *
 * @category models
 * @since 0.1.0
 */
export const natures = ["idempotent", "once", "read"] as const

/**
 * @category models
 * @since 0.1.0
 */
export type Nature = (typeof natures)[number]

/**
 * An operation on letters.
 *
 * @category models
 * @since 0.1.0
 */
export type Specimen = Subject<Letter, string, Refused | Fault>

// -----------------------------------------------------------------------------
// Constructors
// -----------------------------------------------------------------------------

/**
 * Letters of few names, so that some are given twice.
 *
 * @category arbitraries
 * @since 0.1.0
 */
export const letter: fc.Arbitrary<Letter> = fc.record({
  id: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l") },
    { weight: 1, arbitrary: fc.nat({ max: 99 }).map((n) => `m${n}`) }
  ),
  version: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.constant(1)),
  store: fc.constantFrom("x", "x", "y", "z"),
  size: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 3 }) }, fc.integer({ min: 0, max: 13 })),
  key: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, fc.constantFrom("k", "l"))
})

/**
 * The operation of a kind and a nature.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (kind: Kind, nature: Nature): Specimen => ({
  name: kind,
  operation: BatchOperation.make<Letter, Response, string, Refused, Fault, never, unknown>({
    name: `Specimen.${kind}`,
    limits: { maxItems: 6, maxBytes: 12, sizeOf: ({ size }) => size },
    id: ({ id }) => id,
    // Half of the operations have groups that are objects, which are equal by value only.
    group: ({ store }) => (kind === "resultsById" || kind === "ordered" ? { store } : store),
    orderKey: ({ key }) => key,
    idempotent: nature !== "once",
    read: nature === "read",
    quota: { rate: { count: 1000, per: "1 second", burst: 1000 } },
    call: () => Effect.never,
    answer: answerOf(kind),
    fate: ({ fate }) => fate,
    requestId: (answered) => `call ${answered.call}`
  }),
  arbitrary: letter,
  fake: {
    says: saysOf[kind],
    tags: { ...tags, call: "Refused" },
    quirks: quirksOf[kind],
    errors,
    answer: (results, { number, quirk }) => {
      const fault = (says: keyof typeof tags, id: string | undefined): Fault => ({ _tag: tags[says], id, call: number })
      const done: Array<string | undefined> = []
      const failed: Array<Fault> = []
      for (const { item, says } of results) {
        if (says === "ok" || says === "twice") done.push(item.id)
        if (says === "twice") failed.push(fault("no", item.id), fault("busy", item.id))
        else if (says !== "ok" && says !== "silent") failed.push(fault(says, item.id))
      }
      if (quirk === "nameless") failed.push(fault("no", undefined))
      if (quirk === "foreign") failed.push(fault("no", "stranger"))
      if (quirk === "foreignSuccess") done.push("stranger")
      if (quirk === "namelessSuccess") done.push(undefined)
      const listed = results.map(({ item, says }) =>
        says === "ok" || says === "silent" || says === "twice" ? undefined : fault(says, item.id)
      )
      return { call: number, done, failed, results: quirk === "miscounted" ? [...listed, undefined] : listed }
    }
  }
})

/**
 * Every kind in every nature.
 *
 * @category constructors
 * @since 0.1.0
 */
export const all = (): ReadonlyArray<Specimen> => kinds.flatMap((kind) => natures.map((nature) => make(kind, nature)))

const saysOf: Record<Kind, ReadonlyArray<Says>> = {
  failuresById: ["ok", "busy", "slow", "no", "gone", "twice"],
  successesById: ["ok", "busy", "slow", "no", "gone", "silent"],
  resultsById: ["ok", "busy", "slow", "no", "gone", "silent", "twice"],
  ordered: ["ok", "busy", "slow", "no", "gone"]
}

const quirksOf: Record<Kind, ReadonlyArray<Quirk>> = {
  failuresById: ["nameless", "foreign"],
  successesById: ["nameless", "namelessSuccess", "foreignSuccess"],
  resultsById: ["nameless", "foreign", "namelessSuccess", "foreignSuccess"],
  ordered: ["miscounted"]
}

const errorOf =
  (name: FateName): Maker<Refused> =>
  ({ hint, number }) => {
    const fate = fates[name]
    const isHinted = hint !== undefined && (fate._tag === "Throttled" || fate._tag === "Transient")
    return new Refused({ fate: isHinted ? { ...fate, retryAfter: hint } : fate, call: number })
  }

const errors: { readonly [Name in FateName]: Maker<Refused> } = {
  throttled: errorOf("throttled"),
  unavailable: errorOf("unavailable"),
  reset: errorOf("reset"),
  undecodable: errorOf("undecodable"),
  tooLarge: errorOf("tooLarge"),
  rejected: errorOf("rejected"),
  fatal: errorOf("fatal"),
  credentials: errorOf("credentials"),
  throttledLate: errorOf("throttledLate"),
  tooLargeLate: errorOf("tooLargeLate"),
  rejectedLate: errorOf("rejectedLate"),
  fatalLate: errorOf("fatalLate")
}

const failure = (fault: Fault): Verdict.Failure<string, Fault> => {
  switch (fault._tag) {
    case "Busy":
      return Verdict.retryable(fault)
    case "Slow":
      return Verdict.retryable(fault, { throttled: true })
    case "Denied":
      return Verdict.terminal(fault)
    case "Gone":
      return Verdict.gone(fault, fault.id ?? "")
  }
}

const answerOf = (kind: Kind): Answer.Answer<Letter, Response, string, Fault> => {
  switch (kind) {
    case "failuresById":
      return Answer.failuresById({
        failures: ({ failed }) => failed,
        id: ({ id }) => id,
        verdict: failure,
        silent: ({ id }) => Verdict.accepted(id)
      })
    case "successesById":
      return Answer.successesById({
        successes: ({ done }) => done,
        id: (id) => id,
        verdict: (id) => Verdict.confirmed(id ?? ""),
        errors: ({ failed }) => failed,
        failure,
        gone: ({ id }) => id
      })
    case "resultsById":
      return Answer.resultsById({
        successes: ({ done }) => done,
        id: (id) => id,
        verdict: (id) => Verdict.confirmed(id ?? ""),
        failures: ({ failed }) => failed,
        failureId: ({ id }) => id,
        failure
      })
    case "ordered":
      return Answer.ordered({
        results: ({ results }) => results,
        verdict: (fault, { id }) => (fault === undefined ? Verdict.confirmed(id) : failure(fault))
      })
  }
}
