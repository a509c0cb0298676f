import Database from 'better-sqlite3'
import type { HostPause, RequestHistory } from '../transport/recent-calls.ts'
import { prepared, transaction, type WriteDb } from './sql.ts'

const hourMs = 3_600_000
/** Name under which a host's pause stands among the facts about it. */
const pauseFact = 'calls-paused-until'

/**
 * Remembers the calls to a host for an hour, and until when it wants to be left alone, so that a restart goes on at the
 * pace the app had.
 *
 * @param host as in addresses, port included.
 */
export function createRequestHistory(db: WriteDb, host: string): Required<RequestHistory> {
  return {
    load: (sinceMs) =>
      prepared<[string, number], { readonly at: number }>(
        db,
        'SELECT at FROM requests WHERE host = ? AND at >= ? ORDER BY at',
      )
        .all(host, sinceMs)
        .map((row) => row.at),
    add: (at) =>
      transaction(db, () => {
        prepared<[string, number]>(db, 'DELETE FROM requests WHERE host = ? AND at < ?').run(host, at - hourMs)
        // Noted by a clock that has since been set back: they count as now, or they would stay until that time comes again.
        // Only those far ahead, since calls may also be noted afterwards, behind later ones that are right.
        prepared<[number, string, number]>(db, 'UPDATE requests SET at = ? WHERE host = ? AND at > ?').run(
          at,
          host,
          at + hourMs,
        )
        prepared<[string, number]>(db, 'INSERT INTO requests (host, at) VALUES (?, ?)').run(host, at)
      }),
    loadPause: () => {
      const row = prepared<[string, string], { readonly value: string }>(
        db,
        'SELECT value FROM facts WHERE source = ? AND name = ?',
      ).get(host, pauseFact)
      return row ? (JSON.parse(row.value) as HostPause) : null
    },
    savePause: (pause) => {
      if (pause === null) {
        prepared<[string, string]>(db, 'DELETE FROM facts WHERE source = ? AND name = ?').run(host, pauseFact)
        return
      }
      prepared<[string, string, string, number]>(
        db,
        `INSERT INTO facts (source, name, value, at) VALUES (?, ?, ?, ?)
         ON CONFLICT (source, name) DO UPDATE SET value = excluded.value, at = excluded.at`,
      ).run(host, pauseFact, JSON.stringify(pause), pause.since)
    },
  }
}

/**
 * What a database that nobody has open says of the calls to a host. Nothing where there is no such file, or one that cannot be read
 * as it is: whoever opens it for good finds out why.
 *
 * @param host as in addresses, port included.
 */
export function readRequestHistory(
  file: string,
  host: string,
  sinceMs: number,
): { readonly calledAt: readonly number[]; readonly pause: HostPause | null } {
  try {
    const db = new Database(file, { readonly: true, fileMustExist: true })
    try {
      const history = createRequestHistory(db as WriteDb, host)
      return { calledAt: history.load(sinceMs), pause: history.loadPause() }
    } finally {
      db.close()
    }
  } catch {
    return { calledAt: [], pause: null }
  }
}
