/**
 * What the model of Kendra holds: indices with documents, data sources with sync jobs, sets of featured results and
 * experiences with entities, each with its status and a count of what was done to it.
 *
 * @since 0.1.0
 */

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * What became of a document. A deletion counts when it is accepted, not when it was asked for.
 *
 * @category models
 * @since 0.1.0
 */
export interface DocumentState {
  readonly id: string
  readonly status: DocumentStatus
  /** How often a put or delete call that reached the service named it. */
  readonly named: number
  /** How often such a call was told that it is put, or deleted. */
  readonly put: number
  readonly deleted: number
}

/**
 * @category models
 * @since 0.1.0
 */
export type DocumentStatus = "NOT_FOUND" | "PROCESSING" | "INDEXED" | "UPDATED" | "FAILED" | "UPDATE_FAILED"

/**
 * @category models
 * @since 0.1.0
 */
export type SyncJobStatus =
  | "FAILED"
  | "SUCCEEDED"
  | "SYNCING"
  | "INCOMPLETE"
  | "STOPPING"
  | "ABORTED"
  | "SYNCING_INDEXING"

/**
 * An index to begin with. `documents` as a number: so many INDEXED documents, `document-0` and so on.
 *
 * @category models
 * @since 0.1.0
 */
export interface IndexSeed {
  readonly id: string
  readonly name?: string
  readonly edition?: "DEVELOPER_EDITION" | "ENTERPRISE_EDITION" | "GEN_AI_ENTERPRISE_EDITION"
  /** `ACTIVE` unless said; in one that is `CREATING` or `DELETING`, putting and deleting is a conflict. */
  readonly status?: "CREATING" | "ACTIVE" | "DELETING" | "FAILED" | "UPDATING" | "SYSTEM_UPDATING"
  readonly documents?: number | Iterable<DocumentSeed>
  /** How many documents it can hold; a further one fails. */
  readonly maxDocuments?: number
  /** How many bytes of inline contents it can hold; a call with more fails. */
  readonly maxBytes?: number
  readonly dataSources?: ReadonlyArray<DataSourceSeed>
  /** As a number, so many sets with made-up ids. */
  readonly featuredResultsSets?: number | Iterable<string>
  readonly experiences?: ReadonlyArray<ExperienceSeed>
}

/**
 * A document to begin with.
 *
 * @category models
 * @since 0.1.0
 */
export interface DocumentSeed {
  readonly id: string
  /** `INDEXED` unless said. */
  readonly status?: DocumentStatus
  /** The data source whose connector brought it; such a document cannot be deleted. */
  readonly connector?: string
}

/**
 * A data source to begin with, and its sync jobs, the latest last.
 *
 * @category models
 * @since 0.1.0
 */
export interface DataSourceSeed {
  readonly id: string
  readonly name?: string
  /** `CUSTOM` unless said. */
  readonly type?: string
  readonly jobs?: ReadonlyArray<{ readonly id: string; readonly status: SyncJobStatus; readonly startTime?: Date }>
}

/**
 * An experience to begin with. As a number, so many users with made-up ids.
 *
 * @category models
 * @since 0.1.0
 */
export interface ExperienceSeed {
  readonly id: string
  readonly entities?: number | Iterable<EntitySeed>
}

/**
 * @category models
 * @since 0.1.0
 */
export interface EntitySeed {
  readonly id: string
  /** `USER` unless said. */
  readonly type?: "USER" | "GROUP"
  readonly persona?: "OWNER" | "VIEWER"
}

// -----------------------------------------------------------------------------
// Records
// -----------------------------------------------------------------------------

/**
 * A document. One mutable object for each, and nothing else: there may be a million.
 *
 * @category models
 * @since 0.1.0
 */
export interface Document {
  readonly id: string
  /** Where it stands when the service does not work on it. */
  status: DocumentStatus
  /** What the service works on, since when, and how often that was seen. */
  work: "put" | "delete" | undefined
  since: number
  looks: number
  named: number
  put: number
  deleted: number
  readonly connector: string | undefined
}

/**
 * @category models
 * @since 0.1.0
 */
export interface SyncJob {
  readonly id: string
  status: SyncJobStatus
  readonly startTime: number
  endTime: number | undefined
  /** Each document counts once. */
  readonly added: Set<string>
  readonly modified: Set<string>
  readonly deleted: Set<string>
  readonly failed: Set<string>
}

