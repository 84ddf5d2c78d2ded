import { AwsVerdict } from "@effect-bulk/aws"
import { Verdict } from "@effect-bulk/core"
import { assert, describe, it } from "@effect/vitest"

describe("make", () => {
  const verdict = AwsVerdict.make([
    { code: "InternalError", means: "retryable" },
    { code: /^Throttl/, means: "throttled" },
    { message: /does not exist/, means: "gone" },
    { code: "InvalidRequest", message: "Busy", means: "retryable" }
  ])

  it("goes by the first row that fits", () => {
    const cases = [
      [{ code: "InternalError", message: "does not exist" }, Verdict.retryable],
      [{ code: "ThrottlingException" }, <E>(error: E) => Verdict.retryable(error, { throttled: true })],
      [{ code: "", message: "It does not exist." }, <E>(error: E) => Verdict.gone(error, undefined)],
      [{ code: "InvalidRequest", message: "Busy" }, Verdict.retryable]
    ] as const
    for (const [error, expected] of cases) assert.deepStrictEqual<unknown>(verdict(error), expected(error))
  })

  it("takes what fits no row for final", () => {
    for (const error of [{}, { code: "InvalidRequest" }, { code: "internalerror" }, { message: "InternalError" }]) {
      assert.deepStrictEqual(verdict(error), Verdict.terminal(error))
    }
  })
})
