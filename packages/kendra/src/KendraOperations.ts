/**
 * The batch operations of Kendra: what a call may hold, what its items share, and how its answer is read.
 *
 * @since 0.1.0
 */
import * as AwsBatch from "@effect-bulk/aws/AwsBatch"
import type { AwsClient } from "@effect-bulk/aws/AwsClient"
import * as AwsSchema from "@effect-bulk/aws/AwsSchema"
import * as Answer from "@effect-bulk/core/Answer"
import * as Verdict from "@effect-bulk/core/Verdict"
import * as Schema from "effect/Schema"
import * as KendraClient from "./KendraClient.ts"
import * as KendraDocument from "./KendraDocument.ts"
import * as KendraError from "./KendraError.ts"
import * as KendraFates from "./KendraFates.ts"
import * as KendraId from "./KendraId.ts"
import type * as KendraSchema from "./KendraSchema.ts"

// -----------------------------------------------------------------------------
// Items
// -----------------------------------------------------------------------------

/**
 * A document of an index.
 *
 * @category models
 * @since 0.1.0
 */
export interface DocumentKey {
  readonly indexId: string
  readonly id: string
}

/**
 * A document to be deleted. The metrics of the sync job count it, if one is given or runs on the data source.
 *
 * @category models
 * @since 0.1.0
 */
export interface DocumentDeletion extends DocumentKey {
  readonly metricTarget?: MetricTarget | undefined
}

/**
 * A sync job whose metrics count documents; the one that runs, unless its id is given.
 *
 * @category models
 * @since 0.1.0
 */
export interface MetricTarget {
  readonly dataSourceId: string
  readonly syncJobId?: string | undefined
}

/**
 * A document to be put. `roleArn` may read its file in Amazon S3, `enrichment` changes it on its way into the index.
 *
 * @category models
 * @since 0.1.0
 */
export interface DocumentPut {
  readonly indexId: string
  readonly document: KendraDocument.Document
  readonly roleArn?: string | undefined
  readonly enrichment?: KendraDocument.CustomDocumentEnrichmentConfiguration | undefined
}

/**
 * A document whose status is asked for; with `attributes`, that of one version of it.
 *
 * @category models
 * @since 0.1.0
 */
export interface DocumentLook extends DocumentKey {
  readonly attributes?: ReadonlyArray<typeof KendraDocument.DocumentAttribute.Encoded> | undefined
}

/**
 * A set of featured results to be deleted.
 *
 * @category models
 * @since 0.1.0
 */
export interface FeaturedResultsSetKey {
  readonly indexId: string
  readonly id: string
}

/**
 * A user or group, seen from an experience.
 *
 * @category models
 * @since 0.1.0
 */
export interface EntityKey {
  readonly indexId: string
  readonly experienceId: string
  readonly entityId: string
}

/**
 * A user or group that is to have access to an experience, or to lose it.
 *
 * @category models
 * @since 0.1.0
 */
export interface EntityAccess extends EntityKey {
  readonly entityType: "USER" | "GROUP"
}

/**
 * A user or group that is to be owner or viewer of an experience.
 *
 * @category models
 * @since 0.1.0
 */
export interface EntityPersona extends EntityKey {
  readonly persona: "OWNER" | "VIEWER"
}

// -----------------------------------------------------------------------------
// Documents
// -----------------------------------------------------------------------------

/**
 * BatchDeleteDocument: 10 documents of one index a call. Those that the answer does not name were taken, and are deleted
 * later.
 *
 * @category operations
 * @since 0.1.0
 */
