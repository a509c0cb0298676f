import { expect, test } from 'vitest'
import { deskDifferences } from '#core/desk/desk-differences.ts'
import { type DeskDocument, emptyDesk } from '#core/desk/desk-document.ts'

const marcus: DeskDocument['contacts'][number] = {
  id: 'm',
  side: 'customer',
  name: 'Marcus Bell',
  role: '',
  reach: '',
  howToWork: '',
  important: false,
}

test('a field says what it becomes, and what it was where it was something', () => {
  const before = { ...emptyDesk, environment: { geo: 'One site', redis: 'Sentinel' } }
  const after = { ...emptyDesk, environment: { geo: 'Two sites', search: 'OpenSearch' }, cadence: 'Every Tuesday' }
  expect(deskDifferences(before, after)).toEqual([
    'Geo: “One site” becomes “Two sites”.',
    'Search: OpenSearch',
    'Redis becomes empty.',
    'Cadence: Every Tuesday',
  ])
})

test('rows are new, change or go, by name', () => {
  const before = { ...emptyDesk, contacts: [marcus, { ...marcus, id: 'y', name: 'Yuki' }] }
  const after = {
    ...emptyDesk,
    contacts: [
      { ...marcus, role: 'Head of Platform' },
      { ...marcus, id: 'r', name: 'Rosa' },
    ],
    extras: [{ id: 'p', name: 'pages', text: 'off\nfor good' }],
  }
  expect(deskDifferences(before, after)).toEqual([
    'Contact Marcus Bell changes.',
    'Contact, new: Rosa',
    'Contact Yuki goes.',
    'Without a field of its own, new: pages: off for good',
  ])
})

test('a desk that stays as it is has none', () => {
  expect(deskDifferences(emptyDesk, { ...emptyDesk })).toEqual([])
})
