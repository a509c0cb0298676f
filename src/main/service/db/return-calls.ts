import type { CallAudience } from '#core/return-meeting/return-call.ts'
import { durably, prepared, type ReadDb, type WriteDb } from './sql.ts'

/** The call that a return meeting was begun as. */
export interface ReturnCall {
  readonly callId: string
  /** Names what was written into it. */
  readonly print: string
  readonly audience: CallAudience
}

/** The call of a meeting; null before one was begun. */
export function readReturnCall(db: ReadDb, meetingId: string): Omit<ReturnCall, 'audience'> | null {
  const row = prepared<[string], { callId: string | null; print: string | null }>(
    db,
    'SELECT call_id AS callId, call_print AS print FROM return_meetings WHERE id = ?',
  ).get(meetingId)
  return row?.callId == null ? null : { callId: row.callId, print: row.print ?? '' }
}

/** Whether a call was begun for colleagues only: what stands in it then is for no place that a customer sees. */
export function isForColleagues(db: ReadDb, callId: string): boolean {
  const row = prepared<[string], object>(
    db,
    `SELECT 1 FROM return_meetings WHERE call_id = ? AND call_audience = 'internal'`,
  ).get(callId)
  return row !== undefined
}

/** Remembers the call of a meeting that is stored; on disk when this returns. */
export function keepReturnCall(db: WriteDb, meetingId: string, { callId, print, audience }: ReturnCall): void {
  durably(db, () => {
    prepared<[string, string, string, string]>(
      db,
      'UPDATE return_meetings SET call_id = ?, call_print = ?, call_audience = ? WHERE id = ?',
    ).run(callId, print, audience, meetingId)
  })
}
