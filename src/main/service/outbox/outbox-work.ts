import { personWords } from '#core/outbox/preview-wish.ts'
import type { PersonWords } from '#core/outbox/judge-wish.ts'
import { readUser, updateOutboxRow, type AnyRow, type OutboxChanges, type OutboxRow } from '../db/outbox.ts'
import { durably, transaction, type WriteDb } from '../db/sql.ts'
import type { Clock, Log } from '../ports.ts'
import type { ZendeskApi } from '../zendesk/zendesk-api.ts'
import type { Membership, ZendeskWrites } from '../zendesk/zendesk-writes.ts'
import type { Pace } from './pace.ts'

/** Who is signed in. */
export interface Me {
  readonly id: number
  readonly name: string
}

/** What the parts of the outbox share, whichever host they write to. */
export interface SharedWork {
  readonly db: WriteDb
  readonly clock: Clock
  readonly log: Log
  /** Of this host alone: one that is away does not hold up the other. */
  readonly pace: Pace
  /** Told of rows and tickets that are not what they were. */
  readonly onChange: (entryIds: readonly number[], ticketIds: readonly number[]) => void
}

/** What the parts share that write to Zendesk. */
export interface OutboxWork extends SharedWork {
  readonly reads: Pick<ZendeskApi, 'ticket' | 'ticketsByIds'>
  readonly writes: ZendeskWrites
  readonly me: () => Me | null
  /** The groups of an agent, asked for once in a while. */
  groupsOf(userId: number): Promise<readonly Membership[]>
}

/** A row and what is written to it. */
export interface RowChange<Row extends AnyRow = OutboxRow> {
  readonly row: Row
  readonly changes: OutboxChanges
}

/**
 * Writes to rows, on disk when this returns. A row that is no longer as it was read is left alone: a person took it back
 * meanwhile.
 *
 * @returns the rows that were written, as they are now.
 */
export function writeRows<Row extends AnyRow>(
  work: Pick<SharedWork, 'db' | 'onChange'>,
  orders: readonly RowChange<Row>[],
): Row[] {
  if (orders.length === 0) return []
  const written = durably(work.db, () =>
    orders.flatMap(({ row, changes }) => (updateOutboxRow(work.db, row, changes) ? [{ ...row, ...changes }] : [])),
  )
  const ids = written.map((row) => row.id)
  if (ids.length > 0) work.onChange(ids, [])
  return written
}

/** Says on rows what they wait for. Nothing is decided by it, so it need not reach the disk at once. */
export function explain(
  work: Pick<SharedWork, 'db' | 'onChange'>,
  rows: readonly AnyRow[],
  problem: string | null,
): void {
  const changed = rows.filter((row) => row.problem !== problem)
  if (changed.length === 0) return
  transaction(work.db, () => {
    for (const row of changed) updateOutboxRow(work.db, row, { problem })
  })
  work.onChange(
    changed.map((row) => row.id),
    [],
  )
}

/** Names people the way previews do. */
export function personIn(work: Pick<OutboxWork, 'db' | 'me'>): PersonWords {
  const me = work.me()
  return (userId) => personWords(userId, { me, nameOf: (id) => readUser(work.db, id)?.name ?? null })
}

/** The name under which the next step of a row is put off; rows of one job go together. */
export function paceKey(row: Pick<AnyRow, 'id' | 'jobId'>): string {
  return row.jobId === null ? `row ${row.id}` : `job ${row.jobId}`
}
