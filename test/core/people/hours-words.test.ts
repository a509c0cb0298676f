import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hoursExample, readHours, writeHours } from '#core/people/hours-words.ts'

const office = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, fromMinute: 540, toMinute: 1020 }))
const saturdayNight = { weekday: 6, fromMinute: 1320, toMinute: 1800 }

test('hours are read as people write them, an end that is not after the beginning on the next day', () => {
  expect(readHours(hoursExample)).toEqual([...office, saturdayNight])
  expect(readHours(' mon–FRI  09:00-17:00;\nsat 22:00-06:00 ')).toEqual([...office, saturdayNight])
  expect(readHours('Sat-Mon 08:30-24:00')?.map(({ weekday, toMinute }) => [weekday, toMinute])).toEqual([
    [6, 1440],
    [7, 1440],
    [1, 1440],
  ])
  expect(readHours('Wed 00:00-00:00')).toEqual([{ weekday: 3, fromMinute: 0, toMinute: 1440 }])
  expect(readHours('')).toEqual([])
})

test.each([
  'Mon',
  '09:00-17:00',
  'Mon-Fri 9-17',
  'Foo 09:00-17:00',
  'Mon-Xyz 09:00-17:00',
  'Mon 24:00-25:00',
  'Mon 09:60-17:00',
  'Mon 09:00-24:01',
  ',',
])('%j is not understood', (text) => {
  expect(readHours(text)).toBeNull()
  expect(readHours(`Tue 09:00-17:00, ${text}`)).toBeNull()
})

test('days with the same hours are written together', () => {
  expect(writeHours([saturdayNight, ...office])).toBe(hoursExample)
  expect(writeHours(office.filter(({ weekday }) => weekday !== 3))).toBe('Mon-Tue 09:00-17:00, Thu-Fri 09:00-17:00')
  expect(writeHours([])).toBe('')
})

test('whatever is written is read as it was', () => {
  const anyShift = fc
    .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }))
    .map(([weekday, fromMinute, length]) => ({ weekday, fromMinute, toMinute: fromMinute + length }))
  const inOrder = (hours: readonly { weekday: number; fromMinute: number; toMinute: number }[]) =>
    hours.map(({ weekday, fromMinute, toMinute }) => `${weekday} ${fromMinute} ${toMinute}`).toSorted()
  fc.assert(
    fc.property(fc.array(anyShift, { maxLength: 10 }), (hours) => {
      expect(inOrder(readHours(writeHours(hours)) ?? [])).toEqual(inOrder(hours))
    }),
    { numRuns: 1000 },
  )
})
