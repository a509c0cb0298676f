import { describe, expect, test } from 'vitest'
import { dayWords, instantOf, wallTimeOf } from '#renderer/ui/wall-time.ts'

describe('a wall time in a zone', () => {
  test.each([
    ['2026-12-21T17:00', 'Europe/Berlin', Date.UTC(2026, 11, 21, 16)],
    ['2026-07-01T00:15', 'Europe/Berlin', Date.UTC(2026, 5, 30, 22, 15)],
    ['2026-11-24T09:00', 'Asia/Kolkata', Date.UTC(2026, 10, 24, 3, 30)],
    ['2026-10-25T04:00', 'Europe/Berlin', Date.UTC(2026, 9, 25, 3)],
    ['2026-11-01T23:59', 'America/Los_Angeles', Date.UTC(2026, 10, 2, 7, 59)],
  ])('%s in %s is one instant, and that instant shows it again', (wallTime, timeZone, instant) => {
    expect(instantOf(wallTime, timeZone)).toBe(instant)
    expect(wallTimeOf(instant, timeZone)).toBe(wallTime)
  })

  test.each(['', '2026-12-21', '21.12.2026 17:00', '2026-13-40T99:00'])('%j is none', (text) => {
    expect(instantOf(text, 'Europe/Berlin')).toBeUndefined()
  })
})

test('a day is the one on the clock of its zone', () => {
  expect(dayWords(Date.UTC(2026, 11, 31, 23, 30), 'Europe/Berlin')).toBe('1 Jan 2027')
  expect(dayWords(Date.UTC(2026, 11, 31, 23, 30), 'America/Los_Angeles')).toBe('31 Dec 2026')
})
