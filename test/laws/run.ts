// `pnpm laws`: runs the laws, checks that the scripts reached everything they should, then the mutants, each of which
// must break its law.
import { parseArgs } from "node:util"
import { Worker } from "node:worker_threads"
import { Coverage, Laws, Specimens } from "@effect-bulk/testing"
import { laws } from "./laws.ts"
import { mutated } from "./mutate.ts"
import { type Mutant, mutants as engineMutants } from "./mutants.ts"
import { operationMutants } from "./operationMutants.ts"
import { pitfalls } from "./pitfalls.ts"
import type { Killed, Task } from "./worker.ts"

/** Enough for the scripts to reach every label. */
const usualRuns = 4000
/** Case laws are slower, and each of their cases goes straight to the point. */
const usualCases = 400
const usualSeed = 1

const mutants = [...engineMutants, ...operationMutants]

const usage = `pnpm laws [--runs N] [--seed S] [--law ID] [--path P] [--laws | --mutants | --pitfalls]

  --runs N      scripts for each law, ${usualRuns} unless said; laws that cost more have a share of them
  --seed S      the same seed draws the same scripts, ${usualSeed} unless said
  --law ID      one law only; with --seed and --path, the script that broke it
  --laws        the laws alone, without their mutants
  --mutants     the mutants alone
  --pitfalls    which law or test answers for which known loss`

const read = () => {
  try {
    return parseArgs({
      options: {
        runs: { type: "string" },
        seed: { type: "string" },
        law: { type: "string" },
        path: { type: "string" },
        laws: { type: "boolean" },
        mutants: { type: "boolean" },
        pitfalls: { type: "boolean" },
        help: { type: "boolean", short: "h" }
      }
    }).values
  } catch (error) {
    console.log(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
    process.exit(1)
  }
}
const values = read()
if (values.help === true) {
  console.log(usage)
  process.exit(0)
}
const number = (name: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  const value = Number(text)
  if (Number.isInteger(value)) return value
  console.log(`--${name} must be a whole number, got '${text}'`)
  process.exit(1)
}
const seed = number("seed", values.seed) ?? usualSeed
const runs = number("runs", values.runs)
const chosen = values.law === undefined ? undefined : laws.filter((law) => law.id === values.law)
if (chosen?.length === 0) {
  console.log(`No law ${values.law}; there are ${laws.map(({ id }) => id).join(", ")}`)
  process.exit(1)
}

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`

// -----------------------------------------------------------------------------
// Laws
// -----------------------------------------------------------------------------

const runLaws = (): boolean => {
  const began = performance.now()
  const coverage = Coverage.make()
  const onTraces = laws.filter(({ _tag }) => _tag === "Trace")
  const onCases = laws.filter(({ _tag }) => _tag === "Case")
  const mine = (ids: typeof laws) => ids.filter((law) => chosen?.includes(law) ?? true)
  const results = [
    ...Laws.run(Specimens.all(), {
      runs: runs ?? usualRuns,
      seed,
      path: values.path,
      among: mine(onTraces),
      onTrace: coverage.add
    }),
    ...Laws.run(Specimens.all(), { runs: runs ?? usualCases, seed, path: values.path, among: mine(onCases) })
  ].toSorted((a, b) => a.law.number - b.law.number)
  for (const result of results) {
    const { failure, law } = result
    if (failure === undefined) {
      console.log(`${law.id.padEnd(4)} ok      ${String(result.runs).padStart(6)}  ${law.name}: ${law.says}`)
    } else {
      console.log(`${law.id.padEnd(4)} BROKEN  ${String(result.runs).padStart(6)}  ${law.name}\n`)
      console.log(`${Laws.describe(result)}\n`)
      console.log(`To see it again: pnpm laws --law ${law.id} --seed ${failure.seed} --path ${failure.path}\n`)
    }
  }
  const broken = results.filter(({ failure }) => failure !== undefined).length
  console.log(`\n${results.length} laws, ${broken} broken, ${seconds(began)}`)
  // One law alone, or few scripts, need not reach everything.
  if (chosen !== undefined || (runs ?? usualRuns) < usualRuns) return broken === 0
  const missing = Coverage.missing(coverage.counts)
  const rarest = Coverage.expected.toSorted((a, b) => coverage.counts.get(a)! - coverage.counts.get(b)!).slice(0, 3)
  const shown = rarest.map((label) => `${label} (${coverage.counts.get(label)})`).join(", ")
  console.log(`${Coverage.expected.length} labels, ${missing.length} never reached; the rarest: ${shown}`)
  for (const label of missing) console.log(`  never reached: ${label}`)
  return broken === 0 && missing.length === 0
}

// -----------------------------------------------------------------------------
// Mutants
// -----------------------------------------------------------------------------

/** A mutant that never comes back is not killed by its law. */
const patience = 60_000

const runMutant = (mutant: Mutant): Promise<Killed | string> =>
  new Promise((resolve) => {
    const task: Task = { mutant, runs: 100, most: 10_000, seed }
    const worker = new Worker(new URL("worker.ts", import.meta.url), { workerData: task })
    const timer = setTimeout(() => {
      resolve("did not come to an end")
      void worker.terminate()
    }, patience)
    worker.once("message", (killed: Killed) => resolve(killed))
    worker.once("error", (error) => resolve(String(error)))
    worker.once("exit", () => clearTimeout(timer))
  })

const runMutants = async (): Promise<boolean> => {
  const began = performance.now()
  for (const mutant of mutants) mutated(mutant)
  const mine = mutants.filter(({ law }) => chosen?.some(({ id }) => id === law) ?? true)
  const queue = [...mine]
  const killed = new Map<Mutant, Killed | string>()
  const work = async () => {
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      killed.set(mutant, await runMutant(mutant))
    }
  }
  await Promise.all([work(), work()])
  console.log(`\nlaw   mutant${" ".repeat(52)} other laws that it breaks`)
  let survivors = 0
  for (const mutant of mine) {
    const result = killed.get(mutant)!
    const broken = typeof result === "string" ? [] : result.broken
    const isKilled = broken.includes(mutant.law)
    if (!isKilled) survivors++
    const others = broken.filter((id) => id !== mutant.law).join(" ")
    const fate = isKilled ? others : `NOT KILLED ${typeof result === "string" ? result : others}`
    console.log(`${mutant.law.padEnd(5)} ${mutant.name.padEnd(58)} ${fate}`)
  }
  const bare = laws.filter(
    ({ id }) => (chosen?.some((law) => law.id === id) ?? true) && !mine.some(({ law }) => law === id)
  )
  for (const { id, name } of bare) console.log(`${id.padEnd(5)} ${name} has no mutant`)
  console.log(`\n${mine.length} mutants, ${survivors} not killed, ${bare.length} laws without one, ${seconds(began)}`)
  return survivors === 0 && bare.length === 0
}

// -----------------------------------------------------------------------------

if (values.pitfalls === true) {
  process.exitCode = pitfalls() ? 0 : 1
} else {
  const lawsHold = values.mutants === true || runLaws()
  const kills =
    values.laws === true ||
    values.path !== undefined ||
    (values.mutants !== true && chosen !== undefined) ||
    (await runMutants())
  process.exitCode = lawsHold && kills ? 0 : 1
}
