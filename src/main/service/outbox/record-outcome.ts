import { conflictSides, type ConflictSide, type SeenTicket } from '#core/outbox/judge-wish.ts'
import { touchedFields } from '#core/outbox/wish.ts'
import { movingOutboxRowsOf, updateOutboxRow, type AnyRow, type OutboxRow } from '../db/outbox.ts'
import { durably } from '../db/sql.ts'
import { personIn, paceKey, writeRows, type OutboxWork, type SharedWork } from './outbox-work.ts'

/** It was seen in Zendesk. Later changes of mine to the same fields begin where this one left off. */
export function recordVerified(
  work: OutboxWork,
  row: OutboxRow,
  seen: { readonly ticket?: SeenTicket; readonly commentId?: number },
): void {
  const { ticket, commentId } = seen
  const settledAt = work.clock.now()
  const done = durably(work.db, () => {
    const changes = { state: 'verified', problem: null, conflict: null, jobId: null, settledAt } as const
    const isWritten = updateOutboxRow(work.db, row, {
      ...changes,
      sentAt: row.sentAt ?? row.sendingAt,
      ...(commentId === undefined ? {} : { commentId }),
    })
    if (isWritten && ticket && row.wish.kind === 'assign') {
      for (const later of movingOutboxRowsOf(work.db, row.wish.ticketId)) {
        if (later.id <= row.id || later.wish.kind !== 'assign') continue
        updateOutboxRow(work.db, later, { before: touchedFields(later.wish, ticket) })
      }
    }
    return isWritten
  })
  work.pace.forget(paceKey(row))
  if (done) work.onChange([row.id], [row.wish.ticketId])
}

/** It was not made, or cannot be told; a person decides. */
export function recordFailed<Row extends AnyRow>(
  work: SharedWork,
  row: Row,
  words: string,
  more: { readonly before?: Row['before'] } = {},
): void {
  const settledAt = work.clock.now()
  writeRows(work, [{ row, changes: { state: 'failed', problem: words, jobId: null, settledAt, ...more } }])
  work.pace.forget(paceKey(row))
}

/** Somebody else changed the same; a person decides, and what they decide is compared with what they see now. */
export function recordConflict(
  work: OutboxWork,
  row: OutboxRow,
  seen: SeenTicket,
  sides: readonly ConflictSide[] = conflictSides(row.wish, row.before, seen, personIn(work)),
): void {
  const problem = row.sentAt === null && row.sendingAt === null ? changedMeanwhile : changedOrUndone
  writeRows(work, [
    {
      row,
      changes: {
        state: 'conflict',
        problem,
        conflict: sides,
        before: touchedFields(row.wish, seen),
        jobId: null,
        settledAt: work.clock.now(),
      },
    },
  ])
  work.pace.forget(paceKey(row))
}

/** Why a person has to decide: it was not sent yet. */
export const changedMeanwhile = 'Somebody changed the same while this was waiting. Choose whose change stays.'
/** The same of one that was sent, or may have been. */
export const changedOrUndone = 'Somebody changed the same after this was sent. Choose whose change stays.'
