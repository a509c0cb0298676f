import { setTimeout as wait } from 'node:timers/promises'
import { letOthersRun } from '../let-others-run.ts'
import type { Log } from '../ports.ts'
import { RemoteFailure, type RemoteFailureKind } from './remote-failure.ts'

/** A call as a vendor library wants it made. */
export interface RemoteRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** A successful answer with its JSON read. */
export interface RemoteResponse {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

/** Makes calls to one host: timeout, retries of reads, the host's own limits, and an end when the app ends. */
export interface Transport {
  /** @throws {RemoteFailure} for anything but a successful JSON answer. */
  request(request: RemoteRequest): Promise<RemoteResponse>
  /** Calls made since the start, retries included. */
  readonly requestCount: number
}

/** What a transport needs. */
export interface TransportOptions {
  /** Word for the source in sentences: `Zendesk`, `GitLab`. */
  readonly name: string
  /** Only addresses of this origin are called: a vendor's answer cannot send our sign-in elsewhere. */
  readonly origin: string
  readonly log: Log
  readonly signal: AbortSignal
  readonly fetch?: typeof fetch
  readonly timeoutMs?: number
  /** Real time in ms; tests bring their own. */
  readonly now?: () => number
  /** Waits between tries; tests bring one that does not wait. */
  readonly delay?: (ms: number, signal: AbortSignal) => Promise<void>
}

const tries = 4
/** Longer than this the run ends and says when it may go on, rather than holding everything up. */
const longestWaitMs = 90_000
/** Share of the host's budget that is left to people and other tools. */
const reservedShare = 0.1

/** Creates the transport of one host. All calls to the host go through it, one after the other. */
export function createTransport(options: TransportOptions): Transport {
  const { name, signal, log } = options
  const doFetch = options.fetch ?? fetch
  const timeoutMs = options.timeoutMs ?? 30_000
  const now = options.now ?? Date.now
  const delay = options.delay ?? ((ms, signal) => wait(ms, undefined, { signal }))
  let requestCount = 0
  let notBefore = 0
  let queue: Promise<unknown> = Promise.resolve()

  async function once(request: RemoteRequest): Promise<RemoteResponse> {
    if (signal.aborted) throw new RemoteFailure('aborted', `${name} was not asked because Understudy is stopping.`)
    const pause = notBefore - now()
    if (pause > longestWaitMs) throw rateLimited(name, pause)
    if (pause > 0) await delay(pause, signal)
    requestCount += 1
    const response = await send(doFetch, name, request, timeoutMs, signal)
    const hold = holdMs(response.headers, now())
    if (hold > 0) notBefore = now() + hold
    await letOthersRun()
    return readAnswer(name, response)
  }

  async function withRetries(request: RemoteRequest): Promise<RemoteResponse> {
    // SECURITY: sign-in data leaves for the configured origin only.
    if (new URL(request.url).origin !== options.origin) {
      throw new RemoteFailure('rejected', `${name} pointed to an address on another host; it was not followed.`)
    }
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(request)
      } catch (error) {
        if (!(error instanceof RemoteFailure)) throw error
        if (error.retryAfterMs !== null) notBefore = Math.max(notBefore, now() + error.retryAfterMs)
        const mayRepeat = request.method === 'GET' && isPassing(error.kind) && attempt < tries
        // That something is not there is an answer; what it means is for the caller to say.
        const level = error.kind === 'not-found' ? 'debug' : 'warn'
        log[level]({ source: name, kind: error.kind, status: error.status, attempt }, 'call failed')
        if (!mayRepeat || (error.retryAfterMs ?? 0) > longestWaitMs) throw error
        if (error.retryAfterMs === null) await delay(backOffMs(attempt), signal)
      }
    }
  }

  return {
    request(request) {
      const answer = queue.then(() => withRetries(request))
      queue = answer.catch(() => undefined)
      return answer.catch((error: unknown) => {
        if (signal.aborted && !(error instanceof RemoteFailure)) {
          throw new RemoteFailure('aborted', `${name} was not asked to the end because Understudy is stopping.`)
        }
        throw error
      })
    },
    get requestCount() {
      return requestCount
    },
  }
}

