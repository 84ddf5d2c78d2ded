/**
 * What the parts of the model of Connect answer with, besides what is theirs alone: pages, exceptions, and answers that
 * contradict themselves.
 *
 * @since 0.1.0
 */
import * as PageToken from "@effect-bulk/aws/testing/PageToken"
import * as ServiceModel from "@effect-bulk/aws/testing/ServiceModel"
import * as ServiceWire from "@effect-bulk/aws/testing/ServiceWire"
import { connectWire } from "./ConnectWire.ts"

/**
 * What the model does for each operation.
 *
 * @category models
 * @since 0.1.0
 */
export type Handlers = ServiceWire.Handlers<(typeof connectWire)["operations"]>

/**
 * A page of a list. What `describe` gives nothing for is left out.
 *
 * @category constructors
 * @since 0.1.0
 */
export const page = <A>(
  request: { readonly MaxResults?: number; readonly NextToken?: string },
  list: { readonly name: string; readonly member: string; readonly things: ReadonlyArray<A>; readonly size: number },
  describe: (thing: A, position: number) => Record<string, unknown> | undefined
): ServiceModel.ModelAnswer => {
  const { MaxResults = list.size, NextToken } = request
  const start = NextToken === undefined ? 0 : PageToken.read(list.name, NextToken)
  if (start === undefined) {
    return ServiceWire.invalid(
      connectWire,
      "Invalid NextToken: expected a token that an earlier page of this list gave"
    )
  }
  const items: Array<Record<string, unknown>> = []
  let position = start
  for (; position < list.things.length && items.length < MaxResults; position++) {
    const thing = list.things[position]
    const item = thing && describe(thing, position)
    if (item !== undefined) items.push(item)
  }
  return ServiceModel.output({
    [list.member]: items,
    ...(position < list.things.length && { NextToken: PageToken.make(list.name, position) })
  })
}

/**
 * @category constructors
 * @since 0.1.0
 */
export const notFound = (what: string): ServiceModel.ModelAnswer =>
  ServiceModel.error("ResourceNotFoundException", 404, `The specified ${what} does not exist.`)

/**
 * @category constructors
 * @since 0.1.0
 */
export const invalidParameter = (message: string): ServiceModel.ModelAnswer =>
  ServiceModel.error("InvalidParameterException", 400, message)

/**
 * The output, made to contradict the request: a success that nobody asked for, and for answers that name their failures
 * also a failure of an item that succeeded, else an error too many.
 *
 * @category functions
 * @since 0.1.0
 */
export const contradict = (operation: string, output: Record<string, unknown>): Record<string, unknown> => {
  const lists = contradictions[operation]
  if (lists === undefined) return output
  const { failure, failures, foreign, successes } = lists
  const done = listOf(output, successes)
  return {
    ...output,
    [successes]: [...done, foreign],
    ...(failures !== undefined && { [failures]: [...listOf(output, failures), failure(done[0] ?? foreign)] })
  }
}

/**
 * The lists that an output of the operation may lack.
 *
 * @category functions
 * @since 0.1.0
 */
export const absentLists = (operation: string): ReadonlyArray<string> => {
  const lists = contradictions[operation]
  if (lists === undefined) return []
  return lists.failures === undefined ? [lists.successes] : [lists.successes, lists.failures]
}

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

interface Contradiction {
  readonly successes: string
  readonly foreign: unknown
  readonly failures?: string
  readonly failure: (success: unknown) => object
}

const listOf = (output: Record<string, unknown>, name: string): ReadonlyArray<unknown> => {
  const list = output[name]
  return Array.isArray(list) ? list : []
}

const busy = { ErrorCode: "InternalServiceException", ErrorMessage: "The specified item is busy." }

const member = (success: unknown, name: string): unknown =>
  typeof success === "object" && success !== null ? Reflect.get(success, name) : undefined

const values: Contradiction = {
  successes: "Successful",
  foreign: { PrimaryValues: [], AttributeName: "foreign", LockVersion: {} },
  failures: "Failed",
  failure: (success) => ({
    PrimaryValues: member(success, "PrimaryValues"),
    AttributeName: member(success, "AttributeName"),
    Message: "The specified value is busy."
  })
}

const workspace: Contradiction = {
  successes: "SuccessfulList",
  foreign: { ResourceArn: "arn:aws:connect:us-east-1:999999999999:instance/foreign/agent/foreign" },
  failures: "FailedList",
  failure: (success) => ({
    ResourceArn: member(success, "ResourceArn"),
    ErrorCode: "500",
    ErrorMessage: "The specified resource is busy."
  })
}

const contradictions: Readonly<Record<string, Contradiction>> = {
  BatchAssociateAnalyticsDataSet: {
    successes: "Created",
    foreign: { DataSetId: "foreign_data_set", TargetAccountId: "999999999999" },
    failures: "Errors",
    failure: () => busy
  },
  BatchDisassociateAnalyticsDataSet: {
    successes: "Deleted",
    foreign: "foreign_data_set",
    failures: "Errors",
    failure: () => busy
  },
  BatchGetAttachedFileMetadata: {
    successes: "Files",
    foreign: { FileId: "foreign_file" },
    failures: "Errors",
    failure: (success) => ({ ...busy, FileId: member(success, "FileId") })
  },
  BatchGetFlowAssociation: {
    successes: "FlowAssociationSummaryList",
    foreign: { ResourceId: "arn:aws:connect:us-east-1:999999999999:phone-number/foreign", FlowId: "foreign" },
    failure: () => busy
  },
  BatchPutContact: {
    successes: "SuccessfulRequestList",
    foreign: { RequestIdentifier: "foreign", ContactId: "foreign" },
    failures: "FailedRequestList",
    failure: (success) => ({
      RequestIdentifier: member(success, "RequestIdentifier"),
      FailureReasonCode: "INTERNAL_ERROR",
      FailureReasonMessage: "The specified request is busy."
    })
  },
  BatchCreateDataTableValue: values,
  BatchUpdateDataTableValue: values,
  BatchDeleteDataTableValue: values,
  BatchDescribeDataTableValue: values,
  AssociateWorkspace: workspace,
  DisassociateWorkspace: workspace
}
