import { expect, test } from 'vitest'
import { answerRequest, changePlan, markRemoved, putEntry, removeEntry, tickStep } from '#core/coverage/change-plan.ts'
import { mergePlans } from '#core/coverage/merge-plans.ts'
import { planConflicts } from '#core/coverage/plan-conflicts.ts'
import type { PlanDocument } from '#core/coverage/plan-document.ts'
import { anna, aPlanDocument, ines, monday, planWords, termsWith } from '#test/support/plan-values.ts'
import { dayMs } from '#test/support/work-values.ts'

const start = aPlanDocument([{ id: 'a', state: 'asked' }], { accountIds: [1, 2] })
const conflicts = (one: PlanDocument, other: PlanDocument) => {
  const both = mergePlans(one, other)
  return (both ? planConflicts(both, planWords, (id) => `Step ${id}`) : []).map(({ about, sides }) => [
    about,
    ...sides.map(({ words, byName }) => `${words} (${byName})`),
  ])
}

test('without a crossing there is none', () => {
  expect(conflicts(start, changePlan(start, { endsAt: monday + dayMs }, anna))).toEqual([])
})

test('times, people and accounts are told with who wants what, the later one first', () => {
  const put = (who: typeof anna, parts: object) => putEntry(start, termsWith({ id: 'a', ...parts }), who)
  expect(conflicts(put(anna, { coverId: 13, from: 1, to: 5 }), put(ines, { coverId: 14, from: 2, to: 6 }))).toEqual([
    ['Who covers Acme', 'Cleo (Ines)', 'Ben (Anna)'],
    ['From when Acme is covered', 'Wed 23 Dec 00:00 (Ines)', 'Tue 22 Dec 00:00 (Anna)'],
    ['Until when Acme is covered', 'Sun 27 Dec 00:00 (Ines)', 'Sat 26 Dec 00:00 (Anna)'],
  ])
  expect(conflicts(put(anna, { accountId: 2 }), put(ines, { accountId: 3 }))).toEqual([
    ['Which account Ines covers', 'Cormorant (Ines)', 'Borealis (Anna)'],
  ])
  const moved = (who: typeof anna, days: number) =>
    changePlan(start, { startsAt: monday + days * dayMs, endsAt: monday + (7 + days) * dayMs }, who)
  expect(conflicts(moved(anna, 1), moved(ines, 2)).map(([about]) => about)).toEqual([
    'From when Anna is away',
    'Until when Anna is away',
  ])
})

test('what one took out or away and the other went on with is told', () => {
  const accepted = answerRequest(start, 'a', { state: 'accepted', part: null, words: 'Gladly' }, ines)
  expect(conflicts(removeEntry(start, 'a', anna), accepted)).toEqual([
    ['Whether Ines covers Acme', 'kept, with what was changed meanwhile (Ines)', 'taken out (Anna)'],
  ])
  expect(conflicts(markRemoved(start, true, anna), accepted)).toEqual([
    ['The absence of Anna', 'kept (Ines)', 'taken away (Anna)'],
  ])
  const out = changePlan(start, { accountIds: [1] }, anna)
  const again = changePlan(changePlan(start, { accountIds: [1] }, ines), { accountIds: [1, 2] }, ines)
  expect(conflicts(out, again)).toEqual([
    ['Whether Borealis is part of the plan', 'part of it (Ines)', 'not part of it (Anna)'],
  ])
})

test('answers and ticks that cross are told in their words', () => {
  const answered = (state: 'accepted' | 'declined', words: string | null, who: typeof anna) =>
    answerRequest(start, 'a', { state, part: null, words }, who)
  expect(conflicts(answered('accepted', null, anna), answered('declined', 'Ill', ines))).toEqual([
    [
      'The request to cover Acme',
      'Ines declined Acme from Mon 21 Dec to Sun 27 Dec: “Ill” (Ines)',
      'Ines accepted Acme from Mon 21 Dec to Sun 27 Dec (Anna)',
    ],
  ])
  const ticked = tickStep(start, 'x', true, anna)
  expect(
    conflicts(tickStep(ticked, 'x', false, anna), tickStep(tickStep(ticked, 'x', false, ines), 'x', true, ines)),
  ).toEqual([['Step x', 'done (Ines)', 'not done (Anna)']])
})
