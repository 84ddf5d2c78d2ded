import {
  Answer,
  BatchOperation,
  BatchPolicy,
  Bulk,
  DeadLetter,
  Fate,
  type Outcome,
  Report,
  Verdict
} from "@effect-bulk/core"
import { Omics } from "@effect-bulk/omics"
import { ReportFile } from "@effect-bulk/terminal"
import { NodeFileSystem } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, FileSystem, Schema, Stream } from "effect"
import { TestClock } from "effect/testing"
import fc from "fast-check"
import { fileURLToPath } from "node:url"
import { start } from "./program.ts"

// -----------------------------------------------------------------------------
// An operation by script
// -----------------------------------------------------------------------------

const Item = Schema.Struct({ id: Schema.String, note: Schema.String })
type Item = typeof Item.Type

/** What an answer says of an item, and what becomes of a call. `reset`: the work may be done, no answer comes. */
type Word = "done" | "busy" | "refused"
type Course = "answer" | "throttled" | "reset" | "denied"

interface Script {
  /** Of each item, at each of its calls; `done` after the last. */
  readonly words: ReadonlyArray<ReadonlyArray<Word>>
  /** Of each call; `answer` after the last. */
  readonly courses: ReadonlyArray<Course>
  readonly idempotent: boolean
}

const itemsOf = ({ words }: Script): ReadonlyArray<Item> => words.map((_, i) => ({ id: `i${i}`, note: `note ${i}` }))

interface Refused {
  readonly _tag: "Refused"
  readonly course: Exclude<Course, "answer">
}

/** The operation, the ids of each call, those that it said are done, and those that it may have done and not said so. */
const scripted = ({ courses, idempotent, words }: Script) => {
  const calls: Array<ReadonlyArray<string>> = []
  const done = new Set<string>()
  const open = new Set<string>()
  const said = new Map<string, number>()
  const operation = BatchOperation.make({
    name: "Test.Scripted",
    limits: { maxItems: 3 },
    id: (item: Item) => item.id,
    idempotent,
    quota: { rate: { count: 1000, per: "1 second", burst: 1000 } },
    call: (_group, items) =>
      Effect.suspend((): Effect.Effect<ReadonlyArray<Word>, Refused> => {
        const course = courses[calls.length] ?? "answer"
        calls.push(items.map(({ id }) => id))
        if (course === "reset") for (const { id } of items) open.add(id)
        if (course !== "answer") return Effect.fail({ _tag: "Refused", course })
        return Effect.succeed(
          items.map(({ id }) => {
            const at = said.get(id) ?? 0
            said.set(id, at + 1)
            const word = words[Number(id.slice(1))]?.[at] ?? "done"
            if (word !== "busy") open.delete(id)
            if (word === "done") done.add(id)
            return word
          })
        )
      }),
    answer: Answer.ordered({
      results: (response: ReadonlyArray<Word>) => response,
      verdict: (word): Verdict.Verdict<string, string> =>
        word === "done"
          ? Verdict.confirmed("value")
          : word === "busy"
            ? Verdict.retryable("Busy")
            : Verdict.terminal("InUse")
    }),
    fate: ({ course }: Refused) =>
      course === "throttled" ? Fate.throttled() : course === "reset" ? Fate.transient("maybe") : Fate.fatal()
  })
  return { operation, calls, done, open }
}

const policy: BatchPolicy.Input = { concurrency: 1, maxAttempts: 2, backoff: BatchPolicy.constant(0) }

/** Lets time go by until an effect ends. */
const settled = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const fiber = yield* Effect.forkChild(effect)
    for (let step = 0; step < 1_000 && fiber.pollUnsafe() === undefined; step++) yield* TestClock.adjust("1 second")
    assert.isDefined(fiber.pollUnsafe(), "did not end")
    return yield* Fiber.join(fiber)
  })

const ndjson = (outcomes: ReadonlyArray<Outcome.Outcome<Item, string, unknown>>) =>
  outcomes.map(Report.encodeLine).join("")

