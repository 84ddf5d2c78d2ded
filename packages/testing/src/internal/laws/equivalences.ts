/** Equivalences: runs that must come out the same. */
import * as fc from "fast-check"
import { onCases } from "../../Law.ts"
import { sequentially } from "../../Reference.ts"
import * as Script from "../../Script.ts"
import { run } from "../../Simulation.ts"
import type { Subject } from "../../Subject.ts"
import { only, outcomes } from "../../Trace.ts"
import { mulberry } from "../virtualTime.ts"
import { windowOf } from "./measures.ts"
import { roomy } from "./shapes.ts"
import { difference, line, outline, show, sketch, sketches } from "./sketch.ts"

/** Nothing but items with verdicts: no fates, events, bounds or duplicates. */
const verdictsOnly = { calls: true, events: true, bounds: true, duplicates: true }

/** How an operation reads an answer to nothing. */
const readingOf = <Item, A, E>({ fake, operation }: Subject<Item, A, E>) =>
  operation.answer([], fake.answer([], { group: undefined, number: 0, quirk: undefined }))

/** Does an answer say of each failure which item it is of? */
export const attributes = <Item, A, E>(subject: Subject<Item, A, E>): boolean => {
  const reading = readingOf(subject)
  return reading._tag === "Ordered" || reading.silence !== "failed"
}

export const observerIsolation = onCases({
  number: 6,
  name: "Observer isolation",
  says: "a throwing observer changes no outcome; a slow one delays pulling only, never a call of what was pulled",
  pitfalls: [32],
  cases: (subject) =>
    Script.arbitrary(subject)
      .filter(({ events }) => !isByStep(events.stop) && !isByStep(events.interrupt))
      .map((script) => ({
        show: () => show(script),
        broken: () => {
          const calmly = { chaos: 0, watched: false }
          const quick = run({ ...script, ...calmly, observer: "quick" })
          for (const observer of ["throws", "dies", "interrupts"] as const) {
            const bad = run({ ...script, ...calmly, observer })
            const differs = difference(sketches(quick), sketches(bad))
            if (differs !== undefined || bad.how !== quick.how)
              return `an observer that ${observer}: ${differs ?? bad.how}`
          }
          const isPulledAtOnce = script.entry._tag === "Array" && windowOf(quick) > script.lines.length
          if (!isPulledAtOnce) return undefined
          const calls = (observer: Script.Observer) =>
            run({ ...script, ...calmly, observer }).calls.map(
              ({ start }) => `${start.positions.join(" ")} at ${start.at}`
            )
          return difference(calls("quick"), calls("slow"))
        }
      }))
})

const isByStep = (when: Script.When | undefined): boolean => when !== undefined && "step" in when

export const permutation = onCases({
  number: 12,
  name: "Permutation",
  says: "any order of the entries of an answer gives the same outcomes",
  pitfalls: [5],
  cases: (subject) =>
    readingOf(subject)._tag === "Ordered"
      ? undefined
      : fc.tuple(Script.arbitrary(subject, { events: true }), fc.integer()).map(([script, seed]) => ({
          show: () => show(script),
          broken: () => {
            const { fake } = subject
            const shuffled: typeof fake = {
              ...fake,
              answer: (results, call) => reordered(fake.answer(results, call), seed + call.number)
            }
            const other = { ...script, subject: { ...subject, fake: shuffled } }
            return difference(sketches(run(script)), sketches(run(other)))
          }
        }))
})

/** The same answer, with every list in it in another order. */
const reordered = (response: unknown, seed: number): unknown => {
  if (typeof response !== "object" || response === null) return response
  const entries = Object.entries(response).map(([key, value]) => [
    key,
    Array.isArray(value) ? shuffle(value, seed) : value
  ])
  return Object.assign(Object.create(Object.getPrototypeOf(response)), Object.fromEntries(entries))
}

const shuffle = <T>(list: ReadonlyArray<T>, seed: number): ReadonlyArray<T> => {
  const random = mulberry(seed)
  const shuffled = [...list]
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!]
  }
  return shuffled
}

export const locality = onCases({
  number: 13,
  name: "Locality",
  says: "what the service says of one item changes the outcome of that item only",
  pitfalls: [5, 38],
  cases: (subject) =>
    !attributes(subject)
      ? undefined
      : fc
          .tuple(
            Script.arbitrary(subject, verdictsOnly),
            fc.nat(),
            fc.array(fc.constantFrom(...saysOf(subject)), { maxLength: 4 })
          )
          .map(([script, at, says]) => ({
            show: () =>
              `${show(script)}\nposition ${at % Math.max(1, script.lines.length)} also with: ${says.join(", ")}`,
            broken: () => {
              const { lines } = script
              const changed = at % Math.max(1, lines.length)
              const others = lines.map((line, position) => (position === changed ? { ...line, says } : line))
              const without = (sketched: ReadonlyArray<string>) =>
                sketched.filter((_, position) => position !== changed)
              return difference(without(sketches(run(script))), without(sketches(run({ ...script, lines: others }))))
            }
          }))
})

