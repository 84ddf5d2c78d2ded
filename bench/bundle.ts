/** The size of a program that deletes read sets by one bulk call, and of one that sends the SDK's command alone. */
import { build } from "esbuild"
import { fileURLToPath } from "node:url"
import type { Line } from "./rows.ts"

const ours = `
  import { Omics } from "@effect-bulk/omics/Omics"
  import * as Effect from "effect/Effect"
  const program = Effect.flatMap(Omics, (omics) => omics.deleteReadSets({ sequenceStoreId: "1234567890", ids: ["1234567890"] }))
  await Effect.runPromise(Effect.provide(program, Omics.layer({ region: "us-east-1" })))
`

const alone = `
  import { BatchDeleteReadSetCommand, OmicsClient } from "@aws-sdk/client-omics"
  const client = new OmicsClient({ region: "us-east-1" })
  await client.send(new BatchDeleteReadSetCommand({ sequenceStoreId: "1234567890", ids: ["1234567890"] }))
`

const sizeOf = async (contents: string): Promise<number> => {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL(".", import.meta.url)), loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    platform: "node",
    format: "esm",
    mainFields: ["module", "main"]
  })
  return outputFiles.reduce((bytes, { contents }) => bytes + contents.length, 0)
}

export const bundleLines = async (): Promise<ReadonlyArray<Line>> => {
  const [whole, client] = await Promise.all([sizeOf(ours), sizeOf(alone)])
  return [
    {
      what: `bundle of one bulk call, over that of the SDK command alone (${Math.round(client / 1000)} kB)`,
      unit: "kB",
      ours: (whole - client) / 1000,
      goal: { is: "<=", bound: 150 }
    }
  ]
}
