import { expect, test } from 'vitest'
import { exitCodeOf } from '#scripts/child.mjs'

test('a program that was ended by a signal leaves with 128 and its number', () => {
  expect(exitCodeOf(null, 'SIGINT')).toBe(130)
  expect(exitCodeOf(null, 'SIGKILL')).toBe(137)
})

test('a program that ended by itself leaves with its own code', () => {
  expect(exitCodeOf(0, null)).toBe(0)
  expect(exitCodeOf(3, null)).toBe(3)
})
