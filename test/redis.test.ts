import { Answer, BatchOperation, type BatchPolicy, Bulk, Fate, Quota, Report, Verdict } from "@effect-bulk/core"
import * as QuotaStoreRedis from "@effect-bulk/core/QuotaStoreRedis"
import { Emulator } from "@effect-bulk/emulator"
import { assert, describe, it } from "@effect/vitest"
import { NodeFileSystem, NodeRedis } from "@effect/platform-node"
import { Clock, Duration, Effect, Fiber, FileSystem, Layer, Logger } from "effect"
import { Redis } from "effect/persistence"
import { TestClock } from "effect/testing"
import { spawnSync } from "node:child_process"
import { createServer } from "node:net"
import { fileURLToPath } from "node:url"
import { spawned, start } from "./program.ts"
import type { Options } from "./redis/deleter.ts"

// -----------------------------------------------------------------------------
// Any store
// -----------------------------------------------------------------------------

/** Ten calls a second, of one item each; the record is the time of each, in milliseconds. */
const tenPerSecond = () => {
  const calls: Array<number> = []
  const operation = BatchOperation.make({
    name: "Test.Tenth",
    limits: { maxItems: 1 },
    id: (item: number) => String(item),
    idempotent: true,
    quota: { rate: { count: 10, per: "1 second" } },
    call: () =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        calls.push(now)
      }),
    answer: Answer.ordered({ results: () => [undefined], verdict: () => Verdict.confirmed(undefined) }),
    fate: () => Fate.fatal()
  })
  return { calls, operation }
}

const items = (count: number) => Array.from({ length: count }, (_, i) => i)

/** Logs, by level. */
const recorder = () => {
  const messages: Array<string> = []
  const logger = Logger.make(({ logLevel, message }) => messages.push(`${logLevel}: ${String(message)}`))
  return { messages, layer: Logger.layer([logger]) }
}

class Gone extends Error {
  readonly _tag = "QuotaStoreError"
}

/** Runs an effect while the clock goes on in small steps. */
const inSteps = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const fiber = yield* Effect.forkChild(effect)
    for (let step = 0; step < 20_000 && fiber.pollUnsafe() === undefined; step++) {
      yield* TestClock.adjust("10 millis")
    }
    assert.isDefined(fiber.pollUnsafe(), "did not end within 200 seconds")
    return yield* Fiber.join(fiber)
  })

const tenths = (from: number, count: number, gap = 100) => items(count).map((i) => from + i * gap)

