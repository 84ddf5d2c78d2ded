import { BatchPutDocumentCommand } from "@aws-sdk/client-kendra"
import { ConnectClient, ListAnalyticsDataAssociationsCommand, ListInstancesCommand } from "@aws-sdk/client-connect"
import { ListReadSetsCommand } from "@aws-sdk/client-omics"
import { type Faults, ServiceModel, ServiceWire } from "@effect-bulk/aws/testing"
import { OmicsModel, OmicsWire } from "@effect-bulk/omics/testing"
import { NodeHttpServer } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Result, Schema } from "effect"
import { HttpServer } from "effect/http"
import { HttpServerRequest } from "effect/http/HttpServerRequest"
import { createServer } from "node:http"
import * as AwsJson11 from "../src/AwsJson11.ts"
import * as Exchange from "../src/Exchange.ts"
import * as RestJson1 from "../src/RestJson1.ts"
import type { Served } from "../src/Services.ts"
import type { Codec, WireRequest } from "../src/WireMessage.ts"
import { capture, clients, deleteDocuments, disassociate } from "./capture.ts"
import { send } from "./omicsClient.ts"

// Small services of both protocols, with paths, members and headers as the real ones have them.

const connectWire = ServiceWire.make({
  service: "connect",
  protocol: "restJson1",
  timestamps: "epochSeconds",
  message: "Message",
  validation: "InvalidParameterException",
  operations: {
    BatchDisassociateAnalyticsDataSet: ServiceWire.operation({
      method: "POST",
      path: "/analytics-data/instance/{InstanceId}/associations",
      input: Schema.Struct({
        InstanceId: Schema.String,
        DataSetIds: Schema.Array(Schema.String),
        TargetAccountId: Schema.optionalKey(Schema.String)
      }),
      items: ({ DataSetIds }) => DataSetIds
    }),
    BatchAssociateAnalyticsDataSet: ServiceWire.operation({
      method: "PUT",
      path: "/analytics-data/instance/{InstanceId}/associations",
      input: Schema.Struct({ InstanceId: Schema.String, DataSetIds: Schema.Array(Schema.String) })
    }),
    ListAnalyticsDataAssociations: ServiceWire.operation({
      method: "GET",
      path: "/analytics-data/instance/{InstanceId}/association",
      query: ["DataSetId", "maxResults", "nextToken"],
      input: Schema.Struct({
        InstanceId: Schema.String,
        DataSetId: Schema.optionalKey(Schema.String),
        MaxResults: Schema.optionalKey(ServiceWire.IntegerText),
        NextToken: Schema.optionalKey(Schema.String)
      }).pipe(Schema.encodeKeys({ MaxResults: "maxResults", NextToken: "nextToken" }))
    }),
    ListInstances: ServiceWire.operation({ method: "GET", path: "/instance", input: Schema.Struct({}) })
  }
})

const kendraWire = ServiceWire.make({
  service: "kendra",
  protocol: "awsJson1_1",
  target: "AWSKendraFrontendService",
  timestamps: "epochSeconds",
  message: "Message",
  validation: "ValidationException",
  operations: {
    BatchDeleteDocument: ServiceWire.operation({
      input: Schema.Struct({
        IndexId: Schema.String,
        DocumentIdList: Schema.Array(Schema.String),
        DataSourceSyncJobMetricTarget: Schema.optionalKey(
          Schema.Struct({ DataSourceId: Schema.String, DataSourceSyncJobId: Schema.optionalKey(Schema.String) })
        )
      }),
      items: ({ DocumentIdList }) => DocumentIdList
    }),
    BatchPutDocument: ServiceWire.operation({
      input: Schema.Struct({
        Documents: Schema.Array(
          Schema.Struct({
            Id: Schema.String,
            Blob: Schema.optionalKey(Schema.Uint8ArrayFromBase64),
            Attributes: Schema.optionalKey(
              Schema.Array(
                Schema.Struct({ Key: Schema.String, Value: Schema.Struct({ DateValue: ServiceWire.EpochSeconds }) })
              )
            )
          })
        )
      })
    })
  }
})

