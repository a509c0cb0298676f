import type { Migration } from '../migrate.ts'

/** When sources were read, and the ways to what happened to an account while somebody covered it. */
export const returnMeetings: Migration = (db) => {
  db.exec(`
    -- One account of one absence, as it is handed back.
    CREATE TABLE return_meetings (
      id TEXT PRIMARY KEY,
      account_id INTEGER NOT NULL,
      started_at INTEGER,
      -- Key of the row that is gone over.
      at_key TEXT,
      -- Every row was decided; the list stands still from then on.
      settled_at INTEGER,
      -- The coverages of it end then at the latest.
      handed_back_at INTEGER,
      -- When it is held, where a person chose.
      scheduled_at INTEGER,
      call_id TEXT,
      -- Names what was written into that call, so that what people typed is told apart.
      call_print TEXT,
      -- Whom it was written for.
      call_audience TEXT CHECK (call_audience IN ('customer', 'internal')),
      helped TEXT CHECK (helped IN ('yes', 'partly', 'no')),
      missing TEXT NOT NULL DEFAULT ''
    ) STRICT;

    -- What was decided, in the order it was; of each row the last holds. The row is kept as it was, for when it is on no list any more.
    CREATE TABLE return_decisions (
      seq INTEGER PRIMARY KEY,
      meeting_id TEXT NOT NULL REFERENCES return_meetings (id) ON DELETE CASCADE,
      row_key TEXT NOT NULL,
      row_state TEXT NOT NULL,
      row TEXT NOT NULL,
      decision TEXT NOT NULL,
      by_id INTEGER,
      at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX return_decisions_meeting ON return_decisions (meeting_id, row_key, seq);

    -- Coverages as they were planned when their account was handed back: they end then, until somebody plans them to begin or end later.
    CREATE TABLE handed_back (
      coverage_id TEXT PRIMARY KEY,
      meeting_id TEXT NOT NULL REFERENCES return_meetings (id) ON DELETE CASCADE,
      planned_from INTEGER NOT NULL,
      planned_until INTEGER NOT NULL,
      at INTEGER NOT NULL
    ) STRICT;

    -- What a meeting ordered of its tickets, so that nothing is ordered twice. Written down before it is handed over: without an entry then.
    CREATE TABLE return_orders (
      meeting_id TEXT NOT NULL REFERENCES return_meetings (id) ON DELETE CASCADE,
      ticket_id INTEGER NOT NULL,
      part TEXT NOT NULL CHECK (part IN ('assign', 'note', 'cc')),
      intent TEXT NOT NULL,
      entry_id INTEGER,
      at INTEGER NOT NULL,
      PRIMARY KEY (meeting_id, ticket_id, part)
    ) STRICT, WITHOUT ROWID;

    -- Customers' data of accounts that were covered: kept longer where somebody asked for it, removed, and the proof of that.
    CREATE TABLE data_removals (
      account_id INTEGER PRIMARY KEY,
      account_name TEXT NOT NULL,
      -- When the coverage ended that it was kept for.
      ended_at INTEGER NOT NULL,
      keep_until INTEGER,
      -- From then on it is being removed, and nothing of the account is read, until it is covered or followed again.
      removed_at INTEGER,
      followed INTEGER NOT NULL DEFAULT 0,
      -- JSON: how many of each were removed.
      removed TEXT NOT NULL DEFAULT '{}',
      -- JSON: ids of the tickets that are being removed, to be looked for afterwards. Null before and after.
      ticket_ids TEXT,
      -- How much was found when it was looked for afterwards; null before.
      remains INTEGER
    ) STRICT;

    -- Stretches of time over which a stream was read again and again. What lies between two of them nobody saw happen.
    CREATE TABLE read_stretches (
      source TEXT NOT NULL,
      scope TEXT NOT NULL,
      starts_at INTEGER NOT NULL,
      ends_at INTEGER NOT NULL,
      PRIMARY KEY (source, scope, starts_at)
    ) STRICT, WITHOUT ROWID;

    -- What left an account, or came to it: rare among all that happens.
    CREATE INDEX events_moved ON events (at) WHERE kind = 'ticket-moved';
    -- Ended, and not read to the end: wanted of accounts that somebody covers.
    CREATE INDEX tickets_untold ON tickets (organization_id, updated_at) WHERE live = 0 AND fate IS NULL
      AND (comments_as_of IS NULL OR comments_as_of < updated_at OR audits_as_of IS NULL OR audits_as_of < updated_at);
  `)
}
