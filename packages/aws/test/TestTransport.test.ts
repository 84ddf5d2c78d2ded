import { BatchDeleteReadSetCommand } from "@aws-sdk/client-omics"
import { AwsClient, AwsFate } from "@effect-bulk/aws"
import { Faults, ServiceModel, TestTransport } from "@effect-bulk/aws/testing"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Fiber } from "effect"
import { TestClock } from "effect/testing"

/** Deletes what it is told, and knows what it deleted. */
const model = () => {
  const deleted: Array<string> = []
  const service: ServiceModel.ServiceModel = {
    service: "omics",
    handle: (_, input, fault) =>
      Effect.sync(() => {
        const { ids, sequenceStoreId } = input as { ids: ReadonlyArray<string>; sequenceStoreId: string }
        if (sequenceStoreId === "none") {
          return ServiceModel.error("ResourceNotFoundException", 404, "No such store", { store: sequenceStoreId })
        }
        const hit = ids.filter((id) => Faults.hits(fault, id))
        deleted.push(...ids.filter((id) => !hit.includes(id)))
        return ServiceModel.output({ errors: hit.map((id) => ({ id, code: fault?.code, message: fault?.message })) })
      })
  }
  return { deleted, service }
}

const command = (sequenceStoreId = "s", ids: Array<string> = ["a", "b"]) =>
  new BatchDeleteReadSetCommand({ sequenceStoreId, ids })

const call = Effect.fnUntraced(function* (fault: Faults.Fault | null, service = "omics") {
  const { deleted, service: base } = model()
  const transport = TestTransport.make({ model: { ...base, service }, faults: Faults.script([fault]) })
  const client = AwsClient.fromTransport({ service: "Omics", transport })
  const exit = yield* Effect.result(client.send(command()))
  if (exit._tag === "Success") return { answer: exit.success, deleted }
  const { failure } = exit
  const fate = AwsFate.of(failure)
  return {
    error: [failure._tag, ...("code" in failure ? [failure.code] : []), failure.status],
    fate: `${fate._tag} ${fate.applied}`,
    deleted
  }
})

const metadata = {
  httpStatusCode: 200,
  requestId: "00000000-0000-4000-8000-000000000001",
  attempts: 1,
  totalRetryDelay: 0
}

describe("make", () => {
  it.effect("answers as the SDK does, and remembers calls", () =>
    Effect.gen(function* () {
      const { service } = model()
      const transport = TestTransport.make({ model: service, account: "210987654321", region: "eu-west-1" })
      const client = AwsClient.fromTransport({ service: "Omics", transport })
      assert.deepStrictEqual(yield* client.send(command()), { $metadata: metadata, errors: [] })
      assert.deepStrictEqual(transport.calls, [
        { operation: "BatchDeleteReadSet", input: { sequenceStoreId: "s", ids: ["a", "b"] } }
      ])
      assert.deepStrictEqual(yield* Effect.all([client.account, client.region]), ["210987654321", "eu-west-1"])
    })
  )

  it.effect("fails with the exceptions of the model", () =>
    Effect.gen(function* () {
      const client = AwsClient.fromTransport({
        service: "Omics",
        transport: TestTransport.make({ model: model().service })
      })
      const error = yield* Effect.flip(client.send(command("none")))
      assert.isTrue(error._tag === "UnknownServiceError" && error.code === "ResourceNotFoundException")
      assert.strictEqual(error.message, "No such store")
      assert.strictEqual(error.status, 404)
      assert.strictEqual((error.cause as { store?: string }).store, "none")
    })
  )

  // The same as the wire tests see of a real client.
  const both = ["a", "b"]
  const faults: ReadonlyArray<readonly [Faults.Fault, object]> = [
    [
      { _tag: "Throttle" },
      { error: ["UnknownServiceError", "ThrottlingException", 429], fate: "Throttled no", deleted: [] }
    ],
    [
      { _tag: "ServiceError", name: "InternalServerException", status: 500, message: "oops" },
      { error: ["UnknownServiceError", "InternalServerException", 500], fate: "Transient maybe", deleted: [] }
    ],
    [
      { _tag: "Html", status: 503 },
      { error: ["UndecodableResponse", 503], fate: "Transient maybe", deleted: [] }
    ],
    [
      { _tag: "ResetBefore" },
      { error: ["NetworkError", "ECONNRESET", undefined], fate: "Transient maybe", deleted: [] }
    ],
    [
      { _tag: "ResetAfter" },
      { error: ["NetworkError", "ECONNRESET", undefined], fate: "Transient maybe", deleted: both }
    ],
    [{ _tag: "CutOff" }, { error: ["NetworkError", "ECONNRESET", 200], fate: "Transient maybe", deleted: both }],
    [{ _tag: "Malformed" }, { error: ["UndecodableResponse", 200], fate: "Transient maybe", deleted: both }],
    [{ _tag: "Empty" }, { answer: { $metadata: metadata }, deleted: both }],
    [{ _tag: "WrongTypes" }, { answer: { $metadata: metadata, errors: "wrong type" }, deleted: both }],
    [
      { _tag: "ItemFault", code: "X", message: "no", ids: ["b"] },
      { answer: { $metadata: metadata, errors: [{ id: "b", code: "X", message: "no" }] }, deleted: ["a"] }
    ]
  ]
  for (const [fault, seen] of faults) {
    it.effect(`shows ${fault._tag} as the real client would`, () =>
      Effect.gen(function* () {
        assert.deepStrictEqual<unknown>(yield* call(fault), seen)
      })
    )
  }

  it.effect("throttles Kendra with 400, and gives hints in milliseconds", () =>
    Effect.gen(function* () {
      const { error } = yield* call({ _tag: "Throttle" }, "kendra")
      assert.deepStrictEqual(error, ["UnknownServiceError", "ThrottlingException", 400])
      const transport = TestTransport.make({
        model: model().service,
        faults: Faults.always({ _tag: "Throttle", retryAfter: 1500 })
      })
      const client = AwsClient.fromTransport({ service: "Omics", transport })
      assert.strictEqual((yield* Effect.flip(client.send(command()))).retryAfter, 1500)
    })
  )

  it.effect("is slow by the program's clock", () =>
    Effect.gen(function* () {
      const { service } = model()
      const transport = TestTransport.make({ model: service, faults: Faults.script([{ _tag: "Slow", millis: 1000 }]) })
      const client = AwsClient.fromTransport({ service: "Omics", transport })
      const fiber = yield* Effect.forkChild(client.send(command()))
      yield* TestClock.adjust(999)
      assert.isUndefined(fiber.pollUnsafe())
      yield* TestClock.adjust(1)
      assert.deepStrictEqual((yield* Fiber.join(fiber)).errors, [])
    })
  )

  it.effect("hangs until it is interrupted", () =>
    Effect.gen(function* () {
      const { deleted, service } = model()
      const transport = TestTransport.make({ model: service, faults: Faults.always({ _tag: "Hang" }) })
      const fiber = yield* Effect.forkChild(AwsClient.fromTransport({ service: "Omics", transport }).send(command()))
      yield* TestClock.adjust("1 day")
      assert.isUndefined(fiber.pollUnsafe())
      yield* Fiber.interrupt(fiber)
      assert.isTrue(Exit.hasInterrupts(yield* Fiber.await(fiber)))
      assert.deepStrictEqual(deleted, [])
    })
  )
})

