import { breachesBeforeOnline } from '../clocks/breaches-before-online.ts'
import { isWithin, type InstantMs } from '../instant.ts'
import type { Absence, Account, Coverage, Person } from '../people/people.ts'
import type { Policy } from '../policy/policy.ts'
import { isLive, nextBreach, type SlaClock } from '../tickets/ticket.ts'
import type { GuidanceCell } from './guidance-dimensions.ts'

/** Who asks what to do with a ticket. */
export type GuidanceRole = GuidanceCell['role']

/** What a customer said about a ticket from before their ASE: they were asked, or chose the ASE or the present assignee. */
export type PreAseChoice = 'asked' | 'ase' | 'assignee'

/** What the rules look at. All of it is given; nothing is looked up. */
export interface GuidanceFacts {
  readonly ticket: {
    readonly status: string
    readonly createdAt: InstantMs
    readonly assigneeId: number | null
    readonly assigneeName: string | null
    readonly clocks: readonly SlaClock[]
    readonly emergency: boolean
  }
  readonly account: Account | null
  readonly people: readonly Person[]
  readonly absences: readonly Absence[]
  readonly coverages: readonly Coverage[]
  readonly meId: number
  /** Whether I am on call now. */
  readonly onCall: boolean
  /** Whose eyes to look with; left out, it follows from who I am. */
  readonly role?: GuidanceRole | undefined
  /** Of a ticket from before the ASE; null while the customer was not asked. */
  readonly preAseChoice: PreAseChoice | null
  readonly now: InstantMs
  readonly policy: Policy
  /** When the account's ASE is next at work (`nextAvailable`); undefined when that is not known. */
  readonly aseOnlineAt: InstantMs | undefined
  /** Whether a day off of the ASE's is what puts that off. */
  readonly aseHasDayOff: boolean
  /** Writes an instant for the reader, in their zone. */
  readonly formatInstant: (instant: InstantMs) => string
}

/** Coverages of the ticket's account that are running. */
export function runningCoverages({ account, coverages, now }: GuidanceFacts): readonly Coverage[] {
  return coverages.filter((coverage) => coverage.accountId === account?.id && isWithin(now, coverage))
}

/** Whether a ticket was opened before the ASE took its account, and is held by somebody else (rule 10). */
export function isPreAse({ ticket, account }: Pick<GuidanceFacts, 'account'> & PreAseTicket): boolean {
  if (!account || account.aseId === null || account.aseSince === null) return false
  // What nobody holds has no present assignee between whom and the ASE the customer could choose.
  return ticket.createdAt < account.aseSince && ticket.assigneeId !== null && ticket.assigneeId !== account.aseId
}

interface PreAseTicket {
  readonly ticket: Pick<GuidanceFacts['ticket'], 'createdAt' | 'assigneeId'>
}

/** The cell of the decision table that the facts are in. */
export function findCell(facts: GuidanceFacts): GuidanceCell {
  const { ticket, account, policy } = facts
  const running = runningCoverages(facts)
  return {
    stage: isLive(ticket) ? 'live' : 'finished',
    emergency: ticket.emergency ? 'yes' : 'no',
    account: account && account.aseId !== null ? 'ase' : 'none',
    preAse: isPreAse(facts) ? (facts.preAseChoice ?? 'not-asked') : 'no',
    role: facts.role ?? roleOf(facts, running),
    ase: whereIsAse(facts),
    breach: breachOf(facts),
    isNew: ticket.status === 'new' ? 'yes' : 'no',
    held: ticket.assigneeId === null ? 'nobody' : ticket.assigneeId === account?.aseId ? 'ase' : 'another',
    contributing: policy.contributing.notAssignedToAse,
    covered: running.length > 0 ? 'yes' : 'no',
  }
}

function roleOf({ account, meId, onCall }: GuidanceFacts, running: readonly Coverage[]): GuidanceRole {
  if (running.some((coverage) => coverage.coverId === meId)) return 'cover'
  if (account?.aseId === meId) return 'ase'
  return onCall ? 'on-call' : 'other'
}

function whereIsAse({ account, absences, aseOnlineAt, now }: GuidanceFacts): GuidanceCell['ase'] {
  const isAway = absences.some((absence) => absence.personId === account?.aseId && isWithin(now, absence))
  if (isAway) return 'away'
  return aseOnlineAt !== undefined && aseOnlineAt <= now ? 'here' : 'off'
}

function breachOf({ ticket, aseOnlineAt, now }: GuidanceFacts): GuidanceCell['breach'] {
  const breach = nextBreach(ticket.clocks)
  if (breach === null) return 'later'
  if (breach.breachAt <= now) return 'missed'
  return breachesBeforeOnline(breach, aseOnlineAt, now) ? 'before' : 'later'
}
