/**
 * `pnpm soak [--items N] [--seed S] [--minutes M]`: the soak in its full size. Prints what came out, what it took and one
 * line for each check; exits with 1 when something does not fit. Ctrl-C, and the time given, stop the run, and what
 * came of it until then is compared all the same.
 */
import { BatchPolicy } from "@effect-bulk/core"
import { Main, ProgressLine } from "@effect-bulk/terminal"
import { NodeServices } from "@effect/platform-node"
import { Console, Effect, Option, Schema } from "effect"
import { Command, Flag } from "effect/cli"
import type { Check } from "./comparison.ts"
import { policy, soak, type Soaked } from "./soak.ts"

const count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))

const flags = {
  items: Flag.Int("items").pipe(
    Flag.withSchema(count),
    Flag.withDescription("Read sets to delete"),
    Flag.withDefault(1_000_000)
  ),
  seed: Flag.Int("seed").pipe(Flag.withDescription("Decides what goes wrong"), Flag.withDefault(1)),
  minutes: Flag.Finite("minutes").pipe(
    Flag.withSchema(Schema.Finite.check(Schema.isGreaterThan(0))),
    Flag.withDescription("Stop the run after this time"),
    Flag.optional
  )
}

const render = ({ calls, checks, ran, rows, unknownGone }: Soaked): ReadonlyArray<string> => {
  const { liveBytes, millis, peakBytes, progress, residentBytes } = ran
  const faults = [...calls].filter(([kind]) => kind !== "none").map(([kind, times]) => `${kind} ${number(times)}`)
  return [
    "",
    ...rows.map(({ count, outcome, why }) => `${number(count).padStart(9)}  ${outcome}  ${why}`),
    "",
    `items    ${number(progress.pulled)} in ${(millis / 1000).toFixed(1)} s: ${perSecond(progress.settled, millis)} items a second`,
    `calls    ${number(progress.calls)}: ${number(progress.retries)} with retries, ${number(progress.throttles)} throttled, ${perSecond(progress.calls, millis)} a second`,
    `faults   ${faults.join(", ")}`,
    `memory   ${mega(peakBytes)} MB resident at the most, ${residentBytes.map(mega).join(" ")} at each tenth of the items`,
    `in use   ${liveBytes.map((bytes, index) => `${mega(bytes)} MB at ${index === 0 ? "a fifth of the items" : "the end"}`).join(", ")}`,
    `unknown  ${number(unknownGone)} of those that came out Unknown are gone`,
    "",
    ...checks.flatMap((check) => [line(check), ...check.first.map((offender) => `        ${offender}`)])
  ]
}

const line = ({ name, seen, wrong }: Check): string =>
  `${wrong === 0 && seen > 0 ? "ok     " : wrong === 0 ? "unseen " : "WRONG  "} ${name}: ${number(seen)} looked at, ${number(wrong)} wrong`

const number = (value: number): string => value.toLocaleString("en-US")
const mega = (bytes: number): string => String(Math.round(bytes / 1_000_000))
const perSecond = (count: number, millis: number): string => number(Math.round((count * 1000) / millis))

Main.runMain((stop) => {
  let code = 1
  const command = Command.make("soak", flags, ({ items, minutes, seed }) =>
    Effect.gen(function* () {
      yield* Console.log(`soak     ${number(items)} read sets, seed ${seed}`)
      yield* Console.log(`policy   ${BatchPolicy.format(BatchPolicy.make(policy))}`)
      const limit = Option.match(minutes, {
        onNone: () => stop,
        onSome: (minutes) => Effect.raceFirst(stop, Effect.sleep(`${minutes} minutes`))
      })
      const soaked = yield* Effect.scoped(
        Effect.flatMap(ProgressLine.make({ total: items }), ({ draw }) =>
          soak({ items, seed, stop: limit, onProgress: draw })
        )
      )
      const wrong = soaked.checks.filter((check) => check.wrong > 0)
      yield* Effect.forEach(render(soaked), (text) => Console.log(text), { discard: true })
      yield* Console.log(
        wrong.length === 0
          ? "\nThe report says what is so"
          : `\nThe report does not fit: ${wrong.map(({ name }) => name).join("; ")}`
      )
      code = wrong.length === 0 ? 0 : 1
    })
  )
  return Command.run(command, { version: "0.1.0" }).pipe(
    Effect.map(() => code),
    Effect.provide(NodeServices.layer)
  )
})
