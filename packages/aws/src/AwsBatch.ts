/**
 * A batch operation of a service in its forms: the API's own call, which fails with `PartialFailure` unless all its
 * items succeeded, and the `BatchOperation` for any number of items. Both read the answer in the same way.
 *
 * @since 0.1.0
 */
import type { Answer } from "@effect-bulk/core/Answer"
import * as BatchOperation from "@effect-bulk/core/BatchOperation"
import type * as BatchPolicy from "@effect-bulk/core/BatchPolicy"
import * as Bulk from "@effect-bulk/core/Bulk"
import * as Report from "@effect-bulk/core/Report"
import * as Effect from "effect/Effect"
import * as Iterable from "effect/Iterable"
import * as Stream from "effect/Stream"
import * as AwsCall from "./AwsCall.ts"
import { type AwsClient, requestId } from "./AwsClient.ts"
import type * as AwsError from "./AwsError.ts"
import type { AwsOperation } from "./AwsOperation.ts"
import * as AwsQuota from "./AwsQuota.ts"
import * as PartialFailure from "./PartialFailure.ts"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * The forms of a batch operation.
 *
 * @category models
 * @since 0.1.0
 */
export interface AwsBatch<in out Input, in out Item, in out A, in out Response, in out E, in out ItemE> {
  /**
   * One request. A call that was certainly not applied is sent again as the policy says; after one that may have been
   * applied, only the answer to that very call could tell which items failed.
   */
  readonly call: (input: Input) => One<Response, E | AwsError.Common, ItemE>
  readonly operation: BatchOperation.BatchOperation<Item, A, E | AwsError.Common | ItemE>
}

/**
 * Items as callers have them.
 *
 * @category models
 * @since 0.1.0
 */
export type Items<Item, E = never, R = never> = Iterable<Item> | Stream.Stream<Item, E, R>

/**
 * One request: its answer, or `PartialFailure` if any item failed.
 *
 * @category models
 * @since 0.1.0
 */
export type One<Response, E, ItemE> = Effect.Effect<Response, E | PartialFailure.PartialFailure<Response, ItemE>>

/**
 * Any number of items: the report, or `BulkIncomplete` unless every one succeeded.
 *
 * @category models
 * @since 0.1.0
 */
export type All<Item, A, E, R = never> = Effect.Effect<Report.Report<Item, A, E>, Report.BulkIncomplete<Item, A, E>, R>

// -----------------------------------------------------------------------------
// Constructors
// -----------------------------------------------------------------------------

/**
 * Makes an operation callable with the items of one request, and with any number.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = Effect.fnUntraced(function* <Input, Response, E, Item, Group, A, ItemE>(
  client: AwsClient,
  api: AwsOperation<Input, Response, E>,
  options: {
    readonly limits: BatchOperation.Limits<Item>
    /** What the answer calls the item. */
    readonly id: (item: Item) => string
    /** What all items of one request share. */
    readonly group: (item: Item) => Group
    /** The group in reports. */
    readonly target?: (group: Group) => string
    /** Says what is wrong with an item: see `AwsSchema.checkTexts`. */
    readonly check: (item: Item) => string | undefined
    /** The request for items of a group. */
    readonly request: (group: Group, items: ReadonlyArray<Item>) => Input
    /** The items of a request. */
    readonly items: (request: Input) => ReadonlyArray<Item>
    readonly answer: Answer<Item, Response, A, ItemE>
    readonly policy?: BatchPolicy.Input
  }
) {
  const { answer, id, items } = options
  const name = `${client.service}.${api.name}`
  const call = yield* AwsCall.make(client, api.nature === "read" ? api : { ...api, nature: "once" })
  const batch: AwsBatch<Input, Item, A, Response, E, ItemE> = {
    call: (input) =>
      Effect.flatMap(call(input), (response) => {
        const sent = items(input)
        const reading = answer(sent, response)
        const failure = PartialFailure.fromReading(reading, { operation: name, ids: sent.map(id), response })
        return failure === undefined ? Effect.succeed(response) : Effect.fail(failure)
      }),
    operation: BatchOperation.make<Item, Response, A, E | AwsError.Common, ItemE, never, Group>({
      ...options,
      name,
      idempotent: api.nature !== "once",
      read: api.nature === "read",
      quota: yield* AwsQuota.make(client, api.quota),
      call: (group, items) => api.send(client, options.request(group, items)),
      fate: api.fate,
      requestId
    })
  }
  return batch
})

// -----------------------------------------------------------------------------
// Running
// -----------------------------------------------------------------------------

/**
 * Runs items that share a target, and fails with `BulkIncomplete` unless every one succeeded. `item` makes the items of
 * what callers give.
 *
 * @category running
 * @since 0.1.0
 */
export const all = <Given, Item, A, E, R, E2 = never, R2 = never, R3 = never>(
  operation: BatchOperation.BatchOperation<Item, A, E, R>,
  given: Items<Given, E2, R2>,
  item: (given: Given) => Item,
  options?: Bulk.Options<Item, A, E, R3>
): All<Item, A, E, R | R2 | R3> => Effect.flatMap(Bulk.run(operation, mapItems(given, item), options), Report.orFail)

/**
 * The same items, each changed. A list stays a list, and what is read bit by bit is still read so.
 *
 * @category running
 * @since 0.1.0
 */
export const mapItems = <A, B, E, R>(items: Items<A, E, R>, f: (item: A) => B): Items<B, E, R> => {
  if (Stream.isStream(items)) return Stream.map(items, f)
  return Array.isArray(items) ? items.map(f) : Iterable.map(items, f)
}
