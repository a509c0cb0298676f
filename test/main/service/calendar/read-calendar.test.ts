import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import type { CalendarContents } from '#service/calendar/calendar-event.ts'
import { readCalendar } from '#service/calendar/read-calendar.ts'
import { anIcs, westEurope, type IcsLines } from '#test/support/ics.ts'
import { dayMs } from '#test/support/work-values.ts'

const from = Date.UTC(2026, 9, 1)
const window = { startsAt: from, endsAt: from + 240 * dayMs }

/** The events as `title start/end`: instants in UTC, local times without a zone. */
function spans({ events }: CalendarContents): string[] {
  const short = (ms: number) => new Date(ms).toISOString().replace(/:00\.000Z$/, 'Z')
  return events
    .map(({ title, time }) =>
      time.kind === 'fixed'
        ? `${title} ${short(time.startsAt)}/${short(time.endsAt)}`
        : `${title} ${time.startsAt.slice(0, 16)}/${time.endsAt.slice(0, 16)}`,
    )
    .toSorted()
}

const read = (events: readonly IcsLines[], parts?: Parameters<typeof anIcs>[1]) =>
  readCalendar(anIcs(events, parts), window)

const onCall = (...lines: string[]): IcsLines => ['UID:shift-1@pagerduty.example', 'SUMMARY:On Call - EMEA', ...lines]

describe('what programs export', () => {
  test('a schedule of PagerDuty: instants in UTC, over midnight', async () => {
    const contents = await read(
      [
        [
          'DTSTART;VALUE=DATE-TIME:20261204T190000Z',
          'DTEND;VALUE=DATE-TIME:20261205T070000Z',
          'DTSTAMP;VALUE=DATE-TIME:20261121T090000Z',
          'UID:Q3AB7XYZ12',
          'ATTENDEE:mailto:jonas@example.com',
          'SUMMARY:On Call - Support EMEA weekend',
          'URL;VALUE=URI:https://example.pagerduty.com/schedules#PABCDEF',
        ],
      ],
      { name: 'On Call Schedule for Jonas Weber', head: ['X-PUBLISHED-TTL:PT1H', 'METHOD:PUBLISH'] },
    )
    expect(spans(contents)).toEqual(['On Call - Support EMEA weekend 2026-12-04T19:00Z/2026-12-05T07:00Z'])
    expect(contents).toMatchObject({
      name: 'On Call Schedule for Jonas Weber',
      people: ['On Call Schedule for Jonas Weber', 'jonas@example.com'],
      problems: [],
      events: [{ key: 'Q3AB7XYZ12', allDay: false }],
    })
  })

  test('absences of Workday and Deel: whole days, whose end is the day after', async () => {
    const contents = await read([
      [
        'UID:b7a9-absence@workday.example',
        'SUMMARY:Vacation',
        'DTSTART;VALUE=DATE:20261221',
        'DTEND;VALUE=DATE:20270102',
        'TRANSP:OPAQUE',
        'X-MICROSOFT-CDO-BUSYSTATUS:OOF',
      ],
      ['UID:deel-1', 'SUMMARY:Dana Cole - Time Off (Holiday)', 'DTSTART:20261124', 'STATUS:CONFIRMED'],
    ])
    expect(spans(contents)).toEqual([
      'Dana Cole - Time Off (Holiday) 2026-11-24T00:00/2026-11-25T00:00',
      'Vacation 2026-12-21T00:00/2027-01-02T00:00',
    ])
    expect(contents.events.every(({ allDay }) => allDay)).toBe(true)
  })

  test('a calendar of Google: weeks by the clocks of a zone, one moved, one taken out, one cancelled', async () => {
    const contents = await read([
      [
        'DTSTART;TZID=Europe/Berlin:20261019T180000',
        'DTEND;TZID=Europe/Berlin:20261020T080000',
        'RRULE:FREQ=WEEKLY;UNTIL=20261117T225959Z;BYDAY=MO',
        'EXDATE;TZID=Europe/Berlin:20261102T180000',
        'UID:abc123@google.com',
        'SEQUENCE:2',
        'SUMMARY:On-call night',
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        'TRIGGER:-P0DT0H30M0S',
        'DESCRIPTION:This is an event reminder',
        'END:VALARM',
      ],
      [
        'DTSTART;TZID=Europe/Berlin:20261111T200000',
        'DTEND;TZID=Europe/Berlin:20261112T080000',
        'UID:abc123@google.com',
        'RECURRENCE-ID;TZID=Europe/Berlin:20261109T180000',
        'SUMMARY:On-call night (moved)',
      ],
      [
        'DTSTART;TZID=Europe/Berlin:20261116T180000',
        'DTEND;TZID=Europe/Berlin:20261117T080000',
        'UID:abc123@google.com',
        'RECURRENCE-ID:20261116T170000Z',
        'STATUS:CANCELLED',
        'SUMMARY:On-call night',
      ],
    ])
    expect(spans(contents)).toEqual([
      'On-call night (moved) 2026-11-11T19:00Z/2026-11-12T07:00Z',
      // Fourteen hours each, before the clocks change and after.
      'On-call night 2026-10-19T16:00Z/2026-10-20T06:00Z',
      'On-call night 2026-10-26T17:00Z/2026-10-27T07:00Z',
    ])
    expect(contents.events.map(({ key }) => key)).toContain('abc123@google.com/2026-11-09T17:00:00.000Z')
    expect(contents.problems).toEqual([])
  })

  test('a calendar of Outlook: zones of its own making, quoted names, text that is escaped and folded', async () => {
    const contents = await read(
      [
        [
          'UID:040000008200E00074C5B7101A82E008',
          'SUMMARY;LANGUAGE=de:Urlaub\\, Teil 1\\; sehr lang, damit die Zeile gefaltet wird und über sechzig Zeichen hat',
          'DTSTART;TZID="W. Europe Standard Time":20261020T090000',
          'DTEND;TZID="W. Europe Standard Time":20261030T170000',
          'ORGANIZER;CN="Weber, Jonas":mailto:jonas.weber@example.com',
        ],
      ],
      { zones: [westEurope] },
    )
    expect(spans(contents)).toEqual([
      'Urlaub, Teil 1; sehr lang, damit die Zeile gefaltet wird und über sechzig Zeichen hat 2026-10-20T07:00Z/2026-10-30T16:00Z',
    ])
    expect(contents.people).toEqual(['Weber, Jonas', 'jonas.weber@example.com'])
  })
})

