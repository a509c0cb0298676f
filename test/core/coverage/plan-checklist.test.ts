import { expect, test } from 'vitest'
import type { PlanProblem } from '#core/coverage/find-plan-problems.ts'
import { tickStep } from '#core/coverage/change-plan.ts'
import { planChecklist, type ChecklistFacts } from '#core/coverage/plan-checklist.ts'
import { planOf, type Plan } from '#core/coverage/plan-document.ts'
import { anna, aPlan, aPlanDocument, ines, monday } from '#test/support/plan-values.ts'
import { policyOf } from '#test/support/policy-of.ts'
import { dayMs } from '#test/support/work-values.ts'

const { planning } = policyOf('2025-04')
const problem = (kind: PlanProblem['kind'], weight: PlanProblem['weight']): PlanProblem => ({
  kind,
  weight,
  accountId: 1,
  entryIds: [],
  startsAt: monday,
  endsAt: monday + 1,
  words: '',
})
const step = (id: string, plan: Plan, given: Partial<ChecklistFacts> = {}) => {
  const facts = {
    planning,
    problems: [],
    timeZone: 'Europe/Berlin',
    backAt: monday + 7.4 * dayMs,
    now: monday - 30 * dayMs,
  }
  return planChecklist(plan, { ...facts, ...given }).find((each) => each.id === id)
}

test('steps are due as many days ahead as the policy says, and on the day of the return', () => {
  const plan = aPlan()
  expect(step('find-cover', plan)).toMatchObject({ dueOn: '2026-12-07' })
  expect(step('review', plan)).toMatchObject({ dueOn: '2026-12-14' })
  expect(step('meet', plan)).toMatchObject({ dueOn: '2026-12-28' })
  const other = { ...planning, findCoverDays: 30, reviewDays: 1 }
  expect(step('find-cover', plan, { planning: other })).toMatchObject({ dueOn: '2026-11-21' })
  expect(step('review', plan, { planning: other })).toMatchObject({ dueOn: '2026-12-20' })
})

test('every step of the policy is there in its order, with its words and source', () => {
  for (const version of ['2025-04', '2026-08']) {
    const { steps } = policyOf(version).planning
    const facts = { planning: { ...planning, steps }, problems: [], timeZone: 'UTC', backAt: 0, now: 0 }
    const list = planChecklist(aPlan(), facts)
    expect(list.map(({ id, words, source }) => ({ id, words, source }))).toEqual(
      steps.map(({ id, words, source }) => ({ id, words, source })),
    )
  }
})

test('a step is done when it was ticked, and late from the day after on', () => {
  const ticked = planOf(tickStep(aPlanDocument(), 'review', true, anna))
  expect(step('review', ticked, { now: monday })).toMatchObject({ doneAt: anna.at, late: false, byItself: false })
  const on = (text: string) => step('review', aPlan(), { now: Date.parse(text) })?.late
  expect([on('2026-12-14T23:59+01:00'), on('2026-12-15T00:00+01:00')]).toEqual([false, true])
})

test('cover is found by itself as soon as everybody accepted everything, and open again when something is missing', () => {
  const accepted = aPlan([{ id: 'a', state: 'accepted' }])
  expect(step('find-cover', accepted)).toMatchObject({ byItself: true, doneAt: ines.at })
  for (const found of [
    problem('gap', 'missing'),
    problem('not-accepted', 'warning'),
    problem('cover-away', 'missing'),
  ]) {
    expect(step('find-cover', accepted, { problems: [found] })?.doneAt).toBeNull()
  }
  expect(step('find-cover', accepted, { problems: [problem('double-cover', 'warning')] })?.doneAt).toBe(ines.at)
  expect(step('find-cover', aPlan())?.doneAt).toBeNull()
  const byHand = planOf(tickStep(aPlanDocument(), 'find-cover', true, anna))
  expect(step('find-cover', byHand)?.doneAt).toBeNull()
})
