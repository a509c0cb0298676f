import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCalendar } from '#service/calendar/read-calendar.ts'
import { writeCalendar, type Appointment } from '#service/calendar/write-calendar.ts'
import { dayMs, hourMs, wednesday } from '#test/support/work-values.ts'

const meeting: Appointment = {
  uid: 'return-anna-away--1@understudy',
  title: 'Return meeting: Acme',
  description: 'Anna and Ines go over what happened.',
  writtenAt: wednesday,
  remindMinutes: 15,
  startsAt: wednesday + 5 * dayMs,
  endsAt: wednesday + 5 * dayMs + hourMs / 2,
}
const window = { startsAt: wednesday, endsAt: wednesday + 30 * dayMs }

describe('an appointment as a calendar file', () => {
  test('has all that calendars ask for, in UTC', () => {
    expect(writeCalendar(meeting)).toBe(
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//Understudy//Understudy//EN',
        'METHOD:PUBLISH',
        'BEGIN:VEVENT',
        'UID:return-anna-away--1@understudy',
        'DTSTAMP:20261118T090000Z',
        'SEQUENCE:29916540',
        'DTSTART:20261123T090000Z',
        'DTEND:20261123T093000Z',
        'SUMMARY:Return meeting: Acme',
        'DESCRIPTION:Anna and Ines go over what happened.',
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        'DESCRIPTION:Return meeting: Acme',
        'TRIGGER:-PT15M',
        'END:VALARM',
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ].join('\r\n'),
    )
  })

  test('is read back by this app as what it was', async () => {
    expect(await readCalendar(writeCalendar(meeting), window)).toEqual({
      name: null,
      people: [],
      problems: [],
      events: [
        {
          key: meeting.uid,
          title: meeting.title,
          allDay: false,
          time: { kind: 'fixed', startsAt: meeting.startsAt, endsAt: meeting.endsAt },
        },
      ],
    })
  })

  test('takes the place of one that was written before it', async () => {
    const later = {
      ...meeting,
      writtenAt: wednesday + 60_000,
      startsAt: wednesday + 6 * dayMs,
      endsAt: wednesday + 7 * dayMs,
    }
    const events = [later, meeting].map((one) => /BEGIN:VEVENT[\s\S]*END:VEVENT\r\n/.exec(writeCalendar(one))?.[0])
    const both = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${events.join('')}END:VCALENDAR\r\n`
    expect((await readCalendar(both, window)).events).toMatchObject([{ time: { startsAt: later.startsAt } }])
  })

  test('keeps any name: nothing in it becomes a line of its own, and no line is longer than 75 octets', async () => {
    const awkward = fc.constantFrom('\n', '\r\n', '\\', ';', ',', ':', '"', 'ü', '株', '🦊', 'END:VEVENT', 'a', ' ')
    const anyTitle = fc.array(awkward, { minLength: 1, maxLength: 120 }).map((parts) => `x${parts.join('')}x`)
    await fc.assert(
      fc.asyncProperty(anyTitle, async (title) => {
        const text = writeCalendar({ ...meeting, title, description: title.repeat(9) })
        expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
        const lines = text.split('\r\n')
        expect(lines.filter((line) => line === 'END:VEVENT')).toHaveLength(1)
        expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75)
        const { events, problems } = await readCalendar(text, window)
        expect(problems).toEqual([])
        expect(events.map((event) => event.title)).toEqual([title.replaceAll(/\s+/g, ' ').trim()])
      }),
      { numRuns: 100 },
    )
  })
})
