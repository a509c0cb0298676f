import { describe, expect, test } from 'vitest'
import type { WriteIntent } from '#contract/outbox.ts'
import { RemoteFailure, type RemoteFailureKind } from '#service/transport/remote-failure.ts'
import type { OutboxSetting, SettingParts } from '#test/support/outbox-setting.ts'
import { simulatorForOutboxes } from '#test/support/outbox-simulator.ts'

const zendesk = simulatorForOutboxes()
const { at } = zendesk

async function tickets(setting: OutboxSetting, count: number): Promise<number[]> {
  const ids: number[] = []
  while (ids.length < count) ids.push(await setting.ticket({ assignee_id: null }))
  return ids
}

const toMe = (setting: OutboxSetting, ids: readonly number[]): WriteIntent[] =>
  ids.map((ticketId) => ({ kind: 'assign', ticketId, assigneeId: setting.me.id }))
const states = (setting: OutboxSetting, ids: readonly number[]) => ids.map((id) => setting.entry(id).state)
const jobs = (setting: OutboxSetting) => setting.sent().filter(({ path }) => path.includes('update_many'))

test('one kind on many tickets goes as one job, each ticket with its own stamp, and each is verified', async () => {
  const setting = at()
  const ids = await tickets(setting, 4)
  const entries = await setting.order(...toMe(setting, ids))
  await setting.settle()
  expect(states(setting, entries)).toEqual(['verified', 'verified', 'verified', 'verified'])
  expect(setting.sent()).toHaveLength(1)
  const rows = jobs(setting)[0]?.body.tickets as { id: number; updated_stamp: string; safe_update: boolean }[]
  expect(rows.map((row) => row.id)).toEqual(ids)
  expect(new Set(rows.map((row) => row.updated_stamp)).size).toBe(4)
  expect(rows.every((row) => row.safe_update)).toBe(true)
  for (const id of ids) expect(setting.truth(id).assigneeId).toBe(setting.me.id)
})

test('more than a hundred go in jobs of a hundred', async () => {
  const setting = at()
  const ids = await tickets(setting, 103)
  const entries = await setting.order(
    ...ids.map((ticketId): WriteIntent => ({ kind: 'tags', ticketId, add: ['cover'], remove: [] })),
  )
  await setting.settle()
  expect(new Set(states(setting, entries))).toEqual(new Set(['verified']))
  expect(jobs(setting).map(({ body }) => body.tickets.length)).toEqual([100, 3])
})

test('a job is asked after by the clock, later and later, and what it is at is told', async () => {
  const setting = at()
  await setting.ask.order('/zendesk', { jobs: { held: true } })
  const ids = await tickets(setting, 2)
  const [entry = 0] = await setting.order(...toMe(setting, ids))
  setting.outbox.start()
  const looks = () => zendesk.simulator.record().filter(({ path }) => path.includes('/job_statuses/')).length
  const before = looks()
  for (const [look, ms] of [0, 1000, 2000, 4000].entries()) {
    setting.pass(ms)
    await expect.poll(looks).toBe(before + look + 1)
    await expect.poll(() => setting.clock.waitingFor.some((time) => time > setting.clock.now())).toBe(true)
  }
  expect(setting.entry(entry)).toMatchObject({
    state: 'sending',
    problem: 'Zendesk is working through the list of changes.',
  })
})

test('the id of a job is on disk: a process that was killed goes on asking after it', async () => {
  const setting = at()
  await setting.ask.order('/zendesk', { jobs: { held: true } })
  const ids = await tickets(setting, 3)
  const entries = await setting.order(...toMe(setting, ids))
  await setting.outbox.flush()
  setting.restart()
  await setting.ask.order('/zendesk', { jobs: { held: false } })
  await setting.settle()
  expect(states(setting, entries)).toEqual(['verified', 'verified', 'verified'])
  expect(setting.sent()).toHaveLength(1)
})

