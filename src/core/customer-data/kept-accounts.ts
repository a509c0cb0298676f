import type { InstantMs, Window } from '../instant.ts'

const dayMs = 86_400_000

/** An account as far as it decides whether its data stays here. */
export interface KeepableAccount {
  readonly id: number
  readonly name: string
  readonly aseId: number | null
}

/** A coverage of mine; it ends when the account was handed back. */
export interface OwnCoverage extends Window {
  readonly accountId: number
}

/** What was ordered or done about the data of an account that I covered. */
export interface DataRemoval {
  readonly accountId: number
  /** Until when somebody asked for it to be kept; null: as long as the policy says. */
  readonly keepUntil: InstantMs | null
  /** When it was removed; null: never. */
  readonly removedAt: InstantMs | null
  /** Somebody chose to follow the account again since. */
  readonly followed: boolean
}

/** What decides whose data is kept until when. */
export interface KeepingFacts {
  /** Null where nobody is signed in. */
  readonly meId: number | null
  readonly accounts: readonly KeepableAccount[]
  readonly coverages: readonly OwnCoverage[]
  readonly removals: readonly DataRemoval[]
  /** Of the policy. */
  readonly removeAfterDays: number
  readonly now: InstantMs
}

/** An account that I covered, and when its data is to be removed. */
export interface KeptAccount {
  readonly account: KeepableAccount
  /** When the last coverage ended. */
  readonly endedAt: InstantMs
  readonly dueAt: InstantMs
}

/**
 * Accounts whose data is here because I covered them, by when it is to be removed. Those that are mine, that I cover or will cover, and that
 * I never covered are not among them.
 */
export function keptAccounts(facts: KeepingFacts): KeptAccount[] {
  const { meId, accounts, now, removeAfterDays } = facts
  return accounts
    .flatMap((account): KeptAccount[] => {
      const ends = endsOf(facts.coverages, account.id)
      if (meId === null || account.aseId === meId || ends.length === 0) return []
      const removal = facts.removals.find(({ accountId }) => accountId === account.id)
      const endedAt = Math.max(...ends)
      if (endedAt > now || endedAt <= (removal?.removedAt ?? -Infinity)) return []
      return [{ account, endedAt, dueAt: Math.max(endedAt + removeAfterDays * dayMs, removal?.keepUntil ?? 0) }]
    })
    .toSorted((a, b) => a.dueAt - b.dueAt || a.account.name.localeCompare(b.account.name))
}

/** Whether nothing of an account is to be read because its data was removed. It is read anew once I cover or follow it again, or am its ASE. */
export function isLetGo(
  account: KeepableAccount,
  facts: Pick<KeepingFacts, 'meId' | 'coverages' | 'removals'>,
): boolean {
  const removal = facts.removals.find(({ accountId }) => accountId === account.id)
  if (!removal || removal.removedAt === null || removal.followed) return false
  const { removedAt } = removal
  if (facts.meId !== null && account.aseId === facts.meId) return false
  return endsOf(facts.coverages, account.id).every((endsAt) => endsAt <= removedAt)
}

function endsOf(coverages: readonly OwnCoverage[], id: number): number[] {
  return coverages.filter(({ accountId }) => accountId === id).map(({ endsAt }) => endsAt)
}
