/**
 * What Kendra takes and answers, for the operations of this package. Requests hold every constraint that AWS documents;
 * ids may be given as plain texts. Responses are strict about types and mild about what is missing: lists are then
 * empty, and enums take values that are not known today. Members have AWS's names.
 *
 * @since 0.1.0
 */
import * as AwsSchema from "@effect-bulk/aws/AwsSchema"
import * as Schema from "effect/Schema"
import * as KendraDocument from "./KendraDocument.ts"
import * as KendraId from "./KendraId.ts"

// -----------------------------------------------------------------------------
// Parts
// -----------------------------------------------------------------------------

const indexStatuses = ["CREATING", "ACTIVE", "DELETING", "FAILED", "UPDATING", "SYSTEM_UPDATING"] as const
const editions = ["DEVELOPER_EDITION", "ENTERPRISE_EDITION", "GEN_AI_ENTERPRISE_EDITION"] as const
const syncJobStatuses = [
  ...(["FAILED", "SUCCEEDED", "SYNCING", "INCOMPLETE"] as const),
  ...(["STOPPING", "ABORTED", "SYNCING_INDEXING"] as const)
] as const

const { given } = KendraId
const text = Schema.optional(Schema.String)
const number = Schema.optional(Schema.Number)
const flag = Schema.optional(Schema.Boolean)
const time = Schema.optional(Schema.Date)
const errorCode = Schema.optional(AwsSchema.open("InternalError", "InvalidRequest"))

const pageToken = AwsSchema.text({ wanted: "1 to 800 characters", pattern: /^[^]{1,800}$/u })
const paged = (maximum: number) => ({
  NextToken: Schema.optional(pageToken),
  MaxResults: Schema.optional(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum })))
})

// -----------------------------------------------------------------------------
// BatchDeleteDocument, BatchPutDocument
// -----------------------------------------------------------------------------

/**
 * What `BatchDeleteDocument` takes. The metrics of the sync job count the documents.
 *
 * @category requests
 * @since 0.1.0
 */
export const BatchDeleteDocumentRequest = Schema.Struct({
  IndexId: KendraId.IndexId,
  DocumentIdList: AwsSchema.sized(KendraId.DocumentId, 1, 10),
  DataSourceSyncJobMetricTarget: Schema.optional(
    Schema.Struct({
      DataSourceId: KendraId.DataSourceId,
      DataSourceSyncJobId: Schema.optional(KendraId.SyncJobId)
    })
  )
})

const FailedDocument = Schema.Struct({
  Id: Schema.optional(given.documentId),
  DataSourceId: Schema.optional(given.dataSourceId),
  ErrorCode: errorCode,
  ErrorMessage: text
})

/**
 * What `BatchDeleteDocument` answers: which documents it will not delete. The others were taken, and are deleted later.
 *
 * @category responses
 * @since 0.1.0
 */
export const BatchDeleteDocumentResponse = Schema.Struct({ FailedDocuments: AwsSchema.list(FailedDocument) })

/**
 * @category responses
 * @since 0.1.0
 */
export type BatchDeleteDocumentResponse = typeof BatchDeleteDocumentResponse.Type

/**
 * What `BatchPutDocument` takes.
 *
 * @category requests
 * @since 0.1.0
 */
export const BatchPutDocumentRequest = Schema.Struct({
  IndexId: KendraId.IndexId,
  RoleArn: Schema.optional(KendraDocument.RoleArn),
  Documents: AwsSchema.sized(KendraDocument.Document, 1, 10),
  CustomDocumentEnrichmentConfiguration: Schema.optional(KendraDocument.CustomDocumentEnrichmentConfiguration)
})

/**
 * What `BatchPutDocument` answers: which documents it will not index. The others were taken, and are indexed later.
 *
 * @category responses
 * @since 0.1.0
 */
export const BatchPutDocumentResponse = Schema.Struct({ FailedDocuments: AwsSchema.list(FailedDocument) })

/**
 * @category responses
 * @since 0.1.0
 */
export type BatchPutDocumentResponse = typeof BatchPutDocumentResponse.Type

