/** Runs of a special kind: what they cost in calls and time when little or nothing goes wrong. */
import * as BatchPolicy from "@effect-bulk/core/BatchPolicy"
import * as Equal from "effect/Equal"
import * as fc from "fast-check"
import { type Case, onCases } from "../../Law.ts"
import { answers, type Reaction, type Script } from "../../Script.ts"
import { run } from "../../Simulation.ts"
import { type FateName, fates, type Subject } from "../../Subject.ts"
import type { Trace } from "../../Trace.ts"
import { limitsOf, windowOf } from "./measures.ts"
import { waitAfter } from "./retries.ts"
import { line, show } from "./sketch.ts"
import { storiesOf } from "./story.ts"

/** Items that are sent together as they are: of one group, with ids of their own, no order, nothing wrong with them. */
export const peers = <Item, A, E>(
  { arbitrary, operation }: Subject<Item, A, E>,
  maxLength: number
): fc.Arbitrary<ReadonlyArray<Item>> => {
  const { check, id, limits, orderKey } = operation
  const isFine = (item: Item) => check?.(item) === undefined && orderKey?.(item) === undefined
  const size = (item: Item) => limits.sizeOf?.(item) ?? 0
  return fc
    .uniqueArray(arbitrary.filter(isFine), { minLength: 1, maxLength, selector: id, size: "max" })
    .map((items) =>
      items.filter(
        (item) => Equal.equals(operation.group(item), operation.group(items[0]!)) && size(item) <= size(items[0]!)
      )
    )
}

/** The same operation without a limit of bytes, and with room for so many items. */
export const roomy = <Item, A, E>(subject: Subject<Item, A, E>, maxItems: number): Subject<Item, A, E> => ({
  ...subject,
  operation: { ...subject.operation, limits: { maxItems } }
})

/** A script in which the items come at once, and the service answers them all. */
export const quiet = <Item, A, E>(
  subject: Subject<Item, A, E>,
  items: ReadonlyArray<Item>,
  overrides?: Partial<Script<Item, A, E>>
): Script<Item, A, E> => ({
  subject,
  lines: items.map((item) => line(item)),
  calls: [],
  policy: {},
  entry: { _tag: "Array" },
  events: {},
  observer: "quick",
  watched: false,
  luck: 0.5,
  chaos: 0,
  ...overrides
})

/** A case that is one script. */
export const ofScript = <Item, A, E>(
  script: Script<Item, A, E>,
  broken: (trace: Trace<Item, A, E>) => string | undefined
): Case => ({ show: () => show(script), broken: () => broken(run(script)) })

const sometimes = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1_000_000 }))
const latencies = fc.array(
  fc.integer({ min: 0, max: 30 }).map((n): Reaction => ({ ...answers, latency: n * 10 })),
  { maxLength: 20, size: "max" }
)

export const tightness = onCases({
  number: 8,
  name: "Tightness",
  says: "with all items at hand and nothing going wrong, there are no more calls than the batch size needs",
  pitfalls: [19, 29],
  cases: (subject) =>
    fc
      .record({
        items: peers(subject, 60),
        maxItems: fc.integer({ min: 1, max: 7 }),
        concurrency: fc.integer({ min: 1, max: 4 }),
        window: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
        linger: fc.constantFrom(1, 10, 100),
        calls: latencies,
        chaos: sometimes
      })
      .map(({ calls, chaos, concurrency, items, linger, maxItems, window }) =>
        ofScript(
          quiet(roomy(subject, maxItems), items, {
            calls,
            chaos,
            policy: { concurrency, linger, ...(window !== undefined && { window }) }
          }),
          (trace) => {
            const needed = Math.ceil(items.length / maxItems)
            return trace.calls.length === needed
              ? undefined
              : `${trace.calls.length} calls for ${items.length} items, ${maxItems} to a call`
          }
        )
      )
})

