import { Effect } from "effect"
import { type ChildProcess, spawn } from "node:child_process"

/** A program in a process of its own. */
export interface Program {
  readonly process: ChildProcess
  /** What it has printed so far. */
  readonly output: () => string
  readonly errors: () => string
  /** Waits until it has printed the text, and fails the test if it ends before. */
  readonly printed: (text: string) => Effect.Effect<void>
  readonly signal: (name: NodeJS.Signals) => Effect.Effect<void>
  /** Its exit code, or the signal that ended it. */
  readonly ended: Effect.Effect<number | NodeJS.Signals | null>
}

/** Starts a TypeScript file with Node.js, and kills it at the end of the scope. */
export const start = (file: string, args: ReadonlyArray<string> = [], env: NodeJS.ProcessEnv = {}) =>
  spawned(process.execPath, [file, ...args], env)

/** Starts any program, and kills it at the end of the scope. */
export const spawned = (command: string, args: ReadonlyArray<string>, env: NodeJS.ProcessEnv = {}) =>
  Effect.acquireRelease(
    Effect.sync((): Program => {
      const child = spawn(command, args, { env: { ...process.env, NO_COLOR: "1", ...env } })
      let output = ""
      let errors = ""
      child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()))
      child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()))
      const closed = new Promise<number | NodeJS.Signals | null>((resolve) => {
        child.on("close", (code, signal) => resolve(code ?? signal))
        child.on("error", (error) => (errors += error.message))
      })
      const isOver = () => child.exitCode !== null || child.signalCode !== null
      return {
        process: child,
        output: () => output,
        errors: () => errors,
        printed: (text) =>
          Effect.gen(function* () {
            while (!output.includes(text) && !errors.includes(text)) {
              if (isOver()) return yield* Effect.die(new Error(`${command} ended: ${output}${errors}`))
              yield* Effect.sleep("10 millis")
            }
          }),
        signal: (name) => Effect.sync(() => child.kill(name)),
        ended: Effect.promise(() => closed)
      }
    }),
    ({ ended, process }) =>
      Effect.andThen(
        Effect.sync(() => process.kill("SIGKILL")),
        ended
      )
  )
