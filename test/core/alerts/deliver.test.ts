import { describe, expect, test } from 'vitest'
import type { AlertFacts } from '#core/alerts/alert.ts'
import { decideDelivery, isUrgent, type DeliverySetting } from '#core/alerts/deliver.ts'

const calm: DeliverySetting = {
  kindOff: false,
  muted: false,
  snoozed: null,
  meetingUntil: null,
  pausedUntil: null,
  quietUntil: null,
  urgentPasses: true,
}
const plain = { urgent: false, listed: null }
const urgent = { urgent: true, listed: null }
const sign = (delivery: ReturnType<typeof decideDelivery>) => (delivery.do === 'hold' ? delivery.by : delivery.do)

test.each<[string, Partial<DeliverySetting>, string, string]>([
  ['nothing holds it', {}, 'show', 'show'],
  ['quiet hours', { quietUntil: 9 }, 'quiet-hours', 'show'],
  ['quiet hours that nothing passes', { quietUntil: 9, urgentPasses: false }, 'quiet-hours', 'quiet-hours'],
  ['a pause', { pausedUntil: 9 }, 'pause', 'show'],
  ['a pause that nothing passes', { pausedUntil: 9, urgentPasses: false }, 'pause', 'pause'],
  ['a pause within quiet hours', { pausedUntil: 9, quietUntil: 20 }, 'pause', 'show'],
  ['a meeting', { meetingUntil: 9, urgentPasses: false }, 'meeting', 'show'],
  ['a snoozed ticket', { snoozed: 'Until 15:00' }, 'snooze', 'show'],
  [
    'a snoozed ticket in quiet hours',
    { snoozed: 'Until 15:00', quietUntil: 9, urgentPasses: false },
    'snooze',
    'quiet-hours',
  ],
  ['a muted account', { muted: true, quietUntil: 9 }, 'list', 'list'],
  ['a kind that is switched off', { kindOff: true, snoozed: 'Until 15:00' }, 'list', 'list'],
])('%s: what can wait and what cannot', (_, setting, waits, cannot) => {
  expect(sign(decideDelivery(plain, { ...calm, ...setting }))).toBe(waits)
  expect(sign(decideDelivery(urgent, { ...calm, ...setting }))).toBe(cannot)
})

test('what has a reason to be listed only is listed with it, whatever holds', () => {
  const listed = 'It was so before.'
  expect(decideDelivery({ urgent: true, listed }, { ...calm, quietUntil: 9 })).toEqual({ do: 'list', words: listed })
})

test('what is held says until when', () => {
  expect(decideDelivery(plain, { ...calm, quietUntil: 9 })).toMatchObject({ do: 'hold', until: 9 })
  expect(decideDelivery(plain, { ...calm, snoozed: 'Until 15:00' })).toEqual({
    do: 'hold',
    by: 'snooze',
    words: 'The ticket is snoozed. Until 15:00.',
    until: null,
  })
})

describe('what cannot wait', () => {
  const ticket = { id: 1, subject: 's', priority: null }
  const breach = (kind: 'breach-coming' | 'breached', breachAt: number): AlertFacts => ({
    kind,
    account: 'A',
    ticket,
    clock: { metric: 'm', breachAt },
  })
  test.each<[string, AlertFacts, boolean]>([
    ['an emergency', { kind: 'emergency', account: 'A', ticket, clock: null }, true],
    ['a clock that ended', breach('breached', 0), true],
    ['a clock that ends within the minutes set', breach('breach-coming', 30 * 60_000), true],
    ['a clock that ends a second later than that', breach('breach-coming', 30 * 60_000 + 1000), false],
    ['a new ticket', { kind: 'new-ticket', account: 'A', ticket, clock: null }, false],
  ])('%s', (_, facts, expected) => {
    expect(isUrgent(facts, 30, 0)).toBe(expected)
  })
})
