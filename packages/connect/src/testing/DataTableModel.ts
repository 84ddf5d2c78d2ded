/**
 * Data tables in memory: values by attribute and primary values, each with its lock version.
 *
 * @since 0.1.0
 */
import * as ServiceModel from "@effect-bulk/aws/testing/ServiceModel"
import { valueId } from "../DataTableSchema.ts"
import * as ConnectAnswer from "./ConnectAnswer.ts"
import * as ConnectState from "./ConnectState.ts"
import type { ItemFailures } from "./ItemFailures.ts"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * What AWS leaves open about values of data tables.
 *
 * @category models
 * @since 0.1.0
 */
export interface Choices {
  /** An old lock version: fails the item (unless said), or the whole call, which then does nothing. */
  readonly staleLockVersion: "item" | "call"
  /** Creating a value that is there: fails the item (unless said), or the whole call. */
  readonly existingValue: "item" | "call"
  /** Most values in a call; a longer list is an `InvalidParameterException`. No limit unless said. */
  readonly maxValues: number
}

/**
 * A table.
 *
 * @category models
 * @since 0.1.0
 */
export interface DataTable {
  readonly instance: ConnectState.InstanceSeed
  readonly seed: ConnectState.DataTableSeed
  readonly values: Array<Value>
  readonly byId: Map<string, Value>
  /** Ids of records by their primary values. */
  readonly records: Map<string, string>
}

interface Named {
  readonly AttributeName: string
  readonly PrimaryValues?: ReadonlyArray<{ readonly AttributeName: string; readonly Value: string }>
}

interface Locked extends Named {
  readonly LockVersion?: Readonly<Record<string, string | undefined>>
}

interface Value extends Required<Named> {
  readonly id: string
  readonly recordId: string
  value: string | undefined
  named: number
  written: number
  writtenAt: Date
}

/**
 * @category constants
 * @since 0.1.0
 */
export const defaults: Choices = {
  staleLockVersion: "item",
  existingValue: "item",
  maxValues: Number.POSITIVE_INFINITY
}

// -----------------------------------------------------------------------------
// Constructors
// -----------------------------------------------------------------------------

/**
 * @category constructors
 * @since 0.1.0
 */
export const make = (instance: ConnectState.InstanceSeed, seed: ConnectState.DataTableSeed): DataTable => {
  const table: DataTable = { instance, seed, values: [], byId: new Map(), records: new Map() }
  const begin = ConnectState.momentOf(0)
  for (const { primary = {}, values } of seed.records ?? []) {
    const PrimaryValues = Object.entries(primary).map(([AttributeName, Value]) => ({ AttributeName, Value }))
    for (const [AttributeName, value] of Object.entries(values))
      write(table, { AttributeName, PrimaryValues }, value, begin)
  }
  return table
}

/**
 * The handlers of the operations on values.
 *
 * @category constructors
 * @since 0.1.0
 */
