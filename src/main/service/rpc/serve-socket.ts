import { ORPCError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/websocket'
import type { Log } from '../ports.ts'
import type { ServiceRouter } from './router.ts'

/** The largest message a reader may send: a calendar file of 10 MB and what it is wrapped in. Answers may be larger. */
export const maxMessageBytes = 12 * 1024 * 1024

/** One open connection to a reader, whatever carries it. */
export interface RpcSocket {
  send(data: string | ArrayBufferLike | ArrayBufferView): void
  onMessage(listener: (data: string | ArrayBuffer) => void): void
  onClose(listener: () => void): void
  close(): void
}

/** What is served, and where failures are told that the reader may not see. */
export interface Serving {
  readonly router: ServiceRouter
  readonly log: Log
}

/**
 * Answers a reader's calls until the connection closes; then its streams end and what it waits for is aborted.
 *
 * Oversized messages close the connection. Messages that are no calls are logged and left unanswered.
 */
export function serveSocket({ router, log }: Serving, socket: RpcSocket): void {
  const handler = createHandler({ router, log })
  const peer = {
    send: (data: string | ArrayBufferLike | Blob | ArrayBufferView) => {
      if (!(data instanceof Blob)) socket.send(data)
    },
    // The handler is handed every message, so it has nothing to listen to.
    addEventListener: () => undefined,
  }
  socket.onMessage((data) => {
    // SECURITY: a reader cannot make the service parse without bounds.
    if (byteLength(data) > maxMessageBytes) {
      log.warn({ bytes: byteLength(data) }, 'a reader sent too large a message and was disconnected')
      socket.close()
      return
    }
    handler.message(peer, data).catch((error: unknown) => {
      if (!isAbort(error)) log.warn({ err: error }, 'a message could not be answered')
    })
  })
  socket.onClose(() => handler.close(peer))
}

function createHandler({ router, log }: Serving): RPCHandler<Record<never, never>> {
  return new RPCHandler(router, {
    clientInterceptors: [
      async ({ next, path }) => {
        try {
          return await next()
        } catch (error) {
          // SECURITY: the reader gets an internal error without words; the words stay here.
          const meant = error instanceof ORPCError && error.status < 500
          if (!meant && !isAbort(error)) log.error({ err: error, procedure: path.join('.') }, 'a procedure failed')
          throw error
        }
      },
    ],
  })
}

function byteLength(data: string | ArrayBuffer): number {
  return typeof data === 'string' ? Buffer.byteLength(data) : data.byteLength
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}
