import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  putAcceptance,
  putLine,
  putReviewed,
  putTeachBack,
  putText,
  putVerdict,
  putWindow,
  withCovers,
} from '#core/handoff/change-handoff.ts'
import { handoffConflicts, resolveHandoff } from '#core/handoff/handoff-conflicts.ts'
import type { HandoffDocument } from '#core/handoff/handoff-document.ts'
import { mergeHandoffs } from '#core/handoff/merge-handoffs.ts'
import { canonical, type JsonValue, type Versioned } from '#core/sharing/versioned.ts'
import {
  aHandoff,
  aLine,
  annaSpeaks,
  handoffWords,
  inesSpeaks,
  saidBack,
  someFacts,
} from '#test/support/handoff-values.ts'
import { monday } from '#test/support/plan-values.ts'
import { dayMs } from '#test/support/work-values.ts'

const ticketId = fc.constantFrom(5, 6)
const word = fc.constantFrom('one', 'two', 'three')
const anyEdit = fc.oneof(
  fc.record({ kind: fc.constantFrom('line', 'say', 'yes', 'no', 'look'), ticketId, word }),
  fc.record({ kind: fc.constantFrom('mood', 'name', 'accepted', 'delayed', 'withdrawn'), word }),
  fc.record({ kind: fc.constant('move' as const), days: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('resolve' as const), side: fc.nat(1) }),
)
type Edit = typeof anyEdit extends fc.Arbitrary<infer Value> ? Value : never

const anyLife = fc.array(
  fc.record({
    who: fc.nat(2),
    event: fc.oneof(
      { weight: 3, arbitrary: anyEdit },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('take' as const), from: fc.nat(2) }) },
    ),
  }),
  { maxLength: 30 },
)
type Life = typeof anyLife extends fc.Arbitrary<infer Value> ? Value : never

function edited(document: HandoffDocument, edit: Edit, who: number, at: number): HandoffDocument {
  const writing = { author: `r${who}`, by: `R${who}`, at }
  if (edit.kind === 'move') {
    return putWindow(document, { startsAt: monday, endsAt: monday + edit.days * dayMs }, writing)
  }
  if (edit.kind === 'resolve') {
    const [conflict] = handoffConflicts(document, handoffWords)
    return (conflict && resolveHandoff(document, conflict.field, edit.side, writing)) ?? document
  }
  const words = edit.word
  switch (edit.kind) {
    case 'line':
      return putLine(document, edit.ticketId, aLine({ story: words }), writing)
    case 'say':
      return putTeachBack(document, edit.ticketId, { words, speaker: inesSpeaks }, writing) ?? document
    case 'yes':
    case 'no': {
      const said = { accepted: edit.kind === 'yes', words, speaker: annaSpeaks }
      return putVerdict(document, edit.ticketId, said, writing) ?? document
    }
    case 'look':
      return putReviewed(document, edit.ticketId, someFacts({ status: words }), writing)
    case 'mood':
      return putText(document, 'mood', words, writing)
    case 'name':
      return withCovers(document, { '11': words })
    case 'accepted':
    case 'delayed':
    case 'withdrawn':
      return putAcceptance(document, { state: edit.kind, hash: words, words, speaker: inesSpeaks }, writing)
  }
}

/** What three copies of a handoff come to be, each changed by itself and now and then taking in what another one has. */
function live(steps: Life): HandoffDocument[] {
  const copies = [0, 1, 2].map(() => saidBack(aHandoff({ 5: aLine(), 6: aLine() }), 6))
  for (const [index, { who, event }] of steps.entries()) {
    const document = copies[who]
    if (!document) continue
    copies[who] =
      event.kind === 'take' ? both(document, copies[event.from] ?? document) : edited(document, event, who, index)
  }
  return copies
}

function both(one: HandoffDocument, other: HandoffDocument): HandoffDocument {
  const document = mergeHandoffs(one, other)
  if (!document) throw new Error('They are of one handoff')
  return document
}

/** Every versioned part of a handoff, by name. */
function partsOf({ window, texts, tickets, acceptance }: HandoffDocument): [string, Versioned<JsonValue>][] {
  return [
    ['window', window],
    ['acceptance', acceptance],
    ...Object.entries(texts),
    ...Object.entries(tickets).flatMap(([id, part]) =>
      Object.entries(part).map(([name, field]): [string, Versioned<JsonValue>] => [`${id} ${name}`, field]),
    ),
  ]
}

describe('copies of a handoff on three machines', () => {
  test('come to be the same whatever happened on each, in whatever order they meet, and however often', () => {
    fc.assert(
      fc.property(anyLife.map(live), ([a, b, c]) => {
        if (!a || !b || !c) return
        const all = both(both(a, b), c)
        expect(both(a, both(b, c))).toEqual(all)
        expect(both(both(c, b), a)).toEqual(all)
        expect(both(both(all, b), both(all, a))).toEqual(all)
        expect(canonical(both(c, both(a, b)))).toBe(canonical(all))
      }),
      { numRuns: 500 },
    )
  })

  test('lose nothing: what a copy holds is there, or somebody who knew of it wrote something else', () => {
    const isKnown = (clock: Readonly<Record<string, number>>, later: Readonly<Record<string, number>>) =>
      Object.entries(clock).every(([author, count]) => (later[author] ?? 0) >= count)
    fc.assert(
      fc.property(anyLife.map(live), (copies) => {
        const all = new Map(partsOf(copies.reduce(both)))
        for (const [name, field] of copies.flatMap(partsOf)) {
          for (const sibling of field) {
            const isThere = all.get(name)?.some((each) => canonical(each) === canonical(sibling))
            const isOverwritten = all.get(name)?.some(({ clock }) => isKnown(sibling.clock, clock))
            expect({ name, kept: isThere || isOverwritten }).toEqual({ name, kept: true })
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})

test('handoffs of other absences, accounts or people are not merged', () => {
  const document = aHandoff()
  expect(mergeHandoffs(document, { ...document, id: 'p2--1' })).toBeUndefined()
  expect(mergeHandoffs(document, { ...document, accountId: 2 })).toBeUndefined()
  expect(mergeHandoffs(document, { ...document, aseId: 13 })).toBeUndefined()
})
