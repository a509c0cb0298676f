import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blankLine } from '#core/handoff/handoff-document.ts'
import { suggestLine, type SuggestionSources } from '#core/handoff/suggest-line.ts'
import { aLine } from '#test/support/handoff-values.ts'
import { monday } from '#test/support/plan-values.ts'
import { dayMs, hourMs } from '#test/support/work-values.ts'

const now = monday + 12 * hourMs
const message = (text: string, at = now - 3 * dayMs) => ({ at, byName: 'Anna', text })
const suggested = (parts: Partial<SuggestionSources>) =>
  suggestLine({
    ...{ line: blankLine, lastNote: null, lastPublicReply: null, before: null, timeZone: 'Europe/Berlin', now },
    ...parts,
  })

test('the last note suggests the story, past its greeting, and says where it is from', () => {
  const lastNote = message('Hi team,\n\nGitaly runs out of memory on node 3. Logs are attached.')
  expect(suggested({ lastNote })).toEqual([
    {
      field: 'story',
      value: 'Gitaly runs out of memory on node 3.',
      from: 'The last internal note, Anna, 3 days ago',
    },
  ])
})

test('a promise suggests the next action and its day; one whose day has passed, the action alone', () => {
  const from = 'Our last public reply, Anna, 3 days ago'
  expect(suggested({ lastPublicReply: message('Thanks. We will send the patch by Wednesday.') })).toEqual([
    { field: 'nextAction', value: 'We will send the patch by Wednesday.', from },
    { field: 'nextBy', value: '2026-12-23', from },
  ])
  expect(suggested({ lastPublicReply: message('We will send the patch by Saturday.') })).toEqual([
    { field: 'nextAction', value: 'We will send the patch by Saturday.', from },
  ])
})

test('of a note and a reply the later promise counts', () => {
  const lastNote = message('We will call them on Tuesday.', now - dayMs)
  const lastPublicReply = message('We will send the patch by Wednesday.')
  expect(suggested({ lastNote, lastPublicReply }).filter(({ field }) => field === 'nextBy')).toMatchObject([
    { value: '2026-12-22' },
  ])
})

test('what was foreseen in a note, and the handoff before, are suggested', () => {
  const lastNote = message('If it happens again, collect a heap dump. Carla knows.')
  const before = { line: aLine({ askWhom: 'Ben' }), endsAt: monday - 30 * dayMs }
  const from = 'The handoff of the absence until Sat 21 Nov 00:00'
  expect(suggested({ lastNote, before }).filter(({ field }) => field !== 'story')).toEqual([
    {
      field: 'contingency',
      value: 'If it happens again, collect a heap dump.',
      from: expect.stringContaining('note'),
    },
    { field: 'nextAction', value: 'Send the patch', from },
    { field: 'nextBy', value: '2026-12-22', from },
    { field: 'askWhom', value: 'Ben', from },
    { field: 'contingency', value: 'If it happens again, then restart Sidekiq', from },
  ])
})

test('nothing is suggested for what is written', () => {
  const before = { line: aLine({ askWhom: 'Ben' }), endsAt: monday - 30 * dayMs }
  const lastNote = message('Gitaly is slow. If it stops, restart it. We will call by Wednesday.')
  expect(suggested({ line: aLine({ askWhom: 'Cleo' }), before, lastNote })).toEqual([])
})

test('whatever a message says, a suggestion is something that its field can hold', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 2000 }), fc.lorem({ maxCount: 300 }))
  const at = fc.integer({ min: now - 400 * dayMs, max: now + dayMs })
  fc.assert(
    fc.property(text, text, at, at, (note, reply, noteAt, replyAt) => {
      const all = suggested({ lastNote: message(`If ${note}`, noteAt), lastPublicReply: message(reply, replyAt) })
      for (const { field, value, from } of all) {
        expect(value.trim()).not.toBe('')
        expect(from).not.toBe('')
        expect(value.length).toBeLessThanOrEqual({ story: 280, contingency: 500 }[field as 'story'] ?? 1000)
      }
    }),
  )
})
