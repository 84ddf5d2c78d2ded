/**
 * Workspaces in memory, and the users and routing profiles that each is associated with.
 *
 * @since 0.1.0
 */
import * as ServiceModel from "@effect-bulk/aws/testing/ServiceModel"
import * as ConnectAnswer from "./ConnectAnswer.ts"
import * as ConnectState from "./ConnectState.ts"
import type { Criteria } from "./ConnectWire.ts"
import type { ItemFailures } from "./ItemFailures.ts"

/**
 * What AWS leaves open about workspaces.
 *
 * @category models
 * @since 0.1.0
 */
export interface Choices {
  /** Ending an association that is not there: an error of that item (unless said), or a success. */
  readonly missingResource: "error" | "done"
  /** Associating what is associated: an error of that item (unless said), a success, or an exception of the call. */
  readonly existingResource: "error" | "done" | "wholeCall"
}

/**
 * @category constants
 * @since 0.1.0
 */
export const defaults: Choices = { missingResource: "error", existingResource: "error" }

/**
 * The workspaces of one instance.
 *
 * @category models
 * @since 0.1.0
 */
export interface Workspaces {
  readonly instance: ConnectState.InstanceSeed
  readonly ids: ReadonlySet<string>
  readonly known: ReadonlySet<string>
  readonly associations: Array<Association>
  readonly byKey: Map<string, Association>
}

/**
 * A workspace and a resource, whether associated or not.
 *
 * @category models
 * @since 0.1.0
 */
export interface Association {
  readonly workspaceId: string
  readonly arn: string
  associated: boolean
  named: number
  created: number
  deleted: number
}

/**
 * @category constructors
 * @since 0.1.0
 */
export const make = (instance: ConnectState.InstanceSeed): Workspaces => {
  const { resources = [], workspaces: seeds = {} } = instance
  const workspaces: Workspaces = {
    instance,
    ids: new Set(Object.keys(seeds)),
    known: new Set([...resources, ...Object.values(seeds).flat()]),
    associations: [],
    byKey: new Map()
  }
  for (const [workspaceId, arns] of Object.entries(seeds)) {
    for (const arn of arns) find(workspaces, workspaceId, arn).associated = true
  }
  return workspaces
}

/**
 * The handlers of the operations on workspaces.
 *
 * @category constructors
 * @since 0.1.0
 */
export const handlers = (
  inInstance: (id: string, f: (workspaces: Workspaces) => ServiceModel.ModelAnswer) => ServiceModel.ModelAnswer,
  choices: Choices,
  failures: ItemFailures
) => {
  const each = (
    workspaces: Workspaces,
    workspaceId: string,
    arns: ReadonlyArray<string>,
    { fault }: Parameters<ConnectAnswer.Handlers["AssociateWorkspace"]>[1],
    act: (association: Association) => { readonly code: string; readonly message: string } | undefined
  ): ServiceModel.ModelAnswer => {
    const SuccessfulList: Array<Record<string, unknown>> = []
    const FailedList: Array<Record<string, unknown>> = []
    for (const ResourceArn of new Set(arns)) {
      const association = workspaces.known.has(ResourceArn) ? find(workspaces, workspaceId, ResourceArn) : undefined
      if (association !== undefined) association.named++
      const failure = failures.next(ResourceArn, fault) ?? (association === undefined ? unknown : act(association))
      if (failure === undefined) SuccessfulList.push({ ResourceArn })
      else FailedList.push({ ResourceArn, ErrorCode: failure.code, ErrorMessage: failure.message })
    }
    return ServiceModel.output({ SuccessfulList, FailedList })
  }

  const inWorkspace = (
    { InstanceId, WorkspaceId }: { readonly InstanceId: string; readonly WorkspaceId: string },
    f: (workspaces: Workspaces) => ServiceModel.ModelAnswer
  ) =>
    inInstance(InstanceId, (workspaces) =>
      workspaces.ids.has(WorkspaceId) ? f(workspaces) : ConnectAnswer.notFound("workspace")
    )

  return {
    AssociateWorkspace: (input, call) =>
      inWorkspace(input, (workspaces) => {
        const { ResourceArns, WorkspaceId } = input
        const obstacle = ResourceArns.some((arn) => get(workspaces, WorkspaceId, arn)?.associated === true)
        return obstacle && choices.existingResource === "wholeCall"
          ? ServiceModel.error("DuplicateResourceException", 409, existing.message)
          : each(workspaces, WorkspaceId, ResourceArns, call, (association) => {
              if (association.associated) return choices.existingResource === "done" ? undefined : existing
              association.associated = true
              association.created++
              return undefined
            })
      }),
    DisassociateWorkspace: (input, call) =>
      inWorkspace(input, (workspaces) =>
        each(workspaces, input.WorkspaceId, input.ResourceArns, call, (association) => {
          if (!association.associated) return choices.missingResource === "done" ? undefined : missing
          association.associated = false
          association.deleted++
          return undefined
        })
      ),
    SearchWorkspaceAssociations: ({ InstanceId, SearchCriteria = {}, SearchFilter, ...request }) =>
      inInstance(InstanceId, (workspaces) => {
        const { associations, instance } = workspaces
        // No resource of the model has tags, so a condition on tags lets none through.
        const tagged = Object.keys(SearchFilter?.AttributeFilter ?? {}).length > 0
        const fits = (association: Association): Record<string, unknown> | undefined => {
          if (tagged || !association.associated) return undefined
          const described = describe(instance, association)
          return meets(SearchCriteria, described) ? described : undefined
        }
        const answer = ConnectAnswer.page(
          request,
          { name: `workspaces ${InstanceId}`, member: "WorkspaceAssociations", things: associations, size: 100 },
          fits
        )
        if (answer._tag === "Error") return answer
        const { length } = associations.filter((association) => fits(association) !== undefined)
        return ServiceModel.output({ ...answer.output, ApproximateTotalCount: length })
      })
  } satisfies Partial<ConnectAnswer.Handlers>
}

