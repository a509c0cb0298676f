import type { Clock, SecretVault } from '../../ports.ts'
import { Refusal } from '../../refusal.ts'
import { readSecret } from '../../secrets/read-secret.ts'
import { RemoteFailure } from '../../transport/remote-failure.ts'
import type { ZendeskCredentials } from './credentials.ts'

/** What signing with an API token needs. */
export interface TokenCredentialOptions {
  /** Whose token it is used as. */
  readonly email: string
  /** Holds the token under `apiTokenKey`. */
  readonly vault: SecretVault
  readonly clock: Pick<Clock, 'now'>
}

/** Name of the API token in the vault. */
export const apiTokenKey = 'zendesk.token'

/** The day on which Zendesk takes no API token any more; "Removal of API tokens", Zendesk help article 10840968198042. */
const apiTokensEndAt = Date.UTC(2027, 3, 30)
const end = '30 April 2027'
/** Days without use after which Zendesk switches a token off, since 28 July 2026; the same article. */
const idleDays = 30

/**
 * Signs with an API token that exists already (Basic, `email/token:TOKEN`). It cannot be renewed, nor ended by an agent: only an
 * administrator can do that.
 */
export function createTokenCredentials({ email, vault, clock }: TokenCredentialOptions): ZendeskCredentials {
  // SECURITY: known by heart once it was read: another token under this name belongs to another sign-in, at another host perhaps.
  let known: string | null = null
  return {
    kind: 'api-token',
    fetch: null,
    async headers() {
      known ??= await readToken(vault)
      return { Authorization: `Basic ${Buffer.from(`${email}/token:${known.trim()}`).toString('base64')}` }
    },
    renew: async () => false,
    async health() {
      const isOver = clock.now() >= apiTokensEndAt
      return {
        mayWrite: null,
        scopes: null,
        endsAt: apiTokensEndAt,
        advice: [
          isOver
            ? `Zendesk stopped taking API tokens on ${end}. Sign in with OAuth or on your company's sign-in page.`
            : `Zendesk takes API tokens until ${end} only. Sign in with OAuth or on your company's sign-in page before that.`,
          `Zendesk switches off a token that is not used for ${idleDays} days: think of that before a long absence.`,
          'An API token opens the whole account to whoever has it. Signing out removes it from this computer; only an administrator can end it at Zendesk.',
        ],
      }
    },
    async signOut() {
      try {
        await vault.delete(apiTokenKey)
        known = null
      } catch {
        throw new Refusal(
          'refused',
          'The API token could not be removed from the place where sign-ins are kept. Unlock your keychain and sign out again.',
        )
      }
      return { revoked: false }
    },
  }
}

async function readToken(vault: SecretVault): Promise<string> {
  const token = await readSecret(vault, apiTokenKey)
  if (token) return token
  throw new RemoteFailure('unauthorized', 'There is no Zendesk API token here. Sign in again in Settings.')
}
