import { BatchPolicy } from "@effect-bulk/core"
import { Kendra } from "@effect-bulk/kendra"
import { afterEach, assert, beforeEach, describe, it, vi } from "@effect/vitest"
import { Config, ConfigProvider, Effect, Layer, Result } from "effect"

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" }

// Nobody listens on port 1.
const nowhere = "http://127.0.0.1:1"

const deleted = Effect.gen(function* () {
  const kendra = yield* Kendra
  return yield* kendra.deleteDocuments(
    { indexId: "11111111-2222-4333-8444-555555555555", ids: ["a", "b"] },
    { policy: { rate: { count: 1000, per: "1 second" }, backoff: BatchPolicy.constant(0) } }
  )
})

// The settings of whoever runs the tests must not reach them.
beforeEach(() => {
  for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_ENDPOINT_URL"]) {
    vi.stubEnv(name, undefined)
  }
  vi.stubEnv("AWS_CONFIG_FILE", "none")
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "none")
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true")
})
afterEach(() => {
  vi.unstubAllEnvs()
})

describe("layer", () => {
  it.live("gives every document its outcome when nobody answers at the endpoint", () =>
    Effect.gen(function* () {
      const { report } = yield* Effect.flip(deleted)
      assert.deepStrictEqual(
        report.outcomes.map((outcome) => outcome._tag === "Exhausted" && [outcome.error._tag, outcome.bound]),
        [
          ["NetworkError", "attempts"],
          ["NetworkError", "attempts"]
        ]
      )
      assert.strictEqual(report.calls, 3)
    }).pipe(Effect.provide(Kendra.layer({ region: "us-east-1", endpoint: nowhere, credentials })))
  )

  it.live("stops the run when there is no region", () =>
    Effect.gen(function* () {
      const { report } = yield* Effect.flip(deleted)
      assert.deepStrictEqual(
        report.outcomes.map((outcome) => outcome._tag === "Failed" && outcome.error._tag),
        ["ClientMisconfigured", "ClientMisconfigured"]
      )
    }).pipe(Effect.provide(Kendra.layer({ credentials })))
  )

  it.live("fails when the endpoint is no URL", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(
        Effect.scoped(Layer.build(Kendra.layer({ region: "us-east-1", endpoint: "x y" })))
      )
      assert.strictEqual(error.message, "Kendra: endpoint must be a URL, got 'x y'")
    })
  )
})

describe("layerConfig", () => {
  const config = { region: Config.String("REGION"), endpoint: Config.String("ENDPOINT") }

  const built = (env: Record<string, string>) =>
    Effect.scoped(Layer.build(Kendra.layerConfig({ ...config, credentials: Config.succeed(credentials) }))).pipe(
      Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromEnv({ env })),
      Effect.result
    )

  it.live("reads what the layer is given, and fails with ConfigError when something is missing", () =>
    Effect.gen(function* () {
      assert.isTrue(Result.isSuccess(yield* built({ REGION: "us-east-1", ENDPOINT: nowhere })))
      const missing = yield* built({ REGION: "us-east-1" })
      assert(Result.isFailure(missing))
      assert.strictEqual(missing.failure._tag, "ConfigError")
    })
  )
})
