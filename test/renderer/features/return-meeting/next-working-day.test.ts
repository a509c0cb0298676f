import { expect, test } from 'vitest'
import { nextWorkingDay } from '#renderer/features/return-meeting/next-working-day.ts'

const hours = (...weekdays: readonly number[]) =>
  weekdays.map((weekday) => ({ weekday, fromMinute: 540, toMinute: 1020 }))

test('the next working day is the next one on which somebody has hours and is not off', () => {
  const workingHours = hours(1, 2, 3, 4, 5)
  expect(nextWorkingDay('2026-11-24', { workingHours, daysOff: [] })).toBe('2026-11-25')
  expect(nextWorkingDay('2026-11-27', { workingHours, daysOff: [] })).toBe('2026-11-30')
  expect(nextWorkingDay('2026-11-24', { workingHours, daysOff: ['2026-11-25'] })).toBe('2026-11-26')
  expect(nextWorkingDay('2026-12-31', { workingHours: hours(7), daysOff: [] })).toBe('2027-01-03')
})

test('where nobody’s hours are known, Monday to Friday are worked', () => {
  expect(nextWorkingDay('2026-11-27', undefined)).toBe('2026-11-30')
  expect(nextWorkingDay('2026-11-27', { workingHours: [], daysOff: [] })).toBe('2026-11-30')
})
