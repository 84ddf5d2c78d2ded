import { AwsError } from "@effect-bulk/aws"
import { OmicsError, OmicsFates } from "@effect-bulk/omics"
import { assert, describe, it } from "@effect/vitest"

const fields = { operation: "Omics.BatchDeleteReadSet", message: "No" }

describe("fate", () => {
  it("is given for every exception of the service", () => {
    const fates = Object.entries(OmicsError.exceptions).map(([name, Exception]) => {
      const { _tag, applied } = OmicsFates.fate(new Exception(fields))
      return [name, _tag, applied]
    })
    assert.deepStrictEqual(fates, [
      ["AccessDeniedException", "Fatal", "no"],
      ["ConflictException", "Rejected", "no"],
      ["InternalServerException", "Transient", "maybe"],
      ["NotSupportedOperationException", "Fatal", "no"],
      ["RangeNotSatisfiableException", "Fatal", "no"],
      ["RequestTimeoutException", "Transient", "maybe"],
      ["ResourceNotFoundException", "Fatal", "no"],
      ["ServiceQuotaExceededException", "Fatal", "no"],
      ["ThrottlingException", "Throttled", "no"],
      ["ValidationException", "Rejected", "no"]
    ])
  })

  it("keeps the service's hint to wait", () => {
    const error = new OmicsError.ThrottlingException({ ...fields, retryAfter: 700 })
    assert.deepStrictEqual(OmicsFates.fate(error), { _tag: "Throttled", applied: "no", retryAfter: 700 })
  })

  it("stops the run when the credentials are at fault, and the store's items when it does not exist", () => {
    const credentials = OmicsFates.fate(new AwsError.CredentialsError({ ...fields, code: "ExpiredTokenException" }))
    assert.deepStrictEqual(credentials, { _tag: "Fatal", applied: "no", halts: "run" })
    const missing = OmicsFates.fate(new OmicsError.ResourceNotFoundException(fields))
    assert.deepStrictEqual(missing, { _tag: "Fatal", applied: "no", halts: "group" })
  })
})

describe("verdict", () => {
  const verdict = (code: string, message: string) => {
    const { _tag, ...rest } = OmicsFates.verdict(new OmicsError.ReadSetBatchError({ id: "1", code, message }))
    return "gone" in rest ? "gone" : "throttled" in rest && rest.throttled ? "throttled" : _tag
  }

  it.each([
    ["", "The specified readset does not exist.", "gone"],
    ["ResourceNotFoundException", "", "gone"],
    ["NOT_FOUND", "?", "gone"],
    ["", "Rate exceeded", "throttled"],
    ["ThrottlingException", "Too many", "throttled"],
    ["INTERNAL_ERROR", "Failed", "Retryable"],
    ["", "Internal server error", "Retryable"],
    ["RequestTimeoutException", "", "Retryable"],
    ["CONFLICT", "The readset is being activated.", "Terminal"],
    ["", "", "Terminal"]
  ])("of code '%s' and message '%s' is %s", (code, message, expected) => {
    assert.strictEqual(verdict(code, message), expected)
  })

  it("needs no code", () => {
    const error = new OmicsError.VersionDeleteError({ versionName: "v_1", message: "Version does not exist" })
    assert.strictEqual(OmicsFates.verdict(error)._tag, "Terminal")
    assert.property(OmicsFates.verdict(error), "gone")
  })
})
