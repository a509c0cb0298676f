import { once } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { createRouterClient } from '@orpc/server'
import { WebSocket } from 'ws'
import type { Contract } from '#contract/contract.ts'
import { createToken, subprotocol } from '#main/web/auth.ts'
import { startWebHost } from '#main/web/web-host.ts'
import { serveMessagePort, type EmitterPort, type EventPort } from '#service/rpc/serve-message-port.ts'
import type { Serving } from '#service/rpc/serve-socket.ts'

/** The contract as a reader calls it. */
export type ContractClient = ContractRouterClient<Contract>

/** A router served at one door, with a reader at the other end. */
export interface OpenTestDoor {
  readonly client: ContractClient
  /** Sends bytes past the client; null where nothing is sent. */
  readonly sendRaw: ((data: string) => void) | null
  /** Resolves when the connection is gone; null where there is none. */
  readonly gone: Promise<unknown> | null
  /** The reader goes away. */
  leave(): Promise<void>
}

/** The ways a reader reaches the service. */
export const doors: ReadonlyMap<string, (serving: Serving) => Promise<OpenTestDoor>> = new Map([
  ['a direct call', openDirect],
  ['a message port', (serving) => openPort(serving, (port) => port)],
  ['a message port of Electron’s kind', (serving) => openPort(serving, asEmitter)],
  ['the loopback socket', openSocket],
])

async function openDirect({ router }: Serving): Promise<OpenTestDoor> {
  return { client: createRouterClient(router), sendRaw: null, gone: null, leave: async () => undefined }
}

/** A port that hands out events by `on`, as Electron's `MessagePortMain` does. */
function asEmitter(port: MessagePort): EmitterPort {
  return {
    postMessage: (message) => port.postMessage(message),
    on: (type: 'message' | 'close', listener: (event: { readonly data: unknown }) => void) =>
      port.addEventListener(type, (event) => listener({ data: 'data' in event ? event.data : undefined })),
    start: () => port.start(),
    close: () => port.close(),
  }
}

async function openPort(serving: Serving, kind: (port: MessagePort) => EventPort | EmitterPort): Promise<OpenTestDoor> {
  const { port1, port2 } = new MessageChannel()
  serveMessagePort(serving, kind(port1))
  const gone = once(port2, 'close')
  const client: ContractClient = createORPCClient(new PortLink({ port: port2 }))
  port2.start()
  return {
    client,
    sendRaw: (data) => port2.postMessage(data),
    gone,
    async leave() {
      port2.close()
      await gone
    },
  }
}

async function openSocket(serving: Serving): Promise<OpenTestDoor> {
  const token = createToken()
  const host = await startWebHost({ ...serving, port: 0, windowDir: '/nonexistent', token, now: Date.now })
  const origin = `http://127.0.0.1:${host.port}`
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, [subprotocol, `bearer.${token}`], { origin })
  const gone = new Promise((resolve) => socket.once('close', resolve))
  await once(socket, 'open')
  const client: ContractClient = createORPCClient(
    // ws has the members that the link uses, with types of its own.
    new SocketLink({ websocket: socket as unknown as globalThis.WebSocket }),
  )
  return {
    client,
    sendRaw: (data) => socket.send(data),
    gone,
    async leave() {
      socket.close()
      await gone
      await host.close()
    },
  }
}
