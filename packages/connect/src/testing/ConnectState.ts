/**
 * What the model of Connect holds: what it begins with, and what became of it.
 *
 * @since 0.1.0
 */

// -----------------------------------------------------------------------------
// Seeds
// -----------------------------------------------------------------------------

/**
 * An instance to begin with.
 *
 * @category models
 * @since 0.1.0
 */
export interface InstanceSeed {
  readonly id: string
  readonly alias?: string
  /** The account that has it; 123456789012 unless said. */
  readonly accountId?: string
  /** What can be associated: ids, or so many made-up ones (`data_set_0` and so on). Unless said, those of AWS. */
  readonly dataSets?: number | ReadonlyArray<string>
  /** What is associated, by target account. */
  readonly associations?: Readonly<Record<string, "all" | ReadonlyArray<string>>>
  readonly files?: ReadonlyArray<FileSeed>
  readonly flows?: ReadonlyArray<FlowSeed>
  /** The queues that contacts can wait in; any unless said. */
  readonly queues?: ReadonlyArray<string>
  readonly dataTables?: ReadonlyArray<DataTableSeed>
  /** ARNs of users and routing profiles that workspaces can have. */
  readonly resources?: ReadonlyArray<string>
  /** Workspaces by id, with the ARNs that each has. */
  readonly workspaces?: Readonly<Record<string, ReadonlyArray<string>>>
}

/**
 * A file that is attached to a resource, such as a contact.
 *
 * @category models
 * @since 0.1.0
 */
export interface FileSeed {
  readonly resourceArn: string
  readonly fileId: string
  readonly name?: string
  readonly bytes?: number
  readonly status?: "APPROVED" | "REJECTED" | "PROCESSING" | "FAILED"
}

/**
 * A flow that is associated with a resource, such as a phone number.
 *
 * @category models
 * @since 0.1.0
 */
export interface FlowSeed {
  readonly resourceId: string
  readonly flowId: string
  readonly resourceType: string
}

/**
 * A data table to begin with: what its attributes hold, which of them name records, and the values of its records. A
 * record without primary values has the defaults.
 *
 * @category models
 * @since 0.1.0
 */
export interface DataTableSeed {
  readonly id: string
  readonly attributes: Readonly<Record<string, ValueType>>
  readonly primary?: ReadonlyArray<string>
  readonly records?: ReadonlyArray<{
    readonly primary?: Readonly<Record<string, string>>
    readonly values: Readonly<Record<string, string>>
  }>
}

/**
 * @category models
 * @since 0.1.0
 */
export type ValueType = "TEXT" | "NUMBER" | "BOOLEAN" | "TEXT_LIST" | "NUMBER_LIST"

// -----------------------------------------------------------------------------
// States
// -----------------------------------------------------------------------------

/**
 * What became of a data set for one account. It counts what took place, not what was answered.
 *
 * @category models
 * @since 0.1.0
 */
export interface AssociationState {
  readonly dataSetId: string
  readonly accountId: string
  readonly associated: boolean
  /** How often a call that reached the service named it. */
  readonly named: number
  /** How often it was associated, and how often that ended. */
  readonly created: number
  readonly deleted: number
}

/**
 * What became of a value of a data table. `id` names it, see `DataTableSchema.valueId`.
 *
 * @category models
 * @since 0.1.0
 */
export interface ValueState {
  readonly id: string
  readonly value: string | undefined
  /** How often a call that reached the service named it. */
  readonly named: number
  /** How often it was created, updated or deleted. */
  readonly written: number
}

/**
 * A contact that was made.
 *
 * @category models
 * @since 0.1.0
 */
export interface ContactState {
  readonly contactId: string
  readonly requestIdentifier: string | undefined
}

/**
 * What became of a resource in a workspace.
 *
 * @category models
 * @since 0.1.0
 */
export interface WorkspaceResourceState {
  readonly workspaceId: string
  readonly arn: string
  readonly associated: boolean
  readonly named: number
  readonly created: number
  readonly deleted: number
}

// -----------------------------------------------------------------------------
// Constants
// -----------------------------------------------------------------------------

/**
 * Data sets of real instances. AWS has others, and more from time to time.
 *
 * @category constants
 * @since 0.1.0
 */
export const knownDataSets: ReadonlyArray<string> = [
  "contact_record",
  "contact_statistic_record",
  "contact_flow_events",
  "contact_evaluation_record",
  "contact_lens_conversational_analytics",
  "agent_statistic_record",
  "agent_queue_statistic_record",
  "agent_hierarchy_groups",
  "users",
  "routing_profiles",
  "bot_conversations",
  "bot_intents",
  "bot_slots",
  "forecast_groups",
  "long_term_forecasts",
  "short_term_forecasts",
  "staff_scheduling_profile",
  "staff_shifts",
  "staff_shift_activities",
  "staff_timeoffs",
  "staff_timeoff_intervals",
  "staff_timeoff_balance_changes",
  "staffing_groups",
  "staffing_group_forecast_groups",
  "staffing_group_supervisors",
  "shift_activities",
  "shift_profiles",
  "ai_agent",
  "ai_agent_knowledge_base",
  "ai_prompt",
  "ai_session",
  "ai_tool"
]

// -----------------------------------------------------------------------------
// Functions
// -----------------------------------------------------------------------------

/**
 * The account of an instance.
 *
 * @category functions
 * @since 0.1.0
 */
export const accountOf = ({ accountId = "123456789012" }: InstanceSeed): string => accountId

/**
 * The ARN of something in an instance, or of the instance.
 *
 * @category functions
 * @since 0.1.0
 */
export const arnOf = (instance: InstanceSeed, ...path: ReadonlyArray<string>): string =>
  [`arn:aws:connect:us-east-1:${accountOf(instance)}:instance/${instance.id}`, ...path].join("/")

/**
 * An instance as AWS lists it.
 *
 * @category functions
 * @since 0.1.0
 */
export const describeInstance = (instance: InstanceSeed, position: number): Record<string, unknown> => ({
  Id: instance.id,
  Arn: arnOf(instance),
  IdentityManagementType: "CONNECT_MANAGED",
  InstanceAlias: instance.alias ?? `instance-${position}`,
  CreatedTime: momentOf(position),
  ServiceRole: `arn:aws:iam::${accountOf(instance)}:role/aws-service-role/connect.amazonaws.com/connect`,
  InstanceStatus: "ACTIVE",
  InboundCallsEnabled: true,
  OutboundCallsEnabled: true
})

/**
 * A made-up time: one minute after another, from the first moment of 2024.
 *
 * @category functions
 * @since 0.1.0
 */
export const momentOf = (position: number): Date => new Date(Date.UTC(2024, 0, 1) + position * 60_000)

/**
 * A made-up UUID.
 *
 * @category functions
 * @since 0.1.0
 */
export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`