async function send(
  doFetch: typeof fetch,
  name: string,
  request: RemoteRequest,
  timeoutMs: number,
  stopping: AbortSignal,
): Promise<{ readonly status: number; readonly headers: Headers; readonly text: string }> {
  // A controller of its own: signals composed with a long-lived one would stay with it until the app ends.
  const within = new AbortController()
  const giveUp = () => within.abort()
  const timer = setTimeout(giveUp, timeoutMs)
  stopping.addEventListener('abort', giveUp)
  try {
    const response = await doFetch(request.url, {
      method: request.method,
      headers: { ...request.headers },
      redirect: 'manual',
      signal: within.signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    })
    return { status: response.status, headers: response.headers, text: await response.text() }
  } catch (cause) {
    if (stopping.aborted)
      throw new RemoteFailure('aborted', `${name} was not asked to the end because Understudy is stopping.`, { cause })
    if (within.signal.aborted) throw new RemoteFailure('timeout', `${name} did not answer in time.`, { cause })
    throw new RemoteFailure(
      'offline',
      `${name} cannot be reached. Check the network; Understudy tries again by itself.`,
      { cause },
    )
  } finally {
    clearTimeout(timer)
    stopping.removeEventListener('abort', giveUp)
  }
}

function readAnswer(
  name: string,
  response: { readonly status: number; readonly headers: Headers; readonly text: string },
): RemoteResponse {
  const { status, headers, text } = response
  if (status < 200 || status > 299) throw failureOf(name, status, headers)
  try {
    return { status, headers, body: JSON.parse(text) as unknown }
  } catch (cause) {
    throw new RemoteFailure('malformed', `${name} sent an answer that is cut off or not JSON.`, { status, cause })
  }
}

const kinds: Readonly<Record<number, RemoteFailureKind>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  408: 'timeout',
  429: 'rate-limited',
}

function failureOf(name: string, status: number, headers: Headers): RemoteFailure {
  const kind = kinds[status] ?? (status >= 500 ? 'server' : 'rejected')
  const retryAfterMs = retryAfter(headers)
  if (kind === 'rate-limited') return rateLimited(name, retryAfterMs ?? undefined, status)
  const words: Record<Exclude<RemoteFailureKind, 'rate-limited'>, string> = {
    unauthorized: `${name} refused the sign-in. Sign in again in Settings.`,
    forbidden: `${name} does not let you see this (403). Ask for access, or leave it out.`,
    'not-found': `${name} does not have this, or does not let you see it (404).`,
    timeout: `${name} did not answer in time.`,
    server: `${name} has trouble of its own (${status}). Understudy tries again by itself.`,
    rejected: `${name} did not accept the request (${status}).`,
    offline: '',
    malformed: '',
    aborted: '',
  }
  return new RemoteFailure(kind, words[kind], { status, ...(retryAfterMs === null ? {} : { retryAfterMs }) })
}

function rateLimited(name: string, retryAfterMs?: number, status?: number): RemoteFailure {
  const when = retryAfterMs === undefined ? '' : ` for ${Math.ceil(retryAfterMs / 1000)} seconds`
  return new RemoteFailure('rate-limited', `${name} asks to wait${when}. Understudy goes on by itself afterwards.`, {
    ...(status === undefined ? {} : { status }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}

/** Failures that may be gone at the next try; repeating a read does no harm. */
function isPassing(kind: RemoteFailureKind): boolean {
  return (
    kind === 'offline' || kind === 'timeout' || kind === 'rate-limited' || kind === 'server' || kind === 'malformed'
  )
}

function retryAfter(headers: Headers): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null
}

/** How long to hold back because little of the host's budget is left. */
function holdMs(headers: Headers, now: number): number {
  const limit = Number(headers.get('ratelimit-limit') ?? headers.get('x-rate-limit') ?? Number.NaN)
  const remaining = Number(headers.get('ratelimit-remaining') ?? headers.get('x-rate-limit-remaining') ?? Number.NaN)
  const reset = Number(headers.get('ratelimit-reset') ?? Number.NaN)
  if (!(limit > 0) || !(remaining >= 0) || remaining > limit * reservedShare) return 0
  // Zendesk tells seconds to go; GitLab tells the second of the epoch.
  const seconds = reset > 1_000_000_000 ? reset - now / 1000 : reset
  return seconds > 0 ? seconds * 1000 : 0
}

function backOffMs(attempt: number): number {
  return Math.random() * Math.min(8_000, 500 * 2 ** attempt)
}
