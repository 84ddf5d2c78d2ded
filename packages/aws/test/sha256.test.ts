import { assert, describe, it } from "@effect/vitest"
import { createHash, createHmac } from "node:crypto"
// Closed to other packages by `exports`, but this is the package's own test.
// @ts-ignore the path is never rewritten, as nothing here is emitted
import { Sha256 } from "../src/internal/sha256.ts"

const bytes = (text: string) => new TextEncoder().encode(text)

describe("Sha256", () => {
  it("hashes texts and bytes, chunk by chunk", async () => {
    const hash = new Sha256()
    hash.update("Grüße, ")
    hash.update(bytes("xx Welt xx").subarray(3, 7))
    const expected = createHash("sha256").update("Grüße, Welt").digest()
    assert.deepStrictEqual(await hash.digest(), expected)
  })

  it("begins anew after a reset, with the same secret", async () => {
    const hash = new Sha256("secret")
    hash.update("something else")
    hash.reset()
    hash.update("data")
    assert.deepStrictEqual(await hash.digest(), createHmac("sha256", "secret").update("data").digest())
  })

  it("signs with texts, bytes and buffers, again and again", async () => {
    const secrets = ["kéy", bytes("key"), bytes("key").buffer]
    for (const secret of [...secrets, ...secrets]) {
      const hash = new Sha256(secret)
      hash.update("data")
      const key = typeof secret === "string" ? secret : Buffer.from("key")
      assert.deepStrictEqual(await hash.digest(), createHmac("sha256", key).update("data").digest())
    }
  })

  it("keeps secrets apart, however many there are", async () => {
    for (let i = 0; i < 250; i++) {
      const hash = new Sha256(`secret ${i}`)
      hash.update("data")
      assert.deepStrictEqual(await hash.digest(), createHmac("sha256", `secret ${i}`).update("data").digest())
    }
  })
})
