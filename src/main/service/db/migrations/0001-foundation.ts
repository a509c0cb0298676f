import type { Database } from 'better-sqlite3'

/** The first tables: people and coverages, what Zendesk and GitLab hold, and what was derived from it. */
export function foundation(db: Database): void {
  db.exec(`
    -- Who works here. The id is the Zendesk user id.
    CREATE TABLE people (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      time_zone TEXT NOT NULL,
      region TEXT NOT NULL,
      working_hours TEXT NOT NULL,
      slack_handle TEXT,
      is_me INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE UNIQUE INDEX people_me ON people (is_me) WHERE is_me = 1;

    -- Customers. The id is the Zendesk organization id.
    CREATE TABLE accounts (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      ase_id INTEGER,
      ase_since INTEGER,
      label TEXT,
      gitlab_group TEXT,
      org_note TEXT,
      tags TEXT NOT NULL DEFAULT '[]',
      org_updated_at INTEGER
    ) STRICT;

    CREATE TABLE absences (
      id TEXT PRIMARY KEY,
      person_id INTEGER NOT NULL,
      starts_at INTEGER NOT NULL,
      ends_at INTEGER NOT NULL CHECK (ends_at > starts_at)
    ) STRICT;

    CREATE TABLE coverages (
      id TEXT PRIMARY KEY,
      absence_id TEXT NOT NULL REFERENCES absences (id),
      account_id INTEGER NOT NULL REFERENCES accounts (id),
      cover_id INTEGER NOT NULL,
      starts_at INTEGER NOT NULL,
      ends_at INTEGER NOT NULL CHECK (ends_at > starts_at)
    ) STRICT;
    CREATE INDEX coverages_account ON coverages (account_id, starts_at);

    -- Zendesk users met on tickets.
    CREATE TABLE users (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      role TEXT
    ) STRICT;

    CREATE TABLE tickets (
      id INTEGER PRIMARY KEY,
      organization_id INTEGER,
      subject TEXT NOT NULL,
      status TEXT NOT NULL,
      priority TEXT,
      requester_id INTEGER,
      assignee_id INTEGER,
      cc_ids TEXT NOT NULL,
      follower_ids TEXT NOT NULL,
      tags TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      -- Moves with every change, system ones included; ms.
      generated_at INTEGER NOT NULL,
      -- When the present assignee got it; null where it was never told.
      taken_at INTEGER,
      -- Earliest breach of a running clock; null when none runs.
      next_breach_at INTEGER,
      fetched_at INTEGER NOT NULL,
      -- The updated_at the stored conversation belongs to; null before it was read.
      comments_as_of INTEGER,
      live INTEGER NOT NULL GENERATED ALWAYS AS (status NOT IN ('solved', 'closed')) STORED
    ) STRICT;
    CREATE INDEX tickets_queue ON tickets (organization_id, next_breach_at) WHERE live = 1;
    CREATE INDEX tickets_created ON tickets (organization_id, created_at);
    CREATE INDEX tickets_taken ON tickets (assignee_id, taken_at) WHERE taken_at IS NOT NULL;
    CREATE INDEX tickets_unread ON tickets (id) WHERE live = 1 AND (comments_as_of IS NULL OR comments_as_of < updated_at);

    -- One row per metric. A new target of the same metric is a new instance.
    CREATE TABLE sla_clocks (
      ticket_id INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
      metric TEXT NOT NULL,
      stage TEXT NOT NULL,
      breach_at INTEGER,
      instance INTEGER NOT NULL,
      PRIMARY KEY (ticket_id, metric)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE comments (
      id INTEGER PRIMARY KEY,
      ticket_id INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
      author_id INTEGER,
      public INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      html TEXT NOT NULL,
      text TEXT NOT NULL
    ) STRICT;
    CREATE INDEX comments_ticket ON comments (ticket_id, created_at);

    CREATE TABLE issues (
      project_id INTEGER NOT NULL,
      iid INTEGER NOT NULL,
      account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      title TEXT NOT NULL,
      state TEXT NOT NULL,
      labels TEXT NOT NULL,
      assignees TEXT NOT NULL,
      reference TEXT NOT NULL,
      url TEXT NOT NULL,
      confidential INTEGER NOT NULL,
      due_date TEXT,
      tasks_done INTEGER NOT NULL,
      tasks_total INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      fetched_at INTEGER NOT NULL,
      PRIMARY KEY (project_id, iid)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX issues_account ON issues (account_id, updated_at);

    -- How far each stream of each source has been read.
    CREATE TABLE sync_cursors (
      source TEXT NOT NULL,
      scope TEXT NOT NULL,
      -- Everything that changed up to here has been stored.
      watermark INTEGER,
      -- A pass that was interrupted: where it goes on, and the watermark it will leave.
      pass_cursor TEXT,
      pass_watermark INTEGER,
      completed_at INTEGER,
      -- When the reading began that made the stream complete for the first time.
      first_completed_at INTEGER,
      problem TEXT,
      PRIMARY KEY (source, scope)
    ) STRICT, WITHOUT ROWID;

    -- What happened, as derived from what was read; written in the transaction of its page.
    CREATE TABLE events (
      seq INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      subject TEXT NOT NULL,
      at INTEGER NOT NULL,
      changes TEXT NOT NULL
    ) STRICT;

    -- The alert ledger: one row per subject, event and clock instance, written before anything is shown.
    CREATE TABLE alerts (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL,
      ticket_id INTEGER NOT NULL,
      instance TEXT NOT NULL,
      title TEXT NOT NULL,
      body TEXT NOT NULL,
      raised_at INTEGER NOT NULL,
      -- Raised while this kind was switched off: listed, not shown.
      silent INTEGER NOT NULL,
      shown_at INTEGER,
      opened_at INTEGER,
      UNIQUE (ticket_id, kind, instance)
    ) STRICT;
  `)
}
