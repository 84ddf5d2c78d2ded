import {
  ConnectClient,
  DescribeInstanceCommand,
  BatchDisassociateAnalyticsDataSetCommand
} from "@aws-sdk/client-connect"
import { BatchDeleteReadSetCommand, ListReadSetsCommand, OmicsClient } from "@aws-sdk/client-omics"
import { DeleteObjectsCommand, S3Client } from "@aws-sdk/client-s3"
import { AwsClient, AwsFate } from "@effect-bulk/aws"
import { assert, describe, it, vi } from "@effect/vitest"
import { Cause, Deferred, Effect, Exit, Fiber, Schema, Scope, Tracer } from "effect"
import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import type { Socket } from "node:net"
import { Readable } from "node:stream"
import { Call, HttpHandler, abortFailure } from "../src/internal/httpHandler.ts"
import * as Settings from "./settings.ts"
import * as WireServer from "./WireServer.ts"

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" }

const make = (options: AwsClient.Options) =>
  AwsClient.make({
    region: "us-east-1",
    credentials,
    ...options,
    service: "Omics",
    create: (config) => new OmicsClient(config)
  })

const command = (sequenceStoreId = "1234567890") =>
  new BatchDeleteReadSetCommand({ sequenceStoreId, ids: ["1111111111"] })

const empty = WireServer.answer(200, { "x-amzn-requestid": "req-1" }, "")

Settings.keepOut()

describe("interruption", () => {
  it.live("closes the connection of a call that waits for its answer", () =>
    Effect.gen(function* () {
      const arrived = yield* Deferred.make<void>()
      const closed = yield* Deferred.make<void>()
      const server = yield* WireServer.make((socket) => {
        socket.on("close", () => Deferred.doneUnsafe(closed, Effect.void))
        Deferred.doneUnsafe(arrived, Effect.void)
      })
      const client = yield* make({ endpoint: server.endpoint })
      const fiber = yield* Effect.forkChild(client.send(command()))
      yield* Deferred.await(arrived)
      yield* Fiber.interrupt(fiber)
      yield* Deferred.await(closed)
      assert.strictEqual(server.received.length, 1)
    })
  )

  it.live("closes the connection of a call within its answer, and the next call goes well", () =>
    Effect.gen(function* () {
      const began = yield* Deferred.make<void>()
      const server = yield* WireServer.make((socket, _, call) => {
        if (call > 0) return void socket.write(empty)
        socket.write("HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{", () => Deferred.doneUnsafe(began, Effect.void))
      })
      const client = yield* make({ endpoint: server.endpoint })
      const fiber = yield* Effect.forkChild(client.send(command()))
      yield* Deferred.await(began)
      yield* Fiber.interrupt(fiber)
      yield* client.send(command())
      assert.deepStrictEqual(server.connections.made, 2)
    })
  )

  it.live("of a call that waits for credentials sends nothing, not even when they come", () =>
    Effect.gen(function* () {
      const asked = yield* Deferred.make<void>()
      let give = () => {}
      const server = yield* WireServer.make((socket) => void socket.write(empty))
      const client = yield* make({
        endpoint: server.endpoint,
        credentials: () =>
          new Promise((resolve) => {
            give = () => resolve(credentials)
            Deferred.doneUnsafe(asked, Effect.void)
          })
      })
      const fiber = yield* Effect.forkChild(client.send(command("1111111111")))
      yield* Deferred.await(asked)
      yield* Fiber.interrupt(fiber)
      give()
      yield* client.send(command("2222222222"))
      assert.deepStrictEqual(
        server.received.map(({ target }) => target),
        ["/sequencestore/2222222222/readset/batch/delete"]
      )
    })
  )
})

