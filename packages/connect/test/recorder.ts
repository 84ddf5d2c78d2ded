import { type Faults, TestTransport } from "@effect-bulk/aws/testing"
import { ConnectModel, type ConnectState, layerTest } from "@effect-bulk/connect/testing"
import { Clock, Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"

/** The instance of the tests, and the account that its data sets are associated with. */
export const instanceId = "inst-1"
export const account = "210987654321"

export const dataSets = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `data_set_${from + i}`)

export const instance: ConnectState.InstanceSeed = {
  id: instanceId,
  dataSets: 100,
  associations: { [account]: "all" }
}

/** Connect with an instance, its faults, and a record of each call with the second in which it was sent. */
export const recorded = (
  options: {
    readonly seed?: Partial<ConnectState.InstanceSeed>
    readonly model?: ConnectModel.Options
    readonly faults?: Faults.Faults
  } = {}
) => {
  const model = ConnectModel.make({ instances: [{ ...instance, ...options.seed }], ...options.model })
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