/**
 * @category models
 * @since 0.1.0
 */
export interface DataSource {
  readonly seed: DataSourceSeed
  readonly jobs: Array<SyncJob>
}

/**
 * @category models
 * @since 0.1.0
 */
export interface FeaturedResultsSet {
  readonly id: string
  readonly position: number
  status: "ACTIVE" | "DELETED"
  named: number
  deleted: number
}

/**
 * A user or group that has, or had, access to an experience.
 *
 * @category models
 * @since 0.1.0
 */
export interface Entity {
  readonly id: string
  readonly type: "USER" | "GROUP"
  associated: boolean
  persona: "OWNER" | "VIEWER" | undefined
  named: number
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Experience {
  readonly id: string
  readonly entities: Map<string, Entity>
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Index {
  readonly seed: IndexSeed
  readonly documents: Map<string, Document>
  readonly dataSources: ReadonlyMap<string, DataSource>
  readonly featuredResultsSets: ReadonlyMap<string, FeaturedResultsSet>
  readonly experiences: ReadonlyMap<string, Experience>
  /** Bytes of inline contents put so far. */
  bytes: number
}

// -----------------------------------------------------------------------------
// Constructors
// -----------------------------------------------------------------------------

/**
 * @category constructors
 * @since 0.1.0
 */
export const index = (seed: IndexSeed): Index => {
  const { dataSources = [], documents = [], experiences = [], featuredResultsSets = [] } = seed
  const sets =
    typeof featuredResultsSets === "number"
      ? Array.from({ length: featuredResultsSets }, (_, n) => uuid(n + 1))
      : [...featuredResultsSets]
  const all = new Map<string, Document>()
  if (typeof documents === "number") {
    for (let n = 0; n < documents; n++) all.set(`document-${n}`, document({ id: `document-${n}` }))
  } else {
    for (const seed of documents) all.set(seed.id, document(seed))
  }
  return {
    seed,
    documents: all,
    dataSources: new Map(dataSources.map((seed) => [seed.id, dataSource(seed)])),
    featuredResultsSets: new Map(
      sets.map((id, position) => [id, { id, position, status: "ACTIVE", named: 0, deleted: 0 }])
    ),
    experiences: new Map(experiences.map((seed) => [seed.id, experience(seed)])),
    bytes: 0
  }
}

/**
 * @category constructors
 * @since 0.1.0
 */
export const document = ({ connector, id, status = "INDEXED" }: DocumentSeed): Document => ({
  id,
  status,
  work: undefined,
  since: 0,
  looks: 0,
  named: 0,
  put: 0,
  deleted: 0,
  connector
})

/**
 * @category constructors
 * @since 0.1.0
 */
export const syncJob = (id: string, status: SyncJobStatus, startTime: number): SyncJob => ({
  id,
  status,
  startTime,
  endTime: isRunning(status) ? undefined : startTime,
  added: new Set(),
  modified: new Set(),
  deleted: new Set(),
  failed: new Set()
})

/**
 * @category constructors
 * @since 0.1.0
 */
export const entity = (id: string, type: "USER" | "GROUP"): Entity => ({
  id,
  type,
  associated: true,
  persona: undefined,
  named: 0
})

// -----------------------------------------------------------------------------
// Functions
// -----------------------------------------------------------------------------

/**
 * @category functions
 * @since 0.1.0
 */
export const isRunning = (status: SyncJobStatus): boolean => status === "SYNCING" || status === "SYNCING_INDEXING"

/**
 * @category functions
 * @since 0.1.0
 */
export const documentState = ({ deleted, id, named, put, status, work }: Document): DocumentState => ({
  id,
  status: work === undefined ? status : "PROCESSING",
  named,
  put,
  deleted
})

/**
 * An index as AWS lists it.
 *
 * @category functions
 * @since 0.1.0
 */
export const describeIndex = ({ seed }: Index): Record<string, unknown> => ({
  Name: seed.name ?? `index-${seed.id.slice(-4)}`,
  Id: seed.id,
  Edition: seed.edition ?? "ENTERPRISE_EDITION",
  CreatedAt: firstMoment,
  UpdatedAt: firstMoment,
  Status: seed.status ?? "ACTIVE"
})

/**
 * An index as AWS describes it.
 *
 * @category functions
 * @since 0.1.0
 */
export const describeIndexDetail = (index: Index): Record<string, unknown> => {
  let indexed = 0
  for (const { status } of index.documents.values()) if (status !== "NOT_FOUND") indexed++
  return {
    ...describeIndex(index),
    RoleArn: "arn:aws:iam::123456789012:role/kendra",
    DocumentMetadataConfigurations: [
      {
        Name: "_category",
        Type: "STRING_VALUE",
        Relevance: { Importance: 1, ValueImportanceMap: { news: 2 } },
        Search: { Facetable: true, Searchable: true, Displayable: true, Sortable: false }
      }
    ],
    IndexStatistics: {
      FaqStatistics: { IndexedQuestionAnswersCount: 0 },
      TextDocumentStatistics: { IndexedTextDocumentsCount: indexed, IndexedTextBytes: index.bytes }
    },
    CapacityUnits: { StorageCapacityUnits: 0, QueryCapacityUnits: 0 },
    UserTokenConfigurations: [],
    UserContextPolicy: "ATTRIBUTE_FILTER",
    UserGroupResolutionConfiguration: { UserGroupResolutionMode: "NONE" }
  }
}

/**
 * A data source as AWS lists it.
 *
 * @category functions
 * @since 0.1.0
 */
export const describeDataSource = ({ seed }: DataSource): Record<string, unknown> => ({
  Name: seed.name ?? seed.id,
  Id: seed.id,
  Type: seed.type ?? "CUSTOM",
  CreatedAt: firstMoment,
  UpdatedAt: firstMoment,
  Status: "ACTIVE",
  LanguageCode: "en"
})

/**
 * A sync job as AWS lists it: numbers are texts.
 *
 * @category functions
 * @since 0.1.0
 */
export const describeSyncJob = (job: SyncJob): Record<string, unknown> => ({
  ExecutionId: job.id,
  StartTime: new Date(job.startTime),
  ...(job.endTime !== undefined && { EndTime: new Date(job.endTime) }),
  Status: job.status,
  Metrics: {
    DocumentsAdded: String(job.added.size),
    DocumentsModified: String(job.modified.size),
    DocumentsDeleted: String(job.deleted.size),
    DocumentsFailed: String(job.failed.size),
    DocumentsScanned: String(job.added.size + job.modified.size)
  }
})

/**
 * A set of featured results as AWS lists it, unless it is deleted. Times are numbers.
 *
 * @category functions
 * @since 0.1.0
 */
export const describeFeaturedResultsSet = (set: FeaturedResultsSet): Record<string, unknown> | undefined =>
  set.status === "DELETED"
    ? undefined
    : {
        FeaturedResultsSetId: set.id,
        FeaturedResultsSetName: `set-${set.position}`,
        Status: set.status,
        LastUpdatedTimestamp: firstMoment.getTime() / 1000,
        CreationTimestamp: firstMoment.getTime() / 1000
      }

/**
 * An entity as AWS lists it, if it is associated.
 *
 * @category functions
 * @since 0.1.0
 */
export const describeEntity = ({ associated, id, type }: Entity): Record<string, unknown> | undefined =>
  associated
    ? {
        EntityId: id,
        EntityType: type,
        DisplayData: type === "USER" ? { UserName: `user-${id.slice(-4)}` } : { GroupName: `group-${id.slice(-4)}` }
      }
    : undefined

/**
 * A made-up id of 36 characters.
 *
 * @category functions
 * @since 0.1.0
 */
export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

const firstMoment = new Date(Date.UTC(2024, 0, 1))

const dataSource = (seed: DataSourceSeed): DataSource => ({
  seed,
  jobs: (seed.jobs ?? []).map(({ id, startTime = firstMoment, status }) => syncJob(id, status, startTime.getTime()))
})

const experience = ({ entities = [], id }: ExperienceSeed): Experience => {
  const seeds: Iterable<EntitySeed> =
    typeof entities === "number" ? Array.from({ length: entities }, (_, n) => ({ id: uuid(n + 1) })) : entities
  const all = new Map<string, Entity>()
  for (const { id, persona, type = "USER" } of seeds) all.set(id, { ...entity(id, type), persona })
  return { id, entities: all }
}