/** A model that answers everything in the same way. */
const answering = (service: string, answer: ServiceModel.ModelAnswer): ServiceModel.ServiceModel => ({
  service,
  handle: () => Effect.succeed(answer)
})

const connect: Served = { wire: connectWire, model: answering("connect", ServiceModel.output({})) }
const kendra: Served = { wire: kendraWire, model: answering("kendra", ServiceModel.output({})) }
const omics: Served = { wire: OmicsWire.omicsWire, model: OmicsModel.make() }

const received = (codec: Codec, request: WireRequest | undefined) => {
  const route = request && codec.route(request)
  if (request === undefined || route === undefined) return undefined
  const input = route.read(request)
  return { operation: route.operation, input, items: Result.isSuccess(input) ? route.items(input.success) : undefined }
}

describe("RestJson1 reads what the real clients send", () => {
  const codec = RestJson1.make([connect, omics])

  it.live("labels, bodies and queries", () =>
    Effect.gen(function* () {
      const requests = yield* capture(async (endpoint) => {
        const { connect, omics } = clients(`${endpoint}/`)
        await disassociate(endpoint)
        await connect.send(
          new ListAnalyticsDataAssociationsCommand({ InstanceId: "inst-1", MaxResults: 10, NextToken: "a+b/c==" })
        )
        await connect.send(new ListInstancesCommand({}))
        await omics.send(
          new ListReadSetsCommand({
            sequenceStoreId: "1234567890",
            nextToken: "a b",
            filter: { createdAfter: new Date("2024-01-02T03:04:05.678Z") }
          })
        )
      })
      assert.deepStrictEqual(
        requests.map((request) => received(codec, request)),
        [
          {
            operation: "BatchDisassociateAnalyticsDataSet",
            input: Result.succeed({
              InstanceId: "inst/1 é%",
              DataSetIds: ["contact_record", "x"],
              TargetAccountId: "123456789012"
            }),
            items: ["contact_record", "x"]
          },
          {
            operation: "ListAnalyticsDataAssociations",
            input: Result.succeed({ InstanceId: "inst-1", MaxResults: 10, NextToken: "a+b/c==" }),
            items: []
          },
          { operation: "ListInstances", input: Result.succeed({}), items: [] },
          {
            operation: "ListReadSets",
            input: Result.succeed({
              sequenceStoreId: "1234567890",
              nextToken: "a b",
              filter: { createdAfter: new Date("2024-01-02T03:04:05.678Z") }
            }),
            items: []
          }
        ]
      )
    })
  )

  it("routes by method, by the number of segments, and by nothing that only looks alike", () => {
    const operationOf = (method: string, path: string) =>
      codec.route({ method, path, query: "", headers: {}, body: "" })?.operation
    assert.deepStrictEqual(
      [
        operationOf("PUT", "/analytics-data/instance/i/associations"),
        operationOf("POST", "/analytics-data/instance/i/associations"),
        operationOf("DELETE", "/analytics-data/instance/i/associations"),
        operationOf("POST", "/analytics-data/instance/a/b/associations"),
        operationOf("POST", "/analytics-data/instance/a%2Fb/associations"),
        operationOf("POST", "/analytics-data/instance//associations"),
        operationOf("POST", "//analytics-data/instance/i/associations"),
        operationOf("POST", "/analytics-data/instance/i/associations/more"),
        operationOf("POST", "/Analytics-data/instance/i/associations")
      ],
      [
        "BatchAssociateAnalyticsDataSet",
        "BatchDisassociateAnalyticsDataSet",
        undefined,
        undefined,
        "BatchDisassociateAnalyticsDataSet",
        "BatchDisassociateAnalyticsDataSet",
        "BatchDisassociateAnalyticsDataSet",
        undefined,
        undefined
      ]
    )
  })

  it("takes members from where they belong, null for absent, and ignores what it does not know", () => {
    const request = (body: string, query = ""): WireRequest => ({
      method: "GET",
      path: "/analytics-data/instance/i/association",
      query,
      headers: {},
      body
    })
    assert.deepStrictEqual(
      [
        received(codec, request(`{"InstanceId":"other","maxResults":7,"x":1}`, "y=2&maxResults=5"))?.input,
        received(codec, request(`{"DataSetId":null}`))?.input,
        received(codec, request("", "DataSetId=a+b%20c&DataSetId"))?.input
      ],
      [
        Result.succeed({ InstanceId: "i", MaxResults: 5 }),
        Result.succeed({ InstanceId: "i" }),
        Result.fail(
          ServiceModel.error("SerializationException", 400, "Invalid DataSetId: expected string, got a list of 2")
        )
      ]
    )
  })
})

