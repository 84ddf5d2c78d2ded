/**
 * What HealthOmics' failures mean: of a whole call (its exception), and of one item in an answer with status 200. To
 * change how a failure is handled, change its line here.
 *
 * @since 0.1.0
 */
import type * as AwsError from "@effect-bulk/aws/AwsError"
import * as AwsFate from "@effect-bulk/aws/AwsFate"
import * as AwsVerdict from "@effect-bulk/aws/AwsVerdict"
import * as Fate from "@effect-bulk/core/Fate"
import type * as OmicsError from "./OmicsError.ts"

/**
 * The fate of a call that ended with an exception. "maybe": it may have been applied all the same.
 *
 * @category tables
 * @since 0.1.0
 */
export const fate = AwsFate.make<OmicsError.Exception | AwsError.Common>({
  // No right to act on this store: nothing more goes to it.
  AccessDeniedException: Fate.fatal(),
  // Something in the call, or the store, is in a state that forbids it: halved until it is found.
  ConflictException: Fate.rejected,
  // The service failed, and does not say how far it got.
  InternalServerException: Fate.transient("maybe"),
  // There is no such operation: no call will do.
  NotSupportedOperationException: Fate.fatal({ halts: "run" }),
  // A range of a file that is not there: asking again does not help.
  RangeNotSatisfiableException: Fate.fatal(),
  // The service ran out of time, perhaps after the work was done.
  RequestTimeoutException: Fate.transient("maybe"),
  // There is no such store: nothing more goes to it.
  ResourceNotFoundException: Fate.fatal(),
  // The account may hold no more; waiting a second does not help.
  ServiceQuotaExceededException: Fate.fatal(),
  // Too many calls: sent again, more slowly.
  ThrottlingException: Fate.throttled(),
  // Something in the call breaks a rule: halved until it is found.
  ValidationException: Fate.rejected
})

/**
 * The verdict on a read set or a version that an answer lists as failed. The first row that fits decides, and what fits
 * none is final. AWS documents no code, and its own example of a missing read set has an empty one, so messages count.
 *
 * @category tables
 * @since 0.1.0
 */
export const verdict = AwsVerdict.make([
  // "The specified readset does not exist.": what was to be deleted is not there.
  { message: /does not exist|not found|no such/i, means: "gone" },
  { code: /not_?found/i, means: "gone" },
  { code: /throttl|too_?many|limit_?exceeded/i, means: "throttled" },
  { message: /rate exceeded|throttl/i, means: "throttled" },
  { code: /internal|time_?out|unavailable/i, means: "retryable" },
  { message: /internal (server )?error|timed out|try again/i, means: "retryable" }
])
