import { BatchDisassociateAnalyticsDataSetCommand, ConnectClient } from "@aws-sdk/client-connect"
import { BatchDeleteDocumentCommand, KendraClient } from "@aws-sdk/client-kendra"
import { OmicsClient } from "@aws-sdk/client-omics"
import { Effect } from "effect"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { splitTarget, type WireRequest } from "../src/WireMessage.ts"

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

export const credentials: Credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI" }

/** Runs `f` against a server that answers `{}` to anything, and gives the requests as they came over the wire. */
export const capture = (f: (endpoint: string) => Promise<unknown>): Effect.Effect<ReadonlyArray<WireRequest>> =>
  Effect.promise(async () => {
    const requests: Array<WireRequest> = []
    const server = createServer((request, response) => {
      const chunks: Array<Buffer> = []
      request.on("data", (chunk: Buffer) => chunks.push(chunk))
      request.on("end", () => {
        const { headers, method = "", url = "" } = request
        requests.push({ method, ...splitTarget(url), headers, body: Buffer.concat(chunks).toString() })
        response.writeHead(200, { "content-type": "application/json" }).end("{}")
      })
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    try {
      await f(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
    return requests
  })

/** The three real clients, as they are by default but for the host prefix. */
export const clients = (endpoint: string, known = credentials) => {
  const config = { endpoint, region: "eu-west-1", credentials: known, maxAttempts: 1 }
  return {
    connect: new ConnectClient(config),
    kendra: new KendraClient(config),
    omics: new OmicsClient({ ...config, disableHostPrefix: true })
  }
}

export const disassociate = (endpoint: string, known = credentials) =>
  clients(endpoint, known).connect.send(
    new BatchDisassociateAnalyticsDataSetCommand({
      InstanceId: "inst/1 é%",
      DataSetIds: ["contact_record", "x"],
      TargetAccountId: "123456789012"
    })
  )

export const deleteDocuments = (endpoint: string, known = credentials) =>
  clients(endpoint, known).kendra.send(
    new BatchDeleteDocumentCommand({
      IndexId: "00000000-0000-0000-0000-000000000000",
      DocumentIdList: ["d1", "d2"],
      DataSourceSyncJobMetricTarget: { DataSourceId: "ds", DataSourceSyncJobId: "j" }
    })
  )
