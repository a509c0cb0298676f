import { organizationScope, writeCursor } from '../db/cursors.ts'
import { markCommentsRead, storeComments, ticketsWithUnreadComments } from '../db/store-comments.ts'
import { storeTicket, type TicketSighting } from '../db/store-tickets.ts'
import { storeOrganization, storeUsers, type Roster } from '../db/workspace.ts'
import { transaction, type WriteDb } from '../db/sql.ts'
import { RemoteFailure, type RemoteFailureKind } from '../transport/remote-failure.ts'
import type { Page, ZendeskApi } from '../zendesk/zendesk-api.ts'
import { letOthersRun } from '../let-others-run.ts'
import type { Progress } from './progress.ts'
import { readNewestFirst } from './read-newest-first.ts'

/** One stream of Zendesk: read on its own, failing on its own. */
export interface SyncStep {
  readonly scope: string
  /** Words for a person. */
  readonly name: string
  run(): Promise<void>
}

/** What the steps share. */
export interface ZendeskSync {
  readonly db: WriteDb
  readonly api: ZendeskApi
  readonly now: () => number
  readonly progress: Progress
  /** Told after each page that was stored. */
  readonly onPage: () => void
}

/** The steps that bring tickets, conversations and my own work up to date, in the order of who needs them soonest. */
export function zendeskSteps(sync: ZendeskSync, roster: Roster, workSince: number): SyncStep[] {
  const me = roster.me
  return [
    ...roster.accounts.map((account) => ({
      scope: organizationScope(account.id),
      name: `Tickets of ${account.name}`,
      run: async () => {
        await readTickets(sync, organizationScope(account.id), 0, (cursor) =>
          sync.api.ticketsOfOrganization(account.id, cursor),
        )
        await readConversations(sync, account.id)
      },
    })),
    ...(me
      ? [
          {
            scope: 'assigned-to-me',
            name: 'Tickets assigned to me',
            run: () =>
              readTickets(sync, 'assigned-to-me', workSince, (cursor) => sync.api.ticketsAssignedTo(me.id, cursor)),
          },
        ]
      : []),
    ...roster.accounts.map((account) => ({
      scope: `organization-record:${account.id}`,
      name: `Org note of ${account.name}`,
      run: () => readOrganization(sync, account.id),
    })),
  ]
}

function readTickets(
  sync: ZendeskSync,
  scope: string,
  wantedSince: number,
  page: (cursor: string | null) => Promise<Page<TicketSighting>>,
): Promise<void> {
  const { db, now, progress, onPage } = sync
  return readNewestFirst(
    db,
    {
      source: 'zendesk',
      scope,
      wantedSince,
      page,
      changedAt: (row: TicketSighting) => row.ticket.updatedAt,
      store: ({ rows, users }) => {
        const fetchedAt = now()
        storeUsers(db, users)
        for (const row of rows) if (storeTicket(db, row, fetchedAt)) progress.tickets += 1
      },
      onPage,
    },
    now,
  )
}

/**
 * Reads the conversations of live tickets that changed since theirs was read. One that cannot be read does not keep the
 * others from being read; its failure is told at the end, unless the ticket is merely gone or closed to us: it was deleted,
 * or moved out of sight, and its panel says that the conversation is not complete.
 */
async function readConversations(sync: ZendeskSync, organizationId: number): Promise<void> {
  let failure: RemoteFailure | null = null
  for (const ticket of ticketsWithUnreadComments(sync.db, [organizationId])) {
    try {
      await readConversation(sync, ticket)
    } catch (error) {
      if (!(error instanceof RemoteFailure) || !concernsOneTicket.has(error.kind)) throw error
      if (error.kind === 'malformed' || error.kind === 'rejected') failure ??= error
    }
  }
  if (failure) throw failure
}

const concernsOneTicket: ReadonlySet<RemoteFailureKind> = new Set(['not-found', 'forbidden', 'malformed', 'rejected'])

/** A ticket's pages are stored one by one; only the last one marks it as read. */
async function readConversation(
  sync: ZendeskSync,
  ticket: { readonly id: number; readonly updatedAt: number },
): Promise<void> {
  const { db, api, progress, onPage } = sync
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<ZendeskApi['comments']>> = await api.comments(ticket.id, cursor)
    await letOthersRun()
    transaction(db, () => {
      storeUsers(db, page.users)
      progress.comments += storeComments(db, page.rows)
      if (page.next === null) markCommentsRead(db, ticket.id, ticket.updatedAt)
    })
    onPage()
    cursor = page.next
  } while (cursor !== null)
}

async function readOrganization(sync: ZendeskSync, id: number): Promise<void> {
  const organization = await sync.api.organization(id)
  transaction(sync.db, () => {
    storeOrganization(sync.db, organization)
    writeCursor(sync.db, 'zendesk', `organization-record:${id}`, {
      watermark: organization.updatedAt,
      completedAt: sync.now(),
      problem: null,
    })
  })
}
