import {
  BatchDeleteReadSetCommand,
  DeleteAnnotationStoreVersionsCommand,
  GetReadSetMetadataCommand,
  GetSequenceStoreCommand,
  ListAnnotationStoreVersionsCommand,
  ListReadSetsCommand,
  ListSequenceStoresCommand,
  paginateListReadSets
} from "@aws-sdk/client-omics"
import { Faults } from "@effect-bulk/aws/testing"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Scope, Tracer } from "effect"
import { TestClock } from "effect/testing"
import { spawn } from "node:child_process"
import { connect } from "node:net"
import * as Emulator from "../src/Emulator.ts"
import { ids, omicsClient, remove, send, sequenceStoreId, type SdkFailure } from "./omicsClient.ts"

const omics = {
  sequenceStores: [
    { id: sequenceStoreId, readSets: 250 },
    { id: "2234567890", readSets: 0 }
  ],
  annotationStores: [{ name: "store", versions: [{ versionName: "v_1" }, { versionName: "v_2", inUse: true }] }]
}

const start = Effect.fnUntraced(function* (options: Emulator.Options = {}) {
  const emulator = yield* Emulator.make({ omics, ...options })
  return { emulator, client: yield* omicsClient(emulator.url) }
})

const post = (url: string, path: string, body: string, headers: Record<string, string> = {}) =>
  Effect.promise(async () => {
    const response = await fetch(`${url}${path}`, { method: "POST", body, headers })
    return { status: response.status, headers: response.headers, text: await response.text() }
  })

/** Sends bytes and gives all that comes back until the connection ends. */
const raw = (url: string, text: string) =>
  Effect.callback<string>((resume) => {
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname, () => socket.write(text))
    let received = ""
    socket.on("data", (chunk) => (received += chunk.toString()))
    socket.on("close", () => resume(Effect.succeed(received)))
    return Effect.sync(() => socket.destroy())
  })

