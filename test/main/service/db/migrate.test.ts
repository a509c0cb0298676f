import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { migrate, type Migration } from '#service/db/migrate.ts'
import { migrations } from '#service/db/migrations/migrations.ts'

function emptyDatabase(): Database.Database {
  const db = new Database(':memory:')
  onTestFinished(() => void db.close())
  return db
}

const version = (db: Database.Database) => db.pragma('user_version', { simple: true })

/** Everything that defines the tables, without the comments in it and however it is spaced. */
function schemaOf(db: Database.Database): string {
  const rows = db.prepare(`SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name`).all() as {
    sql: string
  }[]
  return rows.map((row) => row.sql.replace(/--.*$/gm, '').replace(/\s+/g, ' ')).join('\n')
}

/** What each released migration leaves behind. A hash here never changes; a new migration adds one. */
const released = [
  'a53c53197b860ea3',
  '794137abb0947c14',
  'a780cb6a0f610795',
  '82a2f64495fb860f',
  'aefa369998fcf082',
  '726aa9c361a850cf',
  '8bc1245229d059d1',
  '768ce62a1bd35aba',
  '495f5e2ff75d53cf',
  'bb834573d63237e8',
]

test('each migration leaves the tables it was released with', () => {
  const db = emptyDatabase()
  const left = migrations.map((_, index) => {
    migrate(db, migrations.slice(0, index + 1))
    return createHash('sha256').update(schemaOf(db)).digest('hex').slice(0, 16)
  })
  expect(left).toEqual(released)
  expect(version(db)).toBe(migrations.length)
})

test('every table refuses values of a wrong type', () => {
  const db = emptyDatabase()
  migrate(db, migrations)
  const loose = db.prepare(
    `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
  )
  expect(loose.all()).toEqual([])
  expect(() => db.prepare(`INSERT INTO users (id, name, role) VALUES (1, x'00', NULL)`).run()).toThrow(
    'cannot store BLOB value in TEXT column users.name',
  )
  expect(() =>
    db.prepare(`INSERT INTO absences (id, person_id, starts_at, ends_at) VALUES ('a', 1, 'Monday', 5)`).run(),
  ).toThrow('cannot store TEXT value in INTEGER column')
})

const two: readonly Migration[] = [
  (db) => db.exec('CREATE TABLE notes (id INTEGER PRIMARY KEY) STRICT'),
  (db) => db.exec(`ALTER TABLE notes ADD COLUMN text TEXT NOT NULL DEFAULT 'was there before'`),
]

test('only migrations that a database has not seen are run', () => {
  const db = emptyDatabase()
  migrate(db, two.slice(0, 1))
  db.exec('INSERT INTO notes (id) VALUES (1)')
  expect(version(db)).toBe(1)
  migrate(db, two)
  migrate(db, two)
  expect(version(db)).toBe(2)
  expect(db.prepare('SELECT * FROM notes').all()).toEqual([{ id: 1, text: 'was there before' }])
})

test('a migration that fails leaves the tables and the number of the one before it', () => {
  const db = emptyDatabase()
  const halfway: Migration = (handle) => {
    handle.exec('ALTER TABLE notes ADD COLUMN text TEXT')
    throw new Error('power cut')
  }
  expect(() => migrate(db, [...two.slice(0, 1), halfway])).toThrow('power cut')
  expect(version(db)).toBe(1)
  expect(schemaOf(db)).not.toContain('text')
  migrate(db, two)
  expect(version(db)).toBe(2)
})