export const deleteDocuments = (client: AwsClient) =>
  AwsBatch.make(client, KendraClient.batchDeleteDocument, {
    limits: { maxItems: 10 },
    id: ({ id }: DocumentDeletion) => id,
    group: ({ indexId, metricTarget }) => ({ indexId, metricTarget }),
    target: ({ indexId }) => indexId,
    check: (item) => checkKey(item) ?? (item.metricTarget && checkMetricTarget(item)),
    request: ({ indexId, metricTarget }, items) => ({
      IndexId: indexId,
      DocumentIdList: items.map(({ id }) => id),
      ...(metricTarget && {
        DataSourceSyncJobMetricTarget: {
          DataSourceId: metricTarget.dataSourceId,
          ...(metricTarget.syncJobId !== undefined && { DataSourceSyncJobId: metricTarget.syncJobId })
        }
      })
    }),
    items: ({ DocumentIdList, IndexId }) => DocumentIdList.map((id) => ({ indexId: IndexId, id })),
    answer: Answer.failuresById({
      failures: ({ FailedDocuments }: KendraSchema.BatchDeleteDocumentResponse) => FailedDocuments ?? [],
      id: ({ Id }) => Id,
      verdict: (failure) => KendraFates.removal(documentError(failure)),
      silent: () => Verdict.accepted(undefined)
    })
  })

/**
 * Most bytes of inline contents in a call of BatchPutDocument. AWS once documented 5 MB, and since says only what one file
 * may have; this is safe in either case.
 *
 * @category limits
 * @since 0.1.0
 */
export const maxInlineBytes = 5_000_000

/**
 * BatchPutDocument: 10 documents of one index a call, with 5 MB of inline contents together. Those that the answer does
 * not name were taken, and are indexed later.
 *
 * @category operations
 * @since 0.1.0
 */
export const putDocuments = (client: AwsClient) =>
  AwsBatch.make(client, KendraClient.batchPutDocument, {
    limits: {
      maxItems: 10,
      maxBytes: maxInlineBytes,
      sizeOf: ({ document }: DocumentPut) => document.Blob?.byteLength ?? 0
    },
    id: ({ document }) => document.Id,
    group: ({ enrichment, indexId, roleArn }) => ({ indexId, roleArn, enrichment }),
    target: ({ indexId }) => indexId,
    check: checkPut,
    request: ({ enrichment, indexId, roleArn }, items) => ({
      IndexId: indexId,
      Documents: items.map(({ document }) => document),
      ...(roleArn !== undefined && { RoleArn: roleArn }),
      ...(enrichment && { CustomDocumentEnrichmentConfiguration: enrichment })
    }),
    items: ({ CustomDocumentEnrichmentConfiguration: enrichment, Documents, IndexId: indexId, RoleArn: roleArn }) =>
      Documents.map((document) => ({ indexId, document, roleArn, enrichment })),
    answer: Answer.failuresById({
      failures: ({ FailedDocuments }: KendraSchema.BatchPutDocumentResponse) => FailedDocuments ?? [],
      id: ({ Id }) => Id,
      verdict: (failure) => KendraFates.verdict(documentError(failure)),
      silent: () => Verdict.accepted<void>(undefined)
    })
  })

/**
 * BatchGetDocumentStatus: 10 documents of one index a call. One that the answer does not name at all is asked for again.
 *
 * @category operations
 * @since 0.1.0
 */
export const getDocumentStatuses = (client: AwsClient) =>
  AwsBatch.make(client, KendraClient.batchGetDocumentStatus, {
    limits: { maxItems: 10 },
    id: ({ id }: DocumentLook) => id,
    group: ({ indexId }) => indexId,
    check: (item) => checkKey(item) ?? (item.attributes && checkAttributes(item)),
    request: (indexId, items) => ({
      IndexId: indexId,
      DocumentInfoList: items.map(({ attributes, id }) => ({
        DocumentId: id,
        ...(attributes && { Attributes: attributes })
      }))
    }),
    items: ({ DocumentInfoList, IndexId }) =>
      DocumentInfoList.map(({ Attributes, DocumentId }) => ({
        indexId: IndexId,
        id: DocumentId,
        attributes: Attributes
      })),
    answer: Answer.resultsById({
      successes: ({ DocumentStatusList }: KendraSchema.BatchGetDocumentStatusResponse) => DocumentStatusList,
      id: ({ DocumentId }) => DocumentId,
      verdict: (status) => Verdict.confirmed(status),
      failures: ({ Errors }) => Errors,
      failureId: ({ DocumentId }) => DocumentId,
      failure: ({ DocumentId, ...failure }) => KendraFates.verdict(documentError({ ...failure, Id: DocumentId }))
    })
  })

// -----------------------------------------------------------------------------
// Sets of featured results
// -----------------------------------------------------------------------------

