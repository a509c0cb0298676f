import type { SecretVault } from '../ports.ts'
import { Problem } from '../problem.ts'
import { Refusal } from '../refusal.ts'

/** Where the addresses of feeds are kept: whoever has one can read the calendar. */
export interface FeedSecrets {
  /**
   * The address of a calendar, or undefined where the place forgot it.
   *
   * @throws {Refusal} when the place cannot be read.
   */
  get(calendarId: string): Promise<URL | undefined>
  /** @throws {Refusal} when the place does not take it. */
  set(calendarId: string, url: URL): Promise<void>
  /** @throws {Refusal} when the place does not let go of it. */
  delete(calendarId: string): Promise<void>
}

/** Keeps addresses in the vault. */
export function createFeedSecrets(vault: SecretVault): FeedSecrets {
  const keyOf = (calendarId: string) => `calendar.${calendarId}`
  return {
    async get(calendarId) {
      const text = await vault
        .get(keyOf(calendarId))
        .catch(refuse('The calendar’s address could not be read from where secrets are kept.'))
      return text === undefined ? undefined : (URL.parse(text) ?? undefined)
    },
    async set(calendarId, url) {
      const words = 'The place where secrets are kept did not take the calendar’s address, so nothing was changed.'
      await vault.set(keyOf(calendarId), url.href).catch(refuse(words))
    },
    async delete(calendarId) {
      const words = 'The place where secrets are kept did not let go of the calendar’s address, so nothing was changed.'
      await vault.delete(keyOf(calendarId)).catch(refuse(words))
    },
  }
}

// SECURITY: only our own sentences are passed on; what a keychain says may quote what it was given.
function refuse(words: string): (cause: unknown) => never {
  return (cause) => {
    const why = cause instanceof Problem ? cause.message : 'Unlock your keychain, or make room on the disk.'
    throw new Refusal('refused', `${words} ${why}`)
  }
}
