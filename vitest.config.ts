import { configDefaults, defineConfig } from "vitest/config"
import { summary } from "./test/summary.ts"

export default defineConfig({
  test: {
    // A project of its own root, else it would also collect the packages' files.
    projects: ["packages/*", { root: "test", test: { name: "integration" } }],
    reporters: [...configDefaults.reporters, summary],
    coverage: { provider: "v8", include: ["packages/*/src/**/*.ts"], reporter: ["text", "json-summary"] }
  }
})
