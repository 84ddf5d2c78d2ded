// `pnpm generate` writes, for each service, what every command of the installed SDK client documents to fail with;
// `--check` writes nothing and fails if a file is stale. The SDK states exceptions only in the doc comments of its
// declarations, so these are read as text, and a declaration that does not read as expected stops everything.
import { globSync, readFileSync, writeFileSync } from "node:fs"
import { basename, join } from "node:path"
import { parseArgs } from "node:util"
import { format } from "oxfmt"

const services = ["Connect", "Kendra", "Omics"]

export interface Declaration {
  readonly path: string
  readonly text: string
}

export interface Exception {
  readonly name: string
  readonly fault: string
  /** The documented members beside the message. */
  readonly members: ReadonlyArray<string>
}

export interface Command {
  /** Such as `BatchDeleteDocument`. */
  readonly name: string
  readonly exceptions: ReadonlyArray<string>
}

export interface Documented {
  readonly exceptions: ReadonlyArray<Exception>
  readonly commands: ReadonlyArray<Command>
}

const baseOf = (service: string): string => `${service}ServiceException`
const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : 1)

// -----------------------------------------------------------------------------
// Reading
// -----------------------------------------------------------------------------

/** Reads `models/errors.d.ts`: every exception class of a service. */
export const parseExceptions = ({ path, text }: Declaration): ReadonlyArray<Exception> => {
  const code = text.replaceAll(/\/\*[^]*?\*\//g, "")
  const classes = code.split(/^export declare class /m).slice(1)
  if (classes.length === 0) throw new Error(`${path}: holds no exception class`)
  const exceptions = classes.map((body) => {
    const [, name] = /^(\w+) extends __BaseException \{$/m.exec(body) ?? []
    const [, named] = /^ {4}readonly name: "(\w+)";$/m.exec(body) ?? []
    const [, fault] = /^ {4}readonly \$fault: "(client|server)";$/m.exec(body) ?? []
    if (name === undefined || name !== named || fault === undefined) {
      throw new Error(`${path}: cannot read the class that begins with '${body.split("\n", 1)[0]}'`)
    }
    const members = [...body.matchAll(/^ {4}(\w+)\??: /gm)].map(([, member]) => member ?? "")
    return { name, fault, members: members.filter((member) => member.toLowerCase() !== "message") }
  })
  return exceptions.toSorted(byName)
}

/** Reads the doc comment of one command: the exceptions that it documents. */
export const parseCommand = (
  service: string,
  exceptions: ReadonlyArray<Exception>,
  { path, text }: Declaration
): Command => {
  const fail = (what: string): never => {
    throw new Error(`${path}: ${what}`)
  }
  const name = basename(path, "Command.d.ts")
  const parts = text.split(`export declare class ${name}Command extends `)
  if (parts.length !== 2) return fail(`declares the class ${name}Command ${parts.length - 1} times instead of once`)
  const [before = ""] = parts
  const comment = before.slice(before.lastIndexOf("/**"))
  if (!/^\/\*\*[^]*\*\/\s*$/.test(comment)) return fail(`the class ${name}Command has no doc comment`)

  const found: Array<string> = []
  for (const line of comment.split("\n").filter((line) => line.includes("@throws"))) {
    const [, exception, fault] = /^ \* @throws \{@link (\w+)\}(?: \((\w+) fault\))?$/.exec(line) ?? []
    if (exception === undefined) return fail(`cannot read the line '${line.trim()}'`)
    const declared = exception === baseOf(service) ? { fault: undefined } : exceptions.find((e) => e.name === exception)
    if (declared === undefined) return fail(`documents ${exception}, which the client does not declare`)
    if (declared.fault !== fault) {
      return fail(`documents ${exception} as fault of '${fault}', the class says '${declared.fault}'`)
    }
    if (found.includes(exception)) return fail(`documents ${exception} twice`)
    found.push(exception)
  }
  if (text.split("@throws").length - 1 !== found.length) return fail("has a @throws that is not the command's")
  // The base class ends every list: without it, the list was cut off or is written in another way.
  if (found.pop() !== baseOf(service)) return fail(`the documented exceptions do not end with ${baseOf(service)}`)
  return { name, exceptions: found.toSorted() }
}

/** Reads the declarations of a client; the error names every one that cannot be read. */
export const parseClient = (
  service: string,
  errors: Declaration,
  index: Declaration,
  files: ReadonlyArray<Declaration>
): Documented => {
  const exceptions = parseExceptions(errors)
  const commands: Array<Command> = []
  const faults: Array<string> = []
  for (const file of files) {
    try {
      commands.push(parseCommand(service, exceptions, file))
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error))
    }
  }
  const exported = [...index.text.matchAll(/^export \* from "\.\/(\w+)Command";$/gm)].map(([, name]) => name ?? "")
  const there = files.map(({ path }) => basename(path, "Command.d.ts"))
  const strays = [
    ...there.filter((name) => !exported.includes(name)),
    ...exported.filter((name) => !there.includes(name))
  ]
  if (exported.length === 0 || strays.length > 0) {
    faults.push(`${index.path}: does not export exactly the commands that are there: ${strays.join(", ")}`)
  }
  if (faults.length > 0) throw new Error(faults.join("\n"))
  return { exceptions, commands: commands.toSorted(byName) }
}

