import type { TicketIntent } from '#contract/outbox.ts'
import { previewWish, type PreviewFacts, type WishPreview } from '#core/outbox/preview-wish.ts'
import type { Wish } from '#core/outbox/wish.ts'
import { organizationScope, readCursor } from '../db/cursors.ts'
import { movingOutboxRowsOf, readChangeableTicket, readUser, type ChangeableTicket } from '../db/outbox.ts'
import type { ReadDb } from '../db/sql.ts'
import { restrictedFor } from '../desk/restricted.ts'
import type { Me } from './outbox-work.ts'

/** What the sign-in may do and what this Zendesk has, as far as it was found out. */
export interface WriteAbilities {
  readonly mayWrite: boolean | null
  readonly ccsAndFollowers: 'on' | 'off' | 'unknown'
  readonly lightAgent: boolean
}

/** A wish with all that was looked up for it. */
export interface GatheredPreview {
  readonly wish: Wish
  readonly ticket: ChangeableTicket | undefined
  readonly preview: WishPreview
}

/** What a preview is gathered from. */
export interface PreviewSources {
  readonly db: ReadDb
  readonly me: Me | null
  readonly abilities: WriteAbilities
  readonly now: number
}

/** Fills in what an intent leaves out: whoever is not named is me. */
export function wishOf(intent: TicketIntent, me: Me | null): Wish {
  if (intent.kind === 'internal-note' || intent.kind === 'assign' || intent.kind === 'tags') return intent
  return { kind: intent.kind, ticketId: intent.ticketId, userId: intent.userId ?? me?.id ?? 0 }
}

/** Looks up, in the local database only, what a preview is made of, and makes it. */
export function gatherPreview(sources: PreviewSources, intent: TicketIntent): GatheredPreview {
  const { db, me, abilities, now } = sources
  const wish = wishOf(intent, me)
  const ticket = readChangeableTicket(db, wish.ticketId)
  const facts: PreviewFacts = {
    ticket: ticket ? { ...ticket, freshAsOf: freshAsOf(db, ticket) } : null,
    me,
    nameOf: (id) => readUser(db, id)?.name ?? null,
    roleOf: (id) => readUser(db, id)?.role ?? null,
    ...abilities,
    restricted: restrictedTicket(db, wish),
    waiting: movingOutboxRowsOf(db, wish.ticketId).map((row) => row.wish),
    now,
  }
  return { wish, ticket, preview: previewWish(wish, facts) }
}

/** The restricted account that a change to a ticket is of, or that a note of it names; null where there is none. */
export function restrictedTicket(db: ReadDb, wish: Wish): string | null {
  const accountId = readChangeableTicket(db, wish.ticketId)?.organizationId ?? null
  return restrictedFor(db, accountId, wish.kind === 'internal-note' ? [wish.body] : [])
}

/** A ticket is as fresh as the last complete reading of its account's list, or its own. */
function freshAsOf(db: ReadDb, ticket: ChangeableTicket): number {
  const list =
    ticket.organizationId === null
      ? null
      : readCursor(db, 'zendesk', organizationScope(ticket.organizationId)).completedAt
  return Math.max(ticket.fetchedAt, list ?? 0)
}