export const notOnCapacity = onCases({
  number: 27,
  name: "Not on capacity",
  says: "throttles, timeouts, 5xx, access and credential errors never take a call apart",
  pitfalls: [17],
  cases: (subject) => {
    const { errors } = subject.fake
    const { idempotent, read } = subject.operation
    const isSafe = (name: FateName) => fates[name].applied === "no" || idempotent || read
    const capacity = (["throttled", "throttledLate", "unavailable", "reset", "undecodable"] as const).filter(
      (name) => errors[name] !== undefined && isSafe(name)
    )
    const fatal = (["fatal", "credentials"] as const).filter((name) => errors[name] !== undefined)
    const hangs = idempotent || read ? ["hang" as const] : []
    if (capacity.length + fatal.length + hangs.length === 0) return undefined
    return fc
      .record({
        items: peers(subject, 20),
        failures: fc.array(fc.constantFrom(...capacity, ...hangs, ...fatal), { minLength: 1, maxLength: 3 }),
        chaos: sometimes
      })
      .map(({ chaos, failures, items }) =>
        ofScript(
          quiet(roomy(subject, 20), items, {
            chaos,
            calls: failures.map((does) => ({ ...answers, does, latency: 10 })),
            policy: { maxAttempts: 10, callTimeout: 705 }
          }),
          (trace) => {
            const all = items.map((_, position) => position).join(" ")
            const apart = trace.calls.find(({ start }) => start.positions.join(" ") !== all)
            if (apart !== undefined)
              return `call ${apart.start.number} carries ${apart.start.positions.join(" ")} of ${all}`
            const end = failures.findIndex((name) => name === "fatal" || name === "credentials")
            const calls = (end < 0 ? failures.length : end) + 1
            return trace.calls.length === calls ? undefined : `${trace.calls.length} calls, ${calls} are needed`
          }
        )
      )
  }
})

export const exactDelay = onCases({
  number: 20,
  part: "b",
  name: "Delay, exactly",
  says: "an item that nothing else holds up is sent again exactly when its backoff and the service's hint say",
  pitfalls: [9, 13],
  cases: (subject) => {
    const { errors, says = ["ok", "busy", "no"] } = subject.fake
    const failing = (["throttled", "unavailable"] as const).filter((name) => errors[name] !== undefined)
    const verdicts = (["busy", "slow"] as const).filter((said) => says.includes(said))
    if (failing.length === 0 || verdicts.length === 0) return undefined
    const step = fc.record({
      does: fc.constantFrom(...failing, ...verdicts),
      hint: fc.option(fc.constantFrom(0, 30, 700, 90_000), { nil: undefined })
    })
    return fc
      .record({
        items: peers(subject, 1),
        steps: fc.array(step, { minLength: 1, maxLength: 6 }),
        luck: fc.constantFrom(0, 0.25, 0.999),
        jitter: fc.constantFrom("full" as const, "none" as const),
        factor: fc.integer({ min: 1, max: 3 }),
        cap: fc.constantFrom(100, 1000, 20_000),
        hintSlack: fc.constantFrom(0, 500, 5000)
      })
      .map(({ cap, factor, hintSlack, items, jitter, luck, steps }) => {
        const isFate = (does: (typeof steps)[number]["does"]) => does === "throttled" || does === "unavailable"
        const backoff = BatchPolicy.exponential({ base: 20, throttledBase: 300, factor, cap, jitter })
        const script = quiet(roomy(subject, 1), items, {
          luck,
          lines: items.map((item) =>
            line(item, { says: steps.flatMap(({ does }) => (does === "busy" || does === "slow" ? [does] : [])) })
          ),
          calls: steps.map(({ does, hint }) => ({
            ...answers,
            hint,
            latency: 10,
            does: does === "busy" || does === "slow" ? "answer" : does
          })),
          policy: {
            backoff,
            hintSlack,
            maxAttempts: 20,
            budget: { tokens: 10_000, retry: 14, throttle: 5 },
            // Nor does a rate hold it up, be it declared or found.
            rate: { count: 1000, per: 1000, burst: 1000 }
          }
        })
        return ofScript(script, (trace) => {
          const [story] = storiesOf(trace)
          for (const [index, step] of story!.steps.entries()) {
            const next = story!.steps[index + 1]
            if (next === undefined) continue
            const waited = next.call.start.at - step.over!
            const due = waitAfter(trace, step, index + 1)
            // Sleeps are whole milliseconds, and at least one.
            const isExact = waited >= due - 0.01 && waited <= Math.max(1, due) + 1
            const what = steps[index]!.does
            if (!isExact)
              return `after ${what}${isFate(what) ? ` with hint ${steps[index]!.hint}` : ""} it waited ${waited} ms, not ${due}`
          }
          return story!.steps.length === steps.length + 1 ? undefined : `it was sent ${story!.steps.length} times`
        })
      })
  }
})

