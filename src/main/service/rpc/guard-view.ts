import type { GuardedTicket } from '#contract/guidance.ts'
import { findAstray, type Astray } from '#core/guidance/find-astray.ts'
import { isWithin } from '#core/instant.ts'
import { liveTicketIds } from '../db/brief-facts.ts'
import { changesSince, orderedSince } from '../db/guard-facts.ts'
import { readTicket, type QueueTicket } from '../db/read-tickets.ts'
import type { StoredAccount } from '../db/workspace.ts'
import type { Viewpoint } from './ticket-views.ts'

/** Tickets of accounts I cover that went astray since, the latest first, each with the change that mends it. */
export function guardedTickets(view: Viewpoint): GuardedTicket[] {
  const { db, roster, now } = view
  const { me } = roster
  if (!me) return []
  const running = roster.coverages.filter((coverage) => coverage.coverId === me.id && isWithin(now, coverage))
  return running
    .flatMap(({ accountId, startsAt }) => {
      const account = roster.accounts.find(({ id }) => id === accountId)
      const aseId = account?.aseId ?? null
      if (!account || aseId === null) return []
      return liveTicketIds(db, account.id).flatMap((id) => {
        const ticket = readTicket(db, id)
        if (!ticket || (ticket.assigneeId === aseId && ticket.ccIds.includes(me.id))) return []
        const mine = orderedSince(db, id, startsAt)
        return findAstray(ticket, changesSince(db, id, startsAt), { aseId, meId: me.id })
          .filter(({ lost }) => !mine.has(lost === 'cc' ? 'remove-cc' : 'assign') || isMended(lost, mine))
          .map((astray) => toGuarded(ticket, account, aseId, astray, view))
      })
    })
    .toSorted((a, b) => b.at - a.at || a.ticketId - b.ticketId)
}

/** Whether I put myself back before: then it was lost once more, and not by me. */
function isMended(lost: Astray['lost'], mine: ReadonlySet<string>): boolean {
  return lost === 'cc' && mine.has('add-cc')
}

function toGuarded(
  ticket: QueueTicket,
  account: StoredAccount,
  aseId: number,
  { lost, at }: Astray,
  { roster }: Viewpoint,
): GuardedTicket {
  const ase = roster.people.find(({ id }) => id === aseId)?.name ?? 'the ASE'
  const about = { ticketId: ticket.id, subject: ticket.subject, accountName: account.name, lost, at }
  if (lost === 'cc') {
    return {
      ...about,
      words: 'You are no longer on Cc.',
      repair: { kind: 'add-cc', ticketId: ticket.id },
      repairWords: 'Put me back on Cc',
    }
  }
  const now = ticket.assigneeId === roster.me?.id ? 'you' : (ticket.assigneeName ?? 'nobody')
  return {
    ...about,
    words: `Assigned to ${now} instead of ${ase}.`,
    repair: { kind: 'assign', ticketId: ticket.id, assigneeId: aseId },
    repairWords: `Assign back to ${ase}`,
  }
}
