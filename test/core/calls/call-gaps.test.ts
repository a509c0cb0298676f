import { expect, test } from 'vitest'
import { callGaps } from '#core/calls/call-gaps.ts'
import { aCall } from '#test/support/call-values.ts'

const open = { what: 'Book it', dri: '', dueOn: '', done: false }

test('a call that says everything leaves nothing open, and what is done needs no schedule', () => {
  expect(callGaps(aCall(), 100)).toEqual({ missing: [], open: [] })
})

test('without a day, a purpose or a ticket nothing can be filed', () => {
  const call = aCall({ about: 'tickets', day: '', purpose: ' ' })
  expect(callGaps(call, 100).missing).toHaveLength(3)
  expect(callGaps(aCall({ about: 'tickets', tickets: [{ id: 1, how: 'internal' }] }), 60_001).missing).toEqual([
    'A note may have 60000 letters; this has 60001. Shorten the notes.',
  ])
  expect(callGaps(aCall(), 60_001).missing).toEqual([])
})

test('every question of the handbook that is left open is named', () => {
  const call = aCall({ customer: [' '], ours: [], topics: [], decisions: [], actions: [open], priorities: [] })
  expect(callGaps(call, 100).open).toEqual([
    'Who of the customer was present is not said.',
    'Who of ours was present is not said.',
    'No topic is written down.',
    'No decision is written down; it will say “None”.',
    '“Book it” has nobody responsible and no day.',
    'Priorities changed, and the new order is not written down.',
  ])
  expect(callGaps(aCall({ prioritiesChanged: '' }), 100).open).toEqual([
    'A new order of priorities stands there, and not what changed.',
  ])
})
