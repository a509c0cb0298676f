import type { AbsenceRow, CalendarPreview, CalendarRow } from '#contract/calendars.ts'
import type { RibbonLane, RibbonSpan } from '#contract/coverage.ts'
import type { OnCallShift } from '#contract/on-call.ts'
import type { WorkloadDay } from '#contract/workload.ts'
import { dayMs, hourMs, minuteMs, now } from './fixtures.ts'

/** An instant by Berlin's winter clock. */
export function berlin(month: number, day: number, hour = 0, minute = 0): number {
  return Date.UTC(2026, month - 1, day, hour - 1, minute)
}

/** Something on a lane. */
export function aSpan(changes: Partial<RibbonSpan> & Pick<RibbonSpan, 'id'>): RibbonSpan {
  return {
    kind: 'cover',
    startsAt: berlin(11, 24),
    endsAt: berlin(11, 27, 17),
    label: 'Tom',
    words: 'Northwind Logistics is covered by Tom Okafor.',
    mine: false,
    planId: null,
    shiftId: null,
    ...changes,
  }
}

/** Six weeks with a gap, a shift to swap and a request that waits. */
export function aRibbon(): RibbonLane[] {
  const northwind = { startsAt: now - 2 * dayMs, endsAt: berlin(11, 27, 17), planId: 'p-priya' }
  const fabrikam = { startsAt: berlin(12, 7), endsAt: berlin(12, 19) }
  return [
    {
      id: 'ase-20',
      kind: 'ase',
      name: 'Priya Raman',
      spans: [
        aSpan({
          ...northwind,
          id: 'a1',
          kind: 'absence',
          label: 'Priya away',
          words: 'Priya Raman is away from Sun 22 Nov, 13:20 to Fri 27 Nov, 17:00.',
        }),
        aSpan({
          id: 'd1',
          kind: 'day-off',
          startsAt: berlin(12, 25),
          endsAt: berlin(12, 26),
          label: '',
          words: 'Priya Raman has Fri 25 Dec off.',
        }),
      ],
    },
    {
      id: 'ase-21',
      kind: 'ase',
      name: 'Marta Lindqvist',
      spans: [
        aSpan({
          ...fabrikam,
          id: 'a2',
          kind: 'absence',
          planId: 'p-marta',
          label: 'Marta away',
          words: 'Marta Lindqvist is away from Mon 7 Dec to Fri 18 Dec.',
        }),
      ],
    },
    {
      id: 'account-1',
      kind: 'account',
      name: 'Northwind Logistics',
      spans: [
        aSpan({
          ...northwind,
          id: 'c1',
          mine: true,
          label: 'You',
          words: 'Northwind Logistics is covered by you until Fri 27 Nov, 17:00.',
        }),
      ],
    },
    {
      id: 'account-2',
      kind: 'account',
      name: 'Fabrikam Health',
      spans: [
        aSpan({
          id: 'q1',
          kind: 'asked',
          startsAt: berlin(12, 7),
          endsAt: berlin(12, 12),
          planId: 'p-marta',
          mine: true,
          label: 'You, asked',
          words: 'You are asked to cover Fabrikam Health from Mon 7 Dec to Fri 11 Dec.',
        }),
        aSpan({
          id: 'g1',
          kind: 'gap',
          startsAt: berlin(12, 12),
          endsAt: berlin(12, 19),
          planId: 'p-marta',
          label: 'Gap',
          words: 'Nobody covers Fabrikam Health from Sat 12 Dec to Fri 18 Dec.',
        }),
      ],
    },
    {
      id: 'account-4',
      kind: 'account',
      name: 'Tailspin Games',
      spans: [],
    },
    {
      id: 'on-call-10',
      kind: 'on-call',
      name: 'Tom Okafor',
      spans: [
        aSpan({
          id: 's1',
          kind: 'shift-to-swap',
          startsAt: berlin(11, 26, 9),
          endsAt: berlin(11, 29, 9),
          mine: true,
          shiftId: 's1',
          label: 'Swap',
          words: 'Your on-call shift from Thu 26 Nov, 09:00 has to be swapped: you cover two accounts during it.',
        }),
        aSpan({
          id: 's2',
          kind: 'shift',
          startsAt: berlin(12, 21, 9),
          endsAt: berlin(12, 24, 9),
          mine: true,
          shiftId: 's2',
          label: 'On-call',
          words: 'You are on call from Mon 21 Dec, 09:00 to Thu 24 Dec, 09:00.',
        }),
      ],
    },
  ]
}

/** A shift that has to change hands, and one that does not. */
export function someShifts(): OnCallShift[] {
  return [
    aShift({ id: 's2', startsAt: berlin(12, 21, 9), endsAt: berlin(12, 24, 9), swap: null, feedName: null }),
    aShift(),
  ]
}

