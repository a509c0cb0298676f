import type { Migration } from '../migrate.ts'

/** Days on which a person does not work, and values of the policy that are other ones for an account. */
export const daysOffAndOverrides: Migration = (db) => {
  db.exec(`
    -- JSON: a list of days like "2026-12-26", of the person's own calendar.
    ALTER TABLE people ADD COLUMN days_off TEXT NOT NULL DEFAULT '[]';
    -- JSON: {value, why, byId, setAt} by the name of the policy's value.
    ALTER TABLE accounts ADD COLUMN policy_overrides TEXT NOT NULL DEFAULT '{}';
  `)
}
