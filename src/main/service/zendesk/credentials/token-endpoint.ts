import { z } from 'zod'
import { aboutTheSignInItself } from '../../oauth/about-sign-in.ts'
import type { AuthorizationCode, AuthorizationRequest } from '../../oauth/sign-in.ts'
import type { TokenEndpoint } from '../../oauth/token-keeper.ts'
import type { IssuedTokens } from '../../oauth/token-record.ts'
import { RemoteFailure } from '../../transport/remote-failure.ts'
import type { RemoteRequest, Transport } from '../../transport/transport.ts'
import { readAs } from '../zendesk-client.ts'

/** The address that tells of, and ends, the token a call is signed with. Open to every agent and to every scope. */
export const currentTokenPath = '/api/v2/oauth/tokens/current'

/**
 * Life of an access token in seconds: the longest that Zendesk gives (300 to 172,800; 1,800 for clients since 30 April 2026 that do not
 * ask). A pair is renewed at half of that, so that it outlives a night; then the answer to a renewal can be lost and the old access token
 * still tells whether it happened. It is no greater risk than the refresh token, which lies in the same place.
 */
const accessSeconds = 172_800
/** Life of a refresh token in days (7 to 90): Zendesk's own default. After so long an absence signing in again is what one expects. */
export const refreshDays = 30
const lifetimes = { expires_in: accessSeconds, refresh_token_expires_in: refreshDays * 86_400 }

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  scope: z.string().nullish(),
  expires_in: z.number().positive().nullish(),
  refresh_token_expires_in: z.number().positive().nullish(),
})

const currentTokenAnswer = z.object({
  token: z.object({
    scopes: z.array(z.string()).nullish(),
    refresh_token_expires_at: z.string().nullish(),
  }),
})

/** Address of the page on which a person lets the company's public client in. */
export function authorizationUrl(
  url: string,
  clientId: string,
  scopes: readonly string[],
  { redirectUri, state, challenge }: AuthorizationRequest,
): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: scopes.join(' '),
    state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })
  return `${url}/oauth/authorizations/new?${query.toString()}`
}

/**
 * Zendesk's OAuth for a public client: PKCE, no secret.
 *
 * @param url `https://example.zendesk.com`, without a slash at its end.
 */
export function createTokenEndpoint(url: string, transport: Pick<Transport, 'request'>) {
  async function ask(urgency: 'person' | 'poll', body: object): Promise<IssuedTokens> {
    const answer = await request({
      method: 'POST',
      url: `${url}/oauth/tokens`,
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ ...body, ...lifetimes }),
      urgency,
    })
    const issued = readAs('a sign-in', tokenAnswer, answer)
    return {
      accessToken: issued.access_token,
      refreshToken: issued.refresh_token,
      scopes: issued.scope ? issued.scope.split(/\s+/) : null,
      accessLifeMs: issued.expires_in ? issued.expires_in * 1000 : null,
      refreshLifeMs: issued.refresh_token_expires_in ? issued.refresh_token_expires_in * 1000 : null,
    }
  }

  async function request(what: RemoteRequest): Promise<unknown> {
    try {
      return (await transport.request(what)).body
    } catch (failure) {
      throw failure instanceof RemoteFailure ? aboutTheSignInItself('Zendesk', failure) : failure
    }
  }

  const endpoint: TokenEndpoint & {
    /** Exchanges a code, which is good for one use and two minutes. Never repeated. */
    exchange(clientId: string, code: AuthorizationCode, scopes: readonly string[]): Promise<IssuedTokens>
  } = {
    // Two minutes are short: a person is waiting.
    exchange: (clientId, { code, redirectUri, verifier }, scopes) =>
      ask('person', {
        grant_type: 'authorization_code',
        client_id: clientId,
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
        scope: scopes.join(' '),
      }),
    refresh: (refreshToken, clientId) =>
      ask('poll', { grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken }),
    async probe(accessToken) {
      try {
        const body = await request({ method: 'GET', url: `${url}${currentTokenPath}`, headers: bearer(accessToken) })
        readAs('what it knows of the sign-in', currentTokenAnswer, body)
        return 'accepted'
      } catch (failure) {
        if (failure instanceof RemoteFailure && failure.status === 401) return 'refused'
        throw failure
      }
    },
    async revoke(accessToken) {
      await request({ method: 'DELETE', url: `${url}${currentTokenPath}`, headers: bearer(accessToken) })
    },
  }
  return endpoint
}

/** Headers that carry an access token. */
export function bearer(accessToken: string): Readonly<Record<string, string>> {
  return { Authorization: `Bearer ${accessToken}` }
}

/** What Zendesk tells of the token a call was signed with. */
export function readCurrentToken(body: unknown): {
  readonly scopes: readonly string[] | null
  readonly refreshEndsAt: number | null
} {
  const { token } = readAs('what it knows of the sign-in', currentTokenAnswer, body)
  const endsAt = Date.parse(token.refresh_token_expires_at ?? '')
  return { scopes: token.scopes ?? null, refreshEndsAt: Number.isNaN(endsAt) ? null : endsAt }
}
