/**
 * A soak: deletes all read sets of an emulator in another process through the real SDK client, while items fail, calls
 * are throttled, connections are reset and answers are cut off or late, and then holds the report that the run wrote
 * against what the emulator received and what it still has.
 */
import { type BatchPolicy, Bulk, type Report } from "@effect-bulk/core"
import { Omics } from "@effect-bulk/omics"
import { ReportFile } from "@effect-bulk/terminal"
import { Effect, FileSystem, Stream } from "effect"
import { FetchHttpClient, HttpClient, HttpClientResponse } from "effect/http"
import { fileURLToPath } from "node:url"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { start } from "../program.ts"
import * as Comparison from "./comparison.ts"
import { callTimeout, type Scenario, source } from "./scenario.ts"

export interface Options extends Scenario {
  /** Over the policy of the soak. */
  readonly policy?: BatchPolicy.Input | undefined
  /** Stops the run; what came of it until then is compared all the same. */
  readonly stop?: Effect.Effect<unknown> | undefined
  readonly onProgress?: ((progress: Report.Progress) => Effect.Effect<unknown>) | undefined
}

/** How a run went. */
interface Ran {
  readonly progress: Report.Progress
  readonly stopped: boolean
  readonly millis: number
  /** The most memory that this process has had resident so far, and what it had at each tenth of the items. */
  readonly peakBytes: number
  readonly residentBytes: ReadonlyArray<number>
  /** What was in use at the second and the last tenth. */
  readonly liveBytes: ReadonlyArray<number>
}

/** What came of a soak. */
export interface Soaked extends Comparison.Compared {
  readonly ran: Ran
}

/** A rate above what the emulator can do; all else is as it is unless said. */
export const policy = {
  rate: { count: 10_000, per: "1 second", burst: 100 },
  concurrency: 16,
  callTimeout
} as const

const emulator = fileURLToPath(import.meta.resolve("./emulator.ts"))

/** Runs, and compares. */
export const soak = Effect.fnUntraced(
  function* (options: Options) {
    const fs = yield* FileSystem.FileSystem
    const path = `${yield* fs.makeTempDirectoryScoped()}/report.ndjson`
    const child = yield* start(emulator, [String(options.items), String(options.seed)])
    yield* child.printed("\n")
    const url = /http\S+/.exec(child.output())?.[0] ?? ""
    const credentials = { accessKeyId: "emulator", secretAccessKey: "emulator" }
    const ran = yield* run(options, path).pipe(
      Effect.provide(Omics.layer({ endpoint: url, region: "us-east-1", credentials }))
    )
    const seen = (what: string) =>
      Stream.decodeText(HttpClientResponse.stream(HttpClient.get(`${url}/_emulator/${what}`)))
    const told = { taken: ran.progress.pulled, calls: ran.progress.calls, stopped: ran.stopped }
    const compared = yield* Comparison.compare(options, told, {
      report: Stream.decodeText(fs.stream(path)),
      calls: seen("calls"),
      state: seen("state")
    })
    const soaked: Soaked = { ran, ...compared, checks: [...compared.checks, ...flatness(options, ran)] }
    return soaked
  },
  Effect.scoped,
  Effect.provide(FetchHttpClient.layer)
)

/** Memory does not grow with the items. Few items say nothing of that, since all code is new. */
const flatness = ({ items }: Scenario, { liveBytes: [early, late] }: Ran): ReadonlyArray<Comparison.Check> => {
  if (items < 100_000 || early === undefined || late === undefined) return []
  const flat = late < early * 1.1 + 5_000_000
  const offender = `${early} bytes in use at a fifth of the items, ${late} at the end`
  return [{ name: "memory is flat", seen: 1, wrong: flat ? 0 : 1, first: flat ? [] : [offender] }]
}

const run = Effect.fnUntraced(function* (options: Options, path: string) {
  const { items, onProgress, stop = Effect.never } = options
  const omics = yield* Omics
  const file = yield* ReportFile.make(path)
  let progress: Report.Progress | undefined
  let stopped = false
  let settled = 0
  const residentBytes: Array<number> = []
  const liveBytes: Array<number> = []
  const startedAt = performance.now()
  yield* Stream.fromIterable(source(options)).pipe(
    Bulk.stream(omics.deleteReadSetsOperation, {
      policy: { ...policy, ...options.policy },
      stop: Effect.tap(stop, () =>
        Effect.sync(() => {
          stopped = true
        })
      ),
      onProgress: (now) => {
        progress = now
        return onProgress === undefined ? Effect.void : Effect.asVoid(onProgress(now))
      }
    }),
    Stream.runForEachArray((outcomes) => {
      settled += outcomes.length
      while (settled >= ((residentBytes.length + 1) * items) / 10) {
        residentBytes.push(process.memoryUsage.rss())
        if (residentBytes.length === 2 || residentBytes.length === 10) liveBytes.push(bytesInUse())
      }
      return Effect.forEach(outcomes, file.write, { discard: true })
    })
  )
  yield* file.end
  if (progress === undefined) return yield* Effect.die(new Error("The run told nothing of its progress"))
  return {
    progress,
    stopped,
    millis: performance.now() - startedAt,
    peakBytes: process.resourceUsage().maxRSS * 1024,
    residentBytes,
    liveBytes
  } satisfies Ran
}, Effect.scoped)

/** What is left when all garbage is collected. */
const bytesInUse = (): number => {
  setFlagsFromString("--expose-gc")
  const collect: () => void = runInNewContext("gc")
  collect()
  return process.memoryUsage().heapUsed
}
