import { expect, test } from 'vitest'
import {
  answerRequest,
  askForCover,
  changePlan,
  markRemoved,
  putEntry,
  removeEntry,
  tickStep,
} from '#core/coverage/change-plan.ts'
import { planChanges } from '#core/coverage/plan-changes.ts'
import type { PlanDocument } from '#core/coverage/plan-document.ts'
import { anna, aPlanDocument, ines, monday, planWords, termsWith } from '#test/support/plan-values.ts'
import { dayMs } from '#test/support/work-values.ts'

const start = aPlanDocument([{ id: 'a' }], { accountIds: [1, 2] })
const changes = (after: PlanDocument, before: PlanDocument | null = start) =>
  planChanges(before, after, planWords, (id) => `Step ${id}`)

test('a plan that was not known is told as a whole', () => {
  expect(changes(aPlanDocument([{ id: 'a', state: 'asked' }], { accountIds: [1, 2] }), null)).toEqual([
    'Anna is away from Mon 21 Dec to Sun 27 Dec and leaves Acme, Borealis.',
    'Ines covers Acme from Mon 21 Dec to Sun 27 Dec. Ines was asked.',
  ])
  expect(changes(markRemoved(start, true, anna), null)).toEqual([
    'The absence of Anna from Mon 21 Dec to Sun 27 Dec was taken away.',
  ])
})

test('nothing new is nothing', () => {
  expect(changes(start)).toEqual([])
})

test.each<[string, PlanDocument, string[]]>([
  [
    'other days',
    changePlan(start, { endsAt: monday + 2 * dayMs }, anna),
    ['Anna is away from Mon 21 Dec to Tue 22 Dec, no longer from Mon 21 Dec to Sun 27 Dec.'],
  ],
  [
    'other accounts',
    changePlan(start, { accountIds: [1, 3] }, anna),
    ['Cormorant is part of the plan now.', 'Borealis is no longer part of the plan.'],
  ],
  ['being taken away', markRemoved(start, true, anna), ['The absence of Anna was taken away, with its coverages.']],
  [
    'a new entry',
    putEntry(start, termsWith({ id: 'b', accountId: 2, coverId: 13 }), anna),
    ['New: Ben covers Borealis from Mon 21 Dec to Sun 27 Dec. Ben has not been asked for this.'],
  ],
  [
    'an entry that says something else',
    putEntry(start, termsWith({ id: 'a', coverId: 13, to: 1 }), anna),
    ['Ben covers Acme on Mon 21 Dec. Before: Ines covers Acme from Mon 21 Dec to Sun 27 Dec.'],
  ],
  [
    'an entry that was taken out',
    removeEntry(start, 'a', anna),
    ['Taken out: Ines covers Acme from Mon 21 Dec to Sun 27 Dec.'],
  ],
  ['a request', askForCover(start, 'a', anna), ['Acme: Ines was asked.']],
  [
    'an answer',
    answerRequest(start, 'a', { state: 'declined', part: null, words: 'Ill' }, ines),
    ['Acme: Ines declined. “Ill”'],
  ],
  [
    'a part that was accepted',
    answerRequest(
      start,
      'a',
      { state: 'accepted', part: { startsAt: monday, endsAt: monday + dayMs }, words: null },
      ines,
    ),
    ['Ines covers Acme on Mon 21 Dec. Before: Ines covers Acme from Mon 21 Dec to Sun 27 Dec. Ines accepted.'],
  ],
  ['a tick', tickStep(start, 'x', true, anna), ['Done: Step x']],
])('%s is told', (_what, after, sentences) => {
  expect(changes(after)).toEqual(sentences)
})

test('what comes back is told', () => {
  expect(changes(start, markRemoved(start, true, anna))).toEqual(['The absence of Anna is back, with its coverages.'])
  expect(changes(start, tickStep(start, 'x', true, anna))).toEqual(['Not done any more: Step x'])
})
