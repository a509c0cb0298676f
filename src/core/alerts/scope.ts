import { isWithin, overlapOf, type InstantMs, type Window } from '../instant.ts'
import type { Absence, Account, Coverage } from '../people/people.ts'
import { joinedWindows, windowsWithout } from '../windows.ts'

/** A stretch of time in which an account concerns me: I cover it, or I am its ASE and there. */
export interface Concern extends Window {
  readonly accountId: number
  readonly as: 'cover' | 'ase'
  /** Of the coverages that adjoin each other, all; none for an ASE's own account. */
  readonly coverageIds: readonly string[]
}

/** What my concerns follow from. */
export interface ConcernFacts {
  readonly meId: number
  readonly accounts: readonly Account[]
  readonly absences: readonly Absence[]
  readonly coverages: readonly Coverage[]
}

/** The whole of time, as far as instants go. */
const always: Window = { startsAt: -8.64e15, endsAt: 8.64e15 }

/**
 * When which account concerns me: from the first instant of a coverage of mine to its last; of an account whose ASE I am, always,
 * without the parts of my absences in which somebody covers it. Windows of one account and part are apart from each other.
 */
export function myConcerns(facts: ConcernFacts): Concern[] {
  return [...coveredConcerns(facts), ...ownConcerns(facts)]
}

function coveredConcerns({ meId, coverages }: ConcernFacts): Concern[] {
  const mine = coverages.filter((coverage) => coverage.coverId === meId)
  return [...Map.groupBy(mine, (coverage) => coverage.accountId)].flatMap(([accountId, ofAccount]) =>
    joinedWindows(ofAccount).map((window) => ({
      ...window,
      accountId,
      as: 'cover' as const,
      coverageIds: ofAccount.filter((coverage) => overlapOf(coverage, window)).map((coverage) => coverage.id),
    })),
  )
}

function ownConcerns({ meId, accounts, absences, coverages }: ConcernFacts): Concern[] {
  const away = absences.filter((absence) => absence.personId === meId)
  return accounts
    .filter((account) => account.aseId === meId)
    .flatMap((account) => {
      const covered = coverages
        .filter((coverage) => coverage.accountId === account.id && coverage.coverId !== meId)
        .flatMap((coverage) => away.flatMap((absence) => overlapOf(coverage, absence) ?? []))
      return windowsWithout([always], covered).map((window) => ({
        ...window,
        accountId: account.id,
        as: 'ase' as const,
        coverageIds: [],
      }))
    })
}

/** How an account concerns me at an instant, covering before being its ASE; null when it does not. */
export function concernAt(concerns: readonly Concern[], accountId: number, at: InstantMs): Concern | null {
  const now = concerns.filter((concern) => concern.accountId === accountId && isWithin(at, concern))
  return now.find((concern) => concern.as === 'cover') ?? now[0] ?? null
}