describe("Faults", () => {
  it("seeded gives the same faults for the same seed, in any order, about as often as asked", () => {
    const faults = Faults.seeded({ seed: 7, share: { throttle: 0.05, resetAfter: 0.02, item: 0.01 }, retryAfter: 10 })
    const calls = Array.from({ length: 10_000 }, (_, call) => faults.next("BatchDeleteReadSet", call))
    const again = calls.map((_, i) => faults.next("BatchDeleteReadSet", calls.length - 1 - i)).toReversed()
    assert.deepStrictEqual(again, calls)
    const count = (tag: string) => calls.filter((fault) => fault?._tag === tag).length
    assert.closeTo(count("Throttle"), 500, 100)
    assert.closeTo(count("ResetAfter"), 200, 70)
    assert.strictEqual(count("Throttle") + count("ResetAfter") + count("ItemFault"), calls.length)
    assert.deepInclude(calls, { _tag: "Throttle", retryAfter: 10 })
    const other = Faults.seeded({ seed: 8, share: { throttle: 0.05 } })
    assert.notDeepEqual(
      calls.map((fault) => fault?._tag === "Throttle"),
      calls.map((_, call) => other.next("BatchDeleteReadSet", call)?._tag === "Throttle")
    )
  })

  it("hits decides by seed and id, about as often as asked", () => {
    const fault: Faults.ItemFault = { _tag: "ItemFault", code: "X", message: "m", share: 0.01, seed: 3 }
    const ids = Array.from({ length: 20_000 }, (_, i) => String(1_000_000_000 + i))
    assert.closeTo(ids.filter((id) => Faults.hits(fault, id)).length, 200, 60)
    assert.isFalse(Faults.hits(undefined, "x"))
  })

  it("seeded refuses shares above 1", () => {
    assert.throws(
      () => Faults.seeded({ seed: 1, share: { throttle: 0.7, html: 0.4 } }),
      RangeError,
      "Faults.seeded: the shares of calls must add up to 1 at the most, got 1.1"
    )
  })

  it("script ends, and keeps to its operation", () => {
    const faults = Faults.script([null, { _tag: "Hang" }], "A")
    assert.deepStrictEqual(
      [0, 1, 2].map((call) => faults.next("A", call)?._tag),
      [undefined, "Hang", undefined]
    )
    assert.isUndefined(faults.next("B", 1))
  })
})
