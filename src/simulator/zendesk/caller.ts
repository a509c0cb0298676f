import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { isReply } from './paging.ts'
import type { World } from '../world/world.ts'
import type { BrowserSessions } from './browser-session.ts'
import type { Oauth } from './oauth.ts'
import { forbidden, invalidToken, notSignedIn } from './refusals.ts'
import type { ZendeskSettings } from './settings.ts'

/** Who asks, and by which of the ways in. */
export type Caller = { readonly userId: number } & (
  | { readonly way: 'token' }
  | { readonly way: 'oauth'; readonly grant: NonNullable<ReturnType<Oauth['find']>> }
  | { readonly way: 'session'; readonly session: NonNullable<ReturnType<BrowserSessions['find']>> }
)

export interface CallerDeps {
  readonly world: World
  readonly token: string
  readonly meId: number
  readonly oauth: Oauth
  readonly sessions: BrowserSessions
  settings(): ZendeskSettings
}

/** Finds out who asks, or the refusal: 401 for a bad login, 403 for a scope or a token for writes that is missing. */
export function findCaller(request: VendorRequest, deps: CallerDeps): Caller | VendorReply {
  const caller = signIn(request, deps)
  if (isReply(caller)) return caller
  if (caller.way === 'oauth' && !isInScope(request, caller.grant.scopes)) return forbidden
  const isWrite = request.method !== 'GET'
  if (caller.way === 'session' && isWrite && request.headers['x-csrf-token'] !== caller.session.csrfToken) {
    return forbidden
  }
  return caller
}

function signIn(request: VendorRequest, deps: CallerDeps): Caller | VendorReply {
  const [scheme, value = ''] = (request.headers.authorization ?? '').split(' ')
  if (scheme === 'Bearer') {
    if (value === deps.token) return { way: 'token', userId: deps.meId }
    const grant = deps.oauth.find(value)
    return grant ? { way: 'oauth', userId: grant.userId, grant } : invalidToken
  }
  if (scheme === 'Basic') {
    const [email = '', token] = Buffer.from(value, 'base64').toString('utf8').split('/token:')
    // An API token belongs to the account: it works for every user of it.
    const user = [...deps.world.users.values()].find((one) => one.email === email)
    return user && token === deps.token && deps.settings().api_token ? { way: 'token', userId: user.id } : notSignedIn
  }
  const session = deps.sessions.find(request)
  return session ? { way: 'session', userId: session.userId, session } : notSignedIn
}

/** Resources whose scopes can be given one by one. What else there is needs the broad scope. */
const fineScopes = /^\/api\/v2\/(?:\w+\/\d+\/)?(tickets|users|organizations)(?:\/|\.|$)/

function isInScope({ method, path }: VendorRequest, scopes: readonly string[]): boolean {
  if (path.startsWith('/api/v2/oauth/tokens/current')) return true
  const kind = method === 'GET' ? 'read' : 'write'
  const resource = fineScopes.exec(path)?.[1]
  return scopes.includes(kind) || (resource !== undefined && scopes.includes(`${resource}:${kind}`))
}
