/** Each operation held to the laws: what its items look like, how its service answers, and what it fails with. */
import type { BatchWriteItemOutput } from "@aws-sdk/client-dynamodb"
import type { DeleteObjectsOutput } from "@aws-sdk/client-s3"
import type { SendMessageBatchResult } from "@aws-sdk/client-sqs"
import { type AwsClient, AwsError } from "@effect-bulk/aws"
import { Laws } from "@effect-bulk/testing"
import * as fc from "fast-check"
import { deleteObjects } from "./deleteObjects.ts"
import { sendMessages } from "./sendMessages.ts"
import { writeItems } from "./writeItems.ts"

/** An exception of the service, by AWS's name. */
const failed = (code: string, status = 400) =>
  new AwsError.UnknownServiceError({ operation: "", message: code, code, status })

// Few names, so that some are given twice.
const name = fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h")

export const checkSendMessages = (client: AwsClient.AwsClient, options?: Laws.Options) =>
  Laws.check(sendMessages(client), {
    ...options,
    arbitrary: fc.record({
      queueUrl: fc.constantFrom("https://queue", "https://queue.fifo"),
      entry: fc.record({ Id: name, MessageBody: fc.constantFrom("", "hey", "hello, world"), MessageGroupId: name })
    }),
    fake: {
      says: ["ok", "busy", "no", "silent"],
      answer: (results): SendMessageBatchResult => ({
        Successful: results
          .filter(({ says }) => says === "ok")
          .map(({ item }) => ({ Id: item.entry.Id, MessageId: "1", MD5OfMessageBody: "" })),
        Failed: results
          .filter(({ says }) => says === "busy" || says === "no")
          .map(({ item, says }) => ({ Id: item.entry.Id, Code: "Failed", SenderFault: says === "no" }))
      }),
      errors: {
        throttled: failed("RequestThrottled"),
        reset: failed("InternalError", 500),
        rejected: failed("InvalidMessageContents"),
        tooLarge: failed("BatchRequestTooLong"),
        fatal: failed("QueueDoesNotExist")
      }
    }
  })

export const checkWriteItems = (
  client: AwsClient.AwsClient,
  { declare = writeItems, ...options }: Laws.Options & { readonly declare?: typeof writeItems } = {}
) =>
  Laws.check(declare(client, { Orders: ["customer", "number"], Customers: ["name"] }), {
    ...options,
    arbitrary: fc.record({
      table: fc.constantFrom("Orders", "Customers"),
      request: name.map((name) => ({
        PutRequest: { Item: { name: { S: name }, customer: { S: name }, number: { N: "1" }, state: { S: "new" } } }
      }))
    }),
    fake: {
      says: ["ok", "slow"],
      answer: (results, { group }): BatchWriteItemOutput => ({
        UnprocessedItems: {
          [String(group)]: results.filter(({ says }) => says === "slow").map(({ item }) => item.request)
        }
      }),
      errors: {
        throttled: failed("ProvisionedThroughputExceededException"),
        reset: failed("InternalServerError", 500),
        rejected: failed("ValidationException"),
        unavailable: failed("ReplicatedWriteConflictException"),
        fatal: failed("ResourceNotFoundException")
      }
    }
  })

export const checkDeleteObjects = (
  client: AwsClient.AwsClient,
  { quiet = false, ...options }: Laws.Options & { readonly quiet?: boolean } = {}
) =>
  Laws.check(deleteObjects(client, { quiet }), {
    ...options,
    arbitrary: fc.record({
      bucket: fc.constantFrom("one", "two"),
      object: fc.record({ Key: name, VersionId: fc.constantFrom(undefined, "1", "2") })
    }),
    fake: {
      says: ["ok", "busy", "slow", "no"],
      answer: (results): DeleteObjectsOutput => ({
        Deleted: quiet ? [] : results.filter(({ says }) => says === "ok").map(({ item }) => item.object),
        Errors: results
          .filter(({ says }) => says !== "ok")
          .map(({ item, says }) => ({ ...item.object, Code: codes[says] }))
      }),
      tags: codes,
      errors: {
        throttled: failed("SlowDown", 503),
        reset: failed("InternalError", 500),
        rejected: failed("MalformedXML"),
        fatal: failed("NoSuchBucket", 404)
      }
    }
  })

const codes: { readonly [says: string]: string } = { busy: "InternalError", slow: "SlowDown", no: "AccessDenied" }
