import { createHash, randomUUID } from 'node:crypto'
import { recordOf } from '#service/oauth/token-record.ts'
import type { SecretVault } from '#service/ports.ts'
import { oauthKey } from '#service/zendesk/credentials/oauth-credentials.ts'

/** What calls that a person's browser makes carry, to be told from the app's. */
export const browserAgent = 'A browser'

const verifier = 'verifier-'.repeat(6)
const clientId = 'understudy'
const redirectUri = 'http://127.0.0.1:47810/callback'
const month = 30 * 86_400

/**
 * Signs in to a simulated Zendesk that lets in at once, and puts the tokens where the app looks for them.
 *
 * @param lifeSeconds how long the access token is good for.
 * @returns false when Zendesk could not be asked or misbehaved.
 */
export async function signInByHand(
  url: string,
  vault: SecretVault,
  now: number,
  lifeSeconds: number,
): Promise<boolean> {
  const headers = { 'user-agent': browserAgent, 'content-type': 'application/json' }
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: 'read write',
    state: 'state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  try {
    const page = await fetch(`${url}/oauth/authorizations/new?${query}`, { headers, redirect: 'manual' })
    const code = new URL(page.headers.get('location') ?? '').searchParams.get('code')
    const answer = await fetch(`${url}/oauth/tokens`, {
      method: 'POST',
      headers,
      body: JSON.stringify({
        grant_type: 'authorization_code',
        client_id: clientId,
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
        scope: 'read write',
        expires_in: lifeSeconds,
        refresh_token_expires_in: month,
      }),
      signal: AbortSignal.timeout(400),
    })
    const issued = (await answer.json()) as { access_token: string; refresh_token: string }
    if (!answer.ok) return false
    const record = recordOf(
      {
        accessToken: issued.access_token,
        refreshToken: issued.refresh_token,
        scopes: ['read', 'write'],
        accessLifeMs: lifeSeconds * 1000,
        refreshLifeMs: month * 1000,
      },
      { signIn: randomUUID(), issuer: url, clientId },
      now,
    )
    await vault.set(oauthKey, JSON.stringify(record))
    return true
  } catch {
    return false
  }
}
