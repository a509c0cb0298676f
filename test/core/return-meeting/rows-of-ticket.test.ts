import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rowsOfTicket } from '#core/return-meeting/rows-of-ticket.ts'
import type { TicketHistory } from '#core/return-meeting/ticket-changes.ts'
import type { HandedTicket } from '#core/return-meeting/ticket-look.ts'
import { anIf } from '#test/support/handoff-values.ts'
import {
  aHistory,
  aMessage,
  anAudit,
  anEvent,
  aReturn,
  after,
  emergencyTag,
  nothingHanded,
} from '#test/support/return-values.ts'

const rows = (history: Partial<TicketHistory>, handed: Partial<HandedTicket> = {}) =>
  rowsOfTicket(aHistory(history), { ...nothingHanded, ...handed }, aReturn(), emergencyTag)
const told = (history: Partial<TicketHistory>, handed: Partial<HandedTicket> = {}) =>
  rows(history, handed).map(({ kind, words }) => `${kind}: ${words}`)
const status = (from: string, to: string) => ({ field: 'status', from, to })
const assigned = (from: number | null, to: number | null) => ({ field: 'assignee_id', from, to })
const running = (breachAt: number) => ({ stage: 'active', breachAt })
const achieved = (breachAt: number) => ({ stage: 'achieved', breachAt })

describe('a ticket', () => {
  test('to which nothing happened has no row', () => {
    expect(rows({ messages: [aMessage(-5)], audits: [anAudit(-4, 12, status('pending', 'open'))] })).toEqual([])
  })

  test('that was opened meanwhile is new, with what was asked and who got it', () => {
    const [row] = rows({
      createdAt: after(1),
      messages: [aMessage(1)],
      audits: [anAudit(2, null, assigned(null, 12), status('new', 'open'))],
    })
    expect(row).toMatchObject({ key: 'ticket:101/new', kind: 'new', words: 'Opened', at: after(2) })
    expect(row?.evidence).toMatchObject([
      { at: after(1), byName: 'Carla', coverName: 'Ines', words: 'Opened', quote: 'It is slow.', isExact: true },
      { at: after(2), byName: null, words: 'Assigned to Anna' },
    ])
  })

  test('that came from another organization is new, and one that went there is gone', () => {
    const moved = (from: number, to: number) => ({ field: 'organization_id', from, to })
    expect(told({ audits: [anAudit(3, 11, moved(9, 1))] })).toEqual(['new: Came from another organization'])
    expect(told({ audits: [anAudit(3, 11, moved(1, 9))] })).toEqual(['gone: Moved to another organization'])
  })

  test('tells what happened to it while it was the account’s, and nothing of what did elsewhere', () => {
    const moved = (from: number, to: number) => ({ field: 'organization_id', from, to })
    const solved = (hours: number) => anAudit(hours, 99, status('open', 'solved'))
    expect(told({ audits: [solved(2), anAudit(3, 11, moved(1, 9)), anAudit(4, 99, status('open', 'hold'))] })).toEqual([
      'gone: Moved to another organization',
      'solved: Solved',
    ])
    expect(told({ audits: [solved(2), anAudit(3, 11, moved(9, 1)), anAudit(4, 99, status('open', 'hold'))] })).toEqual([
      'new: Came from another organization',
      'status: Status: open → hold',
    ])
  })

  test('that was merged or deleted is gone', () => {
    const fate = (kind: string) => [anEvent(3, { fate: [null, kind] }, kind)]
    expect(
      told({ mergedInto: 7, events: fate('ticket-merged'), audits: [anAudit(3, 11, status('open', 'closed'))] }),
    ).toEqual(['gone: Merged into ticket 7'])
    expect(told({ events: fate('ticket-deleted') })).toEqual(['gone: Deleted'])
    expect(told({ events: fate('ticket-archived') })).toEqual([])
  })

  test('that was solved, reopened and waits now has a row for each, with who did it', () => {
    const audits = [
      anAudit(1, 11, status('open', 'solved')),
      anAudit(2, 501, status('solved', 'open')),
      anAudit(3, 13, status('open', 'pending')),
    ]
    expect(told({ audits, status: 'pending' })).toEqual([
      'solved: Solved',
      'reopened: Reopened, now pending',
      'status: Status: open → pending',
    ])
    const [solved] = rows({ audits, status: 'pending' })
    expect(solved?.evidence).toMatchObject([{ byName: 'Ines', words: 'Status: open → solved' }])
  })

  test('that Zendesk closes after it was solved is not solved once more', () => {
    expect(told({ audits: [anAudit(1, null, status('solved', 'closed'))] })).toEqual([
      'status: Status: solved → closed',
    ])
  })

  test('whose priority rose is graver than one whose priority fell', () => {
    const [risen] = rows({ audits: [anAudit(1, 501, { field: 'priority', from: 'normal', to: 'urgent' })] })
    const [fallen] = rows({ audits: [anAudit(1, 501, { field: 'priority', from: 'high', to: null })] })
    expect(risen).toMatchObject({ kind: 'priority', words: 'Priority: normal → urgent' })
    expect(fallen).toMatchObject({ kind: 'priority', words: 'Priority: high → none' })
    expect(risen?.rank).toBeLessThan(fallen?.rank ?? 0)
  })

  test('that became an emergency, or was opened as one, is told once', () => {
    const tags = (from: readonly string[], to: readonly string[]) => ({ field: 'tags', from, to })
    expect(
      told({ audits: [anAudit(1, 11, tags([], ['emergency'])), anAudit(2, 11, tags(['emergency'], []))] }),
    ).toEqual(['emergency: Emergency'])
    expect(told({ createdAt: after(1), tags: ['emergency'] })).toContain('emergency: Emergency')
    expect(told({ tags: ['emergency'] })).toEqual([])
  })
})

