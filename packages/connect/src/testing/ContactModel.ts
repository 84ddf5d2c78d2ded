/**
 * What belongs to contacts, in memory: the files that are attached to them, the flows of the phone numbers they come
 * from, and the contacts that campaigns make.
 *
 * @since 0.1.0
 */
import * as ServiceModel from "@effect-bulk/aws/testing/ServiceModel"
import type * as ConnectAnswer from "./ConnectAnswer.ts"
import * as ConnectState from "./ConnectState.ts"
import type { ItemFailures } from "./ItemFailures.ts"

/**
 * What AWS leaves open about contacts.
 *
 * @category models
 * @since 0.1.0
 */
export interface Choices {
  /** Who calls: the service of outbound campaigns (unless said), or a user, whom AWS denies access. */
  readonly caller: "campaigns" | "user"
}

/**
 * @category constants
 * @since 0.1.0
 */
export const defaults: Choices = { caller: "campaigns" }

/**
 * The contacts of one instance.
 *
 * @category models
 * @since 0.1.0
 */
export interface Contacts {
  readonly instance: ConnectState.InstanceSeed
  readonly files: ReadonlyMap<string, Record<string, unknown>>
  readonly flows: ReadonlyMap<string, ReadonlyArray<ConnectState.FlowSeed>>
  readonly made: Array<ConnectState.ContactState>
  /** Answers by the token of their call. */
  readonly answers: Map<string, { readonly requests: string; readonly answer: ServiceModel.ModelAnswer }>
}

/**
 * @category constructors
 * @since 0.1.0
 */
export const make = (instance: ConnectState.InstanceSeed): Contacts => {
  const files = (instance.files ?? []).map(
    (file, position) => [fileKey(file.resourceArn, file.fileId), describeFile(instance, file, position)] as const
  )
  return {
    instance,
    files: new Map(files),
    flows: Map.groupBy(instance.flows ?? [], ({ resourceId }) => resourceId),
    made: [],
    answers: new Map()
  }
}

/**
 * The handlers of the operations on files, flows and contacts.
 *
 * @category constructors
 * @since 0.1.0
 */
export const handlers = (
  inInstance: (id: string, f: (contacts: Contacts) => ServiceModel.ModelAnswer) => ServiceModel.ModelAnswer,
  choices: Choices,
  failures: ItemFailures
) =>
  ({
    BatchGetAttachedFileMetadata: ({ AssociatedResourceArn, FileIds, InstanceId }, { fault }) =>
      inInstance(InstanceId, ({ files }) => {
        const Files: Array<Record<string, unknown>> = []
        const Errors: Array<Record<string, unknown>> = []
        for (const FileId of new Set(FileIds)) {
          const file = files.get(fileKey(AssociatedResourceArn, FileId))
          const failure = failures.next(FileId, fault) ?? (file === undefined ? noFile : undefined)
          if (failure !== undefined) Errors.push({ FileId, ErrorCode: failure.code, ErrorMessage: failure.message })
          else if (file !== undefined) Files.push(file)
        }
        return ServiceModel.output({ Files, Errors })
      }),
    BatchGetFlowAssociation: ({ InstanceId, ResourceIds, ResourceType }) =>
      inInstance(InstanceId, ({ flows }) =>
        ServiceModel.output({
          FlowAssociationSummaryList: [...new Set(ResourceIds)]
            .flatMap((id) => flows.get(id) ?? [])
            .filter(({ resourceType }) => ResourceType === undefined || ResourceType === resourceType)
            .map(({ flowId, resourceId, resourceType }) => ({
              ResourceId: resourceId,
              FlowId: flowId,
              ResourceType: resourceType
            }))
        })
      ),
    BatchPutContact: ({ ClientToken, ContactDataRequestList, InstanceId }, { fault }) =>
      inInstance(InstanceId, ({ answers, instance, made }) => {
        if (choices.caller === "user") {
          const message = "User is not authorized to perform: connect:BatchPutContact"
          return ServiceModel.error("AccessDeniedException", 403, message)
        }
        const requests = JSON.stringify(ContactDataRequestList)
        const earlier = ClientToken === undefined ? undefined : answers.get(ClientToken)
        if (earlier !== undefined) {
          return earlier.requests === requests
            ? earlier.answer
            : ServiceModel.error("IdempotencyException", 409, "The token came with another request before.")
        }
        const SuccessfulRequestList: Array<Record<string, unknown>> = []
        const FailedRequestList: Array<Record<string, unknown>> = []
        for (const request of ContactDataRequestList) {
          const { RequestIdentifier } = request
          const failure = failures.next(RequestIdentifier ?? "", fault) ?? wrong(instance, request)
          if (failure === undefined) {
            const contactId = ConnectState.uuid(made.length)
            made.push({ contactId, requestIdentifier: RequestIdentifier })
            SuccessfulRequestList.push({ RequestIdentifier, ContactId: contactId })
          } else {
            const { code, message } = failure
            FailedRequestList.push({ RequestIdentifier, FailureReasonCode: code, FailureReasonMessage: message })
          }
        }
        const answer = ServiceModel.output({ SuccessfulRequestList, FailedRequestList })
        if (ClientToken !== undefined) answers.set(ClientToken, { requests, answer })
        return answer
      })
  }) satisfies Partial<ConnectAnswer.Handlers>

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