export const exactBudget = onCases({
  number: 19,
  part: "b",
  name: "Budget, against a service that always throttles",
  says: "calls are at most groups + floor(budget / cost) + 10 + concurrency, then the run halts",
  pitfalls: [9, 13],
  cases: (subject) =>
    subject.fake.errors.throttled === undefined
      ? undefined
      : fc
          .record({
            items: fc.array(subject.arbitrary, { minLength: 1, maxLength: 60, size: "max" }),
            maxItems: fc.integer({ min: 1, max: 5 }),
            concurrency: fc.integer({ min: 1, max: 4 }),
            tokens: fc.integer({ min: 0, max: 100 }),
            throttle: fc.integer({ min: 1, max: 20 }),
            latency: fc.constantFrom(0, 10, 100),
            chaos: sometimes
          })
          .map(({ chaos, concurrency, items, latency, maxItems, throttle, tokens }) =>
            ofScript(
              quiet(subject, items, {
                chaos,
                calls: Array.from({ length: 1000 }, () => ({ ...answers, does: "throttled" as const, latency })),
                policy: { maxItems, concurrency, budget: { tokens, retry: 14, throttle } }
              }),
              (trace) => {
                const groups = new Set(items.map((item) => JSON.stringify(subject.operation.group(item)))).size
                const most = groups + Math.floor(tokens / throttle) + 10 + concurrency
                return trace.calls.length <= most
                  ? undefined
                  : `${trace.calls.length} calls, at most ${most} may be made`
              }
            )
          )
})

export const admissible = onCases({
  number: 30,
  name: "Admissible",
  says: "no setting that is accepted keeps an item from ever being sent",
  pitfalls: [21],
  cases: (subject) => {
    const rate = fc.record({
      count: fc.integer({ min: 1, max: 100 }),
      per: fc.constantFrom(10, 1000, 60_000),
      burst: fc.integer({ min: 1, max: 10 })
    })
    const policies: fc.Arbitrary<BatchPolicy.Input> = fc.record(
      {
        maxItems: fc.integer({ min: 0, max: 8 }),
        maxBytes: fc.integer({ min: 0, max: 8 }),
        linger: fc.constantFrom(0, 1, 60_000),
        concurrency: fc.integer({ min: 0, max: 3 }),
        window: fc.integer({ min: 0, max: 5 }),
        rate: fc.oneof(rate, fc.constant("adaptive" as const)),
        itemRate: rate,
        share: fc.constantFrom(-1, 0, 0.001, 0.3, 1),
        callTimeout: fc.constantFrom(0, 1000),
        maxAttempts: fc.integer({ min: 0, max: 2 }),
        budget: fc.record({ tokens: fc.nat({ max: 3 }), retry: fc.nat({ max: 3 }), throttle: fc.nat({ max: 3 }) })
      },
      { requiredKeys: [] }
    )
    return fc
      .record({
        items: fc.array(subject.arbitrary, { maxLength: 20, size: "max" }),
        policy: policies,
        entry: fc.constantFrom(
          { _tag: "Array" } as const,
          { _tag: "Iterable" } as const,
          { _tag: "Stream", chunk: 3 } as const,
          { _tag: "Outcomes", chunk: 2, ordered: true, slow: false } as const,
          { _tag: "Request" } as const
        )
      })
      .map(({ entry, items, policy }) => {
        const script = quiet(subject, items, { policy, entry })
        return {
          show: () => show(script),
          broken: () => {
            try {
              BatchPolicy.make(policy)
            } catch (error) {
              return error instanceof RangeError ? undefined : `refused with ${String(error)}`
            }
            const trace = run(script)
            if (trace.how !== "Done") return `the run ended as ${trace.how}`
            const kept = storiesOf(trace).find(
              ({ outcome }) => outcome?._tag !== "Succeeded" && outcome?._tag !== "Invalid"
            )
            return kept === undefined ? undefined : `'${kept.id}' came out as ${kept.outcome?._tag}`
          }
        }
      })
  }
})