/**
 * What is known of a workspace and a resource.
 *
 * @category functions
 * @since 0.1.0
 */
export const get = ({ byKey }: Workspaces, workspaceId: string, arn: string): Association | undefined =>
  byKey.get(`${workspaceId} ${arn}`)

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

const unknown = { code: "404", message: "The specified resource does not exist." }
const missing = { code: "404", message: "The specified resource is not associated with the workspace." }
const existing = { code: "409", message: "The specified resource is already associated with the workspace." }

const find = (workspaces: Workspaces, workspaceId: string, arn: string): Association => {
  const found = get(workspaces, workspaceId, arn)
  if (found !== undefined) return found
  const association = { workspaceId, arn, associated: false, named: 0, created: 0, deleted: 0 }
  workspaces.associations.push(association)
  workspaces.byKey.set(`${workspaceId} ${arn}`, association)
  return association
}

const describe = (instance: ConnectState.InstanceSeed, { arn, workspaceId }: Association): Record<string, string> => {
  const id = arn.slice(arn.lastIndexOf("/") + 1)
  return {
    WorkspaceId: workspaceId,
    WorkspaceArn: ConnectState.arnOf(instance, "workspace", workspaceId),
    ResourceId: id,
    ResourceArn: arn,
    ResourceType: arn.includes("/routing-profile/") ? "ROUTING_PROFILE" : "USER",
    ResourceName: id
  }
}

const meets = (
  { AndConditions, OrConditions, StringCondition }: Criteria,
  described: Readonly<Record<string, string>>
): boolean =>
  (AndConditions === undefined || AndConditions.every((criteria) => meets(criteria, described))) &&
  (OrConditions === undefined || OrConditions.some((criteria) => meets(criteria, described))) &&
  (StringCondition === undefined || compares(StringCondition, described))

const compares = (
  { ComparisonType = "EXACT", FieldName = "", Value = "" }: NonNullable<Criteria["StringCondition"]>,
  described: Readonly<Record<string, string>>
): boolean => {
  // AWS does not document how the fields are written.
  const name = Object.keys(described).find((name) => name.toLowerCase() === FieldName.toLowerCase())
  const text = name === undefined ? undefined : described[name]
  if (text === undefined) return false
  switch (ComparisonType) {
    case "STARTS_WITH":
      return text.startsWith(Value)
    case "CONTAINS":
      return text.includes(Value)
    default:
      return text === Value
  }
}
