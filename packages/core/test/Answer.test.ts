import { Answer, CallError, type Report, Verdict } from "@effect-bulk/core"
import { assert, describe, it } from "@effect/vitest"
// Closed to other packages by `exports`, but this is the package's own test.
// @ts-ignore the path is never rewritten, as nothing here is emitted
import { attribute } from "../src/internal/answer.ts"

type Failure = { readonly id?: string; readonly code: string }
type Response = { readonly done?: ReadonlyArray<string>; readonly failed?: ReadonlyArray<Failure> | null }
type Text = Answer.Answer<string, Response, string, string>

const verdict = ({ code }: Failure): Verdict.Failure<string, string> =>
  code === "Busy" ? Verdict.retryable(code) : code === "Gone" ? Verdict.gone(code, "gone") : Verdict.terminal(code)

const failuresById: Text = Answer.failuresById({
  failures: (response: Response) => response.failed ?? [],
  id: (failure) => failure.id,
  verdict,
  silent: (item) => Verdict.confirmed(item)
})
const successesById: Text = Answer.successesById({
  successes: (response: Response) => response.done,
  id: (id) => (id === "" ? undefined : id),
  verdict: Verdict.confirmed,
  errors: (response) => response.failed,
  failure: verdict,
  gone: (item) => `no ${item}`
})
const resultsById: Text = Answer.resultsById({
  successes: (response: Response) => response.done,
  id: (id) => (id === "" ? undefined : id),
  verdict: Verdict.confirmed,
  failures: (response) => response.failed,
  failureId: (failure) => failure.id,
  failure: verdict
})
const ordered: Text = Answer.ordered({
  results: (response: Response) => response.done,
  verdict: (result, item) => (result === "ok" ? Verdict.confirmed(item) : Verdict.terminal(result))
})

/** What each item of a call gets from a response, and what of it fits no item. */
const read = (answer: Text, ids: ReadonlyArray<string>, response: Response) => {
  const verdicts: Record<string, string> = {}
  const contradictions: Array<Report.Contradiction> = []
  attribute(
    "Test",
    ids.map((id) => ({ id, item: id })),
    answer(ids, response),
    {
      verdict: (entry, given) => {
        assert.notProperty(verdicts, entry.id, "a second verdict")
        verdicts[entry.id] =
          given._tag === "Succeeded"
            ? given.evidence
            : given._tag === "Unanswered"
              ? given.error instanceof CallError.Unanswered
                ? `Unanswered: ${given.error.why}`
                : "Unanswered"
              : `${given._tag} ${String(given.error)}${given.candidates === undefined ? "" : ` of ${given.candidates.join()}`}`
      },
      contradiction: (contradiction) => contradictions.push(contradiction)
    }
  )
  return { verdicts, contradictions }
}

const allUnanswered = (ids: ReadonlyArray<string>, why: string) =>
  Object.fromEntries(ids.map((id) => [id, `Unanswered: ${why}`]))

describe("failuresById", () => {
  it("takes silence for success, in every form of an empty list", () => {
    for (const response of [{}, { failed: null }, { failed: [] }]) {
      assert.deepStrictEqual(read(failuresById, ["a", "b"], response), {
        verdicts: { a: "Confirmed", b: "Confirmed" },
        contradictions: []
      })
    }
  })

  it("gives a failure to the item that it names, and to no other", () => {
    assert.deepStrictEqual(read(failuresById, ["a", "b", "c"], { failed: [{ id: "b", code: "Denied" }] }), {
      verdicts: { a: "Confirmed", b: "Terminal Denied", c: "Confirmed" },
      contradictions: []
    })
  })

  it("takes silence for nothing once a failure names no item", () => {
    const why = "the answer has a failure that names no item"
    assert.deepStrictEqual(read(failuresById, ["a", "b"], { failed: [{ code: "Denied" }] }), {
      verdicts: allUnanswered(["a", "b"], why),
      contradictions: [{ _tag: "FailureWithoutId" }]
    })
  })

  it("takes silence for nothing once a failure names an item that was not in the call, but keeps what it names", () => {
    const failed = [
      { id: "b", code: "Busy" },
      { id: "x", code: "Denied" }
    ]
    assert.deepStrictEqual(read(failuresById, ["a", "b"], { failed }), {
      verdicts: {
        a: "Unanswered: the answer names a failure of 'x', which was not in the call",
        b: "Retryable Busy"
      },
      contradictions: [{ _tag: "ForeignFailure", id: "x" }]
    })
  })

  it("takes silence for nothing where a reader of one's own has errors that name no item", () => {
    const own: Text = () => ({
      _tag: "ById",
      silence: "succeeded",
      entries: [],
      errors: [Verdict.terminal("Denied")],
      silent: Verdict.confirmed
    })
    assert.deepStrictEqual(read(own, ["a", "b"], {}).verdicts, allUnanswered(["a", "b"], "the answer does not name it"))
  })

  it("takes the same failure named twice for one, and failures that differ for none", () => {
    const twice = (second: string) => [
      { id: "a", code: "Denied" },
      { id: "a", code: second }
    ]
    assert.deepStrictEqual(read(failuresById, ["a"], { failed: twice("Denied") }).verdicts, { a: "Terminal Denied" })
    assert.deepStrictEqual(read(failuresById, ["a"], { failed: twice("Busy") }), {
      verdicts: allUnanswered(["a"], "the answer has conflicting verdicts for it"),
      contradictions: [{ _tag: "Conflict", id: "a" }]
    })
  })
})

