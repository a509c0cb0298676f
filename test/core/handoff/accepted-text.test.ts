import { expect, test } from 'vitest'
import { acceptedText, changesSince } from '#core/handoff/accepted-text.ts'
import { putAcceptance, putLine, putReviewed, putText, putWindow } from '#core/handoff/change-handoff.ts'
import type { HandoffDocument } from '#core/handoff/handoff-document.ts'
import { shownOf } from '#core/sharing/versioned.ts'
import { aHandoff, aLine, handoffWords, inesSpeaks, saidBack, someFacts } from '#test/support/handoff-values.ts'
import { anna, ines, monday } from '#test/support/plan-values.ts'
import { dayMs } from '#test/support/work-values.ts'

const later = { ...anna, at: anna.at + dayMs }

/** What is said to have changed when the accepted handoff became another one. */
function since(before: HandoffDocument, after: (accepted: HandoffDocument) => HandoffDocument): string[] {
  const said = { state: 'accepted' as const, hash: acceptedText(before), words: '', speaker: inesSpeaks }
  const accepted = putAcceptance(before, said, ines)
  const value = shownOf(accepted.acceptance)?.value
  const now = after(accepted)
  return value ? changesSince(value, now, acceptedText(now), handoffWords) : []
}

test('is the same in every copy that says the same, whoever wrote it when', () => {
  const one = putText(aHandoff({ 5: aLine(), 6: aLine({ severity: 'stable' }) }), 'mood', 'Calm', anna)
  const other = putLine(
    putText(aHandoff({ 6: aLine({ severity: 'stable' }) }), 'mood', ' Calm\n', ines),
    5,
    aLine(),
    ines,
  )
  expect(acceptedText(other)).toBe(acceptedText(one))
})

test('is another one with every word that somebody writes, and not with the facts', () => {
  const document = aHandoff({ 5: aLine() })
  const texts = [
    document,
    putLine(document, 5, aLine({ story: 'Another' }), later),
    putText(document, 'dates', 'Upgrade in May', later),
    saidBack(document, 5),
    putWindow(document, { startsAt: monday, endsAt: monday + dayMs }, later),
  ].map(acceptedText)
  expect(new Set(texts).size).toBe(texts.length)
  expect(acceptedText(putReviewed(document, 5, someFacts(), ines))).toBe(texts[0])
})

test('says of an accepted handoff what was written since, and nothing while it is what was accepted', () => {
  const document = putText(saidBack(aHandoff({ 5: aLine(), 6: aLine() }), 5), 'mood', 'Calm', anna)
  expect(since(document, (so) => putReviewed(so, 5, someFacts(), ines))).toEqual([])
  const changes = since(document, (so) => {
    const lines = putLine(putLine(so, 6, aLine({ story: 'Another' }), later), 7, aLine(), later)
    return putWindow(
      putText(lines, 'dates', 'Upgrade in May', later),
      { startsAt: monday, endsAt: monday + dayMs },
      later,
    )
  })
  expect(changes).toEqual([
    'Ticket 6: its line was changed.',
    'Ticket 7: its line was written.',
    'Dates ahead: this was written.',
    'The absence is on Mon 21 Dec now.',
  ])
  expect(since(document, (so) => putText(so, 'mood', '', later))).toEqual(['Mood of the customer: this was taken out.'])
  expect(since(document, (so) => saidBack(so, 6))).toEqual([
    'Something was said back, or answered, after this was accepted.',
  ])
})
