import type { KeptData } from '#contract/customer-data.ts'
import { keptAccounts, type KeptAccount } from '#core/customer-data/kept-accounts.ts'
import { removalWords } from '#core/customer-data/removal-words.ts'
import type { Policy } from '#core/policy/policy.ts'
import { unsettledWords } from '../accounts/unsettled-words.ts'
import { countTickets } from '../db/account-data.ts'
import { unsettledChanges } from '../db/accounts.ts'
import { readRemovals, type StoredRemoval } from '../db/data-removals.ts'
import type { ReadDb } from '../db/sql.ts'
import { ownCoverages, readRoster, type Roster } from '../db/workspace.ts'
import { findMeetings } from '../returns/find-meetings.ts'

/** What is looked at to say whose data is kept. */
export interface KeepingDesk {
  readonly db: ReadDb
  readonly roster: Roster
  readonly policy: Policy
  readonly now: number
  /** Why a removal that was begun could not be brought to its end, in words, by account. */
  readonly problems: ReadonlyMap<number, string>
}

/** Looks at the workspace as it is now. */
export function keepingDesk(db: ReadDb, parts: Omit<KeepingDesk, 'db' | 'roster'>): KeepingDesk {
  return { db, roster: readRoster(db), ...parts }
}

/** Accounts whose data is here because I covered them, the first due foremost. */
export function findKept({ db, roster, policy, now }: KeepingDesk): KeptAccount[] {
  const meId = roster.me?.id ?? null
  return keptAccounts({
    ...{ meId, now, accounts: roster.accounts, removals: readRemovals(db) },
    coverages: ownCoverages(roster.plannedCoverages, meId),
    removeAfterDays: policy.returning.removeAfterDays,
  })
}

/** What has to be done with the data of an account before it can go: something of it is on its way out. Null where nothing is. */
export function onItsWay(db: ReadDb, accountId: number): string | null {
  const [change] = unsettledChanges(db, accountId, 'worked-on')
  return change ? `${unsettledWords(change)}.` : null
}

/** Why the data of an account that is due stays, and what to do; null where nothing keeps it. */
export function keepsIt(desk: KeepingDesk, { account }: KeptAccount): string | null {
  const open = findMeetings(desk).some(
    ({ accountId, role, stage, state }) =>
      accountId === account.id && role === 'cover' && state === 'due' && stage !== 'handed-back',
  )
  if (open) return `${account.name} is not handed back yet. Hand it back under Return, or remove its data now.`
  return onItsWay(desk.db, account.id)
}

/** What is kept and until when, and what was removed, the latest first. */
export function listKept(desk: KeepingDesk): KeptData[] {
  const kept = findKept(desk).map((one) => keptOf(desk, one))
  const former = new Set(desk.roster.formerAccounts.map(({ id }) => id))
  const removed = readRemovals(desk.db)
    .filter(({ accountId }) => former.has(accountId))
    .toSorted((a, b) => (b.removedAt ?? 0) - (a.removedAt ?? 0) || a.accountName.localeCompare(b.accountName))
    .map((removal) => removedOf(desk, removal))
  return [...kept, ...removed]
}

function keptOf(desk: KeepingDesk, one: KeptAccount): KeptData {
  const waitsFor = one.dueAt > desk.now ? null : keepsIt(desk, one)
  return {
    ...{ accountId: one.account.id, accountName: one.account.name, endedAt: one.endedAt, dueAt: one.dueAt },
    ...{ state: waitsFor === null ? 'kept' : 'waits', waitsFor: waitsFor ?? '', proof: null },
  }
}

function removedOf({ db, roster, problems }: KeepingDesk, removal: StoredRemoval): KeptData {
  const { accountId, accountName, endedAt, removed, left } = removal
  const removedAt = removal.removedAt ?? 0
  const about = { accountId, accountName, endedAt, dueAt: removedAt }
  if (left === null) {
    const waitsFor = problems.get(accountId) ?? 'It is being removed.'
    return { ...about, state: 'waits', waitsFor, proof: null }
  }
  const timeZone = roster.me?.timeZone ?? 'UTC'
  const words = removalWords({ removedAt, removed, left, staying: countTickets(db, accountId), timeZone })
  const counts = (['tickets', 'messages', 'people'] as const).map((what) => ({ what, count: removed[what] }))
  return { ...about, state: 'removed', waitsFor: '', proof: { removedAt, removed: counts, left, words } }
}
