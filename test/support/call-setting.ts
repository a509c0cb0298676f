import type { CallDesk } from '#service/calls/call-desk.ts'
import { startCall } from '#service/calls/edit-calls.ts'
import { readCall, writeCall, type StoredCall } from '#service/db/calls.ts'
import type { CallDocument } from '#core/calls/call-document.ts'
import { aCall } from './call-values.ts'
import type { WorkSetting } from './work-setting.ts'
import { policyOf } from './policy-of.ts'

/** A desk at which calls are written down, over an outbox at a simulator. */
export function callDeskAt({ db, clock, outbox }: Pick<WorkSetting, 'db' | 'clock' | 'outbox'>): CallDesk {
  return { db, policy: policyOf('2025-04'), now: () => clock.now(), outbox }
}

/** A draft of an account with a call in it. */
export function aDraft(desk: CallDesk, accountId: number, parts: Partial<CallDocument> = {}): StoredCall {
  const call = { ...startCall(desk, { accountId }), document: aCall(parts) }
  writeCall(desk.db, call)
  return call
}

/** A call as it is stored now. */
export function storedCall({ db }: Pick<CallDesk, 'db'>, id: string): StoredCall {
  const call = readCall(db, id)
  if (!call) throw new Error(`no call ${id}`)
  return call
}
