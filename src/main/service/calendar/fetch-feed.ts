import { connectionFailure } from '../transport/connection-failure.ts'
import { noAnswerInTime } from '../transport/answer-failure.ts'
import { readRateHeaders } from '../transport/rate-headers.ts'
import { RemoteFailure, type RemoteFailureKind } from '../transport/remote-failure.ts'
import { mayLeadTo } from './feed-address.ts'
import { largestCalendarBytes, tooLargeWords } from './scan-ics.ts'

/** What a feed was known by when it was last read. */
export interface FeedVersion {
  readonly etag: string | null
  readonly lastModified: string | null
}

/** A feed's text, or that it is as it was. */
export type FeedAnswer =
  | ({ readonly kind: 'read'; readonly text: string } & FeedVersion)
  | { readonly kind: 'unchanged' }

/** How a feed is asked. */
export interface FeedCall {
  /** Null where it was never read. */
  readonly known: FeedVersion | null
  readonly now: number
  /** Ends the call when the app ends. */
  readonly signal: AbortSignal
  /** Longest time until all of it is there, in real ms. */
  readonly timeoutMs?: number
}

const defaultTimeoutMs = 45_000
const mostRedirections = 3
const redirections: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * Reads a feed once: redirections followed where they are safe, an end to what is too large or too slow.
 *
 * @throws {RemoteFailure} in words; none of them holds the address.
 */
export async function fetchFeed(url: URL, call: FeedCall): Promise<FeedAnswer> {
  const within = new AbortController()
  const giveUp = () => within.abort()
  const timer = setTimeout(giveUp, call.timeoutMs ?? defaultTimeoutMs)
  call.signal.addEventListener('abort', giveUp)
  if (call.signal.aborted) giveUp()
  let at = url
  try {
    for (let followed = 0; ; followed += 1) {
      const response = await fetch(at, { headers: headersFor(call.known), redirect: 'manual', signal: within.signal })
      if (!redirections.has(response.status)) return await answerOf(response, at.host, call)
      await response.body?.cancel()
      at = nextAddress(at, response, followed)
    }
  } catch (cause) {
    if (cause instanceof RemoteFailure) throw cause
    // SECURITY: what fetch throws may quote the address; only the sentence made of it goes on.
    if (call.signal.aborted)
      throw new RemoteFailure('aborted', 'The calendar was not read because Understudy is stopping.')
    if (within.signal.aborted) throw new RemoteFailure('timeout', noAnswerInTime(at.host))
    const { kind, message } = connectionFailure(at.host, at, cause)
    throw new RemoteFailure(kind, message)
  } finally {
    clearTimeout(timer)
    call.signal.removeEventListener('abort', giveUp)
  }
}

function headersFor(known: FeedVersion | null): Record<string, string> {
  return {
    Accept: 'text/calendar, text/plain;q=0.5, */*;q=0.1',
    'User-Agent': 'Understudy',
    ...(known?.etag == null ? {} : { 'If-None-Match': known.etag }),
    ...(known?.lastModified == null ? {} : { 'If-Modified-Since': known.lastModified }),
  }
}

function nextAddress(from: URL, response: Response, followed: number): URL {
  const to = URL.parse(response.headers.get('location') ?? '', from.href)
  if (followed === mostRedirections) {
    throw new RemoteFailure(
      'rejected',
      `${from.host} leads from one address to the next. Check the calendar’s address.`,
    )
  }
  // SECURITY: an answer cannot send us to plain http, nor to programs of this computer.
  if (!to || !mayLeadTo(from, to)) {
    throw new RemoteFailure(
      'rejected',
      `${from.host} points to an address that is not read. Check the calendar’s address.`,
    )
  }
  return to
}

async function answerOf(response: Response, host: string, call: FeedCall): Promise<FeedAnswer> {
  const { status, headers } = response
  if (status === 304 && call.known) {
    await response.body?.cancel()
    return { kind: 'unchanged' }
  }
  if (status !== 200) {
    await response.body?.cancel()
    throw refusalOf(status, host, readRateHeaders(headers, call.now).waitMs)
  }
  const text = await textWithin(response)
  return { kind: 'read', text, etag: headers.get('etag'), lastModified: headers.get('last-modified') }
}

/** The text of an answer, read only as long as it is not too large. */
async function textWithin(response: Response): Promise<string> {
  const decoder = decoderOf(response.headers.get('content-type') ?? '')
  let text = ''
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > largestCalendarBytes) throw new RemoteFailure('rejected', tooLargeWords)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function decoderOf(contentType: string): InstanceType<typeof TextDecoder> {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder()
  }
}

function refusalOf(status: number, host: string, retryAfterMs: number | null): RemoteFailure {
  const failure = (kind: RemoteFailureKind, words: string) =>
    new RemoteFailure(kind, words, { status, retryAfterMs, refused: status < 500 })
  if (status === 401 || status === 403) {
    const words = `${host} wants a sign-in (${status}). Enter the calendar’s own iCal address, which needs none.`
    return failure('forbidden', words)
  }
  if (status === 404 || status === 410) {
    const words = `${host} has no calendar at this address (${status}). Enter its new address, or remove the calendar.`
    return failure('not-found', words)
  }
  if (status === 429) return failure('rate-limited', `${host} asks to wait. Understudy goes on by itself afterwards.`)
  if (status >= 500) {
    return failure('server', `${host} has trouble of its own (${status}). Understudy tries again by itself.`)
  }
  return failure('rejected', `${host} did not answer with a calendar (${status}). Check the calendar’s address.`)
}
