import { describe, expect, test } from 'vitest'
import { markCommentsRead, storeComments } from '#service/db/store-comments.ts'
import { storeIssue } from '#service/db/store-issues.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import { aHandedDesk } from '#test/support/handed-desk.ts'
import { aComment, anIssue, aSighting, aWorkspace, dayMs, hourMs, wednesday } from '#test/support/work-values.ts'

const changed = 'Acme · #101 changed since you went over it'
const minuteMs = 60_000

describe('a ticket that was gone over', () => {
  test('and is otherwise is told, once until it is gone over again', async () => {
    const desk = await aHandedDesk()
    desk.review(101)
    await desk.look()
    expect(desk.news()).toEqual([])
    desk.page(101, { priority: 'high' })
    await desk.look()
    expect(desk.seen.at(-1)?.body).toMatch(/^#101, high: .*\nPriority: normal → high\nYou cover Acme until /)
    desk.page(101, { status: 'hold' })
    await desk.look()
    expect(desk.news()).toEqual([changed])
    await desk.pass(minuteMs)
    desk.review(101)
    await desk.look()
    desk.page(101, { status: 'open' })
    await desk.look()
    expect(desk.news()).toEqual([changed])
    expect(desk.seen.at(-1)?.body).toMatch(/\nStatus: hold → open\nYou cover/)
  })

  test('and on which the customer wrote is told as that, and what else changes later by itself', async () => {
    const desk = await aHandedDesk()
    desk.page(101, { status: 'pending' })
    desk.review(101)
    desk.say(101, 501)
    desk.page(101, { status: 'open' }, wednesday + 8 * hourMs)
    await desk.look()
    expect(desk.news()).toEqual(['Acme · the customer replied, next reply due 18:00'])
    expect(desk.states('handoff-stale')).toEqual(['listed: It is told as a reply of the customer.'])
    desk.page(101, { assigneeId: 13 }, wednesday + 8 * hourMs)
    await desk.look()
    expect(desk.seen.at(-1)?.body).toMatch(/\nAssignee: Anna → Ben\nYou cover/)
    expect(desk.news()).toEqual([`${changed}, next reply due 18:00`])
  })

  test('is told of a reply where alerts of replies are off', async () => {
    const desk = await aHandedDesk({ settings: { alertKindsOff: ['customer-replied'] } })
    desk.review(101)
    desk.say(101, 501)
    await desk.look()
    expect(desk.news()).toEqual([changed])
  })

  test('is not told of what I did', async () => {
    const desk = await aHandedDesk()
    desk.review(101)
    desk.say(101, 11)
    desk.page(101, { status: 'pending' })
    await desk.look()
    expect(desk.news()).toEqual([])
    expect(desk.states('handoff-stale')).toEqual(['listed: You did it yourself.'])
  })

  test('waits for its conversation, which says what happened', async () => {
    const desk = await aHandedDesk()
    desk.page(101, { status: 'pending' })
    desk.review(101)
    const at = wednesday + hourMs
    const seen = { id: 101, status: 'open', assigneeId: 12, updatedAt: at, generatedAt: at }
    storeTicket(desk.db, aSighting({ ...seen, createdAt: wednesday - 10 * dayMs }), at)
    await desk.look()
    expect(desk.news()).toEqual([])
    storeComments(desk.db, [aComment({ id: 7, createdAt: at })])
    markCommentsRead(desk.db, 101, at)
    await desk.look()
    expect(desk.news()).toEqual(['Acme · the customer replied'])
    await desk.look()
    desk.review(101)
    storeTicket(desk.db, aSighting({ ...seen, status: 'hold', updatedAt: at + 1, generatedAt: at + 1 }), at)
    await desk.look()
    expect(desk.news()).toEqual([])
    markCommentsRead(desk.db, 101, at + 1)
    await desk.look()
    expect(desk.news()).toEqual([changed])
  })

  test('and changed before the coverage began is told when it begins', async () => {
    const coverage = { ...aWorkspace().coverages[0], startsAt: wednesday + hourMs } as never
    const desk = await aHandedDesk({ workspace: aWorkspace({ coverages: [coverage] }) })
    desk.review(101)
    desk.page(101, { priority: 'high' })
    desk.say(101, 501)
    await desk.look()
    expect(desk.news()).toEqual([])
    await desk.pass(hourMs)
    expect(desk.news()).toEqual([changed, 'Acme · your coverage begins'])
    expect(desk.seen.at(-2)?.body).toMatch(/Priority: normal → high\nThe customer wrote \(10:00\): “It is slow.”/)
  })

  test('and is solved is listed, and told when it is open again and otherwise', async () => {
    const desk = await aHandedDesk()
    desk.review(101)
    desk.page(101, { status: 'solved', priority: 'high' })
    await desk.look()
    expect(desk.news()).toEqual([])
    expect(desk.states('handoff-stale')).toEqual(['listed: It was settled before this could be told.'])
    desk.page(101, { status: 'open' })
    await desk.look()
    expect(desk.news()).toEqual([changed])
  })

  test('and was moved to an account of nobody here is told, for the account it was handed over with', async () => {
    const desk = await aHandedDesk()
    desk.review(101)
    desk.page(101, { organizationId: 3 })
    await desk.look()
    expect(desk.seen.at(-1)?.body).toMatch(/\nStatus: open → moved\nYou cover Acme/)
    expect(desk.ledger().at(-1)).toMatchObject({ kind: 'handoff-stale', accountId: 1 })
  })

  test('is told that an issue was closed, when GitLab says so', async () => {
    const desk = await aHandedDesk()
    const tell = (parts: object) =>
      storeIssue(
        desk.db,
        1,
        anIssue({ description: 'See https://acme.example/agent/tickets/101', ...parts }),
        wednesday,
        { seenIn: 'list', zendeskHost: 'acme.example' },
      )
    tell({})
    desk.review(101)
    await desk.look()
    tell({ state: 'closed', updatedAt: wednesday + 1 })
    await desk.look()
    expect(desk.seen.at(-1)?.body).toMatch(/\ncustomers\/acme#3 was closed\n/)
  })

  test('waits in quiet hours, and is listed where it was gone over again meanwhile', async () => {
    const desk = await aHandedDesk()
    desk.review(101)
    desk.alerts.pause('hour')
    desk.page(101, { priority: 'high' })
    await desk.look()
    expect(desk.states('handoff-stale')).toEqual(['held: Alerts were paused.'])
    await desk.pass(minuteMs)
    desk.review(101)
    await desk.look()
    await desk.pass(hourMs)
    expect(desk.news()).toEqual([])
    expect(desk.states('handoff-stale')).toEqual(['listed: It was settled before this could be told.'])
  })

  test('is none of mine when the coverage is over, or where it is another one’s', async () => {
    const desk = await aHandedDesk()
    desk.review(101)
    storeWorkspace(desk.db, aWorkspace({ coverages: [] }))
    desk.page(101, { priority: 'high' })
    await desk.look()
    expect(desk.states('handoff-stale')).toEqual([])
  })
})

describe('a ticket that nobody went over', () => {
  const isNot = (id: number) => `Acme · #${id} is not in the handoff`

  test('is told once the handoff is accepted, and no more when that was taken back', async () => {
    const desk = await aHandedDesk()
    desk.foresee(101)
    await desk.look()
    expect(desk.news()).toEqual([])
    desk.accept('accepted')
    await desk.look()
    expect(desk.news()).toEqual([isNot(101)])
    desk.accept('withdrawn')
    desk.page(102)
    await desk.look()
    desk.accept('accepted', 13)
    await desk.look()
    expect(desk.news()).toEqual([])
    desk.accept('accepted')
    await desk.look()
    expect(desk.news()).toEqual([isNot(102)])
  })

  test('and is new is told as that', async () => {
    const desk = await aHandedDesk()
    desk.review(101)
    desk.accept('accepted')
    desk.page(102, { createdAt: wednesday + 1000 })
    await desk.look()
    expect(desk.news()).toEqual(['Acme · new ticket'])
    expect(desk.states('handoff-stale')).toEqual(['listed: It is told as a new ticket.'])
  })

  test('and came before the coverage began, or is open again, is told', async () => {
    const desk = await aHandedDesk()
    desk.review(101)
    desk.accept('accepted')
    desk.page(102, { status: 'solved' })
    await desk.look()
    expect(desk.news()).toEqual([])
    desk.page(102, { status: 'open' })
    await desk.look()
    expect(desk.news()).toEqual([isNot(102)])
  })
})
