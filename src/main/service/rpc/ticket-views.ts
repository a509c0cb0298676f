import type { TicketDetail, TicketRow } from '#contract/tickets.ts'
import { isPreAse, type GuidanceFacts, type GuidanceRole } from '#core/guidance/find-cell.ts'
import { guideTicket } from '#core/guidance/guide-ticket.ts'
import { nextAvailable } from '#core/clocks/next-available.ts'
import { isWithin } from '#core/instant.ts'
import { policyFor } from '#core/policy/policy-overrides.ts'
import type { Policy } from '#core/policy/policy.ts'
import { isEmergency, type EmergencyMark } from '#core/tickets/emergency-mark.ts'
import { nextBreach } from '#core/tickets/ticket.ts'
import { organizationScope, readCursor } from '../db/cursors.ts'
import { readChoice } from '../db/pre-ase-choices.ts'
import { readComments, userNames, type QueueTicket } from '../db/read-tickets.ts'
import { readShifts } from '../db/shifts.ts'
import type { ReadDb } from '../db/sql.ts'
import { readRoster, type Roster, type StoredAccount } from '../db/workspace.ts'

/** What tickets are seen through: who is asking, when, by which rules. */
export interface Viewpoint {
  readonly db: ReadDb
  readonly roster: Roster
  readonly policy: Policy
  readonly now: number
  readonly zendeskUrl: string | null
  readonly emergencyMark: EmergencyMark
  /** Whether I am on call now. */
  readonly onCall: boolean
  /** What all tickets of an account have in common; looked up once per account and view. */
  readonly ofAccount: (account: StoredAccount) => AccountFacts
  /** Writes an instant in my zone. */
  readonly formatInstant: (instant: number) => string
}

/** What all tickets of an account have in common. */
export interface AccountFacts {
  /** When its ASE is next at work; undefined when that is not known. */
  readonly aseOnlineAt: number | undefined
  /** Whether they would be at work earlier without a day off. */
  readonly aseHasDayOff: boolean
  /** Since when its tickets are known to be complete; null before the first complete pass. */
  readonly completedAt: number | null
}

/** Looks at the workspace as it is now. */
export function createViewpoint(
  db: ReadDb,
  context: Pick<Viewpoint, 'policy' | 'now' | 'zendeskUrl' | 'emergencyMark'>,
): Viewpoint {
  const roster = readRoster(db)
  const { now } = context
  const known = new Map<number, AccountFacts>()
  return {
    db,
    roster,
    ...context,
    onCall: isOnCall(db, roster.me, now),
    ofAccount(account) {
      const facts = known.get(account.id) ?? factsOf(db, roster, account, context.now)
      known.set(account.id, facts)
      return facts
    },
    formatInstant: formatterFor(roster.me?.timeZone),
  }
}

function isOnCall(db: ReadDb, me: Roster['me'], now: number): boolean {
  return readShifts(db, now).some((shift) => {
    const mine = shift.replacement === null ? shift.personId === me?.id : shift.replacement === me?.name
    return mine && isWithin(now, shift)
  })
}

function factsOf(db: ReadDb, roster: Roster, account: StoredAccount, now: number): AccountFacts {
  const ase = roster.people.find((person) => person.id === account.aseId)
  const absences = roster.absences.filter((absence) => absence.personId === account.aseId)
  const aseOnlineAt = ase && nextAvailable(ase, absences, now)
  return {
    aseOnlineAt,
    aseHasDayOff: !!ase?.daysOff.length && aseOnlineAt !== nextAvailable({ ...ase, daysOff: [] }, absences, now),
    completedAt: readCursor(db, 'zendesk', organizationScope(account.id)).completedAt,
  }
}

/** How an account concerns me now: I cover it, I am its ASE, or neither. */
export function relationTo(accountId: number | null, roster: Roster, now: number): TicketRow['relation'] {
  const { me } = roster
  if (accountId === null || me === null) return 'other'
  const isCovered = roster.coverages.some(
    (coverage) => coverage.accountId === accountId && coverage.coverId === me.id && isWithin(now, coverage),
  )
  if (isCovered) return 'covering'
  return roster.accounts.some((account) => account.id === accountId && account.aseId === me.id) ? 'own' : 'other'
}

