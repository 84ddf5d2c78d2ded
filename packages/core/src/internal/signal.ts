/**
 * One waiter that is woken by synchronous code; a signal given before the wait is not lost. The waiter goes on in a
 * turn of its own, never inside the code that notifies it, and so once for many signals.
 */
import * as Effect from "effect/Effect"

export class Signal {
  private given = false
  private resume: ((effect: Effect.Effect<void>) => void) | undefined = undefined

  notify(): void {
    const { resume } = this
    this.resume = undefined
    if (resume === undefined) this.given = true
    else resume(Effect.yieldNow)
  }

  readonly wait: Effect.Effect<void> = Effect.callback<void>((resume) => {
    if (this.given) {
      this.given = false
      return resume(Effect.void)
    }
    this.resume = resume
    return Effect.sync(() => {
      this.resume = undefined
    })
  })
}