describe('who has a ticket', () => {
  test('is told as a transfer where who covers did it, and as a change where others did', () => {
    expect(told({ audits: [anAudit(1, 11, assigned(12, 11)), anAudit(30, 99, assigned(11, 99))] })).toEqual([
      'assignee: Assignee: Ines → user 99',
      'transferred: Assignee: Anna → Ines',
    ])
  })

  test('is told as a repair where who covers gave it back to the ASE from whom others had taken it', () => {
    const audits = [anAudit(1, 99, assigned(12, 99)), anAudit(2, 11, assigned(99, 12))]
    expect(told({ audits })).toEqual(['assignee: Assignee: Anna → user 99', 'guard: Put back as it was handed over'])
  })

  test('who covers is back on Cc after the ticket had lost them', () => {
    const events = [anEvent(1, { cc_ids: ['[11]', '[]'] }), anEvent(2, { cc_ids: ['[]', '[11]'] })]
    expect(rows({ events })).toMatchObject([
      { kind: 'guard', evidence: [{ words: 'Ines is back on Cc', isExact: false }] },
    ])
    expect(rows({ events: events.slice(1) })).toEqual([])
  })
})

describe('a clock', () => {
  const clock = (hours: number, from: object | null, to: object | null) =>
    anEvent(hours, { next_reply_time: [from, to] }, 'ticket-clock-changed')

  test('that ran out before the reply breached, with how late the reply came and what it was', () => {
    const found = rows({
      messages: [aMessage(1), aMessage(6, { authorId: 99, text: 'Here it is.' })],
      events: [clock(1, null, running(after(5))), clock(6, running(after(5)), achieved(after(5)))],
    })
    expect(found).toMatchObject([
      {
        kind: 'breached',
        key: `ticket:101/breached/next_reply_time/${after(5)}`,
        words: 'Next reply was due Wed 18 Nov 15:00, done 60 min late',
        evidence: [{ at: after(5) }, { at: after(6), byId: 99, quote: 'Here it is.' }],
      },
    ])
  })

  test('that still runs breached when it is known to have run out, and not before', () => {
    const clocks = [{ metric: 'first_reply_time', ...running(after(5)) }]
    expect(told({ clocks })).toEqual(['breached: First reply was due Wed 18 Nov 15:00, not done yet'])
    expect(told({ clocks, readUntil: after(5) - 1 })).toEqual([])
  })

  test('that was answered in its last tenth was nearly missed, and one answered before was kept', () => {
    const answeredAt = (hours: number) =>
      told({
        messages: [aMessage(0), aMessage(hours, { authorId: 11 })],
        events: [clock(0, null, running(after(10))), clock(hours, running(after(10)), achieved(after(10)))],
      })
    expect(answeredAt(9)).toContain('nearly-missed: Next reply done 60 min before its end')
    expect(answeredAt(8.9).some((row) => row.startsWith('nearly-missed'))).toBe(false)
  })

  test('that was stopped by waiting for the customer neither breached nor was nearly missed', () => {
    const events = [
      clock(0, null, running(after(10))),
      clock(12, running(after(10)), { stage: 'paused', breachAt: null }),
    ]
    const audits = [anAudit(9.9, 11, status('open', 'pending'))]
    expect(told({ messages: [aMessage(0)], events, audits })).toEqual(['status: Status: open → pending'])
  })

  test('that solving ended breached where nobody had replied, whatever was replied before it began', () => {
    const events = [clock(12, running(after(5)), achieved(after(5)))]
    const audits = [anAudit(12, 99, status('open', 'solved'))]
    const messages = [aMessage(-20), aMessage(-15, { authorId: 99 }), aMessage(1)]
    expect(told({ messages, events, audits })).toContain(
      'breached: Next reply was due Wed 18 Nov 15:00, its clock stopped 7 h late',
    )
  })

  test('that begins after the ticket was solved without a reply is measured from the message that reopened it', () => {
    const audits = [anAudit(-9, 99, status('open', 'solved')), anAudit(0, 501, status('solved', 'open'))]
    const messages = [aMessage(-10), aMessage(0), aMessage(9.5, { authorId: 99 })]
    const events = [clock(0, null, running(after(10))), clock(9.5, running(after(10)), achieved(after(10)))]
    expect(told({ messages, events, audits })).toContain('nearly-missed: Next reply done 30 min before its end')
  })

  test('that had been met before we looked is not said to be breached by what was written later', () => {
    const events = [
      clock(20, achieved(after(2)), running(after(44))),
      clock(21, running(after(44)), achieved(after(44))),
    ]
    const messages = [aMessage(-10), aMessage(-9, { authorId: 12 }), aMessage(20), aMessage(21, { authorId: 12 })]
    expect(told({ messages, events }).filter((row) => row.startsWith('breached'))).toEqual([])
  })

  test('runs on when the priority changes and its end stays', () => {
    const raised = anAudit(2, 501, { field: 'priority', from: 'normal', to: 'high' })
    const events = [clock(1, null, running(after(5))), clock(6, running(after(5)), achieved(after(5)))]
    const found = told({ messages: [aMessage(1), aMessage(6, { authorId: 99 })], events, audits: [raised] })
    expect(found).toContain('breached: Next reply was due Wed 18 Nov 15:00, done 60 min late')
  })

  test('that was over when it was first seen is no breach where nothing tells what ended it', () => {
    const clocks = [{ metric: 'first_reply_time', ...achieved(after(5)) }]
    expect(told({ clocks, readUntil: after(900) })).toEqual([])
  })

  test('that was begun and answered while nobody looked is judged by the conversation', () => {
    const events = [clock(20, null, achieved(after(10)))]
    const messages = [aMessage(-30), aMessage(-29, { authorId: 12 }), aMessage(6), aMessage(12, { authorId: 11 })]
    expect(told({ messages, events })).toContain('breached: Next reply was due Wed 18 Nov 20:00, done 2 h late')
  })
})

