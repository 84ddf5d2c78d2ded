/** Outcomes reduced to what does not depend on when and with whom an item was sent. */
import type { CallError } from "@effect-bulk/core/CallError"
import type { Outcome } from "@effect-bulk/core/Outcome"
import { format, type Line, type Script } from "../../Script.ts"
import { outcomes, type Trace } from "../../Trace.ts"

export const sketch = <Item, A, E>(outcome: Outcome<Item, A, E | CallError> | undefined): string => {
  if (outcome === undefined) return "no outcome"
  const { _tag, attempts } = outcome
  const after = `after ${attempts}`
  switch (_tag) {
    case "Succeeded":
      return `${_tag} ${outcome.evidence} ${after}`
    case "Failed":
      return `${_tag} ${outcome.scope} ${nameOf(outcome.error)} ${after}`
    case "Exhausted":
    case "Unknown":
      return `${_tag} ${outcome.bound} ${nameOf(outcome.error)} ${after}`
    case "NotAttempted":
      return `${_tag} ${outcome.reason}`
    case "Invalid":
      return `${_tag} ${outcome.issue}`
  }
}

/** The same without what the reference does not know: the evidence and the error. */
export const outline = <Item, A, E>(outcome: Outcome<Item, A, E | CallError> | undefined): string => {
  switch (outcome?._tag) {
    case "Succeeded":
      return `Succeeded ${outcome.evidence === "InferredGone" ? "InferredGone " : ""}after ${outcome.attempts}`
    case "Failed":
      return `Failed ${outcome.scope} after ${outcome.attempts}`
    case "Exhausted":
    case "Unknown":
      return `${outcome._tag} ${outcome.bound} after ${outcome.attempts}`
    default:
      return sketch(outcome)
  }
}

export const sketches = <Item, A, E>(trace: Trace<Item, A, E>): ReadonlyArray<string> => {
  const found = outcomes(trace)
  return trace.items.map((_, position) => sketch(found.get(position)))
}

/** The first difference between the outcomes of two runs. */
export const difference = (a: ReadonlyArray<string>, b: ReadonlyArray<string>): string | undefined => {
  const length = Math.max(a.length, b.length)
  for (let position = 0; position < length; position++) {
    if (a[position] !== b[position])
      return `position ${position} is ${a[position]} in one and ${b[position]} in the other`
  }
  return undefined
}

const nameOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "_tag" in error ? String(error._tag) : String(error)
/** A line on which the service says nothing but yes. */
export const line = <Item>(item: Item, overrides?: Partial<Line<Item>>): Line<Item> => ({
  item,
  says: [],
  poison: false,
  at: 0,
  leaves: undefined,
  ...overrides
})

export const show = <Item, A, E>(script: Script<Item, A, E>): string => format(script)
