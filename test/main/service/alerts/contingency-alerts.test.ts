import { describe, expect, test } from 'vitest'
import { storeIssue } from '#service/db/store-issues.ts'
import { aHandedDesk } from '#test/support/handed-desk.ts'
import { anIssue, aWorkspace, dayMs, hourMs, wednesday } from '#test/support/work-values.ts'

const fired = 'Acme · If it happens again'
const minuteMs = 60_000

test('the customer’s reply that was foreseen is told in the ASE’s words, once, and not as a reply as well', async () => {
  const desk = await aHandedDesk()
  desk.watch(101, { on: 'customer-replies' })
  await desk.look()
  expect(desk.news()).toEqual([])
  desk.say(101, 501)
  await desk.look()
  expect(desk.news()).toEqual([fired])
  expect(desk.seen.at(-1)?.body).toMatch(/^Anna wrote: “restart Sidekiq”\n#101, normal: .*\nYou cover Acme until /)
  expect(desk.states('customer-replied')).toEqual(['listed: It is told as what the ASE foresaw.'])
  desk.say(101, 501)
  await desk.look()
  expect(desk.news()).toEqual(['Acme · the customer replied'])
})

describe('a reply', () => {
  test('is told as one where what was foreseen is switched off', async () => {
    const desk = await aHandedDesk({ settings: { alertKindsOff: ['contingency'] } })
    desk.watch(101, { on: 'customer-replies' })
    desk.say(101, 501)
    await desk.look()
    expect(desk.news()).toEqual(['Acme · the customer replied'])
    expect(desk.states('contingency')).toEqual(['listed: Alerts of this kind are switched off in Settings.'])
  })

  test('that waits as one goes on waiting when what was foreseen is switched on', async () => {
    const desk = await aHandedDesk({ settings: { alertKindsOff: ['contingency'] } })
    desk.alerts.pause('hour')
    desk.watch(101, { on: 'customer-replies' })
    desk.say(101, 501)
    await desk.look()
    await desk.set({})
    expect(desk.states('customer-replied')).toEqual(['held: Alerts were paused.'])
    await desk.pass(hourMs)
    expect(desk.news()).toEqual(['Acme · the customer replied'])
  })

  test('from before it was foreseen fires nothing, nor does ours or an internal note', async () => {
    const desk = await aHandedDesk()
    desk.say(101, 501)
    await desk.pass(hourMs)
    desk.watch(101, { on: 'customer-replies' })
    desk.say(101, 13)
    desk.say(101, 501, { public: false })
    await desk.look()
    expect(desk.states('contingency')).toEqual([])
  })

  test('that was answered before it could be told is listed', async () => {
    const desk = await aHandedDesk()
    desk.watch(101, { on: 'customer-replies' })
    desk.say(101, 501)
    desk.say(101, 13)
    await desk.look()
    expect(desk.states('contingency')).toEqual(['listed: It was answered before this could be told.'])
    expect(desk.news()).toEqual([])
  })

  test('from before the coverage fires nothing; the first one in it does', async () => {
    const coverage = { ...aWorkspace().coverages[0], startsAt: wednesday + hourMs } as never
    const desk = await aHandedDesk({ workspace: aWorkspace({ coverages: [coverage] }) })
    desk.watch(101, { on: 'customer-replies' })
    desk.say(101, 501)
    await desk.pass(hourMs)
    expect(desk.news()).toEqual(['Acme · your coverage begins'])
    desk.say(101, 501)
    await desk.look()
    expect(desk.news()).toEqual([fired])
  })

  test('that came before the handoff was taken in is told in the ASE’s words all the same', async () => {
    const desk = await aHandedDesk()
    desk.say(101, 501)
    await desk.look()
    expect(desk.news()).toEqual(['Acme · the customer replied'])
    desk.clock.step(-hourMs)
    desk.watch(101, { on: 'customer-replies' })
    desk.clock.step(hourMs)
    await desk.look()
    expect(desk.news()).toEqual([fired])
  })
})

describe('a priority', () => {
  test('that is raised fires; one that is lowered does not', async () => {
    const desk = await aHandedDesk()
    desk.watch(101, { on: 'severity-raised' })
    desk.page(101, { priority: 'low' })
    await desk.look()
    expect(desk.news()).toEqual([])
    desk.page(101, { priority: 'normal' })
    await desk.look()
    expect(desk.news()).toEqual([fired])
    desk.page(101, { priority: 'urgent' })
    await desk.look()
    expect(desk.news()).toEqual([])
  })

  test('that marks an emergency is told as one as well', async () => {
    const desk = await aHandedDesk({ settings: { emergencyMark: { by: 'priority', value: 'urgent' } } })
    desk.watch(101, { on: 'severity-raised' })
    desk.page(101, { priority: 'urgent' })
    await desk.look()
    expect(desk.news().toSorted()).toEqual(['Acme · EMERGENCY', fired])
  })
})

describe('a status', () => {
  test('that is reached fires, also one that ends the ticket; another one does not', async () => {
    const desk = await aHandedDesk()
    desk.foresee(
      101,
      { id: 'c1', trigger: { on: 'status', to: 'solved' } },
      { id: 'c2', if: 'it waits', trigger: { on: 'status', to: 'hold' } },
    )
    desk.page(101, { status: 'pending' })
    await desk.look()
    expect(desk.news()).toEqual([])
    desk.page(101, { status: 'hold' })
    await desk.look()
    expect(desk.news()).toEqual(['Acme · If it waits'])
    desk.page(101, { status: 'solved' })
    await desk.look()
    expect(desk.news()).toEqual([fired])
  })

  test('that a solved ticket had on its way is listed', async () => {
    const desk = await aHandedDesk()
    desk.watch(101, { on: 'status', to: 'hold' })
    desk.page(101, { status: 'hold' })
    desk.page(101, { status: 'solved' })
    await desk.look()
    expect(desk.states('contingency')).toEqual(['listed: It was settled before this could be told.'])
  })
})

describe('a time without an answer', () => {
  const at = wednesday + 3 * hourMs

  test('is told at its end, to the second', async () => {
    const desk = await aHandedDesk()
    desk.watch(101, { on: 'no-reply-by', at })
    desk.say(101, 501)
    await desk.look()
    desk.news()
    await desk.pass(4 * hourMs)
    expect(desk.seen.slice(-1).map((one) => [one.title, one.at - at])).toEqual([[fired, 0]])
  })

  test('is not told after an answer, and one that came late is listed', async () => {
    const desk = await aHandedDesk()
    desk.watch(101, { on: 'no-reply-by', at })
    desk.say(101, 13)
    await desk.pass(4 * hourMs)
    expect(desk.states('contingency')).toEqual([])
    desk.watch(101, { on: 'no-reply-by', at: at + 2 * hourMs })
    desk.clock.step(2 * hourMs)
    desk.say(101, 13)
    await desk.look()
    expect(desk.states('contingency')).toEqual(['listed: It was answered before this could be told.'])
  })

  test('is not told where what fires it was written anew', async () => {
    const desk = await aHandedDesk()
    desk.watch(101, { on: 'no-reply-by', at })
    await desk.look()
    desk.watch(101, { on: 'no-reply-by', at: at + dayMs })
    await desk.look()
    await desk.pass(4 * hourMs)
    expect(desk.states('contingency')).toEqual([])
  })
})

describe('an issue', () => {
  const tell = (desk: Awaited<ReturnType<typeof aHandedDesk>>, parts: object) =>
    storeIssue(desk.db, 1, anIssue(parts), wednesday)

  test('that is closed fires, when GitLab says so', async () => {
    const desk = await aHandedDesk()
    tell(desk, {})
    desk.watch(101, { on: 'issue-closed', projectId: 7, iid: 3 })
    await desk.look()
    tell(desk, { title: 'Upgrade to 19.1', updatedAt: wednesday + 1000 })
    await desk.look()
    expect(desk.news()).toEqual([])
    tell(desk, { state: 'closed', updatedAt: wednesday + minuteMs })
    await desk.look()
    expect(desk.news()).toEqual([fired])
  })

  test('that is met only as closed fires where it was closed since', async () => {
    const desk = await aHandedDesk()
    desk.watch(101, { on: 'issue-closed', projectId: 7, iid: 3 })
    desk.watch(101, { on: 'issue-closed', projectId: 7, iid: 4 })
    tell(desk, { state: 'closed', updatedAt: wednesday })
    tell(desk, { iid: 4, state: 'closed', updatedAt: wednesday + minuteMs })
    await desk.look()
    desk.page(101)
    await desk.look()
    expect(desk.news()).toEqual([fired])
  })
})

test('what the ASE wrote anew is watched for no more, and what is watched for still goes on', async () => {
  const desk = await aHandedDesk()
  desk.foresee(
    101,
    { id: 'c1', trigger: { on: 'status', to: 'hold' } },
    { id: 'c2', if: 'they write', trigger: { on: 'customer-replies' } },
  )
  await desk.pass(minuteMs)
  desk.foresee(101, { id: 'c2', if: 'they write', trigger: { on: 'customer-replies' } })
  desk.page(101, { status: 'hold' })
  desk.say(101, 501)
  await desk.look()
  expect(desk.news()).toEqual(['Acme · If they write'])
  expect(desk.ledger().find(({ kind }) => kind === 'contingency')).toMatchObject({
    instance: `c2 since ${wednesday}`,
    ticketId: 101,
  })
})
