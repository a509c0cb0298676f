import { serveSocket, type RpcSocket, type Serving } from './serve-socket.ts'

/** The port of a `MessageChannel` of the web or of `worker_threads`: events carry the data. */
export interface EventPort {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(type: 'close', listener: () => void): void
  start(): void
  close(): void
}

/** Electron's `MessagePortMain`, as far as it is used here. */
export interface EmitterPort {
  postMessage(message: unknown): void
  on(type: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  on(type: 'close', listener: () => void): unknown
  start(): void
  close(): void
}

/** Answers calls that arrive over a message port until either side closes it. */
export function serveMessagePort(serving: Serving, port: EventPort | EmitterPort): void {
  serveSocket(serving, portAsSocket(port))
  // Messages wait in the port until it is started; by now someone listens.
  port.start()
}

function portAsSocket(port: EventPort | EmitterPort): RpcSocket {
  return {
    send: (data) => port.postMessage(data),
    onMessage(listener) {
      const take = ({ data }: { readonly data: unknown }) => {
        if (typeof data === 'string' || data instanceof ArrayBuffer) listener(data)
      }
      if ('addEventListener' in port) port.addEventListener('message', take)
      else port.on('message', take)
    },
    onClose(listener) {
      if ('addEventListener' in port) port.addEventListener('close', listener)
      else port.on('close', listener)
    },
    close: () => port.close(),
  }
}
