import { durably, prepared, type ReadDb, type WriteDb } from './sql.ts'

/** The call that a return meeting was begun as. */
export interface ReturnCall {
  readonly callId: string
  /** Names what was written into it. */
  readonly print: string
}

/** The call of a meeting; null before one was begun. */
export function readReturnCall(db: ReadDb, meetingId: string): ReturnCall | null {
  const row = prepared<[string], { callId: string | null; print: string | null }>(
    db,
    'SELECT call_id AS callId, call_print AS print FROM return_meetings WHERE id = ?',
  ).get(meetingId)
  return row?.callId == null ? null : { callId: row.callId, print: row.print ?? '' }
}

/** Remembers the call of a meeting that is stored; on disk when this returns. */
export function keepReturnCall(db: WriteDb, meetingId: string, { callId, print }: ReturnCall): void {
  durably(db, () => {
    prepared<[string, string, string]>(db, 'UPDATE return_meetings SET call_id = ?, call_print = ? WHERE id = ?').run(
      callId,
      print,
      meetingId,
    )
  })
}