test('rows that failed have words of their own, the others are verified', async () => {
  const setting = at()
  await setting.ask.order('/zendesk', { jobs: { failing: 'half' } })
  const ids = await tickets(setting, 4)
  const entries = await setting.order(...toMe(setting, ids))
  await setting.settle()
  expect(states(setting, entries)).toEqual(['verified', 'failed', 'verified', 'failed'])
  expect(setting.entry(entries[1] ?? 0).problem).toBe(
    `Zendesk did not accept the change to #${ids[1]}: “The ticket could not be updated”.`,
  )
  await setting.ask.order('/zendesk', { jobs: { failing: 'none' } })
  for (const id of entries.filter((entry) => setting.entry(entry).state === 'failed')) setting.outbox.retry(id)
  await setting.settle()
  expect(new Set(states(setting, entries))).toEqual(new Set(['verified']))
})

test('a job that fails as a whole: nothing was made, and each says so', async () => {
  const setting = at()
  await setting.ask.order('/zendesk', { jobs: { failing: 'job' } })
  const entries = await setting.order(...toMe(setting, await tickets(setting, 2)))
  await setting.settle()
  expect(states(setting, entries)).toEqual(['failed', 'failed'])
  expect(setting.entry(entries[0] ?? 0).problem).toMatch(/gave up the list of changes/)
})

test('a row that somebody changed while the job waited is looked at again', async () => {
  const setting = at()
  await setting.ask.order('/zendesk', { jobs: { held: true } })
  const ids = await tickets(setting, 3)
  const entries = await setting.order(...toMe(setting, ids))
  await setting.outbox.flush()
  setting.pass(5000)
  await setting.ask.order(`/tickets/${ids[0]}`, { priority: 'low' })
  await setting.ask.order(`/tickets/${ids[1]}`, { assignee_id: setting.colleague.id })
  await setting.ask.order(`/tickets/${ids[2]}`, { status: 'closed' })
  await setting.ask.order('/zendesk', { jobs: { held: false } })
  await setting.settle()
  expect(states(setting, entries)).toEqual(['verified', 'conflict', 'failed'])
  expect(setting.entry(entries[2] ?? 0).problem).toMatch(/is closed/)
  expect(setting.truth(ids[1] ?? 0).assigneeId).toBe(setting.colleague.id)
})

test('a ticket that is missing when all are looked at is asked for by itself, and says why', async () => {
  const setting = at()
  const ids = await tickets(setting, 4)
  const entries = await setting.order(...toMe(setting, ids))
  await setting.ask.order(`/tickets/${ids[1]}/delete`)
  await setting.ask.order(`/tickets/${ids[2]}/restrict`)
  await setting.settle()
  expect(states(setting, entries)).toEqual(['verified', 'failed', 'failed', 'verified'])
  expect(setting.entry(entries[1] ?? 0).problem).toMatch(/is not in Zendesk any more/)
  expect(setting.entry(entries[2] ?? 0).problem).toMatch(/does not let you/)
})

test('thirty jobs of colleagues are in the way: it waits a minute and goes then', async () => {
  const setting = at()
  await setting.ask.order('/zendesk', { jobs: { others: 30 } })
  const ids = await tickets(setting, 2)
  const single = await setting.ticket()
  const entries = await setting.order(...toMe(setting, ids), { kind: 'follow', ticketId: single })
  await setting.settle()
  expect(states(setting, entries)).toEqual(['queued', 'queued', 'verified'])
  expect(setting.entry(entries[0] ?? 0).problem).toMatch(/busy with other long lists/)
  await setting.ask.order('/zendesk', { jobs: { others: 0 } })
  setting.outbox.start()
  await expect.poll(() => setting.clock.waitingFor).toHaveLength(1)
  setting.pass(60_000)
  await expect.poll(() => setting.entry(entries[0] ?? 0).state).not.toBe('queued')
  await setting.settle()
  expect(states(setting, entries)).toEqual(['verified', 'verified', 'verified'])
})

