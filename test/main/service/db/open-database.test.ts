import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import type { Migration } from '#service/db/migrate.ts'
import { migrations } from '#service/db/migrations/migrations.ts'
import { DatabaseFromTheFuture, openDatabase } from '#service/db/open-database.ts'
import { Problem } from '#service/problem.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'

const two: readonly Migration[] = [
  (db) => db.exec('CREATE TABLE notes (id INTEGER PRIMARY KEY) STRICT'),
  (db) => db.exec('ALTER TABLE notes ADD COLUMN text TEXT'),
]

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')

describe('opening', () => {
  test('makes a database with today’s tables where there is none', () => {
    const file = join(temporaryFolder(), 'understudy.db')
    const db = openDatabase(file)
    expect(db.pragma('user_version', { simple: true })).toBe(migrations.length)
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
    db.close()
  })

  test('finds again what was stored, and keeps no copy where nothing had to be changed', () => {
    const folder = temporaryFolder()
    const file = join(folder, 'understudy.db')
    const first = openDatabase(file)
    first.exec(`INSERT INTO users (id, name) VALUES (1, 'Ines')`)
    first.close()
    const second = openDatabase(file)
    expect(second.prepare('SELECT name FROM users').all()).toEqual([{ name: 'Ines' }])
    second.close()
    expect(readdirSync(folder)).toEqual(['understudy.db'])
  })
})

describe('an older database', () => {
  test('is copied before it is changed', () => {
    const folder = temporaryFolder()
    const file = join(folder, 'understudy.db')
    const old = openDatabase(file, two.slice(0, 1))
    old.exec('INSERT INTO notes (id) VALUES (7)')
    old.close()
    openDatabase(file, two).close()
    expect(readdirSync(folder).toSorted()).toEqual(['understudy.db', 'understudy.db.before-2'])
    const copy = new Database(`${file}.before-2`, { readonly: true })
    expect(copy.prepare('SELECT * FROM notes').all()).toEqual([{ id: 7 }])
    expect(copy.pragma('user_version', { simple: true })).toBe(1)
    copy.close()
    const db = openDatabase(file, two)
    expect(db.prepare('SELECT * FROM notes').all()).toEqual([{ id: 7, text: null }])
    db.close()
  })

  test('is copied under another name each time, and stays as it was when the change fails', () => {
    const folder = temporaryFolder()
    const file = join(folder, 'understudy.db')
    openDatabase(file, two.slice(0, 1)).close()
    const broken: Migration = () => {
      throw new Error('no room left')
    }
    const steps = [...two.slice(0, 1), broken]
    expect(() => openDatabase(file, steps)).toThrow('no room left')
    expect(() => openDatabase(file, steps)).toThrow('no room left')
    expect(readdirSync(folder).toSorted()).toEqual([
      'understudy.db',
      'understudy.db.before-2',
      'understudy.db.before-2-1',
    ])
    const db = openDatabase(file, two.slice(0, 1))
    expect(db.pragma('user_version', { simple: true })).toBe(1)
    db.close()
  })
})

describe('a database from a newer Understudy', () => {
  test('is refused in a sentence, and not a byte of it or beside it changes', () => {
    const folder = temporaryFolder()
    const file = join(folder, 'understudy.db')
    openDatabase(file, two).close()
    const before = hashOf(file)
    const open = () => openDatabase(file, two.slice(0, 1))
    expect(open).toThrow(DatabaseFromTheFuture)
    expect(open).toThrow(Problem)
    expect(open).toThrow(
      'understudy.db was written by a newer Understudy (format 2; this one knows up to 1). ' +
        'Nothing was changed. Install the newer Understudy, or choose another folder with --data-dir.',
    )
    expect(hashOf(file)).toBe(before)
    expect(readdirSync(folder)).toEqual(['understudy.db'])
  })
})

test('two may open the same file: one sees what the other stores', () => {
  const file = join(temporaryFolder(), 'understudy.db')
  const [one, other] = [openDatabase(file), openDatabase(file)]
  one.exec(`INSERT INTO users (id, name) VALUES (1, 'Ines')`)
  expect(other.prepare('SELECT name FROM users').all()).toEqual([{ name: 'Ines' }])
  one.close()
  other.close()
})
