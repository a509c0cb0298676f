import type { TicketComment } from '#core/tickets/ticket.ts'
import { writeCursor } from '../db/cursors.ts'
import { changeLookUp, dueLookUps, endLookUp, nextLookUpAt, type LookUp } from '../db/look-ups.ts'
import { readComments, readTicket } from '../db/read-tickets.ts'
import { transaction } from '../db/sql.ts'
import type { TicketSighting } from '../db/store-tickets.ts'
import { settleFate, type TicketFate } from '../db/ticket-fates.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { FoundTickets } from '../zendesk/zendesk-api.ts'
import { createLookUpAllowance } from './look-up-allowance.ts'
import { readConversation } from './read-details.ts'
import { never, ranks, type SyncJob } from './sync-job.ts'
import { isMerged, storeSightings, ticketsOrNone, type ZendeskSync } from './zendesk-sync.ts'

const scope = 'look-ups'
/** Tickets in one answer, and tickets asked for one by one in a slice and in a minute. */
const mostIds = 100
const mostInSlice = 5
const mostInMinute = 20
/** A ticket whose look-up fails by itself is looked up again after this. */
const retryMs = 60 * 60_000

/**
 * Creates the looking up of tickets that a list or an answer was without. Only what Zendesk says of the ticket itself decides
 * what became of it: gone (404), closed to us (403), in another organization, merged, archived, or there as before, when it was
 * the list that was late.
 */
export function createLookUps(sync: ZendeskSync): { job(): SyncJob } {
  const { db, now } = sync
  const allowance = createLookUpAllowance(now, { mostInSlice, mostInMinute })

  async function run(): Promise<'done'> {
    const due = dueLookUps(db, now(), mostIds)
    const unlisted = due.filter(({ why }) => why === 'not-listed').map(({ ticketId }) => ticketId)
    if (unlisted.length > 1) await lookUpTogether(unlisted)
    else {
      const one = due.slice(0, allowance.left())
      allowance.spend(one.length)
      for (const each of one) await lookUpAlone(each)
      if (one.length === 0) putOff(due)
    }
    if (nextLookUpAt(db) === null) {
      transaction(db, () => writeCursor(db, 'zendesk', scope, { completedAt: now(), problem: null }))
    }
    return 'done'
  }

  /** Enough for this minute: whoever waits behind comes first. */
  function putOff(lookUps: readonly LookUp[]): void {
    transaction(db, () => {
      for (const { ticketId } of lookUps) changeLookUp(db, ticketId, { notBefore: allowance.renewsAt() })
    })
  }

  /** Those that are found tell what became of them; those that are not are asked for one by one. */
  async function lookUpTogether(ids: readonly number[]): Promise<void> {
    const found = await ticketsOrNone(sync.api('detail').ticketsByIds(ids))
    const rows = new Map(found.rows.map((row) => [row.ticket.id, row]))
    transaction(db, () => {
      for (const id of ids) {
        const row = rows.get(id)
        if (!row) changeLookUp(db, id, { why: 'gone' })
        else settleFound(row, found.users, 'not-listed')
      }
    })
    sync.onPage()
  }

  async function lookUpAlone({ ticketId, why }: LookUp): Promise<void> {
    try {
      if (why === 'merged') await readWhereItWent(ticketId)
      else {
        const found = await sync.api('detail').ticket(ticketId)
        transaction(db, () => {
          for (const row of found.rows) settleFound(row, found.users, why)
        })
      }
    } catch (error) {
      const fate = fateOf(error)
      transaction(db, () => {
        if (fate && why === 'merged') changeLookUp(db, ticketId, { why: 'gone' })
        else if (fate) end(ticketId, fate)
        else changeLookUp(db, ticketId, { notBefore: now() + retryMs })
      })
    }
    sync.onPage()
  }

  /** What a ticket that is there tells. Within a transaction. */
  function settleFound(row: TicketSighting, users: FoundTickets['users'], why: LookUp['why']): void {
    const { ticket } = row
    const hasMoved = readTicket(db, ticket.id)?.organizationId !== ticket.organizationId
    storeSightings(sync, { rows: [row], users }, 'id')
    const isArchived = ticket.status === 'closed' && why === 'not-listed' && !hasMoved
    if (isMerged(ticket)) changeLookUp(db, ticket.id, { why: 'merged' })
    else end(ticket.id, isArchived ? 'archived' : null)
  }

  function end(ticketId: number, fate: TicketFate | null, mergedInto: number | null = null): void {
    endLookUp(db, ticketId)
    if (fate && settleFate(db, ticketId, fate, now(), mergedInto)) sync.counts.tickets += 1
  }

  async function readWhereItWent(ticketId: number): Promise<void> {
    const ticket = readTicket(db, ticketId)
    if (ticket) await readConversation(sync, ticket)
    const target = mergeTarget(readComments(db, ticketId), ticketId)
    transaction(db, () => end(ticketId, 'merged', target))
  }

  return {
    job: () => ({
      source: 'zendesk',
      scope,
      name: 'Tickets looked up one by one',
      dueAt: nextLookUpAt(db) ?? never,
      rank: ranks.lookUp,
      onDemand: false,
      run,
    }),
  }
}

/** What a refusal says of the ticket; null for a failure that concerns this look-up only. Others are thrown on. */
function fateOf(error: unknown): TicketFate | null {
  if (!(error instanceof RemoteFailure)) throw error
  if (error.kind === 'not-found') return 'deleted'
  if (error.kind === 'forbidden') return 'forbidden'
  if (error.kind === 'malformed' || error.kind === 'rejected' || error.kind === 'conflict') return null
  throw error
}

/** Zendesk's own words, `merged into request #123`, in the latest message that has them. */
const mergeWords = /merged into (?:request|ticket) #?(\d+)/i

/**
 * The ticket that another one was merged into, as its own conversation tells; null when that cannot be told. In another
 * language it is the only other ticket that the last message names.
 */
export function mergeTarget(conversation: readonly Pick<TicketComment, 'text'>[], ticketId: number): number | null {
  const texts = conversation.map(({ text }) => text).toReversed()
  for (const text of texts) {
    const target = Number(mergeWords.exec(text)?.[1] ?? ticketId)
    if (target !== ticketId) return target
  }
  const named = [...(texts[0] ?? '').matchAll(/#(\d+)/g)].map(([, digits]) => Number(digits))
  const others = new Set(named.filter((id) => id !== ticketId))
  const [only] = others
  return others.size === 1 && only !== undefined && Number.isSafeInteger(only) ? only : null
}
