/**
 * The quotas of an account: one for each family of operations that AWS counts together, shared by everything in the
 * process that calls them with the same account in the same region.
 *
 * @since 0.1.0
 */
import type * as BatchPolicy from "@effect-bulk/core/BatchPolicy"
import * as Quota from "@effect-bulk/core/Quota"
import * as Effect from "effect/Effect"
import type { AwsClient } from "./AwsClient.ts"

/**
 * The quota of a family of operations, named service, region, account and family. Without a documented rate, the rate
 * is found by trying.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (client: AwsClient, family: string, rate?: BatchPolicy.RateInput): Effect.Effect<Quota.Quota> =>
  Effect.flatMap(Effect.all([client.region, client.account]), ([region, account]) =>
    Quota.shared({ name: `${client.service} ${region} ${account} ${family}`, rate })
  )
