/**
 * Checks the signatures of requests (AWS Signature Version 4), as the services do: whatever headers were signed, `host`
 * and `x-amz-date` among them. The path is signed as it travels, encoded once more.
 *
 * @since 0.1.0
 */
import * as ServiceModel from "@effect-bulk/aws/testing/ServiceModel"
import { createHash, createHmac, timingSafeEqual } from "node:crypto"
import type { WireRequest } from "./WireMessage.ts"
import { header } from "./WireMessage.ts"

/**
 * Credentials that the emulator knows.
 *
 * @category models
 * @since 0.1.0
 */
export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/**
 * Says what is wrong with the signature of a request to a service, or `undefined`.
 *
 * @category models
 * @since 0.1.0
 */
export type Verifier = (request: WireRequest, service: string, now: Date) => ServiceModel.ModelAnswer | undefined

/**
 * A verifier that knows these credentials.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (known: ReadonlyArray<Credentials>): Verifier => {
  const byId = new Map(known.map((credentials) => [credentials.accessKeyId, credentials]))
  const keys = new Map<string, Buffer>()
  const signingKey = (secret: string, scope: Scope): Buffer => {
    const id = [secret, scope.date, scope.region, scope.service].join("/")
    let key = keys.get(id)
    if (key === undefined) {
      key = [scope.date, scope.region, scope.service, "aws4_request"].reduce(hmac, Buffer.from(`AWS4${secret}`))
      keys.set(id, key)
    }
    return key
  }
  return (request, service, now) => {
    const text = header(request, "authorization")
    if (text === undefined) return refuse("MissingAuthenticationTokenException", "Missing Authentication Token")
    const authorization = parse(text)
    const date = header(request, "x-amz-date")
    const signed = authorization?.signedHeaders
    if (
      authorization === undefined ||
      date === undefined ||
      !signed?.includes("host") ||
      !signed.includes("x-amz-date")
    ) {
      return ServiceModel.error(
        "IncompleteSignatureException",
        400,
        "The authorization header must be complete, with host and x-amz-date among the signed headers"
      )
    }
    const credentials = byId.get(authorization.accessKeyId)
    if (credentials === undefined || credentials.sessionToken !== header(request, "x-amz-security-token")) {
      return refuse("UnrecognizedClientException", "The security token included in the request is invalid.")
    }
    const { scope } = authorization
    if (scope.service !== service) {
      return refuse("InvalidSignatureException", `Credential should be scoped to correct service: '${service}'.`)
    }
    const skew = signedAt(date) - now.getTime()
    if (!(Math.abs(skew) <= allowedSkew && date.startsWith(scope.date))) {
      // The text "Signature expired" would make the SDK send the request again.
      return refuse("InvalidSignatureException", `Signature not yet current: ${date} must be within 5 min. of the time`)
    }
    const toSign = [
      "AWS4-HMAC-SHA256",
      date,
      [scope.date, scope.region, scope.service, "aws4_request"].join("/"),
      sha256(canonicalRequest(request, authorization.signedHeaders))
    ].join("\n")
    const expected = hmac(signingKey(credentials.secretAccessKey, scope), toSign)
    const given = Buffer.from(authorization.signature, "hex")
    const payload = header(request, "x-amz-content-sha256")
    const intact = payload === undefined || payload === "UNSIGNED-PAYLOAD" || payload === sha256(request.body)
    return intact && given.length === expected.length && timingSafeEqual(given, expected)
      ? undefined
      : refuse(
          "InvalidSignatureException",
          "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method."
        )
  }
}

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

interface Scope {
  readonly date: string
  readonly region: string
  readonly service: string
}

interface Authorization {
  readonly accessKeyId: string
  readonly scope: Scope
  readonly signedHeaders: ReadonlyArray<string>
  readonly signature: string
}

const allowedSkew = 5 * 60_000

const parse = (text: string): Authorization | undefined => {
  const match =
    /^AWS4-HMAC-SHA256 +Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request, *SignedHeaders=([^,\s]+), *Signature=([0-9a-f]+)$/.exec(
      text
    )
  if (match === null) return undefined
  const [, accessKeyId = "", date = "", region = "", service = "", signedHeaders = "", signature = ""] = match
  return { accessKeyId, scope: { date, region, service }, signedHeaders: signedHeaders.split(";"), signature }
}

const signedAt = (date: string): number =>
  Date.parse(date.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/, "$1-$2-$3T$4:$5:$6Z"))

const canonicalRequest = (request: WireRequest, signedHeaders: ReadonlyArray<string>): string =>
  [
    request.method,
    request.path.split("/").map(encode).join("/"),
    canonicalQuery(request.query),
    ...signedHeaders.map((name) => `${name}:${(header(request, name) ?? "").trim().replace(/ +/g, " ")}`),
    "",
    signedHeaders.join(";"),
    header(request, "x-amz-content-sha256") ?? sha256(request.body)
  ].join("\n")

// Names and values are encoded already; a name without a value has an empty one.
const canonicalQuery = (query: string): string =>
  query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => pair.split("=", 2))
    .map(([name = "", value = ""]) => [name, value] as const)
    .toSorted(([name, value], [otherName, otherValue]) => compare(name, otherName) || compare(value, otherValue))
    .map(([name, value]) => `${name}=${value}`)
    .join("&")

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const encode = (segment: string): string =>
  encodeURIComponent(segment).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex")

const hmac = (key: Buffer, text: string): Buffer => createHmac("sha256", key).update(text, "utf8").digest()

const refuse = (name: string, message: string): ServiceModel.ModelAnswer => ServiceModel.error(name, 403, message)
