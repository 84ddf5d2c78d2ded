/**
 * The adaptive limit: finds the rate of a token bucket that nobody documented, from nothing but which calls came back
 * throttled, and holds just below it.
 *
 * The control law. Calls go evenly spaced at `rate`. Until the first throttle the rate doubles. After that it only
 * rises by *probes*: one to eight calls sent a little closer together, and nothing more until all of them are back; so
 * a wrong guess costs a call or two, however long the answers take. A throttle during a probe ends the probe and sets
 * `ceiling`, the lowest pace known to be too fast; between rate and ceiling the probes bisect, and close to it they
 * come once in 50 calls, which is what keeps the share of throttled calls near 2 %. A throttle at the rate itself is
 * a cut. A throttle also says that the bucket is empty, and from one empty moment to the next a bucket admits exactly
 * what it refills: admitted calls / time *is* the quota, however fast they were sent. So a cut goes to just below that
 * measurement where there is one, and when more was admitted since the bucket was empty than the ceiling explains, the
 * quota must have been raised, and the rate may grow fast again. One thing has to be learned on the way: a bucket that
 * holds a single token (`roomy <= 0`) overflows between any two calls, so that counting says too little, but there
 * each gap that passed is a proof by itself; a bucket with room for more lets a quick call pass at any rate, so that
 * gaps prove nothing, but there counting is exact. Calls that were in flight when the rate was cut are no evidence
 * against the new rate; their share of refusals is used once, to cut at once and deep enough after a big drop.
 *
 * Why not AIMD, as in the SDKs: a throttle says far more than "less". Halving gives away a quarter of the quota for
 * ever, and a rise that waits for no answers overshoots by everything in flight.
 */

