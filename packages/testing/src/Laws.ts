/**
 * The laws of a bulk run, and how an operation is held to them.
 *
 * @since 0.1.0
 */
import type { BatchOperation } from "@effect-bulk/core/BatchOperation"
import * as fc from "fast-check"
import * as accounting from "./internal/laws/accounting.ts"
import * as adaptation from "./internal/laws/adaptation.ts"
import * as calls from "./internal/laws/calls.ts"
import * as declarations from "./internal/laws/declarations.ts"
import * as endings from "./internal/laws/endings.ts"
import * as equivalences from "./internal/laws/equivalences.ts"
import * as poison from "./internal/laws/poison.ts"
import * as quotas from "./internal/laws/quotas.ts"
import * as redrives from "./internal/laws/redrives.ts"
import * as retries from "./internal/laws/retries.ts"
import * as shapes from "./internal/laws/shapes.ts"
import type { Case, CaseLaw, Law, TraceLaw } from "./Law.ts"
import * as Script from "./Script.ts"
import { run as simulate } from "./Simulation.ts"
import * as Subject from "./Subject.ts"
import { format, type Trace } from "./Trace.ts"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * How to run laws.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options {
  /** Scripts per law. Default: 300. */
  readonly runs?: number | undefined
  /** Where the drawing of scripts begins. Default: 1, so that the same scripts are drawn each time. */
  readonly seed?: number | undefined
  /** Where a failed law found its smallest script: goes there directly. Only for one law. */
  readonly path?: string | undefined
  /** Which laws, by id. Default: all. */
  readonly laws?: ReadonlyArray<string> | undefined
}

/**
 * What came of a law.
 *
 * @category models
 * @since 0.1.0
 */
export interface Result {
  readonly law: Law
  readonly runs: number
  readonly failure: Failure | undefined
}

/**
 * A broken law: what is wrong, in the smallest script that was found, and how to see it again.
 *
 * @category models
 * @since 0.1.0
 */
export interface Failure {
  readonly message: string
  /** The script and the trace. */
  readonly script: string
  readonly seed: number
  readonly path: string
}

// -----------------------------------------------------------------------------
// The laws
// -----------------------------------------------------------------------------

/**
 * All laws, by number.
 *
 * @category laws
 * @since 0.1.0
 */
export const all: ReadonlyArray<Law> = [
  ...Object.values(accounting),
  ...Object.values(adaptation),
  ...Object.values(calls),
  ...Object.values(declarations),
  ...Object.values(endings),
  ...Object.values(equivalences),
  ...Object.values(poison),
  ...Object.values(quotas),
  ...Object.values(redrives),
  ...Object.values(retries),
  ...Object.values(shapes)
]
  .filter((value): value is Law => typeof value === "object" && "_tag" in value)
  .toSorted((a, b) => a.number - b.number || (a.id < b.id ? -1 : 1))

// -----------------------------------------------------------------------------
// Running
// -----------------------------------------------------------------------------

/**
 * Holds an operation to the laws, and says what came of each. Throws an error that shows the smallest script that
 * breaks one, and how to replay it. Works in any test runner, and in none.
 *
 * @category running
 * @since 0.1.0
 */
export const check = <Item, A, E, R>(
  operation: BatchOperation<Item, A, E, R>,
  options: Options & { readonly arbitrary: fc.Arbitrary<Item>; readonly fake: Subject.Fake<Item, E> }
): ReadonlyArray<Result> => {
  const results = run([Subject.make(operation, options)], options)
  const broken = results.find(({ failure }) => failure !== undefined)
  if (broken?.failure === undefined) return results
  const { path, seed } = broken.failure
  throw new Error(
    `${describe(broken)}\n\nTo see it again: Laws.check(operation, { ..., laws: ["${broken.law.id}"], seed: ${seed}, path: "${path}" })`
  )
}

/**
 * Runs laws on operations, and says what came of each.
 *
 * @category running
 * @since 0.1.0
 */
export const run = <Item, A, E>(
  subjects: ReadonlyArray<Subject.Subject<Item, A, E>>,
  options: Options & {
    /** Sees every trace of the laws on traces. */
    readonly onTrace?: (trace: Trace<Item, A, E>) => void
    /** Instead of `all`. */
    readonly among?: ReadonlyArray<Law>
  } = {}
): ReadonlyArray<Result> => {
  const { laws, onTrace, runs = 300, seed = 1 } = options
  const chosen = (options.among ?? all).filter(({ id }) => laws?.includes(id) ?? true)
  const onTraces = chosen.filter((law): law is TraceLaw => law._tag === "Trace")
  const suspects = options.path === undefined ? surveyed(subjects, onTraces, runs, seed, onTrace) : new Set(onTraces)
  return chosen.map((law): Result => {
    if (law._tag === "Trace") {
      return suspects.has(law)
        ? examined(law, scripts(subjects).map(caseOf(law)), runs, seed, options.path)
        : { law, runs, failure: undefined }
    }
    const cases = casesOf(subjects, law)
    if (cases === undefined) return { law, runs: 0, failure: undefined }
    return examined(law, cases, Math.ceil(runs * law.share), seed, options.path)
  })
}

