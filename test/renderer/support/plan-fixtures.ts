import type { PlanDetail, PlanEntry, PlanIssue, WhatIf } from '#contract/plans.ts'
import { berlin } from './coverage-fixtures.ts'
import { dayMs, hourMs, now } from './fixtures.ts'

/** A line of a plan: somebody who is asked to cover Fabrikam Health. */
export function aPlanEntry(changes: Partial<PlanEntry> = {}): PlanEntry {
  return {
    id: 'e1',
    accountId: 2,
    accountName: 'Fabrikam Health',
    coverId: 10,
    coverName: 'Tom Okafor',
    startsAt: berlin(12, 7),
    endsAt: berlin(12, 12),
    request: { state: 'asked', at: now - 2 * hourMs, byName: 'Marta Lindqvist', words: null },
    mine: true,
    ...changes,
  }
}

/** Marta's absence: one request waits for my answer, the second week is a gap. */
export function aPlan(changes: Partial<PlanDetail> = {}): PlanDetail {
  return {
    id: 'p-marta',
    aseId: 21,
    aseName: 'Marta Lindqvist',
    aseTimeZone: 'Europe/Stockholm',
    startsAt: berlin(12, 7),
    endsAt: berlin(12, 19),
    own: false,
    phase: 'upcoming',
    accounts: 1,
    missing: 1,
    askedOfMe: 1,
    notAsked: 0,
    notAccepted: 0,
    accountList: [{ id: 2, name: 'Fabrikam Health' }],
    entries: [aPlanEntry()],
    findings: [
      {
        kind: 'gap',
        weight: 'missing',
        accountId: 2,
        entryIds: [],
        startsAt: berlin(12, 12),
        endsAt: berlin(12, 19),
        words: 'Nobody covers Fabrikam Health from Sat 12 Dec to Fri 18 Dec.',
      },
    ],
    checklist: [
      {
        id: 'find',
        dueOn: '2026-11-23',
        words: 'Find somebody for each account.',
        source: 'Handbook, Before the absence: 14 days ahead',
        doneAt: null,
        byItself: true,
        late: true,
      },
      {
        id: 'review',
        dueOn: '2026-11-30',
        words: 'Review each account with who covers it.',
        source: 'Handbook, Before the absence: 7 days ahead',
        doneAt: null,
        byItself: false,
        late: false,
      },
      {
        id: 'return',
        dueOn: '2026-12-21',
        words: 'Meet again and take back what was opened meanwhile.',
        source: 'Handbook, After the absence',
        doneAt: null,
        byItself: false,
        late: false,
      },
    ],
    conflicts: [],
    pod: null,
    now,
    ...changes,
  }
}

/** The issue of a plan in which all is as it is here. */
export function aPlanIssue(changes: Partial<NonNullable<PlanIssue['issue']>> = {}): NonNullable<PlanIssue['issue']> {
  return {
    ...{ projectId: 7, iid: 12, reference: 'support/coverage#12', state: 'opened' },
    url: 'https://gitlab.example.com/support/coverage/-/issues/12',
    readAt: now - 5 * 60_000,
    problem: null,
    ...changes,
  }
}

/** My own absence over the holidays, of which nothing is asked yet. */
export function myPlan(changes: Partial<PlanDetail> = {}): PlanDetail {
  return aPlan({
    id: 'p-mine',
    aseId: 10,
    aseName: 'Tom Okafor',
    aseTimeZone: 'Europe/Berlin',
    startsAt: berlin(12, 21, 17),
    endsAt: Date.UTC(2027, 0, 4, 8),
    own: true,
    missing: 0,
    askedOfMe: 0,
    notAsked: 1,
    accountList: [{ id: 3, name: 'Contoso Robotics' }],
    entries: [
      aPlanEntry({
        id: 'e9',
        accountId: 3,
        accountName: 'Contoso Robotics',
        coverId: 20,
        coverName: 'Priya Raman',
        startsAt: berlin(12, 21, 17),
        endsAt: Date.UTC(2027, 0, 4, 8),
        request: { state: 'draft', at: null, byName: null, words: null },
        mine: false,
      }),
    ],
    findings: [],
    ...changes,
  })
}

/** A plan that runs, one that asks me, one of mine, one that is over. */
export function somePlans(): PlanDetail[] {
  return [
    aPlan({
      id: 'p-priya',
      aseId: 20,
      aseName: 'Priya Raman',
      aseTimeZone: 'Asia/Kolkata',
      startsAt: now - 2 * dayMs,
      endsAt: berlin(11, 27, 17),
      phase: 'running',
      missing: 0,
      askedOfMe: 0,
      accountList: [{ id: 1, name: 'Northwind Logistics' }],
      entries: [
        aPlanEntry({
          id: 'e2',
          accountId: 1,
          accountName: 'Northwind Logistics',
          startsAt: now - 2 * dayMs,
          endsAt: berlin(11, 27, 17),
          request: { state: 'accepted', at: now - 9 * dayMs, byName: 'Tom Okafor', words: 'With pleasure' },
        }),
      ],
      findings: [],
    }),
    myPlan(),
    aPlan(),
  ]
}

/** What a second account would mean for the weeks of Marta's absence. */
export function aWhatIf(changes: Partial<WhatIf> = {}): WhatIf {
  return {
    coverId: 10,
    coverName: 'Tom Okafor',
    weeks: [
      {
        week: '2026-W50',
        baseline: 12,
        before: { value: 9, words: '12/week → 5 days at 1.8 = 9' },
        after: { value: 6, words: '12/week → 5 days at 1.2 = 6' },
        possible: true,
      },
    ],
    collisions: [
      {
        kind: 'on-call',
        startsAt: berlin(12, 10, 9),
        endsAt: berlin(12, 11, 9),
        words: 'Your shift EMEA night would have to be swapped: two accounts at once.',
      },
    ],
    expected: [
      {
        accountId: 2,
        accountName: 'Fabrikam Health',
        middle: 6,
        low: 3,
        high: 9,
        words: 'Of 40 stretches of 5 days in the last year, eight of ten brought 3 to 9 new tickets.',
      },
    ],
    ...changes,
  }
}
