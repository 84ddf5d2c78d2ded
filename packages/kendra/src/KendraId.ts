/**
 * The ids of Kendra: the documented form of each, and its branded type. Requests take plain texts, and check them;
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
 * @category forms
 * @since 0.1.0
 */
export const indexId: AwsSchema.Form = {
  wanted: "36 letters, digits and '-', the first no '-'",
  pattern: /^[a-zA-Z0-9][a-zA-Z0-9-]{35}$/
}

/**
 * Ids of documents are the caller's own: any characters.
 *
 * @category forms
 * @since 0.1.0
 */
export const documentId: AwsSchema.Form = { wanted: "1 to 2048 characters", pattern: /^[^]{1,2048}$/u }

/**
 * The form of ids of data sources and of their sync jobs.
 *
 * @category forms
 * @since 0.1.0
 */
export const dataSourceId: AwsSchema.Form = {
  wanted: "1 to 100 letters, digits, '_' and '-', the first a letter or a digit",
  pattern: /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,99}$/
}

/**
 * @category forms
 * @since 0.1.0
 */
export const featuredResultsSetId: AwsSchema.Form = {
  wanted: "36 letters, digits and '-'",
  pattern: /^[a-zA-Z0-9-]{36}$/
}

/**
 * @category forms
 * @since 0.1.0
 */
export const experienceId: AwsSchema.Form = {
  wanted: "1 to 36 letters, digits, '_' and '-', the first a letter or a digit",
  pattern: /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,35}$/
}

/**
 * The form of ids of users and groups in IAM Identity Center.
 *
 * @category forms
 * @since 0.1.0
 */
export const entityId: AwsSchema.Form = {
  wanted: "a UUID, with or without 10 lower-case hexadecimal digits and '-' before it",
  pattern: /^([0-9a-f]{10}-|)[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}$/
}

// -----------------------------------------------------------------------------
// Ids
// -----------------------------------------------------------------------------

/**
 * The id of an index.
 *
 * @category ids
 * @since 0.1.0
 */
export const IndexId = AwsSchema.text(indexId).pipe(Schema.brand("IndexId"))

/**
 * @category ids
 * @since 0.1.0
 */
export type IndexId = typeof IndexId.Type

/**
 * The id of a document, unique within its index.
 *
 * @category ids
 * @since 0.1.0
 */
export const DocumentId = AwsSchema.text(documentId).pipe(Schema.brand("DocumentId"))

/**
 * @category ids
 * @since 0.1.0
 */
export type DocumentId = typeof DocumentId.Type

/**
 * The id of a data source.
 *
 * @category ids
 * @since 0.1.0
 */
export const DataSourceId = AwsSchema.text(dataSourceId).pipe(Schema.brand("DataSourceId"))

/**
 * @category ids
 * @since 0.1.0
 */
export type DataSourceId = typeof DataSourceId.Type

/**
 * The id of a sync job of a data source, which AWS calls execution id, too.
 *
 * @category ids
 * @since 0.1.0
 */
export const SyncJobId = AwsSchema.text(dataSourceId).pipe(Schema.brand("SyncJobId"))

/**
 * @category ids
 * @since 0.1.0
 */
export type SyncJobId = typeof SyncJobId.Type

/**
 * The id of a set of featured results.
 *
 * @category ids
 * @since 0.1.0
 */
export const FeaturedResultsSetId = AwsSchema.text(featuredResultsSetId).pipe(Schema.brand("FeaturedResultsSetId"))

/**
 * @category ids
 * @since 0.1.0
 */
export type FeaturedResultsSetId = typeof FeaturedResultsSetId.Type

/**
 * The id of an experience.
 *
 * @category ids
 * @since 0.1.0
 */
export const ExperienceId = AwsSchema.text(experienceId).pipe(Schema.brand("ExperienceId"))

/**
 * @category ids
 * @since 0.1.0
 */
export type ExperienceId = typeof ExperienceId.Type

/**
 * The id of a user or a group.
 *
 * @category ids
 * @since 0.1.0
 */
export const EntityId = AwsSchema.text(entityId).pipe(Schema.brand("EntityId"))

/**
 * @category ids
 * @since 0.1.0
 */
export type EntityId = typeof EntityId.Type

/**
 * Ids in answers, taken as AWS gives them.
 *
 * @category ids
 * @since 0.1.0
 */
export const given = {
  indexId: Schema.String.pipe(Schema.brand("IndexId")),
  documentId: Schema.String.pipe(Schema.brand("DocumentId")),
  dataSourceId: Schema.String.pipe(Schema.brand("DataSourceId")),
  syncJobId: Schema.String.pipe(Schema.brand("SyncJobId")),
  featuredResultsSetId: Schema.String.pipe(Schema.brand("FeaturedResultsSetId")),
  entityId: Schema.String.pipe(Schema.brand("EntityId"))
}
