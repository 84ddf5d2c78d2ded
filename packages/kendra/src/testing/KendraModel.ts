/**
 * Kendra in memory: indices with documents, data sources with sync jobs, sets of featured results, and experiences with
 * entities. What AWS documents is enforced; what AWS leaves open is a choice. Putting and deleting documents goes on
 * after the answer: a document is PROCESSING for a time, or for so many looks at its status.
 *
 * @since 0.1.0
 */
import * as ServiceModel from "@effect-bulk/aws/testing/ServiceModel"
import * as ServiceWire from "@effect-bulk/aws/testing/ServiceWire"
import type * as TokenBucket from "@effect-bulk/aws/testing/TokenBucket"
import * as KendraAnswer from "./KendraAnswer.ts"
import * as KendraEntities from "./KendraEntities.ts"
import * as KendraItems from "./KendraItems.ts"
import * as KendraState from "./KendraState.ts"
import { kendraWire } from "./KendraWire.ts"
import * as KendraWork from "./KendraWork.ts"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * The model, with a view of its state.
 *
 * @category models
 * @since 0.1.0
 */
export interface KendraModel extends ServiceModel.ServiceModel {
  /** The documents of an index, deleted ones included. */
  readonly documents: (indexId: string) => Iterable<KendraState.DocumentState>
  readonly document: (indexId: string, id: string) => KendraState.DocumentState | undefined
  /** The sets of featured results that are left. */
  readonly featuredResultsSets: (indexId: string) => ReadonlyArray<string>
  /** The entities of an experience, with their personas. */
  readonly entities: (
    indexId: string,
    experienceId: string
  ) => ReadonlyArray<{ readonly id: string; readonly persona: "OWNER" | "VIEWER" | undefined }>
  /** From now on, whatever is done with this document (or set, or entity) fails, `times` times or for ever. */
  readonly failItem: (id: string, failure: ItemFailure) => void
}

/**
 * How an item fails: `times` times, or for ever. Operations on entities give no code.
 *
 * @category models
 * @since 0.1.0
 */
export interface ItemFailure {
  readonly code: string
  readonly message: string
  readonly times?: number
}

/**
 * What AWS leaves open.
 *
 * @category models
 * @since 0.1.0
 */
