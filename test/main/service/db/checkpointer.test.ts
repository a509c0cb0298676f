import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startCheckpointer } from '#service/db/checkpointer.ts'
import { openDatabase } from '#service/db/open-database.ts'
import { prepared } from '#service/db/sql.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'

test('what was committed is moved into the database file by another thread, after enough pages', async () => {
  const file = join(temporaryFolder(), 'understudy.db')
  const db = openDatabase(file)
  const checkpointer = startCheckpointer(db)
  const before = statSync(file).size
  const add = prepared<[number, string]>(db, 'INSERT INTO users (id, name) VALUES (?, ?)')
  for (let page = 1; page <= 300; page += 1) {
    add.run(page, 'x'.repeat(2000))
    checkpointer.committed()
  }
  await checkpointer.stop()
  expect(statSync(file).size).toBeGreaterThan(before + 300 * 2000)
  db.close()
})

test('a thread that cannot run leaves the work to the commits', async () => {
  const db = openDatabase(join(temporaryFolder(), 'understudy.db'))
  const checkpointer = startCheckpointer(db, new URL('data:text/javascript,throw new Error()'))
  for (let page = 1; page <= 300; page += 1) checkpointer.committed()
  await expect.poll(() => db.pragma('wal_autocheckpoint', { simple: true })).toBe(1000)
  await checkpointer.stop()
  db.close()
})

test('a few pages need no thread', async () => {
  const db = openDatabase(join(temporaryFolder(), 'understudy.db'))
  const checkpointer = startCheckpointer(db, new URL('data:text/javascript,throw new Error()'))
  const before = db.pragma('wal_autocheckpoint', { simple: true })
  for (let page = 1; page < 300; page += 1) checkpointer.committed()
  await checkpointer.stop()
  expect(db.pragma('wal_autocheckpoint', { simple: true })).toBe(before)
  db.close()
})

test('writing the file anew leaves nothing of deleted rows, neither in it nor in the log', async () => {
  const file = join(temporaryFolder(), 'understudy.db')
  const db = openDatabase(file)
  const checkpointer = startCheckpointer(db)
  const add = prepared<[number, string]>(db, 'INSERT INTO users (id, name) VALUES (?, ?)')
  for (let id = 1; id <= 500; id += 1) add.run(id, `${id % 2 === 0 ? 'kept' : 'canary'} `.repeat((id % 90) + 1))
  db.exec('DELETE FROM users WHERE id % 2 = 1')
  const bytes = () => ['', '-wal'].map((end) => readFileSync(`${file}${end}`, 'latin1')).join()
  expect(bytes()).toContain('canary')
  await checkpointer.rewrite()
  expect(bytes()).not.toContain('canary')
  expect(statSync(`${file}-wal`).size).toBe(0)
  expect(db.prepare('SELECT count(*) FROM users').pluck().get()).toBe(250)
  await checkpointer.stop()
  db.close()
})

test('a file that cannot be written anew is said, and is as it was', async () => {
  const db = openDatabase(join(temporaryFolder(), 'understudy.db'))
  const checkpointer = startCheckpointer(db)
  db.exec('BEGIN IMMEDIATE')
  await expect(checkpointer.rewrite()).rejects.toThrow('database is locked')
  db.exec('COMMIT')
  await checkpointer.rewrite()
  await checkpointer.stop()
  await expect(checkpointer.rewrite()).rejects.toThrow('has ended')
  db.close()
})
