import { Laws, Script, Simulation, Specimens } from "@effect-bulk/testing"
import { assert, describe, it } from "@effect/vitest"

const subject = Specimens.make("failuresById", "idempotent")

/** One item whose call cannot be cut off, and answers after the run has given it up. */
const deaf = (entry: Script.Script<Specimens.Letter, string, string>["entry"]) => ({
  subject,
  lines: [
    {
      item: { id: "a", version: 0, store: "x", size: 1, key: undefined },
      says: [],
      poison: false,
      at: 0,
      leaves: undefined
    }
  ],
  calls: [{ ...Script.answers, does: "deaf" as const, latency: 10 }],
  policy: { grace: 0, linger: 0 },
  entry,
  events: { stop: { at: 5 }, close: 5 },
  observer: "none" as const,
  watched: false,
  luck: 0,
  chaos: 0
})

describe("run", () => {
  it.each([{ _tag: "Array" } as const, { _tag: "Request" } as const])(
    "hears nothing of a call that was given up, whether or not anybody looks on: $_tag",
    (entry) => {
      const trace = Simulation.run(deaf(entry))
      assert.deepStrictEqual(
        trace.calls.map(({ heard }) => heard),
        [undefined]
      )
      for (const law of Laws.all) if (law._tag === "Trace") assert.isUndefined(law.broken(trace), law.name)
    }
  )
})
