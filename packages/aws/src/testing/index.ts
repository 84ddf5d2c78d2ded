/**
 * @since 0.1.0
 */

// @barrel: Auto-generated exports. Do not edit manually.

/**
 * @since 0.1.0
 */
export * as Faults from "./Faults.ts"

/**
 * @since 0.1.0
 */
export * as PageToken from "./PageToken.ts"

/**
 * @since 0.1.0
 */
export * as ServiceModel from "./ServiceModel.ts"

/**
 * @since 0.1.0
 */
export * as ServiceWire from "./ServiceWire.ts"

/**
 * @since 0.1.0
 */
export * as TestTransport from "./TestTransport.ts"

/**
 * @since 0.1.0
 */
export * as TokenBucket from "./TokenBucket.ts"
