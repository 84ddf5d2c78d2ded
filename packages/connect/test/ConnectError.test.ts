import { ConnectClient, ListInstancesCommand } from "@aws-sdk/client-connect"
import * as AwsClient from "@effect-bulk/aws/AwsClient"
import type * as AwsError from "@effect-bulk/aws/AwsError"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import * as ConnectError from "../src/ConnectError.ts"

/** What the real client makes of an exception on the wire. */
const failWith = (
  name: string,
  status: number,
  body: object,
  errors: AwsError.Table = ConnectError.exceptions
): Effect.Effect<AwsError.Fields & { readonly _tag?: string }, unknown> =>
  Effect.gen(function* () {
    const client = yield* AwsClient.make({
      service: "Connect",
      region: "us-east-1",
      credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
      create: (config) =>
        new ConnectClient({
          ...config,
          requestHandler: {
            handle: () =>
              Promise.resolve({
                response: {
                  statusCode: status,
                  headers: { "x-amzn-errortype": name, "x-amzn-requestid": "request-1" },
                  body: new TextEncoder().encode(JSON.stringify(body))
                }
              })
          }
        })
    })
    return yield* Effect.flip(client.send(new ListInstancesCommand({}), { errors }))
  }).pipe(Effect.scoped)

/** The error as plain data, without the SDK's failure. */
const plain = (error: AwsError.Fields): object => {
  const { cause: _, ...fields } = { ...error, message: error.message }
  return fields
}

const common = (tag: string, status: number, message: string) => ({
  _tag: tag,
  operation: "Connect.ListInstances",
  message,
  requestId: "request-1",
  status
})

const examples: ReadonlyArray<readonly [name: string, status: number, members?: object]> = [
  ["ConditionalOperationFailedException", 409],
  ["ConflictException", 409],
  ["ContactFlowNotPublishedException", 404],
  ["ContactNotFoundException", 410],
  ["ContactNotTerminatedException", 409],
  ["DestinationNotAllowedException", 403],
  ["DuplicateResourceException", 409],
  ["IdempotencyException", 409],
  ["InternalServiceException", 500],
  ["InvalidActiveRegionException", 400],
  ["InvalidContactFlowException", 400, { problems: [{ message: "no end" }, {}] }],
  ["InvalidContactFlowModuleException", 400, { Problems: [{ message: "no end" }] }],
  ["InvalidParameterException", 400],
  ["InvalidRequestException", 400, { Reason: { AttachedFileInvalidRequestExceptionReason: "INVALID_FILE_SIZE" } }],
  ["InvalidTestCaseException", 400, { Problems: [] }],
  ["LimitExceededException", 429],
  ["MaximumResultReturnedException", 400],
  ["OutboundContactNotPermittedException", 403],
  ["OutputTypeNotFoundException", 404],
  [
    "PropertyValidationException",
    400,
    { PropertyList: [{ PropertyPath: "Name", Reason: "INVALID_FORMAT", Message: "Bad" }, { PropertyPath: "Tags" }] }
  ],
  ["ResourceConflictException", 409],
  ["ResourceInUseException", 409, { ResourceType: "USER", ResourceId: "user-1" }],
  ["ResourceNotFoundException", 404],
  ["ResourceNotReadyException", 409],
  [
    "ServiceQuotaExceededException",
    402,
    { Reason: { AttachedFileServiceQuotaExceededExceptionReason: "TOTAL_FILE_SIZE_EXCEEDED" } }
  ],
  ["ThrottlingException", 429],
  ["TooManyRequestsException", 429],
  ["UserNotFoundException", 404],
  ["AccessDeniedException", 403]
]

describe("exceptions", () => {
  it("are all among the examples", () => {
    assert.deepStrictEqual(examples.map(([name]) => name).toSorted(), Object.keys(ConnectError.exceptions).toSorted())
  })

  it.effect.each(examples)("%s comes with its documented members", ([name, status, members = {}]) =>
    Effect.gen(function* () {
      const error = yield* failWith(name, status, { Message: "Because", ...members })
      assert.instanceOf(error, Reflect.get(ConnectError, name))
      assert.deepStrictEqual(plain(error), { ...common(name, status, "Because"), ...members })
    })
  )

  it.effect("keep values that AWS has added since", () =>
    Effect.gen(function* () {
      const kept = (name: string, members: object) =>
        Effect.map(failWith(name, 400, { Message: "Because", ...members }), (error) => plain(error))
      const expected = (name: string, members: object) => ({ ...common(name, 400, "Because"), ...members })

      const inUse = { ResourceType: "ROBOT", ResourceId: "robot-1" }
      assert.deepStrictEqual(yield* kept("ResourceInUseException", inUse), expected("ResourceInUseException", inUse))
      const reason = { Reason: { AttachedFileInvalidRequestExceptionReason: "INVALID_FILE_AGE" } }
      assert.deepStrictEqual(
        yield* kept("InvalidRequestException", reason),
        expected("InvalidRequestException", reason)
      )
      assert.deepStrictEqual(
        yield* kept("InvalidRequestException", { Reason: { Moon: "FULL" } }),
        expected("InvalidRequestException", { Reason: { $unknown: ["Moon", "FULL"] } })
      )
    })
  )

  it.effect("leave out members of a wrong type, and keep the others", () =>
    Effect.gen(function* () {
      const inUse = yield* failWith("ResourceInUseException", 409, { ResourceType: 7, ResourceId: "user-1" })
      assert.deepStrictEqual(plain(inUse), {
        ...common("ResourceInUseException", 409, "UnknownError"),
        ResourceId: "user-1"
      })
      for (const PropertyList of ["all", { Name: "bad" }, [{ PropertyPath: ["Name"] }], [7]]) {
        const error = yield* failWith("PropertyValidationException", 400, { PropertyList })
        assert.deepStrictEqual(plain(error), common("PropertyValidationException", 400, "UnknownError"))
      }
    })
  )

  it.effect("become UnknownServiceError where the operation does not document them, but for denied access", () =>
    Effect.gen(function* () {
      const send = (name: string) => failWith(name, 400, { Message: "Because" }, ConnectError.listInstances)
      assert.deepStrictEqual(plain(yield* send("UserNotFoundException")), {
        ...common("UnknownServiceError", 400, "Because"),
        code: "UserNotFoundException"
      })
      assert.strictEqual((yield* send("AccessDeniedException"))._tag, "AccessDeniedException")
      assert.strictEqual((yield* send("InvalidRequestException"))._tag, "InvalidRequestException")
    })
  )
})
