import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  dayNamed,
  dayNameOf,
  isoWeekNamed,
  isoWeekOf,
  weekAfter,
  weeksBefore,
  workingDaysOf,
} from '#core/clocks/iso-week.ts'
import { dayMs, hourMs } from '#test/support/work-values.ts'

const berlin = 'Europe/Berlin'
const weekMs = 7 * dayMs

describe('the week of an instant', () => {
  test.each([
    ['2021-01-03T12:00Z', '2020-W53'],
    ['2021-01-04T12:00Z', '2021-W01'],
    ['2024-12-30T12:00Z', '2025-W01'],
    ['2026-12-31T12:00Z', '2026-W53'],
    ['2027-01-03T12:00Z', '2026-W53'],
    ['2027-01-04T12:00Z', '2027-W01'],
    ['2026-11-18T09:00Z', '2026-W47'],
  ])('%s lies in %s', (instant, week) => {
    expect(isoWeekOf(Date.parse(instant), berlin).week).toBe(week)
  })

  test('depends on the zone, not on UTC', () => {
    const sundayNight = Date.parse('2026-11-22T23:30Z')
    expect(isoWeekOf(sundayNight, 'UTC').week).toBe('2026-W47')
    expect(isoWeekOf(sundayNight, berlin).week).toBe('2026-W48')
    expect(isoWeekOf(sundayNight, 'America/New_York').week).toBe('2026-W47')
  })

  test('holds its Monday midnight and not the next one', () => {
    const week = isoWeekOf(Date.parse('2026-11-18T09:00Z'), berlin)
    expect(week.startsAt).toBe(Date.parse('2026-11-16T00:00+01:00'))
    expect(isoWeekOf(week.startsAt, berlin)).toEqual(week)
    expect(isoWeekOf(week.endsAt - 1, berlin)).toEqual(week)
    expect(isoWeekOf(week.endsAt, berlin).week).toBe('2026-W48')
  })

  test('is an hour shorter or longer where the clocks change, half an hour on Lord Howe', () => {
    const length = (instant: string, zone: string) => {
      const week = isoWeekOf(Date.parse(instant), zone)
      return week.endsAt - week.startsAt
    }
    expect(length('2026-03-29T12:00Z', berlin)).toBe(weekMs - hourMs)
    expect(length('2026-10-25T12:00Z', berlin)).toBe(weekMs + hourMs)
    expect(length('2026-10-03T12:00Z', 'Australia/Lord_Howe')).toBe(weekMs - hourMs / 2)
    expect(length('2026-04-04T12:00Z', 'Australia/Lord_Howe')).toBe(weekMs + hourMs / 2)
    expect(length('2026-11-18T12:00Z', berlin)).toBe(weekMs)
  })
})

describe('a week by its name', () => {
  test('is the week that its instants lie in', () => {
    for (const name of ['2020-W53', '2021-W01', '2026-W12', '2026-W53']) {
      const week = isoWeekNamed(name, berlin)
      expect(week).toEqual(isoWeekOf(week?.startsAt ?? 0, berlin))
      expect(week?.week).toBe(name)
    }
  })

  test('is nothing where the year has no such week or the name is none', () => {
    for (const name of ['2025-W53', '2026-W54', '2026-W00', '2026-W99', '2026-47', 'W47', '', '2026-W7', 'x2026-W47']) {
      expect(isoWeekNamed(name, berlin)).toBeUndefined()
    }
  })
})

test('the weeks before an instant are complete, adjoin each other and go back in time', () => {
  const instant = Date.parse('2026-11-18T09:00Z')
  const weeks = weeksBefore(instant, berlin, 60)
  expect(weeks[0]?.week).toBe('2026-W46')
  expect(weeks).toHaveLength(60)
  expect(weeks[0]?.endsAt).toBe(isoWeekOf(instant, berlin).startsAt)
  for (const [index, week] of weeks.entries()) {
    expect(weeks[index + 1]?.endsAt ?? week.startsAt).toBe(week.startsAt)
    expect(week).toEqual(isoWeekNamed(week.week, berlin))
  }
  expect(weeksBefore(instant, berlin, 0)).toEqual([])
})

test('working days go from midnight to midnight, in order, and one of them is longer when the clocks go back', () => {
  const week = isoWeekOf(Date.parse('2026-10-25T12:00Z'), berlin)
  const days = workingDaysOf(week, berlin, [7, 1, 5])
  expect(days.map((day) => day.weekday)).toEqual([1, 5, 7])
  expect(days.map((day) => (day.endsAt - day.startsAt) / hourMs)).toEqual([24, 24, 25])
  expect(days[2]?.endsAt).toBe(week.endsAt)
  expect(days[0]?.startsAt).toBe(week.startsAt)
})

test('for any instant in any zone the week holds it, and its name leads back to it', () => {
  const zones = [
    berlin,
    'UTC',
    'Australia/Lord_Howe',
    'America/St_Johns',
    'Africa/Cairo',
    'Pacific/Apia',
    'America/Santiago',
  ]
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2012, 0, 1), max: Date.UTC(2040, 0, 1) }),
      fc.constantFrom(...zones),
      (instant, zone) => {
        const week = isoWeekOf(instant, zone)
        expect(week.startsAt).toBeLessThanOrEqual(instant)
        expect(week.endsAt).toBeGreaterThan(instant)
        expect(isoWeekNamed(week.week, zone)).toEqual(week)
        const days = workingDaysOf(week, zone, [1, 2, 3, 4, 5, 6, 7])
        expect(days[0]?.startsAt).toBe(week.startsAt)
        expect(days.at(-1)?.endsAt).toBe(week.endsAt)
        const day = dayNamed(dayNameOf(instant, zone), zone)
        expect(days).toContainEqual(day)
        expect(day.startsAt <= instant && instant < day.endsAt).toBe(true)
        const next = weekAfter(week, zone)
        expect(next.startsAt).toBe(week.endsAt)
        expect(weeksBefore(next.startsAt, zone, 1)).toEqual([week])
      },
    ),
    { numRuns: 1000 },
  )
})
