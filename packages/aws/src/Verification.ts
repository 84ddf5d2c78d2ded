/**
 * What became of items whose work goes on after the answer: a bulk run says which were taken, then the service is
 * looked at, again and again, until every one of them is where it should be or time is up.
 *
 * @since 0.1.0
 */
import type { CallError } from "@effect-bulk/core/CallError"
import type * as Outcome from "@effect-bulk/core/Outcome"
import type * as Report from "@effect-bulk/core/Report"
import * as Data from "effect/Data"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * An item as it was last seen: where it stands, and AWS's own word for that, if there is one.
 *
 * @category models
 * @since 0.1.0
 */
export interface Sighting<out State> {
  readonly state: State
  readonly status?: string | undefined
}

/**
 * Where items can stand at the end, whatever was asked for. `NotTaken`: the item did not get to the service, or was
 * refused; its outcome says why. `Unknown`: it was sent, and nobody could say where it stands.
 *
 * @category models
 * @since 0.1.0
 */
export type Ended<State> = State | "NotTaken" | "Unknown"

/**
 * Where one item stands at the end.
 *
 * @category models
 * @since 0.1.0
 */
export interface Verified<Item, A, E, State> extends Sighting<Ended<State>> {
  readonly id: string
  readonly outcome: Outcome.Outcome<Item, A, E | CallError>
}

/**
 * What a bulk run did, and what came of it.
 *
 * @category models
 * @since 0.1.0
 */
export interface Verification<Item, A, E, State extends string, LookError> {
  readonly report: Report.Report<Item, A, E>
  /** Where every item should be. */
  readonly goal: State
  /** One per position of the input, in its order. */
  readonly items: ReadonlyArray<Verified<Item, A, E, State>>
  readonly counts: { readonly [S in Ended<State>]?: number }
  /** How often the service was looked at. */
  readonly looks: number
  /** Why the last look failed, if it did. */
  readonly lookError?: LookError
}

/**
 * How to look, and for how long.
 *
 * @category models
 * @since 0.1.0
 */
export interface Waiting<out R = never> {
  /** The waits between looks. Default: from 1 second, doubled, to 30 seconds. */
  readonly schedule?: Schedule.Schedule<unknown, unknown, never, R> | undefined
  /** How long to wait after the run for the goal; 10 minutes unless said. */
  readonly deadline?: Duration.Input | undefined
}

// -----------------------------------------------------------------------------
// Errors
// -----------------------------------------------------------------------------

/**
 * Not every item is where it should be; the verification says which, and what is known of them.
 *
 * @category errors
 * @since 0.1.0
 */
export class NotVerified<Item, A, E, State extends string, LookError> extends Data.TaggedError("NotVerified")<{
  readonly verification: Verification<Item, A, E, State, LookError>
}> {
  override get message(): string {
    const { counts, goal, items, lookError, report } = this.verification
    const parts = Object.entries(counts).map(([state, count]) => `${String(count)} ${state}`)
    const blind = lookError instanceof Error ? `; the last look failed: ${lookError.message}` : ""
    return `${report.operation}: ${counts[goal] ?? 0} of ${items.length} items are ${goal} (${parts.join(", ")})${blind}`
  }
}

// -----------------------------------------------------------------------------
// Waiting
// -----------------------------------------------------------------------------

/**
 * Looks at every item that was taken, or may have been, until all are at the goal or in a state that will not change,
 * time is up, or `stop` says so. Never fails: what a failed look leaves open is `Unknown`, or as it was seen before.
 *
 * @category waiting
 * @since 0.1.0
 */
export const wait = Effect.fnUntraced(function* <
  Item,
  A,
  E,
  State extends string,
  LookError,
  R,
  R2 = never,
  R3 = never
>(
  report: Report.Report<Item, A, E>,
  options: {
    readonly goal: State
    /** Where items stay, apart from the goal. */
    readonly final?: ReadonlyArray<State>
    /** Looks at the items, given by id. What it does not return could not be seen. */
    readonly look: (
      pending: ReadonlyMap<string, Item>
    ) => Effect.Effect<Iterable<readonly [id: string, sighting: Sighting<State>]>, LookError, R>
    /** Would looking again fail again? */
    readonly isHopeless?: (error: LookError) => boolean
    /** When this succeeds, nothing is looked at any more. */
    readonly stop?: Effect.Effect<unknown, never, R3> | undefined
  } & Waiting<R2>
) {
  const { final = [], goal, isHopeless } = options
  const pending = new Map<string, Item>()
  for (const { _tag, id, item } of report.outcomes) {
    if (_tag === "Succeeded" || _tag === "Unknown") pending.set(id, item)
  }
  const seen = new Map<string, Sighting<State>>()
  let looks = 0
  let lookError: { readonly error: LookError } | undefined
  const look = Effect.suspend(() => {
    looks++
    return options.look(pending)
  }).pipe(
    Effect.match({
      onFailure: (error) => {
        lookError = { error }
        return isHopeless?.(error) !== true
      },
      onSuccess: (sightings) => {
        lookError = undefined
        for (const [id, sighting] of sightings) {
          seen.set(id, sighting)
          if (sighting.state === goal || final.includes(sighting.state)) pending.delete(id)
        }
        return pending.size > 0
      }
    })
  )
  if (pending.size > 0) {
    yield* look.pipe(
      Effect.repeat({ schedule: options.schedule ?? patience, while: (again) => again }),
      Effect.raceFirst(options.stop ?? Effect.never),
      Effect.timeoutOption(options.deadline ?? "10 minutes")
    )
  }
  const counts: { [S in Ended<State>]?: number } = {}
  const items = report.outcomes.map((outcome): Verified<Item, A, E, State> => {
    const taken = outcome._tag === "Succeeded" || outcome._tag === "Unknown"
    const sighting: Sighting<Ended<State>> = taken
      ? (seen.get(outcome.id) ?? { state: "Unknown" })
      : { state: "NotTaken" }
    counts[sighting.state] = (counts[sighting.state] ?? 0) + 1
    return { id: outcome.id, outcome, ...sighting }
  })
  return { report, goal, items, counts, looks, ...(lookError && { lookError: lookError.error }) }
})

const patience = Schedule.min([Schedule.exponential("1 second"), Schedule.spaced("30 seconds")])

/**
 * The verification, or `NotVerified` unless every item is at the goal and the source was read to its end.
 *
 * @category waiting
 * @since 0.1.0
 */
export const orFail = <Item, A, E, State extends string, LookError>(
  verification: Verification<Item, A, E, State, LookError>
): Effect.Effect<Verification<Item, A, E, State, LookError>, NotVerified<Item, A, E, State, LookError>> =>
  verification.report.source._tag === "Ended" &&
  (verification.counts[verification.goal] ?? 0) === verification.items.length
    ? Effect.succeed(verification)
    : Effect.fail(new NotVerified({ verification }))
