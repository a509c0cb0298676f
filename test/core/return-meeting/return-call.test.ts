import fc from 'fast-check'
import { expect, test } from 'vitest'
import { callDocument } from '#contract/calls.ts'
import { callMarkdown } from '#core/calls/write-call.ts'
import {
  returnCall,
  type CalledDecision,
  type CalledRow,
  type ReturnCallFacts,
} from '#core/return-meeting/return-call.ts'
import { returnDecisionKinds, returnRowKinds, type ReturnEvidence } from '#core/return-meeting/return-row.ts'
import { policyOf } from '#test/support/policy-of.ts'
import { after } from '#test/support/return-values.ts'

function evidence(parts: Partial<ReturnEvidence> = {}): ReturnEvidence {
  const who = { byId: 11, byName: 'Ines', coverName: 'Ines', isExact: true, commentId: null }
  return { ...who, at: after(1), words: 'Said', quote: '', isPrivate: false, ...parts }
}

function aRow(parts: Partial<CalledRow> = {}): CalledRow {
  const ticketId = parts.ticketId === undefined ? 101 : parts.ticketId
  const kind = parts.kind ?? 'new'
  const row = { key: `ticket:${ticketId}/${kind}`, kind, ticketId, subject: 'Runners time out', words: 'Opened' }
  return { ...row, dueOn: '', evidence: [evidence()], ...parts }
}

function decided(
  row: CalledRow,
  kind: CalledDecision['decision']['kind'],
  parts: Partial<CalledDecision['decision']> = {},
): CalledDecision {
  const { evidence: _, ...rest } = row
  return { ...rest, decision: { kind, note: '', owner: '', dueOn: '', ...parts } }
}

const facts = (parts: Partial<ReturnCallFacts> = {}): ReturnCallFacts => ({
  ...{ day: '2026-12-01', aseName: 'Anna', coverNames: ['Ines', 'Ben'], rows: [], decisions: [] },
  lesson: { helped: null, missing: '' },
  ...parts,
})

const opened = aRow()
const other = aRow({ ticketId: 99, subject: 'Geo lags' })
const breached = aRow({ kind: 'breached', words: 'Next reply was due on Monday, done 2 h late' })
const promised = aRow({
  ...{ kind: 'promised', words: 'Promised by 2026-12-04', dueOn: '2026-12-04' },
  evidence: [evidence({ quote: 'We send the patch.' })],
})
const noted = aRow({
  kind: 'noted',
  words: '1 internal note',
  evidence: [evidence({ isPrivate: true, quote: 'Ask Geo.' })],
})

test('is a call about something else than tickets, on the day of the meeting, of those who were there', () => {
  expect(returnCall(facts(), 'internal')).toMatchObject({
    ...{ about: 'other', day: '2026-12-01', purpose: 'Return from PTO', ours: ['Anna', 'Ines', 'Ben'], customer: [] },
    ...{ topics: [], decisions: [], actions: [] },
  })
})

test('tells what happened, the gravest first, its tickets by number', () => {
  const { topics } = returnCall(facts({ rows: [noted, opened, other, breached] }), 'internal')
  expect(topics).toEqual([
    { title: 'Breached', notes: '- Ticket 101 “Runners time out”: Next reply was due on Monday, done 2 h late' },
    { title: 'New', notes: '- Ticket 99 “Geo lags”: Opened\n- Ticket 101 “Runners time out”: Opened' },
    { title: 'Internal notes', notes: '- Ticket 101 “Runners time out”: 1 internal note – “Ask Geo.”' },
  ])
})

test('has a line for each thing decided of a ticket, with what was noted; what is only known has none', () => {
  const decisions = [
    decided(opened, 'transfer', { note: 'Mornings.' }),
    decided(breached, 'transfer', { note: 'Say sorry.' }),
    decided(other, 'keep'),
    decided(noted, 'know'),
    decided(promised, 'know', { note: 'It was sent.' }),
  ]
  expect(returnCall(facts({ decisions }), 'internal').decisions).toEqual([
    'Ticket 101 “Runners time out” goes to Anna: Mornings. Say sorry.',
    'Ticket 99 “Geo lags” stays with Ben',
    'Ticket 101 “Runners time out” is known: It was sent.',
  ])
})

test('makes action items of what somebody follows up on, and of promises, by whoever has the ticket', () => {
  const actionsWith = (...decisions: readonly CalledDecision[]) =>
    returnCall(facts({ rows: [promised, opened], decisions }), 'internal').actions
  const keepIt = 'Ticket 101 “Runners time out”: keep the promise “We send the patch.”'
  expect(actionsWith(decided(promised, 'transfer'))).toEqual([
    { what: keepIt, dri: 'Anna', dueOn: '2026-12-04', done: false },
  ])
  expect(actionsWith(decided(promised, 'keep'))).toMatchObject([{ what: keepIt, dri: 'Ben', dueOn: '2026-12-04' }])
  expect(actionsWith(decided(promised, 'follow-up', { owner: 'Ines', dueOn: '2026-12-03' }))).toMatchObject([
    { what: keepIt, dri: 'Ines', dueOn: '2026-12-03' },
  ])
  const asked = decided(opened, 'follow-up', { owner: 'Ines', dueOn: '2026-12-03', note: 'Ask for the log' })
  expect(actionsWith(asked)).toMatchObject([{ what: 'Ticket 101 “Runners time out”: Ask for the log', dri: 'Ines' }])
  expect(actionsWith(decided(promised, 'close-out'), decided(opened, 'keep'))).toEqual([])
})

