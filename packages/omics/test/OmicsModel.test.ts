import { OmicsModel, type OmicsState } from "@effect-bulk/omics/testing"
import type { ServiceModel } from "@effect-bulk/aws/testing"
import { Faults } from "@effect-bulk/aws/testing"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"

const sequenceStoreId = "1234567890"
const first = "1000000000"
const missing = "The specified readset does not exist."

const store = (readSets: OmicsState.SequenceStoreSeed["readSets"] = 3) => ({ id: sequenceStoreId, readSets })

const output = (answer: ServiceModel.ModelAnswer): Record<string, unknown> => {
  if (answer._tag === "Error") assert.fail(`${answer.name}: ${answer.message}`)
  return answer.output
}

const failure = (answer: ServiceModel.ModelAnswer): ReadonlyArray<unknown> => {
  if (answer._tag === "Output") assert.fail(JSON.stringify(answer.output))
  return [answer.name, answer.status, answer.message]
}

const driver = (options: OmicsModel.Options) => {
  const model = OmicsModel.make({ sequenceStores: [store()], ...options })
  const send = (operation: string, input: Record<string, unknown>, fault?: Faults.ItemFault) =>
    model.handle(operation, input, fault)
  return {
    model,
    send,
    remove: (ids: ReadonlyArray<unknown>, fault?: Faults.ItemFault) =>
      send("BatchDeleteReadSet", { sequenceStoreId, ids }, fault),
    list: (input: Record<string, unknown> = {}) => send("ListReadSets", { sequenceStoreId, ...input }),
    status: (id: string) =>
      Effect.map(send("GetReadSetMetadata", { sequenceStoreId, id }), (answer) =>
        answer._tag === "Output" ? answer.output["status"] : answer.name
      )
  }
}

const ids = (output: Record<string, unknown>): ReadonlyArray<string> =>
  (output["readSets"] as ReadonlyArray<{ readonly id: string }>).map(({ id }) => id)

