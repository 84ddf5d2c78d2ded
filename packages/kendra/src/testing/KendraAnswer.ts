/**
 * What the model of Kendra answers: lists of failures, pages, and answers that contradict themselves.
 *
 * @since 0.1.0
 */
import * as PageToken from "@effect-bulk/aws/testing/PageToken"
import * as ServiceModel from "@effect-bulk/aws/testing/ServiceModel"
import * as ServiceWire from "@effect-bulk/aws/testing/ServiceWire"
import type * as KendraItems from "./KendraItems.ts"
import type { Choices } from "./KendraModel.ts"
import * as KendraState from "./KendraState.ts"
import { kendraWire } from "./KendraWire.ts"

/**
 * The answer of a batch that lists failures.
 *
 * @category answers
 * @since 0.1.0
 */
export const failures =
  (choices: Choices) =>
  (list: string, failures: ReadonlyArray<object>): ServiceModel.ModelAnswer =>
    ServiceModel.output(failures.length === 0 && choices.fullSuccess === "absent" ? {} : { [list]: failures })

/**
 * One page of a list. What is described as nothing is not in it.
 *
 * @category answers
 * @since 0.1.0
 */
export const page = <A>(
  request: {
    readonly list: string
    readonly member: string
    readonly MaxResults?: number | undefined
    readonly NextToken?: string | undefined
  },
  things: ReadonlyArray<A>,
  describe: (thing: A) => Record<string, unknown> | undefined,
  pageSize = 100
): ServiceModel.ModelAnswer => {
  const { list, MaxResults: size = pageSize, member, NextToken: token } = request
  const start = token === undefined ? 0 : PageToken.read(list, token)
  if (start === undefined) {
    return ServiceWire.invalid(kendraWire, "Invalid NextToken: expected a token that an earlier page of this list gave")
  }
  const items: Array<Record<string, unknown>> = []
  let position = start
  for (; position < things.length && items.length < size; position++) {
    const thing = things[position]
    const item = thing && describe(thing)
    if (item !== undefined) items.push(item)
  }
  return ServiceModel.output({
    [member]: items,
    ...(position < things.length && { NextToken: PageToken.make(list, position) })
  })
}

/**
 * An entry of `FailedDocuments`.
 *
 * @category answers
 * @since 0.1.0
 */
export const failedDocument = ({ code, id, message }: KendraItems.Failure) => ({
  Id: id,
  ErrorCode: code,
  ErrorMessage: message
})

/**
 * @category answers
 * @since 0.1.0
 */
export const notFound = (message: string): ServiceModel.ModelAnswer =>
  ServiceModel.error("ResourceNotFoundException", 400, message)

/**
 * The lists that an answer may lack when they are empty.
 *
 * @category constants
 * @since 0.1.0
 */
export const lists: Readonly<Record<string, ReadonlyArray<string>>> = {
  BatchDeleteDocument: ["FailedDocuments"],
  BatchPutDocument: ["FailedDocuments"],
  BatchGetDocumentStatus: ["Errors", "DocumentStatusList"],
  BatchDeleteFeaturedResultsSet: ["Errors"],
  AssociateEntitiesToExperience: ["FailedEntityList"],
  DisassociateEntitiesFromExperience: ["FailedEntityList"],
  AssociatePersonasToEntities: ["FailedEntityList"],
  DisassociatePersonasFromEntities: ["FailedEntityList"]
}

/**
 * Two different words on the first item, and one on an item that nobody named.
 *
 * @category answers
 * @since 0.1.0
 */
export const contradict = (
  operation: string,
  input: Record<string, unknown>,
  output: Record<string, unknown>
): Record<string, unknown> => {
  const [list] = lists[operation] ?? []
  if (list === undefined) return output
  const key = list === "FailedEntityList" ? "EntityId" : operation === "BatchGetDocumentStatus" ? "DocumentId" : "Id"
  const id = firstId(input)
  const error = (id: unknown, ErrorMessage: string) => ({
    [key]: id,
    ...(key !== "EntityId" && { ErrorCode: "InvalidRequest" }),
    ErrorMessage
  })
  const listed: unknown = output[list]
  return {
    ...output,
    [list]: [
      ...(Array.isArray(listed) ? listed : []),
      error(id, "The item does not exist."),
      error(id, "The item is busy."),
      error(KendraState.uuid(999_999), "The item does not exist.")
    ]
  }
}

const firstId = (input: Record<string, unknown>): unknown => {
  const first: unknown = Object.values(input).find(Array.isArray)?.[0]
  if (typeof first !== "object" || first === null) return first
  for (const key of ["Id", "DocumentId", "EntityId"]) if (key in first) return Reflect.get(first, key)
  return undefined
}
