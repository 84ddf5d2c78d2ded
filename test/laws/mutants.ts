// Small, named changes that each break a law. They are applied to the source in memory, so that the engine needs no
// hooks; each law must be broken by one of its own.

export interface Mutant {
  readonly name: string
  /** The id of the law that must notice. */
  readonly law: string
  /** Relative to `packages`. */
  readonly file: string
  /** Must be there exactly once. */
  readonly find: string
  readonly replace: string
  /** The service whose operations must notice; otherwise operations of no service do. */
  readonly of?: "omics" | "kendra" | "connect"
}

const answer = "core/src/internal/answer.ts"
const call = "core/src/internal/call.ts"
const check = "core/src/internal/check.ts"
const drive = "core/src/internal/drive.ts"
const gather = "core/src/internal/gather.ts"
const isolate = "core/src/internal/isolate.ts"
const pace = "core/src/internal/pace.ts"
const retry = "core/src/internal/retry.ts"
const run = "core/src/internal/run.ts"
const settle = "core/src/internal/settle.ts"
const source = "core/src/internal/source.ts"
const stop = "core/src/internal/stop.ts"
const outcome = "core/src/Outcome.ts"
const report = "core/src/Report.ts"
const adaptive = "core/src/internal/adaptive.ts"
const heap = "core/src/internal/heap.ts"

