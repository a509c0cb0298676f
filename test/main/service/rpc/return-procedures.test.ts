import { safe } from '@orpc/client'
import { expect, test } from 'vitest'
import { returnList, type ReturnList } from '#contract/returns.ts'
import { runningService, type RunningService } from '#test/support/running-service.ts'

type Client = RunningService['service']['client']

const refusalOf = async (call: Promise<unknown>) => {
  const { error } = await safe(call)
  return error && 'code' in error ? { code: error.code, message: error.message } : error
}
const told = ({ events }: RunningService, since: number) => events.slice(since).map(({ kind, ids }) => [kind, ...ids])

/** The account of the sample that is covered right now, read once. */
async function covered() {
  const app = await runningService()
  const { client } = app.service
  await client.sync.run({})
  const { meetings } = await client.returns.list({})
  const meeting = meetings.find(({ state, role }) => state === 'covered' && role === 'cover')
  if (!meeting) throw new Error('The sample has no running coverage of mine')
  return { app, client, meeting, coverageId: meeting.coverageId }
}

async function decideWhatIsLeft(client: Client, coverageId: string): Promise<ReturnList> {
  const know = { kind: 'know', note: '', owner: '', dueOn: '' } as const
  for (;;) {
    const list = await client.returns.get({ coverageId })
    const [row] = list.rows.filter(({ decided }) => !decided || decided.changed)
    if (!row) return list
    await client.returns.decide({ coverageId, key: row.key, state: row.state, decision: know })
  }
}

test(
  'a list is gone over row by row, everybody hears of it, and what was decided last is taken back',
  { timeout: 60_000 },
  async () => {
    const { app, client, meeting, coverageId } = await covered()
    const { meetingId } = meeting
    const list = returnList.parse(await client.returns.get({ coverageId }))
    const [first, second] = list.rows
    if (!first || !second) throw new Error('Nothing happened')
    expect(list).toMatchObject({ stage: 'list', undecided: list.rows.length, running: false, at: null })
    let since = app.events.length
    await client.returns.stand({ coverageId, at: first.key, running: true })
    await client.returns.stand({ coverageId, at: first.key, running: true })
    expect(told(app, since)).toEqual([['returns', meetingId]])
    expect(await client.returns.get({ coverageId })).toMatchObject({ running: true, at: first.key })

    since = app.events.length
    const know = { kind: 'know', note: ' Softly ', owner: '', dueOn: '' } as const
    const one = { coverageId, key: first.key, state: first.state }
    expect(await client.returns.decide({ ...one, decision: know })).toEqual({})
    expect(told(app, since)).toEqual([['returns', meetingId]])
    const decided = await client.returns.get({ coverageId })
    expect(decided).toMatchObject({
      undecided: list.undecided - 1,
      decided: 1,
      startedAt: expect.any(Number) as number,
    })
    expect(decided.rows[0]?.decided?.decision).toEqual({ ...know, note: 'Softly' })
    expect((await client.returns.list({})).meetings.find((each) => each.meetingId === meetingId)?.decided).toBe(1)

    since = app.events.length
    expect(await client.returns.undo({ coverageId })).toEqual({ key: first.key })
    expect(await client.returns.undo({ coverageId })).toEqual({ key: null })
    expect(told(app, since)).toEqual([['returns', meetingId]])
    expect(await refusalOf(client.returns.decide({ ...one, state: 'then', decision: know }))).toEqual({
      code: 'REFUSED',
      message: 'Something came to this row since you saw it. Look at it again, then decide.',
    })
    const wrong = { ...know, owner: 'Dana' }
    expect(await refusalOf(client.returns.decide({ ...one, decision: wrong }))).toMatchObject({ code: 'BAD_REQUEST' })
    expect(await refusalOf(client.returns.undo({ coverageId: 'none' }))).toMatchObject({ code: 'NOT_FOUND' })
  },
)

test(
  'an account is handed back at the end of its list: it is covered no more, until that is taken back',
  { timeout: 60_000 },
  async () => {
    const { app, client, meeting, coverageId } = await covered()
    const { meetingId, accountId } = meeting
    const isCovered = async () =>
      (await client.coverage.list({})).coverages.some((one) => one.accountId === accountId && one.phase === 'running')
    expect(await refusalOf(client.returns.settle({ coverageId, settled: true }))).toMatchObject({ code: 'REFUSED' })
    expect(await refusalOf(client.returns.handBack({ coverageId }))).toMatchObject({ code: 'REFUSED' })
    expect(await decideWhatIsLeft(client, coverageId)).toMatchObject({ undecided: 0 })
    let since = app.events.length
    expect(await client.returns.settle({ coverageId, settled: true })).toMatchObject({ stage: 'wrap-up' })
    expect(told(app, since)).toEqual([['returns', meetingId]])
    const before = await client.workload.day({})
    expect(await isCovered()).toBe(true)

    since = app.events.length
    const { meeting: back, lifted } = await client.returns.handBack({ coverageId })
    expect(told(app, since)).toEqual([['returns', meetingId], ['coverage']])
    expect(back).toMatchObject({ stage: 'handed-back', handedBackAt: expect.any(Number) as number })
    expect(await isCovered()).toBe(false)
    const after = await client.workload.day({})
    expect(after.share).toBeGreaterThan(before.share)
    const percent = (share: number) => `${share * 100} %`
    expect(lifted).toContain(`Your load is ${percent(after.share)} again; it was ${percent(before.share)}.`)
    expect(await refusalOf(client.returns.settle({ coverageId, settled: false }))).toMatchObject({ code: 'REFUSED' })

    since = app.events.length
    expect(await client.returns.takeBack({ coverageId })).toMatchObject({ stage: 'wrap-up', handedBackAt: null })
    expect(told(app, since)).toEqual([['returns', meetingId], ['coverage']])
    expect(await isCovered()).toBe(true)
    expect((await client.workload.day({})).share).toBe(before.share)
    expect(await client.returns.settle({ coverageId, settled: false })).toMatchObject({ stage: 'list' })
  },
)
