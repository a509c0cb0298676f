import { expect, test } from 'vitest'
import { datedWords, instantWords, isoDay, listed, spanWords } from '#core/coverage/plan-words.ts'

const at = (text: string) => Date.parse(text)
const span = (from: string, to: string) => spanWords({ startsAt: at(from), endsAt: at(to) }, 'Europe/Berlin')

test.each<[string, string, string]>([
  ['2026-12-21T00:00+01:00', '2026-12-22T00:00+01:00', 'on Mon 21 Dec'],
  ['2026-12-21T00:00+01:00', '2026-12-24T00:00+01:00', 'from Mon 21 Dec to Wed 23 Dec'],
  ['2026-12-21T09:00+01:00', '2026-12-21T12:30+01:00', 'on Mon 21 Dec from 09:00 to 12:30'],
  ['2026-12-21T09:00+01:00', '2026-12-22T00:00+01:00', 'on Mon 21 Dec from 09:00 to 24:00'],
  ['2026-12-21T09:00+01:00', '2026-12-23T17:00+01:00', 'from Mon 21 Dec 09:00 until Wed 23 Dec 17:00'],
  ['2026-12-21T00:00+01:00', '2026-12-23T17:00+01:00', 'from Mon 21 Dec 00:00 until Wed 23 Dec 17:00'],
  ['2026-12-21T09:00+01:00', '2026-12-23T00:00+01:00', 'from Mon 21 Dec 09:00 until Tue 22 Dec 24:00'],
  ['2026-03-29T00:00+01:00', '2026-03-30T00:00+02:00', 'on Sun 29 Mar'],
  ['2026-10-25T00:00+02:00', '2026-10-26T00:00+01:00', 'on Sun 25 Oct'],
])('from %s to %s is written %j in Berlin', (from, to, words) => {
  expect(span(from, to)).toBe(words)
})

test('instants and days are those of the zone', () => {
  expect(instantWords(at('2026-12-31T23:30Z'), 'Asia/Kolkata')).toBe('Fri 1 Jan 05:00')
  expect(datedWords(at('2026-12-31T23:30Z'), 'Asia/Kolkata')).toBe('Fri 1 Jan 2027 05:00')
  expect(isoDay(at('2026-12-31T23:30Z'), 'Asia/Kolkata')).toBe('2027-01-01')
})

test('names stand in a row', () => {
  expect([listed([]), listed(['A']), listed(['A', 'B']), listed(['A', 'B', 'C'])]).toEqual([
    '',
    'A',
    'A and B',
    'A, B and C',
  ])
})
