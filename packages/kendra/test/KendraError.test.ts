import { KendraClient, ListIndicesCommand } from "@aws-sdk/client-kendra"
import * as AwsClient from "@effect-bulk/aws/AwsClient"
import type * as AwsError from "@effect-bulk/aws/AwsError"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import * as KendraError from "../src/KendraError.ts"

/** What the real client makes of an exception on the wire. */
const failWith = (
  name: string,
  status: number,
  body: object,
  errors: AwsError.Table = KendraError.exceptions
): Effect.Effect<AwsError.Fields & { readonly _tag?: string }, unknown> =>
  Effect.gen(function* () {
    const client = yield* AwsClient.make({
      service: "Kendra",
      region: "us-east-1",
      credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
      create: (config) =>
        new KendraClient({
          ...config,
          requestHandler: {
            handle: () =>
              Promise.resolve({
                response: {
                  statusCode: status,
                  headers: { "x-amzn-requestid": "request-1" },
                  body: new TextEncoder().encode(JSON.stringify({ __type: name, ...body }))
                }
              })
          }
        })
    })
    return yield* Effect.flip(client.send(new ListIndicesCommand({}), { errors }))
  }).pipe(Effect.scoped)

/** The error as plain data, without the SDK's failure. */
const plain = (error: AwsError.Fields): object => {
  const { cause: _, ...fields } = { ...error, message: error.message }
  return fields
}

const common = (tag: string, status: number, message: string) => ({
  _tag: tag,
  operation: "Kendra.ListIndices",
  message,
  requestId: "request-1",
  status
})

// On the wire, every fault of the client has status 400.
const examples: ReadonlyArray<readonly [name: string, status: number, members?: object]> = [
  ["AccessDeniedException", 400],
  ["ConflictException", 400],
  [
    "FeaturedResultsConflictException",
    400,
    { ConflictingItems: [{ QueryText: "rain", SetName: "weather", SetId: "set-1" }, { QueryText: "snow" }] }
  ],
  ["InternalServerException", 500],
  ["InvalidRequestException", 400],
  ["ResourceAlreadyExistException", 400],
  ["ResourceInUseException", 400],
  ["ResourceNotFoundException", 400],
  ["ResourceUnavailableException", 400],
  ["ServiceQuotaExceededException", 400],
  ["ThrottlingException", 400],
  ["ValidationException", 400]
]

describe("exceptions", () => {
  it("are all among the examples", () => {
    assert.deepStrictEqual(examples.map(([name]) => name).toSorted(), Object.keys(KendraError.exceptions).toSorted())
  })

  it.effect.each(examples)("%s comes with its documented members", ([name, status, members = {}]) =>
    Effect.gen(function* () {
      const error = yield* failWith(`com.amazonaws.kendra#${name}`, status, { Message: "Because", ...members })
      assert.instanceOf(error, Reflect.get(KendraError, name))
      assert.deepStrictEqual(plain(error), { ...common(name, status, "Because"), ...members })
    })
  )

  it.effect("leave out members of a wrong type", () =>
    Effect.gen(function* () {
      for (const ConflictingItems of ["all", { QueryText: "rain" }, [{ QueryText: 7 }], [7]]) {
        const error = yield* failWith("FeaturedResultsConflictException", 400, { Message: "Because", ConflictingItems })
        assert.deepStrictEqual(plain(error), common("FeaturedResultsConflictException", 400, "Because"))
      }
    })
  )

  it.effect("become UnknownServiceError where the operation does not document them", () =>
    Effect.gen(function* () {
      const send = (name: string) => failWith(name, 400, { Message: "Because" }, KendraError.listIndices)
      assert.deepStrictEqual(plain(yield* send("ResourceNotFoundException")), {
        ...common("UnknownServiceError", 400, "Because"),
        code: "ResourceNotFoundException"
      })
      assert.strictEqual((yield* send("ThrottlingException"))._tag, "ThrottlingException")
    })
  )
})
