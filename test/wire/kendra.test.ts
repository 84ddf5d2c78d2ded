/** Amazon Kendra through the real client of the SDK: what it sends, and what comes of whatever is answered. */
import type { AwsError } from "@effect-bulk/aws"
import { Faults } from "@effect-bulk/aws/testing"
import { BatchPolicy } from "@effect-bulk/core"
import { Emulator } from "@effect-bulk/emulator"
import { Kendra, KendraError } from "@effect-bulk/kendra"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Schedule, Stream } from "effect"
import * as WireServer from "../../packages/aws/test/WireServer.ts"
import { batches, outcomesOf } from "../../packages/kendra/test/batches.ts"
import { documentIds, experienceId, indexId, seed } from "../../packages/kendra/test/recorder.ts"

type Service = Kendra["Service"]

interface Tagged {
  readonly _tag: string
  readonly message: string
}

interface Operation {
  readonly operation: string
  /** What it documents to fail with. */
  readonly errors: AwsError.Table
  readonly call: (kendra: Service) => Effect.Effect<unknown, Tagged>
  readonly input: Record<string, unknown>
}

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" }

/** The service over the real client, with no time to lose. */
const serviceAt = (endpoint: string) =>
  Layer.provide(
    Kendra.layer({ endpoint, region: "us-east-1", credentials }),
    BatchPolicy.layer({ rate: { count: 1000, per: "1 second", burst: 1000 }, backoff: BatchPolicy.constant(0) })
  )

const hurried = BatchPolicy.within({
  rate: { count: 1000, per: "1 second", burst: 1000 },
  backoff: BatchPolicy.constant(0)
})

/** Nothing else is worth waiting for less than a minute. */
const patience = ({ _tag }: Faults.Fault): BatchPolicy.Input =>
  _tag === "Hang" ? { callTimeout: "50 millis", maxAttempts: 1 } : { maxAttempts: 2 }

const source = { IndexId: indexId, Id: "custom-2" }
const inExperience = { IndexId: indexId, Id: experienceId }
const collected = <A, E>(stream: Stream.Stream<A, E>) => Stream.runCollect(stream)
const since = new Date("2026-01-02T03:04:05.678Z")

const companions: ReadonlyArray<Operation> = [
  {
    operation: "ListIndices",
    errors: KendraError.listIndices,
    call: (kendra) => collected(kendra.listIndices()),
    input: { MaxResults: 100 }
  },
  {
    operation: "DescribeIndex",
    errors: KendraError.describeIndex,
    call: (kendra) => kendra.describeIndex({ Id: indexId }),
    input: { Id: indexId }
  },
  {
    operation: "ListDataSources",
    errors: KendraError.listDataSources,
    call: (kendra) => collected(kendra.listDataSources({ IndexId: indexId, MaxResults: 7 })),
    input: { IndexId: indexId, MaxResults: 7 }
  },
  {
    operation: "ListDataSourceSyncJobs",
    errors: KendraError.listDataSourceSyncJobs,
    call: (kendra) =>
      collected(
        kendra.listDataSourceSyncJobs({
          ...source,
          StatusFilter: "SUCCEEDED",
          StartTimeFilter: { StartTime: since, EndTime: since }
        })
      ),
    input: {
      ...source,
      MaxResults: 10,
      StatusFilter: "SUCCEEDED",
      StartTimeFilter: { StartTime: since, EndTime: since }
    }
  },
  {
    operation: "StartDataSourceSyncJob",
    errors: KendraError.startDataSourceSyncJob,
    call: (kendra) => kendra.startDataSourceSyncJob(source),
    input: source
  },
  {
    operation: "StopDataSourceSyncJob",
    errors: KendraError.stopDataSourceSyncJob,
    call: (kendra) => kendra.stopDataSourceSyncJob(source),
    input: source
  },
  {
    operation: "ListFeaturedResultsSets",
    errors: KendraError.listFeaturedResultsSets,
    call: (kendra) => collected(kendra.listFeaturedResultsSets({ IndexId: indexId, MaxResults: 100 })),
    input: { IndexId: indexId, MaxResults: 100 }
  },
  {
    operation: "ListExperienceEntities",
    errors: KendraError.listExperienceEntities,
    call: (kendra) => collected(kendra.listExperienceEntities(inExperience)),
    input: inExperience
  }
]

