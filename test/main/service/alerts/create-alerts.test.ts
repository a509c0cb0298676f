import { describe, expect, test } from 'vitest'
import { markAuditsRead, storeAudits } from '#service/db/store-audits.ts'
import { storeComments, markCommentsRead } from '#service/db/store-comments.ts'
import { insertOutboxRows } from '#service/db/outbox.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { writeCursor, organizationScope } from '#service/db/cursors.ts'
import { insertShift } from '#service/db/shifts.ts'
import { storeUsers, storeWorkspace } from '#service/db/workspace.ts'
import type { WriteDb } from '#service/db/sql.ts'
import type { SignInStanding } from '#service/alerts/standing-alerts.ts'
import { anAlertDesk, markRead, type AlertDesk } from '#test/support/alert-desk.ts'
import { aComment, aSighting, aWorkspace, dayMs, hourMs, wednesday } from '#test/support/work-values.ts'

const minuteMs = 60_000

interface StoredParts {
  readonly breachAt?: number | null
  readonly metric?: string
  readonly [field: string]: unknown
}

let version = 0

/** Stores a ticket as a page tells it: each time a later version. */
function store(db: WriteDb, id: number, at: number, parts: StoredParts = {}) {
  const { breachAt, metric = 'first_reply_time', ...ticket } = parts
  version += 1
  const clocks = breachAt === undefined || breachAt === null ? [] : [{ metric, stage: 'active', breachAt }]
  const updatedAt = at + version
  storeTicket(db, aSighting({ id, createdAt: at, updatedAt, generatedAt: updatedAt, ...ticket }, { clocks }), at)
}

const stateOf = (desk: AlertDesk, kind: string) =>
  desk
    .ledger()
    .filter((alert) => alert.kind === kind)
    .map(({ state, heldBy }) => (heldBy === null ? state : `${state}: ${heldBy}`))

describe('a clock of a covered account', () => {
  test('is announced two hours and half an hour before its end, and when it ends, to the second', async () => {
    const desk = await anAlertDesk()
    const end = wednesday + 5 * hourMs
    store(desk.db, 101, wednesday - 2 * hourMs, { breachAt: end })
    await desk.look()
    desk.news()
    await desk.pass(6 * hourMs)
    expect(desk.seen.slice(-3).map(({ title, at }) => [title, at - end])).toEqual([
      ['Acme · first reply breaches in 2 h (15:00)', -2 * hourMs],
      ['Acme · first reply breaches in 30 min (15:00)', -30 * minuteMs],
      ['Acme · first reply breached 15:00', 0],
    ])
    expect(desk.logged).toEqual([])
  })

  test('that a person dismisses while others are being shown is not shown after that', async () => {
    const dismissed: number[] = []
    const desk: AlertDesk = await anAlertDesk({
      onShow() {
        const claimed = desk.ledger().filter(({ state }) => state === 'claimed')
        dismissed.push(...claimed.slice(1).map(({ id }) => id))
        desk.alerts.dismiss(dismissed)
      },
    })
    desk.news()
    for (const id of [101, 102]) store(desk.db, id, wednesday - 2 * hourMs, { breachAt: wednesday + hourMs })
    await desk.look()
    expect(dismissed).toHaveLength(1)
    expect(desk.seen.flatMap(({ tag }) => dismissed.filter((id) => tag === `alert-${id}`))).toEqual([])
    expect(stateOf(desk, 'breach-coming').toSorted()).toEqual(['dismissed', 'shown'])
  })

  test('is not announced any more when it was met, paused, or its ticket solved', async () => {
    const desk = await anAlertDesk()
    for (const id of [101, 102]) store(desk.db, id, wednesday - 2 * hourMs, { breachAt: wednesday + 5 * hourMs })
    await desk.look()
    desk.news()
    store(desk.db, 101, wednesday, { breachAt: null })
    store(desk.db, 102, wednesday, { breachAt: wednesday + 5 * hourMs, status: 'solved' })
    await desk.look()
    await desk.pass(6 * hourMs)
    expect(desk.news()).toEqual([])
  })

  test('that ended in sleep is announced as ended, and its warnings are only listed', async () => {
    const desk = await anAlertDesk()
    store(desk.db, 101, wednesday, { breachAt: wednesday + 5 * hourMs })
    await desk.look()
    desk.news()
    await desk.sleep(9 * hourMs)
    expect(desk.news()).toEqual(['Acme · first reply breached 15:00'])
    expect(stateOf(desk, 'breach-coming')).toEqual([
      'listed: The clock had ended before this could be told.',
      'listed: The clock had ended before this could be told.',
    ])
  })
})

