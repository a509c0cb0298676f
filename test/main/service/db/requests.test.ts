import { expect, test } from 'vitest'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '#service/db/open-database.ts'
import { createRequestHistory, readRequestHistory } from '#service/db/requests.ts'
import { prepared, type ReadDb } from '#service/db/sql.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'
import { hourMs, wednesday } from '#test/support/work-values.ts'

const stored = (db: ReadDb) =>
  prepared<[], { readonly host: string; readonly at: number }>(db, 'SELECT host, at FROM requests ORDER BY host, at')
    .all()
    .map(({ host, at }) => `${host} ${at - wednesday}`)

test('calls are remembered by host, from any instant on, several at the same one included', () => {
  const db = memoryDatabase()
  const zendesk = createRequestHistory(db, 'acme.zendesk.com')
  const gitlab = createRequestHistory(db, 'gitlab.com')
  for (const at of [0, 10, 10, 20]) zendesk.add(wednesday + at)
  gitlab.add(wednesday + 5)
  expect(zendesk.load(wednesday + 10)).toEqual([10, 10, 20].map((ms) => wednesday + ms))
  expect(gitlab.load(wednesday)).toEqual([wednesday + 5])
  expect(createRequestHistory(db, 'acme.zendesk.com').load(wednesday)).toHaveLength(4)
})

test('calls older than an hour are forgotten, those of other hosts when these are called', () => {
  const db = memoryDatabase()
  const zendesk = createRequestHistory(db, 'acme.zendesk.com')
  const gitlab = createRequestHistory(db, 'gitlab.com')
  gitlab.add(wednesday)
  zendesk.add(wednesday)
  zendesk.add(wednesday + 1)
  zendesk.add(wednesday + hourMs + 1)
  expect(stored(db)).toEqual([`acme.zendesk.com 1`, `acme.zendesk.com ${hourMs + 1}`, 'gitlab.com 0'])
})

test('calls that a clock which was ahead has noted count as made at the next one', () => {
  const db = memoryDatabase()
  const zendesk = createRequestHistory(db, 'acme.zendesk.com')
  createRequestHistory(db, 'gitlab.com').add(wednesday + hourMs)
  zendesk.add(wednesday + 5 * hourMs)
  zendesk.add(wednesday)
  expect(stored(db)).toEqual(['acme.zendesk.com 0', 'acme.zendesk.com 0', `gitlab.com ${hourMs}`])
})

test('a call that is noted afterwards leaves later ones where they were', () => {
  const db = memoryDatabase()
  const zendesk = createRequestHistory(db, 'acme.zendesk.com')
  for (const minute of [0, 10, 5]) zendesk.add(wednesday + minute * 60_000)
  expect(zendesk.load(wednesday)).toEqual([0, 5, 10].map((minute) => wednesday + minute * 60_000))
})

test('a pause is remembered by host until it is taken back', () => {
  const db = memoryDatabase()
  const zendesk = createRequestHistory(db, 'acme.zendesk.com')
  expect(zendesk.loadPause()).toBeNull()
  zendesk.savePause({ since: wednesday, until: wednesday + 30_000, reason: 'asked-to-wait' })
  const later = { since: wednesday + 1, until: wednesday + 90_000, reason: 'budget-low' } as const
  zendesk.savePause(later)
  expect(createRequestHistory(db, 'acme.zendesk.com').loadPause()).toEqual(later)
  expect(createRequestHistory(db, 'gitlab.com').loadPause()).toBeNull()
  zendesk.savePause(null)
  expect(zendesk.loadPause()).toBeNull()
})

test('what is old, what is recent and what is ahead is found by the index', () => {
  const db = memoryDatabase()
  for (const sql of [
    'SELECT at FROM requests WHERE host = ? AND at >= ? ORDER BY at',
    'DELETE FROM requests WHERE host = ? AND at < ?',
    'UPDATE requests SET at = 1 WHERE host = ? AND at > ?',
  ]) {
    const plan = prepared<[string, number], { readonly detail: string }>(db, `EXPLAIN QUERY PLAN ${sql}`).all('a', 1)
    expect(plan.map((row) => row.detail).join()).toMatch(/^SEARCH requests USING (COVERING )?INDEX requests_host/)
  }
})

test('a database that nobody has open tells its calls and its pause, and is left as it is', () => {
  const file = join(temporaryFolder(), 'understudy.db')
  const db = openDatabase(file)
  const history = createRequestHistory(db, 'acme.zendesk.com')
  const pause = { since: wednesday, until: wednesday + hourMs, reason: 'asked-to-wait' as const }
  history.add(wednesday)
  history.add(wednesday + 5)
  history.savePause(pause)
  const read = () => readRequestHistory(file, 'acme.zendesk.com', wednesday + 1)
  expect(read()).toEqual({ calledAt: [wednesday + 5], pause })
  db.close()
  expect(read()).toEqual({ calledAt: [wednesday + 5], pause })
  expect(readRequestHistory(file, 'other.zendesk.com', 0)).toEqual({ calledAt: [], pause: null })
})

test('a file that is not there, or is no database, tells nothing and is not made', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'text'), 'no database')
  for (const name of ['missing', 'text']) {
    expect(readRequestHistory(join(folder, name), 'acme.zendesk.com', 0)).toEqual({ calledAt: [], pause: null })
  }
  expect(() => readFileSync(join(folder, 'missing'))).toThrow('ENOENT')
})
