/** Redrive: what an earlier run left, run again. */
import * as DeadLetter from "@effect-bulk/core/DeadLetter"
import * as Report from "@effect-bulk/core/Report"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as fc from "fast-check"
import * as Stream from "effect/Stream"
import { onCases } from "../../Law.ts"
import * as Script from "../../Script.ts"
import { redrive, run } from "../../Simulation.ts"
import { show } from "./sketch.ts"

export const deadLetters = onCases({
  number: 51,
  name: "Dead letters",
  says: "a redrive sends exactly what no line calls Succeeded, with positions and histories, wherever the file is torn",
  pitfalls: [3, 10],
  cases: (subject) =>
    fc.tuple(Script.arbitrary(subject, { duplicates: true }), fc.nat({ max: 1000 })).map(([script, cut]) => ({
      show: () => `${show(script)}\nof the report, ${cut / 10} % is there`,
      broken: () => {
        const { brownout, stop } = script.events
        const first = run({ ...script, entry: { _tag: "Array" }, events: { brownout, stop } })
        const { operation, report } = first
        if (report === undefined) return `the first run ended as ${first.how}`
        const written = report.outcomes.map(Report.encodeLine).join("")
        const text = written.slice(0, Math.round((written.length * cut) / 1000))
        const read = Effect.runSyncExit(
          Effect.flatMap(DeadLetter.readLines(Stream.make(text)), (lines) =>
            DeadLetter.fromLines(operation, first.items, lines)
          )
        )
        if (Exit.isFailure(read)) return `the report cannot be read: ${String(read.cause)}`
        const letters = read.value
        const whole = text.split("\n").filter(isWhole)
        const done = new Set(whole.filter((line) => line.includes(`"outcome":"Succeeded"`)).map(positionOf))
        const wanted = first.items.flatMap((_, position) => (done.has(position) ? [] : [position]))
        const listed = letters.map(({ position }) => position)
        if (listed.join() !== wanted.join()) return `the letters are of ${listed.join()}, not of ${wanted.join()}`

        const second = redrive(
          {
            ...script,
            calls: [],
            events: {},
            observer: "quick",
            policy: {},
            lines: letters.map(({ position }) => ({ ...script.lines[position]!, says: [], poison: false }))
          },
          letters
        )
        if (second.report === undefined) return `the redrive ended as ${second.how}`
        for (const [index, outcome] of second.report.outcomes.entries()) {
          const letter = letters[index]!
          const which = `position ${letter.position}, ${letter.outcome} before,`
          if (outcome.position !== letter.position || outcome.item !== letter.item) return `${which} lost its place`
          const isOpen = letter.outcome === "Missing" || letter.outcome === "Unknown" || leftOpen(letter)
          const isKept = isOpen && !operation.idempotent && !operation.read
          const isRefused = letter.outcome === "Invalid"
          const sent = second.calls.filter(({ start }) => start.positions.includes(index)).length
          if (isKept || isRefused ? sent > 0 : sent !== 1) return `${which} was sent ${sent} times`
          const tag = isRefused ? "Invalid" : isKept ? "Unknown" : "Succeeded"
          if (outcome._tag !== tag && letter.outcome !== "Missing") return `${which} came out as ${outcome._tag}`
          const before = outcome.history.slice(0, letter.history.length)
          if (letter.history.length < 15 && JSON.stringify(before) !== JSON.stringify(letter.history)) {
            return `${which} lost its history`
          }
        }
        return undefined
      }
    }))
})

/** A line can be torn behind a brace, too. */
const isWhole = (line: string): boolean => {
  try {
    return typeof JSON.parse(line) === "object"
  } catch {
    return false
  }
}

const positionOf = (line: string): number => Number(/"position":(\d+)/.exec(line)?.[1])

/** Does the history end without a word on whether it was applied? */
const leftOpen = ({ history }: DeadLetter.DeadLetter<unknown>): boolean => {
  const last = history.findLastIndex(({ word }) => word === "Succeeded" || word === "Terminal")
  return history.slice(last + 1).some(({ applied }) => applied === "maybe")
}
