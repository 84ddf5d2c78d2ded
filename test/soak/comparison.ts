/**
 * Holds the report of a run against what the emulator received and what it has, item by item. Nothing is taken from the
 * run itself but how many items it took, how many calls it made, and whether it was stopped.
 */
import { Report } from "@effect-bulk/core"
import { Effect, Result, Stream } from "effect"
import { faults, isAnswered, isHandled, positionOf, readSetAt, type Scenario, troubleOf } from "./scenario.ts"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/** Something that must hold of each one that is looked at, and the first of those of which it does not. */
export interface Check {
  readonly name: string
  readonly seen: number
  readonly wrong: number
  readonly first: ReadonlyArray<string>
}

/** Lines of the report that say the same. */
interface Row {
  readonly outcome: Report.Line["outcome"]
  /** Its evidence, or why not. */
  readonly why: string
  readonly count: number
}

export interface Compared {
  readonly checks: ReadonlyArray<Check>
  readonly rows: ReadonlyArray<Row>
  /** Calls received by their fault, which is `none` for those that went well. */
  readonly calls: ReadonlyMap<string, number>
  /** How many of the read sets that came out `Unknown` are gone. */
  readonly unknownGone: number
}

/** What the run says of itself. */
export interface Told {
  /** Items taken from the source. */
  readonly taken: number
  readonly calls: number
  readonly stopped: boolean
}

/** What there is to compare, each as NDJSON. */
export interface Texts<E, R, E2, R2> {
  readonly report: Stream.Stream<string, E, R>
  /** What the emulator received. */
  readonly calls: Stream.Stream<string, E2, R2>
  /** What it has. */
  readonly state: Stream.Stream<string, E2, R2>
}

interface ReceivedCall {
  readonly operation: string
  readonly call: number
  readonly input?: { readonly sequenceStoreId: string }
  readonly items: ReadonlyArray<string>
}

interface ReadSetState {
  readonly sequenceStoreId: string
  readonly id: string
  readonly status: string
  readonly named: number
  readonly deleted: number
}

// -----------------------------------------------------------------------------
// Comparing
// -----------------------------------------------------------------------------

/** Reads all three, one after the other. There are some bytes for each item, and no objects. */
export const compare = Effect.fnUntraced(function* <E, R, E2, R2>(
  scenario: Scenario,
  told: Told,
  texts: Texts<E, R, E2, R2>
) {
  const ledger = new Ledger(scenario, told)
  yield* forEachLine(texts.report, (text) => ledger.reported(text))
  yield* forEachLine(texts.calls, (text) => ledger.received(JSON.parse(text)))
  yield* forEachLine(texts.state, (text) => ledger.found(JSON.parse(text)))
  return ledger.close()
})

class Ledger {
  private readonly scenario: Scenario
  private readonly told: Told
  private readonly faults: ReturnType<typeof faults>

  // By position. What the report says: the number of a row, or 0, and how often the item was sent.
  private readonly row: Uint8Array
  private readonly attempts: Uint8Array
  // Calls that named it, without throttled ones; those of them that came to their work; whether one was not answered;
  // whether one was answered with its success or its refusal.
  private readonly sent: Uint8Array
  private readonly handled: Uint8Array
  private readonly lost: Uint8Array
  private readonly concluded: Uint8Array

  private readonly rows: Array<{ -readonly [K in keyof Row]: Row[K] }> = [
    { outcome: "NotAttempted", why: "no line", count: 0 }
  ]
  private readonly rowNumbers = new Map<string, number>()
  private readonly calls = new Map<string, number>()
  private callCount = 0
  private unknownGone = 0

  private readonly allTaken = new Tally("the run took every item")
  private readonly oneLine = new Tally("every item taken has one line in the report")
  private readonly ownLine = new Tally("every line is about the item at its position")
  private readonly oneRequest = new Tally("every call of the run is one request")
  private readonly goodCall = new Tally("every request names 1 to 100 read sets of one store, none twice")
  private readonly notAgain = new Tally("nothing is sent after the answer that settled it")
  private readonly inState = new Tally("every read set is looked at once")
  private readonly isGone = new Tally("what is reported deleted is gone")
  private readonly isThere = new Tally("what is reported failed, not attempted or not at all is there")
  private readonly sentAsSaid = new Tally("every item was sent as often as reported, and deleted at most as often")
  private readonly hasCause = new Tally(
    "Failed was refused; Unknown and InferredGone missed an answer, Exhausted did not"
  )

  constructor(scenario: Scenario, told: Told) {
    this.scenario = scenario
    this.told = told
    this.faults = faults(scenario)
    const perItem = () => new Uint8Array(scenario.items)
    this.row = perItem()
    this.attempts = perItem()
    this.sent = perItem()
    this.handled = perItem()
    this.lost = perItem()
    this.concluded = perItem()
  }

  /** A line of the report. */
  reported(text: string): void {
    const decoded = Report.decodeLine(text)
    if (Result.isFailure(decoded)) return this.oneLine.see(false, () => `no line of a report: ${text}`)
    const { attempts, id, outcome, position, target } = decoded.success
    if (position >= this.told.taken) return this.oneLine.see(false, () => `nothing was taken at this position: ${text}`)
    if (this.row[position] !== 0) return this.oneLine.see(false, () => `position ${position} has another line: ${text}`)
    this.row[position] = this.rowOf(outcome, decoded.success.evidence ?? decoded.success.reason ?? "")
    this.attempts[position] = attempts
    const item = readSetAt(position)
    this.ownLine.see(id === item.id && target === item.sequenceStoreId, () => `${JSON.stringify(item)}: ${text}`)
  }

