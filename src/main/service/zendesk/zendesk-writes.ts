import { z } from 'zod'
import type { AuditChange } from '#core/tickets/audit.ts'
import type { TicketComment } from '#core/tickets/ticket.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { RemoteRequest, RemoteResponse } from '../transport/transport.ts'
import { auditPage, toAudit } from './wire-audits.ts'
import { commentPage, toComment } from './wire.ts'
import { readAs } from './zendesk-client.ts'

/** What is asked of one ticket, in Zendesk's names. Lists of people are added to or taken from, never replaced. */
export interface TicketChange {
  readonly email_ccs?: readonly PersonOrder[]
  readonly followers?: readonly PersonOrder[]
  /** Said explicitly, because what is left out follows the ticket and would be public. */
  readonly comment?: { readonly body: string; readonly public: false }
  readonly assignee_id?: number
  readonly group_id?: number
  /** Counts in `updateMany` only, as does `remove_tags`. */
  readonly additional_tags?: readonly string[]
  readonly remove_tags?: readonly string[]
}

interface PersonOrder {
  /** Always the number: an unknown address would make a new user. */
  readonly user_id: number
  readonly action: 'put' | 'delete'
}

/** A change of one ticket and the `updated_at` it was decided on; Zendesk refuses it when the ticket has moved since. */
export interface StampedChange {
  readonly ticketId: number
  readonly change: TicketChange
  readonly stamp: number
}

/** What became of one ticket of a job. */
export interface JobRow {
  readonly ticketId: number
  readonly success: boolean
  readonly error: string | null
  readonly details: string | null
}

/** How a job stands. Rows come in any order, and some may be missing. */
export type JobState =
  | { readonly state: 'running'; readonly done: number | null; readonly total: number | null }
  | { readonly state: 'completed'; readonly rows: readonly JobRow[] }
  | { readonly state: 'failed'; readonly message: string | null; readonly rows: readonly JobRow[] }

/** A group an agent is a member of. */
export interface Membership {
  readonly groupId: number
  readonly isDefault: boolean
}

/** What Understudy writes to Zendesk, and what it reads to find out what became of it. Every call throws `RemoteFailure`. */
export interface ZendeskWrites {
  /** Changes one ticket, unless it has moved since the stamp. */
  update(order: StampedChange): Promise<void>
  /** Changes up to a hundred tickets in a job, each unless it has moved since its stamp. Returns the id of the job. */
  updateMany(orders: readonly StampedChange[]): Promise<string>
  job(id: string): Promise<JobState>
  /** Messages of a ticket written at `since` or later, newest first. */
  messagesSince(ticketId: number, since: number): Promise<TicketComment[]>
  /** What one person changed on a ticket at `since` or later, newest first. */
  changesSince(ticketId: number, authorId: number, since: number): Promise<AuditChange[]>
  /** The groups of an agent. */
  groupsOf(userId: number): Promise<Membership[]>
}

/** Most tickets in one job. */
export const mostInJob = 100

const jobAnswer = z.object({
  job_status: z.object({
    id: z.string(),
    status: z.string(),
    message: z.string().nullish(),
    progress: z.number().nullish(),
    total: z.number().nullish(),
    results: z.unknown(),
  }),
})

const jobRow = z.object({
  id: z.number().int(),
  success: z.boolean().nullish(),
  status: z.string().nullish(),
  error: z.string().nullish(),
  details: z.string().nullish(),
})

const updateAnswer = z.object({ ticket: z.object({ id: z.number().int() }) })

const membershipsAnswer = z.object({
  group_memberships: z.array(z.object({ group_id: z.number().int(), default: z.boolean().nullish() })),
})

/**
 * Creates the writing side of the connector.
 *
 * @param send signs a request and makes it; a person waits for it.
 */
