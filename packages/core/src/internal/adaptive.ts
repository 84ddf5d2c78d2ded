/**
 * The adaptive limit: finds the rate of a token bucket that nobody documented, from which calls came back throttled.
 *
 * Opening: the rate grows with the answers, and little is in flight, as that is lost when the bucket runs dry. Cut: a
 * throttle lowers the rate, and each further one to at most what passed since the first, over the time it took, for no
 * bucket admits more than it refills. Room: then two calls at once, after a pause, tell whether the bucket holds more
 * than one token. One token: a gap that passed is a proof, so probes are calls sent sooner, at four gaps between the
 * longest that was refused and that of the rate; with nothing left between them, every 50 calls at a gap 2 % shorter
 * and at one half as long, which shows a doubled quota at once. More tokens: a quick call passes at any rate, but from
 * one throttle to the next the bucket admits exactly what it refills. So the rate is that count and one call more:
 * every 70 calls or so a throttle renews the count. Where it fails to come, quick calls ask for more than the count
 * allows; when all pass, the quota was raised, and the rate grows until the next throttle. Throttles of calls sent
 * before a cut, or by a probe that is over, are no news.
 */
export interface AdaptiveOptions {
  /** Calls per second to begin with; default 20. */
  readonly initialRate?: number
}

/** All times are in ms on one clock that does not go back. Every `sent` is followed by one `returned` or `lost`. */
export interface Adaptive {
  /** When the next call may go, never before `now`. `Infinity`: not before an answer. Any answer may change it. */
  readonly nextAt: (now: number) => number
  readonly sent: (now: number) => void
  /** The service answered. A failure that is no throttle counts as admitted. */
  readonly returned: (now: number, throttled: boolean, sentAt: number, retryAfterMs?: number) => void
  /** No answer (timed out, reset, aborted): evidence for nothing. */
  readonly lost: (sentAt: number) => void
  /** The current limit in calls per second, for metrics and snapshots; a probe goes above it for up to eight calls. */
  readonly rate: number
}

/** The rate never goes below this, in calls per ms. */
const least = 0.0001
/** What the rate may be after 16 calls that passed, in the beginning. */
const opening = 0.06
/** Clean answers before a rise. */
const hurry = 4
/** Clean answers after which a throttle is no longer the same trouble. */
const calm = 10
/** Below what was counted while the bucket overran: such a count is short. */
const hold = 0.985
/** Rate and ceiling this close: nothing left to search. */
const close = 1.03
/** Calls from one probe to the next with nothing left to search. */
const patience = 50
/** The longest count: its throttles come every so many calls. */
const enough = 70
/** Calls after a throttle when the next should have come. */
const overdue = 80
/** ms that a late timer may make up for: at high rates timers are too coarse to pace single calls. */
const catchUp = 4

/** Calls sent sooner than the rate allows, the n-th at `paces[n]`, to see which of them pass. */
interface Probe {
  readonly asks: "rate" | "room"
  readonly paces: ReadonlyArray<number>
  readonly sentAt: Array<number>
  /** The paces at which they really went: timers are late. */
  readonly went: Array<number>
  passed: number
}

