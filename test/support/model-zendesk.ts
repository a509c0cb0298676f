import type { TicketAudit } from '#core/tickets/audit.ts'
import type { SlaClock, Ticket, TicketComment } from '#core/tickets/ticket.ts'
import type { TicketSighting } from '#service/db/store-tickets.ts'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import type { Page, ZendeskApi } from '#service/zendesk/zendesk-api.ts'
import { silentZendesk } from '#test/support/scripted-sources.ts'
import { aTicket } from '#test/support/work-values.ts'

/** Why no list of the model shows a ticket, or null. */
export type ModelFate = 'deleted' | 'archived' | 'restricted' | null

/** A ticket of the model, with everything that belongs to it. */
export interface ModelTicket {
  readonly ticket: Ticket
  readonly clocks: readonly SlaClock[]
  readonly comments: readonly TicketComment[]
  readonly audits: readonly TicketAudit[]
  readonly fate: ModelFate
  readonly mergedInto: number | null
}

/** A Zendesk in memory with small pages and lists that may lag behind, for tests of what can happen between two requests. */
export interface ModelZendesk {
  readonly api: ZendeskApi
  readonly tickets: ReadonlyMap<number, ModelTicket>
  /** Opens a ticket. */
  open(organizationId: number): number
  /** Changes a ticket that is there and not closed; false when it is not. Lists show it `lagMs` later. */
  change(id: number, parts: Partial<Ticket>, lagMs?: number): boolean
  comment(id: number, text: string): boolean
  /** Gives a ticket another SLA clock; no update, as in life. */
  retarget(id: number, breachAt: number): void
  merge(id: number, into: number): boolean
  /** Takes a ticket out of all lists. Only closed ones are archived, and one that was hidden before is hidden the same way again. */
  hide(id: number, fate: Exclude<ModelFate, null>, lagMs?: number): boolean
  restore(id: number): boolean
  /** Pages hold so many rows. */
  pageSize: number
  /** True: pages of tickets begin with the last row of the page before, as far as that is still there. */
  repeatsRows: boolean
  /** How a ticket was taken out of all lists, and how often; undefined when that never happened. */
  hidings(id: number): { readonly fate: ModelFate; readonly times: number } | undefined
  /** False: the list of all tickets is refused. */
  listsAll: boolean
}

/** What the lists know of a ticket until they have caught up. */
interface Listed {
  readonly until: number
  readonly before: ModelTicket | null
}

/**
 * Creates the model.
 *
 * @param now ms; tickets carry it in whole seconds, as Zendesk does.
 * @param onRequest called before each request is answered, and what it gives back when the answer is on its way; what either
 *   of them throws is the answer.
 */
