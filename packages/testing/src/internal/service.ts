/**
 * The simulated service: does with each call what the script says, knows what was applied in truth, and what each
 * answer means for each item by the rules of the operation's kind of answer.
 */
import type { Reading } from "@effect-bulk/core/Answer"
import type { BatchOperation } from "@effect-bulk/core/BatchOperation"
import * as Effect from "effect/Effect"
import { answers, type Reaction, type Script } from "../Script.ts"
import { type Fake, failureOf, type FateName, type Quirk, type Result, type Says } from "../Subject.ts"
import type { Meaning, Returned } from "../Trace.ts"
import type { Recorder } from "./recorder.ts"
import type { VirtualTime } from "./virtualTime.ts"

/** A call as the service sees it. */
interface Exchange<Item> {
  readonly number: number
  readonly group: unknown
  readonly items: ReadonlyArray<Item>
  readonly positions: ReadonlyArray<number>
  readonly reaction: Reaction
}

export class Service<Item, A, E> {
  /** Calls that cannot be cut off and are running. */
  deaf = 0
  private readonly script: Script<Item, A, E>
  private readonly operation: BatchOperation<Item, A, E>
  private readonly recorder: Recorder<Item, A, E>
  private readonly time: VirtualTime
  /** The first line with that item: the lines of items that are objects are told apart by it. */
  private readonly lineOfItem = new Map<unknown, number>()
  private readonly answers = new Map<number, number>()
  private readonly running = new Set<number>()
  private readonly over = new Set<number>()
  private calls = 0

  constructor(
    script: Script<Item, A, E>,
    operation: BatchOperation<Item, A, E>,
    recorder: Recorder<Item, A, E>,
    time: VirtualTime
  ) {
    this.script = script
    this.operation = operation
    this.recorder = recorder
    this.time = time
    script.lines.forEach(({ item }, line) => {
      if (!this.lineOfItem.has(item)) this.lineOfItem.set(item, line)
    })
  }

  readonly call = (group: unknown, items: ReadonlyArray<Item>): Effect.Effect<unknown, E> => {
    const positions = items.map((item) => this.find(item))
    if (this.reactionTo(this.calls + 1, positions).does === "thrown") {
      this.returned(this.received(group, items, positions), { _tag: "Died" })
      throw new Error("the function that makes the call throws")
    }
    // Each time that the effect is run is a request on the wire.
    return Effect.suspend(() => {
      const exchange = this.received(group, items, positions)
      const { does, latency } = exchange.reaction
      const react = Effect.suspend(() => this.react(exchange))
      return Effect.onInterrupt(
        does === "deaf"
          ? this.deafly(react, latency + exchange.number / 1024)
          : latency === 0
            ? react
            : Effect.andThen(Effect.sleep(latency), react),
        () => Effect.sync(() => this.returned(exchange, { _tag: "Cut" }))
      )
    })
  }

  private received(group: unknown, items: ReadonlyArray<Item>, positions: ReadonlyArray<number>): Exchange<Item> {
    const number = ++this.calls
    const exchange = { number, group, items, positions, reaction: this.reactionTo(number, positions) }
    this.recorder.record({ _tag: "Call", ...exchange })
    for (const position of positions) this.running.add(position)
    return exchange
  }

  /** Cannot be cut off. No other event falls on its return: whether it was in time is not a matter of taste. */
  private deafly(react: Effect.Effect<unknown, E>, latency: number): Effect.Effect<unknown, E> {
    return Effect.uninterruptible(
      Effect.suspend(() => {
        this.deaf++
        return Effect.andThen(
          Effect.sleep(latency),
          Effect.suspend(() => {
            this.deaf--
            return react
          })
        )
      })
    )
  }

  private react(exchange: Exchange<Item>): Effect.Effect<unknown, E> {
    const { does } = exchange.reaction
    switch (does) {
      case "answer":
      case "deaf":
        return this.answer(exchange)
      case "unreadable":
        this.answer(exchange)
        return Effect.succeed(unreadable)
      case "hang":
        this.apply(exchange)
        return Effect.never
      case "defect":
        this.returned(exchange, { _tag: "Died" })
        return Effect.die(new Error("the call dies"))
      case "interrupts":
        this.returned(exchange, { _tag: "Interrupted" })
        return Effect.interrupt
      case "unfated":
        this.returned(exchange, { _tag: "Died" })
        // The fate of this one is never asked of the operation.
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion
        return Effect.fail(unfated as E)
      case "thrown":
        return Effect.never
      default:
        return this.fail(exchange, does)
    }
  }

  private fail(exchange: Exchange<Item>, name: FateName): Effect.Effect<unknown, E> {
    const { number, reaction } = exchange
    // Only the fates that the fake has errors for are in a script.
    const error = failureOf(this.script.subject.fake, name, { hint: reaction.hint, number })!
    this.returned(exchange, { _tag: "Failed", fate: this.operation.fate(error), error })
    return Effect.fail(error)
  }

