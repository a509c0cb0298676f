import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { TicketRow } from '#contract/tickets.ts'
import { useNow, useTimeZone, useWindow } from '../../api/window-context.tsx'
import { EmptyState, ErrorNotice } from '../../ui/notice.tsx'
import { useShortcuts } from '../../ui/keyboard.tsx'
import { longDate } from '../../ui/time-words.ts'
import { CoverageLine } from './coverage-line.tsx'
import { GuardStrip } from './guard-strip.tsx'
import { LoadFigure } from './load-figure.tsx'
import { Queue, QueueSkeleton } from './queue.tsx'
import { QueueToolbar } from './queue-toolbar.tsx'
import { Runway } from './runway.tsx'
import { TicketPanel } from './ticket-panel.tsx'
import { matchesFilter, type QueueState, useQueue } from './use-queue.ts'
import styles from './today-screen.module.css'

/** The main screen: what breaches next, what to do about it, and how much room this week leaves. */
export function TodayScreen() {
  const { account } = useSearch({ from: '/today' })
  const queue = useQueue(account)
  const [filter, setFilter] = useState('')
  const rows = useFilteredRows(queue, filter)
  const walk = useQueueWalk(rows)
  const filterField = useRef<HTMLInputElement>(null)
  useShortcuts([
    { keys: 'j', words: 'Next ticket', group: 'Queue', run: () => walk.move(1) },
    { keys: 'k', words: 'Previous ticket', group: 'Queue', run: () => walk.move(-1) },
    { keys: 'ArrowDown', words: 'Next ticket', group: 'Queue', run: () => walk.move(1) },
    { keys: 'ArrowUp', words: 'Previous ticket', group: 'Queue', run: () => walk.move(-1) },
    { keys: 'Enter', words: 'Open the ticket', group: 'Queue', run: walk.openCursor },
    { keys: 'Escape', words: 'Close the ticket, or drop the filter', group: 'Queue', run: () => leave() },
    { keys: '/', words: 'Filter the queue', group: 'Queue', run: () => filterField.current?.focus() },
  ])
  const leave = () => (walk.ticketId === undefined ? setFilter('') : walk.close())
  return (
    <div className={styles.screen} data-panel={walk.ticketId !== undefined}>
      <div className={styles.main}>
        <TodayHeader />
        <GuardStrip />
        <Runway rows={queue.rows} onOpen={walk.open} />
        <QueueToolbar
          ref={filterField}
          filter={filter}
          onFilter={setFilter}
          onLeaveFilter={() => walk.move(0)}
          account={account}
          shown={rows.length}
          queue={queue}
        />
        <QueueBody queue={queue} rows={rows} filtered={filter !== ''} narrowed={account !== undefined} walk={walk} />
      </div>
      {walk.ticketId !== undefined && (
        <TicketPanel ticketId={walk.ticketId} takeFocus={walk.panelTakesFocus} onClose={walk.close} />
      )}
    </div>
  )
}

function TodayHeader() {
  const now = useNow()
  const timeZone = useTimeZone()
  return (
    <header className={styles.header}>
      <div className={styles.titles}>
        <h1>
          Today <span className={styles.date}>{longDate(now, timeZone)}</span>
        </h1>
        <p className={styles.coverage}>
          <CoverageLine />
        </p>
      </div>
      <LoadFigure />
    </header>
  )
}

interface QueueBodyProps {
  readonly queue: QueueState
  readonly rows: readonly TicketRow[]
  readonly filtered: boolean
  readonly narrowed: boolean
  readonly walk: QueueWalk
}

function QueueBody({ queue, rows, filtered, narrowed, walk }: QueueBodyProps) {
  if (queue.error) return <ErrorNotice what="The queue could not be read" error={queue.error} onRetry={queue.retry} />
  if (queue.loading) return <QueueSkeleton />
  if (rows.length === 0) return <EmptyQueue filtered={filtered} narrowed={narrowed} />
  return (
    <Queue
      rows={rows}
      total={filtered ? rows.length : queue.total}
      cursorId={walk.cursorId}
      selectedId={walk.ticketId}
      focusRequest={walk.focusRequest}
      hasMore={queue.hasMore}
      onReadMore={queue.readMore}
      onCursor={walk.setCursor}
      onMove={walk.move}
      onOpen={walk.open}
    />
  )
}

