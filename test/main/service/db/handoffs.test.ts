import { expect, test } from 'vitest'
import { putLine, putReviewed } from '#core/handoff/change-handoff.ts'
import type { Contingency, Trigger } from '#core/handoff/handoff-document.ts'
import { handoffsOfAbsence, handoffsOfAccount, readHandoff, readHandoffs, storeHandoffs } from '#service/db/handoffs.ts'
import type { WriteDb } from '#service/db/sql.ts'
import { aHandoff, aLine, anIf, someFacts } from '#test/support/handoff-values.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { anna, ines } from '#test/support/plan-values.ts'

const told = (trigger: Trigger | null, parts: Partial<Contingency> = {}) =>
  aLine({ contingencies: [anIf({ trigger, ...parts })] })
const replies = { on: 'customer-replies' } as const

const watched = (db: WriteDb) =>
  db.prepare('SELECT ticket_id, id, trigger, if_words, then_words, since FROM contingencies').all()
const lines = (db: WriteDb) => db.prepare('SELECT ticket_id, reviewed, reviewed_at FROM handoff_lines').all()

test('a handoff is found by its id, its account and its absence, and keeps the author it was begun under', () => {
  const db = memoryDatabase()
  const document = aHandoff({ 5: aLine() })
  storeHandoffs(db, [{ document, author: 'here' }], 1)
  storeHandoffs(db, [{ document, author: 'elsewhere' }], 2)
  expect(readHandoff(db, 'p1--1')).toEqual({ document, author: 'here' })
  expect(readHandoffs(db)).toHaveLength(1)
  expect(handoffsOfAccount(db, 1)).toEqual([document])
  expect(handoffsOfAccount(db, 2)).toEqual([])
  expect(handoffsOfAbsence(db, 'p1')).toEqual([document])
})

test('what is watched for follows from the lines, from when it was first written', () => {
  const db = memoryDatabase()
  const first = putLine(aHandoff(), 5, told(replies), anna)
  const store = (document: typeof first) => storeHandoffs(db, [{ document, author: 'here' }], 1)
  store(first)
  const row = { ticket_id: 5, id: 'c1', if_words: 'it happens again', then_words: 'restart Sidekiq', since: anna.at }
  expect(watched(db)).toEqual([{ ...row, trigger: JSON.stringify(replies) }])
  store(putLine(first, 5, told(replies, { if: 'it is back' }), ines))
  expect(watched(db)).toEqual([{ ...row, if_words: 'it is back', trigger: JSON.stringify(replies) }])
  const raised = { on: 'severity-raised' } as const
  store(putLine(first, 5, told(raised), ines))
  expect(watched(db)).toEqual([{ ...row, since: ines.at, trigger: JSON.stringify(raised) }])
  store(putLine(first, 5, told(null), ines))
  expect(watched(db)).toEqual([])
})

test('what was gone over follows, too, and is the last look', () => {
  const db = memoryDatabase()
  const written = aHandoff({ 5: aLine() })
  storeHandoffs(db, [{ document: written, author: 'here' }], 1)
  expect(lines(db)).toEqual([{ ticket_id: 5, reviewed: null, reviewed_at: null }])
  const looked = putReviewed(putReviewed(written, 5, someFacts(), anna), 5, someFacts({ status: 'pending' }), ines)
  storeHandoffs(db, [{ document: looked, author: 'here' }], 1)
  expect(lines(db)).toEqual([
    { ticket_id: 5, reviewed: JSON.stringify(someFacts({ status: 'pending' })), reviewed_at: ines.at },
  ])
})

test('what is stored with it is stored with it or not at all', () => {
  const db = memoryDatabase()
  const fails = () => {
    throw new Error('no')
  }
  expect(() => storeHandoffs(db, [{ document: aHandoff(), author: 'here' }], 1, fails)).toThrow('no')
  expect(readHandoffs(db)).toEqual([])
})
