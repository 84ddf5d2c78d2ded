import { type BatchPolicy, Bulk, type Outcome, type Report } from "@effect-bulk/core"
import type { Kendra } from "@effect-bulk/kendra"
import type { Effect } from "effect"
import { documentIds, experienceId, indexId, uuids } from "./recorder.ts"

type Service = Kendra["Service"]
type AnyReport = Report.Report<unknown, unknown, unknown>
interface Tagged {
  readonly _tag: string
  readonly message: string
}

/** A batch operation in all its forms, by ids alone, so that one test serves all of them. */
export interface Batch {
  readonly operation: string
  /** Most items of a call of the API, and of one that a bulk run makes. */
  readonly limit: number
  readonly bulkLimit: number
  /** Ids that it works for. */
  readonly ids: (count: number) => ReadonlyArray<string>
  readonly one: (kendra: Service, ids: ReadonlyArray<string>) => Effect.Effect<unknown, Tagged>
  readonly all: (
    kendra: Service,
    ids: ReadonlyArray<string>,
    policy?: BatchPolicy.Input
  ) => Effect.Effect<AnyReport, Tagged & { readonly report: AnyReport }>
  readonly run: (kendra: Service, ids: ReadonlyArray<string>, policy?: BatchPolicy.Input) => Effect.Effect<AnyReport>
  readonly single: (
    kendra: Service,
    id: string
  ) => Effect.Effect<unknown, Tagged & { readonly outcome: Outcome.Unsuccessful<unknown, unknown> }>
  /** What is sent for ids. */
  readonly input: (ids: ReadonlyArray<string>) => Record<string, unknown>
  /** The ids of an input. */
  readonly sent: (input: Record<string, unknown>) => ReadonlyArray<string>
  /** The list of failures in answers, and an entry of it. */
  readonly list: string
  readonly failure: (id: string | undefined, message: string) => Record<string, unknown>
  readonly itemError: string
  readonly evidence: "Accepted" | "Confirmed"
}

const experience = { experienceId, indexId }
const inExperience = { Id: experienceId, IndexId: indexId }
const bytes = new TextEncoder().encode("hello")
const strings = (list: unknown) => list as ReadonlyArray<string>
const pluck = (list: unknown, key: string) =>
  (list as ReadonlyArray<Record<string, unknown>>).map((entry) => String(entry[key]))
const coded = (key: string) => (id: string | undefined, message: string) => ({
  ...(id !== undefined && { [key]: id }),
  ErrorCode: "InvalidRequest",
  ErrorMessage: message
})
const uncoded = (id: string | undefined, message: string) => ({
  ...(id !== undefined && { EntityId: id }),
  ErrorMessage: message
})
const withPolicy = (policy: BatchPolicy.Input | undefined) => (policy === undefined ? {} : { policy })
const asEntity = (entityId: string) => ({ entityId, entityType: "USER" as const })
const asPersona = (entityId: string) => ({ entityId, persona: "OWNER" as const })
const entityList = (ids: ReadonlyArray<string>) => ids.map((id) => ({ EntityId: id, EntityType: "USER" as const }))
const documents = (ids: ReadonlyArray<string>) => ids.map((Id) => ({ Id, Blob: bytes }))

