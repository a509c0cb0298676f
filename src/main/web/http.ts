import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Log } from '#service/ports.ts'
import { contentSecurityPolicy } from '#service/security/content-security-policy.ts'
import { doorwayPath, type Doorkeeper } from './auth.ts'
import type { StaticFiles } from './static-files.ts'

/** What is said, here and on the terminal, while there is no window to serve. */
export const notBuilt = 'The window has not been built yet. Stop Understudy and start it with: npm start -- --web'

/** What requests are answered from. */
export interface HttpDependencies {
  readonly files: StaticFiles
  readonly doorkeeper: Doorkeeper
  readonly token: string
  readonly log: Log
  /** Milliseconds of the wall clock. */
  readonly now: () => number
}

/** Answers a browser's requests for the window. Nothing it answers carries data of the workspace. */
export function createRequestListener(deps: HttpDependencies): RequestListener {
  return (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    answer(deps, request, response).catch((error: unknown) => {
      deps.log.error({ err: error }, 'a file of the window could not be read')
      if (!response.headersSent) say(response, 500, 'This file could not be read. The log says why.')
      else response.destroy()
    })
  }
}

// SECURITY: every answer carries these, refusals included.
const headers = {
  'Content-Security-Policy': contentSecurityPolicy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
}

async function answer(deps: HttpDependencies, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const port = request.socket.localPort
  // SECURITY: a foreign name that resolves to this machine (DNS rebinding) is not us.
  if (!isOurHost(request.headers.host, port)) return say(response, 403, 'This address is not served here.')
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD')
    return say(response, 405, 'Only GET and HEAD are answered here.')
  }
  const path = decodedPath(request.url)
  if (path === null) return say(response, 400, 'This is not an address.')
  if (path.startsWith(doorwayPath)) return letIn(deps, path, placeIn(request.url), response)
  const file = await deps.files.find(path)
  if (file === null && path === '/') return say(response, 503, notBuilt)
  if (file === null) return say(response, 404, 'There is nothing at this address.')
  response.setHeader('Cache-Control', file.cacheControl)
  response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': file.body.length })
  response.end(request.method === 'HEAD' ? undefined : file.body)
}

/** Whether a `Host` header names this server. */
export function isOurHost(host: string | undefined, port: number | undefined): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`
}

function letIn(
  { doorkeeper, token, now }: HttpDependencies,
  path: string,
  place: string | null,
  response: ServerResponse,
): void {
  if (!doorkeeper.admits(path, now())) {
    return say(response, 403, 'This way in was used already or is too old. Take the address from the terminal.')
  }
  response.writeHead(303, { Location: `/#token=${token}${place === null ? '' : `&at=${place}`}` })
  response.end()
}

/** The screen of the window that an address leads to. */
function placeIn(url: string | undefined): string | null {
  // SECURITY: no more than the name of a screen goes on into the address of the window.
  return /\?at=(\/[\w/]{1,100})$/.exec(url ?? '')?.[1] ?? null
}

function decodedPath(url: string | undefined): string | null {
  try {
    const path = decodeURIComponent((url ?? '').split(/[?#]/, 1)[0] ?? '')
    return path.startsWith('/') && !path.includes('\0') ? path : null
  } catch {
    return null
  }
}

function say(response: ServerResponse, status: number, sentence: string): void {
  const body = Buffer.from(`${sentence}\n`)
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': body.length })
  response.end(body)
}
