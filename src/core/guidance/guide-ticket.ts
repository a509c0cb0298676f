import { breachesBeforeOnline } from '../clocks/breaches-before-online.ts'
import { isWithin, type InstantMs } from '../instant.ts'
import type { Absence, Account, Coverage, Person } from '../people/people.ts'
import type { GuidanceSituation, Policy } from '../policy/policy.ts'
import { isLive, nextBreach, type SlaClock } from '../tickets/ticket.ts'

/** What the rules look at. All of it is given; nothing is looked up. */
export interface GuidanceFacts {
  readonly ticket: {
    readonly status: string
    readonly createdAt: InstantMs
    readonly assigneeId: number | null
    readonly clocks: readonly SlaClock[]
    readonly emergency: boolean
  }
  readonly account: Account | null
  readonly people: readonly Person[]
  readonly absences: readonly Absence[]
  readonly coverages: readonly Coverage[]
  readonly meId: number
  readonly now: InstantMs
  readonly policy: Policy
  /** When the account's ASE is next at work (`nextAvailable`); undefined when that is not known. */
  readonly aseOnlineAt: InstantMs | undefined
  /** Whether a day off of the ASE's is what puts that off. */
  readonly aseHasDayOff: boolean
  /** Writes an instant for the reader, in their zone. */
  readonly formatInstant: (instant: InstantMs) => string
}

/** What to do with a ticket, why, and which rule says so. */
export interface TicketGuidance {
  readonly situation: GuidanceSituation
  readonly action: string
  readonly reason: string
  readonly source: string
}

/** What to do with a ticket now (rules 3 to 12): the first situation that holds, in the policy's words. */
export function guideTicket(facts: GuidanceFacts): TicketGuidance {
  const { account, people, policy, now } = facts
  const ase = people.find((person) => person.id === account?.aseId)
  const running = facts.coverages.filter((coverage) => coverage.accountId === account?.id && isWithin(now, coverage))
  const cover = people.find((person) => person.id === running[0]?.coverId)
  const situation = situationOf(facts, running)
  const text = policy.guidance[situation]
  const words: Record<string, string> = {
    ase: ase?.name ?? 'the ASE',
    cover: cover?.name ?? 'Nobody yet',
    account: account?.name ?? 'This customer',
    online: onlineWords(facts),
  }
  const fill = (sentence: string) => sentence.replace(/\{(\w+)\}/g, (all, name: string) => words[name] ?? all)
  return { situation, action: fill(text.action), reason: fill(text.reason), source: text.source }
}

function onlineWords({ aseOnlineAt, aseHasDayOff, formatInstant }: GuidanceFacts): string {
  if (aseOnlineAt === undefined) return 'not known'
  return aseHasDayOff ? `${formatInstant(aseOnlineAt)}, after a day off` : formatInstant(aseOnlineAt)
}

function situationOf(facts: GuidanceFacts, running: readonly Coverage[]): GuidanceSituation {
  const { ticket, account, meId, now, aseOnlineAt, policy } = facts
  if (!isLive(ticket)) return 'finished'
  if (ticket.emergency) return 'emergency'
  if (!account || account.aseId === null) return 'unassigned-account'
  const isPreAse = account.aseSince !== null && ticket.createdAt < account.aseSince
  if (isPreAse && ticket.assigneeId !== account.aseId) return 'pre-ase'

  const breach = nextBreach(ticket.clocks)
  const breachesFirst = breach !== null && breachesBeforeOnline(breach, aseOnlineAt, now)
  if (running.some((coverage) => coverage.coverId === meId)) {
    if (ticket.status === 'new') return 'covering-new'
    return breachesFirst ? 'covering-breach' : 'covering'
  }
  const isAway = facts.absences.some((absence) => absence.personId === account.aseId && isWithin(now, absence))
  if (account.aseId === meId) return isAway ? 'own-away' : 'own'
  if (policy.contributing.notAssignedToAse === 'org-note' && ticket.assigneeId !== account.aseId) return 'org-note'
  if (isAway) return 'ase-away'
  return breachesFirst ? 'breach-before-online' : 'ase-online'
}
