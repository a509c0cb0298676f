import { expect, test } from 'vitest'
import { blankCall } from '#core/calls/call-document.ts'
import { isCallDocument } from '#core/calls/is-call-document.ts'
import { aCall } from '#test/support/call-values.ts'

const call = aCall({ tickets: [{ id: 4711, how: 'internal' }] })

test('a call that was kept as text is one', () => {
  expect(isCallDocument(JSON.parse(JSON.stringify(call)))).toBe(true)
  expect(isCallDocument(blankCall({ about: 'other', day: '', tickets: [] }))).toBe(true)
})

test('a text of any length is one', () => {
  expect(isCallDocument({ ...call, purpose: 'x'.repeat(100_000) })).toBe(true)
})

test.each([null, undefined, 'call', 7, [], {}])('%j is none', (value) => {
  expect(isCallDocument(value)).toBe(false)
})

test.each(Object.keys(call))('without %s, or with something else in its place, it is none', (name) => {
  expect(isCallDocument({ ...call, [name]: undefined })).toBe(false)
  expect(isCallDocument({ ...call, [name]: 7 })).toBe(false)
  expect(isCallDocument({ ...call, [name]: [7] })).toBe(false)
})

test.each([
  { tickets: [{ id: '4711', how: 'internal' }] },
  { tickets: [{ id: 4711, how: 'aloud' }] },
  { topics: [{ title: 'Order' }] },
  { actions: [{ what: 'Book', dri: '', dueOn: '', done: 'no' }] },
  { about: 'weather' },
])('with %j it is none', (part) => {
  expect(isCallDocument({ ...call, ...part })).toBe(false)
})