describe("AwsJson11 reads what the real client sends", () => {
  const codec = AwsJson11.make([kendra])

  it.live("targets, times and blobs", () =>
    Effect.gen(function* () {
      const date = new Date("2024-01-02T01:04:05.678Z")
      const requests = yield* capture(async (endpoint) => {
        await deleteDocuments(endpoint)
        await clients(endpoint).kendra.send(
          new BatchPutDocumentCommand({
            IndexId: "i",
            Documents: [
              {
                Id: "d",
                Blob: new TextEncoder().encode("hello"),
                Attributes: [{ Key: "k", Value: { DateValue: date } }]
              }
            ]
          })
        )
      })
      assert.deepStrictEqual(
        requests.map((request) => received(codec, request)),
        [
          {
            operation: "BatchDeleteDocument",
            input: Result.succeed({
              IndexId: "00000000-0000-0000-0000-000000000000",
              DocumentIdList: ["d1", "d2"],
              DataSourceSyncJobMetricTarget: { DataSourceId: "ds", DataSourceSyncJobId: "j" }
            }),
            items: ["d1", "d2"]
          },
          {
            operation: "BatchPutDocument",
            input: Result.succeed({
              Documents: [
                {
                  Id: "d",
                  Blob: new TextEncoder().encode("hello"),
                  Attributes: [{ Key: "k", Value: { DateValue: date } }]
                }
              ]
            }),
            items: []
          }
        ]
      )
    })
  )
})

