import ICAL from 'ical.js'
import { propertiesNamed, propertyNamed, rawValue, textOf, type Property } from './property.ts'
import type { IcsPart } from './scan-ics.ts'
import { utcClock, type CalendarZones, type ZoneClock } from './zones.ts'

/** A time as a calendar writes it. */
export interface WrittenTime {
  /** Wall clock, `2026-12-21T17:00:00`; midnight for a day. */
  readonly wall: string
  /** A whole day, without a time. */
  readonly isDay: boolean
  /** The zone's clock; null for days and for times that name no zone. */
  readonly clock: ZoneClock | null
}

/** How long something takes: days by the calendar, the rest by the clock. */
export interface WrittenLength {
  readonly days: number
  readonly ms: number
}

/** An event as it is written, rules not expanded. */
export interface WrittenEvent {
  readonly uid: string
  readonly title: string
  readonly sequence: number
  readonly cancelled: boolean
  readonly start: WrittenTime
  /** When the first occurrence ends by the wall clock, near enough to tell what is far away. */
  readonly endWall: string
  /** Reckoned when it is asked for: most events of a large calendar are far away. */
  readonly length: () => WrittenLength
  /** Rules as they are written: `FREQ=WEEKLY;BYDAY=MO`. */
  readonly rules: readonly string[]
  readonly alsoOn: readonly WrittenTime[]
  readonly exceptOn: readonly WrittenTime[]
  /** Which occurrence of the event with the same uid this one stands for; null for the event itself. */
  readonly standsFor: WrittenTime | null
  /** Names and addresses of organizer and attendees. */
  readonly people: readonly string[]
}

/** An event, or in words why it cannot be read. */
export type EventReading =
  | { readonly event: WrittenEvent; readonly problem: null }
  | { readonly event: null; readonly problem: string }

/** What is shown of an event that has no title. */
export const untitled = '(no title)'
const dayMs = 24 * 3_600_000
const longestTitle = 200
/** Days of a length that no calendar means. */
const mostDays = 10_000

class Unreadable extends Error {}

/** Reads one event. */
export function readEvent({ lines, isCut }: IcsPart, zones: CalendarZones): EventReading {
  const title = textOf(propertyNamed(lines, 'SUMMARY')).slice(0, longestTitle) || untitled
  if (isCut) return { event: null, problem: `“${title}” was left out: there is more in it than any event needs.` }
  try {
    return { event: eventOf(lines, title, zones), problem: null }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { event: null, problem: `“${title}” was left out: ${error.message}.` }
  }
}

function eventOf(lines: readonly string[], title: string, zones: CalendarZones): WrittenEvent {
  const start = timesIn(propertyNamed(lines, 'DTSTART'), zones)[0]
  if (!start) throw new Unreadable('when it begins is not a day or time')
  const ending = endingOf(lines, start, zones)
  const recurrence = propertyNamed(lines, 'RECURRENCE-ID')
  const standsFor = recurrence ? timesIn(recurrence, zones)[0] : null
  if (recurrence?.parameters['range'] !== undefined) {
    throw new Unreadable(
      'it changes all that come after it as well, which is not read; give those an event of their own',
    )
  }
  if (standsFor === undefined) throw new Unreadable('which day it stands for cannot be read')
  return {
    uid: textOf(propertyNamed(lines, 'UID')) || `${title}/${start.wall}`,
    title,
    sequence: Number(propertyNamed(lines, 'SEQUENCE')?.raw) || 0,
    cancelled: textOf(propertyNamed(lines, 'STATUS')).toUpperCase() === 'CANCELLED',
    start,
    ...ending,
    rules: lines.filter((line) => /^RRULE[;:]/i.test(line)).map(rawValue),
    alsoOn: propertiesNamed(lines, 'RDATE').flatMap((property) => timesIn(property, zones)),
    exceptOn: propertiesNamed(lines, 'EXDATE').flatMap((property) => timesIn(property, zones)),
    standsFor,
    people: lines.filter((line) => /^(ORGANIZER|ATTENDEE)[;:]/i.test(line)).flatMap(peopleIn),
  }
}

/** The times of a property; of a period, when it begins. Those that are none are left out. */
function timesIn(property: Property | undefined, zones: CalendarZones): WrittenTime[] {
  if (!property) return []
  const texts = property.raw.split(',').map((text) => text.split('/')[0] ?? '')
  return texts.flatMap((text) => timeOf(text, property.parameters['tzid'], zones) ?? [])
}

