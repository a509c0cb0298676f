import { expect, test } from 'vitest'
import { emptyDesk } from '#core/desk/desk-document.ts'
import { storeDesk } from '#service/db/desks.ts'
import { refuseRestricted, restrictedIn } from '#service/desk/restricted.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'

function withRestricted() {
  const db = memoryDatabase()
  db.exec(`INSERT INTO accounts (id, name) VALUES (360100, 'Fort Acme'), (8, 'Open')`)
  storeDesk(db, 360100, { document: emptyDesk, restricted: true }, 1)
  return db
}

test.each([
  ['Call with FORT ACME tomorrow', 'Fort Acme'],
  ['id: 360100\nname: x', 'Fort Acme'],
  ['id: 13601005', null],
  ['Call with Open', null],
])('%j names %j', (text, name) => {
  expect(restrictedIn(withRestricted(), text)).toBe(name)
})

test('a text that names a restricted account stays here', () => {
  const db = withRestricted()
  expect(() => refuseRestricted(db, 'Fort Acme')).toThrow('Fort Acme is restricted')
  expect(() => refuseRestricted(db, 'Open')).not.toThrow()
})
