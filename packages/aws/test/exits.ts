// A program that calls a service and ends, run by a test: nothing may keep its process alive.
import { OmicsClient, BatchDeleteReadSetCommand } from "@aws-sdk/client-omics"
import { AwsClient } from "@effect-bulk/aws"
import { Effect } from "effect"

const program = Effect.gen(function* () {
  const client = yield* AwsClient.make({
    service: "Omics",
    region: "us-east-1",
    endpoint: process.argv[2],
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
    create: (config) => new OmicsClient(config)
  })
  yield* client.send(new BatchDeleteReadSetCommand({ sequenceStoreId: "1234567890", ids: ["1111111111"] }))
})

await Effect.runPromise(Effect.scoped(program))