function timeOf(text: string, zone: string | undefined, zones: CalendarZones): WrittenTime | undefined {
  const digits = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$/.exec(text.trim())
  if (!digits) return undefined
  const [, year, month, date, hour, minute, second, utc] = digits
  // A leap second is the second before it.
  const clock = hour === undefined ? '00:00:00' : `${hour}:${minute}:${second === '60' ? '59' : second}`
  const wall = `${year}-${month}-${date}T${clock}`
  if (!exists(wall)) return undefined
  if (hour === undefined) return { wall, isDay: true, clock: null }
  if (utc !== undefined) return { wall, isDay: false, clock: utcClock }
  if (zone === undefined) return { wall, isDay: false, clock: null }
  const found = zones.find(zone)
  if (!found) throw new Unreadable(`its time zone “${zone.slice(0, 80)}” is not known`)
  return { wall, isDay: false, clock: found }
}

function exists(wall: string): boolean {
  const ms = utcClock(wall)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(wall)
}

type Ending = Pick<WrittenEvent, 'endWall' | 'length'>

/** How long an event takes; a day without an end is a whole one, and a time without an end takes none. */
function endingOf(lines: readonly string[], start: WrittenTime, zones: CalendarZones): Ending {
  const end = propertyNamed(lines, 'DTEND')
  if (end) return until(start, timesIn(end, zones)[0])
  const length = writtenLength(lines, start)
  return { endWall: wallAfter(start.wall, length), length: () => length }
}

function writtenLength(lines: readonly string[], start: WrittenTime): WrittenLength {
  const written = propertyNamed(lines, 'DURATION')
  if (!written) return { days: start.isDay ? 1 : 0, ms: 0 }
  const text = written.raw.replace(/^\+/, '')
  if (!/^P(\d{1,6}W|(\d{1,6}D)?(T(\d{1,9}H)?(\d{1,9}M)?(\d{1,9}S)?)?)$/.test(text)) {
    throw new Unreadable('how long it takes cannot be read')
  }
  const { weeks, days, hours, minutes, seconds } = ICAL.Duration.fromString(text)
  const length = { days: weeks * 7 + days, ms: ((hours * 60 + minutes) * 60 + seconds) * 1000 }
  const inDays = length.days + length.ms / dayMs
  if (inDays > mostDays) throw new Unreadable('it takes years')
  return start.isDay ? { days: Math.max(1, Math.ceil(inDays)), ms: 0 } : length
}

function until(start: WrittenTime, end: WrittenTime | undefined): Ending {
  if (!end || end.isDay !== start.isDay) throw new Unreadable('when it ends cannot be read')
  if ((end.clock === null) !== (start.clock === null)) throw new Unreadable('only one of its ends names a time zone')
  const oneClock = end.clock === start.clock
  const msOn = (clock: ZoneClock | null, wall: string) => (clock ?? utcClock)(wall)
  const roughMs = oneClock
    ? utcClock(end.wall) - utcClock(start.wall)
    : msOn(end.clock, end.wall) - msOn(start.clock, start.wall)
  if (roughMs < 0) throw new Unreadable('it ends before it begins')
  if (roughMs / dayMs > mostDays) throw new Unreadable('it takes years')
  // Some programs write the last day of whole days, where the format wants the day after it.
  const length = () =>
    start.isDay
      ? { days: Math.max(1, Math.round(roughMs / dayMs)), ms: 0 }
      : { days: 0, ms: Math.max(0, msOn(end.clock, end.wall) - msOn(start.clock, start.wall)) }
  return { endWall: end.wall, length }
}

/** When something that begins at a wall-clock time ends, by the wall clock. */
export function wallAfter(wall: string, { days, ms }: WrittenLength): string {
  return new Date(utcClock(wall) + days * dayMs + ms).toISOString().slice(0, 19)
}

function peopleIn(line: string): string[] {
  const name = /;CN=(?:"([^"]*)"|([^;:]*))/i.exec(line)
  const address = /:mailto:(\S+)/i.exec(line)?.[1]
  return [name?.[1] ?? name?.[2], address].filter((each) => each !== undefined && each !== '') as string[]
}
