import type { ReturnDecision } from '#contract/returns.ts'
import { addDecision, removeLastDecision, storeMeeting } from '../db/return-meetings.ts'
import { snapshot } from '../db/sql.ts'
import { buildReturnList } from './build-return-list.ts'
import { findMeeting } from './find-meetings.ts'
import { refusal, refuseClosedList, storedOf, type MeetingDesk } from './meeting-desk.ts'

/** A decision, and the row as the person saw it. */
export interface RowDecision {
  readonly coverageId: string
  readonly key: string
  readonly state: string
  readonly decision: ReturnDecision
}

/**
 * Decides a row of a return meeting; on disk when this answers. The first one begins the meeting.
 *
 * @returns id of the meeting.
 * @throws {Refusal} when the row is gone, says something else than the person saw, or cannot be decided like that.
 */
export function decideRow(desk: MeetingDesk, { coverageId, key, state, decision }: RowDecision): string {
  const { db, roster, now } = desk
  const list = snapshot(db, () => buildReturnList(desk, coverageId))
  refuseClosedList(desk, list)
  const row = list.rows.find((one) => one.key === key)
  if (!row) throw refusal('This row is not on the list any more, since what it told is not so now.')
  if (row.state !== state) throw refusal('Something came to this row since you saw it. Look at it again, then decide.')
  if (!row.decisions.includes(decision.kind)) {
    throw refusal(`That cannot be decided of this row. What can be: ${row.decisions.join(', ')}.`)
  }
  const stored = storedOf(desk, list)
  if (stored.startedAt === null) storeMeeting(db, { ...stored, startedAt: now })
  const { kind, ticketId, subject, words, dueOn } = row
  addDecision(db, list.meetingId, {
    ...{ key, state, decision, byId: roster.me?.id ?? null, at: now },
    row: { kind, ticketId, subject, words, dueOn },
  })
  return list.meetingId
}

/**
 * Takes back what was decided last; what was decided of its row before holds again.
 *
 * @throws {Refusal} when the list is closed.
 */
export function undoDecision(
  desk: MeetingDesk,
  coverageId: string,
): { readonly meetingId: string; readonly key: string | null } {
  const meeting = findMeeting(desk, coverageId)
  refuseClosedList(desk, meeting)
  return { meetingId: meeting.meetingId, key: removeLastDecision(desk.db, meeting.meetingId) }
}
