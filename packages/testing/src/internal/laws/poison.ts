/** Poison: a call is rejected if and only if it holds one of these items. */
import * as fc from "fast-check"
import { onCases } from "../../Law.ts"
import type { Script } from "../../Script.ts"
import { run } from "../../Simulation.ts"
import type { Subject } from "../../Subject.ts"
import { callsOf } from "../../Trace.ts"
import { peers, quiet, roomy } from "./shapes.ts"
import { line, show } from "./sketch.ts"
import { storiesOf } from "./story.ts"

/** Scripts in which some of the items are poison, and nothing else is wrong. */
const poisoned = <Item, A, E>(
  subject: Subject<Item, A, E>,
  items: fc.Arbitrary<ReadonlyArray<Item>>,
  maxItems: number
): fc.Arbitrary<Script<Item, A, E>> =>
  fc
    .record({
      items,
      poison: fc.array(fc.nat({ max: 9 }), { minLength: 60, maxLength: 60 }),
      share: fc.constantFrom(0, 1, 1, 3, 10),
      concurrency: fc.integer({ min: 1, max: 4 }),
      chaos: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1_000_000 }))
    })
    .map(({ chaos, concurrency, items, poison, share }) =>
      quiet(roomy(subject, maxItems), items, {
        chaos,
        lines: items.map((item, index) => line(item, { poison: poison[index]! < share })),
        policy: { concurrency }
      })
    )

export const isolation = onCases({
  number: 24,
  name: "Isolation",
  says: "if a call is rejected exactly when it holds poison, exactly the poison fails, and all else succeeds",
  pitfalls: [14, 38],
  cases: (subject) => {
    if (subject.fake.errors.rejected === undefined) return undefined
    const { check, id, orderKey } = subject.operation
    const items = fc
      .uniqueArray(subject.arbitrary, { maxLength: 40, selector: id, size: "max" })
      .map((items) => items.filter((item) => check?.(item) === undefined && orderKey?.(item) === undefined))
    return fc
      .integer({ min: 1, max: 12 })
      .chain((maxItems) => poisoned(subject, items, maxItems))
      .map((script) => ({
        show: () => show(script),
        broken: () => {
          for (const { id, outcome, position } of storiesOf(run(script))) {
            const isPoison = script.lines[position]!.poison
            const wanted = isPoison ? "Failed item" : "Succeeded"
            const got = outcome?._tag === "Failed" ? `Failed ${outcome.scope}` : outcome?._tag
            if (got !== wanted) return `'${id}' is ${isPoison ? "" : "no "}poison, and came out as ${got}`
          }
          return undefined
        }
      }))
  }
})

export const isolationCost = onCases({
  number: 25,
  name: "Isolation cost",
  says: "finding k poison items in a call of n takes at most min(2n - 1, 2k(1 + ceil(log2(N / k))) - 1) calls",
  pitfalls: [14, 15],
  cases: (subject) =>
    subject.fake.errors.rejected === undefined
      ? undefined
      : poisoned(subject, peers(subject, 60), 60).map((script) => ({
          show: () => show(script),
          broken: () => {
            const trace = run(script)
            const n = script.lines.length
            const k = script.lines.filter(({ poison }) => poison).length
            const whole = 2 ** Math.ceil(Math.log2(n))
            const most = k === 0 ? 1 : Math.min(2 * n - 1, 2 * k * (1 + Math.ceil(Math.log2(whole / k))) - 1)
            if (trace.calls.length > most)
              return `${trace.calls.length} calls for ${k} of ${n}, at most ${most} are needed`
            const depth = Math.ceil(Math.log2(n)) + 1
            const deep = trace.items.findIndex((_, position) => callsOf(trace, position).length > depth)
            return deep < 0
              ? undefined
              : `position ${deep} was in ${callsOf(trace, deep).length} calls, ${depth} are needed`
          }
        }))
})
