import { type Faults, TestTransport } from "@effect-bulk/aws/testing"
import { ConnectModel, ConnectState, layerTest } from "@effect-bulk/connect/testing"
import { Clock, Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"

/** The instance of the tests, and the account that its data sets are associated with. */
export const instanceId = "inst-1"
export const account = "210987654321"
/** An account without any. */
export const otherAccount = "333333333333"

export const named =
  (prefix: string) =>
  (count: number, from = 0) =>
    Array.from({ length: count }, (_, i) => `${prefix}${from + i}`)
export const dataSets = named("data_set_")

export const arnOf = (...path: ReadonlyArray<string>) => ConnectState.arnOf({ id: instanceId }, ...path)
export const contactArn = arnOf("contact", "c1")
export const phones = named("arn:aws:connect:us-east-1:123456789012:phone-number/")
export const agents = named(arnOf("agent", "a"))

const records = (prefix: string) =>
  named(prefix)(60).map((customer) => ({ primary: { customer }, values: { tier: "gold" } }))

/** An instance with enough of everything. */
export const instance: ConnectState.InstanceSeed = {
  id: instanceId,
  dataSets: 100,
  associations: { [account]: "all" },
  files: named("file_")(210).map((fileId) => ({ resourceArn: contactArn, fileId })),
  flows: phones(210).map((resourceId, i) => ({ resourceId, flowId: `flow-${i}`, resourceType: "VOICE_PHONE_NUMBER" })),
  dataTables: [
    {
      id: "table-1",
      attributes: { customer: "TEXT", tier: "TEXT" },
      primary: ["customer"],
      records: [...records("old_"), ...records("other_")]
    }
  ],
  resources: agents(120),
  workspaces: { "ws-1": agents(60, 60) }
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
