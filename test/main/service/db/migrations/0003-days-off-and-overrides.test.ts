import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { migrate } from '#service/db/migrate.ts'
import { migrations } from '#service/db/migrations/migrations.ts'

test('people and accounts stay, with no days off and no overrides', () => {
  const db = new Database(':memory:')
  onTestFinished(() => void db.close())
  migrate(db, migrations.slice(0, 2))
  db.exec(`
    INSERT INTO people (id, name, time_zone, region, working_hours, is_me) VALUES (12, 'Anna', 'UTC', 'EMEA', '[]', 1);
    INSERT INTO accounts (id, name, label) VALUES (1, 'Acme', 'ASE Work - Acme');
  `)
  migrate(db, migrations.slice(0, 3))
  expect(db.prepare('SELECT id, name, days_off, is_me FROM people').all()).toEqual([
    { id: 12, name: 'Anna', days_off: '[]', is_me: 1 },
  ])
  expect(db.prepare('SELECT id, label, policy_overrides FROM accounts').all()).toEqual([
    { id: 1, label: 'ASE Work - Acme', policy_overrides: '{}' },
  ])
})