export const mutants: ReadonlyArray<Mutant> = [
  // Accounting
  {
    name: "loses what is queued when the run ends",
    law: "1",
    file: stop,
    find: `if (entry.state === "Queued" || entry.state === "Waiting") settle(run, entry, entry.word, ending)`,
    replace: `if (entry.state === "Waiting") settle(run, entry, entry.word, ending)`
  },
  {
    name: "loses the rest of a list when the run ends",
    law: "1",
    file: source,
    find: `this.left--\n      check(run, next.value, now)\n    }\n    this.missLeft()`,
    replace: `this.left--\n    }\n    this.missLeft()`
  },
  {
    name: "gives the first of equal items its outcome twice",
    law: "2",
    file: settle,
    find: `if (ties?.twins === undefined) return outcome`,
    replace: `if (ties?.twins === undefined) return outcome\n  emit(run, outcome, undefined)`
  },
  {
    name: "takes what was reset for not applied",
    law: "3",
    file: call,
    find: `if (applied === "maybe") entry.maybeApplied = true`,
    replace: ``
  },
  {
    name: "takes gone for success at the first try",
    law: "3",
    file: outcome,
    find: `(open || past.goneIsSuccess)`,
    replace: `(open || past.goneIsSuccess || true)`
  },
  {
    name: "calls failed what an earlier call may have done",
    law: "3b",
    file: outcome,
    find: `if (gone === "maybe") {\n        // Gone by an earlier call, for all that is known.\n        if (open) {`,
    replace: `if (gone === "maybe") {\n        if (false) {`
  },
  {
    name: "takes items for gone when one error says so",
    law: "3b",
    file: answer,
    find: `errors.every((failure) => typeof failure.gone === "object")`,
    replace: `errors.some((failure) => typeof failure.gone === "object")`
  },
  {
    name: "calls what was left open exhausted",
    law: "3",
    file: outcome,
    find: `const _tag = open || (word._tag === "Unanswered" && !past.read) ? "Unknown" : "Exhausted"`,
    replace: `const _tag = open && word._tag === "Unanswered" && !past.read ? "Unknown" : "Exhausted"`
  },
  {
    name: "counts isolating steps as attempts",
    law: "3",
    file: call,
    find: `if (halved) continue`,
    replace: `if (halved) entry.attempts++\n    if (halved) continue`
  },
  {
    name: "does not count what comes back from a call",
    law: "4",
    file: call,
    find: `run.stats.inFlight--`,
    replace: ``
  },
  {
    name: "takes some success for all",
    law: "5",
    file: report,
    find: `report.counts.Succeeded === report.outcomes.length`,
    replace: `(report.counts.Succeeded > 0 || report.outcomes.length === 0)`
  },
  {
    name: "lets an observer die with all that it was to see",
    law: "6",
    file: drive,
    find: `Effect.catchCause(Effect.suspend(observe), (cause) =>`,
    replace: `Effect.andThen(Effect.suspend(observe), (cause) =>`
  },

  // Shape of calls
  {
    name: "heeds the limits of the API, and not those of the policy",
    law: "7",
    file: run,
    find: `policy.maxItems ?? Infinity,`,
    replace: `Infinity,`
  },
  {
    name: "takes the limit of bytes for a threshold",
    law: "7",
    file: gather,
    find: `if (bytes + entry.size > maxBytes) full = true`,
    replace: `if (bytes > maxBytes) full = true`
  },
  {
    name: "sends calls one item short",
    law: "8",
    file: gather,
    find: `full = entries.length === maxItems`,
    replace: `full = entries.length >= Math.max(1, maxItems - 1)`
  },
  {
    name: "takes every group for the last one",
    law: "9",
    file: gather,
    find: `if (this.last !== undefined && Equal.equals(this.last.key, key)) return this.last`,
    replace: `if (this.last !== undefined) return this.last`
  },
  {
    name: "does not look for duplicates",
    law: "10",
    file: gather,
    find: `const first = group.byId.get(entry)\n    if (first !== undefined) {`,
    replace: `const first = group.byId.get(entry)\n    if (first !== undefined && false) {`
  },
  {
    name: "sends copies of the items",
    law: "11",
    file: call,
    find: `entries.map((entry) => entry.item)`,
    replace: `entries.map((entry) => (typeof entry.item === "object" ? { ...entry.item } : entry.item) as Item)`
  },

  // Answers
  {
    name: "takes the first of two verdicts that differ",
    law: "14",
    file: answer,
    find: `else if (!agree(slot.verdict, verdict)) slot.conflict = true`,
    replace: ``
  },
  {
    name: "lets the first of several errors speak for an item",
    law: "12",
    file: answer,
    find: "textOf(failure.error) < textOf(least.error) ? failure : least",
    replace: "least"
  },
  {
    name: "doubts the silence of an answer with any failure",
    law: "13",
    file: answer,
    find: `if (slot.verdict === undefined) slot.verdict =`,
    replace: `if (verdict._tag === "Terminal") stray = "another item failed"\n    if (slot.verdict === undefined) slot.verdict =`
  },
  {
    name: "overlooks a failure that names no item",
    law: "14",
    file: answer,
    find: `: "the answer has a failure that names no item"`,
    replace: `: undefined`
  },
  {
    name: "takes as many results as there are",
    law: "14",
    file: answer,
    find: `if (count === entries.length) {`,
    replace: `if (count >= entries.length) {`
  },
  {
    name: "halts the run for a fatal call of one group",
    law: "15",
    file: call,
    find: `else haltGroup(run, group, error)`,
    replace: `else halt(run, error)`
  },
  {
    name: "declares credentials that are refused a matter of one group",
    law: "15b",
    file: "testing/src/Specimens.ts",
    find: `fate: ({ fate }) => fate,`,
    replace: `fate: ({ fate }) => (fate._tag === "Fatal" ? { ...fate, halts: "group" } : fate),`
  },

  // Retry
  {
    name: "sends again what failed for good",
    law: "16",
    file: answer,
    find: `if (word._tag === "Succeeded" || word._tag === "Terminal") return settle(run, entry, word, "attempts")`,
    replace: `if (word._tag === "Succeeded") return settle(run, entry, word, "attempts")`
  },
  {
    name: "sends what was settled while it waited",
    law: "17",
    file: retry,
    find: `waiting.filter((entry) => entry.state === "Waiting")`,
    replace: `waiting.slice()`
  },
  {
    name: "allows one attempt too many",
    law: "18",
    file: retry,
    find: `entry.attempts >= policy.maxAttempts`,
    replace: `entry.attempts > policy.maxAttempts`
  },
  {
    name: "retries on credit",
    law: "19",
    file: call,
    find: `if (cost === 0 || run.pace.spent + cost <= run.policy.budget.tokens) return false`,
    replace: `if (cost >= 0) return false`
  },
  {
    name: "does not halt when there is no hope",
    law: "19b",
    file: stop,
    find: `if (run.isDry && run.failedInRow >= failuresBeforeHalt`,
    replace: `if (false && run.failedInRow >= failuresBeforeHalt`
  },
  {
    name: "does not wait as long as the service asks",
    law: "20",
    file: retry,
    find: `hint > own ? Math.min(`,
    replace: `hint < own ? Math.min(`
  },
  {
    name: "waits one power too long",
    law: "20b",
    file: retry,
    find: `backoff.factor ** (tries - 1)`,
    replace: `backoff.factor ** tries`
  },
  {
    name: "sends again what may have been applied",
    law: "21",
    file: retry,
    find: `!entry.maybeApplied || nature.idempotent || nature.read`,
    replace: `!entry.maybeApplied || nature.idempotent || nature.read || true`
  },
  {
    name: "halves what may have been applied",
    law: "21",
    file: isolate,
    find: `(applied === "no" || run.operation.idempotent)`,
    replace: `(applied === "no" || run.operation.idempotent || true)`
  },
  {
    name: "retries a call underneath",
    law: "22",
    file: drive,
    find: `operation.call(call.group.key, itemsOf(call.entries))`,
    replace: `Effect.retry(operation.call(call.group.key, itemsOf(call.entries)), { times: 1 })`
  },
  {
    name: "counts no attempt that was answered",
    law: "23",
    file: answer,
    find: `entry.attempts++\n    if (word._tag === "Succeeded"`,
    replace: `if (word._tag === "Succeeded"`
  },

  // Poison
  {
    name: "fails a rejected call as a whole",
    law: "24",
    file: isolate,
    find: `(fate._tag === "TooLarge" || (fate._tag === "Rejected" && run.policy.isolate))`,
    replace: `fate._tag === "TooLarge"`
  },
  {
    name: "takes items off a rejected call one by one",
    law: "25",
    file: isolate,
    find: `const middle = Math.ceil(entries.length / 2)`,
    replace: `const middle = 1`
  },
  {
    name: "takes one item off a rejected call",
    law: "26",
    file: isolate,
    find: `const middle = Math.ceil(entries.length / 2)`,
    replace: `const middle = entries.length - 1`
  },
  {
    name: "takes a call apart when the service is unwell",
    law: "27",
    file: isolate,
    find: `(fate._tag === "TooLarge" || (`,
    replace: `(fate._tag === "TooLarge" || fate._tag === "Transient" || (`
  },

  // Concurrency and rate
  {
    name: "takes one slot too many",
    law: "28",
    file: pace,
    find: `const rate = policy.rate ?? quota.rate ?? "adaptive"`,
    replace: `policy = { ...policy, concurrency: policy.concurrency + 1 }\n    const rate = policy.rate ?? quota.rate ?? "adaptive"`
  },
  {
    name: "takes one slot too many of its own",
    law: "28b",
    file: pace,
    find: `waiter.inFlight.size >= limits.concurrency ?`,
    replace: `waiter.inFlight.size > limits.concurrency ?`
  },
  {
    name: "takes one slot too many of those that are shared",
    law: "28b",
    file: pace,
    find: `if (this.inFlight >= (limits.slots ?? this.largest)) {`,
    replace: `if (this.inFlight > (limits.slots ?? this.largest)) {`
  },
  {
    name: "gives each run slots of its own",
    law: "28b",
    file: pace,
    find: `(limits.slots ?? this.largest)`,
    replace: `(limits.slots ?? Infinity)`
  },
  {
    name: "gives more slots without a word to those who wait for one",
    law: "28c",
    file: pace,
    find: `this.largest = policy.concurrency\n      this.wakeHead()`,
    replace: `this.largest = policy.concurrency`
  },
  {
    name: "keeps its place in line while its own slots are taken",
    law: "28c",
    file: pace,
    find: `const own = waiter.inFlight.size >= limits.concurrency ? Infinity : this.ownWait(limits, items, now)`,
    replace: `if (waiter.inFlight.size >= limits.concurrency) {\n      this.waiters.add(waiter)\n      return Infinity\n    }\n    const own = this.ownWait(limits, items, now)`
  },
  {
    name: "leaves the line without waking the next",
    law: "28b",
    file: pace,
    find: `if (wasHead) this.wakeHead()`,
    replace: ``
  },
  {
    name: "sends on the last part of a token",
    law: "29",
    file: pace,
    find: `return this.level >= count - 1e-9 ? 0 : (count - this.level) / this.perMilli`,
    replace: `return this.level > count - 1 ? 0 : (count - this.level) / this.perMilli`
  },
  {
    name: "forgets the share",
    law: "29b",
    file: pace,
    find: `if (share < 1) buckets.push(this.bucketOf(unit, rate, share))`,
    replace: ``
  },
  {
    name: "makes calls of more items than a bucket holds",
    law: "30",
    file: run,
    find: `...limits.items.map((bucket) => bucket.burst)`,
    replace: ``
  },
  {
    name: "pauses a group on top of an adaptive limit",
    law: "31",
    file: retry,
    find: `|| run.limits.adaptive !== undefined) return`,
    replace: `) return`
  },
  {
    name: "does not rise after a throttle",
    law: "31",
    file: adaptive,
    find: `if (growing && seen > rate * 2) return`,
    replace: `if (!untouched || (growing && seen > rate * 2)) return`
  },
  {
    name: "rises on a throttle",
    law: "32",
    file: adaptive,
    find: `change(landing)`,
    replace: `change(rate * 1.1)`
  },
  {
    name: "rises although something else holds the run back",
    law: "32",
    file: adaptive,
    find: `const pace = Math.max(rate, Math.min(paces[passed - 1] ?? rate, went[passed - 1] ?? rate))`,
    replace: `const pace = Math.max(rate, paces[passed - 1] ?? rate)\n    change(pace)`
  },
  {
    name: "lets a group keep its turn",
    law: "33",
    file: gather,
    find: `if (this.turns.at(0) === group) this.turns.drop(1)\n    if (group.parts.length + group.retries.length + group.fresh.length > 0) this.turns.push(group)\n    else group.listed = false`,
    replace: `if (group.parts.length + group.retries.length + group.fresh.length > 0) return\n    if (this.turns.at(0) === group) this.turns.drop(1)\n    group.listed = false`
  },

  // Time, stopping, memory
  {
    name: "forgets that a group was halted",
    law: "34",
    file: check,
    find: `if (group.halted || run.gather.isStopped(found.orderKey))`,
    replace: `if (run.gather.isStopped(found.orderKey))`
  },
  {
    name: "does not hear the stop signal",
    law: "34",
    file: drive,
    find: `end(this.state, "stopped")\n                  if`,
    replace: `if`
  },
  {
    name: "cuts calls off at once when it is stopped",
    law: "35",
    file: stop,
    find: `if (ending === "interrupted") cutOff(run)`,
    replace: `if (first) cutOff(run)`
  },
  {
    name: "lets calls go on after an interruption",
    law: "35",
    file: stop,
    find: `if (ending === "interrupted") cutOff(run)`,
    replace: `if (false) cutOff(run)`
  },
  {
    name: "ends while retries wait",
    law: "36",
    file: run,
    find: `this.stats.settled === this.stats.pulled`,
    replace: `this.stats.settled + this.stats.waiting === this.stats.pulled`
  },
  {
    name: "lingers twice as long",
    law: "37",
    file: gather,
    find: `const due = entries[0]!.since + this.options.linger`,
    replace: `const due = entries[0]!.since + 2 * this.options.linger`
  },
  {
    name: "sends again what is due as soon as it is due",
    law: "37b",
    file: retry,
    find: `const goesNow = `,
    replace: `const goesNow = true || `
  },
  {
    name: "lingers anew with each of those it waited for",
    law: "37b",
    file: retry,
    find: `next.until = Math.min(next.until, round.until)`,
    replace: ``
  },
  {
    name: "does not cut off what it gave up",
    law: "38",
    file: call,
    find: `call.fiber?.interruptUnsafe()`,
    replace: ``
  },
  {
    name: "never gives up a call",
    law: "39",
    file: call,
    find: `if (call.startedAt + run.callTimeout > now) break`,
    replace: `break`
  },
  {
    name: "forgets to wake for what is due",
    law: "39",
    file: run,
    find: `this.timers.next,\n`,
    replace: ``
  },
  {
    name: "pulls twice the window",
    law: "40",
    file: source,
    find: `return this.run.window - (`,
    replace: `return 2 * this.run.window - (`
  },
  {
    name: "looks at every group for every item",
    law: "41",
    file: gather,
    find: `group.size++\n    const orderKey`,
    replace: `group.size++\n    for (const other of group.byId.unsettled()) if (other === undefined) break\n    const orderKey`
  },
  {
    name: "looks at all that wait to be sent again for each of them",
    law: "41",
    file: heap,
    find: `items.push(item)`,
    replace: `items.push(item)\n    for (const other of items) if (other === undefined) break`
  },

  // Equivalences
  {
    name: "counts twice what was answered in company",
    law: "42",
    file: answer,
    find: `entry.attempts++\n    if (word._tag === "Succeeded"`,
    replace: `entry.attempts += entries.length > 1 ? 2 : 1\n    if (word._tag === "Succeeded"`
  },
  {
    name: "halts the group of an item that failed",
    law: "43",
    file: answer,
    find: `if (word._tag === "Succeeded" || word._tag === "Terminal") return settle(`,
    replace: `if (word._tag === "Terminal") group.halted = true\n    if (word._tag === "Succeeded" || word._tag === "Terminal") return settle(`
  },
  {
    name: "counts no attempt of an item that was throttled",
    law: "44",
    file: retry,
    find: `if (!(failure.whole && failure.throttled) && entry.attempts`,
    replace: `if (!failure.throttled && entry.attempts`
  },
  {
    name: "sends for callers who left",
    law: "45",
    file: stop,
    find: `ties.abandoned = true`,
    replace: ``
  },
  {
    name: "sends all items of an order key at once",
    law: "46",
    file: gather,
    find: `order.push(entry)\n        return true`,
    replace: `order.push(entry)\n        if (first === undefined) this.enqueue(entry)\n        return true`
  },
  {
    name: "goes on under an order key after a failure",
    law: "46",
    file: settle,
    find: `if (run.ending === undefined) run.gather.stopOrder(entry.ties?.orderKey)`,
    replace: ``
  },
  {
    name: "takes a line that is missing for a success",
    law: "51",
    file: "core/src/DeadLetter.ts",
    find: `if (line?.outcome === "Succeeded") continue`,
    replace: `if (line === undefined || line.outcome === "Succeeded") continue`
  },
  {
    name: "forgets in a redrive what an earlier run left open",
    law: "51",
    file: check,
    find: `entry.maybeApplied = !operation.read && earlier.maybeApplied`,
    replace: ``
  },
  {
    name: "stops one failure late",
    law: "52",
    file: stop,
    find: `bad >= (rule.count ?? Infinity)`,
    replace: `bad > (rule.count ?? Infinity)`
  }
]
