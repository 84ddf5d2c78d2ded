/**
 * Analytics data sets in memory, and the accounts that each is associated with.
 *
 * @since 0.1.0
 */
import type * as Faults from "@effect-bulk/aws/testing/Faults"
import * as ServiceModel from "@effect-bulk/aws/testing/ServiceModel"
import * as ConnectAnswer from "./ConnectAnswer.ts"
import * as ConnectState from "./ConnectState.ts"
import type { ItemFailures } from "./ItemFailures.ts"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * What AWS leaves open about data sets.
 *
 * @category models
 * @since 0.1.0
 */
export interface Choices {
  /**
   * Ending an association that is not there: an error of that item (unless said), a success, or an exception of the
   * whole call, which then does nothing.
   */
  readonly missingAssociation: "error" | "deleted" | "wholeCall"
  /** Associating what is associated: an error of that item (unless said), a success, or an exception of the call. */
  readonly existingAssociation: "error" | "created" | "wholeCall"
  /** The same id twice in a call: counts once (unless said), or the second one is an error. */
  readonly duplicates: "once" | "error"
  /** A call without ids: an exception (unless said), or an answer without anything. */
  readonly emptyList: "refused" | "answered"
  /** Most ids in a call; a longer list is an `InvalidParameterException`. No limit unless said. */
  readonly maxDataSetIds: number
  /** Whether lists without elements are in the answer; they are unless said. */
  readonly emptyLists: "present" | "absent"
  /** The order of the answer's successes: that of the request (unless said), or reversed. */
  readonly order: "request" | "reversed"
  /** The codes of errors, of which AWS documents none. */
  readonly codes: { readonly missing: string; readonly existing: string; readonly invalid: string }
}

/**
 * The data sets of one instance.
 *
 * @category models
 * @since 0.1.0
 */
export interface Analytics {
  readonly instance: ConnectState.InstanceSeed
  readonly dataSets: ReadonlyArray<string>
  readonly known: ReadonlySet<string>
  readonly associations: Array<Association>
  readonly byKey: Map<string, Association>
}

/**
 * A data set and an account, whether associated or not.
 *
 * @category models
 * @since 0.1.0
 */
export interface Association {
  readonly dataSetId: string
  readonly accountId: string
  readonly position: number
  associated: boolean
  named: number
  created: number
  deleted: number
}

/**
 * @category constants
 * @since 0.1.0
 */
export const defaults: Choices = {
  missingAssociation: "error",
  existingAssociation: "error",
  duplicates: "once",
  emptyList: "refused",
  maxDataSetIds: Number.POSITIVE_INFINITY,
  emptyLists: "present",
  order: "request",
  codes: {
    missing: "ResourceNotFoundException",
    existing: "DuplicateResourceException",
    invalid: "InvalidParameterException"
  }
}

// -----------------------------------------------------------------------------
// Constructors
// -----------------------------------------------------------------------------

/**
 * @category constructors
 * @since 0.1.0
 */
export const make = (instance: ConnectState.InstanceSeed): Analytics => {
  const { associations = {}, dataSets: wanted = ConnectState.knownDataSets } = instance
  const dataSets = typeof wanted === "number" ? Array.from({ length: wanted }, (_, i) => `data_set_${i}`) : wanted
  const analytics: Analytics = {
    instance,
    dataSets,
    known: new Set(dataSets),
    associations: [],
    byKey: new Map()
  }
  for (const [accountId, ids] of Object.entries(associations)) {
    for (const id of ids === "all" ? dataSets : ids) find(analytics, id, accountId).associated = true
  }
  return analytics
}

/**
 * The handlers of the operations on data sets.
 *
 * @category constructors
 * @since 0.1.0
 */
