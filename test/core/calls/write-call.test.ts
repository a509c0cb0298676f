import { expect, test } from 'vitest'
import { callMarkdown, callSummary, callTitle, callToCopy } from '#core/calls/write-call.ts'
import { aCall } from '#test/support/call-values.ts'
import { policyOf } from '#test/support/policy-of.ts'

const of = { account: 'Acme', label: 'ASE Work - Acme' }
const { proactive } = policyOf('2025-04')

test('the issue has the sections of the template for calls, in its order', () => {
  expect(callTitle(aCall())).toBe('2026-12-04 Call: Upgrade plan')
  expect(callMarkdown(aCall(), proactive, of)).toBe(`## Who was present

- Acme: Marcus Bell, Yuki Tanabe
- GitLab: Dana Whitfield

## Purpose

Upgrade plan

## Agenda

1. Order of the sites
2. Rollback

## Notes

### Order of the sites

Secondary first.
Then the primary.

### Rollback

## Decisions

- Upgrade on a Saturday

## Action items

- [ ] Book the window (DRI: Marcus Bell, by 2026-12-11)
- [x] Send the checklist (DRI: Dana Whitfield)

## Priorities

What changed:

The upgrade comes before the runners.

The new order:

1. Upgrade
2. Runners`)
})

test('priorities are left out where none changed, and a decision nobody made is said', () => {
  const text = callMarkdown(aCall({ prioritiesChanged: '', priorities: [], decisions: [], topics: [] }), proactive, of)
  expect(text).not.toContain('## Priorities')
  expect(text).not.toContain('## Notes')
  expect(text).toContain('## Decisions\n\nNone.')
})

test('a section that a company added to its template stays, and one it took away comes last', () => {
  const lines = ['<!-- Title: x -->', '## Risks', '', 'Ask {account} about them.', '', '## Purpose', '/label ~"x"']
  const text = callMarkdown(aCall(), { ...proactive, callTemplate: { ...proactive.callTemplate, lines } }, of)
  expect(text.startsWith('## Risks\n\nAsk Acme about them.\n\n## Purpose\n\nUpgrade plan\n\n## Who was present')).toBe(
    true,
  )
  expect(text).not.toContain('/label')
})

test('what is pasted by hand brings its title and its label', () => {
  const text = callToCopy(aCall(), proactive, of)
  expect(text.startsWith('2026-12-04 Call: Upgrade plan\n\n## Who was present')).toBe(true)
  expect(text.endsWith('\n\n/label ~"ASE Work - Acme"')).toBe(true)
  expect(callToCopy(aCall(), proactive, { ...of, label: null })).not.toContain('/label')
})

test('the summary for a ticket is plain text that says the same', () => {
  expect(callSummary(aCall(), 'Acme')).toBe(`Call summary: Upgrade plan (2026-12-04)

Present
- Acme: Marcus Bell, Yuki Tanabe
- GitLab: Dana Whitfield

Discussed
- Order of the sites
  Secondary first.
  Then the primary.
- Rollback

Decisions
- Upgrade on a Saturday

Action items
- Book the window (DRI: Marcus Bell, by 2026-12-11)
- Send the checklist (DRI: Dana Whitfield) – done

Priorities
The upgrade comes before the runners.

New order of priorities
1. Upgrade
2. Runners`)
})