describe("BatchDeleteReadSet", () => {
  it.effect("deletes what is there and names what is not, with an empty code", () =>
    Effect.gen(function* () {
      const { model, remove } = driver({})
      assert.deepStrictEqual(output(yield* remove([first])), {})
      assert.deepStrictEqual(output(yield* remove(["1000000001", "7777777777"])), {
        errors: [{ id: "7777777777", code: "", message: missing }]
      })
      assert.deepStrictEqual(
        [...model.readSets(sequenceStoreId)],
        [
          { id: first, status: "DELETING", named: 1, deleted: 1 },
          { id: "1000000001", status: "DELETING", named: 1, deleted: 1 },
          { id: "1000000002", status: "ACTIVE", named: 0, deleted: 0 }
        ]
      )
    })
  )

  it.effect("refuses a whole call that breaks a constraint, and deletes nothing", () =>
    Effect.gen(function* () {
      const { model, remove, send } = driver({})
      const many = Array.from({ length: 101 }, (_, i) => String(1_000_000_000 + i))
      const refused = [
        yield* remove([]),
        yield* remove(many),
        yield* remove([first, "12345"]),
        yield* remove([first, "1".repeat(37)]),
        yield* remove([first, "12345abcde"]),
        yield* remove([first, null]),
        yield* send("BatchDeleteReadSet", { sequenceStoreId }),
        yield* send("BatchDeleteReadSet", { sequenceStoreId: "x", ids: [first] })
      ]
      assert.deepStrictEqual(refused.map(failure), [
        ["ValidationException", 400, "Invalid ids: expected a value with a length between 1 and 100, got a list of 0"],
        [
          "ValidationException",
          400,
          "Invalid ids: expected a value with a length between 1 and 100, got a list of 101"
        ],
        ["ValidationException", 400, 'Invalid ids[1]: expected a value with a length between 10 and 36, got "12345"'],
        [
          "ValidationException",
          400,
          `Invalid ids[1]: expected a value with a length between 10 and 36, got "${"1".repeat(37)}"`
        ],
        [
          "ValidationException",
          400,
          'Invalid ids[1]: expected a string matching the RegExp ^[0-9]+$, got "12345abcde"'
        ],
        ["ValidationException", 400, "Invalid ids[1]: expected string, got null"],
        ["ValidationException", 400, "Missing ids"],
        [
          "ValidationException",
          400,
          'Invalid sequenceStoreId: expected a value with a length between 10 and 36, got "x"'
        ]
      ])
      assert.isTrue([...model.readSets(sequenceStoreId)].every(({ named }) => named === 0))
    })
  )

  it.effect("takes other types than documented for input that cannot be read", () =>
    Effect.gen(function* () {
      const { send } = driver({})
      assert.deepStrictEqual(failure(yield* send("BatchDeleteReadSet", { sequenceStoreId, ids: first })), [
        "SerializationException",
        400,
        `Invalid ids: expected array, got "${first}"`
      ])
      assert.deepStrictEqual(failure(yield* send("BatchDeleteReadSet", { sequenceStoreId, ids: [5] })), [
        "SerializationException",
        400,
        "Invalid ids[0]: expected string, got 5"
      ])
    })
  )

  it.effect("fails for a store that is not there, as chosen", () =>
    Effect.gen(function* () {
      const input = { sequenceStoreId: "9999999999", ids: [first] }
      assert.deepStrictEqual(failure(yield* driver({}).send("BatchDeleteReadSet", input)), [
        "ResourceNotFoundException",
        404,
        "The specified sequence store does not exist."
      ])
      const { send } = driver({ choices: { missingStore: "validation" } })
      assert.strictEqual(failure(yield* send("BatchDeleteReadSet", input))[0], "ValidationException")
    })
  )

  it.effect("counts a repeated id once, or names the second one, as chosen", () =>
    Effect.gen(function* () {
      const once = driver({})
      assert.deepStrictEqual(output(yield* once.remove([first, first])), {})
      assert.deepStrictEqual(once.model.readSet(sequenceStoreId, first), {
        id: first,
        status: "DELETING",
        named: 2,
        deleted: 1
      })
      const error = driver({ choices: { duplicates: "error", code: "DUPLICATE" } })
      assert.deepStrictEqual(output(yield* error.remove([first, first])), {
        errors: [{ id: first, code: "DUPLICATE", message: "The id occurs more than once in the request." }]
      })
      assert.strictEqual(error.model.readSet(sequenceStoreId, first)?.deleted, 1)
    })
  )

  it.effect("says so with an empty list when all succeeded, if chosen", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(output(yield* driver({ choices: { fullSuccess: "emptyList" } }).remove([first])), {
        errors: []
      })
    })
  )

  it.effect("deletes in every status but those that are chosen", () =>
    Effect.gen(function* () {
      const statuses = ["ARCHIVED", "ACTIVATING", "ACTIVE", "PROCESSING_UPLOAD", "UPLOAD_FAILED"] as const
      const sequenceStores = [store(statuses.map((status, i) => ({ id: `000000000${i}`, status })))]
      const all = statuses.map((_, i) => `000000000${i}`)
      const refusal = (id: string, status: string) => ({
        id,
        code: "",
        message: `The specified readset has the status ${status} and cannot be deleted.`
      })
      assert.deepStrictEqual(output(yield* driver({ sequenceStores }).remove(all)), {
        errors: [refusal("0000000001", "ACTIVATING"), refusal("0000000003", "PROCESSING_UPLOAD")]
      })
      assert.deepStrictEqual(
        output(yield* driver({ sequenceStores, choices: { undeletable: ["ARCHIVED"] } }).remove(all)),
        { errors: [refusal("0000000000", "ARCHIVED")] }
      )
    })
  )

  it.effect("takes a deletion that goes on once more, or not, as chosen", () =>
    Effect.gen(function* () {
      const accepted = driver({})
      yield* accepted.remove([first])
      assert.deepStrictEqual(output(yield* accepted.remove([first])), {})
      assert.strictEqual(accepted.model.readSet(sequenceStoreId, first)?.deleted, 2)
      const refused = driver({ choices: { again: "missing" } })
      yield* refused.remove([first])
      assert.deepStrictEqual(output(yield* refused.remove([first])), {
        errors: [{ id: first, code: "", message: missing }]
      })
      assert.strictEqual(refused.model.readSet(sequenceStoreId, first)?.deleted, 1)
    })
  )

  it.effect("fails items as scripted, so many times, and leaves them alone", () =>
    Effect.gen(function* () {
      const { model, remove } = driver({})
      model.failItem(first, { code: "INTERNAL_ERROR", message: "Try again", times: 2 })
      model.failItem("1000000001", { code: "LOCKED", message: "Never" })
      const seen = []
      for (let i = 0; i < 3; i++) seen.push(output(yield* remove([first, "1000000001"])))
      const locked = { id: "1000000001", code: "LOCKED", message: "Never" }
      const failed = { id: first, code: "INTERNAL_ERROR", message: "Try again" }
      assert.deepStrictEqual(seen, [{ errors: [failed, locked] }, { errors: [failed, locked] }, { errors: [locked] }])
      assert.deepStrictEqual(model.readSet(sequenceStoreId, "1000000001"), {
        id: "1000000001",
        status: "ACTIVE",
        named: 3,
        deleted: 0
      })
    })
  )

  it.effect("fails the items that a fault hits", () =>
    Effect.gen(function* () {
      const { model, remove } = driver({})
      const fault: Faults.ItemFault = { _tag: "ItemFault", code: "BUSY", message: "Busy", ids: ["1000000001"] }
      assert.deepStrictEqual(output(yield* remove([first, "1000000001"], fault)), {
        errors: [{ id: "1000000001", code: "BUSY", message: "Busy" }]
      })
      assert.strictEqual(model.readSet(sequenceStoreId, "1000000001")?.deleted, 0)
    })
  )
})

