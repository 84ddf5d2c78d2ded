// `pnpm ok` checks everything the repository promises: `--only a,b` runs some steps, `--skip a,b` leaves some out.
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { parseArgs } from "node:util"

interface Step {
  readonly name: string
  readonly command: ReadonlyArray<string>
  /** The step is left out, and said to be, while this file does not exist. */
  readonly file?: string
}

// Cheap and likely to fail comes first.
const steps: ReadonlyArray<Step> = [
  { name: "lockfile", command: ["node", "scripts/lockfile.ts"] },
  { name: "rules", command: ["node", "scripts/rules.ts"] },
  { name: "format", command: ["oxfmt", "--check"] },
  { name: "lint", command: ["oxlint", "--type-aware"] },
  { name: "types", command: ["tsc", "-b"] },
  { name: "generated", command: ["node", "scripts/generate.ts", "--check"], file: "scripts/generate.ts" },
  { name: "unused", command: ["knip"] },
  { name: "tests", command: ["vitest", "run"] },
  { name: "examples", command: ["node", "scripts/examples.ts", "--all"] },
  { name: "packages", command: ["node", "scripts/packages.ts"] },
  { name: "laws", command: ["node", "test/laws/run.ts"], file: "test/laws/run.ts" }
]

type State = "ok" | "failed" | "not there yet"

const run = ({ command, file }: Step): { readonly state: State; readonly output: string } => {
  if (file !== undefined && !existsSync(file)) return { state: "not there yet", output: "" }
  const [program = "", ...args] = command
  const result = spawnSync(program, args, { encoding: "utf8", maxBuffer: Infinity })
  const output = `${result.stdout}${result.stderr}${result.error === undefined ? "" : `${result.error.message}\n`}`
  return { state: result.status === 0 ? "ok" : "failed", output }
}

const { values } = parseArgs({ options: { only: { type: "string" }, skip: { type: "string" } } })
const named = (list: string | undefined): ReadonlyArray<string> | undefined => list?.split(",")
const unknown = [...(named(values.only) ?? []), ...(named(values.skip) ?? [])].filter(
  (name) => !steps.some((step) => step.name === name)
)
if (unknown.length > 0) {
  console.log(`No step ${unknown.join(", ")}; the steps are ${steps.map((step) => step.name).join(", ")}`)
  process.exit(1)
}

const chosen = steps.filter(
  ({ name }) => (named(values.only)?.includes(name) ?? true) && !(named(values.skip)?.includes(name) ?? false)
)
const counts: Record<State, number> = { ok: 0, failed: 0, "not there yet": 0 }
const failed: Array<string> = []
for (const step of chosen) {
  process.stdout.write(step.name.padEnd(12))
  const start = performance.now()
  const { state, output } = run(step)
  counts[state]++
  console.log(`${state.padEnd(14)}${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s`)
  if (state === "failed") {
    failed.push(step.name)
    console.log(`\n$ ${step.command.join(" ")}\n${output}`)
  }
}
const trouble = failed.length === 0 ? "" : ` (${failed.join(", ")})`
console.log(`\n${counts.ok} steps ok, ${counts.failed} failed${trouble}`)
process.exitCode = failed.length === 0 ? 0 : 1
