import { BatchPolicy } from "@effect-bulk/core"
import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect } from "effect"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { policy } from "../examples/shared-policy/CompanyPolicy.ts"
import { start } from "./program.ts"

const example = (name: string) => fileURLToPath(import.meta.resolve(`../examples/${name}`))

/** The policy that an app says it ran under, as `name=value` by name. */
const policyOf = (app: string, env: NodeJS.ProcessEnv = {}) =>
  Effect.gen(function* () {
    const program = yield* start(example(app), [], env)
    assert.strictEqual(yield* program.ended, 0, program.output() + program.errors())
    const line = /^policy: (.*)$/m.exec(program.output())?.[1] ?? ""
    return new Map([...line.matchAll(/(\w+)=(\{.*?\}|\[.*?\]|"[^"]*"|\S+)/g)].map(([, name, value]) => [name, value]))
  })

const shared = [...BatchPolicy.format(policy).matchAll(/(\w+)=(\{.*?\}|"[^"]*"|\S+)/g)]

describe("a policy in a module of its own", () => {
  it.effect("is the same as its JSON file", () =>
    Effect.gen(function* () {
      const text = readFileSync(example("shared-policy/policy.json"), "utf8")
      assert.deepStrictEqual(yield* BatchPolicy.fromJson(text), policy)
    })
  )

  it.live("is what two apps over different services run under, each with fields of its own", () =>
    Effect.gen(function* () {
      const [omics, kendra] = yield* Effect.all(
        [policyOf("shared-policy-omics.ts"), policyOf("shared-policy-kendra.ts")],
        { concurrency: 2 }
      )
      assert.isAbove(shared.length, 4)
      for (const [, name = "", value] of shared) {
        assert.strictEqual(omics.get(name), value)
        assert.strictEqual(kendra.get(name), value)
      }
      assert.strictEqual(omics.get("rate"), '{"count":10,"per":"1000 millis","burst":1}')
      assert.isUndefined(omics.get("maxItems"))
      assert.strictEqual(kendra.get("maxItems"), "5")
      assert.isUndefined(kendra.get("rate"))
    })
  )

  it.live("gives way to the environment, field by field", () =>
    Effect.gen(function* () {
      const env = { EFFECT_BULK_POLICY: '{"maxAttempts":9,"concurrency":1}' }
      const [omics, kendra] = yield* Effect.all(
        [policyOf("shared-policy-omics.ts", env), policyOf("shared-policy-kendra.ts", env)],
        { concurrency: 2 }
      )
      for (const seen of [omics, kendra]) {
        assert.deepStrictEqual([seen.get("maxAttempts"), seen.get("concurrency"), seen.get("share")], ["9", "1", "0.5"])
      }
    })
  )

  it.effect("is refused when a field is misspelled, and the message says where", () =>
    Effect.gen(function* () {
      const env = { EFFECT_BULK_POLICY: '{"maxAtempts":9}' }
      const error = yield* Effect.flip(
        Effect.scoped(Effect.provide(Effect.void, BatchPolicy.layerConfig())).pipe(
          Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromEnv({ env }))
        )
      )
      assert.include(error.message, "EFFECT_BULK_POLICY: ")
      assert.include(error.message, "maxAtempts")
    })
  )
})
