import { Effect, type Scope } from "effect"
import { createServer, type AddressInfo, type Socket } from "node:net"

export interface Received {
  readonly method: string
  readonly target: string
  readonly headers: Record<string, string>
  readonly body: string
}

export interface WireServer {
  readonly endpoint: string
  readonly port: number
  /** What came over the wire, in order. */
  readonly received: Array<Received>
  /** How many connections were made so far, and which are open. */
  readonly connections: { made: number; readonly open: Set<Socket> }
}

/** A server that does with the bytes whatever `respond` likes: HTTP is only read here, never written. */
export const make = (
  respond: (socket: Socket, request: Received, call: number) => void
): Effect.Effect<WireServer, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.callback<{ server: WireServer; close: Effect.Effect<void> }>((resume) => {
      const received: Array<Received> = []
      const connections = { made: 0, open: new Set<Socket>() }
      const server = createServer((socket) => {
        connections.made++
        connections.open.add(socket)
        let buffered = ""
        socket.on("error", () => undefined)
        socket.on("close", () => connections.open.delete(socket))
        socket.on("data", (chunk) => {
          buffered += chunk.toString("latin1")
          const end = buffered.indexOf("\r\n\r\n")
          if (end === -1) return
          const [first = "", ...lines] = buffered.slice(0, end).split("\r\n")
          const headers = Object.fromEntries(
            lines.map((line) => {
              const colon = line.indexOf(":")
              return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
            })
          )
          const body = buffered.slice(end + 4)
          if (body.length < Number(headers["content-length"] ?? 0)) return
          buffered = ""
          const [method = "", target = ""] = first.split(" ")
          received.push({ method, target, headers, body })
          respond(socket, { method, target, headers, body }, received.length - 1)
        })
      })
      server.listen(0, "127.0.0.1", () => {
        const { port } = server.address() as AddressInfo
        resume(
          Effect.succeed({
            server: { endpoint: `http://127.0.0.1:${port}`, port, received, connections },
            close: Effect.callback<void>((resume) => {
              for (const socket of connections.open) socket.destroy()
              server.close(() => resume(Effect.void))
            })
          })
        )
      })
    }),
    ({ close }) => close
  ).pipe(Effect.map(({ server }) => server))

/** A complete answer. */
export const answer = (status: number, headers: Record<string, string>, body: string): string => {
  const all = { "content-length": String(Buffer.byteLength(body)), ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} Whatever\r\n${lines.join("")}\r\n${body}`
}
