import { expect, test } from 'vitest'
import { blankLine, type Contingency } from '#core/handoff/handoff-document.ts'
import { lineWords, nextWords, windowWords } from '#core/handoff/handoff-words.ts'
import { anIf, handoffWords } from '#test/support/handoff-values.ts'
import { monday } from '#test/support/plan-values.ts'
import { hourMs } from '#test/support/work-values.ts'

test('a line is told as far as it is written', () => {
  expect(lineWords(blankLine, handoffWords)).toBe('Nothing is written.')
  expect(lineWords({ ...blankLine, story: 'Why?', nothingForeseen: true, askWhom: 'Ben' }, handoffWords)).toBe(
    'Why? Nothing foreseen. Ask Ben.',
  )
})

test('a next action that ends like a sentence goes on with who does it and by when', () => {
  const line = { ...blankLine, nextAction: 'Look at their numbers. Close it, or not.' }
  expect(nextWords({ ...line, nextOwner: 'Ines', nextBy: '2026-12-22' })).toBe(
    'Look at their numbers. Close it, or not, Ines, by 2026-12-22',
  )
  expect(nextWords(line)).toBe('Look at their numbers. Close it, or not.')
  expect(nextWords(blankLine)).toBe('')
})

test('what alerts to a contingency is told with it', () => {
  const told = (contingencies: readonly Contingency[]) => lineWords({ ...blankLine, contingencies }, handoffWords)
  const one = anIf()
  const instants = { on: 'no-reply-by', at: monday + 9 * hourMs } as const
  expect(told([{ ...one, trigger: { on: 'customer-replies' } }])).toBe(
    'If it happens again, then restart Sidekiq (alert when the customer replies).',
  )
  expect(told([{ ...one, trigger: { on: 'severity-raised' } }])).toContain('its priority is raised')
  expect(told([{ ...one, trigger: instants }])).toContain('there is no public reply by Mon 21 Dec 2026 09:00')
  expect(told([{ ...one, trigger: { on: 'status', to: 'solved' } }])).toContain('its status becomes solved')
  expect(told([{ ...one, trigger: { on: 'issue-closed', projectId: 7, iid: 3 } }])).toContain('issue 3 of project 7')
})

test('an absence that ends before it begins is told as it is', () => {
  expect(windowWords({ startsAt: monday, endsAt: monday - hourMs }, handoffWords)).toBe(
    'from Mon 21 Dec 00:00 until Sun 20 Dec 23:00',
  )
})