describe("a store that processes share", () => {
  it.effect("is asked for one call at a time, also by several runs under one quota", () =>
    Effect.gen(function* () {
      const { calls, operation } = tenPerSecond()
      let asking = 0
      let most = 0
      const reserve = () =>
        Effect.sync(() => {
          most = Math.max(most, ++asking)
        }).pipe(Effect.andThen(Effect.sleep("20 millis")), Effect.as(150), Effect.ensuring(Effect.sync(() => asking--)))
      yield* inSteps(
        Effect.all(
          items(3).map(() => Bulk.run(operation, items(5))),
          { concurrency: "unbounded" }
        )
      ).pipe(Effect.provideService(Quota.CurrentStore, { reserve }))
      assert.strictEqual(most, 1)
      assert.strictEqual(calls.length, 15)
      assert.isAtLeast(Math.min(...calls.slice(1).map((at, i) => at - calls[i]!)), 150)
    })
  )

  it.effect(
    "is done without when it does not answer within a second, and is left alone for five, with one warning",
    () =>
      Effect.gen(function* () {
        const { calls, operation } = tenPerSecond()
        const asks: Array<number> = []
        const { layer, messages } = recorder()
        const reserve = () =>
          Effect.flatMap(Clock.currentTimeMillis, (now) => {
            asks.push(now)
            return Effect.never
          })
        yield* inSteps(Bulk.run(operation, items(150))).pipe(
          Effect.provideService(Quota.CurrentStore, { reserve }),
          Effect.provide(layer)
        )
        assert.deepStrictEqual(calls, tenths(1_000, 150))
        // Each time a second of patience, and five of rest.
        assert.deepStrictEqual(
          asks.map((at) => Math.round(at / 1_000)),
          [0, 6, 12]
        )
        assert.deepStrictEqual(messages, [
          "Warn: Quota 'Test.Tenth': going on without the store: no answer within 1000 ms"
        ])
      })
  )

  const gone = new Error("it is gone")
  const failures: ReadonlyArray<readonly [string, () => Effect.Effect<number, Gone>, string]> = [
    ["fails", () => Effect.fail(new Gone("it is gone")), "it is gone"],
    ["dies", () => Effect.die(gone), "it is gone"],
    [
      "throws",
      () => {
        throw gone
      },
      "it is gone"
    ],
    ["answers nonsense", () => Effect.succeed(Infinity), "a number of milliseconds is wanted, got Infinity"]
  ]
  for (const [how, failing, why] of failures) {
    it.effect(`is done without while it ${how}, and heeded again when it answers`, () =>
      Effect.gen(function* () {
        const { calls, operation } = tenPerSecond()
        const { layer, messages } = recorder()
        let asks = 0
        const reserve = () => (++asks <= 3 ? failing() : Effect.succeed(500))
        yield* inSteps(Bulk.run(operation, items(200))).pipe(
          Effect.provideService(Quota.CurrentStore, { reserve }),
          Effect.provide(layer)
        )
        assert.strictEqual(calls.length, 200)
        // Fifteen seconds without it; then as it says.
        assert.deepStrictEqual(calls.slice(0, 150), tenths(0, 150))
        assert.isAtLeast(Math.min(...calls.slice(152).map((at, i) => at - calls[i + 151]!)), 500)
        assert.deepStrictEqual(messages, [
          `Warn: Quota 'Test.Tenth': going on without the store: ${why}`,
          "Info: Quota 'Test.Tenth': the store answers again"
        ])
      })
    )
  }

  it.effect("does not hold up the end of a run, nor that of an interruption", () =>
    Effect.gen(function* () {
      const { calls, operation } = tenPerSecond()
      let cutOff = 0
      const reserve = () => Effect.onInterrupt(Effect.never, () => Effect.sync(() => cutOff++))
      const provided = Effect.provideService(Quota.CurrentStore, { reserve })
      const stop = Effect.sleep("300 millis")
      const report = yield* inSteps(provided(Bulk.run(operation, items(9), { stop })))
      assert.deepStrictEqual(report.counts, { ...Report.noCounts, NotAttempted: 9 })
      assert.strictEqual(yield* Clock.currentTimeMillis, 300)
      const fiber = yield* Effect.forkChild(provided(Bulk.run(operation, items(9))))
      yield* TestClock.adjust("300 millis")
      yield* Fiber.interrupt(fiber)
      assert.strictEqual(yield* Clock.currentTimeMillis, 600)
      assert.deepStrictEqual([calls, cutOff], [[], 2])
      // And the quota asks again for who comes next.
      const next = yield* inSteps(Bulk.run(operation, items(1))).pipe(
        Effect.provideService(Quota.CurrentStore, { reserve: () => Effect.succeed(0) })
      )
      assert.strictEqual(next.counts.Succeeded, 1)
    })
  )
})

// -----------------------------------------------------------------------------
// Redis
// -----------------------------------------------------------------------------

const installed = spawnSync("redis-server", ["--version"]).status === 0
if (!installed) console.warn("redis-server is not installed: the tests of the shared quota on Redis are SKIPPED")

const deleter = fileURLToPath(import.meta.resolve("./redis/deleter.ts"))

const freePort = Effect.callback<number>((resume) => {
  const server = createServer()
  server.listen(0, "127.0.0.1", () => {
    const address = server.address()
    const port = typeof address === "object" && address !== null ? address.port : 0
    server.close(() => resume(Effect.succeed(port)))
  })
})

