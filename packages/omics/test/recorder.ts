import { type Faults, TestTransport } from "@effect-bulk/aws/testing"
import { layerTest, OmicsModel } from "@effect-bulk/omics/testing"
import { Clock, Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"

/** The store of the tests, with read sets from 1000000000 on. */
export const store = "1234567890"

export const idOf = (position: number) => String(1_000_000_000 + position)

export const ids = (count: number, from = 0) => Array.from({ length: count }, (_, i) => idOf(from + i))

/** HealthOmics with so many read sets, its faults, and a record of each call with the second in which it was sent. */
export const recorded = (
  options: {
    readonly readSets?: number
    readonly model?: OmicsModel.Options
    readonly faults?: Faults.Faults
  } = {}
) => {
  const model = OmicsModel.make({ sequenceStores: [{ id: store, readSets: options.readSets ?? 10 }], ...options.model })
  const transport = TestTransport.make({ model, faults: options.faults })
  const times: Array<number> = []
  const calls = () =>
    transport.calls.map(({ input, operation }, i) => ({ operation, input, second: (times[i] ?? NaN) / 1000 }))
  const layer = layerTest({
    transport: {
      ...transport,
      send: (operation, command) =>
        Effect.flatMap(Clock.currentTimeMillis, (now) => {
          times.push(now)
          return transport.send(operation, command)
        })
    }
  })
  return { model, layer, calls }
}

/** Runs an effect to its end, moving the clock of the test along. */
export const settled = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const fiber = yield* Effect.forkChild(effect)
    while (fiber.pollUnsafe() === undefined) yield* TestClock.adjust("50 millis")
    return yield* Fiber.join(fiber)
  })
