/**
 * One position of the input on its way through the engine. Plain and small: there is one entry per item in the
 * window, and nothing else is made per item but its verdict and its outcome.
 */
import * as Effect from "effect/Effect"
import * as Effectable from "effect/Effectable"
import type * as Tracer from "effect/Tracer"
import type { ItemError } from "../Bulk.ts"
import type { CallError } from "../CallError.ts"
import type { Attempt, Word } from "../Outcome.ts"
import type { Group } from "./gather.ts"
import { hashOf } from "./ids.ts"

/** Where an entry is. A twin, and one that waits for another to settle first, is queued. */
export type State = "Queued" | "Waiting" | "InFlight" | "Settled"

/** Resumes a caller who waits for one item alone. */
export type Done<Item, A, E> = (reply: Effect.Effect<A, ItemError<Item, E>>) => void

/** What few entries have. */
export interface Ties<Item, A, E> {
  /** The span of the caller who waits for this item alone. */
  caller?: Tracer.AnySpan
  /** Nobody waits for its outcome any more: it is not sent again. */
  abandoned?: boolean
  orderKey?: string
  /** The equal one that is sent for it. */
  holder?: Entry<Item, A, E>
  /** Of an item that is run again: the history that it came with. */
  past?: ReadonlyArray<Attempt>
  /** Equal items, which get the same outcome, each with a history of its own. */
  twins?: Array<Entry<Item, A, E>>
  /** The next item with the same id and another payload, and on the first of them the last. */
  nextOfId?: Entry<Item, A, E> | undefined
  lastOfId?: Entry<Item, A, E> | undefined
}

/** As an effect, an entry is left by its caller: with many callers, an effect for each would be felt. */
export class Entry<Item, A, E> extends Effectable.Class<void> {
  readonly position: number
  readonly item: Item
  readonly id: string
  readonly hash: number
  readonly group: Group<Item, A, E>
  readonly size: number
  /** Since when it is in the window, in whole milliseconds of the run. */
  readonly since: number
  attempts = 0
  /** Calls that carried it, for the growth of the backoff. */
  tries = 0
  history: ReadonlyArray<Attempt> = noHistory
  word: Word<A, E | CallError> = never
  state: State = "Queued"
  /** Some call may have applied it, and nothing conclusive came since. */
  maybeApplied = false
  /** What its coming call retries, if it is a retry. */
  retries: "throttle" | "failure" | undefined = undefined
  ties: Ties<Item, A, E> | undefined
  readonly done: Done<Item, A, E> | undefined

  constructor(
    position: number,
    item: Item,
    id: string,
    group: Group<Item, A, E>,
    size: number,
    since: number,
    ties: Ties<Item, A, E> | undefined,
    done: Done<Item, A, E> | undefined
  ) {
    super()
    this.position = position
    this.item = item
    this.id = id
    this.hash = hashOf(id)
    this.group = group
    this.size = size
    this.since = since
    this.ties = ties
    this.done = done
  }

  asEffect(): Effect.Effect<void> {
    return Effect.sync(() => this.group.leave(this))
  }

  get target(): string {
    return this.group.target
  }

  /** The ties, made when the first is needed. */
  tied(): Ties<Item, A, E> {
    return (this.ties ??= {})
  }
}

const noHistory: ReadonlyArray<Attempt> = []
const never: Word<never, never> = { _tag: "None" }
