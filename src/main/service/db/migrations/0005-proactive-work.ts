import type { Migration } from '../migrate.ts'

/** Epics beside issues, what became of either, their notes, and what lets GitLab say that nothing changed. */
export const proactiveWork: Migration = (db) => {
  db.exec(`
    CREATE TABLE work (
      -- issue or epic.
      kind TEXT NOT NULL,
      -- Of an epic it is the group's.
      project_id INTEGER NOT NULL,
      iid INTEGER NOT NULL,
      -- GitLab's own id; null until it is read anew.
      id INTEGER,
      account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      title TEXT NOT NULL,
      description TEXT NOT NULL DEFAULT '',
      state TEXT NOT NULL,
      labels TEXT NOT NULL,
      assignees TEXT NOT NULL,
      reference TEXT NOT NULL,
      url TEXT NOT NULL,
      confidential INTEGER NOT NULL,
      due_date TEXT,
      tasks_done INTEGER NOT NULL,
      tasks_total INTEGER NOT NULL,
      notes_count INTEGER,
      -- The id of the issue that this one became by being moved.
      moved_to_id INTEGER,
      -- JSON: ids of the tickets whose addresses stand in the description.
      ticket_ids TEXT NOT NULL DEFAULT '[]',
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      fetched_at INTEGER NOT NULL,
      -- Why it is in its account's list no more: unlabelled, moved or out-of-sight; null while it is. And since when we know.
      fate TEXT,
      fate_at INTEGER,
      -- The updated_at the stored notes belong to; null before they were read.
      notes_as_of INTEGER,
      PRIMARY KEY (kind, project_id, iid)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO work (kind, project_id, iid, account_id, title, state, labels, assignees, reference, url, confidential, due_date,
        tasks_done, tasks_total, created_at, updated_at, fetched_at)
      SELECT 'issue', project_id, iid, account_id, title, state, labels, assignees, reference, url, confidential, due_date,
        tasks_done, tasks_total, created_at, updated_at, fetched_at FROM issues;
    DROP TABLE issues;
    ALTER TABLE work RENAME TO issues;
    CREATE INDEX issues_account ON issues (account_id, updated_at);
    CREATE INDEX issues_unread ON issues (updated_at)
      WHERE fate IS NULL AND (notes_as_of IS NULL OR notes_as_of < updated_at);

    -- What was not kept until now is read once more, from the beginning.
    DELETE FROM sync_cursors WHERE source = 'gitlab';

    CREATE TABLE issue_notes (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      project_id INTEGER NOT NULL,
      iid INTEGER NOT NULL,
      author TEXT NOT NULL,
      internal INTEGER NOT NULL,
      text TEXT NOT NULL,
      -- JSON: ids of the tickets whose addresses stand in it.
      ticket_ids TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      FOREIGN KEY (kind, project_id, iid) REFERENCES issues (kind, project_id, iid) ON DELETE CASCADE
    ) STRICT;
    CREATE INDEX issue_notes_issue ON issue_notes (kind, project_id, iid, created_at);

    -- Issues and epics to be looked up one by one, because a list was without them.
    CREATE TABLE issue_look_ups (
      kind TEXT NOT NULL,
      project_id INTEGER NOT NULL,
      iid INTEGER NOT NULL,
      -- not-listed or doubtful: what made us look.
      why TEXT NOT NULL,
      not_before INTEGER NOT NULL,
      PRIMARY KEY (kind, project_id, iid),
      FOREIGN KEY (kind, project_id, iid) REFERENCES issues (kind, project_id, iid) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;

    -- What a source called the state of a list when all of it was stored.
    CREATE TABLE etags (
      source TEXT NOT NULL,
      scope TEXT NOT NULL,
      address TEXT NOT NULL,
      etag TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (source, scope, address)
    ) STRICT, WITHOUT ROWID;
  `)
}
