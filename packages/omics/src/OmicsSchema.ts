/**
 * What HealthOmics takes and answers, for the operations of this package. Requests hold every constraint that AWS
 * documents; ids may be given as plain texts. Responses are strict about types and mild about what is missing: lists
 * are then empty, and enums take values that are not known today.
 *
 * @since 0.1.0
 */
import * as AwsSchema from "@effect-bulk/aws/AwsSchema"
import * as Schema from "effect/Schema"

// -----------------------------------------------------------------------------
// Ids
// -----------------------------------------------------------------------------

/**
 * The form of ids of sequence stores and read sets.
 *
 * @category forms
 * @since 0.1.0
 */
export const storageId: AwsSchema.Form = { wanted: "10 to 36 digits", pattern: /^[0-9]{10,36}$/ }

/**
 * The form of names of annotation store versions.
 *
 * @category forms
 * @since 0.1.0
 */
export const versionName: AwsSchema.Form = {
  wanted: "3 to 255 lower-case letters, digits and '_', with a letter first",
  pattern: /^[a-z][a-z0-9_]{2,254}$/
}

/**
 * The form of names of annotation stores. AWS documents none, but a name must survive in the path of a URL.
 *
 * @category forms
 * @since 0.1.0
 */
export const storeName: AwsSchema.Form = { wanted: "a name", pattern: /^(?!\.{1,2}$)[^]+$/ }

/**
 * The id of a sequence store.
 *
 * @category ids
 * @since 0.1.0
 */
export const SequenceStoreId = AwsSchema.text(storageId).pipe(Schema.brand("SequenceStoreId"))

/**
 * @category ids
 * @since 0.1.0
 */
export type SequenceStoreId = typeof SequenceStoreId.Type

/**
 * The id of a read set.
 *
 * @category ids
 * @since 0.1.0
 */
export const ReadSetId = AwsSchema.text(storageId).pipe(Schema.brand("ReadSetId"))

/**
 * @category ids
 * @since 0.1.0
 */
export type ReadSetId = typeof ReadSetId.Type

/**
 * The name of a version of an annotation store.
 *
 * @category ids
 * @since 0.1.0
 */
export const VersionName = AwsSchema.text(versionName).pipe(Schema.brand("VersionName"))

/**
 * @category ids
 * @since 0.1.0
 */
export type VersionName = typeof VersionName.Type

/**
 * The name of an annotation store.
 *
 * @category ids
 * @since 0.1.0
 */
export const StoreName = AwsSchema.text(storeName).pipe(Schema.brand("StoreName"))

/**
 * @category ids
 * @since 0.1.0
 */
export type StoreName = typeof StoreName.Type

// Ids in answers are taken as AWS gives them.
const given = {
  sequenceStoreId: Schema.String.pipe(Schema.brand("SequenceStoreId")),
  readSetId: Schema.String.pipe(Schema.brand("ReadSetId")),
  versionName: Schema.String.pipe(Schema.brand("VersionName")),
  storeName: Schema.String.pipe(Schema.brand("StoreName"))
}

// -----------------------------------------------------------------------------
// Parts of requests
// -----------------------------------------------------------------------------

const readSetStatuses = [
  "ARCHIVED",
  "ACTIVATING",
  "ACTIVE",
  "DELETING",
  "DELETED",
  "PROCESSING_UPLOAD",
  "UPLOAD_FAILED"
] as const
const creationTypes = ["IMPORT", "UPLOAD"] as const
const storeStatuses = ["CREATING", "ACTIVE", "UPDATING", "DELETING", "FAILED"] as const
const versionStatuses = ["CREATING", "UPDATING", "DELETING", "ACTIVE", "FAILED"] as const

const word = AwsSchema.text({
  wanted: "1 to 127 characters, none of them a control character",
  pattern: /^[\p{L}\p{M}\p{Z}\p{S}\p{N}\p{P}]{1,127}$/u
})