// -----------------------------------------------------------------------------
// BatchGetDocumentStatus
// -----------------------------------------------------------------------------

/**
 * What `BatchGetDocumentStatus` takes. The only attributes that count are `version`, `datasourceId` and
 * `jobExecutionId`, the last two together.
 *
 * @category requests
 * @since 0.1.0
 */
export const BatchGetDocumentStatusRequest = Schema.Struct({
  IndexId: KendraId.IndexId,
  DocumentInfoList: AwsSchema.sized(
    Schema.Struct({
      DocumentId: KendraId.DocumentId,
      Attributes: Schema.optional(Schema.Array(KendraDocument.DocumentAttribute))
    }),
    1,
    10
  )
})

/**
 * Where a document stands. `NOT_FOUND` after a deletion says that it is done, and is what a document that never was has,
 * too.
 *
 * @category responses
 * @since 0.1.0
 */
export const DocumentStatus = Schema.Struct({
  DocumentId: Schema.optional(given.documentId),
  DocumentStatus: Schema.optional(
    AwsSchema.open("NOT_FOUND", "PROCESSING", "INDEXED", "UPDATED", "FAILED", "UPDATE_FAILED")
  ),
  FailureCode: text,
  FailureReason: text
})

/**
 * @category responses
 * @since 0.1.0
 */
export type DocumentStatus = typeof DocumentStatus.Type

/**
 * What `BatchGetDocumentStatus` answers.
 *
 * @category responses
 * @since 0.1.0
 */
export const BatchGetDocumentStatusResponse = Schema.Struct({
  Errors: AwsSchema.list(
    Schema.Struct({
      DocumentId: Schema.optional(given.documentId),
      DataSourceId: Schema.optional(given.dataSourceId),
      ErrorCode: errorCode,
      ErrorMessage: text
    })
  ),
  DocumentStatusList: AwsSchema.list(DocumentStatus)
})

/**
 * @category responses
 * @since 0.1.0
 */
export type BatchGetDocumentStatusResponse = typeof BatchGetDocumentStatusResponse.Type

// -----------------------------------------------------------------------------
// Sets of featured results
// -----------------------------------------------------------------------------

/**
 * What `BatchDeleteFeaturedResultsSet` takes.
 *
 * @category requests
 * @since 0.1.0
 */
export const BatchDeleteFeaturedResultsSetRequest = Schema.Struct({
  IndexId: KendraId.IndexId,
  FeaturedResultsSetIds: AwsSchema.sized(KendraId.FeaturedResultsSetId, 1, 50)
})

/**
 * What `BatchDeleteFeaturedResultsSet` answers: which sets it did not delete. AWS documents that the list is always
 * there, so an answer without it is none.
 *
 * @category responses
 * @since 0.1.0
 */
export const BatchDeleteFeaturedResultsSetResponse = Schema.Struct({
  Errors: Schema.Array(
    Schema.Struct({
      Id: Schema.optional(given.featuredResultsSetId),
      ErrorCode: errorCode,
      ErrorMessage: text
    })
  )
})

/**
 * @category responses
 * @since 0.1.0
 */
export type BatchDeleteFeaturedResultsSetResponse = typeof BatchDeleteFeaturedResultsSetResponse.Type

/**
 * What `ListFeaturedResultsSets` takes.
 *
 * @category requests
 * @since 0.1.0
 */
export const ListFeaturedResultsSetsRequest = Schema.Struct({ IndexId: KendraId.IndexId, ...paged(100) })

/**
 * A set of featured results in a list. Its times are numbers as AWS gives them, in seconds.
 *
 * @category responses
 * @since 0.1.0
 */
export const FeaturedResultsSet = Schema.Struct({
  FeaturedResultsSetId: Schema.optional(given.featuredResultsSetId),
  FeaturedResultsSetName: text,
  Status: Schema.optional(AwsSchema.open("ACTIVE", "INACTIVE")),
  LastUpdatedTimestamp: number,
  CreationTimestamp: number
})

/**
 * @category responses
 * @since 0.1.0
 */
