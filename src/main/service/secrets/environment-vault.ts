import type { SecretVault } from '../ports.ts'

/**
 * Reads secrets from environment variables, for scripts and continuous integration: the secret `zendesk.token` is
 * `UNDERSTUDY_SECRET_ZENDESK_TOKEN`. What is set or deleted while running goes to `kept` and wins over the environment.
 */
export function createEnvironmentVault(
  env: Readonly<Record<string, string | undefined>>,
  kept: SecretVault,
): SecretVault {
  const deleted = new Set<string>()
  return {
    async get(key) {
      const secret = await kept.get(key)
      if (secret !== undefined || deleted.has(key)) return secret
      return env[secretVariable(key)] || undefined
    },
    async set(key, secret) {
      await kept.set(key, secret)
      deleted.delete(key)
    },
    async delete(key) {
      await kept.delete(key)
      deleted.add(key)
    },
    describe: () => ({ ...kept.describe(), kind: `environment and ${kept.describe().kind}` }),
  }
}

/** Name of the environment variable that holds a secret. */
export function secretVariable(key: string): string {
  return `UNDERSTUDY_SECRET_${key.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')}`
}
