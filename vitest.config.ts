import { globSync } from "node:fs"
import { basename } from "node:path"
import { configDefaults, defineConfig } from "vitest/config"
import { summary } from "./test/summary.ts"

export default defineConfig({
  test: {
    // Each project has a root of its own, else it would also collect the files of the others.
    projects: [
      ...globSync("packages/*").map((root) => ({
        extends: true as const,
        root,
        test: { name: `@effect-bulk/${basename(root)}` }
      })),
      { extends: true, root: "test", test: { name: "integration" } }
    ],
    // Property tests share two cores with each other in CI.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    reporters: [...configDefaults.reporters, summary],
    coverage: { provider: "v8", include: ["packages/*/src/**/*.ts"], reporter: ["text", "json-summary"] }
  }
})
