/** BatchWriteItem of DynamoDB: puts and deletes any number of items, in any tables. The answer echoes what it left. */
import { BatchWriteItemCommand, type BatchWriteItemOutput, type WriteRequest } from "@aws-sdk/client-dynamodb"
import { AwsClient, AwsFate } from "@effect-bulk/aws"
import { Answer, BatchOperation, Fate, Verdict } from "@effect-bulk/core"
import { Data } from "effect"

export interface Write {
  readonly table: string
  readonly request: WriteRequest
}

class Unprocessed extends Data.TaggedError("Unprocessed") {
  override readonly message = "DynamoDB did not get to it"
}

/** `keys`: the names of the attributes that make up the key of each table. */
export const writeItems = (client: AwsClient.AwsClient, keys: { readonly [table: string]: ReadonlyArray<string> }) => {
  // The answer has no ids, but whole requests: an item is what its key says, in a call as in an answer.
  const id = ({ request: { DeleteRequest, PutRequest }, table }: Write) => {
    const attributes = PutRequest?.Item ?? DeleteRequest?.Key ?? {}
    return JSON.stringify((keys[table] ?? []).map((name) => attributes[name]))
  }
  return BatchOperation.make({
    name: "DynamoDB.BatchWriteItem",
    // Seldom do 25 come to 16 MB. A call that does is rejected, and halved.
    limits: { maxItems: 25 },
    id,
    group: ({ table }) => table,
    check: ({ table }) => (keys[table] === undefined ? `table must have its key declared, got '${table}'` : undefined),
    idempotent: true,
    call: (table: string, writes: ReadonlyArray<Write>) =>
      client.send(new BatchWriteItemCommand({ RequestItems: { [table]: writes.map(({ request }) => request) } })),
    answer: Answer.failuresById({
      failures: ({ UnprocessedItems = {} }: BatchWriteItemOutput) =>
        Object.entries(UnprocessedItems).flatMap(([table, requests]) =>
          requests.map((request): Write => ({ table, request }))
        ),
      id,
      // Mostly for want of throughput: AWS strongly recommends to wait longer each time.
      verdict: () => Verdict.retryable(new Unprocessed(), { throttled: true }),
      silent: () => Verdict.confirmed(undefined)
    }),
    fate: (error) => (error._tag === "UnknownServiceError" ? fates[error.code] : undefined) ?? AwsFate.of(error),
    requestId: AwsClient.requestId
  })
}

/** What names and statuses do not tell by themselves. */
const fates: { readonly [code: string]: Fate.Fate } = {
  // Nothing was written: somebody else writes the same items from another Region.
  ReplicatedWriteConflictException: Fate.transient("no"),
  ResourceNotFoundException: Fate.fatal()
}
