import { Report } from "@effect-bulk/core"
import { assert, describe, it } from "@effect/vitest"
import { Clock, Effect, FileSystem, Result } from "effect"
import { NodeFileSystem } from "@effect/platform-node"
import { fileURLToPath } from "node:url"
import { start } from "./program.ts"

const demo = fileURLToPath(import.meta.resolve("../examples/omics-delete-read-sets.ts"))

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
