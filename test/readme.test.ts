import { assert, describe, it } from "@effect/vitest"
import { existsSync, readFileSync } from "node:fs"

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8")
const root = new URL("../", import.meta.url)

describe("README", () => {
  it("shows the quick start as it runs", () => {
    const [, file, shown] = /<!-- (examples\/.+) -->\s+```ts\n([\s\S]*?)```/.exec(readme) ?? []
    assert.isDefined(file)
    const source = readFileSync(new URL(file ?? "", root), "utf8")
    assert.strictEqual(shown?.trim(), source.replace(/^\/\*\*[\s\S]*?\*\/\n/, "").trim())
  })

  it("names only files and commands that are there", () => {
    const scripts = JSON.parse(readFileSync(new URL("package.json", root), "utf8")).scripts
    for (const [, command] of readme.matchAll(/`pnpm ([a-z]+)/g)) {
      if (command !== "exec") assert.property(scripts, command ?? "")
    }
    for (const [, file] of JSON.stringify(scripts).matchAll(/node ([\w/.-]+\.m?ts)/g)) {
      assert.isTrue(existsSync(new URL(file ?? "", root)), file)
    }
    for (const [, path] of readme.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
      assert.isTrue(existsSync(new URL(path ?? "", root)), path)
    }
    for (const [, path] of readme.matchAll(/`(examples\/[\w-]+\.ts)/g)) {
      assert.isTrue(existsSync(new URL(path ?? "", root)), path)
    }
  })
})
