import type { Migration } from '../migrate.ts'

/** What a person's own Zendesk brings: what became of tickets, who changed what, changes to be made, and the pace of calls. */
export const connected: Migration = (db) => {
  db.exec(`
    DROP INDEX tickets_queue;
    DROP INDEX tickets_unread;
    ALTER TABLE tickets DROP COLUMN live;
    ALTER TABLE tickets ADD COLUMN group_id INTEGER;
    -- Why no list shows the ticket any more: deleted, merged, archived or forbidden; null while lists do.
    ALTER TABLE tickets ADD COLUMN fate TEXT;
    ALTER TABLE tickets ADD COLUMN merged_into INTEGER;
    -- The updated_at the stored audits belong to; null before they were read.
    ALTER TABLE tickets ADD COLUMN audits_as_of INTEGER;
    -- Where the reading of audits goes on: what was read is not read again.
    ALTER TABLE tickets ADD COLUMN audits_cursor TEXT;
    ALTER TABLE tickets ADD COLUMN live INTEGER
      GENERATED ALWAYS AS (fate IS NULL AND status NOT IN ('solved', 'closed')) VIRTUAL;
    CREATE INDEX tickets_queue ON tickets (organization_id, next_breach_at) WHERE live = 1;
    CREATE INDEX tickets_unread ON tickets (id) WHERE live = 1 AND (comments_as_of IS NULL OR comments_as_of < updated_at);
    CREATE INDEX tickets_unaudited ON tickets (id) WHERE live = 1 AND (audits_as_of IS NULL OR audits_as_of < updated_at);
    -- Solved since its conversation was read: the last words are wanted as well.
    CREATE INDEX tickets_unread_end ON tickets (id) WHERE status = 'solved' AND comments_as_of < updated_at;
    CREATE INDEX tickets_unaudited_end ON tickets (id) WHERE status = 'solved' AND audits_as_of < updated_at;
    CREATE INDEX tickets_fate ON tickets (fate) WHERE fate IS NOT NULL;

    -- Tickets to be looked up one by one, because a list or an answer was without them.
    CREATE TABLE look_ups (
      ticket_id INTEGER PRIMARY KEY REFERENCES tickets (id) ON DELETE CASCADE,
      -- not-listed, gone or merged: what made us look.
      why TEXT NOT NULL,
      not_before INTEGER NOT NULL
    ) STRICT;

    ALTER TABLE accounts ADD COLUMN org_fields TEXT NOT NULL DEFAULT '{}';

    -- Who changed what on a ticket, as Zendesk keeps it.
    CREATE TABLE audits (
      id INTEGER PRIMARY KEY,
      ticket_id INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
      author_id INTEGER,
      created_at INTEGER NOT NULL,
      -- JSON: a list of {kind, field, from, to}.
      changes TEXT NOT NULL
    ) STRICT;
    CREATE INDEX audits_ticket ON audits (ticket_id, created_at);

    -- Changes a person wants made at the source; a row is on disk before anything is sent, and stays when it is settled.
    CREATE TABLE outbox (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL,
      ticket_id INTEGER NOT NULL,
      -- JSON, with every id in it filled in.
      intent TEXT NOT NULL,
      -- Who pressed the button; nobody else's sign-in sends it.
      by_id INTEGER NOT NULL,
      subject TEXT NOT NULL,
      words TEXT NOT NULL,
      -- The updated_at of the ticket the person saw, ms.
      stamp INTEGER NOT NULL,
      -- JSON: what the changed fields were then. For a note, once it is sent: ids of the messages that were there before.
      before TEXT NOT NULL,
      state TEXT NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0,
      -- Zendesk's job that makes the change, while it runs.
      job_id TEXT,
      problem TEXT,
      conflict TEXT,
      created_at INTEGER NOT NULL,
      -- When it was last handed to the network; null while it certainly was not carried out.
      sending_at INTEGER,
      -- The updated_at of the ticket at the first sending that may have arrived: by Zendesk's own clock, what it did came later.
      sent_stamp INTEGER,
      -- The message that a note became.
      comment_id INTEGER,
      sent_at INTEGER,
      settled_at INTEGER
    ) STRICT;
    CREATE INDEX outbox_unsettled ON outbox (id) WHERE state NOT IN ('verified', 'discarded');
    CREATE INDEX outbox_ticket ON outbox (ticket_id);

    -- Calls of the last hour, so that a restart does not begin with an empty minute.
    CREATE TABLE requests (
      host TEXT NOT NULL,
      at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX requests_host ON requests (host, at);

    -- What was found out about a source: how it answers, what the sign-in may do, how it is polled.
    CREATE TABLE facts (
      source TEXT NOT NULL,
      name TEXT NOT NULL,
      value TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (source, name)
    ) STRICT, WITHOUT ROWID;
  `)
}
