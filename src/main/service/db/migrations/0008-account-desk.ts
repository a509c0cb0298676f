import type { Migration } from '../migrate.ts'

/** What an account's next engineer needs beside its tickets, the form of each, what customers chose, and calls that are being written down. */
export const accountDesk: Migration = (db) => {
  db.exec(`
    -- 0: not read yet; null: none.
    ALTER TABLE tickets ADD COLUMN form_id INTEGER DEFAULT 0;

    CREATE TABLE account_desks (
      account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
      -- JSON: contacts, environment, resources, Slack channel, cadence, onboarding, org note draft.
      document TEXT NOT NULL,
      -- Nothing is written to other places for it, and nothing is copied out.
      restricted INTEGER NOT NULL DEFAULT 0,
      updated_at INTEGER NOT NULL
    ) STRICT;

    -- Of tickets that predate their ASE: asked, ase or assignee, as the customer chose.
    CREATE TABLE pre_ase_choices (
      ticket_id INTEGER PRIMARY KEY,
      choice TEXT NOT NULL,
      by_name TEXT,
      at INTEGER NOT NULL
    ) STRICT;

    -- What happened to a ticket last: for the brief of an emergency, and for who took it away from its ASE.
    CREATE INDEX events_subject ON events (subject, seq);

    CREATE TABLE calls (
      id TEXT PRIMARY KEY,
      account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      -- JSON: what was typed so far.
      document TEXT NOT NULL,
      -- JSON: what it became: notes on tickets, an issue. Null while it is a draft.
      filed TEXT,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX calls_account ON calls (account_id, created_at);
  `)
}
