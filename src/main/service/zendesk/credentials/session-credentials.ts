import { z } from 'zod'
import type { Clock, SignInWindow } from '../../ports.ts'
import { RemoteFailure } from '../../transport/remote-failure.ts'
import type { Transport } from '../../transport/transport.ts'
import { readAs } from '../zendesk-client.ts'
import type { ZendeskCredentials } from './credentials.ts'

/** What of the sign-in window is needed to make calls with its sign-in. */
export type SessionPort = Pick<SignInWindow, 'fetch' | 'signOut'>

/** What signing by a browser's session needs. */
export interface SessionCredentialOptions {
  /** `https://example.zendesk.com`, without a slash at its end. */
  readonly url: string
  readonly session: SessionPort
  /** Makes its calls with the session's fetch. */
  readonly transport: Pick<Transport, 'request'>
  readonly clock: Pick<Clock, 'now'>
}

const csrfHeader = 'X-CSRF-Token'
/** A write that is refused so soon after its token was renewed was refused for another reason. */
const justRenewedMs = 60_000
/** Longest that signing out waits for Zendesk, in real ms. */
const signOutTimeoutMs = 10_000

const meAnswer = z.object({
  user: z.object({ id: z.number().nullable(), authenticity_token: z.string().nullish() }),
})
const renewAnswer = z.object({ authenticity_token: z.string().min(1) })

const sessionEnded = 'Your session at Zendesk has ended. Sign in again in Settings.'

/**
 * Signs by the session of a sign-in window: its cookies go out with its own fetch and are never read here. Writes carry the CSRF token that
 * Zendesk gives to who is signed in ("Making secured requests", Zendesk developer documentation); it is kept in memory only.
 */
export function createSessionCredentials(options: SessionCredentialOptions): ZendeskCredentials {
  const { url, session, transport, clock } = options
  let token: { readonly value: string; readonly renewedAt: number | null } | null = null
  let asking: Promise<string> | null = null

  /** Asks who is signed in, which is also how a session that ended is told from other trouble. */
  async function askForToken(): Promise<string> {
    const { user } = readAs('the signed-in user', meAnswer, await read(`${url}/api/v2/users/me`))
    if (user.id === null || !user.authenticity_token) throw new RemoteFailure('unauthorized', sessionEnded)
    return user.authenticity_token
  }

  async function read(address: string): Promise<unknown> {
    try {
      return (await transport.request({ method: 'GET', url: address, headers: {}, urgency: 'person' })).body
    } catch (failure) {
      if (failure instanceof RemoteFailure && isSignedOut(failure)) {
        token = null
        throw new RemoteFailure('unauthorized', sessionEnded, { status: failure.status })
      }
      throw failure
    }
  }

  /** One question at a time; whoever comes meanwhile gets its answer. */
  function take(ask: () => Promise<string>, renewedAt: number | null): Promise<string> {
    asking ??= ask()
      .then((value) => {
        token = { value, renewedAt }
        return value
      })
      .finally(() => {
        asking = null
      })
    return asking
  }

  async function renewToken(): Promise<string> {
    const body = await read(`${url}/api/v2/users/me/session/renew`)
    return readAs('the renewed session', renewAnswer, body).authenticity_token
  }

  return {
    kind: 'session',
    fetch: session.fetch,
    async headers(method) {
      if (method === 'GET' || method === 'HEAD') return {}
      return { [csrfHeader]: token?.value ?? (await take(askForToken, null)) }
    },
    async renew(used, failure) {
      if (isSignedOut(failure)) {
        await take(askForToken, null)
        return true
      }
      const refused = used[csrfHeader]
      if (refused === undefined) return false
      if (asking === null && token?.value === refused) {
        const { renewedAt } = token
        if (renewedAt !== null && Math.abs(clock.now() - renewedAt) < justRenewedMs) return false
        await take(renewToken, clock.now())
      } else if (asking !== null || token === null) {
        await take(askForToken, null)
      }
      return true
    },
    async health() {
      await take(askForToken, null)
      return {
        mayWrite: null,
        scopes: null,
        endsAt: null,
        advice: ["This sign-in lasts as long as your company's session at Zendesk. When it ends, sign in again here."],
      }
    },
    async signOut() {
      token = null
      const revoked = await logOut(url, session.fetch)
      await session.signOut()
      return { revoked }
    },
  }
}

/** Whether Zendesk said that nobody is signed in: in so many words, with a sign-in page, or by pointing to one. */
function isSignedOut({ kind, status }: RemoteFailure): boolean {
  return kind === 'unauthorized' || (kind === 'rejected' && (status === null || (status >= 300 && status <= 399)))
}

async function logOut(url: string, fetchInSession: typeof fetch): Promise<boolean> {
  try {
    const address = `${url}/access/logout`
    const { status, type } = await fetchInSession(address, {
      redirect: 'manual',
      signal: AbortSignal.timeout(signOutTimeoutMs),
    })
    return type === 'opaqueredirect' || (status >= 200 && status <= 399)
  } catch (error) {
    // Chromium's fetch fails on a redirection that it was told not to follow; logging out answers with one.
    return error instanceof Error && /redirect/i.test(error.message)
  }
}
