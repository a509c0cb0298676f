import { describe, expect, test } from 'vitest'
import { whatIf } from '#contract/plans.ts'
import { workspaceSchema } from '#contract/workspace.ts'
import { setReplacement } from '#service/db/shifts.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { readRoster, storeWorkspace } from '#service/db/workspace.ts'
import { whatIfOf, type WhatIfQuestion } from '#service/rpc/what-if-view.ts'
import { describeWorkspace } from '#simulator/world/workspace.ts'
import { memoryDatabase, withMemoryDatabase } from '#test/support/memory-database.ts'
import { policyOf } from '#test/support/policy-of.ts'
import { aSighting, aWorkspace, dayMs, hourMs, wednesday } from '#test/support/work-values.ts'

const weekMs = 7 * dayMs
/** Wednesday a week after everything else, 10:00 in Berlin. */
const next = wednesday + weekMs
const accounts = [1, 2, 3, 4, 5].map((id) => ({
  id,
  name: `Account ${id}`,
  aseId: 12,
  aseSince: null,
  label: null,
  gitlabGroup: null,
}))
const window = (accountId: number, from: number, to: number) => ({
  accountId,
  startsAt: next + from * hourMs,
  endsAt: next + to * hourMs,
})

interface Setting {
  readonly parts?: Parameters<typeof aWorkspace>[0]
  /** When tickets of account 1 were opened. */
  readonly opened?: readonly number[]
  /** Who takes the shifts instead. */
  readonly replacement?: string | null
}

function ask(
  windows: WhatIfQuestion['windows'],
  { parts = {}, opened = [], replacement = null }: Setting = {},
  coverId?: number,
) {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace({ accounts, ...parts }))
  for (const [index, createdAt] of opened.entries()) {
    storeTicket(db, aSighting({ id: 1000 + index, createdAt }), wednesday)
  }
  if (replacement !== null) setReplacement(db, 's', { name: replacement, at: wednesday })
  const facts = { db, roster: readRoster(db), policy: policyOf('2025-04'), now: wednesday, setBaseline: 12 }
  return whatIf.parse(whatIfOf({ coverId, windows }, facts))
}

const kindsOf = ({ collisions }: ReturnType<typeof ask>) => collisions.map(({ kind }) => kind)

describe('the weeks', () => {
  test('are those that are touched, each with its sum before and after', () => {
    const { weeks, coverName } = ask([window(2, 0, 48), window(3, 2 * 168, 2 * 168 + 1)])
    expect(coverName).toBe('Ines')
    expect(weeks.map(({ week }) => week)).toEqual(['2026-W48', '2026-W50'])
    expect(weeks[0]).toMatchObject({
      baseline: 12,
      before: { value: expect.closeTo(12, 10) as number, words: '12/week → 5 days at 2.4 = 12' },
      after: { words: '12/week → 2 days at 2.4 + 3 days at 1.8 = 10.2' },
      possible: true,
    })
  })

  test('begin with what is covered already', () => {
    const { weeks } = ask([{ accountId: 2, startsAt: wednesday, endsAt: wednesday + hourMs }])
    expect(weeks[0]?.before.words).toBe('12/week → 1 day at 2.4 + 3 days at 1.8 + 1 day at 2.4 = 10.2')
    expect(weeks[0]?.after.value).toBeCloseTo(9.6, 10)
  })

  test('of somebody whose tickets are not known here are told in shares', () => {
    expect(ask([window(2, 0, 48)], {}, 13)).toMatchObject({
      coverId: 13,
      coverName: 'Ben',
      weeks: [{ baseline: 0, after: { value: 0, words: '2 days at 100 % + 3 days at 75 %' } }],
    })
  })
})

describe('what collides', () => {
  test('is nothing where nothing does', () => {
    expect(ask([window(1, 0, 48)]).collisions).toEqual([])
  })

  test('is a fifth account at the same instant, with the time and the accounts', () => {
    const { collisions, weeks } = ask([1, 2, 3, 4, 5].map((id) => window(id, id, 48)))
    expect(collisions).toEqual([
      {
        kind: 'impossible',
        startsAt: next + 5 * hourMs,
        endsAt: next + 48 * hourMs,
        words:
          'Wed 25 Nov 2026 15:00 – Fri 27 Nov 2026 10:00: 5 accounts at once (Account 1, Account 2, Account 3, Account 4 and Account 5) take 125 %, more than one engineer can cover.',
      },
    ])
    expect(weeks[0]?.possible).toBe(false)
    expect(kindsOf(ask([1, 2, 3, 4].map((id) => window(id, id, 48))))).toEqual([])
  })

  test('is a fifth account of a day that only comes after another has ended, as in the load of that day', () => {
    const { collisions, weeks } = ask([window(1, -5, 0), ...[2, 3, 4, 5].map((id) => window(id, 1, 5))])
    expect(weeks[0]?.possible).toBe(false)
    expect(collisions).toMatchObject([
      {
        kind: 'impossible',
        words: expect.stringMatching(/^Wed 25 Nov 2026: 5 accounts in turn \(.*\) count on one day/) as string,
      },
    ])
  })

  test('is an on-call shift of theirs that would have to change hands, and not one that somebody took', () => {
    const shift = { id: 's', personId: 11, title: 'CEOC', startsAt: next + hourMs, endsAt: next + 9 * hourMs }
    const both = [window(1, 0, 4), window(2, 2, 6)]
    const found = (replacement: string | null, personId = 11) =>
      ask(both, { parts: { shifts: [{ ...shift, personId }] }, replacement }).collisions
    expect(found(null)).toEqual([
      {
        kind: 'on-call',
        startsAt: next + 2 * hourMs,
        endsAt: next + 4 * hourMs,
        words:
          'On call (“CEOC”) Wed 25 Nov 2026 12:00–14:00 while covering Account 1 and Account 2: the shift would have to change hands.',
      },
    ])
    expect(found('Ben')).toEqual([])
    expect(found(null, 13)).toEqual([])
  })

  test('is an absence and a day off of theirs inside, told once however many accounts there are', () => {
    const { people } = aWorkspace()
    const parts = {
      people: people.map((person) => ({ ...person, daysOff: person.id === 11 ? ['2026-11-27', '2026-12-24'] : [] })),
      absences: [
        ...aWorkspace().absences,
        { id: 'mine', personId: 11, startsAt: next + 2 * hourMs, endsAt: next + 400 * hourMs },
      ],
    }
    expect(ask([window(1, 0, 30), window(2, 10, 48)], { parts }).collisions).toMatchObject([
      {
        kind: 'absence',
        startsAt: next + 2 * hourMs,
        endsAt: next + 48 * hourMs,
        words: expect.stringMatching(/^You are away Wed 25 Nov/) as string,
      },
      { kind: 'day-off', words: 'Fri 27 Nov 2026 is a day off of yours.' },
    ])
    expect(ask([window(1, 0, 48)], { parts }, 13).collisions).toEqual([])
  })

  test('is an account that somebody else covers then, not what the same person covers', () => {
    const running = [{ accountId: 1, startsAt: wednesday, endsAt: wednesday + 2 * dayMs }]
    expect(ask(running).collisions).toEqual([])
    expect(ask(running, {}, 13).collisions).toEqual([
      {
        kind: 'already-covered',
        startsAt: wednesday,
        endsAt: wednesday + dayMs,
        words: 'Account 1 is covered by Ines Wed 18 Nov 2026 10:00 – Thu 19 Nov 2026 10:00.',
      },
    ])
  })
})

