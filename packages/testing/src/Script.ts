/**
 * What happens in one simulated run: which items go in and how, what the service does with each call, what goes wrong
 * around it, and under which policy. Plain data, drawn by fast-check, that shrinks towards the script in which nothing
 * happens.
 *
 * @since 0.1.0
 */
import type * as BatchPolicy from "@effect-bulk/core/BatchPolicy"
import { constant, exponential } from "@effect-bulk/core/BatchPolicy"
import * as fc from "fast-check"
import type { FateName, Quirk, Says, Subject } from "./Subject.ts"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * One item that goes in.
 *
 * @category models
 * @since 0.1.0
 */
export interface Line<out Item> {
  readonly item: Item
  /** What the first, second, ... answer says of it; later ones say `ok`. */
  readonly says: ReadonlyArray<Says>
  /** A call that holds it is rejected. */
  readonly poison: boolean
  /** When its caller comes, in milliseconds; between the chunks of a stream, how long the next one takes. */
  readonly at: number
  /** When its caller leaves, if that is a caller who may. */
  readonly leaves: number | undefined
}

/**
 * What a call does besides giving an answer or failing with a named fate.
 *
 * - `hang`: it never returns. `deaf`: it answers late, and cannot be cut off.
 * - `defect`: it dies; `thrown`: the function that makes it throws; `interrupts`: it interrupts itself.
 * - `unreadable`: it answers, and the operation's `answer` throws; `unfated`: it fails, and the operation's `fate`
 *   throws.
 *
 * @category models
 * @since 0.1.0
 */
export const oddities = ["hang", "deaf", "defect", "thrown", "interrupts", "unreadable", "unfated"] as const

/**
 * @category models
 * @since 0.1.0
 */
export type Does = "answer" | FateName | (typeof oddities)[number]

/**
 * What the service does with one call. `applied` says to which items a failed call was applied in truth, where its
 * fate leaves that open.
 *
 * @category models
 * @since 0.1.0
 */
export interface Reaction {
  readonly does: Does
  /** Milliseconds; with 0 the call returns before anything else goes on. */
  readonly latency: number
  readonly applied: "none" | "some" | "all"
  readonly hint: number | undefined
  readonly quirk: Quirk | undefined
}

/**
 * How the items go in, and the outcomes come out.
 *
 * @category models
 * @since 0.1.0
 */
export type Entry =
  | { readonly _tag: "Array" }
  | { readonly _tag: "Iterable" }
  | { readonly _tag: "Stream"; readonly chunk: number }
  | { readonly _tag: "Outcomes"; readonly chunk: number; readonly ordered: boolean; readonly slow: boolean }
  | { readonly _tag: "Request" }

/**
 * At a time in milliseconds, or when so much of the trace is written.
 *
 * @category models
 * @since 0.1.0
 */
export type When = { readonly at: number } | { readonly step: number }

/**
 * What goes on around the run. `sourceFails`, `sourceDies` and `sourceHangs` come after so many items; a `brownout`
 * is a time in which the service throttles every call.
 *
 * @category models
 * @since 0.1.0
 */
export interface Events {
  readonly stop?: When | undefined
  readonly interrupt?: When | undefined
  readonly close?: number | undefined
  readonly sourceFails?: number | undefined
  readonly sourceDies?: number | undefined
  readonly sourceHangs?: number | undefined
  readonly brownout?: { readonly from: number; readonly for: number } | undefined
}

/**
 * Who looks on, and how badly.
 *
 * @category models
 * @since 0.1.0
 */
export const observers = ["quick", "none", "slow", "throws", "dies", "interrupts"] as const

/**
 * @category models
 * @since 0.1.0
 */
export type Observer = (typeof observers)[number]

/**
 * A script for an operation.
 *
 * @category models
 * @since 0.1.0
 */
export interface Script<in out Item, in out A, in out E> {
  readonly subject: Subject<Item, A, E>
  readonly lines: ReadonlyArray<Line<Item>>
  /** By number of call; later ones give an answer at once. */
  readonly calls: ReadonlyArray<Reaction>
  readonly policy: BatchPolicy.Input
  readonly entry: Entry
  readonly events: Events
  readonly observer: Observer
  /** Progress is watched too. */
  readonly watched: boolean
  /** What every draw of the run gives, in [0, 1). */
  readonly luck: number
  /** The seed of the order of turns; 0: in the order in which they are due. */
  readonly chaos: number
}

