import type { Migration } from '../migrate.ts'

/** Changes in GitLab go through the outbox too; projects are remembered, and a plan knows the issue it was handed over as. */
export const workWritten: Migration = (db) => {
  db.exec(`
    ALTER TABLE outbox ADD COLUMN host TEXT NOT NULL DEFAULT 'zendesk';
    -- What has to be made in the order pressed, of GitLab: issue 12/34, or project 12. Of tickets it is ticket_id.
    ALTER TABLE outbox ADD COLUMN target TEXT NOT NULL DEFAULT '';
    -- Names this very order at GitLab, for finding what it made.
    ALTER TABLE outbox ADD COLUMN marker TEXT;
    -- Where what it made, or what it is about, can be looked at.
    ALTER TABLE outbox ADD COLUMN url TEXT;
    -- JSON: what the customer sees of it, as it was shown before it was ordered. Null for tickets, where it follows from the change.
    ALTER TABLE outbox ADD COLUMN customer_sees TEXT;

    CREATE TABLE gitlab_projects (
      id INTEGER PRIMARY KEY,
      path TEXT NOT NULL,
      url TEXT NOT NULL,
      -- private, internal or public.
      visibility TEXT NOT NULL,
      default_branch TEXT,
      -- The role there of whoever is signed in, as GitLab counts it; null where it did not tell.
      access_level INTEGER,
      -- The account whose group or project it was found in; what is written there the customer sees.
      account_id INTEGER REFERENCES accounts (id) ON DELETE CASCADE,
      fetched_at INTEGER NOT NULL
    ) STRICT;

    -- JSON: the issue a plan was handed over as, and its state when it was last read.
    ALTER TABLE plans ADD COLUMN issue TEXT;
  `)
}
