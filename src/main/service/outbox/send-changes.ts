import { conflictSides, judgeWish } from '#core/outbox/judge-wish.ts'
import { closedWords, restrictedMeanwhileWords, unreachableWords } from '#core/outbox/failure-words.ts'
import type { Wish } from '#core/outbox/wish.ts'
import type { OutboxRow } from '../db/outbox.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { StampedChange, TicketChange } from '../zendesk/zendesk-writes.ts'
import { restrictedTicket } from './gather-preview.ts'
import { handingOver, handOver } from './hand-over.ts'
import { lookAtTickets, wasMade, type Look } from './look-at-tickets.ts'
import type { Handed } from './meet-failure.ts'
import { personIn, writeRows, type OutboxWork } from './outbox-work.ts'
import { recordConflict, recordFailed, recordVerified } from './record-outcome.ts'

type ChangeWish = Exclude<Wish, { kind: 'internal-note' }>

/** A row that may go out, with what is asked of Zendesk. */
interface ReadyRow {
  readonly row: OutboxRow
  readonly order: StampedChange
}

/**
 * Makes changes of one kind on up to a hundred tickets, at most one on each: looks at the tickets, settles what needs no
 * sending any more, marks the rest on disk and hands it to Zendesk. The same look tells, for those that were handed over before
 * and not heard of, whether they arrived.
 *
 * @throws {RemoteFailure} when a look did not succeed; nothing was sent then.
 */
export async function sendChanges(work: OutboxWork, rows: readonly OutboxRow[]): Promise<void> {
  const looks = await lookAtTickets(
    work,
    rows.map((row) => row.wish.ticketId),
  )
  const ready: ReadyRow[] = []
  for (const row of rows) {
    const look = looks.get(row.wish.ticketId)
    const order = look && (await decide(work, row, look))
    if (order) ready.push({ row, order })
  }
  const handed = markHanded(
    work,
    ready.filter(({ row }) => !barRestricted(work, row)),
  )
  if (handed.length > 0) await hand(work, handed)
}

/** Settles a row, or says what is to be sent for it. */
async function decide(work: OutboxWork, row: OutboxRow, look: Look): Promise<StampedChange | null> {
  const { wish } = row
  if (wish.kind === 'internal-note') return null
  if (look.kind === 'gone') {
    recordFailed(work, row, unreachableWords(wish.ticketId, look.why))
    return null
  }
  const { ticket } = look
  const verdict = judgeWish(wish, row.before, ticket, personIn(work))
  switch (verdict.kind) {
    case 'holds':
      recordVerified(work, row, { ticket })
      return null
    case 'closed':
      recordFailed(work, row, closedWords(wish.ticketId, ticket.tags))
      return null
    case 'conflict':
      recordConflict(work, row, ticket, verdict.sides)
      return null
    case 'send':
      // It may have been made and undone since: making it again would undo that without a word.
      if (row.sendingAt !== null && ticket.updatedAt !== row.sentStamp && (await wasMade(work, row))) {
        recordConflict(work, row, ticket, conflictSides(wish, row.before, ticket, personIn(work)))
        return null
      }
      return orderFor(work, row, wish, ticket)
  }
}

/** SECURITY: what waited while its account became restricted is not sent. Whether it was stopped. */
export function barRestricted(work: OutboxWork, row: OutboxRow): boolean {
  const name = restrictedTicket(work.db, row.wish)
  if (name === null) return false
  recordFailed(work, row, restrictedMeanwhileWords(name, 'Zendesk', false))
  return true
}

async function orderFor(
  work: OutboxWork,
  row: OutboxRow,
  wish: ChangeWish,
  ticket: { readonly updatedAt: number; readonly groupId: number | null },
): Promise<StampedChange | null> {
  const { ticketId } = wish
  if (wish.kind !== 'assign') return { ticketId, change: changeOf(wish), stamp: ticket.updatedAt }
  const groupId = wish.groupId ?? (await groupFor(work, wish.assigneeId, ticket.groupId))
  if (groupId === 'none') {
    recordFailed(
      work,
      row,
      `${personIn(work)(wish.assigneeId)} is in no group, so #${ticketId} cannot be assigned to them.`,
    )
    return null
  }
  const group = groupId === null ? {} : { group_id: groupId }
  return { ticketId, change: { assignee_id: wish.assigneeId, ...group }, stamp: ticket.updatedAt }
}

function changeOf(wish: Exclude<ChangeWish, { kind: 'assign' }>): TicketChange {
  switch (wish.kind) {
    case 'add-cc':
    case 'remove-cc':
      return { email_ccs: [{ user_id: wish.userId, action: wish.kind === 'add-cc' ? 'put' : 'delete' }] }
    case 'follow':
    case 'unfollow':
      return { followers: [{ user_id: wish.userId, action: wish.kind === 'follow' ? 'put' : 'delete' }] }
    case 'tags':
      return {
        ...(wish.add.length > 0 ? { additional_tags: wish.add } : {}),
        ...(wish.remove.length > 0 ? { remove_tags: wish.remove } : {}),
      }
  }
}

/**
 * The group that goes with an assignee: the ticket's where they are a member of it, else their default one. Null leaves it to
 * Zendesk, where their groups may not be read.
 */
async function groupFor(work: OutboxWork, userId: number, ticketGroup: number | null): Promise<number | 'none' | null> {
  try {
    const groups = await work.groupsOf(userId)
    if (groups.some(({ groupId }) => groupId === ticketGroup)) return ticketGroup
    return (groups.find(({ isDefault }) => isDefault) ?? groups[0])?.groupId ?? 'none'
  } catch (error) {
    if (error instanceof RemoteFailure && (error.kind === 'forbidden' || error.kind === 'not-found')) return null
    throw error
  }
}

function markHanded(work: OutboxWork, ready: readonly ReadyRow[]): (Handed & { readonly order: StampedChange })[] {
  const marked = writeRows(
    work,
    ready.map(({ row, order }) => ({ row, changes: handingOver(work, row, order.stamp) })),
  )
  return marked.flatMap((row) => {
    const one = ready.find((candidate) => candidate.row.id === row.id)
    return one ? [{ before: one.row, row, order: one.order }] : []
  })
}

function hand(work: OutboxWork, handed: readonly (Handed & { readonly order: StampedChange })[]): Promise<void> {
  const [first] = handed
  // Tags are added to and taken from others in a job only.
  const alone = handed.length === 1 && first && first.row.wish.kind !== 'tags' ? first : null
  return handOver(work, handed, async () => {
    if (!alone) return work.writes.updateMany(handed.map(({ order }) => order))
    await work.writes.update(alone.order)
    return null
  })
}