const lettersOf = <A, E>(
  operation: BatchOperation.BatchOperation<Item, A, E>,
  items: ReadonlyArray<Item>,
  text: string
) => Effect.flatMap(DeadLetter.readLines(Stream.make(text)), (lines) => DeadLetter.fromLines(operation, items, lines))

const script = (idempotent: boolean): fc.Arbitrary<Script> =>
  fc.record({
    words: fc.array(fc.array(fc.constantFrom<Word>("done", "busy", "refused"), { maxLength: 3 }), {
      minLength: 1,
      maxLength: 9
    }),
    courses: fc.array(fc.constantFrom<Course>("answer", "answer", "throttled", "reset", "denied"), { maxLength: 6 }),
    idempotent: fc.constant(idempotent)
  })

const property = <T>(
  arbitrary: fc.Arbitrary<T>,
  check: (value: T) => Effect.Effect<void, DeadLetter.ReportCorrupt | DeadLetter.ReportMismatch>
) =>
  Effect.promise(() =>
    fc.assert(
      fc.asyncProperty(arbitrary, (value) =>
        Effect.runPromise(check(value).pipe(Effect.scoped, Effect.provide(TestClock.layer())))
      ),
      { numRuns: 200 }
    )
  )

const sorted = (texts: Iterable<string>) => [...texts].toSorted()

describe("redrive", () => {
  it.live("does not send again what may have been applied, when that is not idempotent: it comes out Unknown", () =>
    property(script(false), (script) =>
      Effect.gen(function* () {
        const items = itemsOf(script)
        const first = scripted(script)
        const before = yield* settled(Bulk.run(first.operation, items, { policy }))
        // Of the last position, no line was written.
        const text = ndjson(before.outcomes.slice(0, -1))
        const letters = yield* lettersOf(first.operation, items, text)

        const second = scripted({ ...script, words: [], courses: [] })
        const report = yield* settled(Bulk.redrive(second.operation, letters, { policy }))
        const inDoubt = letters.filter(({ id, outcome }) => outcome === "Missing" || first.open.has(id))
        const others = letters.filter((letter) => !inDoubt.includes(letter))
        assert.deepStrictEqual(sorted(second.calls.flat()), sorted(others.map(({ id }) => id)))
        assert.deepStrictEqual(
          report.outcomes.filter(({ _tag }) => _tag === "Unknown").map(({ id }) => id),
          inDoubt.map(({ id }) => id)
        )
        assert.deepStrictEqual(report.counts, {
          ...Report.noCounts,
          Succeeded: others.length,
          Unknown: inDoubt.length
        })
      })
    )
  )

  it.effect("keeps in doubt what may have been applied, when it ends before it sends", () =>
    Effect.gen(function* () {
      const script: Script = { words: [[], [], []], courses: [], idempotent: true }
      const { operation } = scripted(script)
      const items = itemsOf(script)
      const letters = yield* lettersOf(operation, items, ndjson([]))
      const stopped = yield* settled(Bulk.redrive(operation, letters, { policy, stop: Effect.void }))
      assert.deepStrictEqual(
        stopped.outcomes.map((outcome) => outcome._tag === "Unknown" && outcome.bound),
        ["stopped", "stopped", "stopped"]
      )
      // So that what is gone now counts as removed, also after a second stop.
      assert.deepStrictEqual(
        DeadLetter.fromReport(stopped).map(({ outcome }) => outcome),
        ["Unknown", "Unknown", "Unknown"]
      )
    })
  )

  const remove = BatchOperation.make({
    name: "Test.Remove",
    limits: { maxItems: 9 },
    id: (item: Item) => item.id,
    idempotent: true,
    quota: { rate: { count: 1000, per: "1 second", burst: 1000 } },
    call: (_group, items) => Effect.succeed(items.map(({ id }) => id)),
    answer: Answer.failuresById({
      failures: (ids: ReadonlyArray<string>) => ids,
      id: (id) => id,
      verdict: (): Verdict.Failure<string, string> => Verdict.gone("NotThere", "removed"),
      silent: () => Verdict.confirmed("removed")
    }),
    fate: () => Fate.fatal()
  })
  const letter = (position: number, outcome: DeadLetter.DeadLetter<Item>["outcome"], applied?: "no" | "maybe") => ({
    position,
    id: "a",
    item: { id: "a", note: "" },
    outcome,
    reason: "",
    history: applied === undefined ? [] : [{ call: position, at: 0, word: "Transient" as const, applied }]
  })
  const evidenceOf = ({ outcomes }: Report.Report<Item, string, unknown>) =>
    outcomes.map((outcome) => (outcome._tag === "Succeeded" ? outcome.evidence : outcome._tag))

  it.effect("takes what is gone for removed, if an earlier run may have removed it", () =>
    Effect.gen(function* () {
      const named = (letter: DeadLetter.DeadLetter<Item>) => {
        const id = String(letter.position)
        return { ...letter, id, item: { ...letter.item, id } }
      }
      const letters = [
        letter(0, "Missing"),
        letter(3, "Unknown", "maybe"),
        letter(4, "Exhausted", "no"),
        letter(8, "NotAttempted")
      ]
      const report = yield* settled(Bulk.redrive(remove, letters.map(named)))
      assert.deepStrictEqual(evidenceOf(report), ["InferredGone", "InferredGone", "Failed", "Failed"])
      assert.deepStrictEqual(
        report.outcomes.map(({ position }) => position),
        [0, 3, 4, 8]
      )
    })
  )

  it.effect("keeps the history of each of equal items, and forgets for none what one of them left open", () =>
    Effect.gen(function* () {
      const letters = [letter(1, "NotAttempted"), letter(2, "Unknown", "maybe"), letter(5, "Exhausted", "no")]
      const report = yield* settled(Bulk.redrive(remove, letters))
      assert.strictEqual(report.calls, 1)
      assert.deepStrictEqual(evidenceOf(report), ["InferredGone", "InferredGone", "InferredGone"])
      const histories = report.outcomes.map(({ history }) => history.map(({ word }) => word))
      assert.deepStrictEqual(histories, [["Terminal"], ["Transient", "Terminal"], ["Transient", "Terminal"]])
      assert.deepStrictEqual(
        report.outcomes.map(({ history, position }) => [position, history[0]?.call]),
        [
          [1, 1],
          [2, 2],
          [5, 5]
        ]
      )
      // Stopped before the only call of its order is allowed, with all of them in the window.
      const paced = BatchOperation.withPolicy(remove, { rate: { count: 1, per: "1 minute" } })
      yield* settled(Bulk.run(paced, [{ id: "b", note: "" }]))
      const stopped = yield* settled(Bulk.redrive(paced, letters, { stop: Effect.sleep("1 second") }))
      assert.deepStrictEqual(evidenceOf(stopped), ["Unknown", "Unknown", "Unknown"])
    })
  )
})

