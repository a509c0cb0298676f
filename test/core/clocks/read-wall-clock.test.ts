import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readWallClock } from '#core/clocks/read-wall-clock.ts'

test('a time is the instant at which the clocks there show it', () => {
  expect(readWallClock('2026-12-21T17:00', 'Europe/Berlin')).toEqual({ at: Date.UTC(2026, 11, 21, 16), problem: null })
  expect(readWallClock('2026-12-21T17:00', 'Asia/Kolkata').at).toBe(Date.UTC(2026, 11, 21, 11, 30))
})

test('a time that exists twice is the earlier one', () => {
  expect(readWallClock('2026-10-25T02:30', 'Europe/Berlin').at).toBe(Date.UTC(2026, 9, 25, 0, 30))
})

test('a time that the clocks skip is none, and says which one to write', () => {
  expect(readWallClock('2027-03-28T02:30', 'Europe/Berlin')).toEqual({
    at: null,
    problem: 'The clocks in Europe/Berlin skip 02:30 on 2027-03-28. Write 03:30.',
  })
})

test('a day or time that there is not is said to be none', () => {
  for (const text of ['2026-02-30T09:00', '2026-13-01T09:00', '2026-12-21T24:30']) {
    expect(readWallClock(text, 'Europe/Berlin').problem).toBe(
      `There is no ${text.replace('T', ' ')}. Check day and time.`,
    )
  }
})

test('whatever is read is shown by the clocks there again', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu']
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2025-01-01'), max: new Date('2029-01-01'), noInvalidDate: true }),
      fc.constantFrom(...zones),
      (date, timeZone) => {
        const text = date.toISOString().slice(0, 16)
        const { at } = readWallClock(text, timeZone)
        const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
        if (at !== null) expect(format.format(at)).toBe(text.replace('T', ' '))
      },
    ),
    { numRuns: 1000 },
  )
})
