import { expect, test } from 'vitest'
import { durably, prepared, transaction } from '#service/db/sql.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'

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