describe("a redrive that refuses an item", () => {
  const letter = (position: number, rest: Pick<DeadLetter.DeadLetter<Item>, "outcome" | "history">) => {
    const id = `i${position}`
    return { position, id, item: { id, note: "" }, reason: "", ...rest }
  }
  const unknown = letter(0, { outcome: "Unknown", history: [{ call: 1, at: 0, word: "Transient", applied: "maybe" }] })
  const missing = letter(1, { outcome: "Missing", history: [] })
  const throttled = letter(2, { outcome: "Exhausted", history: [{ call: 2, at: 0, word: "Throttled", applied: "no" }] })
  const sent = (report: Report.Report<Item, string, unknown>) =>
    report.outcomes.map(({ _tag, history }) => `${_tag} ${history.map(({ word }) => word).join()}`)

  it.effect("forgets neither its history nor what that leaves open, so that no later one sends it again", () =>
    Effect.gen(function* () {
      const { calls, operation } = scripted({ words: [], courses: [], idempotent: false })
      const strict = { ...operation, check: () => "not today" }
      const refused = yield* settled(Bulk.redrive(strict, [unknown, missing, throttled]))
      assert.deepStrictEqual(sent(refused), ["Unknown Transient", "Unknown ", "Invalid Throttled"])
      const later = yield* settled(Bulk.redrive(operation, DeadLetter.fromReport(refused)))
      assert.deepStrictEqual(sent(later), ["Unknown Transient", "Unknown ", "Succeeded Throttled,Succeeded"])
      assert.deepStrictEqual(calls, [["i2"]])
    })
  )

  it.effect("keeps the doubt of a duplicate that the policy refuses", () =>
    Effect.gen(function* () {
      const { operation } = scripted(well)
      const twice = [throttled, { ...unknown, id: throttled.id, item: throttled.item }]
      const report = yield* settled(Bulk.redrive(operation, twice, { policy: { duplicates: "refuse" } }))
      assert.deepStrictEqual(sent(report), ["Unknown Transient", "Succeeded Throttled,Succeeded"])
    })
  )
})

