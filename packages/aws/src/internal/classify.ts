/**
 * From a failure of an SDK client to an error, by its structure alone: classes are not asked for, since two copies of
 * an SDK package have two of each. The order of the questions matters:
 *
 * 1. `$fault`: an exception of the service, by name
 * 2. `reached` or a network `code`, or a time-out: no answer, or half of one
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
export const classify = (
  failure: unknown,
  operation: string,
  errors: AwsError.Table | undefined,
  now: number
): AwsError.Any => {
  const structure: Structure = typeof failure === "object" && failure !== null ? failure : { message: failure }
  const name = text(structure.name) ?? "Unknown"
  const code = text(structure.code)
  const message = text(structure.message) ?? name
  const status = number(structure.$metadata?.httpStatusCode)
  const requestId = text(structure.$metadata?.requestId)
  const retryAfter = hint(structure.$response?.headers, now)
  const fieldsWith = (message: string): AwsError.Fields => ({
    operation,
    message,
    ...(requestId !== undefined && { requestId }),
    ...(status !== undefined && { status }),
    ...(retryAfter !== undefined && { retryAfter }),
    cause: failure
  })

  // AWS's own words stay as they are.
  if (structure.$fault !== undefined) return exception(structure, name, fieldsWith(message), errors)

  const reached = structure.reached !== false && !(code !== undefined && unreached.test(code))
  if (name === "TimeoutError" && reached && (code === undefined || code === "ETIMEDOUT")) {
    return new AwsError.ResponseTimeout(fieldsWith(`${operation}: ${message}`))
  }
  if (typeof structure.reached === "boolean" || name === "TimeoutError" || (code !== undefined && network.test(code))) {
    const when = reached ? "after the request was sent" : "before anything was sent"
    return new AwsError.NetworkError({
      ...fieldsWith(`${operation}: the connection failed ${when}: ${message}`),
      code: code ?? name,
      reached
    })
  }
  if (name === "AbortError") {
    return new AwsError.NetworkError({ ...fieldsWith(`${operation}: aborted`), code: "ABORT_ERR", reached: true })
  }
  if (status !== undefined) {
    // The SDK adds a second line, on where to look.
    const [reason] = message.split("\n", 1)
    return new AwsError.UndecodableResponse(
      fieldsWith(`${operation}: the answer with status ${status} cannot be read: ${reason}`)
    )
  }
  const fields = fieldsWith(`${operation} was not sent: ${message}${remedyOf(message)}`)
  if (credentials.test(name) || credentials.test(message))
    return new AwsError.CredentialsError({ ...fields, code: name })
  if (name === "EndpointError" || code === "ERR_INVALID_URL" || misconfigured.test(message)) {
    return new AwsError.ClientMisconfigured(fields)
  }
  const member = label.exec(message)?.[1]
  return member === undefined
    ? new AwsError.UnknownServiceError({ ...fieldsWith(`${operation}: ${message}`), code: name })
    : new AwsError.InvalidRequest({ ...fields, member })
}

/** What to do about a failure that every newcomer meets. */
const remedyOf = (message: string): string => {
  if (message.startsWith("Region is missing")) return " (set AWS_REGION, or give `region` to the layer)"
  if (message.startsWith("Could not load credentials from any")) {
    return " (sign in, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give `credentials` to the layer)"
  }
  return ""
}

/** An exception of the service. */
const exception = (
  structure: object,
  name: string,
  fields: AwsError.Fields,
  errors: AwsError.Table | undefined
): AwsError.Any => {
  const documented = errors !== undefined && Object.hasOwn(errors, name) ? errors[name] : undefined
  const error = documented && withMembers(documented, structure, fields)
  if (error !== undefined) return error
  if (accessNames.has(name)) return new AwsError.AccessDeniedException(fields)
  if (credentialsNames.has(name)) return new AwsError.CredentialsError({ ...fields, code: name })
  return new AwsError.UnknownServiceError({ ...fields, code: name })
}

/** Documented members come along; where one does not fit, the others still do. */
const withMembers = (
  documented: AwsError.Class,
  structure: object,
  fields: AwsError.Fields
): AwsError.Any | undefined => {
  const members = Object.keys(documented.fields).flatMap((member): ReadonlyArray<readonly [string, unknown]> => {
    const value: unknown = member in AwsError.fields || member === "_tag" ? undefined : Reflect.get(structure, member)
    return value === undefined || value === null ? [] : [[member, value]]
  })
  const attempt = (properties: object): AwsError.Any | undefined => {
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `never` lets any class into a table
      return new documented(properties as never)
    } catch {
      // The wire has something else under a name than the documentation.
      return undefined
    }
  }
  const error = attempt({ ...fields, ...Object.fromEntries(members) })
  if (error !== undefined) return error
  let kept: object = fields
  for (const [member, value] of members) {
    if (attempt({ ...kept, [member]: value }) !== undefined) kept = { ...kept, [member]: value }
  }
  return attempt(kept)
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
