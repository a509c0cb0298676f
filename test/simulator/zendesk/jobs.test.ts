import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createSimulator } from '#test/support/simulator.ts'
import type { Answer, Ask, Body } from '../ask.ts'
import { createAsk } from '../ask.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
let simulator: Simulator
let ask: Ask
let me: number
let ids: readonly number[]

beforeEach(async () => {
  simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
  ask = createAsk(simulator.description)
  me = simulator.description.workspace.meId
  ids = simulator
    .truth()
    .tickets.filter(({ status }) => status === 'open')
    .slice(0, 4)
    .map(({ id }) => id)
})
afterEach(() => simulator.stop())

const bulk = (ticket: object, of: readonly number[] = ids): Promise<Answer> =>
  ask.write('PUT', `/tickets/update_many.json?ids=${of.join(',')}`, { ticket })
const batch = (tickets: readonly object[]): Promise<Answer> => ask.write('PUT', '/tickets/update_many', { tickets })
const look = async (id: string): Promise<Body> => (await ask.zendesk(`/job_statuses/${id}.json`)).body.job_status

async function finish(started: Answer): Promise<Body> {
  simulator.advanceBy(5000)
  return look(started.body.job_status.id)
}

const rows = (job: Body) => job.results.map((row: Body) => [row.id, row.success, row.error ?? row.status])

test('a job goes from queued over working to completed by being looked at', async () => {
  const started = await bulk({ assignee_id: me, additional_tags: ['returned'] })
  const { id, status, total } = started.body.job_status
  expect([status, total]).toEqual(['queued', 4])
  expect(started.headers.get('zendesk-ratelimit-inflight-jobs')).toBe('total=30; remaining=29; resets=60')
  const seen = [await look(id), await look(id), await look(id)]
  expect(seen.map((job) => job.status)).toEqual(['queued', 'working', 'completed'])
  expect(rows(seen[2])).toEqual(ids.map((ticket) => [ticket, true, 'Updated']))
  const { tickets } = (await ask.zendesk(`/tickets/show_many?ids=${ids.join(',')}`)).body
  expect(tickets.every((ticket: Body) => ticket.assignee_id === me && ticket.tags.includes('returned'))).toBe(true)
})

test('a job that nobody looks at is carried out by the clock', async () => {
  await bulk({ remove_tags: ['x'], additional_tags: ['y'] })
  simulator.advanceBy(5000)
  const { ticket } = (await ask.zendesk(`/tickets/${ids[0]}`)).body
  expect(ticket.tags).toContain('y')
})

test('each ticket of a batch has its own change, stamp and row', async () => {
  const { tickets } = (await ask.zendesk(`/tickets/show_many?ids=${ids.join(',')}`)).body
  const stamps = tickets.map((ticket: Body) => ticket.updated_at)
  simulator.advanceBy(10_000)
  await ask.order(`/tickets/${ids[1]}`, { priority: 'low' })
  const closed = simulator.truth().tickets.find(({ status }) => status === 'closed')?.id
  const safe = (index: number) => ({ id: ids[index], safe_update: true, updated_stamp: stamps[index] })
  const job = await finish(
    await batch([
      { ...safe(0), status: 'pending' },
      { ...safe(1), status: 'pending' },
      { id: ids[2], safe_update: true, status: 'pending' },
      { id: ids[3], status: 'hold' },
      { id: closed, status: 'open' },
      { id: 1, status: 'open' },
    ]),
  )
  expect(job.status).toBe('completed')
  expect(rows(job)).toEqual([
    [ids[0], true, 'Updated'],
    [ids[1], false, 'UpdateConflict'],
    [ids[2], false, 'InvalidValue'],
    [ids[3], true, 'Updated'],
    [closed, false, 'RecordInvalid'],
    [1, false, 'RecordNotFound'],
  ])
  expect(job.results[4].details).toBe('Status: closed prevents ticket update')
})

test('an update of many is always safe: what changed after it was queued is a conflict', async () => {
  const started = await bulk({ priority: 'urgent' })
  simulator.advanceBy(1000)
  await ask.order(`/tickets/${ids[0]}`, { tags: ['meanwhile'] })
  const job = await finish(started)
  expect(rows(job)[0]).toEqual([ids[0], false, 'UpdateConflict'])
  expect(rows(job)[1]).toEqual([ids[1], true, 'Updated'])
})

test('half of the rows, all of them or the whole job can fail', async () => {
  await ask.order('/zendesk', { jobs: { failing: 'half' } })
  const half = await finish(await bulk({ priority: 'low' }))
  expect(half.status).toBe('completed')
  expect(rows(half).map((row: Body) => row[1])).toEqual([true, false, true, false])
  await ask.order('/zendesk', { jobs: { failing: 'job' } })
  const none = await finish(await bulk({ priority: 'urgent' }))
  expect(none).toMatchObject({ status: 'failed', results: null })
})

test('thirty jobs in flight are the most', async () => {
  await ask.order('/zendesk', { jobs: { held: true, others: 28 } })
  const first = (await bulk({ priority: 'low' })).body.job_status.id
  const second = (await bulk({ priority: 'low' })).body.job_status.id
  const refused = await bulk({ priority: 'low' })
  expect(refused).toMatchObject({ status: 429, body: { error: 'TooManyJobs', current_job_ids: [first, second] } })
  expect(refused.headers.get('zendesk-ratelimit-inflight-jobs')).toContain('remaining=0')
  expect((await look(first)).status).toBe('queued')
  await ask.order('/zendesk', { jobs: { held: false } })
  simulator.advanceBy(5000)
  const { job_statuses: jobs } = (await ask.zendesk(`/job_statuses/show_many?ids=${first},${second},zzz`)).body
  expect(jobs.map((job: Body) => job.status)).toEqual(['completed', 'completed'])
})

test('a job is forgotten after an hour', async () => {
  const { id } = (await bulk({ priority: 'low' })).body.job_status
  simulator.advanceBy(5000)
  expect((await look(id)).status).toBe('completed')
  simulator.advanceBy(3_600_000)
  expect((await ask.zendesk(`/job_statuses/${id}`)).status).toBe(404)
})

test('more than a hundred tickets, and orders that cannot be read, are refused', async () => {
  expect(
    (
      await bulk(
        {},
        Array.from({ length: 101 }, (_, index) => index + 1),
      )
    ).status,
  ).toBe(400)
  expect((await batch([{ status: 'open' }])).status).toBe(400)
  expect((await ask.write('PUT', '/tickets/update_many', { ticket: {} })).status).toBe(400)
})
