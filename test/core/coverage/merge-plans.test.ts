import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  answerRequest,
  askForCover,
  changePlan,
  markRemoved,
  putEntry,
  removeEntry,
  resolveConflict,
  tickStep,
  withNames,
} from '#core/coverage/change-plan.ts'
import { mergePlans } from '#core/coverage/merge-plans.ts'
import { planConflicts } from '#core/coverage/plan-conflicts.ts'
import { planOf, type PlanDocument } from '#core/coverage/plan-document.ts'
import { aPlanDocument, planWords, termsWith } from '#test/support/plan-values.ts'

const entryIds = ['a', 'b', 'c'] as const
const anyEdit = fc.oneof(
  fc.record({
    kind: fc.constant('put' as const),
    id: fc.constantFrom(...entryIds),
    accountId: fc.integer({ min: 1, max: 3 }),
    coverId: fc.integer({ min: 11, max: 13 }),
    from: fc.integer({ min: -2, max: 4 }),
    to: fc.integer({ min: 1, max: 8 }),
  }),
  fc.record({
    kind: fc.constantFrom('remove', 'ask', 'accept', 'decline', 'part'),
    id: fc.constantFrom(...entryIds),
  }),
  fc.record({
    kind: fc.constant('move' as const),
    from: fc.integer({ min: 0, max: 3 }),
    to: fc.integer({ min: 4, max: 7 }),
  }),
  fc.record({ kind: fc.constant('accounts' as const), ids: fc.subarray([1, 2, 3]) }),
  fc.record({ kind: fc.constant('tick' as const), step: fc.constantFrom('x', 'y'), done: fc.boolean() }),
  fc.record({ kind: fc.constant('gone' as const), gone: fc.boolean() }),
  fc.record({ kind: fc.constant('name' as const), name: fc.constantFrom('Anna', 'Ann', 'Änne') }),
  fc.record({ kind: fc.constant('resolve' as const), side: fc.nat(1) }),
)
type Edit = typeof anyEdit extends fc.Arbitrary<infer Value> ? Value : never

const anyLife = fc.array(
  fc.record({
    who: fc.nat(2),
    event: fc.oneof(
      { weight: 3, arbitrary: anyEdit },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('take' as const), from: fc.nat(2) }) },
    ),
  }),
  { maxLength: 30 },
)

const conflictsIn = (document: PlanDocument) => planConflicts(document, planWords, (id) => id)

function edited(document: PlanDocument, edit: Edit, who: number, at: number): PlanDocument {
  const writing = { author: `r${who}`, by: `R${who}`, at }
  if (edit.kind === 'put') return putEntry(document, termsWith(edit), writing)
  if (edit.kind === 'move') {
    const { startsAt, endsAt } = termsWith({ id: '', ...edit })
    return changePlan(document, { startsAt, endsAt }, writing)
  }
  if (edit.kind === 'accounts') return changePlan(document, { accountIds: edit.ids }, writing)
  if (edit.kind === 'tick') return tickStep(document, edit.step, edit.done, writing)
  if (edit.kind === 'gone') return markRemoved(document, edit.gone, writing)
  if (edit.kind === 'name')
    return withNames(document, { people: { '12': { name: edit.name, timeZone: 'UTC' } }, accounts: {} })
  if (edit.kind === 'resolve') {
    const [conflict] = conflictsIn(document)
    return (conflict && resolveConflict(document, conflict.field, edit.side, writing)) ?? document
  }
  const entry = planOf(document).entries.find(({ id }) => id === edit.id)
  if (!entry) return document
  if (edit.kind === 'remove') return removeEntry(document, edit.id, writing)
  if (edit.kind === 'ask') return askForCover(document, edit.id, writing)
  const part = edit.kind === 'part' ? { startsAt: entry.startsAt, endsAt: entry.startsAt + 1 } : null
  const state = edit.kind === 'decline' ? 'declined' : 'accepted'
  return answerRequest(document, edit.id, { state, part, words: null }, writing)
}

function live(steps: typeof anyLife extends fc.Arbitrary<infer Value> ? Value : never): PlanDocument[] {
  const copies = [0, 1, 2].map(() => aPlanDocument([{ id: 'a', state: 'asked' }]))
  for (const [index, { who, event }] of steps.entries()) {
    const document = copies[who]
    const other = event.kind === 'take' ? copies[event.from] : undefined
    if (!document) continue
    copies[who] = event.kind === 'take' ? both(document, other ?? document) : edited(document, event, who, index)
  }
  return copies
}

function both(one: PlanDocument, other: PlanDocument): PlanDocument {
  const document = mergePlans(one, other)
  if (!document) throw new Error('They are of one plan')
  return document
}

describe('copies of a plan on three machines', () => {
  test('come to be the same whatever happened on each, in whatever order they meet, and however often', () => {
    fc.assert(
      fc.property(anyLife.map(live), ([a, b, c]) => {
        if (!a || !b || !c) return
        const all = both(both(a, b), c)
        expect(both(a, both(b, c))).toEqual(all)
        expect(both(both(c, b), a)).toEqual(all)
        expect(both(all, b)).toEqual(all)
        expect(planOf(both(c, both(a, b)))).toEqual(planOf(all))
      }),
      { numRuns: 600 },
    )
  })

  test('say of nothing that it is accepted which some copy does not know as accepted in just these terms', () => {
    fc.assert(
      fc.property(anyLife.map(live), (copies) => {
        const all = copies.reduce(both)
        for (const entry of planOf(all).entries.filter(({ request }) => request.state === 'accepted')) {
          const { accountId, coverId, startsAt, endsAt } = entry
          const answers = copies.flatMap((copy) => copy.entries[entry.id]?.request ?? [])
          expect(answers.map(({ value }) => value)).toContainEqual(
            expect.objectContaining({ state: 'accepted', of: { accountId, coverId, startsAt, endsAt } }),
          )
        }
      }),
      { numRuns: 600 },
    )
  })

  test('have no conflict left when every one was settled, and get none back from older copies', () => {
    fc.assert(
      fc.property(anyLife.map(live), (copies) => {
        let all = copies.reduce(both)
        for (let [next] = conflictsIn(all); next; [next] = conflictsIn(all)) {
          all = resolveConflict(all, next.field, 1, { author: 'r0', by: null, at: 0 }) ?? all
        }
        for (const copy of copies) expect(conflictsIn(both(copy, all))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})

test('plans of another number, or another ASE, are not merged', () => {
  expect(mergePlans(aPlanDocument(), aPlanDocument([], { id: 'p2' }))).toBeUndefined()
  expect(mergePlans(aPlanDocument(), { ...aPlanDocument(), aseId: 13 })).toBeUndefined()
})
