import * as ConnectCommands from "@effect-bulk/connect/ConnectCommands"
import * as ConnectError from "@effect-bulk/connect/ConnectError"
import * as KendraCommands from "@effect-bulk/kendra/KendraCommands"
import * as KendraError from "@effect-bulk/kendra/KendraError"
import * as OmicsCommands from "@effect-bulk/omics/OmicsCommands"
import * as OmicsError from "@effect-bulk/omics/OmicsError"
import * as AwsError from "@effect-bulk/aws/AwsError"
import { assert, describe, it } from "@effect/vitest"
import { spawnSync } from "node:child_process"
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { generate, parseClient, parseCommand, parseExceptions, readClient, stale } from "../scripts/generate.ts"

const root = resolve(import.meta.dirname, "..")

// -----------------------------------------------------------------------------
// Declarations in the form of the SDK
// -----------------------------------------------------------------------------

const exceptionClass = (name: string, fault = "client", members = "    Message?: string | undefined;") => `/**
 * <p>Something is wrong. Declared as in export declare class Decoy extends __BaseException {.</p>
 * @public
 */
export declare class ${name} extends __BaseException {
    readonly name: "${name}";
    readonly $fault: "${fault}";
${members}
    /**
     * @internal
     */
    constructor(opts: __ExceptionOptionType<${name}, __BaseException>);
}
`
const errors = {
  path: "models/errors.d.ts",
  text: `import { ShopServiceException as __BaseException } from "./ShopServiceException";
${exceptionClass("TooSlowException", "server")}
${exceptionClass("NoSuchThingException", "client", "    message: string | undefined;\n    /**\n     * Which.\n     */\n    ThingId?: string | undefined;")}`
}
const exceptions = parseExceptions(errors)

const throws = (name: string, fault = "client") => ` * @throws {@link ${name}} (${fault} fault)
 *  <p>Text with {@link Other} in it.</p>
 *`
const base = ` * @throws {@link ShopServiceException}
 * <p>Base exception class for all service exceptions from Shop service.</p>
 *`

const command = (
  name: string,
  lines: ReadonlyArray<string>,
  { before = "", between = "", className = `${name}Command` } = {}
) => ({
  path: `commands/${name}Command.d.ts`,
  text: `${before}/**
 * <p>Buys, and throws nothing away.</p>
 * @example
 * \`\`\`javascript
 * throw new Error("@example")
 * \`\`\`
 * @see {@link ShopClientResolvedConfig | config} for ShopClient's \`config\` shape.
 *
${lines.join("\n")}
 *
 * @public
 */
${between}export declare class ${className} extends ${className}_base {
}
`
})

const parse = (file: { readonly path: string; readonly text: string }) => parseCommand("Shop", exceptions, file)
const slow = throws("TooSlowException", "server")
const missing = throws("NoSuchThingException")

