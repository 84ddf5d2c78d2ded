import { createHash } from "node:crypto"
import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { DynamoDBClient } from "@aws-sdk/client-dynamodb"
import { S3Client } from "@aws-sdk/client-s3"
import { SQSClient } from "@aws-sdk/client-sqs"
import { AwsClient } from "@effect-bulk/aws"
import { Bulk, Fate, type Outcome } from "@effect-bulk/core"
import { Laws } from "@effect-bulk/testing"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { checkDeleteObjects, checkSendMessages, checkWriteItems } from "../examples/own-operations/checks.ts"
import { deleteObjects } from "../examples/own-operations/deleteObjects.ts"
import { forgetfulWriteItems } from "../examples/own-operations/forgetfulWriteItems.ts"
import { sendMessages } from "../examples/own-operations/sendMessages.ts"
import { writeItems } from "../examples/own-operations/writeItems.ts"

// Never asked for anything.
const client = AwsClient.fromTransport({
  service: "Nobody",
  transport: { send: () => Effect.never, account: Effect.never, region: Effect.never }
})

describe("Laws.check", () => {
  const runs = 20
  it.each([
    ["SendMessageBatch", () => checkSendMessages(client, { runs })],
    ["BatchWriteItem", () => checkWriteItems(client, { runs })],
    ["DeleteObjects", () => checkDeleteObjects(client, { runs })],
    ["DeleteObjects in quiet mode", () => checkDeleteObjects(client, { runs, quiet: true })]
  ])("holds %s to every law", (_name, check) => {
    const results = check()
    assert.deepStrictEqual(
      results.map(({ law }) => law.id),
      Laws.all.map(({ id }) => id)
    )
    // Their errors have names.
    assert.deepStrictEqual(
      results.filter(({ runs }) => runs === 0).map(({ law }) => law.id),
      ["3b"]
    )
  })

  it("says which law a declaration breaks that forgets UnprocessedItems, in which script, and how to replay it", () => {
    const messageOf = (options: Laws.Options) => {
      try {
        checkWriteItems(client, { ...options, declare: forgetfulWriteItems })
      } catch (error) {
        return String(error)
      }
      return "no law noticed"
    }
    const message = messageOf({ runs: 50, laws: ["3", "14"] })
    assert.match(message, /Law 3, Truth, is broken: .* Succeeded \(Confirmed\) .*: its calls make it Exhausted/)
    assert.match(message, /says slow/)
    const [, law, seed, path] = /laws: \["(.+)"\], seed: (\d+), path: "(.+)" \}/.exec(message) ?? []
    assert.strictEqual(messageOf({ laws: [law!], seed: Number(seed), path: path! }), message)
  })

  it("notices a table of fates that takes a failure of the service for a call that was not applied", () => {
    const hopeful: typeof writeItems = (client, keys) => ({
      ...writeItems(client, keys),
      fate: (error) => ("status" in error && error.status === 500 ? Fate.transient("no") : Fate.throttled())
    })
    assert.throws(
      () => checkWriteItems(client, { runs, laws: ["15b"], declare: hopeful }),
      /Law 15b, Fates as declared, is broken: applied of the error 'reset' is 'no', not 'maybe'/
    )
  })
})

// -----------------------------------------------------------------------------
// Over the wire
// -----------------------------------------------------------------------------

interface Answered {
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly body: string
}

/** A server on a port of its own, which gives the answers in their order and keeps what it was asked. */
const serving = (...answers: ReadonlyArray<Answered>) =>
  Effect.gen(function* () {
    const asked: Array<string> = []
    const server = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        const { body: answer, headers, status = 200 } = answers[asked.length] ?? { status: 500, body: "" }
        asked.push(body)
        response.writeHead(status, headers).end(answer)
      })
    })
    yield* Effect.acquireRelease(
      Effect.callback<void>((resume) => void server.listen(0, "127.0.0.1", () => resume(Effect.void))),
      () => Effect.callback<void>((resume) => void server.close(() => resume(Effect.void)))
    )
    const { port } = server.address() as AddressInfo
    const options = {
      endpoint: `http://127.0.0.1:${port}`,
      region: "us-east-1",
      credentials: { accessKeyId: "a", secretAccessKey: "b" }
    }
    return { asked, options }
  })

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

const shown = (outcomes: ReadonlyArray<Outcome.Outcome<unknown, unknown, unknown> | undefined>) =>
  outcomes.map((outcome) => `${outcome?.id} ${outcome?._tag}`)