  private answer(exchange: Exchange<Item>): Effect.Effect<unknown> {
    const { group, items, number, positions, reaction } = exchange
    const { quirk } = reaction
    const results = items.map((item, index) => ({ item, says: this.says(positions[index]!) }))
    const response = this.script.subject.fake.answer(results, { group, number, quirk })
    const reading = this.script.subject.operation.answer(items, response)
    const readable = reaction.does !== "unreadable"
    const meanings = meaningsOf(reading, results, quirk, this.script.subject.fake.tags)
    results.forEach(({ says }, index) => {
      const position = positions[index]!
      // Where it says nothing, nobody knows; in truth it is one thing or the other.
      const isOpen = says === "silent" && meanings[index]?.verdict === "Unanswered"
      if (says === "ok" || says === "twice" || (isOpen && position % 2 === 0)) this.applied(position)
    })
    this.returned(exchange, { _tag: "Answered", readable, meanings })
    return Effect.succeed(response)
  }

  private returned(exchange: Exchange<Item>, returned: Returned): void {
    const { number, positions } = exchange
    if (this.over.has(number)) return
    this.over.add(number)
    for (const position of positions) this.running.delete(position)
    if (returned._tag === "Died" || returned._tag === "Interrupted") this.apply(exchange)
    if (returned._tag === "Failed" && returned.fate.applied === "maybe") this.apply(exchange)
    this.recorder.record({ _tag: "Return", number, returned })
  }

  /** A call without an answer was applied, or was not. */
  private apply({ positions, reaction }: Exchange<Item>): void {
    positions.forEach((position, index) => {
      if (reaction.applied === "all" || (reaction.applied === "some" && index % 2 === 0)) this.applied(position)
    })
  }

  private applied(position: number): void {
    this.recorder.applied[position] = (this.recorder.applied[position] ?? 0) + 1
  }

  private says(position: number): Says {
    const delivered = this.answers.get(position) ?? 0
    this.answers.set(position, delivered + 1)
    return this.lineAt(position)?.says[delivered] ?? "ok"
  }

  private reactionTo(number: number, positions: ReadonlyArray<number>): Reaction {
    const { calls, events } = this.script
    const { brownout } = events
    const reaction = calls[number - 1] ?? answers
    if (positions.some((position) => this.lineAt(position)?.poison)) return { ...reaction, does: "rejected" }
    const isBrown =
      brownout !== undefined && this.time.now >= brownout.from && this.time.now < brownout.from + brownout.for
    return isBrown ? { ...reaction, does: "throttled" } : reaction
  }

  private lineAt(position: number) {
    return this.script.lines[this.recorder.lineOf[position] ?? -1]
  }

  /** Which position an item is of: that of the same object, or of the first equal text that may be sent. */
  private find(item: Item): number {
    const { lineOf, settled } = this.recorder
    const { lines } = this.script
    const first = this.lineOfItem.get(item)
    if (typeof item === "object" && item !== null) return first === undefined ? -1 : lineOf.indexOf(first)
    const waits = (line: number, position: number) =>
      Object.is(lines[line]?.item, item) && !settled.has(position) && !this.running.has(position)
    const found = lineOf.findIndex(waits)
    return found >= 0 ? found : lineOf.findIndex((line) => Object.is(lines[line]?.item, item))
  }
}

/** An answer that the operation cannot read, and an error that has no fate. */
export const unreadable = Symbol.for("@effect-bulk/testing/unreadable")
export const unfated = Symbol.for("@effect-bulk/testing/unfated")

/**
 * What an answer means for each item: the rules of the four kinds of answers, written down apart from the engine. Of
 * the operation's reading, only the kind is used.
 */
const meaningsOf = <Item>(
  reading: Reading<Item, unknown, unknown>,
  results: ReadonlyArray<Result<Item>>,
  quirk: Quirk | undefined,
  tags: Fake<never, unknown>["tags"]
): ReadonlyArray<Meaning> => {
  if (reading._tag === "Ordered") {
    return results.map(({ says }) => (quirk === "miscounted" ? means("silent") : means(says)))
  }
  const isStray = quirk === "nameless" || quirk === "foreign"
  switch (reading.silence) {
    case "succeeded":
      return results.map(({ says }) => (says === "ok" && isStray ? means("silent") : means(says)))
    case "unanswered":
      return results.map(({ says }) => means(says))
    case "failed": {
      const missing = results.filter(({ says }) => says !== "ok" && says !== "twice").length
      const errors = results.filter(
        ({ says }) => says === "busy" || says === "slow" || says === "no" || says === "gone"
      )
      if (isStray) errors.push({ ...results[0]!, says: "no" })
      const passing = errors.filter(({ says }) => says === "busy" || says === "slow")
      // One that may pass speaks for all; of several, the one whose name comes first.
      const [cause] = (passing.length > 0 ? passing : errors).toSorted((a, b) =>
        (tags?.[a.says] ?? "") < (tags?.[b.says] ?? "") ? -1 : 1
      )
      const throttled = passing.some(({ says }) => says === "slow")
      const areGone = errors.filter(({ says }) => says === "gone").length
      const gone = areGone > 0 && (areGone === errors.length || "maybe")
      return results.map(({ says }) => {
        if (says === "ok" || says === "twice") return means("ok")
        // The success of nobody may be that of any.
        if (cause === undefined || quirk === "namelessSuccess") return means("silent")
        if (missing === 1 && errors.length === 1) return means(cause.says)
        return { ...means(cause.says), throttled, gone, uncertain: true }
      })
    }
  }
}

const means = (says: Says): Meaning => ({
  says,
  verdict:
    says === "ok"
      ? "Succeeded"
      : says === "busy" || says === "slow"
        ? "Retryable"
        : says === "no" || says === "gone"
          ? "Terminal"
          : "Unanswered",
  gone: says === "gone",
  throttled: says === "slow",
  uncertain: false
})
