import { expect, test } from 'vitest'
import {
  putAcceptance,
  putLine,
  putReviewed,
  putTeachBack,
  putText,
  putVerdict,
  putWindow,
} from '#core/handoff/change-handoff.ts'
import { handoffChanges } from '#core/handoff/handoff-changes.ts'
import {
  aHandoff,
  aLine,
  annaSpeaks,
  handoffWords,
  inesSpeaks,
  saidBack,
  someFacts,
} from '#test/support/handoff-values.ts'
import { anna, ines, monday } from '#test/support/plan-values.ts'
import { dayMs } from '#test/support/work-values.ts'

const start = aHandoff({ 5: aLine() })
const line =
  'Unstable. Runners time out since the upgrade. Next: Send the patch, Ines, by 2026-12-22. If it happens again, then restart Sidekiq.'

test('a handoff that was not known is told as a whole', () => {
  expect(handoffChanges(null, putText(start, 'mood', 'Calm\n and  kind', anna), handoffWords)).toEqual([
    'New: the handoff of Acme for Anna’s absence from Mon 21 Dec to Sun 27 Dec, with 1 ticket.',
    'Mood of the customer: “Calm and kind”',
    `Ticket 5: ${line}`,
  ])
})

test('of one that is known only what another copy brought is told', () => {
  expect(handoffChanges(start, start, handoffWords)).toEqual([])
  const moved = putWindow(
    putText(start, 'paused', 'The upgrade', ines),
    { startsAt: monday, endsAt: monday + dayMs },
    ines,
  )
  expect(handoffChanges(start, putLine(moved, 6, aLine({ story: 'Is it back?' }), ines), handoffWords)).toEqual([
    'Anna is away on Mon 21 Dec.',
    'Paused while away: “The upgrade”',
    `Ticket 6: ${line.replace('Runners time out since the upgrade.', 'Is it back?')}`,
  ])
  expect(handoffChanges(moved, putText(moved, 'paused', ' ', ines), handoffWords)).toEqual([
    'Paused while away: emptied.',
  ])
})

test('what was said back, answered and accepted is told in the words of who said it', () => {
  const looked = putReviewed(start, 5, someFacts(), ines)
  expect(handoffChanges(start, looked, handoffWords)).toEqual(['Ticket 5: gone over by Ines.'])
  const said = putTeachBack(looked, 5, { words: 'They wait', speaker: inesSpeaks }, ines)
  expect(said && handoffChanges(start, said, handoffWords)).toEqual(['Ticket 5: said back by Ines: “They wait”'])
  const no = said && putVerdict(said, 5, { accepted: false, words: 'We wait for them', speaker: annaSpeaks }, anna)
  expect(said && no && handoffChanges(said, no, handoffWords)).toEqual([
    'Ticket 5: Anna says: not yet. “We wait for them”',
  ])
  const accepted = putAcceptance(start, { state: 'accepted', hash: 'a', words: '', speaker: inesSpeaks }, ines)
  expect(handoffChanges(start, accepted, handoffWords)).toEqual(['Ines accepted the handoff of Acme.'])
  const delayed = putAcceptance(start, { state: 'delayed', hash: '', words: 'Ill', speaker: annaSpeaks }, anna)
  expect(handoffChanges(accepted, delayed, handoffWords)).toEqual(['Anna put off the handoff of Acme. “Ill”'])
  const all = handoffChanges(start, saidBack(start, 5), handoffWords)
  expect(all.at(-1)).toBe('Ticket 5: Anna says that this is it.')
})
