import { AwsError } from "@effect-bulk/aws"
import { ConnectError, ConnectFates } from "@effect-bulk/connect"
import type { Verdict } from "@effect-bulk/core"
import { assert, describe, it } from "@effect/vitest"

const fields = { operation: "Connect.BatchDisassociateAnalyticsDataSet", message: "No" }

describe("fate", () => {
  it("is given for every exception of the service", () => {
    const fates = Object.entries(ConnectError.exceptions).map(([name, Exception]) => {
      const { _tag, applied } = ConnectFates.fate(new Exception(fields))
      return `${name}: ${_tag} ${applied}`
    })
    assert.deepStrictEqual(fates, [
      "AccessDeniedException: Fatal no",
      "ConditionalOperationFailedException: Rejected no",
      "ConflictException: Rejected no",
      "ContactFlowNotPublishedException: Fatal no",
      "ContactNotFoundException: Fatal no",
      "ContactNotTerminatedException: Transient no",
      "DestinationNotAllowedException: Rejected no",
      "DuplicateResourceException: Rejected no",
      "IdempotencyException: Rejected no",
      "InternalServiceException: Transient maybe",
      "InvalidActiveRegionException: Fatal no",
      "InvalidContactFlowException: Rejected no",
      "InvalidContactFlowModuleException: Rejected no",
      "InvalidParameterException: Rejected no",
      "InvalidRequestException: Rejected no",
      "InvalidTestCaseException: Rejected no",
      "LimitExceededException: Throttled no",
      "MaximumResultReturnedException: Fatal no",
      "OutboundContactNotPermittedException: Rejected no",
      "OutputTypeNotFoundException: Fatal no",
      "PropertyValidationException: Rejected no",
      "ResourceConflictException: Rejected no",
      "ResourceInUseException: Rejected no",
      "ResourceNotFoundException: Fatal no",
      "ResourceNotReadyException: Transient no",
      "ServiceQuotaExceededException: Fatal no",
      "ThrottlingException: Throttled no",
      "TooManyRequestsException: Throttled no",
      "UserNotFoundException: Fatal no"
    ])
  })

  it("keeps the service's hint to wait", () => {
    const error = new ConnectError.ThrottlingException({ ...fields, retryAfter: 700 })
    assert.deepStrictEqual(ConnectFates.fate(error), { _tag: "Throttled", applied: "no", retryAfter: 700 })
  })

  it("stops the run when the credentials are at fault, and the group when its instance does not exist", () => {
    const credentials = ConnectFates.fate(new AwsError.CredentialsError({ ...fields, code: "ExpiredTokenException" }))
    assert.deepStrictEqual(credentials, { _tag: "Fatal", applied: "no", halts: "run" })
    const missing = ConnectFates.fate(new ConnectError.ResourceNotFoundException(fields))
    assert.deepStrictEqual(missing, { _tag: "Fatal", applied: "no", halts: "group" })
  })

  it.each([
    ["The specified instance does not exist.", "Fatal"],
    ["Resource not found", "Fatal"],
    ["The association of the data set users does not exist.", "Rejected"],
    ["DataSet users is not associated", "Rejected"]
  ])("takes '%s' for something that is %s", (message, expected) => {
    const error = new ConnectError.ResourceNotFoundException({ ...fields, message })
    assert.strictEqual(ConnectFates.fate(error)._tag, expected)
  })
})

describe("verdicts", () => {
  const meaning = ({ _tag, ...rest }: Verdict.Failure<void, unknown>) =>
    "gone" in rest ? "gone" : "throttled" in rest && rest.throttled ? "throttled" : _tag

  const dataSet = (code: string, message: string) => new ConnectError.AnalyticsDataSetError({ code, message })

  it.each([
    ["ResourceNotFoundException", "", "gone"],
    ["", "The association does not exist", "gone"],
    ["ThrottlingException", "", "throttled"],
    ["TooManyRequestsException", "", "throttled"],
    ["LimitExceededException", "", "throttled"],
    ["", "Rate exceeded", "throttled"],
    ["InternalServiceException", "", "Retryable"],
    ["", "Internal service error", "Retryable"],
    ["RequestTimeoutException", "", "Retryable"],
    ["AccessDeniedException", "Not allowed", "Terminal"],
    ["DuplicateResourceException", "Already there", "Terminal"],
    ["", "", "Terminal"]
  ])("on the removal of a data set, code '%s' and message '%s' is %s", (code, message, expected) => {
    assert.strictEqual(meaning(ConnectFates.removal(dataSet(code, message))), expected)
  })

  it.each([
    ["DuplicateResourceException", "", "gone"],
    ["", "The data set is already associated", "gone"],
    ["ResourceNotFoundException", "No such data set", "Terminal"],
    ["InternalServiceException", "", "Retryable"]
  ])("on the association of a data set, code '%s' and message '%s' is %s", (code, message, expected) => {
    assert.strictEqual(meaning(ConnectFates.association(dataSet(code, message))), expected)
  })

  it.each([
    ["REQUEST_THROTTLED", "throttled"],
    ["INTERNAL_ERROR", "Retryable"],
    ["IDEMPOTENCY_EXCEPTION", "Terminal"],
    ["INVALID_QUEUE", "Terminal"],
    ["MISSING_CAMPAIGN", "Terminal"],
    ["NEW_REASON", "Terminal"]
  ])("on a contact, %s is %s", (code, expected) => {
    const error = new ConnectError.ContactError({ requestIdentifier: "a", code, message: "Internal error" })
    assert.strictEqual(meaning(ConnectFates.contact(error)), expected)
  })

  it.each([
    ["404", "Terminal", "gone"],
    ["409", "gone", "Terminal"],
    ["429", "throttled", "throttled"],
    ["408", "Retryable", "Retryable"],
    ["500", "Retryable", "Retryable"],
    ["599", "Retryable", "Retryable"],
    ["400", "Terminal", "Terminal"],
    ["403", "Terminal", "Terminal"],
    ["", "Terminal", "Terminal"]
  ])("on a resource of a workspace, %s is %s, and for its removal %s", (code, association, removal) => {
    const error = new ConnectError.WorkspaceResourceError({ resourceArn: "arn:a", code, message: "No" })
    assert.strictEqual(meaning(ConnectFates.workspaceAssociation(error)), association)
    assert.strictEqual(meaning(ConnectFates.workspaceRemoval(error)), removal)
  })

  it("need no code: values of data tables have none", () => {
    const error = (message: string) => new ConnectError.DataTableValueError({ id: "tier", message })
    assert.strictEqual(meaning(ConnectFates.removal(error("The value does not exist"))), "gone")
    assert.strictEqual(meaning(ConnectFates.verdict(error("The value does not exist"))), "Terminal")
    assert.strictEqual(meaning(ConnectFates.verdict(error("Internal error, try again"))), "Retryable")
  })
})
