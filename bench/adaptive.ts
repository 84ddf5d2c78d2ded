/**
 * The adaptive limit on a virtual clock, against the retry modes of the AWS SDK for JavaScript on the same server: a
 * token bucket that nobody told the client about. Each client has unlimited demand and sends 1,000 calls. Everything
 * is counted in the order of arrival at the server, and only after the first 50 calls and after the 50 that follow a
 * change of quota (which comes with call 500).
 *
 * - admitted: calls admitted, divided by the optimum: what the bucket held when the counted window began plus all it
 *   refilled until the window's last call. A client that lets the bucket overflow, or that leaves it full before the
 *   window begins, pays for it. Windows of one script are added up; `worstWindow` is the worst alone.
 * - throttled: share of the calls of the window that the server refused. A refused call takes nothing from the bucket.
 * - gave up (SDK only): share of the requests, of those begun, whose three attempts were all refused. An SDK client that
 *   sends 16 calls at a time to a slow API takes every token that the API has, but at the price of its caller's requests.
 *
 * Up to 256 calls may be in flight, for a policy must allow what a quota behind a latency takes: 100/s behind 500 ms are
 * 50. Behind 500 ms nobody can know a quota of 100/s whose bucket holds 200 before it has run dry, by which time the
 * calls of the rows that change it are nearly over: those two are not reached.
 *
 * `node bench/adaptive.ts` prints the table; `--wide` prints scripts off the grid instead.
 */
// Closed to other packages by `exports`; the bench is the one reader from outside.
// @ts-ignore the path is never rewritten, as nothing here is emitted
import * as Adaptive from "../packages/core/src/internal/adaptive.ts"

export interface Shares {
  readonly throughputShare: number
  readonly throttledShare: number
  /** Requests whose attempts were all refused; the adaptive limit gives up none. */
  readonly gaveUpShare?: number
}

export interface Row {
  readonly what: string
  readonly ours: Shares
  readonly standard: Shares
  readonly adaptive: Shares
  /** At least 95 % of the optimum with at most 3 % throttled. */
  readonly reached: boolean
  /** The floor for every script: each window at least 80 %, and of no 100 calls in a row more than 10 % throttled. */
  readonly floor: boolean
  /** Reached, and strictly better on both than either SDK mode. */
  readonly met: boolean
}

interface Script {
  readonly rate: number
  readonly burst: (rate: number) => number
  readonly latency: (random: () => number) => number
  /** What the rate is multiplied with at call `calls * (i + 1) / (changes.length + 1)`. */
  readonly changes: ReadonlyArray<number>
  readonly calls: number
  readonly server?: (rate: number, burst: number) => Server
  readonly initialRate?: number
}

// --- the server ---

interface Server {
  /** May this call in? Times do not decrease. */
  readonly admit: (now: number) => boolean
  readonly change: (now: number, rate: number, burst: number) => void
  /** All that could have been admitted from the beginning of time until now, had nothing overflowed since `mark`. */
  readonly mark: (now: number) => void
  readonly couldHave: (now: number) => number
}

const tokenBucket = (rate: number, burst: number): Server => {
  let tokens = burst
  let last = 0
  let offered = 0
  const refill = (now: number) => {
    const gain = ((now - last) * rate) / 1000
    offered += gain
    tokens = Math.min(burst, tokens + gain)
    last = now
  }
  return {
    admit: (now) => {
      refill(now)
      // A bucket that is short of a token by a rounding error is not short of a token.
      if (tokens < 1 - 1e-9) return false
      tokens -= 1
      return true
    },
    change: (now, nextRate, nextBurst) => {
      refill(now)
      rate = nextRate
      burst = nextBurst
      tokens = Math.min(burst, tokens)
    },
    mark: (now) => {
      refill(now)
      offered = tokens
    },
    couldHave: (now) => {
      refill(now)
      return Math.max(1, Math.floor(offered + 1e-9))
    }
  }
}

/** Another client takes every second token of the bucket, not quite evenly; the optimum is the other half. */
const halfTaken = (rate: number, burst: number): Server => {
  const bucket = tokenBucket(rate, burst)
  const random = mulberry32(7)
  let next = 0
  return {
    ...bucket,
    admit: (now) => {
      for (; next <= now; next += (1000 + 2000 * random()) / rate) bucket.admit(next)
      return bucket.admit(now)
    },
    couldHave: (now) => bucket.couldHave(now) / 2
  }
}

