/**
 * HealthOmics in memory: sequence stores with read sets and annotation stores with versions, each with its status.
 * What AWS documents is enforced; what AWS leaves open is a choice. A million read sets are no trouble: they are listed
 * by position, and nothing is kept twice.
 *
 * @since 0.1.0
 */
import * as PageToken from "@effect-bulk/aws/testing/PageToken"
import * as ServiceModel from "@effect-bulk/aws/testing/ServiceModel"
import * as ServiceWire from "@effect-bulk/aws/testing/ServiceWire"
import type * as TokenBucket from "@effect-bulk/aws/testing/TokenBucket"
import * as OmicsDeletion from "./OmicsDeletion.ts"
import * as OmicsState from "./OmicsState.ts"
import { omicsWire } from "./OmicsWire.ts"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * The model, with a view of its state.
 *
 * @category models
 * @since 0.1.0
 */
export interface OmicsModel extends ServiceModel.ServiceModel {
  /** The read sets of a store, deleted ones included, in the order of their creation. */
  readonly readSets: (sequenceStoreId: string) => Iterable<OmicsState.ReadSetState>
  readonly readSet: (sequenceStoreId: string, id: string) => OmicsState.ReadSetState | undefined
  /** The versions of an annotation store, deleted ones included. */
  readonly versions: (annotationStore: string) => Iterable<OmicsState.VersionState>
  /** From now on, deleting this read set (or version) fails, `times` times or for ever. */
  readonly failItem: (id: string, failure: ItemFailure) => void
}

/**
 * How an item fails: `times` times, or for ever.
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
  /** How long a deletion goes on after its answer, in milliseconds; 0 unless said. */
  readonly deletingMillis: number
  /** How often a deletion is seen to go on before it is over; 1 unless said. */
  readonly deletingLooks: number
  /** What is left of a read set after that: nothing (unless said), or its status `DELETED`. */
  readonly gone: "notFound" | "DELETED"
  /** Deleting again what is being deleted: `accepted` (unless said) or an item error. */
  readonly again: "accepted" | "missing"
  /** The same id twice in a call: counts once (unless said), or the second one is an item error. */
  readonly duplicates: "once" | "error"
  /** In which statuses a read set cannot be deleted; `ACTIVATING` and `PROCESSING_UPLOAD` unless said. */
  readonly undeletable: ReadonlyArray<OmicsState.ReadSetStatus>
  /** The `code` of item errors; empty unless said, as in AWS's own example. */
  readonly code: string
  /** A full success has no body (unless said), or an empty list of errors. */
  readonly fullSuccess: "bodyless" | "emptyList"
  /** A store that is not there: `ResourceNotFoundException` (unless said) or `ValidationException`. */
  readonly missingStore: "notFound" | "validation"
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Options {
  readonly sequenceStores?: ReadonlyArray<OmicsState.SequenceStoreSeed>
  readonly annotationStores?: ReadonlyArray<OmicsState.AnnotationStoreSeed>
  readonly choices?: Partial<Choices>
  /** Calls a second by operation; no limit where none is given. See `documentedRates`. */
  readonly rates?: Readonly<Record<string, TokenBucket.Rate>>
}

// -----------------------------------------------------------------------------
// Constants
// -----------------------------------------------------------------------------

/**
 * The rates that AWS documents for an account without raised quotas.
 *
 * @category constants
 * @since 0.1.0
 */
export const documentedRates: Readonly<Record<string, TokenBucket.Rate>> = {
  BatchDeleteReadSet: { perSecond: 1 },
  ListReadSets: { perSecond: 5 },
  GetReadSetMetadata: { perSecond: 5 },
  ListSequenceStores: { perSecond: 5 },
  GetSequenceStore: { perSecond: 5 }
}

