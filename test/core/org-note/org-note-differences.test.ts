import { expect, test } from 'vitest'
import { orgNoteDifferences } from '#core/org-note/org-note-differences.ts'
import { policyOf } from '#test/support/policy-of.ts'

const [early, late] = [policyOf('2025-04').orgNote, policyOf('2026-08').orgNote]

test('editions differ in what a note has to make clear, and are the same as themselves', () => {
  expect(orgNoteDifferences(early, early)).toEqual([])
  expect(orgNoteDifferences(late, early)).toEqual([
    'An organization note answers 2 questions and says 3 things of every account, and no longer answers 6 questions.',
  ])
})

test('the same questions with other answers are told as well', () => {
  const questions = early.questions.map((question) => ({ ...question, whenAssigned: 'Otherwise.' }))
  expect(orgNoteDifferences({ ...early, questions }, early)).toEqual(['Other words for organization notes.'])
})
