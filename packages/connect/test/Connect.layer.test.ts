import { BatchPolicy } from "@effect-bulk/core"
import { Connect } from "@effect-bulk/connect"
import { afterEach, assert, beforeEach, describe, it, vi } from "@effect/vitest"
import { Config, ConfigProvider, Effect, Layer, Result } from "effect"

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" }

// Nobody listens on port 1.
const nowhere = "http://127.0.0.1:1"

const deleted = Effect.gen(function* () {
  const connect = yield* Connect
  return yield* connect.disassociateAnalyticsDataSets(
    { instanceId: "inst-1", dataSetIds: ["users", "ai_tool"] },
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
  it.live("gives every data set its outcome when nobody answers at the endpoint", () =>
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
    }).pipe(Effect.provide(Connect.layer({ region: "us-east-1", endpoint: nowhere, credentials })))
  )

  it.live("stops the run when there is no region", () =>
    Effect.gen(function* () {
      const { report } = yield* Effect.flip(deleted)
      assert.deepStrictEqual(
        report.outcomes.map((outcome) => outcome._tag === "Failed" && outcome.error._tag),
        ["ClientMisconfigured", "ClientMisconfigured"]
      )
    }).pipe(Effect.provide(Connect.layer({ credentials })))
  )

  it.live("stops the run when there are no credentials", () =>
    Effect.gen(function* () {
      const { report } = yield* Effect.flip(deleted)
      assert.deepStrictEqual(
        report.outcomes.map((outcome) => outcome._tag === "Failed" && outcome.error._tag),
        ["CredentialsError", "CredentialsError"]
      )
    }).pipe(Effect.provide(Connect.layer({ region: "us-east-1", endpoint: nowhere })))
  )

  it.live("fails when the endpoint is no URL", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(
        Effect.scoped(Layer.build(Connect.layer({ region: "us-east-1", endpoint: "x y" })))
      )
      assert.strictEqual(error._tag, "ClientMisconfigured")
      assert.strictEqual(error.message, "Connect: endpoint must be a URL, got 'x y'")
    })
  )
})

describe("layerConfig", () => {
  const config = { region: Config.String("REGION"), endpoint: Config.String("ENDPOINT") }

  const built = (env: Record<string, string>) =>
    Effect.scoped(Layer.build(Connect.layerConfig({ ...config, credentials: Config.succeed(credentials) }))).pipe(
      Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromEnv({ env })),
      Effect.result
    )

  it.live("reads what the layer is given", () =>
    Effect.gen(function* () {
      assert.isTrue(Result.isSuccess(yield* built({ REGION: "us-east-1", ENDPOINT: nowhere })))
      const wrong = yield* built({ REGION: "us-east-1", ENDPOINT: "x y" })
      assert(Result.isFailure(wrong))
      assert.strictEqual(wrong.failure._tag, "ClientMisconfigured")
    })
  )

  it.live("fails with ConfigError when something is missing", () =>
    Effect.gen(function* () {
      const missing = yield* built({ REGION: "us-east-1" })
      assert(Result.isFailure(missing))
      assert.strictEqual(missing.failure._tag, "ConfigError")
    })
  )
})