describe("sendMessages", () => {
  const queueUrl = "http://127.0.0.1/1/queue"
  const messages = ["a", "b", "c"].map((Id) => ({ queueUrl, entry: { Id, MessageBody: `body of ${Id}` } }))

  it.live("sends again what failed by no fault of the sender", () =>
    Effect.gen(function* () {
      const sent = (Id: string) => ({
        Id,
        MessageId: `id of ${Id}`,
        MD5OfMessageBody: createHash("md5").update(`body of ${Id}`).digest("hex")
      })
      const failed = (Id: string, SenderFault: boolean) => ({ Id, SenderFault, Code: "Failed", Message: "it failed" })
      const { asked, options } = yield* serving(
        { body: JSON.stringify({ Successful: [sent("a")], Failed: [failed("b", true), failed("c", false)] }) },
        { body: JSON.stringify({ Successful: [sent("c")], Failed: [] }) }
      )
      const sqs = yield* AwsClient.make({ ...options, service: "SQS", create: (config) => new SQSClient(config) })
      const { outcomes } = yield* Bulk.run(sendMessages(sqs), messages)
      assert.deepStrictEqual(shown(outcomes), ["a Succeeded", "b Failed", "c Succeeded"])
      assert.deepInclude(outcomes[2], { attempts: 2, value: "id of c" })
      assert.deepStrictEqual(
        asked.map((body) => (JSON.parse(body) as { Entries: Array<{ Id: string }> }).Entries.map(({ Id }) => Id)),
        [["a", "b", "c"], ["c"]]
      )
    })
  )

  it.live("sends no more to a queue that does not exist", () =>
    Effect.gen(function* () {
      const { asked, options } = yield* serving({
        status: 400,
        headers: { "x-amzn-query-error": "AWS.SimpleQueueService.NonExistentQueue;Sender" },
        body: JSON.stringify({ __type: "com.amazonaws.sqs#QueueDoesNotExist", message: "There is no such queue" })
      })
      const sqs = yield* AwsClient.make({ ...options, service: "SQS", create: (config) => new SQSClient(config) })
      const { outcomes } = yield* Bulk.run(sendMessages(sqs), messages, { policy: { maxItems: 2, concurrency: 1 } })
      assert.deepStrictEqual(shown(outcomes), ["a Failed", "b Failed", "c NotAttempted"])
      assert.strictEqual(asked.length, 1)
    })
  )

  it("counts the bytes of body and attributes", () => {
    const { limits } = sendMessages(client)
    const entry = { Id: "a", MessageBody: "é", MessageAttributes: { n: { DataType: "Number", StringValue: "12" } } }
    assert.strictEqual(limits.sizeOf?.({ queueUrl, entry }), 2 + 1 + 6 + 2)
  })
})

describe("writeItems", () => {
  it.live("sends again what DynamoDB did not get to, as the caller gave it", () =>
    Effect.gen(function* () {
      const put = (name: string) => ({ PutRequest: { Item: { name: { S: name }, size: { N: "1" } } } })
      const { asked, options } = yield* serving(
        // Attributes have no order.
        {
          body: JSON.stringify({
            UnprocessedItems: { Things: [{ PutRequest: { Item: { size: { N: "1" }, name: { S: "b" } } } }] }
          })
        },
        { body: JSON.stringify({ UnprocessedItems: {} }) }
      )
      const dynamodb = yield* AwsClient.make({
        ...options,
        service: "DynamoDB",
        create: (config) => new DynamoDBClient(config)
      })
      const writes = [
        { table: "Things", request: put("a") },
        { table: "Things", request: put("b") },
        { table: "Things", request: { DeleteRequest: { Key: { name: { S: "c" } } } } },
        { table: "Others", request: put("a") }
      ]
      const { outcomes } = yield* Bulk.run(writeItems(dynamodb, { Things: ["name"] }), writes)
      assert.deepStrictEqual(shown(outcomes), [
        '[{"S":"a"}] Succeeded',
        '[{"S":"b"}] Succeeded',
        '[{"S":"c"}] Succeeded',
        "[] Invalid"
      ])
      assert.deepStrictEqual(
        outcomes.map((outcome) => outcome?.attempts),
        [1, 2, 1, 0]
      )
      assert.deepStrictEqual(
        asked.map((body) => JSON.parse(body) as unknown),
        [
          { RequestItems: { Things: writes.slice(0, 3).map(({ request }) => request) } },
          { RequestItems: { Things: [put("b")] } }
        ]
      )
    })
  )
})

describe("deleteObjects", () => {
  const objects = [
    { bucket: "one", object: { Key: "a" } },
    { bucket: "one", object: { Key: "a", VersionId: "1" } },
    { bucket: "one", object: { Key: "c" } }
  ]
  const deleted = "<Deleted><Key>a</Key></Deleted>"
  const error = "<Error><Key>a</Key><VersionId>1</VersionId><Code>AccessDenied</Code><Message>No</Message></Error>"

  it.live.each([
    { quiet: false, list: deleted + error, last: "c Unknown" },
    { quiet: true, list: error, last: "c Succeeded" }
  ])("takes silence for what it means in the mode that it asked for (quiet: $quiet)", ({ last, list, quiet }) =>
    Effect.gen(function* () {
      const { asked, options } = yield* serving({ body: `<DeleteResult>${list}</DeleteResult>` })
      const s3 = yield* AwsClient.make({ ...options, service: "S3", create: (config) => new S3Client(config) })
      const { outcomes } = yield* Bulk.run(deleteObjects(s3, { quiet }), objects, { policy: { maxAttempts: 1 } })
      assert.deepStrictEqual(shown(outcomes), ["a Succeeded", "a?versionId=1 Failed", last])
      assert.include(asked[0], `<Quiet>${quiet}</Quiet>`)
    })
  )
})
