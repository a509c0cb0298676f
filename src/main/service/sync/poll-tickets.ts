import { z } from 'zod'
import { knownInstant, organizationScope, readCursor, writeCursor, type Cursor } from '../db/cursors.ts'
import { readFact, writeFact } from '../db/facts.ts'
import { prepared, transaction, type ReadDb } from '../db/sql.ts'
import type { TicketSighting } from '../db/store-tickets.ts'
import { readRoster, type Roster, type StoredAccount } from '../db/workspace.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { Page } from '../zendesk/zendesk-api.ts'
import { jittered, pollEveryMs } from './poll-pace.ts'
import { choosePollPlan, measured, mostPages, unmeasured, type PollMeasure } from './poll-plan.ts'
import { overlapMs, readNewestFirst, type NewestFirstStream } from './read-newest-first.ts'
import { dueAfter, ranks, type SyncJob } from './sync-job.ts'
import { assertFollowed, isStored, storeSightings, usersOf, type ZendeskSync } from './zendesk-sync.ts'

/** What polling needs beside what all jobs share. */
export interface PollOptions {
  /** How often the person wishes, ms. */
  readonly wishMs: () => number
  /** Tells this Understudy's pace from that of others. */
  readonly seed: number
}

/** Keeps the tickets of the followed accounts in step. */
export interface Polling {
  /** First readings of accounts, and the polls of those that were read. */
  jobs(roster: Roster): SyncJob[]
  /** How long it is from one poll to the next at present, ms. */
  everyMs(): number
}

/** Name of the stream of all tickets. */
const allScope = 'tickets'
/** Names of the facts that hold the plan and what it was made from. */
const planFact = 'poll-plan'
const measureFact = 'poll-measure'
const measureSchema = z.object({
  pages: z.number().nullable(),
  refused: z.enum(['forbidden', 'too-long']).nullable(),
  at: z.number(),
})
const planSchema = z.object({ mode: z.string(), words: z.string() })

/** Pages of one slice: of a first reading after its first page, and of a poll. */
const firstPassSlice = 3
const pollSlice = 5
/** After a longer silence than this a poll says nothing about what polls take. */
const silenceMs = 10 * 60_000

interface ReadAccount {
  readonly account: StoredAccount
  readonly cursor: Cursor & { readonly completedAt: number; readonly watermark: number }
}

/**
 * Creates the polling of tickets: newest change first, down to what is stored. An account's first reading is always that of
 * its own list; after that, one list of all tickets is polled where it is allowed and cheaper than a list for each account.
 */
export function createPolling(sync: ZendeskSync, options: PollOptions): Polling {
  const { db, now } = sync
  let requestsPerPoll = 1
  /** Whether the list of all tickets turned out too long after a silence: then each account is asked once. */
  let isCatchingUp = false

  const readMeasure = (): PollMeasure => readFact(db, 'zendesk', measureFact, measureSchema) ?? unmeasured
  const storeMeasure = (measure: PollMeasure) => writeFact(db, 'zendesk', measureFact, measure, now())

  function everyMs(): number {
    const { perMinute, budget } = sync.meter()
    return pollEveryMs({ wishMs: options.wishMs(), requests: requestsPerPoll, perMinute, budget, now: now() })
  }

  function pollDueAt(completedAt: number): number {
    return dueAfter(completedAt, jittered(everyMs(), options.seed, completedAt), now())
  }

  /** Decides how to poll, keeps the decision where Settings shows it, and answers whether all tickets are asked for. */
  function isAllTickets(ready: number, accounts: number, silence: number): boolean {
    const measure = readMeasure()
    const plan = choosePollPlan({ ready, accounts, measure, now: now() })
    if (readFact(db, 'zendesk', planFact, planSchema)?.words !== plan.words) {
      transaction(db, () => writeFact(db, 'zendesk', planFact, plan, now()))
    }
    isCatchingUp &&= silence > silenceMs
    const all = plan.mode === 'all-tickets' && !isCatchingUp
    requestsPerPoll = all ? (measure.pages ?? 1) : Math.max(1, ready)
    return all
  }

  async function readAccount(account: StoredAccount, mostPages: number): Promise<'more' | 'done'> {
    const scope = organizationScope(account.id)
    const isFirstPass = readCursor(db, 'zendesk', scope).completedAt === null
    const api = sync.api('poll')
    let done = isFirstPass ? storedOf(db, account.id) : 0
    const outcome = await readNewestFirst(
      db,
      {
        ...ticketStream(sync, scope, (cursor) => api.ticketsOfOrganization(account.id, cursor)),
        store: (page) => {
          assertFollowed(db, account)
          storeSightings(sync, page, 'list')
          done += page.rows.length
        },
        passedInstant: () => knownInstant(db),
        onPage: () => {
          if (isFirstPass) sayHowFar(sync, account, done)
          sync.onPage()
        },
      },
      now,
      { mostPages, begun: sync.begun },
    )
    return outcome === 'all' ? 'done' : 'more'
  }

  function accountJob(account: StoredAccount, cursor: Cursor): SyncJob {
    const job = { source: 'zendesk', scope: organizationScope(account.id), name: `Tickets of ${account.name}` } as const
    if (cursor.completedAt !== null) {
      const run = () => readAccount(account, pollSlice)
      return { ...job, dueAt: pollDueAt(cursor.completedAt), rank: ranks.poll, onDemand: true, run }
    }
    const isBegun = cursor.passCursor !== null || cursor.watermark !== null
    const run = () => readAccount(account, isBegun ? firstPassSlice : 1)
    return { ...job, dueAt: 0, rank: isBegun ? ranks.firstPass : ranks.firstPage, onDemand: true, run }
  }

  function allTicketsJob(ready: readonly ReadAccount[]): SyncJob {
    const oldest = Math.min(...ready.map(({ cursor }) => cursor.completedAt))
    return {
      source: 'zendesk',
      scope: allScope,
      name: 'New and changed tickets',
      alsoFor: ready.map(({ account }) => organizationScope(account.id)),
      dueAt: pollDueAt(oldest),
      rank: ranks.poll,
      onDemand: true,
      run: async () => {
        await readAllTickets(ready, now() - oldest > silenceMs)
        return 'done'
      },
    }
  }

  async function readAllTickets(ready: readonly ReadAccount[], isAfterSilence: boolean): Promise<void> {
    const api = sync.api('poll')
    let pages = 0
    const stream = ticketStream(sync, allScope, (cursor) => {
      pages += 1
      return api.allTickets(cursor)
    })
    try {
      const outcome = await readNewestFirst(
        db,
        {
          ...stream,
          passedInstant: () => knownInstant(db),
          store: (page) => storeOurs(sync, page),
          until: () => Math.min(...ready.map(({ cursor }) => cursor.watermark)) - overlapMs,
          onPassEnd: (watermark, startedAt) => moveOn(sync, ready, watermark, startedAt),
        },
        now,
        { mostPages: mostPages(ready.length), begun: sync.begun },
      )
      const isTooLong = outcome === 'part'
      if (isTooLong && isAfterSilence) isCatchingUp = true
      transaction(db, () => {
        if (isTooLong) forgetPass(sync)
        if (isTooLong && !isAfterSilence) storeMeasure({ pages: null, refused: 'too-long', at: now() })
        if (!isTooLong && !isAfterSilence) storeMeasure(measured(readMeasure(), pages, now()))
      })
    } catch (error) {
      if (!(error instanceof RemoteFailure) || error.kind !== 'forbidden') throw error
      transaction(db, () => {
        forgetPass(sync)
        storeMeasure({ pages: null, refused: 'forbidden', at: now() })
      })
    }
  }

  return {
    everyMs,
    jobs({ accounts }) {
      const known = accounts.map((account) => ({
        account,
        cursor: readCursor(db, 'zendesk', organizationScope(account.id)),
      }))
      const ready = known.filter(isRead)
      const oldest = Math.min(...ready.map(({ cursor }) => cursor.completedAt))
      if (!isAllTickets(ready.length, accounts.length, now() - oldest)) {
        return known.map(({ account, cursor }) => accountJob(account, cursor))
      }
      const others = known.filter((one) => !isRead(one))
      return [allTicketsJob(ready), ...others.map(({ account, cursor }) => accountJob(account, cursor))]
    },
  }
}

