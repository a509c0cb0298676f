import { expect, test } from 'vitest'
import { readIssue } from '#service/db/read-issues.ts'
import { storeIssue } from '#service/db/store-issues.ts'
import { storeNotes } from '#service/db/store-notes.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { anIssue, aWorkspace, wednesday } from '#test/support/work-values.ts'

const mark = '<!-- understudy 6f9e2c1a-1111-4222-8333-444455556666 -->'

test('an issue is read without the marks by which orders are found again', () => {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  const description = `Steps\n- [x] Back up\n- [ ] Upgrade\n- [ ] Back up\n\n${mark}`
  storeIssue(db, 1, anIssue({ description }), wednesday)
  const note = { id: 5, author: 'anna', internal: false, createdAt: wednesday, updatedAt: wednesday }
  storeNotes(db, anIssue(), [{ ...note, text: `Started.\n\n${mark}` }], 'acme.zendesk.com')
  expect(readIssue(db, anIssue())).toMatchObject({
    description: 'Steps\n- [x] Back up\n- [ ] Upgrade\n- [ ] Back up',
    notes: [{ id: 5, text: 'Started.' }],
  })
})

test('what is not stored is null', () => {
  expect(readIssue(memoryDatabase(), { kind: 'issue', projectId: 7, iid: 3 })).toBeNull()
})
