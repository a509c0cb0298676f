import { createTokenKeeper, type TokenKeeper, type TokenKeeperOptions } from '../../oauth/token-keeper.ts'
import type { Clock, SecretVault } from '../../ports.ts'
import { RemoteFailure } from '../../transport/remote-failure.ts'
import type { Transport } from '../../transport/transport.ts'
import { createSignedRequests } from '../signed-requests.ts'
import type { CredentialHealth, ZendeskCredentials } from './credentials.ts'
import { bearer, createTokenEndpoint, currentTokenPath, readCurrentToken, refreshDays } from './token-endpoint.ts'

/** What signing by OAuth needs. */
export interface OauthCredentialOptions {
  /** `https://example.zendesk.com`, without a slash at its end. */
  readonly url: string
  readonly vault: SecretVault
  readonly transport: Pick<Transport, 'request'>
  readonly clock: Pick<Clock, 'now'>
  /** Tells the person, in a sentence, of something that went wrong and was worked around. */
  report(sentence: string): void
  /** Tokens that were just issued and are not stored yet; without them the vault's are used. */
  readonly fresh?: TokenKeeperOptions['fresh']
}

/** A sign-in by OAuth; `store` puts fresh tokens in place of what the vault holds. */
export type OauthCredentials = ZendeskCredentials & Pick<TokenKeeper, 'store'>

/** Name of the pair of tokens in the vault. */
export const oauthKey = 'zendesk.oauth'

/**
 * Signs with the tokens of an OAuth sign-in, renewed as long as the app is used now and then. All that talks to one Zendesk shares one of
 * these: two of them would renew the same pair.
 */
export function createOauthCredentials(options: OauthCredentialOptions): OauthCredentials {
  const { url, vault, transport, clock } = options
  const keeper = createTokenKeeper({
    name: 'Zendesk',
    issuer: url,
    key: oauthKey,
    vault,
    endpoint: createTokenEndpoint(url, transport),
    clock,
    report: (sentence) => options.report(sentence),
    ...(options.fresh === undefined ? {} : { fresh: options.fresh }),
  })
  const credentials: OauthCredentials = {
    kind: 'oauth',
    fetch: null,
    headers: async () => bearer(await keeper.accessToken()),
    async renew(used, failure) {
      if (failure.kind !== 'unauthorized') return false
      return keeper.renew((used['Authorization'] ?? '').replace(/^Bearer /, ''))
    },
    health: () => healthOf(url, credentials, keeper, options),
    signOut: async () => ({ revoked: await keeper.signOut() }),
    store: () => keeper.store(),
  }
  return credentials
}

async function healthOf(
  url: string,
  credentials: ZendeskCredentials,
  keeper: TokenKeeper,
  { transport, vault }: OauthCredentialOptions,
): Promise<CredentialHealth> {
  const told = await askZendesk(url, credentials, transport)
  const known = await keeper.describe()
  const scopes = told?.scopes ?? known?.scopes ?? null
  const mayWrite = scopes && scopes.some((scope) => scope === 'write' || scope === 'tickets:write')
  return {
    mayWrite,
    scopes,
    endsAt: told?.refreshEndsAt ?? known?.refreshEndsAt ?? null,
    advice: [
      ...(mayWrite === false
        ? ['This sign-in may only read: Zendesk will refuse Ccs, notes and transfers. Sign in again and allow writing.']
        : []),
      `When Understudy is not used for ${refreshDays} days, you have to sign in again.`,
      ...(known?.stored === false
        ? [
            'The sign-in is not stored on this computer yet: after a restart you have to sign in again. Unlock your keychain.',
          ]
        : []),
      ...(vault.describe().persistent
        ? []
        : ['Sign-ins are kept in memory only: after a restart you have to sign in again.']),
    ],
  }
}

/** What Zendesk says of the token; null when it does not let this token ask. */
async function askZendesk(url: string, credentials: ZendeskCredentials, transport: Pick<Transport, 'request'>) {
  const send = createSignedRequests(credentials, transport)
  try {
    const { body } = await send({ method: 'GET', url: `${url}${currentTokenPath}`, headers: {}, urgency: 'person' })
    return readCurrentToken(body)
  } catch (failure) {
    if (failure instanceof RemoteFailure && (failure.kind === 'forbidden' || failure.kind === 'not-found')) return null
    throw failure
  }
}
