/**
 * A request handler for AWS SDK clients over undici: HTTP/1.1, kept alive, one request per connection at a time, the
 * answer's body collected. A failure says whether the request was `reached`, which Node's own handler does not.
 *
 * It is the fast part of a call, so it works without promises of its own but one, streams, signals or listeners.
 */
import type { HttpHandlerOptions, HttpRequest, HttpResponse, QueryParameterBag } from "@smithy/types"
import { Agent, type Dispatcher } from "undici"

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
  readonly $response?: Pick<HttpResponse, "statusCode" | "headers">
}

export class UndiciHandler {
  readonly metadata = { handlerProtocol: "http/1.1" }
  readonly #agent: Agent

  constructor(options: Options) {
    this.#agent = new Agent({
      allowH2: false,
      pipelining: 1,
      connect: { timeout: options.connectTimeout },
      // A call has one time limit, and whoever made the call keeps it.
      headersTimeout: 0,
      bodyTimeout: 0
    })
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
      const { body, hostname, path, port, protocol, query } = request
      const search = query === undefined ? "" : queryString(query)
      this.#agent.dispatch(
        {
          origin: port === undefined ? `${protocol}//${hostname}` : `${protocol}//${hostname}:${port}`,
          method: request.method,
          path: search === "" ? path : `${path}?${search}`,
          headers: request.headers,
          body: body ?? null
        },
        exchange
      )
    })
  }

  // The SDK asks every handler for these.
  updateHttpClientConfig(): void {}
  httpHandlerConfigs(): object {
    return {}
  }

  /** Cuts off what is in flight; settles when every socket is closed. */
  close(): Promise<void> {
    return this.#agent.destroy()
  }

  destroy(): void {
    void this.close()
  }
}

/** One request and its answer. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #resolve: (answer: { response: HttpResponse }) => void
  readonly #reject: (failure: Error) => void
  #controller: Dispatcher.DispatchController | undefined
  #reason: Error | undefined
  #status = 0
  #headers: Record<string, string> = {}
  #chunks: Array<Buffer> = []

  constructor(resolve: (answer: { response: HttpResponse }) => void, reject: (failure: Error) => void) {
    this.#resolve = resolve
    this.#reject = reject
  }

  abort(reason: Error): void {
    this.#reason ??= reason
    if (this.#controller) this.#controller.abort(reason)
    else this.#reject(this.#failure(reason))
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Aborted while it waited for a connection: undici cannot take it back, but it asks once more.
    if (this.#reason) return controller.abort(this.#reason)
    this.#controller = controller
  }

  onResponseStart(
    _: unknown,
    status: number,
    headers: Record<string, string | ReadonlyArray<string> | undefined>
  ): void {
    this.#status = status
    this.#headers = singleValues(headers)
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    const body = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks)
    this.#resolve({ response: { statusCode: this.#status, headers: this.#headers, body } })
  }

  onResponseError(_: unknown, error: Error): void {
    this.#reject(this.#failure(error))
  }

  #failure(error: Error & { code?: string }): TransportFailure {
    // undici leaves the code of most parse errors out.
    const known = error.code ?? (error.name === "HTTPParserError" ? "HPE_INVALID" : "UNKNOWN")
    const code = codes[known] ?? known
    return Object.assign(new Error(error.message || code, { cause: error.cause ?? error }), {
      name: error.name === "AbortError" || error.name === "TimeoutError" ? error.name : "Error",
      code,
      reached: this.#controller !== undefined,
      ...(this.#status > 0 && {
        $metadata: { httpStatusCode: this.#status, requestId: this.#headers["x-amzn-requestid"] },
        $response: { statusCode: this.#status, headers: this.#headers }
      })
    })
  }
}

export const abortFailure = (): Error =>
  Object.assign(new Error("Request aborted"), { name: "AbortError", code: "ABORT_ERR" })

export const timeoutFailure = (millis: number): Error =>
  Object.assign(new Error(`No complete answer within ${millis} ms`), { name: "TimeoutError", code: "ETIMEDOUT" })

// undici's names for what has a name elsewhere.
const codes: { readonly [code: string]: string } = {
  UND_ERR_CONNECT_TIMEOUT: "ETIMEDOUT",
  UND_ERR_SOCKET: "ECONNRESET",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "ECONNRESET"
}

const singleValues = (headers: Record<string, string | ReadonlyArray<string> | undefined>): Record<string, string> => {
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
