import { assert, describe, it } from "@effect/vitest"
import { Clock, Effect } from "effect"
import { fileURLToPath } from "node:url"
import { start } from "../../../test/program.ts"

const file = fileURLToPath(import.meta.resolve("./stoppable.ts"))

const linesOf = (text: string) => text.split("\n").filter((line) => line !== "")

describe("runMain", () => {
  it.live("exits with the code that the program returns", () =>
    Effect.gen(function* () {
      const program = yield* start(file, ["ends"])
      assert.strictEqual(yield* program.ended, 3)
      assert.strictEqual(program.output(), "done\n")
    })
  )

  it.live("says what went wrong and exits with 1 for an error", () =>
    Effect.gen(function* () {
      const program = yield* start(file, ["fails"])
      assert.strictEqual(yield* program.ended, 1)
      assert.include(program.output() + program.errors(), "something is wrong")
    })
  )

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it.live(`stops at the first ${signal}, lets calls in flight finish, and exits with 130`, () =>
      Effect.gen(function* () {
        const program = yield* start(file, ["sleeps", "20000"])
        yield* program.printed("call 1\n")
        yield* program.signal(signal)
        assert.strictEqual(yield* program.ended, 130)
        assert.deepStrictEqual(linesOf(program.output()).slice(0, 4), ["call 0", "call 1", "Succeeded", "Succeeded"])
        assert.include(program.output(), '"Succeeded":2,"Failed":0,"Exhausted":0,"Unknown":0,"NotAttempted":98')
      })
    )
  }

  it.live("cuts off what has not finished within the grace after the first Ctrl-C", () =>
    Effect.gen(function* () {
      const program = yield* start(file, ["hangs", "700"])
      yield* program.printed("call 1\n")
      const before = yield* Clock.currentTimeMillis
      yield* program.signal("SIGINT")
      assert.strictEqual(yield* program.ended, 130)
      assert.isAtLeast((yield* Clock.currentTimeMillis) - before, 650)
      assert.include(program.output(), "cut off 0\ncut off 1\n")
      assert.include(program.output(), '"Succeeded":0,"Failed":0,"Exhausted":0,"Unknown":2,"NotAttempted":98')
    })
  )

  it.live("interrupts at the second Ctrl-C: calls are cut off at once, and observers see every outcome", () =>
    Effect.gen(function* () {
      const program = yield* start(file, ["hangs", "20000"])
      yield* program.printed("call 1\n")
      const before = yield* Clock.currentTimeMillis
      yield* program.signal("SIGINT")
      yield* Effect.sleep("50 millis")
      yield* program.signal("SIGINT")
      assert.strictEqual(yield* program.ended, 130)
      assert.isBelow((yield* Clock.currentTimeMillis) - before, 10_000)
      assert.deepStrictEqual(linesOf(program.output()).toSorted(), [
        "Unknown",
        "Unknown",
        "call 0",
        "call 1",
        "cut off 0",
        "cut off 1"
      ])
    })
  )

  it.live("ends at the third Ctrl-C what does not end when it is interrupted", () =>
    Effect.gen(function* () {
      const program = yield* start(file, ["hangs on"])
      yield* program.printed("up\n")
      yield* program.signal("SIGINT")
      yield* Effect.sleep("50 millis")
      yield* program.signal("SIGINT")
      yield* program.printed("interrupted\n")
      yield* program.signal("SIGINT")
      assert.strictEqual(yield* program.ended, 130)
    })
  )
})
