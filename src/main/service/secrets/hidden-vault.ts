import type { SecretVault } from '../ports.ts'

/**
 * A vault whose secrets are kept out of the log: each is named to `hide` before anything else can see it.
 *
 * @param hide Usually `hide` of the log.
 */
export function hideSecretsOf(vault: SecretVault, hide: (secret: string) => void): SecretVault {
  return {
    async get(key) {
      const secret = await vault.get(key)
      if (secret !== undefined) hide(secret)
      return secret
    },
    async set(key, secret) {
      hide(secret)
      await vault.set(key, secret)
    },
    delete: (key) => vault.delete(key),
    describe: () => vault.describe(),
  }
}
