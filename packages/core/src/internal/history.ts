/** What is kept of the calls that carried an item. */
import type { Attempt } from "../Outcome.ts"

/** One more call in a history, which keeps the first and the last ones. */
export const record = (history: ReadonlyArray<Attempt>, attempt: Attempt): ReadonlyArray<Attempt> =>
  history.length < maxHistory ? [...history, attempt] : [history[0]!, ...history.slice(2), attempt]

const maxHistory = 16

export const attemptOf = (
  call: { readonly number: number; readonly at: number },
  word: Attempt["word"],
  applied: Attempt["applied"],
  error: string | undefined,
  requestId: string | undefined
): Attempt => ({
  call: call.number,
  at: call.at,
  word,
  applied,
  ...(error !== undefined && { error }),
  ...(requestId !== undefined && { requestId })
})

/** Do the calls of a history leave open whether the item was applied? */
export const leavesOpen = (history: ReadonlyArray<Attempt>): boolean => {
  let open = false
  for (const { applied, word } of history) {
    if (applied === "maybe") open = true
    else if (word === "Succeeded" || word === "Terminal") open = false
  }
  return open
}
