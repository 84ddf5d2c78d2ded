/**
 * @since 0.1.0
 */

// @barrel: Auto-generated exports. Do not edit manually.

/**
 * @since 0.1.0
 */
export * as AwsBatch from "./AwsBatch.ts"

/**
 * @since 0.1.0
 */
export * as AwsCall from "./AwsCall.ts"

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
export * as AwsOperation from "./AwsOperation.ts"

/**
 * @since 0.1.0
 */
export * as AwsQuota from "./AwsQuota.ts"

/**
 * @since 0.1.0
 */
export * as AwsSchema from "./AwsSchema.ts"

/**
 * @since 0.1.0
 */
export * as AwsVerdict from "./AwsVerdict.ts"

/**
 * @since 0.1.0
 */
export * as Pagination from "./Pagination.ts"

/**
 * @since 0.1.0
 */
export * as PartialFailure from "./PartialFailure.ts"

/**
 * @since 0.1.0
 */
export * as Transport from "./Transport.ts"

/**
 * @since 0.1.0
 */
export * as Verification from "./Verification.ts"
