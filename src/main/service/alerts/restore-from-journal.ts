import { findWaiting, insertAlerts, isInLedger, keepIdsAbove, listInstead, markShown } from '../db/alerts.ts'
import { durably, type WriteDb } from '../db/sql.ts'
import { createGiveWay } from '../give-way.ts'
import type { JournalLine } from './journal.ts'
import type { AlertParts } from './look.ts'

const dayMs = 86_400_000
/** How long an alert is remembered outside of the database: longer than anybody goes back with a backup. */
const rememberedMs = 60 * dayMs
const pageSize = 200

/**
 * Lists what the journal knows and the ledger does not: the database was restored from a backup, and what was shown since is not shown
 * once more. New alerts get ids that none of those had.
 */
export async function restoreFromJournal({ db, clock, journal, log }: AlertParts): Promise<void> {
  const lines = await journal.read(clock.now() - rememberedMs).catch((error: unknown) => {
    log.warn({ err: error }, 'the journal of alerts could not be read')
    return []
  })
  const giveWay = createGiveWay()
  const missing: JournalLine[] = []
  for (const line of lines) {
    await giveWay()
    if (!isInLedger(db, line)) missing.push(line)
    else settleWaiting(db, line)
  }
  for (let start = 0; start < missing.length; start += pageSize) {
    await giveWay()
    durably(db, () => {
      insertAlerts(db, missing.slice(start, start + pageSize).map(toListed))
    })
  }
  const highest = lines.reduce((most, { id }) => Math.max(most, id), 0)
  durably(db, () => keepIdsAbove(db, highest))
}

/** What waits in the ledger and was dealt with by what the journal says: a crash came before that was noted, or the ledger is older. */
function settleWaiting(db: WriteDb, line: JournalLine): void {
  const waiting = findWaiting(db, line)
  if (!waiting) return
  durably(db, () => {
    if (waiting.state === 'claimed') markShown(db, [waiting.id], line.at)
    else listInstead(db, waiting.id, restoredWords)
  })
}

const restoredWords = 'It was shown before the database was restored from a backup.'

function toListed({ kind, subject, instance, ticketId, accountId, title, dueAt, at }: JournalLine) {
  return {
    kind,
    subject,
    instance,
    ticketId,
    accountId,
    title,
    body: '',
    why: '',
    urgent: false,
    state: 'listed' as const,
    heldBy: restoredWords,
    dueAt,
    raisedAt: at,
  }
}