const arn = AwsSchema.text({
  wanted: "nothing, or an ARN of at most 127 characters",
  pattern: /^$|^arn:.{1,123}$/u
})

const pageSize = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100 }))
const pageToken = AwsSchema.text({
  wanted: "1 to 6144 characters, none of them a control character",
  pattern: /^[\p{L}\p{M}\p{Z}\p{S}\p{N}\p{P}]{1,6144}$/u
})
const longPageToken = AwsSchema.text({ wanted: "1 to 10000 characters", pattern: /^[^]{1,10000}$/u })

/**
 * Which read sets to list.
 *
 * @category requests
 * @since 0.1.0
 */
export const ReadSetFilter = Schema.Struct({
  name: Schema.optional(word),
  status: Schema.optional(Schema.Literals(readSetStatuses)),
  referenceArn: Schema.optional(arn),
  createdAfter: Schema.optional(Schema.Date),
  createdBefore: Schema.optional(Schema.Date),
  sampleId: Schema.optional(word),
  subjectId: Schema.optional(word),
  generatedFrom: Schema.optional(word),
  creationType: Schema.optional(Schema.Literals(creationTypes))
})

/**
 * Which sequence stores to list.
 *
 * @category requests
 * @since 0.1.0
 */
export const SequenceStoreFilter = Schema.Struct({
  name: Schema.optional(word),
  status: Schema.optional(Schema.Literals(storeStatuses)),
  createdAfter: Schema.optional(Schema.Date),
  createdBefore: Schema.optional(Schema.Date),
  updatedAfter: Schema.optional(Schema.Date),
  updatedBefore: Schema.optional(Schema.Date)
})

// -----------------------------------------------------------------------------
// BatchDeleteReadSet
// -----------------------------------------------------------------------------

/**
 * What `BatchDeleteReadSet` takes.
 *
 * @category requests
 * @since 0.1.0
 */
export const BatchDeleteReadSetRequest = Schema.Struct({
  sequenceStoreId: SequenceStoreId,
  ids: AwsSchema.sized(ReadSetId, 1, 100)
})

/**
 * What `BatchDeleteReadSet` answers: which read sets it will not delete. The others were taken, and are deleted later.
 *
 * @category responses
 * @since 0.1.0
 */
export const BatchDeleteReadSetResponse = Schema.Struct({
  errors: AwsSchema.list(
    Schema.Struct({
      id: Schema.optional(Schema.String),
      code: Schema.optional(Schema.String),
      message: Schema.optional(Schema.String)
    })
  )
})

/**
 * @category responses
 * @since 0.1.0
 */
export type BatchDeleteReadSetResponse = typeof BatchDeleteReadSetResponse.Type

// -----------------------------------------------------------------------------
// Read sets
// -----------------------------------------------------------------------------

/**
 * What `ListReadSets` takes.
 *
 * @category requests
 * @since 0.1.0
 */
export const ListReadSetsRequest = Schema.Struct({
  sequenceStoreId: SequenceStoreId,
  maxResults: Schema.optional(pageSize),
  nextToken: Schema.optional(pageToken),
  filter: Schema.optional(ReadSetFilter)
})

const sequenceInformation = Schema.Struct({
  totalReadCount: Schema.optional(Schema.Number),
  totalBaseCount: Schema.optional(Schema.Number),
  generatedFrom: Schema.optional(Schema.String),
  alignment: Schema.optional(Schema.String)
})

