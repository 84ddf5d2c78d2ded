/**
 * A request handler for AWS SDK clients: HTTP/1.1, kept alive, one request per connection at a time, the answer's body
 * collected. A failure says whether the request was `reached`, which the SDK's own handler does not.
 *
 * It is the fast part of a call, so it works on events, with one promise and without signals of its own.
 */
import type { HttpHandlerOptions, HttpRequest, HttpResponse, QueryParameterBag } from "@smithy/types"
import {
  Agent,
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as requestPlainly
} from "node:http"
import { Agent as TlsAgent, request as requestByTls } from "node:https"
import type { Socket } from "node:net"
import { Readable } from "node:stream"

export interface Options {
  /** Milliseconds. */
  readonly connectTimeout: number
}

/** The handle on one call: made before it is signed, and so before there is a request to abort. */
export class Call {
  /** The request, from when it may be on its way. */
  exchange: { abort(reason: Error): void } | undefined
  reason: Error | undefined

  /** Ends the call with this failure; a call that is not on its way yet never will be. */
  abort(reason: Error): void {
    this.reason ??= reason
    this.exchange?.abort(reason)
  }
}

/** What `handle` rejects with. */
interface TransportFailure extends Error {
  readonly code: string
  /** `false` only if no byte of the request was sent. */
  readonly reached: boolean
  readonly $metadata?: { readonly httpStatusCode: number; readonly requestId: string | undefined }
  readonly $response?: Head
}

export class HttpHandler {
  readonly metadata = { handlerProtocol: "http/1.1" }
  readonly #connectTimeout: number
  readonly #agent = resting(new Agent(connections))
  readonly #tlsAgent = resting(new TlsAgent(connections))
  readonly #sockets = new Set<Socket>()
  #isClosed = false

  constructor(options: Options) {
    this.#connectTimeout = options.connectTimeout
  }

