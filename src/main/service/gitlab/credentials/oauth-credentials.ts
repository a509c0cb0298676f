import { createTokenKeeper, type TokenKeeper, type TokenKeeperOptions } from '../../oauth/token-keeper.ts'
import type { Clock, SecretVault } from '../../ports.ts'
import type { Transport } from '../../transport/transport.ts'
import type { GitlabCredentials } from './credentials.ts'
import { createGitlabTokenEndpoint } from './token-endpoint.ts'

/** What signing by OAuth needs. */
export interface GitlabOauthCredentialOptions {
  /** Address of the GitLab, without a slash at its end. */
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
export type GitlabOauthCredentials = GitlabCredentials & Pick<TokenKeeper, 'store'>

/** Name of the pair of tokens in the vault. */
export const gitlabOauthKey = 'gitlab.oauth'

/**
 * Signs with the tokens of an OAuth sign-in, in the browser or by a device code. All that talks to one GitLab shares one of these: two of
 * them would renew the same pair.
 */
export function createGitlabOauthCredentials(options: GitlabOauthCredentialOptions): GitlabOauthCredentials {
  const { url, vault, transport, clock } = options
  const keeper = createTokenKeeper({
    name: 'GitLab',
    issuer: url,
    key: gitlabOauthKey,
    vault,
    endpoint: createGitlabTokenEndpoint(url, transport),
    clock,
    report: (sentence) => options.report(sentence),
    ...(options.fresh === undefined ? {} : { fresh: options.fresh }),
  })
  return {
    kind: 'oauth',
    headers: async () => ({ Authorization: `Bearer ${await keeper.accessToken()}` }),
    renew: (used) => keeper.renew((used['Authorization'] ?? '').replace(/^Bearer /, '')),
    scopes: async () => (await keeper.describe())?.scopes ?? null,
    signOut: async () => ({ revoked: await keeper.signOut() }),
    store: () => keeper.store(),
  }
}
