import type { SecretVault } from '../ports.ts'

/** Keeps secrets until the process ends; `entries` are there from the start. */
export function createMemoryVault(entries: readonly (readonly [string, string])[] = []): SecretVault {
  const secrets = new Map<string, string>(entries)
  return {
    get: async (key) => secrets.get(key),
    set: async (key, secret) => void secrets.set(key, secret),
    delete: async (key) => void secrets.delete(key),
    describe: () => ({ kind: 'memory', persistent: false, protected: true }),
  }
}
