import { describe, expect, test } from 'vitest'
import {
  answerRequest,
  askForCover,
  changePlan,
  markRemoved,
  putEntry,
  removeEntry,
} from '#core/coverage/change-plan.ts'
import { mergePlans } from '#core/coverage/merge-plans.ts'
import { planOf, type PlanDocument } from '#core/coverage/plan-document.ts'
import { anna, aPlanDocument, ines, monday, termsWith } from '#test/support/plan-values.ts'
import { dayMs } from '#test/support/work-values.ts'

const bothOf = (one: PlanDocument, other: PlanDocument) => {
  const both = mergePlans(one, other)
  if (!both) throw new Error('They are of one plan')
  return planOf(both)
}
const accept = (document: PlanDocument) =>
  answerRequest(document, 'a', { state: 'accepted', part: null, words: 'Happy to' }, ines)
const later = { ...anna, at: anna.at + 10 * dayMs }

describe('an acceptance', () => {
  const asked = aPlanDocument([{ id: 'a', state: 'asked' }])

  test('holds for what was accepted, with who said so, when and in which words', () => {
    expect(planOf(accept(asked)).entries[0]).toMatchObject({
      coverId: 11,
      request: { state: 'accepted', at: ines.at, byName: 'Ines', words: 'Happy to' },
    })
  })

  test.each([
    ['somebody else', { coverId: 13 }],
    ['another account', { accountId: 2 }],
    ['another beginning', { from: 1 }],
    ['another end', { to: 6 }],
  ])('holds for nothing where the entry says %s by now, and holds again where it is put back', (_what, change) => {
    const changed = putEntry(accept(asked), termsWith({ id: 'a', ...change }), later)
    expect(planOf(changed).entries[0]?.request).toEqual({ state: 'draft', at: null, byName: null, words: null })
    expect(planOf(putEntry(changed, termsWith({ id: 'a' }), later)).entries[0]?.request.state).toBe('accepted')
  })

  test('that crossed with a change holds for nothing, on both machines', () => {
    const moved = putEntry(asked, termsWith({ id: 'a', to: 6 }), later)
    expect(bothOf(accept(asked), moved).entries[0]?.request.state).toBe('draft')
    expect(bothOf(moved, accept(asked))).toEqual(bothOf(accept(asked), moved))
  })

  test('that crossed with a decline is no acceptance until somebody chooses', () => {
    const declined = answerRequest(asked, 'a', { state: 'declined', part: null, words: null }, later)
    expect(bothOf(accept(asked), declined).entries[0]?.request.state).toBe('asked')
  })

  test('is no acceptance while it is not clear for what', () => {
    const one = putEntry(asked, termsWith({ id: 'a', to: 6 }), anna)
    const other = putEntry(asked, termsWith({ id: 'a', to: 5 }), ines)
    const both = mergePlans(one, other)
    const accepted = both && answerRequest(both, 'a', { state: 'accepted', part: null, words: null }, ines)
    expect(accepted && planOf(accepted).entries[0]?.request.state).toBe('asked')
  })
})

describe('an entry that was taken out', () => {
  const start = aPlanDocument([{ id: 'a', state: 'asked' }])

  test('is gone, and comes back when it is put in again', () => {
    const gone = removeEntry(start, 'a', anna)
    expect(planOf(gone).entries).toEqual([])
    expect(planOf(putEntry(gone, termsWith({ id: 'a' }), later)).entries).toHaveLength(1)
  })

  test('while the other accepted it is still there, and not accepted until somebody chooses', () => {
    const both = bothOf(removeEntry(start, 'a', anna), accept(start))
    expect(both.entries[0]).toMatchObject({ id: 'a', request: { state: 'asked' } })
  })
})

describe('a plan', () => {
  const start = aPlanDocument(
    [
      { id: 'a', from: 3 },
      { id: 'b', to: 3 },
    ],
    { accountIds: [2, 1] },
  )

  test('has its accounts in order and its entries by when they begin', () => {
    expect(planOf(start)).toMatchObject({ accountIds: [1, 2], startsAt: monday, removedAt: null })
    expect(planOf(start).entries.map(({ id }) => id)).toEqual(['b', 'a'])
  })

  test('that was taken away says since when, and comes back', () => {
    const gone = markRemoved(start, true, later)
    expect(planOf(gone).removedAt).toBe(later.at)
    expect(planOf(markRemoved(gone, false, later)).removedAt).toBeNull()
  })

  test('that was taken away while the other worked on it is still there', () => {
    expect(bothOf(markRemoved(start, true, anna), askForCover(start, 'a', ines)).removedAt).toBeNull()
  })

  test('keeps an account that one took out and the other one put in again meanwhile', () => {
    const without = changePlan(start, { accountIds: [1] }, anna)
    expect(planOf(without).accountIds).toEqual([1])
    const again = changePlan(changePlan(start, { accountIds: [1] }, ines), { accountIds: [1, 2] }, ines)
    expect(bothOf(without, again).accountIds).toEqual([1, 2])
  })
})
