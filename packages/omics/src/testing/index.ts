/**
 * @since 0.1.0
 */

// @barrel: Auto-generated exports. Do not edit manually.

/**
 * @since 0.1.0
 */
export * as OmicsModel from "./OmicsModel.ts"

/**
 * @since 0.1.0
 */
export * as OmicsState from "./OmicsState.ts"

/**
 * @since 0.1.0
 */
export * as OmicsWire from "./OmicsWire.ts"

/**
 * @since 0.1.0
 */
export { layerTest } from "./OmicsTest.ts"
