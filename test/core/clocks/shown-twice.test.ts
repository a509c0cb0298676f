import { expect, test } from 'vitest'
import { isShownTwice } from '#core/clocks/shown-twice.ts'

const at = (text: string) => Date.parse(text)

test.each<[string, string, boolean]>([
  ['2026-10-25T02:30+02:00', 'Europe/Berlin', true],
  ['2026-10-25T02:30+01:00', 'Europe/Berlin', false],
  ['2026-10-25T01:59+02:00', 'Europe/Berlin', false],
  ['2026-10-25T03:00+01:00', 'Europe/Berlin', false],
  ['2026-04-05T01:45+11:00', 'Australia/Lord_Howe', true],
  ['2026-04-05T01:15+11:00', 'Australia/Lord_Howe', false],
  ['2026-10-25T02:30Z', 'UTC', false],
])('%s in %s is shown again: %s', (instant, timeZone, twice) => {
  expect(isShownTwice(at(instant), timeZone)).toBe(twice)
})
