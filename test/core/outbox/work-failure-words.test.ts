import { expect, test } from 'vitest'
import { unknownOutcomeWords, workRejectionWords } from '#core/outbox/work-failure-words.ts'

test('what GitLab says itself is told where it says more than a number', () => {
  expect(workRejectionWords('rejected', 'It did not accept it (400).', 'title is too long.')).toBe(
    'GitLab did not accept this: “title is too long”. Nothing was changed.',
  )
  expect(workRejectionWords('rejected', 'It did not accept it (400).', null)).toBe(
    'It did not accept it (400). Nothing was changed.',
  )
  expect(workRejectionWords('forbidden', 'GitLab refuses this (403).', '403 Forbidden')).toBe(
    'GitLab refuses this (403). Nothing was changed.',
  )
  expect(workRejectionWords('forbidden', 'GitLab refuses this (403).', 'You may not.')).toBe(
    'GitLab refuses this (403). It says “You may not”. Nothing was changed.',
  )
})

test('what may have got there says that this is not known', () => {
  expect(unknownOutcomeWords('It is not there.')).toBe('It is not there. Whether the change got there is not known.')
})
