import { RemoteFailure, type RemoteFailureKind } from './remote-failure.ts'
import { vendorWords } from './vendor-words.ts'

/** An answer of a host before it was read. */
export interface RawAnswer {
  readonly status: number
  readonly headers: Headers
  /** What was read of the body; empty when it broke off. */
  readonly text: string
}

/** What the sentences of a failure speak of. */
export interface Asked {
  /** Word for the source in sentences. */
  readonly name: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
}

const kinds: Readonly<Record<number, RemoteFailureKind>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  408: 'timeout',
  409: 'conflict',
  429: 'rate-limited',
}

/** A longer error page than this is not looked into. */
const longestErrorBody = 100_000

/**
 * What an answer that is none means; null for one whose JSON may be read.
 *
 * @param waitMs how long the host asked to be left alone, or null.
 * @param until that pause's end in words, or null.
 */
export function answerFailure(
  asked: Asked,
  answer: RawAnswer,
  waitMs: number | null,
  until: string | null,
): RemoteFailure | null {
  const { status, headers } = answer
  const reading = isReading(asked.method)
  if (status >= 300 && status <= 399 && status !== 304) return redirection(asked, status, headers.get('location'))
  if (status === 304 || (status >= 200 && status <= 299)) {
    // Where nothing was sent, a label says nothing: done is done.
    if (answer.text.trim() === '' || !/\bhtml\b/i.test(headers.get('content-type') ?? '')) return null
    return new RemoteFailure(
      'unauthorized',
      `${asked.name} sent a web page where data was due: the sign-in seems to have ended. Sign in again in Settings.`,
      { status, mayHaveArrived: !reading },
    )
  }
  const kind = kinds[status] ?? (status >= 500 ? 'server' : 'rejected')
  const body = jsonOf(answer.text)
  return new RemoteFailure(kind, sentence(asked.name, kind, status, reading, until), {
    status,
    retryAfterMs: waitMs,
    body,
    detail: vendorWords(body, asked.headers),
    refused: status >= 400 && status <= 499 && status !== 408,
  })
}

/** Redirections are not followed: what they point to was not chosen by the person. */
export function redirection(asked: Asked, status: number | null, location: string | null = null): RemoteFailure {
  const code = status === null || status === 0 ? '' : ` (${status})`
  return new RemoteFailure(
    'rejected',
    `${asked.name} pointed to another address${code}; it was not followed. Check the address in Settings.`,
    // After a write, a redirection may be a host's way of saying that it was done.
    { status: status === 0 ? null : status, mayHaveArrived: !isReading(asked.method), location },
  )
}

/** Whether a call only reads, so that repeating it does no harm. */
export function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}

function sentence(
  name: string,
  kind: RemoteFailureKind,
  status: number,
  reading: boolean,
  until: string | null,
): string {
  switch (kind) {
    case 'unauthorized':
      return `${name} refused the sign-in. Sign in again in Settings.`
    case 'forbidden':
      return reading
        ? `${name} does not let you see this (403). Ask for access, or leave it out.`
        : `${name} does not let you do this (403). Ask for the right to, or leave it.`
    case 'not-found':
      return `${name} does not have this, or does not let you see it (404).`
    case 'conflict':
      return `${name} has something else there by now (409). Look at what changed, then decide anew.`
    case 'rate-limited':
      return askedToWait(name, until)
    case 'timeout':
      return noAnswerInTime(name)
    case 'server':
      return `${name} has trouble of its own (${status}).${reading ? ' Understudy tries again by itself.' : ''}`
    // All but the first of these never come from a status; they are here so that a new kind is not forgotten.
    case 'rejected':
    case 'offline':
    case 'untrusted':
    case 'malformed':
    case 'aborted':
      return `${name} did not accept the request (${status}).`
  }
}

/** The sentence of a host that wants to be left alone; `until` is the end in words, or null where it did not say. */
export function askedToWait(name: string, until: string | null): string {
  return `${name} asks to wait${until === null ? '' : ` until ${until}`}. Understudy goes on by itself afterwards.`
}

/** The sentence of a call that nobody answered. */
export function noAnswerInTime(name: string): string {
  return `${name} did not answer in time.`
}

function jsonOf(text: string): unknown {
  if (!/^\s*[[{]/.test(text) || text.length > longestErrorBody) return null
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
