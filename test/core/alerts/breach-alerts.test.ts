import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  breachAlerts,
  endedBeforeWords,
  knownBeforeWords,
  laterWarningWords,
  type BreachSetting,
} from '#core/alerts/breach-alerts.ts'

const minute = 60_000
const clock = { metric: 'first_reply_time', breachAt: 1000 * minute }
const setting = (now: number, more: Partial<BreachSetting> = {}): BreachSetting => ({
  leadMinutes: [120, 30],
  concerns: [{ startsAt: 0, endsAt: 1e12 }],
  knownSince: 0,
  now: now * minute,
  ...more,
})
const told = (now: number, more: Partial<BreachSetting> = {}) =>
  breachAlerts(clock, setting(now, more)).due.map(({ kind, dueAt, listed }) => [kind, dueAt / minute, listed])

test('each warning is due at its minute and not before, and the end at its own', () => {
  expect(told(879)).toEqual([])
  expect(told(880)).toEqual([['breach-coming', 880, null]])
  expect(breachAlerts(clock, setting(879)).nextAt).toBe(880 * minute)
  expect(breachAlerts(clock, setting(880)).nextAt).toBe(970 * minute)
  expect(breachAlerts(clock, setting(970)).nextAt).toBe(1000 * minute)
  expect(breachAlerts(clock, setting(1000)).nextAt).toBeNull()
})

test('of two warnings that are due at once only the later one is told, and none when the clock has ended', () => {
  expect(told(970)).toEqual([
    ['breach-coming', 880, laterWarningWords],
    ['breach-coming', 970, null],
  ])
  expect(told(1000)).toEqual([
    ['breach-coming', 880, endedBeforeWords],
    ['breach-coming', 970, endedBeforeWords],
    ['breached', 1000, null],
  ])
})

test('a warning whose time lies before the coverage is due when that begins, an end before it is not told at all', () => {
  const concerns = [{ startsAt: 900 * minute, endsAt: 2000 * minute }]
  expect(told(899, { concerns })).toEqual([])
  expect(told(900, { concerns })).toEqual([['breach-coming', 900, null]])
  expect(told(1100, { concerns: [{ startsAt: 1001 * minute, endsAt: 2000 * minute }] })).toEqual([])
  expect(breachAlerts(clock, setting(0, { concerns })).nextAt).toBe(900 * minute)
})

test('nothing is told of a clock that ends after the coverage but for warnings within it', () => {
  const concerns = [{ startsAt: 0, endsAt: 900 * minute }]
  expect(told(1100, { concerns })).toEqual([['breach-coming', 880, endedBeforeWords]])
  expect(breachAlerts(clock, setting(880, { concerns })).nextAt).toBeNull()
})

test('what was so before the account was first read is listed, and warnings that still help are told', () => {
  expect(told(1100, { knownSince: 1050 * minute })).toEqual([['breached', 1000, knownBeforeWords]])
  expect(told(950, { knownSince: 940 * minute })).toEqual([['breach-coming', 940, null]])
})

test('the name of an occasion tells clock, end and warning, whatever Zendesk numbers it', () => {
  expect(breachAlerts(clock, setting(1000)).due.map(({ instance }) => instance)).toEqual([
    `first_reply_time@${clock.breachAt}-120m`,
    `first_reply_time@${clock.breachAt}-30m`,
    `first_reply_time@${clock.breachAt}`,
  ])
})

test('looked at whenever it says, everything is told once at its time, as if it had been looked at each minute', () => {
  const span = fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 90 }))
  fc.assert(
    fc.property(
      fc.array(span, { maxLength: 3 }),
      fc.integer({ min: 0, max: 240 }),
      fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 3 }),
      fc.integer({ min: 0, max: 100 }),
      (spans, end, leadMinutes, known) => {
        const concerns = spans.map(([from, length]) => ({ startsAt: from * minute, endsAt: (from + length) * minute }))
        const one = { metric: 'm', breachAt: end * minute }
        const look = (now: number) =>
          breachAlerts(one, { leadMinutes, concerns, knownSince: known * minute, now: now * minute })
        const shown = new Map<string, number>()
        const claimed = new Set<string>()
        const walk = (now: number) => {
          for (const { instance, listed } of look(now).due) {
            if (claimed.has(instance)) continue
            claimed.add(instance)
            if (listed === null) shown.set(instance, now)
          }
        }
        let now = 0
        for (;;) {
          walk(now)
          const { nextAt } = look(now)
          if (nextAt === null) break
          expect(nextAt).toBeGreaterThan(now * minute)
          now = nextAt / minute
        }
        // By the definition, minute for minute: inside, known, not ended, and the time of the warning has come.
        const inside = (at: number) => concerns.some((w) => w.startsAt <= at * minute && at * minute < w.endsAt)
        const expected = new Map<string, number>()
        const used = new Set<number>()
        for (let at = 0; at <= end; at += 1) {
          const ripe = [...new Set(leadMinutes)].filter((lead) => !used.has(lead) && at >= end - lead)
          if (at < end && at >= known && inside(at) && ripe.length > 0) {
            ripe.forEach((lead) => used.add(lead))
            expected.set(`m@${one.breachAt}-${Math.min(...ripe)}m`, at)
          }
          if (at === end && at >= known && inside(at)) expected.set(`m@${one.breachAt}`, at)
        }
        expect(shown).toEqual(expected)
      },
    ),
    { numRuns: 500 },
  )
})
