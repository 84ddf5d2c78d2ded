/**
 * @since 0.1.0
 */

// @barrel: Auto-generated exports. Do not edit manually.

/**
 * @since 0.1.0
 */
export * as ConnectModel from "./ConnectModel.ts"

/**
 * @since 0.1.0
 */
export * as ConnectState from "./ConnectState.ts"

/**
 * @since 0.1.0
 */
export * as ConnectWire from "./ConnectWire.ts"

/**
 * @since 0.1.0
 */
export { layerTest } from "./ConnectTest.ts"