describe("a deletion", () => {
  it.effect("is seen to go on once, and then nothing is left", () =>
    Effect.gen(function* () {
      const { list, remove, status } = driver({})
      yield* remove([first])
      assert.strictEqual(yield* status(first), "DELETING")
      assert.strictEqual(yield* status(first), "ResourceNotFoundException")
      assert.deepStrictEqual(ids(output(yield* list())), ["1000000001", "1000000002"])
    })
  )

  it.effect("takes as long and as many looks as chosen, and leaves the status if chosen", () =>
    Effect.gen(function* () {
      const { list, remove, status } = driver({
        choices: { deletingMillis: 1000, deletingLooks: 2, gone: "DELETED" }
      })
      yield* remove([first])
      const seen = [yield* status(first), yield* status(first), yield* status(first)]
      yield* TestClock.adjust("999 millis")
      seen.push(yield* status(first))
      yield* TestClock.adjust("1 millis")
      seen.push(yield* status(first))
      assert.deepStrictEqual(seen, ["DELETING", "DELETING", "DELETING", "DELETING", "DELETED"])
      assert.deepStrictEqual(ids(output(yield* list({ filter: { status: "DELETED" } }))), [first])
    })
  )

  it.effect("is not deleted again once it is over", () =>
    Effect.gen(function* () {
      const { model, remove, status } = driver({ choices: { deletingLooks: 0 } })
      yield* remove([first])
      assert.strictEqual(yield* status(first), "ResourceNotFoundException")
      assert.deepStrictEqual(output(yield* remove([first])), { errors: [{ id: first, code: "", message: missing }] })
      assert.deepStrictEqual(model.readSet(sequenceStoreId, first), {
        id: first,
        status: "DELETED",
        named: 2,
        deleted: 1
      })
    })
  )
})

