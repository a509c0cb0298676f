import { describe, expect, test } from 'vitest'
import {
  absenceOfHandoff,
  handoffIdOf,
  putAcceptance,
  putLine,
  putReviewed,
  putTeachBack,
  putText,
  putVerdict,
  putWindow,
  withCovers,
} from '#core/handoff/change-handoff.ts'
import { readTicketPart } from '#core/handoff/read-ticket-part.ts'
import { shownOf } from '#core/sharing/versioned.ts'
import { aHandoff, aLine, annaSpeaks, inesSpeaks, saidBack, someFacts } from '#test/support/handoff-values.ts'
import { anna, ines, monday } from '#test/support/plan-values.ts'
import { dayMs } from '#test/support/work-values.ts'

const later = { ...anna, at: anna.at + dayMs }

describe('a handoff', () => {
  test('has the same id for whoever begins it, and tells from it what it is for', () => {
    expect(aHandoff().id).toBe('p1--1')
    expect(absenceOfHandoff(handoffIdOf('a--b', 17))).toBe('a--b')
  })

  test('holds the absence, texts and lines as they were written last', () => {
    const moved = putWindow(aHandoff(), { startsAt: monday, endsAt: monday + dayMs }, later)
    const document = putLine(putText(moved, 'mood', 'Calm', later), 5, aLine(), later)
    expect(shownOf(document.window)?.value.endsAt).toBe(monday + dayMs)
    expect(shownOf(document.texts['mood'] ?? [])?.value).toBe('Calm')
    expect(readTicketPart(document.tickets[5]).line?.value.story).toBe('Runners time out since the upgrade')
  })

  test('is untouched by writing what it says already', () => {
    const document = putText(aHandoff({ 5: aLine() }), 'mood', 'Calm', anna)
    expect(putText(putLine(document, 5, aLine(), later), 'mood', 'Calm', later)).toEqual(document)
  })

  test('keeps names of those who covered it before', () => {
    expect(withCovers(aHandoff(), { '13': 'Ben' }).names.covers).toEqual({ '11': 'Ines', '13': 'Ben' })
  })
})

describe('a teach-back', () => {
  test('is of a line: without one there is nothing to say back', () => {
    expect(putTeachBack(aHandoff(), 5, { words: 'They wait', speaker: inesSpeaks }, ines)).toBeUndefined()
  })

  test('holds until the line is another one, and its answer with it', () => {
    const heard = saidBack(aHandoff({ 5: aLine() }), 5)
    expect(readTicketPart(heard.tickets[5])).toMatchObject({ teachBack: { current: true }, verdict: { current: true } })
    const changed = putLine(heard, 5, aLine({ nextBy: '2026-12-23' }), later)
    expect(readTicketPart(changed.tickets[5])).toMatchObject({
      teachBack: { current: false, value: { words: 'They wait for the patch' } },
      verdict: { current: false },
    })
    expect(putVerdict(changed, 5, { accepted: true, words: '', speaker: annaSpeaks }, later)).toBeUndefined()
  })

  test('in other words needs another answer', () => {
    const heard = saidBack(aHandoff({ 5: aLine() }), 5)
    const again = putTeachBack(heard, 5, { words: 'The patch is theirs to test', speaker: inesSpeaks }, ines)
    expect(readTicketPart(again?.tickets[5])).toMatchObject({
      teachBack: { current: true },
      verdict: { current: false },
    })
  })
})

test('a look at a ticket is a look of its own, also where nothing was otherwise', () => {
  const once = putReviewed(aHandoff(), 5, someFacts(), ines)
  const twice = putReviewed(once, 5, someFacts(), { ...ines, at: ines.at + 1 })
  expect(readTicketPart(twice.tickets[5]).reviewed?.at).toBe(ines.at + 1)
})

test('an acceptance names what it is of; putting off names nothing', () => {
  const said = { hash: 'abc', words: '', speaker: { ...inesSpeaks, timeZone: 'UTC' } }
  const accepted = putAcceptance(aHandoff({ 5: aLine() }), { ...said, state: 'accepted' }, ines)
  const value = shownOf(accepted.acceptance)?.value
  expect(value).toMatchObject({ state: 'accepted', hash: 'abc' })
  expect(value?.speaker).toEqual(inesSpeaks)
  expect(Object.keys(value?.lines ?? {})).toEqual(['5', 'window'])
  const delayed = putAcceptance(accepted, { ...said, state: 'delayed', words: 'Anna is ill' }, ines)
  expect(shownOf(delayed.acceptance)?.value).toMatchObject({ state: 'delayed', hash: '', lines: {} })
})
