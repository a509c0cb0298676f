import type { CallDetail, CallOutcome, CallRow } from '#contract/calls.ts'
import { withoutEmpty } from '#core/calls/call-document.ts'
import { customersOf, readCallOrder, ticketsForCall, type FiledPart, type StoredCall } from '../db/calls.ts'
import { readDesk } from '../db/desks.ts'
import type { ReadDb } from '../db/sql.ts'
import { readRoster } from '../db/workspace.ts'
import type { CallDesk } from './call-desk.ts'

/** So many people of a customer are suggested at most. */
const suggestedAtMost = 40

/** A call as a row of a list. */
export function toCallRow(db: ReadDb, call: StoredCall, accountName: string): CallRow {
  const { id, accountId, document, filed, updatedAt } = call
  return {
    ...{ id, accountId, accountName, about: document.about, day: document.day, updatedAt },
    purpose: withoutEmpty(document).purpose,
    ticketIds: document.about === 'tickets' ? document.tickets.map((ticket) => ticket.id) : [],
    state: filed ? 'filed' : 'draft',
    filedAt: filed?.at ?? null,
    became: (filed?.parts ?? []).map((part) => toOutcome(db, part)),
  }
}

/** A call with all that was typed, and what helps to type it. */
export function toCallDetail(desk: CallDesk, call: StoredCall): CallDetail {
  const { db } = desk
  const { accounts, people, me } = readRoster(db)
  const account = accounts.find(({ id }) => id === call.accountId)
  const { contacts } = readDesk(db, call.accountId).document
  const namesOf = (side: 'customer' | 'internal') => contacts.filter((one) => one.side === side).map(({ name }) => name)
  const ours = people.toSorted(
    (a, b) => rank(a.id, me?.id, account?.aseId) - rank(b.id, me?.id, account?.aseId) || a.name.localeCompare(b.name),
  )
  const named = call.document.tickets.map(({ id }) => id)
  return {
    ...toCallRow(db, call, account?.name ?? ''),
    document: call.document,
    people: {
      customer: unique([...namesOf('customer'), ...customersOf(db, call.accountId, suggestedAtMost)]),
      ours: unique([...ours.map(({ name }) => name), ...namesOf('internal')]),
    },
    tickets: ticketsForCall(db, call.accountId, named).map((ticket) => ({ ...ticket })),
    now: desk.now(),
  }
}

function toOutcome(db: ReadDb, { words, ticketId, entryId }: FiledPart): CallOutcome {
  const order = entryId === null ? undefined : readCallOrder(db, entryId)
  const { url = null, state = null, problem = null } = order ?? {}
  return { words, ticketId, url, state, problem }
}

function rank(id: number, meId: number | undefined, aseId: number | null | undefined): number {
  return id === meId ? 0 : id === aseId ? 1 : 2
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)]
}