const readSet = {
  id: given.readSetId,
  arn: Schema.String,
  sequenceStoreId: given.sequenceStoreId,
  subjectId: Schema.optional(Schema.String),
  sampleId: Schema.optional(Schema.String),
  status: AwsSchema.open(...readSetStatuses),
  name: Schema.optional(Schema.String),
  description: Schema.optional(Schema.String),
  fileType: AwsSchema.open("FASTQ", "BAM", "CRAM", "UBAM"),
  creationTime: Schema.Date,
  sequenceInformation: Schema.optional(sequenceInformation),
  referenceArn: Schema.optional(Schema.String),
  statusMessage: Schema.optional(Schema.String),
  creationType: Schema.optional(AwsSchema.open(...creationTypes)),
  etag: Schema.optional(
    Schema.Struct({
      algorithm: Schema.optional(
        AwsSchema.open(
          ...(["FASTQ_MD5up", "BAM_MD5up", "CRAM_MD5up"] as const),
          ...(["FASTQ_SHA256up", "BAM_SHA256up", "CRAM_SHA256up"] as const),
          ...(["FASTQ_SHA512up", "BAM_SHA512up", "CRAM_SHA512up"] as const)
        )
      ),
      source1: Schema.optional(Schema.String),
      source2: Schema.optional(Schema.String)
    })
  )
}

/**
 * A read set in a list.
 *
 * @category responses
 * @since 0.1.0
 */
export const ReadSet = Schema.Struct(readSet)

/**
 * @category responses
 * @since 0.1.0
 */
export type ReadSet = typeof ReadSet.Type

/**
 * One page of `ListReadSets`.
 *
 * @category responses
 * @since 0.1.0
 */
export const ListReadSetsResponse = Schema.Struct({
  readSets: AwsSchema.list(ReadSet),
  nextToken: Schema.optional(Schema.String)
})

/**
 * What `GetReadSetMetadata` takes.
 *
 * @category requests
 * @since 0.1.0
 */
export const GetReadSetMetadataRequest = Schema.Struct({ sequenceStoreId: SequenceStoreId, id: ReadSetId })

const file = Schema.Struct({
  totalParts: Schema.optional(Schema.Number),
  partSize: Schema.optional(Schema.Number),
  contentLength: Schema.optional(Schema.Number),
  s3Access: Schema.optional(Schema.Struct({ s3Uri: Schema.optional(Schema.String) }))
})

/**
 * What `GetReadSetMetadata` answers.
 *
 * @category responses
 * @since 0.1.0
 */
export const ReadSetMetadata = Schema.Struct({
  ...readSet,
  files: Schema.optional(
    Schema.Struct({
      source1: Schema.optional(file),
      source2: Schema.optional(file),
      index: Schema.optional(file)
    })
  ),
  creationJobId: Schema.optional(Schema.String)
})

/**
 * @category responses
 * @since 0.1.0
 */
export type ReadSetMetadata = typeof ReadSetMetadata.Type

// -----------------------------------------------------------------------------
// Sequence stores
// -----------------------------------------------------------------------------

/**
 * What `ListSequenceStores` takes.
 *
 * @category requests
 * @since 0.1.0
 */
export const ListSequenceStoresRequest = Schema.Struct({
  maxResults: Schema.optional(pageSize),
  nextToken: Schema.optional(pageToken),
  filter: Schema.optional(SequenceStoreFilter)
})

const sequenceStore = {
  id: given.sequenceStoreId,
  arn: Schema.String,
  name: Schema.optional(Schema.String),
  description: Schema.optional(Schema.String),
  sseConfig: Schema.optional(
    Schema.Struct({ type: Schema.optional(AwsSchema.open("KMS")), keyArn: Schema.optional(Schema.String) })
  ),
  creationTime: Schema.Date,
  fallbackLocation: Schema.optional(Schema.String),
  eTagAlgorithmFamily: Schema.optional(AwsSchema.open("MD5up", "SHA256up", "SHA512up")),
  status: Schema.optional(AwsSchema.open(...storeStatuses)),
  statusMessage: Schema.optional(Schema.String),
  updateTime: Schema.optional(Schema.Date)
}

/**
 * A sequence store in a list.
 *
 * @category responses
 * @since 0.1.0
 */
export const SequenceStore = Schema.Struct(sequenceStore)

