import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A request as it reached a loopback server. */
export interface ReceivedRequest {
  readonly method: string
  /** Path and query exactly as sent. */
  readonly path: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A server on 127.0.0.1 that answers as a test says. */
export interface LoopbackServer {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly url: string
  readonly requests: ReceivedRequest[]
}

/** Answers a request with JSON. */
export function sendJson(
  response: ServerResponse,
  body: unknown,
  more: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): void {
  response.writeHead(more.status ?? 200, { 'Content-Type': 'application/json', ...more.headers })
  response.end(JSON.stringify(body))
}

/** Starts a server that is closed, open connections included, when the running test is over. */
export async function loopbackServer(
  answer: (request: ReceivedRequest, response: ServerResponse) => void,
): Promise<LoopbackServer> {
  const requests: ReceivedRequest[] = []
  const server = createServer((incoming, response) => {
    let body = ''
    incoming.setEncoding('utf8')
    incoming.on('data', (chunk: string) => (body += chunk))
    incoming.on('end', () => {
      const path = incoming.url ?? '/'
      const url = new URL(path, 'http://127.0.0.1')
      const request = { method: incoming.method ?? '', path, url, headers: incoming.headers, body }
      requests.push(request)
      answer(request, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}
