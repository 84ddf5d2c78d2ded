/**
 * What Connect's failures mean: of a whole call (its exception), and of one item in an answer with status 200. To change
 * how a failure is handled, change its line here.
 *
 * @since 0.1.0
 */
import type * as AwsError from "@effect-bulk/aws/AwsError"
import * as AwsFate from "@effect-bulk/aws/AwsFate"
import * as AwsVerdict from "@effect-bulk/aws/AwsVerdict"
import * as Fate from "@effect-bulk/core/Fate"
import type * as ConnectError from "./ConnectError.ts"

// -----------------------------------------------------------------------------
// Calls
// -----------------------------------------------------------------------------

/**
 * The fate of a call that ended with an exception. "maybe": it may have been applied all the same.
 *
 * @category tables
 * @since 0.1.0
 */
export const fate = AwsFate.make<ConnectError.Exception | AwsError.Common>({
  // No right to act on this instance. For a data table it may be one value of the call, but the call does not say which.
  AccessDeniedException: Fate.fatal(),
  // A condition of the request does not hold: halved until it is found.
  ConditionalOperationFailedException: Fate.rejected,
  // Such as an old lock version of one value: halved until it is found.
  ConflictException: Fate.rejected,
  // There is no published flow, contact, analysis or user of that name: asking again does not help.
  ContactFlowNotPublishedException: Fate.fatal(),
  ContactNotFoundException: Fate.fatal(),
  OutputTypeNotFoundException: Fate.fatal(),
  UserNotFoundException: Fate.fatal(),
  // The contact is not over, the resource is not ready: another call may find it so.
  ContactNotTerminatedException: Fate.transient("no"),
  ResourceNotReadyException: Fate.transient("no"),
  // No contact may be made there: halved until it is found.
  DestinationNotAllowedException: Fate.rejected,
  OutboundContactNotPermittedException: Fate.rejected,
  // Something in the call is there already: halved until it is found.
  DuplicateResourceException: Fate.rejected,
  ResourceConflictException: Fate.rejected,
  // The token of the call came with other contents before; each part of a call has a new one.
  IdempotencyException: Fate.rejected,
  // The service failed, and does not say how far it got.
  InternalServiceException: Fate.transient("maybe"),
  // The instance is active in another region: no call to it does anything here.
  InvalidActiveRegionException: Fate.fatal(),
  // Something in the call is not valid: halved until it is found.
  InvalidContactFlowException: Fate.rejected,
  InvalidContactFlowModuleException: Fate.rejected,
  InvalidParameterException: Fate.rejected,
  InvalidRequestException: Fate.rejected,
  InvalidTestCaseException: Fate.rejected,
  PropertyValidationException: Fate.rejected,
  // With status 429: too many calls of a kind, or contacts at a time. Sent again, more slowly.
  LimitExceededException: Fate.throttled(),
  TooManyRequestsException: Fate.throttled(),
  ThrottlingException: Fate.throttled(),
  // A resource has more tags than an answer holds.
  MaximumResultReturnedException: Fate.fatal(),
  // The resource is in use.
  ResourceInUseException: Fate.rejected,
  // There is no such instance, table or workspace: nothing more goes to it. AWS does not document whether it is also said
  // of an association that is not there; one that the message names is only something in the call.
  ResourceNotFoundException: ({ message }) => (/\bassociat|data ?set/i.test(message) ? Fate.rejected : Fate.fatal()),
  // With status 402: the account or table can hold no more; waiting a second does not help.
  ServiceQuotaExceededException: Fate.fatal()
})

// -----------------------------------------------------------------------------
// Items
// -----------------------------------------------------------------------------

// What is worth another attempt, whatever was to be done with the item. Codes and messages are not documented.
const passing = [
  { code: /throttl|too_?many|limit_?exceeded/i, means: "throttled" },
  { message: /rate exceeded|throttl/i, means: "throttled" },
  { code: /internal|time_?out|unavailable/i, means: "retryable" },
  { message: /internal (service |server )?error|timed out|try again/i, means: "retryable" }
] as const

/**
 * The verdict on a data set that is to be associated. The first row that fits decides, and what fits none is final; so it
 * is in all of these tables.
 *
 * @category tables
 * @since 0.1.0
 */
export const association = AwsVerdict.make([
  // As with what is to be removed and is not there, the goal is reached: by this run, if an earlier call was applied.
  { code: /already|duplicate/i, means: "gone" },
  { message: /already/i, means: "gone" },
  ...passing
])

/**
 * The verdict on a data set that is to be associated no longer, and on a value of a data table that is to be deleted.
 *
 * @category tables
 * @since 0.1.0
 */
export const removal = AwsVerdict.make([
  { code: /not_?found/i, means: "gone" },
  { message: /does not exist|not found|no such|not associated/i, means: "gone" },
  ...passing
])

/**
 * The verdict on a file that is asked for, and on a value that is to be looked up, created or updated.
 *
 * @category tables
 * @since 0.1.0
 */
export const verdict = AwsVerdict.make(passing)

/**
 * The verdict on a contact that is to be made. These two alone of the documented reasons may pass.
 *
 * @category tables
 * @since 0.1.0
 */
export const contact = AwsVerdict.make([
  { code: "REQUEST_THROTTLED", means: "throttled" },
  { code: "INTERNAL_ERROR", means: "retryable" }
])

// The codes of workspaces look like a status of HTTP.
const statuses = [
  { code: "429", means: "throttled" },
  { code: /^(408|5\d\d)$/, means: "retryable" }
] as const

/**
 * The verdict on a user or routing profile that is to be associated with a workspace.
 *
 * @category tables
 * @since 0.1.0
 */
export const workspaceAssociation = AwsVerdict.make([{ code: "409", means: "gone" }, ...statuses])

/**
 * The verdict on a user or routing profile that is to be associated with a workspace no longer.
 *
 * @category tables
 * @since 0.1.0
 */
export const workspaceRemoval = AwsVerdict.make([{ code: "404", means: "gone" }, ...statuses])
