import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readActionText } from '#core/calls/action-item.ts'
import { withoutEmpty } from '#core/calls/call-document.ts'
import { readCallIssue } from '#core/calls/read-call.ts'
import { callMarkdown, callTitle } from '#core/calls/write-call.ts'
import { listTasks } from '#core/issues/list-tasks.ts'
import { anyCall } from '#test/support/call-values.ts'
import { policyOf } from '#test/support/policy-of.ts'

const of = { account: 'Acme', label: 'ASE Work - Acme' }

test.each(['2025-04', '2026-08'])(
  'whatever was written of a call reads back from its issue, by edition %s',
  (edition) => {
    const { proactive } = policyOf(edition)
    fc.assert(
      fc.property(anyCall, (call) => {
        const description = callMarkdown(call, proactive, of)
        const read = readCallIssue({ title: callTitle(call), description })
        const { purpose, actions } = withoutEmpty(call)
        expect(read).toMatchObject({ day: call.day, purpose })
        expect(read?.actions.map(({ what, dri, dueOn, done }) => ({ what, dri, dueOn, done }))).toEqual(
          actions.map((item) => ({ ...readBack(item), done: item.done })),
        )
      }),
      { numRuns: 500 },
    )
  },
)

/** Without who and when, brackets at the end of what is to be done count as that; brackets in a name become square ones. */
function readBack({ what, dri, dueOn }: { what: string; dri: string; dueOn: string }) {
  if (dri === '' && dueOn === '') return readActionText(what)
  return { what, dri: dri.replaceAll('(', '[').replaceAll(')', ']'), dueOn }
}

test('an action item is named as the task it is in the whole text', () => {
  const description =
    '- [ ] Same\n\n## Action items\n\n- [ ] Same\n- [x] Other (DRI: Dana)\n\n## Priorities\n\n- [ ] Later'
  const read = readCallIssue({ title: '2026-12-04 Call: Upgrade', description })
  expect(read?.actions).toEqual([
    { what: 'Same', dri: '', dueOn: '', done: false, text: 'Same', nth: 1 },
    { what: 'Other', dri: 'Dana', dueOn: '', done: true, text: 'Other (DRI: Dana)', nth: 0 },
  ])
  for (const { text, nth, done } of read?.actions ?? []) {
    expect(listTasks(description)).toContainEqual({ text, nth, done })
  }
})

test('without a section for them, every task of a call is an action item', () => {
  const issue = { title: '2026-12-04 call:  Geo ', description: 'Present: all.\n\n* [ ] Book it (by 2026-12-09).' }
  expect(readCallIssue(issue)).toEqual({
    day: '2026-12-04',
    purpose: 'Geo',
    actions: [{ what: 'Book it', dri: '', dueOn: '2026-12-09', done: false, text: 'Book it (by 2026-12-09).', nth: 0 }],
  })
})

test.each(['Upgrade plan', '2026-12-04 Upgrade', 'Call: Upgrade', '2026-12-04 Call:', '12-04 Call: x'])(
  '“%s” is no call',
  (title) => {
    expect(readCallIssue({ title, description: '- [ ] x' })).toBeNull()
  },
)