  handle(
    request: HttpRequest,
    options?: HttpHandlerOptions & { readonly call?: Call }
  ): Promise<{ response: HttpResponse }> {
    return new Promise((resolve, reject) => {
      const call = options?.call ?? new Call()
      const exchange = new Exchange(resolve, reject)
      call.exchange = exchange
      const signal = options?.abortSignal
      if (signal?.aborted) call.abort(abortFailure())
      else if (signal && "addEventListener" in signal)
        signal.addEventListener("abort", () => call.abort(abortFailure()))
      if (call.reason) return exchange.abort(call.reason)
      if (this.#isClosed) return exchange.abort(closedFailure())
      try {
        this.#send(request, exchange)
      } catch (failure) {
        // A header that cannot be sent, or the like.
        exchange.abort(failure instanceof Error ? failure : new Error(String(failure)))
      }
    })
  }

  #send({ body, headers, hostname, method, path, port, protocol, query }: HttpRequest, exchange: Exchange): void {
    const search = query === undefined ? "" : queryString(query)
    const isTls = protocol === "https:"
    const request = (isTls ? requestByTls : requestPlainly)({
      agent: isTls ? this.#tlsAgent : this.#agent,
      host: hostname.startsWith("[") ? hostname.slice(1, -1) : hostname,
      port,
      method,
      path: search === "" ? path : `${path}?${search}`,
      headers
    })
    exchange.start(request)
    request.on("socket", (socket) => {
      if (request.reusedSocket) exchange.reached = true
      else {
        this.#keep(socket)
        exchange.connect(socket, isTls ? "secureConnect" : "connect", this.#connectTimeout)
      }
    })
    if (body instanceof Readable) body.on("error", (error) => exchange.abort(error)).pipe(request)
    else request.end(body)
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket)
    socket
      .once("close", () => this.#sockets.delete(socket))
      // The service closed it: it must not be taken for another request.
      .once("end", () => socket.destroy())
      // Whoever uses it hears of that; while it rests, nobody else listens.
      .on("error", () => undefined)
  }

  // The SDK asks every handler for these.
  updateHttpClientConfig(): void {}
  httpHandlerConfigs(): object {
    return {}
  }

  /** Cuts off what is in flight; settles when every socket is closed. */
  close(): Promise<void> {
    this.#isClosed = true
    const closed = Array.from(this.#sockets, (socket) => new Promise((resolve) => socket.once("close", resolve)))
    this.#agent.destroy()
    this.#tlsAgent.destroy()
    return Promise.all(closed).then(() => undefined)
  }

  destroy(): void {
    void this.close()
  }
}

const connections = {
  keepAlive: true,
  // Milliseconds for which one is kept idle; services close theirs later.
  timeout: 4_000,
  // With the other order, an agent may take one that was destroyed.
  scheduling: "fifo"
} as const

/**
 * A connection rests for two turns of the event loop before it is used again: by then it is known whether the service
 * closed it behind its answer.
 */
const resting = <A extends Agent>(agent: A): A => {
  const listeners = agent.listeners("free")
  agent.removeAllListeners("free")
  agent.on("free", (...about: ReadonlyArray<unknown>) => {
    const free = () => {
      for (const listener of listeners) Reflect.apply(listener, agent, about)
    }
    setImmediate(setImmediate, free) // allowed: a turn of the event loop is what is meant
  })
  return agent
}

/** One request and its answer. */
class Exchange {
  /** A byte of the request may have been sent. */
  reached = false
  readonly #resolve: (answer: { response: HttpResponse }) => void
  readonly #reject: (failure: Error) => void
  #request: ClientRequest | undefined
  #response: IncomingMessage | undefined
  #timer: NodeJS.Timeout | undefined
  #chunks: Array<Buffer> = []

  constructor(resolve: (answer: { response: HttpResponse }) => void, reject: (failure: Error) => void) {
    this.#resolve = resolve
    this.#reject = reject
  }

  start(request: ClientRequest): void {
    this.#request = request
    request.on("error", (error) => this.#fail(error)).on("response", (response) => this.#read(response))
  }

  /** Waits for a new connection, but not for ever. */
  connect(socket: Socket, event: "connect" | "secureConnect", timeout: number): void {
    this.#timer = setTimeout(() => this.#request?.destroy(connectFailure(timeout)), timeout) // allowed: as in `send`
    socket.once(event, () => {
      clearTimeout(this.#timer)
      this.reached = true
    })
  }

  abort(reason: Error): void {
    this.#fail(reason)
    this.#request?.destroy(reason)
  }

  #read(response: IncomingMessage): void {
    this.#response = response
    response
      .on("data", (chunk: Buffer) => this.#chunks.push(chunk))
      .on("error", (error) => this.#fail(error))
      .on("end", () => {
        const head = headOf(response)
        const body = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks)
        if (body.length === 0 && mayBeCut(head)) this.#fail(cutFailure())
        else this.#resolve({ response: { ...head, body } })
      })
  }

  #fail(error: Error & { code?: string }): void {
    clearTimeout(this.#timer)
    const code = error.code ?? "UNKNOWN"
    const head = this.#response && headOf(this.#response)
    const failure: TransportFailure = Object.assign(new Error(error.message || code, { cause: error.cause ?? error }), {
      name: error.name === "AbortError" || error.name === "TimeoutError" ? error.name : "Error",
      code,
      reached: this.reached,
      ...(head !== undefined && {
        $metadata: { httpStatusCode: head.statusCode, requestId: head.headers["x-amzn-requestid"] },
        $response: head
      })
    })
    this.#reject(failure)
  }
}

export const abortFailure = (): Error =>
  Object.assign(new Error("Request aborted"), { name: "AbortError", code: "ABORT_ERR" })

export const timeoutFailure = (millis: number): Error =>
  Object.assign(new Error(`No complete answer within ${millis} ms`), { name: "TimeoutError", code: "ETIMEDOUT" })

const connectFailure = (millis: number): Error =>
  Object.assign(new Error(`No connection within ${millis} ms`), { code: "ETIMEDOUT" })

const closedFailure = (): Error => Object.assign(new Error("The client is closed"), { code: "ECONNABORTED" })

const cutFailure = (): Error => Object.assign(new Error("The answer may have been cut off"), { code: "ECONNRESET" })

/** Without a length, an answer that was cut off before its body looks like one without: a success, to some APIs. */
const mayBeCut = ({ headers, statusCode }: Head): boolean =>
  statusCode === 200 && headers["content-length"] === undefined && headers["transfer-encoding"] === undefined

type Head = Pick<HttpResponse, "statusCode" | "headers">

const headOf = ({ headers, statusCode = 0 }: IncomingMessage): Head => ({
  statusCode,
  headers: singleValues(headers)
})

const singleValues = (headers: IncomingHttpHeaders): Record<string, string> => {
  const single: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name] ?? ""
    single[name] = typeof value === "string" ? value : value.join(", ")
  }
  return single
}

const queryString = (query: QueryParameterBag): string => {
  const parts: Array<string> = []
  for (const name of Object.keys(query).toSorted()) {
    const value = query[name]
    const key = escape(name)
    if (typeof value === "string") parts.push(`${key}=${escape(value)}`)
    else if (Array.isArray(value)) for (const one of value) parts.push(`${key}=${escape(one)}`)
    else parts.push(key)
  }
  return parts.join("&")
}

// The signature covers exactly this form.
const escape = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
