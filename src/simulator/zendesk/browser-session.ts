import { z } from 'zod'
import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { createRandom } from '../random.ts'
import { MINUTE, zendeskTime } from '../time.ts'
import type { ZendeskUser } from '../world/people.ts'

/** How people sign in at this Zendesk in a browser. */
export const sessionSettingsSchema = z
  .object({
    /** Whether sign-in goes by the company's identity provider, on another host name. */
    sso: z.boolean(),
    /** Simulated minutes after which an unused session ends. */
    minutes: z.number().min(0),
  })
  .partial()
  .strict()

interface SessionSettings {
  readonly sso: boolean
  readonly minutes: number
}

/** A browser that is signed in. */
interface BrowserSession {
  readonly id: number
  readonly userId: number
  readonly cookie: string
  readonly startedAt: number
  /** Must come with every write, as X-CSRF-Token. */
  csrfToken: string
  seenAt: number
}

const cookieName = '_zendesk_session'

/** Sign-in in a browser: a form, or a hop to an identity provider and back; then a cookie. `now` is simulated time. */
export function createBrowserSessions(seed: number, now: () => number, users: ReadonlyMap<number, ZendeskUser>) {
  const random = createRandom(seed, 'sessions')
  const secret = (): string => Array.from({ length: 6 }, () => random.int(0, 2 ** 31).toString(36)).join('')
  const sessions = new Map<string, BrowserSession>()
  const assertions = new Map<string, number>()
  let settings: SessionSettings = { sso: false, minutes: 480 }

  const find = (request: VendorRequest): BrowserSession | undefined => {
    const session = sessions.get(cookieIn(request) ?? '')
    if (!session || now() - session.seenAt > settings.minutes * MINUTE) return undefined
    session.seenAt = now()
    return session
  }

  const userOf = (email: string): ZendeskUser | undefined =>
    [...users.values()].find((user) => user.email === email && user.role === 'agent')

  const begin = (userId: number, to: string): VendorReply => {
    const session = {
      id: 91_000 + sessions.size,
      userId,
      cookie: secret(),
      csrfToken: secret(),
      startedAt: now(),
      seenAt: now(),
    }
    sessions.set(session.cookie, session)
    return redirect(to, { 'set-cookie': `${cookieName}=${session.cookie}; Path=/; HttpOnly; SameSite=Lax` })
  }

  const logIn = (request: VendorRequest): VendorReply => {
    const to = ownPath(request.query.get('return_to'), request.origin)
    if (request.method === 'POST') {
      const user = userOf(new URLSearchParams(request.body).get('user[email]') ?? '')
      return user ? begin(user.id, to) : page(loginForm('/access/login', to, 'Email or password is wrong.'), 401)
    }
    if (!settings.sso) return page(loginForm('/access/login', to, ''))
    // The identity provider has a name of its own, as in life: a window that allows only one host does not get there.
    const back = encodeURIComponent(`${request.origin}/access/sso?return_to=${encodeURIComponent(to)}`)
    return redirect(`http://localhost:${new URL(request.origin).port}/company-sso?back=${back}`)
  }

  const identityProvider = (request: VendorRequest): VendorReply => {
    const back = request.query.get('back') ?? ''
    if (request.method !== 'POST') return page(loginForm(`/company-sso?back=${encodeURIComponent(back)}`, '', ''))
    const user = userOf(new URLSearchParams(request.body).get('user[email]') ?? '')
    const target = loopback(back)
    if (!user || !target) return page('<p>The company does not know you.</p>', 401)
    const assertion = secret()
    assertions.set(assertion, user.id)
    target.searchParams.set('assertion', assertion)
    return redirect(target.href)
  }

  const comeBack = (request: VendorRequest): VendorReply => {
    const assertion = request.query.get('assertion') ?? ''
    const userId = assertions.get(assertion)
    assertions.delete(assertion)
    if (userId === undefined) return page('<p>The sign-in has run out. Try again.</p>', 401)
    return begin(userId, ownPath(request.query.get('return_to'), request.origin))
  }

  return {
    /** Answers the pages of a browser's sign-in; undefined when there is nothing at that path. */
    answer(request: VendorRequest): VendorReply | undefined {
      if (request.path === '/access/login') return logIn(request)
      if (request.path === '/access/sso') return comeBack(request)
      if (request.path === '/company-sso') return identityProvider(request)
      if (request.path === '/access/logout') {
        sessions.delete(cookieIn(request) ?? '')
        return redirect('/access/login', { 'set-cookie': `${cookieName}=; Path=/; Max-Age=0` })
      }
      if (request.path === '/' || request.path.startsWith('/agent')) {
        if (find(request)) return page('<h1>Zendesk agent workspace</h1>')
        return redirect(`/access/login?return_to=${encodeURIComponent(request.path)}`)
      }
      return undefined
    },
    find,
    /** Gives the session a new token for writes; the old one ends. */
    renew(session: BrowserSession): VendorReply {
      session.csrfToken = secret()
      return json({ authenticity_token: session.csrfToken })
    },
    /** The session as the vendor's Session object. */
    show({ id, userId, startedAt, seenAt }: BrowserSession, origin: string): VendorReply {
      const times = { authenticated_at: zendeskTime(startedAt), last_seen_at: zendeskTime(seenAt) }
      const url = `${origin}/api/v2/users/${userId}/sessions/${id}.json`
      return json({ session: [{ id, url, user_id: userId, ...times }] })
    },
    settings: (): SessionSettings & { readonly open: number } => ({ ...settings, open: sessions.size }),
    set(changes: z.infer<typeof sessionSettingsSchema>): void {
      settings = { sso: changes.sso ?? settings.sso, minutes: changes.minutes ?? settings.minutes }
    },
    /** Ends every session at once. */
    expireAll: (): void => sessions.clear(),
  }
}

export type BrowserSessions = ReturnType<typeof createBrowserSessions>

function cookieIn({ headers }: VendorRequest): string | undefined {
  return (headers.cookie ?? '')
    .split(/;\s*/)
    .find((pair) => pair.startsWith(`${cookieName}=`))
    ?.slice(cookieName.length + 1)
}

const redirect = (location: string, headers: Readonly<Record<string, string>> = {}): VendorReply => ({
  status: 302,
  text: '',
  headers: { location, ...headers },
})

const page = (body: string, status = 200): VendorReply => ({
  status,
  text: `<!DOCTYPE html><html><head><title>Sign in</title></head><body>${body}</body></html>`,
})

const escape = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

function loginForm(action: string, returnTo: string, fault: string): string {
  const target = returnTo === '' ? action : `${action}?return_to=${encodeURIComponent(returnTo)}`
  return `<form method="post" action="${escape(target)}"><p>${fault}</p><label>Email <input name="user[email]" type="email"></label> <label>Password <input name="user[password]" type="password"></label> <button>Sign in</button></form>`
}

/** SECURITY: after sign-in a browser is sent to a path of this server only. */
function ownPath(wanted: string | null, origin: string): string {
  const url = URL.parse(wanted ?? '/agent', origin)
  return url?.origin === origin ? `${url.pathname}${url.search}` : '/agent'
}

/** SECURITY: the identity provider answers to loopback only. */
function loopback(wanted: string): URL | undefined {
  const url = URL.parse(wanted)
  return url && ['127.0.0.1', 'localhost'].includes(url.hostname) ? url : undefined
}
