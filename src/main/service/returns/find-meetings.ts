import type { ReturnMeeting, ReturnStage } from '#contract/returns.ts'
import { handoffIdOf } from '#core/handoff/change-handoff.ts'
import { countDecisions, readMeetings, type StoredMeeting } from '../db/return-meetings.ts'
import type { ReadDb } from '../db/sql.ts'
import type { Roster, StoredAbsence, StoredCoverage } from '../db/workspace.ts'
import { Refusal } from '../refusal.ts'

/** What return meetings are found in. */
export interface MeetingFacts {
  readonly db: ReadDb
  readonly roster: Roster
  readonly now: number
}

/** What is stored of meetings, by their id. */
interface Kept {
  readonly meetings: ReadonlyMap<string, StoredMeeting>
  readonly decided: ReadonlyMap<string, number>
}

/**
 * Accounts that I covered or that were covered for me: what is due first, the last ended foremost, then what goes on, then what is to
 * come, and at last what was handed back.
 */
export function findMeetings(facts: MeetingFacts): ReturnMeeting[] {
  const kept = keptIn(facts)
  const { plannedCoverages, formerAccounts } = facts.roster
  const former = new Set(formerAccounts.map(({ id }) => id))
  const chains = Map.groupBy(
    plannedCoverages.filter(({ accountId }) => !former.has(accountId)),
    ({ absenceId, accountId }) => `${accountId} ${absenceId}`,
  )
  const order = { due: 0, covered: 1, 'not-begun': 2 } as const
  const place = ({ stage, state }: ReturnMeeting) => (stage === 'handed-back' ? 3 : order[state])
  return [...chains.values()]
    .flatMap((chain) => meetingOf(chain, facts, kept) ?? [])
    .toSorted(
      (a, b) =>
        place(a) - place(b) ||
        (a.state === 'due' ? b.endsAt - a.endsAt : a.startsAt - b.startsAt) ||
        a.accountName.localeCompare(b.accountName),
    )
}

/**
 * The meeting that a coverage leads to.
 *
 * @throws {Refusal} when there is no such coverage, or it is neither mine nor of my absence.
 */
export function findMeeting(facts: MeetingFacts, coverageId: string): ReturnMeeting {
  const meeting = meetingOf(plannedChain(facts.roster, coverageId), facts, keptIn(facts))
  if (meeting) return meeting
  throw new Refusal('refused', 'This account is handed back between two others: its ASE, and who covers it.')
}

/**
 * The coverages of one account in one absence, as they were planned, by the start.
 *
 * @throws {Refusal} when there is no such coverage, or the data of its account was removed.
 */
export function plannedChain({ plannedCoverages, formerAccounts }: Roster, coverageId: string): StoredCoverage[] {
  const coverage = plannedCoverages.find(({ id }) => id === coverageId)
  if (!coverage) {
    const words = 'This coverage is not known here. `understudy coverage` lists those that are.'
    throw new Refusal('not-found', words, { missing: { what: 'coverage', id: coverageId } })
  }
  const { absenceId, accountId } = coverage
  const former = formerAccounts.find(({ id }) => id === accountId)
  if (former) throw new Refusal('refused', `What was stored of ${former.name} was removed from this machine.`)
  return plannedCoverages
    .filter((other) => other.absenceId === absenceId && other.accountId === accountId)
    .toSorted(inOrder)
}

function keptIn({ db }: MeetingFacts): Kept {
  const meetings = new Map(readMeetings(db).map((meeting) => [meeting.id, meeting]))
  return { meetings, decided: countDecisions(db) }
}

/** Null where it concerns others, or its absence is not there any more. */
function meetingOf(chain: readonly StoredCoverage[], { roster, now }: MeetingFacts, kept: Kept): ReturnMeeting | null {
  const { me, people, accounts, absences } = roster
  const planned = chain.toSorted(inOrder)
  const [first] = planned
  const last = planned.at(-1)
  const absence = absences.find(({ id }) => id === first?.absenceId)
  if (!first || !last || !absence || me === null) return null
  const ids = new Set(planned.map(({ id }) => id))
  const held = roster.coverages.filter(({ id }) => ids.has(id)).toSorted(inOrder)
  const covers = held.length > 0 ? held : planned
  const role = absence.personId === me.id ? 'ase' : planned.some(({ coverId }) => coverId === me.id) ? 'cover' : null
  if (role === null) return null
  const ase = people.find(({ id }) => id === absence.personId)
  const nameOf = (id: number) => people.find((person) => person.id === id)?.name ?? `User ${id}`
  const meetingId = handoffIdOf(absence.planId ?? absence.id, first.accountId)
  const { stage, startedAt, handedBackAt } = standingOf(kept.meetings.get(meetingId), planned)
  const window = { startsAt: first.startsAt, endsAt: endOf(absence, planned, handedBackAt) }
  return {
    ...{ coverageId: last.id, meetingId, absenceId: absence.id, accountId: first.accountId },
    accountName: accounts.find(({ id }) => id === first.accountId)?.name ?? `Organization ${first.accountId}`,
    ...{ aseId: absence.personId, aseName: nameOf(absence.personId), aseTimeZone: ase?.timeZone ?? 'UTC' },
    covers: covers.map(({ id, coverId, startsAt, endsAt }) => ({
      ...{ coverageId: id, id: coverId, name: nameOf(coverId), startsAt, endsAt },
    })),
    ...{ role, ...window, stage, startedAt, handedBackAt },
    decided: kept.decided.get(meetingId) ?? 0,
    state: now < window.startsAt ? 'not-begun' : now < window.endsAt ? 'covered' : 'due',
  }
}

/** An account that somebody plans to cover again after it was handed back is not handed back any more: there is a list to go over. */
function standingOf(
  stored: StoredMeeting | undefined,
  planned: readonly StoredCoverage[],
): Pick<ReturnMeeting, 'startedAt' | 'handedBackAt'> & { readonly stage: ReturnStage } {
  const { startedAt = null, settledAt = null, handedBackAt = null } = stored ?? {}
  if (handedBackAt === null) return { stage: settledAt === null ? 'list' : 'wrap-up', startedAt, handedBackAt }
  const isOver = planned.every((coverage) => coverage.handedBackAt !== null || coverage.endsAt <= handedBackAt)
  return isOver ? { stage: 'handed-back', startedAt, handedBackAt } : { stage: 'list', startedAt, handedBackAt: null }
}

/** Also the last days that nobody covers are handed back. */
function endOf(absence: StoredAbsence, planned: readonly StoredCoverage[], handedBackAt: number | null): number {
  return Math.min(handedBackAt ?? Infinity, Math.max(absence.endsAt, ...planned.map(({ endsAt }) => endsAt)))
}

function inOrder(a: StoredCoverage, b: StoredCoverage): number {
  return a.startsAt - b.startsAt || a.endsAt - b.endsAt || (a.id < b.id ? -1 : 1)
}
