import { safe } from '@orpc/client'
import { onTestFinished, expect, test } from 'vitest'
import { planDetail } from '#contract/plans.ts'
import { runningService, type RunningService } from '#test/support/running-service.ts'
import { createSimulator } from '#test/support/simulator.ts'

const dana = 360900000102
const week = { startsAt: '2030-12-16T09:00', endsAt: '2030-12-20T17:00' }

/** My machine, connected to my own Zendesk, where Dana is the ASE of two accounts. */
async function connected() {
  const own = await createSimulator({ seed: 5, speed: 0, scale: 30 })
  onTestFinished(() => own.stop())
  const app = await runningService()
  const { client } = app.service
  await client.connections.connectZendesk(own.description.zendesk)
  const [first, second, third] = own.description.workspace.accounts.map(({ id }) => id)
  const accounts = { first: first ?? 0, second: second ?? 0, third: third ?? 0 }
  for (const organizationId of [accounts.first, accounts.second])
    await client.accounts.add({ organizationId, aseId: dana })
  const { meId, people } = own.description.workspace
  const other = people.find(({ id }) => id !== meId && id !== dana)?.id ?? 0
  return { app, client, meId, other, ...accounts }
}

const refusal = async (call: Promise<unknown>) => {
  const { error } = await safe(call)
  return error && 'code' in error ? { code: error.code, message: error.message } : error
}
const told = ({ events }: RunningService, since: number) => events.slice(since).map(({ kind, ids }) => [kind, ...ids])

test(
  'from planning to covering: a plan is made, asked, accepted, shows in every list, and goes',
  { timeout: 60_000 },
  async () => {
    const { app, client, meId, first, second } = await connected()
    const plan = planDetail.parse(await client.plans.create({ aseId: dana, ...week }))
    expect(plan).toMatchObject({ aseId: dana, own: false, phase: 'upcoming', accounts: 2, missing: 2, askedOfMe: 0 })
    expect(new Set(plan.accountList.map(({ id }) => id))).toEqual(new Set([first, second]))
    expect(plan.findings.map(({ kind }) => kind)).toEqual(['gap', 'gap'])
    expect(plan.checklist.find(({ id }) => id === 'review')).toMatchObject({ dueOn: '2030-12-09', doneAt: null })
    expect(plan).not.toHaveProperty('notes')
    const planId = plan.id

    const put = await client.plans.putEntry({ planId, accountId: first, coverId: meId, ...week })
    const entryId = put.entries[0]?.id ?? ''
    expect(put.entries).toMatchObject([{ mine: true, request: { state: 'draft' } }])
    const since = app.events.length
    expect(await client.plans.ask({ planId, entryIds: [entryId] })).toMatchObject({ askedOfMe: 1 })
    expect(told(app, since)).toEqual([['coverage', planId]])
    expect((await client.coverage.list({})).coverages).toEqual([])

    const accepted = await client.plans.answer({ planId, entryId, answer: 'accept' })
    expect(accepted).toMatchObject({ missing: 1, askedOfMe: 0, entries: [{ request: { state: 'accepted' } }] })
    expect((await client.coverage.list({})).coverages).toMatchObject([
      { accountId: first, mine: true, phase: 'upcoming' },
    ])
    expect(await client.plans.tick({ planId, stepId: 'review', done: true })).toMatchObject({ missing: 1 })
    expect((await client.plans.list({})).plans).toMatchObject([{ id: planId, missing: 1, aseName: plan.aseName }])

    const narrowed = await client.plans.change({ planId, accountIds: [first], endsAt: '2030-12-18T12:00' })
    expect(narrowed).toMatchObject({ accounts: 1, missing: 0, entries: [{ request: { state: 'accepted' } }] })
    expect((await client.coverage.list({})).coverages).toMatchObject([{ endsAt: narrowed.endsAt }])

    await client.plans.remove({ planId })
    expect((await client.plans.list({})).plans).toEqual([])
    expect((await client.coverage.list({})).coverages).toEqual([])
    expect(await refusal(client.plans.get({ planId }))).toEqual({
      code: 'NOT_FOUND',
      message: 'This plan is not known here, or was taken away.',
    })
    expect(await client.plans.restore({ planId })).toEqual({ ...narrowed, now: expect.any(Number) as number })
    expect((await client.plans.removeEntry({ planId, entryId })).entries).toEqual([])
  },
)

