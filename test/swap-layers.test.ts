import { Faults } from "@effect-bulk/aws/testing"
import { layerTest, OmicsModel } from "@effect-bulk/omics/testing"
import { assert, describe, it } from "@effect/vitest"
import { Clock, Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { cleanUp } from "../examples/swap-layers/cleanUp.ts"

const store = "1234567890"
const idOf = (position: number) => String(1_000_000_000 + position)

/** A store whose every second read set failed to upload. */
const halfFailed = (count: number) =>
  OmicsModel.make({
    sequenceStores: [
      {
        id: store,
        readSets: Array.from({ length: count }, (_, i) => ({
          id: idOf(i),
          status: i % 2 === 0 ? ("UPLOAD_FAILED" as const) : ("ACTIVE" as const)
        }))
      }
    ]
  })

/** Runs the job over the test layer, and says how long it took by the clock of the test. */
const run = (model: OmicsModel.OmicsModel, faults: Faults.Faults) =>
  Effect.gen(function* () {
    const fiber = yield* Effect.forkChild(Effect.provide(cleanUp(store), layerTest({ model, faults })))
    while (fiber.pollUnsafe() === undefined) yield* TestClock.adjust("100 millis")
    return { ...(yield* Fiber.join(fiber)), millis: yield* Clock.currentTimeMillis }
  })

describe("cleanUp", () => {
  it.effect("removes what failed to upload, and nothing else", () =>
    Effect.gen(function* () {
      const model = halfFailed(10)
      const { gone, stuck } = yield* run(model, Faults.none)
      assert.deepStrictEqual([gone, stuck], [5, []])
      assert.deepStrictEqual(
        [...model.readSets(store)].map(({ status }) => status === "ACTIVE"),
        [false, true, false, true, false, true, false, true, false, true]
      )
    })
  )

  it.effect("gets through throttles, errors of the service and answers that get lost", () =>
    Effect.gen(function* () {
      const faults = Faults.script(
        [
          { _tag: "Throttle" },
          { _tag: "ServiceError", name: "InternalServerException", status: 500, message: "Internal failure" },
          { _tag: "ResetAfter" }
        ],
        "BatchDeleteReadSet"
      )
      const { gone, millis, stuck } = yield* run(halfFailed(500), faults)
      assert.deepStrictEqual([gone, stuck], [250, []])
      // Three calls and three more for those that went wrong, one a second at the most, in no real time.
      assert.isAtLeast(millis, 5_000)
    })
  )

  it.effect("names what a human being must look after", () =>
    Effect.gen(function* () {
      const model = halfFailed(10)
      model.failItem(idOf(4), { code: "", message: "The read set is in use." })
      assert.deepInclude(yield* run(model, Faults.none), { gone: 4, stuck: [idOf(4)], wasCut: false })
    })
  )

  it.effect("says so when it could not list all of them", () =>
    Effect.gen(function* () {
      const denied = { _tag: "ServiceError", name: "AccessDeniedException", status: 403, message: "No" } as const
      const { gone, wasCut } = yield* run(halfFailed(500), Faults.script([null, denied], "ListReadSets"))
      assert.isTrue(wasCut)
      assert.isAtMost(gone, 100)
    })
  )
})
