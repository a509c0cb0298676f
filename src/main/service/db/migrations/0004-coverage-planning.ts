import type { Migration } from '../migrate.ts'

/** Plans for absences, calendars that are read, on-call shifts, and where each absence comes from. */
export const coveragePlanning: Migration = (db) => {
  db.exec(`
    -- The document is what is handed over: every field with who changed it after what. Absences and coverages follow from it.
    CREATE TABLE plans (
      id TEXT PRIMARY KEY,
      document TEXT NOT NULL,
      -- The name under which changes are made here: other copies of the plan have others.
      author TEXT NOT NULL,
      updated_at INTEGER NOT NULL,
      removed_at INTEGER
    ) STRICT;

    -- A feed's address is a secret and not here.
    CREATE TABLE calendars (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      purpose TEXT NOT NULL,
      person_id INTEGER NOT NULL,
      host TEXT,
      -- JSON: the titles whose events count.
      titles TEXT NOT NULL,
      etag TEXT,
      last_modified TEXT,
      refreshed_at INTEGER,
      next_refresh_at INTEGER,
      failures INTEGER NOT NULL DEFAULT 0,
      problem TEXT
    ) STRICT;

    -- Occurrences, rules expanded; those that count become absences and shifts.
    CREATE TABLE calendar_events (
      calendar_id TEXT NOT NULL REFERENCES calendars (id) ON DELETE CASCADE,
      -- Uid and recurrence of the occurrence: stays what it is when the occurrence is moved.
      key TEXT NOT NULL,
      title TEXT NOT NULL,
      starts_at INTEGER NOT NULL,
      ends_at INTEGER NOT NULL CHECK (ends_at > starts_at),
      all_day INTEGER NOT NULL,
      -- Wall clock of what begins and ends where the person is: whole days, and times without a zone. Null for fixed instants.
      local_start TEXT,
      local_end TEXT,
      PRIMARY KEY (calendar_id, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE shifts (
      id TEXT PRIMARY KEY,
      person_id INTEGER NOT NULL,
      title TEXT NOT NULL,
      starts_at INTEGER NOT NULL,
      ends_at INTEGER NOT NULL CHECK (ends_at > starts_at),
      origin TEXT NOT NULL,
      calendar_id TEXT REFERENCES calendars (id) ON DELETE CASCADE,
      replacement TEXT,
      replacement_at INTEGER,
      -- In words, who had taken it before it was moved.
      lapsed TEXT
    ) STRICT;
    CREATE INDEX shifts_span ON shifts (ends_at);

    -- With the organization: most tickets of an ASE are those of their accounts, and are passed over without being read.
    DROP INDEX tickets_taken;
    CREATE INDEX tickets_taken ON tickets (assignee_id, taken_at, organization_id) WHERE taken_at IS NOT NULL;

    ALTER TABLE absences ADD COLUMN origin TEXT NOT NULL DEFAULT 'workspace';
    ALTER TABLE absences ADD COLUMN plan_id TEXT REFERENCES plans (id);
    ALTER TABLE absences ADD COLUMN calendar_id TEXT REFERENCES calendars (id);
    ALTER TABLE coverages ADD COLUMN plan_id TEXT REFERENCES plans (id);
  `)
}
