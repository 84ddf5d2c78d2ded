/**
 * The ids of Connect: the documented form of each, and its branded type. Requests take plain texts, and check them;
 * answers give branded ids as AWS wrote them.
 *
 * @since 0.1.0
 */
import * as AwsSchema from "@effect-bulk/aws/AwsSchema"
import * as Schema from "effect/Schema"

// -----------------------------------------------------------------------------
// Forms
// -----------------------------------------------------------------------------

/**
 * AWS documents the length alone, but an id must survive in the path of a URL.
 *
 * @category forms
 * @since 0.1.0
 */
export const instanceId: AwsSchema.Form = {
  wanted: "1 to 100 characters, and neither '.' nor '..'",
  pattern: /^(?!\.{1,2}$)[^]{1,100}$/u
}

/**
 * @category forms
 * @since 0.1.0
 */
export const dataSetId: AwsSchema.Form = { wanted: "1 to 255 characters", pattern: /^[^]{1,255}$/u }

/**
 * @category forms
 * @since 0.1.0
 */
export const fileId: AwsSchema.Form = { wanted: "1 to 256 characters", pattern: /^[^]{1,256}$/u }

/**
 * The form of ids of workspaces and of data tables, of which it may be an ARN with or without the alias of a version.
 *
 * @category forms
 * @since 0.1.0
 */
export const pathId: AwsSchema.Form = {
  wanted: "1 to 256 characters, and neither '.' nor '..'",
  pattern: /^(?!\.{1,2}$)[^]{1,256}$/u
}

/**
 * The form of names of attributes of data tables.
 *
 * @category forms
 * @since 0.1.0
 */
export const attributeName: AwsSchema.Form = {
  wanted: "1 to 127 letters, digits, separators and -_.:=@'|",
  pattern: /^[\p{L}\p{Z}\p{N}\-_.:=@'|]{1,127}$/u
}

/**
 * The form of what callers name their requests for contacts. AWS takes none, too, but then cannot say which one failed.
 *
 * @category forms
 * @since 0.1.0
 */
export const requestIdentifier: AwsSchema.Form = { wanted: "1 to 80 characters", pattern: /^[^]{1,80}$/u }

/**
 * AWS documents no form of ARNs for Connect, but an item without a name cannot be told from others.
 *
 * @category forms
 * @since 0.1.0
 */
export const arn: AwsSchema.Form = { wanted: "an ARN", pattern: /^[^]+$/u }

// -----------------------------------------------------------------------------
// Ids
// -----------------------------------------------------------------------------

/**
 * The id of an instance.
 *
 * @category ids
 * @since 0.1.0
 */
export const InstanceId = AwsSchema.text(instanceId).pipe(Schema.brand("InstanceId"))

/**
 * @category ids
 * @since 0.1.0
 */
export type InstanceId = typeof InstanceId.Type

/**
 * The id of an analytics data set, such as `contact_record`. The set of them is open: see
 * `ListAnalyticsDataLakeDataSets`.
 *
 * @category ids
 * @since 0.1.0
 */
export const DataSetId = AwsSchema.text(dataSetId).pipe(Schema.brand("DataSetId"))

/**
 * @category ids
 * @since 0.1.0
 */
export type DataSetId = typeof DataSetId.Type

/**
 * The id of an attached file.
 *
 * @category ids
 * @since 0.1.0
 */
export const FileId = AwsSchema.text(fileId).pipe(Schema.brand("FileId"))

/**
 * @category ids
 * @since 0.1.0
 */
export type FileId = typeof FileId.Type

/**
 * The id of a workspace.
 *
 * @category ids
 * @since 0.1.0
 */
export const WorkspaceId = AwsSchema.text(pathId).pipe(Schema.brand("WorkspaceId"))

/**
 * @category ids
 * @since 0.1.0
 */
export type WorkspaceId = typeof WorkspaceId.Type

/**
 * The id of a data table, or its ARN.
 *
 * @category ids
 * @since 0.1.0
 */
export const DataTableId = AwsSchema.text(pathId).pipe(Schema.brand("DataTableId"))

/**
 * @category ids
 * @since 0.1.0
 */
export type DataTableId = typeof DataTableId.Type

/**
 * The name of an attribute of a data table.
 *
 * @category ids
 * @since 0.1.0
 */
export const AttributeName = AwsSchema.text(attributeName).pipe(Schema.brand("AttributeName"))

/**
 * @category ids
 * @since 0.1.0
 */
export type AttributeName = typeof AttributeName.Type

/**
 * Ids in answers, taken as AWS gives them.
 *
 * @category ids
 * @since 0.1.0
 */
export const given = {
  instanceId: Schema.String.pipe(Schema.brand("InstanceId")),
  dataSetId: Schema.String.pipe(Schema.brand("DataSetId")),
  fileId: Schema.String.pipe(Schema.brand("FileId")),
  workspaceId: Schema.String.pipe(Schema.brand("WorkspaceId")),
  attributeName: Schema.String.pipe(Schema.brand("AttributeName"))
}
