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
      if (secret !== undefined) hideAll(secret, hide)
      return secret
    },
    async set(key, secret) {
      hideAll(secret, hide)
      await vault.set(key, secret)
    },
    delete: (key) => vault.delete(key),
    describe: () => vault.describe(),
  }
}

/** A sign-in is kept as JSON: its tokens turn up one by one, so each of them is hidden as well. */
function hideAll(secret: string, hide: (secret: string) => void): void {
  hide(secret)
  for (const [name, value] of Object.entries(fieldsOf(secret))) {
    if (/token$/i.test(name) && typeof value === 'string') hide(value)
  }
}

function fieldsOf(text: string): object {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