test('what ended in sleep waits a minute for the sync to say that it was met', async () => {
  const desk = await anAlertDesk({ signIns: () => [{ host: 'Zendesk', endsAt: null, renews: true, problem: null }] })
  for (const id of [101, 102]) store(desk.db, id, wednesday, { breachAt: wednesday + 5 * hourMs })
  const sync = () => [1, 2].forEach((id) => markRead(desk.db, id, desk.clock.now()))
  sync()
  await desk.look()
  desk.news()
  await desk.sleep(9 * hourMs)
  expect(desk.news()).toEqual([])
  store(desk.db, 101, desk.clock.now(), { breachAt: null })
  await desk.look()
  expect(desk.news()).toEqual([])
  sync()
  await desk.look()
  expect(desk.seen.at(-1)).toMatchObject({
    title: 'Acme · first reply breached 15:00',
    body: expect.stringMatching(/^#102/),
  })
  store(desk.db, 103, desk.clock.now(), { breachAt: desk.clock.now() + hourMs })
  await desk.look()
  await desk.sleep(2 * hourMs)
  desk.news()
  await desk.pass(minuteMs - 1)
  expect(desk.news()).toEqual([])
  await desk.pass(1)
  expect(desk.news()).toHaveLength(1)
})

test('a new ticket is shown once; what was there before the account was read is listed', async () => {
  const desk = await anAlertDesk({ readAt: null })
  store(desk.db, 100, wednesday - hourMs)
  await desk.look()
  expect(desk.seen).toEqual([])
  markRead(desk.db, 1, wednesday)
  await desk.look()
  store(desk.db, 101, wednesday + minuteMs)
  await desk.look()
  await desk.look()
  expect(desk.seen).toMatchObject([
    {
      title: 'Acme · new ticket',
      body: expect.stringMatching(/^#101, normal: Runners time out\nYou cover Acme until /),
    },
  ])
  expect(stateOf(desk, 'new-ticket')).toEqual(['listed: It was so before Understudy first read this account.', 'shown'])
})

describe('a new ticket whose clock ends soon', () => {
  const words = 'listed: The alert of the new ticket says it.'

  test('is told once, and then when the next warning is due', async () => {
    const desk = await anAlertDesk()
    store(desk.db, 101, wednesday + minuteMs, { priority: 'urgent', breachAt: wednesday + hourMs })
    await desk.look()
    expect(desk.news()).toEqual(['Acme · new ticket, first reply due 11:00'])
    expect(stateOf(desk, 'breach-coming')).toEqual([words])
    await desk.pass(30 * minuteMs)
    expect(desk.news()).toEqual(['Acme · first reply breaches in 30 min (11:00)'])
  })

  test('is warned of where alerts of new tickets are off, or it is told as an emergency', async () => {
    const desk = await anAlertDesk({ settings: { alertKindsOff: ['new-ticket'] } })
    store(desk.db, 101, wednesday, { breachAt: wednesday + hourMs })
    await desk.look()
    expect(desk.news()).toEqual(['Acme · first reply breaches in 1 h (11:00)'])
    store(desk.db, 102, wednesday, { breachAt: wednesday + hourMs, tags: ['emergency'] })
    await desk.look()
    expect(desk.news()).toEqual([
      'Acme · EMERGENCY, first reply due 11:00',
      'Acme · first reply breaches in 1 h (11:00)',
    ])
  })

  test('is warned of where it got that clock later', async () => {
    const desk = await anAlertDesk()
    store(desk.db, 101, wednesday, { breachAt: wednesday + 5 * hourMs })
    await desk.look()
    desk.news()
    store(desk.db, 101, wednesday, { breachAt: wednesday + hourMs })
    await desk.look()
    expect(desk.news()).toEqual(['Acme · first reply breaches in 1 h (11:00)'])
  })
})

test('an emergency is told as one, once', async () => {
  const desk = await anAlertDesk()
  store(desk.db, 101, wednesday, { tags: ['emergency'] })
  await desk.look()
  store(desk.db, 101, wednesday, { tags: [] })
  await desk.look()
  store(desk.db, 101, wednesday, { tags: ['emergency'] })
  await desk.look()
  expect(desk.news()).toEqual(['Acme · EMERGENCY'])
  expect(stateOf(desk, 'new-ticket')).toEqual(['listed: It is told as an emergency.'])
})

describe('another mark of emergencies', () => {
  const byPriority = { emergencyMark: { by: 'priority' as const, value: 'urgent' } }
  const emergencies = (desk: AlertDesk) =>
    desk
      .ledger()
      .filter(({ kind }) => kind === 'emergency')
      .map(({ ticketId, state, heldBy }) => [ticketId, heldBy === null ? state : `${state}: ${heldBy}`])

  test('is looked for on every ticket: those open and not told yet are told once, solved ones listed', async () => {
    const desk = await anAlertDesk()
    store(desk.db, 101, wednesday, { tags: ['emergency'], priority: 'urgent' })
    store(desk.db, 102, wednesday, { priority: 'urgent' })
    store(desk.db, 103, wednesday, { priority: 'urgent' })
    store(desk.db, 104, wednesday)
    await desk.look()
    store(desk.db, 103, wednesday, { priority: 'urgent', status: 'solved' })
    await desk.look()
    expect(emergencies(desk)).toEqual([[101, 'shown']])
    await desk.set(byPriority)
    expect(emergencies(desk)).toEqual([
      [101, 'shown'],
      [102, 'shown'],
      [103, 'listed: It was settled before this could be told.'],
    ])
    const told = desk.seen.length
    await desk.set({})
    await desk.set(byPriority)
    await desk.look()
    expect(desk.seen).toHaveLength(told)
    store(desk.db, 103, wednesday, { priority: 'urgent', status: 'open' })
    await desk.look()
    expect(emergencies(desk).at(-1)).toEqual([103, 'shown'])
  })

  test('is told where it came while I cover, not where the ticket had it before', async () => {
    const desk = await anAlertDesk()
    for (const id of [101, 102]) store(desk.db, id, wednesday - 20 * dayMs, { priority: id === 101 ? 'urgent' : 'low' })
    for (const id of [101, 102]) store(desk.db, id, wednesday, { priority: 'urgent' })
    await desk.look()
    desk.news()
    await desk.set(byPriority)
    expect(emergencies(desk)).toEqual([[102, 'shown']])
    expect(desk.news()).toEqual(['Acme · EMERGENCY'])
  })

  test('can be a form', async () => {
    const desk = await anAlertDesk({ settings: { emergencyMark: { by: 'form', value: '47', name: 'Emergency' } } })
    store(desk.db, 101, wednesday, { formId: 46, tags: ['emergency'] })
    await desk.look()
    expect(desk.news()).toEqual(['Acme · new ticket'])
    store(desk.db, 101, wednesday, { formId: 47 })
    await desk.look()
    expect(desk.news()).toEqual(['Acme · EMERGENCY'])
    expect(emergencies(desk)).toEqual([[101, 'shown']])
  })
})

test('customers’ replies are told, colleagues’ are not, nor what was answered meanwhile', async () => {
  const desk = await anAlertDesk()
  storeUsers(desk.db, [
    { id: 501, name: 'Carla', role: 'end-user' },
    { id: 12, name: 'Anna', role: 'agent' },
  ])
  const say = (id: number, more: object) => {
    storeComments(desk.db, [aComment({ id, createdAt: wednesday + id, text: `Message ${id}`, ...more })])
    markCommentsRead(desk.db, 101, wednesday + id)
  }
  store(desk.db, 101, wednesday)
  say(1, {})
  await desk.look()
  desk.news()
  say(2, {})
  await desk.look()
  expect(desk.seen.at(-1)).toMatchObject({
    title: 'Acme · the customer replied',
    body: expect.stringMatching(/^#101: Message 2\n/),
  })
  desk.news()
  say(3, { authorId: 12 })
  await desk.look()
  say(4, {})
  say(5, { authorId: 12 })
  await desk.look()
  expect(desk.news()).toEqual([])
  expect(stateOf(desk, 'customer-replied')).toEqual(['shown', 'listed: It was answered before this could be told.'])
})

test('an ASE taken off a ticket and I taken off Cc are told, unless I did it', async () => {
  const desk = await anAlertDesk()
  store(desk.db, 101, wednesday, { ccIds: [11] })
  await desk.look()
  desk.news()
  const audit = { ticketId: 101, createdAt: wednesday + 1 }
  const change = { kind: 'changed' as const, field: 'assignee_id', from: 12, to: 13, public: null }
  storeAudits(desk.db, [
    { ...audit, id: 1, authorId: 11, changes: [change] },
    { ...audit, id: 2, authorId: 99, changes: [change] },
  ])
  store(desk.db, 101, wednesday, { assigneeId: 13, ccIds: [] })
  await desk.look()
  expect(desk.news()).toEqual(['Acme · #101 was taken from Anna', 'Acme · you are off Cc of #101'])
})

test('I am told that I am off Cc where somebody else did it, and not where I took myself off here', async () => {
  const desk = await anAlertDesk()
  const order = {
    byId: 11,
    subject: 's',
    words: 'w',
    stamp: 1,
    before: {},
    host: 'zendesk',
    createdAt: wednesday,
  } as const
  const about = { ticketId: 101, userId: 11 } as const
  store(desk.db, 101, wednesday, { ccIds: [11] })
  await desk.look()
  desk.news()
  insertOutboxRows(desk.db, [{ ...order, wish: { kind: 'remove-cc', ...about } }])
  store(desk.db, 101, wednesday, { ccIds: [] })
  await desk.look()
  expect(desk.news()).toEqual([])
  insertOutboxRows(desk.db, [{ ...order, wish: { kind: 'add-cc', ...about } }])
  store(desk.db, 101, wednesday, { ccIds: [11] })
  store(desk.db, 101, wednesday, { ccIds: [] })
  await desk.look()
  expect(desk.news()).toEqual(['Acme · you are off Cc of #101'])
})

test('an ASE taken off a ticket is told also where the history is read only after the ticket', async () => {
  const desk = await anAlertDesk()
  store(desk.db, 101, wednesday)
  await desk.look()
  desk.news()
  store(desk.db, 101, wednesday, { assigneeId: 13 })
  await desk.look()
  expect(desk.news()).toEqual([])
  const change = { kind: 'changed' as const, field: 'assignee_id', from: 12, to: 13, public: null }
  storeAudits(desk.db, [{ id: 1, ticketId: 101, createdAt: wednesday + 1, authorId: 99, changes: [change] }])
  markAuditsRead(desk.db, 101, wednesday + version, null)
  await desk.look()
  expect(desk.news()).toEqual(['Acme · #101 was taken from Anna'])
  await desk.look()
  expect(desk.news()).toEqual([])
})

test('a clock that is set later and ends before the ASE is back is told', async () => {
  const desk = await anAlertDesk()
  store(desk.db, 101, wednesday)
  await desk.look()
  desk.news()
  store(desk.db, 101, wednesday, { breachAt: wednesday + 5 * hourMs, metric: 'agent_work_time' })
  await desk.look()
  expect(desk.news()).toEqual(['Acme · agent work time breaches in 5 h (15:00), before the ASE is back'])
})

test('a coverage is told of two days before, when it begins and ends, and the meeting when the ASE is back and the day after', async () => {
  const startsAt = wednesday + 3 * dayMs
  const endsAt = startsAt + dayMs
  const workspace = aWorkspace({
    absences: [{ id: 'away', personId: 12, startsAt, endsAt }],
    coverages: [{ id: 'cover', absenceId: 'away', accountId: 1, coverId: 11, startsAt, endsAt }],
  })
  const signIns: SignInStanding[] = [{ host: 'Zendesk', endsAt: startsAt + hourMs, renews: false, problem: null }]
  const desk = await anAlertDesk({ workspace, signIns: () => signIns, readAt: null })
  expect(desk.news()).toEqual(['Zendesk · your sign-in ends Sat 21 Nov 11:00'])
  await desk.pass(dayMs)
  expect(desk.seen.at(-1)?.body).toContain('Your sign-in to Zendesk ends Sat 21 Nov 11:00, before the coverage does.')
  await desk.pass(5 * dayMs)
  expect(desk.news()).toEqual([
    'Acme · you cover from Sat 21 Nov 10:00',
    'Zendesk · your sign-in ends tomorrow 11:00',
    'Acme · your coverage begins',
    'Acme · your coverage is over',
    'Acme · return meeting with Anna',
    'Acme · return meeting due since yesterday 09:00',
  ])
})

test('an account that is out of sight for ten minutes is told of once, and a computer that slept is given its time', async () => {
  const desk = await anAlertDesk({ signIns: () => [{ host: 'Zendesk', endsAt: null, renews: true, problem: null }] })
  const sync = (problem: string | null = null) => {
    const at = problem === null ? { completedAt: desk.clock.now() } : {}
    for (const id of [1, 2]) writeCursor(desk.db, 'zendesk', organizationScope(id), { ...at, problem })
  }
  sync()
  await desk.look()
  await desk.pass(9 * minuteMs)
  sync()
  await desk.look()
  await desk.sleep(3 * hourMs)
  await desk.pass(9 * minuteMs)
  expect(desk.news()).toEqual([])
  sync('Zendesk does not answer.')
  await desk.pass(30 * minuteMs)
  expect(desk.news()).toEqual(['Acme · not seen since 10:09', 'Borealis · not seen since 10:09'])
  expect(desk.seen[0]?.body).toMatch(/^Zendesk does not answer\. What happens there/)
})

test('a shift that nobody takes is told of', async () => {
  const desk = await anAlertDesk()
  const { coverages, absences, ...rest } = aWorkspace()
  const second = coverages.map((one) => ({ ...one, id: 'second', accountId: 3 }))
  storeWorkspace(desk.db, { ...rest, absences, coverages: [...coverages, ...second] })
  insertShift(desk.db, {
    id: 's',
    personId: 11,
    title: 'EMEA',
    startsAt: wednesday + hourMs,
    endsAt: wednesday + 9 * hourMs,
  })
  await desk.look()
  await desk.look()
  expect(desk.news().filter((title) => title.startsWith('On call'))).toEqual([
    'On call 11:00 · nobody takes your shift yet',
  ])
})

test('what happens to my own account while somebody covers it for me is listed, and what comes after it is told', async () => {
  const away = { startsAt: wednesday + hourMs, endsAt: wednesday + 3 * hourMs }
  const workspace = aWorkspace({
    absences: [{ id: 'mine', personId: 11, ...away }],
    coverages: [{ id: 'ben', absenceId: 'mine', accountId: 2, coverId: 13, ...away }],
  })
  const desk = await anAlertDesk({ workspace })
  const open = async (id: number) => {
    store(desk.db, id, desk.clock.now(), { organizationId: 2 })
    await desk.look()
  }
  await open(101)
  await desk.pass(2 * hourMs)
  await open(102)
  await desk.pass(2 * hourMs)
  await open(103)
  expect(desk.seen.map(({ body }) => body.slice(0, 4))).toEqual(['#101', '#103'])
  expect(stateOf(desk, 'new-ticket')[1]).toBe('listed: Somebody covered the account while you were away.')
})

describe('what holds alerts', () => {
  const quiet = {
    quietHours: {
      on: true,
      days: Array.from({ length: 7 }, () => ({ from: '10:00', to: '12:00' })),
      urgentPasses: true,
      urgentMinutes: 30,
    },
  }

  test('quiet hours hold all but what cannot wait, and end in one digest of what still holds', async () => {
    const desk = await anAlertDesk({ settings: quiet })
    for (const id of [101, 102, 103]) store(desk.db, id, wednesday)
    store(desk.db, 104, wednesday, { tags: ['emergency'] })
    await desk.look()
    expect(desk.news()).toEqual(['Acme · EMERGENCY'])
    expect(desk.alerts.quiet()).toEqual({
      reason: 'quiet-hours',
      until: wednesday + hourMs * 2,
      words: 'Quiet hours until 12:00.',
      held: 3,
    })
    store(desk.db, 103, wednesday, { status: 'solved' })
    await desk.pass(3 * hourMs)
    expect(desk.seen.slice(1).map(({ title, at }) => [title, at])).toEqual([
      ['2 alerts from the quiet hours: Acme 2', wednesday + 2 * hourMs],
    ])
  })

  test('a window gets that digest as well, whenever it takes it', async () => {
    const desk = await anAlertDesk({ settings: quiet, native: false })
    for (const id of [101, 102]) store(desk.db, id, wednesday)
    await desk.look()
    expect(await desk.alerts.takePending()).toEqual([])
    await desk.pass(2 * hourMs)
    const titles = (await desk.alerts.takePending()).map(({ title }) => title)
    expect(titles).toEqual(['2 alerts from the quiet hours: Acme 2'])
  })

  test('a pause and a meeting do so too, and end by themselves or by hand', async () => {
    const desk = await anAlertDesk()
    desk.alerts.pause('hour')
    store(desk.db, 101, wednesday)
    await desk.look()
    await desk.pass(2 * hourMs)
    expect(desk.news()).toEqual(['Acme · new ticket'])
    expect(desk.alerts.hold(true)).toMatchObject({ reason: 'meeting', until: desk.clock.now() + 4 * hourMs })
    store(desk.db, 102, desk.clock.now())
    await desk.look()
    expect(desk.news()).toEqual([])
    desk.alerts.hold(false)
    await desk.look()
    expect(desk.news()).toEqual(['Acme · new ticket'])
    expect(desk.alerts.pause('tomorrow')).toMatchObject({ reason: 'paused', until: wednesday + dayMs - hourMs })
  })

  test('a muted account and a kind that is off are listed only', async () => {
    const desk = await anAlertDesk({ settings: { alertKindsOff: ['new-ticket'] } })
    store(desk.db, 101, wednesday)
    await desk.look()
    await desk.set({})
    desk.alerts.mute(1)
    store(desk.db, 102, wednesday, { tags: ['emergency'] })
    await desk.look()
    expect(desk.news()).toEqual([])
    expect(stateOf(desk, 'emergency')).toEqual(['listed: The account is muted.'])
    desk.alerts.unmute(1)
    store(desk.db, 103, wednesday)
    await desk.look()
    expect(desk.news()).toEqual(['Acme · new ticket'])
  })

  test('a snoozed ticket keeps still until its time, and says why it woke and what happened', async () => {
    const desk = await anAlertDesk()
    store(desk.db, 101, wednesday)
    await desk.look()
    desk.news()
    expect(desk.alerts.snooze(101, { kind: 'for', minutes: 60 })).toMatchObject({
      subject: 'Runners time out',
      words: 'Until 11:00',
    })
    store(desk.db, 101, wednesday, { breachAt: wednesday + 100 * minuteMs })
    await desk.look()
    expect(desk.news()).toEqual([])
    expect(desk.alerts.snoozes()).toHaveLength(1)
    await desk.sleep(65 * minuteMs)
    expect(desk.seen.at(-1)).toMatchObject({
      title: 'Acme · #101 is back',
      body: expect.stringMatching(
        /^The time you snoozed it for is over\.\nMeanwhile:\nAcme · first reply breaches in 1 h 40 min \(11:40\)\nYou cover/,
      ),
    })
    expect(desk.alerts.snoozes()).toEqual([])
    expect(stateOf(desk, 'breach-coming')).toContain('listed: It was told when the ticket woke.')
  })

  test('a snooze that would end at once is refused in words', async () => {
    const desk = await anAlertDesk()
    store(desk.db, 101, wednesday, { breachAt: wednesday + 20 * minuteMs })
    expect(() => desk.alerts.snooze(101, { kind: 'before-breach', minutes: 30 })).toThrow(/would wake at once/)
    expect(desk.alerts.snooze(9, { kind: 'reply' })).toBeUndefined()
    store(desk.db, 102, wednesday)
    expect(() => desk.alerts.snooze(102, { kind: 'before-breach', minutes: 30 })).toThrow(/No clock runs/)
  })
})

describe('a notice', () => {
  test('leads to its ticket, and its buttons snooze and dismiss', async () => {
    const desk = await anAlertDesk()
    for (const id of [101, 102, 103]) store(desk.db, id, wednesday)
    await desk.look()
    const [first, second, third] = desk.seen
    expect(first?.actions.map(({ words }) => words)).toEqual(['Snooze 1 h', 'Dismiss'])
    first?.onOpen()
    second?.onAction('snooze')
    third?.onAction('dismiss')
    expect(desk.opened).toEqual([101])
    expect(desk.closed).toEqual([first?.tag, second?.tag, third?.tag])
    expect(stateOf(desk, 'new-ticket')).toEqual(['opened', 'shown', 'dismissed'])
    expect(desk.alerts.snoozes()).toMatchObject([{ ticketId: 102, until: { kind: 'for', minutes: 60 } }])
  })

  test('of a burst is one list that grows in its place and leads to all of them', async () => {
    const desk = await anAlertDesk()
    for (let id = 101; id < 106; id += 1) {
      store(desk.db, id, wednesday)
      await desk.look()
    }
    expect(desk.news().slice(-2)).toEqual(['4 alerts: Acme 4', '5 alerts: Acme 5'])
    const [before, last] = desk.seen.slice(-2)
    expect(last?.tag).toBe(before?.tag)
    expect(desk.closed).toHaveLength(3)
    last?.onOpen()
    expect(desk.opened).toEqual([null])
    await desk.pass(2 * minuteMs)
    store(desk.db, 110, wednesday)
    await desk.look()
    expect(desk.news()).toEqual(['Acme · new ticket'])
  })

  test('of a clock takes the place of an earlier one of the same clock, and of no other', async () => {
    const desk = await anAlertDesk()
    const end = wednesday + 5 * hourMs
    store(desk.db, 101, wednesday - 2 * hourMs, { breachAt: end })
    store(desk.db, 102, wednesday - 2 * hourMs, { breachAt: end + hourMs })
    await desk.look()
    await desk.pass(6 * hourMs)
    const tagOf = (title: RegExp) => desk.seen.find((notice) => title.test(notice.title))?.tag
    const [firstTold, lastTold] = [tagOf(/breaches in 2 h \(15:00\)/), tagOf(/breaches in 30 min \(15:00\)/)]
    expect(desk.closed.filter((tag) => tag === firstTold || tag === lastTold)).toEqual([firstTold, lastTold])
    expect(desk.closed).toHaveLength(4)
  })

  test('waits for a window where the door has none of its own, and is handed out once', async () => {
    const desk = await anAlertDesk({ native: false })
    store(desk.db, 101, wednesday)
    store(desk.db, 102, wednesday)
    await desk.look()
    store(desk.db, 102, wednesday, { status: 'solved' })
    await desk.look()
    expect(desk.seen).toEqual([])
    expect(await desk.alerts.takePending()).toMatchObject([{ title: 'Acme · new ticket', ticketId: 101 }])
    expect(await desk.alerts.takePending()).toEqual([])
    expect(desk.alerts.test()).toBe(false)
  })

  test('can be tried', async () => {
    const desk = await anAlertDesk()
    expect(desk.alerts.test()).toBe(true)
    desk.seen.at(-1)?.onOpen()
    expect([desk.news(), desk.opened]).toEqual([['A test from Understudy'], [null]])
  })
})

test('what was dismissed unseen waits again when that is taken back', async () => {
  const desk = await anAlertDesk()
  desk.alerts.hold(true)
  store(desk.db, 101, wednesday)
  await desk.look()
  const [id = 0] = desk
    .ledger()
    .filter(({ state }) => state === 'held')
    .map((alert) => alert.id)
  desk.alerts.dismiss([id])
  desk.alerts.hold(false)
  await desk.look()
  expect(desk.news()).toEqual([])
  desk.alerts.undismiss([id])
  await desk.look()
  expect(desk.news()).toEqual(['Acme · new ticket'])
})