/** So many calls in each second of the server's clock. */
const fixedWindow = (rate: number): Server => {
  let second = -1
  let used = 0
  let from = 0
  return {
    admit: (now) => {
      if (Math.floor(now / 1000) !== second) {
        second = Math.floor(now / 1000)
        used = 0
      }
      return ++used <= rate
    },
    change: (_, next) => {
      rate = next
    },
    mark: (now) => {
      from = now
    },
    couldHave: (now) => (rate * (now - from)) / 1000
  }
}

// --- the simulation ---

interface Client {
  /** Called once; the client sends and waits through `world` from then on. */
  readonly start: (world: World) => void
}

interface World {
  readonly now: () => number
  readonly random: () => number
  readonly after: (delay: number, run: () => void) => void
  readonly send: (onReturn: (throttled: boolean) => void) => void
  /** A request ended; for clients that give up. */
  readonly ended: (gaveUp: boolean) => void
}

interface Trace {
  readonly shares: Shares
  /** The largest throttled share of any 100 calls in a row that count. */
  readonly worstHundred: number
  readonly worstWindow: number
}

const simulate = (script: Script, client: Client, seed = 1): Trace => {
  const random = mulberry32(seed)
  const timers = heap()
  const server = (script.server ?? tokenBucket)(script.rate, script.burst(script.rate))
  const admitted: Array<boolean> = []
  const part = Math.floor(script.calls / (script.changes.length + 1))
  let now = 0
  let rate = script.rate
  let optimum = 0
  let passed = 0
  let counted = 0
  let from = 0
  let worstWindow = 1
  let begun = 0
  let gaveUp = 0
  const arrive = () => {
    const index = admitted.length
    if (index > 0 && index % part === 0 && index / part <= script.changes.length) {
      rate *= script.changes[index / part - 1] ?? 1
      server.change(now, rate, script.burst(rate))
    }
    if (index % part === 50) {
      server.mark(now)
      from = index
    }
    const ok = server.admit(now)
    admitted.push(ok)
    if (index % part === part - 1) {
      const could = server.couldHave(now)
      let passes = 0
      for (let i = from; i <= index; i++) if (admitted[i]) passes++
      worstWindow = Math.min(worstWindow, passes / could)
      optimum += could
      passed += passes
      counted += index + 1 - from
    }
    return ok
  }
  const world: World = {
    now: () => now,
    random,
    ended: (failed) => {
      begun++
      if (failed) gaveUp++
    },
    after: (delay, run) => timers.push(now + delay, run),
    send: (onReturn) => {
      const latency = script.latency(random)
      timers.push(now + latency / 2, () => {
        if (admitted.length >= script.calls) return
        const ok = arrive()
        timers.push(now + latency / 2, () => onReturn(!ok))
      })
    }
  }
  client.start(world)
  while (admitted.length < script.calls) {
    const timer = timers.pop()
    if (timer === undefined) throw new Error("simulate: the client stopped sending")
    now = timer.at
    timer.run()
  }
  let worstHundred = 0
  for (let start = 0; start < script.calls; start += part) {
    for (let i = start + 50; i + 100 <= start + part; i++) {
      let throttled = 0
      for (let j = i; j < i + 100; j++) if (!admitted[j]) throttled++
      worstHundred = Math.max(worstHundred, throttled / 100)
    }
  }
  return {
    worstHundred,
    worstWindow,
    shares: {
      throughputShare: passed / optimum,
      throttledShare: 1 - passed / counted,
      ...(begun > 0 && { gaveUpShare: gaveUp / begun })
    }
  }
}

// --- the clients ---

const ours = (options: Adaptive.AdaptiveOptions, maxInFlight = 256): Client => ({
  start: ({ after, now, send }) => {
    const limit = Adaptive.make(options)
    let inFlight = 0
    let wakeAt = Infinity
    const pump = () => {
      while (inFlight < maxInFlight) {
        const at = limit.nextAt(now())
        if (at > now()) {
          // A return can move the next call forward, so a later timer may be left over; it finds nothing to do.
          if (at < wakeAt) {
            wakeAt = at
            after(at - now(), () => {
              wakeAt = Infinity
              pump()
            })
          }
          return
        }
        const sentAt = now()
        limit.sent(sentAt)
        inFlight++
        send((throttled) => {
          inFlight--
          limit.returned(now(), throttled, sentAt)
          pump()
        })
      }
    }
    pump()
  }
})

