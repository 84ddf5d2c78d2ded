/** What is kept of the calls that carried an item. */
import type { Attempt } from "../Outcome.ts"

/** Adds a call to histories, which keep the first and the last ones. Items with the same past share their history. */
export const recorder = (): ((history: ReadonlyArray<Attempt>, attempt: Attempt) => ReadonlyArray<Attempt>) => {
  let before: ReadonlyArray<Attempt> | undefined
  let added: Attempt | undefined
  let after: ReadonlyArray<Attempt> = []
  return (history, attempt) => {
    if (history !== before || attempt !== added) {
      before = history
      added = attempt
      after = history.length < maxHistory ? [...history, attempt] : [history[0]!, ...history.slice(2), attempt]
    }
    return after
  }
}

const maxHistory = 16

/** The history of an item that was run again with an equal one: what that went through since, after its own. */
export const grafted = (
  history: ReadonlyArray<Attempt>,
  past: ReadonlyArray<Attempt> | undefined,
  own: ReadonlyArray<Attempt>
): ReadonlyArray<Attempt> => {
  if (past === undefined) return history
  const known = new Set(past)
  return history.filter((attempt) => !known.has(attempt)).reduce(recorder(), own)
}

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
