import { AwsError, AwsFate } from "@effect-bulk/aws"
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { classify } from "../src/internal/classify.ts"

// What other request handlers than ours give, and what no local server can produce.
const failures: ReadonlyArray<
  readonly [what: string, failure: unknown, error: Record<string, unknown>, fate: Record<string, unknown>]
> = [
  [
    "Node's handler: reset",
    Object.assign(new Error("read ECONNRESET"), {
      name: "TimeoutError",
      code: "ECONNRESET",
      $metadata: { attempts: 1 }
    }),
    { _tag: "NetworkError", code: "ECONNRESET", reached: true },
    { _tag: "Transient", applied: "maybe" }
  ],
  [
    "Node's handler: body cut off",
    Object.assign(new Error("aborted"), { code: "ECONNRESET", $metadata: { httpStatusCode: 200 } }),
    { _tag: "NetworkError", code: "ECONNRESET", reached: true, status: 200 },
    { _tag: "Transient", applied: "maybe" }
  ],
  [
    "Node's handler: refused",
    Object.assign(new Error("connect ECONNREFUSED"), { name: "TimeoutError", code: "ECONNREFUSED" }),
    { _tag: "NetworkError", code: "ECONNREFUSED", reached: false },
    { _tag: "Transient", applied: "no" }
  ],
  [
    "Node's handler: no such host",
    Object.assign(new Error("getaddrinfo ENOTFOUND x"), { code: "ENOTFOUND" }),
    { _tag: "NetworkError", code: "ENOTFOUND", reached: false },
    { _tag: "Transient", applied: "no" }
  ],
  [
    "Node's handler: resolver busy",
    Object.assign(new Error("getaddrinfo EAI_AGAIN x"), { code: "EAI_AGAIN" }),
    { _tag: "NetworkError", code: "EAI_AGAIN", reached: false },
    { _tag: "Transient", applied: "no" }
  ],
  [
    "Node's handler: broken pipe",
    Object.assign(new Error("write EPIPE"), { name: "TimeoutError", code: "EPIPE" }),
    { _tag: "NetworkError", code: "EPIPE", reached: true },
    { _tag: "Transient", applied: "maybe" }
  ],
  [
    "Node's handler: not HTTP",
    Object.assign(new Error("Parse Error"), { code: "HPE_INVALID_CONSTANT" }),
    { _tag: "NetworkError", code: "HPE_INVALID_CONSTANT", reached: true },
    { _tag: "Transient", applied: "maybe" }
  ],
  [
    "Node's handler: request time-out",
    Object.assign(new Error("timed out"), { name: "TimeoutError", code: "ETIMEDOUT" }),
    { _tag: "ResponseTimeout" },
    { _tag: "Transient", applied: "maybe" }
  ],
  [
    "Node's handler: socket time-out, without a code",
    Object.assign(new Error("no activity"), { name: "TimeoutError" }),
    { _tag: "ResponseTimeout" },
    { _tag: "Transient", applied: "maybe" }
  ],
  [
    "self-signed certificate",
    Object.assign(new Error("self-signed certificate"), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" }),
    { _tag: "NetworkError", code: "DEPTH_ZERO_SELF_SIGNED_CERT", reached: false },
    { _tag: "Fatal", applied: "no", halts: "run" }
  ],
  [
    "certificate of another host",
    Object.assign(new Error("altnames"), { code: "ERR_TLS_CERT_ALTNAME_INVALID", reached: false }),
    { _tag: "NetworkError", code: "ERR_TLS_CERT_ALTNAME_INVALID", reached: false },
    { _tag: "Fatal", applied: "no", halts: "run" }
  ],
  [
    "certificate of an unknown issuer",
    Object.assign(new Error("unable to verify"), { code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }),
    { _tag: "NetworkError", reached: false },
    { _tag: "Fatal", applied: "no", halts: "run" }
  ],
  [
    "abort that is not ours",
    Object.assign(new Error("Request aborted"), { name: "AbortError" }),
    { _tag: "NetworkError", code: "ABORT_ERR", reached: true },
    { _tag: "Transient", applied: "maybe" }
  ],
  [
    "FIPS and a custom endpoint",
    Object.assign(new Error("Invalid Configuration: FIPS and custom endpoint are not supported"), {
      name: "EndpointError"
    }),
    { _tag: "ClientMisconfigured" },
    { _tag: "Fatal", applied: "no", halts: "run" }
  ],
  [
    "endpoint that is no URL",
    Object.assign(new TypeError("Invalid URL"), { code: "ERR_INVALID_URL" }),
    { _tag: "ClientMisconfigured" },
    { _tag: "Fatal", applied: "no", halts: "run" }
  ],
  [
    "no credentials",
    Object.assign(new Error("Could not load credentials from any providers"), { name: "CredentialsProviderError" }),
    { _tag: "CredentialsError", code: "CredentialsProviderError" },
    { _tag: "Fatal", applied: "no", halts: "run" }
  ],
  [
    "a failure that nobody knows",
    new RangeError("what"),
    { _tag: "UnknownServiceError", code: "RangeError", message: "Omics.X: what" },
    { _tag: "Transient", applied: "maybe" }
  ],
  [
    "no Error at all",
    "boom",
    { _tag: "UnknownServiceError", code: "Unknown", message: "Omics.X: boom" },
    { _tag: "Transient", applied: "maybe" }
  ],
  ["nothing", undefined, { _tag: "UnknownServiceError", code: "Unknown" }, { _tag: "Transient", applied: "maybe" }],
  [
    "a structure with everything of a wrong type",
    { name: 1, message: 2, code: 3, reached: 4, $metadata: { httpStatusCode: "5", requestId: 6 }, $response: {} },
    { _tag: "UnknownServiceError", code: "Unknown", status: undefined },
    { _tag: "Transient", applied: "maybe" }
  ]
]

describe("classify", () => {
  for (const [what, failure, error, fate] of failures) {
    it(`names ${what}`, () => {
      const named = classify(failure, "Omics.X", undefined, 0)
      const seen = Object.fromEntries(Object.keys(error).map((member) => [member, Reflect.get(named, member)]))
      assert.deepStrictEqual(seen, error)
      assert.deepStrictEqual({ ...AwsFate.of(named) }, fate)
      assert.strictEqual(named.operation, "Omics.X")
      assert.strictEqual(named.cause, failure)
    })
  }

  it("takes no name of Object for an exception", () => {
    const failure = Object.assign(new Error("m"), { name: "constructor", $fault: "client" })
    const named = classify(failure, "Omics.X", {}, 0)
    assert.strictEqual(named._tag, "UnknownServiceError")
    assert.strictEqual(Reflect.get(named, "code"), "constructor")
  })

  it("keeps what it can of a class whose members do not fit, and the name of one that cannot be made", () => {
    class Documented extends Schema.TaggedError<Documented>()("Documented", {
      ...AwsError.fields,
      left: Schema.optionalKey(Schema.String),
      right: Schema.optionalKey(Schema.Array(Schema.String))
    }) {}
    class Demanding extends Schema.TaggedError<Demanding>()("Demanding", {
      ...AwsError.fields,
      needed: Schema.String
    }) {}
    const fail = (name: string, members: object) =>
      Object.assign(new Error("m"), { name, $fault: "client", ...members, status: "a member of that name" })
    const table = { Documented, Demanding }

    const kept = classify(fail("Documented", { left: ["no"], right: ["yes"] }), "Omics.X", table, 0)
    assert(kept instanceof Documented)
    assert.deepStrictEqual([kept.left, kept.right, kept.status], [undefined, ["yes"], undefined])

    assert.strictEqual(classify(fail("Demanding", { needed: "x" }), "Omics.X", table, 0)._tag, "Demanding")
    const lost = classify(fail("Demanding", {}), "Omics.X", table, 0)
    assert(lost instanceof AwsError.UnknownServiceError)
    assert.strictEqual(lost.code, "Demanding")
  })

  it("gives errors that survive JSON", () => {
    const failure = Object.assign(new Error("slow down"), {
      name: "ThrottlingException",
      $fault: "client",
      $metadata: { httpStatusCode: 429, requestId: "r" }
    })
    const codec = Schema.toCodecJson(AwsError.Common)
    const named = classify(failure, "Omics.X", undefined, 0) as AwsError.Common
    const back = Schema.decodeUnknownSync(codec)(JSON.parse(JSON.stringify(Schema.encodeSync(codec)(named))))
    assert(back instanceof AwsError.UnknownServiceError)
    assert.strictEqual(back.message, "slow down")
    assert.strictEqual(back.requestId, "r")
    assert.strictEqual((back.cause as Error).name, "ThrottlingException")
  })
})