describe("with the real client of HealthOmics", () => {
  it.live("BatchDeleteReadSet deletes", () =>
    Effect.gen(function* () {
      const { client, emulator } = yield* start()
      assert.deepStrictEqual(yield* remove(client, ids(0, 100)), {})
      assert.deepStrictEqual(yield* remove(client, [...ids(100, 1), "7777777777"]), {
        errors: [{ id: "7777777777", code: "", message: "The specified readset does not exist." }]
      })
      const deleted = [...emulator.models.omics.readSets(sequenceStoreId)].filter(({ deleted }) => deleted === 1)
      assert.deepStrictEqual(
        deleted.map(({ id }) => id),
        ids(0, 101)
      )
    })
  )

  it.live("ListReadSets pages through a filter", () =>
    Effect.gen(function* () {
      const { client } = yield* start()
      const pages = yield* Effect.promise(async () => {
        const pages: Array<number> = []
        const filter = {
          createdAfter: new Date(Date.UTC(2024, 0, 1, 0, 9)),
          createdBefore: new Date(Date.UTC(2025, 0))
        }
        for await (const { readSets } of paginateListReadSets({ client, pageSize: 100 }, { sequenceStoreId, filter })) {
          pages.push(readSets?.length ?? 0)
        }
        return pages
      })
      assert.deepStrictEqual(pages, [100, 100, 40])
      const page = yield* send(() => client.send(new ListReadSetsCommand({ sequenceStoreId, maxResults: 1 })))
      assert.deepStrictEqual(page.readSets?.[0]?.creationTime, new Date(Date.UTC(2024, 0, 1)))
    })
  )

  it.live("GetReadSetMetadata, ListSequenceStores and GetSequenceStore describe", () =>
    Effect.gen(function* () {
      const { client } = yield* start()
      const [id = ""] = ids(3, 1)
      const metadata = yield* send(() => client.send(new GetReadSetMetadataCommand({ sequenceStoreId, id })))
      assert.deepStrictEqual([metadata.id, metadata.status, metadata.fileType], [id, "ACTIVE", "BAM"])
      const { sequenceStores } = yield* send(() => client.send(new ListSequenceStoresCommand({ maxResults: 5 })))
      assert.deepStrictEqual(
        sequenceStores?.map(({ id }) => id),
        [sequenceStoreId, "2234567890"]
      )
      const store = yield* send(() => client.send(new GetSequenceStoreCommand({ id: "2234567890" })))
      assert.strictEqual(store.arn, "arn:aws:omics:us-east-1:123456789012:sequenceStore/2234567890")
    })
  )

  it.live("annotation store versions are listed and deleted", () =>
    Effect.gen(function* () {
      const { client } = yield* start()
      const removeVersions = (force?: boolean) =>
        send(() =>
          client.send(
            new DeleteAnnotationStoreVersionsCommand({
              name: "store",
              versions: ["v_1", "v_2"],
              ...(force !== undefined && { force })
            })
          )
        )
      assert.deepStrictEqual(yield* removeVersions(), {
        errors: [{ versionName: "v_2", message: "The specified version is in use and not deleted by force." }]
      })
      assert.deepStrictEqual(yield* removeVersions(true), { errors: [] })
      const { annotationStoreVersions } = yield* send(() =>
        client.send(new ListAnnotationStoreVersionsCommand({ name: "store", filter: { status: "DELETING" } }))
      )
      assert.deepStrictEqual(
        annotationStoreVersions?.map(({ status, versionName }) => [versionName, status]),
        [
          ["v_1", "DELETING"],
          ["v_2", "DELETING"]
        ]
      )
    })
  )

  it.live("what the client does not check is refused", () =>
    Effect.gen(function* () {
      const { client } = yield* start()
      const refused = yield* Effect.forEach(
        [
          send(() => client.send(new BatchDeleteReadSetCommand({ sequenceStoreId, ids: [] }))),
          send(() => client.send(new BatchDeleteReadSetCommand({ sequenceStoreId, ids: ids(0, 101) }))),
          send(() => client.send(new BatchDeleteReadSetCommand({ sequenceStoreId, ids: undefined }))),
          send(() => client.send(new BatchDeleteReadSetCommand({ sequenceStoreId, ids: "1" as never }))),
          send(() => client.send(new BatchDeleteReadSetCommand({ sequenceStoreId: "a/b c%", ids: ids(0, 1) }))),
          send(() => client.send(new GetReadSetMetadataCommand({ sequenceStoreId, id: "7777777777" }))),
          send(() => client.send(new ListReadSetsCommand({ sequenceStoreId, maxResults: 500 }))),
          send(() => client.send(new ListReadSetsCommand({ sequenceStoreId, nextToken: "a+b/c==" })))
        ] as ReadonlyArray<Effect.Effect<object, SdkFailure>>,
        (effect) => Effect.map(Effect.flip(effect), ({ message, name, status }) => [name, status, message])
      )
      assert.deepStrictEqual(refused, [
        ["ValidationException", 400, "Invalid ids: expected a value with a length between 1 and 100, got a list of 0"],
        [
          "ValidationException",
          400,
          "Invalid ids: expected a value with a length between 1 and 100, got a list of 101"
        ],
        ["ValidationException", 400, "Missing ids"],
        ["SerializationException", 400, 'Invalid ids: expected array, got "1"'],
        [
          "ValidationException",
          400,
          'Invalid sequenceStoreId: expected a value with a length between 10 and 36, got "a/b c%"'
        ],
        ["ResourceNotFoundException", 404, "The specified readset does not exist."],
        ["ValidationException", 400, 'Invalid maxResults: expected a value between 1 and 100, got "500"'],
        ["ValidationException", 400, "Invalid nextToken: expected a token that an earlier page of this list gave"]
      ])
    })
  )

  it.live("its own retries are seen as attempts of one invocation", () =>
    Effect.gen(function* () {
      const { emulator } = yield* start({
        faults: Faults.script([{ _tag: "ServiceError", name: "InternalServerException", status: 500, message: "x" }])
      })
      const client = yield* omicsClient(emulator.url, { maxAttempts: 2 })
      yield* remove(client, ids(0, 2))
      const calls = yield* emulator.calls
      assert.deepStrictEqual(
        calls.map(({ call, fault, input, items, operation, service }) => ({
          service,
          operation,
          call,
          fault,
          input,
          items
        })),
        [0, 1].map((call) => ({
          service: "omics",
          operation: "BatchDeleteReadSet",
          call,
          fault: call === 0 ? ("ServiceError" as const) : undefined,
          input: { sequenceStoreId, ids: ids(0, 2) },
          items: ids(0, 2)
        }))
      )
      assert.isString(calls[0]?.invocation)
      assert.strictEqual(calls[0]?.invocation, calls[1]?.invocation)
      assert.notStrictEqual(calls[0]?.requestId, calls[1]?.requestId)
    })
  )
})

