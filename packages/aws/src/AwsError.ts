/**
 * The errors of a call to AWS. A service package declares one class per documented exception, under AWS's name and
 * with `AwsError.fields`; what any call to any service can end with is here: access, credentials, network, time-out,
 * undecodable answers, refused requests, names that nobody documented, and a client that cannot call at all.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

// -----------------------------------------------------------------------------
// Models
// -----------------------------------------------------------------------------

/**
 * What every error of a call carries.
 *
 * @category models
 * @since 0.1.0
 */
export const fields = {
  /** Service and operation, such as `Omics.BatchDeleteReadSet`. */
  operation: Schema.String,
  message: Schema.String,
  requestId: Schema.optionalKey(Schema.String),
  /** The HTTP status, if an answer came. */
  status: Schema.optionalKey(Schema.Number),
  /** How long the service asks to wait, in milliseconds. */
  retryAfter: Schema.optionalKey(Schema.Number),
  /** The failure as the SDK gave it. */
  cause: Schema.optionalKey(Schema.Defect())
}

/**
 * What every error of a call carries, as a type.
 *
 * @category models
 * @since 0.1.0
 */
export interface Fields {
  readonly operation: string
  readonly message: string
  readonly requestId?: string
  readonly status?: number
  readonly retryAfter?: number
  readonly cause?: unknown
}

/**
 * An error of a call, whatever its class.
 *
 * @category models
 * @since 0.1.0
 */
export interface Any extends Fields {
  readonly _tag: string
}

/**
 * An error class of a service: `fields` and the documented members of the exception. Members must be optional:
 * nothing guarantees that the wire has them, and one that does not fit is left out.
 *
 * @category models
 * @since 0.1.0
 */
export interface Class<out E = Any> {
  new (properties: never): E
  readonly fields: { readonly [name: string]: unknown }
}

/**
 * The exceptions that an operation documents, by the name that AWS gives them.
 *
 * @category models
 * @since 0.1.0
 */
export interface Table {
  readonly [name: string]: Class
}

/**
 * The errors that a table makes.
 *
 * @category models
 * @since 0.1.0
 */
export type FromTable<T extends Table> = Made<T[keyof T]>

// Of each member of a union by itself, and nothing of none.
type Made<C> = C extends Class<infer E> ? E : never

// -----------------------------------------------------------------------------
// Errors
// -----------------------------------------------------------------------------

/**
 * The credentials do not allow the call. Comes from operations that do not document it, too.
 *
 * @category errors
 * @since 0.1.0
 */
export class AccessDeniedException extends Schema.TaggedError<AccessDeniedException>()(
  "AccessDeniedException",
  fields
) {}

/**
 * There are no credentials, or the service does not take them: expired, unknown, badly signed. `code` is AWS's name
 * for it.
 *
 * @category errors
 * @since 0.1.0
 */
export class CredentialsError extends Schema.TaggedError<CredentialsError>()("CredentialsError", {
  ...fields,
  code: Schema.String
}) {}

/**
 * The connection failed. `reached` is `false` only if the request certainly never got to the service.
 *
 * @category errors
 * @since 0.1.0
 */
export class NetworkError extends Schema.TaggedError<NetworkError>()("NetworkError", {
  ...fields,
  code: Schema.String,
  reached: Schema.Boolean
}) {}

/**
 * The request was sent and no answer came in time.
 *
 * @category errors
 * @since 0.1.0
 */
export class ResponseTimeout extends Schema.TaggedError<ResponseTimeout>()("ResponseTimeout", fields) {}

/**
 * An answer came that cannot be read. With a 2xx `status` the service may have done what it was asked.
 *
 * @category errors
 * @since 0.1.0
 */
export class UndecodableResponse extends Schema.TaggedError<UndecodableResponse>()("UndecodableResponse", fields) {}

/**
 * The request breaks a documented constraint and was not sent. `member` is the path of what is wrong.
 *
 * @category errors
 * @since 0.1.0
 */
export class InvalidRequest extends Schema.TaggedError<InvalidRequest>()("InvalidRequest", {
  ...fields,
  member: Schema.String
}) {}

/**
 * The service failed with a name that the operation does not document; `code` keeps it.
 *
 * @category errors
 * @since 0.1.0
 */
export class UnknownServiceError extends Schema.TaggedError<UnknownServiceError>()("UnknownServiceError", {
  ...fields,
  code: Schema.String
}) {}

/**
 * The client cannot call: no region, no usable endpoint.
 *
 * @category errors
 * @since 0.1.0
 */
export class ClientMisconfigured extends Schema.TaggedError<ClientMisconfigured>()("ClientMisconfigured", fields) {}

/**
 * What any call can fail with, whatever the operation documents.
 *
 * @category errors
 * @since 0.1.0
 */
export const Common = Schema.Union([
  AccessDeniedException,
  CredentialsError,
  NetworkError,
  ResponseTimeout,
  UndecodableResponse,
  InvalidRequest,
  UnknownServiceError,
  ClientMisconfigured
])

/**
 * What any call can fail with, whatever the operation documents.
 *
 * @category errors
 * @since 0.1.0
 */
export type Common = typeof Common.Type
