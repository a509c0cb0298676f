import { statSync } from 'node:fs'
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
