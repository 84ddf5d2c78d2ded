/** An unknown quota is found: much of it is used, and little is throttled, from any start and after any change. */
import * as Answer from "@effect-bulk/core/Answer"
import * as BatchOperation from "@effect-bulk/core/BatchOperation"
import * as Bulk from "@effect-bulk/core/Bulk"
import * as Fate from "@effect-bulk/core/Fate"
import * as Verdict from "@effect-bulk/core/Verdict"
import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import { onCases } from "../../Law.ts"
import { VirtualTime } from "../virtualTime.ts"

interface Situation {
  /** Calls per second that the service admits, at first and after half of the calls. */
  readonly quota: number
  readonly change: number
  readonly burst: number
  readonly latency: number
  readonly groups: number
}

interface Sent {
  readonly at: number
  readonly admitted: boolean
  /** What the run thinks that it may send, in calls per second. */
  readonly limit: number
}

const situations: fc.Arbitrary<Situation> = fc.record({
  quota: fc.constantFrom(0.5, 1, 2, 5, 10, 20, 50),
  change: fc.constantFrom(1, 1, 0.5, 2),
  burst: fc.integer({ min: 2, max: 10 }),
  latency: fc.constantFrom(10, 50),
  groups: fc.constantFrom(1, 1, 3)
})

const half = 400

/** Sends items one by one to a service that admits so many a second, and says when each call went. */
const send = (situation: Situation, { concurrency = 1000, latency = situation.latency } = {}): ReadonlyArray<Sent> => {
  const { burst, change, groups, quota } = situation
  const time = new VirtualTime({ chaos: 0, luck: 0.5 })
  const sent: Array<Sent> = []
  let tokens = burst
  let before = 0
  const operation = BatchOperation.make({
    name: "Adaptation",
    limits: { maxItems: 1 },
    id: (item: number) => String(item),
    group: (item) => item % groups,
    idempotent: true,
    call: (_group: number, _items: ReadonlyArray<number>) =>
      Effect.suspend(() => {
        const admits = quota * (sent.length < half ? 1 : change)
        tokens = Math.min(burst, tokens + ((time.now - before) * admits) / 1000)
        before = time.now
        const admitted = tokens >= 1 - 1e-9
        if (admitted) tokens -= 1
        sent.push({ at: time.now, admitted, limit: operation.quota.pace.adaptiveRate ?? 0 })
        return Effect.delay(admitted ? Effect.void : Effect.fail("throttled"), latency)
      }),
    answer: Answer.failuresById<number, void, never, void, string>({
      failures: () => [],
      id: () => undefined,
      verdict: () => Verdict.terminal("not said"),
      silent: () => Verdict.confirmed(undefined)
    }),
    fate: () => Fate.throttled()
  })
  const items = Array.from({ length: 2 * half }, (_, index) => index)
  const policy = { concurrency, budget: { tokens: 1_000_000, retry: 14, throttle: 5 } }
  const fiber = time.fork(Bulk.run(operation, items, { policy }))
  time.run({ until: () => fiber.pollUnsafe() !== undefined, horizon: Infinity, turns: 1_000_000 })
  return sent
}

export const convergence = onCases({
  number: 31,
  name: "Convergence",
  says: "of an unknown quota, at least 0.8 is used and at most 0.1 throttled, after the first 50 calls and 50 after a change",
  pitfalls: [28],
  share: 0.01,
  cases: () =>
    situations.map((situation) => ({
      show: () => JSON.stringify(situation),
      broken: () => {
        const sent = send(situation)
        const { change, quota } = situation
        return poor(sent.slice(50, half), quota) ?? poor(sent.slice(half + 50, 2 * half), quota * change)
      }
    }))
})

const poor = (sent: ReadonlyArray<Sent>, quota: number): string | undefined => {
  const seconds = (sent.at(-1)!.at - sent[0]!.at) / 1000
  const used = sent.filter(({ admitted }) => admitted).length / seconds / quota
  if (used < 0.8) return `${(100 * used).toFixed(0)} % of ${quota} calls per second are used`
  for (let from = 0; from + 100 <= sent.length; from++) {
    const throttled = sent.slice(from, from + 100).filter(({ admitted }) => !admitted).length
    if (throttled > 10) return `${throttled} of 100 calls from ${sent[from]!.at} ms on are throttled`
  }
  return undefined
}

export const saneLimit = onCases({
  number: 32,
  name: "Sane limit",
  says: "the limit rises only after a clean window, and never when it is not what holds the run back",
  pitfalls: [28],
  share: 0.01,
  cases: () =>
    situations.map((situation) => ({
      show: () => JSON.stringify(situation),
      broken: () => risesTooSoon(send(situation), situation.latency) ?? risesUnused(situation)
    }))
})

/** As many answers in a row must be good before a rise. */
const cleanWindow = 4

const risesTooSoon = (sent: ReadonlyArray<Sent>, latency: number): string | undefined => {
  let returned = 0
  let clean = 0
  for (const [index, { at, limit }] of sent.entries()) {
    for (; sent[returned]!.at + latency <= at && returned < index; returned++) {
      clean = sent[returned]!.admitted ? clean + 1 : 0
    }
    const before = sent[index - 1]?.limit ?? limit
    if (limit > before * 1.0001 && clean < cleanWindow) {
      return `the limit rises from ${before} to ${limit} at ${at} ms, ${clean} calls after a throttle`
    }
  }
  return undefined
}

/** One call at a time, each slower than the limit allows: nothing is learned of the quota. */
const risesUnused = (situation: Situation): string | undefined => {
  const sent = send({ ...situation, quota: 1000, change: 1 }, { concurrency: 1, latency: 300 })
  const first = sent[0]!.limit
  const risen = sent.find(({ limit }) => limit > first)
  return risen === undefined ? undefined : `the limit rises to ${risen.limit} at ${risen.at} ms, and is not used`
}
