// Two promises of pnpm-lock.yaml: it names no registry and no path of one machine, and it lists every platform's build of
// the native tools. pnpm silently leaves out a platform package that it could not resolve when locking.
import { globSync, readFileSync } from "node:fs"

interface Manifest {
  readonly name: string
  readonly version: string
  readonly optionalDependencies?: Record<string, string>
}

const lockfile = readFileSync("pnpm-lock.yaml", "utf8")
const faults: Array<string> = []

lockfile.split("\n").forEach((line, index) => {
  if (/https?:\/\/|file:\S|tarball:/.test(line))
    faults.push(`pnpm-lock.yaml:${index + 1} names a host or path: ${line.trim()}`)
})

const platform = /darwin-(arm64|x64)|win32-x64|linux-(arm64|x64)/
for (const file of globSync("node_modules/.pnpm/*/node_modules/{*,@*/*}/package.json")) {
  const manifest: Manifest = JSON.parse(readFileSync(file, "utf8"))
  if (!lockfile.includes(`${manifest.name}@${manifest.version}`)) continue
  for (const name of Object.keys(manifest.optionalDependencies ?? {})) {
    if (platform.test(name) && !lockfile.includes(`${name}@`)) {
      faults.push(`${manifest.name}@${manifest.version} lacks ${name}: choose a version with all its platform packages`)
    }
  }
}

for (const fault of faults) console.log(fault)
process.exitCode = faults.length === 0 ? 0 : 1
