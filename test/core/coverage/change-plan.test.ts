import { describe, expect, test } from 'vitest'
import {
  answerRequest,
  askForCover,
  changePlan,
  entryFields,
  putEntry,
  removeEntry,
  resolveConflict,
  tickStep,
  withNames,
} from '#core/coverage/change-plan.ts'
import { mergePlans } from '#core/coverage/merge-plans.ts'
import { planConflicts } from '#core/coverage/plan-conflicts.ts'
import { planOf, type PlanDocument } from '#core/coverage/plan-document.ts'
import { anna, aPlanDocument, ines, monday, planWords, termsWith } from '#test/support/plan-values.ts'
import { dayMs } from '#test/support/work-values.ts'

const entriesOf = (document: PlanDocument) => planOf(document).entries
const conflictsOf = (document: PlanDocument | undefined) =>
  document ? planConflicts(document, planWords, (id) => id).map(({ field }) => field) : []

describe('a change', () => {
  test('writes only what it changes, so that it crosses with nothing else', () => {
    const start = aPlanDocument([{ id: 'a' }])
    const one = changePlan(start, { startsAt: monday + dayMs, endsAt: monday + 7 * dayMs }, anna)
    const other = changePlan(start, { endsAt: monday + 9 * dayMs }, ines)
    const both = mergePlans(one, other)
    expect(both && planOf(both)).toMatchObject({ startsAt: monday + dayMs, endsAt: monday + 9 * dayMs })
    expect(conflictsOf(both)).toEqual([])
  })

  test('of the accounts takes out what is not named and puts in what is', () => {
    const changed = changePlan(aPlanDocument([], { accountIds: [1, 2] }), { accountIds: [2, 3] }, anna)
    expect(planOf(changed).accountIds).toEqual([2, 3])
    expect(planOf(changePlan(changed, {}, anna)).accountIds).toEqual([2, 3])
  })

  test('of nothing that is there is refused loudly', () => {
    expect(() => removeEntry(aPlanDocument(), 'a', anna)).toThrow('no entry a')
  })
})

describe('asking', () => {
  test('marks a draft, and again one who declined', () => {
    const asked = askForCover(aPlanDocument([{ id: 'a' }]), 'a', anna)
    expect(entriesOf(asked)[0]?.request).toMatchObject({ state: 'asked', at: anna.at, byName: 'Anna' })
    const declined = aPlanDocument([{ id: 'a', state: 'declined' }])
    expect(entriesOf(askForCover(declined, 'a', anna))[0]?.request.state).toBe('asked')
  })

  test.each(['asked', 'accepted'] as const)('leaves alone who %s already', (state) => {
    const start = aPlanDocument([{ id: 'a', state }])
    expect(askForCover(start, 'a', anna)).toBe(start)
  })
})

test('accepting a part narrows the entry to it', () => {
  const part = { startsAt: monday + dayMs, endsAt: monday + 3 * dayMs }
  const start = aPlanDocument([{ id: 'a', state: 'asked' }])
  expect(entriesOf(answerRequest(start, 'a', { state: 'accepted', part, words: null }, ines))).toMatchObject([
    { ...part, request: { state: 'accepted' } },
  ])
})

test('a step is ticked and not ticked any more', () => {
  const done = tickStep(aPlanDocument(), 'review', true, anna)
  expect([...planOf(done).tickedAt]).toEqual([['review', anna.at]])
  expect([...planOf(tickStep(done, 'review', false, anna)).tickedAt]).toEqual([])
})

test('names are added to those that are there', () => {
  const named = withNames(aPlanDocument(), { people: { '11': { name: 'Ines', timeZone: 'UTC' } }, accounts: {} })
  expect(Object.keys(named.names.people)).toEqual(['11', '12'])
  expect(named.names.accounts).toEqual({ '1': 'Acme' })
})

describe('choosing a side', () => {
  const start = tickStep(aPlanDocument([{ id: 'a', state: 'asked' }], { accountIds: [1, 2] }), 'review', true, anna)
  const change = (who: typeof anna, sign: 1 | 2) => {
    const moved = changePlan(start, { startsAt: monday - sign * dayMs, endsAt: monday + (8 + sign) * dayMs }, who)
    const put = putEntry(
      moved,
      termsWith({ id: 'a', accountId: sign + 1, coverId: 12 + sign, from: sign, to: 3 + sign }),
      who,
    )
    return askForCover(put, 'a', who)
  }
  const both = mergePlans(change(anna, 1), change({ ...ines, author: 'c' }, 2))

  test('settles that field and no other, and stays settled when the old copies come again', () => {
    const fields = conflictsOf(both)
    expect(fields).toEqual([
      'startsAt',
      'endsAt',
      ...entryFields.filter((f) => f !== 'removed').map((f) => `entry:a:${f}`),
    ])
    let document = both
    for (const [index, field] of fields.entries()) {
      const settled = document && resolveConflict(document, field, 1, anna)
      expect(conflictsOf(settled)).toEqual(fields.slice(index + 1))
      document = settled
    }
    const again = document && both && mergePlans(document, both)
    expect(again).toEqual(document)
    expect(again && planOf(again).startsAt).toBe(monday - dayMs)
  })

  test('works for accounts, steps, and what was taken out or away', () => {
    const one = tickStep(changePlan(start, { accountIds: [1] }, anna), 'review', false, anna)
    const again = changePlan(changePlan(start, { accountIds: [1] }, ines), { accountIds: [1, 2] }, ines)
    const twice = tickStep(tickStep(again, 'review', false, ines), 'review', true, ines)
    const crossed = mergePlans(
      removeEntry(one, 'a', anna),
      askForCover(putEntry(twice, termsWith({ id: 'a' }), ines), 'a', ines),
    )
    expect(conflictsOf(crossed)).toEqual(['account:2', 'entry:a:removed', 'step:review'])
    for (const field of conflictsOf(crossed)) {
      expect(conflictsOf(crossed && resolveConflict(crossed, field, 0, anna))).not.toContain(field)
    }
  })

  test.each([
    'removed',
    'account:1',
    'account:constructor',
    'step:none',
    'entry:a:id',
    'entry:b:to',
    'entry',
    'nothing',
    '',
  ])('of %j, which is not in conflict, is none', (field) => {
    expect(both && resolveConflict(both, field, 0, anna)).toBeUndefined()
  })

  test('that is not there is none', () => {
    expect(both && resolveConflict(both, 'startsAt', 2, anna)).toBeUndefined()
  })
})