const tables: Readonly<Record<string, AwsError.Table>> = {
  BatchDeleteDocument: KendraError.batchDeleteDocument,
  BatchPutDocument: KendraError.batchPutDocument,
  BatchGetDocumentStatus: KendraError.batchGetDocumentStatus,
  BatchDeleteFeaturedResultsSet: KendraError.batchDeleteFeaturedResultsSet,
  AssociateEntitiesToExperience: KendraError.associateEntitiesToExperience,
  DisassociateEntitiesFromExperience: KendraError.disassociateEntitiesFromExperience,
  AssociatePersonasToEntities: KendraError.associatePersonasToEntities,
  DisassociatePersonasFromEntities: KendraError.disassociatePersonasFromEntities
}

const operations: ReadonlyArray<Operation> = [
  ...batches.map(({ ids, input, one, operation }) => ({
    operation,
    errors: tables[operation] ?? {},
    call: (kendra: Service) => one(kendra, ids(2)),
    input: input(ids(2))
  })),
  ...companions
]

/** Runs with the real client on an emulator of its own. */
const onEmulator = <A, E>(
  options: Emulator.Options,
  f: (kendra: Service, emulator: Emulator.Emulator["Service"]) => Effect.Effect<A, E>
) =>
  Effect.gen(function* () {
    const emulator = yield* Emulator.make({ kendra: { indices: [seed] }, ...options })
    return yield* Effect.gen(function* () {
      return yield* f(yield* Kendra, emulator)
    }).pipe(hurried, Effect.provide(serviceAt(emulator.url)))
  })

