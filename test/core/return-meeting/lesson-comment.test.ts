import { expect, test } from 'vitest'
import { lessonComment, lessonLine, lessonWords } from '#core/return-meeting/lesson-comment.ts'

test('a lesson says whether the handoff helped and what was missing, as far as that was said', () => {
  expect(lessonWords({ helped: 'partly', missing: 'How to roll back. ' })).toBe(
    'The handoff helped in part. What was missing: How to roll back.',
  )
  expect(lessonWords({ helped: 'yes', missing: '' })).toBe('The handoff helped.')
  expect(lessonWords({ helped: null, missing: '' })).toBe('')
})

test('the comment has a line for each account, in which nothing is taken for Markdown', () => {
  const lines = [
    lessonLine('Acme', { helped: 'no', missing: '@ben <b>' }),
    lessonLine('Borealis', { helped: 'yes', missing: '' }),
  ]
  expect(lessonComment(lines)).toBe(
    [
      'What the return meetings found, for the next handoff:',
      '',
      String.raw`- **Acme**: The handoff did not help. What was missing: \@ben &lt;b\>`,
      '- **Borealis**: The handoff helped.',
    ].join('\n'),
  )
  expect(lessonLine('Acme', { helped: null, missing: ' ' })).toBe('')
})