describe('what was written', () => {
  test('by who covers is told, notes as private; what others wrote is not', () => {
    const found = rows({
      messages: [
        aMessage(1, { authorId: 11, text: 'We look into it.' }),
        aMessage(2, { authorId: 13, public: false, text: 'Ask the Geo people.' }),
        aMessage(3, { authorId: 12 }),
        aMessage(4),
      ],
    })
    expect(found.map(({ kind, words }) => `${kind}: ${words}`)).toEqual(['replied: 1 reply', 'noted: 1 internal note'])
    expect(found.flatMap(({ evidence }) => evidence.map(({ isPrivate }) => isPrivate))).toEqual([false, true])
  })

  test('to the customer with a day in it is a promise', () => {
    const found = rows({
      messages: [aMessage(1, { authorId: 12, text: 'Hello. We will send the patch by Friday. Bye.' })],
    })
    expect(found).toMatchObject([
      { kind: 'promised', dueOn: '2026-11-20', evidence: [{ quote: 'We will send the patch by Friday.' }] },
    ])
  })
})

describe('what was foreseen', () => {
  const watched = (trigger: Parameters<typeof anIf>[0]) => ({
    ...anIf(trigger),
    trigger: { on: 'customer-replies' } as const,
    since: after(-1),
  })
  const line = { severity: 'stable', contingencies: [] } as const
  const risen = [anAudit(1, 501, { field: 'priority', from: 'normal', to: 'urgent' })]

  test('and happened is told', () => {
    expect(told({ messages: [aMessage(1)] }, { watched: [watched({})] })).toEqual([
      'contingency-fired: If it happens again, then restart Sidekiq',
    ])
    expect(told({}, { watched: [watched({})] })).toEqual([])
  })

  test('was wrong where something grave happened that was not', () => {
    expect(told({ audits: risen }, { line })).toContain(
      'contingency-wrong: It was handed over as stable, and this happened',
    )
    expect(told({ audits: [anAudit(1, 11, status('open', 'solved'))] }, { line })).toEqual(['solved: Solved'])
  })

  test('and can be told by people alone is not said to be wrong', () => {
    expect(told({ audits: risen }, { line: { severity: 'watcher', contingencies: [anIf()] } })).toHaveLength(1)
  })

  test('without a reply is not said to have happened before the conversation was read', () => {
    const by = { ...anIf(), trigger: { on: 'no-reply-by', at: after(5) } as const, since: after(-1) }
    expect(told({ messagesUntil: after(4) }, { watched: [by] })).toEqual([])
    expect(told({}, { watched: [by] })).toHaveLength(1)
  })
})