describe("a request", () => {
  const handlerTo = Effect.fnUntraced(function* (server: WireServer.WireServer) {
    const handler = yield* Effect.acquireRelease(
      Effect.sync(() => new HttpHandler({ connectTimeout: 1000 })),
      (handler) => Effect.promise(() => handler.close())
    )
    return (path: string, part?: object, call?: Call) =>
      handler.handle(
        {
          protocol: "http:",
          hostname: "127.0.0.1",
          port: server.port,
          method: "POST",
          path,
          headers: {},
          ...part
        },
        call && { call }
      )
  })
  const failureOf = (answer: Promise<unknown>) =>
    Effect.flip(Effect.tryPromise({ try: () => answer, catch: (failure) => failure as object }))

  it.live("that is aborted while its connection is made is never sent", () =>
    Effect.gen(function* () {
      const server = yield* WireServer.make((socket) => void socket.write(empty))
      const handle = yield* handlerTo(server)
      const call = new Call()
      const answer = handle("/aborted", {}, call)
      call.abort(abortFailure())
      assert.deepInclude(yield* failureOf(answer), { name: "AbortError", reached: false })
      const { response } = yield* Effect.promise(() => handle("/sent"))
      assert.strictEqual(response.statusCode, 200)
      assert.deepStrictEqual(
        server.received.map(({ target }) => target),
        ["/sent"]
      )
    })
  )

  it.live("that cannot be written is never sent", () =>
    Effect.gen(function* () {
      const server = yield* WireServer.make((socket) => void socket.write(empty))
      const handle = yield* handlerTo(server)
      const failure = yield* failureOf(handle("/", { headers: { "x-name": "a\nb" } }))
      assert.deepInclude(failure, { code: "ERR_INVALID_CHAR", reached: false })
      assert.strictEqual(server.received.length, 0)
    })
  )

  it.live("takes its body from a stream, and is cut off when that fails", () =>
    Effect.gen(function* () {
      const server = yield* WireServer.make((socket) => void socket.write(empty))
      const handle = yield* handlerTo(server)
      const headers = { "content-length": "4" }
      yield* Effect.promise(() => handle("/", { headers, body: Readable.from(["ab", "cd"]) }))
      assert.deepStrictEqual(
        server.received.map(({ body }) => body),
        ["abcd"]
      )
      const torn = Readable.from(
        (function* () {
          yield "ab"
          throw new Error("torn")
        })()
      )
      assert.deepInclude(yield* failureOf(handle("/", { headers, body: torn })), { message: "torn" })
      assert.strictEqual(server.received.length, 1)
    })
  )
})

describe("time", () => {
  it.live("limits the wait for an answer", () =>
    Effect.gen(function* () {
      const server = yield* WireServer.make(() => {})
      const client = yield* make({ endpoint: server.endpoint, requestTimeout: "100 millis" })
      const error = yield* Effect.flip(client.send(command()))
      assert.strictEqual(error._tag, "ResponseTimeout")
      assert.strictEqual(error.message, "Omics.BatchDeleteReadSet: No complete answer within 100 ms")
      assert.deepStrictEqual(AwsFate.of(error), { _tag: "Transient", applied: "maybe" })
      assert.strictEqual(server.received.length, 1)
    })
  )

  it.live("can be without limit", () =>
    Effect.gen(function* () {
      const server = yield* WireServer.make((socket) => void setTimeout(() => socket.write(empty), 20))
      const client = yield* make({ endpoint: server.endpoint, requestTimeout: "Infinity", connectTimeout: "Infinity" })
      assert.strictEqual((yield* client.send(command())).$metadata.requestId, "req-1")
    })
  )

  it.live("limits an answer that drips", () =>
    Effect.gen(function* () {
      const server = yield* WireServer.make((socket) => {
        socket.write("HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n")
        const timer = setInterval(() => socket.write(" "), 20)
        socket.on("close", () => clearInterval(timer))
      })
      const client = yield* make({ endpoint: server.endpoint, requestTimeout: "150 millis" })
      const error = yield* Effect.flip(client.send(command()))
      assert.strictEqual(error._tag, "ResponseTimeout")
      assert.strictEqual(error.status, 200)
    })
  )

  it.live("limits a connection that is not made", () =>
    Effect.gen(function* () {
      // Accepts, and never says its part of the TLS greeting.
      const server = yield* WireServer.make(() => {})
      const client = yield* make({ endpoint: `https://127.0.0.1:${server.port}`, connectTimeout: "100 millis" })
      const error = yield* Effect.flip(client.send(command()))
      assert.isTrue(error._tag === "NetworkError" && error.code === "ETIMEDOUT" && !error.reached, String(error))
      assert.deepStrictEqual(AwsFate.of(error), { _tag: "Transient", applied: "no" })
    })
  )

  it.live("limits the wait for credentials, and sends nothing when they come late", () =>
    Effect.gen(function* () {
      let give = () => {}
      const server = yield* WireServer.make((socket) => void socket.write(empty))
      const client = yield* make({
        endpoint: server.endpoint,
        requestTimeout: "100 millis",
        credentials: () => new Promise((resolve) => (give = () => resolve(credentials)))
      })
      const error = yield* Effect.flip(client.send(command("1111111111")))
      assert.strictEqual(error._tag, "CredentialsError")
      assert.strictEqual(
        error.message,
        "Omics.BatchDeleteReadSet was not sent: Could not load credentials: none came within 100 ms"
      )
      assert.deepStrictEqual(AwsFate.of(error), { _tag: "Fatal", applied: "no", halts: "run" })
      give()
      yield* client.send(command("2222222222"))
      assert.strictEqual(server.received.length, 1)
    })
  )
})

