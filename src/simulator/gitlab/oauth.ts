import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { createRandom } from '../random.ts'
import { SECOND } from '../time.ts'
import { me } from '../world/people.ts'
import type { GitlabCaller } from './access-tokens.ts'

/** The application that is registered, and how its tokens live. */
export const gitlabOauthSchema = z
  .object({
    client_id: z.string().min(1),
    redirect_uris: z.array(z.url()).min(1),
    /** Rights the application may ask for. */
    scopes: z.array(z.string()),
    /** Whether the person allows it, in the browser and by a code. null in the browser: a page asks; by a code: not yet. */
    approve: z.boolean().nullable(),
    access_seconds: z.number().int().min(1).max(7200),
    /** False: this GitLab is too old to give codes. */
    devices: z.boolean(),
    device_seconds: z.number().int().min(1).max(300),
    interval: z.number().int().min(1).max(60),
  })
  .partial()
  .strict()

interface Settings {
  readonly client_id: string
  readonly redirect_uris: readonly string[]
  readonly scopes: readonly string[]
  readonly approve: boolean | null
  readonly access_seconds: number
  readonly devices: boolean
  readonly device_seconds: number
  readonly interval: number
}

const initial: Settings = {
  client_id: 'understudy',
  redirect_uris: ['http://127.0.0.1:47810/callback'],
  scopes: ['api', 'read_api'],
  approve: null,
  access_seconds: 7200,
  devices: true,
  device_seconds: 300,
  interval: 5,
}

interface Grant {
  readonly scopes: readonly string[]
  readonly accessToken: string
  readonly refreshToken: string
  readonly redirectUri: string | null
  readonly createdAt: number
  readonly expiresAt: number
  revoked: boolean
}

interface Code {
  readonly redirectUri: string
  readonly challenge: string
  readonly scope: string
  readonly expiresAt: number
  used: boolean
}

interface Device {
  readonly scope: string
  readonly endsAt: number
  intervalMs: number
  askedAt: number
  used: boolean
}

const codeLifetime = 600 * SECOND
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

/**
 * GitLab's OAuth for a public application: authorization code with PKCE, device codes, and refresh tokens that are good for one use. A
 * refresh kills both old tokens. `now` is simulated time.
 */
