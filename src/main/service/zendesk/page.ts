import { z } from 'zod'
import { RemoteFailure } from '../transport/remote-failure.ts'

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

/** What a page by cursor says about the pages around it. */
export const cursorMeta = z.object({ has_more: z.boolean(), after_cursor: z.string().nullish() })

/** The users that come beside a list. */
export const wireUsers = z.array(
  z.object({ id: z.number().int().positive(), name: z.string(), role: z.string().nullish() }),
)
type WireUsers = z.infer<typeof wireUsers>

/** Accepts a page by cursor only when it says whether it is the last one, and where the next one is if it is not. */
export function toPage<Row>(
  what: string,
  meta: z.infer<typeof cursorMeta>,
  rows: readonly Row[],
  users?: WireUsers,
): Page<Row> {
  if (meta.has_more && (rows.length === 0 || !meta.after_cursor)) throw endless(what)
  return { rows, users: toUsers(users), next: meta.has_more ? (meta.after_cursor ?? null) : null }
}

/**
 * Whether a page by number is the last one. The address it gives is not followed, since it may lead to another host: the
 * caller asks for the next number itself.
 */
export function isLastPage(what: string, nextPage: string | null, rows: readonly unknown[]): boolean {
  if (nextPage !== null && rows.length === 0) throw endless(what)
  return nextPage === null
}

/** The users that came beside a list. */
export function toUsers(users: WireUsers = []): ZendeskUser[] {
  return users.map(({ id, name, role }) => ({ id, name, role: role ?? null }))
}

function endless(what: string): RemoteFailure {
  return new RemoteFailure('malformed', `Zendesk sent a page of ${what} that has more to come but does not say where.`)
}
