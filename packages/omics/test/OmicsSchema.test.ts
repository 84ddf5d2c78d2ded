import { OmicsSchema } from "@effect-bulk/omics"
import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"

const passes = (schema: Schema.Codec<unknown, unknown>) => {
  const decode = Schema.decodeUnknownResult(schema)
  return (value: unknown) => Result.isSuccess(decode(value))
}

describe("requests", () => {
  it.each([
    ["SequenceStoreId", OmicsSchema.SequenceStoreId, ["1234567890", "1".repeat(36)], ["123456789", "1".repeat(37)]],
    [
      "ReadSetId",
      OmicsSchema.ReadSetId,
      ["0000000000"],
      ["", "a123456789", "1234567890 ", "１２３４５６７８９０", 1234567890]
    ],
    [
      "VersionName",
      OmicsSchema.VersionName,
      ["abc", `v${"_".repeat(254)}`],
      ["ab", "1ab", "Abc", `v${"_".repeat(255)}`]
    ],
    ["StoreName", OmicsSchema.StoreName, ["s", "a/b", "...", "a\nb"], ["", ".", ".."]]
  ] as const)("%s has the documented form", (_name, schema, good, bad) => {
    const accepts = passes(schema)
    assert.deepStrictEqual(
      good.filter((value) => !accepts(value)),
      []
    )
    assert.deepStrictEqual(
      bad.filter((value) => accepts(value)),
      []
    )
  })

  it("filters have the documented forms", () => {
    const accepts = passes(OmicsSchema.ReadSetFilter)
    const good = [
      {},
      { name: "n".repeat(127), sampleId: "é🧬", subjectId: "a b", generatedFrom: "x" },
      { referenceArn: "" },
      { referenceArn: "arn:aws:omics:us-east-1:1:referenceStore/1/reference/2" },
      { status: "ACTIVE", creationType: "UPLOAD", createdAfter: new Date(0), createdBefore: undefined }
    ]
    const bad = [
      { name: "" },
      { name: "n".repeat(128) },
      { name: "a\tb" },
      { referenceArn: "x" },
      { status: "GONE" },
      { createdAfter: "2024-01-01" },
      { createdAfter: new Date(Number.NaN) }
    ]
    assert.deepStrictEqual(
      good.filter((value) => !accepts(value)),
      []
    )
    assert.deepStrictEqual(
      bad.filter((value) => accepts(value)),
      []
    )
  })

  it("pages have 1 to 100 entries", () => {
    const accepts = passes(OmicsSchema.ListReadSetsRequest)
    const sized = (maxResults: unknown) => accepts({ sequenceStoreId: "1234567890", maxResults })
    assert.deepStrictEqual([1, 100, undefined].map(sized), [true, true, true])
    assert.deepStrictEqual([0, 101, 1.5, "1"].map(sized), [false, false, false, false])
  })
})

describe("responses", () => {
  const decode = Schema.decodeUnknownResult(OmicsSchema.BatchDeleteReadSetResponse)

  it.each([{}, { errors: undefined }, { errors: null }, { errors: [] }, { errors: [], more: 1 }])(
    "%j has no errors",
    (output) => {
      assert.deepStrictEqual(decode(output), Result.succeed({ errors: [] }))
    }
  )

  it("keep what an entry has, also without id or code", () => {
    const errors = [{ id: "1", code: "", message: "No" }, { message: "No" }, {}]
    assert.deepStrictEqual(decode({ errors }), Result.succeed({ errors }))
  })

  it.each([{ errors: [null] }, { errors: "no" }, { errors: {} }, { errors: [{ id: 1 }] }, "no", null, []])(
    "%j has the wrong types",
    (output) => {
      assert.isTrue(Result.isFailure(decode(output)))
    }
  )

  it("take statuses that are not known today", () => {
    const readSet = {
      id: "short",
      arn: "arn",
      sequenceStoreId: "1234567890",
      status: "FROZEN",
      fileType: "POD5",
      creationTime: new Date(0)
    }
    const decoded = Schema.decodeUnknownResult(OmicsSchema.ReadSet)(readSet)
    assert(Result.isSuccess(decoded))
    assert.deepStrictEqual<unknown>(decoded.success, readSet)
    const late = Schema.decodeUnknownResult(OmicsSchema.ReadSet)({ ...readSet, creationTime: "2024-01-01T00:00:00Z" })
    assert.isTrue(Result.isFailure(late))
  })
})
