import { noteLookUps } from '../db/look-ups.ts'
import { transaction } from '../db/sql.ts'
import { markAuditsRead, storeAudits } from '../db/store-audits.ts'
import {
  markCommentsRead,
  storeComments,
  unreadTickets,
  type UnreadTicket,
  type WantedWhole,
} from '../db/store-comments.ts'
import { writeCursor } from '../db/cursors.ts'
import { storeUsers, type Roster } from '../db/workspace.ts'
import { letOthersRun } from '../let-others-run.ts'
import { RemoteFailure, type RemoteFailureKind } from '../transport/remote-failure.ts'
import { never, ranks, type SyncJob } from './sync-job.ts'
import { isStored, type ZendeskSync } from './zendesk-sync.ts'

/** Keeps the conversations and histories of tickets in step. */
export interface Details {
  job(roster: Roster): SyncJob
  /** Tries again what was put off after failures. */
  askAgain(): void
}

const scope = 'conversations'
/** A ticket whose messages cannot be read is tried again after this. */
const retryMs = 10 * 60_000
/** Histories that may not be read at all are tried again after this. */
const closedMs = 60 * 60_000
/** A coverage that ended longer ago than this has been handed back. */
const handedBackMs = 14 * 24 * 60 * 60_000
/** From this many tickets on, reading them is worth telling. */
const longRead = 20

const concernsOneTicket: ReadonlySet<RemoteFailureKind> = new Set([
  'not-found',
  'forbidden',
  'malformed',
  'rejected',
  'conflict',
])

/** How the reading of one kind of thing of one ticket went. */
type Outcome = 'read' | 'gone' | RemoteFailure

/**
 * Creates the reading of conversations and histories of tickets that changed, one ticket a slice, next breach first. One that
 * cannot be read does not keep the others from being read; its failure is told at the end. A ticket that is gone or closed to
 * us is looked up by its id.
 */
export function createDetails(sync: ZendeskSync): Details {
  const { db, now } = sync
  const putOff = new Map<number, { readonly until: number; readonly failure: RemoteFailure | null }>()
  let auditsClosedUntil = 0
  let done = 0

  /** What is to be read now. */
  function due(organizationIds: readonly number[], whole: readonly WantedWhole[]): UnreadTicket[] {
    const areAuditsClosed = now() < auditsClosedUntil
    return unreadTickets(db, organizationIds, whole)
      .map((ticket) => ({ ...ticket, audits: ticket.audits && !areAuditsClosed }))
      .filter((ticket) => (ticket.comments || ticket.audits) && now() >= (putOff.get(ticket.id)?.until ?? 0))
  }

  async function readOne(ticket: UnreadTicket): Promise<void> {
    const comments = ticket.comments ? await outcomeOf(readConversation(sync, ticket)) : null
    const audits = ticket.audits && comments !== 'gone' ? await outcomeOf(readHistory(sync, ticket)) : null
    putOff.delete(ticket.id)
    if (audits === 'gone' && comments === 'read') {
      // The ticket is there: it is histories that this sign-in may not read.
      auditsClosedUntil = now() + closedMs
    } else if (comments === 'gone' || audits === 'gone') {
      transaction(db, () => noteLookUps(db, [ticket.id], 'gone'))
      putOff.set(ticket.id, { until: now() + retryMs, failure: null })
    }
    const failure = [comments, audits].find((outcome) => outcome instanceof RemoteFailure)
    if (failure instanceof RemoteFailure) putOff.set(ticket.id, { until: now() + retryMs, failure })
  }

  function settle(): void {
    done = 0
    for (const { failure, until } of putOff.values()) if (failure && now() < until) throw failure
    transaction(db, () => writeCursor(db, 'zendesk', scope, { completedAt: now(), problem: null }))
  }

  return {
    job(roster) {
      const organizationIds = roster.accounts.map((account) => account.id)
      const whole = wantedWhole(roster, now())
      return {
        source: 'zendesk',
        scope,
        name: 'Conversations and histories',
        dueAt: due(organizationIds, whole).length > 0 ? 0 : never,
        rank: ranks.details,
        onDemand: false,
        quiet: true,
        run: async () => {
          const tickets = due(organizationIds, whole)
          const [ticket] = tickets
          if (ticket) {
            if (done + tickets.length >= longRead) {
              const total = done + tickets.length
              sync.say({ words: 'Reading conversations', done, total })
            }
            await readOne(ticket)
            done += 1
          }
          if (due(organizationIds, whole).length > 0) return 'more'
          settle()
          return 'done'
        },
      }
    },
    askAgain() {
      putOff.clear()
      auditsClosedUntil = 0
    },
  }
}

/** What is handed back to me, or by me: of that, tickets count that have ended as well. */
function wantedWhole({ me, absences, coverages }: Roster, now: number): WantedWhole[] {
  const mine = new Set(absences.filter(({ personId }) => personId === me?.id).map(({ id }) => id))
  return coverages
    .filter(({ coverId, absenceId }) => coverId === me?.id || mine.has(absenceId))
    .filter(({ startsAt, endsAt }) => startsAt <= now && endsAt > now - handedBackMs)
    .map(({ accountId, startsAt }) => ({ organizationId: accountId, since: startsAt }))
}

async function outcomeOf(reading: Promise<void>): Promise<Outcome> {
  try {
    await reading
    return 'read'
  } catch (error) {
    if (!(error instanceof RemoteFailure) || !concernsOneTicket.has(error.kind)) throw error
    return error.kind === 'not-found' || error.kind === 'forbidden' ? 'gone' : error
  }
}

/** Reads a ticket's conversation. Its pages are stored one by one; only the last one marks it as read. */
export async function readConversation(
  { db, api, counts, onPage }: ZendeskSync,
  ticket: { readonly id: number; readonly updatedAt: number },
): Promise<void> {
  const zendesk = api('detail')
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof zendesk.comments>> = await zendesk.comments(ticket.id, cursor)
    await letOthersRun()
    transaction(db, () => {
      // It may have been taken away while the answer was on its way.
      if (!isStored(db, ticket.id)) return
      storeUsers(db, page.users)
      counts.comments += storeComments(db, page.rows)
      if (page.next === null) markCommentsRead(db, ticket.id, ticket.updatedAt)
    })
    onPage()
    cursor = page.next
  } while (cursor !== null)
}

/** Reads who did what to a ticket, from where the last reading ended. */
async function readHistory(
  { db, api, onPage }: ZendeskSync,
  ticket: Pick<UnreadTicket, 'id' | 'updatedAt' | 'auditsCursor'>,
): Promise<void> {
  const zendesk = api('detail')
  let cursor = ticket.auditsCursor
  for (;;) {
    let page: Awaited<ReturnType<typeof zendesk.audits>>
    try {
      page = await zendesk.audits(ticket.id, cursor)
    } catch (error) {
      if (cursor === null || !(error instanceof RemoteFailure) || error.kind !== 'rejected') throw error
      // Zendesk no longer knows this place in the history.
      cursor = null
      continue
    }
    await letOthersRun()
    transaction(db, () => {
      if (!isStored(db, ticket.id)) return
      storeUsers(db, page.users)
      storeAudits(db, page.rows)
      if (page.next === null) markAuditsRead(db, ticket.id, ticket.updatedAt, page.resume)
    })
    onPage()
    if (page.next === null) return
    cursor = page.next
  }
}
