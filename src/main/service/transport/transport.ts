import { letOthersRun } from '../let-others-run.ts'
import type { Clock, Log } from '../ports.ts'
import { answerFailure, isReading, noAnswerInTime, redirection, type Asked } from './answer-failure.ts'
import { connectionFailure, isRedirection } from './connection-failure.ts'
import { createGovernor, type Governor, type Meter, type Urgency } from './governor.ts'
import { readRateHeaders, type RateNotice } from './rate-headers.ts'
import type { RequestHistory } from './recent-calls.ts'
import { isPassing, RemoteFailure } from './remote-failure.ts'

export type { Meter, Urgency } from './governor.ts'

/** A call as a vendor library wants it made. */
export interface RemoteRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Who waits for it; `poll` when it is left out. */
  readonly urgency?: Urgency
  /** Sends it in place of the transport's own fetch: for a sign-in that is not in use yet. */
  readonly fetch?: typeof fetch
}

/** A successful answer with its JSON read; the body is null where the host sent none (204, 304, HEAD, an empty answer to a write). */
export interface RemoteResponse {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

/** Makes calls to one host: pace, timeout, retries of reads, the host's own limits, and an end when the app ends. */
export interface Transport {
  /**
   * Makes a call when its turn comes. Reads are tried up to four times; a write is sent again only after a 429.
   *
   * @throws {RemoteFailure} for anything but a successful JSON answer or a 304.
   */
  request(request: RemoteRequest): Promise<RemoteResponse>
  /** Calls made since the start, retries included. */
  readonly requestCount: number
  meter(): Meter
  /** The machine woke up or is on the network again: tries at once. What the host asked for is still kept. */
  reachableAgain(): void
}

/** What a transport needs. */
export interface TransportOptions {
  /** Word for the source in sentences: `Zendesk`, `GitLab`. */
  readonly name: string
  /** Only addresses of this origin are called: a vendor's answer cannot send our sign-in elsewhere. */
  readonly origin: string
  readonly log: Log
  /** Ends calls and waits when the app ends. */
  readonly signal: AbortSignal
  /** Every wait between calls is on it. */
  readonly clock: Pick<Clock, 'now' | 'wakeAt'>
  readonly fetch?: typeof fetch
  /** Longest silence of the host in one try, in real ms. */
  readonly timeoutMs?: number
  /** Our own cap, requests in any minute, asked before each call; null: none. None when it is left out. */
  readonly perMinute?: () => number | null
  /** Remembers calls and pauses over restarts. */
  readonly history?: RequestHistory
  /** Told when waiting begins, changes or ends, at most once a second. */
  readonly onMeter?: () => void
  /** Between 0 and 1; tests bring their own. */
  readonly random?: () => number
}

const tries = 4
const defaultTimeoutMs = 30_000
const firstBackOffMs = 1000
const longestBackOffMs = 8000

/** Creates the transport of one host. All calls to the host go through it, one at a time, people's first. */
export function createTransport(options: TransportOptions): Transport {
  const { name, log } = options
  const random = options.random ?? Math.random
  const governor = createGovernor({
    name,
    log,
    signal: options.signal,
    clock: options.clock,
    perMinute: options.perMinute ?? (() => null),
    history: options.history,
    onMeter: options.onMeter,
  })
  let requestCount = 0

  async function call(request: RemoteRequest): Promise<RemoteResponse> {
    const url = new URL(request.url)
    // SECURITY: sign-in data leaves for the configured origin only.
    if (url.origin !== options.origin) {
      throw new RemoteFailure('rejected', `${name} pointed to an address on another host; it was not followed.`)
    }
    const headers = sendable(name, request.headers)
    const place = governor.enter(request.urgency ?? 'poll', routeOf(request.method, url))
    let failure: RemoteFailure | null = null
    for (let attempt = 1; ; attempt += 1) {
      await governor.turn(place, failure && { failure, backOffMs: backOffMs(failure, attempt - 1, random) })
      requestCount += 1
      const result = await tryOnce(options, governor, { ...request, headers }, url).catch((bug: unknown) => {
        // Nobody else would ever have a turn again.
        governor.end(place, null, null)
        throw bug
      })
      governor.end(place, result.told, result.failure)
      if (result.failure === null) return result.response
      failure = result.failure
      // That something is not there is an answer; what it means is for the caller to say.
      const level = failure.kind === 'not-found' ? 'debug' : 'warn'
      log[level]({ source: name, kind: failure.kind, status: failure.status, attempt }, 'call failed')
      if (attempt === tries || !mayRepeat(request.method, failure)) throw failure
    }
  }

  return {
    request: call,
    get requestCount() {
      return requestCount
    },
    meter: () => governor.meter(),
    reachableAgain: () => governor.reachableAgain(),
  }
}

/** What came of one try; `told` is what the host said about its limits, null where it said nothing at all. */
type Result =
  | { readonly told: RateNotice; readonly failure: null; readonly response: RemoteResponse }
  | { readonly told: RateNotice | null; readonly failure: RemoteFailure }

/** Sends a call once and reads what comes back; what went wrong is part of the result. */
async function tryOnce(
  options: TransportOptions,
  governor: Governor,
  request: RemoteRequest,
  url: URL,
): Promise<Result> {
  const asked: Asked = { name: options.name, method: request.method, headers: request.headers }
  const exchange = await send(options, request, url, asked)
  if (exchange.head === null) return { told: null, failure: exchange.failure }
  const { status, headers } = exchange.head
  const told = readRateHeaders(headers, options.clock.now())
  const until = told.waitMs === null ? null : governor.endOfWait(told.waitMs)
  // A refusal whose text broke off is still that refusal.
  const refusal = answerFailure(asked, { status, headers, text: exchange.text ?? '' }, told.waitMs, until)
  if (refusal) return { told, failure: refusal }
  if (exchange.failure) return { told, failure: exchange.failure }
  await letOthersRun()
  try {
    return { told, failure: null, response: { status, headers, body: bodyOf(asked.method, status, exchange.text) } }
  } catch {
    // SECURITY: the parser's own error quotes the answer, and answers speak of customers; it goes no further.
    const words = `${asked.name} sent an answer that is cut off or not JSON.`
    return { told, failure: new RemoteFailure('malformed', words, { status }) }
  }
}

function bodyOf(method: string, status: number, text: string): unknown {
  const isEmpty = status === 204 || status === 205 || status === 304 || method === 'HEAD'
  // A read that succeeds has something to say; of a write, what counts is that it was done.
  const mayBeEmpty = !isReading(method) && text.trim() === ''
  return isEmpty || mayBeEmpty ? null : (JSON.parse(text) as unknown)
}

/** An answer that was read to its end, one that broke off, or none. */
type Exchange =
  | { readonly head: Response; readonly text: string; readonly failure: null }
  | { readonly head: Response; readonly text: null; readonly failure: RemoteFailure }
  | { readonly head: null; readonly failure: RemoteFailure }

async function send(options: TransportOptions, request: RemoteRequest, url: URL, asked: Asked): Promise<Exchange> {
  const { name, signal: stopping } = options
  // A controller of its own: signals composed with a long-lived one would stay with it until the app ends.
  const within = new AbortController()
  const giveUp = () => within.abort()
  const timer = setTimeout(giveUp, options.timeoutMs ?? defaultTimeoutMs)
  stopping.addEventListener('abort', giveUp)
  let head: Response | null = null
  try {
    head = await (request.fetch ?? options.fetch ?? fetch)(request.url, {
      method: request.method,
      headers: request.headers,
      redirect: 'manual',
      signal: within.signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    })
    if (head.type === 'opaqueredirect') return { head: null, failure: redirection(asked, null) }
    return { head, text: await head.text(), failure: null }
  } catch (cause) {
    return head ? { head, text: null, failure: failureOf(cause) } : { head, failure: failureOf(cause) }
  } finally {
    clearTimeout(timer)
    stopping.removeEventListener('abort', giveUp)
  }

  function failureOf(cause: unknown): RemoteFailure {
    if (stopping.aborted) {
      return new RemoteFailure('aborted', `${name} was not asked to the end because Understudy is stopping.`, { cause })
    }
    if (within.signal.aborted) return new RemoteFailure('timeout', noAnswerInTime(name), { cause })
    return isRedirection(cause) ? redirection(asked, null) : connectionFailure(name, url, cause)
  }
}

/**
 * Whether a call may be sent again. A write only after a 429: that one the host refused before it looked at it. After any other
 * failure of a write it is for the caller to look first what became of it.
 */
function mayRepeat(method: string, failure: RemoteFailure): boolean {
  return failure.kind === 'rate-limited' || (isReading(method) && isPassing(failure))
}

/** The headers as they can be sent. */
function sendable(name: string, headers: RemoteRequest['headers']): RemoteRequest['headers'] {
  try {
    return Object.fromEntries(new Headers(headers))
  } catch {
    // SECURITY: the error of fetch quotes the value, which is the sign-in; it goes no further.
    const words = `${name} was not asked: the sign-in has characters in it that cannot be sent. Sign in again in Settings.`
    throw new RemoteFailure('unauthorized', words)
  }
}

/** How long a call waits before it is tried again; where the host said how long, that is waited out instead. */
function backOffMs(failure: RemoteFailure, attempt: number, random: () => number): number {
  if (failure.retryAfterMs !== null) return 0
  const most = Math.min(longestBackOffMs, firstBackOffMs * 2 ** (attempt - 1))
  return Math.round(most / 2 + (random() * most) / 2)
}

/** Method and path with ids left out: `GET /api/v2/tickets/:id/comments`. */
function routeOf(method: string, { pathname }: URL): string {
  return `${method} ${pathname.replace(/\.json$/, '').replaceAll(/\/\d+(?=\/|$)/g, '/:id')}`
}