export interface Choices {
  /** How long a put or a deletion goes on after its answer, in milliseconds; 0 unless said. */
  readonly processingMillis: number
  /** How often it is seen to go on before it is over; 1 unless said. */
  readonly processingLooks: number
  /** The status of a document that is being deleted: `PROCESSING` (unless said), or what it was before. */
  readonly deleting: "PROCESSING" | "unchanged"
  /** Documents whose deletion is accepted, and never done. */
  readonly undeletable: ReadonlyArray<string>
  /** Documents that are accepted, and cannot be indexed. */
  readonly unindexable: ReadonlyArray<string>
  /** Deleting what is not there (documents, sets, entities): an item error (unless said), or not worth a word. */
  readonly missing: "error" | "accepted"
  /** Deleting again what is being deleted: `accepted` (unless said) or an item error. */
  readonly again: "accepted" | "missing"
  /** The same id twice in a call: counts once (unless said), or the second one is an item error. */
  readonly duplicates: "once" | "error"
  /** Associating what is associated: `accepted` (unless said), an item error, or an exception. */
  readonly associated: "accepted" | "error" | "exception"
  /** The list of failures without any: empty (unless said), as was seen of AWS, or absent. */
  readonly fullSuccess: "emptyList" | "absent"
  /** Most bytes of inline contents in a call; 5 MB unless said. */
  readonly inlineBytes: number
  /** How long a sync job runs, in milliseconds; until it is stopped unless said. */
  readonly syncMillis: number
  /** How many entities a page has; 100 unless said. */
  readonly entitiesPage: number
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Options {
  readonly indices?: ReadonlyArray<KendraState.IndexSeed>
  readonly choices?: Partial<Choices>
  /** Calls a second by operation; no limit where none is given. AWS publishes none of these rates. */
  readonly rates?: Readonly<Record<string, TokenBucket.Rate>>
}

const defaults: Choices = {
  processingMillis: 0,
  processingLooks: 1,
  deleting: "PROCESSING",
  undeletable: [],
  unindexable: [],
  missing: "error",
  again: "accepted",
  duplicates: "once",
  associated: "accepted",
  fullSuccess: "emptyList",
  inlineBytes: 5_000_000,
  syncMillis: Number.POSITIVE_INFINITY,
  entitiesPage: 100
}

// -----------------------------------------------------------------------------
// Constructors
// -----------------------------------------------------------------------------

/**
 * A model with a state of its own.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (options: Options = {}): KendraModel => {
  const choices = { ...defaults, ...options.choices }
  const indices = new Map((options.indices ?? []).map((seed) => [seed.id, KendraState.index(seed)]))
  const items = KendraItems.make(choices)
  const documents = KendraWork.documents(choices)
  const jobs = KendraWork.jobs(choices)

  const inIndex = (id: string, f: (index: KendraState.Index) => ServiceModel.ModelAnswer): ServiceModel.ModelAnswer => {
    const index = indices.get(id)
    return index === undefined ? KendraAnswer.notFound(`The index ${id} does not exist.`) : f(index)
  }

  // Documents can be put and deleted while an index is there, and neither on its way in nor out.
  const inUsableIndex = (id: string, f: (index: KendraState.Index) => ServiceModel.ModelAnswer) =>
    inIndex(id, (index) => {
      const { status = "ACTIVE" } = index.seed
      return status === "CREATING" || status === "DELETING"
        ? ServiceModel.error("ConflictException", 400, `The index must be ACTIVE, got ${status}`)
        : f(index)
    })

  const inDataSource = (
    { Id, IndexId }: { readonly Id: string; readonly IndexId: string },
    f: (dataSource: KendraState.DataSource) => ServiceModel.ModelAnswer
  ) =>
    inIndex(IndexId, (index) => {
      const dataSource = index.dataSources.get(Id)
      return dataSource === undefined ? KendraAnswer.notFound(`The data source ${Id} does not exist.`) : f(dataSource)
    })

  const inExperience: KendraEntities.InExperience = ({ Id, IndexId }, f) =>
    inIndex(IndexId, (index) => {
      const experience = index.experiences.get(Id)
      return experience === undefined ? KendraAnswer.notFound(`The experience ${Id} does not exist.`) : f(experience)
    })

  const answer = KendraAnswer.failures(choices)

  return {
    service: kendraWire.service,
    handle: ServiceWire.handle(
      kendraWire,
      {
        BatchDeleteDocument: ({ DataSourceSyncJobMetricTarget: target, DocumentIdList, IndexId }, call) =>
          inUsableIndex(IndexId, (index) => {
            const source = target && index.dataSources.get(target.DataSourceId)
            if (target !== undefined && source === undefined) {
              return KendraAnswer.notFound(`The data source ${target.DataSourceId} does not exist.`)
            }
            const job = source && jobs.find(source, target?.DataSourceSyncJobId, call.now)
            if (job === "missing")
              return KendraAnswer.notFound(`The sync job ${target?.DataSourceSyncJobId} does not exist.`)
            const failures = items.run(DocumentIdList, call, {
              each: (id) => {
                if (job !== undefined && !KendraState.isRunning(job.status)) {
                  return KendraItems.invalid(`The sync job ${job.id} is ${job.status}.`)
                }
                const refusal = documents.remove(index, id, call.now)
                if (refusal === undefined) job?.deleted.add(id)
                return refusal
              },
              named: (id) => index.documents.get(id)
            })
            return answer("FailedDocuments", failures.map(KendraAnswer.failedDocument))
          }),
        BatchPutDocument: ({ Documents, IndexId }, call) =>
          inUsableIndex(IndexId, (index) => {
            const bytes = Documents.reduce((sum, { Blob }) => sum + (Blob?.length ?? 0), 0)
            if (bytes > choices.inlineBytes) {
              return ServiceWire.invalid(
                kendraWire,
                `Invalid Documents: expected at most ${choices.inlineBytes} bytes of inline contents, got ${bytes}`
              )
            }
            if (index.bytes + bytes > (index.seed.maxBytes ?? Infinity)) {
              return ServiceModel.error("ServiceQuotaExceededException", 400, "The capacity of the index is used up.")
            }
            index.bytes += bytes
            const byId = new Map(Documents.map((document) => [document.Id, document]))
            const failures = items.run(
              Documents.map(({ Id }) => Id),
              call,
              {
                each: (id) => {
                  const { Blob, S3Path } = byId.get(id) ?? {}
                  return (Blob === undefined) === (S3Path === undefined)
                    ? KendraItems.invalid("A document must have either Blob or S3Path.")
                    : documents.put(index, id, call.now)
                },
                named: (id) => index.documents.get(id)
              }
            )
            return answer("FailedDocuments", failures.map(KendraAnswer.failedDocument))
          }),
        BatchGetDocumentStatus: ({ DocumentInfoList, IndexId }, call) =>
          inIndex(IndexId, (index) => {
            const ids = DocumentInfoList.map(({ DocumentId }) => DocumentId)
            const failures = items.run(ids, call, { each: () => undefined, named: () => undefined })
            const failed = new Set(failures.map(({ id }) => id))
            return ServiceModel.output({
              Errors: failures.map(({ code, id, message }) => ({
                DocumentId: id,
                ErrorCode: code,
                ErrorMessage: message
              })),
              DocumentStatusList: [...new Set(ids)]
                .filter((id) => !failed.has(id))
                .map((id) => ({ DocumentId: id, ...documents.look(index, id, call.now) }))
            })
          }),
        BatchDeleteFeaturedResultsSet: ({ FeaturedResultsSetIds, IndexId }, call) =>
          inIndex(IndexId, (index) => {
            const failures = items.run(FeaturedResultsSetIds, call, {
              each: (id) => {
                const set = index.featuredResultsSets.get(id)
                if (set?.status !== "ACTIVE") return items.missing(`The set of featured results ${id} does not exist.`)
                set.status = "DELETED"
                set.deleted++
                return undefined
              },
              named: (id) => index.featuredResultsSets.get(id)
            })
            // This list is required: empty, never absent.
            return ServiceModel.output({
              Errors: failures.map(({ code, id, message }) => ({ Id: id, ErrorCode: code, ErrorMessage: message }))
            })
          }),
        ...KendraEntities.make(inExperience, items, choices),
        ListExperienceEntities: (input) =>
          inExperience(input, ({ entities, id }) =>
            KendraAnswer.page(
              { ...input, list: `entities ${input.IndexId} ${id}`, member: "SummaryItems" },
              [...entities.values()],
              KendraState.describeEntity,
              choices.entitiesPage
            )
          ),
        ListFeaturedResultsSets: (input) =>
          inIndex(input.IndexId, ({ featuredResultsSets }) =>
            KendraAnswer.page(
              { ...input, list: `sets ${input.IndexId}`, member: "FeaturedResultsSetSummaryItems" },
              [...featuredResultsSets.values()],
              KendraState.describeFeaturedResultsSet
            )
          ),
        ListIndices: (input) =>
          KendraAnswer.page(
            { ...input, list: "indices", member: "IndexConfigurationSummaryItems" },
            [...indices.values()],
            KendraState.describeIndex
          ),
        DescribeIndex: ({ Id }, { now }) =>
          inIndex(Id, (index) => {
            for (const document of index.documents.values()) documents.settle(document, now)
            return ServiceModel.output(KendraState.describeIndexDetail(index))
          }),
        ListDataSources: (input) =>
          inIndex(input.IndexId, ({ dataSources }) =>
            KendraAnswer.page(
              { ...input, list: `data sources ${input.IndexId}`, member: "SummaryItems" },
              [...dataSources.values()],
              KendraState.describeDataSource
            )
          ),
        ListDataSourceSyncJobs: (input, { now }) =>
          inDataSource(input, (source) => {
            const { EndTime: end = new Date(8.64e15), StartTime: start = new Date(0) } = input.StartTimeFilter ?? {}
            jobs.settle(source, now)
            const listed = source.jobs
              .filter(({ startTime }) => startTime >= start.getTime() && startTime <= end.getTime())
              .filter(({ status }) => input.StatusFilter === undefined || status === input.StatusFilter)
              .toReversed()
            const list = `sync jobs ${input.IndexId} ${input.Id}`
            const answer = KendraAnswer.page(
              { ...input, list, member: "History" },
              listed,
              KendraState.describeSyncJob,
              10
            )
            // A stop has been seen.
            for (const job of source.jobs) if (job.status === "STOPPING") job.status = "ABORTED"
            return answer
          }),
        StartDataSourceSyncJob: (input, { now }) =>
          inDataSource(input, (source) => {
            jobs.settle(source, now)
            if (source.jobs.some(({ status }) => KendraState.isRunning(status))) {
              return ServiceModel.error("ResourceInUseException", 400, "A sync job runs on the data source.")
            }
            const job = KendraState.syncJob(KendraState.uuid(source.jobs.length + 1), "SYNCING", now)
            source.jobs.push(job)
            return ServiceModel.output({ ExecutionId: job.id })
          }),
        StopDataSourceSyncJob: (input, { now }) =>
          inDataSource(input, (source) => {
            jobs.settle(source, now)
            for (const job of source.jobs) {
              if (!KendraState.isRunning(job.status)) continue
              job.status = "STOPPING"
              job.endTime = now
            }
            return ServiceModel.output({})
          })
      },
      options.rates
    ),
    *state() {
      for (const { documents, experiences, featuredResultsSets, seed } of indices.values()) {
        const indexId = seed.id
        for (const document of documents.values()) {
          yield { type: "document", indexId, ...KendraState.documentState(document) }
        }
        for (const set of featuredResultsSets.values()) yield { type: "featuredResultsSet", indexId, ...set }
        for (const { entities, id: experienceId } of experiences.values()) {
          for (const entity of entities.values()) yield { indexId, experienceId, ...entity, type: "entity" }
        }
      }
    },
    absentLists: (operation) => KendraAnswer.lists[operation] ?? [],
    contradict: KendraAnswer.contradict,
    *documents(indexId) {
      for (const document of indices.get(indexId)?.documents.values() ?? []) yield KendraState.documentState(document)
    },
    document: (indexId, id) => {
      const document = indices.get(indexId)?.documents.get(id)
      return document && KendraState.documentState(document)
    },
    featuredResultsSets: (indexId) =>
      [...(indices.get(indexId)?.featuredResultsSets.values() ?? [])]
        .filter(({ status }) => status === "ACTIVE")
        .map(({ id }) => id),
    entities: (indexId, experienceId) =>
      [...(indices.get(indexId)?.experiences.get(experienceId)?.entities.values() ?? [])]
        .filter(({ associated }) => associated)
        .map(({ id, persona }) => ({ id, persona })),
    failItem: items.failItem
  }
}