test('whoever is an agent of Zendesk can be asked to cover, and nobody else', { timeout: 60_000 }, async () => {
  const { client, other, first } = await connected()
  const { id: planId } = await client.plans.create({ aseId: dana, ...week })
  expect((await client.people.list({})).people.map(({ id }) => id)).not.toContain(other)
  const { entries } = await client.plans.putEntry({ planId, accountId: first, coverId: other, ...week })
  const known = (await client.people.list({})).people.find(({ id }) => id === other)
  expect(entries).toMatchObject([{ coverId: other, coverName: known?.name, mine: false }])
  expect(await refusal(client.plans.putEntry({ planId, accountId: first, coverId: 5, ...week }))).toEqual({
    code: 'REFUSED',
    message: 'Covering engineer: user 5 is no agent of your Zendesk. Choose somebody else.',
  })
})

test(
  'a mistake is told at its field, and a time that can be doubted is told with the plan',
  { timeout: 60_000 },
  async () => {
    const { client, third } = await connected()
    const create = (change: object) => refusal(client.plans.create({ aseId: dana, ...week, ...change }))
    expect(await create({ endsAt: '2030-12-15T09:00' })).toMatchObject({
      code: 'REFUSED',
      message: expect.stringContaining('Until: the absence would end') as string,
    })
    expect(await create({ accountIds: [third] })).toMatchObject({
      message: expect.stringContaining('Accounts: ') as string,
    })
    expect(await create({ startsAt: 'soon' })).toMatchObject({ code: 'BAD_REQUEST' })
    expect(await create({ accountIds: [] })).toMatchObject({ code: 'BAD_REQUEST' })
    expect((await client.plans.list({})).plans).toEqual([])
    const { timeZone } = (await client.people.list({})).people.find(({ id }) => id === dana) ?? { timeZone: 'UTC' }
    const twice = twiceIn(timeZone)
    const { notes } = await client.plans.create({ aseId: dana, startsAt: twice, endsAt: '2031-12-01T00:00' })
    expect(notes).toEqual([expect.stringContaining(`the clocks in ${timeZone} show`)])
  },
)

/** A time of autumn 2031 that the clocks of a zone show twice. */
function twiceIn(timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  const seen = new Set<string>()
  for (let at = Date.UTC(2031, 8, 1); at < Date.UTC(2031, 11, 1); at += 900_000) {
    const shown = format.format(at).replace(' ', 'T')
    if (seen.has(shown)) return shown
    seen.add(shown)
  }
  throw new Error(`The clocks in ${timeZone} are not set back`)
}

test('what covering would mean is told before anything is planned', { timeout: 60_000 }, async () => {
  const { client, first, meId } = await connected()
  const { now } = await client.plans.list({})
  const windows = [{ accountId: first, startsAt: now, endsAt: now + 86_400_000 }]
  expect(await client.plans.whatIf({ windows })).toMatchObject({ coverId: meId })
  expect((await client.plans.list({})).plans).toEqual([])
})

test(
  'a plan goes from one machine to another and back, and a crossing is settled by choosing',
  { timeout: 60_000 },
  async () => {
    const [mine, theirs] = [await connected(), await connected()]
    const { id: planId } = await mine.client.plans.create({ aseId: dana, ...week })
    const { fileName, text } = await mine.client.plans.export({ planId, as: 'markdown' })
    expect(fileName).toMatch(/^coverage-[a-z-]+-2030-12-16\.md$/)
    const preview = await theirs.client.plans.import({ text, apply: false })
    expect(preview).toMatchObject({ planId, fresh: true, conflicts: [] })
    expect((await theirs.client.plans.list({})).plans).toEqual([])
    const since = theirs.app.events.length
    await theirs.client.plans.import({ text, apply: true })
    expect(told(theirs.app, since)).toEqual([['coverage', planId]])
    await theirs.client.plans.change({ planId, endsAt: '2030-12-21T17:00' })
    await mine.client.plans.change({ planId, endsAt: '2030-12-22T17:00' })
    const back = await theirs.client.plans.export({ planId, as: 'file' })
    const { conflicts } = await mine.client.plans.import({ text: back.text, apply: true })
    expect(conflicts).toMatchObject([{ field: 'endsAt', sides: [{}, {}] }])
    const resolved = await mine.client.plans.resolve({ planId, field: 'endsAt', side: 1 })
    expect(resolved.conflicts).toEqual([])
    expect(await refusal(mine.client.plans.resolve({ planId, field: 'endsAt', side: 1 }))).toMatchObject({
      code: 'REFUSED',
    })
    expect(await refusal(mine.client.plans.import({ text: 'Hello', apply: true }))).toMatchObject({
      code: 'REFUSED',
      message: expect.stringContaining('no coverage plan') as string,
    })
  },
)
