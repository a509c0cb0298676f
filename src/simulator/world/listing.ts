import { SECOND } from '../time.ts'
import type { History } from './history.ts'
import { firstHistoryId } from './history.ts'
import type { Fates } from './fates.ts'
import type { Ticket } from './ticket.ts'

/** Which tickets a list is about. */
export type TicketScope = (
  | { readonly kind: 'all' }
  | { readonly kind: 'organization' | 'assigned' | 'ccd' | 'followed'; readonly id: number }
) & {
  /** With tickets that are deleted, archived or restricted: for the truth only. */
  readonly hidden?: true
}

export type TicketSort = 'id' | 'updated_at' | 'created_at' | 'status'

/** Tickets in ascending order of (key, id), read by position. */
export interface TicketRows {
  readonly length: number
  keyAt(position: number): number
  idAt(position: number): number
  ticketAt(position: number): Ticket
}

const statusRank = { new: 0, open: 1, pending: 2, hold: 3, solved: 4, closed: 5 } as const

/** What a list is sorted by, as a number. Instants count in seconds, as the vendor's timestamps do. */
export function sortKey(ticket: Ticket, sort: TicketSort): number {
  if (sort === 'id') return ticket.id
  if (sort === 'status') return statusRank[ticket.status]
  return Math.floor((sort === 'updated_at' ? ticket.updatedAt : ticket.createdAt) / SECOND)
}

function isIn(ticket: Ticket, scope: TicketScope): boolean {
  switch (scope.kind) {
    case 'all':
      return true
    case 'organization':
      return ticket.organizationId === scope.id
    case 'assigned':
      return ticket.assigneeId === scope.id
    case 'ccd':
      return ticket.ccIds.includes(scope.id)
    case 'followed':
      return ticket.followerIds.includes(scope.id)
  }
}

// Room for the row number below the key in one exact double: sorting plain numbers is ten times faster than comparing.
const rowsInKey = 2 ** 20

function sortHistory(
  history: History,
  scope: TicketScope,
  sort: TicketSort,
  isShown: (id: number) => boolean,
): Uint32Array {
  const chosen: number[] = []
  for (let row = 0; row < history.length; row++) {
    const included =
      scope.kind === 'all' ||
      (scope.kind === 'organization' && history.organizationIdAt(row) === scope.id) ||
      (scope.kind === 'assigned' && history.assigneeIdAt(row) === scope.id)
    if (included && isShown(firstHistoryId + row)) chosen.push(row)
  }
  if (sort !== 'updated_at') return Uint32Array.from(chosen)
  const keyed = Float64Array.from(chosen, (row) => ((history.updatedAt[row] ?? 0) / SECOND) * rowsInKey + row)
  return Uint32Array.from(keyed.sort(), (key) => key % rowsInKey)
}

/** Lists over history, which never changes, merged with the tickets that do. `revision` says when they did. */
export function createListing(
  history: History,
  live: ReadonlyMap<number, Ticket>,
  fates: Pick<Fates, 'has' | 'revision'>,
  revision: () => number,
) {
  const sorted = new Map<string, Uint32Array>()
  let sortedAt = fates.revision()
  const merged = new Map<string, { revision: number; rows: TicketRows }>()

  const historyKey = (row: number, sort: TicketSort): number => {
    if (sort === 'id') return firstHistoryId + row
    if (sort === 'status') return statusRank.closed
    return Math.floor(((sort === 'updated_at' ? history.updatedAt[row] : history.createdAt[row]) ?? 0) / SECOND)
  }

  return (scope: TicketScope, sort: TicketSort): TicketRows => {
    const name = `${scope.kind}/${scope.kind === 'all' ? '' : scope.id}/${sort}/${scope.hidden ?? false}`
    const known = merged.get(name)
    if (known?.revision === revision()) return known.rows
    const isShown = (id: number): boolean => scope.hidden === true || !fates.has(id)
    if (sortedAt !== fates.revision()) sorted.clear()
    sortedAt = fates.revision()
    let old = sorted.get(name)
    if (!old) sorted.set(name, (old = sortHistory(history, scope, sort, isShown)))
    const recent = [...live.values()]
      .filter((ticket) => isIn(ticket, scope) && isShown(ticket.id))
      .map((ticket) => ({ ticket, key: sortKey(ticket, sort) }))
      .sort((a, b) => a.key - b.key || a.ticket.id - b.ticket.id)
    const rows = merge(old, recent, (row) => historyKey(row, sort), history)
    merged.set(name, { revision: revision(), rows })
    return rows
  }
}

function merge(
  old: Uint32Array,
  recent: readonly { readonly ticket: Ticket; readonly key: number }[],
  keyOf: (row: number) => number,
  history: History,
): TicketRows {
  // Where each recent ticket stands in the merged list: as many history rows before it as have a smaller (key, id).
  const positions = recent.map(({ ticket, key }, index) => {
    const count = lowerBound(old.length, (at) => {
      const row = old[at] ?? 0
      return keyOf(row) < key || (keyOf(row) === key && firstHistoryId + row < ticket.id)
    })
    return count + index
  })
  const find = (position: number) => {
    const earlier = lowerBound(positions.length, (at) => (positions[at] ?? 0) < position)
    if (positions[earlier] === position) return { recent: recent[earlier], row: -1 }
    return { recent: undefined, row: old[position - earlier] ?? -1 }
  }
  return {
    length: old.length + recent.length,
    keyAt(position) {
      const found = find(position)
      return found.recent ? found.recent.key : keyOf(found.row)
    },
    idAt(position) {
      const found = find(position)
      return found.recent ? found.recent.ticket.id : firstHistoryId + found.row
    },
    ticketAt(position) {
      const found = find(position)
      return found.recent ? found.recent.ticket : history.ticketAt(found.row)
    },
  }
}

/** The first position from 0 to `length` for which `isBefore` is false. */
export function lowerBound(length: number, isBefore: (position: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBefore(middle)) low = middle + 1
    else high = middle
  }
  return low
}