export type FeaturedResultsSet = typeof FeaturedResultsSet.Type

/**
 * One page of `ListFeaturedResultsSets`.
 *
 * @category responses
 * @since 0.1.0
 */
export const ListFeaturedResultsSetsResponse = Schema.Struct({
  FeaturedResultsSetSummaryItems: AwsSchema.list(FeaturedResultsSet),
  NextToken: text
})

// -----------------------------------------------------------------------------
// Experiences
// -----------------------------------------------------------------------------

const entityType = ["USER", "GROUP"] as const
const experience = { Id: KendraId.ExperienceId, IndexId: KendraId.IndexId }
const Entity = Schema.Struct({ EntityId: KendraId.EntityId, EntityType: Schema.Literals(entityType) })

/**
 * What `AssociateEntitiesToExperience` takes: at most 20 entities.
 *
 * @category requests
 * @since 0.1.0
 */
export const AssociateEntitiesToExperienceRequest = Schema.Struct({
  ...experience,
  EntityList: AwsSchema.sized(Entity, 1, 20)
})

/**
 * What `DisassociateEntitiesFromExperience` takes: at most 40 entities.
 *
 * @category requests
 * @since 0.1.0
 */
export const DisassociateEntitiesFromExperienceRequest = Schema.Struct({
  ...experience,
  EntityList: AwsSchema.sized(Entity, 1, 40)
})

/**
 * What `AssociatePersonasToEntities` takes.
 *
 * @category requests
 * @since 0.1.0
 */
export const AssociatePersonasToEntitiesRequest = Schema.Struct({
  ...experience,
  Personas: AwsSchema.sized(
    Schema.Struct({ EntityId: KendraId.EntityId, Persona: Schema.Literals(["OWNER", "VIEWER"]) }),
    1,
    25
  )
})

/**
 * What `DisassociatePersonasFromEntities` takes.
 *
 * @category requests
 * @since 0.1.0
 */
export const DisassociatePersonasFromEntitiesRequest = Schema.Struct({
  ...experience,
  EntityIds: AwsSchema.sized(KendraId.EntityId, 1, 25)
})

/**
 * What the four operations on entities of an experience answer: with which entities they failed.
 *
 * @category responses
 * @since 0.1.0
 */
export const FailedEntitiesResponse = Schema.Struct({
  FailedEntityList: AwsSchema.list(Schema.Struct({ EntityId: Schema.optional(given.entityId), ErrorMessage: text }))
})

/**
 * @category responses
 * @since 0.1.0
 */
export type FailedEntitiesResponse = typeof FailedEntitiesResponse.Type

/**
 * What `ListExperienceEntities` takes. Kendra decides how long a page is.
 *
 * @category requests
 * @since 0.1.0
 */
export const ListExperienceEntitiesRequest = Schema.Struct({ ...experience, NextToken: Schema.optional(pageToken) })

/**
 * A user or group with access to an experience.
 *
 * @category responses
 * @since 0.1.0
 */
export const ExperienceEntity = Schema.Struct({
  EntityId: Schema.optional(given.entityId),
  EntityType: Schema.optional(AwsSchema.open(...entityType)),
  DisplayData: Schema.optional(
    Schema.Struct({ UserName: text, GroupName: text, IdentifiedUserName: text, FirstName: text, LastName: text })
  )
})

/**
 * @category responses
 * @since 0.1.0
 */
export type ExperienceEntity = typeof ExperienceEntity.Type

/**
 * One page of `ListExperienceEntities`.
 *
 * @category responses
 * @since 0.1.0
 */
export const ListExperienceEntitiesResponse = Schema.Struct({
  SummaryItems: AwsSchema.list(ExperienceEntity),
  NextToken: text
})

// -----------------------------------------------------------------------------
// Indices
// -----------------------------------------------------------------------------

/**
 * What `ListIndices` takes.
 *
 * @category requests
 * @since 0.1.0
 */
export const ListIndicesRequest = Schema.Struct(paged(100))

/**
 * An index in a list.
 *
 * @category responses
 * @since 0.1.0
 */
