import { describe, expect, test } from 'vitest'
import { nextQuery } from '#service/gitlab/next-query.ts'

describe('the next page', () => {
  test.each([
    ['<https://h/i?page=2>; rel="next", <https://h/i?page=1>; rel="first"', 'page=2'],
    ['<https://h/i?page=1>; rel="first", <https://h/i?page=2&labels=a,b>; rel="next"', 'page=2&labels=a,b'],
    ['<https://h/i?cursor=x>; rel=next', 'cursor=x'],
    ['<https://h/i?page=1>; rel="prev", <https://h/i?page=9>; rel="last"', null],
    ['<https://h/i>; rel="next"', null],
    ['', null],
    ['nonsense', null],
  ])('of %s is %s', (link, next) => {
    expect(nextQuery(link)).toBe(next)
  })

  test('does not exist without a Link', () => {
    expect(nextQuery(undefined)).toBeNull()
  })
})
