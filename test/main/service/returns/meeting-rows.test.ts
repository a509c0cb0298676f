import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MeetingRow, ReturnDecision, ReturnList } from '#contract/returns.ts'
import { decideRow, undoDecision } from '#service/returns/decide-row.ts'
import { settleList, standAt } from '#service/returns/go-over-list.ts'
import { stateOf } from '#service/returns/meeting-rows.ts'
import { withMemoryDatabase } from '#test/support/memory-database.ts'
import { aMeeting, twoWeeks, type MeetingSetting } from '#test/support/meeting-setting.ts'
import { dayMs, hourMs } from '#test/support/work-values.ts'

/** What was decided, as somebody remembers it who writes everything down. */
interface Remembered {
  readonly key: string
  readonly state: string
  readonly decision: ReturnDecision
}

/** One thing that somebody does, with numbers that say to what. */
interface Deed {
  readonly what: keyof typeof deeds
  readonly which: number
  readonly how: number
}

interface World {
  readonly meeting: MeetingSetting
  readonly log: Remembered[]
  readonly tickets: number[]
}

const pick = <Value>(values: readonly Value[], place: number): Value | undefined => values[place % values.length]

const decisionBy = (row: MeetingRow, how: number): ReturnDecision => {
  const kind = pick(row.decisions, how) ?? 'know'
  const who = kind === 'follow-up' ? { owner: 'Anna', dueOn: '2026-12-04' } : { owner: '', dueOn: '' }
  return { kind, note: how % 3 === 0 ? `Note ${how}` : '', ...who }
}

/** What a list says beside when that was. */
const said = ({ now: _now, until: _until, startedAt: _startedAt, ...list }: ReturnList) => list

function plan({ meeting }: World, endsAt: number, coverages: readonly (readonly [string, number, number, number])[]) {
  meeting.plan({
    absences: [{ id: 'anna-away', personId: 12, startsAt: twoWeeks.startsAt, endsAt }],
    coverages: coverages.map(([id, coverId, startsAt, until]) => ({
      ...{ id, coverId, startsAt, endsAt: until, absenceId: 'anna-away', accountId: 1 },
    })),
  })
}

function onTicket({ meeting, tickets }: World, which: number, change: (id: number) => void): void {
  const id = pick(tickets, which)
  if (id !== undefined) change(id)
  else meeting.pass(hourMs)
}

const deeds = {
  open: ({ meeting, tickets }: World, _: number, how: number) => {
    const id = 201 + tickets.length
    tickets.push(id)
    meeting.page(id, { assigneeId: pick([11, 12, null], how) ?? null, status: 'new' })
  },
  say: (world: World, which: number, how: number) =>
    onTicket(world, which, (id) => {
      const text = how % 4 === 0 ? 'We will send the patch by Friday.' : `Message ${how}`
      world.meeting.say(id, { authorId: pick([11, 501, 11, 12], how) ?? null, public: how % 2 === 0, text })
    }),
  change: (world: World, which: number, how: number) =>
    onTicket(world, which, (id) => {
      const status = pick(['open', 'pending', 'solved', 'closed'], how)
      world.meeting.page(id, status === undefined ? {} : { status }, 11)
    }),
  raise: (world: World, which: number, how: number) =>
    onTicket(world, which, (id) => world.meeting.page(id, { priority: pick(['low', 'high', 'urgent'], how) ?? null })),
  reassign: (world: World, which: number, how: number) =>
    onTicket(world, which, (id) => world.meeting.page(id, { assigneeId: pick([13, 11, 12, null], how) ?? null }, 13)),
  move: (world: World, which: number, how: number) =>
    onTicket(world, which, (id) => world.meeting.page(id, { organizationId: 1 + (how % 2) })),
  extend: (world: World) => {
    const later = twoWeeks.endsAt + 5 * dayMs
    plan(world, later, [['cover', 11, twoWeeks.startsAt, later]])
  },
  shorten: (world: World, _: number, how: number) => {
    const sooner = twoWeeks.startsAt + ((1 + (how % 10)) * hourMs) / 4
    plan(world, sooner, [['cover', 11, twoWeeks.startsAt, sooner]])
  },
  passOn: (world: World) => {
    const now = world.meeting.now()
    plan(world, twoWeeks.endsAt, [
      ['cover', 11, twoWeeks.startsAt, now],
      ['second', 13, now, twoWeeks.endsAt],
    ])
  },
  backEarly: (world: World) =>
    plan(world, world.meeting.now(), [['cover', 11, twoWeeks.startsAt, world.meeting.now()]]),
  wait: ({ meeting }: World, _: number, how: number) => meeting.pass((1 + (how % 30)) * hourMs),
  stand: ({ meeting }: World, which: number, how: number) => {
    const at = how % 5 === 0 ? null : (pick(meeting.list().rows, which)?.key ?? null)
    const { stage, at: before } = meeting.list()
    standAt(meeting.desk(), { coverageId: 'cover', at, running: how % 2 === 0 })
    const after = meeting.list()
    expect(after).toMatchObject({ at: stage === 'list' ? at : before, running: stage === 'list' && how % 2 === 0 })
  },
  decide: ({ meeting, log }: World, which: number, how: number) => {
    const before = meeting.list()
    const row = pick(before.rows, which)
    if (!row) return
    const order = { coverageId: 'cover', key: row.key, state: row.state, decision: decisionBy(row, how) }
    if (before.stage !== 'list') {
      expect(() => decideRow(meeting.desk(), order)).toThrow('is closed. Go back to it first.')
      return
    }
    decideRow(meeting.desk(), order)
    expect(undoDecision(meeting.desk(), 'cover').key).toBe(row.key)
    expect(said(meeting.list())).toEqual(said(before))
    decideRow(meeting.desk(), order)
    log.push(order)
  },
  decideAll: (world: World, _: number, how: number) => {
    settleList(world.meeting.desk(), 'cover', false)
    for (const [place] of world.meeting.list().rows.entries()) deeds.decide(world, place, how)
  },
  close: (world: World, _: number, how: number) => {
    deeds.decideAll(world, 0, how)
    expect(settleList(world.meeting.desk(), 'cover', true).stage).toBe('wrap-up')
  },
  undo: ({ meeting, log }: World) => {
    if (meeting.list().stage !== 'list') return
    expect(undoDecision(meeting.desk(), 'cover').key).toBe(log.pop()?.key ?? null)
  },
  settle: ({ meeting }: World, _: number, how: number) => {
    const { stage, undecided } = meeting.list()
    const settled = how % 4 !== 0
    const settle = () => settleList(meeting.desk(), 'cover', settled)
    if (settled && stage === 'list' && undecided > 0) expect(settle).toThrow('undecided')
    else expect(settle()).toMatchObject({ stage: settled ? 'wrap-up' : 'list' })
  },
}

