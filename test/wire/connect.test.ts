/** Amazon Connect through the real client of the SDK: what it sends, and what comes of whatever is answered. */
import type { AwsError } from "@effect-bulk/aws"
import { Faults } from "@effect-bulk/aws/testing"
import { Connect, ConnectError } from "@effect-bulk/connect"
import { BatchPolicy } from "@effect-bulk/core"
import { Emulator } from "@effect-bulk/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Schedule, Stream } from "effect"
import * as WireServer from "../../packages/aws/test/WireServer.ts"
import { batches, outcomesOf } from "../../packages/connect/test/batches.ts"
import { account, dataSets, instance, instanceId } from "../../packages/connect/test/recorder.ts"

type Service = Connect["Service"]

interface Tagged {
  readonly _tag: string
  readonly message: string
}

interface Operation {
  readonly operation: string
  /** What it documents to fail with. */
  readonly errors: AwsError.Table
  readonly call: (connect: Service) => Effect.Effect<unknown, Tagged>
  readonly input: Record<string, unknown>
}

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" }

/** No time to lose. */
const hurried: BatchPolicy.Input = {
  rate: { count: 1000, per: "1 second", burst: 1000 },
  backoff: BatchPolicy.constant(0)
}

/** The service over the real client. */
const serviceAt = (endpoint: string) =>
  Layer.provide(Connect.layer({ endpoint, region: "us-east-1", credentials }), BatchPolicy.layer(hurried))

/** Nothing else is worth waiting for less than a minute. */
const patience = ({ _tag }: Faults.Fault): BatchPolicy.Input =>
  _tag === "Hang" ? { callTimeout: "50 millis", maxAttempts: 1 } : { maxAttempts: 2 }

const InstanceId = instanceId
const table = { InstanceId, DataTableId: "table-1" }
const dataSet = { InstanceId, DataSetId: "data_set_0", TargetAccountId: account }
const newDataSet = { InstanceId, DataSetId: "data_set_0" }
const collected = <A, E>(stream: Stream.Stream<A, E>) => Stream.runCollect(stream)
const search = {
  InstanceId,
  SearchCriteria: {
    AndConditions: [
      { StringCondition: { FieldName: "workspaceId", Value: "ws-1", ComparisonType: "EXACT" as const } },
      {
        OrConditions: [
          { StringCondition: { FieldName: "resourceId", Value: "a6", ComparisonType: "CONTAINS" as const } }
        ]
      }
    ]
  },
  SearchFilter: { AttributeFilter: { TagCondition: { TagKey: "team", TagValue: "a" } } }
}

const companions: ReadonlyArray<Operation> = [
  {
    operation: "ListInstances",
    errors: ConnectError.listInstances,
    call: (connect) => collected(connect.listInstances({ MaxResults: 3 })),
    input: { MaxResults: 3 }
  },
  {
    operation: "AssociateAnalyticsDataSet",
    errors: ConnectError.associateAnalyticsDataSet,
    call: (connect) => connect.associateAnalyticsDataSetAlone(newDataSet),
    input: newDataSet
  },
  {
    operation: "DisassociateAnalyticsDataSet",
    errors: ConnectError.disassociateAnalyticsDataSet,
    call: (connect) => connect.disassociateAnalyticsDataSetAlone(dataSet),
    input: dataSet
  },
  {
    operation: "ListAnalyticsDataAssociations",
    errors: ConnectError.listAnalyticsDataAssociations,
    call: (connect) => collected(connect.listAnalyticsDataAssociations({ InstanceId, DataSetId: "data_set_0" })),
    input: { InstanceId, DataSetId: "data_set_0", MaxResults: 1000 }
  },
  {
    operation: "ListAnalyticsDataLakeDataSets",
    errors: ConnectError.listAnalyticsDataLakeDataSets,
    call: (connect) => collected(connect.listAnalyticsDataLakeDataSets({ InstanceId })),
    input: { InstanceId, MaxResults: 1000 }
  },
  {
    operation: "ListDataTableValues",
    errors: ConnectError.listDataTableValues,
    call: (connect) =>
      collected(
        connect.listDataTableValues({
          ...table,
          RecordIds: ["r1"],
          PrimaryAttributeValues: [{ AttributeName: "customer", Values: ["old_1"] }]
        })
      ),
    input: {
      ...table,
      RecordIds: ["r1"],
      PrimaryAttributeValues: [{ AttributeName: "customer", Values: ["old_1"] }],
      MaxResults: 1000
    }
  },
  {
    operation: "SearchWorkspaceAssociations",
    errors: ConnectError.searchWorkspaceAssociations,
    call: (connect) => collected(connect.searchWorkspaceAssociations(search)),
    input: { ...search, MaxResults: 500 }
  }
]

