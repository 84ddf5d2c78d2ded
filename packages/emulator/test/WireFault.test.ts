import { ListReadSetsCommand } from "@aws-sdk/client-omics"
import { Faults } from "@effect-bulk/aws/testing"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Result } from "effect"
import * as Emulator from "../src/Emulator.ts"
import { ids, omicsClient, remove, send, sequenceStoreId } from "./omicsClient.ts"

const omics = { sequenceStores: [{ id: sequenceStoreId, readSets: 10 }] }
const missing = { id: "7777777777", code: "", message: "The specified readset does not exist." }

/** One call under a fault: what the client made of it, and how many of its two read sets are deleted. */
const underFault = Effect.fnUntraced(function* (fault: Faults.Fault, named: Array<string> = ids(0, 2)) {
  const emulator = yield* Emulator.make({ omics, faults: Faults.script([fault]) })
  const client = yield* omicsClient(emulator.url)
  const result = yield* Effect.result(remove(client, named))
  const deleted = ids(0, 2).filter((id) => emulator.models.omics.readSet(sequenceStoreId, id)?.deleted === 1).length
  const [call] = yield* emulator.calls
  return { result, deleted, recorded: call?.fault, next: yield* Effect.result(remove(client, ids(5, 1))) }
})

const failure = Effect.fnUntraced(function* (fault: Faults.Fault) {
  const { deleted, next, recorded, result } = yield* underFault(fault)
  if (Result.isSuccess(result)) return assert.fail(`No failure under ${fault._tag}`)
  assert.strictEqual(recorded, fault._tag)
  // The next call goes well: a fault is for one call, and leaves the server whole.
  assert.deepStrictEqual(next, Result.succeed({}))
  return { deleted, ...result.failure }
})

const success = Effect.fnUntraced(function* (fault: Faults.Fault, named?: Array<string>) {
  const { deleted, recorded, result } = yield* underFault(fault, named)
  if (Result.isFailure(result)) return assert.fail(`${result.failure.name} under ${fault._tag}`)
  assert.strictEqual(recorded, fault._tag)
  return { deleted, output: result.success }
})

describe("faults before the effect", () => {
  it.live("Throttle, with and without a hint", () =>
    Effect.gen(function* () {
      const plain = yield* failure({ _tag: "Throttle" })
      assert.deepStrictEqual(
        [plain.deleted, plain.name, plain.status, plain.message],
        [0, "ThrottlingException", 429, "Rate exceeded"]
      )
      assert.notProperty(plain.headers, "retry-after")
      const { headers } = yield* failure({ _tag: "Throttle", retryAfter: 1500 })
      assert.deepStrictEqual([headers["retry-after"], headers["x-amz-retry-after"]], ["2", "1500"])
    })
  )

  it.live("ServiceError, named and unnamed in the model of the service", () =>
    Effect.gen(function* () {
      const known = yield* failure({ _tag: "ServiceError", name: "RequestTimeoutException", status: 408, message: "m" })
      assert.deepStrictEqual(
        [known.deleted, known.name, known.status, known.message],
        [0, "RequestTimeoutException", 408, "m"]
      )
      const unknown = yield* failure({ _tag: "ServiceError", name: "SlowDown", status: 503, message: "m" })
      assert.deepStrictEqual([unknown.name, unknown.status], ["SlowDown", 503])
    })
  )

  it.live("Html", () =>
    Effect.gen(function* () {
      const html = yield* failure({ _tag: "Html", status: 503 })
      assert.deepStrictEqual([html.deleted, html.name, html.status], [0, "SyntaxError", 503])
    })
  )

  it.live("ResetBefore", () =>
    Effect.gen(function* () {
      const reset = yield* failure({ _tag: "ResetBefore" })
      assert.deepStrictEqual([reset.deleted, reset.code, reset.status], [0, "ECONNRESET", undefined])
    })
  )

  it.live("Hang, until the client gives up", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.make({ omics, faults: Faults.script([{ _tag: "Hang" }]) })
      const client = yield* omicsClient(emulator.url)
      const fiber = yield* Effect.forkChild(remove(client, ids(0, 2)))
      while ((yield* emulator.calls).length === 0) yield* Effect.sleep("5 millis")
      assert.isUndefined(fiber.pollUnsafe())
      yield* Fiber.interrupt(fiber)
      assert.strictEqual(emulator.models.omics.readSet(sequenceStoreId, "1000000000")?.named, 0)
      assert.deepStrictEqual(yield* remove(client, ids(0, 2)), {})
    })
  )
})

