import { expect, test } from 'vitest'
import { hoursThere } from '#core/desk/hours-there.ts'
import { readHours, writeHours } from '#core/people/hours-words.ts'

const winter = Date.UTC(2026, 11, 1)
const summer = Date.UTC(2026, 6, 1)

function there(hours: string, from: string, to: string, at = winter): string {
  return writeHours(hoursThere(readHours(hours) ?? [], { from, to }, at))
}

test('hours move by the distance of the two zones', () => {
  expect(there('Mon-Fri 08:00-16:30', 'America/Los_Angeles', 'Europe/Berlin')).toBe('Mon-Fri 17:00-01:30')
})

test('what begins before midnight there begins on the day before', () => {
  expect(there('Mon-Thu 08:30-17:00', 'Australia/Adelaide', 'Europe/Berlin')).toBe(
    'Mon-Wed 23:00-07:30, Sun 23:00-07:30',
  )
})

test('what begins after midnight there begins on the next day, also from Sunday to Monday', () => {
  expect(there('Sun 22:00-23:00', 'America/New_York', 'Europe/London')).toBe('Mon 03:00-04:00')
})

test('the distance is that of the time of the year', () => {
  expect(there('Mon 09:00-10:00', 'Australia/Adelaide', 'Europe/Berlin', summer)).toBe('Mon 01:30-02:30')
  expect(there('Mon 09:00-10:00', 'Australia/Adelaide', 'Europe/Berlin', winter)).toBe('Sun 23:30-00:30')
})