describe("connections", () => {
  it.live("are kept for calls one after the other, and made for calls at once", () =>
    Effect.gen(function* () {
      const server = yield* WireServer.make((socket) => void socket.write(empty))
      const client = yield* make({ endpoint: server.endpoint })
      yield* Effect.forEach(Array(10), () => client.send(command()), { discard: true })
      // A connection rests for one turn of the event loop before it is used again.
      assert.isAtMost(server.connections.made, 2)
      yield* Effect.forEach(Array(5), () => client.send(command()), { concurrency: "unbounded", discard: true })
      assert.isAtMost(server.connections.made, 7)
      assert.isAtLeast(server.connections.made, 5)
      assert.strictEqual(server.received.length, 15)
    })
  )

  it.live("that the service closed are not used again", () =>
    Effect.gen(function* () {
      const server = yield* WireServer.make((socket) => void socket.end(empty))
      const client = yield* make({ endpoint: server.endpoint })
      yield* Effect.forEach(Array(5), () => client.send(command()), { discard: true })
      assert.strictEqual(server.connections.made, 5)
      assert.strictEqual(server.received.length, 5)
    })
  )

  for (const [how, leave] of [
    ["ends", (socket: Socket) => socket.end()],
    ["resets", (socket: Socket) => socket.resetAndDestroy()]
  ] as const) {
    it.live(`that the service ${how} soon after its answer harm no call`, () =>
      Effect.gen(function* () {
        const server = yield* WireServer.make((socket) => void socket.write(empty, () => leave(socket)))
        const client = yield* make({ endpoint: server.endpoint })
        for (let turns = 0; turns < 5; turns++) {
          yield* client.send(command())
          for (let turn = 0; turn < turns; turn++)
            yield* Effect.callback<void>((resume) => void setImmediate(resume, Effect.void))
        }
        assert.strictEqual(server.connections.made, 5)
      })
    )
  }

  it.live("are closed with the scope, and calls in flight are cut off", () =>
    Effect.gen(function* () {
      const arrived = yield* Deferred.make<void>()
      const server = yield* WireServer.make((socket, _, call) => {
        if (call === 0) socket.write(empty)
        else Deferred.doneUnsafe(arrived, Effect.void)
      })
      const scope = yield* Scope.make()
      const client = yield* Scope.provide(make({ endpoint: server.endpoint }), scope)
      yield* client.send(command())
      const fiber = yield* Effect.forkChild(Effect.flip(client.send(command())))
      yield* Deferred.await(arrived)
      yield* Scope.close(scope, Exit.void)
      const cut = yield* Fiber.join(fiber)
      assert.isTrue(cut._tag === "NetworkError" && cut.reached, String(cut))
      const late = yield* Effect.flip(client.send(command()))
      assert.isTrue(late._tag === "NetworkError" && !late.reached, String(late))
      yield* Effect.sleep("20 millis")
      assert.strictEqual(server.connections.open.size, 0)
      assert.strictEqual(server.received.length, 2)
    })
  )

  it.live("do not keep the process alive after the scope", () =>
    Effect.gen(function* () {
      const server = yield* WireServer.make((socket) => void socket.write(empty))
      const exit = yield* Effect.callback<{ code: number | null; stderr: string; endedAfter: number }>((resume) => {
        const child = spawn(process.execPath, [fileURLToPath(import.meta.resolve("./exits.ts")), server.endpoint])
        let stderr = ""
        let answered = 0
        child.stderr.on("data", (chunk) => (stderr += String(chunk)))
        const watch = setInterval(() => {
          if (answered === 0 && server.received.length > 0) answered = performance.now()
        }, 5)
        child.on("close", (code) => {
          clearInterval(watch)
          resume(Effect.succeed({ code, stderr, endedAfter: performance.now() - answered }))
        })
        return Effect.sync(() => void child.kill())
      })
      assert.strictEqual(exit.code, 0, exit.stderr)
      assert.strictEqual(server.received.length, 1)
      // An idle connection would be kept for 4 s.
      assert.isBelow(exit.endedAfter, 3000)
    })
  )
})

