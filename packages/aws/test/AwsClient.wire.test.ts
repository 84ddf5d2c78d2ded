import { BatchDisassociateAnalyticsDataSetCommand, ConnectClient } from "@aws-sdk/client-connect"
import { BatchDeleteDocumentCommand, KendraClient } from "@aws-sdk/client-kendra"
import { BatchDeleteReadSetCommand, OmicsClient } from "@aws-sdk/client-omics"
import { AwsClient, AwsError, AwsFate, type Transport } from "@effect-bulk/aws"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import type { Socket } from "node:net"
import { createServer as createTcpServer, type AddressInfo } from "node:net"
import * as WireServer from "./WireServer.ts"

class ResourceNotFoundException extends Schema.TaggedError<ResourceNotFoundException>()(
  "ResourceNotFoundException",
  AwsError.fields
) {}

class InvalidRequestException extends Schema.TaggedError<InvalidRequestException>()("InvalidRequestException", {
  ...AwsError.fields,
  Reason: Schema.optionalKey(Schema.Struct({ AttachedFileInvalidRequestExceptionReason: Schema.String }))
}) {}

class ResourceInUseException extends Schema.TaggedError<ResourceInUseException>()("ResourceInUseException", {
  ...AwsError.fields,
  ResourceType: Schema.optionalKey(Schema.String),
  ResourceId: Schema.optionalKey(Schema.String)
}) {}

const errors = { InvalidRequestException, ResourceInUseException, ResourceNotFoundException }

