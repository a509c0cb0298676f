import { readCursor, writeCursor } from '../db/cursors.ts'
import type { SourceName } from '../db/source-name.ts'
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
  /** Where a pass ends, in place of the watermark less its overlap. */
  readonly until?: () => number
  /** An instant of the source's clock that has certainly passed: a list without rows shows that nothing changed up to then. */
  readonly passedInstant?: () => number | null
  /** Told within the transaction of a pass's last page how far everything is stored now. `startedAt` is null for the rest of an interrupted one. */
  readonly onPassEnd?: (watermark: number | null, startedAt: number | null) => void
}

/** Reading in slices, between which others have their turn. */
export interface Slices {
  /** A slice has so many pages at most. */
  readonly mostPages: number
  /** When the passes that are under way began, by their scope, ms; filled in here and kept from slice to slice. */
  readonly begun: Map<string, number>
}

/** How much of a stream was read: everything there was, or as many pages as were allowed. */
export type ReadOutcome = 'all' | 'part'

/** Rows that changed this long before the watermark are read again: a source may show a change a little late. */
export const overlapMs = 120_000

/**
 * Reads a stream from its newest row down to what the last complete pass had seen. Each page is one transaction: rows,
 * the events they lead to, and how far the pass has come. A pass that was interrupted goes on where it stopped. Where nobody
 * knows any more when it began it is followed by one from the top, so that what changed meanwhile is seen as well.
 *
 * @param now time of the service's clock, ms.
 * @param slices to end after some pages and leave the rest to the next time; all is read when it is left out.
 */
export async function readNewestFirst<Row, Page extends NewestFirstPage<Row>>(
  db: WriteDb,
  stream: NewestFirstStream<Row, Page>,
  now: () => number,
  slices: Slices = { mostPages: Number.POSITIVE_INFINITY, begun: new Map() },
): Promise<ReadOutcome> {
  const { source, scope } = stream
  const { begun } = slices
  const { passCursor, passWatermark } = readCursor(db, source, scope)
  let pagesLeft = slices.mostPages
  if (passCursor !== null) {
    try {
      const startedAt = begun.get(scope) ?? null
      pagesLeft = await pass(db, stream, { cursor: passCursor, newest: passWatermark, startedAt }, now, pagesLeft)
      if (pagesLeft >= 0) begun.delete(scope)
      if (pagesLeft <= 0 || startedAt !== null) return pagesLeft >= 0 && startedAt !== null ? 'all' : 'part'
    } catch (error) {
      if (!(error instanceof RemoteFailure) || error.kind !== 'rejected') throw error
      // The source no longer knows this place in the list: begin at the top again.
      transaction(db, () => writeCursor(db, source, scope, { passCursor: null, passWatermark: null }))
    }
  }
  const startedAt = now()
  begun.set(scope, startedAt)
  const newest = stream.passedInstant?.() ?? null
  if ((await pass(db, stream, { cursor: null, newest, startedAt }, now, pagesLeft)) < 0) return 'part'
  begun.delete(scope)
  return 'all'
}

/** Where a pass begins or goes on. */
interface Start {
  readonly cursor: string | null
  /** The latest change it has seen, or that is known to have passed. */
  readonly newest: number | null
  /** When it began, or null when nobody knows any more. */
  readonly startedAt: number | null
}

/** @returns how many pages were left when the pass had ended; -1 when they did not suffice. */
async function pass<Row, Page extends NewestFirstPage<Row>>(
  db: WriteDb,
  stream: NewestFirstStream<Row, Page>,
  { cursor: from, newest: newestBefore, startedAt }: Start,
  now: () => number,
  mostPages: number,
): Promise<number> {
  const { source, scope } = stream
  const { watermark } = readCursor(db, source, scope)
  const until = stream.until?.() ?? (watermark === null ? stream.wantedSince : watermark - overlapMs)
  const firstBegun = watermark === null && from === null ? { firstBegunAt: startedAt ?? now() } : {}
  let isFirstPage = from === null
  let newest = newestBefore
  let coming = stream.page(from)
  for (let pagesLeft = mostPages - 1; ; pagesLeft -= 1) {
    const page = await coming
    const last = page.rows.at(-1)
    const isLastPage = page.next === null || (last !== undefined && stream.changedAt(last) < until)
    for (const row of isFirstPage ? page.rows : []) newest = Math.max(newest ?? 0, stream.changedAt(row))
    if (!isLastPage && pagesLeft > 0) {
      // The next page travels while this one is stored. Its failure is met when its turn comes.
      coming = stream.page(page.next)
      coming.catch(() => undefined)
    }
    await letOthersRun()
    transaction(db, () => {
      stream.store(page)
      if (!isLastPage) {
        writeCursor(db, source, scope, { passCursor: page.next, passWatermark: newest, ...firstBegun })
        return
      }
      const reached = newest === null ? watermark : Math.max(newest, watermark ?? newest)
      writeCursor(db, source, scope, {
        watermark: reached,
        passCursor: null,
        passWatermark: null,
        problem: null,
        ...firstBegun,
        ...(startedAt === null ? {} : { completedAt: startedAt }),
      })
      stream.onPassEnd?.(reached, startedAt)
    })
    stream.onPage()
    if (isLastPage) return pagesLeft
    if (pagesLeft <= 0) return -1
    isFirstPage = false
  }
}