const tables: Readonly<Record<string, AwsError.Table>> = {
  BatchAssociateAnalyticsDataSet: ConnectError.batchAssociateAnalyticsDataSet,
  BatchDisassociateAnalyticsDataSet: ConnectError.batchDisassociateAnalyticsDataSet,
  BatchGetAttachedFileMetadata: ConnectError.batchGetAttachedFileMetadata,
  BatchGetFlowAssociation: ConnectError.batchGetFlowAssociation,
  BatchPutContact: ConnectError.batchPutContact,
  BatchCreateDataTableValue: ConnectError.batchCreateDataTableValue,
  BatchUpdateDataTableValue: ConnectError.batchUpdateDataTableValue,
  BatchDeleteDataTableValue: ConnectError.batchDeleteDataTableValue,
  BatchDescribeDataTableValue: ConnectError.batchDescribeDataTableValue,
  AssociateWorkspace: ConnectError.associateWorkspace,
  DisassociateWorkspace: ConnectError.disassociateWorkspace
}

const operations: ReadonlyArray<Operation> = [
  ...batches.map(({ input, keys, one, operation }) => ({
    operation,
    errors: tables[operation] ?? {},
    call: (connect: Service) => one(connect, keys(2)),
    input: input(keys(2))
  })),
  ...companions
]

/** The status that AWS documents for an exception. */
const statusOf = (name: string): number => {
  switch (name) {
    case "AccessDeniedException":
      return 403
    case "ResourceNotFoundException":
      return 404
    case "InternalServiceException":
      return 500
    case "LimitExceededException":
    case "ThrottlingException":
      return 429
    case "ServiceQuotaExceededException":
      return 402
    case "ConflictException":
    case "DuplicateResourceException":
    case "IdempotencyException":
      return 409
    default:
      return 400
  }
}

/** Runs with the real client on an emulator of its own. */
const onEmulator = <A, E>(
  options: Emulator.Options,
  f: (connect: Service, emulator: Emulator.Emulator["Service"]) => Effect.Effect<A, E>
) =>
  Effect.gen(function* () {
    const emulator = yield* Emulator.make({ connect: { instances: [instance] }, ...options })
    return yield* Effect.gen(function* () {
      return yield* f(yield* Connect, emulator)
    }).pipe(BatchPolicy.within(hurried), Effect.provide(serviceAt(emulator.url)))
  })

