import { describe, expect, test } from 'vitest'
import { returnFigures as figuresSchema, type ReturnFigures } from '#contract/return-figures.ts'
import type { ReturnRow } from '#contract/returns.ts'
import type { Workspace } from '#contract/workspace.ts'
import { organizationScope, writeCursor } from '#service/db/cursors.ts'
import { markAuditsRead, storeAudits } from '#service/db/store-audits.ts'
import { markCommentsRead, storeComments } from '#service/db/store-comments.ts'
import { insertOutboxRows } from '#service/db/outbox.ts'
import { readStoredMeeting, storeMeeting } from '#service/db/return-meetings.ts'
import { markReturnOrders, settleReturnOrders } from '#service/db/return-orders.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { readRoster, storeUsers, storeWorkspace } from '#service/db/workspace.ts'
import { buildReturnList } from '#service/returns/build-return-list.ts'
import { returnFigures, type FigureDesk } from '#service/returns/return-figures.ts'
import { writeFigures } from '#service/returns/write-figures.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { policyOf } from '#test/support/policy-of.ts'
import { anAudit } from '#test/support/return-values.ts'
import { aComment, aSighting, aWorkspace, dayMs, hourMs, wednesday } from '#test/support/work-values.ts'

const [ines, anna, ben, carla] = [11, 12, 13, 501]
const canary = 'canary-4711'
/** Friday 10:00 to Wednesday 10:00 in Berlin, passed from Ines to Ben on Tuesday 10:00. */
const startsAt = wednesday - 5 * dayMs
const passedAt = wednesday - dayMs
const endsAt = wednesday
const from = (hours: number) => startsAt + hours * hourMs

/** Anna's Acme was covered by Ines (me) and then by Ben; everything was read an hour after it ended. */
function setUp(parts: Partial<Workspace> = {}) {
  const db = memoryDatabase()
  const shared = { absenceId: 'away', accountId: 1 }
  const workspace = aWorkspace({
    absences: [{ id: 'away', personId: anna, startsAt, endsAt }],
    coverages: [
      { id: 'first', ...shared, coverId: ines, startsAt, endsAt: passedAt },
      { id: 'second', ...shared, coverId: ben, startsAt: passedAt, endsAt },
    ],
    ...parts,
  })
  storeWorkspace(db, workspace)
  storeUsers(db, [
    { id: carla, name: `Carla ${canary}`, role: 'end-user' },
    ...workspace.people.map(({ id, name }) => ({ id, name, role: 'agent' })),
  ])
  const readAt = endsAt + hourMs
  writeCursor(db, 'zendesk', organizationScope(1), { completedAt: readAt })
  let lastId = 0
  /** A ticket as it is read at the end: what was written, by whom and when, and what was changed. */
  const ticket = (
    id: number,
    told: {
      readonly opened?: number
      readonly said?: readonly (readonly [hours: number, authorId: number, isPublic?: boolean])[]
      readonly changed?: readonly (readonly [
        hours: number,
        authorId: number,
        field: string,
        from: unknown,
        to: unknown,
      ])[]
      readonly as?: object
    },
  ) => {
    const { opened = -200, said = [], changed = [], as = {} } = told
    const seen = { id, subject: `It is slow ${canary}`, tags: [canary], createdAt: from(opened), updatedAt: endsAt }
    storeTicket(db, aSighting({ ...seen, generatedAt: endsAt, ...as }), readAt)
    storeComments(
      db,
      said.map(([hours, authorId, isPublic = true]) => {
        const text = `Look at ${canary}`
        lastId += 1
        return aComment({
          id: lastId,
          ticketId: id,
          authorId,
          public: isPublic,
          createdAt: from(hours),
          text,
          html: text,
        })
      }),
    )
    storeAudits(
      db,
      changed.map(([hours, authorId, field, before, after]) => {
        lastId += 1
        const audit = anAudit(0, authorId, { field, from: before, to: after })
        return { ...audit, id: lastId, ticketId: id, createdAt: from(hours) }
      }),
    )
    markCommentsRead(db, id, endsAt)
    markAuditsRead(db, id, endsAt, null)
  }
  const desk = (more: Partial<FigureDesk> = {}): FigureDesk => ({
    ...{ db, roster: readRoster(db), policy: policyOf('2025-04'), now: readAt, setBaseline: 10 },
    emergencyMark: { by: 'tag', value: 'emergency' },
    ticketUrl: (id) => `https://zendesk.example.com/agent/tickets/${id}`,
    openActions: () => [],
    ...more,
  })
  const figures = (more: Partial<FigureDesk> = {}) => figuresSchema.parse(returnFigures(desk(more), 'second'))
  return { db, ticket, desk, figures }
}