export const make = (options: AdaptiveOptions = {}): Adaptive => {
  const { initialRate = 20 } = options
  if (!(initialRate > 0)) throw new RangeError(`Adaptive.make: initialRate must be a number > 0, got ${initialRate}`)

  // Pacing.
  let rate = Math.max(least, initialRate / 1000)
  let due = 0
  let last = 0
  let previous = 0
  let sends = 0
  let answers = 0
  let inFlight = 0

  // Growth, before the first throttle and after a raise: towards `seen`, a pace that passed, perhaps on saved tokens.
  let untouched = true
  let growing = true
  let seen = rate
  let grewFrom = opening
  let grewAt = 0

  // The lowest pace known to be too fast, clean answers in a row, and throttles that are no news: of calls sent before
  // the rate was cut, or by a probe that is over.
  let ceiling = Infinity
  let clean = 0
  let staleTo = -1
  let probeFrom = -1
  let probeTo = -1

  // The probe under way, and when the next may come.
  let probe: Probe | undefined
  let restedAt = 0
  let wait = 0

  // Does the bucket hold more than one token, and is that to be asked?
  let room: boolean | undefined
  let isAsked = false

  // The books of such a bucket: calls admitted since it was last empty, and in all from one such moment to the next.
  let emptyAt = -1
  let admitted = 0
  let counted = 0
  let countedFor = 0

  // The first of the throttles that come close together, and the calls admitted since.
  let troubleAt = -1
  let escaped = 0

  const change = (next: number) => {
    rate = Math.max(least, next)
  }

  const isSending = (): boolean => probe !== undefined && probe.sentAt.length < probe.paces.length

  const drop = () => {
    if (probe === undefined) return
    probeFrom = probe.sentAt[0] ?? probeFrom
    probeTo = probe.sentAt.at(-1) ?? probeTo
    probe = undefined
  }

  const isKnown = (): boolean => room === true && ceiling < Infinity && counted >= 8

  /** What was counted, and one call more. */
  const quota = (): number => (counted / countedFor) * (1 + 1 / Math.min(enough, counted))

  const rest = () => {
    drop()
    if (room === true) restedAt = sends
    wait = isKnown() ? overdue : ceiling <= rate * close ? patience : 0
  }

  const plan = (now: number): ReadonlyArray<number> => {
    if (isKnown()) {
      const saved = ((counted + 1) / countedFor) * (now - emptyAt) - admitted
      return same(rate * 1.5, Math.max(1, Math.min(8, Math.ceil(3 * (saved + 1.5)))))
    }
    if (room === true) return same(Math.min(Math.sqrt(rate * ceiling), rate * 2), 4)
    if (ceiling < Infinity)
      return ceiling > rate * close ? spread(rate, ceiling, 5).slice(0, 4) : [rate * 1.02, rate * 2]
    return answers < 20 ? spread(rate, rate * 8, 8) : spread(Math.max(rate, seen), Math.max(rate, seen) * 2, 4)
  }

  const startProbe = (now: number) => {
    if (growing && seen > rate * 2) return
    if (!growing && seen > rate && seen < ceiling) change(seen)
    if (!growing) seen = 0
    if (isKnown()) change(Math.max(rate, quota()))
    restedAt = sends
    probe = {
      asks: isAsked ? "room" : "rate",
      paces: isAsked ? [rate / 2, Infinity] : plan(now),
      sentAt: [],
      went: [],
      passed: 0
    }
  }

  const probePassed = (now: number, { asks, passed, paces, went }: Probe) => {
    const pace = Math.max(rate, Math.min(paces[passed - 1] ?? rate, went[passed - 1] ?? rate))
    const isLast = passed === paces.length
    if (asks === "rate" && room !== true) {
      if (pace > ceiling) ceiling = Infinity
      // The quota has doubled, or the bucket holds more than before.
      if (pace > rate * 1.5) room = undefined
      if (growing) seen = Math.max(seen, pace)
      else change(pace)
    }
    if (isLast && asks === "room") {
      // Did they really go together?
      room = (went[1] ?? 0) > rate * 4
      isAsked = false
    } else if (isLast && room === true) {
      const isRaised = isKnown() && emptyAt >= 0 && (admitted - 1) * countedFor > (counted + 1) * (now - emptyAt)
      if (isRaised) {
        ceiling = seen = Infinity
        emptyAt = -1
        counted = countedFor = 0
        growing = true
        grewFrom = rate * 1.5
        grewAt = answers
      } else if (!isKnown()) {
        change(pace)
        if (ceiling <= rate * close) ceiling = rate * 2
      }
    }
    if (isLast) {
      rest()
      if (asks === "rate" && room === true) wait = 0
    }
    clean = 0
  }

  const probeFailed = (now: number, { asks, went }: Probe, index: number, sentAt: number) => {
    if (asks === "room") room = isAsked = false
    else ceiling = Math.min(ceiling, Math.max(rate, went[index] ?? rate))
    // The refused call took no token: if it was the last one sent, the next goes when it would have gone without probe.
    due = sentAt === last && room !== true ? Math.max(now, previous + 1 / rate) : Math.max(due, last + 1 / rate)
    rest()
  }

  /** Where a throttle at the rate takes it, before more is known. */
  const land = (now: number, sentAt: number): number => {
    // In the beginning less may really have been sent than was allowed.
    if (untouched) return Math.min(rate, (inFlight + 1) / (now - sentAt)) / 2
    if (growing) return Math.sqrt(rate * Math.min(rate, grewFrom))
    return rate * (room === undefined ? 0.85 : 0.95)
  }

  const cut = (now: number, landing: number) => {
    const isAlone = troubleAt < 0
    if (isAlone) {
      troubleAt = now
      escaped = 0
    }
    staleTo = now
    seen = 0
    if (isKnown()) {
      change(Math.min(rate, quota()))
      rest()
      return
    }
    ceiling = rate
    change(landing)
    due = Math.max(due, last + 1 / rate)
    // One throttle among many calls that pass may be chance, such as late timers: no reason to search anew.
    const isChance = isAlone && room === false
    isAsked ||= !isChance
    rest()
    restedAt = sends
    wait = isChance ? patience : 0
  }

  /** No bucket admits more than it refills, and one; one of a single token admits more than is counted. */
  const tighten = (now: number) => {
    if (troubleAt < 0 || now <= troubleAt || escaped < 1) return
    const most = (room === false ? escaped : escaped + 1) / (now - troubleAt)
    if (most * hold < rate) {
      change(most * hold)
      seen = 0
      staleTo = now
      wait = 0
    }
    if (counted * (now - troubleAt) > (escaped + 2) * countedFor) {
      counted = escaped
      countedFor = now - troubleAt
    }
  }

  /** Closes the count that began when the bucket was last empty. */
  const count = (now: number) => {
    if (emptyAt >= 0) {
      const time = now - emptyAt
      // Off by more than the call at either end: the quota is not what it was.
      const isOff = admitted >= 8 && Math.abs(admitted - (counted / countedFor) * time) > 1
      const weight = isOff ? 0 : counted > 3 * enough ? 0.5 : 1
      counted = counted * weight + admitted
      countedFor = countedFor * weight + time
    }
    emptyAt = now
    admitted = 0
  }

  const grow = () => {
    const much = ((answers - grewAt) / 16) ** (untouched ? 2 / 3 : 1 / 3)
    change(Math.max(rate, Math.min(seen, grewFrom * much)))
  }

  /** As many may be in flight before the first throttle: they are lost when it comes. */
  const most = (): number => (untouched ? Math.max(16, Math.min(0.75 * answers, 60 + sends / 100)) : Infinity)

  return {
    nextAt: (now) => (inFlight >= most() ? Infinity : Math.max(now, due)),

    sent: (now) => {
      if (now - due > Math.max(catchUp, 0.25 / rate)) {
        // Something else holds the run back: what passes now says nothing about the limit.
        due = now
      } else {
        due = Math.max(due, now - catchUp)
        if (growing && rate < seen) grow()
      }
      inFlight++
      sends++
      if (probe !== undefined && isSending()) {
        probe.sentAt.push(now)
        probe.went.push(1 / (now - last))
      } else if (probe === undefined && clean >= hurry && sends - restedAt >= wait) startProbe(now)
      previous = last
      last = now
      due += 1 / (probe?.paces[probe.sentAt.length] ?? rate)
    },

    returned: (now, throttled, sentAt, retryAfterMs = 0) => {
      inFlight--
      answers++
      if (retryAfterMs > 0) due = Math.max(due, now + retryAfterMs)
      const index = probe === undefined ? -1 : probe.sentAt.indexOf(sentAt)
      if (!throttled) {
        admitted++
        escaped++
        clean++
        if (clean >= calm) troubleAt = -1
        if (probe !== undefined && index >= 0) {
          probe.passed++
          probePassed(now, probe)
        }
        return
      }
      const landing = land(now, sentAt)
      if (untouched) isAsked = true
      untouched = growing = false
      clean = 0
      count(now)
      if (probe !== undefined && index >= 0) probeFailed(now, probe, index, sentAt)
      else {
        drop()
        if (sentAt >= probeFrom && sentAt <= probeTo) return
        if (sentAt > staleTo) cut(now, landing)
        tighten(now)
      }
    },

    lost: (sentAt) => {
      inFlight--
      clean = 0
      // Perhaps it took a token.
      emptyAt = -1
      escaped++
      if (probe?.sentAt.includes(sentAt) === true) drop()
    },

    get rate() {
      return rate * 1000
    }
  }
}

/** `calls` paces that rise from above `from` to `to`, each by the same factor. */
const spread = (from: number, to: number, calls: number): ReadonlyArray<number> =>
  Array.from({ length: calls }, (_, index) => from * (to / from) ** ((index + 1) / calls))

const same = (pace: number, calls: number): ReadonlyArray<number> => Array.from({ length: calls }, () => pace)