export const batches: ReadonlyArray<Batch> = [
  {
    operation: "BatchDeleteDocument",
    limit: 10,
    bulkLimit: 10,
    ids: documentIds,
    one: (kendra, ids) => kendra.batchDeleteDocument({ IndexId: indexId, DocumentIdList: ids }),
    all: (kendra, ids, policy) => kendra.deleteDocuments({ indexId, ids }, withPolicy(policy)),
    run: (kendra, ids, policy) =>
      Bulk.run(
        kendra.deleteDocumentsOperation,
        ids.map((id) => ({ indexId, id })),
        withPolicy(policy)
      ),
    single: (kendra, id) => kendra.deleteDocument({ indexId, id }),
    input: (ids) => ({ IndexId: indexId, DocumentIdList: ids }),
    sent: ({ DocumentIdList }) => strings(DocumentIdList),
    list: "FailedDocuments",
    failure: coded("Id"),
    itemError: "DocumentError",
    evidence: "Accepted"
  },
  {
    operation: "BatchPutDocument",
    limit: 10,
    bulkLimit: 10,
    ids: (count) => documentIds(count, 110),
    one: (kendra, ids) => kendra.batchPutDocument({ IndexId: indexId, Documents: documents(ids) }),
    all: (kendra, ids, policy) => kendra.putDocuments({ indexId, documents: documents(ids) }, withPolicy(policy)),
    run: (kendra, ids, policy) =>
      Bulk.run(
        kendra.putDocumentsOperation,
        documents(ids).map((document) => ({ indexId, document })),
        withPolicy(policy)
      ),
    single: (kendra, id) => kendra.putDocument({ indexId, document: { Id: id, Blob: bytes } }),
    input: (ids) => ({ IndexId: indexId, Documents: documents(ids) }),
    sent: ({ Documents }) => pluck(Documents, "Id"),
    list: "FailedDocuments",
    failure: coded("Id"),
    itemError: "DocumentError",
    evidence: "Accepted"
  },
  {
    operation: "BatchGetDocumentStatus",
    limit: 10,
    bulkLimit: 10,
    ids: documentIds,
    one: (kendra, ids) =>
      kendra.batchGetDocumentStatus({
        IndexId: indexId,
        DocumentInfoList: ids.map((id) => ({ DocumentId: id }))
      }),
    all: (kendra, ids, policy) => kendra.getDocumentStatuses({ indexId, ids }, withPolicy(policy)),
    run: (kendra, ids, policy) =>
      Bulk.run(
        kendra.getDocumentStatusesOperation,
        ids.map((id) => ({ indexId, id })),
        withPolicy(policy)
      ),
    single: (kendra, id) => kendra.getDocumentStatus({ indexId, id }),
    input: (ids) => ({ IndexId: indexId, DocumentInfoList: ids.map((id) => ({ DocumentId: id })) }),
    sent: ({ DocumentInfoList }) => pluck(DocumentInfoList, "DocumentId"),
    list: "Errors",
    failure: coded("DocumentId"),
    itemError: "DocumentError",
    evidence: "Confirmed"
  },
  {
    operation: "BatchDeleteFeaturedResultsSet",
    limit: 50,
    bulkLimit: 50,
    ids: uuids,
    one: (kendra, ids) => kendra.batchDeleteFeaturedResultsSet({ IndexId: indexId, FeaturedResultsSetIds: ids }),
    all: (kendra, ids, policy) => kendra.deleteFeaturedResultsSets({ indexId, ids }, withPolicy(policy)),
    run: (kendra, ids, policy) =>
      Bulk.run(
        kendra.deleteFeaturedResultsSetsOperation,
        ids.map((id) => ({ indexId, id })),
        withPolicy(policy)
      ),
    single: (kendra, id) => kendra.deleteFeaturedResultsSet({ indexId, id }),
    input: (ids) => ({ IndexId: indexId, FeaturedResultsSetIds: ids }),
    sent: ({ FeaturedResultsSetIds }) => strings(FeaturedResultsSetIds),
    list: "Errors",
    failure: coded("Id"),
    itemError: "FeaturedResultsSetError",
    evidence: "Confirmed"
  },
  {
    operation: "AssociateEntitiesToExperience",
    limit: 20,
    bulkLimit: 20,
    ids: (count) => uuids(count, 1000),
    one: (kendra, ids) => kendra.associateEntitiesToExperience({ ...inExperience, EntityList: entityList(ids) }),
    all: (kendra, ids, policy) =>
      kendra.associateEntities({ ...experience, entities: ids.map(asEntity) }, withPolicy(policy)),
    run: (kendra, ids, policy) =>
      Bulk.run(
        kendra.associateEntitiesOperation,
        ids.map((id) => ({ ...experience, ...asEntity(id) })),
        withPolicy(policy)
      ),
    single: (kendra, id) => kendra.associateEntity({ ...experience, ...asEntity(id) }),
    input: (ids) => ({ ...inExperience, EntityList: entityList(ids) }),
    sent: ({ EntityList }) => pluck(EntityList, "EntityId"),
    list: "FailedEntityList",
    failure: uncoded,
    itemError: "EntityError",
    evidence: "Confirmed"
  },
  {
    operation: "DisassociateEntitiesFromExperience",
    limit: 40,
    bulkLimit: 25,
    ids: uuids,
    one: (kendra, ids) => kendra.disassociateEntitiesFromExperience({ ...inExperience, EntityList: entityList(ids) }),
    all: (kendra, ids, policy) =>
      kendra.disassociateEntities({ ...experience, entities: ids.map(asEntity) }, withPolicy(policy)),
    run: (kendra, ids, policy) =>
      Bulk.run(
        kendra.disassociateEntitiesOperation,
        ids.map((id) => ({ ...experience, ...asEntity(id) })),
        withPolicy(policy)
      ),
    single: (kendra, id) => kendra.disassociateEntity({ ...experience, ...asEntity(id) }),
    input: (ids) => ({ ...inExperience, EntityList: entityList(ids) }),
    sent: ({ EntityList }) => pluck(EntityList, "EntityId"),
    list: "FailedEntityList",
    failure: uncoded,
    itemError: "EntityError",
    evidence: "Confirmed"
  },
  {
    operation: "AssociatePersonasToEntities",
    limit: 25,
    bulkLimit: 25,
    ids: uuids,
    one: (kendra, ids) =>
      kendra.associatePersonasToEntities({
        ...inExperience,
        Personas: ids.map((id) => ({ EntityId: id, Persona: "OWNER" as const }))
      }),
    all: (kendra, ids, policy) =>
      kendra.associatePersonas({ ...experience, personas: ids.map(asPersona) }, withPolicy(policy)),
    run: (kendra, ids, policy) =>
      Bulk.run(
        kendra.associatePersonasOperation,
        ids.map((id) => ({ ...experience, ...asPersona(id) })),
        withPolicy(policy)
      ),
    single: (kendra, id) => kendra.associatePersona({ ...experience, ...asPersona(id) }),
    input: (ids) => ({ ...inExperience, Personas: ids.map((id) => ({ EntityId: id, Persona: "OWNER" })) }),
    sent: ({ Personas }) => pluck(Personas, "EntityId"),
    list: "FailedEntityList",
    failure: uncoded,
    itemError: "EntityError",
    evidence: "Confirmed"
  },
  {
    operation: "DisassociatePersonasFromEntities",
    limit: 25,
    bulkLimit: 25,
    ids: uuids,
    one: (kendra, ids) => kendra.disassociatePersonasFromEntities({ ...inExperience, EntityIds: ids }),
    all: (kendra, ids, policy) => kendra.disassociatePersonas({ ...experience, entityIds: ids }, withPolicy(policy)),
    run: (kendra, ids, policy) =>
      Bulk.run(
        kendra.disassociatePersonasOperation,
        ids.map((entityId) => ({ ...experience, entityId })),
        withPolicy(policy)
      ),
    single: (kendra, id) => kendra.disassociatePersona({ ...experience, entityId: id }),
    input: (ids) => ({ ...inExperience, EntityIds: ids }),
    sent: ({ EntityIds }) => strings(EntityIds),
    list: "FailedEntityList",
    failure: uncoded,
    itemError: "EntityError",
    evidence: "Confirmed"
  }
]

export const outcomesOf = (report: { readonly outcomes: ReadonlyArray<Outcome.Outcome<unknown, unknown, unknown>> }) =>
  report.outcomes.map((outcome) => (outcome._tag === "Succeeded" ? outcome.evidence : outcome._tag))
