import { describe, expect, test } from 'vitest'
import {
  changesOf,
  nextUndecided,
  placeAfter,
  placeToBegin,
  stepFrom,
} from '#renderer/features/return-meeting/place-in-list.ts'
import { decided, someRows } from '../../support/return-fixtures.ts'

const rows = someRows(4)
const keys = rows.map(({ key }) => key)
const done = (...places: readonly number[]) => rows.map((row, place) => (places.includes(place) ? decided(row) : row))

describe('a list is taken up', () => {
  test('at the row it stood at, also where that is decided', () => {
    expect(placeToBegin(done(0, 1), keys[1] ?? null)).toBe(keys[1])
  })

  test('at the first that is undecided where it stood at none, or at one that is gone', () => {
    expect(placeToBegin(done(0, 1), null)).toBe(keys[2])
    expect(placeToBegin(done(0, 1), 'ticket:1/new')).toBe(keys[2])
  })

  test('at its end where nothing is undecided', () => {
    expect(placeToBegin(done(0, 1, 2, 3), null)).toBeNull()
  })
})

describe('the next undecided row', () => {
  test('is looked for onwards, then from the beginning', () => {
    expect(nextUndecided(done(1), keys[0] ?? null)).toBe(keys[2])
    expect(nextUndecided(done(3), keys[2] ?? null)).toBe(keys[0])
  })

  test('is none where only the one it is asked from is left', () => {
    expect(nextUndecided(done(0, 1, 3), keys[2] ?? null)).toBeNull()
  })

  test('is also one that something came to since it was decided', () => {
    const [first, second] = rows
    if (!first || !second) throw new Error('too few rows')
    expect(nextUndecided([decided(first), decided(second, { changed: true })], first.key)).toBe(second.key)
  })
})

test('a step past the last row leads to the end, and back from there to the last row', () => {
  expect(stepFrom(rows, keys[3] ?? null, 1)).toBeNull()
  expect(stepFrom(rows, null, -1)).toBe(keys[3])
  expect(stepFrom(rows, keys[0] ?? null, -1)).toBe(keys[0])
})

test('whoever stood at a row that left the list goes on at what came after it', () => {
  const without = (...places: readonly number[]) => rows.filter((_, place) => !places.includes(place))
  expect(placeAfter(keys, without(1, 2), keys[1] ?? '')).toBe(keys[3])
  expect(placeAfter(keys, without(3), keys[3] ?? '')).toBe(keys[0])
  expect(placeAfter(keys, [], keys[0] ?? '')).toBeNull()
})

test('what came to a list, left it and is open again is said in sentences', () => {
  const [first, second, third] = rows
  if (!first || !second || !third) throw new Error('too few rows')
  expect(changesOf([first], [first])).toEqual([])
  expect(changesOf([first], [first, second, third])).toEqual(['2 rows came to the list.'])
  expect(changesOf([first, second], [first])).toEqual(['1 row left the list.'])
  expect(changesOf([decided(first)], [decided(first, { changed: true })])).toEqual([
    '1 row changed since the decision, and is open again.',
  ])
  // Decided here and now is no news.
  expect(changesOf([first], [decided(first)])).toEqual([])
})
