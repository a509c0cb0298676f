import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evidenceOf, rowOf, type RowHead } from '#core/return-meeting/row-parts.ts'
import { after, aReturn } from '#test/support/return-values.ts'

const setting = aReturn()
const quoteOf = (quote: string) => evidenceOf({ at: after(1), words: 'Note', quote }, setting).quote
const head: RowHead = {
  ...{ key: 'ticket:101/noted', kind: 'noted', ticketId: 101, issue: null, subject: 'Slow', words: '1 internal note' },
}

test('of a message its beginning is shown, in one line, and cut at 280 letters', () => {
  expect(quoteOf(' It is\n\tslow. ')).toBe('It is slow.')
  expect(quoteOf('a'.repeat(280))).toBe('a'.repeat(280))
  expect(quoteOf('a'.repeat(281))).toBe(`${'a'.repeat(279)}…`)
  expect(quoteOf(`${'a'.repeat(278)} bbb`)).toBe(`${'a'.repeat(278)}…`)
  expect(quoteOf(`${' '.repeat(1000)}far in`)).toBe('far in')
})

test('the beginning is the same however little of a text is needed for it', () => {
  const piece = fc.oneof(
    fc.constantFrom('word', 'a', ' ', '\n', '\n\n\t', ' '.repeat(300), 'x'.repeat(100)),
    fc.string({ unit: 'binary' }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const text = pieces.join('')
      const whole = text.slice(0, 2240).replaceAll(/\s+/g, ' ').trim()
      expect(quoteOf(text)).toBe(whole.length <= 280 ? whole : `${whole.slice(0, 279).trimEnd()}…`)
    }),
    { numRuns: 500 },
  )
})

test('of the same evidence there is one, of none inside of the window no row', () => {
  const one = evidenceOf({ at: after(1), words: 'Internal note', commentId: 5 }, setting)
  const other = evidenceOf({ at: after(1), words: 'Internal note', commentId: 6 }, setting)
  const late = evidenceOf({ at: setting.endsAt, words: 'Internal note' }, setting)
  expect(rowOf(head, [other, one, late, { ...one }], setting)).toMatchObject([
    { at: after(1), evidence: [{ commentId: 5 }, { commentId: 6 }] },
  ])
  expect(rowOf(head, [one, late], setting)).toMatchObject([{ evidence: [{ commentId: 5 }] }])
  expect(rowOf(head, [late], setting)).toEqual([])
})
