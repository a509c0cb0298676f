import { expect, test } from 'vitest'
import { composeNote, type NoteMaterial } from '#core/org-note/compose-note.ts'
import { withoutTemporaryText } from '#core/org-note/temporary-text.ts'
import { policyOf } from '#test/support/policy-of.ts'

const policy = policyOf('2025-04').orgNote
const dana = {
  name: 'Dana Whitfield',
  slackHandle: '@dwhitfield',
  region: 'AMER',
  hours: 'Mon-Fri 08:00-16:30',
  timeZone: 'America/Los_Angeles',
}
const acme: NoteMaterial = { customer: 'Acme', ase: dana, autoAssigned: true, cover: null }
const cover = { name: 'Jonas Feldkamp', until: '2026-12-01' }

test('a note says who, where, and when they work', () => {
  const { text, missing } = composeNote(acme, policy)
  expect(text).toContain('Dana Whitfield (@dwhitfield) is the ASE for Acme.')
  expect(text).toContain('Dana Whitfield works in the AMER region.')
  expect(text).toContain('outside of working hours (Mon-Fri 08:00-16:30, America/Los_Angeles)')
  expect(text).not.toContain('{')
  expect(missing).toEqual([])
})

test('of an account whose new tickets are for everybody it says that', () => {
  expect(composeNote({ ...acme, autoAssigned: false }, policy).text).toContain('not assigned automatically')
  expect(composeNote(acme, policy).text).not.toContain('not assigned automatically')
})

test('what is not known is named, and no half sentence is written', () => {
  const { text, missing } = composeNote({ ...acme, ase: { ...dana, region: '', hours: '' } }, policy)
  expect(missing).toHaveLength(2)
  expect(text).not.toContain('region')
  expect(text).not.toContain('()')
})

test('without the customer’s name it speaks of this customer', () => {
  const { text } = composeNote({ ...acme, customer: null, cover }, policy)
  expect(text).toContain('is the ASE for this customer.')
  expect(text).not.toContain('Acme')
})

test('text for an absence names its last day, and taking it out gives the note back as it was', () => {
  const { text } = composeNote({ ...acme, cover }, policy)
  expect(text).toContain('Until 2026-12-01, Jonas Feldkamp covers Acme')
  expect(withoutTemporaryText(text)).toBe(composeNote(acme, policy).text)
})

test('taking it out of a list or a paragraph leaves the rest', () => {
  expect(withoutTemporaryText('Rules:\n- Until 2026-12-01, Tom covers.\n- Others stay.\n')).toBe(
    'Rules:\n- Others stay.\n',
  )
  expect(withoutTemporaryText('Dana is the ASE. Dana is away until 2026-12-01. Cc her.')).toBe(
    'Dana is the ASE. Cc her.',
  )
  expect(withoutTemporaryText('Nothing for a time.\n')).toBe('Nothing for a time.\n')
})
