import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addMarker } from '#core/outbox/marker.ts'
import {
  carryOver,
  fileSides,
  issueHolds,
  judgeFileWish,
  judgeIssueWish,
  type IssueFields,
} from '#core/outbox/work-judge.ts'
import type { IssueWish } from '#core/outbox/work-wish.ts'

const at = { projectId: 1, iid: 2 }
const issue: IssueFields = {
  title: 'Upgrade',
  description: '- [ ] Back up',
  state: 'opened',
  labels: ['ASE Work - Acme'],
}
const text = (description: string, title?: string): IssueWish => ({ kind: 'issue-text', ...at, description, title })

const label = fc.constantFrom('a', 'A', 'b', 'c')
const fields: fc.Arbitrary<IssueFields> = fc.record({
  title: fc.constantFrom('One', 'Two'),
  description: fc.constantFrom('- [ ] Task', '- [x] Task', 'Text', 'Text\n\n'),
  state: fc.constantFrom('opened', 'closed'),
  labels: fc.array(label, { maxLength: 3 }),
})
const wish: fc.Arbitrary<IssueWish> = fc
  .oneof(
    fc.record({
      kind: fc.constant('issue-labels'),
      add: fc.constantFrom(['a'], ['b', 'c']),
      remove: fc.constantFrom([], ['d'], ['D']),
    }),
    fc.record({ kind: fc.constant('issue-state'), state: fc.constantFrom('opened', 'closed') }),
    fc.record({ kind: fc.constant('issue-task'), text: fc.constant('Task'), nth: fc.constant(0), done: fc.boolean() }),
    fc.record({
      kind: fc.constant('issue-text'),
      description: fc.constantFrom('Text', '- [x] Task'),
      title: fc.constantFrom(undefined, 'One'),
    }),
  )
  .map((one) => ({ ...at, ...one }))

test('what is sent makes it hold; what holds is not sent; a conflict has a side for what differs', () => {
  fc.assert(
    fc.property(wish, fields, fields, (one, before, now) => {
      const verdict = judgeIssueWish(one, before, now)
      expect(verdict.kind === 'holds').toBe(issueHolds(one, now))
      if (verdict.kind === 'conflict') expect(verdict.sides.length).toBeGreaterThan(0)
      if (verdict.kind !== 'send') return
      const { addLabels = [], removeLabels = [], ...rest } = verdict.order
      const after = {
        ...now,
        ...rest,
        labels: [...now.labels, ...addLabels].filter((name) => !removeLabels.includes(name)),
      }
      expect(issueHolds(one, after)).toBe(true)
    }),
    { numRuns: 1000 },
  )
})

test('nobody is overwritten unseen: a text is sent only over the one the person saw', () => {
  fc.assert(
    fc.property(fields, fields, (before, now) => {
      const verdict = judgeIssueWish(text('Mine', 'Mine'), before, now)
      const isSeen = before.description.trimEnd() === now.description.trimEnd() && before.title === now.title
      expect(verdict.kind).toBe(isSeen ? 'send' : 'conflict')
    }),
  )
})

describe('a text', () => {
  test('keeps the mark of the one it replaces, and a mark is no difference', () => {
    const marked = { ...issue, description: addMarker('Old', 'a-1') }
    const verdict = judgeIssueWish(text('New'), { description: 'Old' }, marked)
    expect(verdict).toEqual({ kind: 'send', order: { description: addMarker('New', 'a-1') } })
    expect(issueHolds(text('Old'), marked)).toBe(true)
  })

  test('that met another one shows what differs, title and description', () => {
    const now = { ...issue, title: 'Theirs', description: 'Same\nTheirs' }
    expect(judgeIssueWish(text('Same\nMine', 'Mine'), { title: 'Old', description: 'Same\nOld' }, now)).toEqual({
      kind: 'conflict',
      sides: [
        { field: 'Title', before: 'Old', mine: 'Mine', theirs: 'Theirs' },
        { field: 'Description', before: 'Same\nOld', mine: 'Same\nMine', theirs: 'Same\nTheirs' },
      ],
    })
  })
})

test('labels are sent as the project spells them, and taken off as the issue has them', () => {
  const order: IssueWish = { kind: 'issue-labels', ...at, add: ['needs review'], remove: ['ase work - acme'] }
  expect(judgeIssueWish(order, {}, issue, ['Needs Review'])).toEqual({
    kind: 'send',
    order: { addLabels: ['Needs Review'], removeLabels: ['ASE Work - Acme'] },
  })
})

test('a later change begins where my earlier one left off, and not where somebody else did', () => {
  const before = { title: 'Old', description: '- [ ] Task\nText' }
  const task: IssueWish = { kind: 'issue-task', ...at, text: 'Task', nth: 0, done: true }
  expect(carryOver(before, task)).toEqual({ ...before, description: '- [x] Task\nText' })
  expect(carryOver(before, text('New', 'Title'))).toEqual({ title: 'Title', description: 'New' })
  expect(carryOver({}, task)).toEqual({})
  expect(carryOver(before, { kind: 'issue-state', ...at, state: 'closed' })).toBe(before)
})

describe('a file', () => {
  const wanted = { path: 'a.md', content: 'mine' }
  const seen = { content: 'old', lastCommitId: 'c1' }

  test('holds, may be sent, or has moved', () => {
    expect(judgeFileWish(wanted, seen, { content: 'mine', lastCommitId: 'c9' })).toEqual({ kind: 'holds' })
    expect(judgeFileWish(wanted, seen, seen)).toEqual({ kind: 'send', order: { lastCommitId: 'c1' } })
    expect(judgeFileWish(wanted, null, null)).toEqual({ kind: 'send', order: { lastCommitId: null } })
    expect(judgeFileWish(wanted, null, seen).kind).toBe('conflict')
    expect(judgeFileWish(wanted, seen, null).kind).toBe('conflict')
    expect(judgeFileWish(wanted, undefined, seen).kind).toBe('conflict')
    expect(judgeFileWish(wanted, seen, { ...seen, lastCommitId: 'c2' }).kind).toBe('conflict')
  })

  test('shows both sides, also where there is none', () => {
    expect(fileSides(wanted, null, seen)).toEqual([
      { field: 'a.md', before: 'no such file', mine: 'mine', theirs: 'old' },
    ])
    expect(fileSides(wanted, undefined, null)[0]).toMatchObject({ before: 'not known', theirs: 'no such file' })
  })
})
