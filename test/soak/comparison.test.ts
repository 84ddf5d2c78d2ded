import { assert, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { compare, type Told } from "./comparison.ts"
import { faults, readSetAt, type Scenario, troubleOf } from "./scenario.ts"

const operation = "BatchDeleteReadSet"
const items = 8
const positions = Array.from({ length: items }, (_, position) => position)

/** A seed with which nothing goes wrong in the first calls. */
const scenario: Scenario = {
  items,
  seed: Array.from({ length: 1_000 }, (_, seed) => seed).findIndex((seed) => {
    const { next } = faults({ items, seed })
    const fine = positions.every((position) => troubleOf({ items, seed }, readSetAt(position).id) === undefined)
    return fine && positions.every((call) => next(operation, call) === undefined)
  })
}

interface Story {
  readonly told: Told
  readonly report: ReadonlyArray<object | string>
  readonly calls: ReadonlyArray<object>
  readonly state: ReadonlyArray<object>
}

const lineOf = (position: number, changes: object = {}) => {
  const { id, sequenceStoreId: target } = readSetAt(position)
  return { position, id, target, outcome: "Succeeded", attempts: 1, evidence: "Accepted", ...changes }
}
const callOf = (call: number, ...named: ReadonlyArray<number>) => ({
  operation,
  call,
  input: { sequenceStoreId: readSetAt(named[0] ?? 0).sequenceStoreId },
  items: named.map((position) => readSetAt(position).id)
})
const stateOf = (position: number, changes: object = {}) => ({
  ...readSetAt(position),
  status: "DELETING",
  named: 1,
  deleted: 1,
  ...changes
})

/** Four calls of two items, and all is well. */
const truth: Story = {
  told: { taken: items, calls: 4, stopped: false },
  report: positions.map((position) => lineOf(position)),
  calls: [0, 1, 2, 3].map((store) => callOf(store, store, store + 4)),
  state: positions.map((position) => stateOf(position))
}

const replaced = <A>(list: ReadonlyArray<A>, index: number, ...others: ReadonlyArray<A>) =>
  list.toSpliced(index, 1, ...others)

/** The checks that a story fails. */
const faultsOf = ({ calls, report, state, told }: Story) => {
  const ndjson = (things: ReadonlyArray<object | string>) =>
    Stream.make(things.map((thing) => `${typeof thing === "string" ? thing : JSON.stringify(thing)}\n`).join(""))
  return compare(scenario, told, { report: ndjson(report), calls: ndjson(calls), state: ndjson(state) }).pipe(
    Effect.map(({ checks }) =>
      checks.filter(({ first, wrong }) => wrong > 0 || first.length > 0).map(({ name }) => name)
    )
  )
}

const { calls, report, state, told } = truth
const failed = { outcome: "Failed", evidence: undefined, reason: "IN_USE" }
const unknown = { outcome: "Unknown", evidence: undefined, reason: "ECONNRESET" }
const sentAgain = { calls: [...calls, callOf(4, 5)], told: { ...told, calls: 5 } }

const isGone = "what is reported deleted is gone"
const isThere = "what is reported failed, not attempted or not at all is there"
const oneLine = "every item taken has one line in the report"
const ownLine = "every line is about the item at its position"
const notAgain = "nothing is sent after the answer that settled it"
const sentAsSaid = "every item was sent as often as reported, and deleted at most as often"
const oneRequest = "every call of the run is one request"
const goodCall = "every request names 1 to 100 read sets of one store, none twice"
const hasCause = "Failed was refused; Unknown and InferredGone missed an answer, Exhausted did not"

/** What is not so, and the checks that find it. */
const lies: Record<string, readonly [Partial<Story>, ReadonlyArray<string>]> = {
  "a line is missing": [{ report: replaced(report, 3) }, [oneLine, isThere, sentAsSaid]],
  "a line comes twice": [{ report: [...report, lineOf(3)] }, [oneLine]],
  "a line is torn": [{ report: replaced(report, 7, `{"position":7,"id"`) }, [oneLine, isThere, sentAsSaid]],
  "a line is of no item": [{ report: [...report, lineOf(items)] }, [oneLine]],
  "a line is of another item": [{ report: replaced(report, 3, lineOf(3, { id: readSetAt(7).id })) }, [ownLine]],
  "items were left out": [
    { told: { ...told, taken: 7 }, report: report.slice(0, 7) },
    ["the run took every item", isThere, sentAsSaid]
  ],
  "an item is reported deleted and is there": [
    { state: replaced(state, 3, stateOf(3, { status: "ACTIVE", deleted: 0 })) },
    [isGone]
  ],
  "an item is reported failed and is gone": [{ report: replaced(report, 3, lineOf(3, failed)) }, [isThere, hasCause]],
  "an item is called unknown for no reason": [{ report: replaced(report, 3, lineOf(3, unknown)) }, [hasCause]],
  "an item is inferred to be gone for no reason": [
    { report: replaced(report, 3, lineOf(3, { evidence: "InferredGone" })) },
    [hasCause]
  ],
  "an item is sent again after its success": [
    {
      ...sentAgain,
      report: replaced(report, 5, lineOf(5, { attempts: 2 })),
      state: replaced(state, 5, stateOf(5, { named: 2 }))
    },
    [notAgain]
  ],
  "an item is sent again and the report does not tell": [
    { ...sentAgain, state: replaced(state, 5, stateOf(5, { named: 2 })) },
    [notAgain, sentAsSaid]
  ],
  "an attempt was never made": [{ report: replaced(report, 3, lineOf(3, { attempts: 2 })) }, [sentAsSaid]],
  "an item was deleted more often than sent": [{ state: replaced(state, 3, stateOf(3, { deleted: 2 })) }, [sentAsSaid]],
  "there was a request of which the run knows nothing": [{ told: { ...told, calls: 3 } }, [oneRequest]],
  "a request names an item twice": [
    { calls: replaced(calls, 3, callOf(3, 3, 7, 7)) },
    [notAgain, sentAsSaid, goodCall]
  ],
  "a request mixes stores": [{ calls: replaced(calls, 3, callOf(3, 3, 6)) }, [sentAsSaid, goodCall]],
  "a read set was not looked at": [{ state: state.slice(1) }, ["every read set is looked at once"]]
}

describe("compare", () => {
  it.effect("finds nothing wrong where all is well", () =>
    Effect.gen(function* () {
      assert.isAtLeast(scenario.seed, 0)
      assert.deepStrictEqual(yield* faultsOf(truth), [])
    })
  )

  for (const [lie, [story, found]] of Object.entries(lies)) {
    it.effect(`finds out when ${lie}`, () =>
      Effect.gen(function* () {
        assert.sameMembers([...(yield* faultsOf({ ...truth, ...story }))], [...found])
      })
    )
  }
})