/** A ticket of nobody's account that somebody took. */
function take(db: Parameters<typeof storeTicket>[0], id: number, assigneeId: number, takenAt: number): void {
  storeTicket(db, aSighting({ id, organizationId: 90, assigneeId }, { takenAt }), wednesday)
}

/** What happened, for the days of which the figures are reckoned by hand below. */
function aRecord() {
  const setting = setUp()
  const { db, ticket } = setting
  // Friday: Ines answers at 11:00 and notes at 11:30; in the evening at 23:30.
  ticket(101, {
    said: [
      [0.5, carla],
      [1, ines],
      [1.5, ines, false],
      [13.5, ines],
    ],
  })
  // Monday: opened at 10:00, taken on at 12:00, solved at 16:00.
  ticket(102, {
    opened: 72,
    said: [
      [72, carla],
      [74, ines],
    ],
    changed: [[78, ines, 'status', 'open', 'solved']],
    as: { status: 'solved' },
  })
  // Tuesday: Ben, at 09:00 and 10:00 in New York, answers and gives it to Anna.
  ticket(103, {
    said: [
      [101, ben],
      [102, ben],
    ],
    changed: [[102, ben, 'assignee_id', ben, anna]],
    as: { assigneeId: anna },
  })
  // Anna and the customer alone.
  ticket(104, {
    said: [
      [50, carla],
      [51, anna],
    ],
    changed: [[52, anna, 'status', 'pending', 'open']],
  })
  // Mine of nobody's account: on Friday two, on Monday one, on Wednesday, when Ben covers, one; Ben took one.
  for (const [index, hours] of [2, 3, 75, 119].entries()) take(db, 900 + index, ines, from(hours))
  take(db, 910, ben, from(101))
  return setting
}

const perDay = ({ days }: ReturnFigures) =>
  days.map(({ day, working, ...counts }) => `${day} ${working ? 'works' : 'off'} ${Object.values(counts).join(' ')}`)

