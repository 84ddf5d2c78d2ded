// Runs the laws with one mutant, in a thread of its own.
import { parentPort, workerData } from "node:worker_threads"
import type { Subject } from "@effect-bulk/testing"
import { apply } from "./mutate.ts"
import type { Mutant } from "./mutants.ts"

export interface Task {
  readonly mutant: Mutant
  /** Scripts on which all laws are tried. */
  readonly runs: number
  /** Most scripts to try until the law of the mutant notices. */
  readonly most: number
  readonly seed: number
}

export interface Killed {
  /** The laws that are broken. */
  readonly broken: ReadonlyArray<string>
}

const { most, mutant, runs, seed } = workerData as Task
apply(mutant)
// Only now: what is imported from here on has the change.
const { laws } = await import("./laws.ts")
const { Laws, Specimens } = await import("@effect-bulk/testing")

// Each operation has items and errors of its own, of which the laws need to know nothing.
const subjects = (
  mutant.of === undefined ? Specimens.all() : Object.values(await import(`./${mutant.of}Subjects.ts`))
) as ReadonlyArray<Subject.Subject<unknown, unknown, unknown>>
const among = laws.map((law) => (law._tag === "Case" ? { ...law, share: law.share / 2 } : law))
const brokenBy = (options: { readonly runs: number; readonly laws?: ReadonlyArray<string> }) =>
  Laws.survey(subjects, { ...options, seed, among }).map(({ id }) => id)

const broken = new Set(brokenBy({ runs }))
for (let tried = 4 * runs; !broken.has(mutant.law) && tried <= most; tried *= 4) {
  for (const id of brokenBy({ runs: tried, laws: [mutant.law] })) broken.add(id)
}
const killed: Killed = { broken: [...broken] }
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage(killed)
