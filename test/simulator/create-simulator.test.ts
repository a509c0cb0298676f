import { afterEach, expect, test } from 'vitest'
import { simulatorDescriptionSchema } from '#contract/workspace.ts'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createSimulator } from '#test/support/simulator.ts'
import type { SimulatorOptions } from '#simulator/options.ts'
import { createAsk, readPages } from './ask.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
const hour = 3_600_000
const running: Simulator[] = []

async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await createSimulator({ anchor, now: anchor, speed: 0, ...options })
  running.push(simulator)
  return simulator
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()))
})

/** The same reply from two simulators differs in the ports of its links only. */
function withoutPorts(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(/127\.0\.0\.1:\d+/g, 'here'))
}

async function everything(simulator: Simulator): Promise<unknown> {
  const ask = createAsk(simulator.description)
  const account = simulator.description.workspace.accounts[0]
  const tickets = await readPages(
    ask,
    `/organizations/${account?.id}/tickets?page[size]=100&sort=-updated_at&include=slas`,
  )
  const comments = await ask.zendesk(`/tickets/${tickets[0].id}/comments?page[size]=100`)
  const audits = await ask.zendesk(`/tickets/${tickets[0].id}/audits?page[size]=100`)
  const group = encodeURIComponent(account?.gitlabGroup ?? '')
  const issues = await ask.gitlab(`/groups/${group}/issues?per_page=100`)
  return withoutPorts({
    tickets,
    comments: comments.body,
    audits: audits.body,
    issues: issues.body,
    truth: simulator.truth(),
  })
}

test('the same seed and anchor give the same answers', async () => {
  expect(await everything(await start())).toEqual(await everything(await start()))
})

test('another seed gives another world', async () => {
  expect(await everything(await start())).not.toEqual(await everything(await start({ seed: 2 })))
})

test('a simulator started three days later shows what one shows that ran through', async () => {
  const ran = await start()
  for (let step = 0; step < 24; step++) ran.advanceBy(3 * hour)
  const later = await start({ now: anchor + 72 * hour })
  expect(await everything(ran)).toEqual(await everything(later))
})

test('nothing happens while the clock stands', async () => {
  const simulator = await start()
  const before = simulator.truth()
  simulator.advanceBy(0)
  expect(simulator.truth()).toEqual(before)
})

test('a ticket arrives on a covered account within two minutes', async () => {
  const simulator = await start()
  const known = new Set(simulator.truth().tickets.map(({ id }) => id))
  simulator.advanceBy(2 * 60_000)
  const fresh = simulator.truth().tickets.filter(({ id }) => !known.has(id))
  const { coverages, meId } = simulator.description.workspace
  expect(fresh).toHaveLength(1)
  expect(coverages.filter(({ coverId }) => coverId === meId).map(({ accountId }) => accountId)).toContain(
    fresh[0]?.organizationId,
  )
})

test('customers reply, engineers solve and issues change as days go by', async () => {
  const simulator = await start()
  const before = simulator.truth()
  simulator.advanceBy(72 * hour)
  const after = new Map(simulator.truth().tickets.map((ticket) => [ticket.id, ticket]))
  const changes = before.tickets.map((ticket) => ({ ticket, later: after.get(ticket.id) }))
  expect(changes.some(({ ticket, later }) => later && later.comments > ticket.comments)).toBe(true)
  expect(changes.some(({ ticket, later }) => ticket.status === 'open' && later?.status === 'solved')).toBe(true)
  expect(simulator.truth().issues).not.toEqual(before.issues)
})

test('its description is what the app expects', async () => {
  const { description } = await start()
  expect(simulatorDescriptionSchema.parse(description)).toEqual(description)
})

test('a clock that would start before the anchor is refused with the name of the field', async () => {
  await expect(start({ now: anchor - 1 })).rejects.toThrow('now: must not be before the anchor')
  await expect(start({ scale: 0 })).rejects.toThrow('scale')
})

test.each([1, 60, 100, 5000, 20_000])('a scale of %i makes that many tickets, with increasing ids', async (scale) => {
  const simulator = await start({ scale })
  const { tickets } = simulator.truth()
  expect(tickets).toHaveLength(scale)
  const ids = tickets.map(({ id }) => id)
  expect(new Set(ids).size).toBe(scale)
  expect(tickets.toSorted((a, b) => a.createdAt - b.createdAt || a.id - b.id).map(({ id }) => id)).toEqual(ids)
})

test('a large world has one to two hundred unsolved tickets', async () => {
  const simulator = await start({ scale: 50_000 })
  const live = simulator.truth().tickets.filter(({ status }) => status !== 'solved' && status !== 'closed')
  expect(live.length).toBeGreaterThanOrEqual(100)
  expect(live.length).toBeLessThanOrEqual(200)
})
