import type { ReturnDecisionKind, ReturnRow } from './return-row.ts'

/** What can be decided of a row: a ticket that is still there can change hands, what is done can be known and no more. */
export function decisionsFor({ kind, ticketId }: Pick<ReturnRow, 'kind' | 'ticketId'>): ReturnDecisionKind[] {
  if (kind === 'gap' || kind === 'gone') return ['follow-up', 'know']
  if (ticketId === null) return ['close-out', 'follow-up', 'know']
  return ['keep', 'transfer', 'close-out', 'follow-up', 'know']
}
