import { isLive } from '#core/tickets/ticket.ts'
import type { ReadDb } from '#service/db/sql.ts'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createAsk, type Body } from '#test/simulator/ask.ts'

interface Message {
  readonly id: number
  readonly authorId: number | null
  readonly public: number
  readonly createdAt: number
  readonly text: string
}

/**
 * Conversations that are stored otherwise than Zendesk has them, and histories with other entries: of every unsolved ticket of
 * the followed accounts, and of those solved since they were read. Asks Zendesk itself, so it comes after everything else.
 */
export async function faultsOfConversations(db: ReadDb, simulator: Simulator): Promise<string[]> {
  const ask = createAsk(simulator.description)
  await ask.order('/zendesk', { plan: null, others_per_minute: 0 })
  const followed = new Set(simulator.description.workspace.accounts.map(({ id }) => id))
  const wasRead = db.prepare<[number], { id: number }>(
    'SELECT id FROM tickets WHERE id = ? AND comments_as_of IS NOT NULL',
  )
  const faults: string[] = []
  for (const ticket of simulator.truth().tickets) {
    if (!followed.has(ticket.organizationId) || ticket.fate !== null || ticket.status === 'closed') continue
    if (!isLive(ticket) && !wasRead.get(ticket.id)) continue
    const { body } = await ask.zendesk(`/tickets/${ticket.id}/comments?page[size]=100`)
    const should = JSON.stringify((body as { comments: Body[] }).comments.map(messageOf))
    const is = JSON.stringify(storedMessages(db, ticket.id))
    if (should !== is) faults.push(`conversation of #${ticket.id}: ${is}, not ${should}`)
    const audits = await ask.zendesk(`/tickets/${ticket.id}/audits?page[size]=100`)
    const stored = storedAudits(db, ticket.id)
    const missing = (audits.body as { audits: Body[] }).audits.filter(
      ({ id, events }) => tells(events) && !stored.has(id),
    )
    if (missing.length > 0)
      faults.push(`history of #${ticket.id} is without ${missing.map(({ id }) => String(id)).join(', ')}`)
  }
  return faults
}

/** An audit without any of these is left out. */
function tells(events: readonly Body[]): boolean {
  return events.some(
    ({ type, field_name: name }) => type === 'Change' && ['status', 'priority', 'assignee_id'].includes(name),
  )
}

function messageOf(comment: Body): Message {
  const { id, author_id: authorId, public: isPublic, created_at: createdAt, plain_body: text } = comment
  return {
    id,
    authorId: authorId > 0 ? authorId : null,
    public: isPublic ? 1 : 0,
    createdAt: Date.parse(createdAt),
    text,
  }
}

function storedMessages(db: ReadDb, ticketId: number): Message[] {
  return db
    .prepare<[number], Message>(
      `SELECT id, author_id AS authorId, public, created_at AS createdAt, text FROM comments WHERE ticket_id = ?
       ORDER BY created_at, id`,
    )
    .all(ticketId)
}

function storedAudits(db: ReadDb, ticketId: number): ReadonlySet<number> {
  const rows = db.prepare<[number], { id: number }>('SELECT id FROM audits WHERE ticket_id = ?').all(ticketId)
  return new Set(rows.map(({ id }) => id))
}