export function createZendeskWrites(
  url: string,
  send: (request: RemoteRequest) => Promise<RemoteResponse>,
): ZendeskWrites {
  const ask = async <Schema extends z.ZodType>(
    schema: Schema,
    what: string,
    method: 'GET' | 'PUT',
    path: string,
    body?: object,
  ): Promise<z.output<Schema>> => {
    const answer = await send({
      method,
      url: `${url}/api/v2${path}`,
      headers: {
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      urgency: 'person',
    })
    const read = schema.safeParse(answer.body)
    if (read.success || method === 'GET') return readAs(what, schema, answer.body)
    throw new RemoteFailure('malformed', `Zendesk sent ${what} of an unknown shape.`, {
      status: answer.status,
      mayHaveArrived: true,
    })
  }

  return {
    async update({ ticketId, change, stamp }) {
      const ticket = { ...change, ...safely(stamp) }
      const answer = await ask(updateAnswer, 'an answer to a change', 'PUT', `/tickets/${ticketId}.json`, { ticket })
      if (answer.ticket.id === ticketId) return
      throw new RemoteFailure('malformed', 'Zendesk answered with another ticket than the one that was changed.', {
        mayHaveArrived: true,
      })
    },
    async updateMany(orders) {
      const tickets = orders.map(({ ticketId, change, stamp }) => ({ id: ticketId, ...change, ...safely(stamp) }))
      const answer = await ask(jobAnswer, 'a job', 'PUT', '/tickets/update_many.json', { tickets })
      return answer.job_status.id
    },
    async job(id) {
      const answer = await ask(jobAnswer, 'a job', 'GET', `/job_statuses/${encodeURIComponent(id)}.json`)
      return toJobState(answer.job_status)
    },
    messagesSince: (ticketId, since) =>
      readBackTo(async (cursor) => {
        const path = `/tickets/${ticketId}/comments.json?sort=-created_at&page[size]=100${after(cursor)}`
        const page = await ask(commentPage, 'a conversation', 'GET', path)
        return {
          rows: page.comments.map((one) => toComment(ticketId, one)).map((row) => ({ row, at: row.createdAt })),
          meta: page.meta,
        }
      }, since),
    async changesSince(ticketId, authorId, since) {
      const audits = await readBackTo(async (cursor) => {
        const path = `/tickets/${ticketId}/audits.json?sort=-created_at&page[size]=100${after(cursor)}`
        const page = await ask(auditPage, 'the history of a ticket', 'GET', path)
        const rows = page.audits.map((one) => toAudit(ticketId, one)).map((row) => ({ row, at: row.createdAt }))
        return { rows, meta: page.meta ?? { has_more: false } }
      }, since)
      return audits.filter((audit) => audit.authorId === authorId).flatMap(({ changes }) => changes)
    },
    async groupsOf(userId) {
      const path = `/users/${userId}/group_memberships.json`
      const { group_memberships: rows } = await ask(membershipsAnswer, 'the groups of an agent', 'GET', path)
      return rows.map((row) => ({ groupId: row.group_id, isDefault: row.default ?? false }))
    },
  }
}

/** Both together, or Zendesk refuses it; even `safe_update: false` would act as true. Zendesk's stamps are whole seconds. */
function safely(stamp: number) {
  return { safe_update: true, updated_stamp: new Date(stamp).toISOString().replace(/\.\d+Z$/, 'Z') }
}

function after(cursor: string | null): string {
  return cursor === null ? '' : `&page[after]=${encodeURIComponent(cursor)}`
}

interface Slice<Row> {
  readonly rows: readonly { readonly row: Row; readonly at: number }[]
  readonly meta: { readonly has_more: boolean; readonly after_cursor?: string | null | undefined }
}

/**
 * Reads a list that has its newest rows first down to `since`. That something is not in it decides whether a note is sent
 * again: a list that is not in order, or does not say how it goes on, is refused.
 */
async function readBackTo<Row>(read: (cursor: string | null) => Promise<Slice<Row>>, since: number): Promise<Row[]> {
  const found: Row[] = []
  let latest = Number.POSITIVE_INFINITY
  let cursor: string | null = null
  for (;;) {
    const { rows, meta } = await read(cursor)
    for (const { row, at } of rows) {
      if (!(at <= latest))
        throw new RemoteFailure('malformed', 'Zendesk sent a list that is not in the order asked for.')
      latest = at
      if (at >= since) found.push(row)
    }
    if (latest < since || !meta.has_more) return found
    const next: string | null = meta.after_cursor ?? null
    if (next && next !== cursor && rows.length > 0) {
      cursor = next
      continue
    }
    throw new RemoteFailure('malformed', 'Zendesk sent a page that has more to come but does not say where.')
  }
}

/** Words for a job that is over; everything else is taken as still running. */
const endsBadly: ReadonlySet<string> = new Set(['failed', 'killed'])

function toJobState(job: z.output<typeof jobAnswer>['job_status']): JobState {
  if (job.status !== 'completed' && !endsBadly.has(job.status)) {
    return { state: 'running', done: job.progress ?? null, total: job.total ?? null }
  }
  const rows = (Array.isArray(job.results) ? job.results : []).flatMap((one: unknown): JobRow[] => {
    const read = jobRow.safeParse(one)
    // A row that cannot be read is a missing one: what became of it is looked up.
    if (!read.success) return []
    const { id: ticketId, success, status, error, details } = read.data
    const isDone = success ?? (error == null && status === 'Updated')
    return [{ ticketId, success: isDone, error: error ?? null, details: details ?? null }]
  })
  return job.status === 'completed'
    ? { state: 'completed', rows }
    : { state: 'failed', message: job.message ?? null, rows }
}
