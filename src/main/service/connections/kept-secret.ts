import type { SecretVault } from '../ports.ts'
import { Problem } from '../problem.ts'
import { Refusal } from '../refusal.ts'

/** The secret of a new sign-in, and the one whose place it takes until it is certain that the new one will be used. */
export interface KeptSecret {
  /** Keeps in mind what the vault holds before a new sign-in. */
  remember(): Promise<void>
  /**
   * Puts the new secret in its place, where that is not done already.
   *
   * @throws {Refusal} when the vault does not take it.
   */
  keep(): Promise<void>
  /** Puts the former one back. */
  putBack(): Promise<void>
}

/** A sign-in that has no secret in the vault. */
export const noSecret: KeptSecret = {
  remember: async () => undefined,
  keep: async () => undefined,
  putBack: async () => undefined,
}

/**
 * The secret under `key`.
 *
 * @param next the new one; left out where somebody else puts it into the vault.
 */
export function keptSecret(vault: SecretVault, key: string, next?: string): KeptSecret {
  let former: { readonly secret: string | undefined } | null = null
  async function remember(): Promise<void> {
    former ??= { secret: await vault.get(key).catch(() => undefined) }
  }
  return {
    remember,
    async keep() {
      if (next === undefined) return
      await remember()
      try {
        await vault.set(key, next)
      } catch (error) {
        // SECURITY: only our own sentences are passed on; what a keychain says may quote what it was given.
        const why = error instanceof Problem ? error.message : 'Unlock your keychain, or make room on the disk.'
        throw new Refusal(
          'refused',
          `The place where sign-ins are kept did not take this one, so nothing was changed. ${why}`,
        )
      }
    },
    async putBack() {
      if (!former) return
      const { secret } = former
      await (secret === undefined ? vault.delete(key) : vault.set(key, secret)).catch(() => undefined)
    },
  }
}
