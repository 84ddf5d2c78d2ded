// The known losses of other bulk helpers, and what answers for each: laws by their field, tests by `P7` in their names.
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { laws } from "./laws.ts"

const root = join(import.meta.dirname, "../..")

/** How many there are in the list of known losses. */
const known = 38

/** For each known loss, the laws and the tests that would have caught it. */
export const answers = (): ReadonlyMap<number, ReadonlyArray<string>> => {
  const found = new Map<number, Array<string>>(Array.from({ length: known }, (_, index) => [index + 1, []]))
  for (const { id, name, pitfalls } of laws) {
    for (const pitfall of pitfalls) found.get(pitfall)?.push(`law ${id} (${name})`)
  }
  for (const file of globSync("{packages/*/test,test}/**/*.test.ts", { cwd: root }).toSorted()) {
    for (const [, name = ""] of readFileSync(join(root, file), "utf8").matchAll(
      /\bit(?:\.\w+)*\(\s*["`]([^"`]*\bP\d+\b[^"`]*)["`]/g
    )) {
      for (const [, pitfall] of name.matchAll(/\bP(\d+)\b/g)) found.get(Number(pitfall))?.push(`${file}: ${name}`)
    }
  }
  return found
}

/** Prints the table; says whether it is complete. */
export const pitfalls = (): boolean => {
  const found = answers()
  for (const [pitfall, by] of found)
    console.log(`P${String(pitfall).padEnd(4)} ${by.length === 0 ? "NOTHING" : by.join("; ")}`)
  return [...found.values()].every((by) => by.length > 0)
}
