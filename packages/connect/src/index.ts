/**
 * @since 0.1.0
 */

/**
 * @since 0.1.0
 */
export { Connect } from "./Connect.ts"

/**
 * @since 0.1.0
 */
export * as ConnectClient from "./ConnectClient.ts"

/**
 * @since 0.1.0
 */
export * as ConnectError from "./ConnectError.ts"

/**
 * @since 0.1.0
 */
export * as ConnectFates from "./ConnectFates.ts"

/**
 * @since 0.1.0
 */
export * as ConnectId from "./ConnectId.ts"

/**
 * @since 0.1.0
 */
export * as ConnectOperations from "./ConnectOperations.ts"

/**
 * @since 0.1.0
 */
export * as ConnectSchema from "./ConnectSchema.ts"

/**
 * @since 0.1.0
 */
export * as DataSetRemoval from "./DataSetRemoval.ts"

/**
 * @since 0.1.0
 */
export * as DataTableOperations from "./DataTableOperations.ts"

/**
 * @since 0.1.0
 */
export * as DataTableSchema from "./DataTableSchema.ts"