export const handlers = (
  inInstance: (id: string, f: (analytics: Analytics) => ServiceModel.ModelAnswer) => ServiceModel.ModelAnswer,
  choices: Choices,
  failures: ItemFailures
) => {
  // Of each id once, what is to be said of it, in the order of the request.
  const each = (
    ids: ReadonlyArray<string>,
    fault: Faults.ItemFault | undefined,
    act: (id: string) => { readonly code: string; readonly message: string } | undefined
  ) => {
    const done: Array<string> = []
    const errors: Array<Record<string, unknown>> = []
    const fail = (code: string, message: string) => errors.push({ ErrorCode: code, ErrorMessage: message })
    const seen = new Set<string>()
    for (const id of ids) {
      if (seen.has(id)) {
        if (choices.duplicates === "error") fail(choices.codes.invalid, "The data set occurs more than once.")
        continue
      }
      seen.add(id)
      const failure = failures.next(id, fault) ?? act(id)
      if (failure === undefined) done.push(id)
      else fail(failure.code, failure.message)
    }
    return { done: choices.order === "reversed" ? done.toReversed() : done, errors }
  }

  const answer = (lists: Record<string, ReadonlyArray<unknown>>): ServiceModel.ModelAnswer =>
    ServiceModel.output(
      choices.emptyLists === "present"
        ? lists
        : Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0))
    )

  const refusal = (ids: ReadonlyArray<string>): ServiceModel.ModelAnswer | undefined => {
    if (ids.length === 0 && choices.emptyList === "refused") {
      return ConnectAnswer.invalidParameter("DataSetIds must include at least 1 item")
    }
    return ids.length > choices.maxDataSetIds
      ? ConnectAnswer.invalidParameter(`DataSetIds must include at most ${choices.maxDataSetIds} items`)
      : undefined
  }

  const existing = (id: string) => `The data set ${id} is already associated with the account.`
  const missing = (id: string) => `The association of the data set ${id} does not exist.`
  const unknown = (id: string) => `There is no data set ${id}.`

  return {
    BatchAssociateAnalyticsDataSet: ({ DataSetIds, InstanceId, TargetAccountId }, { fault }) =>
      inInstance(InstanceId, (analytics) => {
        const refused = refusal(DataSetIds)
        if (refused !== undefined) return refused
        const { accountId, look } = target(analytics, TargetAccountId)
        const obstacle = DataSetIds.find((id) => look(id)?.associated === true)
        if (obstacle !== undefined && choices.existingAssociation === "wholeCall") {
          return ConnectAnswer.invalidParameter(existing(obstacle))
        }
        const { done, errors } = each(DataSetIds, fault, (id) => {
          if (!analytics.known.has(id)) return { code: choices.codes.invalid, message: unknown(id) }
          const association = find(analytics, id, accountId)
          if (create(association) || choices.existingAssociation === "created") return undefined
          return { code: choices.codes.existing, message: existing(id) }
        })
        count(DataSetIds, look)
        return answer({ Created: done.map((id) => describe(find(analytics, id, accountId))), Errors: errors })
      }),
    BatchDisassociateAnalyticsDataSet: ({ DataSetIds, InstanceId, TargetAccountId }, { fault }) =>
      inInstance(InstanceId, (analytics) => {
        const refused = refusal(DataSetIds)
        if (refused !== undefined) return refused
        const { look } = target(analytics, TargetAccountId)
        count(DataSetIds, look)
        const obstacle = DataSetIds.find((id) => look(id)?.associated !== true)
        if (obstacle !== undefined && choices.missingAssociation === "wholeCall") {
          return ServiceModel.error("ResourceNotFoundException", 404, missing(obstacle))
        }
        const { done, errors } = each(DataSetIds, fault, (id) =>
          remove(look(id)) || choices.missingAssociation === "deleted"
            ? undefined
            : { code: choices.codes.missing, message: missing(id) }
        )
        return answer({ Deleted: done, Errors: errors })
      }),
    AssociateAnalyticsDataSet: ({ DataSetId, InstanceId, TargetAccountId }) =>
      inInstance(InstanceId, (analytics) => {
        const { accountId, look } = target(analytics, TargetAccountId)
        if (!analytics.known.has(DataSetId)) return ConnectAnswer.invalidParameter(unknown(DataSetId))
        const association = find(analytics, DataSetId, accountId)
        const created = create(association)
        count([DataSetId], look)
        return created || choices.existingAssociation === "created"
          ? ServiceModel.output(share(association))
          : ConnectAnswer.invalidParameter(existing(DataSetId))
      }),
    DisassociateAnalyticsDataSet: ({ DataSetId, InstanceId, TargetAccountId }) =>
      inInstance(InstanceId, (analytics) => {
        const { look } = target(analytics, TargetAccountId)
        count([DataSetId], look)
        return remove(look(DataSetId)) || choices.missingAssociation === "deleted"
          ? ServiceModel.output({})
          : ServiceModel.error("ResourceNotFoundException", 404, missing(DataSetId))
      }),
    ListAnalyticsDataAssociations: ({ DataSetId, InstanceId, ...request }) =>
      inInstance(InstanceId, ({ associations }) =>
        ConnectAnswer.page(
          request,
          {
            name: `associations ${InstanceId} ${DataSetId ?? ""}`,
            member: "Results",
            things: associations,
            size: 1000
          },
          (association) =>
            association.associated && (DataSetId === undefined || DataSetId === association.dataSetId)
              ? describe(association)
              : undefined
        )
      ),
    ListAnalyticsDataLakeDataSets: ({ InstanceId, ...request }) =>
      inInstance(InstanceId, ({ dataSets }) =>
        ConnectAnswer.page(
          request,
          { name: `data sets ${InstanceId}`, member: "Results", things: dataSets, size: 1000 },
          (id) => ({ DataSetId: id, DataSetName: id.replaceAll("_", " ") })
        )
      )
  } satisfies Partial<ConnectAnswer.Handlers>
}

