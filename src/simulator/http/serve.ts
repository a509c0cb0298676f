import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { VendorReply, VendorRequest } from './reply.ts'

/** A server that listens, and how to end it. */
export interface RunningServer {
  readonly url: string
  /** Closes the port, so that connections are refused. Idempotent. */
  stop(): Promise<void>
  /** Listens again on the same port. */
  resume(): Promise<void>
}

/** Starts a server on a free port of the loopback interface. */
export async function listen(server: Server): Promise<RunningServer> {
  const open = (wanted: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      // SECURITY: loopback only; the sample workspace is nobody else's business.
      server.listen({ host: '127.0.0.1', port: wanted }, () => {
        server.off('error', reject)
        resolve()
      })
    })
  await open(0)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
    resume: () => (server.listening ? Promise.resolve() : open(port)),
  }
}

/** An HTTP server that hands every request, with its body read, to `handle`. */
export function createJsonServer(handle: (request: VendorRequest, raw: RawExchange) => void): Server {
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () =>
      handle(toRequest(incoming, Buffer.concat(chunks).toString('utf8')), { incoming, response }),
    )
  })
  server.keepAliveTimeout = 30_000
  return server
}

/** The sockets behind a request, for answers that are no proper HTTP. */
export interface RawExchange {
  readonly incoming: IncomingMessage
  readonly response: ServerResponse
}

function toRequest(incoming: IncomingMessage, body: string): VendorRequest {
  const origin = `http://${incoming.headers.host ?? '127.0.0.1'}`
  const whole = incoming.url ?? '/'
  const mark = whole.indexOf('?')
  return {
    method: incoming.method ?? 'GET',
    path: mark < 0 ? whole : whole.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : whole.slice(mark + 1)),
    headers: incoming.headers,
    body,
    origin,
  }
}

/** Sends an answer and gives back its body as sent. */
export function send(response: ServerResponse, reply: VendorReply): string {
  const text = reply.text ?? (reply.json === undefined ? '' : JSON.stringify(reply.json))
  const type = reply.text === undefined ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8'
  const bytes = Buffer.from(text, 'utf8')
  response.writeHead(reply.status, { 'content-type': type, 'content-length': bytes.length, ...reply.headers })
  response.end(bytes)
  return text
}