describe('times', () => {
  test('without a zone stay as they are written, to be read where the person is', async () => {
    const contents = await read([onCall('DTSTART:20261204T190000', 'DTEND:20261205T070000')])
    expect(contents.events[0]?.time).toEqual({
      kind: 'local',
      startsAt: '2026-12-04T19:00:00',
      endsAt: '2026-12-05T07:00:00',
    })
  })

  test('that exist twice are the earlier ones, those that are skipped the ones after, whoever describes the zone', async () => {
    for (const [zone, zones] of [
      ['Europe/Berlin', []],
      ['W. Europe Standard Time', [westEurope]],
    ] as const) {
      const at = (start: string, end: string) =>
        onCall(`UID:${start}`, `DTSTART;TZID=${zone}:${start}`, `DTEND;TZID=${zone}:${end}`).slice(1)
      const contents = await read(
        [at('20261025T023000', '20261025T033000'), at('20270328T023000', '20270328T060000')],
        { zones },
      )
      expect(spans(contents)).toEqual([
        'On Call - EMEA 2026-10-25T00:30Z/2026-10-25T02:30Z',
        'On Call - EMEA 2027-03-28T01:30Z/2027-03-28T04:00Z',
      ])
    }
  })

  test('in a zone that a file describes itself are read as it says, and no other file hears of it', async () => {
    const moon: IcsLines = [
      'TZID:Moon/Base',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0545',
      'TZOFFSETTO:+0545',
      'END:STANDARD',
    ]
    const event = onCall('DTSTART;TZID=Moon/Base:20261204T120000', 'DURATION:PT1H')
    expect(spans(await read([event], { zones: [moon] }))).toEqual([
      'On Call - EMEA 2026-12-04T06:15Z/2026-12-04T07:15Z',
    ])
    const without = await read([event])
    expect(without.events).toEqual([])
    expect(without.problems).toEqual(['“On Call - EMEA” was left out: its time zone “Moon/Base” is not known.'])
  })

  test('of a zone with a program’s address before its name are of that zone', async () => {
    const zone = '/freeassociation.sourceforge.net/Asia/Kolkata'
    const contents = await read([onCall(`DTSTART;TZID=${zone}:20261204T120000`, 'DURATION:P1DT2H')])
    expect(spans(contents)).toEqual(['On Call - EMEA 2026-12-04T06:30Z/2026-12-05T08:30Z'])
  })

  test('take their length by the clock, and days by the calendar, over a change of the clocks', async () => {
    const zone = 'TZID=Europe/Berlin'
    const contents = await read([
      ['UID:a', 'SUMMARY:day', `DTSTART;${zone}:20261024T120000`, 'DURATION:P1D'],
      ['UID:b', 'SUMMARY:hours', `DTSTART;${zone}:20261024T120000`, 'DURATION:PT24H'],
    ])
    expect(spans(contents)).toEqual([
      'day 2026-10-24T10:00Z/2026-10-25T11:00Z',
      'hours 2026-10-24T10:00Z/2026-10-25T10:00Z',
    ])
  })
})

