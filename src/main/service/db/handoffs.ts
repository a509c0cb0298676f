import { absenceOfHandoff } from '#core/handoff/change-handoff.ts'
import type { HandoffDocument, Trigger } from '#core/handoff/handoff-document.ts'
import { readTicketPart } from '#core/handoff/read-ticket-part.ts'
import { textPrint } from '#core/sharing/text-print.ts'
import { canonical, isConflict, shownOf } from '#core/sharing/versioned.ts'
import { durably, prepared, type ReadDb, type WriteDb } from './sql.ts'

/** A handoff, and the name under which changes to it are made here. */
export interface StoredHandoff {
  readonly document: HandoffDocument
  readonly author: string
}

interface HandoffRow {
  readonly document: string
  readonly author: string
}

/** Every handoff that is known here. */
export function readHandoffs(db: ReadDb): StoredHandoff[] {
  return prepared<[], HandoffRow>(db, 'SELECT document, author FROM handoffs ORDER BY id').all().map(toHandoff)
}

/** One handoff. */
export function readHandoff(db: ReadDb, id: string): StoredHandoff | undefined {
  const row = prepared<[string], HandoffRow>(db, 'SELECT document, author FROM handoffs WHERE id = ?').get(id)
  return row && toHandoff(row)
}

/** The handoffs of an account for all its absences. */
export function handoffsOfAccount(db: ReadDb, accountId: number): HandoffDocument[] {
  return prepared<[number], HandoffRow>(db, 'SELECT document, author FROM handoffs WHERE account_id = ? ORDER BY id')
    .all(accountId)
    .map((row) => toHandoff(row).document)
}

/** The handoffs of an absence, by its plan's id where it has a plan, else by its own. */
export function handoffsOfAbsence(db: ReadDb, planOrAbsenceId: string): HandoffDocument[] {
  return prepared<[string], HandoffRow>(db, 'SELECT document, author FROM handoffs WHERE absence_id = ? ORDER BY id')
    .all(planOrAbsenceId)
    .map((row) => toHandoff(row).document)
}

/**
 * Stores handoffs, all or none, on disk when this returns, together with what is watched for in them. The author of one that is known
 * stays.
 *
 * @param now ms.
 * @param also stored with them.
 */
export function storeHandoffs(
  db: WriteDb,
  handoffs: readonly StoredHandoff[],
  now: number,
  also: () => void = () => undefined,
): void {
  durably(db, () => {
    for (const { document, author } of handoffs) {
      prepared<unknown[]>(
        db,
        `INSERT INTO handoffs (id, absence_id, account_id, accepted_by, watched, document, author, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET accepted_by = excluded.accepted_by, watched = excluded.watched,
           document = excluded.document, updated_at = excluded.updated_at`,
      ).run(
        document.id,
        absenceOfHandoff(document.id),
        document.accountId,
        acceptedBy(document),
        watchedPrint(document),
        JSON.stringify(document),
        author,
        now,
      )
      deriveHandoff(db, document)
    }
    also()
  })
}

/** Who accepted it as it is; null where nobody did, or copies disagree on that. */
function acceptedBy({ acceptance }: HandoffDocument): number | null {
  const said = shownOf(acceptance)?.value
  return said?.state === 'accepted' && !isConflict(acceptance) ? said.speaker.id : null
}

/** Names all that alerts follow from: another one, and the tickets of the account are looked at again. */
function watchedPrint(document: HandoffDocument): string {
  const tickets = Object.entries(document.tickets).map(([id, part]) => {
    const { line, reviewed } = readTicketPart(part)
    const watched = line?.value.contingencies.filter(({ trigger }) => trigger !== null) ?? []
    return [id, reviewed && [reviewed.at, reviewed.clock], watched]
  })
  return textPrint(canonical([acceptedBy(document), tickets]))
}

/** What follows from a handoff: which tickets were gone over as what, and what fires a contingency. */
function deriveHandoff(db: WriteDb, { id, tickets }: HandoffDocument): void {
  const watched: string[] = []
  for (const [key, part] of Object.entries(tickets)) {
    const ticketId = Number(key)
    const { line, reviewed } = readTicketPart(part)
    prepared<unknown[]>(
      db,
      `INSERT INTO handoff_lines (handoff_id, ticket_id, reviewed, reviewed_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (handoff_id, ticket_id) DO UPDATE SET reviewed = excluded.reviewed, reviewed_at = excluded.reviewed_at
       WHERE reviewed_at IS NOT excluded.reviewed_at OR reviewed IS NOT excluded.reviewed`,
    ).run(id, ticketId, reviewed ? JSON.stringify(reviewed.value) : null, reviewed?.at ?? null)
    for (const contingency of line?.value.contingencies ?? []) {
      if (!contingency.trigger) continue
      watched.push(`${ticketId} ${contingency.id}`)
      storeContingency(db, id, ticketId, { ...contingency, trigger: contingency.trigger, since: line?.at ?? 0 })
    }
  }
  prepared<[string, string]>(
    db,
    `DELETE FROM contingencies WHERE handoff_id = ? AND ticket_id || ' ' || id NOT IN (SELECT value FROM json_each(?))`,
  ).run(id, JSON.stringify(watched))
}

/** What was watched for already is watched for from when it was, whatever else of the line was written since. */
function storeContingency(
  db: WriteDb,
  handoffId: string,
  ticketId: number,
  watched: {
    readonly id: string
    readonly if: string
    readonly then: string
    readonly trigger: Trigger
    readonly since: number
  },
): void {
  prepared<unknown[]>(
    db,
    `INSERT INTO contingencies (handoff_id, ticket_id, id, trigger, if_words, then_words, since)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (handoff_id, ticket_id, id) DO UPDATE SET trigger = excluded.trigger, if_words = excluded.if_words,
       then_words = excluded.then_words,
       since = CASE WHEN trigger = excluded.trigger THEN since ELSE excluded.since END`,
  ).run(handoffId, ticketId, watched.id, JSON.stringify(watched.trigger), watched.if, watched.then, watched.since)
}

function toHandoff({ document, author }: HandoffRow): StoredHandoff {
  return { document: JSON.parse(document) as HandoffDocument, author }
}
