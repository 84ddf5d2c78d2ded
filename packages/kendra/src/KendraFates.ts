/**
 * What Kendra's failures mean: of a whole call (its exception), and of one item in an answer with status 200. To change
 * how a failure is handled, change its line here.
 *
 * @since 0.1.0
 */
import type * as AwsError from "@effect-bulk/aws/AwsError"
import * as AwsFate from "@effect-bulk/aws/AwsFate"
import * as AwsVerdict from "@effect-bulk/aws/AwsVerdict"
import * as Fate from "@effect-bulk/core/Fate"
import type * as KendraError from "./KendraError.ts"

/**
 * The fate of a call that ended with an exception. "maybe": it may have been applied all the same. Kendra sends all of
 * these but InternalServerException with status 400, so that only the name tells them apart.
 *
 * @category tables
 * @since 0.1.0
 */
export const fate = AwsFate.make<KendraError.Exception | AwsError.Common>({
  // No right to act on this index: nothing more goes to it.
  AccessDeniedException: Fate.fatal(),
  // Another request works on the same resource, and this one did nothing: sent again.
  ConflictException: Fate.transient("no"),
  // A query is featured by another set already: something in the call, halved until it is found.
  FeaturedResultsConflictException: Fate.rejected,
  // The service failed, and does not say how far it got.
  InternalServerException: Fate.transient("maybe"),
  // Something in the call is not valid: halved until it is found.
  InvalidRequestException: Fate.rejected,
  // Something in the call is there already: halved until it is found.
  ResourceAlreadyExistException: Fate.rejected,
  // Such as a sync job that runs already: it takes hours, so asking again does not help.
  ResourceInUseException: Fate.fatal(),
  // There is no such index, data source or experience: nothing more goes to it.
  ResourceNotFoundException: Fate.fatal(),
  // The index is there and cannot be used, as while it is being made.
  ResourceUnavailableException: Fate.fatal(),
  // The account or the index can hold no more; waiting a second does not help.
  ServiceQuotaExceededException: Fate.fatal(),
  // Too many calls: sent again, more slowly.
  ThrottlingException: Fate.throttled(),
  // Something in the call breaks a rule: halved until it is found.
  ValidationException: Fate.rejected
})

// What is worth another attempt, whatever was to be done with the item. All else is final, as InvalidRequest is.
const passing = [
  { message: /rate exceeded|throttl/i, means: "throttled" },
  { code: /^internal/i, means: "retryable" },
  { message: /internal (server |service )?error|try again/i, means: "retryable" }
] as const

/**
 * The verdict on an item that is to be put or looked at. The first row that fits decides, and what fits none is final.
 * Documented codes are `InternalError` and `InvalidRequest`; for users and groups there is none, so messages count.
 *
 * @category tables
 * @since 0.1.0
 */
export const verdict = AwsVerdict.make(passing)

/**
 * The verdict on an item that is to be removed.
 *
 * @category tables
 * @since 0.1.0
 */
export const removal = AwsVerdict.make([
  // "Document can't be deleted because it doesn't exist.": what was to be removed is not there.
  { message: /does(n.t| not) exist|not found|no such|not associated/i, means: "gone" },
  ...passing
])

/**
 * The verdict on an entity that is to have access or a persona.
 *
 * @category tables
 * @since 0.1.0
 */
export const association = AwsVerdict.make([
  // As with "gone", the goal is reached: by this very run, if an earlier call of it may have been applied.
  { message: /already/i, means: "gone" },
  ...passing
])