function EmptyQueue({ filtered, narrowed }: { readonly filtered: boolean; readonly narrowed: boolean }) {
  const { queries } = useWindow()
  const { data: followsAny = true } = useQuery({
    ...queries.accounts(),
    select: ({ accounts }) => accounts.length > 0,
  })
  if (filtered) {
    return (
      <EmptyState icon="search" title="No ticket matches">
        <p>Press Esc to drop the filter and see the whole queue.</p>
      </EmptyState>
    )
  }
  if (!followsAny) {
    return (
      <EmptyState icon="building" title="No account is followed yet">
        <p>Only the tickets of accounts you follow are read.</p>
        <p>
          <Link to="/accounts">Follow an account</Link>
        </p>
      </EmptyState>
    )
  }
  return (
    <EmptyState icon="check" title={narrowed ? 'Nothing open on this account' : 'Nothing is waiting'}>
      <p>No unsolved ticket {narrowed ? 'here' : 'of an account you own or cover'}. New ones show up by themselves.</p>
    </EmptyState>
  )
}

/** The rows a filter leaves. While one is set the whole queue is read, so that nothing is missed. */
function useFilteredRows(queue: QueueState, filter: string): readonly TicketRow[] {
  const wanted = useDeferredValue(filter.trim())
  const { rows, hasMore, readMore } = queue
  useEffect(() => {
    if (wanted && hasMore) readMore()
  }, [wanted, hasMore, readMore])
  return useMemo(() => (wanted ? rows.filter((row) => matchesFilter(row, wanted)) : rows), [rows, wanted])
}

interface QueueWalk {
  readonly ticketId: number | undefined
  readonly cursorId: number | undefined
  readonly focusRequest: number
  readonly panelTakesFocus: boolean
  readonly setCursor: (id: number) => void
  readonly move: (steps: number) => void
  readonly open: (id: number) => void
  readonly openCursor: () => void
  readonly close: () => void
}

/** Walks the queue: a cursor that keeps to its ticket when rows move, and the open ticket, which the address keeps. */
function useQueueWalk(rows: readonly TicketRow[]): QueueWalk {
  const navigate = useNavigate()
  const { ticketId: inAddress } = useParams({ strict: false })
  const ticketId = inAddress === undefined ? undefined : Number(inAddress)
  const [cursor, setCursor] = useState<number | undefined>(undefined)
  const [focusRequest, requestFocus] = useState(0)
  const [panelTakesFocus, setPanelTakesFocus] = useState(false)
  const cursorId = cursor ?? ticketId ?? rows[0]?.id
  const show = (id: number, replace: boolean) =>
    void navigate({ to: '/today/ticket/$ticketId', params: { ticketId: String(id) }, search: true, replace })
  const open = (id: number) => {
    setCursor(id)
    setPanelTakesFocus(true)
    show(id, false)
  }
  return {
    ticketId,
    cursorId,
    focusRequest,
    panelTakesFocus,
    setCursor,
    move(steps) {
      const from = rows.findIndex((row) => row.id === cursorId)
      // The first step of a walk goes to where the cursor already stands.
      const onRow = document.activeElement?.closest('[role=row]') !== null || ticketId !== undefined
      const to = rows[clamp(from + (onRow ? steps : 0), rows.length)]
      if (!to) return
      setCursor(to.id)
      setPanelTakesFocus(false)
      requestFocus((count) => count + 1)
      if (ticketId !== undefined && steps !== 0) show(to.id, true)
    },
    open,
    openCursor: () => cursorId !== undefined && open(cursorId),
    close() {
      setPanelTakesFocus(false)
      requestFocus((count) => count + 1)
      void navigate({ to: '/today', search: true })
    },
  }
}

function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(index, length - 1))
}