/** 16 workers, each with the SDK's standard strategy: 3 attempts, full jitter on 1 s, one budget of 500 tokens. */
const standard = (workers = 16, limiter?: RateLimiter): Client => ({
  start: ({ after, ended, now, random, send }) => {
    let capacity = 500
    const token = (run: () => void) => {
      const delay = limiter?.acquire(now()) ?? 0
      if (delay > 0) after(delay, () => token(run))
      else run()
    }
    const call = (retries: number) =>
      send((throttled) => {
        limiter?.update(now(), throttled)
        if (!throttled) {
          capacity = Math.min(500, capacity + (retries > 0 ? 5 : 1))
          ended(false)
          return token(() => call(0))
        }
        if (retries === 2 || capacity < 5) {
          ended(true)
          return token(() => call(0))
        }
        capacity -= 5
        after(Math.floor(random() * Math.min(1000 * 2 ** retries, 20_000)), () => token(() => call(retries + 1)))
      })
    for (let i = 0; i < workers; i++) token(() => call(0))
  }
})

interface RateLimiter {
  /** 0: taken; else the delay in ms before asking again. */
  readonly acquire: (now: number) => number
  readonly update: (now: number, throttled: boolean) => void
}

/** `DefaultRateLimiter` of `@smithy/core` 3.41, on a clock that is passed in. */
const cubic = (): RateLimiter => {
  const beta = 0.7
  const scale = 0.4
  const smooth = 0.8
  const minFillRate = 0.5
  // The SDK reads the time since 1970; a bucket that began at 0 would count as never filled.
  const epoch = 1_000_000
  let tokens = 0
  let enabled = false
  let lastMaxRate = 0
  let measured = 0
  let requests = 0
  let fillRate = minFillRate
  let maxCapacity = 1
  let lastThrottle = epoch
  let lastBucket = epoch
  let last = 0
  let timeWindow = 0
  const refill = (seconds: number) => {
    if (last > 0) tokens = Math.min(maxCapacity, tokens + (seconds - last) * fillRate)
    last = seconds
  }
  return {
    acquire: (now) => {
      if (!enabled) return 0
      refill(epoch + now / 1000)
      // Real timers end a little late, not a rounding error early.
      if (tokens < 1 - 1e-9) return Math.max(0.01, ((1 - tokens) / fillRate) * 1000)
      tokens -= 1
      return 0
    },
    update: (now, throttled) => {
      const seconds = epoch + now / 1000
      const bucket = Math.floor(seconds * 2) / 2
      requests++
      if (bucket > lastBucket) {
        measured = (requests / (bucket - lastBucket)) * smooth + measured * (1 - smooth)
        requests = 0
        lastBucket = bucket
      }
      if (throttled) {
        lastMaxRate = enabled ? Math.min(measured, fillRate) : measured
        lastThrottle = seconds
        enabled = true
      }
      timeWindow = Math.cbrt((lastMaxRate * (1 - beta)) / scale)
      const rate = throttled ? lastMaxRate * beta : scale * (seconds - lastThrottle - timeWindow) ** 3 + lastMaxRate
      refill(seconds)
      fillRate = Math.max(Math.min(rate, 2 * measured), minFillRate)
      maxCapacity = Math.max(fillRate, 1)
      tokens = Math.min(tokens, maxCapacity)
    }
  }
}

// --- the scripts ---

const bursts: ReadonlyArray<readonly [string, (rate: number) => number]> = [
  ["1", () => 1],
  ["2K", (rate) => Math.max(1, 2 * rate)]
]

const grid: ReadonlyArray<readonly [string, Script]> = [0.5, 1, 2, 10, 100].flatMap((rate) =>
  bursts.flatMap(([burstName, burst]) =>
    [20, 500].flatMap((latency) =>
      [[], [0.5], [2]].map(
        (changes) =>
          [
            `${rate}/s burst ${burstName} latency ${latency} ${changes.map((by) => `then x${by}`).join(" ")}`.trimEnd(),
            { rate, burst, latency: () => latency, changes, calls: 1000 }
          ] as const
      )
    )
  )
)

