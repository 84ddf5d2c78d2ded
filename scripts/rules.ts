// The written rules that no linter knows: the package graph, file names, and what library code leaves to Effect.
import { execFileSync } from "node:child_process"
import { readFileSync, statSync } from "node:fs"
import { isBuiltin } from "node:module"
import { homedir } from "node:os"

export interface SourceFile {
  /** Relative to the repository, with forward slashes. */
  readonly path: string
  readonly text: string
}

/** What the source of each package may import; `node` stands for Node.js itself. */
const graph: Record<string, ReadonlyArray<string>> = {
  core: ["effect"],
  aws: ["effect", "node", "@effect-bulk/core", "@smithy/*", "@aws-sdk/types"],
  connect: ["effect", "@effect-bulk/core", "@effect-bulk/aws", "@aws-sdk/client-connect"],
  kendra: ["effect", "@effect-bulk/core", "@effect-bulk/aws", "@aws-sdk/client-kendra"],
  omics: ["effect", "@effect-bulk/core", "@effect-bulk/aws", "@aws-sdk/client-omics"],
  terminal: ["effect", "node", "@effect-bulk/core"],
  testing: ["effect", "fast-check", "@effect-bulk/core"],
  emulator: [
    "effect",
    "node",
    "@effect/platform-node",
    "@effect-bulk/aws",
    "@effect-bulk/connect",
    "@effect-bulk/kendra",
    "@effect-bulk/omics"
  ]
}

const services = ["connect", "kendra", "omics"]

const packageSource = /^packages\/([^/]+)\/src\/(.+)$/

/** The module names that a file imports or re-exports, types included. */
export const importsOf = (text: string): ReadonlyArray<string> =>
  [
    ...text.matchAll(/^(?:import|export|\}) ?(?:[^"'\n]*? ?from )?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/gm)
  ].map((match) => match[1] ?? match[2] ?? "")

const packageOf = (specifier: string): string =>
  isBuiltin(specifier) ? "node" : specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/")

const allowed = (name: string, list: ReadonlyArray<string>): boolean =>
  list.some((entry) => (entry.endsWith("/*") ? name.startsWith(entry.slice(0, -1)) : entry === name))

/** Holds the import graph of the packages. */
export const graphFaults = (files: ReadonlyArray<SourceFile>): ReadonlyArray<string> => {
  const faults: Array<string> = []
  const clientModules = new Map<string, Set<string>>()
  for (const { path, text } of files) {
    const match = packageSource.exec(path)
    if (match === null) continue
    const name = match[1] ?? ""
    const depth = (match[2] ?? "").split("/").length
    const list = graph[name]
    if (list === undefined) {
      faults.push(`${path}: the package ${name} is not in the graph of scripts/rules.ts`)
      continue
    }
    for (const specifier of importsOf(text)) {
      if (specifier.startsWith(".")) {
        if (specifier.split("/").filter((part) => part === "..").length >= depth) {
          faults.push(`${path}: ${specifier} leaves the package`)
        }
      } else if (!allowed(packageOf(specifier), list)) {
        faults.push(`${path}: ${name} must not import ${specifier}`)
      } else if (specifier === "effect") {
        faults.push(`${path}: import from effect by subpath, such as effect/Effect`)
      }
      if (services.includes(name) && specifier.startsWith("@aws-sdk/client-")) {
        clientModules.set(name, (clientModules.get(name) ?? new Set()).add(path))
      }
    }
  }
  for (const [name, paths] of clientModules) {
    if (paths.size > 1) {
      faults.push(`packages/${name}: only one module may import the SDK client, got ${[...paths].join(", ")}`)
    }
  }
  return faults
}

const drawers = /^(utils?|common|shared|helpers?)$/i

/** A file is named after the noun it holds, never after a drawer. */
export const nameFaults = (paths: ReadonlyArray<string>): ReadonlyArray<string> =>
  paths.flatMap((path) => {
    const drawer = path.split("/").find((part) => drawers.test(part.split(".", 1)[0] ?? ""))
    return drawer === undefined ? [] : [`${path}: ${drawer} says nothing, name what it holds`]
  })

const leftToEffect =
  /\bDate\.now\(|\bMath\.random\(|\bset(?:Timeout|Interval|Immediate)\(|\bprocess\.env\b|\bconsole\.\w+\(|\b(?:Array|Arr)\.chunksOf\(/
const excused = "// allowed: "

/** Library code takes time, chance, timers and settings from Effect; a line that cannot says why. */
export const sourceFaults = (files: ReadonlyArray<SourceFile>): ReadonlyArray<string> => {
  const faults: Array<string> = []
  for (const { path, text } of files) {
    if (!packageSource.test(path)) continue
    text.split("\n").forEach((line, index) => {
      const found = leftToEffect.exec(/^\s*(?:\*|\/[/*])/.test(line) ? "" : line)
      if (found !== null && !line.includes(excused)) {
        faults.push(`${path}:${index + 1}: ${found[0]} is left to Effect; else end the line with "${excused}why"`)
      }
    })
  }
  return faults
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")

/** No path of one machine and no unfinished business in what is committed. */
export const textFaults = (files: ReadonlyArray<SourceFile>, machine: ReadonlyArray<string>): ReadonlyArray<string> => {
  // A short path such as "/src" would also be part of innocent text.
  const own = machine.filter((path) => path.split(/[/\\]/).length > 2).map(escape)
  const absolute = new RegExp([...own, "(?<![\\w.:/-])/(?:home|Users)/\\w+/", "\\b[A-Z]:\\\\Users\\\\"].join("|"))
  const unfinished = /\b(?:TO[D]O|FIX[M]E)\b/
  const faults: Array<string> = []
  for (const { path, text } of files) {
    text.split("\n").forEach((line, index) => {
      const found = absolute.exec(line) ?? unfinished.exec(line)
      if (found !== null) faults.push(`${path}:${index + 1}: ${found[0]} must not be committed`)
    })
  }
  return faults
}

const repositoryFiles = (): ReadonlyArray<string> =>
  execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" })
    .split("\0")
    .filter((path) => path !== "" && statSync(path, { throwIfNoEntry: false })?.isFile() === true)

// `import.meta.main` is not in Node.js 22.
if (process.argv[1] === import.meta.filename) {
  const paths = repositoryFiles()
  const files = paths.map((path) => ({ path, text: readFileSync(path, "utf8") }))
  const faults = [
    ...graphFaults(files),
    ...nameFaults(paths),
    ...sourceFaults(files),
    ...textFaults(files, [process.cwd(), homedir()])
  ]
  for (const fault of faults) console.log(fault)
  process.exitCode = faults.length === 0 ? 0 : 1
}
