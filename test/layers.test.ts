/** What the live layers of the services have in common. */
import type { AwsClient, AwsError } from "@effect-bulk/aws"
import { Connect } from "@effect-bulk/connect"
import { BatchPolicy, type Report } from "@effect-bulk/core"
import { Kendra } from "@effect-bulk/kendra"
import { Omics } from "@effect-bulk/omics"
import { assert, describe, it } from "@effect/vitest"
import { Config, ConfigProvider, Effect, Layer, Result } from "effect"
import * as Settings from "../packages/aws/test/settings.ts"

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" }

// Nobody listens on port 1.
const nowhere = "http://127.0.0.1:1"

const hurried = { policy: { rate: { count: 1000, per: "1 second" }, backoff: BatchPolicy.constant(0) } } as const

interface Failure {
  readonly report: Report.Report<unknown, unknown, { readonly _tag: string }>
}

/** A service with its layers, and a bulk call of two items under it. */
const service = <S>(
  live: {
    readonly layer: (options: AwsClient.Options) => Layer.Layer<S, AwsError.ClientMisconfigured>
    readonly layerConfig: (
      config: Config.Wrap<AwsClient.Options>
    ) => Layer.Layer<S, AwsError.ClientMisconfigured | Config.ConfigError>
  },
  bulk: Effect.Effect<unknown, Failure, S>
) => ({
  deleted: (options: AwsClient.Options) => {
    const failed = Effect.map(Effect.flip(bulk), ({ report }) => report)
    return Effect.provide(failed, live.layer(options))
  },
  built: (options: AwsClient.Options) => Effect.asVoid(Effect.scoped(Layer.build(live.layer(options)))),
  configured: (env: Record<string, string>) => {
    const config = {
      region: Config.String("REGION"),
      endpoint: Config.String("ENDPOINT"),
      credentials: Config.succeed(credentials)
    }
    return Effect.scoped(Layer.build(live.layerConfig(config))).pipe(
      Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromEnv({ env })),
      Effect.asVoid,
      Effect.result
    )
  }
})

const services = {
  Connect: service(
    Connect,
    Effect.flatMap(Connect, (connect) =>
      connect.disassociateAnalyticsDataSets({ instanceId: "inst-1", dataSetIds: ["users", "ai_tool"] }, hurried)
    )
  ),
  Kendra: service(
    Kendra,
    Effect.flatMap(Kendra, (kendra) =>
      kendra.deleteDocuments({ indexId: "11111111-2222-4333-8444-555555555555", ids: ["a", "b"] }, hurried)
    )
  ),
  Omics: service(
    Omics,
    Effect.flatMap(Omics, (omics) =>
      omics.deleteReadSets({ sequenceStoreId: "1234567890", ids: ["1000000000", "1000000001"] }, hurried)
    )
  )
}

Settings.keepOut()

for (const [name, { built, configured, deleted }] of Object.entries(services)) {
  describe(`the layer of ${name}`, () => {
    it.live("gives every item its outcome when nobody answers at the endpoint", () =>
      Effect.gen(function* () {
        const report = yield* deleted({ region: "us-east-1", endpoint: nowhere, credentials })
        assert.deepStrictEqual(
          report.outcomes.map((outcome) => outcome._tag === "Exhausted" && [outcome.error._tag, outcome.bound]),
          [
            ["NetworkError", "attempts"],
            ["NetworkError", "attempts"]
          ]
        )
        assert.strictEqual(report.calls, 3)
      })
    )

    it.live("stops the run when there is no region", () =>
      Effect.gen(function* () {
        const report = yield* deleted({ credentials })
        assert.deepStrictEqual(
          report.outcomes.map((outcome) => outcome._tag === "Failed" && outcome.error._tag),
          ["ClientMisconfigured", "ClientMisconfigured"]
        )
      })
    )

    it.live("stops the run when there are no credentials", () =>
      Effect.gen(function* () {
        const report = yield* deleted({ region: "us-east-1", endpoint: nowhere })
        assert.deepStrictEqual(
          report.outcomes.map((outcome) => outcome._tag === "Failed" && outcome.error._tag),
          ["CredentialsError", "CredentialsError"]
        )
      })
    )

    it.live("fails when the endpoint is no URL", () =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(built({ region: "us-east-1", endpoint: "x y" }))
        assert.strictEqual(error._tag, "ClientMisconfigured")
        assert.strictEqual(error.message, `${name}: endpoint must be a URL, got 'x y'`)
      })
    )

    it.live("reads what it is given from the configuration", () =>
      Effect.gen(function* () {
        assert.isTrue(Result.isSuccess(yield* configured({ REGION: "us-east-1", ENDPOINT: nowhere })))
        const wrong = yield* configured({ REGION: "us-east-1", ENDPOINT: "x y" })
        assert(Result.isFailure(wrong))
        assert.strictEqual(wrong.failure._tag, "ClientMisconfigured")
      })
    )

    it.live("fails with ConfigError when something is missing there", () =>
      Effect.gen(function* () {
        const missing = yield* configured({ REGION: "us-east-1" })
        assert(Result.isFailure(missing))
        assert.strictEqual(missing.failure._tag, "ConfigError")
      })
    )
  })
}
