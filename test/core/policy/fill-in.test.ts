import { expect, test } from 'vitest'
import { fillIn } from '#core/policy/fill-in.ts'

test('placeholders are filled in as often as they stand there, and nothing in what was filled in', () => {
  expect(fillIn('{a} and {b} and {a}', { a: '{b}', b: '$&' })).toBe('{b} and $& and {b}')
})

test('a placeholder without a value stays', () => {
  expect(fillIn('{a} {c}', { a: 'x' })).toBe('x {c}')
})
