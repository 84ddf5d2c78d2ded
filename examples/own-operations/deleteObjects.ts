/** DeleteObjects of S3: any number of objects, in any buckets. The answer lists both; in quiet mode, failures only. */
import { DeleteObjectsCommand, type DeleteObjectsOutput, type ObjectIdentifier } from "@aws-sdk/client-s3"
import { AwsClient, AwsFate, AwsVerdict } from "@effect-bulk/aws"
import { Answer, BatchOperation, Verdict } from "@effect-bulk/core"
import { Data } from "effect"

export interface StoredObject {
  readonly bucket: string
  readonly object: ObjectIdentifier
}

class ObjectFailed extends Data.TaggedError("ObjectFailed")<{
  readonly code: string | undefined
  readonly message: string
}> {}

export const deleteObjects = (client: AwsClient.AwsClient, { quiet = false }: { readonly quiet?: boolean } = {}) =>
  BatchOperation.make({
    name: quiet ? "S3.DeleteObjects (quiet)" : "S3.DeleteObjects",
    limits: { maxItems: 1000 },
    id: ({ object: { Key = "", VersionId } }: StoredObject) => idOf({ Key, VersionId }) ?? "",
    group: ({ bucket }) => bucket,
    // Where versions are kept and none is named, twice leaves one more delete marker, and the object as deleted.
    idempotent: true,
    call: (bucket: string, objects: ReadonlyArray<StoredObject>) =>
      client.send(
        new DeleteObjectsCommand({
          Bucket: bucket,
          Delete: { Objects: objects.map(({ object }) => object), Quiet: quiet }
        })
      ),
    answer: quiet ? failures : results,
    // Names and statuses tell: SlowDown is a throttle, a bucket that is not there has status 404.
    fate: AwsFate.of,
    requestId: AwsClient.requestId
  })

/** What an entry names. A key alone and a key with a version are two things to delete. */
const idOf = ({ Key, VersionId }: { readonly Key?: string | undefined; readonly VersionId?: string | undefined }) =>
  VersionId === undefined || Key === undefined ? Key : `${Key}?versionId=${VersionId}`

const verdict = AwsVerdict.make([
  { code: "SlowDown", means: "throttled" },
  { code: /^(?:InternalError|ServiceUnavailable|OperationAborted)$/, means: "retryable" }
])

const failure = ({ Code, Message = "no message" }: NonNullable<DeleteObjectsOutput["Errors"]>[number]) =>
  verdict(new ObjectFailed({ code: Code, message: Message }))

/** Silence on an object is no answer. */
const results = Answer.resultsById({
  successes: ({ Deleted }: DeleteObjectsOutput) => Deleted,
  id: idOf,
  verdict: () => Verdict.confirmed(undefined),
  failures: ({ Errors }) => Errors,
  failureId: idOf,
  failure
})

/** Silence on an object is success. */
const failures = Answer.failuresById({
  failures: ({ Errors = [] }: DeleteObjectsOutput) => Errors,
  id: idOf,
  verdict: failure,
  silent: (_object: StoredObject) => Verdict.confirmed(undefined)
})
