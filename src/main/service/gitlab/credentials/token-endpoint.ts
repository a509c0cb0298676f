import { z } from 'zod'
import { aboutTheSignInItself } from '../../oauth/about-sign-in.ts'
import type { DeviceCode } from '../../oauth/device-sign-in.ts'
import type { AuthorizationCode, AuthorizationRequest } from '../../oauth/sign-in.ts'
import type { TokenEndpoint } from '../../oauth/token-keeper.ts'
import type { IssuedTokens } from '../../oauth/token-record.ts'
import { RemoteFailure } from '../../transport/remote-failure.ts'
import type { RemoteRequest, Transport } from '../../transport/transport.ts'
import { readGitlab } from '../read-gitlab.ts'

/** The address that tells what the access token a call is signed with may do. */
export const tokenInfoPath = '/oauth/token/info'

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  scope: z.string().nullish(),
  expires_in: z.number().positive().nullish(),
})

const deviceAnswer = z.object({
  device_code: z.string().min(1),
  user_code: z.string().min(1),
  verification_uri: z.url(),
  verification_uri_complete: z.url().nullish(),
  expires_in: z.number().positive(),
  interval: z.number().positive().nullish(),
})

/** Seconds between two questions where the vendor names none (RFC 8628, 3.2). */
const usualInterval = 5

/** Address of the page on which a person lets a public application in. */
export function gitlabAuthorizationUrl(
  url: string,
  clientId: string,
  scope: string,
  { redirectUri, state, challenge }: AuthorizationRequest,
): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope,
    state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })
  return `${url}/oauth/authorize?${query.toString()}`
}

/** GitLab's OAuth for a public application: PKCE or a device code, no secret. */
export interface GitlabTokenEndpoint extends TokenEndpoint {
  /** Exchanges a code, which is good for one use. Never repeated. */
  exchange(clientId: string, code: AuthorizationCode): Promise<IssuedTokens>
  /** Asks for a code that the person types in any browser. */
  beginDevice(clientId: string, scope: string): Promise<DeviceCode>
  /** Asks once whether the person has typed it; the refusal's body holds the reason why not. */
  pollDevice(clientId: string, deviceCode: string): Promise<IssuedTokens>
}

/**
 * Creates the calls about tokens at one GitLab. Each throws `RemoteFailure`.
 *
 * @param url address of the GitLab, without a slash at its end.
 */
export function createGitlabTokenEndpoint(url: string, transport: Pick<Transport, 'request'>): GitlabTokenEndpoint {
  async function request(what: RemoteRequest): Promise<unknown> {
    try {
      return (await transport.request(what)).body
    } catch (failure) {
      throw failure instanceof RemoteFailure ? aboutTheSignInItself('GitLab', failure) : failure
    }
  }
  const post = (path: string, fields: Readonly<Record<string, string>>, urgency: 'person' | 'poll') =>
    request({
      method: 'POST',
      url: `${url}${path}`,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      body: new URLSearchParams(fields).toString(),
      urgency,
    })
  const issue = async (fields: Readonly<Record<string, string>>, urgency: 'person' | 'poll'): Promise<IssuedTokens> => {
    const issued = readGitlab('a sign-in', tokenAnswer, await post('/oauth/token', fields, urgency))
    return {
      accessToken: issued.access_token,
      refreshToken: issued.refresh_token,
      scopes: issued.scope ? issued.scope.split(/\s+/) : null,
      accessLifeMs: issued.expires_in ? issued.expires_in * 1000 : null,
      // It lives until it is used or ended.
      refreshLifeMs: null,
    }
  }
  const probe = async (accessToken: string): Promise<'accepted' | 'refused'> => {
    try {
      const headers = { Authorization: `Bearer ${accessToken}`, Accept: 'application/json' }
      await request({ method: 'GET', url: `${url}${tokenInfoPath}`, headers })
      return 'accepted'
    } catch (failure) {
      if (failure instanceof RemoteFailure && failure.status === 401) return 'refused'
      throw failure
    }
  }
  return {
    probe,
    exchange: (clientId, { code, redirectUri, verifier }) =>
      issue(
        {
          grant_type: 'authorization_code',
          client_id: clientId,
          code,
          redirect_uri: redirectUri,
          code_verifier: verifier,
        },
        'person',
      ),
    refresh: (refreshToken, clientId, redirectUri) =>
      issue(
        {
          grant_type: 'refresh_token',
          client_id: clientId,
          refresh_token: refreshToken,
          // GitLab wants the address the sign-in came back to.
          ...(redirectUri === null ? {} : { redirect_uri: redirectUri }),
        },
        'poll',
      ),
    async revoke(accessToken, clientId) {
      // GitLab says yes to anything here, also of a token that is over and whose refresh token lives on.
      if ((await probe(accessToken)) === 'refused') {
        throw new RemoteFailure('rejected', 'GitLab does not know this sign-in any more.', {
          status: 401,
          refused: true,
        })
      }
      await post('/oauth/revoke', { client_id: clientId, token: accessToken }, 'person')
    },
    async beginDevice(clientId, scope) {
      const body = await post('/oauth/authorize_device', { client_id: clientId, scope }, 'person')
      const begun = readGitlab('a code to type', deviceAnswer, body)
      return {
        deviceCode: begun.device_code,
        userCode: begun.user_code,
        verificationUrl: begun.verification_uri,
        completeUrl: begun.verification_uri_complete ?? null,
        lifeMs: begun.expires_in * 1000,
        intervalMs: (begun.interval ?? usualInterval) * 1000,
      }
    },
    pollDevice: (clientId, deviceCode) =>
      issue({ grant_type: deviceGrant, client_id: clientId, device_code: deviceCode }, 'person'),
  }
}
