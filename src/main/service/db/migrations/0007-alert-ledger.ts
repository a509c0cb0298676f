import type { Migration } from '../migrate.ts'

/** Alerts about more than tickets, each occasion once; tickets that keep still, accounts that say nothing. */
export const alertLedger: Migration = (db) => {
  db.exec(`
    CREATE TABLE ledger (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL,
      -- What it is about: ticket 12, account 3, coverage ID, shift ID, sign-in zendesk.
      subject TEXT NOT NULL,
      -- Which occasion of it: a message, a clock's metric with the instant it ends, a day.
      instance TEXT NOT NULL,
      ticket_id INTEGER,
      account_id INTEGER,
      title TEXT NOT NULL,
      body TEXT NOT NULL,
      why TEXT NOT NULL DEFAULT '',
      urgent INTEGER NOT NULL DEFAULT 0,
      -- listed, held, claimed, shown, opened or dismissed.
      state TEXT NOT NULL,
      held_by TEXT,
      -- The notice it is shown in; several alerts may share one.
      tag TEXT,
      due_at INTEGER NOT NULL,
      raised_at INTEGER NOT NULL,
      shown_at INTEGER,
      opened_at INTEGER,
      dismissed_at INTEGER,
      UNIQUE (subject, kind, instance)
    ) STRICT;
    INSERT INTO ledger (id, kind, subject, instance, ticket_id, account_id, title, body, state, due_at, raised_at, shown_at, opened_at)
      SELECT a.id, a.kind, 'ticket ' || a.ticket_id, a.instance, a.ticket_id, t.organization_id, a.title, a.body,
        CASE WHEN a.opened_at IS NOT NULL THEN 'opened' WHEN a.silent = 1 THEN 'listed' WHEN a.shown_at IS NOT NULL THEN 'shown' ELSE 'claimed' END,
        a.raised_at, a.raised_at, a.shown_at, a.opened_at
      FROM alerts a LEFT JOIN tickets t ON t.id = a.ticket_id;
    DROP TABLE alerts;
    ALTER TABLE ledger RENAME TO alerts;
    CREATE INDEX alerts_waiting ON alerts (state, raised_at) WHERE state IN ('held', 'claimed');
    CREATE INDEX alerts_ticket ON alerts (ticket_id, kind);
    CREATE INDEX alerts_shown ON alerts (shown_at) WHERE shown_at IS NOT NULL;
    CREATE INDEX alerts_unopened ON alerts (id) WHERE state = 'shown';

    CREATE TABLE snoozes (
      ticket_id INTEGER PRIMARY KEY,
      -- JSON, as it was asked for.
      until TEXT NOT NULL,
      wake_at INTEGER,
      since INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX snoozes_wake ON snoozes (wake_at) WHERE wake_at IS NOT NULL;

    CREATE TABLE muted_accounts (
      account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
      since INTEGER NOT NULL
    ) STRICT;

    -- One timer wakes for the clock that ends next, whichever it is.
    CREATE INDEX sla_clocks_end ON sla_clocks (breach_at) WHERE breach_at IS NOT NULL;
  `)
}
