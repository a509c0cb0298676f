import { useMemo } from 'react'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { TicketRow } from '#contract/tickets.ts'
import { useWindow } from '../../api/window-context.tsx'

/** The queue as far as it has been read into the window, and how to read on. */
export interface QueueState {
  readonly rows: readonly TicketRow[]
  readonly total: number
  readonly breached: number
  readonly loading: boolean
  readonly error: Error | null
  readonly hasMore: boolean
  readonly readMore: () => void
  readonly retry: () => void
}

/** Reads the queue in pages, next breach first, of one account or of all. */
export function useQueue(accountId: number | undefined): QueueState {
  const { queries } = useWindow()
  const query = useInfiniteQuery(queries.queue(accountId))
  const pages = query.data?.pages
  // Rows move between pages while these are read, so a ticket may come twice.
  const rows = useMemo(() => uniqueRows(pages?.flatMap((page) => page.rows) ?? []), [pages])
  return {
    rows,
    total: pages?.at(-1)?.total ?? 0,
    breached: pages?.at(-1)?.breached ?? 0,
    loading: query.isPending,
    error: query.isError && !query.data ? query.error : null,
    hasMore: query.hasNextPage,
    readMore: () => {
      if (!query.isFetchingNextPage) void query.fetchNextPage({ cancelRefetch: false })
    },
    retry: () => void query.refetch(),
  }
}

/** Whether a ticket has the words of a filter in what its row shows. */
export function matchesFilter(row: TicketRow, filter: string): boolean {
  const shown = [
    `#${row.id}`,
    row.subject,
    row.accountName,
    row.assigneeName,
    row.requesterName,
    row.status,
    row.priority,
  ]
  const text = shown.join(' ').toLocaleLowerCase()
  return filter
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

function uniqueRows(rows: readonly TicketRow[]): readonly TicketRow[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}
