import { randomUUID } from 'node:crypto'
import type { ReturnLesson } from '#contract/return-wrap-up.ts'
import { isoDay } from '#core/coverage/plan-words.ts'
import { returnCall, type CallAudience } from '#core/return-meeting/return-call.ts'
import { textPrint } from '#core/sharing/text-print.ts'
import { canonical } from '#core/sharing/versioned.ts'
import { accountOf, changed } from '../calls/call-desk.ts'
import { readCall, writeCall, type StoredCall } from '../db/calls.ts'
import { keepReturnCall, readReturnCall } from '../db/return-calls.ts'
import { readStoredMeeting, storeMeeting } from '../db/return-meetings.ts'
import { findMeeting } from './find-meetings.ts'
import { wrappedMeeting, type WrappedMeeting, type WrapUpDesk } from './wrap-up-desk.ts'

/**
 * Begins the call that a meeting is written down as. Called again, it is the same one: written anew while nobody typed in it, as it is
 * where somebody did or filed it. One that was deleted is begun again.
 *
 * @returns the call, and the meeting it is of.
 * @throws {Refusal} when the coverage is not known or not mine to hand back, or its account is followed no more.
 */
export function writeReturnCall(
  desk: WrapUpDesk,
  { coverageId, audience }: { readonly coverageId: string; readonly audience: CallAudience },
): { readonly callId: string; readonly meetingId: string } {
  const { db, now } = desk
  const wrapped = wrappedMeeting(desk, coverageId)
  const { meetingId, accountId } = wrapped.meeting
  accountOf(desk, accountId)
  const document = documentOf(desk, wrapped, audience)
  const print = textPrint(canonical(document))
  const begun = readReturnCall(db, meetingId)
  const before = begun && readCall(db, begun.callId)
  if (before && (before.filed !== null || textPrint(canonical(before.document)) !== begun.print)) {
    return { callId: before.id, meetingId }
  }
  const call: StoredCall = before
    ? changed(before, now, { document })
    : { id: randomUUID(), accountId, document, filed: null, createdAt: now, updatedAt: now }
  storeMeeting(db, readStoredMeeting(db, { id: meetingId, accountId }))
  // Remembered first: what is remembered and not there is begun again.
  keepReturnCall(db, meetingId, { callId: call.id, print, audience })
  writeCall(db, call)
  return { callId: call.id, meetingId }
}

/**
 * Keeps whether a handoff helped, as said in the meeting.
 *
 * @returns the meeting it is of.
 * @throws {Refusal} when the coverage is not known, or is not mine to hand back.
 */
export function learnFromReturn(desk: WrapUpDesk, coverageId: string, { helped, missing }: ReturnLesson): string {
  const { meetingId, accountId } = findMeeting(desk, coverageId)
  storeMeeting(desk.db, { ...readStoredMeeting(desk.db, { id: meetingId, accountId }), helped, missing })
  return meetingId
}

function documentOf({ db, roster, now }: WrapUpDesk, { list, decisions }: WrappedMeeting, audience: CallAudience) {
  const { settledAt, helped, missing } = readStoredMeeting(db, { id: list.meetingId, accountId: list.accountId })
  return returnCall(
    {
      day: isoDay(settledAt ?? now, roster.me?.timeZone ?? list.aseTimeZone),
      aseName: list.aseName,
      coverNames: [...new Set(list.covers.map(({ name }) => name))],
      rows: list.rows,
      decisions: decisions.map(({ key, row, decision }) => ({ ...row, key, decision })),
      lesson: { helped, missing },
    },
    audience,
  )
}
