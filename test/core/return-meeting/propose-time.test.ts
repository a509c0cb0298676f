import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { proposeTime, type MeetingGuest, type MeetingPlan } from '#core/return-meeting/propose-time.ts'

const at = (text: string) => Date.parse(text)
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const office = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, fromMinute: 9 * 60, toMinute: 17 * 60 }))

const guest = (timeZone: string, parts: Partial<MeetingGuest['times']> = {}, absences: MeetingGuest['absences'] = []) =>
  ({ times: { timeZone, workingHours: office, daysOff: [], ...parts }, absences }) satisfies MeetingGuest

/** Anna in Berlin, away until a Monday's midnight; Ben in New York covered. */
const plan = (parts: Partial<MeetingPlan> = {}): MeetingPlan => ({
  ase: guest('Europe/Berlin'),
  cover: guest('America/New_York'),
  endsAt: at('2026-11-23T00:00+01:00'),
  now: at('2026-11-18T09:00Z'),
  minutes: 30,
  ...parts,
})

const written = (parts: Partial<MeetingPlan> = {}) => {
  const { startsAt, endsAt, basis } = proposeTime(plan(parts))
  return `${new Date(startsAt).toISOString().slice(0, 16)}Z ${(endsAt - startsAt) / minuteMs} ${basis}`
}

describe('the return meeting is proposed', () => {
  test('for the first time after the absence at which both work', () => {
    expect(written()).toBe('2026-11-23T14:00Z 30 overlap')
    expect(written({ cover: guest('Europe/London') })).toBe('2026-11-23T09:00Z 30 overlap')
  })

  test('for now where it is overdue, and for the next day where today is over', () => {
    expect(written({ now: at('2026-11-25T14:20Z') })).toBe('2026-11-25T14:30Z 30 overlap')
    expect(written({ now: at('2026-11-25T15:31Z') })).toBe('2026-11-26T14:00Z 30 overlap')
    expect(written({ now: at('2026-11-27T15:31Z') })).toBe('2026-11-30T14:00Z 30 overlap')
  })

  test('for a round time at which there is room for all of it', () => {
    expect(written({ endsAt: at('2026-11-23T14:01Z') })).toBe('2026-11-23T14:15Z 30 overlap')
    expect(written({ minutes: 120 })).toBe('2026-11-23T14:00Z 120 overlap')
    expect(written({ minutes: 121 })).toBe('2026-11-23T08:00Z 121 outside')
  })

  test('outside of days off and of the absences of both', () => {
    const cover = guest('America/New_York', { daysOff: ['2026-11-23', '2026-11-25'] }, [
      { startsAt: at('2026-11-24T00:00Z'), endsAt: at('2026-11-24T15:10Z') },
    ])
    expect(written({ cover })).toBe('2026-11-24T15:15Z 30 overlap')
    const again = { startsAt: at('2026-11-24T08:00Z'), endsAt: at('2026-11-25T00:00Z') }
    expect(written({ cover, ase: guest('Europe/Berlin', {}, [again]) })).toBe('2026-11-26T14:00Z 30 overlap')
  })

  test('by the clocks of both zones while only one of them has been changed', () => {
    // Berlin went to winter time on 25 October, New York goes on 1 November.
    const endsAt = at('2026-10-26T00:00+01:00')
    expect(written({ endsAt, now: endsAt })).toBe('2026-10-26T13:00Z 30 overlap')
    expect(written({ endsAt: endsAt + 7 * dayMs, now: endsAt })).toBe('2026-11-02T14:00Z 30 overlap')
  })

  test('over midnight for two who work at night', () => {
    const night = { workingHours: [{ weekday: 1, fromMinute: 22 * 60, toMinute: 30 * 60 }] }
    const split = {
      workingHours: [
        { weekday: 1, fromMinute: 23 * 60 + 45, toMinute: 1440 },
        { weekday: 2, fromMinute: 0, toMinute: 60 },
      ],
    }
    expect(written({ ase: guest('UTC', night), cover: guest('UTC', split) })).toBe('2026-11-23T23:45Z 30 overlap')
  })

  test('for the ASE’s first morning where they have no hours in common, or none are known', () => {
    const auckland = guest('Pacific/Auckland')
    expect(written({ cover: auckland })).toBe('2026-11-23T08:00Z 30 outside')
    expect(written({ cover: null })).toBe('2026-11-23T08:00Z 30 outside')
    expect(written({ cover: null, now: at('2026-11-23T15:45Z') })).toBe('2026-11-24T08:00Z 30 outside')
    expect(written({ cover: guest('UTC', { workingHours: [] }) })).toBe('2026-11-23T08:00Z 30 outside')
    expect(written({ ase: guest('UTC', { workingHours: [] }), cover: auckland })).toBe('2026-11-22T23:00Z 30 outside')
  })

  test('up to two weeks ahead, and where they have hours in common only later for the ASE’s first morning', () => {
    const endsAt = at('2026-11-23T14:15Z')
    const awayUntil = (end: string) =>
      guest('America/New_York', {}, [{ startsAt: at('2026-11-20T00:00Z'), endsAt: at(end) }])
    expect(written({ endsAt, cover: awayUntil('2026-12-07T14:00Z') })).toBe('2026-12-07T14:00Z 30 overlap')
    expect(written({ endsAt, cover: awayUntil('2026-12-07T14:15Z') })).toBe('2026-11-23T14:15Z 30 outside')
    const cover = guest('America/New_York', {}, [
      { startsAt: at('2026-11-20T00:00Z'), endsAt: at('2026-12-07T14:00Z') },
    ])
    expect(written({ cover })).toBe('2026-11-23T08:00Z 30 outside')
  })
})