  /** A call that reached the emulator. */
  received({ call, input, items, operation }: ReceivedCall): void {
    this.callCount++
    const fault = this.faults.next(operation, call)
    const kind = fault?._tag ?? "none"
    this.calls.set(kind, (this.calls.get(kind) ?? 0) + 1)
    const positions = items.map((id) => positionOf(this.scenario, input?.sequenceStoreId ?? "", id))
    const known = !positions.some(Number.isNaN)
    this.goodCall.see(
      known && items.length >= 1 && items.length <= 100 && new Set(items).size === items.length,
      () => `call ${call} of ${operation} to ${input?.sequenceStoreId}: ${items.length} items, ${items.join(" ")}`
    )
    for (const position of positions) {
      const again = this.concluded[position] === 1
      this.notAgain.see(!again, () => `call ${call} (${kind}) sends it again: ${this.describe(position)}`)
      if (kind === "Throttle") continue
      this.sent[position]!++
      if (isHandled(fault)) this.handled[position]!++
      if (!isAnswered(fault)) this.lost[position] = 1
      else if (this.isConclusive(position)) this.concluded[position] = 1
    }
  }

  /** A read set as it is after the run. */
  found(readSet: ReadSetState): void {
    const { deleted, id, named, sequenceStoreId, status } = readSet
    const position = positionOf(this.scenario, sequenceStoreId, id)
    const offender = () => `${this.describe(position)}; is ${status}, was named ${named} and deleted ${deleted} times`
    this.inState.see(!Number.isNaN(position), offender)
    const row = this.rows[this.row[position] ?? 0]!
    const gone = status !== "ACTIVE"
    const lost = this.lost[position] === 1
    if (row.outcome === "Succeeded") this.isGone.see(gone && deleted > 0, offender)
    else if (row.outcome !== "Unknown") this.isThere.see(!gone && deleted === 0, offender)
    else if (gone) this.unknownGone++
    const { attempts, handled, sent } = this
    this.sentAsSaid.see(
      sent[position] === attempts[position] && named === handled[position] && deleted <= named,
      offender
    )
    if (row.outcome === "Failed") this.hasCause.see(troubleOf(this.scenario, id) === "refused", offender)
    else if (row.outcome === "Exhausted") this.hasCause.see(!lost, offender)
    else if (row.outcome === "Unknown" || row.why === "InferredGone") this.hasCause.see(lost, offender)
  }

  close(): Compared {
    const { calls, stopped, taken } = this.told
    const { items } = this.scenario
    if (!stopped) this.allTaken.seeAll(items, items - taken)
    let missing = 0
    for (let position = 0; position < taken; position++) {
      const there = this.row[position] !== 0
      if (!there) missing++
      this.oneLine.see(there, () => `no line: ${this.describe(position)}`)
    }
    this.oneRequest.seeAll(calls, Math.abs(calls - this.callCount))
    if (this.inState.seen !== items) this.inState.seeAll(0, Math.abs(items - this.inState.seen))
    return {
      checks: [
        ...(stopped ? [] : [this.allTaken]),
        this.oneLine,
        this.ownLine,
        this.inState,
        this.isGone,
        this.isThere,
        this.notAgain,
        this.sentAsSaid,
        this.oneRequest,
        this.goodCall,
        this.hasCause
      ],
      rows: this.rows.slice(1).toSorted((a, b) => b.count - a.count),
      calls: this.calls,
      unknownGone: this.unknownGone
    }
  }

  /** Did the answer that just came settle the item? */
  private isConclusive(position: number): boolean {
    const trouble = troubleOf(this.scenario, readSetAt(position).id)
    return trouble === undefined || trouble === "refused" || (trouble === "shaky" && this.handled[position]! > 1)
  }

  private rowOf(outcome: Row["outcome"], why: string): number {
    const key = `${outcome} ${why}`
    let number = this.rowNumbers.get(key)
    if (number === undefined) {
      number = this.rows.push({ outcome, why, count: 0 }) - 1
      this.rowNumbers.set(key, number)
    }
    this.rows[number]!.count++
    return number
  }

  private describe(position: number): string {
    if (Number.isNaN(position)) return "none of the read sets"
    const { id, sequenceStoreId } = readSetAt(position)
    const { outcome, why } = this.rows[this.row[position] ?? 0]!
    const times = `attempts ${this.attempts[position]}, sent ${this.sent[position]}, handled ${this.handled[position]}`
    return `position ${position}, ${id} of ${sequenceStoreId}: ${outcome} (${why}), ${times}`
  }
}

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

const shown = 5

/** A check in the making. */
class Tally implements Check {
  readonly name: string
  readonly first: Array<string> = []
  seen = 0
  wrong = 0

  constructor(name: string) {
    this.name = name
  }

  see(holds: boolean, offender: () => string): void {
    this.seen++
    if (holds) return
    this.wrong++
    if (this.first.length < shown) this.first.push(offender())
  }

  /** Where there is only a number to compare. */
  seeAll(seen: number, wrong: number): void {
    this.seen += seen
    this.wrong += wrong
  }
}

const forEachLine = <E, R>(text: Stream.Stream<string, E, R>, f: (line: string) => void): Effect.Effect<void, E, R> =>
  Stream.runForEachArray(Stream.splitLines(text), (lines) => Effect.sync(() => lines.forEach(f)))
