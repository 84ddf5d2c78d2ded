import type { Reporter, TestModule } from "vitest/node"

// A file that does not load and a hook that fails have no failing test of their own.
const brokenOutsideTests = (module: TestModule): number => {
  let broken = module.errors().length > 0 ? 1 : 0
  for (const suite of module.children.allSuites()) if (suite.errors().length > 0) broken++
  return broken
}

/** Ends a run with one plain line: `N passed, N failed`, and `, N skipped` when any were. */
export const summary: Reporter = {
  onTestRunEnd(modules, unhandledErrors) {
    let passed = 0
    let failed = unhandledErrors.length
    let skipped = 0
    for (const module of modules) {
      failed += brokenOutsideTests(module)
      for (const test of module.children.allTests()) {
        const state = test.result().state
        if (state === "passed") passed++
        else if (state === "failed") failed++
        else skipped++
      }
    }
    console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`)
    // A run without a single test proves nothing.
    if (passed === 0) process.exitCode = 1
  }
}
