import { returnRowKinds, type ReturnRow, type ReturnRowKind } from './return-row.ts'

/** How grave a kind is by its place; good news of a kind comes as late as what only changed a status. */
export function rankOf(kind: ReturnRowKind, isLight = false): number {
  const place = returnRowKinds.indexOf(kind)
  return isLight ? Math.max(place, returnRowKinds.indexOf('status')) : place
}

/**
 * Orders rows by consequence. Of the same rank what is due first comes first, then what happened last; the same rows are always in the
 * same order.
 */
export function orderRows(rows: readonly ReturnRow[]): ReturnRow[] {
  return rows.toSorted(
    (a, b) =>
      a.rank - b.rank || compareText(a.dueOn || '9', b.dueOn || '9') || b.at - a.at || compareText(a.key, b.key),
  )
}

function compareText(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
