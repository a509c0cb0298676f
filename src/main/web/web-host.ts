import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Problem } from '#service/problem.ts'
import type { Serving } from '#service/rpc/serve-socket.ts'
import { createDoorkeeper, createDoorway } from './auth.ts'
import { createRequestListener } from './http.ts'
import { acceptSockets } from './socket.ts'
import { createStaticFiles } from './static-files.ts'

/** Where the host listens when nobody says otherwise; the next one is tried while it is taken. */
export const usualPort = 47_600
const portsTried = 20

/** What the web host serves and where. */
export interface WebHostOptions extends Serving {
  /** The port asked for (0: any free one), or undefined for the usual one or the next that is free. */
  readonly port: number | undefined
  /** Folder of the built window. */
  readonly windowDir: string
  readonly token: string
  /** Milliseconds of the wall clock. */
  readonly now: () => number
}

/** The window's server on this machine. */
export interface WebHost {
  readonly port: number
  /** The window's address with the token in its fragment, which browsers keep to themselves. */
  readonly url: string
  /** How many windows are connected. */
  windows(): number
  /** Resolves when nothing listens and nobody is connected any more. */
  close(): Promise<void>
}

/** Serves window and contract on 127.0.0.1. Throws a `Problem` when the port is taken. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { token, now, log, router } = options
  const files = createStaticFiles(options.windowDir)
  const server = createServer(createRequestListener({ files, doorkeeper: createDoorkeeper(token), token, log, now }))
  const sockets = acceptSockets(server, { router, log }, token)
  const port = options.port === undefined ? await listenNear(server, usualPort) : await listenAt(server, options.port)
  return {
    port,
    url: windowUrl(port, token),
    windows: () => sockets.count(),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await sockets.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/**
 * The address that lets a browser in once, made from the address with the token.
 *
 * @param place where in the window it leads: `/today/ticket/12`.
 */
export function doorwayUrl(url: string, nowMs: number, place?: string): string {
  const { origin, hash } = new URL(url)
  return `${origin}${createDoorway(hash.slice('#token='.length), nowMs)}${place === undefined ? '' : `?at=${place}`}`
}

function windowUrl(port: number, token: string): string {
  return `http://127.0.0.1:${port}/#token=${token}`
}

async function listenAt(server: Server, port: number): Promise<number> {
  const listening = await listen(server, port)
  if (typeof listening === 'number') return listening
  throw portProblem(port, listening)
}

async function listenNear(server: Server, first: number): Promise<number> {
  for (let port = first; port < first + portsTried; port += 1) {
    const listening = await listen(server, port)
    if (typeof listening === 'number') return listening
    if (listening.code !== 'EADDRINUSE' && listening.code !== 'EACCES') throw portProblem(port, listening)
  }
  return listenAt(server, 0)
}

function listen(server: Server, port: number): Promise<number | NodeJS.ErrnoException> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException) => resolve(error)
    server.once('error', failed)
    // SECURITY: this machine only, never the network.
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.off('error', failed)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function portProblem(port: number, cause: NodeJS.ErrnoException): Problem {
  const what =
    cause.code === 'EADDRINUSE'
      ? `Port ${port} is taken by another program.`
      : cause.code === 'EACCES'
        ? `This user may not listen on port ${port}.`
        : `Understudy cannot listen on port ${port}: the system says ${cause.code}.`
  return new Problem('failed', `${what} Choose another with --port, or leave --port out and a free one is found.`, {
    cause,
  })
}
