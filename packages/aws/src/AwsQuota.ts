/**
 * The quotas of an account: what everything in the process shares that calls the same family of operations with the
 * same account in the same region.
 *
 * @since 0.1.0
 */
import * as Quota from "@effect-bulk/core/Quota"
import * as Effect from "effect/Effect"
import type { AwsClient } from "./AwsClient.ts"
import type { Counted } from "./AwsOperation.ts"

/**
 * The quota that an operation counts for, named service, region, account and family.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (client: AwsClient, { family, rate }: Counted): Effect.Effect<Quota.Quota> =>
  Effect.flatMap(Effect.all([client.region, client.account]), ([region, account]) =>
    Quota.shared({ name: `${client.service} ${region} ${account} ${family}`, rate })
  )
