import { expect, test } from 'vitest'
import { withoutPrivate } from '#renderer/features/return-meeting/without-private.ts'
import { anEvidence, aRow, decided } from '../../support/return-fixtures.ts'

const internal = anEvidence({ words: 'Internal note', quote: 'canary-words', isPrivate: true })

test('internal words, notes and who follows up are not in a row that everybody may see', () => {
  const row = decided(aRow({ evidence: [anEvidence(), internal] }), {
    decision: { kind: 'follow-up', note: 'canary-words', owner: 'Canary', dueOn: '2026-11-27' },
  })
  const shown = withoutPrivate(row)
  expect(JSON.stringify(shown).toLowerCase()).not.toContain('canary')
  expect(shown.evidence).toEqual([anEvidence()])
  expect(shown.decided?.decision.kind).toBe('follow-up')
})

test('of an issue of which only internal things are told, the title is left out too', () => {
  const issue = { kind: 'issue' as const, projectId: 8, iid: 3 }
  const row = aRow({
    ...{ kind: 'issue', ticketId: null, issue, evidence: [internal] },
    ...{ subject: 'collab/x#3 canary title', words: 'canary words', url: 'https://gitlab.example.com/canary' },
  })
  expect(JSON.stringify(withoutPrivate(decided(row)))).not.toContain('canary')
  expect(withoutPrivate({ ...row, evidence: [internal, anEvidence()] }).subject).toBe('collab/x#3 canary title')
})

test('what a handoff foresaw is between the two who wrote and read it', () => {
  const row = aRow({ kind: 'contingency-fired', words: 'If they ring the canary, then call back' })
  expect(JSON.stringify(withoutPrivate(decided(row)))).not.toContain('canary')
})
