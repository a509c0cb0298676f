import { expect, test } from 'vitest'
import { z } from 'zod'
import { readFact, writeFact } from '#service/db/facts.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'

const schema = z.object({ pace: z.number() })

test('a fact is what was written last, each under its own name and source', () => {
  const db = memoryDatabase()
  expect(readFact(db, 'zendesk', 'poll', schema)).toBeNull()
  writeFact(db, 'zendesk', 'poll', { pace: 1 }, 1)
  writeFact(db, 'zendesk', 'poll', { pace: 2 }, 2)
  writeFact(db, 'gitlab', 'poll', { pace: 3 }, 3)
  expect(readFact(db, 'zendesk', 'poll', schema)).toEqual({ pace: 2 })
  expect(readFact(db, 'gitlab', 'poll', schema)).toEqual({ pace: 3 })
  expect(db.prepare('SELECT at FROM facts ORDER BY at').all()).toEqual([{ at: 2 }, { at: 3 }])
})

test('one of another shape, or damaged, is not known', () => {
  const db = memoryDatabase()
  writeFact(db, 'zendesk', 'poll', { speed: 1 }, 1)
  expect(readFact(db, 'zendesk', 'poll', schema)).toBeNull()
  db.prepare(`UPDATE facts SET value = '{"pace":'`).run()
  expect(readFact(db, 'zendesk', 'poll', schema)).toBeNull()
})
