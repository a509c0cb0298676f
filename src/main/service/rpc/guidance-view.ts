import type { GuidancePerson, GuidanceRole, TicketGuidance } from '#contract/guidance.ts'
import { breachesBeforeOnline } from '#core/clocks/breaches-before-online.ts'
import { nextAvailable } from '#core/clocks/next-available.ts'
import { findCell, isPreAse, runningCoverages, type GuidanceFacts } from '#core/guidance/find-cell.ts'
import { guidanceSteps, type GuidanceStep } from '#core/guidance/guidance-steps.ts'
import { guideTicket } from '#core/guidance/guide-ticket.ts'
import { isWithin } from '#core/instant.ts'
import { nextBreach } from '#core/tickets/ticket.ts'
import { readChoice } from '../db/pre-ase-choices.ts'
import type { QueueTicket } from '../db/read-tickets.ts'
import { guidanceFacts, ticketUrl, type Viewpoint } from './ticket-views.ts'

/** What to do with a stored ticket, with its steps and everything it follows from. */
export function toTicketGuidance(ticket: QueueTicket, view: Viewpoint, as?: GuidanceRole): TicketGuidance {
  const { db, roster, now } = view
  const facts = guidanceFacts(ticket, view, as)
  const guidance = guideTicket(facts)
  const cell = findCell(facts)
  const clock = nextBreach(ticket.clocks)
  const url = ticketUrl(ticket.id, view)
  const onCc = roster.me !== null && ticket.ccIds.includes(roster.me.id)
  const hasAse = cell.account === 'ase'
  return {
    ...guidance,
    ticketId: ticket.id,
    role: cell.role,
    cell,
    steps: guidanceSteps(guidance, facts, { id: ticket.id, subject: ticket.subject, url, onCc }).map(told),
    nextClock: clock,
    ase: toGuidancePerson(facts.account?.aseId ?? null, view),
    cover: toGuidancePerson(runningCoverages(facts)[0]?.coverId ?? null, view),
    breachesFirst: hasAse && clock !== null && breachesBeforeOnline(clock, facts.aseOnlineAt, now),
    preAse: preAseOf(ticket.id, facts, db),
    timeZone: roster.me?.timeZone ?? 'UTC',
    now,
  }
}

/** A change as the outbox takes it. */
function told(step: GuidanceStep): TicketGuidance['steps'][number] {
  if (step.kind !== 'change') return step
  const { change, ...rest } = step
  return { ...rest, intent: change }
}

function preAseOf(ticketId: number, facts: GuidanceFacts, db: Viewpoint['db']): TicketGuidance['preAse'] {
  const aseSince = facts.account?.aseSince ?? null
  if (aseSince === null || !isPreAse(facts)) return null
  const chosen = readChoice(db, ticketId)
  return { aseSince, choice: chosen?.choice ?? null, chosenAt: chosen?.at ?? null, byName: chosen?.byName ?? null }
}

/** Somebody who works here, and when they can be reached; null for nobody known. */
function toGuidancePerson(personId: number | null, { roster, now }: Viewpoint): GuidancePerson | null {
  const person = roster.people.find((candidate) => candidate.id === personId)
  if (!person) return null
  const absences = roster.absences.filter((absence) => absence.personId === person.id)
  const onlineAt = nextAvailable(person, absences, now) ?? null
  const { id, name, slackHandle, timeZone } = person
  const away = absences.some((absence) => isWithin(now, absence))
  return { id, name, slackHandle, timeZone, state: away ? 'away' : onlineAt === now ? 'here' : 'off', onlineAt }
}
