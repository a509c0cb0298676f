import ICAL from 'ical.js'
import type { Window } from '#core/instant.ts'

/** An appointment to be put into somebody's calendar. */
export interface Appointment extends Window {
  /** Names it for good: another file with the same one takes its place. */
  readonly uid: string
  readonly title: string
  readonly description: string
  /** When it is written, ms: of two files with the same uid the later one counts. */
  readonly writtenAt: number
  /** Minutes before it at which the calendar reminds of it. */
  readonly remindMinutes: number
}

const minuteMs = 60_000
/** A line goes on in the next one after so many octets; those have a space before them. */
const longestLine = 74

/** An appointment as a calendar file (RFC 5545), its times in UTC. */
export function writeCalendar(appointment: Appointment): string {
  const { uid, title, description, writtenAt, remindMinutes, startsAt, endsAt } = appointment
  const calendar = new ICAL.Component('vcalendar')
  calendar.addPropertyWithValue('version', '2.0')
  calendar.addPropertyWithValue('prodid', '-//Understudy//Understudy//EN')
  calendar.addPropertyWithValue('method', 'PUBLISH')
  const event = new ICAL.Component('vevent')
  event.addPropertyWithValue('uid', uid)
  event.addPropertyWithValue('dtstamp', utc(writtenAt))
  // Grows with each file that is written, and is small enough for calendars that count to two billion.
  event.addPropertyWithValue('sequence', Math.floor(writtenAt / minuteMs))
  event.addPropertyWithValue('dtstart', utc(startsAt))
  event.addPropertyWithValue('dtend', utc(endsAt))
  event.addPropertyWithValue('summary', title)
  event.addPropertyWithValue('description', description)
  const alarm = new ICAL.Component('valarm')
  alarm.addPropertyWithValue('action', 'DISPLAY')
  alarm.addPropertyWithValue('description', title)
  alarm.addPropertyWithValue('trigger', ICAL.Duration.fromSeconds(-60 * remindMinutes))
  event.addSubcomponent(alarm)
  calendar.addSubcomponent(event)
  ICAL.foldLength = longestLine
  return `${calendar.toString()}\r\n`
}

function utc(at: number): ICAL.Time {
  return ICAL.Time.fromJSDate(new Date(at), true)
}
