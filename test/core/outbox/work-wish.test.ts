import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sameLabel, sameWork, sameWorkTopic, spelling, targetOf, type WorkWish } from '#core/outbox/work-wish.ts'

const word = fc.constantFrom('a', 'A', 'b')
const labels = fc.array(word, { maxLength: 2 })
const at = { projectId: fc.constantFrom(1, 2), iid: fc.constantFrom(1, 2) }
const is = <Kind extends string>(kind: Kind) => ({ kind: fc.constant(kind), projectId: at.projectId })
const wish: fc.Arbitrary<WorkWish> = fc.oneof(
  fc.record({
    ...is('create-issue'),
    ...{ title: word, description: word, labels, assigneeIds: fc.array(fc.constantFrom(1, 2), { maxLength: 2 }) },
    ...{ confidential: fc.boolean(), dueDate: fc.constantFrom(null, '2026-12-01') },
  }),
  fc.record({ ...is('issue-comment'), ...at, body: word, internal: fc.boolean() }),
  fc.record({ ...is('issue-labels'), ...at, add: labels, remove: labels }),
  fc.record({ ...is('issue-state'), ...at, state: fc.constantFrom('opened' as const, 'closed' as const) }),
  fc.record({ ...is('issue-task'), ...at, text: word, nth: fc.nat({ max: 1 }), done: fc.boolean() }),
  fc.record({ ...is('issue-text'), ...at, title: fc.constantFrom(undefined, 'a', 'b'), description: word }),
  fc.record({ ...is('create-label'), name: word, color: fc.constantFrom('#111111', '#222222'), description: word }),
  fc.record({ ...is('subscribe-label'), name: word }),
  fc.record({ ...is('create-board'), name: word, label: word }),
  fc.record({
    ...is('file-change'),
    ...{ path: word, content: word, title: word, description: word, assigneeIds: fc.constant([]) },
    by: fc.constantFrom('commit' as const, 'merge-request' as const),
  }),
)

test('the same wish is one of the same topic, and that is one of the same target', () => {
  fc.assert(
    fc.property(wish, wish, (a, b) => {
      expect(sameWork(a, a)).toBe(true)
      expect(sameWork(a, b)).toBe(sameWork(b, a))
      expect(sameWorkTopic(a, b)).toBe(sameWorkTopic(b, a))
      if (sameWork(a, b)) expect(sameWorkTopic(a, b)).toBe(true)
      if (sameWorkTopic(a, b)) expect([a.kind, targetOf(a)]).toEqual([b.kind, targetOf(b)])
    }),
    { numRuns: 2000 },
  )
})

test('a later word on the same matter is no repetition, and another comment is another one', () => {
  const task = { kind: 'issue-task', projectId: 1, iid: 1, text: 'a', nth: 0, done: true } as const
  expect(sameWorkTopic(task, { ...task, done: false })).toBe(true)
  expect(sameWork(task, { ...task, done: false })).toBe(false)
  expect(sameWorkTopic(task, { ...task, nth: 1 })).toBe(false)
  const comment = { kind: 'issue-comment', projectId: 1, iid: 1, body: 'a', internal: false } as const
  expect(sameWorkTopic(comment, { ...comment, internal: true })).toBe(false)
})

test('an issue waits for nothing of its project', () => {
  expect(targetOf({ kind: 'issue-state', projectId: 1, iid: 2, state: 'closed' })).toBe('issue 1/2')
  expect(targetOf({ kind: 'subscribe-label', projectId: 1, name: 'a' })).toBe('project 1')
})

test('labels are the same in any casing, and spelt as the project spells them', () => {
  expect(sameLabel('ASE Work - Acme ', 'ase work - acme')).toBe(true)
  expect(spelling('acme', ['ACME', 'Other'])).toBe('ACME')
  expect(spelling('acme', ['ACME', 'acme'])).toBe('acme')
  expect(spelling('new', ['ACME'])).toBe('new')
})
