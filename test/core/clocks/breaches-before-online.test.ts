import { expect, test } from 'vitest'
import { breachesBeforeOnline } from '#core/clocks/breaches-before-online.ts'
import { nextAvailable } from '#core/clocks/next-available.ts'

const at = (text: string) => Date.parse(text)
const clock = (breachAt: number) => ({ metric: 'next_reply_time', stage: 'active', breachAt })

test('a clock breaches first when it runs out before the instant at which the ASE is back, to the millisecond', () => {
  expect(breachesBeforeOnline(clock(1999), 2000, 1000)).toBe(true)
  expect(breachesBeforeOnline(clock(2000), 2000, 1000)).toBe(false)
})

test('one that has run out counts as well, unless the ASE is at work now', () => {
  expect(breachesBeforeOnline(clock(500), 2000, 1000)).toBe(true)
  expect(breachesBeforeOnline(clock(500), 1000, 1000)).toBe(false)
})

test('nobody is waited for of whom it is not known when they work', () => {
  expect(breachesBeforeOnline(clock(9000), undefined, 1000)).toBe(true)
})

test('a day off in the ASE’s own zone puts them behind a clock that they would otherwise meet', () => {
  const weekdays = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, fromMinute: 510, toMinute: 1020 }))
  const inAdelaide = { timeZone: 'Australia/Adelaide', workingHours: weekdays, daysOff: ['2026-10-05'] }
  // Labour Day comes the day after the clocks went forward.
  const now = at('2026-10-03T12:00+09:30')
  const tuesday = clock(at('2026-10-06T08:30+10:30'))
  const monday = clock(at('2026-10-05T08:30+10:30'))
  const breaches = (one: typeof monday, daysOff: readonly string[]) =>
    breachesBeforeOnline(one, nextAvailable({ ...inAdelaide, daysOff }, [], now), now)
  expect([breaches(monday, []), breaches(monday, ['2026-10-05'])]).toEqual([false, true])
  expect([breaches(tuesday, []), breaches(tuesday, ['2026-10-05'])]).toEqual([false, false])
})
