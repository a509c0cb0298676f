import type { ReadDb } from '#service/db/sql.ts'

/** Remembers when each change of a ticket reached the tables. */
export interface FreshnessWatch {
  /** Watches over a handle until it is closed. */
  over(db: ReadDb): void
  /** How long each change was unseen, ms, of changes made between two instants. Shortest first. */
  unseenMs(from: number, until: number): number[]
}

/** Creates a watch that watches nothing yet. */
export function watchFreshness(): FreshnessWatch {
  const seen: { readonly changedAt: number; readonly ms: number }[] = []
  return {
    over(db) {
      db.function('note_seen', (changedAt: number, seenAt: number) => {
        seen.push({ changedAt, ms: seenAt - changedAt })
        return null
      })
      db.exec(`
        CREATE TEMP TRIGGER seen_first AFTER INSERT ON main.tickets BEGIN
          SELECT note_seen(new.updated_at, new.fetched_at);
        END;
        CREATE TEMP TRIGGER seen_again AFTER UPDATE OF updated_at ON main.tickets WHEN new.updated_at <> old.updated_at BEGIN
          SELECT note_seen(new.updated_at, new.fetched_at);
        END;
      `)
    },
    unseenMs: (from, until) =>
      seen
        .filter(({ changedAt }) => changedAt >= from && changedAt < until)
        .map(({ ms }) => ms)
        .toSorted((a, b) => a - b),
  }
}