export function createGitlabOauth(seed: number, now: () => number) {
  const random = createRandom(seed, 'gitlab-oauth')
  const secret = (): string => Array.from({ length: 8 }, () => random.int(0, 2 ** 31).toString(36)).join('')
  const codes = new Map<string, Code>()
  const devices = new Map<string, Device>()
  const grants: Grant[] = []
  const counts = { issued: 0, refreshed: 0, reused: 0, revoked: 0, device_questions: 0 }
  let settings = initial

  const issue = (scope: string, redirectUri: string | null): VendorReply => {
    const grant: Grant = {
      scopes: scope.split(' '),
      accessToken: secret(),
      refreshToken: secret(),
      redirectUri,
      createdAt: now(),
      expiresAt: now() + settings.access_seconds * SECOND,
      revoked: false,
    }
    grants.push(grant)
    counts.issued++
    return json({
      access_token: grant.accessToken,
      token_type: 'Bearer',
      expires_in: settings.access_seconds,
      refresh_token: grant.refreshToken,
      scope,
      created_at: Math.floor(grant.createdAt / SECOND),
    })
  }

  const exchange = (form: URLSearchParams): VendorReply => {
    const code = codes.get(form.get('code') ?? '')
    if (!code || code.used || code.expiresAt <= now()) return fault('invalid_grant')
    if (code.redirectUri !== form.get('redirect_uri')) return fault('invalid_grant')
    if (challengeOf(form.get('code_verifier') ?? '') !== code.challenge) return fault('invalid_grant')
    code.used = true
    return issue(code.scope, code.redirectUri)
  }

  const refresh = (form: URLSearchParams): VendorReply => {
    const old = grants.find(({ refreshToken }) => refreshToken === form.get('refresh_token'))
    if (!old || old.redirectUri !== form.get('redirect_uri')) return fault('invalid_grant')
    if (old.revoked) {
      counts.reused++
      return fault('invalid_grant')
    }
    old.revoked = true
    counts.refreshed++
    return issue(old.scopes.join(' '), old.redirectUri)
  }

  const answerDevice = (form: URLSearchParams): VendorReply => {
    counts.device_questions++
    const device = devices.get(form.get('device_code') ?? '')
    if (!device || device.used) return fault('invalid_grant')
    if (now() >= device.endsAt) return fault('expired_token')
    const tooSoon = now() - device.askedAt < device.intervalMs
    device.askedAt = now()
    if (tooSoon) {
      device.intervalMs += 5 * SECOND
      return fault('slow_down')
    }
    if (settings.approve === null) return fault('authorization_pending')
    device.used = true
    return settings.approve ? issue(device.scope, null) : fault('access_denied')
  }

  const beginDevice = (form: URLSearchParams, origin: string): VendorReply => {
    const scope = form.get('scope') ?? ''
    if (form.get('client_id') !== settings.client_id) return fault('invalid_client', 401)
    if (!allows(settings, scope)) return fault('invalid_scope')
    const code = secret()
    const userCode = secret().slice(0, 8).toUpperCase()
    const endsAt = now() + settings.device_seconds * SECOND
    devices.set(code, { scope, endsAt, intervalMs: settings.interval * SECOND, askedAt: now(), used: false })
    return json({
      device_code: code,
      user_code: userCode,
      verification_uri: `${origin}/oauth/device`,
      verification_uri_complete: `${origin}/oauth/device?user_code=${userCode}`,
      expires_in: settings.device_seconds,
      interval: settings.interval,
    })
  }

  const tokens = (form: URLSearchParams): VendorReply => {
    if (form.get('client_id') !== settings.client_id) return fault('invalid_client', 401)
    const kind = form.get('grant_type')
    if (kind === 'authorization_code') return exchange(form)
    if (kind === 'refresh_token') return refresh(form)
    return kind === deviceGrant ? answerDevice(form) : fault('unsupported_grant_type')
  }

  const revoke = (form: URLSearchParams): VendorReply => {
    if (form.get('client_id') !== settings.client_id) return fault('unauthorized_client', 403)
    const grant = grants.find((one) => [one.accessToken, one.refreshToken].includes(form.get('token') ?? ''))
    // As Doorkeeper does: one that is over is left as it is, and the answer is yes all the same.
    if (grant && !grant.revoked && grant.expiresAt > now()) {
      grant.revoked = true
      counts.revoked++
    }
    return json({})
  }

  const authorize = ({ query, method, body }: VendorRequest): VendorReply => {
    const redirectUri = query.get('redirect_uri') ?? ''
    const known = settings.redirect_uris.some((one) => withoutPort(one) === withoutPort(redirectUri))
    if (query.get('client_id') !== settings.client_id || !known) {
      return { status: 401, text: page('<h1>Client authentication failed</h1>') }
    }
    const back = (values: Readonly<Record<string, string>>): VendorReply => {
      const target = new URL(redirectUri)
      for (const [name, value] of Object.entries({ ...values, state: query.get('state') ?? '' })) {
        target.searchParams.set(name, value)
      }
      return { status: 302, text: '', headers: { location: target.href } }
    }
    if (query.get('response_type') !== 'code') return back({ error: 'unsupported_response_type' })
    if (query.get('code_challenge_method') !== 'S256' || !/^[\w-]{43}$/.test(query.get('code_challenge') ?? '')) {
      return back({ error: 'invalid_request' })
    }
    const scope = query.get('scope') ?? ''
    if (!allows(settings, scope)) return back({ error: 'invalid_scope' })
    const decided = method === 'POST' ? /(^|&)decision=allow(&|$)/.test(body) : settings.approve
    if (decided === null) return { status: 200, text: page(allowForm) }
    if (!decided) return back({ error: 'access_denied' })
    const code = secret()
    const challenge = query.get('code_challenge') ?? ''
    codes.set(code, { redirectUri, challenge, scope, expiresAt: now() + codeLifetime, used: false })
    return back({ code })
  }

  const find = (token: string): Grant | undefined =>
    grants.find((grant) => grant.accessToken === token && !grant.revoked && grant.expiresAt > now())

  return {
    /** Answers `/oauth/…`; undefined when there is nothing at that path. */
    answer(request: VendorRequest): VendorReply | undefined {
      const { path, method, body, origin } = request
      if (path === '/oauth/authorize') return authorize(request)
      if (path === '/oauth/token/info') {
        const grant = find(bearerIn(request))
        return grant ? json(infoJson(grant, settings.client_id, now())) : json({ error: 'invalid_token' }, 401)
      }
      if (method !== 'POST') return undefined
      const form = new URLSearchParams(body)
      if (path === '/oauth/token') return tokens(form)
      if (path === '/oauth/revoke') return revoke(form)
      return path === '/oauth/authorize_device' && settings.devices ? beginDevice(form, origin) : undefined
    },
    /** Who calls with a bearer token, while it lives. */
    caller(request: VendorRequest): GitlabCaller | undefined {
      const grant = find(bearerIn(request))
      return grant && { scopes: grant.scopes, lacks: [], record: null }
    },
    set(changes: z.infer<typeof gitlabOauthSchema>): void {
      settings = { ...settings, ...changes } as Settings
    },
    /** Ends every token, as the person can. */
    revokeAll(): void {
      for (const grant of grants) grant.revoked = true
    },
    /** The settings, how many pairs were issued, refreshed and ended, and how often a dead refresh token was tried. */
    read: () => ({ ...settings, ...counts }),
  }
}

/** A port of the loopback address may be any: only an address in numbers is told from another without it. */
function withoutPort(text: string): string {
  const url = new URL(text)
  if (url.hostname === '127.0.0.1') url.port = ''
  return url.href
}

const allows = ({ scopes }: Settings, scope: string): boolean =>
  scope !== '' && scope.split(' ').every((one) => scopes.includes(one))

const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url')

const bearerIn = ({ headers }: VendorRequest): string => (headers.authorization ?? '').replace(/^Bearer /, '')

const fault = (error: string, status = 400): VendorReply =>
  json({ error, error_description: `The request was refused: ${error}.` }, status)

const page = (body: string): string =>
  `<!DOCTYPE html><html><head><title>GitLab</title></head><body>${body}</body></html>`

const allowForm =
  '<h1>Authorize Understudy to use your account?</h1><form method="post"><button name="decision" value="allow">Authorize</button> <button name="decision" value="deny">Cancel</button></form>'

function infoJson(grant: Grant, client: string, instant: number): Record<string, unknown> {
  return {
    resource_owner_id: me.id,
    scope: grant.scopes,
    scopes: grant.scopes,
    expires_in: Math.floor((grant.expiresAt - instant) / SECOND),
    application: { uid: client },
    created_at: Math.floor(grant.createdAt / SECOND),
  }
}