describe("ListReadSets", () => {
  const all = Effect.fnUntraced(function* (
    { list }: ReturnType<typeof driver>,
    input: Record<string, unknown>,
    between: Effect.Effect<unknown> = Effect.void
  ) {
    const pages: Array<ReadonlyArray<string>> = []
    let nextToken: unknown
    do {
      const page = output(yield* list({ ...input, ...(nextToken !== undefined && { nextToken }) }))
      pages.push(ids(page))
      nextToken = page["nextToken"]
      yield* between
    } while (nextToken !== undefined)
    return pages
  })

  it.effect("gives each read set once, in pages that end", () =>
    Effect.gen(function* () {
      const test = driver({ sequenceStores: [store(7)] })
      const expected = Array.from({ length: 7 }, (_, i) => String(1_000_000_000 + i))
      assert.deepStrictEqual(yield* all(test, { maxResults: 3 }), [
        expected.slice(0, 3),
        expected.slice(3, 6),
        expected.slice(6)
      ])
      assert.deepStrictEqual(yield* all(test, {}), [expected])
    })
  )

  it.effect("skips nothing when what was listed is deleted between pages", () =>
    Effect.gen(function* () {
      const test = driver({ sequenceStores: [store(9)], choices: { deletingLooks: 0 } })
      let from = 1_000_000_000
      const removeThree = Effect.suspend(() => {
        const ids = [from, from + 1, from + 2].map(String)
        from += 3
        return test.remove(ids)
      })
      const pages = yield* all(test, { maxResults: 3 }, removeThree)
      assert.deepStrictEqual(
        pages.flat(),
        Array.from({ length: 9 }, (_, i) => String(1_000_000_000 + i))
      )
      assert.deepStrictEqual(yield* all(test, {}), [[]])
    })
  )

  it.effect("filters by each documented member", () =>
    Effect.gen(function* () {
      const at = (minute: number) => new Date(Date.UTC(2024, 0, 1, 0, minute))
      const test = driver({
        sequenceStores: [
          store([
            {
              id: "0000000001",
              name: "a",
              sampleId: "s1",
              subjectId: "p1",
              creationTime: at(1),
              creationType: "UPLOAD"
            },
            { id: "0000000002", name: "b", sampleId: "s2", subjectId: "p1", creationTime: at(2), status: "ARCHIVED" },
            { id: "0000000003", name: "b", creationTime: at(3), referenceArn: "arn:x", generatedFrom: "ONT" }
          ])
        ]
      })
      const list = (filter: Record<string, unknown>) =>
        Effect.map(test.list({ filter }), (answer) => ids(output(answer)).map((id) => Number(id)))
      assert.deepStrictEqual(
        [
          yield* list({}),
          yield* list({ name: "b" }),
          yield* list({ sampleId: "s1" }),
          yield* list({ subjectId: "p1" }),
          yield* list({ status: "ARCHIVED" }),
          yield* list({ creationType: "UPLOAD" }),
          yield* list({ referenceArn: "arn:x" }),
          yield* list({ generatedFrom: "ONT" }),
          yield* list({ createdAfter: at(1) }),
          yield* list({ createdBefore: at(3) }),
          yield* list({ name: "b", createdBefore: at(3) })
        ],
        [[1, 2, 3], [2, 3], [1], [1, 2], [2], [1], [3], [3], [2, 3], [1, 2], [2]]
      )
    })
  )

  it.effect("refuses page sizes, tokens and filters that cannot be", () =>
    Effect.gen(function* () {
      const { list, send } = driver({
        sequenceStores: [store(5), { id: "2234567890", readSets: 5 }]
      })
      const { nextToken } = output(yield* send("ListReadSets", { sequenceStoreId: "2234567890", maxResults: 2 }))
      const names = []
      for (const input of [
        { maxResults: 0 },
        { maxResults: 101 },
        { maxResults: 1.5 },
        { nextToken: "" },
        { nextToken: "made up" },
        { nextToken },
        { filter: { status: "GONE" } },
        { filter: { name: "" } },
        { filter: { referenceArn: "x" } },
        { filter: { createdAfter: "2024-01-01T00:00:00Z" } }
      ]) {
        names.push(failure(yield* list(input))[0])
      }
      assert.deepStrictEqual(names, [
        ...Array.from({ length: 9 }, () => "ValidationException"),
        "SerializationException"
      ])
    })
  )

  it.effect("lists 200000 read sets in one walk, deleted ones aside", () =>
    Effect.gen(function* () {
      const readSets = 200_000
      const test = driver({ sequenceStores: [store(readSets)], choices: { deletingLooks: 0 } })
      assert.strictEqual((yield* all(test, {})).flat().length, readSets)
      for (let i = 0; i < readSets - 50; i += 50) {
        yield* test.remove(Array.from({ length: 50 }, (_, k) => String(1_000_000_000 + i + k)))
      }
      // Each look from the beginning would walk over all that is deleted: this ends only if none does.
      for (let i = 0; i < 5000; i++) yield* test.list({ maxResults: 1 })
      assert.strictEqual((yield* all(test, {})).flat().length, 50)
    })
  )
})

