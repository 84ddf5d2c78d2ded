/**
 * What the operations on values of data tables take and answer. A value is named by its attribute and by the primary
 * values of its record, in any order; one without primary values is the default record.
 *
 * @since 0.1.0
 */
import * as AwsSchema from "@effect-bulk/aws/AwsSchema"
import * as Schema from "effect/Schema"
import * as ConnectId from "./ConnectId.ts"

const { AttributeName, DataTableId, InstanceId } = ConnectId
const text = Schema.optional(Schema.String)

// -----------------------------------------------------------------------------
// Ids
// -----------------------------------------------------------------------------

/**
 * What names a value, as one text: the same for the same set of primary values, in any order, and never the same for
 * different ones.
 *
 * @category ids
 * @since 0.1.0
 */
export const valueId = (value: {
  readonly AttributeName?: string | undefined
  readonly PrimaryValues?:
    | ReadonlyArray<{ readonly AttributeName?: string | undefined; readonly Value?: string | undefined }>
    | undefined
}): string => {
  const { AttributeName: attribute = "", PrimaryValues: primary = [] } = value
  // No name of an attribute has a bracket in it.
  if (primary.length === 0) return attribute
  const pairs = new Set(primary.map(({ AttributeName: name = "", Value: value = "" }) => JSON.stringify([name, value])))
  return `${attribute} [${[...pairs].toSorted().join(",")}]`
}

// -----------------------------------------------------------------------------
// Values
// -----------------------------------------------------------------------------

const PrimaryValues = Schema.optional(Schema.Array(Schema.Struct({ AttributeName, Value: Schema.String })))

/**
 * What stands for the state of a value: of its table, its attribute, its record and itself. It changes with each of
 * them; to delete a value one must give the current one.
 *
 * @category requests
 * @since 0.1.0
 */
export const LockVersion = Schema.Struct({
  DataTable: text,
  Attribute: text,
  PrimaryValues: text,
  Value: text
})

/**
 * @category requests
 * @since 0.1.0
 */
export type LockVersion = typeof LockVersion.Type

const region = AwsSchema.text({
  wanted: "a region such as us-east-1",
  pattern: /^[a-z]{2}(-[a-z]+){1,2}(-[0-9])?$/
})

/**
 * A value to be created or updated.
 *
 * @category requests
 * @since 0.1.0
 */
export const DataTableValue = Schema.Struct({
  PrimaryValues,
  AttributeName,
  Value: Schema.String,
  LockVersion: Schema.optional(LockVersion),
  LastModifiedTime: Schema.optional(Schema.Date),
  LastModifiedRegion: Schema.optional(region)
})

/**
 * A value to be deleted.
 *
 * @category requests
 * @since 0.1.0
 */
export const DataTableDeleteValueIdentifier = Schema.Struct({ PrimaryValues, AttributeName, LockVersion })

/**
 * A value to be looked up.
 *
 * @category requests
 * @since 0.1.0
 */
export const DataTableValueIdentifier = Schema.Struct({ PrimaryValues, AttributeName })

const table = { InstanceId, DataTableId }

/**
 * What `BatchCreateDataTableValue` and `BatchUpdateDataTableValue` take. AWS documents no upper limit of the list.
 *
 * @category requests
 * @since 0.1.0
 */
export const BatchPutDataTableValueRequest = Schema.Struct({ ...table, Values: AwsSchema.sized(DataTableValue, 1) })

/**
 * What `BatchDeleteDataTableValue` takes. AWS documents no limit of the list; that it must not be empty is ours.
 *
 * @category requests
 * @since 0.1.0
 */
export const BatchDeleteDataTableValueRequest = Schema.Struct({
  ...table,
  Values: AwsSchema.sized(DataTableDeleteValueIdentifier, 1)
})

/**
 * What `BatchDescribeDataTableValue` takes. AWS documents no limit of the list; that it must not be empty is ours.
 *
 * @category requests
 * @since 0.1.0
 */
export const BatchDescribeDataTableValueRequest = Schema.Struct({
  ...table,
  Values: AwsSchema.sized(DataTableValueIdentifier, 1)
})

// What names a value in an answer.
const named = {
  PrimaryValues: AwsSchema.list(Schema.Struct({ AttributeName: text, Value: text })),
  AttributeName: Schema.optional(ConnectId.given.attributeName)
}

