import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextAvailable } from '#core/clocks/next-available.ts'
import type { Window } from '#core/instant.ts'
import type { WorkingHours } from '#core/people/people.ts'

const at = (text: string) => Date.parse(text)
const office = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, fromMinute: 9 * 60, toMinute: 17 * 60 }))
const inBerlin = { timeZone: 'Europe/Berlin', workingHours: office }

describe('a person is next at work', () => {
  test('now, when they are', () => {
    expect(nextAvailable(inBerlin, [], at('2026-11-18T10:15+01:00'))).toBe(at('2026-11-18T10:15+01:00'))
    expect(nextAvailable(inBerlin, [], at('2026-11-18T09:00+01:00'))).toBe(at('2026-11-18T09:00+01:00'))
  })

  test('the next morning from the very end of the day on, and on Monday after a weekend', () => {
    expect(nextAvailable(inBerlin, [], at('2026-11-18T17:00+01:00'))).toBe(at('2026-11-19T09:00+01:00'))
    expect(nextAvailable(inBerlin, [], at('2026-11-20T18:00+01:00'))).toBe(at('2026-11-23T09:00+01:00'))
  })

  test('by the wall clock of their own zone, on both sides of a change of clocks', () => {
    expect(nextAvailable(inBerlin, [], at('2026-03-27T18:00+01:00'))).toBe(at('2026-03-30T09:00+02:00'))
    expect(nextAvailable(inBerlin, [], at('2026-10-23T18:00+02:00'))).toBe(at('2026-10-26T09:00+01:00'))
    const onLordHowe = { ...inBerlin, timeZone: 'Australia/Lord_Howe' }
    expect(nextAvailable(onLordHowe, [], at('2026-10-02T18:00+10:30'))).toBe(at('2026-10-05T09:00+11:00'))
  })

  test('still, in the small hours of a night that began the day before', () => {
    const night = { timeZone: 'Europe/Berlin', workingHours: [{ weekday: 5, fromMinute: 22 * 60, toMinute: 30 * 60 }] }
    const saturday = at('2026-11-21T05:59+01:00')
    expect(nextAvailable(night, [], saturday)).toBe(saturday)
    expect(nextAvailable(night, [], at('2026-11-21T06:00+01:00'))).toBe(at('2026-11-27T22:00+01:00'))
  })

  test('when an absence ends in the middle of a day, whatever the order of absences that adjoin or overlap', () => {
    const absences = [
      { startsAt: at('2026-11-19T12:00+01:00'), endsAt: at('2026-11-24T11:30+01:00') },
      { startsAt: at('2026-11-18T00:00+01:00'), endsAt: at('2026-11-20T00:00+01:00') },
      { startsAt: at('2026-11-24T11:30+01:00'), endsAt: at('2026-11-24T13:00+01:00') },
    ]
    expect(nextAvailable(inBerlin, absences, at('2026-11-18T10:00+01:00'))).toBe(at('2026-11-24T13:00+01:00'))
    expect(nextAvailable(inBerlin, absences.toReversed(), at('2026-11-18T10:00+01:00'))).toBe(
      at('2026-11-24T13:00+01:00'),
    )
  })

  test('in the earlier of two shifts of a day', () => {
    const split = {
      timeZone: 'UTC',
      workingHours: [
        { weekday: 3, fromMinute: 14 * 60, toMinute: 18 * 60 },
        { weekday: 3, fromMinute: 8 * 60, toMinute: 12 * 60 },
      ],
    }
    expect(nextAvailable(split, [], at('2026-11-18T07:00Z'))).toBe(at('2026-11-18T08:00Z'))
    expect(nextAvailable(split, [], at('2026-11-18T12:00Z'))).toBe(at('2026-11-18T14:00Z'))
  })

  test('never, when nothing is said of their hours', () => {
    expect(nextAvailable({ timeZone: 'UTC', workingHours: [] }, [], at('2026-11-18T10:00Z'))).toBeUndefined()
  })

  test('on the first working day after an absence of years', () => {
    const absence = { startsAt: at('2026-11-18T09:00Z'), endsAt: at('2029-01-27T12:00Z') }
    expect(nextAvailable(inBerlin, [absence], at('2026-11-18T10:00Z'))).toBe(at('2029-01-29T08:00Z'))
  })

  test('after the gap, where the clock skips the beginning of the shift', () => {
    const early = { timeZone: 'Europe/Berlin', workingHours: [{ weekday: 7, fromMinute: 150, toMinute: 300 }] }
    expect(nextAvailable(early, [], at('2026-03-28T12:00Z'))).toBe(at('2026-03-29T03:30+02:00'))
  })
})