describe("GetReadSetMetadata, ListSequenceStores and GetSequenceStore", () => {
  it.effect("describe what is there", () =>
    Effect.gen(function* () {
      const { send } = driver({
        sequenceStores: [store(), { id: "2234567890", name: "other", description: "d", readSets: [] }]
      })
      const metadata = output(yield* send("GetReadSetMetadata", { sequenceStoreId, id: "1000000001" }))
      assert.deepStrictEqual(metadata, {
        id: "1000000001",
        arn: `arn:aws:omics:us-east-1:123456789012:sequenceStore/${sequenceStoreId}/readSet/1000000001`,
        sequenceStoreId,
        status: "ACTIVE",
        name: "read-set-1",
        sampleId: "sample-0",
        subjectId: "subject-0",
        fileType: "BAM",
        creationTime: new Date(Date.UTC(2024, 0, 1, 0, 1)),
        creationType: "IMPORT",
        sequenceInformation: {
          totalReadCount: 1001,
          totalBaseCount: 150_001,
          generatedFrom: "ILLUMINA",
          alignment: "ALIGNED"
        },
        files: { source1: { totalParts: 1, partSize: 104_857_600, contentLength: 1_000_000 } }
      })
      const { nextToken, sequenceStores } = output(yield* send("ListSequenceStores", { maxResults: 1 }))
      assert.deepStrictEqual(sequenceStores, [output(yield* send("GetSequenceStore", { id: sequenceStoreId }))])
      assert.deepStrictEqual(output(yield* send("ListSequenceStores", { nextToken })), {
        sequenceStores: [
          {
            id: "2234567890",
            arn: "arn:aws:omics:us-east-1:123456789012:sequenceStore/2234567890",
            name: "other",
            description: "d",
            creationTime: new Date(Date.UTC(2024, 0, 1)),
            status: "ACTIVE"
          }
        ]
      })
      assert.deepStrictEqual(output(yield* send("ListSequenceStores", { filter: { name: "nobody" } })), {
        sequenceStores: []
      })
      assert.strictEqual(failure(yield* send("GetSequenceStore", { id: "9999999999" }))[0], "ResourceNotFoundException")
    })
  )
})

describe("annotation store versions", () => {
  const annotationStores = [
    {
      name: "store",
      versions: [{ versionName: "v_1" }, { versionName: "v_2", inUse: true }, { versionName: "v_3" }]
    },
    { name: "busy", status: "UPDATING", versions: [{ versionName: "v_1" }] }
  ] as const

  it.effect("are deleted one by one, those in use by force", () =>
    Effect.gen(function* () {
      const { model, send } = driver({ annotationStores })
      const remove = (input: Record<string, unknown>) =>
        send("DeleteAnnotationStoreVersions", { name: "store", ...input })
      assert.deepStrictEqual(output(yield* remove({ versions: ["v_1", "v_2", "v_9"] })), {
        errors: [
          { versionName: "v_2", message: "The specified version is in use and not deleted by force." },
          { versionName: "v_9", message: "The specified version does not exist." }
        ]
      })
      assert.deepStrictEqual(output(yield* remove({ versions: ["v_2"], force: true })), { errors: [] })
      assert.deepStrictEqual(
        [...model.versions("store")],
        [
          { versionName: "v_1", status: "DELETING", named: 1, deleted: 1 },
          { versionName: "v_2", status: "DELETING", named: 2, deleted: 1 },
          { versionName: "v_3", status: "ACTIVE", named: 0, deleted: 0 }
        ]
      )
      const names = Effect.map(send("ListAnnotationStoreVersions", { name: "store" }), (answer) =>
        (output(answer)["annotationStoreVersions"] as ReadonlyArray<Record<string, unknown>>).map(
          ({ status, versionName }) => [versionName, status]
        )
      )
      assert.deepStrictEqual(yield* names, [
        ["v_1", "DELETING"],
        ["v_2", "DELETING"],
        ["v_3", "ACTIVE"]
      ])
      assert.deepStrictEqual(yield* names, [["v_3", "ACTIVE"]])
    })
  )

  it.effect("are refused as documented", () =>
    Effect.gen(function* () {
      const { send } = driver({ annotationStores })
      const names = []
      for (const input of [
        { name: "nobody", versions: ["v_1"] },
        { name: "busy", versions: ["v_1"] },
        { name: "store", versions: [] },
        { name: "store", versions: Array.from({ length: 11 }, (_, i) => `v_${i}`) },
        { name: "store", versions: ["V_1"] },
        { name: "store", versions: ["v"] }
      ]) {
        names.push(failure(yield* send("DeleteAnnotationStoreVersions", input)).slice(0, 2))
      }
      assert.deepStrictEqual(names, [
        ["ResourceNotFoundException", 404],
        ["ConflictException", 409],
        ["ValidationException", 400],
        ["ValidationException", 400],
        ["ValidationException", 400],
        ["ValidationException", 400]
      ])
    })
  )
})

