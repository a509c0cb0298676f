import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { workingTimeBetween } from '#core/clocks/working-time-between.ts'
import { anyWorkingCase, workedMinutes } from '#test/support/wall-clock-walk.ts'

const hourMs = 3_600_000
const at = (text: string) => Date.parse(text)
const office = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, fromMinute: 9 * 60, toMinute: 17 * 60 }))
const inBerlin = { timeZone: 'Europe/Berlin', workingHours: office, daysOff: [] }
const monday = at('2026-11-16T00:00+01:00')
const nextMonday = at('2026-11-23T00:00+01:00')

describe('the time somebody works', () => {
  test('in a week is that of their shifts, without days off and absences, each hour taken once', () => {
    const absence = { startsAt: at('2026-11-18T15:00+01:00'), endsAt: at('2026-11-19T10:00+01:00') }
    const hours = (...args: Parameters<typeof workingTimeBetween>) => workingTimeBetween(...args) / hourMs
    expect(hours(inBerlin, [], monday, nextMonday)).toBe(40)
    expect(hours({ ...inBerlin, daysOff: ['2026-11-20', '2026-11-21'] }, [], monday, nextMonday)).toBe(32)
    expect(hours(inBerlin, [absence, absence], monday, nextMonday)).toBe(37)
    expect(hours({ ...inBerlin, daysOff: ['2026-11-19'] }, [absence], monday, nextMonday)).toBe(30)
  })

  test('of two shifts that overlap, over midnight too, counts once', () => {
    const workingHours = [
      { weekday: 1, fromMinute: 20 * 60, toMinute: 30 * 60 },
      { weekday: 1, fromMinute: 22 * 60, toMinute: 26 * 60 },
      { weekday: 2, fromMinute: 5 * 60, toMinute: 8 * 60 },
    ]
    expect(workingTimeBetween({ ...inBerlin, workingHours }, [], monday, nextMonday)).toBe(12 * hourMs)
  })

  test('in the night of a change of clocks is an hour, or on Lord Howe half of one, shorter or longer', () => {
    const saturdayNight = [{ weekday: 6, fromMinute: 22 * 60, toMinute: 30 * 60 }]
    const hours = (timeZone: string, day: string) => {
      const noon = at(`${day}T12:00Z`)
      const nurse = { timeZone, workingHours: saturdayNight, daysOff: [] }
      return workingTimeBetween(nurse, [], noon - 24 * hourMs, noon + 48 * hourMs) / hourMs
    }
    expect([hours('Europe/Berlin', '2026-03-28'), hours('Europe/Berlin', '2026-10-24')]).toEqual([7, 9])
    expect([hours('Australia/Adelaide', '2026-10-03'), hours('Australia/Adelaide', '2026-04-04')]).toEqual([7, 9])
    expect([hours('Australia/Lord_Howe', '2026-10-03'), hours('Australia/Lord_Howe', '2026-04-04')]).toEqual([7.5, 8.5])
    expect(hours('Asia/Kolkata', '2026-10-24')).toBe(8)
  })

  test('of a shift is cut to the instants asked for, to the millisecond', () => {
    const nine = at('2026-11-18T09:00+01:00')
    expect(workingTimeBetween(inBerlin, [], nine - 5, nine + 7)).toBe(7)
    expect(workingTimeBetween(inBerlin, [], nine + 3, nine + 7)).toBe(4)
    expect(workingTimeBetween(inBerlin, [], nine, nine)).toBe(0)
    expect(workingTimeBetween(inBerlin, [], nine + 7, nine)).toBe(0)
  })

  test('is none, when nothing is said of their hours', () => {
    expect(workingTimeBetween({ ...inBerlin, workingHours: [] }, [], monday, nextMonday)).toBe(0)
  })
})

test('for any hours, absences and days off it is what walking minute by minute counts', () => {
  fc.assert(
    fc.property(anyWorkingCase, ({ walk, person, absences, from, to }) => {
      const worked = workedMinutes(walk, person, absences)
      const minutes = worked.subarray((from - walk.from) / 60_000, (to - walk.from) / 60_000)
      const counted = minutes.reduce((sum, minute) => sum + minute, 0)
      expect(workingTimeBetween(person, absences, from, to)).toBe(counted * 60_000)
    }),
    { numRuns: 3000 },
  )
})

test('it adds up, wherever in a stretch of time one looks at the clock', () => {
  fc.assert(
    fc.property(anyWorkingCase, fc.double({ min: 0, max: 1, noNaN: true }), ({ person, absences, from, to }, part) => {
      const between = Math.floor(from + (to - from) * part)
      expect(
        workingTimeBetween(person, absences, from, between) + workingTimeBetween(person, absences, between, to),
      ).toBe(workingTimeBetween(person, absences, from, to))
    }),
    { numRuns: 1000 },
  )
})
