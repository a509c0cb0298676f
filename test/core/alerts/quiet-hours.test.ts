import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quietAt, type QuietWeek } from '#core/alerts/quiet-hours.ts'

const at = (text: string) => Date.parse(text)
const nights: QuietWeek = Array.from({ length: 7 }, () => ({ from: '19:00', to: '08:00' }))
const only = (day: number, from: string, to: string): QuietWeek =>
  Array.from({ length: 7 }, (_, index) => (index === day - 1 ? { from, to } : null))
const berlin = 'Europe/Berlin'

describe('quiet hours', () => {
  test('begin at their minute and are over at theirs, over midnight', () => {
    const quiet = { startsAt: at('2026-11-18T19:00+01:00'), endsAt: at('2026-11-19T08:00+01:00') }
    expect(quietAt(nights, berlin, at('2026-11-18T18:59:59+01:00'))).toBeNull()
    expect(quietAt(nights, berlin, quiet.startsAt)).toEqual(quiet)
    expect(quietAt(nights, berlin, at('2026-11-19T03:00+01:00'))).toEqual(quiet)
    expect(quietAt(nights, berlin, quiet.endsAt)).toBeNull()
  })

  test('are an hour shorter or longer in the nights when the clocks are set', () => {
    const hours = (text: string) => {
      const quiet = quietAt(nights, berlin, at(text))
      return quiet && (quiet.endsAt - quiet.startsAt) / 3_600_000
    }
    expect(hours('2026-03-28T23:00+01:00')).toBe(12)
    expect(hours('2026-10-24T23:00+02:00')).toBe(14)
    expect(hours('2026-11-24T23:00+01:00')).toBe(13)
  })

  test('that end at a time the clocks skip end when they skip it, at one they show twice the first time', () => {
    expect(quietAt(only(6, '20:00', '02:30'), berlin, at('2026-03-28T23:00+01:00'))?.endsAt).toBe(
      at('2026-03-29T03:00+02:00'),
    )
    expect(quietAt(only(6, '20:00', '02:30'), berlin, at('2026-10-24T23:00+02:00'))?.endsAt).toBe(
      at('2026-10-25T02:30+02:00'),
    )
  })

  test('that meet or overlap are one', () => {
    const week: QuietWeek = [
      null,
      null,
      null,
      null,
      { from: '18:00', to: '09:00' },
      { from: '09:00', to: '09:00' },
      null,
    ]
    expect(quietAt(week, berlin, at('2026-11-21T12:00+01:00'))).toEqual({
      startsAt: at('2026-11-20T18:00+01:00'),
      endsAt: at('2026-11-22T09:00+01:00'),
    })
  })

  test('are none on days without any', () => {
    expect(quietAt(only(1, '09:00', '17:00'), berlin, at('2026-11-17T12:00+01:00'))).toBeNull()
  })
})

test('at each minute of a week it is quiet as the clock on the wall says, in any zone', () => {
  const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30)).map(([h, m]) => h * 60 + m)
  const day = fc.option(fc.record({ from: time, to: time }), { nil: null })
  const text = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  fc.assert(
    fc.property(
      fc.array(day, { minLength: 7, maxLength: 7 }),
      fc.constantFrom('Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/New_York'),
      fc.constantFrom('2026-03-26T00:00Z', '2026-10-22T00:00Z', '2026-04-02T00:00Z', '2026-06-01T00:00Z'),
      (days, timeZone, start) => {
        const week = days.map((one) => one && { from: text(one.from), to: text(one.to) })
        const format = new Intl.DateTimeFormat('en-GB', {
          timeZone,
          weekday: 'short',
          hour: '2-digit',
          minute: '2-digit',
          hourCycle: 'h23',
        })
        const shown = (instant: number) => {
          const [name = '', clock = ''] = format.format(instant).split(/[ ,]+/)
          const [hour = 0, minute = 0] = clock.split(':').map(Number)
          return {
            weekday: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(name),
            minute: hour * 60 + minute,
          }
        }
        // A night without a change of clocks, so that the wall alone decides.
        const plain = (instant: number) => {
          const hours = Array.from({ length: 60 }, (_, hour) => instant + (hour - 30) * 3_600_000)
          return hours.every((one) => (shown(one + 3_600_000).minute - shown(one).minute + 1440) % 1440 === 60)
        }
        for (let step = 0; step < 7 * 24; step += 5) {
          const instant = at(start) + step * 3_600_000 + (step % 4) * 15 * 60_000
          if (!plain(instant)) continue
          const { weekday, minute } = shown(instant)
          const today = days[weekday]
          const yesterday = days[(weekday + 6) % 7]
          const inToday = today != null && minute >= today.from && (today.to > today.from ? minute < today.to : true)
          const fromYesterday = yesterday != null && yesterday.to <= yesterday.from && minute < yesterday.to
          expect(quietAt(week, timeZone, instant) !== null, `${timeZone} ${new Date(instant).toISOString()}`).toBe(
            inToday || fromYesterday,
          )
        }
      },
    ),
    { numRuns: 40 },
  )
})
