import { expect, test } from 'vitest'
import { safeNotes } from '#core/calls/safe-notes.ts'

test.each([
  ['/close', '\\/close'],
  ['/etc/gitlab was changed', '\\/etc/gitlab was changed'],
  ['see /close', 'see /close'],
  ['## Action items', '#### Action items'],
  ['#hashtag', '#hashtag'],
  ['a <!-- b', 'a &lt;!-- b'],
  ['```sh\n/close\n## x', '```sh\n/close\n## x\n```'],
  ['```\nx\n```\n/close', '```\nx\n```\n\\/close'],
])('of “%s” nothing is carried out, ends its section or hides what follows', (typed, written) => {
  expect(safeNotes(typed)).toBe(written)
})
