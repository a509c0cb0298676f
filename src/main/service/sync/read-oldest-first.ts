import { readCursor, writeCursor } from '../db/cursors.ts'
import type { SourceName } from '../db/source-name.ts'
import { transaction, type WriteDb } from '../db/sql.ts'
import { letOthersRun } from '../let-others-run.ts'
import { overlapMs } from './read-newest-first.ts'

/** A list that a source gives in the order of last change, oldest first, from any instant on. */
export interface OldestFirstStream<Row> {
  readonly source: SourceName
  readonly scope: string
  readonly page: (
    from: { readonly since: number } | { readonly next: string } | null,
  ) => Promise<{ readonly rows: readonly Row[]; readonly next: string | null }>
  readonly changedAt: (row: Row) => number
  /** Stores a page; runs inside the page's transaction. */
  readonly store: (rows: readonly Row[]) => void
  /** Told after each page that was stored. */
  readonly onPage: () => void
}

/**
 * Reads a stream from the last watermark on. After each page it asks for what changed since that page's last row rather
 * than for "page two": a row that changes meanwhile moves to the end of the list and would pull another one across the
 * border between two numbered pages, unseen. Only where a whole page changed at one instant it follows the source's link.
 *
 * @param now time of the service's clock, ms.
 */
export async function readOldestFirst<Row>(
  db: WriteDb,
  stream: OldestFirstStream<Row>,
  now: () => number,
): Promise<void> {
  const { source, scope } = stream
  const startedAt = now()
  const { watermark } = readCursor(db, source, scope)
  let since = watermark === null ? null : watermark - overlapMs
  let from: Parameters<typeof stream.page>[0] = since === null ? null : { since }
  for (;;) {
    const page = await stream.page(from)
    const last = page.rows.at(-1)
    const lastChange = last === undefined ? null : stream.changedAt(last)
    await letOthersRun()
    transaction(db, () => {
      stream.store(page.rows)
      const { watermark: before } = readCursor(db, source, scope)
      writeCursor(db, source, scope, {
        watermark: lastChange === null ? before : Math.max(before ?? 0, lastChange),
        ...(page.next === null ? { completedAt: startedAt, problem: null } : {}),
      })
    })
    stream.onPage()
    if (page.next === null) return
    if (lastChange !== null && (since === null || lastChange > since)) {
      since = lastChange
      from = { since }
    } else {
      from = { next: page.next }
    }
  }
}