describe("every answer", () => {
  it.live("has a request id of its own and the true date", () =>
    Effect.gen(function* () {
      const { emulator } = yield* start()
      const before = Date.now()
      const answers = yield* Effect.all([
        post(emulator.url, "/sequencestores", "{}"),
        post(emulator.url, "/nobody/here", "{}"),
        post(emulator.url, `/sequencestore/${sequenceStoreId}/readset/batch/delete`, `{"ids":["1000000000"]}`)
      ])
      const requestIds = answers.map(({ headers }) => headers.get("x-amzn-requestid"))
      assert.strictEqual(new Set(requestIds).size, 3)
      for (const { headers } of answers) {
        assert.isAtMost(Math.abs(Date.parse(headers.get("date") ?? "") - before), 5000)
      }
    })
  )

  it.live("is empty, not {}, for a full success of BatchDeleteReadSet", () =>
    Effect.gen(function* () {
      const { emulator } = yield* start()
      const path = `/sequencestore/${sequenceStoreId}/readset/batch/delete`
      const { headers, status, text } = yield* post(emulator.url, path, `{"ids":["1000000000"]}`)
      assert.deepStrictEqual([status, text, headers.get("content-length")], [200, "", "0"])
    })
  )

  it.live("to what has no route is UnknownOperationException", () =>
    Effect.gen(function* () {
      const { emulator } = yield* start()
      const rest = yield* post(emulator.url, "/nobody/here?x=1", "{}")
      assert.deepStrictEqual(
        [rest.status, rest.headers.get("x-amzn-errortype"), JSON.parse(rest.text)],
        [404, "UnknownOperationException", { message: "No service has the route POST /nobody/here" }]
      )
      const json = yield* post(emulator.url, "/", "{}", { "X-Amz-Target": "Nobody.DoIt" })
      assert.deepStrictEqual(
        [json.status, JSON.parse(json.text)],
        [400, { __type: "UnknownOperationException", message: 'No service has the target "Nobody.DoIt"' }]
      )
    })
  )

  it.live("to what is no JSON object is SerializationException", () =>
    Effect.gen(function* () {
      const { emulator } = yield* start()
      const path = `/sequencestore/${sequenceStoreId}/readset/batch/delete`
      const bodies = ["{", "[]", `"x"`, "null", " ", "<a/>"]
      const answers = yield* Effect.forEach(bodies, (body) => post(emulator.url, path, body))
      for (const { headers, status, text } of answers) {
        assert.deepStrictEqual(
          [status, headers.get("x-amzn-errortype"), JSON.parse(text)],
          [400, "SerializationException", { message: "The body must be a JSON object" }]
        )
      }
    })
  )
})