export const groupFairness = onCases({
  number: 33,
  name: "Group fairness",
  says: "a throttled or hanging group delays the next call of another in the window by at most one of its own calls",
  pitfalls: [27],
  cases: (subject) => {
    const { errors } = subject.fake
    const does = [...(errors.throttled === undefined ? [] : ["throttled" as const]), "hang" as const]
    return fc
      .record({
        items: fc.uniqueArray(subject.arbitrary, {
          minLength: 2,
          maxLength: 30,
          selector: subject.operation.id,
          size: "max"
        }),
        maxItems: fc.integer({ min: 1, max: 3 }),
        concurrency: fc.integer({ min: 1, max: 3 }),
        trouble: fc.array(fc.constantFrom(...does, "answer" as const), { maxLength: 20, size: "max" }),
        luck: fc.constantFrom(0, 0.5)
      })
      .map(({ concurrency, items, luck, maxItems, trouble }) => {
        const plain = items.filter((item) => subject.operation.orderKey?.(item) === undefined)
        const script = quiet(roomy(subject, maxItems), plain, {
          luck,
          calls: trouble.map((does) => ({ ...answers, does, latency: 50 })),
          policy: { concurrency, window: 100, callTimeout: 705, maxAttempts: 5 }
        })
        return ofScript(script, (trace) => unfair(trace))
      })
  }
})

/** A group that waits with items that were never sent, while another sends twice. */
const unfair = <Item, A, E>(trace: Trace<Item, A, E>): string | undefined => {
  const stories = storiesOf(trace)
  if (windowOf(trace) < stories.length) return undefined
  const groups = new Map<string, { readonly waiting: Set<number>; since: number; calls: number }>()
  const nameOf = (group: unknown) => JSON.stringify(group)
  for (const { group, position } of stories) {
    const known = groups.get(nameOf(group)) ?? { waiting: new Set(), since: 0, calls: 0 }
    known.waiting.add(position)
    groups.set(nameOf(group), known)
  }
  const sent = new Map<string, Map<string, number>>()
  const troubled = new Set<string>()
  for (const event of trace.events) {
    if (event._tag === "Return" && event.returned._tag !== "Answered") {
      troubled.add(nameOf(trace.calls[event.number - 1]!.start.group))
    }
    if (event._tag !== "Call") continue
    const name = nameOf(event.group)
    sent.set(name, new Map())
    for (const position of event.positions) groups.get(name)!.waiting.delete(position)
    for (const [other, { waiting }] of groups) {
      // A group that was throttled itself waits for its own sake.
      if (other === name || waiting.size === 0 || troubled.has(other)) continue
      const counts = sent.get(other) ?? new Map<string, number>()
      counts.set(name, (counts.get(name) ?? 0) + 1)
      sent.set(other, counts)
      if (counts.get(name)! > 1)
        return `group ${other} has items that were never sent, and ${name} sent two calls before it`
    }
  }
  return undefined
}

export const linger = onCases({
  number: 37,
  name: "Linger",
  says: "with a free slot and tokens, no item waits longer than the linger; a full batch does not wait, a small one does",
  pitfalls: [18, 19],
  cases: (subject) =>
    fc
      .record({
        items: fc.uniqueArray(subject.arbitrary, {
          minLength: 1,
          maxLength: 20,
          selector: subject.operation.id,
          size: "max"
        }),
        arrivals: fc.array(fc.nat({ max: 100 }), { minLength: 20, maxLength: 20 }),
        maxItems: fc.integer({ min: 1, max: 4 }),
        linger: fc.constantFrom(0, 15, 40),
        chaos: sometimes
      })
      .map(({ arrivals, chaos, items, linger, maxItems }) => {
        const { check, orderKey } = subject.operation
        const plain = items.filter((item) => check?.(item) === undefined && orderKey?.(item) === undefined)
        const quick = roomy(subject, maxItems)
        const policy = { linger, concurrency: 100, rate: { count: 1_000_000, per: 1000, burst: 1000 } }
        const lines = plain.map((item, index) => line(item, { at: arrivals[index]! }))
        const script = quiet({ ...quick, operation: { ...quick.operation, policy: {} } }, plain, {
          lines,
          policy,
          chaos,
          entry: { _tag: "Request" }
        })
        return ofScript(script, (trace) => lingered(trace, linger))
      })
})

