import { Report } from "@effect-bulk/core"
import { ProgressLine } from "@effect-bulk/terminal"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Sink, Stdio } from "effect"
import { TestClock } from "effect/testing"

const progress = (changes: Partial<Report.Progress> = {}): Report.Progress => ({
  pulled: 0,
  settled: 0,
  queued: 0,
  waiting: 0,
  inFlight: 0,
  calls: 0,
  retries: 0,
  throttles: 0,
  counts: Report.noCounts,
  ...changes
})

describe("format", () => {
  const cases: ReadonlyArray<readonly [string, Report.Progress, number | undefined, string]> = [
    ["nothing yet", progress(), undefined, "0 · 0 succeeded · 0 calls · 4.1 s"],
    ["one call", progress({ calls: 1, inFlight: 100 }), undefined, "0 · 0 succeeded · 100 in flight · 1 call · 4.1 s"],
    [
      "what is on its way",
      progress({
        settled: 1200,
        waiting: 3,
        inFlight: 100,
        calls: 14,
        throttles: 2,
        counts: { ...Report.noCounts, Succeeded: 1190, Failed: 10 }
      }),
      2040,
      "1,200 of 2,040 · 1,190 succeeded, 10 failed · 100 in flight, 3 waiting · 14 calls (2 throttled) · 4.1 s"
    ],
    [
      "every outcome by its name",
      progress({
        settled: 7,
        calls: 2,
        counts: { Succeeded: 1, Failed: 0, Exhausted: 1, Unknown: 2, NotAttempted: 1, Invalid: 2 }
      }),
      undefined,
      "7 · 1 succeeded, 1 exhausted, 2 unknown, 1 not attempted, 2 invalid · 2 calls · 4.1 s"
    ]
  ]
  it.each(cases)("shows %s", (_, given, total, line) => {
    assert.strictEqual(ProgressLine.format(given, 4_120, total), line)
  })
})

/** Standard error, as a terminal or not, and what was written to it. */
const recorder = (isTerminal: boolean) => {
  const written: Array<string> = []
  const layer = Stdio.layerTest({
    stderrIsTerminal: Effect.succeed(isTerminal),
    stderr: () =>
      Sink.forEach((text: string | Uint8Array) =>
        Effect.sync(() => written.push(typeof text === "string" ? text : new TextDecoder().decode(text)))
      )
  })
  return { written, layer }
}

const settled = (count: number) => progress({ settled: count, counts: { ...Report.noCounts, Succeeded: count } })

/** Draws at these times (in milliseconds), then ends. */
const drawn = (isTerminal: boolean, times: ReadonlyArray<number>) => {
  const { layer, written } = recorder(isTerminal)
  return Effect.gen(function* () {
    const line = yield* ProgressLine.make({ total: 9 })
    let now = 0
    for (const [position, time] of times.entries()) {
      yield* TestClock.adjust(time - now)
      now = time
      yield* line.draw(settled(position + 1))
    }
  }).pipe(
    Effect.scoped,
    Effect.provide(Layer.fresh(layer)),
    Effect.map(() => written)
  )
}

describe("make", () => {
  it.effect("draws over the last line ten times a second at the most, and the last state when it ends", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* drawn(true, [0, 50, 99, 100, 150]), [
        "\r\u001b[2K1 of 9 · 1 succeeded · 0 calls · 0.0 s",
        "\r\u001b[2K4 of 9 · 4 succeeded · 0 calls · 0.1 s",
        "\r\u001b[2K5 of 9 · 5 succeeded · 0 calls · 0.1 s",
        "\n"
      ])
    })
  )

  it.effect("writes a whole line now and then where nobody looks", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* drawn(false, [0, 4_999, 5_000, 6_000]), [
        "3 of 9 · 3 succeeded · 0 calls · 5.0 s\n",
        "4 of 9 · 4 succeeded · 0 calls · 6.0 s\n"
      ])
    })
  )

  it.effect("does not repeat a line that is up to date", () =>
    Effect.gen(function* () {
      const { layer, written } = recorder(false)
      yield* Effect.scoped(
        Effect.gen(function* () {
          const line = yield* ProgressLine.make()
          yield* TestClock.adjust("5 seconds")
          yield* line.draw(settled(2))
          yield* line.draw(settled(2))
        })
      ).pipe(Effect.provide(layer))
      assert.deepStrictEqual(written, ["2 · 2 succeeded · 0 calls · 5.0 s\n"])
    })
  )

  it.effect("ends once, where it is told to, and draws nothing after that", () =>
    Effect.gen(function* () {
      const { layer, written } = recorder(true)
      yield* Effect.scoped(
        Effect.gen(function* () {
          const line = yield* ProgressLine.make()
          yield* line.draw(settled(1))
          yield* line.draw(settled(2))
          yield* line.end
          written.push("the table")
          yield* line.draw(settled(3))
          yield* line.end
        })
      ).pipe(Effect.provide(layer))
      assert.deepStrictEqual(written, [
        "\r\u001b[2K1 · 1 succeeded · 0 calls · 0.0 s",
        "\r\u001b[2K2 · 2 succeeded · 0 calls · 0.0 s",
        "\n",
        "the table"
      ])
    })
  )

  it.effect("writes nothing when nothing was drawn", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* drawn(true, []), [])
      assert.deepStrictEqual(yield* drawn(false, []), [])
    })
  )
})