export const Index = Schema.Struct({
  Name: text,
  Id: Schema.optional(given.indexId),
  Edition: Schema.optional(AwsSchema.open(...editions)),
  CreatedAt: Schema.Date,
  UpdatedAt: Schema.Date,
  Status: AwsSchema.open(...indexStatuses)
})

/**
 * @category responses
 * @since 0.1.0
 */
export type Index = typeof Index.Type

/**
 * One page of `ListIndices`.
 *
 * @category responses
 * @since 0.1.0
 */
export const ListIndicesResponse = Schema.Struct({
  IndexConfigurationSummaryItems: AwsSchema.list(Index),
  NextToken: text
})

/**
 * What `DescribeIndex` takes.
 *
 * @category requests
 * @since 0.1.0
 */
export const DescribeIndexRequest = Schema.Struct({ Id: KendraId.IndexId })

/**
 * What `DescribeIndex` answers.
 *
 * @category responses
 * @since 0.1.0
 */
export const IndexDetail = Schema.Struct({
  Name: text,
  Id: Schema.optional(given.indexId),
  Edition: Schema.optional(AwsSchema.open(...editions)),
  RoleArn: text,
  ServerSideEncryptionConfiguration: Schema.optional(Schema.Struct({ KmsKeyId: text })),
  Status: Schema.optional(AwsSchema.open(...indexStatuses)),
  Description: text,
  CreatedAt: time,
  UpdatedAt: time,
  DocumentMetadataConfigurations: AwsSchema.list(
    Schema.Struct({
      Name: Schema.String,
      Type: AwsSchema.open("STRING_VALUE", "STRING_LIST_VALUE", "LONG_VALUE", "DATE_VALUE"),
      Relevance: Schema.optional(
        Schema.Struct({
          Freshness: flag,
          Importance: number,
          Duration: text,
          RankOrder: Schema.optional(AwsSchema.open("ASCENDING", "DESCENDING")),
          ValueImportanceMap: Schema.optional(Schema.Record(Schema.String, Schema.Number))
        })
      ),
      Search: Schema.optional(Schema.Struct({ Facetable: flag, Searchable: flag, Displayable: flag, Sortable: flag }))
    })
  ),
  IndexStatistics: Schema.optional(
    Schema.Struct({
      FaqStatistics: Schema.Struct({ IndexedQuestionAnswersCount: Schema.Number }),
      TextDocumentStatistics: Schema.Struct({
        IndexedTextDocumentsCount: Schema.Number,
        IndexedTextBytes: Schema.Number
      })
    })
  ),
  ErrorMessage: text,
  CapacityUnits: Schema.optional(
    Schema.Struct({ StorageCapacityUnits: Schema.Number, QueryCapacityUnits: Schema.Number })
  ),
  UserTokenConfigurations: AwsSchema.list(
    Schema.Struct({
      JwtTokenTypeConfiguration: Schema.optional(
        Schema.Struct({
          KeyLocation: AwsSchema.open("URL", "SECRET_MANAGER"),
          URL: text,
          SecretManagerArn: text,
          UserNameAttributeField: text,
          GroupAttributeField: text,
          Issuer: text,
          ClaimRegex: text
        })
      ),
      JsonTokenTypeConfiguration: Schema.optional(
        Schema.Struct({ UserNameAttributeField: Schema.String, GroupAttributeField: Schema.String })
      )
    })
  ),
  UserContextPolicy: Schema.optional(AwsSchema.open("ATTRIBUTE_FILTER", "USER_TOKEN")),
  UserGroupResolutionConfiguration: Schema.optional(
    Schema.Struct({ UserGroupResolutionMode: AwsSchema.open("AWS_SSO", "NONE") })
  )
})

/**
 * @category responses
 * @since 0.1.0
 */
export type IndexDetail = typeof IndexDetail.Type

// -----------------------------------------------------------------------------
// Data sources and their sync jobs
// -----------------------------------------------------------------------------

/**
 * What `ListDataSources` takes.
 *
 * @category requests
 * @since 0.1.0
 */