// -----------------------------------------------------------------------------
// Redrives of redrives
// -----------------------------------------------------------------------------

/** What a file says of its items: of each line whose it is, and whether it tells of success. */
type Lines = ReadonlyArray<{ readonly id: string; readonly succeeded: boolean }>

const all = itemsOf({ words: Array.from({ length: 10 }, () => []), courses: [], idempotent: true })
const well: Script = { words: [], courses: [], idempotent: true }

const leftBy = (lines: Lines): ReadonlyArray<string> => {
  const last = new Map(lines.map(({ id, succeeded }) => [id, succeeded]))
  return all.map(({ id }) => id).filter((id) => last.get(id) !== true)
}

type Command = fc.AsyncCommand<{ lines: Lines }, { text: string }>

/** Redrives what the file leaves, and appends what came of it. */
const redriving = (script: Script): Command => ({
  check: () => true,
  run: (model, file) =>
    Effect.gen(function* () {
      const { calls, done, operation } = scripted(script)
      const left = leftBy(model.lines)
      const letters = yield* lettersOf(operation, all, file.text)
      assert.deepStrictEqual(
        letters.map(({ id }) => id),
        left
      )
      const { outcomes } = yield* settled(Bulk.redrive(operation, letters, { policy }))
      assert.isEmpty(calls.flat().filter((id) => !left.includes(id)))
      const lines = outcomes.map(({ _tag, id }) => ({ id, succeeded: _tag === "Succeeded" }))
      assert.deepStrictEqual(
        lines,
        left.map((id) => ({ id, succeeded: script === well || done.has(id) }))
      )
      model.lines = [...model.lines, ...lines]
      // In place of what is torn.
      file.text = file.text.slice(0, file.text.lastIndexOf("\n") + 1) + ndjson(outcomes)
    }).pipe(Effect.scoped, Effect.provide(TestClock.layer()), Effect.runPromise),
  toString: () => `redrive ${JSON.stringify(script)}`
})

/** Loses the last lines, and of the one before them all but its end or so. */
const tearing = (count: number, chars: number): Command => ({
  check: ({ lines }) => lines.length > count,
  run: async (model, file) => {
    const lines = file.text.split("\n").slice(0, -1)
    const kept = lines.slice(0, lines.length - count)
    const torn = kept.pop()?.slice(0, -chars) ?? ""
    file.text = kept.map((line) => `${line}\n`).join("") + torn
    model.lines = model.lines.slice(0, kept.length)
  },
  toString: () => `tear ${count} lines and ${chars} characters`
})

describe("a file that is torn and redriven, again and again", () => {
  it.live("always leaves what its lines do not call succeeded, and nothing once the service is well", () =>
    Effect.promise(() =>
      fc.assert(
        fc.asyncProperty(
          fc.commands(
            [
              script(true).map(redriving),
              fc.constant(redriving(well)),
              fc.tuple(fc.nat({ max: 6 }), fc.integer({ min: 1, max: 20 })).map((by) => tearing(...by))
            ],
            { maxCommands: 8 }
          ),
          (commands) => fc.asyncModelRun(() => ({ model: { lines: [] }, real: { text: "" } }), commands)
        ),
        { numRuns: 100 }
      )
    )
  )
})

// -----------------------------------------------------------------------------
// Dead letters
// -----------------------------------------------------------------------------

