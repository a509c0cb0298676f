import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Refusal } from '../refusal.ts'

/** What came back through the browser: a code, or the vendor's word for why there is none. */
export type CallbackAnswer =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'refused'; readonly error: string }

/** What is listened for. */
export interface CallbackOrder {
  /** Tried one after the other; the vendor knows each of them as a redirect address. */
  readonly ports: readonly number[]
  readonly path: string
  /** The word that the answer has to bring back. */
  readonly state: string
  /** Called once at most, with the answer. What it resolves to is shown to the person in the browser; it never rejects. */
  settle(answer: CallbackAnswer): Promise<string>
}

/** A port on this machine that waits for one request of the browser. */
export interface LoopbackListener {
  readonly redirectUri: string
  /** Frees the port, after the page that may still have to be sent. */
  close(): Promise<void>
}

const strangerWords = 'This does not belong to the sign-in that Understudy waits for. Begin again in Understudy.'

/**
 * Waits on 127.0.0.1 for the redirect that ends a sign-in in the browser. Only a GET of the path under the exact address counts, and
 * only the first that brings the state back; anything else is answered with an error and changes nothing.
 *
 * @throws {Refusal} when all ports are taken.
 */
export async function openLoopbackListener(order: CallbackOrder): Promise<LoopbackListener> {
  let settled = false
  let lastPage: Promise<void> = Promise.resolve()
  let authority = ''
  const server = createServer((request, response) => {
    const query = queryOf(request, authority, order.path)
    if (query === null || settled) {
      void sendPage(response, 404, 'There is nothing here.')
      return
    }
    const answer = answerIn(query, order.state)
    if (answer === null) {
      void sendPage(response, 400, strangerWords)
      return
    }
    settled = true
    lastPage = order.settle(answer).then((words) => sendPage(response, 200, words))
  })
  const port = await listenOnFirstFree(server, order.ports)
  authority = `127.0.0.1:${port}`
  return {
    redirectUri: `http://${authority}${order.path}`,
    async close() {
      // First the page: a server that closes cuts lines whose answer is written but not yet sent.
      await lastPage
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

/** The query of a request that is made as the vendor's redirect would be; null for any other. */
function queryOf(request: IncomingMessage, authority: string, path: string): URLSearchParams | null {
  // SECURITY: a page that made its own host name point here sends that name; it gets nothing.
  if (request.method !== 'GET' || request.headers.host !== authority) return null
  const url = URL.parse(request.url ?? '', `http://${authority}`)
  return url?.pathname === path && url.host === authority ? url.searchParams : null
}

/** What a request brings, or null when it is not of this sign-in. */
function answerIn(query: URLSearchParams, state: string): CallbackAnswer | null {
  const one = (name: string): string | null => (query.getAll(name).length === 1 ? query.get(name) : null)
  // SECURITY: without our state it is somebody else's code; taking it would sign the person in as a stranger. The sign-in goes on waiting.
  if (one('state') !== state) return null
  const error = one('error')
  if (error) return { kind: 'refused', error }
  const code = one('code')
  return code ? { kind: 'code', code } : null
}

async function listenOnFirstFree(server: Server, ports: readonly number[]): Promise<number> {
  for (const port of ports) {
    if (await canListen(server, port)) return port
  }
  throw new Refusal(
    'refused',
    `The sign-in needs one of the ports ${ports.join(', ')} on this computer, and other programs use them all. ` +
      'Close the program that does (another Understudy, perhaps) and begin again.',
  )
}

function canListen(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => {
      server.off('listening', succeed)
      // EACCES is how Windows tells of a range that it keeps for itself.
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false)
      else reject(error)
    }
    const succeed = () => {
      server.off('error', fail)
      resolve(true)
    }
    server.once('error', fail)
    server.once('listening', succeed)
    // SECURITY: this machine only, and nobody shares the port.
    server.listen({ host: '127.0.0.1', port, exclusive: true })
  })
}

function sendPage(response: ServerResponse, status: number, words: string): Promise<void> {
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>Understudy</title>
<p>${words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>
</html>
`
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    // SECURITY: the address holds the code; it goes into no cache and no other page's Referer.
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    connection: 'close',
  })
  return new Promise((resolve) => {
    // Its own end comes first; only when the line is closed has everything gone out.
    const line = response.socket
    if (line === null || line.destroyed) resolve()
    else line.once('close', () => resolve())
    response.end(html)
  })
}
