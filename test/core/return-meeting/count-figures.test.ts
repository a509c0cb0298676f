import { describe, expect, test } from 'vitest'
import { countFigures, type CountSetting } from '#core/return-meeting/count-figures.ts'
import { rowsOfTicket } from '#core/return-meeting/rows-of-ticket.ts'
import type { TicketHistory } from '#core/return-meeting/ticket-changes.ts'
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
import { wednesday } from '#test/support/work-values.ts'

const [ines, anna, ben, carla] = [11, 12, 13, 501]

/** Counts tickets with the rows that they have on the list. Ines covers in Berlin, then Ben in New York. */
function count(tickets: readonly TicketHistory[], parts: Partial<CountSetting> = {}) {
  const setting = aReturn()
  const rows = tickets.flatMap((ticket) => rowsOfTicket(ticket, nothingHanded, setting, emergencyTag))
  const zoneAt: CountSetting['zoneAt'] = (at, byId) =>
    byId === ben || (byId !== ines && at >= after(24)) ? 'America/New_York' : 'Europe/Berlin'
  return countFigures(rows, tickets, { ...setting, zoneAt, ...parts })
}

/** A clock that was seen to begin and, where somebody ended it, to be gone. */
const clock = (metric: string, from: number, until: number, end: number | null) => {
  const running = { stage: 'active', breachAt: after(until) }
  const seen = (hours: number, before: unknown, now: unknown) =>
    anEvent(hours, { [metric]: [before, now] }, 'ticket-clock-changed')
  return [seen(from, null, running), ...(end === null ? [] : [seen(end, running, null)])]
}

const reply = (hours: number, authorId: number) => aMessage(hours, { authorId, customers: authorId === carla })
const note = (hours: number, authorId: number) => aMessage(hours, { authorId, public: false, customers: false })
const change = (field: string, from: unknown, to: unknown) => ({ field, from, to })

test('a record reckoned by hand', () => {
  // Answered with three hours left, answered a quarter of an hour before its end, and answered by the ASE.
  const answered = aHistory({
    messages: [
      ...[reply(1, carla), reply(2, ines), reply(6, carla), reply(9.75, ines)],
      ...[note(9.9, ines), reply(20, carla), reply(21, anna)],
    ],
    events: [
      ...clock('next_reply_time', 1, 5, 2),
      ...clock('next_reply_time', 6, 10, 9.75),
      ...clock('next_reply_time', 20, 24, 21),
    ],
  })
  const late = aHistory({
    id: 102,
    messages: [reply(3, carla), reply(8, ines)],
    events: clock('next_reply_time', 3, 4, 8),
  })
  const solvedByBen = aHistory({
    id: 103,
    createdAt: after(25),
    audits: [anAudit(30, ben, change('status', 'open', 'solved'))],
    messages: [reply(25, carla)],
  })
  const transferred = aHistory({
    id: 104,
    tags: ['emergency'],
    audits: [
      anAudit(26, ben, change('assignee_id', ben, anna)),
      anAudit(27, carla, change('tags', [], ['emergency'])),
      anAudit(28, anna, change('status', 'open', 'solved')),
      anAudit(29, carla, change('status', 'solved', 'open')),
    ],
  })
  const ofOthers = aHistory({ id: 105, messages: [reply(5, carla), reply(6, anna)] })
  const { days, ...totals } = count([answered, late, solvedByBen, transferred, ofOthers])
  expect(totals).toEqual({
    ticketsHandled: 4,
    opened: 1,
    solved: 2,
    replies: 3,
    notes: 1,
    emergencies: 1,
    breached: 1,
    nearlyMissed: 1,
    breachesAvoided: 2,
  })
  // Ines, at 12:00, 18:00 and in the hour of 19:00 twice; Ben at 06:00 and 10:00 of his own Thursday.
  expect([...days]).toEqual([
    ['2026-11-18', { hours: 3, replies: 3, notes: 1, opened: 0, solved: 0 }],
    ['2026-11-19', { hours: 2, replies: 0, notes: 0, opened: 1, solved: 2 }],
  ])
})

describe('who covers did something on a ticket', () => {
  test('only while they covered and it was the account’s', () => {
    const before = aHistory({ messages: [reply(-1, ines), reply(49, ines)] })
    const moved = aHistory({
      id: 102,
      organizationId: 3,
      audits: [anAudit(2, carla, change('organization_id', 1, 3))],
      messages: [reply(5, ines)],
    })
    const { ticketsHandled, replies, days } = count([before, moved])
    expect({ ticketsHandled, replies, days: days.size }).toEqual({ ticketsHandled: 0, replies: 0, days: 0 })
  })

  test('also where they only changed it, and once however often they did', () => {
    const changed = aHistory({
      audits: [
        anAudit(2, ines, change('priority', 'low', 'high')),
        anAudit(2.5, ines, change('status', 'open', 'hold')),
      ],
    })
    const counted = count([changed, { ...changed, id: 102 }])
    expect(counted).toMatchObject({ ticketsHandled: 2, replies: 0 })
    // The same hour on two tickets is one hour.
    expect(counted.days.get('2026-11-18')).toMatchObject({ hours: 1 })
  })

  test('on the day that it was for them, not for others', () => {
    const late = aHistory({ messages: [reply(14, ines), reply(41, ben)] })
    // 23:00Z is midnight in Berlin; 02:00Z is 21:00 of the day before in New York.
    expect([...count([late]).days.keys()]).toEqual(['2026-11-19'])
  })
})

test('an hour that the clocks repeat is two hours', () => {
  const night = Date.UTC(2026, 9, 25)
  const messages = [0, 30, 60, 90].map((minute) => {
    const at = night + minute * 60_000
    return { ...reply(0, ines), id: at, at }
  })
  const setting = { startsAt: night - 1, endsAt: night + 12 * 3_600_000 }
  const ticket = aHistory({ createdAt: night - 1, messages })
  const { days } = count([ticket], { ...setting, zoneAt: () => 'Europe/Berlin' })
  expect(days.get('2026-10-25')?.hours).toBe(2)
})

describe('a breach is avoided', () => {
  const asked = (answer: ReturnType<typeof reply>) =>
    aHistory({
      messages: [reply(1, carla), answer],
      events: clock('next_reply_time', 1, 5, (answer.at - wednesday) / 3_600_000),
    })

  test('by a public reply of who covers, at the last instant as well', () => {
    expect(count([asked(reply(5, ines))]).breachesAvoided).toBe(1)
    expect(count([asked(reply(5.001, ines))]).breachesAvoided).toBe(0)
    expect(count([asked(reply(4, anna))]).breachesAvoided).toBe(0)
  })

  test('not by solving the ticket, pausing it, or an internal note', () => {
    const solved = aHistory({
      messages: [reply(1, carla)],
      audits: [anAudit(2, ines, change('status', 'open', 'solved'))],
      events: clock('next_reply_time', 1, 5, 2),
    })
    const noted = aHistory({ messages: [reply(1, carla), note(2, ines)], events: clock('next_reply_time', 1, 5, 2) })
    const waiting = { ...solved, id: 103, events: clock('requester_wait_time', 1, 5, 2) }
    expect(count([solved, { ...noted, id: 102 }, waiting]).breachesAvoided).toBe(0)
  })
})
