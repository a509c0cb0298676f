import type { OutboxState, TicketIntent } from '#contract/outbox.ts'
import type { WorkIntent } from '#contract/work-intent.ts'
import type { Wish } from '#core/outbox/wish.ts'
import { durably, prepared, type ReadDb, type WriteDb } from './sql.ts'

/** What of a transfer an order is. */
export type TransferPart = 'assign' | 'note' | 'cc'

/** A change to a ticket that a return meeting ordered. */
export interface ReturnOrder {
  readonly meetingId: string
  readonly ticketId: number
  readonly part: TransferPart
  readonly intent: TicketIntent
  /** Its entry in the outbox; null while it is being handed over. */
  readonly entryId: number | null
  readonly at: number
}

type Row = Omit<ReturnOrder, 'intent'> & { readonly intent: string }

const select = `SELECT meeting_id AS meetingId, ticket_id AS ticketId, part, intent, entry_id AS entryId, at FROM return_orders`

/** What a meeting ordered, the last of each part of a ticket. */
export function readReturnOrders(db: ReadDb, meetingId: string): ReturnOrder[] {
  return prepared<[string], Row>(db, `${select} WHERE meeting_id = ? ORDER BY ticket_id, part`)
    .all(meetingId)
    .map(toOrder)
}

/** Tickets whose assignment a meeting ordered, and that were seen to be the ASE's then. */
export function ticketsHandedOver(db: ReadDb, meetingId: string): number[] {
  return prepared<[string], { readonly id: number }>(
    db,
    `SELECT return_orders.ticket_id AS id FROM return_orders JOIN outbox ON outbox.id = entry_id
     WHERE meeting_id = ? AND part = 'assign' AND outbox.state = 'verified'`,
  )
    .all(meetingId)
    .map(({ id }) => id)
}

/** What was being handed over, of all meetings. */
export function returnOrdersWithoutEntry(db: ReadDb): ReturnOrder[] {
  return prepared<[], Row>(db, `${select} WHERE entry_id IS NULL ORDER BY meeting_id, ticket_id, part`)
    .all()
    .map(toOrder)
}

/** Writes down what is about to be handed over, on disk when this returns; in place of what was given up. */
export function markReturnOrders(db: WriteDb, orders: readonly Omit<ReturnOrder, 'entryId'>[]): void {
  durably(db, () => {
    for (const { intent, ...order } of orders) {
      prepared<[object]>(
        db,
        `INSERT INTO return_orders (meeting_id, ticket_id, part, intent, at) VALUES (:meetingId, :ticketId, :part, :intent, :at)
         ON CONFLICT (meeting_id, ticket_id, part) DO UPDATE SET intent = excluded.intent, entry_id = NULL, at = excluded.at`,
      ).run({ ...order, intent: JSON.stringify(intent) })
    }
  })
}

/** Names the entries that orders became, on disk when this returns; null: it became none and is forgotten. */
export function settleReturnOrders(
  db: WriteDb,
  settled: readonly (Pick<ReturnOrder, 'meetingId' | 'ticketId' | 'part'> & { readonly entryId: number | null })[],
): void {
  durably(db, () => {
    for (const { meetingId, ticketId, part, entryId } of settled) {
      const sql =
        entryId === null
          ? 'DELETE FROM return_orders WHERE entry_id IS ? AND meeting_id = ? AND ticket_id = ? AND part = ?'
          : 'UPDATE return_orders SET entry_id = ? WHERE meeting_id = ? AND ticket_id = ? AND part = ?'
      prepared<unknown[]>(db, sql).run(entryId, meetingId, ticketId, part)
    }
  })
}

/** Changes to a ticket that may be those which were being handed over: since then, or still on their way. The latest first. */
export function ticketOrdersSince(
  db: ReadDb,
  ticketId: number,
  since: number,
): { readonly id: number; readonly wish: Wish }[] {
  return prepared<[number, number], { id: number; intent: string }>(
    db,
    `SELECT id, intent FROM outbox
     WHERE ticket_id = ? AND host = 'zendesk' AND state <> 'discarded'
       AND (created_at >= ? OR state IN ('queued', 'sending', 'sent')) ORDER BY id DESC`,
  )
    .all(ticketId, since)
    .map(({ id, intent }) => ({ id, wish: JSON.parse(intent) as Wish }))
}

/** A change to an issue that was ordered and not given up. */
export interface IssueOrderOn {
  readonly intent: WorkIntent
  readonly state: OutboxState
  /** When it was seen in GitLab, or failed. */
  readonly settledAt: number | null
}

/** Comments on an issue, and that it is opened or closed, as far as that was ordered and not given up. The latest last. */
export function ordersOnIssue(db: ReadDb, projectId: number, iid: number): IssueOrderOn[] {
  return prepared<[{ projectId: number; iid: number }], Omit<IssueOrderOn, 'intent'> & { readonly intent: string }>(
    db,
    `SELECT intent, state, settled_at AS settledAt FROM outbox
     WHERE host = 'gitlab' AND kind IN ('issue-comment', 'issue-state') AND state <> 'discarded'
       AND json_extract(intent, '$.projectId') = :projectId AND json_extract(intent, '$.iid') = :iid ORDER BY id`,
  )
    .all({ projectId, iid })
    .map((row) => ({ ...row, intent: JSON.parse(row.intent) as WorkIntent }))
}

function toOrder(row: Row): ReturnOrder {
  return { ...row, intent: JSON.parse(row.intent) as TicketIntent }
}