// -----------------------------------------------------------------------------
// Functions
// -----------------------------------------------------------------------------

/**
 * @category functions
 * @since 0.1.0
 */
export const stateOf = (association: Association): ConnectState.AssociationState => {
  const { accountId, associated, created, dataSetId, deleted, named } = association
  return { dataSetId, accountId, associated, named, created, deleted }
}

/**
 * What is known of a data set and an account.
 *
 * @category functions
 * @since 0.1.0
 */
export const get = ({ byKey }: Analytics, dataSetId: string, accountId: string): Association | undefined =>
  byKey.get(`${accountId} ${dataSetId}`)

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

const find = (analytics: Analytics, dataSetId: string, accountId: string): Association => {
  const found = get(analytics, dataSetId, accountId)
  if (found !== undefined) return found
  const { associations, byKey } = analytics
  const position = associations.length
  const association = { dataSetId, accountId, position, associated: false, named: 0, created: 0, deleted: 0 }
  associations.push(association)
  byKey.set(`${accountId} ${dataSetId}`, association)
  return association
}

const target = (analytics: Analytics, accountId = ConnectState.accountOf(analytics.instance)) => ({
  accountId,
  look: (dataSetId: string): Association | undefined => get(analytics, dataSetId, accountId)
})

const count = (ids: ReadonlyArray<string>, look: (id: string) => Association | undefined): void => {
  for (const id of ids) {
    const association = look(id)
    if (association !== undefined) association.named++
  }
}

const create = (association: Association): boolean => {
  if (association.associated) return false
  association.associated = true
  association.created++
  return true
}

const remove = (association: Association | undefined): boolean => {
  if (association?.associated !== true) return false
  association.associated = false
  association.deleted++
  return true
}

const share = ({ accountId, dataSetId, position }: Association): Record<string, unknown> => ({
  DataSetId: dataSetId,
  TargetAccountId: accountId,
  ResourceShareId: ConnectState.uuid(position),
  ResourceShareArn: `arn:aws:ram:us-east-1:${accountId}:resource-share/${ConnectState.uuid(position)}`
})

const describe = (association: Association): Record<string, unknown> => ({
  ...share(association),
  ResourceShareStatus: "ACTIVE"
})
