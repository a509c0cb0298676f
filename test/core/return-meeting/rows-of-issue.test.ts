import { describe, expect, test } from 'vitest'
import { rowsOfIssue, type IssueHistory } from '#core/return-meeting/rows-of-issue.ts'
import { aReturn, after, anEvent } from '#test/support/return-values.ts'

const rows = (parts: Partial<IssueHistory>) =>
  rowsOfIssue(
    {
      ...{ kind: 'issue', projectId: 7, iid: 3, title: 'Upgrade', reference: 'acme#3', state: 'opened' },
      ...{ confidential: false, dueDate: null, events: [], notes: [], ...parts },
    },
    aReturn(),
  )
const changed = (hours: number, changes: Readonly<Record<string, readonly [unknown, unknown]>>) =>
  anEvent(hours, changes, 'issue-changed')
const note = { id: 5, author: 'anna', internal: true, text: 'Done on Monday.', at: after(2) }

describe('a labelled issue', () => {
  test('that did not move has no row', () => {
    expect(rows({ events: [changed(-2, { state: ['opened', 'closed'] })] })).toEqual([])
  })

  test('that moved has one row with everything that happened to it, each once', () => {
    const events = [
      changed(3, { state: ['opened', 'closed'], tasks_done: [1, 3] }),
      changed(1, { due_date: [null, '2026-12-04'], labels: ['[]', '["x"]'] }),
    ]
    const added = anEvent(2, { note: [null, { id: 5 }] }, 'note-added')
    const found = rows({
      events: [...events, ...events, added],
      notes: [note, note],
      state: 'closed',
      dueDate: '2026-12-04',
    })
    expect(found).toMatchObject([
      {
        ...{ key: 'issue:7/3/issue', subject: 'acme#3 Upgrade', dueOn: '2026-12-04', at: after(3) },
        words: 'Closed, tasks done: 1 → 3, 1 note',
        evidence: [
          { words: 'Due: none → 2026-12-04, other labels', isExact: false },
          { words: 'Note', byName: 'anna', quote: 'Done on Monday.', isPrivate: true },
          { words: 'Closed, tasks done: 1 → 3' },
        ],
      },
    ])
    expect(found[0]?.evidence).toHaveLength(3)
  })

  test('that is confidential is not for a screen that is shared', () => {
    const found = rows({ confidential: true, events: [changed(1, { title: ['a', 'b'] })] })
    expect(found).toMatchObject([{ words: 'Another title', evidence: [{ isPrivate: true }] }])
  })

  test('that lost its label, or is seen no more, moved', () => {
    expect(rows({ events: [anEvent(1, { fate: [null, 'unlabelled'] }, 'issue-unlabelled')] })).toMatchObject([
      { words: 'Its label was taken off' },
    ])
  })
})
