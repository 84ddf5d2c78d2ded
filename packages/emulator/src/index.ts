/**
 * @since 0.1.0
 */

// @barrel: Auto-generated exports. Do not edit manually.

/**
 * @since 0.1.0
 */
export * as AwsJson11 from "./AwsJson11.ts"

/**
 * @since 0.1.0
 */
export * as Control from "./Control.ts"

/**
 * @since 0.1.0
 */
export * as Emulator from "./Emulator.ts"

/**
 * @since 0.1.0
 */
export * as Exchange from "./Exchange.ts"

/**
 * @since 0.1.0
 */
export * as RestJson1 from "./RestJson1.ts"

/**
 * @since 0.1.0
 */
export * as Services from "./Services.ts"

/**
 * @since 0.1.0
 */
export * as SigV4 from "./SigV4.ts"

/**
 * @since 0.1.0
 */
export * as WireFault from "./WireFault.ts"

/**
 * @since 0.1.0
 */
export * as WireMessage from "./WireMessage.ts"
