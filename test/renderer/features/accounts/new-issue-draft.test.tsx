import { expect, test } from 'vitest'
import { createDrafts } from '#renderer/api/drafts.ts'
import {
  addToNewIssueDraft,
  emptyNewIssue,
  longestTitle,
  newIssueKey,
  type NewIssueValues,
} from '#renderer/features/accounts/new-issue-draft.ts'
import { memoryStorage } from '../../support/memory-storage.ts'

const account = { id: 1, label: 'ASE Work - Northwind' }

function draftOf(text: string, before: Partial<NewIssueValues> = {}): NewIssueValues {
  const drafts = createDrafts(memoryStorage, () => 0)
  const key = newIssueKey('sample', account.id)
  drafts.keep(key, JSON.stringify({ ...emptyNewIssue(account), ...before }))
  addToNewIssueDraft(drafts, 'sample', account, text)
  return JSON.parse(drafts.read(key)) as NewIssueValues
}

test('one line is a title, and the account’s label is on it', () => {
  expect(draftOf('  Upgrade to 19.0\n')).toEqual({ ...emptyNewIssue(account), title: 'Upgrade to 19.0' })
})

test('of several lines the first is the title, and the text says all of it', () => {
  expect(draftOf('Upgrade\r\n- [ ] Back up')).toMatchObject({
    title: 'Upgrade',
    description: 'Upgrade\r\n- [ ] Back up',
  })
})

test('a line that is too long is cut as a title and whole as a text', () => {
  const line = 'x'.repeat(longestTitle + 1)
  const { title, description } = draftOf(line)
  expect(title).toBe(`${'x'.repeat(longestTitle - 1)}…`)
  expect(description).toBe(line)
})

test('what stands in a draft stays, and the same text is not added twice', () => {
  const before = { title: 'Mine', description: 'Begun.', dueDate: '2026-12-04' }
  const once = draftOf('Upgrade\nIn steps', before)
  expect(once).toMatchObject({ ...before, description: 'Begun.\n\nUpgrade\nIn steps' })
  expect(draftOf('Upgrade\nIn steps', once)).toEqual(once)
})
