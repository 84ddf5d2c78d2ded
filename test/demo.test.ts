import { Faults } from "@effect-bulk/aws/testing"
import { Report } from "@effect-bulk/core"
import { Emulator } from "@effect-bulk/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Clock, Effect, FileSystem, Result } from "effect"
import { NodeFileSystem } from "@effect/platform-node"
import { fileURLToPath } from "node:url"
import { start } from "./program.ts"

const example = (name: string) => fileURLToPath(import.meta.resolve(`../examples/${name}.ts`))
const demo = example("omics-delete-read-sets")

/** The demo in the middle of its deletions, stopped by so many Ctrl-C. */
const stopped = (signals: number) =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const path = `${yield* fs.makeTempDirectoryScoped()}/report.ndjson`
    const program = yield* start(demo, ["--report", path])
    yield* program.printed("2,040 read sets")
    // The first answers are in when the first lines are.
    while (!(yield* fs.exists(path)) || (yield* fs.readFileString(path)) === "") yield* Effect.sleep("20 millis")
    const before = yield* Clock.currentTimeMillis
    for (let signal = 0; signal < signals; signal++) {
      yield* program.signal("SIGINT")
      yield* program.printed("Stopping")
    }
    const code = yield* program.ended
    const lines = (yield* fs.readFileString(path)).split("\n")
    assert.strictEqual(lines.pop(), "")
    const decoded = lines.map((line) => Result.getOrThrow(Report.decodeLine(line)))
    return { code, output: program.output(), decoded, millis: (yield* Clock.currentTimeMillis) - before }
  }).pipe(Effect.scoped, Effect.provide(NodeFileSystem.layer))

const positions = (lines: ReadonlyArray<Report.Line>) => lines.map(({ position }) => position).toSorted((a, b) => a - b)
const all = Array.from({ length: 2040 }, (_, position) => position)

describe("Ctrl-C in the middle of the demo", () => {
  it.live("stops it within the grace period, with 130 and one line for each read set listed", () =>
    Effect.gen(function* () {
      const { code, decoded, millis, output } = yield* stopped(1)
      assert.strictEqual(code, 130)
      assert.isBelow(millis, 10_000)
      assert.deepStrictEqual(positions(decoded), all)
      assert.isAbove(decoded.filter(({ outcome }) => outcome === "Succeeded").length, 0)
      assert.isAbove(decoded.filter(({ outcome }) => outcome === "NotAttempted").length, 0)
      assert.include(output, "2,040 lines, one per read set")
      const left = decoded.filter(({ outcome }) => outcome === "NotAttempted").length
      assert.include(output, `${left.toLocaleString("en-US")} were not attempted. To go on,`)
    })
  )

  it.live("interrupts it the second time, and still writes one line for each", () =>
    Effect.gen(function* () {
      const { code, decoded, millis } = yield* stopped(2)
      assert.strictEqual(code, 130)
      assert.isBelow(millis, 10_000)
      assert.deepStrictEqual(positions(decoded), all)
    })
  )
})

// A process that finds neither an endpoint nor credentials but these.
const account = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b", AWS_REGION: "us-east-1" }

describe("Ctrl-C before anything was deleted", () => {
  it.live("leaves the report of an earlier run alone, and says that it is one", () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const path = `${yield* fs.makeTempDirectoryScoped()}/report.ndjson`
      yield* fs.writeFileString(path, "an earlier run\n")
      const { url } = yield* Emulator.Emulator
      const where = ["--endpoint", url, "--store", "1234567890", "--created-before", "2026-01-01"]
      const program = yield* start(demo, [...where, "--yes", "--report", path], account)
      yield* program.printed("Listing the read sets")
      yield* program.signal("SIGINT")
      assert.strictEqual(yield* program.ended, 130)
      assert.include(program.output(), `No report was written; ${path} is of an earlier run`)
      assert.strictEqual(yield* fs.readFileString(path), "an earlier run\n")
    }).pipe(
      Effect.scoped,
      Effect.provide([
        NodeFileSystem.layer,
        Emulator.layer({ faults: Faults.always({ _tag: "Hang" }, "ListReadSets") })
      ])
    )
  )
})

// What each example must be told off its own emulator, and a call that changes something.
const jobs: ReadonlyArray<readonly [name: string, needs: ReadonlyArray<string>, args: (file: string) => string[]]> = [
  [
    "omics-delete-read-sets",
    ["--store", "--created-before"],
    () => ["--store", "1234567890", "--created-before", "2026-01-01"]
  ],
  ["kendra-delete-documents", ["--index", "file"], (file) => ["--index", "11111111-2222-4333-8444-555555555555", file]],
  ["connect-disassociate-data-sets", ["--instance"], () => ["--instance", "11111111-2222-4333-8444-555555555555"]]
]

describe.each(jobs)("%s on another endpoint than its own emulator", (name, needs, args) => {
  it.live("wants to be told what to act on", () =>
    Effect.gen(function* () {
      const { url } = yield* Emulator.Emulator
      const program = yield* start(example(name), ["--endpoint", url, "--yes"], account)
      assert.strictEqual(yield* program.ended, 1)
      for (const need of needs) assert.include(program.errors(), need)
    }).pipe(Effect.scoped, Effect.provide(Emulator.layer()))
  )

  it.live("changes nothing without --yes", () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const folder = yield* fs.makeTempDirectoryScoped()
      const [file, report] = [`${folder}/ids.txt`, `${folder}/report.ndjson`]
      yield* fs.writeFileString(file, "document-0\ndocument-1\n")
      const { calls, url } = yield* Emulator.Emulator
      const changes = Effect.map(calls, (all) => all.filter(({ operation }) => operation.startsWith("Batch")).length)
      const run = (...more: ReadonlyArray<string>) =>
        Effect.gen(function* () {
          const program = yield* start(
            example(name),
            ["--endpoint", url, ...args(file), "--report", report, ...more],
            account
          )
          return { code: yield* program.ended, output: program.output() }
        })

      const { code, output } = yield* run()
      assert.strictEqual(code, 0)
      assert.match(output, /\b2 (read sets|documents|associations)/)
      assert.include(output, "say --yes")
      assert.strictEqual(yield* changes, 0)
      assert.isFalse(yield* fs.exists(report))

      assert.strictEqual((yield* run("--yes")).code, 0)
      assert.isAbove(yield* changes, 0)
    }).pipe(Effect.scoped, Effect.provide([NodeFileSystem.layer, Emulator.layer(twoOfEach)]))
  )
})

const twoOfEach: Emulator.Options = {
  omics: { sequenceStores: [{ id: "1234567890", readSets: 2 }] },
  kendra: { indices: [{ id: "11111111-2222-4333-8444-555555555555", documents: 2 }], choices: { processingLooks: 0 } },
  connect: {
    instances: [{ id: "11111111-2222-4333-8444-555555555555", dataSets: 2, associations: { "123456789012": "all" } }]
  }
}