describe('what repeats', () => {
  test('has further times, exceptions by day, and times taken out of it by number', async () => {
    const contents = await read([
      onCall(
        'DTSTART;VALUE=DATE:20261102',
        'RRULE:FREQ=DAILY;COUNT=4',
        'EXDATE;VALUE=DATE:20261103',
        'RDATE;VALUE=DATE:20261120,20261122',
      ),
    ])
    expect(spans(contents)).toEqual(
      ['02', '04', '05', '20', '22'].map(
        (day) => `On Call - EMEA 2026-11-${day}T00:00/2026-11-${String(Number(day) + 1).padStart(2, '0')}T00:00`,
      ),
    )
  })

  test('that began years ago and never ends is followed through the window only', async () => {
    const contents = await read([
      onCall('DTSTART;TZID=Europe/Berlin:19990104T090000', 'DURATION:PT8H', 'RRULE:FREQ=WEEKLY;BYDAY=MO'),
    ])
    expect(contents.events.length).toBeGreaterThanOrEqual(34)
    expect(contents.events.length).toBeLessThanOrEqual(36)
    expect(contents.problems).toEqual([])
  })

  test.each([
    ['too often', 'FREQ=SECONDLY', '20261120T090000Z'],
    ['too often since long', 'FREQ=MINUTELY;INTERVAL=1', '19900101T090000Z'],
    ['further than any calendar', 'FREQ=SECONDLY;INTERVAL=999999999999', '20261120T090000Z'],
    ['a needle in a haystack', 'FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=29', '20250301T090000Z'],
  ])('%s ends, and says so', async (_, rule, start) => {
    const contents = await read([onCall(`DTSTART:${start}`, 'DURATION:PT1S', `RRULE:${rule}`)])
    expect(contents.problems).toEqual([
      '“On Call - EMEA” repeats too often to be followed to its end; its first times count.',
    ])
    expect(contents.events.length).toBeLessThanOrEqual(1001)
  })

  test.each([
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2',
    'FREQ=YEARLY;BYDAY=1MO;BYMONTH=4;BYMONTHDAY=15,16,17,18,19,20,21',
    'FREQ=YEARLY;INTERVAL=90',
  ])('by %s never does again, and is the first time only', async (rule) => {
    const contents = await read([onCall('DTSTART:20261120T090000Z', 'DURATION:PT1H', `RRULE:${rule}`)])
    expect(spans(contents)).toEqual(['On Call - EMEA 2026-11-20T09:00Z/2026-11-20T10:00Z'])
  })

  test('by a rule that is none is named, and its first time counts', async () => {
    const contents = await read([onCall('DTSTART:20261120T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=SOMETIMES')])
    expect(contents.events).toHaveLength(1)
    expect(contents.problems).toEqual([
      '“On Call - EMEA” repeats by a rule that cannot be followed; only its first time counts.',
    ])
  })

  test('holds nobody up: others have their turn while a large calendar is read', async () => {
    const rules = Array.from({ length: 40 }, (_, index) => [
      `UID:${index}`,
      'SUMMARY:x',
      'DTSTART:20100101T090000Z',
      'DURATION:PT1H',
      'RRULE:FREQ=DAILY',
    ])
    let turns = 0
    let reading = true
    const others = (async () => {
      while (reading) {
        await new Promise((resolve) => void setImmediate(resolve))
        turns += 1
      }
    })()
    const contents = await read(rules)
    reading = false
    await others
    expect(contents.events).toHaveLength(5000)
    expect(contents.problems).toEqual(['There is more in it than 5000 events; what comes after those was left out.'])
    expect(turns).toBeGreaterThan(20)
  })

  test('holds nobody up by what no calendar needs: an event with more in it than is read in one go is left out, and said', async () => {
    const shift = (uid: string, ...lines: string[]) => [
      ...[`UID:${uid}`, `SUMMARY:Shift ${uid}`, 'DTSTART:20261204T090000Z', 'DURATION:PT1H'],
      ...lines,
    ]
    const days = Array.from({ length: 20_000 }, (_, nth) => new Date(from + nth * 60_000).toISOString())
    const dates = days.map((day) => `${day.slice(0, 16).replaceAll(/[-:]/g, '')}00Z`)
    const contents = await read([
      shift('1', `EXDATE:${dates.join(',')}`),
      shift('2', ...dates.slice(0, 600).map((date) => `RDATE:${date}`)),
      shift('3', ...dates.map((_, nth) => `ATTENDEE;CN=Person ${nth}:mailto:${nth}@example.com`)),
      shift('4', `RDATE:${dates.slice(0, 300).join(',')}`, `DESCRIPTION:${'x'.repeat(100_000)}`),
      [...onCall('DTSTART:20261204T090000Z', 'DURATION:PT1H').slice(0, 1), `SUMMARY:${'x '.repeat(40_000)}`],
    ])
    const counts = Map.groupBy(contents.events, ({ title }) => title)
    expect([...counts].map(([title, events]) => [title, events.length])).toEqual([
      ['Shift 3', 1],
      ['Shift 4', 301],
    ])
    const words = 'was left out: there is more in it than any event needs.'
    expect(contents.problems).toEqual([`“Shift 1” ${words}`, `“Shift 2” ${words}`, `“(no title)” ${words}`])
    expect(contents.people).toHaveLength(1000)
  })

  test('takes so many changed days of one event and no more, and says so', async () => {
    const changed = Array.from({ length: 2100 }, (_, nth) => {
      const date = new Date(from + nth * 3_600_000).toISOString().slice(0, 13).replaceAll('-', '')
      return onCall(`DTSTART:${date}0000Z`, 'DURATION:PT30M', `RECURRENCE-ID:${date}0000Z`)
    })
    const contents = await read(changed)
    expect(contents.events).toHaveLength(2000)
    expect(contents.problems).toEqual([
      '“On Call - EMEA” is written more than 2000 times, each for another day; what comes after those was left out.',
    ])
  })

  test('gives others their turn within one line that is folded without end', async () => {
    const folded = `DESCRIPTION:${Array.from({ length: 400_000 }, () => 'x').join('\r\n ')}`
    let turns = 0
    let reading = true
    const others = (async () => {
      while (reading) {
        await new Promise((resolve) => void setImmediate(resolve))
        turns += 1
      }
    })()
    await read([onCall('DTSTART:20261204T090000Z', 'DURATION:PT1H', folded)])
    reading = false
    await others
    expect(turns).toBeGreaterThan(10)
  })

  test('by days and weeks is the same as walking from day to day', async () => {
    const names = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -900, max: 100 }),
        fc.constantFrom('DAILY', 'WEEKLY'),
        fc.integer({ min: 1, max: 5 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 }),
        fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
        fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata'),
        async (offset, freq, interval, weekdays, count, zone) => {
          const first = Temporal.PlainDate.from('2026-10-05').add({ days: offset })
          const monday = first.subtract({ days: first.dayOfWeek - 1 })
          const days = freq === 'WEEKLY' ? [...new Set([...weekdays, first.dayOfWeek])] : []
          const expected: string[] = []
          let counted = 0
          for (let day = first, index = 0; index < 1300; day = day.add({ days: 1 }), index += 1) {
            const weeks = Math.floor(monday.until(day).days / 7)
            const hit =
              freq === 'DAILY' ? index % interval === 0 : weeks % interval === 0 && days.includes(day.dayOfWeek)
            if (!hit) continue
            counted += 1
            if (count !== undefined && counted > count) break
            const startsAt = day.toZonedDateTime({ timeZone: zone, plainTime: '09:00' }).epochMilliseconds
            const isIn = startsAt < window.endsAt && startsAt + 3_600_000 > window.startsAt
            if (isIn) expected.push(new Date(startsAt).toISOString())
          }
          const by = freq === 'WEEKLY' ? `;BYDAY=${days.map((day) => names[day - 1]).join(',')}` : ''
          const { events } = await read([
            onCall(
              `DTSTART;TZID=${zone}:${first.toString().replaceAll('-', '')}T090000`,
              'DURATION:PT1H',
              `RRULE:FREQ=${freq};INTERVAL=${interval}${by}${count === undefined ? '' : `;COUNT=${count}`}`,
            ),
          ])
          const starts = events.map(({ time }) => (time.kind === 'fixed' ? time.startsAt : 0))
          expect(starts.toSorted((a, b) => a - b).map((at) => new Date(at).toISOString())).toEqual(expected)
        },
      ),
      { numRuns: 300 },
    )
  }, 60_000)
})

