import type { Migration } from '../migrate.ts'

/** Handoffs of accounts, and what in them is watched for. */
export const handoffs: Migration = (db) => {
  db.exec(`
    -- The document is what is handed over, as of plans.
    CREATE TABLE handoffs (
      id TEXT PRIMARY KEY,
      -- The plan it is for, else the absence itself.
      absence_id TEXT NOT NULL,
      account_id INTEGER NOT NULL,
      -- Both follow from the document and stand before it, because they are asked for whenever alerts are looked for.
      -- Who accepted it; null where nobody did.
      accepted_by INTEGER,
      -- A print of all that alerts follow from.
      watched TEXT NOT NULL,
      document TEXT NOT NULL,
      -- The name under which changes are made here: other copies have others.
      author TEXT NOT NULL,
      updated_at INTEGER NOT NULL,
      -- JSON: the issue it was handed over as, and its state when it was last read.
      issue TEXT,
      -- JSON: what stood in it then. By itself, because it is long and the rest is asked for often.
      issue_text TEXT
    ) STRICT;
    CREATE INDEX handoffs_account ON handoffs (account_id);
    CREATE INDEX handoffs_absence ON handoffs (absence_id);

    -- Follows from the documents, written together with them: an if that is told by itself.
    CREATE TABLE contingencies (
      handoff_id TEXT NOT NULL REFERENCES handoffs (id) ON DELETE CASCADE,
      ticket_id INTEGER NOT NULL,
      id TEXT NOT NULL,
      -- JSON: what fires it.
      trigger TEXT NOT NULL,
      if_words TEXT NOT NULL,
      then_words TEXT NOT NULL,
      -- What happens from here on fires it.
      since INTEGER NOT NULL,
      -- When to look whether nobody answered; null where something else fires it.
      deadline INTEGER AS (trigger ->> '$.at') VIRTUAL,
      -- The issue that fires it, as events name it; null where something else does.
      issue TEXT AS ('issue:' || (trigger ->> '$.projectId') || '/' || (trigger ->> '$.iid')) VIRTUAL,
      PRIMARY KEY (handoff_id, ticket_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX contingencies_ticket ON contingencies (ticket_id);
    CREATE INDEX contingencies_deadline ON contingencies (deadline, ticket_id) WHERE deadline IS NOT NULL;
    CREATE INDEX contingencies_issue ON contingencies (issue) WHERE issue IS NOT NULL;

    -- The same: what of a ticket was gone over, for telling at once when it is otherwise.
    CREATE TABLE handoff_lines (
      handoff_id TEXT NOT NULL REFERENCES handoffs (id) ON DELETE CASCADE,
      ticket_id INTEGER NOT NULL,
      -- JSON: its facts when it was last gone over; null where it never was.
      reviewed TEXT,
      reviewed_at INTEGER,
      PRIMARY KEY (handoff_id, ticket_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX handoff_lines_ticket ON handoff_lines (ticket_id);
  `)
}
