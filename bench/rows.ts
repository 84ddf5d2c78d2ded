/** A line of the table, and how the lines that take time are measured: in children, one side after the other. */
import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import type { Measured } from "./measure.ts"

export interface Line {
  readonly what: string
  readonly unit: string
  readonly ours: number
  /** What it is held against, and how much that took; none for a line that is held against a bound alone. */
  readonly other?: { readonly name: string; readonly value: number }
  /** For the ratio if there is another, else for the number of ours. */
  readonly goal: { readonly is: "<=" | ">="; readonly bound: number }
}

/** What the goal is for. */
export const reached = ({ other, ours }: Line): number => (other === undefined ? ours : ours / other.value)

export const isMet = (line: Line): boolean =>
  line.goal.is === "<=" ? reached(line) <= line.goal.bound : reached(line) >= line.goal.bound

const median = (values: ReadonlyArray<number>): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2
}

/** What a program of the bench prints, given these arguments; those that begin with `--` are for Node.js. */
export const child = async <A = Measured>(program: string, ...args: ReadonlyArray<string | number>): Promise<A> => {
  const path = fileURLToPath(new URL(program, import.meta.url))
  const flags = args.filter((arg) => String(arg).startsWith("--"))
  const rest = args.filter((arg) => !flags.includes(arg))
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, path, ...rest].map(String))
  return JSON.parse(stdout)
}

/** Each side `rounds` times, and who is first in turn: what else goes on in the machine hits both. */
export const interleaved = async <A>(
  rounds: number,
  ours: () => Promise<A>,
  other: () => Promise<A>
): Promise<{ readonly ours: ReadonlyArray<A>; readonly other: ReadonlyArray<A> }> => {
  const results = { ours: new Array<A>(), other: new Array<A>() }
  for (let round = 0; round < rounds; round++) {
    const isFirst = round % 2 === 0
    if (isFirst) results.ours.push(await ours())
    results.other.push(await other())
    if (!isFirst) results.ours.push(await ours())
  }
  return results
}

/** Compares the medians of what `value` takes from each run. */
export const compared = <A>(
  { other, ours }: { readonly ours: ReadonlyArray<A>; readonly other: ReadonlyArray<A> },
  name: string,
  value: (run: A) => number
): Pick<Line, "ours" | "other"> => ({
  ours: median(ours.map(value)),
  other: { name, value: median(other.map(value)) }
})
