import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '#service/db/open-database.ts'
import { durably, prepared, snapshot, transaction } from '#service/db/sql.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'

const names = (db: ReturnType<typeof memoryDatabase>) =>
  db
    .prepare<[], { name: string }>('SELECT name FROM users ORDER BY id')
    .all()
    .map((row) => row.name)

test('a transaction stores all or nothing, also one inside another', () => {
  const db = memoryDatabase()
  const add = (id: number) => prepared<[number]>(db, `INSERT INTO users (id, name) VALUES (?, 'Ines')`).run(id)
  expect(() =>
    transaction(db, () => {
      add(1)
      transaction(db, () => add(2))
      throw new Error('crash')
    }),
  ).toThrow('crash')
  expect(names(db)).toEqual([])
  expect(transaction(db, () => transaction(db, () => add(3)).changes)).toBe(1)
  expect(names(db)).toEqual(['Ines'])
})

test('a snapshot reads one state of the database, whatever is written beside it', () => {
  const file = join(temporaryFolder(), 'understudy.db')
  const [reader, writer] = [openDatabase(file), openDatabase(file)]
  const add = (id: number) => prepared<[number]>(writer, `INSERT INTO users (id, name) VALUES (?, 'Ines')`).run(id)
  add(1)
  snapshot(reader, () => {
    const before = names(reader)
    add(2)
    expect(names(reader)).toEqual(before)
    expect(snapshot(reader, () => names(reader))).toEqual(before)
  })
  expect(names(reader)).toHaveLength(2)
  reader.close()
  writer.close()
})

test('what is stored durably is written through, and later writes are not', () => {
  const db = memoryDatabase()
  const level = () => db.pragma('synchronous', { simple: true })
  expect(durably(db, level)).toBe(2)
  expect(level()).toBe(1)
  expect(() =>
    durably(db, () => {
      throw new Error('crash')
    }),
  ).toThrow('crash')
  expect(level()).toBe(1)
  expect(() => transaction(db, () => durably(db, level))).toThrow('may not be changed inside a transaction')
})

test('a statement is prepared once per handle', () => {
  const [one, other] = [memoryDatabase(), memoryDatabase()]
  const sql = 'SELECT count(*) AS n FROM users'
  expect(prepared(one, sql)).toBe(prepared(one, sql))
  expect(prepared(one, sql)).not.toBe(prepared(other, sql))
})
