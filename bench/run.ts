/**
 * The table of what this project costs and keeps to: `pnpm bench [--json] [--only row,...]`. docs/performance.md says
 * how each row is measured.
 */
import { fork } from "node:child_process"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { adaptiveTable } from "./adaptive.ts"
import { poisonLines, throttlingLines } from "./bounds.ts"
import { bundleLines } from "./bundle.ts"
import type { Measured } from "./measure.ts"
import { child, compared, interleaved, isMet, type Line, reached } from "./rows.ts"

const rounds = 7

const nanosPerItem = ({ count, cpuMicros }: Measured) => (cpuMicros * 1000) / count
const megabytes = (bytes: number) => bytes / 1e6

const rows: { readonly [row: string]: () => Promise<ReadonlyArray<Line>> } = {
  stream: async () => {
    const side = (name: string) => () => child("stream.ts", name, 1_000_000)
    const flags = ["--expose-gc", "--min-semi-space-size=16", "--max-semi-space-size=16"]
    const grown = (name: string) => child<{ readonly grownBytes: number }>("stream.ts", name, "memory", ...flags)
    const cpu = await interleaved(rounds, side("ours"), side("bare"))
    const memory = [await grown("ours"), await grown("ours"), await grown("ours")]
    return [
      {
        what: "stream of 1M items: CPU per item",
        unit: "ns",
        ...compared(cpu, "bare Stream.grouped + mapEffect", nanosPerItem),
        goal: { is: "<=", bound: 4 }
      },
      {
        what: "stream: resident set grows from 1M to 5M items",
        unit: "MB",
        ours: megabytes(Math.max(...memory.map(({ grownBytes }) => grownBytes))),
        goal: { is: "<=", bound: 5 }
      }
    ]
  },
  request: async () => {
    const side = (name: string) => () => child("request.ts", name, 100_000)
    const runs = await interleaved(rounds, side("ours"), side("resolver"))
    return [
      {
        what: "100k single requests: CPU per item",
        unit: "ns",
        ...compared(runs, "RequestResolver", nanosPerItem),
        goal: { is: "<=", bound: 1 }
      },
      {
        what: "100k single requests: largest resident set",
        unit: "MB",
        ...compared(runs, "RequestResolver", ({ peakBytes }) => megabytes(peakBytes)),
        goal: { is: "<=", bound: 1 }
      }
    ]
  },
  omics: async () => {
    const server = fork(fileURLToPath(new URL("server.ts", import.meta.url)))
    try {
      const url = await new Promise<string>((resolve, reject) => {
        server.once("message", (url: string) => resolve(url)).once("error", reject)
      })
      const side = (name: string) => () => child("omics.ts", name, 500_000, url)
      const runs = await interleaved(rounds, side("ours"), side("loop"))
      return [
        {
          what: "HealthOmics end to end: items per second",
          unit: "/s",
          ...compared(runs, "loop over the SDK client", ({ count, wallMillis }) => (count * 1000) / wallMillis),
          goal: { is: ">=", bound: 1.8 }
        },
        {
          what: "HealthOmics end to end: CPU per item",
          unit: "ns",
          ...compared(runs, "loop over the SDK client", nanosPerItem),
          goal: { is: "<=", bound: 0.55 }
        }
      ]
    } finally {
      server.kill()
    }
  },
  adaptive: async () => {
    const table = adaptiveTable()
    const line = (what: string, count: number): Line => ({
      what: `unknown quota: ${what}`,
      unit: `of ${table.length}`,
      ours: count,
      goal: { is: ">=", bound: table.length }
    })
    return [
      line(">= 95 % of it, <= 3 % throttled", table.filter(({ reached }) => reached).length),
      line("and better than either retry mode of the SDK", table.filter(({ met }) => met).length)
    ]
  },
  poison: poisonLines,
  throttling: throttlingLines,
  bundle: bundleLines
}

// --- the table ---

const number = (value: number): string =>
  value.toLocaleString("en", { maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0 })

const cells = (line: Line): ReadonlyArray<string> => [
  line.what,
  `${number(line.ours)} ${line.unit}`,
  line.other === undefined ? "" : `${number(line.other.value)} ${line.unit} (${line.other.name})`,
  line.other === undefined ? "" : `${reached(line).toFixed(2)}x`,
  `${line.goal.is} ${line.goal.bound}${line.other === undefined ? ` ${line.unit}` : "x"}`,
  isMet(line) ? "met" : "NOT MET"
]

const print = (lines: ReadonlyArray<Line>): void => {
  const table = [["what", "ours", "the other", "ratio", "goal", "met"], ...lines.map(cells)]
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)))
  const rule = widths.map((width) => "-".repeat(width))
  for (const row of [table[0]!, rule, ...table.slice(1)]) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd()
    )
  }
}

const { values } = parseArgs({ options: { json: { type: "boolean", default: false }, only: { type: "string" } } })
const names = values.only?.split(",") ?? Object.keys(rows)
const lines: Array<Line> = []
for (const name of names) {
  const measure = rows[name]
  if (measure === undefined) {
    console.error(`--only takes ${Object.keys(rows).join(", ")}; got '${name}'`)
    process.exit(2)
  }
  if (!values.json) console.error(`${name} ...`)
  lines.push(...(await measure()))
}
if (values.json) {
  console.log(
    JSON.stringify(
      lines.map((line) => ({ ...line, ratio: line.other && reached(line), met: isMet(line) })),
      null,
      2
    )
  )
} else print(lines)