describe('the figures of a coverage', () => {
  test('are those reckoned by hand', () => {
    const figures = aRecord().figures()
    expect(figures).toMatchObject({
      accountName: 'Acme',
      aseName: 'Anna',
      coverNames: ['Ines', 'Ben'],
      since: startsAt,
      until: endsAt,
      ticketsHandled: 3,
      opened: 1,
      solved: 1,
      transferred: 1,
      replies: 5,
      notes: 1,
      emergencies: 0,
      breached: 0,
      nearlyMissed: 0,
      breachesAvoided: 0,
    })
    // Hours, replies, notes, opened, solved, other tickets taken and planned: 10 a week, less a quarter, over five days.
    expect(perDay(figures)).toEqual([
      '2026-11-13 works 2 2 1 0 0 2 1.5',
      '2026-11-14 off 0 0 0 0 0 0 0',
      '2026-11-15 off 0 0 0 0 0 0 0',
      '2026-11-16 works 2 1 0 1 1 1 1.5',
      '2026-11-17 works 2 2 0 0 0 0 1.5',
      '2026-11-18 works 0 0 0 0 0  ',
    ])
  })

  test('count a ticket that the meeting transferred once it was seen to be so, and only once', () => {
    const { db, desk, figures } = aRecord()
    const { meetingId, accountId, rows } = buildReturnList(desk(), 'first')
    const already = rows.find(({ kind }) => kind === 'transferred')?.ticketId ?? 0
    storeMeeting(db, readStoredMeeting(db, { id: meetingId, accountId }))
    const order = {
      byId: 11,
      subject: 's',
      words: 'w',
      stamp: 1,
      before: {},
      host: 'zendesk',
      createdAt: endsAt,
    } as const
    for (const ticketId of [already, 777]) {
      const wish = { kind: 'assign', ticketId, assigneeId: 12 } as const
      const [entryId = 0] = insertOutboxRows(db, [{ ...order, wish }])
      markReturnOrders(db, [{ meetingId, ticketId, part: 'assign', intent: wish, at: endsAt }])
      settleReturnOrders(db, [{ meetingId, ticketId, part: 'assign', entryId }])
    }
    expect(figures().transferred).toBe(1)
    db.exec(`UPDATE outbox SET state = 'verified'`)
    expect(figures().transferred).toBe(2)
  })

  test('are those of the list of the same meeting', () => {
    const { desk, figures } = aRecord()
    const { rows, since, until } = buildReturnList(desk(), 'first')
    const of = (kind: ReturnRow['kind']) => rows.filter((row) => row.kind === kind)
    const told = (kind: ReturnRow['kind']) => of(kind).flatMap(({ evidence }) => evidence)
    expect(figures()).toMatchObject({
      ...{ since, until },
      opened: of('new').length,
      solved: of('solved').length,
      transferred: of('transferred').length,
      replies: told('replied').length,
      notes: told('noted').length,
    })
    const ofCovers = rows.filter(({ evidence }) => evidence.some(({ byId }) => byId === ines || byId === ben))
    expect(new Set(ofCovers.map(({ ticketId }) => ticketId)).size).toBe(figures().ticketsHandled)
  })

  test('sum up over the days', () => {
    const { days, replies, notes, opened, solved } = aRecord().figures()
    const sum = (key: 'replies' | 'notes' | 'opened' | 'solved') => days.reduce((total, day) => total + day[key], 0)
    expect([sum('replies'), sum('notes'), sum('opened'), sum('solved')]).toEqual([replies, notes, opened, solved])
  })

  test('are by the calendar of who did something, also while the other covered', () => {
    const { ticket, figures } = setUp()
    // Tuesday 18:00 in New York, where Ben covers; it is Wednesday for Ines.
    ticket(101, { said: [[110, ines]] })
    expect(figures().days.filter(({ replies }) => replies > 0)).toMatchObject([{ day: '2026-11-18', hours: 1 }])
  })

  test('go as far as now while somebody covers, and say nothing before', () => {
    const { desk } = aRecord()
    const at = (now: number) => returnFigures(desk({ now }), 'first')
    expect(at(from(4))).toMatchObject({ replies: 1, until: from(4), days: [{ day: '2026-11-13', otherTaken: 2 }] })
    expect(at(startsAt - 1)).toMatchObject({ ticketsHandled: 0, replies: 0, days: [] })
  })

  test('know which days are off for who covers', () => {
    const people = aWorkspace().people.map((person) =>
      person.id === ines ? { ...person, daysOff: ['2026-11-16'] } : person,
    )
    const { figures } = setUp({ people })
    expect(perDay(figures())).toEqual([
      '2026-11-13 works 0 0 0 0 0 0 1.5',
      '2026-11-14 off 0 0 0 0 0 0 0',
      '2026-11-15 off 0 0 0 0 0 0 0',
      '2026-11-16 off 0 0 0 0 0 0 0',
      '2026-11-17 works 0 0 0 0 0 0 1.5',
      '2026-11-18 works 0 0 0 0 0  ',
    ])
  })

  test('plan from what was usual when the coverage began, and nothing where nothing was', () => {
    const { db, figures } = aRecord()
    const measured = () => figures({ setBaseline: null }).days[0]?.otherPlanned
    expect(measured()).toBeNull()
    // Fifteen in the eight weeks before that one; what came during the coverage does not count.
    for (let nth = 0; nth < 15; nth += 1) take(db, 1000 + nth, ines, startsAt - 7 * dayMs)
    expect(measured()).toBeCloseTo((15 / 8 / 5) * 0.75, 6)
  })

  test('have no other tickets where I am the ASE: those of who covers are stored with them', () => {
    const days = setUp({ meId: anna }).figures().days
    expect(days.map(({ otherTaken, otherPlanned }) => [otherTaken, otherPlanned])).toEqual(days.map(() => [null, null]))
  })
})

describe('nothing that a customer wrote', () => {
  test('is in the figures, nor in a file of them', () => {
    const { figures } = aRecord()
    const written = [
      JSON.stringify(figures()),
      ...(['markdown', 'csv'] as const).map((as) => writeFigures(figures(), as, 'Europe/Berlin').text),
    ]
    expect(written.filter((text) => text.includes('canary') || text.includes('slow'))).toEqual([])
    // It is there to be found.
    const { desk } = aRecord()
    expect(JSON.stringify(buildReturnList(desk(), 'first'))).toContain(canary)
  })
})
