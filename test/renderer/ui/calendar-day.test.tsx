import { expect, test } from 'vitest'
import { dayOf, dayOnly, dayStart } from '#renderer/ui/calendar-day.ts'

test.each([
  ['2026-11-24', 'Europe/Berlin', Date.UTC(2026, 10, 23, 23)],
  ['2026-03-29', 'Europe/Berlin', Date.UTC(2026, 2, 28, 23)],
  ['2026-10-25', 'Europe/Berlin', Date.UTC(2026, 9, 24, 22)],
  ['2026-11-24', 'Asia/Kolkata', Date.UTC(2026, 10, 23, 18, 30)],
  ['2026-11-01', 'America/Los_Angeles', Date.UTC(2026, 10, 1, 7)],
  ['2026-01-01', 'Pacific/Auckland', Date.UTC(2025, 11, 31, 11)],
])('%s in %s begins at its midnight, and that is the same day', (day, timeZone, start) => {
  expect(dayStart(day, timeZone)).toBe(start)
  expect(dayOf(start, timeZone)).toBe(day)
  expect(dayOf(start - 1, timeZone)).not.toBe(day)
})

test.each(['', 'yesterday', '2026-13-01', '24.11.2026'])('%j is no day', (text) => {
  expect(dayStart(text, 'Europe/Berlin')).toBeNull()
})

test('a day due is named without a zone shifting it', () => {
  expect(dayOnly('2026-11-27')).toBe('Fri 27 Nov')
})
