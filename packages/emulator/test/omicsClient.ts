import { BatchDeleteReadSetCommand, OmicsClient, type OmicsClientConfig } from "@aws-sdk/client-omics"
import { Effect } from "effect"

export const sequenceStoreId = "1234567890"

/** Ids of the read sets that a store of the emulator begins with. */
export const ids = (from: number, count: number): Array<string> =>
  Array.from({ length: count }, (_, i) => String(1_000_000_000 + from + i))

/** The real client, without retries of its own. */
export const omicsClient = (endpoint: string, config: OmicsClientConfig = {}) =>
  Effect.acquireRelease(
    Effect.sync(
      () =>
        new OmicsClient({
          region: "us-east-1",
          endpoint,
          credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
          disableHostPrefix: true,
          maxAttempts: 1,
          ...config
        })
    ),
    (client) => Effect.sync(() => client.destroy())
  )

/** Deletes read sets. The type promises nothing, since faults make answers of any form. */
export const remove = (client: OmicsClient, ids: Array<string>): Effect.Effect<object, SdkFailure> =>
  send((abortSignal) => client.send(new BatchDeleteReadSetCommand({ sequenceStoreId, ids }), { abortSignal }))

/** What a test compares of the failure of a client. */
export interface SdkFailure {
  readonly name: string
  readonly message: string
  readonly status: number | undefined
  readonly code: string | undefined
  readonly headers: Record<string, string>
  readonly requestId: string | undefined
}

export const send = <A extends object>(
  f: (signal: AbortSignal) => Promise<A>
): Effect.Effect<Omit<A, "$metadata">, SdkFailure> =>
  Effect.tryPromise({
    try: async (signal) => {
      const output: object = await f(signal)
      // Members that the answer does not have are there, undefined.
      return Object.fromEntries(
        Object.entries(output).filter(([name, value]) => name !== "$metadata" && value !== undefined)
      ) as Omit<A, "$metadata">
    },
    catch: (cause) => {
      const error = cause as Error & {
        readonly code?: string
        readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string }
        readonly $response?: { readonly headers: Record<string, string> }
      }
      return {
        name: error.name,
        message: error.message,
        status: error.$metadata?.httpStatusCode,
        code: error.code,
        headers: error.$response?.headers ?? {},
        requestId: error.$metadata?.requestId
      }
    }
  })
