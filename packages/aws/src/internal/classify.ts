/**
 * From a failure of an SDK client to an error, by its structure alone: classes are not asked for, since two copies of
 * an SDK package have two of each. The order of the questions matters:
 *
 * 1. `reached` or a network `code`, or a time-out: no answer, or half of one
 * 2. `$fault`: an exception of the service, by name
 * 3. an HTTP status without `$fault`: an answer that cannot be read
 * 4. no credentials, no region or endpoint, a label without a value: it was never sent
 */
import * as AwsError from "../AwsError.ts"

/** The parts of a failure that are looked at; all are checked before they are believed. */
interface Structure {
  readonly name?: unknown
  readonly message?: unknown
  readonly code?: unknown
  readonly reached?: unknown
  readonly $fault?: unknown
  readonly $metadata?: { readonly httpStatusCode?: unknown; readonly requestId?: unknown }
  readonly $response?: { readonly headers?: { readonly [name: string]: unknown } }
}

/** `now` in milliseconds: for hints that are dates. */
export const classify = <Errors extends AwsError.Table>(
  failure: unknown,
  operation: string,
  errors: Errors | undefined,
  now: number
): AwsError.FromTable<Errors> | AwsError.Common => {
  const structure: Structure = typeof failure === "object" && failure !== null ? failure : { message: failure }
  const name = text(structure.name) ?? "Unknown"
  const message = text(structure.message) ?? name
  const code = text(structure.code)
  const status = number(structure.$metadata?.httpStatusCode)
  const requestId = text(structure.$metadata?.requestId)
  const retryAfter = hint(structure.$response?.headers, now)
  const fields: AwsError.Fields = {
    operation,
    message,
    ...(requestId !== undefined && { requestId }),
    ...(status !== undefined && { status }),
    ...(retryAfter !== undefined && { retryAfter }),
    cause: failure
  }

  if (structure.$fault === undefined) {
    const reached = structure.reached !== false && !(code !== undefined && unreached.test(code))
    if (name === "TimeoutError" && reached && (code === undefined || code === "ETIMEDOUT")) {
      return new AwsError.ResponseTimeout(fields)
    }
    if (
      typeof structure.reached === "boolean" ||
      name === "TimeoutError" ||
      (code !== undefined && network.test(code))
    ) {
      return new AwsError.NetworkError({ ...fields, code: code ?? name, reached })
    }
    if (name === "AbortError") return new AwsError.NetworkError({ ...fields, code: "ABORT_ERR", reached: true })
  } else {
    return exception(structure, name, fields, errors)
  }

  if (status !== undefined) return new AwsError.UndecodableResponse(fields)
  if (credentials.test(name) || credentials.test(message))
    return new AwsError.CredentialsError({ ...fields, code: name })
  if (name === "EndpointError" || code === "ERR_INVALID_URL" || misconfigured.test(message)) {
    return new AwsError.ClientMisconfigured(fields)
  }
  const member = label.exec(message)?.[1]
  return member === undefined
    ? new AwsError.UnknownServiceError({ ...fields, code: name })
    : new AwsError.InvalidRequest({ ...fields, member })
}

/** An exception of the service. */
const exception = <Errors extends AwsError.Table>(
  structure: object,
  name: string,
  fields: AwsError.Fields,
  errors: Errors | undefined
): AwsError.FromTable<Errors> | AwsError.Common => {
  const documented = errors !== undefined && Object.hasOwn(errors, name) ? errors[name] : undefined
  if (documented !== undefined) {
    // Sound: the table says what its classes make, and every class takes `fields`.
    return withMembers(documented, structure, fields) as AwsError.FromTable<Errors>
  }
  if (accessNames.has(name)) return new AwsError.AccessDeniedException(fields)
  if (credentialsNames.has(name)) return new AwsError.CredentialsError({ ...fields, code: name })
  return new AwsError.UnknownServiceError({ ...fields, code: name })
}

/** Members that the service documents come along one by one, so that one of a wrong type does not cost the others. */
const withMembers = (documented: AwsError.Class, structure: object, fields: AwsError.Fields): AwsError.Fields => {
  // `Class` takes `never`, so that any class fits a table; all take an object of their fields.
  const construct = (properties: object) => new documented(properties as never)
  let properties: object = fields
  let error = construct(properties)
  for (const member of Object.keys(documented.fields)) {
    const value: unknown = member in fields || member === "_tag" ? undefined : Reflect.get(structure, member)
    if (value === undefined || value === null) continue
    try {
      error = construct({ ...properties, [member]: value })
      properties = { ...properties, [member]: value }
    } catch {
      // The wire has something else under this name than the documentation.
    }
  }
  return error
}

const hint = (headers: { readonly [name: string]: unknown } | undefined, now: number): number | undefined => {
  const millis = text(headers?.["x-amz-retry-after"])
  if (millis !== undefined && /^\d+$/.test(millis)) return Number(millis)
  const seconds = text(headers?.["retry-after"])
  if (seconds === undefined) return undefined
  if (/^\d+(\.\d+)?$/.test(seconds)) return Math.ceil(Number(seconds) * 1000)
  const date = Date.parse(seconds)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined)

const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined)

// `ERR_` alone are errors of programs, not of networks.
const network = /^(?:E[A-Z0-9]+(?:_AGAIN)?|HPE_\w+|UND_ERR_\w+|ERR_(?:TLS|SSL|HTTP2)_\w+|\w*CERT\w*|UNABLE_TO_\w+)$/

const unreached = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_TLS_\w+|\w*CERT\w*|UNABLE_TO_\w+)$/

const accessNames: ReadonlySet<string> = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "NotAuthorized",
  "UnauthorizedOperation"
])

const credentialsNames: ReadonlySet<string> = new Set([
  "ExpiredToken",
  "ExpiredTokenException",
  "IncompleteSignature",
  "IncompleteSignatureException",
  "InvalidAccessKeyId",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "MissingAuthenticationToken",
  "MissingAuthenticationTokenException",
  "OptInRequired",
  "RequestExpired",
  "RequestInTheFuture",
  "RequestTimeTooSkewed",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException"
])

const credentials =
  /^(?:CredentialsProviderError|ProviderError|TokenProviderError)$|^Could not load credentials|^Resolved credential object is not valid/

const misconfigured = /^Region is missing|^Region not accepted|is not a valid hostname\.$/

const label = /^(?:No|Empty) value provided for input HTTP label: (\w+)/