test.each<[RemoteFailureKind, number, unknown]>([
  ['rate-limited', 429, { error: 'TooManyJobs', current_job_ids: ['a'] }],
  ['rejected', 422, { error: 'TooManyJobs' }],
  ['rejected', 400, { error: { title: 'TooManyJobs', message: 'Account has too many jobs' } }],
  ['server', 503, { error: { title: 'TooManyJobs' } }],
])(
  'TooManyJobs is known by its name (%s, %i): nothing was taken, and nothing else is held up',
  async (kind, status, body) => {
    const setting = at({
      between: async (request, send) => {
        if (!request.url.includes('update_many') || goes) return send(request)
        throw new RemoteFailure(kind, 'Zendesk refused it.', { status, body })
      },
    })
    let goes = false
    const single = await setting.ticket()
    const entries = await setting.order(...toMe(setting, await tickets(setting, 2)), {
      kind: 'follow',
      ticketId: single,
    })
    await setting.outbox.flush()
    expect(states(setting, entries)).toEqual(['queued', 'queued', 'verified'])
    expect(setting.entry(entries[0] ?? 0).problem).toMatch(/busy with other long lists/)
    goes = true
    await setting.settle()
    expect(states(setting, entries)).toEqual(['verified', 'verified', 'verified'])
  },
)

describe('what a job does not tell', () => {
  /** Changes what a job answers once it has ended. */
  function jobSaying(change: (results: readonly { readonly id: number }[]) => unknown): SettingParts {
    return {
      between: async (request, send) => {
        const answer = await send(request)
        const body = answer.body as { job_status?: { results: { id: number }[] | null } } | null
        if (!request.url.includes('/job_statuses/') || !body?.job_status?.results) return answer
        return { ...answer, body: { job_status: { ...body.job_status, results: change(body.job_status.results) } } }
      },
    }
  }

  test('rows in another order are matched by their ids', async () => {
    const setting = at(jobSaying((rows) => rows.toReversed()))
    await setting.ask.order('/zendesk', { jobs: { failing: 'half' } })
    const entries = await setting.order(...toMe(setting, await tickets(setting, 4)))
    await setting.settle()
    expect(states(setting, entries)).toEqual(['verified', 'failed', 'verified', 'failed'])
  })

  test.each([
    ['rows that are missing', (rows: readonly { id: number }[]) => rows.slice(1)],
    ['rows without an id', (rows: readonly { id: number }[]) => rows.map(({ id: _, ...row }) => row)],
    ['no rows at all', () => null],
  ])('%s are looked after by themselves', async (_what, change) => {
    const setting = at(jobSaying(change))
    const ids = await tickets(setting, 3)
    const entries = await setting.order(...toMe(setting, ids))
    await setting.settle()
    expect(states(setting, entries)).toEqual(['verified', 'verified', 'verified'])
    expect(setting.sent()).toHaveLength(1)
  })

  test('a job that Zendesk has forgotten: every ticket is looked at, and what is missing is sent again', async () => {
    const setting = at()
    await setting.ask.order('/zendesk', { jobs: { held: true } })
    const ids = await tickets(setting, 2)
    const entries = await setting.order(...toMe(setting, ids))
    await setting.outbox.flush()
    await setting.ask.order('/misbehave', { target: 'zendesk', kind: '404', pathContains: '/job_statuses/' })
    await setting.ask.order('/zendesk', { jobs: { held: false } })
    await setting.settle()
    expect(states(setting, entries)).toEqual(['verified', 'verified'])
    for (const id of ids) expect(setting.truth(id).assigneeId).toBe(setting.me.id)
  })

  test.each(['lost-502', 'lost-cut', '502', 'hang', 'truncate'] as const)(
    'nobody knows whether the job was taken (%s): the tickets are looked at first',
    async (kind) => {
      const setting = at()
      const ids = await tickets(setting, 2)
      await setting.ask.order('/misbehave', { target: 'zendesk', kind, method: 'PUT' })
      const entries = await setting.order(...toMe(setting, ids))
      await setting.settle()
      expect(states(setting, entries)).toEqual(['verified', 'verified'])
      for (const id of ids) expect(setting.truth(id).assigneeId).toBe(setting.me.id)
    },
  )

  test('the job cannot be asked after for a while: nothing is sent twice', async () => {
    const setting = at()
    const ids = await tickets(setting, 2)
    await setting.ask.order('/misbehave', { target: 'zendesk', kind: '503', pathContains: '/job_statuses/', count: 9 })
    const entries = await setting.order(...toMe(setting, ids))
    await setting.settle()
    expect(states(setting, entries)).toEqual(['verified', 'verified'])
    expect(setting.sent()).toHaveLength(1)
  })
})
