import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** The subprotocol that is spoken over the socket; the token travels beside it as `bearer.<token>`. */
export const subprotocol = 'understudy.v1'

const bearer = 'bearer.'
const doorwayMs = 60_000

/** A new token for one run of the host: 32 random bytes as base64url. */
export function createToken(): string {
  return randomBytes(32).toString('base64url')
}

/** Whether a guess is the token, in a time that does not tell how much of it was right. */
export function isToken(token: string, guess: string): boolean {
  // SECURITY: digests have one length, which timingSafeEqual needs and which keeps the token's length to itself.
  return timingSafeEqual(digest(token), digest(guess))
}

/** The token offered in a `Sec-WebSocket-Protocol` header, or null unless our subprotocol and one token are in it. */
export function offeredToken(header: string | undefined): string | null {
  const offers = (header ?? '').split(',').map((offer) => offer.trim())
  const tokens = offers.filter((offer) => offer.startsWith(bearer))
  if (!offers.includes(subprotocol) || tokens.length !== 1) return null
  return tokens[0]?.slice(bearer.length) ?? null
}

/** Path below which a browser is let in once. */
export const doorwayPath = '/open/'

/**
 * A path that leads a browser to the window once, within a minute. Whoever knows the token can make one.
 *
 * SECURITY: a browser is started with its address on the command line, where every user of the machine can read it. So the
 * token is not in it.
 *
 * @param nowMs Wall clock.
 */
export function createDoorway(token: string, nowMs: number): string {
  const ticket = `${nowMs}.${randomBytes(16).toString('base64url')}`
  return `${doorwayPath}${ticket}.${sign(token, ticket)}`
}

/** Remembers which doorways were used. */
export interface Doorkeeper {
  /** Whether this path is a doorway that was made less than a minute ago and not used before. Using it up is part of asking. */
  admits(path: string, nowMs: number): boolean
}

export function createDoorkeeper(token: string): Doorkeeper {
  const used = new Map<string, number>()
  return {
    admits(path, nowMs) {
      const [madeAt, nonce, signature, ...rest] = path.slice(doorwayPath.length).split('.')
      if (!madeAt || !nonce || !signature || rest.length > 0) return false
      const ticket = `${madeAt}.${nonce}`
      if (!timingSafeEqual(digest(sign(token, ticket)), digest(signature))) return false
      for (const [old, expires] of used) if (expires < nowMs) used.delete(old)
      const age = nowMs - Number(madeAt)
      if (!(age >= 0 && age < doorwayMs) || used.has(ticket)) return false
      used.set(ticket, nowMs + doorwayMs)
      return true
    },
  }
}

function sign(token: string, ticket: string): string {
  return createHmac('sha256', token).update(ticket).digest('base64url')
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
