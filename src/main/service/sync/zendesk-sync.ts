import { isLive, type Ticket } from '#core/tickets/ticket.ts'
import { isFollowed } from '../db/accounts.ts'
import { endLookUpsOfListed, noteLookUps } from '../db/look-ups.ts'
import { prepared, type ReadDb, type WriteDb } from '../db/sql.ts'
import { storeTicket } from '../db/store-tickets.ts'
import { readFate, type SeenIn } from '../db/ticket-fates.ts'
import { hasRemovals } from '../db/data-removals.ts'
import { readRoster, storeUsers } from '../db/workspace.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { Meter } from '../transport/transport.ts'
import type { SlaPath } from '../zendesk/probe.ts'
import type { FoundTickets, ZendeskAt } from '../zendesk/zendesk-api.ts'
import type { RunCounts } from './run-counts.ts'
import type { Sightings } from './sightings.ts'
import type { SyncProgress } from './sync-job.ts'

/** What the jobs of Zendesk share. */
export interface ZendeskSync {
  readonly db: WriteDb
  readonly api: ZendeskAt
  readonly meter: () => Meter
  /** The cheapest way of asking that tells the SLA clocks of unsolved tickets. */
  readonly slaPath: () => SlaPath
  /** Time of the service's clock, ms. */
  readonly now: () => number
  readonly counts: RunCounts
  readonly sightings: Sightings
  /** When the readings that go on in slices began, by their scope, ms. */
  readonly begun: Map<string, number>
  /** Told after each page that was stored. */
  readonly onPage: () => void
  /** Says what a long read is at. */
  readonly say: (progress: SyncProgress) => void
}

/** The tag Zendesk puts on a ticket that was merged into another one. */
const mergeTag = 'closed_by_merge'
/** Where a ticket went that was merged longer ago is not asked any more. */
const recentMs = 30 * 24 * 3_600_000

/** Whether a ticket was closed by being merged into another one. */
export function isMerged(ticket: Ticket): boolean {
  return ticket.status === 'closed' && ticket.tags.includes(mergeTag)
}

/** Stores tickets as they were seen, with the users who came with them; belongs into the transaction of their page. */
export function storeSightings(sync: ZendeskSync, found: FoundTickets, seenIn: SeenIn): void {
  const { db, counts, sightings } = sync
  const page = withoutFormer(db, found)
  const at = sync.now()
  storeUsers(db, page.users)
  for (const sighting of page.rows) {
    if (storeTicket(db, sighting, at, seenIn)) counts.tickets += 1
    // What the index shows may be a ticket that is gone.
    if (seenIn !== 'search') sightings.seen(sighting, at)
    else if (sighting.clocks !== null) sightings.clocksAsked(sighting.ticket.id, at)
    noteMerge(sync, sighting.ticket, at)
  }
  if (seenIn === 'list')
    endLookUpsOfListed(
      db,
      page.rows.map(({ ticket }) => ticket.id),
    )
}

/**
 * SECURITY: of an account whose data was removed nothing comes back because I am still on Cc or follow a ticket; only what I work on does,
 * which is assigned to me and not solved.
 */
function withoutFormer(db: ReadDb, page: FoundTickets): FoundTickets {
  if (!hasRemovals(db)) return page
  const { me, formerAccounts } = readRoster(db)
  if (formerAccounts.length === 0) return page
  const former = new Set(formerAccounts.map(({ id }) => id))
  const rows = page.rows.filter(({ ticket }) => {
    if (ticket.organizationId === null || !former.has(ticket.organizationId)) return true
    return (me !== null && ticket.assigneeId === me.id && isLive(ticket)) || isStored(db, ticket.id)
  })
  return rows.length === page.rows.length ? page : { rows, users: usersOf(rows, page.users) }
}

/** Of the users who came with a page those that some of its tickets name. */
export function usersOf(rows: FoundTickets['rows'], users: FoundTickets['users']): FoundTickets['users'] {
  const met = new Set(
    rows.flatMap(({ ticket }) => [ticket.requesterId, ticket.assigneeId, ...ticket.ccIds, ...ticket.followerIds]),
  )
  return users.filter((user) => met.has(user.id))
}

/** Whether anything is stored of a ticket. */
export function isStored(db: ReadDb, ticketId: number): boolean {
  return prepared<[number]>(db, 'SELECT 1 FROM tickets WHERE id = ?').get(ticketId) !== undefined
}

/** Where a merged ticket went stands in its conversation only. */
function noteMerge({ db }: ZendeskSync, ticket: Ticket, at: number): void {
  if (!isMerged(ticket) || at - ticket.updatedAt > recentMs) return
  if (readFate(db, ticket.id)?.fate !== 'merged') noteLookUps(db, [ticket.id], 'merged')
}

/** Nothing is stored of an account that was taken off the list while its page was on its way. */
export function assertFollowed(db: ReadDb, account: { readonly id: number; readonly name: string }): void {
  if (isFollowed(db, account.id)) return
  throw new RemoteFailure('not-found', `${account.name} is no longer followed.`)
}

/** Tickets asked for by their ids; a whole answer of 404 says that none of them is there. */
export async function ticketsOrNone(asked: Promise<FoundTickets>): Promise<FoundTickets> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof RemoteFailure && error.kind === 'not-found') return { rows: [], users: [] }
    throw error
  }
}