const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Adelaide', 'Asia/Kathmandu', 'UTC']
const walls = new Map(
  zones.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('en-CA', {
      ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
      ...{ hour: '2-digit', minute: '2-digit' },
    }),
  ]),
)

/** Whether somebody works in the minute that begins at an instant, knowing only what the clock on the wall shows. */
function works({ times, absences }: MeetingGuest, instant: number): boolean {
  const shown = walls.get(times.timeZone)?.format(instant).match(/\d+/g) ?? []
  const [year = 0, month = 1, date = 1, hour = 0, minute = 0] = shown.map(Number)
  const day = new Date(Date.UTC(year, month - 1, date))
  if (times.daysOff.includes(day.toISOString().slice(0, 10))) return false
  if (absences.some(({ startsAt, endsAt }) => startsAt <= instant && instant < endsAt)) return false
  const wall = hour * 60 + minute
  const weekday = ((day.getUTCDay() + 6) % 7) + 1
  return times.workingHours.some(
    ({ weekday: of, fromMinute, toMinute }) =>
      (of === weekday && wall >= fromMinute && wall < toMinute) ||
      ((of % 7) + 1 === weekday && wall + 1440 >= fromMinute && wall + 1440 < toMinute),
  )
}

/** Days around which clocks change somewhere. */
const days = ['2026-03-06', '2026-03-27', '2026-04-03', '2026-09-04', '2026-10-02', '2026-10-23', '2026-10-30']
const quarters = (from: number, to: number) => fc.integer({ min: from * 4, max: to * 4 }).map((quarter) => quarter * 15)
const anyGuest = (from: number) =>
  fc
    .record({
      timeZone: fc.constantFrom(...zones),
      // Clocks change in the first hours of a day; hours that begin in a gap are told of by the test of working time.
      workingHours: fc.array(
        fc
          .tuple(fc.integer({ min: 1, max: 7 }), quarters(4, 20), quarters(1, 12))
          .map(([weekday, fromMinute, length]) => ({ weekday, fromMinute, toMinute: fromMinute + length })),
        { minLength: 1, maxLength: 6 },
      ),
      off: fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 2 }),
      away: fc.array(fc.tuple(quarters(0, 96), quarters(1, 48)), { maxLength: 2 }),
    })
    .map(({ timeZone, workingHours, off, away }) => ({
      times: {
        timeZone,
        workingHours: workingHours.map((hours) => ({ ...hours, toMinute: Math.min(hours.toMinute, 1440 + 60) })),
        daysOff: off.map((day) => new Date(from + day * dayMs).toISOString().slice(0, 10)),
      },
      absences: away.map(([start, length]) => ({
        startsAt: from + start * minuteMs,
        endsAt: from + (start + length) * minuteMs,
      })),
    }))
const anyPlan = fc.constantFrom(...days).chain((day) => {
  const from = at(`${day}T00:00Z`)
  return fc.record({
    ase: anyGuest(from),
    cover: anyGuest(from),
    endsAt: fc.integer({ min: 0, max: 3 * 1440 }).map((minute) => from + minute * minuteMs),
    now: fc.integer({ min: -1440, max: 3 * 1440 }).map((minute) => from + minute * minuteMs),
    minutes: fc.constantFrom(15, 30, 60, 90),
  })
})

test('whatever zones, hours and changes of clocks, it is the first quarter of an hour at which both work all through', () => {
  const quarterMs = 15 * minuteMs
  const seen = { overlap: 0, outside: 0 }
  fc.assert(
    fc.property(anyPlan, (given) => {
      const from = Math.max(given.endsAt, given.now)
      const first = Math.ceil(from / quarterMs) * quarterMs
      const free = new Map<number, boolean>()
      const isFree = (instant: number) => {
        const known = free.get(instant) ?? (works(given.ase, instant) && works(given.cover, instant))
        free.set(instant, known)
        return known
      }
      let found: number | null = null
      for (let start = first; found === null && start < from + 14 * dayMs; start += quarterMs) {
        const needed = Array.from({ length: given.minutes / 15 }, (_, index) => start + index * quarterMs)
        if (needed.every(isFree)) found = start
      }
      const { startsAt, endsAt, basis } = proposeTime(given)
      expect(endsAt - startsAt).toBe(given.minutes * minuteMs)
      expect(startsAt % quarterMs).toBe(0)
      expect(startsAt).toBeGreaterThanOrEqual(from)
      expect(basis).toBe(found === null ? 'outside' : 'overlap')
      if (found !== null) expect(startsAt).toBe(found)
      seen[basis] += 1
    }),
    { numRuns: 150 },
  )
  expect(Math.min(seen.overlap, seen.outside)).toBeGreaterThan(5)
})