/**
 * The laws that some script breaks, without looking for the smallest such script.
 *
 * @category running
 * @since 0.1.0
 */
export const survey = <Item, A, E>(
  subjects: ReadonlyArray<Subject.Subject<Item, A, E>>,
  options: Options & { readonly among?: ReadonlyArray<Law> } = {}
): ReadonlyArray<Law> => {
  const { laws, runs = 300, seed = 1 } = options
  const chosen = (options.among ?? all).filter(({ id }) => laws?.includes(id) ?? true)
  const onTraces = chosen.filter((law): law is TraceLaw => law._tag === "Trace")
  const suspects = surveyed(subjects, onTraces, runs, seed, undefined)
  return chosen.filter((law) => {
    if (law._tag === "Trace") return suspects.has(law)
    const cases = casesOf(subjects, law)
    if (cases === undefined) return false
    return fc.check(holds(cases), { numRuns: Math.ceil(runs * law.share), seed, endOnFailure: true }).failed
  })
}

/**
 * What came of a law, in words.
 *
 * @category running
 * @since 0.1.0
 */
export const describe = ({ failure, law, runs }: Result): string => {
  const head = `Law ${law.id}, ${law.name}`
  if (failure === undefined) return `${head}: holds in ${runs} runs`
  return `${head}, is broken: ${failure.message}\n(${law.says})\n\n${failure.script}`
}

const casesOf = <Item, A, E>(
  subjects: ReadonlyArray<Subject.Subject<Item, A, E>>,
  law: CaseLaw
): fc.Arbitrary<Case> | undefined => {
  const cases = subjects.map((subject) => law.cases(subject)).filter((found) => found !== undefined)
  return cases.length === 0 ? undefined : fc.oneof(...cases)
}

const holds = (cases: fc.Arbitrary<Case>) =>
  fc.property(cases, (tried) => {
    const message = tried.broken()
    if (message !== undefined) throw new Error(message)
  })

const scripts = <Item, A, E>(
  subjects: ReadonlyArray<Subject.Subject<Item, A, E>>
): fc.Arbitrary<Script.Script<Item, A, E>> => fc.oneof(...subjects.map((subject) => Script.arbitrary(subject)))

/** The laws on traces that some script breaks: each script is run once for all of them. */
const surveyed = <Item, A, E>(
  subjects: ReadonlyArray<Subject.Subject<Item, A, E>>,
  laws: ReadonlyArray<TraceLaw>,
  runs: number,
  seed: number,
  onTrace: ((trace: Trace<Item, A, E>) => void) | undefined
): ReadonlySet<Law> => {
  const suspects = new Set<TraceLaw>()
  if (laws.length === 0) return suspects
  const property = fc.property(scripts(subjects), (script) => {
    const trace = simulate(script)
    onTrace?.(trace)
    for (const law of laws) if (!suspects.has(law) && isBroken(law, trace)) suspects.add(law)
  })
  // The same scripts as when a law is examined alone.
  const details = fc.check(property, { numRuns: runs, seed })
  if (details.failed) throw details.errorInstance
  return suspects
}

/** A trace of which a law cannot make sense is broken, too. */
const isBroken = <Item, A, E>(law: TraceLaw, trace: Trace<Item, A, E>): boolean => {
  try {
    return law.broken(trace) !== undefined
  } catch {
    return true
  }
}

const caseOf =
  (law: TraceLaw) =>
  <Item, A, E>(script: Script.Script<Item, A, E>): Case => ({
    broken: () => law.broken(simulate(script)),
    show: () => format(simulate(script))
  })

/** Looks for the smallest case that breaks a law. */
const examined = (
  law: Law,
  cases: fc.Arbitrary<Case>,
  numRuns: number,
  seed: number,
  path: string | undefined
): Result => {
  const details = fc.check(holds(cases), { numRuns, seed, ...(path !== undefined && { path, endOnFailure: true }) })
  const [smallest] = details.counterexample ?? []
  if (!details.failed || smallest === undefined) return { law, runs: details.numRuns, failure: undefined }
  const { errorInstance } = details
  const message = errorInstance instanceof Error ? errorInstance.message : String(errorInstance)
  return {
    law,
    runs: details.numRuns,
    failure: { message, script: smallest.show(), seed: details.seed, path: details.counterexamplePath ?? "" }
  }
}
