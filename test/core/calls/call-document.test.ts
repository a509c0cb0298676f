import { expect, test } from 'vitest'
import { blankCall, isBlankCall, withoutEmpty } from '#core/calls/call-document.ts'
import { aCall } from '#test/support/call-values.ts'

const blank = blankCall({ about: 'tickets', day: '2026-12-04', tickets: [{ id: 1, how: 'internal' }] })

test('a call is blank until something is typed that says something', () => {
  expect(isBlankCall(blank)).toBe(true)
  expect(isBlankCall({ ...blank, decisions: [' ', ''], topics: [{ title: '', notes: '\n' }] })).toBe(true)
  for (const part of ['purpose', 'customer', 'ours', 'topics', 'decisions', 'actions', 'priorities'] as const) {
    expect(isBlankCall({ ...blank, [part]: aCall()[part] })).toBe(false)
  }
})

test('what says nothing is left out, and every line is one', () => {
  const call = aCall({
    customer: ['', ' Marcus\n Bell '],
    actions: [{ what: ' ', dri: 'Dana', dueOn: '', done: false }],
  })
  expect(withoutEmpty(call)).toMatchObject({ customer: ['Marcus Bell'], actions: [] })
})
