import { AwsError } from "@effect-bulk/aws"
import { KendraError, KendraFates } from "@effect-bulk/kendra"
import { assert, describe, it } from "@effect/vitest"

const fields = { operation: "Kendra.BatchDeleteDocument", message: "No" }

describe("fate", () => {
  it("is given for every exception of the service", () => {
    const fates = Object.entries(KendraError.exceptions).map(([name, Exception]) => {
      // Kendra sends 400 for each, so the status must not matter.
      const { _tag, applied } = KendraFates.fate(new Exception({ ...fields, status: 400 }))
      return [name, _tag, applied]
    })
    assert.deepStrictEqual(fates, [
      ["AccessDeniedException", "Fatal", "no"],
      ["ConflictException", "Transient", "no"],
      ["FeaturedResultsConflictException", "Rejected", "no"],
      ["InternalServerException", "Transient", "maybe"],
      ["InvalidRequestException", "Rejected", "no"],
      ["ResourceAlreadyExistException", "Rejected", "no"],
      ["ResourceInUseException", "Fatal", "no"],
      ["ResourceNotFoundException", "Fatal", "no"],
      ["ResourceUnavailableException", "Fatal", "no"],
      ["ServiceQuotaExceededException", "Fatal", "no"],
      ["ThrottlingException", "Throttled", "no"],
      ["ValidationException", "Rejected", "no"]
    ])
  })

  it("keeps the service's hint to wait", () => {
    const error = new KendraError.ThrottlingException({ ...fields, retryAfter: 700 })
    assert.deepStrictEqual(KendraFates.fate(error), { _tag: "Throttled", applied: "no", retryAfter: 700 })
  })

  it("stops the run when the credentials are at fault, and the index's items when it does not exist", () => {
    const credentials = KendraFates.fate(new AwsError.CredentialsError({ ...fields, code: "ExpiredTokenException" }))
    assert.deepStrictEqual(credentials, { _tag: "Fatal", applied: "no", halts: "run" })
    const missing = KendraFates.fate(new KendraError.ResourceNotFoundException(fields))
    assert.deepStrictEqual(missing, { _tag: "Fatal", applied: "no", halts: "group" })
  })
})

describe("verdicts", () => {
  const read = (verdict: { readonly _tag: string }) =>
    "gone" in verdict ? "gone" : "throttled" in verdict && verdict.throttled === true ? "throttled" : verdict._tag
  const of = (code: string, message: string) => {
    const error = new KendraError.DocumentError({ id: "1", code, message })
    return [KendraFates.removal, KendraFates.association, KendraFates.verdict].map((table) => read(table(error)))
  }

  it.each([
    ["InternalError", "Failed", ["Retryable", "Retryable", "Retryable"]],
    ["InvalidRequest", "Not now", ["Terminal", "Terminal", "Terminal"]],
    ["NewCode", "", ["Terminal", "Terminal", "Terminal"]],
    ["", "", ["Terminal", "Terminal", "Terminal"]],
    ["", "Internal server error", ["Retryable", "Retryable", "Retryable"]],
    ["InvalidRequest", "Rate exceeded", ["throttled", "throttled", "throttled"]],
    ["InvalidRequest", "Document can't be deleted because it doesn't exist.", ["gone", "Terminal", "Terminal"]],
    ["InvalidRequest", "Document can’t be deleted because it doesn’t exist.", ["gone", "Terminal", "Terminal"]],
    ["InternalError", "The set does not exist", ["gone", "Retryable", "Retryable"]],
    ["", "The entity is not associated.", ["gone", "Terminal", "Terminal"]],
    ["", "The entity is already associated.", ["Terminal", "gone", "Terminal"]]
  ])("of code '%s' and message '%s' for removal, association and others are %j", (code, message, expected) => {
    assert.deepStrictEqual(of(code, message), expected)
  })

  it("need no code", () => {
    const error = new KendraError.EntityError({ entityId: "1", message: "Internal error" })
    assert.strictEqual(KendraFates.association(error)._tag, "Retryable")
  })
})
