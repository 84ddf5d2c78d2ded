/** SendMessageBatch of SQS: any number of messages, to any queues. The answer lists both, by id. */
import {
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SendMessageBatchResult
} from "@aws-sdk/client-sqs"
import { AwsClient, AwsFate } from "@effect-bulk/aws"
import { Answer, BatchOperation, Fate, Verdict } from "@effect-bulk/core"
import { Data } from "effect"

export interface Message {
  readonly queueUrl: string
  readonly entry: SendMessageBatchRequestEntry
}

class MessageFailed extends Data.TaggedError("MessageFailed")<{
  readonly code: string | undefined
  readonly message: string
}> {}

export const sendMessages = (client: AwsClient.AwsClient) =>
  BatchOperation.make({
    name: "SQS.SendMessageBatch",
    limits: { maxItems: 10, maxBytes: 1_048_576, sizeOf },
    id: ({ entry }: Message) => entry.Id ?? "",
    group: ({ queueUrl }) => queueUrl,
    // A queue that keeps the order within a message group gets its messages one after the other, retries included.
    orderKey: ({ entry, queueUrl }) => (queueUrl.endsWith(".fifo") ? entry.MessageGroupId : undefined),
    check: ({ entry }) =>
      /^[\w-]{1,80}$/.test(entry.Id ?? "") ? undefined : `Id must be 1 to 80 of A-Z a-z 0-9 _ -, got '${entry.Id}'`,
    // What is sent twice is delivered twice.
    idempotent: false,
    call: (queueUrl: string, messages: ReadonlyArray<Message>) =>
      client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: messages.map(({ entry }) => entry) })),
    answer: Answer.resultsById({
      successes: ({ Successful }: SendMessageBatchResult) => Successful,
      id: ({ Id }) => Id,
      verdict: ({ MessageId }) => Verdict.confirmed(MessageId),
      failures: ({ Failed }) => Failed,
      failureId: ({ Id }) => Id,
      failure: ({ Code, Message = "no message", SenderFault }) => {
        const error = new MessageFailed({ code: Code, message: Message })
        return SenderFault === true ? Verdict.terminal(error) : Verdict.retryable(error)
      }
    }),
    fate: (error) => (error._tag === "UnknownServiceError" ? fates[error.code] : undefined) ?? AwsFate.of(error),
    requestId: AwsClient.requestId
  })

/** What names and statuses do not tell by themselves. */
const fates: { readonly [code: string]: Fate.Fate } = {
  BatchRequestTooLong: Fate.tooLarge,
  KmsAccessDenied: Fate.fatal(),
  KmsDisabled: Fate.fatal(),
  KmsNotFound: Fate.fatal(),
  KmsThrottled: Fate.throttled(),
  QueueDoesNotExist: Fate.fatal()
}

const sizeOf = ({ entry: { MessageAttributes = {}, MessageBody = "" } }: Message): number =>
  Object.entries(MessageAttributes).reduce(
    (size, [name, { BinaryValue, DataType = "", StringValue = "" }]) =>
      size + Buffer.byteLength(name + DataType + StringValue) + (BinaryValue?.byteLength ?? 0),
    Buffer.byteLength(MessageBody)
  )
