/**
 * @since 0.1.0
 */

/**
 * @since 0.1.0
 */
export { Omics } from "./Omics.ts"

/**
 * @since 0.1.0
 */
export * as OmicsClient from "./OmicsClient.ts"

/**
 * @since 0.1.0
 */
export * as OmicsError from "./OmicsError.ts"

/**
 * @since 0.1.0
 */
export * as OmicsFates from "./OmicsFates.ts"

/**
 * @since 0.1.0
 */
export * as OmicsOperations from "./OmicsOperations.ts"

/**
 * @since 0.1.0
 */
export * as OmicsSchema from "./OmicsSchema.ts"

/**
 * @since 0.1.0
 */
export * as ReadSetDeletion from "./ReadSetDeletion.ts"