/** Ids of the accounts whose tickets are my queue: covered now, or my own. */
export function queueAccountIds(roster: Roster, now: number): number[] {
  return roster.accounts.map((account) => account.id).filter((id) => relationTo(id, roster, now) !== 'other')
}

/** A stored ticket as a row of the queue. */
export function toTicketRow(ticket: QueueTicket, view: Viewpoint): TicketRow {
  const { roster, now } = view
  const account = roster.accounts.find((candidate) => candidate.id === ticket.organizationId) ?? null
  const emergency = isEmergency(ticket, view.emergencyMark)
  const shared = account && view.ofAccount(account)
  return {
    id: ticket.id,
    subject: ticket.subject,
    status: ticket.status,
    priority: ticket.priority,
    emergency,
    accountId: ticket.organizationId,
    accountName: account?.name ?? null,
    requesterName: ticket.requesterName,
    assigneeId: ticket.assigneeId,
    assigneeName: ticket.assigneeName,
    relation: relationTo(ticket.organizationId, roster, now),
    nextClock: nextBreach(ticket.clocks),
    createdAt: ticket.createdAt,
    updatedAt: ticket.updatedAt,
    // A complete pass that did not show the ticket proves that it has not changed since.
    fetchedAt: Math.max(ticket.fetchedAt, shared?.completedAt ?? 0),
    guidance: guideTicket(guidanceFacts(ticket, view)),
  }
}

/**
 * What the rules look at for a stored ticket.
 *
 * @param role whose eyes to look with; left out, mine.
 */
export function guidanceFacts(ticket: QueueTicket, view: Viewpoint, role?: GuidanceRole): GuidanceFacts {
  const { roster, now } = view
  const account = roster.accounts.find((candidate) => candidate.id === ticket.organizationId) ?? null
  const shared = account && view.ofAccount(account)
  return {
    ticket: { ...ticket, emergency: isEmergency(ticket, view.emergencyMark) },
    account,
    people: roster.people,
    absences: roster.absences,
    coverages: roster.coverages,
    meId: roster.me?.id ?? 0,
    onCall: view.onCall,
    role,
    preAseChoice: isPreAse({ ticket, account }) ? (readChoice(view.db, ticket.id)?.choice ?? null) : null,
    now,
    policy: account ? policyFor(account.policyOverrides, view.policy) : view.policy,
    aseOnlineAt: shared?.aseOnlineAt,
    aseHasDayOff: shared?.aseHasDayOff ?? false,
    formatInstant: view.formatInstant,
  }
}

/** A stored ticket with everything the panel shows. */
export function toTicketDetail(ticket: QueueTicket, view: Viewpoint): TicketDetail {
  const { db, roster } = view
  const meId = roster.me?.id
  return {
    ...toTicketRow(ticket, view),
    url: ticketUrl(ticket.id, view),
    tags: [...ticket.tags],
    ccNames: userNames(db, ticket.ccIds),
    followerNames: userNames(db, ticket.followerIds),
    iAmOnCc: meId !== undefined && (ticket.ccIds.includes(meId) || ticket.followerIds.includes(meId)),
    me: {
      onCc: meId !== undefined && ticket.ccIds.includes(meId),
      follows: meId !== undefined && ticket.followerIds.includes(meId),
    },
    clocks: [...ticket.clocks],
    comments: readComments(db, ticket.id),
    commentsComplete: ticket.commentsAsOf !== null && ticket.commentsAsOf >= ticket.updatedAt,
  }
}

/** Where a ticket is in Zendesk's agent interface. */
export function ticketUrl(id: number, { zendeskUrl }: Pick<Viewpoint, 'zendeskUrl'>): string {
  return `${zendeskUrl ?? 'https://zendesk.invalid'}/agent/tickets/${id}`
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatterFor(timeZone = 'UTC'): (instant: number) => string {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      timeZone,
    })
  formats.set(timeZone, format)
  return (instant) => `${format.format(instant)}, your time`
}
