import { expect, test } from 'vitest'
import { tellsOfAbsence } from '#core/org-note/tells-of-absence.ts'

const absence = { firstDay: '2026-11-16', backOn: '2026-11-30' }

test.each([
  ['Anna is away until 2026-11-29. Ines covers for her.', true],
  ['Until 2026-11-30 assign tickets to Ines.', true],
  ['Ines is covering temporarily.', true],
  ['Until 2026-12-24 assign tickets to Ben.', false],
  ['Until 2026-08-01 assign tickets to Ben.', false],
  ['Anna is the ASE. If she is away, anybody may answer.', false],
  ['', false],
])('“%s” tells of the absence: %s', (note, tells) => {
  expect(tellsOfAbsence(note, absence)).toBe(tells)
})