/** A Redis of its own in a folder of its own. */
const redisServer = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const dir = yield* fs.makeTempDirectoryScoped()
  const port = yield* freePort
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", dir]
  const server = yield* spawned("redis-server", args)
  yield* server.printed("Ready to accept connections")
  return { port, server }
}).pipe(Effect.provide(NodeFileSystem.layer))

const sequenceStoreId = "1234567890"
const idsOf = (part: number, count: number) => items(count).map((i) => String(1_000_000_000 + part * 1_000 + i))

/** An emulator that takes ten delete calls a second, a Redis, and deleters of so many read sets each. */
const world = (counts: ReadonlyArray<number>) =>
  Effect.gen(function* () {
    const readSets = counts
      .flatMap((count, part) => idsOf(part, count))
      .map((id) => ({ id, status: "ACTIVE" as const }))
    const emulator = yield* Emulator.make({
      omics: {
        sequenceStores: [{ id: sequenceStoreId, readSets }],
        rates: { BatchDeleteReadSet: { perSecond: 10, burst: 3 } }
      }
    })
    const redis = yield* redisServer
    const programs = yield* Effect.forEach(counts, (count, part) => {
      const ids = idsOf(part, count)
      const options: Options = { endpoint: emulator.url, redis: redis.port, sequenceStoreId, ids }
      return start(deleter, [JSON.stringify(options)])
    })
    const calls = Effect.map(emulator.calls, (all) => all.map(({ at, items }) => ({ at, part: partOf(items) })))
    return { calls, programs, redis: redis.server }
  })

const partOf = (items: ReadonlyArray<string>) => Math.floor((Number(items[0]) - 1_000_000_000) / 1_000)

interface Ending {
  readonly calls: number
  readonly counts: Report.Counts
}

const endingOf = (output: string): Ending => JSON.parse(output.trim().split("\n").at(-1) ?? "") as Ending

/** The most calls within a second, whenever it begins. */
const busiestSecond = (calls: ReadonlyArray<{ readonly at: number }>) =>
  Math.max(...calls.map(({ at }) => calls.filter((other) => other.at >= at && other.at < at + 1_000).length))