describe("DeadLetter.schema", () => {
  const attempt: fc.Arbitrary<Outcome.Attempt> = fc.record(
    {
      call: fc.nat(),
      // A time is never -0, which JSON does not know.
      at: fc.double({ noNaN: true }).map((at) => at + 0),
      word: fc.constantFrom(
        ...(["Succeeded", "Retryable", "Terminal", "Unanswered"] as const),
        ...(["Throttled", "Transient", "TooLarge", "Rejected", "Fatal"] as const)
      ),
      applied: fc.constantFrom("no" as const, "maybe" as const),
      error: fc.string({ unit: "binary" }),
      requestId: fc.string()
    },
    { requiredKeys: ["call", "at", "word", "applied"], noNullPrototype: true }
  )
  const letter = fc.record<DeadLetter.DeadLetter<Item>>(
    {
      position: fc.nat(),
      id: fc.string({ unit: "binary" }),
      item: fc.record({ id: fc.string(), note: fc.string({ unit: "binary" }) }, { noNullPrototype: true }),
      outcome: fc.constantFrom("Failed", "Exhausted", "Unknown", "NotAttempted", "Invalid", "Missing"),
      reason: fc.string(),
      history: fc.array(attempt, { maxLength: 4 })
    },
    { noNullPrototype: true }
  )
  const json = Schema.fromJsonString(Schema.toCodecJson(DeadLetter.schema(Item)))

  it("reads back what it wrote", () => {
    fc.assert(
      fc.property(letter, (given) => {
        const text = Schema.encodeSync(json)(given)
        assert.notInclude(text, "\n")
        assert.deepStrictEqual(Schema.decodeSync(json)(text), given)
      })
    )
  })
})

const lines = (...ids: ReadonlyArray<string>) =>
  ids.map((id, position) =>
    Report.encodeLine({
      _tag: "Failed",
      position,
      item: undefined,
      id,
      target: "",
      attempts: 1,
      history: [],
      error: new Error(`no ${id}`),
      scope: "item"
    })
  )

const read = (...texts: ReadonlyArray<string>) => DeadLetter.readLines(Stream.fromArray(texts))

describe("DeadLetter.readLines", () => {
  const whole = lines("a", "b", "é")

  it.effect("reads every line, however the text comes in pieces", () =>
    Effect.gen(function* () {
      const text = whole.join("")
      for (let size = 1; size < text.length; size += 7) {
        const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
          text.slice(i * size, (i + 1) * size)
        )
        assert.deepStrictEqual(
          (yield* read(...pieces)).map(({ id }) => id),
          ["a", "b", "é"]
        )
      }
      assert.deepStrictEqual(yield* read(), [])
      assert.deepStrictEqual(yield* read(""), [])
    })
  )

  it.effect("reads bytes, as a file gives them, wherever these end", () =>
    Effect.gen(function* () {
      const bytes = new TextEncoder().encode(whole.join(""))
      for (const size of [1, 2, 5, bytes.length]) {
        const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
          bytes.subarray(i * size, (i + 1) * size)
        )
        const ids = Effect.map(DeadLetter.readLines(Stream.fromIterable(pieces)), (lines) => lines.map(({ id }) => id))
        assert.deepStrictEqual(yield* ids, ["a", "b", "é"])
      }
      // Torn in the middle of a letter.
      const torn = bytes.subarray(0, bytes.indexOf(0xc3) + 1)
      assert.strictEqual((yield* DeadLetter.readLines(Stream.make(torn))).length, 2)
    })
  )

  it.effect("drops a torn last line, wherever it is torn", () =>
    Effect.gen(function* () {
      const [a = "", b = "", c = ""] = whole
      for (let end = 0; end < c.length - 1; end++) {
        assert.strictEqual((yield* read(a + b + c.slice(0, end))).length, 2, c.slice(0, end))
      }
      // Only its line end is missing.
      assert.strictEqual((yield* read(a + b + c.slice(0, -1))).length, 3)
    })
  )

  it.effect("refuses a torn line in the middle, and says which", () =>
    Effect.gen(function* () {
      const [a = "", b = "", c = ""] = whole
      for (const torn of [b.slice(0, 20), b.slice(5), "null\n", '{"position":1}\n']) {
        const text = torn.endsWith("\n") ? torn : `${torn}\n`
        const error = yield* Effect.flip(read(a + text + c))
        assert(error._tag === "ReportCorrupt")
        assert.match(error.message, /^Reading a report: line 2 is no outcome: /)
      }
      // Torn, and continued by another run.
      const error = yield* Effect.flip(read(a + b.slice(0, 20) + a + c))
      assert.strictEqual(error.number, 2)
    })
  )
})