// The same, with the ids of attributes.
const described = {
  ...named,
  PrimaryValues: AwsSchema.list(
    Schema.Struct({
      AttributeName: text,
      AttributeId: text,
      Value: text
    })
  ),
  RecordId: text,
  AttributeId: text,
  Value: text,
  LockVersion: Schema.optional(LockVersion),
  LastModifiedTime: Schema.optional(Schema.Date),
  LastModifiedRegion: text
}

// The failures of all four operations: a message, and no code.
const failed = AwsSchema.list(Schema.Struct({ ...named, Message: text }))

/**
 * A value that was created.
 *
 * @category responses
 * @since 0.1.0
 */
export const CreatedDataTableValue = Schema.Struct({
  ...named,
  RecordId: text,
  LockVersion: Schema.optional(LockVersion)
})

/**
 * @category responses
 * @since 0.1.0
 */
export type CreatedDataTableValue = typeof CreatedDataTableValue.Type

/**
 * A value that was updated or deleted, with the lock version that it has now.
 *
 * @category responses
 * @since 0.1.0
 */
export const ChangedDataTableValue = Schema.Struct({ ...named, LockVersion: Schema.optional(LockVersion) })

/**
 * @category responses
 * @since 0.1.0
 */
export type ChangedDataTableValue = typeof ChangedDataTableValue.Type

/**
 * A value as it stands.
 *
 * @category responses
 * @since 0.1.0
 */
export const DescribedDataTableValue = Schema.Struct(described)

/**
 * @category responses
 * @since 0.1.0
 */
export type DescribedDataTableValue = typeof DescribedDataTableValue.Type

/**
 * What `BatchCreateDataTableValue` answers.
 *
 * @category responses
 * @since 0.1.0
 */
export const BatchCreateDataTableValueResponse = Schema.Struct({
  Successful: AwsSchema.list(CreatedDataTableValue),
  Failed: failed
})

/**
 * @category responses
 * @since 0.1.0
 */
export type BatchCreateDataTableValueResponse = typeof BatchCreateDataTableValueResponse.Type

/**
 * What `BatchUpdateDataTableValue` and `BatchDeleteDataTableValue` answer.
 *
 * @category responses
 * @since 0.1.0
 */
export const BatchChangeDataTableValueResponse = Schema.Struct({
  Successful: AwsSchema.list(ChangedDataTableValue),
  Failed: failed
})

/**
 * @category responses
 * @since 0.1.0
 */
export type BatchChangeDataTableValueResponse = typeof BatchChangeDataTableValueResponse.Type

/**
 * What `BatchDescribeDataTableValue` answers.
 *
 * @category responses
 * @since 0.1.0
 */
export const BatchDescribeDataTableValueResponse = Schema.Struct({
  Successful: AwsSchema.list(DescribedDataTableValue),
  Failed: failed
})

/**
 * @category responses
 * @since 0.1.0
 */
export type BatchDescribeDataTableValueResponse = typeof BatchDescribeDataTableValueResponse.Type

// -----------------------------------------------------------------------------
// Lists
// -----------------------------------------------------------------------------

/**
 * What `ListDataTableValues` takes.
 *
 * @category requests
 * @since 0.1.0
 */
export const ListDataTableValuesRequest = Schema.Struct({
  ...table,
  RecordIds: Schema.optional(Schema.Array(AwsSchema.text({ wanted: "1 to 256 characters", pattern: /^[^]{1,256}$/u }))),
  PrimaryAttributeValues: Schema.optional(
    Schema.Array(Schema.Struct({ AttributeName, Values: Schema.Array(Schema.String) }))
  ),
  MaxResults: Schema.optional(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1000 }))),
  NextToken: text
})

/**
 * A value in a list, with the lock version that deleting it needs.
 *
 * @category responses
 * @since 0.1.0
 */
export const ListedDataTableValue = Schema.Struct({
  ...described,
  ValueType: Schema.optional(AwsSchema.open("TEXT", "NUMBER", "BOOLEAN", "TEXT_LIST", "NUMBER_LIST"))
})

/**
 * @category responses
 * @since 0.1.0
 */
export type ListedDataTableValue = typeof ListedDataTableValue.Type

/**
 * One page of `ListDataTableValues`.
 *
 * @category responses
 * @since 0.1.0
 */
export const ListDataTableValuesResponse = Schema.Struct({
  Values: AwsSchema.list(ListedDataTableValue),
  NextToken: text
})
