import type { ReturnMeeting } from '#contract/returns.ts'
import { dayNamed, dayNameOf } from '#core/clocks/iso-week.ts'
import { nextAvailable } from '#core/clocks/next-available.ts'
import type { Window } from '#core/instant.ts'
import { proposeTime } from '#core/return-meeting/propose-time.ts'
import type { AlertKey } from '../db/alerts.ts'
import { readMeetings } from '../db/return-meetings.ts'
import type { ReadDb } from '../db/sql.ts'
import { findMeetings } from '../returns/find-meetings.ts'
import { meetingPlan, remindMinutes } from '../returns/meeting-time.ts'
import type { Situation } from './situation.ts'
import type { StandingEvent } from './standing-event.ts'

const dayMs = 24 * 3_600_000
const leadMs = remindMinutes * 60_000
/** So long after its time a meeting that nobody began is still worth telling of. */
const worthMs = 14 * dayMs

/** What alerts of return meetings follow from. */
interface MeetingFacts {
  readonly db: ReadDb
  readonly situation: Situation
  /** Whether nothing is left to be done about an alert. */
  readonly isSettled: (key: AlertKey) => boolean
}

/** A meeting as it is told of. */
interface MeetingLook {
  readonly meeting: ReturnMeeting
  /** When somebody chose to hold it; null where nobody did. */
  readonly scheduledAt: number | null
  readonly situation: Situation
}

/**
 * Return meetings that are near, and those that were not begun: a quarter of an hour before the time that was chosen, and on my first working
 * morning after it. Where nobody chose, the time is the first after the absence at which both work; of that, who covered is told already
 * when the ASE is back, so the ASE alone is reminded before it. After the account was handed back there is nothing to tell.
 */
export function meetingEvents({ db, situation, isSettled }: MeetingFacts): StandingEvent[] {
  const { roster, now } = situation
  const stored = new Map(readMeetings(db).map((meeting) => [meeting.id, meeting]))
  return findMeetings({ db, roster, now })
    .filter(({ stage, accountId }) => stage !== 'handed-back' && roster.accounts.some(({ id }) => id === accountId))
    .flatMap((meeting) => {
      const look = { meeting, scheduledAt: stored.get(meeting.meetingId)?.scheduledAt ?? null, situation }
      // Told and done with, its time need not be reckoned again at every look.
      return isSettled(keyOf(look, true)) ? [] : eventsOf(look)
    })
}

function eventsOf(look: MeetingLook): StandingEvent[] {
  const { meeting, scheduledAt, situation } = look
  const isChosen = scheduledAt !== null
  // Who passed the account on meets nobody, unless they said so.
  if (!isChosen && meeting.role === 'cover' && meeting.covers.at(-1)?.id !== situation.me.id) return []
  if (!isChosen && situation.now >= meeting.endsAt + 2 * worthMs) return []
  const time = timeOf(look)
  if (time === null) {
    // Reckoned when it may be near: until then nobody asks, and plans change.
    const wakeAt = meeting.endsAt - leadMs
    return [{ ...eventOf(look, { startsAt: wakeAt, endsAt: wakeAt }, false), at: wakeAt, until: wakeAt }]
  }
  const isNotBegun = meeting.stage === 'list' && meeting.startedAt === null
  return [
    ...(isChosen || (meeting.role === 'ase' && isNotBegun) ? [eventOf(look, time, false)] : []),
    ...(isNotBegun ? [overdueEvent(look, time)] : []),
  ]
}

/** When it is held; null while nobody chose and its absence goes on. */
function timeOf({ meeting, scheduledAt, situation }: MeetingLook): Window | null {
  const plan = meetingPlan(meeting, situation)
  if (scheduledAt !== null) return { startsAt: scheduledAt, endsAt: scheduledAt + plan.minutes * 60_000 }
  // The first there was: what is proposed afterwards goes on with the time, and would never be past.
  return situation.now < meeting.endsAt - leadMs ? null : proposeTime({ ...plan, now: meeting.endsAt })
}

function overdueEvent(look: MeetingLook, time: Window): StandingEvent {
  const { me, roster, now } = look.situation
  const away = roster.absences.filter(({ personId }) => personId === me.id)
  const nextDay = dayNamed(dayNameOf(time.endsAt, me.timeZone), me.timeZone).endsAt
  // Before that day it is only looked for when that begins.
  const at = now < nextDay ? nextDay : (nextAvailable(me, away, nextDay) ?? nextDay)
  return { ...eventOf(look, time, true), at, until: at + worthMs }
}

function eventOf(look: MeetingLook, { startsAt, endsAt }: Window, isOverdue: boolean): StandingEvent {
  const { accountId, accountName: account, role, aseName, covers } = look.meeting
  const cover = covers.at(-1)?.name ?? 'who covered'
  const otherName = role === 'ase' ? cover : aseName
  const isChosen = look.scheduledAt !== null
  return {
    ...keyOf(look, isOverdue),
    accountId,
    tell: () => ({
      facts: { kind: 'return-meeting', account, otherName, startsAt, isChosen, isOverdue },
      why: role === 'ase' ? `${cover} covered ${account} for you.` : `You covered ${account} for ${aseName}.`,
    }),
    at: startsAt - leadMs,
    until: endsAt,
  }
}

/** A time that was chosen is an occasion of its own; one that is proposed is the same whenever hours change. */
function keyOf({ meeting, scheduledAt }: MeetingLook, isOverdue: boolean): AlertKey {
  const instance = `${scheduledAt ?? 'proposed'}${isOverdue ? ' not begun' : ''}`
  return { kind: 'return-meeting', subject: `coverage ${meeting.coverageId}`, instance }
}
