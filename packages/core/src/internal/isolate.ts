/**
 * The way back of a call that was refused for what is in it: by halves, each sent by itself, until the items that
 * spoil it stand alone. Isolating steps are not attempts. Capacity (throttles, timeouts, 5xx) never causes one.
 */
import type { Applied, Fate } from "../Fate.ts"
import type { Entry } from "./entry.ts"
import type { Call, Run } from "./run.ts"
import { settle } from "./settle.ts"
import { endingOf, isForsaken } from "./stop.ts"

/** Is a call with this fate halved? */
export const isHalved = <Item, A, E, R>(
  run: Run<Item, A, E, R>,
  call: Call<Item, A, E>,
  fate: Fate,
  applied: Applied
): boolean =>
  (fate._tag === "TooLarge" || (fate._tag === "Rejected" && run.policy.isolate)) &&
  call.entries.length > 1 &&
  endingOf(run, call.group) === undefined &&
  (applied === "no" || run.operation.idempotent)

/** Is an error that may be of any missing item of the call told apart by calls of one item? */
export const isResolved = <Item, A, E, R>(run: Run<Item, A, E, R>, call: Call<Item, A, E>): boolean =>
  run.policy.candidates === "resolve" && call.entries.length > 1 && endingOf(run, call.group) === undefined

/** Sends the two halves next, the first one first; not what nobody waits for any more. */
export const halve = <Item, A, E, R>(run: Run<Item, A, E, R>, { entries: all, group }: Call<Item, A, E>): void => {
  const entries = all.filter((entry) => !isForsaken(entry))
  for (const entry of all) if (isForsaken(entry)) settle(run, entry, entry.word, "interrupted")
  const middle = Math.ceil(entries.length / 2)
  group.parts.push({ entries: entries.slice(middle) }, { entries: entries.slice(0, middle) })
}

/** Sends an item alone. */
export const single = <Item, A, E>(entry: Entry<Item, A, E>): void => {
  entry.group.parts.push({ entries: [entry] })
}
