/**
 * How the operations of HealthOmics travel (restJson1), and every documented constraint of their inputs.
 *
 * @since 0.1.0
 */
import * as ServiceWire from "@effect-bulk/aws/testing/ServiceWire"
import * as Schema from "effect/Schema"

const length = (minimum: number, maximum: number) => Schema.String.check(Schema.isBetweenLength(minimum, maximum))
const NumericId = length(10, 36).check(Schema.isPattern(/^[0-9]+$/))
// AWS writes `[\p{L}||\p{M}||...]+`: whatever is not a control character.
const Text = length(1, 127).check(Schema.isPattern(/^[\p{L}\p{M}\p{Z}\p{S}\p{N}\p{P}]+$/u))
const VersionName = length(3, 255).check(Schema.isPattern(/^[a-z][a-z0-9_]{2,254}$/))
const Page = {
  maxResults: Schema.optionalKey(ServiceWire.IntegerText.check(Schema.isBetween({ minimum: 1, maximum: 100 })))
}
const nextToken = (maximum: number) => ({
  nextToken: Schema.optionalKey(
    Schema.String.check(Schema.isBetweenLength(1, maximum), Schema.isPattern(/^[\p{L}\p{M}\p{Z}\p{S}\p{N}\p{P}]+$/u))
  )
})
const Time = Schema.optionalKey(ServiceWire.Rfc3339)
const paged = ["maxResults", "nextToken"]

/**
 * The wire of HealthOmics.
 *
 * @category models
 * @since 0.1.0
 */
export const omicsWire = ServiceWire.make({
  service: "omics",
  protocol: "restJson1",
  timestamps: "rfc3339",
  message: "message",
  validation: "ValidationException",
  operations: {
    BatchDeleteReadSet: ServiceWire.operation({
      method: "POST",
      path: "/sequencestore/{sequenceStoreId}/readset/batch/delete",
      input: Schema.Struct({
        sequenceStoreId: NumericId,
        ids: Schema.Array(NumericId).check(Schema.isBetweenLength(1, 100))
      }),
      bodyless: true,
      items: ({ ids }) => ids
    }),
    ListReadSets: ServiceWire.operation({
      method: "POST",
      path: "/sequencestore/{sequenceStoreId}/readsets",
      query: paged,
      input: Schema.Struct({
        sequenceStoreId: NumericId,
        ...Page,
        ...nextToken(6144),
        filter: Schema.optionalKey(
          Schema.Struct({
            name: Schema.optionalKey(Text),
            status: Schema.optionalKey(
              Schema.Literals([
                "ARCHIVED",
                "ACTIVATING",
                "ACTIVE",
                "DELETING",
                "DELETED",
                "PROCESSING_UPLOAD",
                "UPLOAD_FAILED"
              ])
            ),
            referenceArn: Schema.optionalKey(length(0, 127).check(Schema.isPattern(/^$|^arn:.+$/))),
            createdAfter: Time,
            createdBefore: Time,
            sampleId: Schema.optionalKey(Text),
            subjectId: Schema.optionalKey(Text),
            generatedFrom: Schema.optionalKey(Text),
            creationType: Schema.optionalKey(Schema.Literals(["IMPORT", "UPLOAD"]))
          })
        )
      })
    }),
    GetReadSetMetadata: ServiceWire.operation({
      method: "GET",
      path: "/sequencestore/{sequenceStoreId}/readset/{id}/metadata",
      input: Schema.Struct({ sequenceStoreId: NumericId, id: NumericId }),
      items: ({ id }) => [id]
    }),
    ListSequenceStores: ServiceWire.operation({
      method: "POST",
      path: "/sequencestores",
      query: paged,
      input: Schema.Struct({
        ...Page,
        ...nextToken(6144),
        filter: Schema.optionalKey(
          Schema.Struct({
            name: Schema.optionalKey(Text),
            createdAfter: Time,
            createdBefore: Time,
            status: Schema.optionalKey(Schema.Literals(["CREATING", "ACTIVE", "UPDATING", "DELETING", "FAILED"])),
            updatedAfter: Time,
            updatedBefore: Time
          })
        )
      })
    }),
    GetSequenceStore: ServiceWire.operation({
      method: "GET",
      path: "/sequencestore/{id}",
      input: Schema.Struct({ id: NumericId })
    }),
    DeleteAnnotationStoreVersions: ServiceWire.operation({
      method: "POST",
      path: "/annotationStore/{name}/versions/delete",
      query: ["force"],
      input: Schema.Struct({
        name: Schema.String,
        versions: Schema.Array(VersionName).check(Schema.isBetweenLength(1, 10)),
        force: Schema.optionalKey(ServiceWire.BooleanText)
      }),
      items: ({ versions }) => versions
    }),
    ListAnnotationStoreVersions: ServiceWire.operation({
      method: "POST",
      path: "/annotationStore/{name}/versions",
      query: paged,
      input: Schema.Struct({
        name: Schema.String,
        ...Page,
        ...nextToken(10_000),
        filter: Schema.optionalKey(
          Schema.Struct({
            status: Schema.optionalKey(Schema.Literals(["CREATING", "UPDATING", "DELETING", "ACTIVE", "FAILED"]))
          })
        )
      })
    })
  }
})
