/** What a run must keep to: limits, window and rates, worked out apart from the engine. */
import * as Duration from "effect/Duration"
import type { Trace } from "../../Trace.ts"

/** The limits that a run must keep: the lowest of the operation's, the policy's and the quota's. */
export const limitsOf = <Item, A, E>({ operation, policy }: Trace<Item, A, E>) => {
  const itemRate = policy.itemRate ?? operation.quota.itemRate
  return {
    maxItems: Math.min(operation.limits.maxItems, policy.maxItems ?? Infinity, itemRate?.burst ?? Infinity),
    maxBytes: Math.min(operation.limits.maxBytes ?? Infinity, policy.maxBytes ?? Infinity),
    sizeOf: operation.limits.sizeOf ?? (() => 0)
  }
}

/** Most items that are pulled and not settled: whole batches. */
export const windowOf = <Item, A, E>(trace: Trace<Item, A, E>): number => {
  const { maxItems } = limitsOf(trace)
  return Math.ceil((trace.policy.window ?? 2 * trace.policy.concurrency * maxItems) / maxItems) * maxItems
}

/** Holds what went against a bucket of its own. */
export const overdrawn = (
  what: string,
  { burst, count, per }: { readonly burst: number; readonly count: number; readonly per: Duration.Duration },
  share: number,
  went: ReadonlyArray<{ readonly at: number; readonly weight: number }>
): string | undefined => {
  const size = Math.max(1, Math.floor(burst * share))
  const perMilli = (count * share) / Duration.toMillis(per)
  let level = size
  let before = 0
  for (const { at, weight } of went) {
    level = Math.min(size, level + (at - before) * perMilli) - weight
    before = at
    if (level < -1e-3) return `${what} at ${at} ms exceed ${count} per ${Duration.format(per)}, burst ${size}`
  }
  return undefined
}
