import { restrictedAccounts } from '../db/desks.ts'
import type { ReadDb } from '../db/sql.ts'
import { Refusal } from '../refusal.ts'

/** The name of a restricted account whose name or number stands in a text; null where there is none. */
export function restrictedIn(db: ReadDb, text: string): string | null {
  const written = text.toLowerCase()
  const found = restrictedAccounts(db).find(
    ({ id, name }) => written.includes(name.toLowerCase()) || new RegExp(`(?<!\\d)${id}(?!\\d)`).test(written),
  )
  return found?.name ?? null
}

/** The restricted account that a change is of, or that its texts name; null where there is none. */
export function restrictedFor(db: ReadDb, accountId: number | null, texts: readonly string[]): string | null {
  const own = restrictedAccounts(db).find(({ id }) => id === accountId)
  return own?.name ?? restrictedIn(db, texts.join('\n'))
}

/**
 * Keeps a text here that names a restricted account.
 *
 * @throws {Refusal} when it does.
 */
export function refuseRestricted(db: ReadDb, text: string): void {
  const name = restrictedIn(db, text)
  if (name === null) return
  // SECURITY: of a restricted account nothing is copied to another place.
  throw new Refusal(
    'refused',
    `${name} is restricted, and its name would be copied out of Understudy. Leave the account out first.`,
  )
}
