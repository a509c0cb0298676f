import zendesk from 'node-zendesk'
import type { z } from 'zod'
import type { TicketComment } from '#core/tickets/ticket.ts'
import type { TicketSighting } from '../db/store-tickets.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { RemoteResponse, Transport } from '../transport/transport.ts'
import { commentPage, meAnswer, organizationAnswer, ticketPage, toComment, toSighting } from './wire.ts'

/** A user as met on tickets. */
export interface ZendeskUser {
  readonly id: number
  readonly name: string
  readonly role: string | null
}

/** A page of something, and where the next one is; `next` is null only when Zendesk said that this was the last. */
export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly users: readonly ZendeskUser[]
  readonly next: string | null
}

/** What Understudy reads from Zendesk, as an ordinary agent may. Every call throws `RemoteFailure` when it fails. */
export interface ZendeskApi {
  /** Who is signed in; fails when that is nobody. */
  me(): Promise<{ readonly id: number; readonly name: string; readonly role: string | null }>
  organization(id: number): Promise<{
    readonly id: number
    readonly name: string
    readonly notes: string | null
    readonly tags: readonly string[]
    readonly updatedAt: number
  }>
  /** Tickets of an organization, last changed first, with their SLA clocks. */
  ticketsOfOrganization(id: number, cursor: string | null): Promise<Page<TicketSighting>>
  /** Tickets assigned to a person, last changed first, with when they got them. */
  ticketsAssignedTo(userId: number, cursor: string | null): Promise<Page<TicketSighting>>
  /** Messages of a ticket, oldest first. */
  comments(ticketId: number, cursor: string | null): Promise<Page<TicketComment>>
}

/** How requests are signed; asked anew for each, so that a renewed token is used at once. */
export type Authorization = () => Promise<string>

const pageSize = 100

/**
 * Creates the Zendesk connector: node-zendesk builds the calls, our transport makes them. The library's own handling of
 * failures is bypassed, because it turns a 429 or a 502 into a result; its reading of lists too, because it drops where
 * the next page is. The whole answer is handed through on the adapted response instead.
 */
export function createZendeskApi(url: string, authorization: Authorization, transport: Transport): ZendeskApi {
  const client = zendesk.createClient({
    endpointUri: `${url}/api/v2`,
    oauth: true,
    // Replaced in the transport below; the library cannot change its credentials after creation.
    token: 'set-per-request',
    throwOriginalException: true,
    transportConfig: {
      transportFn: async (uri: string, options: { method: string; headers: Record<string, string>; body?: string }) =>
        transport.request({
          method: options.method,
          url: uri,
          headers: { ...options.headers, Authorization: await authorization() },
          ...(options.body === undefined ? {} : { body: options.body }),
        }),
      responseAdapter: (response: RemoteResponse) => ({
        status: response.status,
        statusText: '',
        headers: { get: (name: string) => (name === 'retry-after' ? null : response.headers.get(name)) },
        json: () => response.body,
        body: response.body,
      }),
    },
  })

  async function get<Schema extends z.ZodType>(
    what: string,
    schema: Schema,
    resource: readonly (string | number | object)[],
  ): Promise<z.output<Schema>> {
    // The library declares that a call answers with a module; what it hands back is our adapted response.
    const { response } = (await client.tickets.get([...resource])) as unknown as { response: { body: unknown } }
    const read = schema.safeParse(response.body)
    if (read.success) return read.data
    const issue = read.error.issues[0]
    throw new RemoteFailure(
      'malformed',
      `Zendesk sent ${what} of an unknown shape (${issue?.path.join('.')}: ${issue?.message}).`,
    )
  }

  async function tickets(what: string, resource: readonly (string | number)[], include: string, cursor: string | null) {
    const page = await get(what, ticketPage, [
      ...resource,
      { sort: '-updated_at', include, page: { size: pageSize, ...(cursor === null ? {} : { after: cursor }) } },
    ])
    return toPage(what, page.meta, page.tickets.map(toSighting), page.users)
  }

  return {
    async me() {
      const { user } = await get('the signed-in user', meAnswer, ['users', 'me'])
      if (user.id === null || (user.role !== 'agent' && user.role !== 'admin')) {
        throw new RemoteFailure(
          'unauthorized',
          'Zendesk knows nobody by this sign-in, or only a customer. Sign in as an agent.',
        )
      }
      return { id: user.id, name: user.name, role: user.role ?? null }
    },
    async organization(id) {
      const { organization } = await get('an organization', organizationAnswer, ['organizations', id])
      return {
        id: organization.id,
        name: organization.name,
        notes: organization.notes ?? null,
        tags: organization.tags ?? [],
        updatedAt: Date.parse(organization.updated_at),
      }
    },
    ticketsOfOrganization: (id, cursor) =>
      tickets('a list of tickets', ['organizations', id, 'tickets'], 'slas,users', cursor),
    ticketsAssignedTo: (userId, cursor) =>
      tickets('a list of tickets', ['users', userId, 'tickets', 'assigned'], 'slas,users,metric_sets', cursor),
    async comments(ticketId, cursor) {
      const what = 'a conversation'
      const page = await get(what, commentPage, [
        'tickets',
        ticketId,
        'comments',
        {
          sort: 'created_at',
          include: 'users',
          page: { size: pageSize, ...(cursor === null ? {} : { after: cursor }) },
        },
      ])
      return toPage(
        what,
        page.meta,
        page.comments.map((comment) => toComment(ticketId, comment)),
        page.users,
      )
    },
  }
}

/** Accepts a page only when it says whether it is the last one, and where the next one is if it is not. */
function toPage<Row>(
  what: string,
  meta: { readonly has_more: boolean; readonly after_cursor?: string | null | undefined },
  rows: readonly Row[],
  users: readonly { readonly id: number; readonly name: string; readonly role?: string | null | undefined }[] = [],
): Page<Row> {
  if (meta.has_more && (rows.length === 0 || !meta.after_cursor)) {
    throw new RemoteFailure('malformed', `Zendesk sent a page of ${what} that has more to come but does not say where.`)
  }
  return {
    rows,
    users: users.map((user) => ({ id: user.id, name: user.name, role: user.role ?? null })),
    next: meta.has_more ? (meta.after_cursor ?? null) : null,
  }
}
