import { expect, test } from 'vitest'
import { localDay, localTime, weekdayIn, zendeskTime } from '#simulator/time.ts'

test('local midnight is found in zones with half hours and on both sides of the date line', () => {
  const instant = Date.UTC(2026, 10, 18, 10)
  expect(zendeskTime(localTime('Australia/Adelaide', instant, 0))).toBe('2026-11-17T13:30:00Z')
  expect(zendeskTime(localTime('America/Los_Angeles', instant, 0))).toBe('2026-11-18T08:00:00Z')
  expect(zendeskTime(localTime('Europe/Berlin', instant, 1, 540))).toBe('2026-11-19T08:00:00Z')
})

test('daylight-saving changes in between are counted', () => {
  const before = Date.UTC(2026, 9, 24, 12)
  expect(zendeskTime(localTime('Europe/Berlin', before, 0, 540))).toBe('2026-10-24T07:00:00Z')
  expect(zendeskTime(localTime('Europe/Berlin', before, 1, 540))).toBe('2026-10-25T08:00:00Z')
})

test('weekdays are those of the zone', () => {
  const sundayEveningUtc = Date.UTC(2026, 10, 22, 20)
  expect(weekdayIn('Europe/Berlin', sundayEveningUtc)).toBe(7)
  expect(weekdayIn('Australia/Adelaide', sundayEveningUtc)).toBe(1)
})

test('days are those of the zone’s calendar', () => {
  const newYearsEveUtc = Date.UTC(2026, 11, 31, 15)
  expect(localDay('Europe/Berlin', newYearsEveUtc, 0)).toBe('2026-12-31')
  expect(localDay('Australia/Adelaide', newYearsEveUtc, 0)).toBe('2027-01-01')
  expect(localDay('Europe/Berlin', newYearsEveUtc, 60)).toBe('2027-03-01')
})