test('says to colleagues whether the handoff helped', () => {
  const lesson = { helped: 'partly', missing: 'How to roll back.' } as const
  expect(returnCall(facts({ lesson }), 'internal').topics).toEqual([
    { title: 'Whether the handoff helped', notes: 'The handoff helped in part. What was missing: How to roll back.' },
  ])
  expect(returnCall(facts({ lesson }), 'customer').topics).toEqual([])
})

test('nothing that strangers wrote is carried out where it is filed', () => {
  const rows = [aRow({ subject: '@all <!-- /close' }), aRow({ ticketId: null, key: 'action:1', subject: '/close #12' })]
  const decisions = rows.map((row) => decided(row, 'follow-up', { owner: 'Ines', dueOn: '2026-12-03' }))
  const call = returnCall(
    facts({ rows, decisions: [...decisions, ...rows.map((row) => decided(row, 'close-out'))] }),
    'internal',
  )
  const text = callMarkdown(call, policyOf('2025-04').proactive, { account: 'Acme', label: null })
  expect(text).not.toMatch(/(?<!\\)@all|<!--|^\s*\/close|(?<!\\)#12/m)
})

const secret = 'hush'
const row = fc.record({
  kind: fc.constantFrom(...returnRowKinds),
  ticketId: fc.option(fc.integer({ min: 1, max: 40 })),
  private: fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }),
  decision: fc.option(fc.constantFrom(...returnDecisionKinds)),
  isGone: fc.boolean(),
})

test('what a customer sees has nothing private in it, whatever happened and was decided', () => {
  const handoffOnly = new Set(['contingency-fired', 'contingency-wrong'])
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), (drawn) => {
      const all = drawn.map(({ kind, ticketId, private: flags, decision, isGone }, place) => {
        const isPrivate = flags.every((flag) => flag) || handoffOnly.has(kind)
        const one = aRow({
          ...{ key: `row ${place}`, kind, ticketId, dueOn: kind === 'promised' ? '2026-12-04' : '' },
          words: isPrivate ? secret : 'Opened',
          evidence: flags.map((flag) => evidence({ isPrivate: flag, quote: flag ? secret : 'said' })),
        })
        const follow = decision === 'follow-up' ? { owner: 'Ines', dueOn: '2026-12-03' } : {}
        return { one, isGone, decided: decision === null ? [] : [decided(one, decision, { note: secret, ...follow })] }
      })
      const call = returnCall(
        facts({
          rows: all.filter(({ isGone }) => !isGone).map(({ one }) => one),
          decisions: all.flatMap((each) => each.decided),
          lesson: { helped: 'no', missing: secret },
        }),
        'customer',
      )
      expect(JSON.stringify(call)).not.toContain(secret)
    }),
  )
})

test('what left the account, what could not be seen and our own measures are not for customers', () => {
  const rows = (['gap', 'gone', 'guard', 'nearly-missed', 'action-item'] as const).map((kind) => aRow({ kind }))
  const decisions = rows.map((each) => decided(each, 'close-out'))
  expect(returnCall(facts({ rows, decisions }), 'customer')).toMatchObject({ topics: [], decisions: [], actions: [] })
  expect(returnCall(facts({ rows, decisions }), 'internal').topics).toHaveLength(5)
})

test('a meeting of any size fits into a call, and says how much is left out', () => {
  const rows = Array.from({ length: 900 }, (_, place) =>
    aRow({ ...{ key: `row ${place}`, ticketId: place + 1, subject: '<'.repeat(900), words: '&'.repeat(900) } }),
  )
  const decisions = rows.flatMap((each) => [
    decided({ ...each, key: `${each.key} a` }, 'keep', { note: '_'.repeat(1000) }),
    decided({ ...each, key: `${each.key} b` }, 'follow-up', {
      owner: 'I'.repeat(200),
      dueOn: '2026-12-03',
      note: '<'.repeat(1000),
    }),
  ])
  const call = returnCall(facts({ rows, decisions }), 'internal')
  expect(callDocument.safeParse(call).error).toBeUndefined()
  expect(call.topics[0]?.notes.split('\n').at(-1)).toMatch(/^- and \d+ more$/)
  expect(call.decisions.at(-1)).toBe('and 701 more')
  expect(call.actions.at(-1)?.what).toBe('Look up 701 more action items in the return meeting')
})
