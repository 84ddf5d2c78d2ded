/**
 * Holds three batch operations of one's own to the laws of a bulk run: SQS, DynamoDB and S3, over their SDK clients.
 *
 * The operations are in examples/own-operations, a file each; what the laws need to know of them is in checks.ts there.
 * Nothing is sent: the laws put a service of their own in place of each call, and time passes at once.
 *
 * Run: pnpm example check-your-own-operation
 */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb"
import { S3Client } from "@aws-sdk/client-s3"
import { SQSClient } from "@aws-sdk/client-sqs"
import { AwsClient } from "@effect-bulk/aws"
import { Laws } from "@effect-bulk/testing"
import { NodeRuntime } from "@effect/platform-node"
import { Console, Effect } from "effect"
import { checkDeleteObjects, checkSendMessages, checkWriteItems } from "./own-operations/checks.ts"
import { forgetfulWriteItems } from "./own-operations/forgetfulWriteItems.ts"

const program = Effect.gen(function* () {
  const sqs = yield* AwsClient.make({ service: "SQS", create: (config) => new SQSClient(config) })
  const dynamodb = yield* AwsClient.make({ service: "DynamoDB", create: (config) => new DynamoDBClient(config) })
  const s3 = yield* AwsClient.make({ service: "S3", create: (config) => new S3Client(config) })

  const runs = 100
  yield* Console.log(
    table({
      "SQS SendMessageBatch": checkSendMessages(sqs, { runs }),
      "DynamoDB BatchWriteItem": checkWriteItems(dynamodb, { runs }),
      "S3 DeleteObjects": checkDeleteObjects(s3, { runs }),
      "S3, quiet": checkDeleteObjects(s3, { runs, quiet: true })
    })
  )

  yield* Console.log("\nThe same for a declaration of BatchWriteItem that forgets UnprocessedItems:\n")
  const broken = yield* Effect.flip(
    Effect.try({
      try: () => checkWriteItems(dynamodb, { runs, declare: forgetfulWriteItems }),
      catch: (error) => (error instanceof Error ? error.message : String(error))
    })
  )
  yield* Console.log(broken)
})

/** A row for each law, with the scripts that it held for. */
const table = (operations: { readonly [name: string]: ReadonlyArray<Laws.Result> }): string => {
  const columns = Object.entries(operations)
  const row = (head: string, cells: ReadonlyArray<string | number>) =>
    head.padEnd(48) + cells.map((cell, i) => String(cell).padStart((columns[i]?.[0].length ?? 0) + 2)).join("")
  const total = (count: (results: ReadonlyArray<Laws.Result>) => number) => columns.map(([, all]) => count(all))
  return [
    row(
      "law",
      columns.map(([name]) => name)
    ),
    ...Laws.all.map(({ id, name }, i) =>
      row(
        `${id.padEnd(4)} ${name}`,
        columns.map(([, results]) => results[i]?.runs || "-")
      )
    ),
    row(
      "laws that hold",
      total((results) => results.filter(({ runs }) => runs > 0).length)
    ),
    row(
      "scripts",
      total((results) => results.reduce((sum, { runs }) => sum + runs, 0))
    )
  ].join("\n")
}

program.pipe(Effect.scoped, NodeRuntime.runMain)
