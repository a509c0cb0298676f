import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TicketSighting } from '#service/db/store-tickets.ts'
import { createZendeskApi, type Page, type ZendeskApi } from '#service/zendesk/zendesk-api.ts'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { reachZendesk } from '#test/support/zendesk-reach.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
let simulator: Simulator
let api: ZendeskApi
let me: number
let account: number

beforeEach(async () => {
  simulator = await createSimulator({ anchor, now: anchor, speed: 0, scale: 600 })
  const { zendesk, workspace } = simulator.description
  api = createZendeskApi(reachZendesk(zendesk.url, () => `Bearer ${zendesk.token}`))('poll')
  me = workspace.meId
  account = workspace.accounts[0]?.id ?? 0
})
afterEach(() => simulator.stop())

async function order(path: string, body: object): Promise<{ readonly id: number }> {
  const answer = await fetch(new URL(path, simulator.description.control.url), {
    method: 'POST',
    body: JSON.stringify(body),
  })
  expect(answer.status).toBeLessThan(300)
  return (await answer.json()) as { id: number }
}

const openTicket = (more: object = {}) => order('/tickets', { organization_id: account, subject: 'A new one', ...more })

/** Every row of a list. */
async function whole<Row>(page: (cursor: string | null) => Promise<Page<Row>>): Promise<Row[]> {
  const rows: Row[] = []
  let cursor: string | null = null
  do {
    const one: Page<Row> = await page(cursor)
    rows.push(...one.rows)
    cursor = one.next
  } while (cursor !== null)
  return rows
}

const idsOf = (rows: readonly TicketSighting[]) => rows.map((row) => row.ticket.id)
const inOrder = (ids: readonly number[]) => ids.toSorted((a, b) => a - b)
const isOpen = ({ status }: { readonly status: string }) => status !== 'solved' && status !== 'closed'

describe('people and organizations', () => {
  test('are me, agents by name or address, and organizations with their fields', async () => {
    expect(await api.me()).toMatchObject({ id: me, timeZone: 'Europe/Berlin', restriction: null, lightAgent: false })
    expect(await api.agentsNamed('dana')).toMatchObject([{ name: 'Dana Whitfield', timeZone: 'America/Los_Angeles' }])
    expect(await api.agentsNamed('dana.whitfield@support.example')).toMatchObject([{ name: 'Dana Whitfield' }])
    expect(await api.agentsNamed('Marcus')).toEqual([])
    expect(await api.organizationsNamed('casc')).toEqual([{ id: account, name: 'Cascadia Freight' }])
    const { fields } = await api.organization(account)
    expect(fields).toMatchObject({ assigned_se: '360900000102', org_region: 'AMER', support_level: 'ultimate' })
    expect(await api.user(360900000102)).toMatchObject({ role: 'agent', email: 'dana.whitfield@support.example' })
    await expect(api.user(1)).rejects.toMatchObject({ kind: 'not-found' })
  })
})

describe('lists of tickets', () => {
  test('are whole, page after page, whichever way they are asked for', async () => {
    const { tickets } = simulator.truth()
    const where = (fits: (ticket: (typeof tickets)[number]) => boolean) =>
      tickets.filter(fits).map((ticket) => ticket.id)
    const all = await whole((cursor) => api.allTickets(cursor))
    expect(inOrder(idsOf(all))).toEqual(where(() => true))
    expect(all.length).toBeGreaterThan(300)
    expect(all.some((row) => (row.clocks?.length ?? 0) > 0)).toBe(true)
    const ofAccount = where((ticket) => ticket.organizationId === account)
    expect(idsOf(await whole((cursor) => api.ticketsOfOrganizationById(account, cursor)))).toEqual(ofAccount)
    expect(inOrder(idsOf(await whole((cursor) => api.ticketsOfOrganization(account, cursor))))).toEqual(ofAccount)
    const lists = [
      [api.ticketsAssignedTo, where((ticket) => ticket.assigneeId === me)],
      [api.ticketsWithCc, where((ticket) => ticket.ccIds.includes(me))],
      [api.ticketsFollowedBy, where((ticket) => ticket.followerIds.includes(me))],
    ] as const
    for (const [list, ids] of lists) expect(inOrder(idsOf(await whole((cursor) => list(me, cursor))))).toEqual(ids)
  })

  test('by search are the unsolved ones, a hundred at a time', async () => {
    const found: number[] = []
    for (let page: number | null = 1; page !== null;) {
      const one: Awaited<ReturnType<ZendeskApi['liveTicketsBySearch']>> = await api.liveTicketsBySearch(account, page)
      expect(one.rows.every((row) => row.clocks !== null)).toBe(true)
      found.push(...idsOf(one.rows))
      page = one.next
    }
    const { tickets } = simulator.truth()
    expect(inOrder(found)).toEqual(
      tickets.filter((ticket) => ticket.organizationId === account && isOpen(ticket)).map(({ id }) => id),
    )
  })

  test('tell no clocks where the list leaves them out, which is another thing than having none', async () => {
    await order('/zendesk', { slas: { organization: false } })
    const { rows } = await api.ticketsOfOrganization(account, null)
    expect(rows.every((row) => row.clocks === null)).toBe(true)
  })

  test('go on at our own host, wherever the next page is said to be', async () => {
    simulator.misbehave({ target: 'zendesk', kind: 'other-host', count: 100 })
    const rows = await whole((cursor) => api.allTickets(cursor))
    expect(rows).toHaveLength(simulator.truth().tickets.length)
    const { rows: found, next } = await api.liveTicketsBySearch(account, 1)
    expect([found.length > 0, next]).toEqual([true, 2])
  })

  test('may have rows twice', async () => {
    simulator.misbehave({ target: 'zendesk', kind: 'repeat-rows', count: 100 })
    const ids = idsOf(await whole((cursor) => api.allTickets(cursor)))
    expect(new Set(ids).size).toBe(simulator.truth().tickets.length)
    expect(ids.length).toBeGreaterThan(new Set(ids).size)
  })
})