/**
 * The answer of a service in which nothing goes wrong.
 *
 * @category models
 * @since 0.1.0
 */
export const answers: Reaction = {
  does: "answer",
  latency: 0,
  applied: "none",
  hint: undefined,
  quirk: undefined
}

// -----------------------------------------------------------------------------
// Arbitraries
// -----------------------------------------------------------------------------

/**
 * What is left out of the scripts that are drawn.
 *
 * @category arbitraries
 * @since 0.1.0
 */
export interface Without {
  /** Whatever concerns whole calls: fates, poison, quirks. */
  readonly calls?: boolean
  /** Whatever ends a run early, or holds it up from outside. */
  readonly events?: boolean
  /** Bounds of the policy: on attempts, budget, time, failures. */
  readonly bounds?: boolean
  /** Items that are given twice, or with another payload, or refused. */
  readonly duplicates?: boolean
}

/**
 * Scripts for an operation.
 *
 * @category arbitraries
 * @since 0.1.0
 */
export const arbitrary = <Item, A, E>(
  subject: Subject<Item, A, E>,
  without: Without = {}
): fc.Arbitrary<Script<Item, A, E>> =>
  fc
    .record({
      subject: fc.constant(subject),
      lines: lines(subject, without),
      calls: without.calls === true ? latencies : fc.array(reaction(subject), { maxLength: 12, size: "max" }),
      policy: policy(subject, without),
      entry: without.events === true ? items : entry,
      events: without.events === true ? fc.constant({}) : events,
      observer: fc.oneof({ weight: 1, arbitrary: fc.constant("quick" as const) }, fc.constantFrom(...observers)),
      watched: fc.boolean(),
      luck: fc.constantFrom(0, 0.5, 0.999),
      chaos: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1_000_000 }))
    })
    .map(possible)

const lines = <Item, A, E>(
  { arbitrary, fake, operation }: Subject<Item, A, E>,
  without: Without
): fc.Arbitrary<ReadonlyArray<Line<Item>>> => {
  const possible = fake.says ?? defaultSays
  const said = fc.constantFrom(...possible)
  const open = possible.filter((says) => says === "silent" || says === "twice")
  const isSpared = without.calls === true || fake.errors.rejected === undefined
  const line = fc.record({
    item: arbitrary,
    says: fc.oneof(
      fc.constant([]),
      fc.array(said, { maxLength: 4, size: "max" }),
      // What comes after an answer that leaves it open is seldom drawn otherwise.
      ...(open.length === 0 ? [] : [fc.tuple(fc.constantFrom(...open), said, said)])
    ),
    poison: isSpared ? fc.constant(false) : fc.nat({ max: 14 }).map((n) => n === 14),
    at: fc.oneof(fc.constant(0), fc.nat({ max: 300 })),
    leaves: fc.option(fc.nat({ max: 1000 }), { nil: undefined, freq: 6 })
  })
  if (without.duplicates === true) {
    const { check, limits } = operation
    const isFine = (item: Item) =>
      check?.(item) === undefined && (limits.sizeOf?.(item) ?? 0) <= (limits.maxBytes ?? Infinity)
    return fc.uniqueArray(
      line.filter(({ item }) => isFine(item)),
      { maxLength: 14, selector: ({ item }) => operation.id(item) }
    )
  }
  // A copy of an item that was there before is another object with the same content.
  return fc.array(fc.tuple(line, fc.option(fc.nat({ max: 13 }), { freq: 5 })), { maxLength: 14 }).map((drawn) =>
    drawn.map(([line, copyOf]) => {
      const original = copyOf === null ? undefined : drawn[copyOf]?.[0]
      return original === undefined ? line : { ...line, item: copy(original.item) }
    })
  )
}

const defaultSays: ReadonlyArray<Says> = ["ok", "busy", "no"]

/** Another object of the same kind and content. */
const copy = <Item>(item: Item): Item => {
  if (typeof item !== "object" || item === null) return item
  return Object.assign(Object.create(Object.getPrototypeOf(item)), item)
}

const latency = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 20 }).map((n) => n * 10) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 400 }).map((n) => n * 10) }
)

/** None of them as long as a call may take. */
const latencies = fc.array(
  latency.map((latency) => ({ ...answers, latency: latency % 600 })),
  { maxLength: 12 }
)

