import { expect, test } from 'vitest'
import { emptyDesk } from '#core/desk/desk-document.ts'
import { noteKit, readDesk, restrictedAccounts, seenKitOf, storeDesk } from '#service/db/desks.ts'
import { prepared } from '#service/db/sql.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'

function withAccounts() {
  const db = memoryDatabase()
  db.exec(`INSERT INTO accounts (id, name) VALUES (7, 'Acme'), (8, 'Other')`)
  return db
}

test('an account of which nothing was written down has an empty desk', () => {
  expect(readDesk(withAccounts(), 7)).toEqual({ document: emptyDesk, restricted: false, updatedAt: null })
})

test('a desk is stored whole, and what others keep beside it stays', () => {
  const db = withAccounts()
  storeDesk(db, 7, { document: { ...emptyDesk, cadence: 'Tuesdays' }, restricted: true }, 5)
  db.exec(`UPDATE account_desks SET document = json_set(document, '$.kept', 'a note')`)
  storeDesk(db, 7, { document: { ...emptyDesk, cadence: 'Wednesdays' }, restricted: false }, 6)
  expect(readDesk(db, 7)).toMatchObject({ document: { cadence: 'Wednesdays' }, restricted: false, updatedAt: 6 })
  const row = prepared<[], { kept: string }>(db, `SELECT document ->> '$.kept' AS kept FROM account_desks`).get()
  expect(row?.kept).toBe('a note')
})

test('what was seen of a project is remembered beside what people wrote', () => {
  const db = withAccounts()
  expect(seenKitOf(db, 7)).toBeNull()
  noteKit(db, 7, { at: 5, project: 'acme/work', missing: ['board'] })
  storeDesk(db, 7, { document: { ...emptyDesk, cadence: 'Tuesdays' }, restricted: false }, 6)
  expect(seenKitOf(db, 7)).toEqual({ at: 5, project: 'acme/work', missing: ['board'] })
  noteKit(db, 7, { at: 9, project: 'acme/work', missing: [] })
  expect(seenKitOf(db, 7)?.missing).toEqual([])
  expect(readDesk(db, 7).document.cadence).toBe('Tuesdays')
})

test('restricted accounts are named', () => {
  const db = withAccounts()
  storeDesk(db, 8, { document: emptyDesk, restricted: true }, 5)
  storeDesk(db, 7, { document: emptyDesk, restricted: false }, 5)
  expect(restrictedAccounts(db)).toEqual([{ id: 8, name: 'Other' }])
})

test('a desk goes with its account', () => {
  const db = withAccounts()
  storeDesk(db, 7, { document: emptyDesk, restricted: true }, 5)
  db.exec('DELETE FROM accounts WHERE id = 7')
  expect(readDesk(db, 7).updatedAt).toBeNull()
})