describe('tickets by id', () => {
  test('those that are gone or out of sight are not among many; one alone says why', async () => {
    const [deleted, restricted, archived] = [await openTicket(), await openTicket(), await openTicket()]
    await order(`/tickets/${deleted.id}/delete`, {})
    await order(`/tickets/${restricted.id}/restrict`, {})
    await order(`/tickets/${archived.id}`, { status: 'closed' })
    await order(`/tickets/${archived.id}/archive`, {})
    const { rows, users } = await api.ticketsByIds([deleted.id, restricted.id, archived.id, 1])
    expect(idsOf(rows)).toEqual([archived.id])
    expect(users.length).toBeGreaterThan(0)
    expect((await api.ticket(archived.id)).rows[0]).toMatchObject({ ticket: { status: 'closed' } })
    await expect(api.ticket(deleted.id)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(api.ticket(restricted.id)).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

describe('a history', () => {
  test('is read to its end once, and afterwards only what is new', async () => {
    const { id } = await openTicket({ priority: 'high', tags: ['ci'] })
    simulator.advanceBy(60_000)
    await order(`/tickets/${id}`, { status: 'pending', email_cc_ids: [me] })
    const first = await api.audits(id, null)
    expect(first.next).toBeNull()
    expect(first.rows.flatMap(({ changes }) => changes)).toEqual(
      expect.arrayContaining([
        { kind: 'created', field: 'priority', from: null, to: 'high', public: null },
        { kind: 'created', field: 'organization_id', from: null, to: account, public: null },
        expect.objectContaining({ kind: 'comment', public: true }),
        expect.objectContaining({ kind: 'changed', field: 'status', to: 'pending' }),
        expect.objectContaining({ field: 'email_ccs', to: ['jonas.feldkamp@support.example'] }),
      ]),
    )
    expect(await api.audits(id, first.resume)).toMatchObject({ rows: [], next: null, resume: first.resume })

    simulator.advanceBy(60_000)
    await order(`/tickets/${id}/comments`, { body: 'Looking into it.', public: false, author_id: me })
    const later = await api.audits(id, first.resume)
    expect(later.rows.flatMap(({ changes }) => changes.map(({ kind }) => kind))).toContain('comment')
    expect(later.rows.every((audit) => audit.authorId === me)).toBe(true)
  })

  test('says where a ticket went that was merged, on both sides', async () => {
    const [source, target] = [await openTicket(), await openTicket()]
    await order(`/tickets/${source.id}/merge`, { into: target.id })
    const changesOf = async (id: number) => (await api.audits(id, null)).rows.flatMap(({ changes }) => changes)
    const merged = { kind: 'other', from: null, public: false }
    expect(await changesOf(source.id)).toContainEqual({ ...merged, field: 'merged_into', to: [target.id] })
    expect(await changesOf(target.id)).toContainEqual({ ...merged, field: 'merged_from', to: [source.id] })
  })
})

describe('an answer that cannot be trusted', () => {
  const calls: Record<string, () => Promise<unknown>> = {
    'all tickets': () => api.allTickets(null),
    'tickets of an account': () => api.ticketsOfOrganization(account, null),
    'tickets of an account by id': () => api.ticketsOfOrganizationById(account, null),
    'my tickets': () => api.ticketsAssignedTo(me, null),
    'tickets with me on Cc': () => api.ticketsWithCc(me, null),
    'tickets I follow': () => api.ticketsFollowedBy(me, null),
    'tickets by ids': () =>
      api.ticketsByIds(
        simulator
          .truth()
          .tickets.slice(-5)
          .map(({ id }) => id),
      ),
    'a search': () => api.liveTicketsBySearch(account, 1),
    'a conversation': () => api.comments(simulator.truth().tickets.at(-1)?.id ?? 0, null),
    'a history': () => api.audits(simulator.truth().tickets.at(-1)?.id ?? 0, null),
    'organizations by name': () => api.organizationsNamed('casc'),
    'agents by name': () => api.agentsNamed('dana'),
  }
  /** Not every list has to say that it is whole: these are bounded by what was asked for. */
  const bounded = ['tickets by ids', 'agents by name']

  const kindOf = (answer: Promise<unknown>): Promise<string> =>
    answer.then(
      () => 'accepted',
      (error: { readonly kind: string }) => error.kind,
    )

  test.each(Object.keys(calls))('is refused for %s', async (name) => {
    const call = calls[name] ?? (() => Promise.reject(new Error('no such call')))
    const kinds: Record<string, string> = {
      'empty-page': 'malformed',
      'no-meta': bounded.includes(name) ? 'accepted' : 'malformed',
      'error-in-list': 'malformed',
      truncate: 'offline',
      html: 'unauthorized',
      '404': 'not-found',
      '503': 'server',
    }
    for (const [kind, verdict] of Object.entries(kinds)) {
      simulator.misbehave({ target: 'zendesk', kind, count: 4, retryAfter: 0 } as Parameters<Simulator['misbehave']>[0])
      expect([kind, await kindOf(call())]).toEqual([kind, verdict])
      await order('/misbehave/clear', {})
    }
    for (const form of ['text', 'object'] as const) {
      simulator.misbehave({ target: 'zendesk', kind: '403', form })
      expect([form, await kindOf(call())]).toEqual([form, 'forbidden'])
    }
    expect(await kindOf(call())).toBe('accepted')
  })
})
