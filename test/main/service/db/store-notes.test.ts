import { expect, test } from 'vitest'
import { listEvents } from '#service/db/events.ts'
import { listIssues, readIssue } from '#service/db/read-issues.ts'
import { storeIssue } from '#service/db/store-issues.ts'
import { markNotesRead, storeNotes, unreadIssues, unreadIssuesSql } from '#service/db/store-notes.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { anIssue, aWorkspace, wednesday } from '#test/support/work-values.ts'

const host = 'acme.zendesk.com'
const note = { id: 5, author: 'anna', internal: true, text: 'Words', createdAt: wednesday, updatedAt: wednesday }

function database() {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  const sighting = { seenIn: 'list', zendeskHost: host } as const
  const description = 'See https://acme.zendesk.com/agent/tickets/7'
  storeIssue(db, 1, anIssue({ notesCount: 2, description }), wednesday, sighting)
  return db
}

test('a note is one event, its later wording none, and one that is deleted goes', () => {
  const db = database()
  storeNotes(db, anIssue(), [note, { ...note, id: 6 }], host)
  storeNotes(db, anIssue(), [{ ...note, text: 'Other words' }], host)
  markNotesRead(db, anIssue(), wednesday, [5])
  expect(readIssue(db, anIssue())?.notes.map(({ id, text, internal }) => ({ id, text, internal }))).toEqual([
    { id: 5, text: 'Other words', internal: true },
  ])
  expect(listEvents(db, 1, 10).map(({ kind }) => kind)).toEqual(['note-added', 'note-added'])
})

test('tickets that the text or a note names are linked, each once', () => {
  const db = database()
  const text = 'https://acme.zendesk.com/agent/tickets/7 and https://acme.zendesk.com/agent/tickets/3'
  storeNotes(db, anIssue(), [{ ...note, text, createdAt: wednesday + 5 }], host)
  const [issue] = listIssues(db, { accountId: 1, state: 'all', limit: 1, offset: 0 }).issues
  expect(issue).toMatchObject({ ticketIds: [3, 7], notes: 1, lastActivityAt: wednesday + 5 })
})

test('what is to be read is found by index: open issues that changed, and those that were closed since', () => {
  const db = database()
  const keys = () => unreadIssues(db).map(({ iid }) => iid)
  expect(unreadIssues(db)).toMatchObject([{ path: 'customers/acme', id: 7003 }])
  storeIssue(db, 1, anIssue({ iid: 4, notesCount: 1, state: 'closed' }), wednesday)
  expect(keys()).toEqual([3])
  markNotesRead(db, anIssue(), wednesday, [])
  expect(keys()).toEqual([])
  storeIssue(db, 1, anIssue({ state: 'closed', updatedAt: wednesday + 1 }), wednesday)
  expect(keys()).toEqual([3])
  const steps = db.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${unreadIssuesSql}`).all()
  expect(steps.map(({ detail }) => detail).join()).toContain('issues_unread')
})