/** Nothing of this is on the grid: what the numbers of the grid are worth elsewhere. */
const wide: ReadonlyArray<readonly [string, Script]> = [3, 7, 37].flatMap((rate) =>
  bursts.flatMap(([burstName, burst]) => {
    const base: Script = { rate, burst, latency: () => 130, changes: [], calls: 1000 }
    const script = (what: string, part: Partial<Script>) =>
      [`${rate}/s burst ${burstName} ${what}`, { ...base, ...part }] as const
    return [
      script("latency 130", {}),
      script("latency 20 to 60", { latency: (random) => 20 + 40 * random() }),
      script("latency 100 to 300", { latency: (random) => 100 + 200 * random() }),
      script("start at 1/s", { initialRate: 1 }),
      script("start at 150/s", { initialRate: 150 }),
      script("start at 5000/s", { initialRate: 5000 }),
      script("x0.6, x1.7, x0.8", { changes: [0.6, 1.7, 0.8], calls: 1600 }),
      script("half of it taken by another", { server: halfTaken }),
      ...(burstName === "1" ? [script("counted per second, no bucket", { server: fixedWindow })] : [])
    ]
  })
)

const run = (script: Script): Trace =>
  simulate(script, ours(script.initialRate === undefined ? {} : { initialRate: script.initialRate }))

export const adaptiveTable = (): ReadonlyArray<Row> => table(grid)

const table = (scripts: ReadonlyArray<readonly [string, Script]>): ReadonlyArray<Row> =>
  scripts.map(([what, script]) => {
    const { shares: ours, worstHundred, worstWindow } = run(script)
    const others = {
      standard: simulate(script, standard()).shares,
      adaptive: simulate(script, standard(16, cubic())).shares
    }
    const reached = ours.throughputShare >= 0.95 && ours.throttledShare <= 0.03
    const better = Object.values(others).every(
      (other) => ours.throughputShare > other.throughputShare && ours.throttledShare < other.throttledShare
    )
    const floor = worstWindow >= 0.8 && worstHundred <= 0.1
    return { what, ours, ...others, reached, floor, met: reached && better }
  })

// --- helpers ---

const mulberry32 = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}

interface Timer {
  readonly at: number
  readonly order: number
  readonly run: () => void
}

/** A binary heap by time; equal times in the order they were pushed. */
const heap = () => {
  const items: Array<Timer> = []
  let order = 0
  const before = (a: Timer, b: Timer) => a.at < b.at || (a.at === b.at && a.order < b.order)
  return {
    push: (at: number, run: () => void) => {
      const timer = { at, order: order++, run }
      let i = items.length
      while (i > 0) {
        const parent = (i - 1) >> 1
        const above = items[parent]
        if (above === undefined || !before(timer, above)) break
        items[i] = above
        i = parent
      }
      items[i] = timer
    },
    pop: (): Timer | undefined => {
      const top = items[0]
      const end = items.pop()
      if (end === undefined || items.length === 0) return top
      let i = 0
      for (;;) {
        let child = 2 * i + 1
        let least = items[child]
        if (least === undefined) break
        const right = items[child + 1]
        if (right !== undefined && before(right, least)) {
          least = right
          child++
        }
        if (!before(least, end)) break
        items[i] = least
        i = child
      }
      items[i] = end
      return top
    }
  }
}

// --- printing ---

const percent = (share: number) => (share * 100).toFixed(1).padStart(6)
const cell = ({ gaveUpShare, throttledShare, throughputShare }: Shares) =>
  percent(throughputShare) + percent(throttledShare) + (gaveUpShare === undefined ? "" : percent(gaveUpShare))

const print = (rows: ReadonlyArray<Row>) => {
  const count = (test: (row: Row) => boolean) => `${rows.filter(test).length} of ${rows.length}`
  console.log(`${"unknown quota, % of".padEnd(44)}| ours        | SDK standard      | SDK adaptive      |`)
  console.log(`${"".padEnd(44)}| admit throt |${" admit throt gaveUp|".repeat(2)} >= 95, <= 3`)
  for (const row of rows) {
    const cells = [row.ours, row.standard, row.adaptive].map(cell).join(" |")
    console.log(
      `${row.what.padEnd(44)}|${cells} | ${row.reached ? "reached" : row.floor ? "floor only" : "NOT REACHED"}`
    )
  }
  console.log(`>= 95 % admitted and <= 3 % throttled: ${count((row) => row.reached)}`)
  console.log(`>= 80 % in every window and <= 10 % of any 100 calls: ${count((row) => row.floor)}`)
  for (const mode of ["standard", "adaptive"] as const) {
    console.log(
      `better than ${mode}: throttled ${count((row) => row.ours.throttledShare < row[mode].throttledShare)},` +
        ` admitted ${count((row) => row.ours.throughputShare > row[mode].throughputShare)}`
    )
  }
  console.log(`all of it: ${count((row) => row.met)}`)
}

if (import.meta.main) print(process.argv.includes("--wide") ? table(wide) : adaptiveTable())
