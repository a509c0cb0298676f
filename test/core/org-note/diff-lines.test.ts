import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffLines } from '#core/org-note/diff-lines.ts'

const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 8 }).map((lines) => lines.join('\n'))
const without = (given: string) => given.replace(/\n+$/, '')

test('one line in the middle is one line out and one in', () => {
  expect(diffLines('a\nb\nc\n', 'a\nx\nc')).toEqual([
    { kind: 'same', text: 'a' },
    { kind: 'out', text: 'b' },
    { kind: 'in', text: 'x' },
    { kind: 'same', text: 'c' },
  ])
  expect(diffLines('', 'a\n')).toEqual([{ kind: 'in', text: 'a' }])
})

test('both texts can be read from it', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before, after)
      const read = (kind: 'out' | 'in') =>
        lines
          .filter((line) => line.kind !== kind)
          .map((line) => line.text)
          .join('\n')
      expect(read('in')).toBe(without(before))
      expect(read('out')).toBe(without(after))
    }),
  )
})

test('equal texts have nothing out or in', () => {
  fc.assert(
    fc.property(text, (same) => {
      expect(diffLines(same, same).filter(({ kind }) => kind !== 'same')).toEqual([])
    }),
  )
})