/** Whether an account was read to its end once, and it is known up to when. */
function isRead(one: { readonly account: StoredAccount; readonly cursor: Cursor }): one is ReadAccount {
  return one.cursor.completedAt !== null && one.cursor.watermark !== null
}

/** A list of tickets as a stream whose rows are stored. */
export function ticketStream(
  sync: ZendeskSync,
  scope: string,
  page: (cursor: string | null) => Promise<Page<TicketSighting>>,
): NewestFirstStream<TicketSighting, Page<TicketSighting>> {
  return {
    source: 'zendesk',
    scope,
    page,
    changedAt: (row) => row.ticket.updatedAt,
    store: (rows) => storeSightings(sync, rows, 'list'),
    onPage: sync.onPage,
    wantedSince: 0,
  }
}

function sayHowFar({ say }: ZendeskSync, { name }: StoredAccount, done: number): void {
  say({ words: `Reading tickets of ${name}: ${done.toLocaleString('en')} so far`, done, total: null })
}

function storedOf(db: ReadDb, accountId: number): number {
  const sql = 'SELECT count(*) AS n FROM tickets WHERE organization_id = ?'
  return prepared<[number], { n: number }>(db, sql).get(accountId)?.n ?? 0
}

/**
 * Stores what concerns us of a page of everybody's tickets: those of followed accounts, those that are stored already (so that
 * one that moved away is seen moving), and those I take part in.
 */
function storeOurs(sync: ZendeskSync, page: Page<TicketSighting>): void {
  const { accounts, me } = readRoster(sync.db)
  const followed = new Set(accounts.map((account) => account.id))
  // SECURITY: other customers' tickets leave no trace here, nor do their users.
  const rows = page.rows.filter(({ ticket }) => {
    if (ticket.organizationId !== null && followed.has(ticket.organizationId)) return true
    const isMine =
      me !== null && (ticket.assigneeId === me.id || ticket.ccIds.includes(me.id) || ticket.followerIds.includes(me.id))
    return isMine || isStored(sync.db, ticket.id)
  })
  storeSightings(sync, { rows, users: usersOf(rows, page.users) }, 'list')
}

/** What was read of all tickets was read of each account. */
function moveOn(
  { db, begun }: ZendeskSync,
  ready: readonly ReadAccount[],
  watermark: number | null,
  startedAt: number | null,
): void {
  if (watermark === null) return
  for (const { account } of ready) {
    const scope = organizationScope(account.id)
    const before = readCursor(db, 'zendesk', scope).watermark
    // An account that nobody follows any more has no stream.
    if (before === null) continue
    begun.delete(scope)
    writeCursor(db, 'zendesk', scope, {
      watermark: Math.max(before, watermark),
      passCursor: null,
      passWatermark: null,
      problem: null,
      ...(startedAt === null ? {} : { completedAt: startedAt }),
    })
  }
}

function forgetPass({ db, begun }: ZendeskSync): void {
  begun.delete(allScope)
  writeCursor(db, 'zendesk', allScope, { passCursor: null, passWatermark: null, problem: null })
}
