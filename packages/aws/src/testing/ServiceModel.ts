/**
 * A service in memory: what the operations of a service do to a state, without wire, signatures or faults. One model
 * serves both `testTransport` and the emulator.
 *
 * @since 0.1.0
 */
import type * as Effect from "effect/Effect"
import type { ItemFault } from "./Faults.ts"

/**
 * A stateful model of a service.
 *
 * @category models
 * @since 0.1.0
 */
export interface ServiceModel {
  /** The name that requests are signed for: `connect`, `kendra`, `omics`. */
  readonly service: string
  /**
   * Does what the operation does. Input and output are as the SDK has them: times are `Date`, blobs `Uint8Array`.
   * `fault` names items that must fail with its code and stay untouched: see `Faults.hits`.
   */
  readonly handle: (operation: string, input: Record<string, unknown>, fault?: ItemFault) => Effect.Effect<ModelAnswer>
  /** All that the model holds, one plain object for each thing, to compare with what was reported. */
  readonly state?: () => Iterable<object>
  /** The lists that an output of the operation may lack when they are empty. */
  readonly absentLists?: (operation: string) => ReadonlyArray<string>
  /** The output, made to contradict itself or the request. */
  readonly contradict?: (
    operation: string,
    input: Record<string, unknown>,
    output: Record<string, unknown>
  ) => Record<string, unknown>
}

/**
 * What a model says: an output, or an exception of the service. `members` are the documented members of the
 * exception.
 *
 * @category models
 * @since 0.1.0
 */
export type ModelAnswer =
  | { readonly _tag: "Output"; readonly output: Record<string, unknown> }
  | {
      readonly _tag: "Error"
      readonly name: string
      readonly status: number
      readonly message: string
      readonly members?: Record<string, unknown>
    }

/**
 * @category constructors
 * @since 0.1.0
 */
export const output = (output: Record<string, unknown>): ModelAnswer => ({ _tag: "Output", output })

/**
 * @category constructors
 * @since 0.1.0
 */
export const error = (
  name: string,
  status: number,
  message: string,
  members?: Record<string, unknown>
): ModelAnswer => ({ _tag: "Error", name, status, message, ...(members && { members }) })
