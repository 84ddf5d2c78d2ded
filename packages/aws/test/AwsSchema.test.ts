import { AwsSchema } from "@effect-bulk/aws"
import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"

const digits: AwsSchema.Form = { wanted: "3 to 5 digits", pattern: /^[0-9]{3,5}$/ }

const messageOf = (schema: Schema.Codec<unknown, unknown>, value: unknown) => {
  const result = Schema.decodeUnknownResult(schema, { reportInput: true })(value)
  return Result.isFailure(result) ? result.failure.message : undefined
}

describe("text", () => {
  it("says what it wants and what it got", () => {
    assert.strictEqual(messageOf(AwsSchema.text(digits), "12"), 'Expected 3 to 5 digits, got "12"')
    assert.isUndefined(messageOf(AwsSchema.text(digits), "123"))
  })
})

describe("sized", () => {
  it("counts the elements", () => {
    const schema = AwsSchema.sized(Schema.String, 1, 2)
    assert.strictEqual(messageOf(schema, []), "Expected 1 to 2 elements, got 0")
    assert.strictEqual(messageOf(schema, ["a", "b", "c"]), "Expected 1 to 2 elements, got 3")
    assert.isUndefined(messageOf(schema, ["a"]))
    assert.strictEqual(messageOf(AwsSchema.sized(Schema.String, 1), []), "Expected at least 1 elements, got 0")
  })
})

describe("checkTexts", () => {
  const check = AwsSchema.checkTexts<{ readonly store: string; readonly id: string; readonly note?: string }>({
    store: digits,
    id: digits
  })

  it("lets pass what has the form", () => {
    assert.isUndefined(check({ store: "123", id: "45678", note: "any" }))
  })

  it("names the first member that has not, with its value", () => {
    assert.strictEqual(check({ store: "12", id: "x" }), `'store' must be 3 to 5 digits, got "12"`)
    assert.strictEqual(
      check({ store: "123", id: "x".repeat(200) })?.length,
      `'id' must be 3 to 5 digits, got `.length + 83
    )
  })

  it.each([undefined, null, 123, {}, 10n, Symbol("id")])("does not take %s for a text", (id) => {
    assert.include(check({ store: "123", id: id as string }), "'id' must be 3 to 5 digits, got ")
  })
})

describe("list", () => {
  const decode = Schema.decodeUnknownResult(Schema.Struct({ list: AwsSchema.list(Schema.String) }))

  it.each([{}, { list: undefined }, { list: null }, { list: [] }])("is empty in %j", (response) => {
    assert.deepStrictEqual(decode(response), Result.succeed({ list: [] }))
  })

  it("keeps its elements, and their types", () => {
    assert.deepStrictEqual(decode({ list: ["a"] }), Result.succeed({ list: ["a"] }))
    assert.isTrue(Result.isFailure(decode({ list: [1] })))
    assert.isTrue(Result.isFailure(decode({ list: "a" })))
  })
})

describe("open", () => {
  it("takes values that are not known today, and nothing but texts", () => {
    const schema = AwsSchema.open("A", "B")
    assert.isUndefined(messageOf(schema, "C"))
    assert.isDefined(messageOf(schema, 1))
  })
})