describe("the SDK's own ways", () => {
  it.live("retry nothing, whatever the environment says", () =>
    Effect.gen(function* () {
      vi.stubEnv("AWS_MAX_ATTEMPTS", "5")
      vi.stubEnv("AWS_RETRY_MODE", "adaptive")
      const server = yield* WireServer.make((socket) => void socket.write(WireServer.answer(500, {}, "")))
      const client = yield* make({ endpoint: server.endpoint })
      yield* Effect.flip(client.send(command()))
      assert.deepStrictEqual(
        server.received.map(({ headers }) => headers["amz-sdk-request"]),
        ["attempt=1; max=1"]
      )
      // E: the standard mode. In the adaptive one (F) the SDK would hold calls back.
      assert.match(server.received[0]?.headers["user-agent"] ?? "", / m\/(\w,)*E/)
    })
  )

  it.live("log neither what goes out nor what comes back, whatever logger they have", () =>
    Effect.gen(function* () {
      const server = yield* WireServer.make((socket) => void socket.write(empty))
      const logged: Array<unknown> = []
      const log = (...about: ReadonlyArray<unknown>) => void logged.push(about)
      const client = yield* AwsClient.make({
        region: "us-east-1",
        credentials,
        endpoint: server.endpoint,
        service: "Omics",
        create: (config) => new OmicsClient({ ...config, logger: { debug: log, info: log, warn: log, error: log } })
      })
      yield* client.send(command())
      assert.notInclude(JSON.stringify(logged), "1111111111")
    })
  )

  it.live("correct no clock by the Date of an answer", () =>
    Effect.gen(function* () {
      const hourAgo = new Date(Date.now() - 3_600_000)
      const server = yield* WireServer.make(
        (socket) =>
          void socket.write(
            WireServer.answer(
              404,
              { date: hourAgo.toUTCString(), "x-amzn-errortype": "ResourceNotFoundException" },
              "{}"
            )
          )
      )
      const client = yield* make({ endpoint: server.endpoint })
      const error = yield* Effect.flip(client.send(command()))
      yield* Effect.flip(client.send(command()))
      assert.strictEqual(server.received.length, 2)
      assert.notProperty(Reflect.get(error.cause as object, "$metadata"), "clockSkewCorrected")
      const signed = server.received.map(({ headers }) => headers["x-amz-date"]?.slice(0, 11))
      const now = new Date().toISOString().replace(/[-:]/g, "").slice(0, 11)
      assert.deepStrictEqual(signed, [now, now])
    })
  )

  it.live("add no host prefix to a custom endpoint, wherever it is set", () =>
    Effect.gen(function* () {
      const server = yield* WireServer.make((socket) => void socket.write(empty))
      yield* Effect.flatMap(make({ endpoint: server.endpoint }), (client) => client.send(command()))
      vi.stubEnv("AWS_ENDPOINT_URL", server.endpoint)
      yield* Effect.flatMap(make({}), (client) => client.send(command()))
      vi.stubEnv("AWS_ENDPOINT_URL", undefined)
      vi.stubEnv("AWS_ENDPOINT_URL_OMICS", server.endpoint)
      yield* Effect.flatMap(make({}), (client) => client.send(command()))
      const hosts = server.received.map(({ headers }) => headers["host"])
      assert.deepStrictEqual(hosts, Array(3).fill(`127.0.0.1:${server.port}`))
    })
  )

  it.live("keep the host prefix of the service's own endpoint; a request handler of the user's own is used", () =>
    Effect.gen(function* () {
      const hosts: Array<string> = []
      const client = yield* AwsClient.make({
        region: "eu-west-1",
        credentials,
        service: "Omics",
        create: (config) =>
          new OmicsClient({
            ...config,
            requestHandler: {
              handle: (request: { readonly hostname: string }) => {
                hosts.push(request.hostname)
                return Promise.resolve({ response: { statusCode: 200, headers: {}, body: new Uint8Array() } })
              }
            }
          })
      })
      yield* client.send(command())
      assert.deepStrictEqual(hosts, ["control-storage-omics.eu-west-1.amazonaws.com"])
    })
  )

  it.live("abort and time-out reach a request handler of the user's own", () =>
    Effect.gen(function* () {
      const signals: Array<AbortSignal> = []
      const client = yield* AwsClient.make({
        region: "eu-west-1",
        credentials,
        requestTimeout: "100 millis",
        service: "Omics",
        create: (config) =>
          new OmicsClient({
            ...config,
            requestHandler: {
              handle: (_: unknown, { abortSignal }: { readonly abortSignal: AbortSignal }) => {
                signals.push(abortSignal)
                return new Promise((_, reject) => {
                  abortSignal.addEventListener("abort", () =>
                    reject(Object.assign(new Error("aborted"), { name: "AbortError" }))
                  )
                })
              }
            }
          })
      })
      const error = yield* Effect.flip(client.send(command()))
      assert.strictEqual(error._tag, "ResponseTimeout")
      assert.deepStrictEqual(
        signals.map(({ aborted }) => aborted),
        [true]
      )
    })
  )
})

