import type { ReturnDecision, ReturnRowKind } from '#contract/returns.ts'
import { durably, prepared, type ReadDb, type WriteDb } from './sql.ts'
import type { StoredCoverage } from './workspace.ts'

/** How far the meeting about one account of one absence is. */
export interface StoredMeeting {
  readonly id: string
  readonly accountId: number
  readonly startedAt: number | null
  /** Key of the row that is gone over. */
  readonly atKey: string | null
  readonly settledAt: number | null
  readonly handedBackAt: number | null
  readonly scheduledAt: number | null
  readonly callId: string | null
  readonly helped: 'yes' | 'partly' | 'no' | null
  readonly missing: string
}

/** A row as it was when something was decided of it. */
export interface DecidedRow {
  readonly kind: ReturnRowKind
  readonly ticketId: number | null
  readonly subject: string
  readonly words: string
  readonly dueOn: string
}

/** What was decided of a row. */
export interface StoredDecision {
  readonly key: string
  /** What the row said then. */
  readonly state: string
  readonly row: DecidedRow
  readonly decision: ReturnDecision
  readonly byId: number | null
  readonly at: number
}

const columns = `id, account_id AS accountId, started_at AS startedAt, at_key AS atKey, settled_at AS settledAt,
  handed_back_at AS handedBackAt, scheduled_at AS scheduledAt, call_id AS callId, helped, missing`

/** Meetings of which anything is stored. */
export function readMeetings(db: ReadDb): StoredMeeting[] {
  return prepared<[], StoredMeeting>(db, `SELECT ${columns} FROM return_meetings ORDER BY id`).all()
}

/** One of them; a blank one where nothing is stored. */
export function readStoredMeeting(
  db: ReadDb,
  { id, accountId }: Pick<StoredMeeting, 'id' | 'accountId'>,
): StoredMeeting {
  const stored = prepared<[string], StoredMeeting>(db, `SELECT ${columns} FROM return_meetings WHERE id = ?`).get(id)
  return stored ?? { ...blank, id, accountId }
}

const blank = {
  ...{ startedAt: null, atKey: null, settledAt: null, handedBackAt: null, scheduledAt: null, callId: null },
  ...{ helped: null, missing: '' },
}

/** Stores how far a meeting is; on disk when this answers. */
export function storeMeeting(db: WriteDb, meeting: StoredMeeting): void {
  durably(db, () => writeMeeting(db, meeting))
}

/** Notes that the account of a meeting is handed back, with its coverages as they are planned; on disk when this answers. */
export function storeHandedBack(
  db: WriteDb,
  meeting: StoredMeeting,
  coverages: readonly StoredCoverage[],
  at: number,
): void {
  durably(db, () => {
    writeMeeting(db, { ...meeting, handedBackAt: at })
    for (const { id, startsAt, endsAt } of coverages) {
      prepared<unknown[]>(
        db,
        `INSERT INTO handed_back (coverage_id, meeting_id, planned_from, planned_until, at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (coverage_id) DO UPDATE SET meeting_id = excluded.meeting_id, planned_from = excluded.planned_from,
           planned_until = excluded.planned_until, at = excluded.at`,
      ).run(id, meeting.id, startsAt, endsAt, at)
    }
  })
}

/** Takes that back: its coverages go on as they are planned. On disk when this answers. */
export function takeBackHandedBack(db: WriteDb, meeting: StoredMeeting): void {
  durably(db, () => {
    writeMeeting(db, { ...meeting, handedBackAt: null })
    prepared<unknown[]>(db, 'DELETE FROM handed_back WHERE meeting_id = ? AND at = ?').run(
      meeting.id,
      meeting.handedBackAt,
    )
  })
}

function writeMeeting(db: WriteDb, meeting: StoredMeeting): void {
  prepared<[StoredMeeting]>(
    db,
    `INSERT INTO return_meetings
       (id, account_id, started_at, at_key, settled_at, handed_back_at, scheduled_at, call_id, helped, missing)
     VALUES (:id, :accountId, :startedAt, :atKey, :settledAt, :handedBackAt, :scheduledAt, :callId, :helped, :missing)
     ON CONFLICT (id) DO UPDATE SET account_id = excluded.account_id, started_at = excluded.started_at,
       at_key = excluded.at_key, settled_at = excluded.settled_at, handed_back_at = excluded.handed_back_at,
       scheduled_at = excluded.scheduled_at, call_id = excluded.call_id, helped = excluded.helped,
       missing = excluded.missing`,
  ).run(meeting)
}

/** Of how many rows something is decided, by the meeting. */
export function countDecisions(db: ReadDb): ReadonlyMap<string, number> {
  const rows = prepared<[], { id: string; count: number }>(
    db,
    'SELECT meeting_id AS id, count(DISTINCT row_key) AS count FROM return_decisions GROUP BY meeting_id',
  ).all()
  return new Map(rows.map(({ id, count }) => [id, count]))
}

/** What holds of each row that was decided in a meeting: the last of it, in the order of deciding. */
export function readDecisions(db: ReadDb, meetingId: string): StoredDecision[] {
  type Row = Omit<StoredDecision, 'row' | 'decision'> & { readonly row: string; readonly decision: string }
  return prepared<[string, string], Row>(
    db,
    `SELECT row_key AS key, row_state AS state, row, decision, by_id AS byId, at FROM return_decisions
     WHERE meeting_id = ? AND seq IN (SELECT max(seq) FROM return_decisions WHERE meeting_id = ? GROUP BY row_key) ORDER BY seq`,
  )
    .all(meetingId, meetingId)
    .map((row) => ({
      ...row,
      row: JSON.parse(row.row) as DecidedRow,
      decision: JSON.parse(row.decision) as ReturnDecision,
    }))
}

/** Keeps a decision; on disk when this answers. The meeting has to be stored before. */
export function addDecision(
  db: WriteDb,
  meetingId: string,
  { key, state, row, decision, byId, at }: StoredDecision,
): void {
  durably(db, () => {
    prepared<unknown[]>(
      db,
      `INSERT INTO return_decisions (meeting_id, row_key, row_state, row, decision, by_id, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ).run(meetingId, key, state, JSON.stringify(row), JSON.stringify(decision), byId, at)
  })
}

/** Takes back the last decision of a meeting; what was decided of its row before holds again. The key of the row, or null. */
export function removeLastDecision(db: WriteDb, meetingId: string): string | null {
  return durably(db, () => {
    const row = prepared<[string, string], { key: string }>(
      db,
      `DELETE FROM return_decisions WHERE meeting_id = ? AND seq = (SELECT max(seq) FROM return_decisions WHERE meeting_id = ?)
       RETURNING row_key AS key`,
    ).get(meetingId, meetingId)
    return row?.key ?? null
  })
}
