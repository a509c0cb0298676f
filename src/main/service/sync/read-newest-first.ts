import { readCursor, writeCursor, type SourceName } from '../db/cursors.ts'
import { transaction, type WriteDb } from '../db/sql.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import { letOthersRun } from '../let-others-run.ts'

/** One page of such a list; `next` is null on the last one. */
export interface NewestFirstPage<Row> {
  readonly rows: readonly Row[]
  readonly next: string | null
}

/** A list that a source gives in the order of last change, newest first, in pages with a cursor. */
export interface NewestFirstStream<Row, Page extends NewestFirstPage<Row>> {
  readonly source: SourceName
  readonly scope: string
  readonly page: (cursor: string | null) => Promise<Page>
  readonly changedAt: (row: Row) => number
  /** Stores a page; runs inside the page's transaction. */
  readonly store: (page: Page) => void
  /** Told after each page that was stored. */
  readonly onPage: () => void
  /** On the first pass, rows that changed before this are not wanted; 0 wants them all. */
  readonly wantedSince: number
}

/** Rows that changed this long before the watermark are read again: a source may show a change a little late. */
export const overlapMs = 120_000

/**
 * Reads a stream from its newest row down to what the last complete pass had seen. Each page is one transaction: rows,
 * the events they lead to, and how far the pass has come. A pass that was interrupted goes on where it stopped and is
 * followed by one from the top, so that what changed meanwhile is seen as well.
 *
 * @param now time of the service's clock, ms.
 */
export async function readNewestFirst<Row, Page extends NewestFirstPage<Row>>(
  db: WriteDb,
  stream: NewestFirstStream<Row, Page>,
  now: () => number,
): Promise<void> {
  const { source, scope } = stream
  const start = readCursor(db, source, scope)
  if (start.passCursor !== null) {
    try {
      await pass(db, stream, start.passCursor, start.passWatermark, now)
    } catch (error) {
      if (!(error instanceof RemoteFailure) || error.kind !== 'rejected') throw error
      // The source no longer knows this place in the list: begin at the top again.
      transaction(db, () => writeCursor(db, source, scope, { passCursor: null, passWatermark: null }))
    }
  }
  await pass(db, stream, null, null, now)
}

async function pass<Row, Page extends NewestFirstPage<Row>>(
  db: WriteDb,
  stream: NewestFirstStream<Row, Page>,
  from: string | null,
  fromWatermark: number | null,
  now: () => number,
): Promise<void> {
  const { source, scope } = stream
  const startedAt = now()
  const { watermark } = readCursor(db, source, scope)
  const until = watermark === null ? stream.wantedSince : watermark - overlapMs
  let isFirstPage = from === null
  let newest = fromWatermark
  let coming = stream.page(from)
  for (;;) {
    const page = await coming
    const last = page.rows.at(-1)
    const isLastPage = page.next === null || (last !== undefined && stream.changedAt(last) < until)
    for (const row of isFirstPage ? page.rows : []) newest = Math.max(newest ?? 0, stream.changedAt(row))
    if (!isLastPage) {
      // The next page travels while this one is stored. Its failure is met when its turn comes.
      coming = stream.page(page.next)
      coming.catch(() => undefined)
    }
    await letOthersRun()
    transaction(db, () => {
      stream.store(page)
      if (!isLastPage) {
        writeCursor(db, source, scope, { passCursor: page.next, passWatermark: newest })
        return
      }
      writeCursor(db, source, scope, {
        watermark: newest ?? watermark,
        passCursor: null,
        passWatermark: null,
        problem: null,
        ...(from === null ? { completedAt: startedAt } : {}),
      })
    })
    stream.onPage()
    if (isLastPage) return
    isFirstPage = false
  }
}