export function createModelZendesk(now: () => number, onRequest: () => (() => void) | undefined): ModelZendesk {
  const tickets = new Map<number, ModelTicket>()
  const listed = new Map<number, Listed>()
  const hidings = new Map<number, { readonly fate: ModelFate; readonly times: number }>()
  let nextId = 1
  let nextRecord = 1
  let latest = 0

  /** An instant that no earlier change has, in whole seconds. */
  function stamp(): number {
    latest = Math.max(Math.floor(now() / 1000) * 1000, latest + 1000)
    return latest
  }

  function put(id: number, next: ModelTicket, lagMs: number): void {
    const before = inLists(id)
    if (lagMs > 0) listed.set(id, { until: now() + lagMs, before })
    else listed.delete(id)
    tickets.set(id, next)
  }

  function inLists(id: number): ModelTicket | null {
    const lag = listed.get(id)
    return lag && now() < lag.until ? lag.before : (tickets.get(id) ?? null)
  }

  function update(id: number, parts: Partial<Ticket>, text: string | null, lagMs: number): boolean {
    const old = tickets.get(id)
    if (!old || old.fate !== null || old.ticket.status === 'closed') return false
    const at = stamp()
    const ticket = { ...old.ticket, ...parts, updatedAt: at, generatedAt: at }
    const record = nextRecord++
    const comment: TicketComment = {
      id: record,
      ticketId: id,
      authorId: 501,
      public: true,
      createdAt: at,
      html: '',
      text: text ?? '',
    }
    const change = {
      kind: 'changed',
      field: 'status',
      from: old.ticket.status,
      to: ticket.status,
      public: null,
    } as const
    put(
      id,
      {
        ...old,
        ticket,
        comments: text === null ? old.comments : [...old.comments, comment],
        audits: [...old.audits, { id: record, ticketId: id, authorId: 501, createdAt: at, changes: [change] }],
      },
      lagMs,
    )
    return true
  }

  const sightingOf = ({ ticket, clocks }: ModelTicket): TicketSighting => ({ ticket, clocks, takenAt: null })

  const isShown = (one: ModelTicket | null): one is ModelTicket => one !== null && one.fate === null

  const model: ModelZendesk = {
    tickets,
    pageSize: 3,
    repeatsRows: false,
    listsAll: true,
    hidings: (id) => hidings.get(id),
    open(organizationId) {
      const at = stamp()
      const id = nextId++
      const ticket = aTicket({ id, organizationId, createdAt: at, updatedAt: at, assigneeId: null, requesterId: 501 })
      const clocks = [{ metric: 'next_reply_time', stage: 'active', breachAt: at + 3_600_000 }]
      put(id, { ticket, clocks, comments: [], audits: [], fate: null, mergedInto: null }, 0)
      return id
    },
    change: (id, parts, lagMs = 0) => update(id, parts, null, lagMs),
    comment: (id, text) => update(id, {}, text, 0),
    retarget(id, breachAt) {
      const old = tickets.get(id)
      if (old) tickets.set(id, { ...old, clocks: [{ metric: 'next_reply_time', stage: 'active', breachAt }] })
    },
    merge(id, into) {
      const [source, target] = [tickets.get(id), tickets.get(into)]
      if (!target || id === into || target.fate !== null || target.ticket.status === 'closed') return false
      const words = `This request was closed and merged into request #${into} "${target.ticket.subject}".`
      const tags = [...(source?.ticket.tags ?? []), 'closed_by_merge']
      if (!update(id, { status: 'closed', tags }, words, 0)) return false
      const merged = tickets.get(id)
      if (merged) tickets.set(id, { ...merged, mergedInto: into })
      update(into, {}, `Request #${id} was closed and merged into this request.`, 0)
      return true
    },
    hide(id, fate, lagMs = 0) {
      const old = tickets.get(id)
      if (!old || old.fate !== null || old.mergedInto !== null) return false
      if (fate === 'archived' && old.ticket.status !== 'closed') return false
      const before = hidings.get(id) ?? { fate, times: 0 }
      if (before.fate !== fate) return false
      hidings.set(id, { fate, times: before.times + 1 })
      put(id, { ...old, fate }, lagMs)
      return true
    },
    restore(id) {
      const old = tickets.get(id)
      if (!old || old.fate === null) return false
      put(id, { ...old, fate: null }, 0)
      return true
    },
    api: { ...silentZendesk, ...travelling({ ...listCalls(), ...singleCalls() }) },
  }

  /** Answers tell how it was when they were given, and arrive after that. */
  function travelling(calls: Partial<ZendeskApi>): Partial<ZendeskApi> {
    const names = Object.keys(calls) as (keyof ZendeskApi)[]
    return Object.fromEntries(
      names.map((name) => {
        const call = calls[name] as (...asked: unknown[]) => Promise<unknown>
        return [
          name,
          async (...asked: unknown[]) => {
            // A request takes long enough for the page before it to be stored.
            for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve))
            const whenUnderWay = onRequest()
            try {
              return await call(...asked)
            } finally {
              whenUnderWay?.()
            }
          },
        ]
      }),
    )
  }

  function pageOf(
    rows: readonly ModelTicket[],
    keyOf: (one: ModelTicket) => readonly [number, number],
    cursor: string | null,
  ): Page<TicketSighting> {
    const place = cursor === null ? null : (JSON.parse(cursor) as [number, number])
    const isBehind = ([key, id]: readonly [number, number]) =>
      place === null || key > place[0] || (key === place[0] && id > place[1])
    const rest = rows
      .filter((row) => isBehind(keyOf(row)))
      .toSorted((a, b) => keyOf(a)[0] - keyOf(b)[0] || keyOf(a)[1] - keyOf(b)[1])
    const again = model.repeatsRows ? rows.filter((row) => JSON.stringify(keyOf(row)) === cursor) : []
    const shown = rest.slice(0, model.pageSize)
    const last = shown.at(-1)
    return {
      rows: [...again, ...shown].map(sightingOf),
      users: [],
      next: rest.length > shown.length && last ? JSON.stringify(keyOf(last)) : null,
    }
  }

  function listCalls(): Partial<ZendeskApi> {
    const list = (isIn: (ticket: Ticket) => boolean, cursor: string | null, byId = false) => {
      const rows = [...tickets.keys()]
        .map(inLists)
        .filter((one) => isShown(one))
        .filter(({ ticket }) => isIn(ticket))
      const keyOf = ({ ticket }: ModelTicket) =>
        byId ? ([ticket.id, 0] as const) : ([-ticket.updatedAt, -ticket.id] as const)
      return pageOf(rows, keyOf, cursor)
    }
    const of = (id: number) => (ticket: Ticket) => ticket.organizationId === id
    return {
      allTickets: async (cursor) => {
        if (!model.listsAll) throw new RemoteFailure('forbidden', 'Zendesk does not let you see this (403).')
        return list(() => true, cursor)
      },
      ticketsOfOrganization: async (id, cursor) => list(of(id), cursor),
      ticketsOfOrganizationById: async (id, cursor) => list(of(id), cursor, true),
      ticketsAssignedTo: async (id, cursor) => list((ticket) => ticket.assigneeId === id, cursor),
      ticketsWithCc: async (id, cursor) => list((ticket) => ticket.ccIds.includes(id), cursor),
      ticketsFollowedBy: async (id, cursor) => list((ticket) => ticket.followerIds.includes(id), cursor),
    }
  }

  function readable(id: number): ModelTicket {
    const one = tickets.get(id)
    if (!one || one.fate === 'deleted') throw new RemoteFailure('not-found', 'Zendesk does not have this (404).')
    if (one.fate === 'restricted') throw new RemoteFailure('forbidden', 'Zendesk does not let you see this (403).')
    return one
  }

  /** A page of what belongs to a ticket, oldest first. */
  function recordsOf<Row extends { readonly id: number }>(rows: readonly Row[], cursor: string | null) {
    const rest = rows.filter(({ id }) => id > Number(cursor ?? 0))
    const shown = rest.slice(0, model.pageSize)
    const place = String(shown.at(-1)?.id ?? cursor ?? 0)
    return { rows: shown, users: [], next: rest.length > shown.length ? place : null, resume: place }
  }

  function singleCalls(): Partial<ZendeskApi> {
    return {
      ticket: async (id) => ({ rows: [sightingOf(readable(id))], users: [] }),
      ticketsByIds: async (ids) => {
        const found = ids.flatMap((id) => tickets.get(id) ?? [])
        const seen = found.filter(({ fate }) => fate === null || fate === 'archived')
        return { rows: seen.map(sightingOf), users: [] }
      },
      liveTicketsBySearch: async (organizationId) => {
        const rows = [...tickets.values()].filter(
          ({ ticket, fate }) =>
            fate === null && ticket.organizationId === organizationId && !['solved', 'closed'].includes(ticket.status),
        )
        return { rows: rows.map(sightingOf), users: [], next: null }
      },
      comments: async (id, cursor) => recordsOf(readable(id).comments, cursor),
      audits: async (id, cursor) => recordsOf(readable(id).audits, cursor),
    }
  }

  return model
}
