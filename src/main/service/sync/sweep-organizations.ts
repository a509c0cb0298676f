import { isLive } from '#core/tickets/ticket.ts'
import { firstReadAt, organizationScope, readCursor, writeCursor } from '../db/cursors.ts'
import { noteLookUps } from '../db/look-ups.ts'
import { transaction } from '../db/sql.ts'
import type { TicketSighting } from '../db/store-tickets.ts'
import { highestTicketId, listedTickets } from '../db/sweeps.ts'
import type { Roster, StoredAccount } from '../db/workspace.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { Page } from '../zendesk/zendesk-api.ts'
import { nextNight } from './next-night.ts'
import { share } from './poll-pace.ts'
import { ranks, type SyncJob } from './sync-job.ts'
import { assertFollowed, storeSightings, type ZendeskSync } from './zendesk-sync.ts'

/** What the nightly look-through needs beside what all jobs share. */
export interface SweepOptions {
  /** Spreads many Understudys over the hour. */
  readonly seed: number
  /** One page each time that a poll's interval has passed, ms. */
  readonly everyMs: () => number
}

/** Looks through everything that is stored of each account, every night. */
export interface Sweeps {
  jobs(roster: Roster): SyncJob[]
}

const hourMs = 3_600_000
/** From so many missing tickets on, more than half of a page is looked at twice. */
const fewTickets = 5

/** Name of the stream of an organization's tickets by their ids. */
function sweepScope(organizationId: number): string {
  return `sweep:${organizationId}`
}

/**
 * Creates the nightly look-through: each organization's list in the order of ids, in which nothing moves, one page after
 * another with the polls in between. A stored ticket that a page ought to show and does not is looked up. How far it has come
 * is kept, so that a restart goes on.
 */
export function createSweeps(sync: ZendeskSync, options: SweepOptions): Sweeps {
  const { db, now } = sync
  const delayMs = Math.round(share(options.seed, 3) * hourMs)
  let notBefore = 0

  async function readPage(account: StoredAccount): Promise<'done'> {
    const scope = sweepScope(account.id)
    const { passCursor, passWatermark } = readCursor(db, 'zendesk', scope)
    const highest = highestTicketId(db)
    notBefore = now() + options.everyMs()
    const page = await pageAfter(account, passCursor)
    if (page === null) {
      transaction(db, () => writeCursor(db, 'zendesk', scope, { passCursor: null, passWatermark: null }))
      return 'done'
    }
    // The ids a page speaks of: from behind the page before to its own last one, or to the end of what is stored.
    const after = passCursor === null ? 0 : (passWatermark ?? 0)
    const last = page.rows.at(-1)?.ticket.id ?? after
    const until = page.next === null ? Math.max(last, highest) : last
    const missing = missingOn(page, account, after, until)
    if (await isDoubtful(missing, account, after, until)) {
      transaction(db, () => writeCursor(db, 'zendesk', scope, { passCursor: null, passWatermark: null }))
      throw new RemoteFailure(
        'rejected',
        `Zendesk's list of the tickets of ${account.name} is without tickets that are there. Understudy looks again later.`,
      )
    }
    transaction(db, () => {
      assertFollowed(db, account)
      storeSightings(sync, page, 'list')
      noteLookUps(
        db,
        missing.map(({ id }) => id),
        'not-listed',
      )
      writeCursor(db, 'zendesk', scope, {
        passCursor: page.next,
        passWatermark: page.next === null ? null : last,
        problem: null,
        ...(page.next === null ? { completedAt: now() } : {}),
      })
    })
    sync.onPage()
    return 'done'
  }

  /** The next page; null when Zendesk no longer knows the place where the reading was. */
  async function pageAfter(account: StoredAccount, cursor: string | null): Promise<Page<TicketSighting> | null> {
    try {
      return await sync.api('sweep').ticketsOfOrganizationById(account.id, cursor)
    } catch (error) {
      if (cursor !== null && error instanceof RemoteFailure && error.kind === 'rejected') return null
      throw error
    }
  }

  function missingOn(page: Page<TicketSighting>, account: StoredAccount, after: number, until: number) {
    const shown = new Set(page.rows.map(({ ticket }) => ticket.id))
    return listedTickets(db, account.id, after, until).filter(({ id }) => !shown.has(id))
  }

  /** Whether a page that is without most of what it ought to show is without a ticket that is certainly there. */
  async function isDoubtful(
    missing: readonly { readonly id: number; readonly status: string }[],
    account: StoredAccount,
    after: number,
    until: number,
  ): Promise<boolean> {
    if (missing.length <= fewTickets) return false
    if (missing.length <= listedTickets(db, account.id, after, until).length / 2) return false
    const unsolved = missing.find(isLive)
    if (!unsolved) return false
    try {
      const found = await sync.api('sweep').ticket(unsolved.id)
      transaction(db, () => storeSightings(sync, found, 'id'))
      return found.rows.some(({ ticket }) => ticket.organizationId === account.id && isLive(ticket))
    } catch (error) {
      if (error instanceof RemoteFailure && (error.kind === 'not-found' || error.kind === 'forbidden')) return false
      throw error
    }
  }

  return {
    jobs({ accounts, me }) {
      const timeZone = me?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
      return accounts.flatMap((account) => {
        const { completedAt: readAt } = readCursor(db, 'zendesk', organizationScope(account.id))
        if (readAt === null) return []
        const { completedAt, passCursor } = readCursor(db, 'zendesk', sweepScope(account.id))
        const since = completedAt ?? firstReadAt(db, 'zendesk', organizationScope(account.id)) ?? readAt
        const night = nextNight(Math.min(since, now()), timeZone, delayMs)
        return [
          {
            source: 'zendesk' as const,
            scope: sweepScope(account.id),
            name: `All tickets of ${account.name}, looked through at night`,
            dueAt: Math.max(passCursor === null ? night : 0, Math.min(notBefore, now() + options.everyMs())),
            rank: passCursor === null ? ranks.sweep : ranks.sweepBegun,
            onDemand: false,
            run: () => readPage(account),
          },
        ]
      })
    },
  }
}
