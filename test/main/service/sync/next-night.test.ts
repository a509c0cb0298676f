import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextNight } from '#service/sync/next-night.ts'
import { hourMs } from '#test/support/work-values.ts'

const berlin = 'Europe/Berlin'
const at = (text: string) => Date.parse(text)

test.each([
  ['during the day', '2026-11-18T09:00Z', '2026-11-19T02:00Z'],
  ['after midnight, the same night', '2026-11-18T01:30Z', '2026-11-18T02:00Z'],
  ['at three o’clock itself, the next one', '2026-11-18T02:00Z', '2026-11-19T02:00Z'],
  ['before the clocks go forward', '2026-03-28T12:00Z', '2026-03-29T01:00Z'],
  ['after the clocks went back', '2026-10-24T12:00Z', '2026-10-25T02:00Z'],
])('%s it is three o’clock on the wall', (_, after, night) => {
  expect(nextNight(at(after), berlin, 0)).toBe(at(night))
})

test('where the clocks skip three o’clock it is four', () => {
  expect(nextNight(at('2026-03-28T12:00Z'), 'Europe/Helsinki', 0)).toBe(at('2026-03-29T01:00Z'))
  expect(nextNight(at('2026-03-29T12:00Z'), 'Europe/Helsinki', 0)).toBe(at('2026-03-30T00:00Z'))
})

test('a delay moves the night for everybody who has it, also one that has begun', () => {
  const delayMs = 50 * 60_000
  expect(nextNight(at('2026-11-18T02:30Z'), berlin, delayMs)).toBe(at('2026-11-18T02:50Z'))
  expect(nextNight(at('2026-11-18T02:50Z'), berlin, delayMs)).toBe(at('2026-11-19T02:50Z'))
})

test('it is always ahead, and at most a night and a change of clocks away', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: at('2026-01-01T00:00Z'), max: at('2028-01-01T00:00Z') }),
      fc.constantFrom(berlin, 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia'),
      fc.integer({ min: 0, max: hourMs }),
      (after, timeZone, delayMs) => {
        const waits = nextNight(after, timeZone, delayMs) - after
        expect(waits).toBeGreaterThan(0)
        expect(waits).toBeLessThanOrEqual(25 * hourMs)
      },
    ),
  )
})
