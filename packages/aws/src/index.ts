/**
 * @since 0.1.0
 */

// @barrel: Auto-generated exports. Do not edit manually.

/**
 * @since 0.1.0
 */
export * as AwsClient from "./AwsClient.ts"

/**
 * @since 0.1.0
 */
export * as AwsError from "./AwsError.ts"

/**
 * @since 0.1.0
 */
export * as AwsFate from "./AwsFate.ts"

/**
 * @since 0.1.0
 */
export * as Transport from "./Transport.ts"
