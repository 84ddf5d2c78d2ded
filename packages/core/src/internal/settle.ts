/**
 * The step `settle`: the way out. An entry gets its outcome, those equal to it get the same, and those that waited
 * for it may go.
 */
import * as CallError from "../CallError.ts"
import { decide, type Ending, type Outcome, type Word } from "../Outcome.ts"
import type { Done, Entry } from "./entry.ts"
import { grafted } from "./history.ts"
import type { Earlier, Run } from "./run.ts"

export const settle = <Item, A, E, R>(
  run: Run<Item, A, E, R>,
  entry: Entry<Item, A, E>,
  word: Word<A, E | CallError.CallError>,
  ending: Ending
): void => {
  // Whoever settles many at a time may meet one that was halted by the one before.
  if (entry.state === "Settled") return
  const outcome = conclude(run, entry, word, ending)
  if (outcome._tag === "Succeeded" || !run.policy.stopOrderOnFailure) return run.gather.settled(entry)
  const halted = run.gather.behind(entry)
  // After the end of the run, nothing goes anyway.
  if (run.ending === undefined) run.gather.stopOrder(entry.ties?.orderKey)
  for (const other of halted) conclude(run, other, other.word, "halted")
  run.gather.settled(entry)
  for (const other of halted) run.gather.settled(other)
}

const conclude = <Item, A, E, R>(
  run: Run<Item, A, E, R>,
  entry: Entry<Item, A, E>,
  word: Word<A, E | CallError.CallError>,
  ending: Ending
): Outcome<Item, A, E | CallError.CallError> => {
  if (entry.state === "Waiting") run.stats.waiting--
  entry.state = "Settled"
  const decided = decide(entry, word, entry.maybeApplied ? run.open : run.clear, ending)
  const outcome = ending === "halted" ? because(haltedBy(run, entry), decided) : decided
  const { ties } = entry
  emit(run, outcome, entry.done)
  if (ties?.twins === undefined) return outcome
  for (const twin of ties.twins) {
    twin.state = "Settled"
    const history = grafted(outcome.history, ties.past, twin.history)
    emit(run, { ...outcome, position: twin.position, item: twin.item, history }, twin.done)
  }
  return outcome
}

/** The error that halted the item's group, or the run; what is halted for its order key has none. */
const haltedBy = <Item, A, E, R>(
  run: Run<Item, A, E, R>,
  { group }: Entry<Item, A, E>
): E | CallError.CallError | undefined => group.haltedBy ?? (run.ending === "halted" ? run.haltedBy : undefined)

/** What was not attempted because of a halt says what caused it. */
const because = <Item, A, E>(cause: E | undefined, outcome: Outcome<Item, A, E>): Outcome<Item, A, E> =>
  outcome._tag === "NotAttempted" && outcome.reason === "halted" && cause !== undefined
    ? { ...outcome, cause }
    : outcome

/** The way out of an item that never became an entry: in doubt, if an earlier run may have applied it. */
export const refuse = <Item, A, E, R>(
  run: Run<Item, A, E, R>,
  position: number,
  item: Item,
  issue: string,
  earlier: Earlier | undefined,
  done: Done<Item, A, E> | undefined
): undefined => {
  const { group, id, orderKey } = run.found
  const { name, read } = run.operation
  if (run.policy.stopOrderOnFailure) run.gather.stopOrder(orderKey)
  const target = group?.target ?? ""
  if (group !== undefined) run.gather.forget(group)
  const identity = { position, item, id, target, attempts: 0, history: earlier?.history ?? [] }
  if (earlier?.maybeApplied === true && !read) {
    const why = `an earlier run may have applied it, and it is refused now: ${issue}`
    const error = new CallError.Unanswered({ operation: name, id, why })
    emit(run, { _tag: "Unknown", ...identity, error, bound: "attempts" }, done)
  } else emit(run, { _tag: "Invalid", ...identity, issue }, done)
}

const emit = <Item, A, E, R>(
  run: Run<Item, A, E, R>,
  outcome: Outcome<Item, A, E | CallError.CallError>,
  done: Done<Item, A, E> | undefined
): void => {
  const { stats } = run
  stats.settled++
  stats.outcomes[outcome._tag]++
  run.listener.outcome(outcome, done)
}
