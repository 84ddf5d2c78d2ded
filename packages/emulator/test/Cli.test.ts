import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { spawn, type ChildProcess } from "node:child_process"
import { fileURLToPath } from "node:url"
import { ids, omicsClient, remove, sequenceStoreId } from "./omicsClient.ts"

const bin = fileURLToPath(import.meta.resolve("../src/bin.ts"))

interface Program {
  readonly process: ChildProcess
  readonly output: () => string
  readonly errors: () => string
  readonly ended: Effect.Effect<number | NodeJS.Signals | null>
}

const run = (args: ReadonlyArray<string>, env: NodeJS.ProcessEnv = {}) =>
  Effect.acquireRelease(
    Effect.sync((): Program => {
      const child = spawn(process.execPath, [bin, ...args], { env: { ...process.env, NO_COLOR: "1", ...env } })
      let output = ""
      let errors = ""
      child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()))
      child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()))
      const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
        child.on("close", (code, signal) => resolve(code ?? signal))
      )
      return {
        process: child,
        output: () => output,
        errors: () => errors,
        ended: Effect.promise(() => ended)
      }
    }),
    ({ ended, process }) =>
      Effect.andThen(
        Effect.sync(() => process.kill("SIGKILL")),
        ended
      )
  )

const url = Effect.fnUntraced(function* (program: Program) {
  while (!program.output().includes("\n")) {
    if (program.process.exitCode !== null) return assert.fail(program.errors())
    yield* Effect.sleep("10 millis")
  }
  return /^Emulator listening on (http:\/\/127\.0\.0\.1:\d+)\n/.exec(program.output())?.[1] ?? ""
})

describe("effect-bulk-emulator", () => {
  it.live("prints its URL and what it holds, serves, and ends with 130 on Ctrl-C, like all that SIGINT ends", () =>
    Effect.gen(function* () {
      const program = yield* run(["--port", "0", "--omics.store", `${sequenceStoreId}=5`])
      const client = yield* omicsClient(yield* url(program))
      assert.deepStrictEqual(yield* remove(client, ids(4, 2)), {
        errors: [{ id: "1000000005", code: "", message: "The specified readset does not exist." }]
      })
      program.process.kill("SIGINT")
      assert.strictEqual(yield* program.ended, 130)
      assert.strictEqual(program.errors(), "")
      assert.include(program.output(), `It holds HealthOmics store ${sequenceStoreId} with 5 read sets`)
    })
  )

  it.live("stops with a call in flight", () =>
    Effect.gen(function* () {
      const program = yield* run(["--port", "0", "--hang", "1"])
      const endpoint = yield* url(program)
      const client = yield* omicsClient(endpoint)
      yield* Effect.forkChild(Effect.ignore(remove(client, ids(0, 1))))
      const calls = Effect.promise(async () => (await fetch(`${endpoint}/_emulator/calls`)).text())
      while ((yield* calls) === "") yield* Effect.sleep("10 millis")
      program.process.kill("SIGTERM")
      assert.strictEqual(yield* program.ended, 130)
    })
  )

  it.live("plays faults, rates and signatures as its flags say", () =>
    Effect.gen(function* () {
      const program = yield* run(
        ["--port", "0", "--sigv4", "--omics.rate", "BatchDeleteReadSet=0.001", "--item", "1", "--item-code", "BUSY"],
        { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret", AWS_SESSION_TOKEN: undefined }
      )
      const endpoint = yield* url(program)
      const stranger = yield* omicsClient(endpoint, { credentials: { accessKeyId: "A", secretAccessKey: "b" } })
      const refused = yield* Effect.flip(remove(stranger, ids(0, 1)))
      assert.strictEqual(refused.name, "UnrecognizedClientException")
      const client = yield* omicsClient(endpoint)
      assert.deepStrictEqual(yield* remove(client, ids(0, 1)), {
        errors: [{ id: "1000000000", code: "BUSY", message: "Failed as asked" }]
      })
      const throttled = yield* Effect.flip(remove(client, ids(0, 1)))
      assert.deepStrictEqual([throttled.name, throttled.status], ["ThrottlingException", 429])
    })
  )

  it.live("explains itself", () =>
    Effect.gen(function* () {
      const program = yield* run(["--help"])
      assert.strictEqual(yield* program.ended, 0)
      for (const text of ["--port", "--omics.store ID=COUNT", "--throttle SHARE", "--sigv4", "EXAMPLES"]) {
        assert.include(program.output(), text)
      }
    })
  )

  const wrong: ReadonlyArray<readonly [ReadonlyArray<string>, string, NodeJS.ProcessEnv?]> = [
    [["--throttle", "2"], "--throttle"],
    [
      ["--port", "0", "--throttle", "0.9", "--hang", "0.9"],
      "the shares of calls must add up to 1 at the most, got 1.8"
    ],
    [["--omics.rate", "DeleteAll=1"], "Expected one of BatchDeleteReadSet, ListReadSets"],
    [["--sigv4"], "AWS_ACCESS_KEY_ID", { AWS_ACCESS_KEY_ID: undefined }]
  ]
  for (const [args, text, env] of wrong) {
    it.live(`says why it cannot do ${args.join(" ")}`, () =>
      Effect.gen(function* () {
        const program = yield* run(args, env)
        assert.strictEqual(yield* program.ended, 1)
        assert.include(program.errors(), text)
      })
    )
  }

  it.live("says when its port is taken", () =>
    Effect.gen(function* () {
      const first = yield* run(["--port", "0"])
      const port = new URL(yield* url(first)).port
      const second = yield* run(["--port", port])
      assert.strictEqual(yield* second.ended, 1)
      assert.include(second.errors(), `Cannot listen on 127.0.0.1:${port}: listen EADDRINUSE`)
    })
  )
})