describe("DeadLetter.fromLines", () => {
  const items = ["a", "b", "c"].map((id) => ({ id, note: "" }))
  const { operation } = scripted({ words: [], courses: [], idempotent: true })
  const letters = (text: string, given: ReadonlyArray<Item> = items) => lettersOf(operation, given, text)

  it.effect("counts the last line of a position", () =>
    Effect.gen(function* () {
      const [a = "", b = ""] = lines("a", "b")
      const done = b.replace('"Failed"', '"Succeeded"')
      assert.deepStrictEqual(
        (yield* letters(a + b + done)).map(({ id, outcome, position, reason }) => [position, id, outcome, reason]),
        [
          [0, "a", "Failed", "Error"],
          [2, "c", "Missing", "the run ended before it wrote an outcome"]
        ]
      )
    })
  )

  it.effect("refuses the report of other items, and says which differs", () =>
    Effect.gen(function* () {
      const text = lines("a", "b", "c").join("")
      const other = yield* Effect.flip(letters(text, [items[0]!, { id: "x", note: "" }, items[2]!]))
      assert.strictEqual(other.message, "Matching a report with its items: position 1 is 'b', expected 'x'")
      const fewer = yield* Effect.flip(letters(text, items.slice(0, 2)))
      assert.strictEqual(fewer.message, "Matching a report with its items: position 2 is 'c', expected no item")
      const invalid = text.replaceAll('"Failed"', '"Invalid"')
      assert.strictEqual((yield* Effect.flip(letters(invalid, items.slice(0, 2))))._tag, "ReportMismatch")
      assert.strictEqual((yield* letters(text)).length, 3)
    })
  )

  it.effect("takes back an item whose id cannot be told, which was refused", () =>
    Effect.gen(function* () {
      const fickle = {
        ...operation,
        id: (item: Item) => {
          if (item.note === "bad") throw new Error("it has no id")
          return item.id
        }
      }
      const given = [items[0]!, { id: "b", note: "bad" }]
      const report = yield* settled(Bulk.run(fickle, given, { policy }))
      assert.deepStrictEqual(
        report.outcomes.map(({ _tag }) => _tag),
        ["Succeeded", "Invalid"]
      )
      const [letter] = yield* lettersOf(fickle, given, ndjson(report.outcomes))
      assert.deepInclude(letter, { position: 1, id: "", outcome: "Invalid" })
    })
  )
})

// -----------------------------------------------------------------------------
// A process that is killed
// -----------------------------------------------------------------------------

const job = fileURLToPath(import.meta.resolve("../examples/redrive-after-a-kill/delete.ts"))
const emulatorBin = fileURLToPath(import.meta.resolve("../packages/emulator/src/bin.ts"))

interface ReadSetState {
  readonly id: string
  readonly status: string
  /** How often a call was told that it is done. */
  readonly deleted: number
}

interface Received {
  readonly items: ReadonlyArray<string>
  readonly fault?: string
}

