import { describe, expect, test } from 'vitest'
import { putAcceptance } from '#core/handoff/change-handoff.ts'
import type { Acceptance } from '#core/handoff/handoff-document.ts'
import {
  acceptanceOf,
  openOf,
  ownerWords,
  progressOf,
  type HandoffStanding,
  type TicketStanding,
} from '#core/handoff/handoff-state.ts'
import { mergeHandoffs } from '#core/handoff/merge-handoffs.ts'
import { aHandoff, annaSpeaks, inesSpeaks } from '#test/support/handoff-values.ts'
import { anna, ines, monday } from '#test/support/plan-values.ts'
import { dayMs } from '#test/support/work-values.ts'

const absence = { startsAt: monday, endsAt: monday + 7 * dayMs }
const inesCovers = { id: 11, name: 'Ines', ...absence }

/** A ticket that is done: written, said back, accepted, gone over. */
const done: TicketStanding = {
  ...{ ticketId: 5, active: true, severity: 'unstable', missing: [], reviewed: true, stale: false },
  ...{ teachBack: { current: true }, verdict: { accepted: true, current: true } },
}

function standing(parts: Partial<HandoffStanding> = {}): HandoffStanding {
  return {
    ...{ document: aHandoff(), tickets: [done], aseName: 'Anna', accountName: 'Acme', covers: [inesCovers] },
    ...{ absence, conflicts: 0, now: monday - dayMs, instant: (at) => `day ${(at - monday) / dayMs}` },
    ...parts,
  }
}

function said(state: Acceptance['state'], speaker = inesSpeaks, words = '') {
  return putAcceptance(aHandoff(), { state, hash: 'a', words, speaker }, ines)
}

describe('how far a handoff is', () => {
  const fresh = { ...done, reviewed: false, teachBack: null, verdict: null }
  test.each([
    ['not begun', { document: null }, 'not-begun'],
    ['a line lacks something', { tickets: [{ ...fresh, missing: ['severity'] }] }, 'preparing'],
    ['all is written', { tickets: [fresh, { ...fresh, active: false, missing: ['severity'] }] }, 'prepared'],
    ['somebody went over a ticket', { tickets: [{ ...fresh, reviewed: true }, fresh] }, 'in-review'],
    ['it was put off', { document: said('delayed') }, 'delayed'],
    ['it was accepted', { document: said('accepted') }, 'accepted'],
    ['the acceptance was taken back', { document: said('withdrawn') }, 'in-review'],
    [
      'who accepted it does not cover it any more',
      { document: said('accepted', { id: 13, name: 'Ben' }) },
      'in-review',
    ],
  ] as const)('%s → %s', (_, parts, state) => {
    expect(progressOf(standing(parts))).toBe(state)
  })

  test('an acceptance that crossed with another answer does not count until somebody chooses', () => {
    const delayed = putAcceptance(aHandoff(), { state: 'delayed', hash: '', words: 'Ill', speaker: annaSpeaks }, anna)
    const document = mergeHandoffs(said('accepted'), delayed)
    expect(document && acceptanceOf(standing({ document }))).toBeNull()
    expect(document && ownerWords(standing({ document }))).toBe(
      'Anna still owns Acme: copies of the handoff disagree on whether it is accepted.',
    )
  })
})

describe('what is open', () => {
  const openWith = (...tickets: Partial<TicketStanding>[]) =>
    openOf(standing({ tickets: tickets.map((ticket) => ({ ...done, ...ticket })) }))

  test('is nothing where all is written, said back, answered and gone over', () => {
    expect(openOf(standing())).toEqual([])
    expect(openWith({ severity: 'stable', teachBack: null, verdict: null })).toEqual([])
    expect(openWith({ active: false, missing: ['severity'], teachBack: null, verdict: null, stale: true })).toEqual([])
  })

  test.each([
    [
      'a line that lacks something',
      { missing: ['severity'], severity: null, teachBack: null, verdict: null },
      'Not fully written: 1 ticket, 5.',
    ],
    ['nothing said back', { teachBack: null, verdict: null }, 'To be said back: 1 ticket, 5.'],
    [
      'what was said back of an older line',
      { teachBack: { current: false }, verdict: null },
      'To be said back: 1 ticket, 5.',
    ],
    ['no answer to it', { verdict: { accepted: true, current: false } }, 'To be answered by Anna: 1 ticket, 5.'],
    [
      'a correction',
      { verdict: { accepted: false, current: true } },
      'To be said back again, after a correction: 1 ticket, 5.',
    ],
    [
      'a correction of what is stable',
      { severity: 'stable', verdict: { accepted: false, current: true } },
      'To be said back again, after a correction: 1 ticket, 5.',
    ],
    [
      'a stable one that nobody looked at',
      { severity: 'stable', reviewed: false, teachBack: null, verdict: null },
      'To be gone over: 1 ticket, 5.',
    ],
    ['one that changed since', { stale: true }, 'Changed since they were gone over: 1 ticket, 5.'],
  ] as const)('%s', (_, ticket, words) => {
    expect(openWith(ticket)).toEqual([words])
  })

  test('names a few tickets and counts the others; conflicts and nobody to cover are open, too', () => {
    const tickets = Array.from({ length: 7 }, (_, index) => ({ ...done, ticketId: index + 1, stale: true }))
    expect(openOf(standing({ tickets, conflicts: 2, covers: [] }))).toEqual([
      'Nobody has accepted to cover Acme.',
      'Written twice: 2 parts. Choose a side of each.',
      'Changed since they were gone over: 7 tickets, 1, 2, 3, 4, 5, 6 and 1 more.',
    ])
  })
})

test.each([
  ['not begun', { document: null }, 'Anna still owns Acme: the handoff is not begun.'],
  ['begun', {}, 'Anna still owns Acme: the handoff is not accepted.'],
  ['begun, and the absence too', { now: monday }, 'Anna still owns Acme: the handoff is not accepted.'],
  [
    'put off',
    { document: said('delayed', annaSpeaks, 'I am ill') },
    'Anna still owns Acme: the handoff is put off. “I am ill”',
  ],
  ['taken back', { document: said('withdrawn') }, 'Anna still owns Acme: the acceptance was taken back.'],
  ['accepted', { document: said('accepted') }, 'Ines takes Acme over on day 0.'],
  ['accepted and running', { document: said('accepted'), now: monday + dayMs }, 'Ines covers Acme until day 7.'],
  [
    'accepted, and the rest of the coverage fell away',
    { document: said('accepted'), covers: [{ ...inesCovers, endsAt: monday + dayMs }], now: monday + 2 * dayMs },
    'Anna still owns Acme: nobody covers it any more.',
  ],
  [
    'accepted by who covers no more',
    { document: said('accepted', { id: 13, name: 'Ben' }) },
    'Anna still owns Acme: Ben accepted the handoff, and does not cover it any more.',
  ],
  [
    'handed back early',
    { document: said('accepted'), now: monday + 2 * dayMs, covers: [{ ...inesCovers, handedBackAt: monday + dayMs }] },
    'Acme was handed back to Anna on day 1.',
  ],
  [
    'covered again after it was handed back',
    { document: said('accepted'), now: monday, covers: [{ ...inesCovers, handedBackAt: monday - dayMs }, inesCovers] },
    'Ines covers Acme until day 7.',
  ],
  ['over', { document: said('accepted'), now: absence.endsAt }, 'Anna’s absence is over: Acme is Anna’s again.'],
] as const)('who owns an account that is %s', (_, parts, words) => {
  expect(ownerWords(standing(parts))).toBe(words)
})