/**
 * @category responses
 * @since 0.1.0
 */
export type SequenceStore = typeof SequenceStore.Type

/**
 * One page of `ListSequenceStores`.
 *
 * @category responses
 * @since 0.1.0
 */
export const ListSequenceStoresResponse = Schema.Struct({
  sequenceStores: AwsSchema.list(SequenceStore),
  nextToken: Schema.optional(Schema.String)
})

/**
 * What `GetSequenceStore` takes.
 *
 * @category requests
 * @since 0.1.0
 */
export const GetSequenceStoreRequest = Schema.Struct({ id: SequenceStoreId })

/**
 * What `GetSequenceStore` answers.
 *
 * @category responses
 * @since 0.1.0
 */
export const SequenceStoreDetail = Schema.Struct({
  ...sequenceStore,
  s3Access: Schema.optional(
    Schema.Struct({
      s3Uri: Schema.optional(Schema.String),
      s3AccessPointArn: Schema.optional(Schema.String),
      accessLogLocation: Schema.optional(Schema.String)
    })
  ),
  propagatedSetLevelTags: AwsSchema.list(Schema.String)
})

/**
 * @category responses
 * @since 0.1.0
 */
export type SequenceStoreDetail = typeof SequenceStoreDetail.Type

// -----------------------------------------------------------------------------
// Versions of annotation stores
// -----------------------------------------------------------------------------

/**
 * What `DeleteAnnotationStoreVersions` takes. `force` deletes a version although imports into it run.
 *
 * @category requests
 * @since 0.1.0
 */
export const DeleteAnnotationStoreVersionsRequest = Schema.Struct({
  name: StoreName,
  versions: AwsSchema.sized(VersionName, 1, 10),
  force: Schema.optional(Schema.Boolean)
})

/**
 * What `DeleteAnnotationStoreVersions` answers: which versions it will not delete.
 *
 * @category responses
 * @since 0.1.0
 */
export const DeleteAnnotationStoreVersionsResponse = Schema.Struct({
  errors: AwsSchema.list(
    Schema.Struct({
      versionName: Schema.optional(Schema.String),
      message: Schema.optional(Schema.String)
    })
  )
})

/**
 * @category responses
 * @since 0.1.0
 */
export type DeleteAnnotationStoreVersionsResponse = typeof DeleteAnnotationStoreVersionsResponse.Type

/**
 * What `ListAnnotationStoreVersions` takes.
 *
 * @category requests
 * @since 0.1.0
 */
export const ListAnnotationStoreVersionsRequest = Schema.Struct({
  name: StoreName,
  maxResults: Schema.optional(pageSize),
  nextToken: Schema.optional(longPageToken),
  filter: Schema.optional(Schema.Struct({ status: Schema.optional(Schema.Literals(versionStatuses)) }))
})

/**
 * A version of an annotation store in a list.
 *
 * @category responses
 * @since 0.1.0
 */
export const AnnotationStoreVersion = Schema.Struct({
  storeId: Schema.String,
  id: Schema.String,
  status: AwsSchema.open(...versionStatuses),
  versionArn: Schema.String,
  name: given.storeName,
  versionName: given.versionName,
  description: Schema.optional(Schema.String),
  creationTime: Schema.Date,
  updateTime: Schema.Date,
  statusMessage: Schema.optional(Schema.String),
  versionSizeBytes: Schema.optional(Schema.Number)
})

/**
 * @category responses
 * @since 0.1.0
 */
export type AnnotationStoreVersion = typeof AnnotationStoreVersion.Type

/**
 * One page of `ListAnnotationStoreVersions`.
 *
 * @category responses
 * @since 0.1.0
 */
export const ListAnnotationStoreVersionsResponse = Schema.Struct({
  annotationStoreVersions: AwsSchema.list(AnnotationStoreVersion),
  nextToken: Schema.optional(Schema.String)
})