describe('what is wrong', () => {
  test('with one event is said by its title, and the others count', async () => {
    const contents = await read([
      ['UID:1', 'SUMMARY:Backwards', 'DTSTART:20261204T090000Z', 'DTEND:20261203T090000Z'],
      ['UID:2', 'SUMMARY:No day', 'DTSTART:20260230T090000Z', 'DURATION:PT1H'],
      ['UID:3', 'SUMMARY:Mixed', 'DTSTART;VALUE=DATE:20261204', 'DTEND:20261205T090000Z'],
      ['UID:4', 'SUMMARY:Odd length', 'DTSTART:20261204T090000Z', 'DURATION:soon'],
      ['UID:5', 'DTEND:20261204T090000Z'],
      [
        'UID:7',
        'SUMMARY:From here on',
        'RECURRENCE-ID;RANGE=THISANDFUTURE:20261204T090000Z',
        'DTSTART:20261204T100000Z',
      ],
      ['UID:6', 'SUMMARY:A moment', 'DTSTART:20261204T090000Z'],
      onCall('DTSTART:20261204T090000Z', 'DTEND:20261204T170000Z'),
    ])
    expect(spans(contents)).toEqual(['On Call - EMEA 2026-12-04T09:00Z/2026-12-04T17:00Z'])
    expect(contents.problems).toEqual([
      '“Backwards” was left out: it ends before it begins.',
      '“No day” was left out: when it begins is not a day or time.',
      '“Mixed” was left out: when it ends cannot be read.',
      '“Odd length” was left out: how long it takes cannot be read.',
      '“(no title)” was left out: when it begins is not a day or time.',
      '“From here on” was left out: it changes all that come after it as well, which is not read; give those an event of their own.',
      'One event has no end, so it takes no time and was left out.',
    ])
  })

  test('with many is counted', async () => {
    const bad = Array.from({ length: 30 }, (_, index) => [`UID:${index}`, 'SUMMARY:x', 'DTSTART:never'])
    const { problems } = await read(bad)
    expect(problems).toHaveLength(21)
    expect(problems.at(-1)).toBe('10 more of its events have something wrong.')
  })

  test.each([
    ['<!DOCTYPE html><html><body>Sign in</body></html>', 'A web page came instead of a calendar'],
    ['', 'It is empty'],
    ['{"events": []}', 'It is not a calendar: a calendar begins with BEGIN:VCALENDAR'],
    ['BEGIN:VCARD\r\nFN:Jonas\r\nEND:VCARD\r\n', 'It is not a calendar'],
    [anIcs([onCall('DTSTART:20261204T090000Z', 'DURATION:PT1H')]).slice(0, -30), 'breaks off in its middle'],
    [
      anIcs([onCall('DTSTART:20261204T090000Z', 'DURATION:PT1H')]).replace(/END:VCAL.*\r\n/, ''),
      'breaks off in its middle',
    ],
  ])('altogether with %j is refused in words', async (text, words) => {
    await expect(readCalendar(text, window)).rejects.toMatchObject({
      name: 'Refusal',
      message: expect.stringContaining(words) as string,
    })
  })

  test('with line ends, a mark at its beginning or an empty calendar is nothing', async () => {
    const text = `\uFEFF${anIcs([onCall('DTSTART:20261204T090000Z', 'DURATION:PT1H')]).replaceAll('\r\n', '\n')}`
    expect((await readCalendar(text, window)).events).toHaveLength(1)
    expect(await read([])).toEqual({ name: null, people: [], events: [], problems: [] })
  })
})

test('of several versions of an event the latest counts, and a cancelled one does not', async () => {
  const version = (sequence: number, ...lines: string[]) => onCall(`SEQUENCE:${sequence}`, 'DURATION:PT1H', ...lines)
  expect(spans(await read([version(3, 'DTSTART:20261204T090000Z'), version(1, 'DTSTART:20261205T090000Z')]))).toEqual([
    'On Call - EMEA 2026-12-04T09:00Z/2026-12-04T10:00Z',
  ])
  expect(spans(await read([version(1, 'DTSTART:20261204T090000Z', 'STATUS:CANCELLED')]))).toEqual([])
})
