/**
 * @since 0.1.0
 */

/**
 * @since 0.1.0
 */
export * as DocumentWork from "./DocumentWork.ts"

/**
 * @since 0.1.0
 */
export { Kendra } from "./Kendra.ts"

/**
 * @since 0.1.0
 */
export * as KendraClient from "./KendraClient.ts"

/**
 * @since 0.1.0
 */
export * as KendraDocument from "./KendraDocument.ts"

/**
 * @since 0.1.0
 */
export * as KendraError from "./KendraError.ts"

/**
 * @since 0.1.0
 */
export * as KendraFates from "./KendraFates.ts"

/**
 * @since 0.1.0
 */
export * as KendraId from "./KendraId.ts"

/**
 * @since 0.1.0
 */
export * as KendraOperations from "./KendraOperations.ts"

/**
 * @since 0.1.0
 */
export * as KendraSchema from "./KendraSchema.ts"