describe("faults after the effect", () => {
  it.live("ResetAfter", () =>
    Effect.gen(function* () {
      const reset = yield* failure({ _tag: "ResetAfter" })
      assert.deepStrictEqual([reset.deleted, reset.code, reset.status], [2, "ECONNRESET", undefined])
    })
  )

  it.live("CutOff, with the headers of the whole answer", () =>
    Effect.gen(function* () {
      const cut = yield* failure({ _tag: "CutOff" })
      assert.deepStrictEqual([cut.deleted, cut.code, cut.status], [2, "ECONNRESET", 200])
      assert.isString(cut.requestId)
    })
  )

  it.live("Malformed", () =>
    Effect.gen(function* () {
      const malformed = yield* failure({ _tag: "Malformed" })
      assert.deepStrictEqual([malformed.deleted, malformed.name, malformed.status], [2, "SyntaxError", 200])
    })
  )

  it.live("Empty, which hides what failed", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* success({ _tag: "Empty" }, [...ids(0, 2), missing.id]), { deleted: 2, output: {} })
    })
  )

  it.live("WrongTypes and Nulls", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* success({ _tag: "WrongTypes" }), { deleted: 2, output: { errors: "wrong type" } })
      assert.deepStrictEqual(yield* success({ _tag: "Nulls" }, [...ids(0, 2), missing.id]), {
        deleted: 2,
        output: { errors: [missing, null] }
      })
    })
  )

  it.live("Contradiction and Answer", () =>
    Effect.gen(function* () {
      const { deleted, output } = yield* success({ _tag: "Contradiction" })
      const named = (output as { errors: ReadonlyArray<{ id: string }> }).errors.map(({ id }) => id)
      assert.deepStrictEqual([deleted, named], [2, ["1000000000", "1000000000", "9999999999999"]])
      const answer = { errors: [{ id: "1000000001", code: "X" }] }
      assert.deepStrictEqual(yield* success({ _tag: "Answer", output: answer }), { deleted: 2, output: answer })
    })
  )

  it.live("Slow, by the time that is said", () =>
    Effect.gen(function* () {
      const before = performance.now()
      assert.deepStrictEqual(yield* success({ _tag: "Slow", millis: 80 }), { deleted: 2, output: {} })
      assert.isAtLeast(performance.now() - before, 79)
    })
  )

  it.live("SameToken, for ever", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.make({ omics, faults: Faults.always({ _tag: "SameToken" }, "ListReadSets") })
      const client = yield* omicsClient(emulator.url)
      const list = (nextToken: string | undefined) =>
        send(() => client.send(new ListReadSetsCommand({ sequenceStoreId, maxResults: 4, nextToken })))
      const { nextToken } = yield* list(undefined)
      assert.isString(nextToken)
      for (let i = 0; i < 3; i++) assert.strictEqual((yield* list(nextToken)).nextToken, nextToken)
    })
  )
})

describe("faults of items", () => {
  it.live("fail what they name and nothing else", () =>
    Effect.gen(function* () {
      const fault: Faults.Fault = { _tag: "ItemFault", code: "BUSY", message: "Busy", ids: ["1000000001"] }
      assert.deepStrictEqual(yield* success(fault), {
        deleted: 1,
        output: { errors: [{ id: "1000000001", code: "BUSY", message: "Busy" }] }
      })
    })
  )
})

describe("setFaults", () => {
  it.live("numbers the calls of each operation from 0 again", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.make({ omics })
      const client = yield* omicsClient(emulator.url)
      yield* remove(client, ids(0, 1))
      yield* emulator.setFaults(Faults.script([null, { _tag: "Throttle" }], "BatchDeleteReadSet"))
      const seen = [
        yield* Effect.result(remove(client, ids(1, 1))),
        yield* Effect.result(send(() => client.send(new ListReadSetsCommand({ sequenceStoreId })))),
        yield* Effect.result(remove(client, ids(2, 1)))
      ]
      assert.deepStrictEqual(
        seen.map((result) => Result.isSuccess(result)),
        [true, true, false]
      )
      assert.deepStrictEqual(
        (yield* emulator.calls).map(({ call, operation }) => `${operation} ${call}`),
        ["BatchDeleteReadSet 0", "BatchDeleteReadSet 0", "ListReadSets 0", "BatchDeleteReadSet 1"]
      )
    })
  )
})

describe("seeded faults", () => {
  it.live("are the same for the same seed, and as many as asked for", () =>
    Effect.gen(function* () {
      const run = Effect.fnUntraced(function* () {
        const emulator = yield* Emulator.make({
          omics,
          faults: Faults.seeded({ seed: 7, share: { throttle: 0.2, resetBefore: 0.1, item: 0.1 } })
        })
        const client = yield* omicsClient(emulator.url)
        for (let i = 0; i < 200; i++) yield* Effect.result(remove(client, ids(0, 1)))
        return (yield* emulator.calls).map(({ fault }) => fault)
      })
      const one = yield* run()
      assert.deepStrictEqual(yield* run(), one)
      const count = (tag: string) => one.filter((fault) => fault === tag).length
      assert.isTrue(count("Throttle") > 25 && count("Throttle") < 55, `${count("Throttle")} of 200 throttled`)
      assert.isTrue(count("ResetBefore") > 8 && count("ResetBefore") < 35, `${count("ResetBefore")} of 200 reset`)
      assert.strictEqual(count("ItemFault") + count("Throttle") + count("ResetBefore"), 200)
    })
  )
})