describe("the real clients read what is written", () => {
  /** An emulator of one service whose model gives this answer, and its URL. */
  const serve = Effect.fnUntraced(function* (served: Served, answer: ServiceModel.ModelAnswer, fault?: Faults.Fault) {
    const exchange = Exchange.make({
      served: [{ ...served, model: answering(served.wire.service, answer) }],
      next: () => ({ call: 0, fault }),
      record: () => undefined,
      verify: undefined
    })
    const server = yield* NodeHttpServer.make(createServer, { host: "127.0.0.1", port: 0 })
    yield* server.serve(Effect.flatMap(HttpServerRequest, exchange))
    return HttpServer.formatAddress(server.address)
  })

  const failure = Effect.fnUntraced(function* (served: Served, answer: ServiceModel.ModelAnswer) {
    const endpoint = yield* serve(served, answer)
    const error = yield* Effect.flip(send(() => (served === kendra ? deleteDocuments : disassociate)(endpoint)))
    return [error.name, error.status, error.message]
  })

  it.live("errors of restJson1, by header and with the message of the service", () =>
    Effect.gen(function* () {
      const answer = ServiceModel.error("ResourceNotFoundException", 404, "gone")
      assert.deepStrictEqual(yield* failure(connect, answer), ["ResourceNotFoundException", 404, "gone"])
      assert.deepStrictEqual(RestJson1.make([connect]).write(route(connect), answer), {
        status: 404,
        headers: { "content-type": "application/json", "x-amzn-errortype": "ResourceNotFoundException" },
        body: `{"Message":"gone"}`
      })
      assert.deepStrictEqual(RestJson1.make([omics]).write(route(omics), answer).body, `{"message":"gone"}`)
    })
  )

  it.live("errors of awsJson1_1, by body, with status 400 for each but the service's own", () =>
    Effect.gen(function* () {
      const seen = [
        yield* failure(kendra, ServiceModel.error("ThrottlingException", 429, "slow")),
        yield* failure(kendra, ServiceModel.error("ConflictException", 409, "busy")),
        yield* failure(kendra, ServiceModel.error("InternalServerException", 500, "oops"))
      ]
      assert.deepStrictEqual(seen, [
        ["ThrottlingException", 400, "slow"],
        ["ConflictException", 400, "busy"],
        ["InternalServerException", 500, "oops"]
      ])
      const { body, headers } = AwsJson11.make([kendra]).write(
        route(kendra),
        ServiceModel.error("ConflictException", 409, "busy")
      )
      assert.deepStrictEqual(
        [JSON.parse(body), headers],
        [{ __type: "ConflictException", Message: "busy" }, { "content-type": "application/x-amz-json-1.1" }]
      )
    })
  )

  it.live("a throttle under a fault, with the status of its protocol", () =>
    Effect.gen(function* () {
      const fault = { _tag: "Throttle" } as const
      const rest = yield* serve(connect, ServiceModel.output({}), fault)
      const json = yield* serve(kendra, ServiceModel.output({}), fault)
      const errors = [
        yield* Effect.flip(send(() => disassociate(rest))),
        yield* Effect.flip(send(() => deleteDocuments(json)))
      ]
      assert.deepStrictEqual(
        errors.map(({ name, status }) => [name, status]),
        [
          ["ThrottlingException", 429],
          ["ThrottlingException", 400]
        ]
      )
    })
  )

  it.live("members of exceptions", () =>
    Effect.gen(function* () {
      const Reason = { AttachedFileInvalidRequestExceptionReason: "INVALID_FILE_SIZE" }
      const endpoint = yield* serve(connect, ServiceModel.error("InvalidRequestException", 400, "bad", { Reason }))
      const client = new ConnectClient({
        endpoint,
        region: "x",
        credentials: { accessKeyId: "a", secretAccessKey: "b" }
      })
      const error = yield* Effect.flip(
        Effect.tryPromise({
          try: () => client.send(new ListInstancesCommand({})),
          catch: (error) => error as Error & { readonly Reason: unknown }
        })
      )
      assert.deepStrictEqual([error.name, error.message, error.Reason], ["InvalidRequestException", "bad", Reason])
    })
  )

  it.live("times, in seconds or as text, and partial failures of both protocols", () =>
    Effect.gen(function* () {
      const CreatedTime = new Date("2024-01-02T03:04:05.678Z")
      const endpoint = yield* serve(connect, ServiceModel.output({ InstanceSummaryList: [{ Id: "i", CreatedTime }] }))
      const { InstanceSummaryList } = yield* send(() => clients(endpoint).connect.send(new ListInstancesCommand({})))
      assert.deepStrictEqual(InstanceSummaryList, [{ Id: "i", CreatedTime }])

      const partial = { Deleted: ["x"], Errors: [{ ErrorCode: "A", ErrorMessage: "B" }] }
      const connectUrl = yield* serve(connect, ServiceModel.output(partial))
      assert.deepStrictEqual(yield* send(() => disassociate(connectUrl)), partial)
      const failed = { FailedDocuments: [{ Id: "d1", ErrorCode: "InternalError" as const }] }
      const kendraUrl = yield* serve(kendra, ServiceModel.output(failed))
      assert.deepStrictEqual(yield* send(() => deleteDocuments(kendraUrl)), failed)

      const listed = ServiceModel.output({ readSets: [{ id: "1", creationTime: CreatedTime }] })
      const omicsUrl = yield* serve(omics, listed)
      const { readSets } = yield* send(() =>
        clients(omicsUrl).omics.send(new ListReadSetsCommand({ sequenceStoreId: "1234567890" }))
      )
      assert.deepStrictEqual(readSets?.[0]?.creationTime, CreatedTime)
    })
  )
})

const route = (served: Served) => ({
  ...served,
  operation: Object.keys(served.wire.operations)[0] ?? "",
  read: () => Result.succeed({}),
  items: () => []
})

describe("a wire that cannot travel", () => {
  it("is refused when the codec is made", () => {
    const operations = { DoIt: ServiceWire.operation({ input: Schema.Struct({}) }) }
    const wire = ServiceWire.make({ ...connectWire, operations })
    const model = answering("connect", ServiceModel.output({}))
    assert.throws(() => RestJson1.make([{ wire, model }]), "RestJson1.make: connect.DoIt must have a method and a path")
    assert.throws(() => AwsJson11.make([{ wire, model }]), "AwsJson11.make: connect must have a target")
  })
})
