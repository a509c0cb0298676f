import { expect, test } from 'vitest'
import { shortenSides } from '#core/outbox/shorten-sides.ts'

const lines = (...middle: readonly string[]) => ['a', 'b', 'c', ...middle, 'x', 'y', 'z'].join('\n')

test('lines that all begin or end with are left out but for one', () => {
  expect(shortenSides([lines('old'), lines('mine'), lines('theirs', 'more')])).toEqual([
    '…\nc\nold\nx\n…',
    '…\nc\nmine\nx\n…',
    '…\nc\ntheirs\nmore\nx\n…',
  ])
})

test('short texts stay whole, and line ends do not count', () => {
  expect(shortenSides(['old', 'mine', 'theirs'])).toEqual(['old', 'mine', 'theirs'])
  expect(shortenSides(['a\r\nb', 'a\nc'])).toEqual(['a\nb', 'a\nc'])
  expect(shortenSides(['', 'mine'])).toEqual(['', 'mine'])
})

test('what is still too long is cut, and says how long it is', () => {
  const [long = ''] = shortenSides(['x'.repeat(5000), 'y'])
  expect(long).toMatch(/^x{1200}… \(5000 characters\)$/)
})
