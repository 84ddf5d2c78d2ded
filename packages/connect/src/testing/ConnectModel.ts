/**
 * Amazon Connect in memory: instances with data sets and the accounts they are associated with, attached files, flows,
 * contacts, data tables and workspaces. What AWS documents is enforced; what AWS leaves open is a choice.
 *
 * @since 0.1.0
 */
import type * as ServiceModel from "@effect-bulk/aws/testing/ServiceModel"
import * as ServiceWire from "@effect-bulk/aws/testing/ServiceWire"
import type * as TokenBucket from "@effect-bulk/aws/testing/TokenBucket"
import * as AnalyticsModel from "./AnalyticsModel.ts"
import * as ConnectAnswer from "./ConnectAnswer.ts"
import * as ConnectState from "./ConnectState.ts"
import { connectWire } from "./ConnectWire.ts"
import * as ContactModel from "./ContactModel.ts"
import * as DataTableModel from "./DataTableModel.ts"
import * as ItemFailures from "./ItemFailures.ts"
import * as WorkspaceModel from "./WorkspaceModel.ts"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * The model, with a view of its state.
 *
 * @category models
 * @since 0.1.0
 */
export interface ConnectModel extends ServiceModel.ServiceModel {
  /** What became of data sets of an instance, for every account that a call or the seed named. */
  readonly associations: (instanceId: string) => Iterable<ConnectState.AssociationState>
  readonly association: (
    instanceId: string,
    accountId: string,
    dataSetId: string
  ) => ConnectState.AssociationState | undefined
  /** The values of a data table, deleted ones included. */
  readonly values: (instanceId: string, dataTableId: string) => Iterable<ConnectState.ValueState>
  /** The contacts that were made, in their order. */
  readonly contacts: (instanceId: string) => ReadonlyArray<ConnectState.ContactState>
  /** What became of resources in workspaces. */
  readonly workspaceResources: (instanceId: string) => Iterable<ConnectState.WorkspaceResourceState>
  /** From now on this item fails, `times` times or for ever, whatever is done with it. */
  readonly failItem: (id: string, failure: ItemFailures.ItemFailure) => void
}

/**
 * What AWS leaves open.
 *
 * @category models
 * @since 0.1.0
 */
export interface Choices
  extends AnalyticsModel.Choices, ContactModel.Choices, DataTableModel.Choices, WorkspaceModel.Choices {}

/**
 * @category models
 * @since 0.1.0
 */
export interface Options {
  readonly instances?: ReadonlyArray<ConnectState.InstanceSeed>
  readonly choices?: Partial<Choices>
  /** Calls a second by operation; no limit where none is given. See `documentedRates`. */
  readonly rates?: Readonly<Record<string, TokenBucket.Rate>>
}

// -----------------------------------------------------------------------------
// Constants
// -----------------------------------------------------------------------------

/**
 * The rate that AWS documents for each of these operations, in an account without raised quotas.
 *
 * @category constants
 * @since 0.1.0
 */
export const documentedRates: Readonly<Record<string, TokenBucket.Rate>> = Object.fromEntries(
  Object.keys(connectWire.operations).map((operation) => [operation, { perSecond: 2, burst: 5 }])
)

const defaults: Choices = {
  ...AnalyticsModel.defaults,
  ...ContactModel.defaults,
  ...DataTableModel.defaults,
  ...WorkspaceModel.defaults
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
export const make = (options: Options = {}): ConnectModel => {
  const choices = { ...defaults, ...options.choices }
  const failures = ItemFailures.make()
  const instances = new Map((options.instances ?? []).map((seed) => [seed.id, makeInstance(seed)]))

  const within =
    <A>(part: (instance: Instance) => A) =>
    (id: string, f: (part: A) => ServiceModel.ModelAnswer): ServiceModel.ModelAnswer => {
      const instance = instances.get(id)
      return instance === undefined ? ConnectAnswer.notFound("instance") : f(part(instance))
    }
  const inTables = within(({ dataTables }) => dataTables)

  return {
    service: connectWire.service,
    handle: ServiceWire.handle(
      connectWire,
      {
        ListInstances: (request) =>
          ConnectAnswer.page(
            request,
            { name: "instances", member: "InstanceSummaryList", things: options.instances ?? [], size: 10 },
            ConnectState.describeInstance
          ),
        ...AnalyticsModel.handlers(
          within(({ analytics }) => analytics),
          choices,
          failures
        ),
        ...ContactModel.handlers(
          within(({ contacts }) => contacts),
          choices,
          failures
        ),
        ...DataTableModel.handlers(
          ({ DataTableId, InstanceId }, f) =>
            inTables(InstanceId, (tables) => {
              const table = tables.get(tableId(DataTableId))
              return table === undefined ? ConnectAnswer.notFound("data table") : f(table)
            }),
          choices,
          failures
        ),
        ...WorkspaceModel.handlers(
          within(({ workspaces }) => workspaces),
          choices,
          failures
        )
      },
      options.rates
    ),
    *state() {
      for (const [instanceId, { analytics, contacts, dataTables, workspaces }] of instances) {
        for (const association of analytics.associations) {
          yield { type: "association", instanceId, ...AnalyticsModel.stateOf(association) }
        }
        for (const contact of contacts.made) yield { type: "contact", instanceId, ...contact }
        for (const [dataTableId, { values }] of dataTables) {
          for (const value of values) yield { type: "value", instanceId, dataTableId, ...DataTableModel.stateOf(value) }
        }
        for (const resource of workspaces.associations) yield { type: "workspaceResource", instanceId, ...resource }
      }
    },
    absentLists: ConnectAnswer.absentLists,
    contradict: (operation, _input, output) => ConnectAnswer.contradict(operation, output),
    *associations(instanceId) {
      for (const association of instances.get(instanceId)?.analytics.associations ?? []) {
        yield AnalyticsModel.stateOf(association)
      }
    },
    association: (instanceId, accountId, dataSetId) => {
      const instance = instances.get(instanceId)
      const association = instance && AnalyticsModel.get(instance.analytics, dataSetId, accountId)
      return association && AnalyticsModel.stateOf(association)
    },
    *values(instanceId, dataTableId) {
      for (const value of instances.get(instanceId)?.dataTables.get(dataTableId)?.values ?? []) {
        yield DataTableModel.stateOf(value)
      }
    },
    contacts: (instanceId) => [...(instances.get(instanceId)?.contacts.made ?? [])],
    *workspaceResources(instanceId) {
      for (const resource of instances.get(instanceId)?.workspaces.associations ?? []) yield { ...resource }
    },
    failItem: failures.failItem
  }
}

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

interface Instance {
  readonly analytics: AnalyticsModel.Analytics
  readonly contacts: ContactModel.Contacts
  readonly dataTables: ReadonlyMap<string, DataTableModel.DataTable>
  readonly workspaces: WorkspaceModel.Workspaces
}

const makeInstance = (seed: ConnectState.InstanceSeed): Instance => ({
  analytics: AnalyticsModel.make(seed),
  contacts: ContactModel.make(seed),
  dataTables: new Map((seed.dataTables ?? []).map((table) => [table.id, DataTableModel.make(seed, table)])),
  workspaces: WorkspaceModel.make(seed)
})

// `arn:aws:connect:...:instance/{instance}/data-table/{id}:$LATEST` stands for the table, too.
const tableId = (id: string): string =>
  id.startsWith("arn:") ? id.slice(id.lastIndexOf("/") + 1).replace(/:[^:]*$/, "") : id
