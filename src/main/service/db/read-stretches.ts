import type { Window } from '#core/instant.ts'
import type { SourceName } from './source-name.ts'
import { prepared, type ReadDb, type WriteDb } from './sql.ts'

/** A stream that was not read for longer than this was not watched. Pauses, retries and slow polls are shorter. */
export const unwatchedMs = 60 * 60_000

/** Streams that tell what happens to an account. */
const watched = /^(?:organization|label):/

/** Notes that a stream is complete as of an instant; belongs into the transaction of its last page. */
export function noteRead(db: WriteDb, source: SourceName, scope: string, asOf: number): void {
  if (!watched.test(scope)) return
  const { changes } = prepared<object>(
    db,
    `UPDATE read_stretches SET ends_at = max(ends_at, :asOf)
     WHERE source = :source AND scope = :scope AND starts_at =
       (SELECT max(starts_at) FROM read_stretches WHERE source = :source AND scope = :scope) AND ends_at >= :asOf - :unwatchedMs`,
  ).run({ source, scope, asOf, unwatchedMs })
  if (changes > 0) return
  prepared<unknown[]>(
    db,
    'INSERT INTO read_stretches (source, scope, starts_at, ends_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  ).run(source, scope, asOf, asOf)
}

/** When a stream was read over and over, as far as it touches a window, oldest first. */
export function readStretches(db: ReadDb, source: SourceName, scope: string, { startsAt, endsAt }: Window): Window[] {
  return prepared<[string, string, number, number], Window>(
    db,
    `SELECT starts_at AS startsAt, ends_at AS endsAt FROM read_stretches
     WHERE source = ? AND scope = ? AND starts_at < ? AND ends_at >= ? ORDER BY starts_at`,
  ).all(source, scope, endsAt, startsAt)
}