describe("a process that is killed with SIGKILL in the middle", () => {
  const sequenceStoreId = "1234567890"
  const count = 600
  const ids = Array.from({ length: count }, (_, i) => String(1_000_000_000 + i))
  const items = ids.map((id) => ({ sequenceStoreId, id }))

  it.live("loses nothing: its torn report redrives what did not succeed, and only that", () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const folder = yield* fs.makeTempDirectoryScoped()
      const [itemsPath, reportPath] = [`${folder}/items.txt`, `${folder}/report.ndjson`]
      yield* fs.writeFileString(itemsPath, ids.join("\n"))
      // The service lives on, in another process, and loses every fifth answer.
      const flags = `--port 0 --omics.store ${sequenceStoreId}=${count} --seed 5 --throttle 0.1 --reset-after 0.2`
      const emulator = yield* start(emulatorBin, flags.split(" "))
      yield* emulator.printed("\n")
      const endpoint = /http\S+/.exec(emulator.output())?.[0] ?? ""
      const seen = <T>(what: string) =>
        Effect.promise(async () => {
          const text = await (await fetch(`${endpoint}/_emulator/${what}`)).text()
          return text
            .split("\n")
            .filter((line) => line !== "")
            .map((line) => JSON.parse(line) as T)
        })
      const whole = (text: string) => text.split("\n").length - 1
      const written = Effect.orElseSucceed(fs.readFileString(reportPath), () => "")

      const killed = yield* start(job, [endpoint, sequenceStoreId, itemsPath, reportPath])
      while (whole(yield* written) < 150) yield* Effect.sleep("5 millis")
      yield* killed.signal("SIGKILL")
      assert.strictEqual(yield* killed.ended, "SIGKILL")
      // A kill seldom tears a line; a machine that goes down does.
      yield* fs.writeFileString(reportPath, (yield* written).slice(0, -30))
      const torn = yield* DeadLetter.readLines(fs.stream(reportPath))
      assert.isTrue(torn.length >= 149 && torn.length < count, `${torn.length} lines were written`)
      const callsBefore = (yield* seen<Received>("calls")).length

      const report = yield* Effect.gen(function* () {
        const omics = yield* Omics
        const letters = yield* DeadLetter.fromLines(omics.deleteReadSetsOperation, items, torn)
        const file = yield* ReportFile.make(reportPath, { append: true })
        const report = yield* Bulk.redrive(omics.deleteReadSetsOperation, letters, {
          policy: { maxItems: 20, maxAttempts: 20, rate: { count: 50, per: "1 second" } },
          onOutcome: file.write
        })
        yield* file.end
        return report
      }).pipe(
        Effect.scoped,
        Effect.provide(
          Omics.layer({
            endpoint,
            region: "us-east-1",
            credentials: { accessKeyId: "emulator", secretAccessKey: "emulator" }
          })
        )
      )

      // Nothing lost: one final word on each position, and it is true.
      const final = new Map<number, Report.Line>()
      for (const line of yield* DeadLetter.readLines(fs.stream(reportPath))) {
        assert.notStrictEqual(
          final.get(line.position)?.outcome,
          "Succeeded",
          `position ${line.position} has a second word`
        )
        final.set(line.position, line)
      }
      assert.strictEqual(final.size, count)
      const succeeded = new Set(torn.filter(({ outcome }) => outcome === "Succeeded").map(({ id }) => id))
      assert.strictEqual(report.outcomes.length, count - succeeded.size)
      const calls = yield* seen<Received>("calls")
      const state = yield* seen<ReadSetState>("state")
      const states = new Map(state.map((one) => [one.id, one]))
      assert.strictEqual(states.size, count)
      for (const [position, id] of ids.entries()) {
        const { deleted, status } = states.get(id)!
        const outcome = final.get(position)!.outcome
        assert.strictEqual(outcome, "Succeeded", `${id} came out as ${outcome}`)
        assert.include(["DELETING", "DELETED"], status, id)
        // Once, and once more for each answer that got lost, one of them with the process.
        const lost = calls.filter((call) => call.fault === "ResetAfter" && call.items.includes(id)).length
        assert.isTrue(
          deleted >= 1 && deleted <= 1 + lost + (succeeded.has(id) ? 0 : 1),
          `${id} was deleted ${deleted} times`
        )
      }
      // Nothing sent again after success.
      for (const call of calls.slice(callsBefore)) {
        for (const id of call.items) assert.isFalse(succeeded.has(id), `${id} was sent again`)
      }
    }).pipe(Effect.provide(NodeFileSystem.layer))
  )
})
