/**
 * What the model of HealthOmics holds: stores, read sets and versions, each with its status and a count of what was
 * done to it.
 *
 * @since 0.1.0
 */

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * What became of a read set. A deletion counts when it is accepted, not when it was asked for.
 *
 * @category models
 * @since 0.1.0
 */
export interface ReadSetState {
  readonly id: string
  readonly status: ReadSetStatus
  /** How often a delete call that reached the service named it. */
  readonly named: number
  /** How often such a call was told that it is done. */
  readonly deleted: number
}

/**
 * What became of a version of an annotation store.
 *
 * @category models
 * @since 0.1.0
 */
export interface VersionState {
  readonly versionName: string
  readonly status: VersionStatus | "DELETED"
  readonly named: number
  readonly deleted: number
}

/**
 * @category models
 * @since 0.1.0
 */
export type ReadSetStatus =
  | "ARCHIVED"
  | "ACTIVATING"
  | "ACTIVE"
  | "DELETING"
  | "DELETED"
  | "PROCESSING_UPLOAD"
  | "UPLOAD_FAILED"

/**
 * @category models
 * @since 0.1.0
 */
export type VersionStatus = "CREATING" | "UPDATING" | "DELETING" | "ACTIVE" | "FAILED"

/**
 * A sequence store to begin with. As a number, so many ACTIVE read sets, made one a minute from the first moment of
 * 2024, their ids counting up from 1000000000 (1100000000 in the second store, and so on).
 *
 * @category models
 * @since 0.1.0
 */
export interface SequenceStoreSeed {
  readonly id: string
  readonly name?: string
  readonly description?: string
  readonly creationTime?: Date
  readonly readSets: number | Iterable<ReadSetSeed>
}

/**
 * A read set to begin with. What is left out is made up from its position.
 *
 * @category models
 * @since 0.1.0
 */
export interface ReadSetSeed extends Partial<ReadSetDetails> {
  readonly id: string
  readonly status?: ReadSetStatus
}

/**
 * What is known of a read set besides its status.
 *
 * @category models
 * @since 0.1.0
 */
export interface ReadSetDetails {
  readonly name: string
  readonly description?: string
  readonly sampleId: string
  readonly subjectId: string
  readonly referenceArn?: string
  readonly fileType: "FASTQ" | "BAM" | "CRAM" | "UBAM"
  readonly creationTime: Date
  readonly creationType: "IMPORT" | "UPLOAD"
  readonly generatedFrom: string
}

/**
 * An annotation store to begin with. Versions that are in use are deleted by force only.
 *
 * @category models
 * @since 0.1.0
 */
export interface AnnotationStoreSeed {
  readonly name: string
  /** `ACTIVE` unless said; deleting versions of another one is a conflict. */
  readonly status?: VersionStatus
  readonly versions: ReadonlyArray<{
    readonly versionName: string
    readonly status?: VersionStatus
    readonly inUse?: boolean
  }>
}

// -----------------------------------------------------------------------------
// Records
// -----------------------------------------------------------------------------

/**
 * What can be deleted. One mutable object for each thing, and nothing else: there may be a million.
 *
 * @category models
 * @since 0.1.0
 */
export interface Deletable {
  status: ReadSetStatus | VersionStatus
  named: number
  deleted: number
  /** When its deletion began. */
  deletedAt: number
  /** How often the deletion was seen to go on. */
  looks: number
}

/**
 * A read set. What is not seeded is made up from its position when asked for.
 *
 * @category models
 * @since 0.1.0
 */
export interface ReadSet extends Deletable {
  status: ReadSetStatus
  readonly id: string
  readonly position: number
  readonly seed: Partial<ReadSetDetails> | undefined
}

/**
 * A version of an annotation store.
 *
 * @category models
 * @since 0.1.0
 */
export interface Version extends Deletable {
  status: VersionStatus | "DELETED"
  readonly versionName: string
  readonly position: number
  readonly inUse: boolean
}

/**
 * A sequence store. `first` is where the first page of its list begins: all before is deleted.
 *
 * @category models
 * @since 0.1.0
 */
export interface SequenceStore {
  readonly seed: SequenceStoreSeed
  readonly readSets: ReadonlyArray<ReadSet>
  readonly byId: ReadonlyMap<string, ReadSet>
  first: number
}

/**
 * An annotation store.
 *
 * @category models
 * @since 0.1.0
 */
export interface AnnotationStore {
  readonly name: string
  readonly position: number
  readonly status: VersionStatus
  readonly versions: ReadonlyArray<Version>
  readonly byName: ReadonlyMap<string, Version>
}

// -----------------------------------------------------------------------------
// Constructors
// -----------------------------------------------------------------------------

/**
 * @category constructors
 * @since 0.1.0
 */
