/**
 * Shares the configured rate of a quota between processes through Redis. Each call is reserved there first, by a
 * generic cell rate algorithm in one script; a process holds at most one reservation at a time, so that a process
 * that stops waiting cannot starve the others. Time is the server's. While Redis does not answer, each process keeps
 * to the rate by itself.
 *
 * Not part of the main entry, so that only those who use it load it. `NodeRedis.layer` of `@effect/platform-node`
 * provides `Redis`.
 *
 * **Gotchas**
 *
 * When its layer ends, `NodeRedis` waits for all answers, for ever if Redis is gone. Destroy its client before that, so
 * that the program can end, and let it refuse commands while it is offline:
 *
 * ```ts
 * const destroyed = Layer.effectDiscard(
 *   Effect.flatMap(NodeRedis.NodeRedis, ({ client }) => Effect.addFinalizer(() => Effect.sync(() => client.destroy())))
 * )
 * QuotaStoreRedis.layer().pipe(
 *   Layer.provideMerge(destroyed),
 *   Layer.provide(NodeRedis.layer({ url, disableOfflineQueue: true }))
 * )
 * ```
 *
 * @since 0.1.0
 */
import * as Data from "effect/Data"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Redis from "effect/persistence/Redis"
import type { Rate } from "./BatchPolicy.ts"
import * as Quota from "./Quota.ts"

/**
 * Redis did not take a reservation.
 *
 * @category errors
 * @since 0.1.0
 */
export class QuotaStoreError extends Data.TaggedError("QuotaStoreError")<{
  readonly quota: string
  readonly cause: unknown
}> {
  override get message() {
    const why = this.cause instanceof Error ? this.cause.message : String(this.cause)
    return `reserving a call of quota '${this.quota}' in Redis failed: ${why}`
  }
}

/**
 * The store of all quotas under this layer. Keys in Redis begin with `prefix` and the name of the quota.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (options?: { readonly prefix?: string | undefined }): Layer.Layer<never, never, Redis.Redis> =>
  Layer.effect(
    Quota.CurrentStore,
    Effect.map(Redis.Redis, (redis) => {
      const run = redis.eval(reserve)
      const prefix = options?.prefix ?? "effect-bulk:quota:"
      const self = crypto.randomUUID()
      let asks = 0
      // Reservations whose answer did not come, by quota: whoever asks next asks for the same one.
      const unanswered = new Map<string, Array<string>>()
      return {
        reserve: (name: string, rate: Rate) =>
          Effect.suspend(() => {
            const open = unanswered.get(name) ?? []
            unanswered.set(name, open)
            const reservation = open.pop() ?? `${self}:${asks++}`
            return run(`${prefix}{${name}}`, reservation, Duration.toMillis(rate.per) / rate.count, rate.burst).pipe(
              Effect.map(Number),
              Effect.mapError((error) => new QuotaStoreError({ quota: name, cause: error.cause })),
              Effect.onExit((exit) =>
                Effect.sync(() => {
                  if (Exit.isFailure(exit)) open.push(reservation)
                })
              )
            )
          })
      }
    })
  )

// The first key holds the time at which the bucket would be full again, in milliseconds. A call may go once that time
// is no more than `burst` intervals away. The second holds the time of this reservation until it is stale, so that it
// can be asked for again. The wait is returned as text, since Redis cuts numbers down to integers.
const reserve = Redis.script(
  (quota: string, reservation: string, interval: number, burst: number) => [
    quota,
    `${quota}:${reservation}`,
    interval,
    burst
  ],
  {
    numberOfKeys: 2,
    lua: `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local interval = tonumber(ARGV[1])
local at = redis.call('GET', KEYS[2])
if at then
  at = tonumber(at)
else
  local full = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0')) + interval
  at = math.max(now, full - tonumber(ARGV[2]) * interval)
  redis.call('SET', KEYS[1], string.format('%.3f', full), 'PX', math.ceil(full - now + 60000))
  redis.call('SET', KEYS[2], string.format('%.3f', at), 'PX', math.ceil(at - now + interval))
end
return string.format('%.3f', math.max(0, at - now))
`
  }
).withReturnType<string>()
