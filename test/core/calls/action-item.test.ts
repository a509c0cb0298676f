import { expect, test } from 'vitest'
import { actionText, readActionText } from '#core/calls/action-item.ts'

test.each([
  ['Book it (DRI: Dana, by 2026-12-04)', { what: 'Book it', dri: 'Dana', dueOn: '2026-12-04' }],
  ['Book it (DRI: @dana)', { what: 'Book it', dri: '@dana', dueOn: '' }],
  ['Book it (by 2026-12-04)', { what: 'Book it', dri: '', dueOn: '2026-12-04' }],
  ['Book it (dri: Dana; due: 2026-12-04).', { what: 'Book it', dri: 'Dana', dueOn: '2026-12-04' }],
  ['Ask (again) (DRI: Dana)', { what: 'Ask (again)', dri: 'Dana', dueOn: '' }],
  ['Book it (by Friday)', { what: 'Book it (by Friday)', dri: '', dueOn: '' }],
  ['(DRI: Dana)', { what: '(DRI: Dana)', dri: '', dueOn: '' }],
  ['Book it', { what: 'Book it', dri: '', dueOn: '' }],
])('“%s” says who is responsible and by when, as far as it does', (text, item) => {
  expect(readActionText(text)).toEqual(item)
})

test('an action item is written so that nothing in it hides what follows or ends its brackets', () => {
  expect(actionText({ what: 'Read <!-- this', dri: 'Bob (ops)', dueOn: '2026-12-04' })).toBe(
    'Read &lt;!-- this (DRI: Bob [ops], by 2026-12-04)',
  )
  expect(actionText({ what: 'Read', dri: '', dueOn: '' })).toBe('Read')
})