const lingered = <Item, A, E>(trace: Trace<Item, A, E>, linger: number): string | undefined => {
  const stories = storiesOf(trace)
  const { maxItems } = limitsOf(trace)
  for (const { id, pulled, steps } of stories) {
    const first = steps[0]?.call.start
    if (first === undefined) return `'${id}' was never sent`
    if (first.at - pulled.at > linger + 1) return `'${id}' came at ${pulled.at} and was sent at ${first.at}`
  }
  for (const { start } of trace.calls) {
    const oldest = Math.min(...start.positions.map((position) => stories[position]!.pulled.at))
    const isFull = start.positions.length === maxItems
    if (!isFull && start.at - oldest < linger - 1)
      return `call ${start.number} is not full, and did not wait for company`
    const last = Math.max(...start.positions.map((position) => stories[position]!.pulled.at))
    if (isFull && start.at > last) return `call ${start.number} was full at ${last}, and was sent at ${start.at}`
  }
  return undefined
}

export const lingerOfRetries = onCases({
  number: 37,
  part: "b",
  name: "Linger, of retries",
  says: "what is sent again waits for others of its group that are due within the linger, unless its call is full, and for nothing else",
  pitfalls: [19],
  cases: (subject) => {
    const { says = ["busy"] } = subject.fake
    const again = (["busy", "slow"] as const).find((said) => says.includes(said))
    if (again === undefined) return undefined
    return fc
      .record({
        items: peers(subject, 20),
        fails: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
        latencies: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 20, maxLength: 20 }),
        maxItems: fc.integer({ min: 1, max: 4 }),
        linger: fc.constantFrom(0, 10, 25)
      })
      .map(({ fails, items, latencies, linger, maxItems }) =>
        ofScript(
          quiet(roomy(subject, maxItems), items, {
            lines: items.map((item, index) => line(item, { says: fails[index] === true ? [again] : [] })),
            calls: latencies.map((latency) => ({ ...answers, latency })),
            policy: {
              linger,
              concurrency: 100,
              rate: { count: 1_000_000, per: 1000, burst: 1_000_000 },
              backoff: BatchPolicy.constant(100)
            }
          }),
          (trace) => lonely(trace, linger)
        )
      )
  }
})

/** A call of what is sent again that went too early to meet others, or too late. */
const lonely = <Item, A, E>(trace: Trace<Item, A, E>, linger: number): string | undefined => {
  const again = storiesOf(trace).flatMap(({ steps: [first, second] }) =>
    first === undefined || second === undefined
      ? []
      : [{ since: first.over!, due: first.over! + waitAfter(trace, first, 1), start: second.call.start }]
  )
  const { maxItems } = limitsOf(trace)
  const full = new Set(again.filter(({ start }) => start.items.length === maxItems).map(({ start }) => start.at))
  for (const start of new Set(again.map((one) => one.start))) {
    const first = Math.min(...again.flatMap((one) => (one.start === start ? [one.due] : [])))
    if (start.at > first + linger + 1) return `call ${start.number} at ${start.at} has an item that was due at ${first}`
    // What is left of a full call does not wait again.
    if (full.has(start.at)) continue
    const company = again.find(
      (other) => other.start.at > start.at && other.since <= start.at && other.due <= first + linger
    )
    if (company !== undefined)
      return `call ${start.number} went at ${start.at} with an item that was due at ${first}, without one that is due at ${company.due}`
  }
  return undefined
}
