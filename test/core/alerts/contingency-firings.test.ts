import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contingencyFirings, type WatchedHistory } from '#core/alerts/contingency-firings.ts'
import type { Trigger } from '#core/handoff/handoff-document.ts'

const nothing: WatchedHistory = { messages: [], changes: [], closed: [] }
const firings = (trigger: Trigger, history: Partial<WatchedHistory>, { since = 10, now = 100 } = {}) =>
  contingencyFirings(trigger, since, { ...nothing, ...history }, now)
const customer = (at: number) => ({ at, customers: true })
const us = (at: number) => ({ at, customers: false })

test('a reply of the customer after the watch began fires, ours does not', () => {
  const messages = [customer(9), customer(10), us(11), customer(12), customer(13)]
  expect(firings({ on: 'customer-replies' }, { messages })).toEqual([12, 13])
})

test.each([
  ['normal', 'high', true],
  ['high', 'urgent', true],
  ['low', 'normal', true],
  [null, 'high', true],
  ['low', null, true],
  [null, 'normal', false],
  ['normal', null, false],
  ['urgent', 'high', false],
  ['high', 'high', false],
])('priority from %s to %s is raised: %s', (from, to, isRaised) => {
  const changes = [{ at: 20, priority: { from, to } }]
  expect(firings({ on: 'severity-raised' }, { changes })).toEqual(isRaised ? [20] : [])
  expect(firings({ on: 'severity-raised' }, { changes }, { since: 20 })).toEqual([])
})

test('the status that was named fires, another one or another change does not', () => {
  const changes = [
    { at: 5, status: { to: 'pending' } },
    { at: 20, status: { to: 'open' } },
    { at: 21, priority: { from: 'low', to: 'high' } },
    { at: 22, status: { to: 'pending' } },
  ]
  expect(firings({ on: 'status', to: 'pending' }, { changes })).toEqual([22])
  expect(firings({ on: 'status', to: 'hold' }, { changes })).toEqual([])
})

test('an issue that was closed after the watch began fires', () => {
  expect(firings({ on: 'issue-closed', projectId: 7, iid: 3 }, { closed: [10, 30] })).toEqual([30])
})

test('a time without an answer of ours fires at its end', () => {
  const by = (at: number) => ({ on: 'no-reply-by', at }) as const
  expect(firings(by(50), {}, { now: 49 })).toEqual([])
  expect(firings(by(50), {}, { now: 50 })).toEqual([50])
  expect(firings(by(50), { messages: [customer(20), us(9), us(51)] })).toEqual([50])
  expect(firings(by(50), { messages: [us(50)] })).toEqual([])
  expect(firings(by(10), {})).toEqual([])
})

test('nothing fires from before the watch began, nor what another trigger is about', () => {
  const at = fc.integer({ min: 0, max: 60 })
  const history = fc.record({
    messages: fc.array(fc.record({ at, customers: fc.boolean() })),
    changes: fc.array(fc.record({ at, status: fc.record({ to: fc.constantFrom('open', 'pending') }) })),
    closed: fc.array(at),
  })
  const trigger: fc.Arbitrary<Trigger> = fc.oneof(
    fc.constantFrom<Trigger>({ on: 'customer-replies' }, { on: 'severity-raised' }, { on: 'status', to: 'pending' }),
    fc.record({ on: fc.constant('no-reply-by' as const), at }),
    fc.constant<Trigger>({ on: 'issue-closed', projectId: 7, iid: 3 }),
  )
  fc.assert(
    fc.property(trigger, at, history, at, (fires, since, happened, now) => {
      for (const one of contingencyFirings(fires, since, happened, now)) expect(one).toBeGreaterThan(since)
      expect(contingencyFirings(fires, since, nothing, now)).toEqual(
        fires.on === 'no-reply-by' && fires.at > since && fires.at <= now ? [fires.at] : [],
      )
    }),
  )
})
