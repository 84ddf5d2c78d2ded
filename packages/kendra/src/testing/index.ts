/**
 * @since 0.1.0
 */

// @barrel: Auto-generated exports. Do not edit manually.

/**
 * @since 0.1.0
 */
export * as KendraModel from "./KendraModel.ts"

/**
 * @since 0.1.0
 */
export * as KendraState from "./KendraState.ts"

/**
 * @since 0.1.0
 */
export * as KendraWire from "./KendraWire.ts"

/**
 * @since 0.1.0
 */
export { layerTest } from "./KendraTest.ts"
