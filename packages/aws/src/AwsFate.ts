/**
 * What an error of a call means for the call's items, as far as name and status tell. A service package adds a table
 * of what its exceptions mean.
 *
 * @since 0.1.0
 */
import * as Fate from "@effect-bulk/core/Fate"
import type * as AwsError from "./AwsError.ts"

/**
 * What is looked at in an error.
 *
 * @category models
 * @since 0.1.0
 */
export interface Failure extends Omit<AwsError.Fields, "cause" | "operation"> {
  readonly _tag: string
  /** AWS's name, where the tag is ours. */
  readonly code?: string
  readonly reached?: boolean
}

/**
 * The fates of exceptions by tag. Where one is missing, `of` decides.
 *
 * @category models
 * @since 0.1.0
 */
export type Table<E extends Failure> = {
  readonly [Tag in E["_tag"]]?: Fate.Fate | ((error: Extract<E, { readonly _tag: Tag }>) => Fate.Fate)
}

/**
 * Judges errors by a table, and by `of` where the table is silent. The service's hint to wait is kept.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make =
  <E extends Failure>(table: Table<E>): ((error: E) => Fate.Fate) =>
  (error) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the entry under an error's own tag takes that error
    const entry = table[error._tag as E["_tag"]] as Fate.Fate | ((error: E) => Fate.Fate) | undefined
    if (entry === undefined) return of(error)
    const fate = typeof entry === "function" ? entry(error) : entry
    return error.retryAfter !== undefined && (fate._tag === "Throttled" || fate._tag === "Transient")
      ? { retryAfter: error.retryAfter, ...fate }
      : fate
  }

/**
 * The fate that name and status tell.
 *
 * @category constructors
 * @since 0.1.0
 */
export const of = (error: Failure): Fate.Fate => {
  switch (error._tag) {
    case "AccessDeniedException":
      return Fate.fatal()
    case "CredentialsError":
      // Signed again, a request that was held up is in time.
      return error.code === "RequestExpired" || error.message.includes("Signature expired")
        ? Fate.transient("no")
        : Fate.fatal({ halts: "run" })
    case "ClientMisconfigured":
      return Fate.fatal({ halts: "run" })
    case "InvalidRequest":
      return Fate.rejected
    case "NetworkError":
      return certificateCodes.test(error.code ?? "")
        ? Fate.fatal({ halts: "run" })
        : Fate.transient(error.reached === false ? "no" : "maybe")
    case "ResponseTimeout":
      return Fate.transient("maybe")
    default:
      return byName(error.code ?? error._tag, error)
  }
}

const byName = (name: string, error: Failure): Fate.Fate => {
  if (throttleNames.has(name)) return Fate.throttled({ retryAfter: error.retryAfter })
  if (timeoutNames.has(name)) return Fate.transient("maybe", { retryAfter: error.retryAfter })
  if (name === "RequestEntityTooLarge" || name === "RequestEntityTooLargeException") return Fate.tooLarge
  if (name === "UnknownOperationException") return Fate.fatal({ halts: "run" })
  return byStatus(error.status, error.retryAfter)
}

const byStatus = (status: number | undefined, retryAfter: number | undefined): Fate.Fate => {
  // Nothing is known, or the answer says that the call went well and cannot be read.
  if (status === undefined || status < 300) return Fate.transient("maybe", { retryAfter })
  if (status === 429) return Fate.throttled({ retryAfter })
  if (status === 408) return Fate.transient("maybe", { retryAfter })
  if (status === 413) return Fate.tooLarge
  if (status === 501 || status === 505) return Fate.fatal({ applied: "maybe" })
  if (status >= 500) return Fate.transient("maybe", { retryAfter })
  // Something in the call is wrong, or in the way of it: worth a look at which item.
  if (status === 400 || status === 409 || status === 422) return Fate.rejected
  return Fate.fatal()
}

// The lists of the SDK's standard retries.
const throttleNames: ReadonlySet<string> = new Set([
  "BandwidthLimitExceeded",
  "EC2ThrottledException",
  "LimitExceededException",
  "PriorRequestNotComplete",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "SlowDown",
  "ThrottledException",
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
  "TransactionInProgressException"
])

const timeoutNames: ReadonlySet<string> = new Set(["TimeoutError", "RequestTimeout", "RequestTimeoutException"])

const certificateCodes = /CERT|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/
