/**
 * The batch operations on values of data tables: what a call may hold, what its items share, and how its answer is read.
 *
 * @since 0.1.0
 */
import * as AwsBatch from "@effect-bulk/aws/AwsBatch"
import type { AwsClient } from "@effect-bulk/aws/AwsClient"
import * as AwsSchema from "@effect-bulk/aws/AwsSchema"
import * as Answer from "@effect-bulk/core/Answer"
import * as Verdict from "@effect-bulk/core/Verdict"
import * as Schema from "effect/Schema"
import * as ConnectClient from "./ConnectClient.ts"
import * as ConnectError from "./ConnectError.ts"
import * as ConnectFates from "./ConnectFates.ts"
import * as ConnectId from "./ConnectId.ts"
import * as DataTableSchema from "./DataTableSchema.ts"

// -----------------------------------------------------------------------------
// Items
// -----------------------------------------------------------------------------

/**
 * A value to be created or updated.
 *
 * @category models
 * @since 0.1.0
 */
export type ValuePut = InTable<typeof DataTableSchema.DataTableValue.Encoded>

/**
 * A value to be deleted, with its current lock version.
 *
 * @category models
 * @since 0.1.0
 */
export type ValueDeletion = InTable<typeof DataTableSchema.DataTableDeleteValueIdentifier.Encoded>

/**
 * A value to be looked up.
 *
 * @category models
 * @since 0.1.0
 */
export type ValueKey = InTable<typeof DataTableSchema.DataTableValueIdentifier.Encoded>

/**
 * Something in a data table.
 *
 * @category models
 * @since 0.1.0
 */
export interface InTable<out Value> {
  readonly instanceId: string
  readonly dataTableId: string
  readonly value: Value
}

// -----------------------------------------------------------------------------
// Operations
// -----------------------------------------------------------------------------

/**
 * Most values in a call of these operations unless a policy says otherwise. AWS documents no limit.
 *
 * @category limits
 * @since 0.1.0
 */
export const valuesPerCall = 25

/**
 * BatchCreateDataTableValue: values of one table. A success is worth the record and the lock version of the value.
 *
 * @category operations
 * @since 0.1.0
 */
export const createValues = (client: AwsClient) =>
  AwsBatch.make(client, ConnectClient.batchCreateDataTableValue, {
    ...inTable(DataTableSchema.DataTableValue),
    answer: Answer.resultsById({
      ...failures,
      successes: ({ Successful }: DataTableSchema.BatchCreateDataTableValueResponse) => Successful,
      id: idOf,
      verdict: (value) => Verdict.confirmed(value),
      failure: (failure) => ConnectFates.verdict(valueError(failure))
    })
  })

/**
 * BatchUpdateDataTableValue: values of one table. A success is worth the new lock version of the value.
 *
 * @category operations
 * @since 0.1.0
 */
export const updateValues = (client: AwsClient) =>
  AwsBatch.make(client, ConnectClient.batchUpdateDataTableValue, {
    ...inTable(DataTableSchema.DataTableValue),
    answer: Answer.resultsById({
      ...failures,
      successes: ({ Successful }: DataTableSchema.BatchChangeDataTableValueResponse) => Successful,
      id: idOf,
      verdict: (value) => Verdict.confirmed(value),
      failure: (failure) => ConnectFates.verdict(valueError(failure))
    })
  })

/**
 * BatchDeleteDataTableValue: values of one table, each with its current lock version.
 *
 * @category operations
 * @since 0.1.0
 */
export const deleteValues = (client: AwsClient) =>
  AwsBatch.make(client, ConnectClient.batchDeleteDataTableValue, {
    ...inTable(DataTableSchema.DataTableDeleteValueIdentifier),
    answer: Answer.resultsById({
      ...failures,
      successes: ({ Successful }: DataTableSchema.BatchChangeDataTableValueResponse) => Successful,
      id: idOf,
      verdict: () => Verdict.confirmed<void>(undefined),
      failure: (failure) => ConnectFates.removal(valueError(failure))
    })
  })

/**
 * BatchDescribeDataTableValue: values of one table. A success is worth the value as it stands.
 *
 * @category operations
 * @since 0.1.0
 */
export const describeValues = (client: AwsClient) =>
  AwsBatch.make(client, ConnectClient.batchDescribeDataTableValue, {
    ...inTable(DataTableSchema.DataTableValueIdentifier),
    answer: Answer.resultsById({
      ...failures,
      successes: ({ Successful }: DataTableSchema.BatchDescribeDataTableValueResponse) => Successful,
      id: idOf,
      verdict: (value) => Verdict.confirmed(value),
      failure: (failure) => ConnectFates.verdict(valueError(failure))
    })
  })

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

type Named = Parameters<typeof DataTableSchema.valueId>[0]

const inTable = <Value extends Named>(schema: Schema.Codec<Named, Value>) => ({
  limits: { maxItems: 1000 },
  policy: { maxItems: valuesPerCall },
  id: ({ value }: InTable<Value>) => DataTableSchema.valueId(value),
  group: ({ dataTableId, instanceId }: InTable<Value>) => ({ instanceId, dataTableId }),
  target: ({ dataTableId }: Omit<InTable<Value>, "value">) => dataTableId,
  check: AwsSchema.checkSchema(
    Schema.Struct({ instanceId: ConnectId.InstanceId, dataTableId: ConnectId.DataTableId, value: schema })
  ),
  request: ({ dataTableId, instanceId }: Omit<InTable<Value>, "value">, items: ReadonlyArray<InTable<Value>>) => ({
    InstanceId: instanceId,
    DataTableId: dataTableId,
    Values: items.map(({ value }) => value)
  }),
  items: (request: {
    readonly InstanceId: string
    readonly DataTableId: string
    readonly Values: ReadonlyArray<Value>
  }) =>
    request.Values.map((value): InTable<Value> => ({
      instanceId: request.InstanceId,
      dataTableId: request.DataTableId,
      value
    }))
})

// An entry that does not name its attribute names no value.
const idOf = (value: Named): string | undefined =>
  value.AttributeName === undefined ? undefined : DataTableSchema.valueId(value)

type Failure = DataTableSchema.BatchChangeDataTableValueResponse["Failed"][number]

const failures = {
  failures: ({ Failed }: { readonly Failed: ReadonlyArray<Failure> }) => Failed,
  failureId: (failure: Failure) => idOf(failure)
}

const valueError = (failure: Failure): ConnectError.DataTableValueError =>
  new ConnectError.DataTableValueError({ id: idOf(failure) ?? "", message: failure.Message ?? "" })