const reaction = <Item, A, E>({ fake }: Subject<Item, A, E>): fc.Arbitrary<Reaction> => {
  // The keys of a record of named errors are those names.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const named = Object.keys(fake.errors) as Array<FateName>
  const failing = fc.record({
    does: fc.constantFrom(...named, ...oddities),
    latency,
    applied: fc.constantFrom("none" as const, "some" as const, "all" as const),
    hint: fc.option(fc.constantFrom(0, 100, 2500, 60_000), { nil: undefined }),
    quirk: fc.constant(undefined)
  })
  const answering = fc.record({
    does: fc.constant("answer" as const),
    latency,
    applied: fc.constant("none" as const),
    hint: fc.constant(undefined),
    quirk: fc.option(fc.constantFrom(undefined, ...(fake.quirks ?? [])), { nil: undefined, freq: 3 })
  })
  return fc.oneof({ weight: 2, arbitrary: answering }, { weight: 3, arbitrary: failing })
}

const chunk = fc.integer({ min: 1, max: 4 })
const items: fc.Arbitrary<Entry> = fc.oneof(
  fc.record({ _tag: fc.constant("Array" as const) }),
  fc.record({ _tag: fc.constant("Iterable" as const) }),
  fc.record({ _tag: fc.constant("Stream" as const), chunk })
)
const entry: fc.Arbitrary<Entry> = fc.oneof(
  { weight: 3, arbitrary: items },
  {
    weight: 2,
    arbitrary: fc.record({
      _tag: fc.constant("Outcomes" as const),
      chunk,
      ordered: fc.boolean(),
      slow: fc.boolean()
    })
  },
  { weight: 1, arbitrary: fc.record({ _tag: fc.constant("Request" as const) }) }
)
const when: fc.Arbitrary<When> = fc.oneof(
  fc.record({ at: fc.nat({ max: 1500 }) }),
  fc.record({ step: fc.nat({ max: 40 }) })
)
const count = fc.nat({ max: 14 })
const rarely = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 })
const events: fc.Arbitrary<Events> = fc.record({
  stop: rarely(when),
  interrupt: rarely(when),
  close: rarely(fc.nat({ max: 1500 })),
  sourceFails: rarely(count),
  sourceDies: rarely(count),
  sourceHangs: rarely(count),
  brownout: rarely(fc.record({ from: fc.nat({ max: 500 }), for: fc.nat({ max: 3000 }) }))
})

const few = fc.integer({ min: 1, max: 4 })
const policy = <Item, A, E>({ fake }: Subject<Item, A, E>, without: Without): fc.Arbitrary<BatchPolicy.Input> => {
  const optional = { requiredKeys: [] }
  const nothing = fc.constant({})
  return fc
    .tuple(
      fc.record(usual, optional),
      fake.tags === undefined ? nothing : fc.option(fc.record(revisions(fake.tags), optional), { freq: 4 }),
      without.duplicates === true ? nothing : fc.record(sizes, optional),
      without.bounds === true ? nothing : fc.record(bounds, optional),
      without.bounds === true ? nothing : fc.option(fc.record(ends, optional), { freq: 3 })
    )
    .map(([usual, revisions, sizes, bounds, ends]) => ({ ...usual, ...revisions, ...sizes, ...bounds, ...ends }))
}

const usual = {
  maxItems: fc.integer({ min: 1, max: 5 }),
  linger: fc.constantFrom(0, 20, 200),
  concurrency: few,
  window: fc.integer({ min: 1, max: 12 }),
  rate: fc.record({ count: fc.integer({ min: 1, max: 50 }), per: fc.constant(1000), burst: few }),
  // Never a latency: whether a call was in time is not a matter of taste.
  callTimeout: fc.constantFrom(705, 3005),
  backoff: fc.oneof(
    fc.constantFrom(constant(50), constant(0), exponential()),
    fc
      .record({ base: fc.constantFrom(10, 100), factor: few, cap: fc.constantFrom(200, 5000) })
      .map((options) => exponential({ ...options, throttledBase: 400, jitter: "none" }))
  ),
  hintSlack: fc.constantFrom(0, 1000),
  isolate: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
  grace: fc.constantFrom(0, 300, 2000),
  goneIsSuccess: fc.boolean(),
  candidates: fc.constantFrom("keep" as const, "resolve" as const)
}
const revisions = ({ busy, call, gone, no, slow }: NonNullable<Subject<never, never, never>["fake"]["tags"]>) => ({
  retryable: fc.subarray([no, gone, call].filter((tag) => tag !== undefined)),
  terminal: fc.subarray([busy, slow, call].filter((tag) => tag !== undefined))
})
const sizes = {
  maxBytes: fc.integer({ min: 4, max: 12 }),
  duplicates: fc.constantFrom("once" as const, "once" as const, "refuse" as const),
  itemRate: fc.record({ count: fc.integer({ min: 5, max: 50 }), per: fc.constant(1000), burst: few })
}
const bounds = {
  maxAttempts: fc.integer({ min: 1, max: 6 }),
  budget: fc.record({
    tokens: fc.constantFrom(0, 20, 60, 500),
    retry: fc.constantFrom(14, 14, 0),
    throttle: fc.constantFrom(5, 5, 0)
  }),
  stopOrderOnFailure: fc.boolean()
}
const ends = {
  itemDeadline: fc.constantFrom(201, 2001),
  runDeadline: fc.constantFrom(301, 3001),
  stopWhen: fc.oneof(
    fc.record({ after: few, share: fc.constantFrom(0.3, 1) }),
    fc.record({ after: few, count: few }),
    fc.record({ after: few, share: fc.constantFrom(0.3, 1), count: few })
  )
}