const fileKey = (resourceArn: string, fileId: string): string => `${resourceArn} ${fileId}`

const noFile = { code: "ResourceNotFoundException", message: "The specified file does not exist." }

const describeFile = (
  instance: ConnectState.InstanceSeed,
  { bytes = 1000, fileId, name = fileId, resourceArn, status = "APPROVED" }: ConnectState.FileSeed,
  position: number
): Record<string, unknown> => ({
  CreationTime: ConnectState.momentOf(position).toISOString(),
  FileArn: ConnectState.arnOf(instance, "file", fileId),
  FileId: fileId,
  FileName: name,
  FileSizeInBytes: bytes,
  FileStatus: status,
  CreatedBy: { ConnectUserArn: ConnectState.arnOf(instance, "agent", ConnectState.uuid(0)) },
  FileUseCaseType: "ATTACHMENT",
  AssociatedResourceArn: resourceArn,
  Tags: {}
})

const wrong = (
  { queues }: ConnectState.InstanceSeed,
  request: {
    readonly QueueId?: string
    readonly SystemEndpoint?: object
    readonly CustomerEndpoint?: { readonly Address?: string }
    readonly Campaign?: { readonly CampaignId?: string }
    readonly Attributes?: Readonly<Record<string, string>>
  }
): { readonly code: string; readonly message: string } | undefined => {
  const { Attributes = {}, Campaign, CustomerEndpoint, QueueId, SystemEndpoint } = request
  const fail = (code: string, message: string) => ({ code, message })
  if (CustomerEndpoint === undefined) return fail("MISSING_CUSTOMER_ENDPOINT", "There is no customer endpoint.")
  if (!CustomerEndpoint.Address) return fail("INVALID_CUSTOMER_ENDPOINT", "The customer endpoint has no address.")
  if (Campaign?.CampaignId === undefined) return fail("MISSING_CAMPAIGN", "There is no campaign.")
  if (QueueId === undefined && SystemEndpoint === undefined) {
    return fail("MISSING_QUEUE_ID_AND_SYSTEM_ENDPOINT", "There is neither a queue nor a system endpoint.")
  }
  if (QueueId !== undefined && queues?.includes(QueueId) === false) {
    return fail("INVALID_QUEUE", `There is no queue ${QueueId}.`)
  }
  const key = Object.keys(Attributes).find((key) => !/^[A-Za-z0-9_-]+$/.test(key))
  return key === undefined ? undefined : fail("INVALID_ATTRIBUTE_KEY", `The attribute key ${key} is not valid.`)
}
