import type { WriteIntent } from '#contract/outbox.ts'
import {
  filedCallsOf,
  ordersSince,
  readCallOrder,
  readCalls,
  writeCall,
  type CallOrder,
  type StoredCall,
} from '../db/calls.ts'
import type { WriteDb } from '../db/sql.ts'
import { changed } from './call-desk.ts'
import { withEntries } from './file-call.ts'

/**
 * Ends filings that a crash cut off: such a call is filed when the outbox has its orders, and a draft otherwise. Only for the beginning,
 * when nothing is being filed.
 *
 * @returns ids of the calls that are not what they were.
 */
export function endCutOffFilings(db: WriteDb, now: number): string[] {
  return readCalls(db, null).flatMap((call) => {
    const { filed } = call
    const orders = ordersOf(call)
    if (!filed || orders.every(({ entryId }) => entryId !== null)) return []
    const found = ordersSince(db, filed.at)
    const ids = orders.flatMap(({ intent }) => found.find((order) => isSameOrder(order, intent))?.id ?? [])
    const parts = ids.length === orders.length ? withEntries(filed.parts, ids) : null
    writeCall(db, changed(call, now, { filed: parts && { at: filed.at, parts } }))
    return [call.id]
  })
}

/**
 * Makes drafts again of calls of which every order was taken back.
 *
 * @param entryIds changes in the outbox that are not what they were.
 * @returns ids of the calls that are not what they were.
 */
export function reopenTakenBack(db: WriteDb, entryIds: readonly number[], now: number): string[] {
  const isDiscarded = (entryId: number | null) => readCallOrder(db, entryId ?? 0)?.state === 'discarded'
  if (!entryIds.some(isDiscarded)) return []
  return filedCallsOf(db, entryIds).flatMap((call) => {
    if (!ordersOf(call).every(({ entryId }) => isDiscarded(entryId))) return []
    writeCall(db, changed(call, now, { filed: null }))
    return [call.id]
  })
}

function ordersOf({ filed }: StoredCall): { readonly intent: WriteIntent; readonly entryId: number | null }[] {
  return (filed?.parts ?? []).flatMap(({ intent, entryId }) => (intent ? [{ intent, entryId }] : []))
}

function isSameOrder({ intent, state }: CallOrder, wanted: WriteIntent): boolean {
  if (state === 'discarded') return false
  if (intent.kind === 'internal-note' && wanted.kind === 'internal-note') {
    return intent.ticketId === wanted.ticketId && intent.body === wanted.body
  }
  if (intent.kind !== 'create-issue' || wanted.kind !== 'create-issue') return false
  const { projectId, title, description } = wanted
  return intent.projectId === projectId && intent.title === title && intent.description === description
}