describe("requests of other clients", () => {
  it.live("may come in absolute form, to any host, with doubled slashes and any JSON", () =>
    Effect.gen(function* () {
      const { emulator } = yield* start()
      const body = `{ "ids" : [ "\\u0031000000000" ] , "other": null }`
      const request = (target: string, host: string) =>
        raw(
          emulator.url,
          `POST ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`
        )
      const path = `/sequencestore/${sequenceStoreId}/readset/batch/delete`
      const answers = yield* Effect.all([
        request(`http://control-storage-omics.example${path}`, "control-storage-omics.example"),
        request(path, "control-storage-omics.us-east-1.amazonaws.com"),
        request(`/${path}`, "127.0.0.1")
      ])
      assert.deepStrictEqual(
        answers.map((answer) => answer.split("\r\n", 1)[0]),
        ["HTTP/1.1 200 OK", "HTTP/1.1 200 OK", "HTTP/1.1 200 OK"]
      )
      assert.strictEqual(emulator.models.omics.readSet(sequenceStoreId, "1000000000")?.named, 3)
    })
  )

  it.live("keep the slashes in their labels", () =>
    Effect.gen(function* () {
      const { emulator } = yield* start()
      const labels = ["a%2Fb", "", "..", "%E2%82%AC", "%ZZ"]
      const answers = yield* Effect.forEach(labels, (label) =>
        raw(
          emulator.url,
          `GET /sequencestore/${label}/readset/1/metadata HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`
        )
      )
      assert.deepStrictEqual(
        answers.map((answer) => (JSON.parse(answer.split("\r\n\r\n")[1] ?? "") as { message: string }).message),
        [
          'Invalid sequenceStoreId: expected a value with a length between 10 and 36, got "a/b"',
          'Invalid sequenceStoreId: expected a value with a length between 10 and 36, got ""',
          'Invalid sequenceStoreId: expected a value with a length between 10 and 36, got ".."',
          'Invalid sequenceStoreId: expected a value with a length between 10 and 36, got "€"',
          "The label sequenceStoreId must be percent-encoded UTF-8"
        ]
      )
    })
  )
})