const settings = { region: "us-east-1", credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" } }

const connect = (options: AwsClient.Options) =>
  AwsClient.make({ ...settings, ...options, service: "Connect", create: (config) => new ConnectClient(config) })
const kendra = (options: AwsClient.Options) =>
  AwsClient.make({ ...settings, ...options, service: "Kendra", create: (config) => new KendraClient(config) })
const omics = (options: AwsClient.Options) =>
  AwsClient.make({ ...settings, ...options, service: "Omics", create: (config) => new OmicsClient(config) })

const services = {
  connect: {
    make: connect,
    command: () => new BatchDisassociateAnalyticsDataSetCommand({ InstanceId: "i-1", DataSetIds: ["agents"] })
  },
  kendra: {
    make: kendra,
    command: () => new BatchDeleteDocumentCommand({ IndexId: "x".repeat(36), DocumentIdList: ["d"] })
  },
  omics: {
    make: omics,
    command: () => new BatchDeleteReadSetCommand({ sequenceStoreId: "1234567890", ids: ["1111111111"] })
  }
}

type Bytes = string | ((socket: Socket) => void)

/** What one call gives when the server does this to it. */
const failureOf = Effect.fnUntraced(function* (
  service: keyof typeof services,
  bytes: Bytes,
  options?: AwsClient.Options
) {
  const server = yield* WireServer.make((socket) => {
    if (typeof bytes === "string") socket.write(bytes)
    else bytes(socket)
  })
  const client = yield* services[service].make({ endpoint: server.endpoint, ...options })
  // Each command has its own types, and any of them is sent the same way.
  const command = services[service].command() as Transport.Command<object, object>
  const error = yield* Effect.flip(client.send(command, { errors }))
  return { error, calls: server.received.length, fate: AwsFate.of(error) }
}, Effect.scoped)

const rest = (status: number, type: string, message: object, headers: Record<string, string> = {}) =>
  WireServer.answer(
    status,
    { "x-amzn-errortype": type, "x-amzn-requestid": "req-1", ...headers },
    JSON.stringify(message)
  )

const json = (status: number, type: string, message: string, headers: Record<string, string> = {}) =>
  WireServer.answer(
    status,
    { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": "req-1", ...headers },
    JSON.stringify({ __type: type, Message: message })
  )

const html = (status: number) =>
  WireServer.answer(status, { "content-type": "text/html" }, "<html><body>Service Unavailable</body></html>")

interface Row {
  readonly what: string
  readonly service: keyof typeof services
  readonly bytes: Bytes
  readonly error: { readonly _tag: string; readonly [member: string]: unknown }
  readonly fate: ReturnType<typeof AwsFate.of>
}

const throttled = (retryAfter?: number) => ({
  _tag: "Throttled" as const,
  applied: "no" as const,
  ...(retryAfter !== undefined && { retryAfter })
})
const rejected = { _tag: "Rejected", applied: "no" } as const
const perhaps = { _tag: "Transient", applied: "maybe" } as const
const fatal = (halts: "group" | "run") => ({ _tag: "Fatal", applied: "no", halts }) as const

const rows: ReadonlyArray<Row> = [
  {
    what: "a documented exception",
    service: "connect",
    bytes: rest(404, "ResourceNotFoundException", { Message: "No such instance" }),
    error: {
      _tag: "ResourceNotFoundException",
      message: "No such instance",
      operation: "Connect.BatchDisassociateAnalyticsDataSet",
      requestId: "req-1",
      status: 404
    },
    fate: fatal("group")
  },
  {
    what: "a documented exception of awsJson, with a namespace",
    service: "kendra",
    bytes: json(400, "com.amazonaws.kendra#ResourceNotFoundException", "No such index"),
    error: { _tag: "ResourceNotFoundException", message: "No such index", operation: "Kendra.BatchDeleteDocument" },
    fate: rejected
  },
  {
    what: "a documented member that is a union",
    service: "connect",
    bytes: rest(400, "InvalidRequestException", {
      Message: "bad",
      Reason: { AttachedFileInvalidRequestExceptionReason: "INVALID_FILE_SIZE" }
    }),
    error: {
      _tag: "InvalidRequestException",
      Reason: { AttachedFileInvalidRequestExceptionReason: "INVALID_FILE_SIZE" }
    },
    fate: rejected
  },
  {
    what: "a documented member of a wrong type, left out without the others",
    service: "connect",
    bytes: rest(409, "ResourceInUseException", { Message: "in use", ResourceType: 7, ResourceId: "r" }),
    error: { _tag: "ResourceInUseException", ResourceType: undefined, ResourceId: "r" },
    fate: rejected
  },
  {
    what: "access denied where it is not documented, with the tail that services add",
    service: "connect",
    bytes: rest(403, "AccessDeniedException:http://internal.amazon.com/coral/", { Message: "not authorized" }),
    error: { _tag: "AccessDeniedException", message: "not authorized", status: 403 },
    fate: fatal("group")
  },
  {
    what: "an undocumented exception",
    service: "omics",
    bytes: rest(409, "ConflictException", { message: "busy" }),
    error: { _tag: "UnknownServiceError", code: "ConflictException", status: 409 },
    fate: rejected
  },
  {
    what: "a throttle",
    service: "omics",
    bytes: rest(429, "ThrottlingException", { message: "Rate exceeded" }),
    error: { _tag: "UnknownServiceError", code: "ThrottlingException", status: 429, retryAfter: undefined },
    fate: throttled()
  },
  {
    what: "a throttle that only its name tells",
    service: "kendra",
    bytes: json(400, "ThrottlingException", "Rate exceeded"),
    error: { _tag: "UnknownServiceError", code: "ThrottlingException", status: 400 },
    fate: throttled()
  },
  {
    what: "a throttle by another name, with a hint in seconds",
    service: "connect",
    bytes: rest(429, "LimitExceededException:", { Message: "" }, { "Retry-After": "1" }),
    error: { _tag: "UnknownServiceError", code: "LimitExceededException", retryAfter: 1000 },
    fate: throttled(1000)
  },
  {
    what: "a throttle with a hint in milliseconds",
    service: "connect",
    bytes: rest(429, "TooManyRequestsException", {}, { "x-amz-retry-after": "700" }),
    error: { _tag: "UnknownServiceError", code: "TooManyRequestsException", retryAfter: 700 },
    fate: throttled(700)
  },
  {
    what: "a hint that is a date gone by",
    service: "connect",
    bytes: rest(503, "ServiceUnavailable", {}, { "retry-after": "Fri, 01 Jan 2021 00:00:00 GMT" }),
    error: { _tag: "UnknownServiceError", code: "ServiceUnavailable", retryAfter: 0 },
    fate: { ...perhaps, retryAfter: 0 }
  },
  {
    what: "a hint that is nonsense",
    service: "connect",
    bytes: rest(503, "ServiceUnavailable", {}, { "retry-after": "soon" }),
    error: { _tag: "UnknownServiceError", code: "ServiceUnavailable", retryAfter: undefined },
    fate: perhaps
  },
  ...(
    [
      ["UnrecognizedClientException", "The security token included in the request is invalid."],
      ["ExpiredTokenException", "The security token included in the request is expired"],
      ["InvalidSignatureException", "The request signature we calculated does not match"],
      ["InvalidSignatureException", "Signature not yet current: 2 is still later than 1"],
      ["MissingAuthenticationTokenException", "Missing Authentication Token"],
      ["IncompleteSignatureException", "malformed"],
      ["InvalidClientTokenId", "unknown key"],
      ["OptInRequired", "not subscribed"]
    ] as const
  ).map(([name, message]): Row => ({
    what: `${name} (${message})`,
    service: "connect",
    bytes: rest(403, name, { message }),
    error: { _tag: "CredentialsError", code: name, message, status: 403 },
    fate: fatal("run")
  })),
  {
    what: "a signature that came too late",
    service: "connect",
    bytes: rest(403, "InvalidSignatureException", { message: "Signature expired: 1 is now earlier than 2" }),
    error: { _tag: "CredentialsError", code: "InvalidSignatureException" },
    fate: { _tag: "Transient", applied: "no" }
  },
  {
    what: "500 by name",
    service: "omics",
    bytes: rest(500, "InternalServerException", { message: "oops" }),
    error: { _tag: "UnknownServiceError", code: "InternalServerException", status: 500 },
    fate: perhaps
  },
  {
    what: "408",
    service: "omics",
    bytes: rest(408, "RequestTimeoutException", { message: "slow" }),
    error: { _tag: "UnknownServiceError", code: "RequestTimeoutException", status: 408 },
    fate: perhaps
  },
  ...[502, 503, 504].map((status): Row => ({
    what: `${status} without a body`,
    service: "omics",
    bytes: WireServer.answer(status, {}, ""),
    error: { _tag: "UnknownServiceError", code: "Unknown", status },
    fate: perhaps
  })),
  {
    what: "501",
    service: "omics",
    bytes: WireServer.answer(501, {}, ""),
    error: { _tag: "UnknownServiceError", code: "Unknown", status: 501 },
    fate: { _tag: "Fatal", applied: "maybe", halts: "group" }
  },
  ...[302, 304].map((status): Row => ({
    what: `${status}, which is not followed`,
    service: "kendra",
    bytes: WireServer.answer(status, { location: "http://127.0.0.1:1/" }, ""),
    error: { _tag: "UnknownServiceError", code: "Unknown", status },
    fate: fatal("group")
  })),
  {
    what: "413 without a body",
    service: "kendra",
    bytes: WireServer.answer(413, {}, ""),
    error: { _tag: "UnknownServiceError", status: 413 },
    fate: { _tag: "TooLarge", applied: "no" }
  },
  {
    what: "413 with a page",
    service: "kendra",
    bytes: html(413),
    error: { _tag: "UndecodableResponse", status: 413 },
    fate: { _tag: "TooLarge", applied: "no" }
  },
  {
    what: "503 with a page of a proxy",
    service: "connect",
    bytes: html(503),
    error: { _tag: "UndecodableResponse", status: 503 },
    fate: perhaps
  },
  {
    what: "429 with a page",
    service: "kendra",
    bytes: html(429),
    error: { _tag: "UndecodableResponse", status: 429 },
    fate: throttled()
  },
  {
    what: "429 as text, with a hint",
    service: "omics",
    bytes: WireServer.answer(429, { "retry-after": "2" }, "Rate exceeded"),
    error: { _tag: "UndecodableResponse", status: 429, retryAfter: 2000 },
    fate: throttled(2000)
  },
  {
    what: "malformed JSON in a 4xx",
    service: "connect",
    bytes: WireServer.answer(400, { "x-amzn-errortype": "InvalidRequestException" }, '{"Message":'),
    error: { _tag: "UndecodableResponse", status: 400 },
    fate: rejected
  },
  {
    what: "malformed JSON in a 200",
    service: "omics",
    bytes: WireServer.answer(200, { "x-amzn-requestid": "req-1" }, '{"errors":['),
    error: { _tag: "UndecodableResponse", status: 200, requestId: "req-1" },
    fate: perhaps
  },
  {
    what: "a page in a 200",
    service: "connect",
    bytes: html(200),
    error: { _tag: "UndecodableResponse", status: 200 },
    fate: perhaps
  },
  {
    what: "null in a 200",
    service: "omics",
    bytes: WireServer.answer(200, {}, "null"),
    error: { _tag: "UndecodableResponse", status: 200 },
    fate: perhaps
  },
  {
    what: "a reset before the answer",
    service: "connect",
    bytes: (socket) => void socket.resetAndDestroy(),
    error: { _tag: "NetworkError", code: "ECONNRESET", reached: true, status: undefined },
    fate: perhaps
  },
  {
    what: "an end before the answer",
    service: "connect",
    bytes: (socket) => void socket.end(),
    error: { _tag: "NetworkError", code: "ECONNRESET", reached: true, status: undefined },
    fate: perhaps
  },
  {
    what: "an end within the headers",
    service: "connect",
    bytes: (socket) => void socket.end("HTTP/1.1 200 OK\r\ncontent-le"),
    error: { _tag: "NetworkError", reached: true },
    fate: perhaps
  },
  {
    what: "a reset within the body",
    service: "omics",
    bytes: (socket) => {
      const head = "HTTP/1.1 200 OK\r\ncontent-length: 50\r\nx-amzn-requestid: req-1\r\n\r\n"
      socket.write(`${head}{"errors":`, () => setTimeout(() => socket.resetAndDestroy(), 20))
    },
    error: { _tag: "NetworkError", code: "ECONNRESET", reached: true, status: 200, requestId: "req-1" },
    fate: perhaps
  },
  {
    what: "an end within the body, though what came is JSON",
    service: "omics",
    bytes: (socket) => void socket.end("HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{}"),
    error: { _tag: "NetworkError", code: "ECONNRESET", reached: true, status: 200 },
    fate: perhaps
  },
  {
    what: "an end within a chunked body",
    service: "omics",
    bytes: (socket) => void socket.end("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n"),
    error: { _tag: "NetworkError", reached: true, status: 200 },
    fate: perhaps
  },
  {
    what: "an end before a body of unknown length",
    service: "omics",
    bytes: (socket) => void socket.end("HTTP/1.1 200 OK\r\nconnection: close\r\nx-amzn-requestid: req-1\r\n\r\n"),
    error: { _tag: "NetworkError", code: "ECONNRESET", reached: true, status: 200, requestId: "req-1" },
    fate: perhaps
  },
  {
    what: "something that is not HTTP",
    service: "kendra",
    bytes: "SSH-2.0-OpenSSH_9.2\r\n",
    error: { _tag: "NetworkError", code: "HPE_INVALID_CONSTANT", reached: true },
    fate: perhaps
  }
]

describe("send, on the wire", () => {
  for (const row of rows) {
    it.live(`names ${row.what}, and sends once`, () =>
      Effect.gen(function* () {
        const { calls, error, fate } = yield* failureOf(row.service, row.bytes)
        const seen = Object.fromEntries(Object.keys(row.error).map((member) => [member, Reflect.get(error, member)]))
        assert.deepStrictEqual(seen, { ...row.error })
        assert.deepStrictEqual(fate, row.fate)
        assert.strictEqual(calls, 1)
        assert.instanceOf(error.cause, Error)
      })
    )
  }

  it.live("counts from now to a hint that is a date", () =>
    Effect.gen(function* () {
      const date = new Date(Date.now() + 30_000).toUTCString()
      const { error } = yield* failureOf("omics", rest(429, "ThrottlingException", {}, { "Retry-After": date }))
      assert.isAbove(error.retryAfter ?? 0, 25_000)
      assert.isAtMost(error.retryAfter ?? 0, 30_000)
    })
  )

  it.live("takes an empty body, no content, and a body in chunks", () =>
    Effect.gen(function* () {
      const answers = [
        WireServer.answer(200, { "x-amzn-requestid": "req-1" }, ""),
        "HTTP/1.1 204 No Content\r\nx-amzn-requestid: req-2\r\n\r\n",
        'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n7\r\n{"error\r\n6\r\ns":[]}\r\n0\r\n\r\n',
        'HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{"errors":[]}'
      ]
      const server = yield* WireServer.make((socket, _, call) => {
        socket.write(answers[call] ?? "")
        if (call === 3) socket.end()
      })
      const client = yield* omics({ endpoint: server.endpoint })
      const send = client.send(services.omics.command())
      const first = yield* send
      assert.strictEqual(first.$metadata.requestId, "req-1")
      assert.strictEqual(AwsClient.requestId(first), "req-1")
      assert.strictEqual((yield* send).$metadata.httpStatusCode, 204)
      assert.deepStrictEqual((yield* send).errors, [])
      assert.deepStrictEqual((yield* send).errors, [])
    })
  )

  it.live("joins headers that come more than once", () =>
    Effect.gen(function* () {
      const bytes = "HTTP/1.1 500 No\r\nx-amzn-errortype: A\r\nx-amzn-errortype: B\r\ncontent-length: 2\r\n\r\n{}"
      const { error } = yield* failureOf("connect", bytes)
      assert.strictEqual("code" in error && error.code, "A")
    })
  )

  it.live("tells what never reached the service", () =>
    Effect.gen(function* () {
      const closed = createTcpServer()
      const port = yield* Effect.callback<number>((resume) => {
        closed.listen(0, "127.0.0.1", () => {
          const { port } = closed.address() as AddressInfo
          closed.close(() => resume(Effect.succeed(port)))
        })
      })
      for (const [endpoint, code] of [
        [`http://127.0.0.1:${port}`, /^ECONNREFUSED$/],
        ["http://no-such-host.invalid", /^(ENOTFOUND|EAI_AGAIN)$/]
      ] as const) {
        const client = yield* omics({ endpoint })
        const error = yield* Effect.flip(client.send(services.omics.command()))
        assert.isTrue(error._tag === "NetworkError" && !error.reached && code.test(error.code), String(error))
        assert.deepStrictEqual(AwsFate.of(error), { _tag: "Transient", applied: "no" })
      }
    })
  )

  it.live("tells that TLS to a plain port never reached the service", () =>
    Effect.gen(function* () {
      // A TLS greeting is no HTTP request; the server hangs up on it.
      const server = createTcpServer((socket) => {
        socket.on("error", () => undefined)
        socket.on("data", () => socket.destroy())
      })
      const port = yield* Effect.acquireRelease(
        Effect.callback<number>((resume) => {
          server.listen(0, "127.0.0.1", () => resume(Effect.succeed((server.address() as AddressInfo).port)))
        }),
        () => Effect.sync(() => server.close())
      )
      const client = yield* connect({ endpoint: `https://127.0.0.1:${port}` })
      const error = yield* Effect.flip(client.send(services.connect.command()))
      assert.isTrue(error._tag === "NetworkError" && !error.reached && error.code === "ECONNRESET", String(error))
    })
  )
})