const folderOf = (service: string): string =>
  `packages/${service.toLowerCase()}/node_modules/@aws-sdk/client-${service.toLowerCase()}`

/** What the installed client of a service documents. */
export const readClient = (service: string): Documented => {
  const types = join(folderOf(service), "dist-types")
  const read = (path: string): Declaration => ({ path, text: readFileSync(path, "utf8") })
  return parseClient(
    service,
    read(join(types, "models/errors.d.ts")),
    read(join(types, "commands/index.d.ts")),
    globSync(join(types, "commands/*Command.d.ts")).map(read)
  )
}

// -----------------------------------------------------------------------------
// Writing
// -----------------------------------------------------------------------------

const render = (service: string, { commands }: Documented): string => {
  const client = `@aws-sdk/client-${service.toLowerCase()}`
  const { version } = JSON.parse(readFileSync(join(folderOf(service), "package.json"), "utf8"))
  const errors = `${service}Error`
  const groups = Map.groupBy(commands, ({ exceptions }) => exceptions.join(" "))
  return `// Generated by \`pnpm generate\` from ${client} ${version}; do not edit.
/// <reference types="${client}" preserve="true" />

/**
 * Every command of the SDK client and the exceptions that it documents.
 *
 * @since 0.1.0
 */
import type * as AwsError from "@effect-bulk/aws/AwsError"
import type * as Transport from "@effect-bulk/aws/Transport"
import * as ${errors} from "./${errors}.ts"

// Types have no names: two commands with equal inputs and outputs are one type, whatever they fail with. So each class of
// the SDK is given its name as a member, which no command has at run time.
declare const Name: unique symbol
declare module "${client}" {
${commands.map(({ name }) => `  interface ${name}Command { readonly [Name]?: "${name}" }`).join("\n")}
}

/**
 * The exceptions that each command documents, by the command's name.
 *
 * @category models
 * @since 0.1.0
 */
export interface Exceptions {
${commands
  .map(
    ({ name, exceptions }) =>
      `  readonly ${name}: ${exceptions.length === 0 ? "never" : exceptions.map((exception) => `${errors}.${exception}`).join(" | ")}`
  )
  .join("\n")}
}

/**
 * What the command of type \`C\` can fail with, by its documentation. Of a command that only a newer client has, nothing
 * is known, so it can fail with every exception of the service.
 *
 * @category type-level
 * @since 0.1.0
 */
export type CommandError<C> = C extends { readonly [Name]?: infer N extends keyof Exceptions }
  ? Exceptions[N]
  : ${errors}.Exception

/**
 * What the command of type \`C\` answers.
 *
 * @category type-level
 * @since 0.1.0
 */
export type CommandOutput<C> = C extends Transport.Command<infer _, infer Output> ? Output : never

// Commands that document the same exceptions stand together.
const groups: ReadonlyArray<readonly [exceptions: string, commands: string]> = [
${[...groups]
  .toSorted(([a], [b]) => (a < b ? -1 : 1))
  .map(([exceptions, members]) => `  ["${exceptions}", "${members.map(({ name }) => name).join(" ")}"]`)
  .join(",\n")}
]

/**
 * \`CommandError\` at run time: the classes of the exceptions that a command documents, by its operation's name, such as
 * \`${commands[0]?.name}\`.
 *
 * @category accessors
 * @since 0.1.0
 */
export const exceptions = (operation: string): AwsError.Table => {
  const group = groups.find(([, operations]) => operations.split(" ").includes(operation))
  if (group === undefined) return ${errors}.exceptions
  const names = group[0].split(" ")
  return Object.fromEntries(Object.entries(${errors}.exceptions).filter(([name]) => names.includes(name)))
}
`
}

/** The generated files as they should be. */
export const generate = async (): Promise<ReadonlyArray<Declaration>> => {
  const options = JSON.parse(readFileSync(".oxfmtrc.json", "utf8"))
  const files: Array<Declaration> = []
  for (const service of services) {
    const path = `packages/${service.toLowerCase()}/src/${service}Commands.ts`
    const { code, errors } = await format(path, render(service, readClient(service)), options)
    if (errors.length > 0) throw new Error(`${path}: cannot be formatted: ${JSON.stringify(errors)}`)
    files.push({ path, text: code })
  }
  return files
}

/** The paths of the files that are not as they should be. */
export const stale = (files: ReadonlyArray<Declaration>, read: (path: string) => string): ReadonlyArray<string> =>
  files.filter(({ path, text }) => read(path) !== text).map(({ path }) => path)

// `import.meta.main` is not in Node.js 22.
if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } })
  const files = await generate()
  const paths = stale(files, (path) => globSync(path).map((file) => readFileSync(file, "utf8"))[0] ?? "")
  if (values.check) {
    for (const path of paths) console.log(`${path} is stale, run pnpm generate`)
    process.exitCode = paths.length === 0 ? 0 : 1
  } else {
    for (const { path, text } of files.filter(({ path }) => paths.includes(path))) {
      writeFileSync(path, text)
      console.log(`${path} is written`)
    }
  }
}
