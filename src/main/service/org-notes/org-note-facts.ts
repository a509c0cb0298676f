import { writeHours } from '#core/people/hours-words.ts'
import { policyFor } from '#core/policy/policy-overrides.ts'
import type { Policy } from '#core/policy/policy.ts'
import type { NoteMaterial } from '#core/org-note/compose-note.ts'
import type { NoteFacts } from '#core/org-note/note-warnings.ts'
import type { Person } from '#core/people/people.ts'
import { Temporal } from 'temporal-polyfill'
import { isRestricted } from '../db/org-notes.ts'
import type { ReadDb } from '../db/sql.ts'
import { readRoster, type Roster, type StoredAccount } from '../db/workspace.ts'
import { Refusal } from '../refusal.ts'

/** What is known here of an account, for its note. */
export interface NoteSubject {
  readonly account: StoredAccount
  readonly ase: Person | null
  readonly restricted: boolean
  /** Whether new tickets are the ASE's. */
  readonly autoAssigned: boolean
  /** Coverages that run or are to come, the next one first. */
  readonly covers: readonly { readonly name: string; readonly until: string }[]
}

/**
 * What is known of an account.
 *
 * @throws {Refusal} where it is not followed.
 */
export function noteSubject(db: ReadDb, accountId: number, policy: Policy, now: number): NoteSubject {
  const roster = readRoster(db)
  const account = roster.accounts.find(({ id }) => id === accountId)
  if (!account) {
    const missing = { what: 'account', id: String(accountId) }
    throw new Refusal('not-found', `Organization ${accountId} is not followed.`, { missing })
  }
  const ase = roster.people.find(({ id }) => id === account.aseId) ?? null
  return {
    account,
    ase,
    restricted: isRestricted(db, accountId),
    autoAssigned: policyFor(account.policyOverrides, policy).contributing.notAssignedToAse === 'like-assigned',
    covers: coversOf(roster, account, ase?.timeZone ?? 'UTC', now),
  }
}

/** What a note of an account is held against. */
export function factsOf({ account, ase, restricted }: NoteSubject, now: number): NoteFacts {
  return { now, timeZone: ase?.timeZone ?? 'UTC', ase, restrictedName: restricted ? account.name : null }
}

/**
 * What a note of an account is written from.
 *
 * @throws {Refusal} where it has no ASE, or nothing is known of them.
 */
export function materialOf(
  { account, ase, restricted, autoAssigned }: NoteSubject,
  chosen: Partial<Pick<NoteMaterial, 'autoAssigned' | 'cover'>>,
): NoteMaterial {
  if (!ase) {
    throw new Refusal(
      'refused',
      `${account.name} has no ASE here, and a note says who it is. Name one under Accounts first.`,
    )
  }
  const { name, slackHandle, region, timeZone, workingHours } = ase
  return {
    customer: restricted ? null : account.name,
    ase: { name, slackHandle, region: region.trim(), timeZone, hours: writeHours(workingHours) },
    autoAssigned: chosen.autoAssigned ?? autoAssigned,
    cover: chosen.cover ?? null,
  }
}

function coversOf(roster: Roster, account: StoredAccount, timeZone: string, now: number): NoteSubject['covers'] {
  return roster.coverages
    .filter(({ accountId, endsAt }) => accountId === account.id && endsAt > now)
    .map(({ coverId, endsAt }) => ({
      name: roster.people.find(({ id }) => id === coverId)?.name ?? `user ${coverId}`,
      // One that ends at midnight does not reach into the next day.
      until: dayAt(endsAt - 1, timeZone),
    }))
}

/** The calendar day at an instant in a zone, `YYYY-MM-DD`. */
export function dayAt(at: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}
