import { PartialFailure } from "@effect-bulk/aws"
import { Answer, Verdict } from "@effect-bulk/core"
import { assert, describe, it } from "@effect/vitest"

interface Response {
  readonly good?: ReadonlyArray<string>
  readonly bad?: ReadonlyArray<{ readonly id?: string; readonly message: string }>
}

type Bad = NonNullable<Response["bad"]>[number]

const failuresById = Answer.failuresById({
  failures: ({ bad }: Response) => bad ?? [],
  id: ({ id }) => id,
  verdict: (bad: Bad) => Verdict.terminal(new Error(bad.message)),
  silent: () => Verdict.confirmed(undefined)
})

const successesById = Answer.successesById({
  successes: ({ good }: Response) => good,
  id: (id) => id,
  verdict: () => Verdict.confirmed(undefined),
  errors: ({ bad }) => bad,
  failure: (bad: Bad) => Verdict.terminal(new Error(bad.message))
})

const resultsById = Answer.resultsById({
  successes: ({ good }: Response) => good,
  id: (id) => id,
  verdict: () => Verdict.confirmed(undefined),
  failures: ({ bad }) => bad,
  failureId: ({ id }) => id,
  failure: (bad: Bad) => Verdict.terminal(new Error(bad.message))
})

const read = (answer: Answer.Answer<string, Response, void, Error>, ids: ReadonlyArray<string>, response: Response) => {
  const failure = PartialFailure.fromReading(answer(ids, response), { operation: "Test.Do", ids, response })
  return failure && [failure.errors.map(({ message }) => message), failure.unanswered, failure.message]
}

describe("fromReading", () => {
  it("finds nothing when all succeeded", () => {
    assert.isUndefined(read(failuresById, ["a"], {}))
    assert.isUndefined(read(successesById, ["a"], { good: ["a"] }))
    assert.isUndefined(read(resultsById, ["a", "b"], { good: ["b", "a"] }))
  })

  it("names the items that failed", () => {
    assert.deepStrictEqual(read(failuresById, ["a", "b"], { bad: [{ id: "b", message: "No" }] }), [
      ["No"],
      [],
      "Test.Do: 1 error for 2 items ('b': No)"
    ])
  })

  it("names the items of which nothing is said where silence is no success", () => {
    assert.deepStrictEqual(read(resultsById, ["a", "b"], { good: ["b"] }), [
      [],
      ["a"],
      "Test.Do: no word on 1 of 2 items (a)"
    ])
    assert.deepStrictEqual(read(successesById, ["a", "b"], { bad: [{ message: "No" }] }), [
      ["No"],
      ["a", "b"],
      "Test.Do: 1 error for 2 items (without id: No), no word on 2 of 2 items (a; b)"
    ])
  })

  it("does not lose errors of an answer that contradicts itself", () => {
    assert.deepStrictEqual(read(successesById, ["a"], { good: ["a"], bad: [{ message: "No" }] })?.[0], ["No"])
    assert.deepStrictEqual(read(failuresById, ["a"], { bad: [{ id: "z", message: "No" }] })?.[0], ["No"])
  })

  it("takes silence for nothing once a failure names no item of the call", () => {
    for (const stray of [{ message: "No" }, { id: "z", message: "No" }]) {
      const [errors, unanswered] =
        read(failuresById, ["a", "b", "c"], { bad: [{ id: "b", message: "Bad" }, stray] }) ?? []
      assert.deepStrictEqual(errors, ["Bad", "No"])
      assert.deepStrictEqual(unanswered, ["a", "c"])
    }
  })

  it("shows the first few of many", () => {
    const bad = ["a", "b", "c", "d", "e"].map((id) => ({ id, message: "No" }))
    assert.strictEqual(
      read(failuresById, ["a", "b", "c", "d", "e"], { bad })?.[2],
      "Test.Do: 5 errors for 5 items ('a': No; 'b': No; 'c': No; and 2 more)"
    )
  })

  it("takes a wrong number of results for no answer", () => {
    const ordered = Answer.ordered({
      results: (results: ReadonlyArray<boolean>) => results,
      verdict: (ok) => (ok ? Verdict.confirmed(undefined) : Verdict.terminal(new Error("No")))
    })
    const failure = (results: ReadonlyArray<boolean>) =>
      PartialFailure.fromReading(ordered(["a", "b"], results), {
        operation: "Test.Do",
        ids: ["a", "b"],
        response: results
      })
    assert.isUndefined(failure([true, true]))
    assert.deepStrictEqual(failure([true])?.unanswered, ["a", "b"])
    assert.strictEqual(failure([true, false])?.message, "Test.Do: 1 error for 2 items ('b': No)")
  })
})
