import { expect, test } from 'vitest'
import { proposeTime, type MeetingGuest, type MeetingPlan } from '#core/return-meeting/propose-time.ts'
import { timeWords } from '#core/return-meeting/time-words.ts'

const at = (text: string) => Date.parse(text)
const office = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, fromMinute: 9 * 60, toMinute: 17 * 60 }))
const guest = (timeZone: string, workingHours = office): MeetingGuest => ({
  times: { timeZone, workingHours, daysOff: [] },
  absences: [],
})
const names = { ase: 'Anna', cover: 'Ben' }
const plan: MeetingPlan = {
  ase: guest('Europe/Berlin'),
  cover: guest('America/New_York'),
  endsAt: at('2026-11-23T00:00+01:00'),
  now: at('2026-11-18T09:00Z'),
  minutes: 30,
}

const proposed = (parts: Partial<MeetingPlan> = {}) => {
  const whole = { ...plan, ...parts }
  return timeWords(proposeTime(whole), whole, names)
}
const chosen = (startsAt: string, parts: Partial<MeetingPlan> = {}) =>
  timeWords({ startsAt: at(startsAt), endsAt: at(startsAt) + 1_800_000, basis: 'chosen' }, { ...plan, ...parts }, names)

test('a time is told by the clocks of both, with why it is then', () => {
  expect(proposed()).toBe(
    'Mon 23 Nov 15:00–15:30 for Anna (Europe/Berlin), 09:00–09:30 for Ben (America/New_York). The first time after the absence at which both work.',
  )
  expect(proposed({ now: at('2026-11-25T20:00Z') })).toMatch(
    /^Thu 26 Nov 15:00.*\. The next time at which both work\.$/,
  )
  expect(proposed({ cover: guest('Europe/Berlin') })).toMatch(/^Mon 23 Nov 09:00–09:30 for both \(Europe\/Berlin\)\. /)
})

test('where it is another day, that is said', () => {
  expect(proposed({ cover: guest('Pacific/Auckland') })).toBe(
    'Mon 23 Nov 09:00–09:30 for Anna (Europe/Berlin), 21:00–21:30 for Ben (Pacific/Auckland). They have no working hours in common within two weeks, so this is when Anna is first at work.',
  )
  expect(chosen('2026-11-23T21:00Z', { cover: guest('Pacific/Auckland') })).toMatch(
    /^Mon 23 Nov 22:00–22:30 for Anna \(Europe\/Berlin\), Tue 24 Nov 10:00–10:30 for Ben /,
  )
})

test('hours that are not known are said to be so', () => {
  expect(proposed({ cover: guest('Europe/London', []) })).toMatch(
    /08:00–08:30 for Ben .* The working hours of Ben are not known, so this is when Anna is first at work\.$/,
  )
  expect(proposed({ cover: null })).toMatch(/for both .* The working hours of Ben are not known, /)
  expect(proposed({ ase: guest('Europe/Berlin', []) })).toMatch(
    /The working hours of Anna are not known: choose a time\.$/,
  )
})

test('a time that somebody chose is told with whose working hours it is outside of', () => {
  expect(chosen('2026-11-23T15:00Z')).toMatch(/\. Chosen\.$/)
  expect(chosen('2026-11-23T09:00Z')).toMatch(/Chosen; outside the working hours of Ben\.$/)
  expect(chosen('2026-11-22T03:00Z')).toMatch(/Chosen; outside the working hours of Anna and Ben\.$/)
  expect(chosen('2026-11-22T03:00Z', { cover: guest('UTC', []) })).toMatch(/outside the working hours of Anna\.$/)
})
