import { BatchPolicy, type Outcome, Report } from "@effect-bulk/core"
import { OutcomeTable } from "@effect-bulk/terminal"
import { assert, describe, it } from "@effect/vitest"
import { Data } from "effect"

class Refused extends Data.TaggedError("Refused")<{ readonly message: string }> {}

const identity = (id: string) => ({ position: 0, item: id, id, target: "store", attempts: 1, history: [] })

const succeeded = (id: string): Outcome.Outcome<string, void, Refused> => ({
  _tag: "Succeeded",
  ...identity(id),
  value: undefined,
  evidence: "Accepted"
})

const failed = (id: string, message: string): Outcome.Outcome<string, void, Refused> => ({
  _tag: "Failed",
  ...identity(id),
  error: new Refused({ message }),
  scope: "item"
})

const reportOf = (
  outcomes: ReadonlyArray<Outcome.Outcome<string, void, Refused>>
): Report.Report<string, void, Refused> => ({
  operation: "Test.Delete",
  policy: BatchPolicy.default,
  outcomes,
  counts: Report.count(outcomes),
  calls: 1,
  contradictions: [],
  contradicted: 0,
  source: { _tag: "Ended" }
})

describe("render", () => {
  it("has a row for each outcome and reason, with an example of what did not succeed", () => {
    const outcomes = [
      ...Array.from({ length: 1_200 }, (_, i) => succeeded(`s${i}`)),
      failed("f1", "It is in use"),
      failed("f2", "It is locked"),
      { _tag: "NotAttempted" as const, ...identity("n1"), reason: "stopped" as const },
      { _tag: "Invalid" as const, ...identity("bad id"), issue: "no digits" }
    ]
    assert.strictEqual(
      OutcomeTable.render(reportOf(outcomes)),
      [
        "outcome       items  why                      for example",
        "------------  -----  -----------------------  -----------------",
        "Succeeded     1,200  Accepted",
        "Failed            2  Refused                  f1: It is in use",
        "NotAttempted      1  stopped                  n1",
        "Invalid           1  refused before the wire  bad id: no digits",
        "------------  -----  -----------------------  -----------------",
        "all           1,204"
      ].join("\n")
    )
  })

  it("shows a report of no items", () => {
    assert.strictEqual(
      OutcomeTable.render(reportOf([])),
      [
        "outcome  items  why  for example",
        "-------  -----  ---  -----------",
        "-------  -----  ---  -----------",
        "all          0"
      ].join("\n")
    )
  })

  it("cuts a long example, and keeps one of several lines on its line", () => {
    const table = OutcomeTable.render(reportOf([failed("f", "x".repeat(500)), failed("g", "two\nlines")]))
    assert.strictEqual(
      Math.max(...table.split("\n").map((line) => line.length)),
      "Failed       2  Refused  ".length + 90
    )
    assert.include(table, "x…")
    assert.include(OutcomeTable.render(reportOf([failed("g", "two\nlines")])), "g: two lines")
  })
})
