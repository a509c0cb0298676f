import { expect, test } from 'vitest'
import type { AuditChange, TicketAudit } from '#core/tickets/audit.ts'
import { markAuditsRead, readAudits, storeAudits } from '#service/db/store-audits.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { aSighting, wednesday } from '#test/support/work-values.ts'

const opened: AuditChange = { kind: 'created', field: 'status', from: null, to: 'new', public: null }
const anAudit = (parts: Partial<TicketAudit> = {}): TicketAudit => ({
  id: 1,
  ticketId: 101,
  authorId: 12,
  createdAt: wednesday,
  changes: [opened],
  ...parts,
})

function withTicket() {
  const db = memoryDatabase()
  storeTicket(db, aSighting(), wednesday)
  return db
}

test('a history is read as it was stored, oldest first, each audit once', () => {
  const db = withTicket()
  const later = anAudit({ id: 2, createdAt: wednesday + 1, authorId: null })
  expect(storeAudits(db, [later, anAudit()])).toBe(2)
  expect(storeAudits(db, [anAudit({ changes: [{ ...opened, to: 'open' }] }), later])).toBe(0)
  expect(readAudits(db, 101)).toEqual([anAudit(), later])
  expect(readAudits(db, 102)).toEqual([])
})

test('an audit without anything of use is left out', () => {
  const db = withTicket()
  expect(storeAudits(db, [anAudit({ changes: [] })])).toBe(0)
  expect(readAudits(db, 101)).toEqual([])
})

test('how far a history was read is noted on its ticket', () => {
  const db = withTicket()
  markAuditsRead(db, 101, wednesday, 'place')
  const noted = () => db.prepare('SELECT audits_as_of, audits_cursor FROM tickets WHERE id = 101').get()
  expect(noted()).toEqual({ audits_as_of: wednesday, audits_cursor: 'place' })
  markAuditsRead(db, 101, wednesday + 5, null)
  expect(noted()).toEqual({ audits_as_of: wednesday + 5, audits_cursor: null })
})

test('a ticket that goes takes its history along', () => {
  const db = withTicket()
  storeAudits(db, [anAudit()])
  db.prepare('DELETE FROM tickets WHERE id = 101').run()
  expect(readAudits(db, 101)).toEqual([])
})
