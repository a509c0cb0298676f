import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { createRandom } from '../random.ts'
import { DAY, SECOND, zendeskTime } from '../time.ts'
import { me } from '../world/people.ts'
import { notFound } from './refusals.ts'

/** The public client that an admin registered, and how its tokens live. */
export const oauthSettingsSchema = z
  .object({
    client_id: z.string().min(1),
    redirect_uris: z.array(z.url()).min(1),
    /** true: allowed at once; false: denied at once; null: a page with a form asks. */
    approve: z.boolean().nullable(),
    /** Lifetime of access tokens whose request names none. */
    access_seconds: z.number().int().min(1).max(172_800),
    /** Lifetime of refresh tokens whose request names none. */
    refresh_days: z.number().min(0).max(90),
    /** The user whose browser is at the authorization page. */
    user_id: z.number().int().positive(),
  })
  .partial()
  .strict()

interface OauthSettings {
  readonly client_id: string
  readonly redirect_uris: readonly string[]
  readonly approve: boolean | null
  readonly access_seconds: number
  readonly refresh_days: number
  readonly user_id: number
}

/** A pair of tokens. Instants are ms since the epoch. */
interface Grant {
  readonly id: number
  readonly userId: number
  readonly scopes: readonly string[]
  readonly accessToken: string
  readonly refreshToken: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly refreshExpiresAt: number
  revoked: boolean
}

interface Code {
  readonly clientId: string
  readonly redirectUri: string
  readonly challenge: string
  readonly scope: string
  readonly userId: number
  readonly expiresAt: number
  used: boolean
}

/** A code may be exchanged for this long. */
const codeLifetime = 120 * SECOND

const initial: OauthSettings = {
  client_id: 'understudy',
  redirect_uris: [47810, 47811, 47812].map((port) => `http://127.0.0.1:${port}/callback`),
  approve: null,
  access_seconds: 1800,
  refresh_days: 30,
  user_id: me.id,
}

const tokenRequestSchema = z.object({
  grant_type: z.string(),
  client_id: z.string().optional(),
  code: z.string().optional(),
  redirect_uri: z.string().optional(),
  code_verifier: z.string().optional(),
  refresh_token: z.string().optional(),
  // Zendesk issues a token for a scope that is no string, and refuses everything it is then used for.
  scope: z.unknown().optional(),
  expires_in: z.number().int().min(300).max(172_800).optional(),
  refresh_token_expires_in: z.number().int().min(604_800).max(7_776_000).optional(),
})

type TokenRequest = z.infer<typeof tokenRequestSchema>

/**
 * Zendesk's OAuth for a public client: authorization code with PKCE (S256 only), and refresh tokens that are good for one
 * use. A refresh kills both old tokens. `now` is simulated time.
 */