/** Every decision is there, with its row or past, and what is undecided is what nobody decided as it is now. */
function expectNothingLost({ meeting, log }: World): void {
  const { rows, past, undecided, decided, stage, counts } = meeting.list()
  const last = new Map(log.map((remembered) => [remembered.key, remembered]))
  const keys = new Set(rows.map(({ key }) => key))
  expect(keys.size).toBe(rows.length)
  expect(decided).toBe(last.size)
  const isOpen = ({ key, state }: MeetingRow) => {
    const then = last.get(key)?.state
    return stage === 'list' ? then !== state : then?.split('.')[0] !== state.split('.')[0]
  }
  expect(rows.map(({ key, decided: one }) => [key, one?.decision, one?.changed])).toEqual(
    rows.map((row) => [row.key, last.get(row.key)?.decision, last.has(row.key) ? isOpen(row) : undefined]),
  )
  expect(undecided).toBe(rows.filter(isOpen).length)
  expect(new Map(past.map(({ key, decision }) => [key, decision]))).toEqual(
    new Map([...last].filter(([key]) => !keys.has(key)).map(([key, { decision }]) => [key, decision])),
  )
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(rows.length)
  for (const { proposal, decisions } of rows) expect(decisions).toContain(proposal.kind)
}

test('whatever happens under one’s hands, no decision is lost, what is undecided is counted right, and undo is the reverse', () => {
  const names = Object.keys(deeds) as (keyof typeof deeds)[]
  const often = ['open', 'say', 'say', 'change', 'decide', 'decide', 'decideAll', 'undo', 'settle'] as const
  const deed: fc.Arbitrary<Deed> = fc.record({
    what: fc.constantFrom(...names, ...often),
    which: fc.nat(20),
    how: fc.nat(60),
  })
  const seen = { past: 0, changed: 0, closed: 0 }
  fc.assert(
    fc.property(fc.array(deed, { minLength: 20, maxLength: 40 }), (course) =>
      withMemoryDatabase((db) => {
        const world: World = { meeting: aMeeting({ db }), log: [], tickets: [] }
        for (const place of [0, 1]) deeds.open(world, 0, place)
        for (const { what, which, how } of course) {
          deeds[what](world, which, how)
          expectNothingLost(world)
          const { past, rows, stage } = world.meeting.list()
          seen.past += past.length
          seen.changed += rows.filter(({ decided }) => decided?.changed).length
          seen.closed += stage === 'wrap-up' ? 1 : 0
        }
      }),
    ),
    { numRuns: 25 },
  )
  // It has met what it is about.
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(0)
}, 60_000)

test('what a row says is named by what happened and how it is put, and by nothing else', () => {
  const one = { at: 1, byId: 11, byName: 'Ines', coverName: 'Ines', words: 'Replied', quote: 'Hello' }
  const evidence = { ...one, isPrivate: false, isExact: true, commentId: 5 }
  const row = { words: '1 reply', dueOn: '', evidence: [evidence] }
  const state = stateOf(row)
  expect(stateOf({ ...row, evidence: [{ ...evidence, coverName: null, byName: 'Ines B.' }] })).toBe(state)
  const [happened] = state.split('.')
  expect(stateOf({ ...row, words: '2 replies' })).not.toBe(state)
  expect(stateOf({ ...row, words: '2 replies' }).split('.')[0]).toBe(happened)
  for (const other of [{ at: 2 }, { byId: 12 }, { words: 'Noted' }, { quote: 'Bye' }, { commentId: 6 }]) {
    expect(stateOf({ ...row, evidence: [{ ...evidence, ...other }] }).split('.')[0]).not.toBe(happened)
  }
})