/**
 * BatchDeleteFeaturedResultsSet: 50 sets of one index a call. Those that the answer does not name are deleted.
 *
 * @category operations
 * @since 0.1.0
 */
export const deleteFeaturedResultsSets = (client: AwsClient) =>
  AwsBatch.make(client, KendraClient.batchDeleteFeaturedResultsSet, {
    limits: { maxItems: 50 },
    id: ({ id }: FeaturedResultsSetKey) => id,
    group: ({ indexId }) => indexId,
    check: AwsSchema.checkTexts<FeaturedResultsSetKey>({
      indexId: KendraId.indexId,
      id: KendraId.featuredResultsSetId
    }),
    request: (indexId, items) => ({ IndexId: indexId, FeaturedResultsSetIds: items.map(({ id }) => id) }),
    items: ({ FeaturedResultsSetIds, IndexId }) => FeaturedResultsSetIds.map((id) => ({ indexId: IndexId, id })),
    answer: Answer.failuresById({
      failures: ({ Errors }: KendraSchema.BatchDeleteFeaturedResultsSetResponse) => Errors,
      id: ({ Id }) => Id,
      verdict: ({ ErrorCode = "", ErrorMessage = "", Id = "" }) =>
        KendraFates.removal(
          new KendraError.FeaturedResultsSetError({ id: Id, code: ErrorCode, message: ErrorMessage })
        ),
      silent: () => Verdict.confirmed(undefined)
    })
  })

// -----------------------------------------------------------------------------
// Experiences
// -----------------------------------------------------------------------------

/**
 * AssociateEntitiesToExperience: 20 users and groups of one experience a call. Those that the answer does not name have
 * access.
 *
 * @category operations
 * @since 0.1.0
 */
export const associateEntities = (client: AwsClient) =>
  AwsBatch.make(client, KendraClient.associateEntitiesToExperience, {
    ...inExperience,
    limits: { maxItems: 20 },
    check: (item: EntityAccess) => checkEntity(item) ?? checkAccess(item),
    request: (experience, items) => ({
      ...experience,
      EntityList: items.map(({ entityId, entityType }) => ({ EntityId: entityId, EntityType: entityType }))
    }),
    items: ({ EntityList, Id, IndexId }) =>
      EntityList.map(({ EntityId, EntityType }) => ({
        indexId: IndexId,
        experienceId: Id,
        entityId: EntityId,
        entityType: EntityType
      })),
    answer: entityAnswer(KendraFates.association)
  })

/**
 * DisassociateEntitiesFromExperience: 25 users and groups of one experience a call. AWS takes 40, but its list of failures
 * holds no more than 25, so that a larger call could hide some.
 *
 * @category operations
 * @since 0.1.0
 */
export const disassociateEntities = (client: AwsClient) =>
  AwsBatch.make(client, KendraClient.disassociateEntitiesFromExperience, {
    ...inExperience,
    limits: { maxItems: 25 },
    check: (item: EntityAccess) => checkEntity(item) ?? checkAccess(item),
    request: (experience, items) => ({
      ...experience,
      EntityList: items.map(({ entityId, entityType }) => ({ EntityId: entityId, EntityType: entityType }))
    }),
    items: ({ EntityList, Id, IndexId }) =>
      EntityList.map(({ EntityId, EntityType }) => ({
        indexId: IndexId,
        experienceId: Id,
        entityId: EntityId,
        entityType: EntityType
      })),
    answer: (items, response) => {
      const reading = entityAnswer(KendraFates.removal)(items, response)
      // A list of failures that is full may not be all of them.
      return reading._tag === "ById" && items.length > 25 && response.FailedEntityList.length >= 25
        ? { ...reading, silence: "unanswered" }
        : reading
    }
  })

/**
 * AssociatePersonasToEntities: 25 users and groups of one experience a call. Those that the answer does not name have
 * their persona.
 *
 * @category operations
 * @since 0.1.0
 */
