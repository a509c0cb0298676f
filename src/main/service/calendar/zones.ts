import ICAL from 'ical.js'
import { Temporal } from 'temporal-polyfill'
import type { IcsPart } from './scan-ics.ts'
import { propertyNamed, textOf } from './property.ts'

/** What turns a zone's wall clock, like `2026-12-21T17:00:00`, into an instant: a time that exists twice is the earlier one. */
export type ZoneClock = (wall: string) => number

/** The clock of UTC. */
export const utcClock: ZoneClock = (wall) => Date.parse(`${wall}Z`)

/** The zones a calendar's times may name. */
export interface CalendarZones {
  /** Undefined for one that neither the file nor this computer knows. */
  find(name: string): ZoneClock | undefined
}

/** More zones than this no calendar needs. */
const mostZones = 100
/** Days whose distance from UTC a clock keeps in mind. */
const mostDaysKnown = 2000
const dayMs = 24 * 3_600_000

/**
 * The zones of one file: those it describes itself, then those this computer knows by name. What a file describes is known to that
 * file alone: nothing is registered with the library.
 */
export function zonesOf(parts: readonly IcsPart[]): CalendarZones {
  const described = new Map<string, IcsPart>()
  for (const part of parts.slice(0, mostZones)) {
    const name = textOf(propertyNamed(part.lines, 'TZID'))
    if (name !== '' && !described.has(name)) described.set(name, part)
  }
  const clocks = new Map<string, ZoneClock | undefined>()
  return {
    find(name) {
      if (!clocks.has(name)) {
        const part = described.get(name)
        clocks.set(name, (part && clockOf(part)) ?? ianaClock(name))
      }
      return clocks.get(name)
    },
  }
}

/** The clock of a zone by its IANA name; undefined where there is no such zone. */
export function ianaClock(name: string): ZoneClock | undefined {
  const timeZone = ianaName(name)
  if (timeZone === undefined) return undefined
  const exactly = (wall: string) => Temporal.PlainDateTime.from(wall).toZonedDateTime(timeZone).epochMilliseconds
  // Calendars ask for the same days over and over, and on most of them the clocks are not changed.
  const offsets = new Map<string, number | null>()
  return (wall) => {
    const day = wall.slice(0, 10)
    let offset = offsets.get(day)
    if (offset === undefined) {
      if (offsets.size >= mostDaysKnown) offsets.clear()
      offsets.set(day, (offset = offsetAllDay(day, exactly)))
    }
    return offset === null ? exactly(wall) : utcClock(wall) - offset
  }
}

/** How far a zone is from UTC from the day before to the day after, in ms; null where that changes. */
function offsetAllDay(day: string, exactly: ZoneClock): number | null {
  const noon = utcClock(`${day}T12:00:00`)
  const [before, after] = [-dayMs, dayMs].map((ms) => {
    const wall = new Date(noon + ms).toISOString().slice(0, 19)
    return utcClock(wall) - exactly(wall)
  })
  return before === after ? (before ?? null) : null
}

/** Some programs put their own address before the name: `/freeassociation.sourceforge.net/Europe/Berlin`. */
function ianaName(name: string): string | undefined {
  const words = name.split('/')
  const candidates = [name, words.slice(-2).join('/'), words.slice(-3).join('/')]
  return candidates.find((candidate) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: candidate })
      return true
    } catch {
      return false
    }
  })
}

/** The clock that a file describes; undefined where the description is none that can be followed. */
function clockOf(part: IcsPart): ZoneClock | undefined {
  if (part.isCut) return undefined
  const observances = part.parts.filter(({ name }) => name === 'STANDARD' || name === 'DAYLIGHT')
  if (observances.length === 0 || !observances.every(canBeFollowed)) return undefined
  try {
    const zone = new ICAL.Timezone({ component: new ICAL.Component(jCalOf(part)) })
    const offsetMs = (wallMs: number) => zone.utcOffset(floating(wallMs)) * 1000
    offsetMs(Date.UTC(2000, 0))
    return (wall) => {
      const wallMs = utcClock(wall)
      return wallMs - settledOffset(offsetMs, wallMs)
    }
  } catch {
    return undefined
  }
}

/** Rules of clocks go by the year; any other would be walked through for centuries. */
function canBeFollowed({ lines }: IcsPart): boolean {
  return lines.every((line) => !/^RRULE/i.test(line) || /[:;]FREQ=YEARLY\b/i.test(line))
}

/** By the rules of the format, a time that is skipped or repeated is meant as before the change; the library goes by the one after. */
function settledOffset(offsetMs: (wallMs: number) => number, wallMs: number): number {
  const own = offsetMs(wallMs)
  const before = offsetMs(wallMs - dayMs)
  if (own === before) return own
  return offsetMs(wallMs - Math.abs(own - before)) === before ? before : own
}

function floating(wallMs: number): InstanceType<typeof ICAL.Time> {
  return ICAL.Time.fromDateTimeString(new Date(wallMs).toISOString().slice(0, 19))
}

function jCalOf({ name, lines, parts }: IcsPart): [string, unknown[], unknown[]] {
  return [
    name.toLowerCase(),
    lines.map((line) => ICAL.parse.property(line) as unknown),
    parts.map((part) => jCalOf(part)),
  ]
}
