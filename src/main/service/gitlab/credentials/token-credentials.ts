import type { SecretVault } from '../../ports.ts'
import { Refusal } from '../../refusal.ts'
import { readSecret } from '../../secrets/read-secret.ts'
import { RemoteFailure } from '../../transport/remote-failure.ts'
import type { GitlabCredentials } from './credentials.ts'

/** Name of the personal access token in the vault. */
export const gitlabTokenKey = 'gitlab.token'

/** Signs with a personal access token, classic or fine-grained. It cannot be renewed, and is not Understudy's to end. */
export function createGitlabTokenCredentials(vault: SecretVault): GitlabCredentials {
  // SECURITY: known by heart once it was read: another token under this name belongs to another sign-in, at another host perhaps.
  let known: string | null = null
  return {
    kind: 'token',
    async headers() {
      known ??= (await readSecret(vault, gitlabTokenKey)) ?? null
      if (known === null) {
        throw new RemoteFailure('unauthorized', 'There is no GitLab token here. Connect GitLab again in Settings.')
      }
      // SECURITY: in a header, never in the address: addresses end up in logs of proxies.
      return { 'PRIVATE-TOKEN': known.trim() }
    },
    renew: async () => false,
    scopes: async () => null,
    async signOut() {
      try {
        await vault.delete(gitlabTokenKey)
        known = null
      } catch {
        throw new Refusal(
          'refused',
          'The GitLab token could not be removed from the place where sign-ins are kept. Unlock your keychain and sign out again.',
        )
      }
      return { revoked: false }
    },
  }
}
