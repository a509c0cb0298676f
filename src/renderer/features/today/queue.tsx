import { type KeyboardEvent, useCallback, useEffect, useRef } from 'react'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import type { TicketRow } from '#contract/tickets.ts'
import { classNames } from '../../ui/class-names.ts'
import { QueueRow } from './queue-row.tsx'
import styles from './queue.module.css'

/** Height of a row in pixels; the style sheet has the same in `--row`. */
const rowHeight = 52
/** Rows from the end at which the next page is asked for. */
const readAhead = 40

/** What the queue shows and what it tells its screen. */
export interface QueueProps {
  readonly rows: readonly TicketRow[]
  readonly total: number
  readonly cursorId: number | undefined
  readonly selectedId: number | undefined
  /** Counts up each time the cursor's row is to take the focus. */
  readonly focusRequest: number
  readonly hasMore: boolean
  readonly onReadMore: () => void
  readonly onCursor: (id: number) => void
  readonly onMove: (steps: number) => void
  readonly onOpen: (id: number) => void
}

/** The queue as a grid of which only the visible rows exist. */
export function Queue(props: QueueProps) {
  const { rows, cursorId, selectedId, focusRequest, hasMore, onReadMore, onCursor, onMove, onOpen } = props
  const scroller = useRef<HTMLDivElement>(null)
  const elements = useRef(new Map<number, HTMLElement>())
  const found = rows.findIndex((row) => row.id === cursorId)
  const cursor = found < 0 ? 0 : found
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    getItemKey: (index) => rows[index]?.id ?? index,
    // The row that Tab leads to stays in the page, wherever the view is scrolled.
    rangeExtractor: (range) => [...new Set([cursor, ...defaultRangeExtractor(range)])].sort((a, b) => a - b),
  })
  const items = virtualizer.getVirtualItems()
  const lastShown = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && lastShown > rows.length - readAhead) onReadMore()
  }, [hasMore, lastShown, rows.length, onReadMore])
  useEffect(() => {
    if (focusRequest === 0 || cursorId === undefined) return
    virtualizer.scrollToIndex(cursor)
    elements.current.get(cursorId)?.focus({ preventScroll: true })
    // A request is carried out once, not again when rows move.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [focusRequest])
  const register = useCallback((id: number, element: HTMLElement | null) => {
    if (element) elements.current.set(id, element)
    else elements.current.delete(id)
  }, [])
  return (
    <div role="grid" aria-label="Queue, next breach first" aria-rowcount={props.total + 1} className={styles.grid}>
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className={styles.heads}>
          <div role="columnheader">Next breach</div>
          <div role="columnheader">Ticket and what to do</div>
          <div role="columnheader">Status</div>
          <div role="columnheader" className={styles.people}>
            Assignee, last read
          </div>
        </div>
      </div>
      <div
        ref={scroller}
        role="rowgroup"
        className={styles.scroller}
        onKeyDown={(event) => moveByArrow(event, rows.length, onMove)}
      >
        <div role="presentation" className={styles.canvas} style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index]
            if (!row) return null
            return (
              <QueueRow
                key={row.id}
                row={row}
                index={item.index}
                offset={item.start}
                current={item.index === cursor}
                selected={row.id === selectedId}
                onOpen={onOpen}
                onFocus={onCursor}
                register={register}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

const arrowSteps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }

function moveByArrow(event: KeyboardEvent, count: number, onMove: (steps: number) => void): void {
  const steps = event.key === 'Home' ? -count : event.key === 'End' ? count : arrowSteps[event.key]
  if (steps === undefined || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  onMove(steps)
}

/** The queue's place while its first page is on its way: grey rows of the right height, so that nothing jumps. */
export function QueueSkeleton() {
  return (
    <div role="status" aria-label="Reading the queue" className={styles.skeleton}>
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <div key={row} className={classNames(styles.bone)} />
      ))}
    </div>
  )
}
