import type { SecretVault } from '../ports.ts'

/** Keeps secrets until the process ends. */
export function createMemoryVault(): SecretVault {
  const secrets = new Map<string, string>()
  return {
    get: async (key) => secrets.get(key),
    set: async (key, secret) => void secrets.set(key, secret),
    delete: async (key) => void secrets.delete(key),
    describe: () => ({ kind: 'memory', persistent: false, protected: true }),
  }
}