describe("rates", () => {
  it.effect("throttle by operation, with a burst", () =>
    Effect.gen(function* () {
      const { list, remove } = driver({
        rates: { BatchDeleteReadSet: { perSecond: 2, burst: 3 } }
      })
      const seen: Array<string> = []
      const send = Effect.map(remove([first]), (answer) => {
        seen.push(answer._tag === "Error" ? `${answer.name} ${answer.status}` : "ok")
      })
      yield* Effect.repeat(send, { times: 3 })
      yield* TestClock.adjust("500 millis")
      yield* Effect.repeat(send, { times: 1 })
      assert.strictEqual((yield* list())._tag, "Output")
      const throttled = "ThrottlingException 429"
      assert.deepStrictEqual(seen, ["ok", "ok", "ok", throttled, "ok", throttled])
    })
  )

  it("are refused for operations that are not there", () => {
    assert.throws(
      () => OmicsModel.make({ rates: { DeleteAll: { perSecond: 1 } } }),
      'ServiceWire.handle: a rate must be for an operation of omics, got "DeleteAll"'
    )
  })
})

describe("state", () => {
  it.effect("shows every read set and version, with what was done to it", () =>
    Effect.gen(function* () {
      const { model, remove } = driver({
        sequenceStores: [store(1)],
        annotationStores: [{ name: "store", versions: [{ versionName: "v_1" }] }]
      })
      yield* remove([first])
      assert.deepStrictEqual(
        [...(model.state?.() ?? [])],
        [
          { type: "readSet", sequenceStoreId, id: first, status: "DELETING", named: 1, deleted: 1 },
          { type: "version", annotationStore: "store", versionName: "v_1", status: "ACTIVE", named: 0, deleted: 0 }
        ]
      )
    })
  )
})

describe("faults in the members of an answer", () => {
  const distorted = Effect.fnUntraced(function* (fault: Faults.Fault, ids: ReadonlyArray<string>) {
    const { model } = driver({})
    const input = { sequenceStoreId, ids }
    return Faults.distort(
      fault,
      model,
      "BatchDeleteReadSet",
      input,
      output(yield* model.handle("BatchDeleteReadSet", input))
    )
  })

  it.effect("spoil a full success, too", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* distorted({ _tag: "WrongTypes" }, [first]), { errors: "wrong type" })
      assert.deepStrictEqual(yield* distorted({ _tag: "Nulls" }, [first]), { errors: [null] })
      assert.deepStrictEqual(yield* distorted({ _tag: "Nulls" }, ["7777777777"]), {
        errors: [{ id: "7777777777", code: "", message: missing }, null]
      })
      assert.deepStrictEqual(yield* distorted({ _tag: "Answer", output: { errors: [] } }, ["7777777777"]), {
        errors: []
      })
    })
  )

  it.effect("contradict: two errors for what was deleted, one for what nobody named", () =>
    Effect.gen(function* () {
      const { errors } = yield* distorted({ _tag: "Contradiction" }, [first])
      assert.deepStrictEqual(
        (errors as ReadonlyArray<{ readonly id: string }>).map(({ id }) => id),
        [first, first, "9999999999999"]
      )
    })
  )
})

describe("unknown operations", () => {
  it.effect("are refused", () =>
    Effect.gen(function* () {
      const { send } = driver({})
      assert.deepStrictEqual(failure(yield* send("DeleteEverything", {})), [
        "UnknownOperationException",
        404,
        'No operation is known for "DeleteEverything"'
      ])
    })
  )
})
