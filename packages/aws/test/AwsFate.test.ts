import { AwsError, AwsFate } from "@effect-bulk/aws"
import { Fate } from "@effect-bulk/core"
import { assert, describe, expectTypeOf, it } from "@effect/vitest"
import { Schema } from "effect"

class ConflictException extends Schema.TaggedError<ConflictException>()("ConflictException", AwsError.fields) {}
class ThrottlingException extends Schema.TaggedError<ThrottlingException>()("ThrottlingException", AwsError.fields) {}

const unknown = (code: string, status?: number, retryAfter?: number) =>
  new AwsError.UnknownServiceError({
    operation: "Omics.X",
    message: "m",
    code,
    ...(status !== undefined && { status }),
    ...(retryAfter !== undefined && { retryAfter })
  })

describe("of", () => {
  it("knows a throttle by any of its names, whatever the status", () => {
    for (const name of [
      "BandwidthLimitExceeded",
      "EC2ThrottledException",
      "LimitExceededException",
      "PriorRequestNotComplete",
      "ProvisionedThroughputExceededException",
      "RequestLimitExceeded",
      "RequestThrottled",
      "RequestThrottledException",
      "SlowDown",
      "ThrottledException",
      "Throttling",
      "ThrottlingException",
      "TooManyRequestsException",
      "TransactionInProgressException"
    ]) {
      assert.deepStrictEqual(AwsFate.of(unknown(name, 400)), Fate.throttled())
    }
    assert.deepStrictEqual(AwsFate.of(new ThrottlingException({ operation: "o", message: "m" })), Fate.throttled())
  })

  it("goes by the status where the name says nothing", () => {
    const fates = [
      400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 416, 422, 429, 500, 501, 502, 503, 504, 505, 599
    ].map((status) => {
      const fate = AwsFate.of(unknown("Whatever", status))
      return `${status} ${fate._tag} ${fate.applied}`
    })
    assert.deepStrictEqual(fates, [
      "400 Rejected no",
      "401 Fatal no",
      "402 Fatal no",
      "403 Fatal no",
      "404 Fatal no",
      "405 Fatal no",
      "408 Transient maybe",
      "409 Rejected no",
      "410 Fatal no",
      "413 TooLarge no",
      "416 Fatal no",
      "422 Rejected no",
      "429 Throttled no",
      "500 Transient maybe",
      "501 Fatal maybe",
      "502 Transient maybe",
      "503 Transient maybe",
      "504 Transient maybe",
      "505 Fatal maybe",
      "599 Transient maybe"
    ])
  })

  it("halts the run where no operation of that name is known", () => {
    assert.deepStrictEqual(AwsFate.of(unknown("UnknownOperationException", 404)), Fate.fatal({ halts: "run" }))
  })

  it("isolates what a request schema refused", () => {
    const refused = new AwsError.InvalidRequest({ operation: "Omics.X", message: "m", member: "ids" })
    assert.deepStrictEqual(AwsFate.of(refused), Fate.rejected)
  })
})

describe("make", () => {
  const fate = AwsFate.make<ConflictException | ThrottlingException | AwsError.Common>({
    ConflictException: Fate.transient("no"),
    ThrottlingException: (error) => Fate.throttled({ retryAfter: error.status === 503 ? 7 : undefined })
  })

  it("takes the table's word, adds the hint, and asks `of` about the rest", () => {
    const conflict = { operation: "o", message: "m", status: 409 }
    assert.deepStrictEqual(fate(new ConflictException(conflict)), Fate.transient("no"))
    assert.deepStrictEqual(
      fate(new ConflictException({ ...conflict, retryAfter: 5 })),
      Fate.transient("no", { retryAfter: 5 })
    )
    const throttle = { operation: "o", message: "m", status: 503, retryAfter: 5 }
    assert.deepStrictEqual(fate(new ThrottlingException(throttle)), Fate.throttled({ retryAfter: 7 }))
    assert.deepStrictEqual(fate(unknown("Whatever", 500, 5)), Fate.transient("maybe", { retryAfter: 5 }))
  })

  it("takes only tags that can come", () => {
    expectTypeOf<AwsFate.Table<ConflictException>>().toHaveProperty("ConflictException")
    // @ts-expect-error: no such exception
    AwsFate.make<ConflictException>({ ConflictExeption: Fate.rejected })
  })
})
