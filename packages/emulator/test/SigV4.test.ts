import { ListAnalyticsDataAssociationsCommand } from "@aws-sdk/client-connect"
import { BatchDeleteReadSetCommand, GetReadSetMetadataCommand, ListReadSetsCommand } from "@aws-sdk/client-omics"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import * as Emulator from "../src/Emulator.ts"
import * as SigV4 from "../src/SigV4.ts"
import type { WireRequest } from "../src/WireMessage.ts"
import { capture, clients, credentials, deleteDocuments, disassociate } from "./capture.ts"
import { ids, omicsClient, remove, sequenceStoreId } from "./omicsClient.ts"

const verify = SigV4.make([credentials, { accessKeyId: "AKIDTEMP", secretAccessKey: "s", sessionToken: "a+/=" }])

const refusal = (request: WireRequest, service: string, now = new Date()): ReadonlyArray<unknown> | undefined => {
  const answer = verify(request, service, now)
  if (answer === undefined) return undefined
  assert(answer._tag === "Error")
  return [answer.name, answer.status, answer.message]
}

const withHeader = (request: WireRequest, name: string, value: string | undefined): WireRequest => ({
  ...request,
  headers: { ...request.headers, [name]: value }
})

const mismatch = ["InvalidSignatureException", 403]

describe("a verifier", () => {
  it.live("takes what the three real clients sign, with labels, queries and session tokens", () =>
    Effect.gen(function* () {
      const temporary = { accessKeyId: "AKIDTEMP", secretAccessKey: "s", sessionToken: "a+/=" }
      for (const known of [credentials, temporary]) {
        const requests = yield* capture(async (endpoint) => {
          const { connect, omics } = clients(endpoint, known)
          await disassociate(endpoint, known)
          await connect.send(
            new ListAnalyticsDataAssociationsCommand({
              InstanceId: "a/b",
              DataSetId: "d é*'()!",
              MaxResults: 10,
              NextToken: "a+b/c=="
            })
          )
          await deleteDocuments(endpoint, known)
          await omics.send(new BatchDeleteReadSetCommand({ sequenceStoreId: "é", ids: ["€", "1"] }))
          await omics.send(new GetReadSetMetadataCommand({ sequenceStoreId: "a%b", id: "!*'()" }))
          await omics.send(new ListReadSetsCommand({ sequenceStoreId: "1", maxResults: 5, nextToken: "a+/= &?" }))
        })
        const services = ["connect", "connect", "kendra", "omics", "omics", "omics"]
        assert.deepStrictEqual(
          requests.map((request, i) => refusal(request, services[i] ?? "")),
          services.map(() => undefined)
        )
        assert.deepStrictEqual(
          requests.map(({ path, query }) => [path, query]),
          [
            ["/analytics-data/instance/inst%2F1%20%C3%A9%25/associations", ""],
            [
              "/analytics-data/instance/a%2Fb/association",
              "DataSetId=d%20%C3%A9%2A%27%28%29%21&maxResults=10&nextToken=a%2Bb%2Fc%3D%3D"
            ],
            ["/", ""],
            ["/sequencestore/%C3%A9/readset/batch/delete", ""],
            ["/sequencestore/a%25b/readset/%21%2A%27%28%29/metadata", ""],
            ["/sequencestore/1/readsets", "maxResults=5&nextToken=a%2B%2F%3D%20%26%3F"]
          ]
        )
      }
    })
  )

  it.live("refuses a request of which anything signed was changed", () =>
    Effect.gen(function* () {
      const [request] = yield* capture(disassociate)
      assert(request !== undefined)
      const changed: ReadonlyArray<WireRequest> = [
        { ...request, method: "PUT" },
        { ...request, path: `${request.path}/` },
        { ...request, path: decodeURIComponent(request.path) },
        { ...request, query: "x=1" },
        { ...request, body: request.body.replace("x", "y") },
        withHeader(request, "host", "example.com"),
        withHeader(request, "amz-sdk-invocation-id", "other"),
        withHeader(request, "x-amz-content-sha256", "00"),
        withHeader(
          request,
          "authorization",
          String(request.headers["authorization"]).replace(/[0-9a-f]{2}$/, (end) => (end === "00" ? "11" : "00"))
        )
      ]
      assert.deepStrictEqual(
        changed.map((request) => refusal(request, "connect")?.slice(0, 2)),
        changed.map(() => mismatch)
      )
    })
  )

  it.live("says what is missing or unknown", () =>
    Effect.gen(function* () {
      const [request] = yield* capture(disassociate)
      assert(request !== undefined)
      const authorization = String(request.headers["authorization"])
      assert.deepStrictEqual(refusal(withHeader(request, "authorization", undefined), "connect"), [
        "MissingAuthenticationTokenException",
        403,
        "Missing Authentication Token"
      ])
      for (const broken of [
        "Bearer x",
        authorization.replace("host;", ""),
        authorization.replace("x-amz-date;", ""),
        authorization.replace(/, Signature=.*/, "")
      ]) {
        assert.strictEqual(
          refusal(withHeader(request, "authorization", broken), "connect")?.[0],
          "IncompleteSignatureException"
        )
      }
      const unrecognized = [
        "UnrecognizedClientException",
        403,
        "The security token included in the request is invalid."
      ]
      const other = authorization.replace("AKIDEXAMPLE", "AKIDNOBODY")
      assert.deepStrictEqual(refusal(withHeader(request, "authorization", other), "connect"), unrecognized)
      assert.deepStrictEqual(refusal(withHeader(request, "x-amz-security-token", "x"), "connect"), unrecognized)
      assert.deepStrictEqual(refusal(request, "omics"), [
        "InvalidSignatureException",
        403,
        "Credential should be scoped to correct service: 'omics'."
      ])
    })
  )

  it.live("refuses what was signed more than 5 minutes from now, without the words that make the SDK try again", () =>
    Effect.gen(function* () {
      const [request] = yield* capture(disassociate)
      assert(request !== undefined)
      const after = (minutes: number) => refusal(request, "connect", new Date(Date.now() + minutes * 60_000))
      assert.deepStrictEqual([after(4), after(-4)], [undefined, undefined])
      for (const minutes of [6, -6]) {
        assert.deepStrictEqual(after(minutes)?.slice(0, 2), mismatch)
        assert.notInclude(String(after(minutes)?.[2]), "Signature expired")
      }
    })
  )
})

describe("an emulator with credentials", () => {
  it.live("serves those who sign and no one else", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.make({
        omics: { sequenceStores: [{ id: sequenceStoreId, readSets: 3 }] },
        credentials: [credentials]
      })
      const known = yield* omicsClient(emulator.url, { credentials })
      assert.deepStrictEqual(yield* remove(known, ids(0, 1)), {})
      const unknown = yield* omicsClient(emulator.url)
      const error = yield* Effect.flip(remove(unknown, ids(1, 1)))
      assert.deepStrictEqual([error.name, error.status], ["InvalidSignatureException", 403])
      assert.strictEqual(emulator.models.omics.readSet(sequenceStoreId, "1000000001")?.named, 0)
    })
  )
})
