import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayNamed, dayNameOf } from '#core/clocks/iso-week.ts'
import { dayOffOf } from '#core/workload/day-off.ts'
import { anyWorkingCase, workedMinutes } from '#test/support/wall-clock-walk.ts'
import { hourMs } from '#test/support/work-values.ts'

const timeZone = 'Europe/Berlin'
const weekdays = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, fromMinute: 540, toMinute: 1020 }))
const person = { timeZone, workingHours: weekdays, daysOff: ['2026-12-24'] }
const wednesday = dayNamed('2026-12-23', timeZone)
const thursday = dayNamed('2026-12-24', timeZone)
const saturday = dayNamed('2026-12-26', timeZone)
const hours = (day: { startsAt: number }, from: number, to: number) => ({
  startsAt: day.startsAt + from * hourMs,
  endsAt: day.startsAt + to * hourMs,
})

describe('a day', () => {
  test('of the calendar’s days off is off, also during an absence', () => {
    expect(dayOffOf(thursday, person, [])).toBe('off')
    expect(dayOffOf(thursday, person, [hours(thursday, 0, 24)])).toBe('off')
    expect(dayOffOf(wednesday, person, [])).toBeUndefined()
  })

  test('is away when an absence, or several, take all of its working hours, and a working day while some are left', () => {
    expect(dayOffOf(wednesday, person, [hours(wednesday, 9, 17)])).toBe('away')
    expect(dayOffOf(wednesday, person, [hours(wednesday, 0, 13), hours(wednesday, 12, 24)])).toBe('away')
    expect(dayOffOf(wednesday, person, [hours(wednesday, 9, 16)])).toBeUndefined()
    expect(dayOffOf(wednesday, person, [hours(wednesday, 17, 24)])).toBeUndefined()
  })

  test('without working hours is away only from midnight to midnight', () => {
    expect(dayOffOf(saturday, person, [hours(saturday, 9, 17)])).toBeUndefined()
    expect(dayOffOf(saturday, person, [hours(saturday, -5, 30)])).toBe('away')
    expect(dayOffOf(wednesday, { ...person, workingHours: [] }, [hours(wednesday, 9, 17)])).toBeUndefined()
  })
})

test('for anybody’s hours while clocks change, a day is away when no minute of it is worked that would be', () => {
  fc.assert(
    fc.property(anyWorkingCase, ({ walk, person: { daysOff: _, ...hoursOf }, absences, from }) => {
      const somebody = { ...hoursOf, daysOff: [] }
      const day = dayNamed(dayNameOf(from, walk.timeZone), walk.timeZone)
      fc.pre(day.startsAt >= walk.from && day.endsAt <= walk.to)
      const minutesOf = (worked: Uint8Array) =>
        worked.slice((day.startsAt - walk.from) / 60_000, (day.endsAt - walk.from) / 60_000).reduce((a, b) => a + b, 0)
      const planned = minutesOf(workedMinutes(walk, somebody, []))
      fc.pre(planned > 0)
      const left = minutesOf(workedMinutes(walk, somebody, absences))
      expect(dayOffOf(day, somebody, absences)).toBe(left === 0 ? 'away' : undefined)
    }),
    { numRuns: 1000 },
  )
})
