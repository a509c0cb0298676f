import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { migrate } from '#service/db/migrate.ts'
import { migrations } from '#service/db/migrations/migrations.ts'
import { proactiveWork } from '#service/db/migrations/0005-proactive-work.ts'

test('issues stay as they are, and are read once more for what was not kept', () => {
  const db = new Database(':memory:')
  onTestFinished(() => void db.close())
  migrate(db, migrations.slice(0, migrations.indexOf(proactiveWork)))
  db.exec(`
    INSERT INTO accounts (id, name, label) VALUES (1, 'Acme', 'ASE Work - Acme');
    INSERT INTO issues (project_id, iid, account_id, title, state, labels, assignees, reference, url, confidential, tasks_done,
      tasks_total, created_at, updated_at, fetched_at)
    VALUES (7, 3, 1, 'Upgrade', 'opened', '[]', '[]', 'a/b#3', 'https://gitlab.example.com/3', 0, 1, 2, 10, 20, 30);
    INSERT INTO sync_cursors (source, scope, watermark) VALUES ('gitlab', 'label:1', 20), ('zendesk', 'tickets', 20);
  `)
  migrate(db, migrations)
  expect(db.prepare('SELECT kind, project_id, iid, id, title, fate, description FROM issues').all()).toEqual([
    { kind: 'issue', project_id: 7, iid: 3, id: null, title: 'Upgrade', fate: null, description: '' },
  ])
  expect(db.prepare('SELECT source FROM sync_cursors').all()).toEqual([{ source: 'zendesk' }])
})