test('what was noticed counts where Zendesk’s history is not stored that far, under the same keys', () => {
  const events = [anEvent(3, { status: ['open', 'solved'], priority: ['normal', 'high'] })]
  const audits = [
    anAudit(2, 11, { field: 'priority', from: 'normal', to: 'high' }),
    anAudit(3, 11, status('open', 'solved')),
  ]
  const noticed = rows({ events, audits: audits.slice(0, 1), auditsUntil: null })
  const read = rows({ events, audits })
  expect(noticed.map(({ key }) => key)).toEqual(read.map(({ key }) => key))
  expect(noticed.flatMap(({ evidence }) => evidence).every(({ isExact }) => !isExact)).toBe(true)
  expect(read.flatMap(({ evidence }) => evidence)).toMatchObject([
    { byName: 'Ines', isExact: true },
    { byName: 'Ines' },
  ])
})

const hours = fc.integer({ min: -10, max: 60 })
const statuses = fc.constantFrom('new', 'open', 'pending', 'solved', 'closed')
const people = fc.constantFrom(11, 12, 13, 99)
const anyAudit = fc.oneof(
  fc.tuple(hours, people, statuses, statuses).map(([at, by, from, to]) => anAudit(at, by, status(from, to))),
  fc.tuple(hours, people, people, people).map(([at, by, from, to]) => anAudit(at, by, assigned(from, to))),
  fc.tuple(hours, people).map(([at, by]) => anAudit(at, by, { field: 'tags', from: [], to: ['emergency'] })),
)
const anyEvent = fc.oneof(
  fc.tuple(hours, statuses, statuses).map(([at, from, to]) => anEvent(at, { status: [from, to] })),
  fc.tuple(hours, people, people).map(([at, from, to]) => anEvent(at, { cc_ids: [`[${from}]`, `[${to}]`] })),
  fc
    .tuple(hours, hours, fc.constantFrom('active', 'achieved'))
    .map(([at, end, stage]) =>
      anEvent(at, { next_reply_time: [null, { stage, breachAt: after(end) }] }, 'ticket-clock-changed'),
    ),
  fc
    .tuple(hours, hours)
    .map(([at, end]) =>
      anEvent(at, { next_reply_time: [running(after(end)), achieved(after(end))] }, 'ticket-clock-changed'),
    ),
)
const anyMessage = fc
  .tuple(
    hours,
    fc.constantFrom(11, 12, 501),
    fc.boolean(),
    fc.constantFrom('It is slow.', 'We will send it by Friday.'),
  )
  .map(([at, authorId, isPublic, text]) => aMessage(at, { authorId, public: isPublic, text }))