describe('tickets to expect', () => {
  test('come from the account’s own history, with the spread and how much there was to look at', () => {
    // Each Wednesday of the last twenty weeks, at eleven, one ticket in odd weeks and three in even ones.
    const opened = Array.from({ length: 20 }, (_, index) => wednesday - (index + 1) * weekMs + hourMs).flatMap(
      (at, index) => (index % 2 === 0 ? [at] : [at, at + 1, at + 2]),
    )
    const [first, second] = ask([window(1, 0, 8), window(2, 0, 8)], { opened }).expected
    expect(first).toEqual({
      accountId: 1,
      accountName: 'Account 1',
      middle: 1,
      low: 1,
      high: 3,
      words: '1 to 3 in eight of ten, 1 in the middle, of 19 stretches of the same days from Wed 1 Jul 2026 on.',
    })
    expect(second).toMatchObject({ middle: null, words: 'No history yet: none of its tickets are stored.' })
  })

  test('are not told from a history that is too short, nor from what is older than a year', () => {
    const opened = [wednesday - 30 * dayMs, wednesday - 3 * dayMs]
    expect(ask([window(1, 0, 48)], { opened }).expected[0]?.words).toBe(
      'Its tickets are known from Mon 19 Oct 2026 on: only 4 stretches of the same days to look at, too few to say.',
    )
    expect(ask([window(1, 0, 900)], { opened }).expected[0]?.words).toContain('no stretch of the same days')
    expect(ask([window(1, 0, 48)], { opened: [wednesday - 366 * dayMs] }).expected[0]).toMatchObject({
      middle: null,
      words: 'No history yet: none of its tickets are stored.',
    })
  })
})

test.each<[string, WhatIfQuestion, string]>([
  ['nobody of that id', { coverId: 99, windows: [window(1, 0, 1)] }, 'User 99 is nobody who is known here.'],
  ['an account that is not followed', { windows: [window(9, 0, 1)] }, 'Organization 9 is no account that is followed'],
  [
    'a window that ends before it begins',
    { windows: [window(1, 1, 1)] },
    'The window of Account 1 ends before it begins.',
  ],
  ['a window longer than a year', { windows: [window(1, 0, 24 * 367)] }, 'longer than a year'],
])('%s is refused in words', (_, { windows, coverId }, words) => {
  expect(() => ask(windows, {}, coverId)).toThrow(words)
})

test('without anybody signed in somebody has to be named', () => {
  expect(() => ask([window(1, 0, 1)], { parts: { meId: 999 } })).toThrow('Nobody is signed in here.')
  expect(ask([window(1, 0, 1)], { parts: { meId: 999 } }, 13).coverName).toBe('Ben')
})

test('of the sample workspace, saying yes to all that one plan asks of me is impossible, and to any one request is not', () => {
  for (let day = 0; day < 60; day += 4) {
    const anchor = Date.UTC(2026, 8, 20, day % 24) + day * dayMs
    const workspace = workspaceSchema.parse(describeWorkspace(anchor))
    const askedIn = workspace.plans.map(({ entries }) => entries.filter(({ state }) => state === 'asked'))
    const mostAsked = askedIn.find((asked) => asked.length > 1) ?? []
    withMemoryDatabase((db) => {
      storeWorkspace(db, { ...workspace, shifts: [] })
      const facts = { db, roster: readRoster(db), policy: policyOf('2025-04'), now: anchor, setBaseline: null }
      const yesTo = (windows: typeof mostAsked) => whatIf.parse(whatIfOf({ windows }, facts))
      const all = yesTo(mostAsked)
      expect(kindsOf(all)).toEqual(['impossible'])
      expect(all.collisions[0]?.words).toContain('5 accounts at once')
      expect(all.weeks.map(({ possible }) => possible)).toEqual([false])
      for (const one of askedIn.flat()) expect(kindsOf(yesTo([one]))).toEqual([])
    })
  }
})
