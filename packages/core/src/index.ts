/**
 * One outcome per item, for any batch API.
 *
 * @since 0.1.0
 */
// @barrel
export * as Answer from "./Answer.ts"
export * as BatchOperation from "./BatchOperation.ts"
export * as BatchPolicy from "./BatchPolicy.ts"
export * as Bulk from "./Bulk.ts"
export * as CallError from "./CallError.ts"
export * as DeadLetter from "./DeadLetter.ts"
export * as Fate from "./Fate.ts"
export * as Outcome from "./Outcome.ts"
export * as Quota from "./Quota.ts"
export * as Report from "./Report.ts"
export * as Verdict from "./Verdict.ts"