const uniqueById = { selector: ({ id }: { readonly id: number }) => id, maxLength: 8 }
const anyHistory = fc.record({
  createdAt: hours.map(after),
  auditsUntil: fc.option(hours.map(after)),
  audits: fc.uniqueArray(anyAudit, uniqueById),
  events: fc.array(anyEvent, { maxLength: 8 }),
  messages: fc.uniqueArray(anyMessage, uniqueById),
})

/** The same history as another machine may have recorded it: in another order, some of it twice. */
function retold(history: Partial<TicketHistory>, turn: number): Partial<TicketHistory> {
  const turned = <Item>(items: readonly Item[] = []) =>
    [...items.slice(turn % (items.length + 1)), ...items].toReversed()
  return {
    ...history,
    audits: turned(history.audits),
    events: turned(history.events),
    messages: turned(history.messages),
  }
}

describe('whatever happened', () => {
  const watched = [
    { ...anIf(), trigger: { on: 'customer-replies' } as const, since: after(-20) },
    { ...anIf({ id: 'c2' }), trigger: { on: 'no-reply-by', at: after(20) } as const, since: after(-20) },
  ]
  const handed = { line: { severity: 'stable', contingencies: [] }, watched } as const

  test('in whichever order and how often it was recorded, the rows are the same', () => {
    fc.assert(
      fc.property(anyHistory, fc.nat(20), (history, turn) => {
        expect(rows(retold(history, turn), handed)).toEqual(rows(history, handed))
      }),
    )
  })

  test('nothing outside of the window is told, and each key once', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const found = rows(history, handed)
        const keys = found.map(({ key }) => key)
        expect(new Set(keys).size).toBe(keys.length)
        const { startsAt, endsAt } = aReturn()
        const instants = found.flatMap(({ at, evidence }) => [at, ...evidence.map((each) => each.at)])
        expect(instants.filter((at) => at < startsAt || at >= endsAt)).toEqual([])
      }),
    )
  })

  test('what comes later takes no row away, and leaves each its key', () => {
    fc.assert(
      fc.property(anyHistory, anyMessage, (history, message) => {
        const later = {
          ...message,
          id: message.id + 1,
          at: after(47),
          authorId: 11,
          customers: false,
          public: true,
          text: 'Done.',
        }
        const kinds = new Set(['new', 'solved', 'reopened', 'assignee', 'replied', 'noted', 'promised', 'emergency'])
        const keys = (told: Partial<TicketHistory>) =>
          rows(told, handed).flatMap(({ key, kind }) => (kinds.has(kind) ? [key] : []))
        expect(keys({ ...history, messages: [...history.messages, later] })).toEqual(
          expect.arrayContaining(keys(history)),
        )
      }),
    )
  })
})
