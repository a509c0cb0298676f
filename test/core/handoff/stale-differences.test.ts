import { expect, test } from 'vitest'
import type { TicketFacts } from '#core/handoff/handoff-document.ts'
import { staleChanges, staleDifferences } from '#core/handoff/stale-differences.ts'
import { someFacts } from '#test/support/handoff-values.ts'
import { monday } from '#test/support/plan-values.ts'
import { hourMs } from '#test/support/work-values.ts'

const since = (parts: Partial<TicketFacts>, then: Partial<TicketFacts> = {}) =>
  staleDifferences(someFacts(then), someFacts(parts), { timeZone: 'Europe/Berlin', now: monday })
const said = { at: monday - 2 * hourMs, byName: 'Carla', words: 'It is down again.' }

test('a ticket that is as it was, or got another subject or others on Cc, is not stale', () => {
  expect(since({})).toEqual([])
  expect(since({ subject: 'Another', ccNames: [], assigneeName: 'Anna K.' })).toEqual([])
})

test('what matters is named with what it was', () => {
  expect(since({ status: 'pending', priority: 'urgent', assigneeId: 13, assigneeName: 'Ben' })).toEqual([
    'Status: open → pending',
    'Priority: normal → urgent',
    'Assignee: Anna → Ben',
  ])
  expect(since({ priority: null, assigneeId: null, assigneeName: null })).toEqual([
    'Priority: normal → none',
    'Assignee: Anna → nobody',
  ])
})

test('a newer message is told with when and its words; one that was taken away is none', () => {
  expect(since({ lastCustomer: said })).toEqual(['The customer wrote 2 hours ago: “It is down again.”'])
  expect(since({ lastPublicReply: said, lastNote: said })).toEqual([
    'Carla answered 2 hours ago: “It is down again.”',
    'Carla left an internal note 2 hours ago: “It is down again.”',
  ])
  expect(since({ lastCustomer: null, lastPublicReply: null }, { lastNote: said })).toEqual([])
})

test('a breach that comes earlier is told, and that none comes any more; one that was put off is no news', () => {
  const clock = (hours: number) => ({ clocks: [{ metric: 'next_reply_time', breachAt: monday + hours * hourMs }] })
  expect(since(clock(0))).toEqual(['Next breach: Mon 21 Dec 01:00 → Mon 21 Dec 00:00, next reply'])
  expect(since(clock(2))).toEqual([])
  expect(since({ clocks: [] })).toEqual(['No clock runs any more'])
  expect(since(clock(2), { clocks: [] })).toEqual(['Next breach: no clock ran → Mon 21 Dec 02:00, next reply'])
})

test('an issue that was closed or reopened is told, one that was linked only now is not', () => {
  const issue = { reference: 'customers/acme#3', title: 'Upgrade', open: false }
  expect(since({ issues: [issue, { ...issue, reference: 'customers/acme#4' }] })).toEqual([
    'customers/acme#3 was closed',
  ])
  expect(since({}, { issues: [issue] })).toEqual(['customers/acme#3 was reopened'])
})

test('each difference says what it is of, and who wrote what when', () => {
  const facts = someFacts({ status: 'pending', lastCustomer: said })
  expect(staleChanges(someFacts(), facts, { timeZone: 'Europe/Berlin', now: monday })).toEqual([
    { what: 'status', words: 'Status: open → pending', said: null },
    {
      what: 'customer',
      words: 'The customer wrote 2 hours ago: “It is down again.”',
      said: { who: 'The customer wrote', at: said.at, text: said.words },
    },
  ])
})
