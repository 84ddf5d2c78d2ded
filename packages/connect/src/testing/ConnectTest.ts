/**
 * Connect for tests: the real service over a model in memory, without network and on the clock of the test.
 *
 * @since 0.1.0
 */
import type { Transport } from "@effect-bulk/aws/Transport"
import type * as Faults from "@effect-bulk/aws/testing/Faults"
import * as TestTransport from "@effect-bulk/aws/testing/TestTransport"
import * as Quota from "@effect-bulk/core/Quota"
import * as Layer from "effect/Layer"
import { Connect, make } from "../Connect.ts"
import * as ConnectClient from "../ConnectClient.ts"
import type * as ConnectModel from "./ConnectModel.ts"

/**
 * The service over a model, with a quota of its own in each layer. Give a `transport` to see what was sent.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerTest = (
  options:
    | { readonly transport: Transport }
    | { readonly model: ConnectModel.ConnectModel; readonly faults?: Faults.Faults }
): Layer.Layer<Connect> => {
  const transport = "transport" in options ? options.transport : TestTransport.make(options)
  return Layer.effect(Connect, make(ConnectClient.fromTransport(transport))).pipe(
    Layer.provide(Layer.sync(Quota.Registry, () => new Map()))
  )
}
