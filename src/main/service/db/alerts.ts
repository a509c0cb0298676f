import type { AlertRow } from '#contract/alerts.ts'
import { organizationScope } from './cursors.ts'
import { durably, prepared, type ReadDb, type WriteDb } from './sql.ts'

/** A ticket of an account I cover, opened inside the coverage, that the ledger does not know yet. */
export interface UnraisedTicket {
  readonly ticketId: number
  /** Opened before the account was read for the first time: it was there before Understudy looked. */
  readonly known: boolean
  readonly subject: string
  readonly priority: string | null
  readonly accountName: string
  readonly nextBreachAt: number | null
}

/**
 * New tickets of covered accounts for which no alert has been raised, oldest first (rule 4). An account that has not been
 * read to the end once has none yet: what is new there is not known before.
 */
export function unraisedTickets(
  db: ReadDb,
  coverages: readonly { readonly accountId: number; readonly startsAt: number; readonly endsAt: number }[],
): UnraisedTicket[] {
  type Row = Omit<UnraisedTicket, 'known'> & { readonly createdAt: number; readonly firstReadAt: number }
  const found = new Map<number, Row>()
  for (const coverage of coverages) {
    const rows = prepared<[string, number, number, number], Row>(
      db,
      `SELECT t.id AS ticketId, t.subject, t.priority, a.name AS accountName, t.next_breach_at AS nextBreachAt,
              t.created_at AS createdAt, c.first_completed_at AS firstReadAt
       FROM tickets t
       JOIN accounts a ON a.id = t.organization_id
       JOIN sync_cursors c ON c.source = 'zendesk' AND c.scope = ? AND c.completed_at IS NOT NULL
       WHERE t.organization_id = ? AND t.created_at >= ? AND t.created_at < ?
         AND NOT EXISTS (SELECT 1 FROM alerts l WHERE l.ticket_id = t.id AND l.kind = 'new-ticket')`,
    ).all(organizationScope(coverage.accountId), coverage.accountId, coverage.startsAt, coverage.endsAt)
    for (const row of rows) found.set(row.ticketId, row)
  }
  return [...found.values()]
    .toSorted((a, b) => a.createdAt - b.createdAt || a.ticketId - b.ticketId)
    .map(({ createdAt, firstReadAt, ...ticket }) => ({ ...ticket, known: createdAt < wholeSecond(firstReadAt) }))
}

/** Zendesk tells when a ticket was opened to the second: one of the very second of the reading may have come after it. */
function wholeSecond(instant: number): number {
  return Math.floor(instant / 1000) * 1000
}

/** An alert as it is claimed. */
export interface NewAlert {
  readonly kind: AlertRow['kind']
  readonly ticketId: number
  /** Tells one occasion of the same kind on the same ticket from another. */
  readonly instance: string
  readonly title: string
  readonly body: string
  readonly raisedAt: number
  /** Listed, not announced. */
  readonly silent: boolean
}

/**
 * Claims alerts in the ledger, on disk, before any is shown.
 *
 * @returns the ids of those that nobody had claimed before.
 */
export function claimAlerts(db: WriteDb, alerts: readonly NewAlert[]): number[] {
  if (alerts.length === 0) return []
  return durably(db, () =>
    alerts.flatMap((alert) => {
      const row = prepared<unknown[], { id: number }>(
        db,
        `INSERT INTO alerts (kind, ticket_id, instance, title, body, raised_at, silent) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (ticket_id, kind, instance) DO NOTHING RETURNING id`,
      ).get(alert.kind, alert.ticketId, alert.instance, alert.title, alert.body, alert.raisedAt, alert.silent ? 1 : 0)
      return row ? [row.id] : []
    }),
  )
}

const columns = `id, kind, ticket_id AS ticketId, title, body, silent, raised_at AS raisedAt, shown_at AS shownAt,
  opened_at AS openedAt`

type StoredAlert = Omit<AlertRow, 'announced'> & { readonly silent: number }

function toAlertRow({ silent, ...row }: StoredAlert): AlertRow {
  return { ...row, announced: silent === 0 }
}

/** One alert, or undefined when there is none of that id. */
export function readAlert(db: ReadDb, id: number): AlertRow | undefined {
  const row = prepared<[number], StoredAlert>(db, `SELECT ${columns} FROM alerts WHERE id = ?`).get(id)
  return row && toAlertRow(row)
}

/** Raised alerts, newest first. */
export function listAlerts(db: ReadDb, limit: number): AlertRow[] {
  return prepared<[number], StoredAlert>(db, `SELECT ${columns} FROM alerts ORDER BY raised_at DESC, id DESC LIMIT ?`)
    .all(limit)
    .map(toAlertRow)
}

/** How many announced alerts nobody has followed yet. */
export function countUnopened(db: ReadDb): number {
  return (
    prepared<[], { n: number }>(db, 'SELECT count(*) AS n FROM alerts WHERE opened_at IS NULL AND silent = 0').get()
      ?.n ?? 0
  )
}

/** Claimed alerts that were not shown: a crash came in between, or no door could show them. Oldest first. */
export function unshownAlerts(db: ReadDb): AlertRow[] {
  return prepared<[], StoredAlert>(
    db,
    `SELECT ${columns} FROM alerts WHERE shown_at IS NULL AND silent = 0 AND opened_at IS NULL ORDER BY id`,
  )
    .all()
    .map(toAlertRow)
}

/** Notes that alerts have been put before the person. */
export function markShown(db: WriteDb, ids: readonly number[], at: number): void {
  durably(db, () => {
    for (const id of ids) {
      prepared<[number, number]>(db, 'UPDATE alerts SET shown_at = ? WHERE id = ? AND shown_at IS NULL').run(at, id)
    }
  })
}

/** Notes that the person followed an alert. Returns false when there is no such alert. */
export function markOpened(db: WriteDb, id: number, at: number): boolean {
  return durably(db, () => {
    const { changes } = prepared<[number, number]>(
      db,
      'UPDATE alerts SET opened_at = coalesce(opened_at, ?) WHERE id = ?',
    ).run(at, id)
    return changes > 0
  })
}
