import type { SourceName } from './source-name.ts'
import { prepared, type ReadDb, type WriteDb } from './sql.ts'

/** Longer than this no list is asked for unchanged. */
const keptMs = 7 * 24 * 3_600_000

/** What the source called the state of a list when all of it was stored, or null. */
export function readEtag(db: ReadDb, source: SourceName, scope: string, address: string): string | null {
  return (
    prepared<[string, string, string], { etag: string }>(
      db,
      'SELECT etag FROM etags WHERE source = ? AND scope = ? AND address = ?',
    ).get(source, scope, address)?.etag ?? null
  )
}

/**
 * Notes what the source calls the state of a list that is being stored; belongs into the transaction of its rows. What nobody asked
 * for in a week is forgotten.
 *
 * @param etag null: it gave none.
 */
export function writeEtag(
  db: WriteDb,
  source: SourceName,
  scope: string,
  { address, etag }: { readonly address: string; readonly etag: string | null },
  at: number,
): void {
  prepared<[string, string, number]>(db, 'DELETE FROM etags WHERE source = ? AND scope = ? AND at < ?').run(
    source,
    scope,
    at - keptMs,
  )
  if (etag === null) {
    prepared<[string, string, string]>(db, 'DELETE FROM etags WHERE source = ? AND scope = ? AND address = ?').run(
      source,
      scope,
      address,
    )
    return
  }
  prepared<[string, string, string, string, number]>(
    db,
    `INSERT INTO etags (source, scope, address, etag, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (source, scope, address) DO UPDATE SET etag = excluded.etag, at = excluded.at`,
  ).run(source, scope, address, etag, at)
}
