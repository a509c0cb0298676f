import { closedWords, ignoredWords, unreachableWords, unsureNoteWords } from '#core/outbox/failure-words.ts'
import { matchNote } from '#core/outbox/match-note.ts'
import type { Wish } from '#core/outbox/wish.ts'
import type { TicketComment } from '#core/tickets/ticket.ts'
import { claimedMessages, type OutboxRow } from '../db/outbox.ts'
import { handingOver, handOver } from './hand-over.ts'
import { lookAtTickets } from './look-at-tickets.ts'
import { explain, paceKey, writeRows, type OutboxWork } from './outbox-work.ts'
import { recordFailed, recordVerified } from './record-outcome.ts'
import { barRestricted } from './send-changes.ts'

type Note = Extract<Wish, { kind: 'internal-note' }>

/** A note that Zendesk took is looked for this often before a person is told that it is not there. */
const mostLooks = 4

/**
 * Writes an internal note, once. A message cannot be taken back and repeating it shows, so three things have to fail together
 * for it to be there twice: the ticket's messages are read before it is sent again; every sending carries the ticket's stamp, so
 * that Zendesk refuses the second of two; and messages that were there before it was first sent are known by their ids.
 *
 * @throws {RemoteFailure} when a look did not succeed; nothing was sent then.
 */
export async function sendNote(work: OutboxWork, row: OutboxRow, note: Note): Promise<void> {
  const look = (await lookAtTickets(work, [note.ticketId])).get(note.ticketId)
  if (!look || look.kind === 'gone') {
    const words = unreachableWords(note.ticketId, look?.why ?? 'not-found')
    recordFailed(work, row, row.sendingAt === null ? words : `${words} Whether the note got there is not known.`)
    return
  }
  const { ticket } = look
  // By Zendesk's own clock: what this note becomes is not older than the ticket was when it was first sent.
  const since = row.sendingAt === null ? ticket.updatedAt : (row.sentStamp ?? 0)
  const messages = await myMessages(work, row, since)
  if (row.sendingAt !== null) {
    const { same, alike } = findNote(note, messages)
    if (same) return recordVerified(work, row, { commentId: same.id })
    if (alike) {
      // Tried again after a person has looked, none of these is the note.
      const before = { messages: [...(row.before.messages ?? []), ...messages.map(({ id }) => id)] }
      return recordFailed(work, row, unsureNoteWords(note.ticketId), { before })
    }
  }
  if (ticket.status === 'closed') return recordFailed(work, row, closedWords(note.ticketId, ticket.tags))
  if (barRestricted(work, row)) return
  const known = new Set([...(row.before.messages ?? []), ...messages.map(({ id }) => id)])
  const [marked] = writeRows(work, [
    { row, changes: { ...handingOver(work, row, ticket.updatedAt), before: { messages: [...known] } } },
  ])
  if (!marked) return
  await handOver(work, [{ before: row, row: marked }], async () => {
    // SECURITY: never without `public`: what is left out follows the ticket, and the customer would read it.
    const comment = { body: note.body, public: false } as const
    await work.writes.update({ ticketId: note.ticketId, change: { comment }, stamp: ticket.updatedAt })
    return null
  })
}

/**
 * Looks for a note that Zendesk took.
 *
 * @throws {RemoteFailure} when the look did not succeed.
 */
export async function verifyNote(work: OutboxWork, row: OutboxRow, note: Note): Promise<void> {
  const look = (await lookAtTickets(work, [note.ticketId])).get(note.ticketId)
  if (!look || look.kind === 'gone') {
    recordFailed(work, row, unreachableSince(note.ticketId))
    return
  }
  const { same, alike } = findNote(note, await myMessages(work, row, row.sentStamp ?? 0))
  const found = same ?? alike
  if (found) return recordVerified(work, row, { commentId: found.id })
  if (work.pace.timesPostponed(`note ${row.id}`) >= mostLooks) {
    return recordFailed(work, row, ignoredWords(note, 0))
  }
  explain(work, [row], notSeenYetWords)
  work.pace.postpone(`note ${row.id}`, 0)
  work.pace.postpone(paceKey(row))
}

const notSeenYetWords = 'Zendesk took the note and does not show it yet. Understudy looks again.'

function unreachableSince(ticketId: number): string {
  return `Zendesk took the note on #${ticketId}, and then the ticket went out of sight: it cannot be looked at.`
}

/** Messages of whoever wrote the note that it may be: not there before it was sent, and not another note of the outbox. */
async function myMessages(work: OutboxWork, row: OutboxRow, since: number): Promise<TicketComment[]> {
  const messages = await work.writes.messagesSince(row.wish.ticketId, since)
  const others = claimedMessages(work.db, row.wish.ticketId)
  const known = new Set(row.before.messages)
  return messages.filter(({ id, authorId }) => authorId === row.byId && !others.has(id) && !known.has(id))
}

function findNote(note: Note, messages: readonly TicketComment[]) {
  const judged = messages.map((message) => ({ message, match: matchNote(note.body, message) }))
  const first = (match: 'same' | 'alike') => judged.find((one) => one.match === match)?.message
  return { same: first('same'), alike: first('alike') }
}
