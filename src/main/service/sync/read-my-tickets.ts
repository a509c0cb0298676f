import { readCursor } from '../db/cursors.ts'
import type { Roster } from '../db/workspace.ts'
import type { ZendeskApi } from '../zendesk/zendesk-api.ts'
import { ticketStream } from './poll-tickets.ts'
import { readNewestFirst } from './read-newest-first.ts'
import { dueAfter, ranks, type SyncJob } from './sync-job.ts'
import type { ZendeskSync } from './zendesk-sync.ts'

const hourMs = 3_600_000
const slice = 3

/** The lists of tickets that I have to do with, whatever their customer. */
const lists: readonly {
  readonly scope: string
  readonly name: string
  readonly call: 'ticketsAssignedTo' | 'ticketsWithCc' | 'ticketsFollowedBy'
}[] = [
  { scope: 'assigned-to-me', name: 'Tickets assigned to me', call: 'ticketsAssignedTo' },
  { scope: 'with-me-on-cc', name: 'Tickets with me on Cc', call: 'ticketsWithCc' },
  { scope: 'followed-by-me', name: 'Tickets I follow', call: 'ticketsFollowedBy' },
]

/**
 * Creates the reading of my own tickets: at the start, and every hour.
 *
 * @param since on the first reading, tickets that changed before this are not wanted, ms.
 */
export function createMyTickets(sync: ZendeskSync, since: () => number): { jobs(roster: Roster): SyncJob[] } {
  const { db, now } = sync
  const readSinceStart = new Set<string>()

  async function read(scope: string, page: ZendeskApi['ticketsAssignedTo'], me: number): Promise<'more' | 'done'> {
    const stream = { ...ticketStream(sync, scope, (cursor) => page(me, cursor)), wantedSince: since() }
    if ((await readNewestFirst(db, stream, now, { mostPages: slice, begun: sync.begun })) === 'part') return 'more'
    readSinceStart.add(scope)
    return 'done'
  }

  return {
    jobs({ me }) {
      if (!me) return []
      return lists.map(({ scope, name, call }) => {
        const { completedAt } = readCursor(db, 'zendesk', scope)
        return {
          source: 'zendesk' as const,
          scope,
          name,
          dueAt: readSinceStart.has(scope) ? dueAfter(completedAt, hourMs, now()) : 0,
          rank: completedAt === null ? ranks.firstOfMine : ranks.hourly,
          onDemand: false,
          run: () => read(scope, sync.api('detail')[call], me.id),
        }
      })
    },
  }
}
