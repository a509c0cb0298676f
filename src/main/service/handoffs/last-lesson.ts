import { isoDay } from '#core/coverage/plan-words.ts'
import { readDecisions, readMeetings } from '../db/return-meetings.ts'
import type { ReadDb } from '../db/sql.ts'

/** Something that the last return meeting of an account found, for the next handoff to start from. */
export interface HandoffLesson {
  readonly words: string
  /** Where it is from. */
  readonly from: string
}

/** So many contingencies are enough to see what the customer is like. */
const firedAtMost = 5

/**
 * What was missing in the last handoff of an account that is known here, and what it foresaw rightly.
 *
 * @param startsAt of the absence that is prepared: what was found later is of another one.
 */
export function lastLesson(
  db: ReadDb,
  { id, accountId, startsAt }: { readonly id: string; readonly accountId: number; readonly startsAt: number },
  timeZone: string,
): HandoffLesson[] {
  const meeting = readMeetings(db)
    .flatMap((each) => (each.startedAt === null ? [] : [{ ...each, startedAt: each.startedAt }]))
    .filter((each) => each.accountId === accountId && each.id !== id && each.startedAt < startsAt)
    .toSorted((a, b) => a.startedAt - b.startedAt)
    .at(-1)
  if (!meeting) return []
  const from = `The return meeting of ${isoDay(meeting.settledAt ?? meeting.startedAt, timeZone)}`
  const missing = meeting.missing.trim()
  const fired = readDecisions(db, meeting.id)
    .filter(({ row }) => row.kind === 'contingency-fired')
    .map(({ row }) => `#${row.ticketId} ${row.subject}: ${row.words}`)
  return [
    ...(missing === '' ? [] : [`Last time was missing: ${missing}`]),
    ...fired.slice(0, firedAtMost).map((words) => `Fired last time: ${words}`),
  ].map((words) => ({ words, from }))
}