describe("what the client sends", () => {
  it.live.each(operations.map((operation) => [operation.operation, operation] as const))(
    "%s is what the emulator reads",
    ([, { call, input, operation }]) =>
      onEmulator({ credentials: [credentials] }, (kendra, { calls }) =>
        Effect.gen(function* () {
          yield* call(kendra)
          const [received] = yield* calls
          assert.deepStrictEqual([received?.service, received?.operation], ["kendra", operation])
          assert.deepStrictEqual(plain(received?.input), plain(input))
        })
      )
  )

  it.live("is what was captured of AWS's own client", () =>
    Effect.gen(function* () {
      const server = yield* WireServer.make((socket) => {
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 22\r\n\r\n{"FailedDocuments":[]}')
      })
      yield* Effect.gen(function* () {
        const kendra = yield* Kendra
        yield* kendra.batchDeleteDocument({
          IndexId: "00000000-0000-0000-0000-000000000000",
          DocumentIdList: ["d1", "d2"],
          DataSourceSyncJobMetricTarget: { DataSourceId: "ds", DataSourceSyncJobId: "j" }
        })
        yield* kendra.batchPutDocument({
          IndexId: "00000000-0000-0000-0000-000000000000",
          Documents: [
            {
              Id: "d1",
              Blob: new TextEncoder().encode("hello"),
              Attributes: [{ Key: "_created_at", Value: { DateValue: new Date(1_704_164_645_678) } }]
            }
          ]
        })
      }).pipe(Effect.provide(serviceAt(server.endpoint)))
      assert.deepStrictEqual(
        server.received.map(({ body, headers, method, target }) => [
          `${method} ${target}`,
          headers["content-type"],
          headers["x-amz-target"],
          body
        ]),
        [
          [
            "POST /",
            "application/x-amz-json-1.1",
            "AWSKendraFrontendService.BatchDeleteDocument",
            '{"IndexId":"00000000-0000-0000-0000-000000000000","DocumentIdList":["d1","d2"],"DataSourceSyncJobMetricTarget":{"DataSourceId":"ds","DataSourceSyncJobId":"j"}}'
          ],
          [
            "POST /",
            "application/x-amz-json-1.1",
            "AWSKendraFrontendService.BatchPutDocument",
            '{"IndexId":"00000000-0000-0000-0000-000000000000","Documents":[{"Id":"d1","Blob":"aGVsbG8=","Attributes":[{"Key":"_created_at","Value":{"DateValue":1704164645.678}}]}]}'
          ]
        ]
      )
      assert.include(server.received[0]?.headers["authorization"], "/us-east-1/kendra/aws4_request, SignedHeaders=")
    })
  )

  it.live.each(batches.map((batch) => [batch.operation, batch] as const))(
    "%s does its work on any number of items",
    ([, { all, bulkLimit, evidence, ids, operation }]) =>
      onEmulator({}, (kendra, { calls }) =>
        Effect.gen(function* () {
          const report = yield* all(kendra, ids(bulkLimit + 3))
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
            [...ids(bulkLimit + 3)]
          )
        })
      )
  )

  it.live("deletes documents and waits until they are gone", () =>
    onEmulator({}, (kendra, { models }) =>
      Effect.gen(function* () {
        const verification = yield* kendra.deleteDocumentsAndWait(
          { indexId, ids: documentIds(25) },
          { schedule: Schedule.spaced("20 millis"), deadline: "20 seconds" }
        )
        assert.deepStrictEqual(verification.counts, { Gone: 25 })
        assert.isTrue(documentIds(25).every((id) => models.kendra.document(indexId, id)?.status === "NOT_FOUND"))
      })
    )
  )

  it.live("puts documents and waits until they are indexed", () =>
    onEmulator({}, (kendra) =>
      Effect.gen(function* () {
        const documents = documentIds(12, 200).map((Id) => ({ Id, Blob: new TextEncoder().encode(Id) }))
        const verification = yield* kendra.putDocumentsAndWait(
          { indexId, documents },
          { schedule: Schedule.spaced("20 millis"), deadline: "20 seconds" }
        )
        assert.deepStrictEqual(verification.counts, { Indexed: 12 })
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
      operations.filter(({ errors }) => Object.keys(errors).length < 4),
      []
    )
  })

  it.live.each(documented)("%s fails with %s as its class, and all that came with it", ([, name, operation]) => {
    const status = name === "InternalServerException" ? 500 : 400
    const fault: Faults.Fault = { _tag: "ServiceError", name, status, message: "Because" }
    return onEmulator({ faults: Faults.always(fault) }, (kendra, { calls }) =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(operation.call(kendra))
        assert.instanceOf(error, Reflect.get(KendraError, name))
        const { cause: _, requestId, ...fields } = { ...error, message: error.message } as Tagged & AwsError.Fields
        assert.deepStrictEqual(fields, {
          _tag: name,
          operation: `Kendra.${operation.operation}`,
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
      onEmulator({}, (kendra, { setFaults }) =>
        Effect.gen(function* () {
          const failWith = (name: string, status: number) =>
            setFaults(Faults.always({ _tag: "ServiceError", name, status, message: "Because" })).pipe(
              Effect.andThen(Effect.flip(call(kendra))),
              Effect.map((error) => [error._tag, "code" in error && error.code])
            )
          assert.deepStrictEqual(
            [
              yield* failWith("FeaturedResultsConflictException", 400),
              yield* failWith("SomethingNew", 418),
              yield* failWith("UnrecognizedClientException", 400),
              yield* failWith("ExpiredTokenException", 400),
              yield* failWith("com.amazon.coral.service#SerializationException", 400)
            ],
            [
              ["UnknownServiceError", "FeaturedResultsConflictException"],
              ["UnknownServiceError", "SomethingNew"],
              ["CredentialsError", "UnrecognizedClientException"],
              ["CredentialsError", "ExpiredTokenException"],
              ["UnknownServiceError", "SerializationException"]
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
  it.live.each(
    operations.flatMap((operation) =>
      faults.map(([what, fault, tags]) => [operation.operation, what, fault, tags, operation] as const)
    )
  )("%s fails with its own tag when the answer is %s", ([, , fault, tags, { call }]) =>
    onEmulator({ faults: Faults.always(fault) }, (kendra) =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(BatchPolicy.within(call(kendra), patience(fault)))
        assert.include(tags, error._tag)
      })
    )
  )

  // Two operations answer with nothing that could have another type.
  const withMembers = operations.filter(({ operation }) => operation !== "StopDataSourceSyncJob")
  it.live.each(withMembers.map((operation) => [operation.operation, operation] as const))(
    "%s fails when members have other types than documented",
    ([, { call }]) =>
      onEmulator({ faults: Faults.always({ _tag: "WrongTypes" }) }, (kendra) =>
        Effect.gen(function* () {
          const error = yield* Effect.flip(call(kendra))
          assert.strictEqual(error._tag, "UndecodableResponse")
        })
      )
  )

  it.live.each(batches.map((batch) => [batch.operation, batch] as const))(
    "%s gives every item an outcome, whatever is answered",
    ([, { ids, run }]) =>
      onEmulator({}, (kendra, { setFaults }) =>
        Effect.gen(function* () {
          const every: ReadonlyArray<Faults.Fault> = [
            ...faults.map(([, fault]) => fault),
            { _tag: "WrongTypes" },
            { _tag: "Nulls" },
            { _tag: "Empty" },
            { _tag: "Contradiction" },
            { _tag: "Answer", output: { FailedDocuments: null, Errors: null, FailedEntityList: null } },
            { _tag: "Answer", output: { FailedDocuments: {}, Errors: "x", FailedEntityList: 7 } },
            { _tag: "Answer", output: { FailedDocuments: [[]], Errors: [[]], FailedEntityList: [[]] } },
            { _tag: "Answer", output: { failedDocuments: [{ Id: "a" }], More: { of: ["it"] } } }
          ]
          for (const fault of every) {
            yield* setFaults(Faults.always(fault))
            const report = yield* run(kendra, ids(3), patience(fault))
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
