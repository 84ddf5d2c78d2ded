import { DeadLetter, type Outcome, Report } from "@effect-bulk/core"
import { ReportFile } from "@effect-bulk/terminal"
import { NodeFileSystem } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Fiber, FileSystem, Layer, Logger, PlatformError, Stream } from "effect"

const outcome = (position: number): Outcome.Outcome<string, void, never> => ({
  _tag: "Succeeded",
  position,
  item: `item ${position}`,
  id: `ï${position}`,
  target: "store",
  attempts: 1,
  history: [],
  value: undefined,
  evidence: "Confirmed"
})

const lineOf = (position: number) => Report.encodeLine(outcome(position))
const linesOf = (count: number) => Array.from({ length: count }, (_, position) => lineOf(position)).join("")

const writeAll = (file: ReportFile.ReportFile, count: number, from = 0) =>
  Effect.forEach(Array.from({ length: count }), (_, i) => file.write(outcome(from + i)), { discard: true })

const inFolder = <A, E>(use: (path: string, fs: FileSystem.FileSystem) => Effect.Effect<A, E, FileSystem.FileSystem>) =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    return yield* use(`${yield* fs.makeTempDirectoryScoped()}/report.ndjson`, fs)
  }).pipe(Effect.scoped, Effect.provide(NodeFileSystem.layer))

describe("make", () => {
  it.live("has every line in the file when the scope has closed", () =>
    inFolder((path, fs) =>
      Effect.gen(function* () {
        yield* Effect.scoped(Effect.flatMap(ReportFile.make(path), (file) => writeAll(file, 10_000)))
        assert.isTrue((yield* fs.readFileString(path)) === linesOf(10_000))
      })
    )
  )

  it.live("has every line in the file when an interruption closed the scope", () =>
    inFolder((path, fs) =>
      Effect.gen(function* () {
        const fiber = yield* Effect.forkChild(
          Effect.scoped(
            Effect.gen(function* () {
              const file = yield* ReportFile.make(path)
              yield* Effect.onInterrupt(Effect.never, () => writeAll(file, 5_000))
            })
          )
        )
        yield* Effect.sleep("20 millis")
        yield* Fiber.interrupt(fiber)
        assert.isTrue((yield* fs.readFileString(path)) === linesOf(5_000))
      })
    )
  )

  it.live("begins a new file, or adds to what is there", () =>
    inFolder((path, fs) =>
      Effect.gen(function* () {
        yield* fs.writeFileString(path, lineOf(7))
        yield* Effect.scoped(Effect.flatMap(ReportFile.make(path, { append: true }), (file) => writeAll(file, 2)))
        assert.strictEqual(yield* fs.readFileString(path), lineOf(7) + linesOf(2))
        yield* Effect.scoped(Effect.flatMap(ReportFile.make(path), (file) => writeAll(file, 1)))
        assert.strictEqual(yield* fs.readFileString(path), linesOf(1))
        yield* fs.remove(path)
        yield* Effect.scoped(Effect.flatMap(ReportFile.make(path, { append: true }), (file) => writeAll(file, 1)))
        assert.strictEqual(yield* fs.readFileString(path), linesOf(1))
      })
    )
  )

  it.live("adds behind the last whole line, wherever a killed process tore the last one", () =>
    inFolder((path, fs) =>
      Effect.gen(function* () {
        const whole = new TextEncoder().encode(linesOf(3))
        const begin = new TextEncoder().encode(linesOf(2)).length
        for (let torn = begin; torn <= whole.length; torn++) {
          yield* fs.writeFile(path, whole.subarray(0, torn))
          yield* Effect.scoped(Effect.flatMap(ReportFile.make(path, { append: true }), (file) => writeAll(file, 1, 8)))
          // A line that lacks nothing but its end is whole.
          const kept = torn >= whole.length - 1 ? linesOf(3) : linesOf(2)
          assert.strictEqual(yield* fs.readFileString(path), kept + lineOf(8), `torn at byte ${torn}`)
          yield* DeadLetter.readLines(Stream.decodeText(fs.stream(path)))
        }
      })
    )
  )
})

describe("end", () => {
  it.live("waits until every line is written", () =>
    inFolder((path, fs) =>
      Effect.scoped(
        Effect.gen(function* () {
          const file = yield* ReportFile.make(path)
          yield* writeAll(file, 1_000)
          yield* file.end
          assert.isTrue((yield* fs.readFileString(path)) === linesOf(1_000))
        })
      )
    )
  )
})

/** A disk that is full from the second write on. */
const fullDisk = Layer.effect(
  FileSystem.FileSystem,
  Effect.map(FileSystem.FileSystem, (fs) => ({
    ...fs,
    open: (path, options) =>
      Effect.map(fs.open(path, options), (file) => {
        let writes = 0
        const full = PlatformError.systemError({
          _tag: "Unknown",
          module: "FileSystem",
          method: "writeAll",
          description: "no space left on device"
        })
        return {
          ...file,
          writeAll: (bytes: Uint8Array) => (writes++ === 0 ? file.writeAll(bytes) : Effect.fail(full))
        }
      })
  }))
).pipe(Layer.provide(NodeFileSystem.layer))

describe("a disk that fails", () => {
  const logged = (program: (path: string) => Effect.Effect<void, ReportFile.ReportFileError, FileSystem.FileSystem>) =>
    Effect.gen(function* () {
      const messages: Array<string> = []
      const logger = Logger.make(({ logLevel, message }) => messages.push(`${logLevel} ${String(message)}`))
      const exit = yield* inFolder((path) =>
        program(path).pipe(Effect.provide([fullDisk, Logger.layer([logger])]), Effect.exit)
      )
      return { exit, messages: messages.map((message) => message.replace(/ \S+report\.ndjson/, " report.ndjson")) }
    })

  it.live("does not hold up the run, and is an error of 'end'", () =>
    Effect.gen(function* () {
      const { exit, messages } = yield* logged((path) =>
        Effect.scoped(
          Effect.gen(function* () {
            const file = yield* ReportFile.make(path)
            yield* writeAll(file, 1)
            yield* Effect.sleep("20 millis")
            // More than may wait for a disk that works.
            yield* writeAll(file, 20_000)
            yield* file.end
          })
        )
      )
      assert.isTrue(Exit.isFailure(exit))
      assert.match(String(exit), /Writing the report \S+report\.ndjson failed: .*no space left on device/)
      assert.deepStrictEqual(messages, [])
    })
  )

  it.live("is said when the scope closes, where nobody asked 'end'", () =>
    Effect.gen(function* () {
      const { exit, messages } = yield* logged((path) =>
        Effect.scoped(
          Effect.gen(function* () {
            const file = yield* ReportFile.make(path)
            yield* writeAll(file, 1)
            yield* Effect.sleep("20 millis")
            yield* writeAll(file, 1)
          })
        )
      )
      assert.isTrue(Exit.isSuccess(exit))
      assert.strictEqual(messages.length, 1)
      assert.match(messages[0]!, /^Error Writing the report report\.ndjson failed: .*no space left on device/)
    })
  )

  it.live("refuses a path that cannot be opened before anything runs", () =>
    Effect.gen(function* () {
      const error = yield* inFolder((path) => Effect.scoped(Effect.flip(ReportFile.make(`${path}/below-a-file`))))
      assert.match(error.message, /^Opening the report \S+below-a-file failed: ENOENT/)
    })
  )
})
