import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { maxMessageBytes, serveSocket, type RpcSocket, type Serving } from '#service/rpc/serve-socket.ts'
import { isToken, offeredToken, subprotocol } from './auth.ts'
import { isOurHost } from './http.ts'

/** The door's sockets. */
export interface Sockets {
  /** How many windows are connected. */
  count(): number
  /** Tells every window that the host goes away, and cuts those that do not hear it. Resolves when all are gone. */
  close(): Promise<void>
}

/** Path at which windows open their socket. */
export const socketPath = '/rpc'

/** Serves the contract at `/rpc` of a server, to windows that come from it and know the token. */
export function acceptSockets(server: Server, serving: Serving, token: string): Sockets {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    clientTracking: true,
    handleProtocols: () => subprotocol,
  })
  server.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    // A peer that goes away in the middle of being refused is no error of ours.
    connection.on('error', () => connection.destroy())
    // SECURITY: before the upgrade; a refused peer never has a socket.
    const refusal = refusalOf(request, token)
    if (refusal) {
      serving.log.warn({ status: refusal.status, origin: request.headers.origin }, 'a socket was refused')
      return refuse(connection, refusal)
    }
    sockets.handleUpgrade(request, connection, head, (socket) => serveSocket(serving, asRpcSocket(socket, serving)))
  })
  return {
    count: () => sockets.clients.size,
    async close() {
      sockets.close()
      await Promise.all([...sockets.clients].map(sayGoodbye))
    },
  }
}

const goodbyeMs = 500

function sayGoodbye(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => socket.terminate(), goodbyeMs)
    socket.once('close', () => {
      clearTimeout(cut)
      resolve()
    })
    socket.close(1001, 'Understudy was stopped')
  })
}

interface Refusal {
  readonly status: 400 | 401 | 403 | 404
  readonly sentence: string
}

function refusalOf(request: IncomingMessage, token: string): Refusal | null {
  const { host, origin } = request.headers
  if (!isOurHost(host, request.socket.localPort)) return { status: 403, sentence: 'This address is not served here.' }
  if (request.url !== socketPath) return { status: 404, sentence: 'There is nothing at this address.' }
  // SECURITY: browsers always say where a socket is opened from; a page of another origin stops here.
  if (origin !== `http://${host}`) return { status: 403, sentence: 'Only the window served here may connect.' }
  const guess = offeredToken(request.headers['sec-websocket-protocol'])
  if (guess === null || !isToken(token, guess)) {
    return { status: 401, sentence: 'The token is missing or wrong. Take the address from the terminal.' }
  }
  return null
}

function refuse(connection: Duplex, { status, sentence }: Refusal): void {
  const body = `${sentence}\n`
  connection.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `X-Content-Type-Options: nosniff\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

function asRpcSocket(socket: WebSocket, { log }: Serving): RpcSocket {
  // After an error the socket closes by itself; without a listener the error would end the process.
  socket.on('error', (error) => log.warn({ err: error }, 'a socket was closed'))
  return {
    send: (data) => socket.send(data),
    onMessage: (listener) => socket.on('message', (data, isBinary) => listener(isBinary ? bytes(data) : text(data))),
    onClose: (listener) => socket.on('close', listener),
    close: () => socket.close(1009),
  }
}

function text(data: WebSocket.RawData): string {
  return buffer(data).toString('utf8')
}

function bytes(data: WebSocket.RawData): ArrayBuffer {
  return new Uint8Array(buffer(data)).buffer
}

function buffer(data: WebSocket.RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data)
  return Buffer.isBuffer(data) ? data : Buffer.from(data)
}
