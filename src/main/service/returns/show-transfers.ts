import type { ReturnTransfer } from '#contract/return-wrap-up.ts'
import type { ReturnList } from '#contract/returns.ts'
import { handoverNote } from '#core/return-meeting/handover-note.ts'
import { transferStanding } from '#core/return-meeting/transfer-standing.ts'
import { readChangeableTicket, readOutboxRow, readUser, toOutboxEntry, type AnyRow } from '../db/outbox.ts'
import { readReturnOrders, type ReturnOrder } from '../db/return-orders.ts'
import type { StoredDecision } from '../db/return-meetings.ts'
import { transferredTickets, type WrappedMeeting, type WrapUpDesk } from './wrap-up-desk.ts'

const settled: ReadonlySet<string> = new Set(['verified', 'discarded'])

/** Tickets that were decided to become the ASE's, as they are now, with what was ordered of them. */
export function showTransfers(desk: WrapUpDesk, wrapped: WrappedMeeting): ReturnTransfer[] {
  const { list, decisions } = wrapped
  const orders = Map.groupBy(readReturnOrders(desk.db, list.meetingId), ({ ticketId }) => ticketId)
  return [...transferredTickets(decisions)]
    .toSorted((a, b) => a - b)
    .map((ticketId) => showTransfer(desk, wrapped, ticketId, orders.get(ticketId) ?? []))
}

function showTransfer(
  { db, roster, ticketUrl }: WrapUpDesk,
  { list, decisions }: WrappedMeeting,
  ticketId: number,
  orders: readonly ReturnOrder[],
): ReturnTransfer {
  const { aseId, aseName, accountId } = list
  const ticket = readChangeableTicket(db, ticketId)
  const ordered = orders.map(({ part, entryId }) => ({
    ...{ part, isHandedOver: entryId !== null },
    row: entryId === null ? null : (readOutboxRow(db, entryId) ?? null),
  }))
  const isOpen = ordered.some(({ isHandedOver, row }) => !isHandedOver || (row !== null && !settled.has(row.state)))
  const isAssigned = ordered.some(({ part, row }) => part === 'assign' && row?.state !== 'discarded')
  const ofTicket = decisions.filter(({ row }) => row.ticketId === ticketId)
  return {
    ticketId,
    url: ticketUrl(ticketId),
    subject: ticket?.subject ?? ofTicket[0]?.row.subject ?? '',
    status: ticket?.status ?? '',
    assigneeName: ticket?.assigneeId == null ? null : nameOf(ticket.assigneeId),
    ...transferStanding(ticketId, ticket, { aseId, aseName, accountId, isOpen, isAssigned }),
    note: noteOf(list, ticketId, ofTicket),
    onCc: roster.me !== null && ticket?.ccIds.includes(roster.me.id) === true,
    entries: ordered
      .flatMap(({ row }): AnyRow[] => (row ? [row] : []))
      .toSorted((a, b) => a.id - b.id)
      .map(toOutboxEntry),
  }

  function nameOf(id: number): string {
    return roster.people.find((person) => person.id === id)?.name ?? readUser(db, id)?.name ?? `User ${id}`
  }
}

function noteOf(list: ReturnList, ticketId: number, decisions: readonly StoredDecision[]): string {
  const { aseName, aseTimeZone, covers, since, until, rows } = list
  return handoverNote({
    aseName,
    coverNames: [...new Set(covers.map(({ name }) => name))],
    window: { startsAt: since, endsAt: until },
    timeZone: aseTimeZone,
    rows: rows.filter((row) => row.ticketId === ticketId),
    decisions: decisions.map(({ row, decision }) => ({ words: row.words, decision })),
  })
}