describe("successesById", () => {
  it("takes silence for failure, with each error as a candidate", () => {
    const failed = [{ code: "Denied" }, { code: "Missing" }]
    assert.deepStrictEqual(read(successesById, ["a", "b", "c"], { done: ["b"], failed }), {
      verdicts: { a: "Terminal Denied of Denied,Missing", b: "Confirmed", c: "Terminal Denied of Denied,Missing" },
      contradictions: []
    })
  })

  it("is certain of the cause when one item is missing and one error came", () => {
    assert.deepStrictEqual(read(successesById, ["a", "b"], { done: ["a"], failed: [{ code: "Denied" }] }).verdicts, {
      a: "Confirmed",
      b: "Terminal Denied"
    })
  })

  it("tries again when one of the candidates may pass", () => {
    const failed = [{ code: "Denied" }, { code: "Busy" }]
    assert.deepStrictEqual(read(successesById, ["a", "b"], { failed }).verdicts, {
      a: "Retryable Busy of Denied,Busy",
      b: "Retryable Busy of Denied,Busy"
    })
  })

  it("takes items for gone when every error says so, and for maybe gone when one does", () => {
    const attribute = (...codes: ReadonlyArray<string>) =>
      attributed(successesById, ["a", "b"], { failed: codes.map((code) => ({ code })) })
    const both = (verdict: object) => [verdict, verdict]
    for (const candidates of [["Gone"], ["Gone", "Gone"], ["Gone", "Gone", "Gone"]]) {
      assert.deepStrictEqual(
        attribute(...candidates),
        ["a", "b"].map((id) => ({ _tag: "Terminal", error: "Gone", gone: { value: `no ${id}` }, candidates }))
      )
    }
    const denied = { error: "Denied", gone: "maybe", candidates: ["Gone", "Denied"] }
    assert.deepStrictEqual(attribute("Gone", "Denied"), both({ _tag: "Terminal", ...denied }))
    const busy = { error: "Busy", throttled: false, gone: "maybe", candidates: ["Gone", "Busy"] }
    assert.deepStrictEqual(attribute("Gone", "Busy"), both({ _tag: "Retryable", ...busy }))
    assert.deepStrictEqual(attributed(successesById, ["a"], { failed: [{ code: "Gone" }] }), [
      { _tag: "Terminal", error: "Gone", gone: { value: "no a" } }
    ])
  })

  it("leaves items without any error unanswered", () => {
    assert.deepStrictEqual(read(successesById, ["a", "b"], { done: ["a"] }).verdicts, {
      a: "Confirmed",
      b: "Unanswered: the answer does not name it"
    })
  })

  it("keeps foreign and nameless successes, which change nothing", () => {
    assert.deepStrictEqual(read(successesById, ["a"], { done: ["a", "x", ""] }), {
      verdicts: { a: "Confirmed" },
      contradictions: [{ _tag: "ForeignSuccess", id: "x" }, { _tag: "SuccessWithoutId" }]
    })
  })

  it("keeps that there were errors although every item is there", () => {
    assert.deepStrictEqual(read(successesById, ["a"], { done: ["a"], failed: [{ code: "Denied" }] }), {
      verdicts: { a: "Confirmed" },
      contradictions: [{ _tag: "ErrorsWithoutMissing", errors: 1 }]
    })
  })
})

describe("resultsById", () => {
  it("takes silence for nothing", () => {
    assert.deepStrictEqual(
      read(resultsById, ["a", "b", "c"], { done: ["a"], failed: [{ id: "b", code: "Busy" }] }).verdicts,
      { a: "Confirmed", b: "Retryable Busy", c: "Unanswered: the answer does not name it" }
    )
  })

  it("takes success and failure of one item for a conflict", () => {
    assert.deepStrictEqual(read(resultsById, ["a"], { done: ["a"], failed: [{ id: "a", code: "Busy" }] }), {
      verdicts: allUnanswered(["a"], "the answer has conflicting verdicts for it"),
      contradictions: [{ _tag: "Conflict", id: "a" }]
    })
  })
})

describe("ordered", () => {
  it("gives the results by position", () => {
    assert.deepStrictEqual(read(ordered, ["a", "b"], { done: ["ok", "Denied"] }).verdicts, {
      a: "Confirmed",
      b: "Terminal Denied"
    })
  })

  it("gives no result to anyone when their number is wrong", () => {
    for (const done of [[], ["ok"], ["ok", "ok", "ok"]]) {
      assert.deepStrictEqual(read(ordered, ["a", "b"], { done }), {
        verdicts: allUnanswered(["a", "b"], `the answer has ${done.length} results for 2 items`),
        contradictions: [{ _tag: "WrongCount", expected: 2, got: done.length }]
      })
    }
  })
})

const attributed = (answer: Text, ids: ReadonlyArray<string>, response: Response) => {
  const verdicts: Array<unknown> = []
  attribute(
    "Test",
    ids.map((id) => ({ id, item: id })),
    answer(ids, response),
    { verdict: (_, given) => verdicts.push(given), contradiction: () => {} }
  )
  return verdicts
}
