import type { ReturnMeeting } from '#contract/returns.ts'
import { instantWords } from '#core/coverage/plan-words.ts'
import type { Policy } from '#core/policy/policy.ts'
import { readStoredMeeting, type StoredMeeting } from '../db/return-meetings.ts'
import type { WriteDb } from '../db/sql.ts'
import { Refusal } from '../refusal.ts'
import type { ReturnDesk } from './build-return-list.ts'
import type { RunningMeetings } from './running-meetings.ts'

/** Where meetings are held: what their lists are built from, and where it is kept what is decided. */
export interface MeetingDesk extends ReturnDesk {
  readonly db: WriteDb
  readonly policy: Policy
  readonly running: RunningMeetings
}

/** What is stored of a meeting. */
export function storedOf({ db }: MeetingDesk, { meetingId, accountId }: ReturnMeeting): StoredMeeting {
  return readStoredMeeting(db, { id: meetingId, accountId })
}

/**
 * Refuses what can only be done while the list is gone over.
 *
 * @throws {Refusal} when it was closed, or its account handed back.
 */
export function refuseClosedList(desk: MeetingDesk, meeting: ReturnMeeting): void {
  refuseHandedBack(desk, meeting)
  if (meeting.stage === 'list') return
  throw refusal(`The list of ${meeting.accountName} is closed. Go back to it first.`)
}

/** @throws {Refusal} when the account is handed back. */
export function refuseHandedBack({ roster }: MeetingDesk, meeting: ReturnMeeting): void {
  const { stage, accountName, handedBackAt, aseTimeZone } = meeting
  if (stage !== 'handed-back' || handedBackAt === null) return
  const at = instantWords(handedBackAt, roster.me?.timeZone ?? aseTimeZone)
  throw refusal(`${accountName} was handed back on ${at}. Take that back first.`)
}

/** Something that cannot be done now, in a sentence. */
export function refusal(words: string): Refusal {
  return new Refusal('refused', words)
}
