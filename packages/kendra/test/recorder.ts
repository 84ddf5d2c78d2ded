import { type Faults, TestTransport } from "@effect-bulk/aws/testing"
import { KendraModel, KendraState, layerTest } from "@effect-bulk/kendra/testing"
import { Clock, type Duration, Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"

/** The index and the experience of the tests. */
export const indexId = "11111111-2222-4333-8444-555555555555"
export const experienceId = "experience-1"

/** So many ids of a kind, from a position on. */
export const documentIds = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `document-${from + i}`)
export const uuids = (count: number, from = 1) => Array.from({ length: count }, (_, i) => KendraState.uuid(from + i))

/** 120 documents, 120 sets of featured results, 60 users with a persona, two data sources. */
export const seed: KendraState.IndexSeed = {
  id: indexId,
  name: "library",
  documents: 120,
  featuredResultsSets: 120,
  experiences: [{ id: experienceId, entities: uuids(60).map((id) => ({ id, persona: "VIEWER" as const })) }],
  dataSources: [
    { id: "custom-1", jobs: [{ id: "job-1", status: "SYNCING" }] },
    { id: "custom-2", jobs: [{ id: "job-0", status: "SUCCEEDED", startTime: new Date("2026-01-01T00:00:00Z") }] }
  ]
}

/** Kendra in memory, its faults, and a record of each call with the second in which it was sent. */
export const recorded = (
  options: {
    readonly model?: Omit<KendraModel.Options, "indices">
    readonly index?: Partial<KendraState.IndexSeed>
    readonly faults?: Faults.Faults
  } = {}
) => {
  const model = KendraModel.make({ indices: [{ ...seed, ...options.index }], ...options.model })
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
export const settled = <A, E, R>(effect: Effect.Effect<A, E, R>, step: Duration.Input = "50 millis") =>
  Effect.gen(function* () {
    const fiber = yield* Effect.forkChild(effect)
    while (fiber.pollUnsafe() === undefined) yield* TestClock.adjust(step)
    return yield* Fiber.join(fiber)
  })
