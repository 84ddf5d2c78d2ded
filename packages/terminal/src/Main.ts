/**
 * A program whose first Ctrl-C asks it to stop, whose second interrupts it, and whose third ends it where it stands.
 * The runtime's own entry points interrupt at the first.
 *
 * @since 0.1.0
 */
import * as Cause from "effect/Cause"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Runtime from "effect/Runtime"
import process from "node:process"

/**
 * Runs a program to its end and exits with the code it returns; with 130 once a signal has asked it to stop, and with
 * 1 for an error, which it reports: what has a tag in one line, anything else with all that is known of it. `stop` succeeds at the first SIGINT or SIGTERM.
 *
 * @category running
 * @since 0.1.0
 */
export const runMain = <E>(program: (stop: Effect.Effect<void>) => Effect.Effect<number, E>): void => {
  const stop = Deferred.makeUnsafe<void>()
  let signals = 0
  const start = Runtime.makeRunMain(({ fiber, teardown }) => {
    const onSignal = () => {
      signals++
      if (signals === 1) {
        process.stderr.write("\nStopping: what is in flight may finish. Ctrl-C again cuts it off\n")
        Deferred.doneUnsafe(stop, Effect.void)
      } else if (signals === 2) fiber.interruptUnsafe()
      else process.exit(130)
    }
    process.on("SIGINT", onSignal)
    process.on("SIGTERM", onSignal)
    // The handlers stay: without them a signal that comes while the process ends would kill it.
    fiber.addObserver((exit) => teardown(exit, (code) => process.exit(code)))
  })
  start(Effect.tapCause(program(Deferred.await(stop)), reportError), {
    disableErrorReporting: true,
    teardown: (exit, onExit) => {
      if (signals > 0) onExit(130)
      else if (Exit.isSuccess(exit)) onExit(Number(exit.value))
      else Runtime.defaultTeardown(exit, onExit)
    }
  })
}

const reportError = (cause: Cause.Cause<unknown>): Effect.Effect<void> =>
  Effect.suspend(() => {
    const error = Cause.squash(cause)
    if (Cause.hasInterruptsOnly(cause) || !Runtime.getErrorReported(error)) return Effect.void
    if (!(error instanceof Error && "_tag" in error)) return Effect.logError(cause)
    return Effect.sync(() => {
      process.stderr.write(`${String(error._tag)}: ${error.message}\n`)
    })
  })