export const ListDataSourcesRequest = Schema.Struct({ IndexId: KendraId.IndexId, ...paged(100) })

/**
 * A data source in a list.
 *
 * @category responses
 * @since 0.1.0
 */
export const DataSource = Schema.Struct({
  Name: text,
  Id: Schema.optional(given.dataSourceId),
  Type: Schema.optional(
    AwsSchema.open(
      ...(["S3", "SHAREPOINT", "DATABASE", "SALESFORCE", "ONEDRIVE", "SERVICENOW", "CUSTOM"] as const),
      ...(["CONFLUENCE", "GOOGLEDRIVE", "WEBCRAWLER", "WORKDOCS", "FSX", "SLACK", "BOX"] as const),
      ...(["QUIP", "JIRA", "GITHUB", "ALFRESCO", "TEMPLATE"] as const)
    )
  ),
  CreatedAt: time,
  UpdatedAt: time,
  Status: Schema.optional(AwsSchema.open("CREATING", "DELETING", "FAILED", "UPDATING", "ACTIVE")),
  LanguageCode: text
})

/**
 * @category responses
 * @since 0.1.0
 */
export type DataSource = typeof DataSource.Type

/**
 * One page of `ListDataSources`.
 *
 * @category responses
 * @since 0.1.0
 */
export const ListDataSourcesResponse = Schema.Struct({ SummaryItems: AwsSchema.list(DataSource), NextToken: text })

const dataSource = { Id: KendraId.DataSourceId, IndexId: KendraId.IndexId }

/**
 * What `ListDataSourceSyncJobs` takes.
 *
 * @category requests
 * @since 0.1.0
 */
export const ListDataSourceSyncJobsRequest = Schema.Struct({
  ...dataSource,
  ...paged(10),
  StartTimeFilter: Schema.optional(Schema.Struct({ StartTime: time, EndTime: time })),
  StatusFilter: Schema.optional(Schema.Literals(syncJobStatuses))
})

/**
 * A sync job of a data source. Kendra writes its metrics as decimal texts.
 *
 * @category responses
 * @since 0.1.0
 */
export const SyncJob = Schema.Struct({
  ExecutionId: Schema.optional(given.syncJobId),
  StartTime: time,
  EndTime: time,
  Status: Schema.optional(AwsSchema.open(...syncJobStatuses)),
  ErrorMessage: text,
  ErrorCode: errorCode,
  DataSourceErrorCode: text,
  Metrics: Schema.optional(
    Schema.Struct({
      DocumentsAdded: text,
      DocumentsModified: text,
      DocumentsDeleted: text,
      DocumentsFailed: text,
      DocumentsScanned: text
    })
  )
})

/**
 * @category responses
 * @since 0.1.0
 */
export type SyncJob = typeof SyncJob.Type

/**
 * One page of `ListDataSourceSyncJobs`.
 *
 * @category responses
 * @since 0.1.0
 */
export const ListDataSourceSyncJobsResponse = Schema.Struct({ History: AwsSchema.list(SyncJob), NextToken: text })

/**
 * What `StartDataSourceSyncJob` and `StopDataSourceSyncJob` take.
 *
 * @category requests
 * @since 0.1.0
 */
export const DataSourceRequest = Schema.Struct(dataSource)

/**
 * What `StartDataSourceSyncJob` answers.
 *
 * @category responses
 * @since 0.1.0
 */
export const StartDataSourceSyncJobResponse = Schema.Struct({ ExecutionId: Schema.optional(given.syncJobId) })

/**
 * @category responses
 * @since 0.1.0
 */
export type StartDataSourceSyncJobResponse = typeof StartDataSourceSyncJobResponse.Type

/**
 * What `StopDataSourceSyncJob` answers: nothing.
 *
 * @category responses
 * @since 0.1.0
 */
export const StopDataSourceSyncJobResponse = Schema.Struct({})

/**
 * @category responses
 * @since 0.1.0
 */
export type StopDataSourceSyncJobResponse = typeof StopDataSourceSyncJobResponse.Type
