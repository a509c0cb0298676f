import type { ReturnTime } from '#contract/return-figures.ts'
import type { ReturnMeeting } from '#contract/returns.ts'
import { isoDay } from '#core/coverage/plan-words.ts'
import type { Policy } from '#core/policy/policy.ts'
import { proposeTime, type MeetingGuest, type MeetingPlan } from '#core/return-meeting/propose-time.ts'
import { timeWords } from '#core/return-meeting/time-words.ts'
import { writeCalendar } from '../calendar/write-calendar.ts'
import { readStoredMeeting, storeMeeting } from '../db/return-meetings.ts'
import type { WriteDb } from '../db/sql.ts'
import type { Roster } from '../db/workspace.ts'
import { Refusal } from '../refusal.ts'
import { fileNameOf } from '../sharing/file-name.ts'
import { findMeeting, type MeetingFacts } from './find-meetings.ts'

/** What the time of a meeting follows from. */
export interface TimeFacts extends MeetingFacts {
  readonly policy: Policy
}

/** So long before a return meeting somebody is reminded of it, in the calendar and by an alert. */
export const remindMinutes = 15

/** Who meets for how long, and from when on. */
export function meetingPlan(meeting: ReturnMeeting, { roster, now, policy }: Omit<TimeFacts, 'db'>): MeetingPlan {
  const ase = guestOf(roster, meeting.aseId)
  const unknown = { timeZone: meeting.aseTimeZone, workingHours: [], daysOff: [] }
  return {
    ase: ase ?? { times: unknown, absences: [] },
    cover: guestOf(roster, meeting.covers.at(-1)?.id),
    endsAt: meeting.endsAt,
    now,
    minutes: policy.returning.meetingMinutes,
  }
}

function guestOf({ people, absences }: Roster, personId: number | undefined): MeetingGuest | null {
  const times = people.find(({ id }) => id === personId)
  return times ? { times, absences: absences.filter((absence) => absence.personId === personId) } : null
}

/**
 * When a return meeting is held: when somebody chose, else as it is proposed.
 *
 * @throws {Refusal} when the coverage is not known, or is not mine to hand back.
 */
export function returnTime(facts: TimeFacts, coverageId: string): ReturnTime {
  const meeting = findMeeting(facts, coverageId)
  const plan = meetingPlan(meeting, facts)
  const { scheduledAt } = readStoredMeeting(facts.db, { id: meeting.meetingId, accountId: meeting.accountId })
  const time =
    scheduledAt === null
      ? proposeTime(plan)
      : { startsAt: scheduledAt, endsAt: scheduledAt + plan.minutes * 60_000, basis: 'chosen' as const }
  const names = { ase: meeting.aseName, cover: meeting.covers.at(-1)?.name ?? 'who covered' }
  return { ...time, words: timeWords(time, plan, names) }
}

/**
 * Chooses when a meeting is held; null goes back to what is proposed. On disk when this answers.
 *
 * @returns the meeting.
 * @throws {Refusal} when that time is past, the account was handed back, or the coverage is not mine to hand back.
 */
export function scheduleMeeting(
  facts: TimeFacts & { readonly db: WriteDb },
  { coverageId, startsAt }: { readonly coverageId: string; readonly startsAt: number | null },
): ReturnMeeting {
  const meeting = findMeeting(facts, coverageId)
  const { accountName, stage, meetingId: id, accountId } = meeting
  if (startsAt !== null && stage === 'handed-back') {
    throw new Refusal('refused', `${accountName} was handed back. Take that back first to meet again.`)
  }
  if (startsAt !== null && startsAt < facts.now) {
    throw new Refusal('refused', 'That time is past. Choose one that is still to come.')
  }
  storeMeeting(facts.db, { ...readStoredMeeting(facts.db, { id, accountId }), scheduledAt: startsAt })
  return meeting
}

/**
 * A return meeting as a calendar file. Nothing that a customer wrote is in it.
 *
 * @throws {Refusal} when the coverage is not known, or is not mine to hand back.
 */
export function meetingCalendar(
  facts: TimeFacts,
  coverageId: string,
): { readonly name: string; readonly text: string } {
  const meeting = findMeeting(facts, coverageId)
  const { startsAt, endsAt } = returnTime(facts, coverageId)
  const { accountName, aseName, covers } = meeting
  const cover = covers.at(-1)?.name ?? 'who covered'
  const text = writeCalendar({
    ...{ startsAt, endsAt, remindMinutes, writtenAt: facts.now },
    uid: `return-${meeting.meetingId}@understudy`,
    title: `Return meeting: ${accountName}`,
    description: `${aseName} and ${cover} go over what happened to ${accountName} while it was covered, row by row, in Understudy: Return.`,
  })
  return {
    name: `return-meeting-${fileNameOf(accountName, 'account')}-${isoDay(startsAt, meeting.aseTimeZone)}.ics`,
    text,
  }
}
