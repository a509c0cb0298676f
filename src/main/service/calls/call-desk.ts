import type { Policy } from '#core/policy/policy.ts'
import { readCall, type StoredCall } from '../db/calls.ts'
import type { WriteDb } from '../db/sql.ts'
import { readRoster, type StoredAccount } from '../db/workspace.ts'
import type { Outbox } from '../outbox/create-outbox.ts'
import { Refusal } from '../refusal.ts'

/** What writing calls down needs. */
export interface CallDesk {
  readonly db: WriteDb
  readonly policy: Policy
  readonly now: () => number
  /** Null where nothing is connected. */
  readonly outbox: Pick<Outbox, 'preview' | 'send'> | null
}

/**
 * The account of a call.
 *
 * @throws {Refusal} when it is followed no more.
 */
export function accountOf(desk: Pick<CallDesk, 'db'>, accountId: number): StoredAccount {
  const account = readRoster(desk.db).accounts.find(({ id }) => id === accountId)
  if (account) return account
  throw new Refusal('not-found', `Organization ${accountId} is not followed here. Follow it under Accounts first.`, {
    missing: { what: 'account', id: String(accountId) },
  })
}

/**
 * A call that is there.
 *
 * @throws {Refusal} when it is not.
 */
export function knownCall(desk: Pick<CallDesk, 'db'>, id: string): StoredCall {
  const call = readCall(desk.db, id)
  if (call) return call
  throw new Refusal('not-found', 'This call is not here. It was deleted, or it belongs to another workspace.', {
    missing: { what: 'call', id },
  })
}

/**
 * A call that can still be changed.
 *
 * @throws {Refusal} when it is not there, or filed.
 */
export function draftOf(desk: CallDesk, id: string): StoredCall {
  const call = knownCall(desk, id)
  if (call.filed === null) return call
  throw new Refusal('refused', 'This call is filed. Change what it became: the notes on its tickets, or its issue.')
}

/** A later state of a call: its stamp rises, also when the clock went back. */
export function changed(call: StoredCall, now: number, parts: Partial<StoredCall>): StoredCall {
  return { ...call, ...parts, updatedAt: Math.max(now, call.updatedAt + 1) }
}
