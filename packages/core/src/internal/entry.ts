/**
 * One position of the input on its way through the engine, and the batches it travels in. Plain mutable objects:
 * there is one entry per item in the window, and nothing else is made per item but its outcome.
 */
import type * as Tracer from "effect/Tracer"
import type { Attempt, Identity, Outcome, Word } from "../Outcome.ts"
import type { Group } from "./gather.ts"

/** Where an entry is. A twin, and one that waits for another to settle first, is queued. */
export type State = "Queued" | "Waiting" | "InFlight" | "Settled"

export class Entry<Item, A, E> implements Identity<Item> {
  readonly position: number
  readonly item: Item
  readonly id: string
  readonly target: string
  readonly group: Group<Item, A, E>
  readonly size: number
  /** Since when it could be sent (linger counts from here). */
  readonly since: number
  readonly deadline: number
  readonly done: ((outcome: Outcome<Item, A, E>) => void) | undefined
  attempts = 0
  history: ReadonlyArray<Attempt> = noHistory
  /** Calls that carried it, for the growth of the backoff. */
  tries = 0
  /** Some call may have applied it, and nothing conclusive came since. */
  maybeApplied = false
  word: Word<A, E> = never
  state: State = "Queued"
  /** What its coming call retries, if it is a retry. */
  retries: "throttle" | "failure" | undefined = undefined
  /** Nobody waits for its outcome any more: it is not sent again. */
  abandoned = false
  /** Equal items that get the same outcome. */
  twins: Array<Entry<Item, A, E>> | undefined = undefined
  /** The next item with the same id and another payload, and the last of them. */
  nextOfId: Entry<Item, A, E> | undefined = undefined
  lastOfId: Entry<Item, A, E> | undefined = undefined
  readonly orderKey: string | undefined
  /** The span of the caller who waits for it alone. */
  readonly caller: Tracer.AnySpan | undefined

  constructor(
    position: number,
    item: Item,
    id: string,
    group: Group<Item, A, E>,
    size: number,
    orderKey: string | undefined,
    since: number,
    deadline: number,
    done: ((outcome: Outcome<Item, A, E>) => void) | undefined,
    caller: Tracer.AnySpan | undefined
  ) {
    this.position = position
    this.item = item
    this.id = id
    this.target = group.target
    this.group = group
    this.size = size
    this.orderKey = orderKey
    this.since = since
    this.deadline = deadline
    this.done = done
    this.caller = caller
  }
}

const noHistory: ReadonlyArray<Attempt> = []
const never: Word<never, never> = { _tag: "None" }