describe("calls at once", () => {
  it.live("each send their own input and get their own answer", () =>
    Effect.gen(function* () {
      const server = yield* WireServer.make((socket, { target }) => {
        const [, store = ""] = /sequencestore\/(\d+)/.exec(target) ?? []
        const body = JSON.stringify({ readSets: [], nextToken: store, errors: [{ id: store, code: "", message: "" }] })
        setTimeout(() => socket.write(WireServer.answer(200, {}, body)), Number(store) % 7)
      })
      const client = yield* make({ endpoint: server.endpoint })
      const stores = Array.from({ length: 40 }, (_, i) => String(1000000000 + i))
      const answers = yield* Effect.forEach(
        stores,
        (store, i) =>
          i % 2 === 0
            ? Effect.map(client.send(command(store)), ({ errors }) => errors?.[0]?.id)
            : Effect.map(
                client.send(new ListReadSetsCommand({ sequenceStoreId: store, nextToken: "a+b/c=" })),
                ({ nextToken }) => nextToken
              ),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual(answers, stores)
      const lists = server.received.filter(({ target }) => target.includes("readsets"))
      assert.isTrue(lists.every(({ target }) => target.endsWith("/readsets?nextToken=a%2Bb%2Fc%3D")))
    })
  )

  it.live("go to the endpoint of their own bucket where the input decides it", () =>
    Effect.gen(function* () {
      const server = yield* WireServer.make(
        (socket, { target }) =>
          void socket.write(
            WireServer.answer(
              200,
              {},
              `<DeleteResult><Deleted><Key>${target.slice(1).split("?")[0]}</Key></Deleted></DeleteResult>`
            )
          )
      )
      const client = yield* AwsClient.make({
        region: "us-east-1",
        credentials,
        endpoint: server.endpoint,
        service: "S3",
        create: (config) => new S3Client({ ...config, forcePathStyle: true })
      })
      const buckets = ["aaa", "bbb", "ccc", "ddd"]
      const answers = yield* Effect.forEach(
        buckets,
        (Bucket) => client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: "k" }] } })),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual(
        answers.map(({ Deleted }) => Deleted?.[0]?.Key?.replace("/", "")),
        buckets
      )
    })
  )
})

