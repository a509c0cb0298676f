import type { ReturnMeeting } from '#contract/returns.ts'
import { storeMeeting } from '../db/return-meetings.ts'
import { snapshot } from '../db/sql.ts'
import { buildReturnList } from './build-return-list.ts'
import { findMeeting } from './find-meetings.ts'
import { refusal, refuseHandedBack, storedOf, type MeetingDesk } from './meeting-desk.ts'

/** Where a meeting stands, as its window says. */
export interface Standing {
  readonly coverageId: string
  /** Key of the row that is gone over; null at the beginning. */
  readonly at: string | null
  readonly running: boolean
}

/**
 * Keeps where a meeting stands, and whether a window goes over its list; a list that is closed has no such place.
 *
 * @returns id of the meeting, and whether anything is otherwise than before.
 */
export function standAt(
  desk: MeetingDesk,
  { coverageId, at, running }: Standing,
): { readonly meetingId: string; readonly changed: boolean } {
  const meeting = findMeeting(desk, coverageId)
  const { meetingId, stage, state } = meeting
  const isOpen = stage === 'list'
  const isOther = desk.running.note(desk.db, meetingId, running && isOpen)
  if (!isOpen) return { meetingId, changed: isOther }
  const stored = storedOf(desk, meeting)
  const begins = running && stored.startedAt === null && state !== 'not-begun'
  if (stored.atKey === at && !begins) return { meetingId, changed: isOther }
  storeMeeting(desk.db, { ...stored, atKey: at, startedAt: begins ? desk.now : stored.startedAt })
  return { meetingId, changed: true }
}

/**
 * Closes the list, which stands still from then on, or goes back to it.
 *
 * @throws {Refusal} when rows are undecided, when nobody covers yet, or when the account is handed back.
 */
export function settleList(desk: MeetingDesk, coverageId: string, settled: boolean): ReturnMeeting {
  const { db, now, running } = desk
  const list = snapshot(db, () => buildReturnList(desk, coverageId))
  refuseHandedBack(desk, list)
  const { accountName, meetingId, stage, state, undecided } = list
  const isSettled = stage === 'wrap-up'
  if (isSettled !== settled) {
    if (settled && state === 'not-begun')
      throw refusal(`Nobody covers ${accountName} yet. There is nothing to hand back.`)
    if (settled && undecided > 0) throw refusal(`${rowsWords(undecided)} undecided. Decide what is left first.`)
    const stored = storedOf(desk, list)
    const startedAt = settled ? (stored.startedAt ?? now) : stored.startedAt
    storeMeeting(db, { ...stored, startedAt, settledAt: settled ? wholeSecond(now) : null, handedBackAt: null })
    if (settled) running.note(db, meetingId, false)
  }
  return findMeeting(desk, coverageId)
}

/** Zendesk and GitLab tell seconds: what is ordered in the very second in which a list is closed came after it. */
function wholeSecond(at: number): number {
  return at - (at % 1000)
}

/** `1 row is`, `3 rows are`. */
export function rowsWords(count: number): string {
  return count === 1 ? '1 row is' : `${count} rows are`
}