describe("what the client sends", () => {
  it.live.each(operations.map((operation) => [operation.operation, operation] as const))(
    "%s is what the emulator reads",
    ([, { call, input, operation }]) =>
      onEmulator({ credentials: [credentials] }, (connect, { calls }) =>
        Effect.gen(function* () {
          yield* call(connect)
          const [received] = yield* calls
          assert.deepStrictEqual([received?.service, received?.operation], ["connect", operation])
          const { ClientToken, ...rest } = { ClientToken: undefined, ...received?.input }
          // The SDK makes up a token for the one operation that takes one.
          assert.strictEqual(typeof ClientToken, operation === "BatchPutContact" ? "string" : "undefined")
          assert.deepStrictEqual(plain(rest), plain(input))
        })
      )
  )

  it.live("is what was captured of AWS's own client", () =>
    Effect.gen(function* () {
      const bodies = ['{"Results":[],"NextToken":"a+b/c=="}', "{}"]
      const server = yield* WireServer.make((socket) => {
        const body = bodies.shift() ?? "{}"
        socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`)
      })
      yield* Effect.gen(function* () {
        const connect = yield* Connect
        const InstanceId = "inst-1"
        yield* collected(connect.listAnalyticsDataAssociations({ InstanceId, DataSetId: "d", MaxResults: 10 }))
        // Not one of these is answered with what was asked for, which does not matter here.
        yield* Effect.ignore(connect.batchDisassociateAnalyticsDataSet({ InstanceId, DataSetIds: ["contact_record"] }))
        const toAccount = { DataSetIds: ["contact_record", "x"], TargetAccountId: "123456789012" }
        yield* Effect.ignore(connect.batchDisassociateAnalyticsDataSet({ InstanceId, ...toAccount }))
        yield* Effect.ignore(connect.batchAssociateAnalyticsDataSet({ InstanceId: "a/b c%", ...toAccount }))
        yield* Effect.ignore(
          connect.batchGetAttachedFileMetadata({ InstanceId, AssociatedResourceArn: "arn:a/b", FileIds: ["f"] })
        )
        yield* Effect.ignore(
          connect.batchUpdateDataTableValue({
            InstanceId,
            DataTableId: "arn:aws:connect:us-east-1:1:instance/i/data-table/t:$LATEST",
            Values: [{ AttributeName: "a", Value: "v", LastModifiedTime: new Date(1_704_164_645_678) }]
          })
        )
      }).pipe(BatchPolicy.within({ ...hurried, maxAttempts: 1 }), Effect.provide(serviceAt(server.endpoint)))
      assert.deepStrictEqual(
        server.received.map(({ body, headers, method, target }) => [
          `${method} ${target}`,
          headers["content-type"],
          body
        ]),
        [
          ["GET /analytics-data/instance/inst-1/association?DataSetId=d&maxResults=10", undefined, ""],
          [
            "GET /analytics-data/instance/inst-1/association?DataSetId=d&maxResults=10&nextToken=a%2Bb%2Fc%3D%3D",
            undefined,
            ""
          ],
          [
            "POST /analytics-data/instance/inst-1/associations",
            "application/json",
            '{"DataSetIds":["contact_record"]}'
          ],
          [
            "POST /analytics-data/instance/inst-1/associations",
            "application/json",
            '{"DataSetIds":["contact_record","x"],"TargetAccountId":"123456789012"}'
          ],
          [
            "PUT /analytics-data/instance/a%2Fb%20c%25/associations",
            "application/json",
            '{"DataSetIds":["contact_record","x"],"TargetAccountId":"123456789012"}'
          ],
          ["POST /attached-files/inst-1?associatedResourceArn=arn%3Aa%2Fb", "application/json", '{"FileIds":["f"]}'],
          [
            "POST /data-tables/inst-1/arn%3Aaws%3Aconnect%3Aus-east-1%3A1%3Ainstance%2Fi%2Fdata-table%2Ft%3A%24LATEST/values/update",
            "application/json",
            '{"Values":[{"AttributeName":"a","Value":"v","LastModifiedTime":1704164645.678}]}'
          ]
        ]
      )
      assert.include(server.received[2]?.headers["authorization"], "/us-east-1/connect/aws4_request, SignedHeaders=")
    })
  )

  it.live.each(batches.map((batch) => [batch.operation, batch] as const))(
    "%s does its work on any number of items",
    ([, { all, bulkLimit, evidence, idOf = (key: string) => key, keys, operation }]) =>
      onEmulator({}, (connect, { calls }) =>
        Effect.gen(function* () {
          const report = yield* all(connect, keys(bulkLimit + 3))
          assert.deepStrictEqual(new Set(outcomesOf(report)), new Set([evidence]))
          const received = yield* calls
          assert.deepStrictEqual(
            received.map(({ items, operation }) => [operation, items.length]),
            [
              [operation, bulkLimit],
              [operation, 3]
            ]
          )
          assert.deepStrictEqual(
            received.flatMap(({ items }) => items),
            keys(bulkLimit + 3).map(idOf)
          )
        })
      )
  )

  it.live("ends associations and lists them until none is there", () =>
    onEmulator(
      { faults: Faults.script([{ _tag: "CutOff" }], "BatchDisassociateAnalyticsDataSet") },
      (connect, emulator) =>
        Effect.gen(function* () {
          const verification = yield* connect.disassociateAnalyticsDataSetsAndWait(
            { instanceId, targetAccountId: account, dataSetIds: dataSets(60) },
            { schedule: Schedule.spaced("20 millis"), deadline: "20 seconds" }
          )
          assert.deepStrictEqual(verification.counts, { Disassociated: 60 })
          const { connect: model } = emulator.models
          assert.isTrue(dataSets(60).every((id) => model.association(instanceId, account, id)?.associated === false))
          assert.isTrue(dataSets(60).every((id) => model.association(instanceId, account, id)?.deleted === 1))
        })
    )
  )

  it.live("brings times as they were", () =>
    onEmulator({}, (connect) =>
      Effect.gen(function* () {
        const [found] = yield* collected(connect.listInstances())
        assert.deepStrictEqual(found?.CreatedTime, new Date("2024-01-01T00:00:00Z"))
        const values = connect.listDataTableValues({ ...table, MaxResults: 50 })
        const listed = yield* collected(values)
        assert.strictEqual(listed.length, 120)
        assert.deepStrictEqual(listed[0]?.LastModifiedTime, new Date("2024-01-01T00:00:00Z"))
      })
    )
  )
})

describe("exceptions", () => {
  const documented = operations.flatMap((operation) =>
    Object.keys(operation.errors).map((name) => [operation.operation, name, operation] as const)
  )

  it("are documented of every operation", () => {
    assert.deepStrictEqual(
      operations.filter(({ errors }) => Object.keys(errors).length < 2),
      []
    )
  })

  it.live.each(documented)("%s fails with %s as its class, and all that came with it", ([, name, operation]) => {
    const status = statusOf(name)
    const fault: Faults.Fault = { _tag: "ServiceError", name, status, message: "Because" }
    return onEmulator({ faults: Faults.always(fault) }, (connect, { calls }) =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(operation.call(connect))
        assert.instanceOf(error, Reflect.get(ConnectError, name))
        const { cause: _, requestId, ...fields } = { ...error, message: error.message } as Tagged & AwsError.Fields
        assert.deepStrictEqual(fields, {
          _tag: name,
          operation: `Connect.${operation.operation}`,
          message: "Because",
          status
        })
        assert.instanceOf("cause" in error && error.cause, Error)
        assert.strictEqual(requestId, (yield* calls).at(-1)?.requestId)
      })
    )
  })

  it.live.each(operations.map((operation) => [operation.operation, operation] as const))(
    "%s keeps names that it does not document, and knows those of any call",
    ([, { call }]) =>
      onEmulator({}, (connect, { setFaults }) =>
        Effect.gen(function* () {
          const failWith = (name: string, status: number) =>
            setFaults(Faults.always({ _tag: "ServiceError", name, status, message: "Because" })).pipe(
              Effect.andThen(Effect.flip(call(connect))),
              Effect.map((error) => [error._tag, "code" in error && error.code])
            )
          assert.deepStrictEqual(
            [
              yield* failWith("ContactNotFoundException", 410),
              yield* failWith("AccessDeniedException", 403),
              yield* failWith("SomethingNew", 418),
              yield* failWith("UnrecognizedClientException", 403),
              yield* failWith("ExpiredTokenException:http://internal.amazon.com/coral/", 403)
            ],
            [
              ["UnknownServiceError", "ContactNotFoundException"],
              ["AccessDeniedException", false],
              ["UnknownServiceError", "SomethingNew"],
              ["CredentialsError", "UnrecognizedClientException"],
              ["CredentialsError", "ExpiredTokenException"]
            ]
          )
        })
      )
  )
})

describe("answers that cannot be trusted", () => {
  const faults: ReadonlyArray<readonly [string, Faults.Fault, ReadonlyArray<string>]> = [
    ["no JSON", { _tag: "Malformed" }, ["UndecodableResponse"]],
    ["a page of a proxy with status 200", { _tag: "Html", status: 200 }, ["UndecodableResponse"]],
    ["a page of a proxy with status 503", { _tag: "Html", status: 503 }, ["UndecodableResponse"]],
    ["cut off", { _tag: "CutOff" }, ["NetworkError", "UndecodableResponse"]],
    ["lost", { _tag: "ResetAfter" }, ["NetworkError"]],
    ["not given", { _tag: "ResetBefore" }, ["NetworkError"]],
    ["never given", { _tag: "Hang" }, ["ResponseTimeout"]]
  ]
  // The SDK reads no body where none is documented.
  const bodiless = "DisassociateAnalyticsDataSet"
  const isUnread = (fault: Faults.Fault) =>
    fault._tag === "Malformed" || (fault._tag === "Html" && fault.status === 200)

  it.live.each(
    operations.flatMap((operation) =>
      faults
        .filter(([, fault]) => operation.operation !== bodiless || !isUnread(fault))
        .map(([what, fault, tags]) => [operation.operation, what, fault, tags, operation] as const)
    )
  )("%s fails with its own tag when the answer is %s", ([, , fault, tags, { call }]) =>
    onEmulator({ faults: Faults.always(fault) }, (connect) =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(BatchPolicy.within(call(connect), patience(fault)))
        assert.include(tags, error._tag)
      })
    )
  )

  it.live(`${bodiless} has nothing in its answer that could be wrong`, () =>
    onEmulator({ faults: Faults.script([{ _tag: "Malformed" }], bodiless) }, (connect, { models }) =>
      Effect.gen(function* () {
        assert.isUndefined(yield* connect.disassociateAnalyticsDataSetAlone(dataSet))
        assert.isFalse(models.connect.association(instanceId, account, "data_set_0")?.associated)
      })
    )
  )

  const withMembers = operations.filter(({ operation }) => operation !== bodiless)
  it.live.each(withMembers.map((operation) => [operation.operation, operation] as const))(
    "%s fails when members have other types than documented",
    ([, { call }]) =>
      onEmulator({ faults: Faults.always({ _tag: "WrongTypes" }) }, (connect) =>
        Effect.gen(function* () {
          const error = yield* Effect.flip(call(connect))
          assert.strictEqual(error._tag, "UndecodableResponse")
        })
      )
  )

  it.live.each(batches.map((batch) => [batch.operation, batch] as const))(
    "%s gives every item an outcome, whatever is answered",
    ([, { failures = "Errors", keys, run, successes }]) =>
      onEmulator({}, (connect, { setFaults }) =>
        Effect.gen(function* () {
          const every: ReadonlyArray<Faults.Fault> = [
            ...faults.map(([, fault]) => fault),
            { _tag: "WrongTypes" },
            { _tag: "Nulls" },
            { _tag: "Empty" },
            { _tag: "Contradiction" },
            { _tag: "Answer", output: { [successes]: null, [failures]: null } },
            { _tag: "Answer", output: { [successes]: {}, [failures]: "x" } },
            { _tag: "Answer", output: { [successes]: [[]], [failures]: [7] } },
            { _tag: "Answer", output: { [successes]: [{}], [failures]: [{}] } },
            { _tag: "Answer", output: { [successes.toLowerCase()]: ["a"], More: { of: ["it"] } } }
          ]
          for (const fault of every) {
            yield* setFaults(Faults.always(fault))
            const report = yield* run(connect, keys(3), patience(fault))
            assert.deepStrictEqual(
              report.outcomes.map(({ position }) => position),
              [0, 1, 2]
            )
            const died = report.outcomes.filter(
              (outcome) => "error" in outcome && (outcome.error as Tagged)._tag === "CallDied"
            )
            assert.deepStrictEqual(died, [], fault._tag)
          }
        })
      )
  )
})

/** Members as JSON has them, so that what the codec added or left out shows. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null))