describe("before the wire", () => {
  const unsent = (options: Omit<Parameters<typeof AwsClient.make>[0], "service" | "create">) =>
    Effect.scoped(
      Effect.flatMap(
        AwsClient.make({ ...options, service: "Omics", create: (config) => new OmicsClient(config) }),
        (client) => Effect.flip(client.send(command()))
      )
    )

  it.live("no region is a client that is not configured", () =>
    Effect.gen(function* () {
      const error = yield* unsent({ credentials })
      assert.strictEqual(error._tag, "ClientMisconfigured")
      assert.strictEqual(
        error.message,
        "Omics.BatchDeleteReadSet was not sent: Region is missing (set AWS_REGION, or give `region` to the layer)"
      )
      assert.deepStrictEqual(AwsFate.of(error), { _tag: "Fatal", applied: "no", halts: "run" })
    })
  )

  it.live("an impossible region is a client that is not configured", () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* unsent({ credentials, region: "us east" }))._tag, "ClientMisconfigured")
    })
  )

  it.live("an endpoint that is no URL is refused when the client is made", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(Effect.scoped(make({ endpoint: "127.0.0.1:80 80" })))
      assert.strictEqual(error._tag, "ClientMisconfigured")
      assert.strictEqual(error.message, "Omics: endpoint must be a URL, got '127.0.0.1:80 80'")
    })
  )

  it.live("an SDK client that cannot be made is a client that is not configured", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(
        Effect.scoped(
          AwsClient.make({
            service: "Omics",
            create: () => {
              throw new Error("no such profile")
            }
          })
        )
      )
      assert.strictEqual(error.message, "Omics: no such profile")
    })
  )

  it.live("no credentials, or a provider that fails or gives nothing, is a credentials error", () =>
    Effect.gen(function* () {
      const stsDenied = Object.assign(new Error("not authorized to perform: sts:AssumeRole"), {
        name: "AccessDenied",
        $fault: "client",
        $metadata: { httpStatusCode: 403 }
      })
      const wrong = {} as typeof credentials
      for (const provider of [
        undefined,
        () => Promise.reject(new Error("vault is sealed")),
        () => Promise.reject(stsDenied),
        () => Promise.resolve(wrong)
      ]) {
        const error = yield* unsent({ region: "us-east-1", credentials: provider })
        assert.strictEqual(error._tag, "CredentialsError", String(error))
        assert.deepStrictEqual(AwsFate.of(error), { _tag: "Fatal", applied: "no", halts: "run" })
      }
    })
  )

  it.live("a failure of whoever the SDK asks for credentials is not one of the service", () =>
    Effect.gen(function* () {
      const denied = Object.assign(new Error("denied"), { name: "AccessDeniedException", $fault: "client" })
      const error = yield* Effect.scoped(
        Effect.flatMap(
          AwsClient.make({
            region: "us-east-1",
            service: "Omics",
            create: (config) =>
              new OmicsClient({ ...config, credentialDefaultProvider: () => () => Promise.reject(denied) })
          }),
          (client) => Effect.flip(client.send(command()))
        )
      )
      assert.isTrue(error._tag === "CredentialsError" && error.message.includes("denied"), String(error))
    })
  )

  it.live("a label without a value is an invalid request that names it", () =>
    Effect.gen(function* () {
      const client = yield* AwsClient.make({
        region: "us-east-1",
        credentials,
        service: "Connect",
        create: (config) => new ConnectClient(config)
      })
      const error = yield* Effect.flip(client.send(new DescribeInstanceCommand({ InstanceId: undefined })))
      assert.isTrue(error._tag === "InvalidRequest" && error.member === "InstanceId", String(error))
    })
  )
})

describe("response", () => {
  const response = Schema.Struct({ Deleted: Schema.optionalKey(Schema.Array(Schema.String)) })
  const send = Effect.fnUntraced(function* (body: string) {
    const server = yield* WireServer.make(
      (socket) => void socket.write(WireServer.answer(200, { "x-amzn-requestid": "req-7" }, body))
    )
    const client = yield* AwsClient.make({
      region: "us-east-1",
      credentials,
      endpoint: server.endpoint,
      service: "Connect",
      create: (config) => new ConnectClient(config)
    })
    return yield* client.send(new BatchDisassociateAnalyticsDataSetCommand({ InstanceId: "i", DataSetIds: ["a"] }), {
      response
    })
  }, Effect.scoped)

  it.live("is decoded, and its request id is still known", () =>
    Effect.gen(function* () {
      const answer = yield* send('{"Deleted":["a"]}')
      assert.deepStrictEqual(answer, { Deleted: ["a"] })
      assert.strictEqual(AwsClient.requestId(answer), "req-7")
    })
  )

  it.live("that has another form is an error that knows the request id", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(send('{"Deleted":["a",null]}'))
      assert.strictEqual(error._tag, "UndecodableResponse")
      assert.strictEqual(AwsClient.requestId(error), "req-7")
      assert.strictEqual(error.status, 200)
      assert.deepStrictEqual(AwsFate.of(error), { _tag: "Transient", applied: "maybe" })
    })
  )
})

