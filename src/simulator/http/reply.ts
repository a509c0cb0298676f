import type { IncomingHttpHeaders } from 'node:http'

/** A request as the imitated vendors see one. */
export interface VendorRequest {
  readonly method: string
  /** Decoded nothing: the path as it came, without the query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** Scheme, host and port the caller used, for absolute links back. */
  readonly origin: string
}

/** An answer: `json` is turned into text, `text` is sent as it is. */
export interface VendorReply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly text?: string
}

/** Answers with JSON. */
export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): VendorReply {
  return { status, headers, json: value }
}
