// `pnpm example NAME` runs one example, without a name it lists them; `--all` runs every example that can run anywhere.
//
// An example says in its opening comment how it runs: `Run: pnpm example NAME [ARGS]` when it ends by itself with exit
// code 0 on any machine, or `Needs: ...` when it needs something else, such as an AWS account.
import { spawnSync } from "node:child_process"
import { globSync, readFileSync } from "node:fs"
import { basename, resolve } from "node:path"
import { pathToFileURL } from "node:url"

interface Example {
  readonly name: string
  readonly file: string
  readonly about: string
  readonly run: ReadonlyArray<string> | undefined
  readonly needs: string | undefined
}

const read = (file: string): Example => {
  const name = basename(file, ".ts")
  // The opening comment, without its comment marks.
  const header = /^(?:\/\*[\s\S]*?\*\/|(?:\/\/.*\n?)*)/.exec(readFileSync(file, "utf8").trimStart())?.[0] ?? ""
  const lines = header.split("\n").map((line) => line.replace(/^\s*(?:\/\*\*?|\*\/|\*|\/\/)|\*\/\s*$/g, "").trim())
  const after = (label: string) =>
    lines
      .find((line) => line.startsWith(label))
      ?.slice(label.length)
      .trim()
  const command = after("Run:")?.split(/\s+/)
  return {
    name,
    file,
    // The first sentence.
    about: /^.*?(?=[.:](?: |$))/.exec(lines.join(" ").trim())?.[0] ?? "",
    run: command?.slice(0, 3).join(" ") === `pnpm example ${name}` ? command.slice(3) : undefined,
    needs: after("Needs:")
  }
}

const runAll = (examples: ReadonlyArray<Example>): boolean => {
  let good = true
  for (const example of examples) {
    if (example.run !== undefined) {
      console.log(`--- ${example.name} ${example.run.join(" ")}`)
      const result = spawnSync(process.execPath, [example.file, ...example.run], { stdio: "inherit", timeout: 120_000 })
      if (result.status === 0) continue
      console.log(`${example.file} did not end with exit code 0 within two minutes`)
      good = false
    } else if (example.needs === undefined) {
      console.log(`${example.file}: its opening comment needs "Run: pnpm example ${example.name}" or "Needs: ..."`)
      good = false
    }
  }
  return good
}

const examples = globSync("examples/*.ts").toSorted().map(read)
const [name, ...args] = process.argv.slice(2)
if (name === "--all") {
  process.exitCode = runAll(examples) ? 0 : 1
} else {
  const example = examples.find((candidate) => candidate.name === name)
  if (example !== undefined) {
    // In this process, so that Ctrl-C reaches the example alone.
    const file = resolve(example.file)
    process.argv = [process.execPath, file, ...args]
    await import(pathToFileURL(file).href)
  } else {
    if (name !== undefined) console.log(`There is no example ${name}.\n`)
    for (const { about, name, run = [] } of examples) {
      console.log(`${["pnpm example", name, ...run].join(" ")}\n    ${about}`)
    }
    process.exitCode = name === undefined ? 0 : 1
  }
}