describe.skipIf(!installed)("QuotaStoreRedis", () => {
  it.live("books one call for all asks whose answer did not come", () =>
    Effect.gen(function* () {
      const { port } = yield* redisServer
      let answers = false
      // What was asked is done, but no answer comes back.
      const deaf = Layer.effect(
        Redis.Redis,
        Effect.map(Redis.Redis, (redis) =>
          Redis.Redis.of({
            ...redis,
            eval: (script) => {
              const run = redis.eval(script)
              return (...params) => Effect.tap(run(...params), () => (answers ? Effect.void : Effect.never))
            }
          })
        )
      )
      yield* Effect.gen(function* () {
        const { reserve } = (yield* Quota.CurrentStore)!
        const rate: BatchPolicy.Rate = { count: 1, per: Duration.seconds(10), burst: 1 }
        for (let ask = 0; ask < 5; ask++) yield* Effect.timeoutOption(reserve("slow", rate), "50 millis")
        answers = true
        assert.strictEqual(yield* reserve("slow", rate), 0)
        const next = yield* reserve("slow", rate)
        assert.isTrue(next > 9_000 && next < 10_000, `the next call waits ${next} ms`)
        // Another quota is another bucket.
        assert.strictEqual(yield* reserve("other", rate), 0)
      }).pipe(
        Effect.provide(
          QuotaStoreRedis.layer().pipe(Layer.provide(deaf), Layer.provide(NodeRedis.layer({ socket: { port } })))
        )
      )
    })
  )

  it.live("lets as many calls go at once as the rate has burst, and then one each interval", () =>
    Effect.gen(function* () {
      const { port } = yield* redisServer
      yield* Effect.gen(function* () {
        const { reserve } = (yield* Quota.CurrentStore)!
        const rate: BatchPolicy.Rate = { count: 1, per: Duration.seconds(100), burst: 3 }
        const waits: Array<number> = []
        for (let ask = 0; ask < 5; ask++) waits.push(Math.round((yield* reserve("burst", rate)) / 100_000))
        assert.deepStrictEqual(waits, [0, 0, 0, 1, 2])
      }).pipe(Effect.provide(QuotaStoreRedis.layer().pipe(Layer.provide(NodeRedis.layer({ socket: { port } })))))
    })
  )

  it.live("keeps two processes together within ten calls a second, and both finish", () =>
    Effect.gen(function* () {
      const { calls, programs } = yield* world([100, 100])
      for (const program of programs) {
        assert.strictEqual(yield* program.ended, 0, program.errors())
        assert.deepStrictEqual(endingOf(program.output()).counts, { ...Report.noCounts, Succeeded: 100 })
      }
      const all = yield* calls
      const span = all.at(-1)!.at - all[0]!.at
      // One call begins each tenth of a second; the timers of a busy machine may bring one forward by a bit.
      assert.isAtMost((all.length - 1) / span, 10.2 / 1_000)
      assert.isAtMost(busiestSecond(all), 12)
      // Neither waits for the other to finish.
      assert.sameMembers([...new Set(all.slice(10, 40).map(({ part }) => part))], [0, 1])
    })
  )

  it.live("does not let a process that is killed while it waits hold up the other", () =>
    Effect.gen(function* () {
      const { calls, programs } = yield* world([200, 160])
      const [killed, other] = [programs[0]!, programs[1]!]
      while ((yield* calls).length < 10) yield* Effect.sleep("10 millis")
      yield* killed.signal("SIGKILL")
      const at = yield* Clock.currentTimeMillis
      assert.strictEqual(yield* other.ended, 0, other.errors())
      assert.strictEqual(endingOf(other.output()).counts.Succeeded, 160)
      const after = (yield* calls).filter((call) => call.at > at)
      // The rate is its own again, but for the one reservation that died with the process.
      assert.isAtLeast(((after.length - 1) / (after.at(-1)!.at - after[0]!.at)) * 1_000, 8)
      assert.isAtMost(busiestSecond(after), 12)
    })
  )

  it.live("goes on under its own rate, with one warning, when Redis goes away in the middle", () =>
    Effect.gen(function* () {
      const { calls, programs, redis } = yield* world([160])
      const program = programs[0]!
      yield* program.printed("calls: 10\n")
      redis.process.kill("SIGKILL")
      yield* redis.ended
      assert.strictEqual(yield* program.ended, 0, program.errors())
      assert.strictEqual(endingOf(program.output()).counts.Succeeded, 160)
      const all = yield* calls
      assert.isAtMost(busiestSecond(all), 12)
      assert.isAtLeast(((all.length - 1) / (all.at(-1)!.at - all[0]!.at)) * 1_000, 6)
      assert.strictEqual(program.output().split("going on without the store").length - 1, 1, program.output())
    })
  )

  it.live("lets a run stop, and its program end, while Redis does not answer", () =>
    Effect.gen(function* () {
      const { programs, redis } = yield* world([400])
      const program = programs[0]!
      yield* program.printed("calls: 10\n")
      redis.process.kill("SIGSTOP")
      // Long enough to ask in vain, not long enough to be done.
      yield* Effect.sleep("300 millis")
      const before = yield* Clock.currentTimeMillis
      yield* program.signal("SIGINT")
      assert.strictEqual(yield* program.ended, 130, program.errors())
      assert.isBelow((yield* Clock.currentTimeMillis) - before, 5_000)
      const { counts } = endingOf(program.output())
      assert.strictEqual(counts.Succeeded + counts.NotAttempted, 400)
      assert.isAbove(counts.NotAttempted, 0)
    })
  )
})
