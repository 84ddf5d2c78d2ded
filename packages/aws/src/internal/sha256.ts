/**
 * SHA-256 for signatures. The SDK's own imports its secret anew for each HMAC, and there are two to a call: Node.js
 * takes longer for that than for all the hashing of the call. Here each secret is imported once.
 */
import type { Hash, SourceData } from "@smithy/types"
import { createHash, createHmac, createSecretKey, type KeyObject } from "node:crypto"

export class Sha256 implements Hash {
  readonly #secret: SourceData | undefined
  #hash: ReturnType<typeof createHash | typeof createHmac>

  constructor(secret?: SourceData) {
    this.#secret = secret
    this.#hash = begin(secret)
  }

  update(data: SourceData, encoding: "utf8" | "ascii" | "latin1" = "utf8"): void {
    if (typeof data === "string") this.#hash.update(data, encoding)
    else this.#hash.update(bytesOf(data))
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest())
  }

  reset(): void {
    this.#hash = begin(this.#secret)
  }
}

const begin = (secret: SourceData | undefined) =>
  secret === undefined || secret === "" ? createHash("sha256") : createHmac("sha256", keyOf(secret))

/** Credentials, and the keys derived from them, come again and again until they are replaced. */
const keyOf = (secret: SourceData): KeyObject => {
  const known = typeof secret === "string" ? texts.get(secret) : views.get(secret)
  if (known !== undefined) return known
  if (texts.size === mostTexts) texts.clear()
  if (typeof secret === "string") return remember(texts, secret, createSecretKey(secret, "utf8"))
  return remember(views, secret, createSecretKey(bytesOf(secret)))
}

const remember = <K>(keys: { set(secret: K, key: KeyObject): unknown }, secret: K, key: KeyObject): KeyObject => {
  keys.set(secret, key)
  return key
}

const texts = new Map<string, KeyObject>()
const views = new WeakMap<Exclude<SourceData, string>, KeyObject>()
const mostTexts = 100

const bytesOf = (data: Exclude<SourceData, string>): Uint8Array =>
  ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data)
