// Builds and packs every published package, then looks at the tarballs as their users would: publint, attw, and an
// import of each entry point by Node.js from the unpacked files.
import { spawnSync } from "node:child_process"
import { globSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"

interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly exports: Record<string, string | null>
  readonly dependencies?: Record<string, string>
  readonly peerDependencies?: Record<string, string>
}

let failures = 0
const run = (command: string, args: ReadonlyArray<string>, cwd = "."): void => {
  const result = spawnSync(command, args, { cwd, encoding: "utf8" })
  if (result.status === 0) return
  failures++
  console.log(`${command} ${args.join(" ")}\n${result.error?.message ?? ""}${result.stdout}${result.stderr}`)
}

const packages = globSync("packages/*/package.json")
  .toSorted()
  .map((file) => {
    const manifest: Manifest = JSON.parse(readFileSync(file, "utf8"))
    return { folder: dirname(file), manifest }
  })
  .filter(({ manifest }) => manifest.private !== true)

// A removed source file leaves its output behind, and the tarball would carry it.
for (const { folder } of packages) rmSync(join(folder, "dist"), { recursive: true, force: true })
run("tsc", ["-b", "tsconfig.build.json"])

const room = mkdtempSync(join(tmpdir(), "effect-bulk-"))
try {
  for (const { folder, manifest } of packages) {
    const tarball = join(room, `${manifest.name.replace("/", "-").replace("@", "")}.tgz`)
    run("pnpm", ["pack", "--out", tarball], folder)
    run("publint", ["--strict", tarball])
    run("attw", [tarball, "--profile", "esm-only"])

    const unpacked = join(room, "node_modules", manifest.name)
    mkdirSync(unpacked, { recursive: true })
    run("tar", ["-xzf", tarball, "-C", unpacked, "--strip-components=1"])
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) {
      if (name.startsWith("@effect-bulk/")) continue
      const link = join(unpacked, "node_modules", name)
      mkdirSync(dirname(link), { recursive: true })
      symlinkSync(realpathSync(join(folder, "node_modules", name)), link, "junction")
    }
  }
  for (const { folder, manifest } of packages) {
    const entries = Object.entries(manifest.exports).flatMap(([key, target]) => {
      if (target === null || key === "./package.json") return []
      if (!key.includes("*")) return [key]
      const open = (name: string) => manifest.exports[`./${name}`] !== null
      return globSync(join(folder, "src/*.ts"))
        .map((file) => file.replace(/^.*[/\\]|\.ts$/g, ""))
        .filter(open)
        .map((name) => `./${name}`)
    })
    const code = entries.map((key) => `await import(${JSON.stringify(join(manifest.name, key))})`).join("\n")
    run(process.execPath, ["--input-type=module", "--eval", code], resolve(room))
  }
} finally {
  rmSync(room, { recursive: true, force: true })
}

if (failures === 0) console.log(`${packages.length} packages build, pack and load`)
process.exitCode = failures === 0 ? 0 : 1