describe("parseExceptions", () => {
  it("reads name, fault and members beside the message, sorted, and no class in a comment", () => {
    assert.deepStrictEqual(exceptions, [
      { name: "NoSuchThingException", fault: "client", members: ["ThingId"] },
      { name: "TooSlowException", fault: "server", members: [] }
    ])
  })

  it("fails on a class that it cannot read", () => {
    const fails = (text: string, what: RegExp) =>
      assert.throws(() => parseExceptions({ path: "errors.d.ts", text }), what)
    fails("", /errors\.d\.ts: holds no exception class/)
    fails(
      exceptionClass("A").replace("A extends __BaseException", "A extends Other"),
      /errors\.d\.ts: .* 'A extends Other \{'/
    )
    fails(exceptionClass("A").replace(`name: "A"`, `name: "B"`), /errors\.d\.ts: .* 'A extends/)
    fails(exceptionClass("A", "shared"), /errors\.d\.ts: .* 'A extends/)
  })
})

describe("parseCommand", () => {
  it("reads the exceptions of the command, sorted", () => {
    assert.deepStrictEqual(parse(command("Buy", [slow, missing, base])), {
      name: "Buy",
      exceptions: ["NoSuchThingException", "TooSlowException"]
    })
  })

  it("reads a command that documents none", () => {
    assert.deepStrictEqual(parse(command("Buy", [base])), { name: "Buy", exceptions: [] })
  })

  it("reads the comment of the command and no other", () => {
    const before = "/**\n * The input.\n * @public\n */\nexport interface BuyCommandInput {\n}\n"
    assert.deepStrictEqual(parse(command("Buy", [slow, base], { before })).exceptions, ["TooSlowException"])
  })

  const fails = (name: string, file: ReturnType<typeof command>, what: string) =>
    it(`fails on ${name}, and names the file`, () => {
      let message = "did not fail"
      try {
        parse(file)
      } catch (error) {
        message = String(error)
      }
      assert.strictEqual(message, `Error: commands/BuyCommand.d.ts: ${what}`)
    })

  fails(
    "a tag in another form",
    command("Buy", [" * @throws TooSlowException", base]),
    "cannot read the line '* @throws TooSlowException'"
  )
  fails(
    "two tags on a line",
    command("Buy", [" * @throws {@link TooSlowException} (server fault) @throws {@link X}", base]),
    "cannot read the line '* @throws {@link TooSlowException} (server fault) @throws {@link X}'"
  )
  fails(
    "a link with a title",
    command("Buy", [" * @throws {@link TooSlowException | slow} (server fault)", base]),
    "cannot read the line '* @throws {@link TooSlowException | slow} (server fault)'"
  )
  fails(
    "an exception that the client does not declare",
    command("Buy", [throws("StrangeException"), base]),
    "documents StrangeException, which the client does not declare"
  )
  fails(
    "an exception without a fault",
    command("Buy", [" * @throws {@link TooSlowException}", base]),
    "documents TooSlowException as fault of 'undefined', the class says 'server'"
  )
  fails(
    "a fault that the class contradicts",
    command("Buy", [throws("TooSlowException", "client"), base]),
    "documents TooSlowException as fault of 'client', the class says 'server'"
  )
  fails("an exception named twice", command("Buy", [slow, slow, base]), "documents TooSlowException twice")
  fails(
    "a list without its end",
    command("Buy", [slow]),
    "the documented exceptions do not end with ShopServiceException"
  )
  fails(
    "a list that goes on after its end",
    command("Buy", [base, slow]),
    "the documented exceptions do not end with ShopServiceException"
  )
  fails("no exceptions at all", command("Buy", []), "the documented exceptions do not end with ShopServiceException")
  fails(
    "exceptions elsewhere in the file",
    command("Buy", [slow, base], { before: `/**\n${missing}\n */\nexport interface BuyCommandInput {\n}\n` }),
    "has a @throws that is not the command's"
  )
  fails(
    "a comment that is not the class's",
    command("Buy", [slow, base], { between: "export interface BuyCommandInput {\n}\n" }),
    "the class BuyCommand has no doc comment"
  )
  fails(
    "a class of another name",
    command("Buy", [slow, base], { className: "SellCommand" }),
    "declares the class BuyCommand 0 times instead of once"
  )
})

describe("parseClient", () => {
  const index = {
    path: "commands/index.d.ts",
    text: `export * from "./BuyCommand";\nexport * from "./SellCommand";\n`
  }
  const buy = command("Buy", [slow, base])
  const sell = command("Sell", [missing, base])

  it("gives the same for every order of the files", () => {
    const parsed = parseClient("Shop", errors, index, [sell, buy])
    assert.deepStrictEqual(
      parsed.commands.map(({ name }) => name),
      ["Buy", "Sell"]
    )
    assert.deepStrictEqual(parseClient("Shop", errors, index, [buy, sell]), parsed)
  })

  it("names every file that it cannot read", () => {
    const broken = [command("Buy", [slow]), command("Sell", [missing])]
    assert.throws(
      () => parseClient("Shop", errors, index, broken),
      /^commands\/BuyCommand\.d\.ts: .*\ncommands\/SellCommand\.d\.ts: .*$/
    )
  })

  it("fails if the client exports other commands than it declares", () => {
    const stray = /commands\/index\.d\.ts: does not export exactly the commands that are there: Sell/
    assert.throws(() => parseClient("Shop", errors, index, [buy]), stray)
    const shorter = { ...index, text: `export * from "./BuyCommand";\n` }
    assert.throws(() => parseClient("Shop", errors, shorter, [buy, sell]), stray)
    assert.throws(() => parseClient("Shop", errors, { ...index, text: "" }, []), /does not export exactly/)
  })
})

// -----------------------------------------------------------------------------
// The services
// -----------------------------------------------------------------------------

const services = [
  { service: "Connect", errors: ConnectError, documented: ConnectCommands.exceptions, commands: 397 },
  { service: "Kendra", errors: KendraError, documented: KendraCommands.exceptions, commands: 66 },
  { service: "Omics", errors: OmicsError, documented: OmicsCommands.exceptions, commands: 107 }
] as const

const isTable = (value: unknown): value is AwsError.Table =>
  typeof value === "object" && value !== null && Object.values(value).every((entry) => typeof entry === "function")

describe.each(services)("the exceptions of $service", ({ service, errors, documented, commands }) => {
  const client = readClient(service)
  const table: AwsError.Table = errors.exceptions

  it("are read from every command", () => {
    assert.isAtLeast(client.commands.length, commands)
    assert.isNotEmpty(client.exceptions)
  })

  it("have a class each, and every class is of a documented one", () => {
    const used = new Set(client.commands.flatMap(({ exceptions }) => exceptions))
    assert.deepStrictEqual(Object.keys(table), [...used].toSorted())
    for (const [name, entry] of Object.entries(table)) assert.strictEqual(Reflect.get(errors, name), entry)
  })

  it("carry their documented members under AWS's names, and no others", () => {
    for (const { name, members } of client.exceptions) {
      const { _tag, ...fields } = table[name]?.fields ?? {}
      assert.deepStrictEqual(Object.keys(fields), [...Object.keys(AwsError.fields), ...members], name)
    }
  })

  it("are known for every command at run time", () => {
    for (const { name, exceptions } of client.commands) {
      const classes = documented(name)
      assert.deepStrictEqual(Object.keys(classes), exceptions, name)
      for (const exception of exceptions) assert.strictEqual(classes[exception], table[exception])
    }
    assert.strictEqual(documented("ACommandOfANewerClient"), errors.exceptions)
  })

  it("stand in the table of each operation exactly as its command documents them", () => {
    const tables = Object.entries(errors).filter(([name, value]) => name !== "exceptions" && isTable(value))
    assert.isNotEmpty(tables)
    for (const [name, value] of tables) {
      const operation = name.slice(0, 1).toUpperCase() + name.slice(1)
      const command = client.commands.find(({ name }) => name === operation)
      assert.deepStrictEqual(Object.keys(value).toSorted(), command?.exceptions, name)
    }
  })
})

// -----------------------------------------------------------------------------
// The program
// -----------------------------------------------------------------------------

describe("generate", () => {
  it("gives the committed files, each time", async () => {
    const files = await generate()
    assert.deepStrictEqual(
      stale(files, (path) => readFileSync(path, "utf8")),
      []
    )
    assert.deepStrictEqual(await generate(), files)
  })
})

describe("the program", () => {
  it("writes what is stale, names it with --check, and leaves the rest alone", () => {
    const room = mkdtempSync(join(tmpdir(), "effect-bulk-generate-"))
    try {
      cpSync(join(root, ".oxfmtrc.json"), join(room, ".oxfmtrc.json"))
      for (const service of ["connect", "kendra", "omics"]) {
        const client = `packages/${service}/node_modules/@aws-sdk/client-${service}`
        mkdirSync(join(room, `packages/${service}/src`), { recursive: true })
        mkdirSync(dirname(join(room, client)), { recursive: true })
        symlinkSync(join(root, client), join(room, client), "junction")
      }
      const program = join(root, "scripts/generate.ts")
      const run = (...args: ReadonlyArray<string>) => {
        const { status, stdout } = spawnSync(process.execPath, [program, ...args], { cwd: room, encoding: "utf8" })
        return { status, lines: stdout.split("\n").slice(0, -1) }
      }
      const paths = ["Connect", "Kendra", "Omics"].map(
        (service) => `packages/${service.toLowerCase()}/src/${service}Commands.ts`
      )
      const staleLine = (path: string) => `${path} is stale, run pnpm generate`

      assert.deepStrictEqual(run("--check"), { status: 1, lines: paths.map(staleLine) })
      assert.deepStrictEqual(run(), { status: 0, lines: paths.map((path) => `${path} is written`) })
      assert.deepStrictEqual(run("--check"), { status: 0, lines: [] })
      const [, kendra = ""] = paths
      appendFileSync(join(room, kendra), "\n")
      assert.deepStrictEqual(run("--check"), { status: 1, lines: [staleLine(kendra)] })
      assert.deepStrictEqual(run(), { status: 0, lines: [`${kendra} is written`] })
      assert.deepStrictEqual(run(), { status: 0, lines: [] })
    } finally {
      rmSync(room, { recursive: true, force: true })
    }
  })
})