const defaults: Choices = {
  deletingMillis: 0,
  deletingLooks: 1,
  gone: "notFound",
  again: "accepted",
  duplicates: "once",
  undeletable: ["ACTIVATING", "PROCESSING_UPLOAD"],
  code: "",
  fullSuccess: "bodyless",
  missingStore: "notFound"
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
export const make = (options: Options = {}): OmicsModel => {
  const choices = { ...defaults, ...options.choices }
  const stores = new Map(
    (options.sequenceStores ?? []).map((seed, position) => [seed.id, OmicsState.sequenceStore(seed, position)])
  )
  const annotationStores = new Map(
    (options.annotationStores ?? []).map((seed, position) => [seed.name, OmicsState.annotationStore(seed, position)])
  )
  const deletion = OmicsDeletion.make(choices)

  const inStore = (
    id: string,
    f: (store: OmicsState.SequenceStore) => ServiceModel.ModelAnswer
  ): ServiceModel.ModelAnswer => {
    const store = stores.get(id)
    if (store !== undefined) return f(store)
    return choices.missingStore === "notFound"
      ? notFound("sequence store")
      : ServiceWire.invalid(omicsWire, `Invalid sequenceStoreId: expected the id of a sequence store, got "${id}"`)
  }

  const inAnnotationStore = (
    name: string,
    f: (store: OmicsState.AnnotationStore) => ServiceModel.ModelAnswer
  ): ServiceModel.ModelAnswer => {
    const store = annotationStores.get(name)
    return store === undefined ? notFound("annotation store") : f(store)
  }

  const describe = (store: OmicsState.SequenceStore, readSet: OmicsState.ReadSet, now: number) => {
    deletion.look(readSet, now)
    return readSet.status === "DELETED" && choices.gone === "notFound"
      ? undefined
      : OmicsState.describeReadSet(store, readSet)
  }

  return {
    service: omicsWire.service,
    handle: ServiceWire.handle(
      omicsWire,
      {
        BatchDeleteReadSet: ({ ids, sequenceStoreId }, call) =>
          inStore(sequenceStoreId, (store) => {
            const errors = deletion.removeAll(ids, call, {
              find: (id) => store.byId.get(id),
              refuse: ({ status }) =>
                choices.undeletable.includes(status)
                  ? `The specified readset has the status ${status} and cannot be deleted.`
                  : undefined,
              missing: "The specified readset does not exist."
            })
            return ServiceModel.output(errors.length === 0 && choices.fullSuccess === "bodyless" ? {} : { errors })
          }),
        ListReadSets: ({ filter, maxResults, nextToken, sequenceStoreId }, { now }) =>
          inStore(sequenceStoreId, (store) => {
            if (choices.gone === "notFound") {
              while (store.readSets[store.first]?.status === "DELETED") store.first++
            }
            return page(
              { list: `read sets ${sequenceStoreId}`, member: "readSets", maxResults, nextToken },
              store.readSets,
              (readSet) => filtered(filter, describe(store, readSet, now)),
              store.first
            )
          }),
        GetReadSetMetadata: ({ id, sequenceStoreId }, { now }) =>
          inStore(sequenceStoreId, (store) => {
            const readSet = store.byId.get(id)
            const metadata = readSet && describe(store, readSet, now)
            return metadata === undefined
              ? notFound("readset")
              : ServiceModel.output({
                  ...metadata,
                  files: { source1: { totalParts: 1, partSize: 104_857_600, contentLength: 1_000_000 } }
                })
          }),
        ListSequenceStores: ({ filter, maxResults, nextToken }) =>
          page(
            { list: "sequence stores", member: "sequenceStores", maxResults, nextToken },
            [...stores.values()],
            (store) => filtered(filter, OmicsState.describeSequenceStore(store))
          ),
        GetSequenceStore: ({ id }) =>
          inStore(id, (store) => ServiceModel.output(OmicsState.describeSequenceStore(store))),
        DeleteAnnotationStoreVersions: ({ force = false, name, versions }, call) =>
          inAnnotationStore(name, (store) => {
            if (store.status !== "ACTIVE") {
              const message = `The annotation store must be ACTIVE to delete versions of it, got ${store.status}`
              return ServiceModel.error("ConflictException", 409, message)
            }
            const errors = deletion.removeAll(versions, call, {
              find: (versionName) => store.byName.get(versionName),
              refuse: ({ inUse }) =>
                inUse && !force ? "The specified version is in use and not deleted by force." : undefined,
              missing: "The specified version does not exist."
            })
            // AWS's own example of a full success of this operation has the empty list.
            return ServiceModel.output({ errors: errors.map(({ id, message }) => ({ versionName: id, message })) })
          }),
        ListAnnotationStoreVersions: ({ filter, maxResults, name, nextToken }, { now }) =>
          inAnnotationStore(name, (store) =>
            page(
              { list: `versions ${name}`, member: "annotationStoreVersions", maxResults, nextToken },
              store.versions,
              (version) => {
                deletion.look(version, now)
                return version.status === "DELETED"
                  ? undefined
                  : filtered(filter, OmicsState.describeVersion(store, version))
              }
            )
          )
      },
      options.rates
    ),
    *state() {
      for (const store of stores.values()) {
        for (const readSet of store.readSets) {
          yield { type: "readSet", sequenceStoreId: store.seed.id, ...OmicsState.readSetState(readSet) }
        }
      }
      for (const store of annotationStores.values()) {
        for (const version of store.versions) {
          yield { type: "version", annotationStore: store.name, ...OmicsState.versionState(version) }
        }
      }
    },
    absentLists: (operation) => (deletes(operation) ? ["errors"] : []),
    contradict: (operation, input, output) => (deletes(operation) ? contradict(input, output) : output),
    *readSets(sequenceStoreId) {
      for (const readSet of stores.get(sequenceStoreId)?.readSets ?? []) yield OmicsState.readSetState(readSet)
    },
    readSet: (sequenceStoreId, id) => {
      const readSet = stores.get(sequenceStoreId)?.byId.get(id)
      return readSet && OmicsState.readSetState(readSet)
    },
    *versions(annotationStore) {
      for (const version of annotationStores.get(annotationStore)?.versions ?? []) {
        yield OmicsState.versionState(version)
      }
    },
    failItem: deletion.failItem
  }
}

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

const page = <A>(
  request: {
    readonly list: string
    readonly member: string
    readonly maxResults: number | undefined
    readonly nextToken: string | undefined
  },
  things: ReadonlyArray<A>,
  describe: (thing: A) => Record<string, unknown> | undefined,
  first = 0
): ServiceModel.ModelAnswer => {
  const { list, maxResults = 100, member, nextToken } = request
  const start = nextToken === undefined ? first : PageToken.read(list, nextToken)
  if (start === undefined) {
    return ServiceWire.invalid(omicsWire, "Invalid nextToken: expected a token that an earlier page of this list gave")
  }
  const items: Array<Record<string, unknown>> = []
  let position = start
  for (; position < things.length && items.length < maxResults; position++) {
    const thing = things[position]
    const item = thing && describe(thing)
    if (item !== undefined) items.push(item)
  }
  return ServiceModel.output({
    [member]: items,
    ...(position < things.length && { nextToken: PageToken.make(list, position) })
  })
}

const filtered = (
  filter: object | undefined,
  described: Record<string, unknown> | undefined
): Record<string, unknown> | undefined =>
  described === undefined || filter === undefined || OmicsState.matches(filter, described) ? described : undefined

const notFound = (what: string): ServiceModel.ModelAnswer =>
  ServiceModel.error("ResourceNotFoundException", 404, `The specified ${what} does not exist.`)

const deletes = (operation: string): boolean =>
  operation === "BatchDeleteReadSet" || operation === "DeleteAnnotationStoreVersions"

// Two different errors for an item that was deleted, and one for an item that nobody named.
const contradict = (input: Record<string, unknown>, output: Record<string, unknown>): Record<string, unknown> => {
  const { errors = [] } = output
  const [key, ids] = "versions" in input ? ["versionName", input["versions"]] : ["id", input["ids"]]
  const named: unknown = Array.isArray(ids) ? ids[0] : undefined
  const error = (id: unknown, message: string) => ({ [key]: id, code: "", message })
  return {
    ...output,
    errors: [
      ...(Array.isArray(errors) ? errors : []),
      error(named, "The specified item does not exist."),
      error(named, "The specified item is busy."),
      error("9999999999999", "The specified item does not exist.")
    ]
  }
}