const saysOf = <Item, A, E>({ fake }: Subject<Item, A, E>) => fake.says ?? (["ok", "busy", "no"] as const)

export const confluence = onCases({
  number: 42,
  name: "Confluence",
  says: "the same outcomes for all batch sizes, concurrencies, lingers, rates, latencies and orders of turns",
  pitfalls: [],
  cases: (subject) =>
    !attributes(subject)
      ? undefined
      : fc
          .tuple(Script.arbitrary(subject, verdictsOnly), Script.arbitrary(subject, verdictsOnly))
          .map(([script, other]) => ({
            show: () =>
              `${show(script)}\nand with the policy, the calls and the entry of\n${show({ ...other, lines: [] })}`,
            broken: () => {
              const { goneIsSuccess, retryable, terminal } = script.policy
              const meaning = {
                ...(goneIsSuccess !== undefined && { goneIsSuccess }),
                ...(retryable !== undefined && { retryable }),
                ...(terminal !== undefined && { terminal })
              }
              const { goneIsSuccess: _, retryable: __, terminal: ___, ...shape } = other.policy
              const reshaped = { ...other, lines: script.lines, policy: { ...shape, ...meaning } }
              return difference(sketches(run(script)), sketches(run(reshaped)))
            }
          }))
})

export const concatenation = onCases({
  number: 43,
  name: "Concatenation",
  says: "a run of two lists gives the outcomes of the run of the first and the run of the second",
  pitfalls: [],
  cases: (subject) =>
    !attributes(subject)
      ? undefined
      : fc.tuple(Script.arbitrary(subject, verdictsOnly), fc.nat({ max: 14 })).map(([script, at]) => ({
          show: () => `${show(script)}\ncut after ${at} items`,
          broken: () => {
            const { lines } = script
            const parts = [lines.slice(0, at), lines.slice(at)].flatMap((lines) => sketches(run({ ...script, lines })))
            return difference(sketches(run(script)), parts)
          }
        }))
})

export const reference = onCases({
  number: 44,
  name: "Reference",
  says: "a run gives the outcomes of sending one item after the other, each by itself",
  pitfalls: [],
  cases: (subject) =>
    !attributes(subject)
      ? undefined
      : Script.arbitrary(subject, verdictsOnly).map((script) => ({
          show: () => show(script),
          broken: () => {
            const trace = run(script)
            const found = outcomes(trace)
            const outlines = trace.items.map((_, position) => outline(found.get(position)))
            return difference(outlines, sequentially(script, trace.policy))
          }
        }))
})

export const requestIsRun = onCases({
  number: 45,
  name: "Request = run",
  says: "single requests give the outcomes of one run; who leaves changes nothing for others; if all leave, there is no call",
  pitfalls: [],
  cases: (subject) =>
    !attributes(subject)
      ? undefined
      : fc
          .tuple(Script.arbitrary(subject, verdictsOnly), fc.nat({ max: 13 }), fc.nat({ max: 300 }))
          .map(([script, who, when]) => ({
            show: () => `${show(script)}\nposition ${who} leaves at ${when}`,
            broken: () => {
              const staying = script.lines.map(({ item, says }) => line(item, { says }))
              const requests = {
                ...script,
                lines: staying,
                entry: { _tag: "Request" as const },
                observer: "quick" as const
              }
              const list = sketches(run({ ...script, lines: staying, entry: { _tag: "Array" } }))
              const together = run(requests)
              const differs = difference(list, sketches(together)) ?? repliesDiffer(together)
              if (differs !== undefined) return differs
              const leaving = staying.map((line, position) => (position === who ? { ...line, leaves: when } : line))
              const others = (sketched: ReadonlyArray<string>) => sketched.filter((_, position) => position !== who)
              const left = difference(others(list), others(sketches(run({ ...requests, lines: leaving }))))
              if (left !== undefined) return `after one left: ${left}`
              const gone = run({
                ...requests,
                subject: roomy(subject, 100),
                policy: { ...script.policy, linger: 100, maxItems: 100 },
                events: { close: 500 },
                lines: staying.map((line) => ({ ...line, leaves: 50 }))
              })
              return gone.calls.length === 0
                ? undefined
                : `all left, and call 1 was made with ${gone.calls[0]!.start.positions.join(" ")}`
            }
          }))
})

/** Each caller gets what became of its item. */
const repliesDiffer = <Item, A, E>(trace: ReturnType<typeof run<Item, A, E>>): string | undefined => {
  for (const { exit, position } of only(trace, "Reply")) {
    const outcome = only(trace, "Outcome").find(({ outcome }) => outcome.position === position)?.outcome
    if (exit._tag === "Success" ? outcome?._tag !== "Succeeded" : outcome?._tag === "Succeeded") {
      return `the caller of position ${position} got a ${exit._tag}, its item is ${sketch(outcome)}`
    }
  }
  return undefined
}
