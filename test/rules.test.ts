import { assert, describe, it } from "@effect/vitest"
import { graphFaults, importsOf, nameFaults, sourceFaults, textFaults } from "../scripts/rules.ts"

describe("importsOf", () => {
  it("finds every form of import, over several lines too", () => {
    const text = [
      `import * as Effect from "effect/Effect"`,
      `import type { Outcome } from './Outcome.ts'`,
      `import {`,
      `  batch,`,
      `  type Call`,
      `} from "./Call.ts"`,
      `import "side-effect"`,
      `export * from "./Report.ts"`,
      `export * as Quota from "./Quota.ts"`,
      `const later = await import("undici")`,
      `const text = "not from 'here'"`
    ].join("\n")
    assert.deepStrictEqual(importsOf(text), [
      "effect/Effect",
      "./Outcome.ts",
      "./Call.ts",
      "side-effect",
      "./Report.ts",
      "./Quota.ts",
      "undici"
    ])
  })
})

describe("graphFaults", () => {
  const faults = (path: string, ...specifiers: ReadonlyArray<string>) =>
    graphFaults([{ path, text: specifiers.map((specifier) => `import "${specifier}"`).join("\n") }])

  it("accepts what the graph allows", () => {
    assert.deepStrictEqual(faults("packages/core/src/Bulk.ts", "effect/Effect", "./internal/pace.ts"), [])
    assert.deepStrictEqual(faults("packages/core/src/internal/pace.ts", "../Quota.ts"), [])
    assert.deepStrictEqual(faults("packages/aws/src/handler.ts", "node:http", "node:stream", "@smithy/types"), [])
    assert.deepStrictEqual(faults("packages/core/test/Bulk.test.ts", "@aws-sdk/client-omics", "effect"), [])
  })

  it("keeps core free of everything but effect, by subpath", () => {
    assert.deepStrictEqual(faults("packages/core/src/Bulk.ts", "effect", "node:fs", "@aws-sdk/types"), [
      "packages/core/src/Bulk.ts: import from effect by subpath, such as effect/Effect",
      "packages/core/src/Bulk.ts: core must not import node:fs",
      "packages/core/src/Bulk.ts: core must not import @aws-sdk/types"
    ])
  })

  it("keeps a service package from the others and from their clients", () => {
    assert.deepStrictEqual(faults("packages/omics/src/Omics.ts", "@effect-bulk/kendra", "@aws-sdk/client-kendra"), [
      "packages/omics/src/Omics.ts: omics must not import @effect-bulk/kendra",
      "packages/omics/src/Omics.ts: omics must not import @aws-sdk/client-kendra"
    ])
  })

  it("lets one module of a service package import its client", () => {
    const text = `import { OmicsClient } from "@aws-sdk/client-omics"`
    const one = { path: "packages/omics/src/Client.ts", text }
    const two = { path: "packages/omics/src/Omics.ts", text }
    assert.deepStrictEqual(graphFaults([one]), [])
    assert.deepStrictEqual(graphFaults([one, two]), [
      "packages/omics: only one module may import the SDK client, got packages/omics/src/Client.ts, packages/omics/src/Omics.ts"
    ])
  })

  it("refuses a relative import that leaves the package, and a package it does not know", () => {
    assert.deepStrictEqual(faults("packages/core/src/internal/pace.ts", "../../test/recorder.ts"), [
      "packages/core/src/internal/pace.ts: ../../test/recorder.ts leaves the package"
    ])
    assert.deepStrictEqual(faults("packages/job/src/Job.ts", "effect/Effect"), [
      "packages/job/src/Job.ts: the package job is not in the graph of scripts/rules.ts"
    ])
  })
})

describe("nameFaults", () => {
  it("refuses drawers, as files and as folders", () => {
    assert.deepStrictEqual(
      nameFaults(["packages/core/src/Utils.ts", "test/helpers/a.ts", "src/shared.test.ts", "src/SharedQuota.ts"]),
      [
        "packages/core/src/Utils.ts: Utils.ts says nothing, name what it holds",
        "test/helpers/a.ts: helpers says nothing, name what it holds",
        "src/shared.test.ts: shared.test.ts says nothing, name what it holds"
      ]
    )
  })
})

describe("sourceFaults", () => {
  it("refuses the clock and friends in library code, unless the line says why", () => {
    const text = [
      "const now = Date.now()",
      "setTimeout(stop, 10) // allowed: a fiber per call would cost more",
      " * A comment may speak of Math.random() and of",
      "// console.log(x)"
    ].join("\n")
    assert.deepStrictEqual(sourceFaults([{ path: "packages/core/src/Bulk.ts", text }]), [
      `packages/core/src/Bulk.ts:1: Date.now( is left to Effect; else end the line with "// allowed: why"`
    ])
    assert.deepStrictEqual(sourceFaults([{ path: "packages/core/test/Bulk.test.ts", text }]), [])
  })
})

describe("textFaults", () => {
  const faults = (line: string) =>
    textFaults([{ path: "a.md", text: line }], ["/opt/build/effect-bulk", "/root"]).map((fault) => fault.split(": ")[1])

  it("refuses paths of one machine, not addresses and short paths", () => {
    const person = ["", "home", "ada", ""].join("/")
    assert.deepStrictEqual(faults(`see ${person}x`), [`${person} must not be committed`])
    assert.deepStrictEqual(faults("in /opt/build/effect-bulk/test"), ["/opt/build/effect-bulk must not be committed"])
    assert.deepStrictEqual(faults("https://example.com/home/ada/x and /root"), [])
  })

  it("refuses unfinished business", () => {
    const mark = ["TO", "DO"].join("")
    assert.deepStrictEqual(faults(`// ${mark}: later`), [`${mark} must not be committed`])
  })
})