describe("spans", () => {
  const record = Effect.fnUntraced(function* (bytes: string) {
    const spans: Array<Tracer.NativeSpan> = []
    const tracer = Tracer.make({
      span: (options) => {
        const span = new Tracer.NativeSpan(options)
        spans.push(span)
        return span
      }
    })
    const server = yield* WireServer.make((socket) => void socket.write(bytes))
    const client = yield* make({ endpoint: server.endpoint })
    yield* Effect.exit(client.send(command())).pipe(Effect.withTracer(tracer))
    return spans.map((span) => ({
      name: span.name,
      kind: span.kind,
      attributes: Object.fromEntries(span.attributes),
      exit: span.status._tag === "Ended" ? span.status.exit._tag : "open",
      // What a tracer exports of a failure.
      told:
        span.status._tag === "Ended" && Exit.isFailure(span.status.exit)
          ? Cause.prettyErrors(span.status.exit.cause, { includeCauseInStack: true })
          : []
    }))
  }, Effect.scoped)

  const attributes = {
    "rpc.system": "aws-api",
    "rpc.service": "Omics",
    "rpc.method": "BatchDeleteReadSet",
    "cloud.region": "us-east-1",
    "aws.request_id": "req-1"
  }

  it.live("tell what was called and how it went, and nothing of what was in it", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* record(empty), [
        {
          name: "Omics.BatchDeleteReadSet",
          kind: "client",
          attributes: { ...attributes, "http.response.status_code": 200 },
          exit: "Success",
          told: []
        }
      ])
      const denied = { "x-amzn-errortype": "ConflictException", "x-amzn-requestid": "req-1" }
      const [refused, ...others] = yield* record(WireServer.answer(409, denied, '{"message":"private-id is in use"}'))
      assert.deepInclude(refused, {
        attributes: { ...attributes, "http.response.status_code": 409, "error.type": "ConflictException" },
        exit: "Failure"
      })
      assert.isEmpty(others)
      const told = refused?.told.map(({ message, stack }) => [message, stack?.includes("private")])
      assert.deepStrictEqual(told, [["Omics.BatchDeleteReadSet: ConflictException", false]])
    })
  )
})

describe("account and region", () => {
  const who = (options: AwsClient.Options) =>
    Effect.scoped(
      Effect.flatMap(
        AwsClient.make({ ...options, service: "Omics", create: (config) => new OmicsClient(config) }),
        (client) => Effect.all([client.account, client.region])
      )
    )

  it.live("are those of the credentials and the configuration, and never fail", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(
        yield* who({ credentials: { ...credentials, accountId: "123456789012" }, region: "eu-west-1" }),
        ["123456789012", "eu-west-1"]
      )
      assert.deepStrictEqual(yield* who({ credentials: () => Promise.resolve(credentials) }), [
        "AKIDEXAMPLE",
        "unknown"
      ])
      vi.stubEnv("AWS_REGION", "ap-south-1")
      assert.deepStrictEqual(yield* who({}), ["anonymous", "ap-south-1"])
      let asked = 0
      const counting = make({ credentials: () => Promise.reject(new Error(`asked ${++asked} times`)) })
      const twice = Effect.flatMap(counting, ({ account }) => Effect.all([account, account], { concurrency: 2 }))
      assert.deepStrictEqual(yield* Effect.scoped(twice), ["anonymous", "anonymous"])
      assert.strictEqual(asked, 1)
      const never = () => new Promise<typeof credentials>(() => {})
      assert.deepStrictEqual(yield* who({ credentials: never, requestTimeout: "50 millis" }), [
        "anonymous",
        "ap-south-1"
      ])
    })
  )
})
