import { expect, test } from 'vitest'
import { ago, dayAndTime, duration, figure, percent, wallClock, zoneName } from '#renderer/ui/time-words.ts'

const now = Date.UTC(2026, 10, 24, 12, 20)
const hour = 3_600_000

test.each([
  [now + hour, '14:20'],
  [now + 12 * hour, 'Wed 01:20'],
  [now - 24 * hour, 'Mon 13:20'],
  [now + 8 * 24 * hour, '2 Dec 13:20'],
  [now + 60 * 24 * hour, '23 Jan 2027 13:20'],
])('%i is said as %s', (instant, words) => {
  expect(wallClock(instant, now, 'Europe/Berlin')).toBe(words)
})

test('the day is the one of the zone, not of the machine', () => {
  expect(wallClock(Date.UTC(2026, 10, 24, 20, 0), now, 'Asia/Kolkata')).toBe('Wed 01:30')
})

test.each([
  [40_000, '40s'],
  [725_000, '12m 05s'],
  [3_900_000, '1h 05m'],
  [-3_900_000, '1h 05m'],
  [100 * 3_600_000, '4d 4h'],
])('%i ms take %s', (ms, words) => {
  expect(duration(ms)).toBe(words)
})

test.each([
  [0, 'just now'],
  [-5000, 'just now'],
  [20_000, '20 s ago'],
  [180_000, '3 min ago'],
  [7_200_000, '2 h ago'],
  [86_400_000, '1 day ago'],
])('%i ms back is %s', (ms, words) => {
  expect(ago(now - ms, now)).toBe(words)
})

test('numbers have at most one decimal, shares are percentages, zones are cities', () => {
  expect(figure(6.6000001)).toBe('6.6')
  expect(percent(0.75)).toBe('75 %')
  expect(zoneName('America/Los_Angeles', now)).toBe('Los Angeles (GMT-8)')
})

test('the ends of a stretch of time always name their day', () => {
  expect(dayAndTime(Date.UTC(2026, 10, 18, 22, 0), 'Europe/Berlin')).toBe('Wed 18 Nov, 23:00')
})
