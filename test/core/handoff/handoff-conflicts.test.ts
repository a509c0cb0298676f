import { describe, expect, test } from 'vitest'
import { putAcceptance, putLine, putReviewed, putText, putWindow } from '#core/handoff/change-handoff.ts'
import { handoffConflicts, resolveHandoff } from '#core/handoff/handoff-conflicts.ts'
import type { HandoffDocument } from '#core/handoff/handoff-document.ts'
import { mergeHandoffs } from '#core/handoff/merge-handoffs.ts'
import type { Writing } from '#core/sharing/versioned.ts'
import { aHandoff, aLine, handoffWords, inesSpeaks, saidBack, someFacts } from '#test/support/handoff-values.ts'
import { anna, ines, monday } from '#test/support/plan-values.ts'
import { dayMs } from '#test/support/work-values.ts'

const start = saidBack(aHandoff({ 5: aLine() }), 5)

/** What becomes of it when both change it without knowing of each other; the second is the later one. */
function crossed(change: (document: HandoffDocument, writing: Writing, nth: number) => HandoffDocument) {
  const merged = mergeHandoffs(change(start, anna, 1), change(start, ines, 2))
  if (!merged) throw new Error('They are of one handoff')
  return merged
}

const conflictsIn = (document: HandoffDocument) => handoffConflicts(document, handoffWords)

describe('what two wrote without knowing of each other', () => {
  test('is told of a line with all that each side says', () => {
    const document = crossed((so, writing, nth) => putLine(so, 5, aLine({ story: `Story ${nth}` }), writing))
    expect(conflictsIn(document)).toEqual([
      {
        field: 'ticket:5:line',
        ticketId: 5,
        about: 'Ticket 5: its line',
        sides: [
          {
            words:
              'Unstable. Story 2. Next: Send the patch, Ines, by 2026-12-22. If it happens again, then restart Sidekiq.',
            byName: 'Ines',
            at: ines.at,
          },
          expect.objectContaining({ words: expect.stringContaining('Story 1'), byName: 'Anna' }),
        ],
      },
    ])
  })

  test('is told of the absence, a text and an acceptance', () => {
    const document = crossed((so, writing, nth) => {
      const moved = putWindow(so, { startsAt: monday, endsAt: monday + nth * dayMs }, writing)
      const state = nth === 1 ? ('delayed' as const) : ('accepted' as const)
      const said = { state, hash: 'abc', words: nth === 1 ? 'I am ill' : '', speaker: inesSpeaks }
      return putAcceptance(putText(moved, 'mood', nth === 1 ? '' : 'Calm', writing), said, writing)
    })
    expect(
      conflictsIn(document).map(({ field, about, sides }) => [field, about, ...sides.map(({ words }) => words)]),
    ).toEqual([
      ['window', 'When Anna is away', 'from Mon 21 Dec to Tue 22 Dec', 'on Mon 21 Dec'],
      ['text:mood', 'Mood of the customer', 'Calm', 'Nothing is written.'],
      ['acceptance', 'The handoff of Acme', 'accepted by Ines', 'put off by Ines: “I am ill”'],
    ])
  })

  test('is no conflict where both wrote the same, or looked at a ticket', () => {
    const document = crossed((so, writing, nth) =>
      putReviewed(putText(so, 'mood', 'Calm', writing), 5, someFacts({ status: `s${nth}` }), writing),
    )
    expect(conflictsIn(document)).toEqual([])
  })
})

describe('choosing', () => {
  const document = crossed((so, writing, nth) =>
    putText(putLine(so, 5, aLine({ story: `Story ${nth}` }), writing), 'mood', `Mood ${nth}`, writing),
  )

  test('makes the chosen side the only one, in every copy', () => {
    const chosen = resolveHandoff(document, 'ticket:5:line', 1, anna)
    expect(chosen?.tickets[5]?.line.map(({ value }) => value.story)).toEqual(['Story 1'])
    expect(chosen && conflictsIn(mergeHandoffs(chosen, document) ?? document).map(({ field }) => field)).toEqual([
      'text:mood',
    ])
  })

  test('is refused of what is not in conflict, is not there, or has no such side', () => {
    for (const field of [
      'ticket:5:teachBack',
      'ticket:5:reviewed',
      'ticket:6:line',
      'text:dates',
      'text:toString',
      'window',
      '',
      'acceptance',
    ])
      expect([field, resolveHandoff(document, field, 0, anna)]).toEqual([field, undefined])
    expect(resolveHandoff(document, 'text:mood', 2, anna)).toBeUndefined()
  })
})
