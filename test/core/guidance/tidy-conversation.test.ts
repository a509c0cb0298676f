import fc from 'fast-check'
import { expect, test } from 'vitest'
import { conversationText, tidyConversation } from '#core/guidance/tidy-conversation.ts'

const tidy = (pasted: string) => conversationText(tidyConversation(pasted))

test.each<[string, string, string]>([
  ['name and time in two lines', 'Ana Torres\n  2:05 PM\nAll nodes are down.', '14:05 Ana Torres: All nodes are down.'],
  ['name and time in one line', 'Ana Torres  2:05 PM\nAll nodes are down.', '14:05 Ana Torres: All nodes are down.'],
  ['time in brackets behind', 'Ana Torres [14:05]\nAll down.', '14:05 Ana Torres: All down.'],
  ['time in brackets first', '[14:05] Ana Torres: All down.', '14:05 Ana Torres: All down.'],
  ['a bot', 'PagerDuty APP  9:00 AM\nTriggered', '09:00 PagerDuty: Triggered'],
  ['a handle', 'jfeldkamp  12:01 AM\nLooking', '00:01 jfeldkamp: Looking'],
  ['a name with marks', 'Inés Ortega-Ruiz (she/her)  14:05\nHere', '14:05 Inés Ortega-Ruiz (she/her): Here'],
])('%s', (_, pasted, text) => {
  expect(tidy(pasted)).toBe(text)
})

test('what Slack adds is left out, and further lines belong to their message', () => {
  const pasted = [
    'Ana Torres',
    '  10:32 AM',
    'We see 502 on all web nodes. (edited)',
    '',
    'Since 10:15.',
    ':eyes: 2',
    '3 replies',
    'Last reply today at 10:40 AM',
    'Tomasz Nowak',
    '  10:35 AM',
    'Looking.',
    '10:36',
    'Gitaly is out of memory.',
    'New',
  ].join('\n')
  expect(tidy(pasted)).toBe(
    '10:32 Ana Torres: We see 502 on all web nodes.\n    Since 10:15.\n10:35 Tomasz Nowak: Looking.\n10:36 Tomasz Nowak: Gitaly is out of memory.',
  )
})

test('text that is no conversation stays as it is', () => {
  expect(tidy('We called them.\nAll is well.')).toBe('We called them.\n    All is well.')
  expect(tidy(' \n \n')).toBe('')
})

test('no line that somebody wrote gets lost', () => {
  const said = fc.stringMatching(/^[a-z]{12,20} [a-z]{3,8}\.$/)
  fc.assert(
    fc.property(fc.array(said, { maxLength: 8 }), (lines) => {
      const pasted = lines.map((line, index) => `Ana Torres\n  10:${10 + index} AM\n${line}`).join('\n')
      const text = tidy(pasted)
      for (const line of lines) expect(text).toContain(line)
    }),
  )
})
