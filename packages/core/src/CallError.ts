/**
 * What can go wrong with a call, or with an item in it, on this side of the wire: the errors that the engine itself
 * gives to items. Everything else in an outcome's error is the operation's own.
 *
 * @since 0.1.0
 */
import * as Cause from "effect/Cause"
import * as Schema from "effect/Schema"
import { messageOf } from "./internal/errors.ts"

/**
 * The call was not answered within the policy's `callTimeout`.
 *
 * @category errors
 * @since 0.1.0
 */
export class CallTimedOut extends Schema.TaggedError<CallTimedOut>()("CallTimedOut", {
  operation: Schema.String,
  /** Milliseconds. */
  after: Schema.Number
}) {
  override get message() {
    return `${this.operation}: no answer within ${this.after} ms`
  }
}

/**
 * The call was cut off while in flight: the run was interrupted, or its grace ended.
 *
 * @category errors
 * @since 0.1.0
 */
export class CallAborted extends Schema.TaggedError<CallAborted>()("CallAborted", {
  operation: Schema.String
}) {
  override get message() {
    return `${this.operation}: the call was cut off while in flight`
  }
}

/**
 * A function of the operation (`call`, `answer` or `fate`) died: a defect, not an answer of the service.
 *
 * @category errors
 * @since 0.1.0
 */
export class CallDied extends Schema.TaggedError<CallDied>()("CallDied", {
  operation: Schema.String,
  step: Schema.Literals(["call", "answer", "fate"]),
  defect: Schema.Defect()
}) {
  override get message() {
    return `${this.operation}: the operation's '${this.step}' died: ${messageOf(this.defect)}`
  }
}

/**
 * The call was answered, but the answer says nothing certain about this item; `why` says how.
 *
 * @category errors
 * @since 0.1.0
 */
export class Unanswered extends Schema.TaggedError<Unanswered>()("Unanswered", {
  operation: Schema.String,
  id: Schema.String,
  why: Schema.String
}) {
  override get message() {
    return `${this.operation}: no verdict on '${this.id}': ${this.why}`
  }
}

/**
 * An error that the engine gives to an item.
 *
 * @category errors
 * @since 0.1.0
 */
export type CallError = CallTimedOut | CallAborted | CallDied | Unanswered

/**
 * The cause of a died call as an error.
 *
 * @category constructors
 * @since 0.1.0
 */
export const died = (operation: string, step: CallDied["step"], cause: Cause.Cause<unknown>): CallDied =>
  new CallDied({ operation, step, defect: Cause.squash(cause) })
