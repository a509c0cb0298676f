import { ignoredWords, unreachableWords } from '#core/outbox/failure-words.ts'
import { judgeWish, type SeenTicket } from '#core/outbox/judge-wish.ts'
import type { OutboxRow } from '../db/outbox.ts'
import { lookAtTickets, wasMade, type Look } from './look-at-tickets.ts'
import { personIn, type OutboxWork } from './outbox-work.ts'
import { recordConflict, recordFailed, recordVerified } from './record-outcome.ts'

/**
 * Looks whether changes that Zendesk took are to be seen there. One that is not was undone by somebody, when the ticket's history
 * has it, or was ignored, which Zendesk does with Cc without a word.
 *
 * @throws {RemoteFailure} when a look did not succeed.
 */
export function verifyChanges(work: OutboxWork, rows: readonly OutboxRow[]): Promise<void> {
  return settleByLooking(work, rows, (row, ticket) => ignoredWords(row.wish, ticket.ccIds.length))
}

/**
 * Settles changes by what their tickets and their history show.
 *
 * @param missingWords why one has failed that is to be seen in neither.
 * @throws {RemoteFailure} when a look did not succeed.
 */
export async function settleByLooking(
  work: OutboxWork,
  rows: readonly OutboxRow[],
  missingWords: (row: OutboxRow, ticket: SeenTicket) => string,
): Promise<void> {
  const looks = await lookAtTickets(
    work,
    rows.map((row) => row.wish.ticketId),
  )
  for (const row of rows) {
    const look = looks.get(row.wish.ticketId)
    if (look) await settle(work, row, look, missingWords)
  }
}

async function settle(
  work: OutboxWork,
  row: OutboxRow,
  look: Look,
  missingWords: (row: OutboxRow, ticket: SeenTicket) => string,
): Promise<void> {
  if (look.kind === 'gone') {
    recordFailed(work, row, unreachableWords(row.wish.ticketId, look.why))
    return
  }
  const { ticket } = look
  const verdict = judgeWish(row.wish, row.before, ticket, personIn(work))
  if (verdict.kind === 'holds') recordVerified(work, row, { ticket })
  else if (verdict.kind === 'conflict' || (await wasMade(work, row))) recordConflict(work, row, ticket)
  else recordFailed(work, row, missingWords(row, ticket))
}
