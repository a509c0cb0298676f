import type { BriefTicket, EmergencyBrief } from '#contract/guidance.ts'
import { environmentFields, environmentNames } from '#core/desk/desk-document.ts'
import { slackLinkOf } from '#core/desk/slack-link.ts'
import { eventWords } from '#core/guidance/event-words.ts'
import { similarSubjects } from '#core/guidance/similar-subjects.ts'
import { nextBreach } from '#core/tickets/ticket.ts'
import { lastEvents, liveTicketIds, solvedSubjects } from '../db/brief-facts.ts'
import { readDesk } from '../db/desks.ts'
import { liveTicketsOf, queueIds, readTicket, userNames, type QueueTicket } from '../db/read-tickets.ts'
import { toTicketGuidance } from './guidance-view.ts'
import { ticketUrl, type Viewpoint } from './ticket-views.ts'

/** Rows a brief has of each kind: what can be read in a glance. */
const mostOpen = 12
const mostEvents = 5
const mostSimilar = 5
/** How far back similar tickets are looked for, in tickets. */
const searched = 20_000

/** What to know of a ticket at once, from what is stored. */
export function toEmergencyBrief(ticket: QueueTicket, view: Viewpoint): EmergencyBrief {
  const { db, roster, now } = view
  const account = roster.accounts.find((candidate) => candidate.id === ticket.organizationId) ?? null
  const organizationId = ticket.organizationId ?? 0
  const open = queueIds(db, [organizationId], mostOpen + 1, 0).filter((id) => id !== ticket.id)
  const concerned = [...new Set([ticket.id, ...(account ? liveTicketIds(db, account.id) : [])])]
  const nameOf = (id: number) => userNames(db, [id])[0] ?? null
  return {
    guidance: toTicketGuidance(ticket, view),
    subject: ticket.subject,
    url: ticketUrl(ticket.id, view),
    requesterName: ticket.requesterName,
    account: account && { id: account.id, name: account.name },
    desk: account && deskOf(account.id, view),
    open: ticketsOf(open.slice(0, mostOpen), view),
    openTotal: Math.max(0, liveTicketsOf(db, organizationId) - (isListed(ticket) ? 1 : 0)),
    events: lastEvents(db, concerned, mostEvents).map((event) => ({
      ticketId: Number(event.subject.slice('ticket:'.length)),
      at: event.at,
      words: eventWords(event, nameOf),
    })),
    similar: similarOf(ticket, view),
    now,
  }
}

function isListed({ status }: QueueTicket): boolean {
  return status !== 'solved' && status !== 'closed'
}

function similarOf(ticket: QueueTicket, view: Viewpoint): EmergencyBrief['similar'] {
  const lines = solvedSubjects(view.db, searched).filter(({ id }) => id !== ticket.id)
  // Of equally similar ones, those of the same customer come first.
  const ofAccount = lines.filter(({ organizationId }) => organizationId === ticket.organizationId)
  const ofOthers = lines.filter(({ organizationId }) => organizationId !== ticket.organizationId)
  return similarSubjects(ticket.subject, [...ofAccount, ...ofOthers], mostSimilar).flatMap(
    ({ id, organizationId, shared }) =>
      ticketsOf([id], view).map((row) => ({
        ...row,
        accountName: view.roster.accounts.find((account) => account.id === organizationId)?.name ?? null,
        shared: [...shared],
      })),
  )
}

function ticketsOf(ids: readonly number[], { db }: Viewpoint): BriefTicket[] {
  return ids.flatMap((id) => {
    const ticket = readTicket(db, id)
    if (!ticket) return []
    const { subject, status, priority, assigneeName, updatedAt } = ticket
    return [{ id, subject, status, priority, assigneeName, nextClock: nextBreach(ticket.clocks), updatedAt }]
  })
}

function deskOf(accountId: number, { db }: Viewpoint): EmergencyBrief['desk'] {
  const { document, updatedAt } = readDesk(db, accountId)
  if (updatedAt === null) return null
  return {
    contacts: document.contacts
      .map(({ side, name, role, reach, howToWork, important }) => ({
        side,
        name,
        role,
        reach,
        howToWork,
        important,
      }))
      .toSorted((a, b) => Number(b.important) - Number(a.important)),
    environment: environmentFields.flatMap((field) => {
      const text = document.environment[field]
      return text ? [{ field, name: environmentNames[field], text }] : []
    }),
    environmentNote: document.environmentNote,
    slackChannel: document.slackChannel,
    slackUrl: slackLinkOf(document),
  }
}
