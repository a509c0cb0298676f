import { describe, expect, test } from 'vitest'
import { snoozeWakesAt, snoozeWords, tomorrowMorning, wakingOf, type SnoozeFacts } from '#core/alerts/snooze.ts'

const at = (text: string) => Date.parse(text)
const office = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, fromMinute: 8 * 60 + 30, toMinute: 17 * 60 }))
const me = { timeZone: 'Europe/Berlin', workingHours: office, daysOff: ['2026-11-20'] }
const since = at('2026-11-18T14:00+01:00')
const breach = at('2026-11-18T18:00+01:00')
const facts: SnoozeFacts = { since, me, absences: [], nextBreachAt: breach }
const nothing = { repliedAt: null, urgent: null }

describe('a snoozed ticket wakes', () => {
  test('after the time it was snoozed for', () => {
    const until = { kind: 'for', minutes: 60 } as const
    expect(snoozeWakesAt(until, facts)).toBe(at('2026-11-18T15:00+01:00'))
    expect(wakingOf(until, facts, nothing, at('2026-11-18T14:59:59+01:00'))).toBeNull()
    expect(wakingOf(until, facts, nothing, at('2026-11-18T15:00+01:00'))?.words).toMatch(/is over/)
  })

  test('when my next working day begins: not on a day off, a weekend, or while I am away', () => {
    expect(tomorrowMorning(since, me, [])).toBe(at('2026-11-19T08:30+01:00'))
    expect(tomorrowMorning(at('2026-11-19T14:00+01:00'), me, [])).toBe(at('2026-11-23T08:30+01:00'))
    const away = { startsAt: at('2026-11-19T00:00+01:00'), endsAt: at('2026-11-24T00:00+01:00') }
    expect(tomorrowMorning(since, me, [away])).toBe(at('2026-11-24T08:30+01:00'))
  })

  test('at nine tomorrow, where nothing is said of my hours', () => {
    expect(tomorrowMorning(since, { ...me, workingHours: [] }, [])).toBe(at('2026-11-19T09:00+01:00'))
  })

  test('at the morning of the next day also when it is snoozed long before work begins', () => {
    expect(tomorrowMorning(at('2026-11-18T00:30+01:00'), me, [])).toBe(at('2026-11-19T08:30+01:00'))
  })

  test('when the customer writes, and by no time', () => {
    const until = { kind: 'reply' } as const
    expect(snoozeWakesAt(until, facts)).toBeNull()
    const repliedAt = at('2026-11-18T15:10+01:00')
    expect(wakingOf(until, facts, { ...nothing, repliedAt }, repliedAt - 1)).toBeNull()
    expect(wakingOf(until, facts, { ...nothing, repliedAt }, repliedAt)).toEqual({
      at: repliedAt,
      words: 'The customer replied.',
    })
  })

  test('so long before its clock ends, by the clock it has now, and when the customer writes before that', () => {
    const until = { kind: 'before-breach', minutes: 30 } as const
    expect(snoozeWakesAt(until, facts)).toBe(breach - 30 * 60_000)
    expect(snoozeWakesAt(until, { ...facts, nextBreachAt: breach + 3_600_000 })).toBe(breach + 30 * 60_000)
    expect(snoozeWakesAt(until, { ...facts, nextBreachAt: null })).toBeNull()
    expect(wakingOf(until, facts, nothing, breach - 30 * 60_000)?.words).toBe('Its clock ends at 18:00.')
    const repliedAt = since + 1000
    expect(wakingOf(until, facts, { ...nothing, repliedAt }, breach)?.words).toBe('The customer replied.')
  })

  test('for what cannot wait, however it was snoozed', () => {
    const urgent = { at: since + 5000, words: 'It became an emergency.' }
    for (const until of [{ kind: 'for', minutes: 600 }, { kind: 'tomorrow' }, { kind: 'reply' }] as const) {
      expect(wakingOf(until, facts, { ...nothing, urgent }, since + 5000)).toEqual(urgent)
    }
  })

  test('not for a message of the customer when it sleeps for a time', () => {
    expect(wakingOf({ kind: 'for', minutes: 60 }, facts, { ...nothing, repliedAt: since + 1 }, since + 2)).toBeNull()
  })
})

test('people read until when', () => {
  const words = (until: Parameters<typeof snoozeWords>[0], more: Partial<SnoozeFacts> = {}) =>
    snoozeWords(until, { ...facts, ...more }, since)
  expect(words({ kind: 'for', minutes: 60 })).toBe('Until 15:00')
  expect(words({ kind: 'tomorrow' })).toBe('Until tomorrow 08:30')
  expect(words({ kind: 'reply' })).toBe('Until the customer replies')
  expect(words({ kind: 'before-breach', minutes: 30 })).toBe(
    'Until 17:30, 30 min before its clock ends, or until the customer replies',
  )
  expect(words({ kind: 'before-breach', minutes: 120 }, { nextBreachAt: null })).toBe(
    'Until the customer replies: no clock runs at present',
  )
})
