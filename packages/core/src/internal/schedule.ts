/** The waits of an operation's own schedule: one state per item, stepped in the context of the run. */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Schedule from "effect/Schedule"
import type { World } from "./run.ts"

export const scheduled = <E, R>(
  schedule: Schedule.Schedule<unknown, E>,
  context: Context.Context<R>
): World["scheduled"] => {
  const runSync = Effect.runSyncExitWith(context)
  const start = () => runSync(Schedule.toStep(schedule))
  const steps = new WeakMap<object, ReturnType<typeof start>>()
  return (entry, error) => {
    const step = steps.get(entry) ?? start()
    steps.set(entry, step)
    if (Exit.isFailure(step)) return undefined
    const now = Context.get(context, Clock.Clock).currentTimeMillisUnsafe()
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schedule is made for the operation's errors
    const next = runSync(step.value(now, error as E))
    const wait = Exit.isSuccess(next) ? Duration.toMillis(next.value[1]) : Infinity
    // To wait for ever is to give up: nobody would learn what became of the item.
    return wait === Infinity ? undefined : wait
  }
}
