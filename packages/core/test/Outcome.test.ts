import { Fate, Outcome, Verdict } from "@effect-bulk/core"
import { assert, describe, it } from "@effect/vitest"

const identity: Outcome.Identity<string> = {
  position: 3,
  item: "item",
  id: "id",
  target: "target",
  attempts: 2,
  history: [{ call: 1, at: 0, word: "Transient", applied: "maybe" }]
}
const endings: ReadonlyArray<Outcome.Ending> = [
  "attempts",
  "budget",
  "deadline",
  "stopped",
  "halted",
  "interrupted",
  "sourceFailed"
]
const bools = [false, true]
const pasts: ReadonlyArray<Outcome.Past> = bools.flatMap((maybeApplied) =>
  bools.flatMap((read) => bools.map((goneIsSuccess) => ({ maybeApplied, read, goneIsSuccess })))
)
const candidates = ["one", "two"]

type Word = Outcome.Word<number, string>
type Short = Outcome.Tag | `Failed ${"item" | "call"}` | `Succeeded ${"Confirmed" | "Accepted" | "InferredGone"}`

const fateOf = (fate: Fate.Fate, alone: boolean): Word => ({ _tag: "Fate", fate, error: "fate", alone })
const fates = (applied: Fate.Applied) => ({
  again: [Fate.throttled({ applied }), Fate.transient(applied)],
  isolated: [
    { ...Fate.tooLarge, applied },
    { ...Fate.rejected, applied }
  ] as ReadonlyArray<Fate.Fate>,
  fatal: [Fate.fatal({ applied }), Fate.fatal({ applied, halts: "run" })]
})
const both = (given: ReadonlyArray<Fate.Fate>) => given.flatMap((fate) => bools.map((alone) => fateOf(fate, alone)))

/** The table of the design, written down a second time: the words of a row, and what it says of each past. */
const rows: ReadonlyArray<{
  readonly row: string
  readonly words: ReadonlyArray<Word>
  readonly says: (past: Outcome.Past, open: boolean) => Short
}> = [
  { row: "in no call", words: [{ _tag: "None" }], says: () => "NotAttempted" },
  { row: "succeeded for certain", words: [Verdict.confirmed(1)], says: () => "Succeeded Confirmed" },
  { row: "succeeded in prospect", words: [Verdict.accepted(1)], says: () => "Succeeded Accepted" },
  {
    row: "terminal",
    words: [Verdict.terminal("no"), { _tag: "Terminal", error: "no", candidates }],
    says: () => "Failed item"
  },
  {
    row: "terminal, gone",
    words: [Verdict.gone("not there", 1)],
    says: (past, open) => (open ? "Succeeded InferredGone" : past.goneIsSuccess ? "Succeeded Confirmed" : "Failed item")
  },
  {
    row: "terminal, maybe gone",
    words: [{ _tag: "Terminal", error: "no", gone: "maybe", candidates }],
    says: (_, open) => (open ? "Unknown" : "Failed item")
  },
  {
    row: "retryable",
    words: [
      Verdict.retryable("again"),
      Verdict.retryable("again", { throttled: true }),
      { _tag: "Retryable", error: "again", throttled: false, candidates }
    ],
    says: (_, open) => (open ? "Unknown" : "Exhausted")
  },
  {
    row: "unanswered",
    words: [
      { _tag: "Unanswered", error: "silence" },
      { _tag: "Unanswered", error: "silence", candidates }
    ],
    says: (past) => (past.read ? "Exhausted" : "Unknown")
  },
  {
    row: "throttled or transient, certainly not applied",
    words: both(fates("no").again),
    says: (_, open) => (open ? "Unknown" : "Exhausted")
  },
  {
    row: "too large or rejected among others, certainly not applied",
    words: fates("no").isolated.map((fate) => fateOf(fate, false)),
    says: (_, open) => (open ? "Unknown" : "Failed call")
  },
  {
    row: "too large or rejected alone, certainly not applied",
    words: fates("no").isolated.map((fate) => fateOf(fate, true)),
    says: (_, open) => (open ? "Unknown" : "Failed item")
  },
  {
    row: "fatal, certainly not applied",
    words: both(fates("no").fatal),
    says: (_, open) => (open ? "Unknown" : "Failed call")
  },
  {
    row: "throttled or transient, perhaps applied",
    words: both(fates("maybe").again),
    says: (past) => (past.read ? "Exhausted" : "Unknown")
  },
  {
    row: "too large or rejected among others, perhaps applied",
    words: fates("maybe").isolated.map((fate) => fateOf(fate, false)),
    says: (past) => (past.read ? "Failed call" : "Unknown")
  },
  {
    row: "too large or rejected alone, perhaps applied",
    words: fates("maybe").isolated.map((fate) => fateOf(fate, true)),
    says: (past) => (past.read ? "Failed item" : "Unknown")
  },
  {
    row: "fatal, perhaps applied",
    words: both(fates("maybe").fatal),
    says: (past) => (past.read ? "Failed call" : "Unknown")
  }
]

const short = (outcome: Outcome.Outcome<string, number, string>): string =>
  outcome._tag === "Succeeded"
    ? `Succeeded ${outcome.evidence}`
    : outcome._tag === "Failed"
      ? `Failed ${outcome.scope}`
      : outcome._tag

describe("decide", () => {
  for (const { row, says, words } of rows) {
    it(`gives the row of an item that is ${row}`, () => {
      for (const word of words) {
        for (const past of pasts) {
          // A read has nothing to apply, whatever became of its earlier calls.
          const open = past.maybeApplied && !past.read
          for (const ending of endings) {
            const outcome = Outcome.decide(identity, word, past, ending)
            const where = JSON.stringify({ word, past, ending })
            assert.strictEqual(short(outcome), says(past, open), where)
            assert.deepStrictEqual(pick(outcome), pick(identity), where)
          }
        }
      }
    })
  }

  it("names the bound of what could have been tried again", () => {
    const past = { maybeApplied: false, read: false, goneIsSuccess: false }
    for (const ending of endings) {
      assert.deepInclude(Outcome.decide(identity, Verdict.retryable("again"), past, ending), { bound: ending })
      assert.deepInclude(Outcome.decide(identity, fateOf(Fate.transient("maybe"), false), past, ending), {
        bound: ending
      })
    }
  })

  it("gives a reason for what was in no call that fits what was in no call", () => {
    const past = { maybeApplied: false, read: false, goneIsSuccess: false }
    const reasons = endings.map((ending) => Outcome.decide(identity, { _tag: "None" }, past, ending))
    assert.deepStrictEqual(
      reasons.map((outcome) => outcome._tag === "NotAttempted" && outcome.reason),
      ["halted", "halted", "deadline", "stopped", "halted", "interrupted", "sourceFailed"]
    )
  })

  it("keeps the error of the last word, and the candidates", () => {
    const past = { maybeApplied: false, read: false, goneIsSuccess: false }
    assert.deepInclude(Outcome.decide(identity, { _tag: "Terminal", error: "no", candidates }, past, "attempts"), {
      error: "no",
      candidates
    })
    assert.deepInclude(Outcome.decide(identity, { _tag: "Unanswered", error: "silence", candidates }, past, "budget"), {
      error: "silence",
      candidates
    })
    const certain = Outcome.decide(identity, Verdict.terminal("no"), past, "attempts")
    assert.notProperty(certain, "candidates")
  })
})

const pick = ({ attempts, history, id, item, position, target }: Outcome.Identity<string>) => {
  return { attempts, history, id, item, position, target }
}
