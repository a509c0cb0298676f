import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addMarker, hasMarker, keepMarkers, stripMarkers } from '#core/outbox/marker.ts'

const id = fc.uuid()

test('a mark is the last line of a text, is found again, and is no part of what is read', () => {
  expect(addMarker('Text.', 'a-1')).toBe('Text.\n\n<!-- understudy a-1 -->')
  fc.assert(
    fc.property(fc.string(), id, (text, one) => {
      const marked = addMarker(text, one)
      expect(hasMarker(marked, one)).toBe(true)
      expect(stripMarkers(marked)).toBe(text)
    }),
  )
})

test('it is found wherever it stands by now, and not taken for another one', () => {
  const text = `${addMarker('Text.', 'a-1')}\r\nAnd what a colleague wrote below.`
  expect(hasMarker(text, 'a-1')).toBe(true)
  expect(hasMarker(text, 'a')).toBe(false)
  expect(stripMarkers(text)).toBe('Text.\r\nAnd what a colleague wrote below.')
})

test('other comments stay', () => {
  const text = 'Text.\n\n<!-- keep me -->'
  expect(stripMarkers(text)).toBe(text)
})

test('a text that takes the place of a marked one keeps its mark, once', () => {
  const former = addMarker('Old.', 'a-1')
  expect(keepMarkers('New.', former)).toBe(addMarker('New.', 'a-1'))
  expect(keepMarkers(addMarker('New.', 'a-1'), former)).toBe(addMarker('New.', 'a-1'))
  expect(keepMarkers('New.', 'Old.')).toBe('New.')
})