describe("Emulator", () => {
  it.live("runs beside others, each with its own state", () =>
    Effect.gen(function* () {
      const one = yield* start()
      const two = yield* start()
      assert.notStrictEqual(one.emulator.url, two.emulator.url)
      yield* remove(one.client, ids(0, 10))
      const deleted = (emulator: Emulator.Emulator["Service"]) =>
        [...emulator.models.omics.readSets(sequenceStoreId)].filter(({ deleted }) => deleted > 0).length
      assert.deepStrictEqual([deleted(one.emulator), deleted(two.emulator)], [10, 0])
      assert.deepStrictEqual([(yield* one.emulator.calls).length, (yield* two.emulator.calls).length], [1, 0])
    })
  )

  it.live("is a layer, new for each program", () =>
    Effect.gen(function* () {
      const url = Emulator.Emulator.use(({ url }) => Effect.succeed(url))
      const layer = Emulator.layer({ omics })
      const urls = [yield* Effect.provide(url, layer), yield* Effect.provide(url, layer)]
      assert.match(urls[0] ?? "", /^http:\/\/127\.0\.0\.1:\d+$/)
      const gone = yield* Effect.flip(Effect.tryPromise(() => fetch(urls[1] ?? "")))
      assert.include(String((gone.cause as Error).cause), "ECONNREFUSED")
    })
  )

  it.live("leaves nothing open when its scope closes, calls in flight included", () =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      const emulator = yield* Emulator.make({ omics, faults: Faults.always({ _tag: "Hang" }) }).pipe(
        Scope.provide(scope)
      )
      const client = yield* omicsClient(emulator.url)
      const fiber = yield* Effect.forkChild(Effect.exit(remove(client, ids(0, 1))))
      while ((yield* emulator.calls).length === 0) yield* Effect.sleep("5 millis")
      yield* Scope.close(scope, Exit.void)
      const ended = yield* Fiber.join(fiber)
      assert.isTrue(Exit.isFailure(ended))
      const gone = yield* Effect.flip(Effect.tryPromise(() => fetch(emulator.url)))
      assert.include(String((gone.cause as Error).cause), "ECONNREFUSED")
    })
  )

  it.live("lets the process end", () =>
    Effect.gen(function* () {
      const script = `
        import { Effect } from "effect"
        import * as Emulator from ${JSON.stringify(import.meta.resolve("../src/Emulator.ts"))}
        const started = Effect.gen(function* () {
          const emulator = yield* Emulator.make({ faults: { next: () => ({ _tag: "Hang" }) } })
          yield* Effect.promise(() => fetch(emulator.url).then((response) => response.text()))
          fetch(emulator.url + "/sequencestores", { method: "POST" }).catch(() => undefined)
          while ((yield* emulator.calls).length === 0) yield* Effect.sleep("5 millis")
        })
        await Effect.runPromise(Effect.scoped(started))`
      const code = yield* Effect.callback<number | null>((resume) => {
        const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
          cwd: import.meta.dirname,
          stdio: "inherit"
        })
        child.on("close", (code) => resume(Effect.succeed(code)))
        return Effect.sync(() => child.kill("SIGKILL"))
      }).pipe(Effect.timeout("20 seconds"))
      assert.strictEqual(code, 0)
    })
  )

  it.effect("keeps the time of the Clock", () =>
    Effect.gen(function* () {
      const { client, emulator } = yield* start({
        omics: { ...omics, rates: { BatchDeleteReadSet: { perSecond: 1 } } }
      })
      const attempt = Effect.map(Effect.result(remove(client, ids(0, 1))), (result) => result._tag)
      const seen = [yield* attempt, yield* attempt]
      yield* TestClock.adjust("1 second")
      seen.push(yield* attempt)
      assert.deepStrictEqual(seen, ["Success", "Failure", "Success"])
      assert.deepStrictEqual(
        (yield* emulator.calls).map(({ at }) => at),
        [0, 0, 1000]
      )
    })
  )

  it.live("says which port it cannot have", () =>
    Effect.gen(function* () {
      const { emulator } = yield* start()
      const port = Number(new URL(emulator.url).port)
      const error = yield* Effect.flip(Emulator.make({ port }))
      assert.strictEqual(error._tag, "ListenError")
      assert.include(error.message, `Cannot listen on 127.0.0.1:${port}: listen EADDRINUSE`)
    })
  )

  it.live("makes no spans of its own", () =>
    Effect.gen(function* () {
      const spans: Array<string> = []
      const tracer = Tracer.make({
        span: (options) => {
          spans.push(options.name)
          return new Tracer.NativeSpan(options)
        }
      })
      const { client } = yield* start().pipe(Effect.withTracer(tracer))
      yield* remove(client, ids(0, 1))
      assert.deepStrictEqual(spans, [])
    })
  )

  it.live("shows state and calls to other processes", () =>
    Effect.gen(function* () {
      const { client, emulator } = yield* start()
      yield* remove(client, ids(0, 2))
      const lines = (path: string) =>
        Effect.promise(async () => {
          const text = await (await fetch(`${emulator.url}${path}`)).text()
          return text
            .trimEnd()
            .split("\n")
            .map((line) => JSON.parse(line) as Record<string, unknown>)
        })
      const state = yield* lines("/_emulator/state")
      assert.strictEqual(state.length, 252)
      assert.deepStrictEqual(state[1], {
        service: "omics",
        type: "readSet",
        sequenceStoreId,
        id: "1000000001",
        status: "DELETING",
        named: 1,
        deleted: 1
      })
      const calls = yield* lines("/_emulator/calls")
      assert.deepStrictEqual(
        calls.map(({ items }) => items),
        [ids(0, 2)]
      )
    })
  )
})
