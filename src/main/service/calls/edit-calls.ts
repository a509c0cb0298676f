import { randomUUID } from 'node:crypto'
import { blankCall, isBlankCall, type CallDocument } from '#core/calls/call-document.ts'
import { isoDay } from '#core/coverage/plan-words.ts'
import { accountOfTicket, deleteCall, readCall, readCalls, writeCall, type StoredCall } from '../db/calls.ts'
import { readRoster } from '../db/workspace.ts'
import { Refusal } from '../refusal.ts'
import { accountOf, changed, draftOf, knownCall, type CallDesk } from './call-desk.ts'

/**
 * Begins a call of today, about a ticket or about something else. A draft of the account of which nothing was typed yet is taken up
 * instead, so that pressing twice leaves one.
 *
 * @throws {Refusal} when the account is not followed, or the ticket is not one of its.
 */
export function startCall(
  desk: CallDesk,
  { accountId, ticketId }: { readonly accountId: number; readonly ticketId?: number | undefined },
): StoredCall {
  const { name } = accountOf(desk, accountId)
  if (ticketId !== undefined && accountOfTicket(desk.db, ticketId) !== accountId) {
    throw new Refusal('refused', `#${ticketId} is no stored ticket of ${name}. Sync first, then begin the call there.`)
  }
  const document = blankCall({
    about: ticketId === undefined ? 'other' : 'tickets',
    day: todayOf(desk),
    tickets: ticketId === undefined ? [] : [{ id: ticketId, how: 'internal' }],
  })
  const blank = readCalls(desk.db, accountId).find((call) => call.filed === null && isBlankCall(call.document))
  const now = desk.now()
  const call = blank
    ? changed(blank, now, { document })
    : { id: randomUUID(), accountId, document, filed: null, createdAt: now, updatedAt: now }
  writeCall(desk.db, call)
  return call
}

/**
 * Keeps what was typed.
 *
 * @param updatedAt of the state it was typed on.
 * @returns the stamp of the new state.
 * @throws {Refusal} when it was changed in between, is filed, or is not there.
 */
export function saveCall(
  desk: CallDesk,
  { id, document, updatedAt }: { readonly id: string; readonly document: CallDocument; readonly updatedAt: number },
): number {
  const call = draftOf(desk, id)
  if (call.updatedAt !== updatedAt) {
    throw new Refusal(
      'refused',
      'This call was changed in another window meanwhile. Both are kept: choose above which one to go on with.',
    )
  }
  const next = changed(call, desk.now(), { document })
  writeCall(desk.db, next)
  return next.updatedAt
}

/**
 * Forgets a draft.
 *
 * @returns what it was, for `restoreCall`.
 * @throws {Refusal} when it is filed or not there.
 */
export function removeCall(desk: CallDesk, id: string): StoredCall {
  const call = draftOf(desk, id)
  deleteCall(desk.db, id)
  return call
}

/**
 * Brings back a draft that was deleted. One that is there again stays as it is.
 *
 * @throws {Refusal} when its account is followed no more.
 */
export function restoreCall(desk: CallDesk, gone: Pick<StoredCall, 'id' | 'accountId' | 'document'>): StoredCall {
  accountOf(desk, gone.accountId)
  const there = readCall(desk.db, gone.id)
  if (there) return there
  const now = desk.now()
  const call = { ...gone, filed: null, createdAt: now, updatedAt: now }
  writeCall(desk.db, call)
  return call
}

/**
 * Marks an action item of a filed call as done, or takes that back.
 *
 * @throws {Refusal} when there is no such item.
 */
export function tickAction(
  desk: CallDesk,
  { id, index, done }: { readonly id: string; readonly index: number; readonly done: boolean },
): void {
  const call = knownCall(desk, id)
  const { actions } = call.document
  if (!actions[index]) throw new Refusal('refused', 'This action item is not there any more. Look at the call again.')
  const document = {
    ...call.document,
    actions: actions.map((item, at) => (at === index ? { ...item, done } : item)),
  }
  writeCall(desk.db, changed(call, desk.now(), { document }))
}

/** The day it is where I am. */
export function todayOf({ db, now }: Pick<CallDesk, 'db' | 'now'>): string {
  return isoDay(now(), readRoster(db).me?.timeZone ?? 'UTC')
}
