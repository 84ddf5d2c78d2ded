/**
 * A rate as services enforce it: a bucket that holds `burst` calls and refills with `perSecond`.
 *
 * @since 0.1.0
 */

/**
 * How many calls a second, and how many at once after a pause (1 unless said).
 *
 * @category models
 * @since 0.1.0
 */
export interface Rate {
  readonly perSecond: number
  readonly burst?: number
}

/**
 * @category models
 * @since 0.1.0
 */
export interface TokenBucket {
  /** Takes one token, if there is one at this time (in milliseconds). */
  readonly take: (now: number) => boolean
}

/**
 * A full bucket.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = ({ burst = 1, perSecond }: Rate): TokenBucket => {
  if (!(perSecond > 0)) throw new RangeError(`TokenBucket.make: perSecond must be above 0, got ${perSecond}`)
  if (!(burst >= 1)) throw new RangeError(`TokenBucket.make: burst must be at least 1, got ${burst}`)
  let tokens = burst
  let last = Number.NEGATIVE_INFINITY
  return {
    take(now) {
      tokens = Math.min(burst, tokens + (Math.max(0, now - last) / 1000) * perSecond)
      last = now
      // Fractions of many small steps add up to a little less than they should.
      if (tokens < 1 - 1e-9) return false
      tokens -= 1
      return true
    }
  }
}
