/**
 * The laws of a bulk run, as property tests for your own operations.
 *
 * @since 0.1.0
 */
// @barrel
export * as Coverage from "./Coverage.ts"
export * as Law from "./Law.ts"
export * as Laws from "./Laws.ts"
export * as Reference from "./Reference.ts"
export * as Script from "./Script.ts"
export * as Simulation from "./Simulation.ts"
export * as Specimens from "./Specimens.ts"
export * as Subject from "./Subject.ts"
export * as Trace from "./Trace.ts"
