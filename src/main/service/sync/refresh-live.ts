import { isLive } from '#core/tickets/ticket.ts'
import { readCursor, writeCursor } from '../db/cursors.ts'
import { noteLookUps } from '../db/look-ups.ts'
import { transaction } from '../db/sql.ts'
import { liveTickets, lostTickets, type LiveTicket } from '../db/sweeps.ts'
import type { SeenIn } from '../db/ticket-fates.ts'
import type { Roster, StoredAccount } from '../db/workspace.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { Urgency } from '../transport/transport.ts'
import type { SlaPath } from '../zendesk/probe.ts'
import type { FoundTickets, ZendeskApi } from '../zendesk/zendesk-api.ts'
import { dueAfter, ranks, type SyncJob } from './sync-job.ts'
import { assertFollowed, storeSightings, ticketsOrNone, type ZendeskSync } from './zendesk-sync.ts'

/** Keeps the SLA clocks of unsolved tickets in step, and finds out which of them no list shows any more. */
export interface LiveRefresh {
  jobs(roster: Roster): SyncJob[]
  /** A person wants to know now: clocks that were told a while ago are asked for as well. */
  askAgain(): void
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const clocksScope = 'clocks'
const liveScope = 'live-tickets'
/** How often each way of asking tells the clocks anew. Ticket by ticket it is a few of them each minute. */
const clocksEveryMs: Readonly<Record<Exclude<SlaPath, 'none'>, number>> = {
  'show-many': 10 * minuteMs,
  'organization-list': 10 * minuteMs,
  search: 10 * minuteMs,
  single: minuteMs,
}
/** Clocks that were told of late need not be asked for. */
const freshMs = 9 * minuteMs
const freshForPersonMs = 15_000
const mostIds = 100
/** Pages of one organization's list, or of a search, that are walked for unsolved tickets. */
const mostPages = 10
/** Tickets that were found gone are asked after along with the others for as long as they can be brought back. */
const restorableMs = 30 * 24 * hourMs
/** An answer without more than half of the tickets is looked at twice, from so many on. */
const fewTickets = 4

/** A round over all unsolved tickets: what was seen since is done. */
interface Round {
  readonly since: number
}

/** Creates the refreshing of unsolved tickets, by the cheapest way of asking that tells their clocks. */
export function createLiveRefresh(sync: ZendeskSync): LiveRefresh {
  const { db, now, sightings } = sync
  let clocksRound: Round | null = null
  let liveRound: Round | null = null
  let isAskedFor = false

  function complete(scope: string): 'done' {
    transaction(db, () => writeCursor(db, 'zendesk', scope, { completedAt: now(), problem: null }))
    return 'done'
  }

  /** Asks for up to a hundred tickets at once; what the answer is without is looked up one by one. */
  async function askTogether(ids: readonly number[], urgency: Urgency): Promise<void> {
    const zendesk = sync.api(urgency)
    const found = await ticketsOrNone(zendesk.ticketsByIds(ids))
    const told = new Set(found.rows.map((row) => row.ticket.id))
    const live = new Set(liveTickets(db).map(({ id }) => id))
    const missing = ids.filter((id) => !told.has(id) && live.has(id))
    const [first] = missing
    if (first !== undefined && ids.length > fewTickets && missing.length > ids.length / 2) {
      if (await isThere(sync, first, urgency)) {
        throw new RemoteFailure('malformed', 'Zendesk left out tickets that are there. Understudy looks again later.')
      }
    }
    const at = now()
    transaction(db, () => {
      storeSightings(sync, found, 'id')
      noteLookUps(db, missing, 'gone')
    })
    for (const id of ids) sightings.asked(id, at)
    sync.onPage()
  }

  /** The next tickets to ask for in a round. */
  function remaining(round: Round, seenAt: (ticketId: number) => number): LiveTicket[] {
    const tickets = liveTickets(db)
    const lost = lostTickets(db, now() - restorableMs)
    sightings.keepOnly(new Set([...tickets.map(({ id }) => id), ...lost]))
    return [
      ...tickets.filter(({ id }) => seenAt(id) < round.since),
      ...lost.filter((id) => seenAt(id) < round.since - hourMs).map((id) => ({ id, organizationId: null })),
    ]
  }

  async function refreshClocks(path: Exclude<SlaPath, 'none'>, roster: Roster): Promise<'more' | 'done'> {
    clocksRound ??= { since: now() - (isAskedFor ? freshForPersonMs : freshMs) }
    isAskedFor = false
    const tickets = remaining(clocksRound, sightings.clocksAt)
    if (path === 'show-many' && tickets.length > 0) {
      const ids = tickets.slice(0, mostIds).map(({ id }) => id)
      await askTogether(ids, 'detail')
      noteAsked(sync, ids)
      if (tickets.length > mostIds) return 'more'
    } else if (path === 'single') {
      for (const id of oneByOne(tickets, sightings.clocksAt)) await askAlone(sync, id)
    } else if (path !== 'show-many') {
      const account = roster.accounts.find(({ id }) => tickets.some((ticket) => ticket.organizationId === id))
      if (account) {
        const own = tickets.filter((ticket) => ticket.organizationId === account.id)
        await (path === 'search' ? searchThrough : walkThrough)(sync, account, own)
        return 'more'
      }
    }
    clocksRound = null
    return complete(clocksScope)
  }

  function clocksJob(path: Exclude<SlaPath, 'none'>, roster: Roster): SyncJob {
    const { completedAt } = readCursor(db, 'zendesk', clocksScope)
    return {
      source: 'zendesk',
      scope: clocksScope,
      name: 'SLA clocks',
      dueAt: dueAfter(completedAt, clocksEveryMs[path], now()),
      rank: ranks.clocks,
      onDemand: true,
      run: () => refreshClocks(path, roster),
    }
  }

  /** Where clocks are not asked for by id, the tickets are: every hour. */
  function liveJob(): SyncJob {
    const { completedAt } = readCursor(db, 'zendesk', liveScope)
    return {
      source: 'zendesk',
      scope: liveScope,
      name: 'Unsolved tickets, looked through every hour',
      dueAt: dueAfter(completedAt, hourMs, now()),
      rank: ranks.hourly,
      onDemand: false,
      run: async () => {
        liveRound ??= { since: now() - hourMs / 2 }
        const ids = remaining(liveRound, sightings.at).map(({ id }) => id)
        if (ids.length > 0) {
          await askTogether(ids.slice(0, mostIds), 'sweep')
          if (ids.length > mostIds) return 'more'
        }
        liveRound = null
        return complete(liveScope)
      },
    }
  }

  return {
    jobs(roster) {
      const path = sync.slaPath()
      if (path === 'show-many') return [clocksJob(path, roster)]
      return path === 'none' ? [liveJob()] : [clocksJob(path, roster), liveJob()]
    },
    askAgain() {
      isAskedFor = true
    },
  }
}

/** The ticket that breaches first, and the one that was asked for longest ago: none waits forever. */
function oneByOne(tickets: readonly LiveTicket[], askedAt: (ticketId: number) => number): number[] {
  const [first, ...others] = tickets.map(({ id }) => id)
  const longest = others.toSorted((a, b) => askedAt(a) - askedAt(b))[0]
  return [first, longest].filter((id) => id !== undefined)
}

/** Asks for one ticket; whether it is there. */
async function isThere(sync: ZendeskSync, ticketId: number, urgency: Urgency): Promise<boolean> {
  try {
    const found = await sync.api(urgency).ticket(ticketId)
    transaction(sync.db, () => storeSightings(sync, found, 'id'))
    return true
  } catch (error) {
    if (error instanceof RemoteFailure && (error.kind === 'not-found' || error.kind === 'forbidden')) return false
    throw error
  }
}

async function askAlone(sync: ZendeskSync, ticketId: number): Promise<void> {
  const found = await isThere(sync, ticketId, 'detail')
  if (!found) transaction(sync.db, () => noteLookUps(sync.db, [ticketId], 'gone'))
  sync.sightings.asked(ticketId, sync.now())
  noteAsked(sync, [ticketId])
  sync.onPage()
}

/** Walks an organization's list down for as long as its pages hold unsolved tickets that are still looked for. */
async function walkThrough(sync: ZendeskSync, account: StoredAccount, tickets: readonly LiveTicket[]): Promise<void> {
  const wanted = new Set(tickets.map(({ id }) => id))
  const zendesk = sync.api('detail')
  let cursor: string | null = null
  for (let pages = 0; pages < mostPages && wanted.size > 0; pages += 1) {
    const page: Awaited<ReturnType<typeof zendesk.ticketsOfOrganization>> = await zendesk.ticketsOfOrganization(
      account.id,
      cursor,
    )
    storePage(sync, account, page, 'list')
    for (const { ticket } of page.rows) wanted.delete(ticket.id)
    if (page.next === null || !page.rows.some(({ ticket }) => isLive(ticket))) break
    cursor = page.next
  }
  noteAsked(
    sync,
    tickets.map(({ id }) => id),
  )
}

/** Finds an organization's unsolved tickets by searching. */
async function searchThrough(sync: ZendeskSync, account: StoredAccount, tickets: readonly LiveTicket[]): Promise<void> {
  for (let number: number | null = 1; number !== null && number <= mostPages;) {
    const page: SearchPage = await sync.api('detail').liveTicketsBySearch(account.id, number)
    storePage(sync, account, page, 'search')
    number = page.next
  }
  noteAsked(
    sync,
    tickets.map(({ id }) => id),
  )
}

function storePage(sync: ZendeskSync, account: StoredAccount, page: FoundTickets, seenIn: SeenIn): void {
  transaction(sync.db, () => {
    assertFollowed(sync.db, account)
    storeSightings(sync, page, seenIn)
  })
  sync.onPage()
}

function noteAsked({ sightings, now }: ZendeskSync, ticketIds: readonly number[]): void {
  for (const id of ticketIds) sightings.clocksAsked(id, now())
}

type SearchPage = Awaited<ReturnType<ZendeskApi['liveTicketsBySearch']>>