export interface AdaptiveOptions {
  /** Calls per second to begin with; default 20. */
  readonly initialRate?: number
  /** It never goes below; default 0.1 calls per second. */
  readonly minRate?: number
  /** It never goes above: a documented or configured rate; default none. */
  readonly maxRate?: number
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

/** Held this much below a measured quota: the bucket fills slowly, and the measurement may be a little too high. */
const hold = 0.985
/** The smallest step of a probe. */
const finest = 0.02
/** Rate and ceiling this close: nothing left to bisect. */
const close = 1.03
/** Clean calls between probes: at the ceiling, and below it. */
const patience = 50
const hurry = 4
/** What a run may use to find its place: after so many calls every rise is probed first. */
const opening = 25
/** Below this rate (20/s) the opening doubles after every four clean calls. */
const slow = 0.02
/** ms that a late timer may make up for: at high rates timers are too coarse to pace single calls. */
const catchUp = 4

export const make = (options: AdaptiveOptions = {}): Adaptive => {
  const maxRate = checked("maxRate", options.maxRate ?? Infinity) / 1000
  const minRate = Math.min(checked("minRate", options.minRate ?? 0.1) / 1000, maxRate)

  // Pacing.
  let rate = Math.max(minRate, Math.min(checked("initialRate", options.initialRate ?? 20) / 1000, maxRate))
  let rateFrom = 0
  let sendsAtRate = 0
  let due = 0
  let last = 0
  let previous = 0
  let sends = 0
  let inFlight = 0

  // Growth: before the first throttle, and again after a proof that the quota was raised.
  let untouched = true
  let open = true
  let growAt = rate < slow ? 4 : 10

  // Evidence for the next step up or down.
  let ceiling = Infinity
  let clean = 0
  let need = hurry
  let cuts = 0
  let staleTo = -1

  // The probe under way: calls sent in (probeFrom, probeTo].
  let phase: "none" | "sending" | "waiting" = "none"
  let pace = 0
  let step = 1
  let train = 1
  let probeFrom = 0
  let probeTo = 0
  let unsent = 0
  let unreturned = 0

  // The books of the bucket: calls admitted since it was last empty, and in all between two such moments.
  let emptyAt = -1
  let admitted = 0
  let drained = 0
  let drainedFor = 0

  // How many tokens it holds: one (<= 0) or more. Pairs are neighbours that both passed, at the rate or in the probe.
  let roomy = 0
  let pairing = false
  let pairs = 0
  let probePairs = 0

  // What was in flight at the last cut: calls sent in (flightFrom, flightTo] at `flightPace`, 0 when settled.
  let flightPace = 0
  let flightFrom = 0
  let flightTo = 0
  let flight = 0
  let refused = 0

  const change = (now: number, next: number) => {
    rate = Math.max(minRate, Math.min(next, maxRate))
    rateFrom = now
    sendsAtRate = 0
    pairs = 0
  }

  const rest = () => {
    phase = "none"
    train = 1
    step = finest
    need = ceiling <= rate * close ? patience : hurry
  }

  const inProbe = (sentAt: number) => phase !== "none" && sentAt > probeFrom && sentAt <= probeTo

  const startProbe = (now: number) => {
    // With room in the bucket a high rate looks well for a while, so the rate may only double when the calls do.
    if (ceiling === Infinity && (roomy > 0 || emptyAt < 0) && sends < growAt) return
    const bisect = ceiling < Infinity && ceiling > rate * close
    pace = Math.min(maxRate, bisect ? Math.min(Math.sqrt(rate * ceiling), rate * 2) : rate * (1 + step))
    if (pace <= rate) return
    phase = "sending"
    probeFrom = now
    probeTo = Infinity
    unsent = train
    unreturned = probePairs = 0
  }

  const probePassed = (now: number, sentAt: number) => {
    phase = "none"
    clean = need = 0
    // Both ends of a measurement may be off by a call, and the ceiling by as much as its own measurement.
    const unexplained = admitted - ceiling * (sentAt - emptyAt) - admitted / Math.max(8, drained)
    if (roomy <= 0 ? pace > ceiling : emptyAt >= 0 && unexplained > 2) {
      ceiling = Infinity
      sends = 16
      emptyAt = -1
      drained = drainedFor = 0
    }
    if (roomy <= 0 || pace <= ceiling * (1 + finest)) {
      if (ceiling === Infinity) growAt = sends * (pace / rate) ** 1.5
      else if (ceiling > pace * close) need = hurry
      change(now, pace)
    }
    train = Math.min(8, train * 2)
    step = Math.min(1, step * 2)
  }

  const probeFailed = (now: number, sentAt: number, measured: number) => {
    ceiling = pace
    flightPace = 0
    if (rate > measured * close && measured > 0) change(now, measured)
    if (measured > rate * 0.98) ceiling = Math.min(pace, Math.max(rate, measured))
    // The refused call took no token: if it was the last one sent, the next goes when it would have gone without probe.
    const instead = sentAt === last && roomy <= 0
    due = instead ? Math.max(now, previous + 1 / rate) : Math.max(due, last + 1 / rate)
  }

  const cut = (now: number, sentAt: number, measured: number) => {
    // The pace that was too fast is what was really sent, which can be less than what was allowed.
    flightPace = sendsAtRate > 4 && now > rateFrom ? Math.min(rate, sendsAtRate / (now - rateFrom)) : rate
    flightFrom = sentAt
    flightTo = now
    flight = refused = 0
    const again = cuts > 0
    if (measured > 0) {
      const atMost = flightPace * (again ? 0.7 : hold)
      change(now, Math.max(flightPace / 2, Math.min(atMost, measured * hold)))
      ceiling = Math.min(flightPace, measured * (1 + 1 / drained))
    } else {
      change(now, flightPace * (ceiling === Infinity ? 0.5 : again ? 0.7 : 0.85))
      ceiling = flightPace
    }
    due = Math.max(due, last + 1 / rate)
  }

  /** The refused share of what was in flight, taken early on 16 calls and once more at the end. */
  const settle = (now: number) => {
    const share = flightPace * Math.max(0.25, 1 - refused / flight)
    if (share * hold >= rate) return
    if (roomy > 0) ceiling = share
    drained = drainedFor = 0
    change(now, share * hold)
    staleTo = now
    rest()
  }

  return {
    // Before the first throttle it is unknown how deep a fall would be, so not much may be on its way.
    nextAt: (now) => (untouched && inFlight >= 15 + 2.5 * Math.sqrt(sends) ? Infinity : Math.max(now, due)),

    sent: (now) => {
      if (sends === 0) rateFrom = now
      if (now - due > Math.max(catchUp, 0.25 / rate)) {
        // Something else holds the run back: what passes now says nothing about the limit.
        due = now
        clean = 0
        if (phase === "sending") phase = "none"
      } else due = Math.max(due, now - catchUp)
      if (phase === "sending") {
        probeTo = now
        unreturned++
        if (--unsent === 0) phase = "waiting"
      } else if (phase === "none" && !open && clean >= need) startProbe(now)
      inFlight++
      sends++
      sendsAtRate++
      if (sends >= opening) open = false
      previous = last
      last = now
      due += 1 / (phase === "sending" ? pace : rate)
    },

    returned: (now, throttled, sentAt, retryAfterMs = 0) => {
      inFlight--
      due = Math.max(due, retryAfterMs > 0 ? now + retryAfterMs : due)
      const probe = inProbe(sentAt)
      if (flightPace > 0 && sentAt > flightFrom) {
        if (sentAt <= flightTo) {
          flight++
          if (throttled) refused++
          if (flight === 16) settle(now)
        } else {
          if (flight > 16) settle(now)
          flightPace = 0
        }
      }
      if (!throttled) {
        if (sentAt > emptyAt) admitted++
        if (pairing && probe) probePairs++
        else if (pairing && sentAt > rateFrom) pairs++
        pairing = probe || sentAt > rateFrom
        if (probe) {
          if (--unreturned === 0 && phase === "waiting") probePassed(now, sentAt)
          return
        }
        clean++
        if (sentAt <= staleTo) return
        if (clean >= 10) cuts = 0
        if (open && sends >= growAt && clean >= (rate < slow ? 4 : 8)) {
          growAt = rate < slow ? sends + 4 : sends * 2
          change(now, rate * 2)
          staleTo = now
          clean = 0
        }
        return
      }
      untouched = open = pairing = false
      clean = 0
      if (sentAt > emptyAt) {
        if (emptyAt >= 0) {
          const weight = drained > 200 ? 0.5 : 1
          drained = (drained + admitted) * weight
          drainedFor = (drainedFor + sentAt - emptyAt) * weight
        }
        emptyAt = sentAt
        admitted = 0
      }
      if (!probe && sentAt <= staleTo) {
        phase = "none"
        return
      }
      // The same pace passed twice in a row and then did not: it lived on tokens that had been saved up.
      if (probe ? probePairs > 0 : pairs > 0) roomy = Math.min(4, roomy + 2)
      else if (probe) roomy = Math.max(-2, roomy - 1)
      const measured = roomy > 0 && drained >= 6 ? drained / drainedFor : 0
      if (probe) probeFailed(now, sentAt, measured)
      else cut(now, sentAt, measured)
      staleTo = now
      cuts++
      rest()
    },

    lost: (sentAt) => {
      inFlight--
      clean = 0
      if (inProbe(sentAt)) phase = "none"
    },

    get rate() {
      return rate * 1000
    }
  }
}

const checked = (name: string, value: number): number => {
  if (value > 0) return value
  throw new RangeError(`Adaptive.make: ${name} must be a number > 0, got ${value}`)
}
