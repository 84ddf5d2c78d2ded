/**
 * The reference: one item per call, one after the other. What any run must come to, as long as verdicts depend on the
 * item and its attempt only.
 *
 * @since 0.1.0
 */
import type { Complete } from "@effect-bulk/core/BatchPolicy"
import type { Script } from "./Script.ts"

/**
 * What becomes of each item, in a few words.
 *
 * @category reference
 * @since 0.1.0
 */
export const sequentially = <Item, A, E>(
  { lines, subject }: Script<Item, A, E>,
  policy: Complete
): ReadonlyArray<string> =>
  lines.map(({ says }) => {
    const { fake, operation } = subject
    let open = false
    for (let attempt = 1; ; attempt++) {
      const said = says[attempt - 1] ?? "ok"
      const tag = fake.tags?.[said] ?? ""
      if (said === "ok") return `Succeeded after ${attempt}`
      if (said === "silent" || said === "twice") {
        open = !operation.read
        if (open && !operation.idempotent) return `Unknown attempts after ${attempt}`
      } else if (said === "busy" || said === "slow" ? policy.terminal.includes(tag) : !policy.retryable.includes(tag)) {
        if (said === "gone" && open) return `Succeeded InferredGone after ${attempt}`
        return `${said === "gone" && policy.goneIsSuccess ? "Succeeded" : "Failed item"} after ${attempt}`
      }
      if (attempt === policy.maxAttempts) return `${open ? "Unknown" : "Exhausted"} attempts after ${attempt}`
    }
  })
