import { expect, test } from 'vitest'
import { isLastPage, toPage, toUsers } from '#service/zendesk/page.ts'

test('a page by cursor is the last one only when it says so', () => {
  expect(toPage('a list', { has_more: false, after_cursor: 'x' }, [1])).toEqual({ rows: [1], users: [], next: null })
  expect(toPage('a list', { has_more: true, after_cursor: 'x' }, [1]).next).toBe('x')
})

test.each([
  ['there is more and it does not say where', { has_more: true, after_cursor: null }, [1]],
  ['there is more and it is empty', { has_more: true, after_cursor: 'x' }, []],
])('a page by cursor is refused when %s', (_when, meta, rows) => {
  expect(() => toPage('a list', meta, rows)).toThrow('a page of a list that has more to come but does not say where')
})

test('a page by number is the last one when it names no next one; an empty one that does is refused', () => {
  expect(isLastPage('a list', null, [])).toBe(true)
  expect(isLastPage('a list', 'https://elsewhere.invalid', [1])).toBe(false)
  expect(() => isLastPage('a list', 'https://elsewhere.invalid', [])).toThrow('more to come')
})

test('users may lack a role', () => {
  expect(toUsers([{ id: 1, name: 'Carla' }])).toEqual([{ id: 1, name: 'Carla', role: null }])
  expect(toUsers(undefined)).toEqual([])
})