export const sequenceStore = (seed: SequenceStoreSeed, position: number): SequenceStore => {
  const readSets: Array<ReadSet> = []
  const byId = new Map<string, ReadSet>()
  const add = (id: string, status: ReadSetStatus, details?: Partial<ReadSetDetails>) => {
    const readSet = {
      id,
      status,
      position: readSets.length,
      seed: details,
      named: 0,
      deleted: 0,
      deletedAt: 0,
      looks: 0
    }
    readSets.push(readSet)
    byId.set(id, readSet)
  }
  if (typeof seed.readSets === "number") {
    const firstId = 1_000_000_000 + position * 100_000_000
    for (let i = 0; i < seed.readSets; i++) add(String(firstId + i), "ACTIVE")
  } else {
    for (const { id, status = "ACTIVE", ...details } of seed.readSets) add(id, status, details)
  }
  return { seed, readSets, byId, first: 0 }
}

/**
 * @category constructors
 * @since 0.1.0
 */
export const annotationStore = (seed: AnnotationStoreSeed, position: number): AnnotationStore => {
  const versions = seed.versions.map(({ inUse = false, status = "ACTIVE", versionName }, position): Version => ({
    versionName,
    status,
    position,
    inUse,
    named: 0,
    deleted: 0,
    deletedAt: 0,
    looks: 0
  }))
  return {
    name: seed.name,
    position,
    status: seed.status ?? "ACTIVE",
    versions,
    byName: new Map(versions.map((version) => [version.versionName, version]))
  }
}

// -----------------------------------------------------------------------------
// Functions
// -----------------------------------------------------------------------------

/**
 * @category functions
 * @since 0.1.0
 */
export const readSetState = ({ deleted, id, named, status }: ReadSet): ReadSetState => ({ id, status, named, deleted })

/**
 * @category functions
 * @since 0.1.0
 */
export const versionState = ({ deleted, named, status, versionName }: Version): VersionState => ({
  versionName,
  status,
  named,
  deleted
})

/**
 * A read set as AWS lists it.
 *
 * @category functions
 * @since 0.1.0
 */
export const describeReadSet = (
  store: SequenceStore,
  { id, position, seed, status }: ReadSet
): Record<string, unknown> => {
  const { generatedFrom = "ILLUMINA", ...details } = seed ?? {}
  return {
    id,
    arn: `${storeArn(store)}/readSet/${id}`,
    sequenceStoreId: store.seed.id,
    status,
    name: `read-set-${position}`,
    sampleId: `sample-${position >> 1}`,
    subjectId: `subject-${position >> 2}`,
    fileType: "BAM",
    creationTime: new Date(firstMoment + position * 60_000),
    creationType: "IMPORT",
    sequenceInformation: {
      totalReadCount: 1000 + position,
      totalBaseCount: 150_000 + position,
      generatedFrom,
      alignment: "ALIGNED"
    },
    ...details
  }
}

/**
 * A sequence store as AWS lists it.
 *
 * @category functions
 * @since 0.1.0
 */
export const describeSequenceStore = (store: SequenceStore): Record<string, unknown> => {
  const { creationTime = new Date(firstMoment), description, id, name = `store-${id}` } = store.seed
  return {
    id,
    arn: storeArn(store),
    name,
    ...(description !== undefined && { description }),
    creationTime,
    status: "ACTIVE"
  }
}

/**
 * A version of an annotation store as AWS lists it.
 *
 * @category functions
 * @since 0.1.0
 */
export const describeVersion = (store: AnnotationStore, version: Version): Record<string, unknown> => ({
  storeId: uuid(store.position),
  id: uuid((store.position + 1) * 10_000 + version.position),
  status: version.status,
  versionArn: `${account}:annotationStore/${store.name}/version/${version.versionName}`,
  name: store.name,
  versionName: version.versionName,
  description: "",
  creationTime: new Date(firstMoment + version.position * 60_000),
  updateTime: new Date(firstMoment + version.position * 60_000),
  statusMessage: "",
  versionSizeBytes: 1000 + version.position
})

/**
 * Does a thing, as AWS lists it, pass a filter? Both ends of a time range are open.
 *
 * @category functions
 * @since 0.1.0
 */
export const matches = (filter: object, described: Record<string, unknown>): boolean =>
  Object.entries(filter).every(([name, wanted]) => {
    switch (name) {
      case "createdAfter":
        return after(described["creationTime"], wanted)
      case "createdBefore":
        return after(wanted, described["creationTime"])
      case "updatedAfter":
        return after(described["updateTime"] ?? described["creationTime"], wanted)
      case "updatedBefore":
        return after(wanted, described["updateTime"] ?? described["creationTime"])
      case "generatedFrom": {
        const { sequenceInformation } = described
        return (
          typeof sequenceInformation === "object" &&
          sequenceInformation !== null &&
          "generatedFrom" in sequenceInformation &&
          sequenceInformation.generatedFrom === wanted
        )
      }
      default:
        return described[name] === wanted
    }
  })

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

const firstMoment = Date.UTC(2024, 0, 1)
const account = "arn:aws:omics:us-east-1:123456789012"

const storeArn = (store: SequenceStore): string => `${account}:sequenceStore/${store.seed.id}`

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`

const after = (a: unknown, b: unknown): boolean => a instanceof Date && b instanceof Date && a > b