export const associatePersonas = (client: AwsClient) =>
  AwsBatch.make(client, KendraClient.associatePersonasToEntities, {
    ...inExperience,
    limits: { maxItems: 25 },
    check: (item: EntityPersona) => checkEntity(item) ?? checkPersona(item),
    request: (experience, items) => ({
      ...experience,
      Personas: items.map(({ entityId, persona }) => ({ EntityId: entityId, Persona: persona }))
    }),
    items: ({ Id, IndexId, Personas }) =>
      Personas.map(({ EntityId, Persona }) => ({
        indexId: IndexId,
        experienceId: Id,
        entityId: EntityId,
        persona: Persona
      })),
    answer: entityAnswer(KendraFates.association)
  })

/**
 * DisassociatePersonasFromEntities: 25 users and groups of one experience a call. Those that the answer does not name have
 * no persona any more.
 *
 * @category operations
 * @since 0.1.0
 */
export const disassociatePersonas = (client: AwsClient) =>
  AwsBatch.make(client, KendraClient.disassociatePersonasFromEntities, {
    ...inExperience,
    limits: { maxItems: 25 },
    check: checkEntity,
    request: (experience, items) => ({
      ...experience,
      EntityIds: items.map(({ entityId }) => entityId)
    }),
    items: ({ EntityIds, Id, IndexId }) =>
      EntityIds.map((entityId) => ({ indexId: IndexId, experienceId: Id, entityId })),
    answer: entityAnswer(KendraFates.removal)
  })

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

const checkKey = AwsSchema.checkTexts<DocumentKey>({ indexId: KendraId.indexId, id: KendraId.documentId })

const checkMetricTarget = AwsSchema.checkSchema(
  Schema.Struct({
    metricTarget: Schema.Struct({
      dataSourceId: KendraId.DataSourceId,
      syncJobId: Schema.optional(KendraId.SyncJobId)
    })
  })
)

const checkPut = AwsSchema.checkSchema(
  Schema.Struct({
    indexId: KendraId.IndexId,
    document: KendraDocument.Document,
    roleArn: Schema.optional(KendraDocument.RoleArn),
    enrichment: Schema.optional(KendraDocument.CustomDocumentEnrichmentConfiguration)
  })
)

const checkAttributes = AwsSchema.checkSchema(
  Schema.Struct({ attributes: Schema.Array(KendraDocument.DocumentAttribute) })
)

const checkEntity = AwsSchema.checkTexts<EntityKey>({
  indexId: KendraId.indexId,
  experienceId: KendraId.experienceId,
  entityId: KendraId.entityId
})

const checkAccess = AwsSchema.checkSchema(Schema.Struct({ entityType: Schema.Literals(["USER", "GROUP"]) }))

const checkPersona = AwsSchema.checkSchema(Schema.Struct({ persona: Schema.Literals(["OWNER", "VIEWER"]) }))

const documentError = (failure: {
  readonly Id?: string | undefined
  readonly DataSourceId?: string | undefined
  readonly ErrorCode?: string | undefined
  readonly ErrorMessage?: string | undefined
}): KendraError.DocumentError => {
  const { DataSourceId: dataSourceId, ErrorCode: code = "", ErrorMessage: message = "", Id: id = "" } = failure
  return new KendraError.DocumentError({ id, code, message, ...(dataSourceId !== undefined && { dataSourceId }) })
}

// What the four operations on entities have in common.
const inExperience = {
  id: ({ entityId }: EntityKey) => entityId,
  group: ({ experienceId, indexId }: EntityKey) => ({ Id: experienceId, IndexId: indexId }),
  target: ({ Id, IndexId }: { readonly Id: string; readonly IndexId: string }) => `${IndexId}/${Id}`
}

const entityAnswer = <Item>(
  verdict: (error: KendraError.EntityError) => Verdict.Failure<void, KendraError.EntityError>
): Answer.Answer<Item, KendraSchema.FailedEntitiesResponse, void, KendraError.EntityError> =>
  Answer.failuresById({
    failures: ({ FailedEntityList }) => FailedEntityList ?? [],
    id: ({ EntityId }) => EntityId,
    verdict: ({ EntityId = "", ErrorMessage = "" }) =>
      verdict(new KendraError.EntityError({ entityId: EntityId, message: ErrorMessage })),
    silent: () => Verdict.confirmed(undefined)
  })
