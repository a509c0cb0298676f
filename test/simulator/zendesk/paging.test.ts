import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createSimulator } from '#test/support/simulator.ts'
import type { Ask, Body } from '../ask.ts'
import { byText, createAsk, readPages } from '../ask.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
let simulator: Simulator
let ask: Ask
let account: number

beforeEach(async () => {
  simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
  ask = createAsk(simulator.description)
  account = simulator.description.workspace.accounts[0]?.id ?? 0
})
afterEach(() => simulator.stop())

const ids = (rows: readonly Body[]) => rows.map(({ id }: Body) => id)

test.each(['id', '-id', 'updated_at', '-updated_at', 'status', '-status'])(
  'pages sorted by %s have no repeats and no gaps while nothing moves',
  async (sort) => {
    const rows = await readPages(ask, `/organizations/${account}/tickets?page[size]=17&sort=${sort}`)
    const truth = simulator.truth().tickets.filter(({ organizationId }) => organizationId === account)
    expect(new Set(ids(rows))).toEqual(new Set(ids(truth)))
    expect(rows).toHaveLength(truth.length)
    if (sort === '-updated_at') {
      const times = rows.map(({ updated_at }: Body) => updated_at)
      expect(times).toEqual(times.toSorted(byText).reverse())
    }
  },
)

test('links point to the host and port that was asked, and lead back', async () => {
  const first = await ask.zendesk(`/organizations/${account}/tickets.json?page[size]=5&sort=-updated_at&include=slas`)
  expect(first.body.links.prev).toBeNull()
  const second = await ask.follow(first.body.links.next)
  expect(new URL(first.body.links.next).origin).toBe(simulator.description.zendesk.url)
  expect(second.body.tickets[0]).toHaveProperty('slas')
  const back = await ask.follow(second.body.links.prev)
  expect(ids(back.body.tickets)).toEqual(ids(first.body.tickets))
})

test('a row that is updated between two pages moves: newest first it is not seen again', async () => {
  const path = `/organizations/${account}/tickets?page[size]=5&sort=-updated_at`
  const first = await ask.zendesk(path)
  const expected = await ask.follow(first.body.links.next)
  const moved = expected.body.tickets[1].id
  await ask.order(`/tickets/${moved}/comments`, { body: 'One more thing' })
  const second = await ask.follow(first.body.links.next)
  expect(ids(second.body.tickets)).not.toContain(moved)
  expect(ids((await ask.zendesk(path)).body.tickets)[0]).toBe(moved)
})

test('a row that is updated between two pages moves: oldest first it is seen twice', async () => {
  const rows: Body[] = []
  let answer = await ask.zendesk('/users/360900000101/tickets/ccd?page[size]=10&sort=updated_at')
  const moved = answer.body.tickets[0].id
  rows.push(...answer.body.tickets)
  await ask.order(`/tickets/${moved}`, { priority: 'low' })
  while (answer.body.meta.has_more) {
    answer = await ask.follow(answer.body.links.next)
    rows.push(...answer.body.tickets)
  }
  expect(ids(rows).filter((id: number) => id === moved)).toHaveLength(2)
})

test('offset pages are used when page[size] is absent', async () => {
  const first = await ask.zendesk(`/organizations/${account}/tickets?per_page=50&sort_by=updated_at&sort_order=desc`)
  expect(first.body).not.toHaveProperty('meta')
  expect(first.body.previous_page).toBeNull()
  const total = simulator.truth().tickets.filter(({ organizationId }) => organizationId === account).length
  expect(first.body.count).toBe(total)
  const second = await ask.follow(first.body.next_page)
  expect(new Set([...ids(first.body.tickets), ...ids(second.body.tickets)]).size).toBe(100)
})

test('offset pages end at ten thousand rows', async () => {
  const answer = await ask.zendesk('/tickets?page=101')
  expect(answer).toMatchObject({ status: 400, body: { error: { title: 'InvalidPaginationDepth' } } })
})

test('strange sizes, cursors and sorts are refused', async () => {
  for (const query of [
    'page[size]=101',
    'page[size]=0',
    'page[size]=x',
    'page[size]=5&page[after]=zzz',
    'page[size]=5&sort=subject',
    'page=0',
  ]) {
    expect((await ask.zendesk(`/tickets?${query}`)).status).toBe(400)
  }
})

test('an empty list is a page without links', async () => {
  const nobody = simulator.description.workspace.people[1]?.id
  const { body } = await ask.zendesk(`/users/${nobody}/tickets/followed?page[size]=10`)
  expect(body).toEqual({
    tickets: [],
    meta: { has_more: false, after_cursor: null, before_cursor: null },
    links: { prev: null, next: null },
  })
})