export const handlers = (
  inTable: (
    input: { readonly InstanceId: string; readonly DataTableId: string },
    f: (table: DataTable) => ServiceModel.ModelAnswer
  ) => ServiceModel.ModelAnswer,
  choices: Choices,
  failures: ItemFailures
) => {
  // Acts on each value; what `act` gives as a text is why the value failed.
  const each = <V extends Named>(
    table: DataTable,
    values: ReadonlyArray<V>,
    { fault }: Parameters<ConnectAnswer.Handlers["BatchCreateDataTableValue"]>[1],
    act: (value: V, found: Value | undefined) => Record<string, unknown> | string
  ): ServiceModel.ModelAnswer => {
    if (values.length > choices.maxValues) {
      return ConnectAnswer.invalidParameter(`Values must include at most ${choices.maxValues} items`)
    }
    const Successful: Array<Record<string, unknown>> = []
    const Failed: Array<Record<string, unknown>> = []
    for (const value of values) {
      const { AttributeName, PrimaryValues = [] } = value
      const id = valueId(value)
      const found = table.byId.get(id)
      if (found !== undefined) found.named++
      const done = failures.next(id, fault)?.message ?? wrongName(table, value) ?? act(value, present(found))
      if (typeof done === "string") Failed.push({ PrimaryValues, AttributeName, Message: done })
      else Successful.push({ PrimaryValues, AttributeName, ...done })
    }
    return ServiceModel.output({ Successful, Failed })
  }

  const conflict = (table: DataTable, values: ReadonlyArray<Locked>): ServiceModel.ModelAnswer | undefined =>
    choices.staleLockVersion === "call" && values.some((value) => isStale(value, find(table, value)))
      ? ServiceModel.error("ConflictException", 409, stale)
      : undefined

  return {
    BatchCreateDataTableValue: ({ Values, ...input }, call) =>
      inTable(input, (table) =>
        choices.existingValue === "call" && Values.some((value) => find(table, value) !== undefined)
          ? ServiceModel.error("DuplicateResourceException", 409, exists)
          : each(table, Values, call, (value, found) => {
              const wrong = wrongValue(table, value)
              if (wrong !== undefined) return wrong
              if (found !== undefined) return exists
              const created = write(table, value, value.Value, new Date(call.now))
              created.named ||= 1
              return { RecordId: created.recordId, LockVersion: lockVersion(created) }
            })
      ),
    BatchUpdateDataTableValue: ({ Values, ...input }, call) =>
      inTable(
        input,
        (table) =>
          conflict(table, Values) ??
          each(table, Values, call, (value, found) => {
            const wrong = wrongValue(table, value)
            if (wrong !== undefined) return wrong
            if (found === undefined) return missing
            if (isStale(value, found)) return stale
            return { LockVersion: lockVersion(write(table, value, value.Value, new Date(call.now))) }
          })
      ),
    BatchDeleteDataTableValue: ({ Values, ...input }, call) =>
      inTable(
        input,
        (table) =>
          conflict(table, Values) ??
          each(table, Values, call, (value, found) => {
            if (found === undefined) return missing
            if (isStale(value, found)) return stale
            return { LockVersion: lockVersion(write(table, value, undefined, new Date(call.now))) }
          })
      ),
    BatchDescribeDataTableValue: ({ Values, ...input }, call) =>
      inTable(input, (table) =>
        each(table, Values, call, (_value, found) => (found === undefined ? missing : describe(table, found)))
      ),
    ListDataTableValues: ({ DataTableId, InstanceId, PrimaryAttributeValues, RecordIds, ...request }) =>
      inTable({ InstanceId, DataTableId }, (table) =>
        ConnectAnswer.page(
          request,
          { name: `values ${InstanceId} ${table.seed.id}`, member: "Values", things: table.values, size: 1000 },
          (value) => {
            if (value.value === undefined || RecordIds?.includes(value.recordId) === false) return undefined
            const fits = (PrimaryAttributeValues ?? []).every(({ AttributeName, Values }) =>
              value.PrimaryValues.some((pair) => pair.AttributeName === AttributeName && Values.includes(pair.Value))
            )
            return fits
              ? { ...describe(table, value), ValueType: table.seed.attributes[value.AttributeName] }
              : undefined
          }
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
export const stateOf = ({ id, named, value, written }: Value): ConnectState.ValueState => ({
  id,
  value,
  named,
  written
})

/**
 * What a table knows of a value, by its id.
 *
 * @category functions
 * @since 0.1.0
 */
export const get = ({ byId }: DataTable, id: string): ConnectState.ValueState | undefined => {
  const value = byId.get(id)
  return value && stateOf(value)
}

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

const missing = "The specified value does not exist."
const exists = "The specified value already exists."
const stale = "The specified lock version is not the current one."

const present = (value: Value | undefined): Value | undefined => (value?.value === undefined ? undefined : value)

const find = ({ byId }: DataTable, value: Named): Value | undefined => present(byId.get(valueId(value)))

const write = (table: DataTable, named: Named, text: string | undefined, writtenAt: Date): Value => {
  const id = valueId(named)
  const found = table.byId.get(id)
  if (found !== undefined) return Object.assign(found, { value: text, written: found.written + 1, writtenAt })
  const { AttributeName, PrimaryValues = [] } = named
  const record = valueId({ PrimaryValues })
  const recordId = table.records.get(record) ?? ConnectState.uuid(table.records.size)
  table.records.set(record, recordId)
  const value = { AttributeName, PrimaryValues, id, recordId, value: text, named: 0, written: 1, writtenAt }
  table.values.push(value)
  table.byId.set(id, value)
  return value
}

const lockVersion = ({ written }: Value): Record<string, string> => ({
  DataTable: "1",
  Attribute: "1",
  PrimaryValues: "1",
  Value: String(written)
})

const isStale = ({ LockVersion = {} }: Locked, value: Value | undefined): boolean => {
  if (value === undefined) return false
  const current = lockVersion(value)
  return Object.entries(LockVersion).some(([level, version]) => version !== undefined && version !== current[level])
}

const wrongName = ({ seed }: DataTable, { AttributeName, PrimaryValues = [] }: Named): string | undefined => {
  if (!Object.hasOwn(seed.attributes, AttributeName)) return `There is no attribute ${AttributeName}.`
  const names = PrimaryValues.map(({ AttributeName }) => AttributeName).toSorted()
  const wanted = (seed.primary ?? []).toSorted()
  return names.length === 0 || (names.length === wanted.length && names.every((name, i) => name === wanted[i]))
    ? undefined
    : `Primary values must be those of ${wanted.join(", ")}, got ${names.join(", ")}.`
}

const wrongValue = ({ seed }: DataTable, value: Named & { readonly Value: string }): string | undefined => {
  const type = seed.attributes[value.AttributeName]
  const fits =
    type === "NUMBER"
      ? value.Value.trim() !== "" && Number.isFinite(Number(value.Value))
      : type !== "BOOLEAN" || /^(true|false)$/i.test(value.Value)
  return fits ? undefined : `The value of ${value.AttributeName} must be a ${type}, got ${value.Value}.`
}

const describe = (table: DataTable, value: Value): Record<string, unknown> => {
  const attributeId = (name: string) => ConnectState.uuid(Object.keys(table.seed.attributes).indexOf(name))
  return {
    RecordId: value.recordId,
    AttributeId: attributeId(value.AttributeName),
    AttributeName: value.AttributeName,
    PrimaryValues: value.PrimaryValues.map((pair) => ({ ...pair, AttributeId: attributeId(pair.AttributeName) })),
    Value: value.value,
    LockVersion: lockVersion(value),
    LastModifiedTime: value.writtenAt,
    LastModifiedRegion: "us-east-1"
  }
}