export function createOauth(seed: number, now: () => number) {
  const random = createRandom(seed, 'oauth')
  const secret = (): string => Array.from({ length: 8 }, () => random.int(0, 2 ** 31).toString(36)).join('')
  const codes = new Map<string, Code>()
  const grants: Grant[] = []
  const counts = { issued: 0, refreshed: 0, reused: 0 }
  let settings = initial

  const issue = (userId: number, scopes: readonly string[], wanted: TokenRequest): VendorReply => {
    const seconds = wanted.expires_in ?? settings.access_seconds
    const refreshSeconds = wanted.refresh_token_expires_in ?? settings.refresh_days * (DAY / SECOND)
    const grant: Grant = {
      id: 4_411_000 + grants.length,
      userId,
      scopes,
      accessToken: secret(),
      refreshToken: secret(),
      createdAt: now(),
      expiresAt: now() + seconds * SECOND,
      refreshExpiresAt: now() + refreshSeconds * SECOND,
      revoked: false,
    }
    grants.push(grant)
    counts.issued++
    return json(
      {
        access_token: grant.accessToken,
        refresh_token: grant.refreshToken,
        token_type: 'bearer',
        scope: scopes.join(' '),
        expires_in: seconds,
        refresh_token_expires_in: refreshSeconds,
      },
      201,
    )
  }

  const exchange = (wanted: TokenRequest): VendorReply => {
    const code = codes.get(wanted.code ?? '')
    if (!code || code.used || code.expiresAt <= now()) return invalidGrant
    if (code.clientId !== wanted.client_id || code.redirectUri !== wanted.redirect_uri) return invalidGrant
    if (challengeOf(wanted.code_verifier ?? '') !== code.challenge) return invalidGrant
    code.used = true
    return issue(code.userId, scopesIn(wanted.scope ?? code.scope), wanted)
  }

  const refresh = (wanted: TokenRequest): VendorReply => {
    const old = grants.find(({ refreshToken }) => refreshToken === wanted.refresh_token)
    if (!old || wanted.client_id !== settings.client_id) return invalidGrant
    if (old.revoked || old.refreshExpiresAt <= now()) {
      counts.reused++
      return invalidGrant
    }
    old.revoked = true
    counts.refreshed++
    return issue(old.userId, wanted.scope === undefined ? old.scopes : scopesIn(wanted.scope), wanted)
  }

  const redirect = (to: string, values: Readonly<Record<string, string>>): VendorReply => {
    const target = new URL(to)
    for (const [name, value] of Object.entries(values)) target.searchParams.set(name, value)
    return { status: 302, text: '', headers: { location: target.href } }
  }

  const decide = (query: URLSearchParams, allowed: boolean): VendorReply => {
    const redirectUri = query.get('redirect_uri') ?? ''
    const state = query.has('state') ? { state: query.get('state') ?? '' } : {}
    if (!allowed) {
      const why = 'The end-user or authorization server denied the request.'
      return redirect(redirectUri, { error: 'access_denied', error_description: why, ...state })
    }
    const code = secret()
    codes.set(code, {
      clientId: settings.client_id,
      redirectUri,
      challenge: query.get('code_challenge') ?? '',
      scope: query.get('scope') ?? '',
      userId: settings.user_id,
      expiresAt: now() + codeLifetime,
      used: false,
    })
    return redirect(redirectUri, { code, ...state })
  }

  const authorize = (request: VendorRequest): VendorReply => {
    const { query } = request
    const fault = clientFault(query, settings)
    if (fault) return { status: 400, text: page(`<h1>${fault}</h1>`) }
    const wrong = requestFault(query)
    const state = query.has('state') ? { state: query.get('state') ?? '' } : {}
    if (wrong) return redirect(query.get('redirect_uri') ?? '', { ...wrong, ...state })
    if (request.method === 'POST') return decide(query, /(^|&)decision=allow(&|$)/.test(request.body))
    if (settings.approve !== null) return decide(query, settings.approve)
    return { status: 200, text: page(allowForm(request, settings.client_id)) }
  }

  return {
    /** Answers `/oauth/…`, for which nobody has to be signed in; undefined when there is nothing at that path. */
    answer(request: VendorRequest): VendorReply | undefined {
      const path = request.path.replace(/\.json$/, '')
      if (path === '/oauth/authorizations/new') return authorize(request)
      if (path !== '/oauth/tokens' || request.method !== 'POST') return undefined
      const parsed = tokenRequestSchema.safeParse(jsonIn(request))
      if (!parsed.success) return invalidRequest(`${parsed.error.issues[0]?.path.join('.') ?? ''} is not valid`)
      if (parsed.data.grant_type === 'authorization_code') return exchange(parsed.data)
      if (parsed.data.grant_type === 'refresh_token') return refresh(parsed.data)
      return json({ error: 'unsupported_grant_type', error_description: 'The grant type is not supported.' }, 400)
    },
    /** The grant that a bearer token belongs to, while it lives. */
    find: (token: string): Grant | undefined =>
      grants.find((grant) => grant.accessToken === token && !grant.revoked && grant.expiresAt > now()),
    /** Answers GET and DELETE of the token that was used. */
    current(request: VendorRequest, grant: Grant | undefined): VendorReply {
      if (!grant) return notFound
      if (request.method === 'DELETE') {
        grant.revoked = true
        return { status: 204, text: '' }
      }
      return json({ token: tokenJson(grant, request.origin, now()) })
    },
    settings: () => settings,
    set(changes: z.infer<typeof oauthSettingsSchema>): void {
      settings = { ...settings, ...changes } as OauthSettings
    },
    /** Ends every token, as an admin can. */
    revokeAll(): void {
      for (const grant of grants) grant.revoked = true
    },
    /** How many pairs were issued, how many of them by refreshing, and how often a dead refresh token was tried. */
    counts: () => ({ ...counts }),
  }
}

export type Oauth = ReturnType<typeof createOauth>

const invalidGrant = json(
  {
    error: 'invalid_grant',
    error_description:
      'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
  },
  400,
)

const invalidRequest = (description: string): VendorReply =>
  json({ error: 'invalid_request', error_description: description }, 400)

const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url')

const scopesIn = (scope: unknown): readonly string[] =>
  typeof scope === 'string' ? scope.split(/\s+/).filter((word) => word !== '') : []

function jsonIn({ headers, body }: VendorRequest): unknown {
  if (!(headers['content-type'] ?? '').startsWith('application/json')) return undefined
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** What is wrong with who asks: nothing may be sent to an address that is not registered. */
function clientFault(query: URLSearchParams, settings: OauthSettings): string | undefined {
  if (query.get('client_id') !== settings.client_id) return 'Invalid client'
  if (!settings.redirect_uris.includes(query.get('redirect_uri') ?? '')) return 'Invalid redirect URI'
  return undefined
}

function requestFault(query: URLSearchParams): Record<string, string> | undefined {
  const fault = (error: string, description: string) => ({ error, error_description: description })
  if (query.get('response_type') !== 'code') {
    return fault('unsupported_response_type', 'The authorization server does not support this response type.')
  }
  if (!/^[\w-]{43}$/.test(query.get('code_challenge') ?? '') || query.get('code_challenge_method') !== 'S256') {
    return fault('invalid_request', 'A public client must send code_challenge with code_challenge_method S256.')
  }
  if ((query.get('scope') ?? '') === '') return fault('invalid_scope', 'The requested scope is invalid.')
  return undefined
}

const page = (body: string): string =>
  `<!DOCTYPE html><html><head><title>Zendesk</title></head><body>${body}</body></html>`

function allowForm({ query }: VendorRequest, client: string): string {
  const action = `/oauth/authorizations/new?${query.toString()}`.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  return `<h1>Allow ${client} to access your Zendesk account?</h1><form method="post" action="${action}"><button name="decision" value="allow">Allow</button> <button name="decision" value="deny">Deny</button></form>`
}

function tokenJson(grant: Grant, origin: string, instant: number): Record<string, unknown> {
  return {
    id: grant.id,
    url: `${origin}/api/v2/oauth/tokens/${grant.id}.json`,
    client_id: 35_501,
    user_id: grant.userId,
    token: grant.accessToken.slice(0, 10),
    refresh_token: grant.refreshToken.slice(0, 10),
    scopes: grant.scopes,
    created_at: zendeskTime(grant.createdAt),
    expires_at: zendeskTime(grant.expiresAt),
    refresh_token_expires_at: zendeskTime(grant.refreshExpiresAt),
    used_at: zendeskTime(instant),
  }
}
