import fc from 'fast-check'
import { expect, test } from 'vitest'
import { severities } from '#core/handoff/handoff-document.ts'
import { reviewOrder, type ReviewedTicket } from '#core/handoff/review-order.ts'

const tickets: readonly ReviewedTicket[] = [
  { ticketId: 1, severity: null, nextBreachAt: 1 },
  { ticketId: 2, severity: 'stable', nextBreachAt: 1 },
  { ticketId: 3, severity: 'unstable', nextBreachAt: null },
  { ticketId: 4, severity: 'unstable', nextBreachAt: 9 },
  { ticketId: 5, severity: 'unstable', nextBreachAt: 5 },
  { ticketId: 7, severity: 'watcher', nextBreachAt: 2 },
  { ticketId: 6, severity: 'watcher', nextBreachAt: 2 },
]

test('the gravest come first, of each the next breach, and what is unwritten last', () => {
  expect(tickets.toSorted(reviewOrder).map(({ ticketId }) => ticketId)).toEqual([5, 4, 3, 6, 7, 2, 1])
})

test('it is one order, however the tickets come', () => {
  const ticket = fc.record({
    ticketId: fc.nat(50),
    severity: fc.constantFrom(null, ...severities),
    nextBreachAt: fc.option(fc.nat(5)),
  })
  const list = fc.uniqueArray(ticket, { selector: ({ ticketId }) => ticketId })
  fc.assert(
    fc.property(list, (all) => {
      expect(all.toReversed().toSorted(reviewOrder)).toEqual(all.toSorted(reviewOrder))
    }),
  )
})
