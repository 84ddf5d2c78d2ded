/** What the programs that the bench starts as children have in common: a warm-up, then one measured run of one side. */
import * as Effect from "effect/Effect"

/** What a child says of its run. CPU is that of all threads of the process, garbage collection included. */
export interface Measured {
  readonly count: number
  readonly cpuMicros: number
  readonly wallMillis: number
  /** Largest resident set so far. */
  readonly peakBytes: number
}

/** Runs a side with so many items, and says how many of them are done. */
export type Side = (count: number) => Effect.Effect<number>

/** Measures the side and the number of items that the command line names. */
export const report = async (
  sides: { readonly [side: string]: Side },
  options: { readonly warmUp: number }
): Promise<void> => {
  const [name = "", digits = ""] = process.argv.slice(2)
  const side = sides[name]
  const count = Number(digits)
  if (side === undefined || !(count > 0)) {
    throw new Error(
      `A side (${Object.keys(sides).join(", ")}) and a number of items are wanted, got '${name} ${digits}'`
    )
  }
  await run(name, side, options.warmUp)
  const cpu = process.cpuUsage()
  const start = performance.now()
  await run(name, side, count)
  const wallMillis = performance.now() - start
  const { system, user } = process.cpuUsage(cpu)
  const measured: Measured = {
    count,
    cpuMicros: user + system,
    wallMillis,
    peakBytes: process.resourceUsage().maxRSS * 1024
  }
  console.log(JSON.stringify(measured))
}

const run = async (name: string, side: Side, count: number): Promise<void> => {
  const done = await Effect.runPromise(side(count))
  if (done !== count) throw new Error(`${name}: ${done} of ${count} items are done`)
}