/**
 * Walks a zone minute by minute, knowing nothing but what its clock on the wall shows. A time that the clock shows twice
 * is the first of the two; one that it skips is as long after the last moment before it as if the clock had not jumped.
 */
function walk(timeZone: string, from: number, minutes: number) {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  const first = new Map<number, number>()
  const shown: number[] = []
  for (let index = 0; index < minutes; index += 1) {
    const parts = Object.fromEntries(
      format.formatToParts(from + index * 60_000).map((part) => [part.type, Number(part.value)]),
    )
    const wall =
      Date.UTC(parts['year'] ?? 0, (parts['month'] ?? 0) - 1, parts['day'], parts['hour'], parts['minute']) / 60_000
    shown.push(wall)
    if (!first.has(wall)) first.set(wall, index)
  }
  return {
    shown,
    instantOf(wall: number): number {
      const exact = first.get(wall)
      if (exact !== undefined) return from + exact * 60_000
      const before = shown.findIndex((value, index) => value < wall && (shown[index + 1] ?? 0) > wall)
      return from + (before + wall - (shown[before] ?? 0)) * 60_000
    },
  }
}

/** Five days around changes of clocks, both ways, by an hour and by half of one, and at midnight. */
const places = [
  ['Europe/Berlin', at('2026-03-27T00:00Z')],
  ['Europe/Berlin', at('2026-10-23T00:00Z')],
  ['Australia/Lord_Howe', at('2026-10-01T00:00Z')],
  ['Australia/Lord_Howe', at('2026-04-02T00:00Z')],
  ['Africa/Cairo', at('2026-04-21T00:00Z')],
  ['America/Santiago', at('2026-09-04T00:00Z')],
  ['Asia/Kolkata', at('2026-11-16T00:00Z')],
] as const

test('for any hours and absences it is the first minute that walking minute by minute finds', () => {
  const walks = places.map(([zone, from]) => ({ zone, from, walk: walk(zone, from, 5 * 1440) }))
  const shift = fc
    .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1200 }))
    .map(([weekday, fromMinute, length]): WorkingHours => ({
      weekday,
      fromMinute,
      toMinute: Math.min(2880, fromMinute + length),
    }))
  const absence = fc.tuple(fc.integer({ min: 0, max: 7200 }), fc.integer({ min: 1, max: 3000 }))

  fc.assert(
    fc.property(
      fc.nat({ max: walks.length - 1 }),
      fc.array(shift, { maxLength: 6 }),
      fc.array(absence, { maxLength: 4 }),
      fc.integer({ min: 2 * 1440, max: 4 * 1440 }),
      (placeIndex, workingHours, away, startMinute) => {
        const place = walks[placeIndex]
        if (!place) return
        const absences: Window[] = away.map(([start, length]) => ({
          startsAt: place.from + start * 60_000,
          endsAt: place.from + (start + length) * 60_000,
        }))
        const shifts: Window[] = []
        const firstDay = Math.floor((place.walk.shown[0] ?? 0) / 1440)
        for (let day = firstDay + 1; day <= firstDay + 3; day += 1) {
          const weekday = ((day + 3) % 7) + 1
          for (const hours of workingHours) {
            if (hours.weekday !== weekday) continue
            const startsAt = place.walk.instantOf(day * 1440 + hours.fromMinute)
            shifts.push({ startsAt, endsAt: place.walk.instantOf(day * 1440 + hours.toMinute) })
          }
        }
        const now = place.from + startMinute * 60_000
        const isIn = (instant: number) => (window: Window) => instant >= window.startsAt && instant < window.endsAt
        let walked: number | undefined
        // The last day is left out: shifts of days that were not walked may reach into it.
        const end = place.walk.instantOf((firstDay + 4) * 1440)
        for (let instant = now; instant < end && walked === undefined; instant += 60_000) {
          if (shifts.some(isIn(instant)) && !absences.some(isIn(instant))) walked = instant
        }
        const found = nextAvailable({ timeZone: place.zone, workingHours }, absences, now)
        if (walked === undefined) expect(found ?? end).toBeGreaterThanOrEqual(end)
        else expect(found).toBe(walked)
      },
    ),
    { numRuns: 1500 },
  )
})