/** Leaves out what cannot go together, so that what a script says is what happens. */
const possible = <Item, A, E>(script: Script<Item, A, E>): Script<Item, A, E> => {
  const { entry, events } = script
  const isRequest = entry._tag === "Request"
  // A source that hangs ends by what comes from outside.
  const hangs = entry._tag === "Stream" || entry._tag === "Outcomes" ? events.sourceHangs : undefined
  const source = {
    ...((isRequest || entry._tag === "Array") && { sourceFails: undefined, sourceDies: undefined }),
    sourceHangs: hangs,
    ...(hangs !== undefined && { stop: events.stop !== undefined && "at" in events.stop ? events.stop : { at: 4000 } })
  }
  return {
    ...script,
    // Who interrupts a run, or leaves a stream, sees outcomes through an observer or not at all.
    observer: (events.interrupt !== undefined || isRequest) && script.observer === "none" ? "quick" : script.observer,
    events: { ...events, ...source, ...(isRequest ? { interrupt: undefined } : { close: undefined }) }
  }
}

// -----------------------------------------------------------------------------
// Showing
// -----------------------------------------------------------------------------

/**
 * A script in a few lines; what is as usual is left out.
 *
 * @category showing
 * @since 0.1.0
 */
export const format = <Item, A, E>(script: Script<Item, A, E>): string => {
  const { calls, chaos, entry, events, lines, luck, observer, policy, subject } = script
  const nature = `${subject.operation.idempotent ? "idempotent" : "not idempotent"}${subject.operation.read ? ", a read" : ""}`
  const rows = [
    `operation  ${subject.name} (${nature})`,
    `items      ${lines.length === 0 ? "none" : ""}`,
    ...lines.map((line, index) => `  ${String(index).padStart(2)} ${showLine(line, entry._tag === "Request")}`),
    `calls      ${calls.length === 0 ? "all answer at once" : ""}`,
    ...calls.map((call, index) => `  ${String(index + 1).padStart(2)} ${showReaction(call)}`),
    `policy     ${show(policy)}`,
    `entry      ${show(entry)}`,
    `events     ${show(events)}`,
    `observer   ${observer}${script.watched ? ", watches progress" : ""}`,
    `luck       ${luck}`,
    `chaos      ${chaos}`
  ]
  return rows.join("\n")
}

const showLine = <Item>({ at, item, leaves, poison, says }: Line<Item>, isRequest: boolean): string =>
  [
    show(item),
    ...(says.length > 0 ? [`says ${says.join(", ")}`] : []),
    ...(poison ? ["poison"] : []),
    ...(at > 0 ? [`at ${at}`] : []),
    ...(leaves !== undefined && isRequest ? [`leaves at ${leaves}`] : [])
  ].join("; ")

const showReaction = ({ applied, does, hint, latency, quirk }: Reaction): string =>
  [
    does,
    ...(latency > 0 ? [`after ${latency} ms`] : []),
    ...(applied === "none" ? [] : [`applied to ${applied}`]),
    ...(hint === undefined ? [] : [`hint ${hint} ms`]),
    ...(quirk === undefined ? [] : [quirk])
  ].join(", ")

const show = (value: unknown): string => {
  const text = JSON.stringify(value)
  return text === undefined ? String(value) : text.replaceAll(/"(\w+)":/g, "$1: ").replaceAll(",", ", ")
}
