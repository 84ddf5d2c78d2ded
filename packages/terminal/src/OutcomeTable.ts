/**
 * A report as a table: how many items came out how, and why.
 *
 * @since 0.1.0
 */
import * as Outcome from "@effect-bulk/core/Outcome"
import * as Report from "@effect-bulk/core/Report"

/**
 * The table, one row per outcome and reason, with an example where the items did not succeed.
 *
 * @category formatting
 * @since 0.1.0
 */
export const render = <Item, A, E>(report: Report.Report<Item, A, E>): string => {
  const rows = Report.summary(report)
    .toSorted((a, b) => Outcome.tags.indexOf(a.outcome) - Outcome.tags.indexOf(b.outcome) || b.count - a.count)
    .map(({ count, first, outcome, reason }) => [outcome, count.toLocaleString("en-US"), fit(reason), exampleOf(first)])
  const all = report.outcomes.length.toLocaleString("en-US")
  return layOut([["outcome", "items", "why", "for example"], ...rows, ["all", all, "", ""]])
}

const exampleOf = <Item, A, E>(outcome: Outcome.Outcome<Item, A, E>): string => {
  if (outcome._tag === "Succeeded") return ""
  const error = "error" in outcome ? outcome.error : "cause" in outcome ? outcome.cause : undefined
  const issue = outcome._tag === "Invalid" ? outcome.issue : error instanceof Error ? error.message : ""
  const message = issue === "" ? "" : `: ${issue}`
  return fit(`${outcome.id}${message}`)
}

const widest = 90

/** On one line, and without what a terminal would obey: texts come from the service. */
const fit = (text: string): string => {
  const line = text.replace(/[\s\p{Cc}]+/gu, " ")
  return line.length > widest ? `${line.slice(0, widest - 1)}…` : line
}

const layOut = (rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)))
  const line = (row: ReadonlyArray<string>) =>
    row
      .map((cell, column) => (column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd()
  const rule = widths.map((width) => "-".repeat(width)).join("  ")
  const [head, ...body] = rows.map(line)
  return [head, rule, ...body.slice(0, -1), rule, ...body.slice(-1)].join("\n")
}