/** My shift while I cover two accounts. */
export function aShift(changes: Partial<OnCallShift> = {}): OnCallShift {
  return {
    id: 's1',
    personId: 10,
    personName: 'Tom Okafor',
    mine: true,
    startsAt: berlin(11, 26, 9),
    endsAt: berlin(11, 29, 9),
    title: 'EMEA weekend',
    feedName: 'PagerDuty',
    swap: {
      overlaps: [
        {
          startsAt: berlin(11, 26, 9),
          endsAt: berlin(11, 27, 17),
          accountNames: ['Northwind Logistics', 'Fabrikam Health'],
        },
      ],
      since: 'you accepted Fabrikam Health from Tue 24 Nov, 12:20.',
      message: {
        subject: 'On-call swap: Thu 26 Nov 09:00 – Sun 29 Nov 09:00',
        text: 'Hi,\nI cover Northwind Logistics and Fabrikam Health during my shift EMEA weekend.\nCould you find somebody to take it?',
      },
      source: 'Handbook, Covering for an ASE: two or more accounts excuse from on-call',
    },
    replacement: null,
    lapsed: null,
    ...changes,
  }
}

/** Today's load while two accounts are covered. */
export function aDay(changes: Partial<WorkloadDay> = {}): WorkloadDay {
  return {
    day: '2026-11-24',
    working: true,
    coveredAccounts: [
      { id: 1, name: 'Northwind Logistics' },
      { id: 2, name: 'Fabrikam Health' },
    ],
    share: 0.5,
    allowed: 1.2,
    taken: 1,
    possible: true,
    arithmetic: '12/week ÷ 5 × 50 % = 1.2',
    source: 'Handbook, Global Support working with ASEs',
    ...changes,
  }
}

/** A feed that is read, and one with a problem. */
export function someCalendars(): CalendarRow[] {
  return [
    aCalendar(),
    aCalendar({
      id: 'k2',
      name: 'Workday',
      purpose: 'absence',
      host: 'wd5.example.com',
      titles: ['Vacation', 'Out of office'],
      events: 3,
      refreshedAt: now - 3 * dayMs,
      nextRefreshAt: now + 20 * minuteMs,
      problem: 'wd5.example.com answered 403: the address was switched off. Get a new one there and add it again.',
    }),
  ]
}

/** An on-call rotation. */
export function aCalendar(changes: Partial<CalendarRow> = {}): CalendarRow {
  return {
    id: 'k1',
    name: 'PagerDuty',
    purpose: 'on-call',
    personId: 10,
    personName: 'Tom Okafor',
    host: 'example.pagerduty.com',
    titles: ['On Call - EMEA weekend'],
    events: 9,
    refreshedAt: now - 2 * hourMs,
    nextRefreshAt: now + hourMs,
    problem: null,
    ...changes,
  }
}

/** A calendar as people have them: some of it counts, some does not. */
export function aPreview(changes: Partial<CalendarPreview> = {}): CalendarPreview {
  const next = { startsAt: berlin(12, 21), endsAt: berlin(12, 22), allDay: true }
  return {
    previewId: 'v1',
    name: 'Tom’s calendar',
    host: 'calendar.example.com',
    titles: [
      { title: 'Vacation', occurrences: 4, next, suggested: 'absence' },
      { title: 'On Call - EMEA', occurrences: 12, next: { ...next, allDay: false }, suggested: 'on-call' },
      { title: 'Team meeting', occurrences: 52, next: null, suggested: 'neither' },
    ],
    suggestedPurpose: 'absence',
    suggestedPersonId: 10,
    problems: ['1 event repeats for ever; it is read two years ahead.'],
    ...changes,
  }
}

/** Absences of every origin. */
export function someAbsences(): AbsenceRow[] {
  const absence = { calendarName: null, planId: null }
  return [
    {
      ...absence,
      id: 'h1',
      personId: 23,
      personName: 'Ines Duarte',
      startsAt: berlin(12, 1),
      endsAt: berlin(12, 3),
      origin: 'hand',
    },
    {
      ...absence,
      id: 'h2',
      personId: 21,
      personName: 'Marta Lindqvist',
      startsAt: berlin(12, 7),
      endsAt: berlin(12, 19),
      origin: 'plan',
      planId: 'p-marta',
    },
    {
      ...absence,
      id: 'h3',
      personId: 10,
      personName: 'Tom Okafor',
      startsAt: berlin(12, 28),
      endsAt: berlin(12, 31),
      origin: 'calendar',
      calendarName: 'Workday',
    },
  ]
}
