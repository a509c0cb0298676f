import { concernAt, myConcerns, type Concern } from '#core/alerts/scope.ts'
import { whyWords, type AlertReader } from '#core/alerts/alert-words.ts'
import { nextAvailable } from '#core/clocks/next-available.ts'
import { handoffIdOf } from '#core/handoff/change-handoff.ts'
import { isWithin, overlapOf } from '#core/instant.ts'
import type { Absence, Person } from '#core/people/people.ts'
import type { Policy } from '#core/policy/policy.ts'
import type { Settings } from '#contract/settings.ts'
import { readWatchedHandoff, type WatchedHandoff } from '../db/alert-handoffs.ts'
import { firstReadAt, organizationScope, readCursor } from '../db/cursors.ts'
import type { ReadDb } from '../db/sql.ts'
import { readRoster, type Roster, type StoredAccount } from '../db/workspace.ts'

/** A handoff of an account that I cover now. */
export interface RunningHandoff extends Pick<WatchedHandoff, 'watched'> {
  readonly id: string
  /** By somebody who covers the account. */
  readonly accepted: boolean
}

/** An account as its alerts see it. */
export interface AlertingAccount {
  readonly account: StoredAccount
  /** When it concerns me, past and future. */
  readonly concerns: readonly Concern[]
  /** When I, its ASE, am away and somebody covers it: what happens then is listed for my return. */
  readonly covered: readonly Concern[]
  /** How it concerns me now; null when it does not. */
  readonly concern: Concern | null
  /** Those of the coverages of mine that run now: as a rule one, or none where it was not begun. */
  readonly handoffs: readonly RunningHandoff[]
  /** What was so before this is not announced; null while its tickets have not been read to the end once. */
  readonly knownSince: number | null
  /** Since when its tickets are known to be complete. */
  readonly completedAt: number | null
  /** Why the last attempt to read them failed, in words. */
  readonly problem: string | null
  readonly ase: Person | null
  /** When its ASE is next at work; undefined when that is not known. */
  aseOnlineAt(): number | undefined
  /** Why the person sees its alerts; by a former concern where it has none now. */
  why(former: Concern, reader: AlertReader): string
  /** What the alerts of its tickets follow from, beside the tickets: another one, and all of them are looked at again. */
  readonly basis: string
}

/** Who is told of what, as it is at one instant. */
export interface Situation {
  readonly now: number
  readonly me: Person
  readonly roster: Roster
  readonly settings: Settings
  readonly policy: Policy
  readonly reader: AlertReader
  readonly accounts: ReadonlyMap<number, AlertingAccount>
  /** Whose handoff each running one is, by its id. */
  readonly handoffs: ReadonlyMap<string, AlertingAccount>
  /** Since when alerts are looked for at all. */
  readonly first: number
}

/** What a situation is read from. */
export interface SituationFacts {
  readonly db: ReadDb
  readonly now: number
  readonly settings: Settings
  readonly policy: Policy
  readonly first: number
}

/** Reads how things stand now; null while nobody knows who I am. */
export function readSituation({ db, now, settings, policy, first }: SituationFacts): Situation | null {
  const roster = readRoster(db)
  const { me } = roster
  if (me === null) return null
  const concerns = Map.groupBy(myConcerns({ ...roster, meId: me.id }), ({ accountId }) => accountId)
  const accounts = new Map<number, AlertingAccount>()
  for (const account of roster.accounts) {
    const ofAccount = concerns.get(account.id)
    if (!ofAccount) continue
    accounts.set(account.id, alertingAccount(db, account, ofAccount, { now, roster, settings, first }))
  }
  const reader = { now, timeZone: me.timeZone, customerText: settings.customerTextInNotifications }
  const handoffs = new Map([...accounts.values()].flatMap((one) => one.handoffs.map(({ id }) => [id, one] as const)))
  return { now, me, roster, settings, policy, reader, accounts, handoffs, first }
}

function alertingAccount(
  db: ReadDb,
  account: StoredAccount,
  concerns: readonly Concern[],
  context: Pick<Situation, 'now' | 'roster' | 'settings' | 'first'>,
): AlertingAccount {
  const { now, roster, settings, first } = context
  const { completedAt, problem } = readCursor(db, 'zendesk', organizationScope(account.id))
  const readAt = completedAt === null ? null : firstReadAt(db, 'zendesk', organizationScope(account.id))
  // Zendesk tells when a ticket was opened to the second: one of the very second of the first look may have come after it.
  const knownSince = readAt === null ? null : Math.floor(Math.max(readAt, first) / 1000) * 1000
  const ase = roster.people.find(({ id }) => id === account.aseId) ?? null
  const absences = roster.absences.filter(({ personId }) => personId === account.aseId)
  const concern = concernAt(concerns, account.id, now)
  const handoffs = concern?.as === 'cover' ? runningHandoffs(db, account, context) : []
  let words: string | null = null
  let online: { readonly at: number | undefined } | null = null
  return {
    account,
    concerns,
    covered: coveredMeanwhile(account, roster),
    concern,
    handoffs,
    knownSince,
    completedAt,
    problem,
    ase,
    aseOnlineAt: () => (online ??= { at: ase ? nextAvailable(ase, absences, now) : undefined }).at,
    why(former, reader) {
      if (!concern) return whyWords(former, account.name, reader)
      return (words ??= whyWords(concern, account.name, reader))
    },
    basis: JSON.stringify([
      concerns.map(({ startsAt, endsAt, as }) => [startsAt, endsAt, as]),
      concern?.startsAt ?? null,
      knownSince,
      // The clock may have been set back since.
      knownSince !== null && knownSince <= now,
      settings.breachLeadMinutes,
      settings.emergencyMark.by,
      settings.emergencyMark.value,
      account.aseId,
      ase?.workingHours,
      absences.map(spanOf),
      ...handoffs.map(({ id, watched, accepted }) => [id, watched, accepted]),
    ]),
  }
}

function runningHandoffs(
  db: ReadDb,
  account: StoredAccount,
  { now, roster }: Pick<Situation, 'now' | 'roster'>,
): RunningHandoff[] {
  const ofAccount = roster.coverages.filter(({ accountId }) => accountId === account.id)
  const mine = ofAccount.filter((coverage) => coverage.coverId === roster.me?.id && isWithin(now, coverage))
  return [...new Set(mine.map(({ absenceId }) => absenceId))].flatMap((absenceId) => {
    const absence = roster.absences.find(({ id }) => id === absenceId)
    if (!absence) return []
    const id = handoffIdOf(absence.planId ?? absence.id, account.id)
    const handoff = readWatchedHandoff(db, id)
    if (!handoff) return []
    const { acceptedBy, watched } = handoff
    const covers = ofAccount.filter((coverage) => coverage.absenceId === absenceId)
    return [{ id, watched, accepted: covers.some(({ coverId }) => coverId === acceptedBy) }]
  })
}

function coveredMeanwhile(account: StoredAccount, { me, absences, coverages }: Roster): Concern[] {
  if (me === null || account.aseId !== me.id) return []
  const away = absences.filter(({ personId }) => personId === me.id)
  return coverages
    .filter(({ accountId, coverId }) => accountId === account.id && coverId !== me.id)
    .flatMap((coverage) =>
      away.flatMap((absence) => {
        const window = overlapOf(coverage, absence)
        return window ? [{ ...window, accountId: account.id, as: 'ase' as const, coverageIds: [coverage.id] }] : []
      }),
    )
}

function spanOf({ startsAt, endsAt }: Absence): readonly number[] {
  return [startsAt, endsAt]
}
