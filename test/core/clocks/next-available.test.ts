import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextAvailable } from '#core/clocks/next-available.ts'
import { anyWorkingCase, workedMinutes } from '#test/support/wall-clock-walk.ts'

const at = (text: string) => Date.parse(text)
const office = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, fromMinute: 9 * 60, toMinute: 17 * 60 }))
const inBerlin = { timeZone: 'Europe/Berlin', workingHours: office, daysOff: [] }

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
    const night = { ...inBerlin, workingHours: [{ weekday: 5, fromMinute: 22 * 60, toMinute: 30 * 60 }] }
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
      daysOff: [],
      workingHours: [
        { weekday: 3, fromMinute: 14 * 60, toMinute: 18 * 60 },
        { weekday: 3, fromMinute: 8 * 60, toMinute: 12 * 60 },
      ],
    }
    expect(nextAvailable(split, [], at('2026-11-18T07:00Z'))).toBe(at('2026-11-18T08:00Z'))
    expect(nextAvailable(split, [], at('2026-11-18T12:00Z'))).toBe(at('2026-11-18T14:00Z'))
  })

  test('never, when nothing is said of their hours', () => {
    expect(
      nextAvailable({ timeZone: 'UTC', workingHours: [], daysOff: [] }, [], at('2026-11-18T10:00Z')),
    ).toBeUndefined()
  })

  test('on the first working day after an absence of years, also one that begins only in the night', () => {
    const absence = { startsAt: at('2026-11-18T23:00Z'), endsAt: at('2029-01-27T12:00Z') }
    for (const from of ['2026-11-18T18:00Z', '2026-11-18T23:00Z', '2026-11-19T10:00Z']) {
      expect(nextAvailable(inBerlin, [absence], at(from))).toBe(at('2029-01-29T08:00Z'))
    }
  })

  test('after a sabbatical written as days off, and at no known time after one without an end in sight', () => {
    const daysOff = (count: number) =>
      Array.from({ length: count }, (_, day) => new Date(Date.UTC(2026, 10, 18 + day)).toISOString().slice(0, 10))
    const next = (days: readonly string[]) => nextAvailable({ ...inBerlin, daysOff: days }, [], at('2026-11-18T10:00Z'))
    expect(next(daysOff(300))).toBe(at('2027-09-14T09:00+02:00'))
    expect(next(daysOff(500))).toBeUndefined()
  })

  test('after the gap, where the clock skips the beginning of the shift', () => {
    const early = { ...inBerlin, workingHours: [{ weekday: 7, fromMinute: 150, toMinute: 300 }] }
    expect(nextAvailable(early, [], at('2026-03-28T12:00Z'))).toBe(at('2026-03-29T03:30+02:00'))
  })

  test('after their days off, by the calendar of their own zone', () => {
    const withChristmas = { ...inBerlin, daysOff: ['2026-12-25', '2026-12-24'] }
    const wednesdayNight = at('2026-12-23T17:00+01:00')
    expect(nextAvailable(withChristmas, [], wednesdayNight)).toBe(at('2026-12-28T09:00+01:00'))
    const absence = { startsAt: at('2026-12-28T00:00+01:00'), endsAt: at('2026-12-29T11:00+01:00') }
    expect(nextAvailable(withChristmas, [absence], wednesdayNight)).toBe(at('2026-12-29T11:00+01:00'))
    const inKolkata = { ...withChristmas, timeZone: 'Asia/Kolkata' }
    expect(nextAvailable(inKolkata, [], at('2026-12-23T11:29Z'))).toBe(at('2026-12-23T11:29Z'))
    expect(nextAvailable(inKolkata, [], at('2026-12-23T11:30Z'))).toBe(at('2026-12-28T09:00+05:30'))
  })

  test('until midnight, in a night before a day off, and again after it', () => {
    const nights = [4, 5].map((weekday) => ({ weekday, fromMinute: 22 * 60, toMinute: 30 * 60 }))
    const nurse = { ...inBerlin, workingHours: nights, daysOff: ['2026-11-20'] }
    const midnight = at('2026-11-20T00:00+01:00')
    expect(nextAvailable(nurse, [], midnight - 1)).toBe(midnight - 1)
    expect(nextAvailable(nurse, [], midnight)).toBe(at('2026-11-21T00:00+01:00'))
  })
})

test('for any hours, absences and days off it is the first minute that walking minute by minute finds', () => {
  fc.assert(
    fc.property(anyWorkingCase, ({ walk, person, absences, from }) => {
      const worked = workedMinutes(walk, person, absences)
      const walked = worked.indexOf(1, (from - walk.from) / 60_000)
      const found = nextAvailable(person, absences, from)
      if (walked === -1) expect(found ?? walk.to).toBeGreaterThanOrEqual(walk.to)
      else expect(found).toBe(walk.from + walked * 60_000)
    }),
    { numRuns: 3000 },
  )
})
